"""The codebook's rows."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.codebook import Code, CodeTree, Held
from cohesion_qda.model.ids import CodeId, CoderId
from cohesion_qda.store import (
    answers,
    codings,
    evidence,
    frames,
    memos,
    passed_over,
    reports,
    settlements,
    summaries,
    themes,
)

_COLUMNS = "id, parent_id, name, colour, definition, use_when, not_when, example, is_question, position, key, is_aside, direction"


def tree(db: Database) -> CodeTree:
    """The whole codebook."""
    return CodeTree(
        Code(
            CodeId(r[0]),
            None if r[1] is None else CodeId(r[1]),
            r[2],
            r[3],
            r[4],
            r[5],
            r[6],
            r[7],
            bool(r[8]),
            r[9],
            r[10],
            bool(r[11]),
            r[12],
        )
        for r in db.execute(f"SELECT {_COLUMNS} FROM code").fetchall()
    )


def add(db: Database, name: str, *, parent: CodeId | None, colour: str, **values: Any) -> CodeId:
    """A new code, last among its siblings."""
    position = db.execute("SELECT ifnull(max(position), -1) + 1 FROM code WHERE parent_id IS ?", [parent]).fetchone()[0]
    row = {"name": name, "parent_id": parent, "colour": colour, "position": position, **values}
    row["is_question"] = int(bool(row.get("is_question", False)))
    columns = ", ".join(row)
    cursor = db.execute(f"INSERT INTO code ({columns}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    return CodeId(int(cursor.lastrowid or 0))


def update(db: Database, code: CodeId, **values: Any) -> None:
    """Set columns of one code; nothing is written when nothing differs."""
    settings = ", ".join(f"{name} = ?" for name in values)
    differs = " OR ".join(f"{name} IS NOT ?" for name in values)
    db.execute(f"UPDATE code SET {settings} WHERE id = ? AND ({differs})", [*values.values(), code, *values.values()])


def clear_key(db: Database, key: str) -> None:
    """Take a key away from whichever code has it."""
    db.execute("UPDATE code SET key = '' WHERE key = ?", [key])


def delete(db: Database, code: CodeId) -> None:
    """Take a code away, with its branch and their codings."""
    db.execute("DELETE FROM code WHERE id = ?", [code])


def merge(db: Database, code: CodeId, into: CodeId) -> None:
    """Let everything that holds `code` hold `into`, and take it away."""
    both = {"code": code, "into": into}
    db.execute(
        "UPDATE coding SET weight = gone.weight FROM coding gone WHERE gone.code_id = :code AND coding.code_id = :into "
        "AND gone.segment_id = coding.segment_id AND gone.coder_id = coding.coder_id "
        "AND coding.weight IS NULL AND gone.weight IS NOT NULL",
        both,
    )
    codings.recode(db, code, into)
    memos.move_to_code(db, code, into)
    themes.recode(db, code, into)
    summaries.recode(db, code, into)
    settlements.recode(db, code, into)
    passed_over.recode(db, code, into)
    answers.recode(db, code, into)
    reports.recode(db, code, into)
    frames.recode(db, code, into)
    evidence.recode(db, code, into)
    db.execute("UPDATE code SET parent_id = :into WHERE parent_id = :code", both)
    delete(db, code)


def held(db: Database, branch: list[CodeId]) -> Held:
    """What a code, the first of `branch`, and those under it hold, by everybody."""
    built_on = db.execute(
        "SELECT count(*) FROM theme WHERE question_id IN (SELECT value FROM json_each(:codes)) "
        "OR id IN (SELECT theme_id FROM theme_code WHERE code_id IN (SELECT value FROM json_each(:codes)))",
        {"codes": json.dumps(branch)},
    ).fetchone()
    going = memos.going_with(db, codes=branch)
    return Held(
        len(branch) - 1, codings.count(db, branch), going, int(built_on[0]), summaries.count(db, branch),
        settlements.count(db, branch), reports.count(db, branch),
    )  # fmt: skip


def coded(db: Database, coder: CoderId | None = None) -> dict[CodeId, int]:
    """How many codings each code has, for itself, by everybody or one coder; a code without any is left out."""
    found = db.execute(
        "SELECT code_id, count(*) FROM coding WHERE coder_id = ifnull(?, coder_id) GROUP BY code_id", [coder]
    ).fetchall()
    return {CodeId(code): n for code, n in found}


def project_made(db: Database) -> str:
    """When the project was made, and by whom: what its copies share, and no other project."""
    return "|".join(db.execute("SELECT at, coder FROM action ORDER BY id LIMIT 1").fetchone() or ())


def reorder(db: Database, codes: list[CodeId]) -> None:
    """Number siblings in this order."""
    for position, code in enumerate(codes):
        update(db, code, position=position)
