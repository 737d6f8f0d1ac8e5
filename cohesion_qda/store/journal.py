"""The row journal: every action with the rows it changed, which is undo, redo and the audit trail in one.

Undo starts a new action and puts the `before` images back, last first; redo puts the `after` images back,
first first. Nothing in the trail is rewritten but the mark that says whether an action is undone.

Several acts are taken back as one action: it `undoes` the oldest of them, and keeps in its details how many they were and the
newest one (`TOGETHER`). Those that stand are always older than those that are undone, so the acts between these two that are undone
when it is redone are the very ones that it took back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import ActionId, SourceId
from cohesion_qda.model.text import Span
from cohesion_qda.model.trail import EVERYTHING, Wanted
from cohesion_qda.store import trail
from cohesion_qda.store.connection import telling
from cohesion_qda.store.schema import HOLDERS

LIVE, UNDONE, DROPPED = 0, 1, 2
MERGE_SECONDS = 60
TOGETHER = (
    "together"  # in the details of an action that took several acts back, or did them again: how many, the newest
)
_HOLDERS = ", ".join(f"'{table}'" for table in HOLDERS)
_STANDING = (
    "a.undoes IS NULL AND a.redoes IS NULL AND a.undone = 0 AND a.id > (SELECT action_id FROM undo_floor) "
    "AND EXISTS (SELECT 1 FROM change c WHERE c.action_id = a.id)"
)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as it is kept. `details` are the values that its sentence is made of; `original` is the kind of the act
    that it undid or redid, its own kind for any other.
    """

    id: ActionId
    kind: str
    details: Mapping[str, Any]
    coder: str
    at: str
    undoes: ActionId | None
    redoes: ActionId | None
    undone: int
    rows: int
    original: str

    @property
    def acts(self) -> int:
        """How many acts an undo took back, or a redo did again; 1 for any other action."""
        return int(self.details.get(TOGETHER, [1])[0])


Check = Callable[[Sequence[ActionRow]], None]


@dataclass
class Action:
    """An action under way. `details` may be added to until it ends; `change` is there once it has ended."""

    id: ActionId
    kind: str
    details: dict[str, Any] = field(default_factory=dict)
    focus: tuple[SourceId, Span] | None = None
    change: Change = field(default_factory=lambda: Change.nothing(""))


