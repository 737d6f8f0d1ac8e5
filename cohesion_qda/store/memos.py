"""Memos and dismissed suggestions."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.ids import CoderId, MemoId
from cohesion_qda.model.memo import MEMO_SUBJECTS, Memo

_SUBJECTS = tuple(subject for subject in MEMO_SUBJECTS if subject != "project")
_MEMO = (
    "SELECT m.id, m.body, k.name, m.created_at, m.updated_at, "
    + ", ".join(f"m.{subject}_id" for subject in _SUBJECTS)
    + " FROM memo m JOIN coder k ON k.id = m.coder_id"
)


def add(db: Database, about: str, subject: int, body: str, coder: CoderId, at: str) -> MemoId:
    """A new memo about the thing `subject` (any number for the project)."""
    row: dict[str, Any] = {"body": body, "coder_id": coder, "created_at": at, "updated_at": at}
    if about != "project":
        row[f"{about}_id"] = subject
    cursor = db.execute(f"INSERT INTO memo ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    return MemoId(int(cursor.lastrowid or 0))


def edit(db: Database, memo: MemoId, body: str, at: str) -> None:
    """Write another body."""
    db.execute("UPDATE memo SET body = ?, updated_at = ? WHERE id = ? AND body <> ?", [body, at, memo, body])


def delete(db: Database, memo: MemoId) -> None:
    """Take a memo away."""
    db.execute("DELETE FROM memo WHERE id = ?", [memo])


def all_(db: Database, about: str = "", subject: int = 0) -> list[Memo]:
    """Every memo, or those about one thing, oldest first."""
    memos = [_memo(row) for row in db.execute(_MEMO + " ORDER BY m.id").fetchall()]
    if not about:
        return memos
    return [m for m in memos if m.about == about and (about == "project" or m.subject == subject)]


def dismiss(db: Database, key: str, label: str, coder: CoderId) -> None:
    """Remember that a suggestion was turned down."""
    db.execute(
        "INSERT INTO dismissal (key, label, coder_id) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING",
        [key, label, coder],
    )


def dismissed(db: Database) -> set[str]:
    """The keys of the suggestions that were turned down."""
    return {row[0] for row in db.execute("SELECT key FROM dismissal").fetchall()}


def _memo(row: tuple[Any, ...]) -> Memo:
    about, subject = next(
        ((name, value) for name, value in zip(_SUBJECTS, row[5:], strict=True) if value is not None), ("project", 0)
    )
    return Memo(MemoId(row[0]), about, subject, row[1], row[2], row[3], row[4])
