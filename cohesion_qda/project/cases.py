"""Verbs on cases: participants and groups."""

from __future__ import annotations

import builtins
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.case import Case
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CaseId, SpeakerId
from cohesion_qda.model.source import ROLES
from cohesion_qda.model.text import comparable
from cohesion_qda.project.attributes import Attributes
from cohesion_qda.project.joining import check_one_role
from cohesion_qda.project.session import Session
from cohesion_qda.store import cases, sources


class Cases:
    """`project.cases`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    def list(self, kind: str = "") -> builtins.list[Case]:
        """Every case, or only the `participant`s or `group`s, in the order they came."""
        return cases.all_(self._s.db, kind)

    def get(self, case: CaseId) -> Case:
        """The case with that id. Raises NotFound."""
        for found in cases.all_(self._s.db):
            if found.id == case:
                return found
        raise NotFound(_("participant"), str(case), [c.name for c in cases.all_(self._s.db)])

    def rename(self, case: CaseId, name: str) -> Change:
        """Call a participant or group `name`."""
        old, name = self.get(case).name, " ".join(name.split())
        if not name:
            raise BadInput(_("A participant needs a name."), _("Type a name or a pseudonym."))
        with self._s.act("rename-case", old=old, case=name) as action:
            if old != name:
                cases.update(self._s.db, case, name=name)
        return action.change

    def set_role(self, case: CaseId, role: str) -> Change:
        """Make a speaker a participant, moderator or observer; only participants are counted."""
        if role not in ROLES:
            raise BadInput(
                _("There is no role “{role}”.").format(role=role),
                _("Use one of: {roles}.").format(roles=called.to_write(ROLES, called.roles())),
            )
        found = self.get(case)
        with self._s.act("set-role", case=found.name, role=role) as action:
            if found.role != role:
                cases.update(self._s.db, case, role=role)
        return action.change

    def set_attribute(self, case: CaseId, name: str, value: str) -> Change:
        """Give a participant a value; an empty one takes it away."""
        return Attributes(self._s).set_many("participant", [(case, name, value)]).change

    def join(self, keep: CaseId, others: Iterable[CaseId], *, prefer_kept: bool = False) -> Change:
        """Say that several participants are one person: what the `others` said is then said by `keep`, who gets their memos
        and the values that are not known of `keep`.

        Raises BadInput for others than participants, for two roles, and where two values differ, unless `prefer_kept`.
        """
        found = {case.id: case for case in cases.all_(self._s.db)}
        one, *rest = (found.get(case) or self.get(case) for case in (keep, *dict.fromkeys(others)))
        if not rest or any(case.kind != "participant" for case in (one, *rest)) or keep in (case.id for case in rest):
            raise BadInput(_("Only two different participants can be joined."), _("Choose two speakers."))
        called, *others_called = self._told_apart([one, *rest])
        one = replace(one, name=called)
        rest = [replace(other, name=name) for other, name in zip(rest, others_called, strict=True)]
        known = dict(one.attributes)
        for other in rest:
            check_one_role((one.name, one.role), (other.name, other.role))
            if not prefer_kept:
                _check_agree(one, known, other)
            known = {**other.attributes, **known}
        with self._s.act("join-cases", case=[case.name for case in rest], into=one.name) as action:
            for other in rest:
                cases.join(self._s.db, other.id, keep)
            cases.seat(self._s.db)
        return action.change

    def _told_apart(self, people: Sequence[Case]) -> builtins.list[str]:
        """Their names; those who are called the same with the source in which they first speak."""
        names = Counter(comparable(case.name) for case in people)
        if names.total() == len(names):
            return [case.name for case in people]
        called = {source.id: source.name for source in sources.all_(self._s.db)}
        where: dict[CaseId, str] = {}
        for speaker in sources.speakers(self._s.db):
            where.setdefault(speaker.case, called[speaker.source])
        return [
            _("{name} ({source})").format(name=case.name, source=where[case.id])
            if names[comparable(case.name)] > 1 and case.id in where
            else case.name
            for case in people
        ]

    def part(self, speaker: SpeakerId) -> Change:
        """Say that a label of one source is somebody else: a new participant says what was said under it. What was known
        of a person who had this label only is theirs again; otherwise all that is known stays with the others.

        Raises NotFound, and BadInput when the label is all that its person has.
        """
        every = sources.speakers(self._s.db)
        found = next((s for s in every if s.id == speaker), None)
        if found is None:
            raise NotFound(_("speaker"), str(speaker), [s.label for s in every])
        if sum(1 for s in every if s.case == found.case) < 2:
            raise BadInput(
                _("“{case}” speaks under one label only.").format(case=found.case_name),
                _("Only who was joined can be taken apart."),
            )
        source = self._s.source(found.source)
        with self._s.act("part-cases", label=found.label, source=source.name, case=found.case_name) as action:
            new = cases.add(self._s.db, found.label, kind="participant", role=found.role, group=source.group)
            cases.give_back(self._s.db, speaker, found.case, new)
            cases.part(self._s.db, speaker, new)
            cases.seat(self._s.db)
        return action.change


def _check_agree(one: Case, known: Mapping[str, str], other: Case) -> None:
    """Raises BadInput where `other` has another value than is `known` of `one`."""
    for name, value in other.attributes.items():
        if comparable(known.get(name, value)) != comparable(value):
            raise BadInput(
                _("{name}: “{case}” has “{value}” and “{other}” has “{other_value}”.").format(
                    name=name, case=one.name, value=known[name], other=other.name, other_value=value
                ),
                _("Set right which of the two is wrong, or join them and keep what is known of “{case}”.").format(
                    case=one.name
                ),
            )
