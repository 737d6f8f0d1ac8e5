"""Worksheets with their answers and the passages linked to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.ids import SegmentId, SourceId, WorksheetId
from cohesion_qda.model.worksheet import Worksheet

_WORKSHEET = (
    "SELECT w.id, w.frame, w.sheet, w.name, w.source_id, ifnull(s.name, '') "
    "FROM worksheet w LEFT JOIN source s ON s.id = w.source_id"
)


def all_(db: Database) -> list[Worksheet]:
    """Every worksheet, in the order they were started."""
    return _made(db, db.execute(_WORKSHEET + " ORDER BY w.position, w.id").fetchall())


def by_id(db: Database, worksheet: WorksheetId) -> Worksheet | None:
    """The worksheet with that id."""
    found = _made(db, db.execute(_WORKSHEET + " WHERE w.id = ?", [worksheet]).fetchall())
    return found[0] if found else None


def add(db: Database, frame: str, sheet: str, name: str, source: SourceId | None) -> WorksheetId:
    """A new worksheet, after all others."""
    cursor = db.execute(
        "INSERT INTO worksheet (frame, sheet, name, source_id, position) "
        "VALUES (?, ?, ?, ?, (SELECT ifnull(max(position), -1) + 1 FROM worksheet))",
        [frame, sheet, name, source],
    )
    return WorksheetId(int(cursor.lastrowid or 0))


def rename(db: Database, worksheet: WorksheetId, name: str) -> None:
    """Call a worksheet `name`; nothing is written when it is called so."""
    db.execute("UPDATE worksheet SET name = ?1 WHERE id = ?2 AND name IS NOT ?1", [name, worksheet])


def delete(db: Database, worksheet: WorksheetId) -> None:
    """Take a worksheet away with its answers."""
    db.execute("DELETE FROM worksheet WHERE id = ?", [worksheet])


def answer(db: Database, worksheet: WorksheetId, item: str, field: str, value: str) -> None:
    """Keep an answer; an empty one goes. Nothing is written when nothing differs."""
    if not value:
        db.execute(
            "DELETE FROM worksheet_answer WHERE worksheet_id = ? AND item = ? AND field = ?", [worksheet, item, field]
        )
        return
    db.execute(
        "INSERT INTO worksheet_answer (worksheet_id, item, field, value) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (worksheet_id, item, field) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        [worksheet, item, field, value],
    )


def link(db: Database, worksheet: WorksheetId, item: str, segments: Iterable[SegmentId]) -> int:
    """Link segments to an item. Gives how many were not before."""
    return sum(
        db.execute(
            "INSERT INTO worksheet_passage (worksheet_id, item, segment_id) VALUES (?, ?, ?) "
            "ON CONFLICT (worksheet_id, item, segment_id) DO NOTHING",
            [worksheet, item, segment],
        ).rowcount
        for segment in segments
    )


def unlink(db: Database, worksheet: WorksheetId, item: str, segments: Iterable[SegmentId]) -> int:
    """Link segments no longer to an item. Gives how many were."""
    return sum(
        db.execute(
            "DELETE FROM worksheet_passage WHERE worksheet_id = ? AND item = ? AND segment_id = ?",
            [worksheet, item, segment],
        ).rowcount
        for segment in segments
    )


def _made(db: Database, rows: Sequence[tuple[Any, ...]]) -> list[Worksheet]:
    wanted = [row[0] for row in rows]
    among = f"worksheet_id IN ({', '.join('?' * len(wanted))})"
    values: dict[int, dict[tuple[str, str], str]] = {}
    for worksheet, item, field, value in db.execute(
        f"SELECT worksheet_id, item, field, value FROM worksheet_answer WHERE {among} ORDER BY id", wanted
    ).fetchall():
        values.setdefault(worksheet, {})[item, field] = value
    passages: dict[int, dict[str, tuple[SegmentId, ...]]] = {}
    for worksheet, item, segment in db.execute(
        f"SELECT worksheet_id, item, segment_id FROM worksheet_passage WHERE {among} ORDER BY id", wanted
    ).fetchall():
        of = passages.setdefault(worksheet, {})
        of[item] = (*of.get(item, ()), SegmentId(segment))
    return [
        Worksheet(
            WorksheetId(id_), frame, sheet, name, None if source is None else SourceId(source), source_name,
            values.get(id_, {}), passages.get(id_, {}),
        )
        for id_, frame, sheet, name, source, source_name in rows
    ]  # fmt: skip
