"""Undo, redo and the trail."""

from __future__ import annotations

from dataclasses import replace

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change, TrailEntry
from cohesion_qda.model.ids import ActionId
from cohesion_qda.project.sentences import sentence, trail_sentence
from cohesion_qda.project.session import Session
from cohesion_qda.store.journal import DROPPED, LIVE, UNDONE, ActionRow


class History:
    """`project.history`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    def can_undo(self) -> str | None:
        """What `undo` would take back, in words; None when there is nothing."""
        found = self._s.journal.undoable()
        return None if found is None else sentence(found.kind, found.details)

    def can_redo(self) -> str | None:
        """What `redo` would do again, in words; None when there is nothing."""
        found = self._s.journal.redoable()
        return None if found is None else sentence(found.kind, found.details)

    def undo(self) -> Change:
        """Take the last act back, whoever did it and however long ago. Raises BadInput when there is none."""
        return self._told(
            "undo", self._s.writing().undo(), _("There is nothing to undo."), _("The history shows what was done.")
        )

    def redo(self) -> Change:
        """Do the act that was last taken back again. Raises BadInput when there is none."""
        return self._told(
            "redo",
            self._s.writing().redo(),
            _("There is nothing to do again."),
            _("Something else was done since, or nothing was undone."),
        )

    def undo_to(self, action: ActionId) -> Change:
        """Take `action` and everything after it back, all or nothing. Raises BadInput when there is nothing."""
        return self._told(
            "undo",
            self._s.writing().undo_from(action),
            _("There is nothing to undo from there on."),
            _("Choose an act that still stands."),
        )

    def would_undo(self, action: ActionId) -> int:
        """How many acts `undo_to` would take back."""
        return len(self._s.journal.live_from(action))

    def trail(self, limit: int | None = None) -> list[TrailEntry]:
        """Everything that was done, newest first."""
        rows = self._s.journal.trail(limit)
        kinds = self._s.journal.kinds(row.undoes or row.redoes or row.id for row in rows)
        floor = self._s.journal.floor()
        return [self._entry(row, kinds, floor) for row in rows]

    def _entry(self, row: ActionRow, kinds: dict[ActionId, str], floor: int) -> TrailEntry:
        undoable = row.undoes is None and row.redoes is None and row.rows > 0
        state = "note" if not undoable else {LIVE: "live", UNDONE: "undone", DROPPED: "dropped"}[row.undone]
        original = kinds.get(row.undoes or row.redoes or row.id, row.kind)
        return TrailEntry(
            row.id, row.kind, trail_sentence(row.kind, row.details, original), row.coder, row.at, row.rows,
            state, row.undoes, row.redoes, undoable and row.undone == LIVE and row.id > floor,
        )  # fmt: skip

    def _told(self, kind: str, done: tuple[ActionRow, Change] | None, nothing: str, hint: str) -> Change:
        if done is None:
            raise BadInput(nothing, hint)
        target, change = done
        return replace(change, said=trail_sentence(kind, target.details, target.kind))
