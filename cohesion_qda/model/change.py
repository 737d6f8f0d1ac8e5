"""What one action touched, as the views are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cohesion_qda.model.ids import ActionId, SourceId
from cohesion_qda.model.text import Span


@dataclass(frozen=True, slots=True)
class Change:
    """The rows an action touched, by table. `kind` is the verb (`apply-code`, `undo` …); `said` tells it in words.
    `focus` is where the action happened, when it happened in a text.
    """

    action: ActionId
    kind: str
    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    said: str = ""
    focus: tuple[SourceId, Span] | None = None
    sources: frozenset[SourceId] = frozenset()  # the sources whose codings, turns or text were touched

    def touches(self, *tables: str) -> bool:
        """Whether any row of one of `tables` was touched."""
        return any(table in self.rows for table in tables)

    @property
    def is_empty(self) -> bool:
        return not self.rows

    @classmethod
    def nothing(cls, kind: str) -> Change:
        """For an act that turned out to change nothing."""
        return cls(ActionId(0), kind)


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One line of the history. `said` is the bare act (“Added the code …”), `told` has the person as its subject (“Amina
    added the code …”). `state` is live, undone, dropped (undone, then something else was done), or note
    (an export: nothing to undo).
    """

    id: ActionId
    kind: str
    said: str
    coder: str
    at: str
    rows: int
    state: str
    undoes: ActionId | None
    redoes: ActionId | None
    can_undo: bool
    told: str = ""