class Journal:
    """Wraps every write to the project in one action inside one transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: Database | None = None
        self._current: int | None = None
        self.coder = ""

    def attach(self, db: Database) -> None:
        """Write to `db` from now on."""
        self._db = db

    def current_action(self) -> int | None:
        """What the triggers write as the action's id; None outside an action, which makes the write fail."""
        return self._current

    @property
    def db(self) -> Database:
        assert self._db is not None
        return self._db

    @contextmanager
    def action(
        self,
        kind: str,
        *,
        focus: tuple[SourceId, Span] | None = None,
        merge_key: str = "",
        note: bool = False,
        **details: Any,
    ) -> Iterator[Action]:
        """One act of the researcher. All of it is kept, or none: any exception takes it back.

        An action that changed no row leaves no trace, unless it is a `note` (an export, say). Actions with the same
        `merge_key`, with nothing in between and under a minute apart, become one.
        """
        with self._transaction():
            now = _now()
            continued = self._mergeable(merge_key, now) if merge_key else None
            first = 0 if continued is None else self._last_change()
            under_way = self._begin(kind, now, merge_key) if continued is None else continued
            action = Action(under_way, kind, dict(details), focus)
            self._current = action.id
            try:
                yield action
            finally:
                self._current = None
            rows = self._rows(action.id, after=first)
            if rows or note:
                self._keep(action, rows, now, first)
            else:
                action.change = Change.nothing(kind)
                if continued is None:
                    self.db.execute("DELETE FROM action WHERE id = ?", [action.id])

    def _keep(self, action: Action, rows: dict[str, frozenset[int]], now: str, first: int) -> None:
        """Write down what an action that ends is to be told by; nothing that was undone can be done again after it."""
        if (focus := action.focus) is not None:
            action.details["focus"] = [focus[0], focus[1].start, focus[1].end]
        self.db.execute(
            "UPDATE action SET details = ?, at = ? WHERE id = ?",
            [json.dumps(action.details, ensure_ascii=False), now, action.id],
        )
        if rows:
            self.db.execute("UPDATE action SET undone = ? WHERE undone = ?", [DROPPED, UNDONE])
        action.change = Change(action.id, action.kind, rows, focus=focus, sources=self._sources(action.id, first))

    def gone(self, action: ActionId, tables: Sequence[str]) -> dict[str, int]:
        """How many rows of some tables an action has taken away so far; tables without any are left out."""
        found = self.db.execute(
            "SELECT tbl, count(*) FROM change WHERE action_id = ? AND after IS NULL "
            f"AND tbl IN ({', '.join('?' * len(tables))}) GROUP BY tbl ORDER BY tbl",
            [action, *tables],
        )
        return dict(found.fetchall())

    def undoable(self) -> ActionRow | None:
        """The action that `undo` would take back."""
        return self._one(f"{_STANDING} ORDER BY a.id DESC LIMIT 1")

    def redoable(self) -> tuple[ActionRow, int, ActionId] | None:
        """What `redo` would do again, which is what was last taken back in one go: the oldest act, how many there are, and
        the newest.
        """
        oldest = self._one("a.undone = 1 AND a.id > (SELECT action_id FROM undo_floor) ORDER BY a.id LIMIT 1")
        if oldest is None:
            return None
        undo = self._one("a.undoes = ? ORDER BY a.id DESC LIMIT 1", [oldest.id])
        acts, newest = (1, oldest.id) if undo is None else undo.details.get(TOGETHER, (1, oldest.id))
        return oldest, acts, newest

    def undone(self) -> list[ActionRow]:
        """The acts that `redo` would do again, oldest first."""
        found = self.redoable()
        if found is None:
            return []
        oldest, _acts, newest = found
        return self._many("a.undone = 1 AND a.id BETWEEN ? AND ? ORDER BY a.id", [oldest.id, newest])

    def undo(self, check: Check = lambda _acts: None) -> tuple[ActionRow, Change] | None:
        """Take the last act back, if there is one; it is chosen when nobody else can write any more. `check` may raise, here
        and below; then nothing is done.
        """
        with self._transaction():
            target = self.undoable()
            if target is None:
                return None
            check([target])
            return target, self._replay("undo", [target])

    def redo(self, check: Check = lambda _acts: None) -> tuple[list[ActionRow], Change] | None:
        """Do what was taken back last again, if there is anything: one act, or all that were taken back as one."""
        with self._transaction():
            targets = self.undone()
            check(targets)
            return (targets, self._replay("redo", targets)) if targets else None

    def undo_from(self, action: ActionId, check: Check = lambda _acts: None) -> tuple[list[ActionRow], Change] | None:
        """Take `action` and all after it that still stands back, newest first, as one action; all or none."""
        with self._transaction():
            targets = self.live_from(action)
            check(targets)
            return (targets, self._replay("undo", targets)) if targets else None

    def trail(
        self, limit: int | None = None, wanted: Wanted = EVERYTHING, before: int | None = None
    ) -> list[ActionRow]:
        """The actions that are `wanted`, newest first: `limit` of them, those older than `before`."""
        where, values = trail.where(self.db, wanted)
        if before is not None:
            where, values = f"{where} AND a.id < ?", [*values, before]
        return self._many(f"{where} ORDER BY a.id DESC LIMIT ?", [*values, -1 if limit is None else limit])

    def live_from(self, action: ActionId) -> list[ActionRow]:
        """The undoable actions from `action` on, newest first."""
        return self._many(f"{_STANDING} AND a.id >= ? ORDER BY a.id DESC", [action])

    def count_live_from(self, action: ActionId) -> int:
        """How many undoable actions there are from `action` on."""
        found = self.db.execute(f"SELECT count(*) FROM action a WHERE {_STANDING} AND a.id >= ?", [action])
        return int(found.fetchone()[0])

    def last_of_others(self, coder: str) -> int:
        """The last undoable action that somebody else did; 0 for none."""
        found = self._one(f"{_STANDING} AND a.coder <> ? ORDER BY a.id DESC LIMIT 1", [coder])
        return 0 if found is None else found.id

    def count(self, action: ActionId) -> int:
        """How many rows an action has changed so far."""
        return int(self.db.execute("SELECT count(*) FROM change WHERE action_id = ?", [action]).fetchone()[0])

    def floor(self) -> int:
        """Actions up to this id cannot be undone."""
        return int(self.db.execute("SELECT action_id FROM undo_floor").fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._current is not None or self.db.conn.in_transaction:
            raise RuntimeError("an action is already under way")
        with telling(self._path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.conn.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    def _begin(
        self, kind: str, at: str, merge_key: str = "", undoes: int | None = None, redoes: int | None = None
    ) -> ActionId:
        cursor = self.db.execute(
            "INSERT INTO action (kind, details, coder, at, undoes, redoes, merge_key) VALUES (?, '{}', ?, ?, ?, ?, ?)",
            [kind, self.coder, at, undoes, redoes, merge_key],
        )
        return ActionId(int(cursor.lastrowid or 0))

    def _mergeable(self, merge_key: str, now: str) -> ActionId | None:
        row = self.db.execute("SELECT id, merge_key, at, coder, undone FROM action ORDER BY id DESC LIMIT 1").fetchone()
        if row is None or row[1] != merge_key or row[3] != self.coder or row[4] != LIVE:
            return None
        recent = datetime.fromisoformat(now) - datetime.fromisoformat(row[2]) < timedelta(seconds=MERGE_SECONDS)
        return ActionId(row[0]) if recent and row[0] > self.floor() else None

    def _replay(self, kind: str, targets: Sequence[ActionRow]) -> Change:
        """Put the images of `targets` back, in their order, as one new action."""
        self.db.execute("PRAGMA defer_foreign_keys = ON")
        undoing = kind == "undo"
        oldest, newest = (targets[-1], targets[0]) if undoing else (targets[0], targets[-1])
        action = self._begin(kind, _now(), undoes=oldest.id if undoing else None, redoes=None if undoing else oldest.id)
        details = dict(oldest.details) | ({TOGETHER: [len(targets), newest.id]} if len(targets) > 1 else {})
        self.db.execute("UPDATE action SET details = ? WHERE id = ?", [json.dumps(details, ensure_ascii=False), action])
        self._current = action
        try:
            for target in targets:
                self._put_back(target.id, undoing)
        finally:
            self._current = None
        mark = UNDONE if undoing else LIVE
        self.db.conn.executemany("UPDATE action SET undone = ? WHERE id = ?", [(mark, t.id) for t in targets])
        focus = targets[-1].details.get("focus")
        where = (SourceId(focus[0]), Span(focus[1], focus[2])) if focus else None
        return Change(action, kind, self._rows(action), focus=where, sources=self._sources(action))

    def _put_back(self, action: ActionId, undoing: bool) -> None:
        images = self.db.execute(
            f"SELECT tbl, row_id, before, after FROM change WHERE action_id = ? ORDER BY id {'DESC' if undoing else 'ASC'}",
            [action],
        ).fetchall()
        for table, row_id, before, after in images:
            self._put(table, row_id, before if undoing else after)

    def _put(self, table: str, row_id: int, image: str | None) -> None:
        if image is None:
            self.db.execute(f"DELETE FROM {table} WHERE id = ?", [row_id])
            return
        row = json.loads(image)
        columns = ", ".join(f'"{name}"' for name in row)
        settings = ", ".join(f'"{name}" = excluded."{name}"' for name in row if name != "id")
        self.db.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))}) "
            f"ON CONFLICT (id) DO UPDATE SET {settings}",
            list(row.values()),
        )

    def _last_change(self) -> int:
        return int(self.db.execute("SELECT ifnull(max(id), 0) FROM change").fetchone()[0])

    def _rows(self, action: ActionId, after: int = 0) -> dict[str, frozenset[int]]:
        rows: dict[str, set[int]] = {}
        for table, row_id in self.db.execute(
            "SELECT DISTINCT tbl, row_id FROM change WHERE action_id = ? AND id > ?", [action, after]
        ):
            rows.setdefault(table, set()).add(row_id)
        return {table: frozenset(ids) for table, ids in rows.items()}

    def _sources(self, action: ActionId, after: int = 0) -> frozenset[SourceId]:
        found = self.db.execute(
            f"""
            SELECT CASE tbl WHEN 'source' THEN row_id ELSE json_extract(ifnull(after, before), '$.source_id') END
            FROM change WHERE action_id = :action AND id > :after
                AND tbl IN ('source', 'turn', 'speaker', 'segment', 'attribute_value', 'section')
            UNION
            SELECT s.source_id FROM change c
            JOIN segment s ON s.id = json_extract(ifnull(c.after, c.before), '$.segment_id')
            WHERE c.action_id = :action AND c.id > :after AND c.tbl IN ('coding', {_HOLDERS})
            UNION
            SELECT p.source_id FROM change c JOIN speaker p ON p.case_id = c.row_id
            WHERE c.action_id = :action AND c.id > :after AND c.tbl = 'study_case'
            """,
            {"action": action, "after": after},
        )
        return frozenset(SourceId(row[0]) for row in found if row[0] is not None)

    def _one(self, where: str, values: list[Any] | None = None) -> ActionRow | None:
        rows = self._many(where, values or [])
        return rows[0] if rows else None

    def _many(self, where: str, values: list[Any]) -> list[ActionRow]:
        found = self.db.execute(
            "SELECT a.id, a.kind, a.details, a.coder, a.at, a.undoes, a.redoes, a.undone, "
            "(SELECT count(*) FROM change c WHERE c.action_id = a.id), ifnull(o.kind, a.kind) "
            "FROM action a LEFT JOIN action o ON o.id = ifnull(a.undoes, a.redoes) WHERE " + where,
            values,
        )
        return [
            ActionRow(ActionId(r[0]), r[1], json.loads(r[2]), r[3], r[4], r[5], r[6], r[7], r[8], r[9])
            for r in found.fetchall()
        ]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
