"""Answers kept under a name."""

from __future__ import annotations

from sqlite_utils import Database

from cohesion_qda.model.ids import AnswerId


def all_(db: Database) -> list[tuple[AnswerId, str, str]]:
    """(id, name, what was asked as JSON) of every answer that is kept, by name."""
    found = db.execute("SELECT id, name, asked FROM saved_answer ORDER BY name, id").fetchall()
    return [(AnswerId(r[0]), r[1], r[2]) for r in found]


def add(db: Database, name: str, asked: str) -> AnswerId:
    """A new one. Its name must be free."""
    cursor = db.execute("INSERT INTO saved_answer (name, asked) VALUES (?, ?)", [name, asked])
    return AnswerId(int(cursor.lastrowid or 0))


def edit(db: Database, saved: AnswerId, asked: str) -> None:
    """Keep another question under the same name."""
    db.execute("UPDATE saved_answer SET asked = :a WHERE id = :id AND asked <> :a", {"id": saved, "a": asked})


def rename(db: Database, saved: AnswerId, name: str) -> None:
    """Call it `name`."""
    db.execute("UPDATE saved_answer SET name = ? WHERE id = ?", [name, saved])


def delete(db: Database, saved: AnswerId) -> None:
    """Take it away."""
    db.execute("DELETE FROM saved_answer WHERE id = ?", [saved])
