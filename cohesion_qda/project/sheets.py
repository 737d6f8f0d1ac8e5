"""Giving sources and participants the values of a sheet of attributes, inside an action under way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.model.ids import SourceId
from cohesion_qda.project.matching import Known, Names, Unmatched
from cohesion_qda.project.session import Session
from cohesion_qda.project.values import KIND, ROLE, Values, name_in_file
from cohesion_qda.store import sources


@dataclass(frozen=True, slots=True)
class Applied:
    """`changed` counts the values that are now others: of attributes, kinds, roles and names."""

    unmatched: tuple[Unmatched, ...]
    changed: int


def known(session: Session) -> Known:
    """By what names a sheet may speak of the sources and people in the project."""
    every, speakers = sources.all_(session.db), sources.speakers(session.db)
    files: dict[str, list[int]] = {}
    for source in every:
        if source.file_name:
            files.setdefault(source.file_name, []).append(source.id)
    people: dict[tuple[int, str], int] = {(speaker.source, speaker.label): speaker.case for speaker in speakers}
    for speaker in speakers:
        people.setdefault((speaker.source, speaker.case_name), speaker.case)
    return Known({source.name: source.id for source in every}, people, files)


def apply(session: Session, sheet: AttributeSheet, only: Collection[SourceId] | None = None) -> Applied:
    """Find what every name in the sheet stands for, and set its values. A participant's name and role, and the kind of a
    source, are no attributes. With `only`, nothing is set but of these sources and of who speaks in them.
    """
    names = Names(known(session))
    found = names.match(sheet)
    if only is not None:
        people = {speaker.case for speaker in sources.speakers(session.db) if speaker.source in only}
        found = found.of(only, people)
    changed = _write(session, sheet, "source", found.sources, KIND, found.kinds)
    changed += _write(session, sheet, "participant", found.people, ROLE, found.roles)
    return Applied(names.proposed(found.unmatched), changed)


def _write(
    session: Session,
    sheet: AttributeSheet,
    about: str,
    given: Mapping[int, Mapping[str, str]],
    own: str,
    kept: Mapping[int, str],
) -> int:
    """Set the values of sources or of people, and `own`, what the program keeps of them. Gives how many are now others."""
    cells = [(row, own, value) for row, value in kept.items()]
    for row, values in given.items():
        cells += [(row, name_in_file(about, title), value) for title, value in values.items()]
    types = {name_in_file(about, title): kind for title, kind in sheet.types.items()}
    return Values(session, about, cells, types, are_guessed=not sheet.is_reviewed).write()
