"""Cases and coders."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.case import Case, Coder, coder_named
from cohesion_qda.model.ids import CaseId, CoderId, SpeakerId
from cohesion_qda.store import answers, attributes, summaries


def add(db: Database, name: str, *, kind: str, role: str = "", group: CaseId | None = None) -> CaseId:
    """A new participant or group."""
    cursor = db.execute(
        "INSERT INTO study_case (name, kind, role, group_id) VALUES (?, ?, ?, ?)", [name, kind, role, group]
    )
    return CaseId(int(cursor.lastrowid or 0))


def all_(db: Database, kind: str = "") -> list[Case]:
    """Every case, or those of one kind, in the order they came."""
    values = attributes.values(db, "participant")
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


def seat(db: Database) -> None:
    """Seat every participant in a group: the one they sit in, while they speak in a source of it, or else the group of the
    first source of theirs that has one.
    """
    db.execute(
        """
        WITH place AS (
            SELECT c.id, (
                SELECT o.group_id FROM speaker p JOIN source o ON o.id = p.source_id
                WHERE p.case_id = c.id AND o.group_id IS NOT NULL
                ORDER BY o.group_id = ifnull(c.group_id, 0) DESC, o.id LIMIT 1) AS group_id
            FROM study_case c WHERE c.kind = 'participant')
        UPDATE study_case SET group_id = place.group_id FROM place
        WHERE place.id = study_case.id AND study_case.group_id IS NOT place.group_id
        """
    )


def rename_group(db: Database, group: CaseId | None, old: str, name: str) -> None:
    """A group that is called after its source keeps being so."""
    db.execute("UPDATE study_case SET name = ? WHERE id = ? AND name = ?", [name, group, old])


def join(db: Database, case: CaseId, into: CaseId) -> None:
    """Let everything that `case` said be said by `into`, and take `case` away; values that `into` lacks are kept, and what was
    written of both is written of `into`.
    """
    db.execute("UPDATE speaker SET case_id = ? WHERE case_id = ?", [into, case])
    db.execute(
        "UPDATE attribute_value SET case_id = :into WHERE case_id = :case AND attribute_id NOT IN "
        "(SELECT attribute_id FROM attribute_value WHERE case_id = :into)",
        {"into": into, "case": case},
    )
    db.execute("UPDATE memo SET study_case_id = ? WHERE study_case_id = ?", [into, case])
    summaries.join_cases(db, case, into)
    answers.join_cases(db, case, into)
    db.execute("DELETE FROM study_case WHERE id = ?", [case])


def part(db: Database, speaker: SpeakerId, case: CaseId) -> None:
    """Let a label of a source stand for `case`."""
    db.execute("UPDATE speaker SET case_id = ? WHERE id = ?", [case, speaker])


def give_back(db: Database, speaker: SpeakerId, of: CaseId, to: CaseId) -> None:
    """Let `to` have what was known under this label before it was joined with the others of `of`: values that were dropped
    then, and those that `of` has from there and nobody has changed since. Nothing where the label was not joined last, or
    its person spoke under others too.
    """
    row = db.execute(
        """
        SELECT a.id, a.kind, json_extract(c.before, '$.case_id') FROM action a JOIN change c ON c.action_id = a.id
        WHERE a.kind IN ('join-cases', 'part-cases') AND a.undone = 0 AND c.tbl = 'speaker' AND c.row_id = ?
        ORDER BY c.id DESC LIMIT 1
        """,
        [speaker],
    ).fetchone()
    if row is None or row[1] != "join-cases" or _labels_moved(db, row[0], row[2]) != 1:
        return
    images = db.execute(
        """
        SELECT row_id, json_extract(before, '$.attribute_id'), json_extract(before, '$.value'), after IS NULL
        FROM change WHERE action_id = ? AND tbl = 'attribute_value' AND json_extract(before, '$.case_id') = ? ORDER BY id
        """,
        [row[0], row[2]],
    ).fetchall()
    for value_row, attribute, value, was_dropped in images:
        if was_dropped:
            db.execute(
                "INSERT INTO attribute_value (attribute_id, case_id, value) SELECT id, ?, ? FROM attribute WHERE id = ?",
                [to, value, attribute],
            )
        else:
            db.execute(
                "UPDATE attribute_value SET case_id = ? WHERE id = ? AND case_id = ? AND value = ?",
                [to, value_row, of, value],
            )


def _labels_moved(db: Database, action: int, case: CaseId) -> int:
    found = db.execute(
        "SELECT count(*) FROM change WHERE action_id = ? AND tbl = 'speaker' AND json_extract(before, '$.case_id') = ?",
        [action, case],
    )
    return int(found.fetchone()[0])


def delete(db: Database, case: CaseId) -> None:
    """Take a case away."""
    db.execute("DELETE FROM study_case WHERE id = ?", [case])


def coders(db: Database) -> list[Coder]:
    """Every coder, in the order they came."""
    return [Coder(CoderId(r[0]), r[1]) for r in db.execute("SELECT id, name FROM coder ORDER BY id").fetchall()]


def find_coder(db: Database, name: str) -> Coder | None:
    """The coder of that name (`coder_named`)."""
    return coder_named(coders(db), name)


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
