"""Answers kept under a name."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.asked import Asked, as_json, from_json
from cohesion_qda.model.ids import AnswerId, CaseId, CodeId


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


def recode(db: Database, code: CodeId, into: CodeId) -> None:
    """Let every answer that names `code` name `into`, because the two become one."""
    _change(db, lambda asked: asked.recoded(code, into))


def join_cases(db: Database, case: CaseId, into: CaseId) -> None:
    """Let every answer about `case` be about `into`, because the two become one."""
    _change(db, lambda asked: asked.of_another(case, into))


def _change(db: Database, change: Callable[[Asked], Asked]) -> None:
    """Ask otherwise in every answer that is kept; one that a newer version of the program kept is left as it is."""
    for saved, _name, text in all_(db):
        try:
            asked = from_json(text)
        except BadInput:
            continue
        changed = change(asked)
        if changed is not asked:
            edit(db, saved, as_json(changed))
