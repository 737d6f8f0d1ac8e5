"""Cases and coders."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.case import Case, Coder
from cohesion_qda.model.ids import CaseId, CoderId
from cohesion_qda.store import sources


def add(db: Database, name: str, *, kind: str, role: str = "", group: CaseId | None = None) -> CaseId:
    """A new participant or group."""
    cursor = db.execute(
        "INSERT INTO study_case (name, kind, role, group_id) VALUES (?, ?, ?, ?)", [name, kind, role, group]
    )
    return CaseId(int(cursor.lastrowid or 0))


def all_(db: Database, kind: str = "") -> list[Case]:
    """Every case, or those of one kind, in the order they came."""
    values = sources.values(db, "participant")
    found = db.execute(
        "SELECT id, name, kind, role, group_id FROM study_case WHERE :kind IN ('', kind) ORDER BY id", {"kind": kind}
    )
    return [
        Case(CaseId(r[0]), r[1], r[2], r[3], None if r[4] is None else CaseId(r[4]), values.get(r[0], {}))
        for r in found.fetchall()
    ]


def update(db: Database, case: CaseId, **values: Any) -> None:
    """Set columns of one case."""
    settings = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE study_case SET {settings} WHERE id = ?", [*values.values(), case])


def set_group(db: Database, source: int, group: CaseId | None, was: CaseId | None) -> None:
    """Seat everyone who speaks in `source` in `group`; those who sit in another group than `was` stay there."""
    db.execute(
        "UPDATE study_case SET group_id = ? WHERE id IN (SELECT case_id FROM speaker WHERE source_id = ?) "
        "AND (group_id IS NULL OR group_id IS ?)",
        [group, source, was],
    )


def rename_group(db: Database, group: CaseId | None, old: str, name: str) -> None:
    """A group that is called after its source keeps being so."""
    db.execute("UPDATE study_case SET name = ? WHERE id = ? AND name = ?", [name, group, old])


def join(db: Database, case: CaseId, into: CaseId) -> None:
    """Let everything that `case` said be said by `into`, and take `case` away; values that `into` lacks are kept."""
    db.execute("UPDATE speaker SET case_id = ? WHERE case_id = ?", [into, case])
    db.execute(
        "UPDATE attribute_value SET case_id = :into WHERE case_id = :case AND attribute_id NOT IN "
        "(SELECT attribute_id FROM attribute_value WHERE case_id = :into)",
        {"into": into, "case": case},
    )
    db.execute("UPDATE memo SET study_case_id = ? WHERE study_case_id = ?", [into, case])
    db.execute("DELETE FROM study_case WHERE id = ?", [case])


def delete(db: Database, case: CaseId) -> None:
    """Take a case away."""
    db.execute("DELETE FROM study_case WHERE id = ?", [case])


def coders(db: Database) -> list[Coder]:
    """Every coder, in the order they came."""
    return [Coder(CoderId(r[0]), r[1]) for r in db.execute("SELECT id, name FROM coder ORDER BY id").fetchall()]


def find_coder(db: Database, name: str) -> Coder | None:
    """The coder of that name, whatever its case."""
    row = db.execute("SELECT id, name FROM coder WHERE name = ?", [name]).fetchone()
    return Coder(CoderId(row[0]), row[1]) if row else None


def add_coder(db: Database, name: str) -> Coder:
    """A new coder."""
    cursor = db.execute("INSERT INTO coder (name) VALUES (?)", [name])
    return Coder(CoderId(int(cursor.lastrowid or 0)), name)


def setting(db: Database, name: str) -> str:
    """A project setting, empty when it was never set."""
    row = db.execute("SELECT value FROM project_setting WHERE name = ?", [name]).fetchone()
    return row[0] if row else ""


def set_setting(db: Database, name: str, value: str) -> None:
    """Keep a project setting."""
    db.execute(
        "INSERT INTO project_setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE "
        "SET value = excluded.value WHERE value <> excluded.value",
        [name, value],
    )
