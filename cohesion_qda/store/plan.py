"""Key dates and next steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.ids import PlanId
from cohesion_qda.model.plan import PlanEntry

_ENTRY = "SELECT id, kind, name, at, due, who, note, position FROM plan_entry"


def all_(db: Database) -> list[PlanEntry]:
    """Every entry, in the researcher's order."""
    return [_entry(row) for row in db.execute(_ENTRY + " ORDER BY position, id").fetchall()]


def by_id(db: Database, entry: PlanId) -> PlanEntry | None:
    """The entry with that id."""
    row = db.execute(_ENTRY + " WHERE id = ?", [entry]).fetchone()
    return _entry(row) if row else None


def add(
    db: Database, kind: str, name: str, *, at: str = "", due: str = "", who: str = "", note: str = ""
) -> PlanId:  # fmt: skip
    """A new entry, after all others."""
    cursor = db.execute(
        "INSERT INTO plan_entry (kind, name, at, due, who, note, position) "
        "VALUES (?, ?, ?, ?, ?, ?, (SELECT ifnull(max(position), -1) + 1 FROM plan_entry))",
        [kind, name, at, due, who, note],
    )
    return PlanId(int(cursor.lastrowid or 0))


def update(db: Database, entry: PlanId, **values: Any) -> None:
    """Set columns of one entry; nothing is written when nothing differs."""
    settings = ", ".join(f"{name} = ?" for name in values)
    differs = " OR ".join(f"{name} IS NOT ?" for name in values)
    db.execute(
        f"UPDATE plan_entry SET {settings} WHERE id = ? AND ({differs})", [*values.values(), entry, *values.values()]
    )


def reorder(db: Database, entries: Sequence[PlanId]) -> None:
    """Put the entries in this order."""
    for position, entry in enumerate(entries):
        update(db, entry, position=position)


def delete(db: Database, entry: PlanId) -> None:
    """Take an entry away."""
    db.execute("DELETE FROM plan_entry WHERE id = ?", [entry])


def _entry(row: tuple[Any, ...]) -> PlanEntry:
    return PlanEntry(PlanId(row[0]), row[1], row[2], row[3], row[4], row[5], row[6], row[7])
