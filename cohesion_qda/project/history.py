"""Undo, redo and the trail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change, TrailEntry
from cohesion_qda.model.ids import ActionId
from cohesion_qda.model.text import comparable
from cohesion_qda.model.trail import EVERYTHING, Wanted
from cohesion_qda.project.sentences import sentence, several_sentence, trail_sentence
from cohesion_qda.project.session import Session
from cohesion_qda.project.told import told
from cohesion_qda.store import trail
from cohesion_qda.store.journal import DROPPED, LIVE, UNDONE, ActionRow


class History:
    """`project.history`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    def can_undo(self) -> str | None:
        """What `undo` would take back, in words; None when there is nothing."""
        found = self._s.journal.undoable()
        if found is None:
            return None
        return sentence(found.kind, found.details) if self._is_seen([found]) else _("another person’s act")

    def can_redo(self) -> str | None:
        """What `redo` would do again, in words; None when there is nothing."""
        found = self._s.journal.redoable()
        if found is None:
            return None
        oldest, acts, _newest = found
        if not self._is_seen(self._s.journal.undone()):
            return _("another person’s act")
        said = sentence(oldest.kind, oldest.details)
        return said if acts == 1 else several_sentence(acts, said)

    def undo(self) -> Change:
        """Take the last act back, whoever did it and however long ago. Raises BadInput when there is none, and when it is
        another's while others' codings may not be seen.
        """
        done = self._s.writing().undo(self._check)
        if done is None:
            raise BadInput(_("There is nothing to undo."), _("The history shows what was done."))
        return _told("undo", [done[0]], done[1])

    def redo(self) -> Change:
        """Do again what was last taken back: one act, or all that were taken back as one. Raises BadInput when there is
        nothing, and as `undo`.
        """
        done = self._s.writing().redo(self._check)
        if done is None:
            raise BadInput(
                _("There is nothing to do again."), _("Something else was done since, or nothing was undone.")
            )
        return _told("redo", *done)

    def undo_to(self, action: ActionId) -> Change:
        """Take `action` and everything after it that still stands back, as one act: all or nothing. One `redo` does all of
        it again. Raises BadInput when there is nothing, and as `undo`.
        """
        done = self._s.writing().undo_from(action, self._check)
        if done is None:
            raise BadInput(_("There is nothing to undo from there on."), _("Choose an act that still stands."))
        return _told("undo", done[0][::-1], done[1])

    def would_undo(self, action: ActionId) -> int:
        """How many acts `undo_to` would take back."""
        return self._s.journal.count_live_from(action)

    def trail(
        self, limit: int | None = None, *, wanted: Wanted = EVERYTHING, before: ActionId | None = None
    ) -> list[TrailEntry]:
        """What was done, newest first: `limit` acts of those that are `wanted` and were done before the act `before`. While
        others' codings may not be seen, only one's own acts are told and counted, here and below.
        """
        floor = self._s.journal.floor()
        if self._s.only is not None:
            floor = max(floor, self._s.journal.last_of_others(self._s.only))
        return [_entry(row, floor) for row in self._s.journal.trail(limit, self._seen(wanted), before)]

    def count(self, wanted: Wanted = EVERYTHING) -> int:
        """How many acts are `wanted`."""
        return trail.count(self._s.db, self._seen(wanted))

    def coders(self) -> dict[str, int]:
        """Everybody who did something, with how many acts."""
        return trail.coders(self._s.db, self._seen())

    def kinds(self) -> dict[str, int]:
        """Every kind of act there is, with how many."""
        return trail.kinds(self._s.db, self._seen())

    def times(self) -> list[str]:
        """When each act was done (ISO 8601, UTC), newest first."""
        return trail.times(self._s.db, self._seen())

    def touched(self, about: str) -> list[tuple[int, str, int, bool]]:
        """The sources (`source`) or codes (`code`) that acts touched: (id, name now or last, acts, whether it is gone)."""
        return trail.touched(self._s.db, about, self._seen())

    def _seen(self, wanted: Wanted = EVERYTHING) -> Wanted:
        return replace(wanted, only=self._s.only or "")

    def _is_seen(self, acts: Iterable[ActionRow]) -> bool:
        return self._s.only is None or all(comparable(act.coder) == comparable(self._s.only) for act in acts)

    def _check(self, acts: Sequence[ActionRow]) -> None:
        """Raises BadInput when one of the acts is another's, while others' codings may not be seen."""
        if not self._is_seen(acts):
            raise BadInput(
                _("That takes back or repeats what another person did, and others’ codings are hidden."),
                _("Show others’ codings first."),
            )


def _entry(row: ActionRow, floor: int) -> TrailEntry:
    undoable = row.undoes is None and row.redoes is None and row.rows > 0
    state = "note" if not undoable else {LIVE: "live", UNDONE: "undone", DROPPED: "dropped"}[row.undone]
    return TrailEntry(
        row.id, row.kind, trail_sentence(row.kind, row.details, row.original, row.acts), row.coder, row.at, row.rows,
        state, row.undoes, row.redoes, undoable and row.undone == LIVE and row.id > floor,
        told(row.kind, row.details, row.coder, original=row.original, acts=row.acts),
    )  # fmt: skip


def _told(kind: str, targets: Sequence[ActionRow], change: Change) -> Change:
    """`change` with what it undid or redid in words; `targets` are the acts, oldest first."""
    oldest = targets[0]
    return replace(change, said=trail_sentence(kind, oldest.details, oldest.kind, len(targets)))
