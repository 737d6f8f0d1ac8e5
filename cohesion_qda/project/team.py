"""Verbs on the team: who collected and coded what, the training set, and agreement with the trainer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.case import Coder
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.source import Source
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.team import Member, Team, attribute_of, people_in
from cohesion_qda.model.text import comparable
from cohesion_qda.project.attributes import Attributes
from cohesion_qda.project.session import Session
from cohesion_qda.store import cases, settlements, sources

TRAINER, TRAINING = "team trainer", "team training set"  # project settings: a coder's name; ids of sources, as JSON


class TeamVerbs:
    """`project.team`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    def get(self) -> Team:
        """Everybody who collected or coded something, what, and how far they agree with the trainer on the training set. While others' codings
        are hidden, nothing is said of these, and no agreement.
        """
        with self._s.reading():
            return read(self._s)

    def trainer(self) -> str:
        """Who trained the others; empty where nobody was named."""
        return cases.setting(self._s.db, TRAINER)

    def training(self) -> tuple[SourceId, ...]:
        """The sources of the training set, in the order of the study."""
        return _training(self._s, sources.all_(self._s.db))

    def set_trainer(self, name: str) -> Change:
        """Name the coder with whom the others' coding is compared; an empty name: nobody. Raises NotFound for who has not coded here."""
        if name.strip():
            found = cases.find_coder(self._s.db, name)
            if found is None:
                raise NotFound(_("coder"), name, [coder.name for coder in cases.coders(self._s.db)])
            name = found.name
        with self._s.act("set-trainer" if name.strip() else "clear-trainer", trainer=name) as action:
            cases.set_setting(self._s.db, TRAINER, name.strip())
        return action.change

    def set_training(self, chosen: Sequence[SourceId]) -> Change:
        """Say which sources everybody codes to be trained; none: there is no training set. Raises NotFound."""
        names = [self._s.source(source).name for source in chosen]
        with self._s.act("set-training" if names else "clear-training", n=len(names), source=names) as action:
            cases.set_setting(self._s.db, TRAINING, json.dumps(sorted(set(chosen))))
        return action.change

    def set_collected(self, source: SourceId | str, by: str) -> Change:
        """Say who collected a source, in the attribute of sources that says so (made where there is none); empty: it is not known. Raises
        NotFound.
        """
        found = self._s.source(source)
        attributes = Attributes(self._s)
        name = attribute_of(attributes.names("source")) or _("collected by")
        return attributes.set_many("source", [(found.id, name, by.strip())]).change


def read(session: Session) -> Team:
    """The team as it is now."""
    known, trainer = sources.all_(session.db), cases.setting(session.db, TRAINER)
    study, training = session.study.of(session.whose()), _training(session, known)
    by, collected = _collected(study, known)
    members = {comparable(coder.name): _coder(study, coder, training) for coder in cases.coders(session.db)}
    for key, (name, its) in collected.items():
        members[key] = replace(members.get(key, Member(name)), collected=tuple(its))
    if trainer:
        members[comparable(trainer)] = replace(members.get(comparable(trainer), Member(trainer)), is_trainer=True)
    found = [m for m in members.values() if m.collected or m.codings or m.is_trainer]
    if training and trainer and session.only is None:
        found = _compared(session, study, found, trainer, training)
    names = tuple((source.id, source.name) for source in known)
    return Team(tuple(found), trainer, training, by, names, session.only is not None)


def _training(session: Session, known: Sequence[Source]) -> tuple[SourceId, ...]:
    chosen = set(json.loads(cases.setting(session.db, TRAINING) or "[]"))
    return tuple(source.id for source in known if source.id in chosen)


def _collected(study: StudyData, known: Sequence[Source]) -> tuple[str, dict[str, tuple[str, list[SourceId]]]]:
    """The attribute that says who collected a source, and by each person their name and sources; without one, who imported it."""
    values = {fact.id: fact.attributes for fact in study.sources}
    by = attribute_of({name for its in values.values() for name in its})
    found: dict[str, tuple[str, list[SourceId]]] = {}
    for source in known:
        people = people_in(values[source.id].get(by, "")) if by else (source.imported_by,)
        for name in people:
            found.setdefault(comparable(name), (name, []))[1].append(source.id)
    return by, found


def _coder(study: StudyData, coder: Coder, training: Sequence[SourceId]) -> Member:
    """What a coder coded."""
    own = [row for row in study.codings if row[5] == coder.id]
    coded = {row[1] for row in own}
    return Member(
        coder.name,
        coded=tuple(fact.id for fact in study.sources if fact.id in coded),
        codings=len(own),
        codes=len({row[4] for row in own}),
        training=tuple(source for source in training if source in coded),
    )


def _compared(
    session: Session, study: StudyData, members: Sequence[Member], trainer: str, training: Sequence[SourceId]
) -> list[Member]:
    """The members, each with how far they agree with the trainer; codings by which others' were settled say nothing of it."""
    from cohesion_qda.analysis.settled import without
    from cohesion_qda.analysis.training import only_in, trained

    ids = {comparable(coder.name): coder.id for coder in study.coders}
    first = ids.get(comparable(trainer))
    if first is None:
        return list(members)
    alone = only_in(without(study, settlements.codings(session.db)), training)
    found = []
    for member in members:
        own = ids.get(comparable(member.name))
        there = None
        if own is not None and own != first:
            there = trained(alone, first, own, lambda source: sources.text(session.db, source))
        found.append(replace(member, trained=there))
    return found
