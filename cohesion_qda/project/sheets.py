"""Giving sources and participants the values of a sheet of attributes, inside an action under way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.source import AttributeSheet, Source
from cohesion_qda.project.session import Session
from cohesion_qda.store import attributes, cases, sources

if TYPE_CHECKING:
    from cohesion_qda.formats.matching import Known, Unmatched


@dataclass(frozen=True, slots=True)
class Applied:
    """`changed` counts the values that are now others: of attributes, kinds, roles and names."""

    unmatched: tuple[Unmatched, ...]
    changed: int


def known(session: Session) -> Known[SourceId]:
    """The names by which a sheet may speak of sources and people; file names only where they hold one source."""
    from cohesion_qda.formats.matching import Known

    every, speakers = sources.all_(session.db), sources.speakers(session.db)
    files = Counter(source.file_name for source in every if source.file_name)
    names = {source.name: source.id for source in every}
    for source in every:
        if files[source.file_name] == 1:
            names.setdefault(source.file_name, source.id)
    people = {(speaker.source, speaker.label): speaker.label for speaker in speakers}
    for speaker in speakers:
        people.setdefault((speaker.source, speaker.case_name), speaker.label)
    return Known(names, people)


def apply(session: Session, sheet: AttributeSheet, change_kind: Callable[[Source, str], None]) -> Applied:
    """Find what every name in the sheet stands for, and set its values. A participant's name and role, and the kind of a
    source (`change_kind` sees to that), are no attributes.
    """
    from cohesion_qda.formats.matching import match

    db = session.db
    found = match(sheet, known(session))
    every = {source.id: source for source in sources.all_(db)}
    people = {(speaker.source, speaker.label): speaker for speaker in sources.speakers(db)}
    changed = 0
    for source, kind in found.kinds.items():
        changed += kind != every[source].kind
        change_kind(every[source], kind)
    changed += _set_values(session, sheet, "source", found.sources)
    for person, role in found.roles.items():
        if role != people[person].role:
            cases.update(db, people[person].case, role=role)
            changed += 1
    of_cases: dict[int, dict[str, str]] = {}
    for person, given in found.people.items():
        others = {title: value for title, value in given.items() if title.casefold() != "name"}
        of_cases.setdefault(people[person].case, {}).update(others)
        name = next((value for title, value in given.items() if title.casefold() == "name"), "")
        if name and name != people[person].case_name:
            cases.update(db, people[person].case, name=name)
            changed += 1
    return Applied(found.unmatched, changed + _set_values(session, sheet, "participant", of_cases))


def _set_values(session: Session, sheet: AttributeSheet, about: str, given: Mapping[Any, Mapping[str, str]]) -> int:
    """Give values by subject, and tell how many are new. A column's type is taken where nobody has said one, or when a
    person has seen those of the sheet.
    """
    db = session.db
    ids = {title: sources.attribute(db, title, about) for values in given.values() for title in values}
    before = sources.values(db, about)
    fresh = [
        (ids[title], subject, value)
        for subject, values in given.items()
        for title, value in values.items()
        if before.get(subject, {}).get(title) != value
    ]
    attributes.set_values(db, about, fresh)
    said = {column: kind for column, _name, kind in attributes.columns(db, about)}
    for title, column in ids.items():
        if title in sheet.types and (sheet.is_reviewed or not said[column]):
            attributes.set_type(db, column, sheet.types[title])
    return len(fresh)
