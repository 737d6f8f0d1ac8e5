"""Verbs on cases: participants and groups."""

from __future__ import annotations

import builtins

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.case import Case
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CaseId
from cohesion_qda.model.source import ROLES
from cohesion_qda.project.session import Session
from cohesion_qda.project.sources import attribute_name
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
                _("Use one of: {roles}.").format(roles=", ".join(ROLES)),
            )
        found = self.get(case)
        with self._s.act("set-role", case=found.name, role=role) as action:
            if found.role != role:
                cases.update(self._s.db, case, role=role)
        return action.change

    def set_attribute(self, case: CaseId, name: str, value: str) -> Change:
        """Give a participant a value; an empty one takes it away."""
        subject = self.get(case).name
        with self._s.act("set-attribute", name=attribute_name(name), subject=subject, value=value) as action:
            sources.set_value(self._s.db, attribute_name(name), value.strip(), case=case)
        return action.change

    def join(self, case: CaseId, *, into: CaseId) -> Change:
        """Say that two are one person: all that `case` said is then said by `into`."""
        one, other = self.get(case), self.get(into)
        if case == into or one.kind != "participant" or other.kind != "participant":
            raise BadInput(_("Only two different participants can be joined."), _("Choose two speakers."))
        if one.role != other.role:
            raise BadInput(
                _("“{case}” is a {role} and “{other}” a {other_role}.").format(
                    case=one.name, role=one.role, other=other.name, other_role=other.role
                ),
                _("Give both the same role first; only participants are counted."),
            )
        with self._s.act("join-cases", case=one.name, into=other.name) as action:
            cases.join(self._s.db, case, into)
        return action.change

    def attribute_names(self) -> builtins.list[tuple[str, str]]:
        """(name, about) of every attribute with a value; about is `source` or `participant`."""
        return sources.attributes(self._s.db)

    def attributes(self, about: str = "source") -> builtins.list[str]:
        """The names of the attributes of sources or of participants."""
        return [name for name, whose in sources.attributes(self._s.db) if whose == about]
