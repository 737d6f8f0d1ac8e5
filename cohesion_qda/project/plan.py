"""Verbs on the plan: the key dates and next steps of a study."""

from __future__ import annotations

import builtins

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import PlanId
from cohesion_qda.model.plan import KINDS, STEP, PlanEntry
from cohesion_qda.project.session import Session
from cohesion_qda.store import plan

FIELDS = ("name", "at", "due", "who", "note")


class Plan:
    """`project.plan`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    def list(self) -> builtins.list[PlanEntry]:
        """Every key date and next step, in the researcher's order."""
        with self._s.reading():
            return plan.all_(self._s.db)

    def get(self, entry: PlanId) -> PlanEntry:
        """The entry with that id. Raises NotFound."""
        found = plan.by_id(self._s.db, entry)
        if found is None:
            raise NotFound(_("entry of the plan"), str(entry), [other.name for other in self.list()])
        return found

    def add(self, kind: str, name: str, *, at: str = "", due: str = "", who: str = "", note: str = "") -> Change:
        """A new key date or next step, last. `at`, `due`, `who` and `note` as in `PlanEntry`.

        Raises BadInput for a kind that is none of KINDS and an empty name.
        """
        if kind not in KINDS:
            kinds = called.to_write(KINDS, called.plan_kinds())
            raise BadInput(
                _("A plan has no “{kind}”.").format(kind=kind), _("It is one of: {kinds}.").format(kinds=kinds)
            )
        values = _checked({"name": name, "at": at, "due": due, "who": who, "note": note})
        with self._s.act("add-plan", plan=values["name"]) as action:
            plan.add(self._s.db, kind, **values)
        return action.change

    def added(self, change: Change) -> PlanId:
        """The entry that an `add` made."""
        return PlanId(max(change.rows["plan_entry"]))

    def change(self, entry: PlanId, **values: str) -> Change:
        """Write some of FIELDS of an entry anew; typing within a minute is one act. Raises as `add`."""
        was = self.get(entry)
        known = {name: getattr(was, name) for name in FIELDS}
        values = {name: _checked(known | values)[name] for name in values}
        act = self._s.act("change-plan", merge_key=f"plan:{entry}", plan=values.get("name", was.name))
        with act as action:
            plan.update(self._s.db, entry, **values)
        return action.change

    def done(self, entry: PlanId, at: str) -> Change:
        """Say when a next step was done; empty: that it is not done yet. Raises BadInput for a key date."""
        found = self.get(entry)
        if found.kind != STEP:
            raise BadInput(
                _("“{name}” is a date, not a step.").format(name=found.name), _("Only a next step can be done.")
            )
        with self._s.act("do-plan" if at.strip() else "undo-plan", plan=found.name) as action:
            plan.update(self._s.db, entry, at=at.strip())
        return action.change

    def move(self, entry: PlanId, position: int) -> Change:
        """Put an entry before the one that is `position`-th (from 0) among the others of its kind, or last."""
        found = self.get(entry)
        order = [other for other in self.list() if other.id != entry]
        same = [other.id for other in order if other.kind == found.kind]
        same.insert(max(0, position), entry)
        with self._s.act("move-plan", plan=found.name) as action:
            plan.reorder(self._s.db, [*same, *(other.id for other in order if other.kind != found.kind)])
        return action.change

    def remove(self, entry: PlanId) -> Change:
        """Take an entry away. Undoable."""
        with self._s.act("remove-plan", plan=self.get(entry).name) as action:
            plan.delete(self._s.db, entry)
        return action.change


def _checked(values: dict[str, str]) -> dict[str, str]:
    values = {name: " ".join(words.split()) if name != "note" else words.strip() for name, words in values.items()}
    if not values["name"]:
        raise BadInput(_("An entry of the plan needs a name."), _("Type a few words."))
    return values
