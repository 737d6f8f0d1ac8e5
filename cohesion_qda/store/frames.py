"""Study frames that were taken up, and which codes bear out their issues."""

from __future__ import annotations

from sqlite_utils import Database

from cohesion_qda.model.ids import CodeId


def taken(db: Database) -> list[str]:
    """The keys of the frames that were taken up, in the order they were."""
    return [row[0] for row in db.execute("SELECT key FROM frame ORDER BY id").fetchall()]


def take(db: Database, key: str, at: str) -> None:
    """Say that a frame was taken up; one that was already stays as it is."""
    if key not in taken(db):
        db.execute("INSERT INTO frame (key, at) VALUES (?, ?)", [key, at])


def issues(db: Database) -> dict[tuple[str, str], list[CodeId]]:
    """The codes that bear out each (frame, issue), in the order they were said to."""
    found: dict[tuple[str, str], list[CodeId]] = {}
    for frame, issue, code in db.execute("SELECT frame, issue, code_id FROM issue_code ORDER BY id").fetchall():
        found.setdefault((frame, issue), []).append(CodeId(code))
    return found


def bear_out(db: Database, frame: str, issue: str, code: CodeId) -> None:
    """Let a code bear out an issue; one that does already stays as it is."""
    if code not in issues(db).get((frame, issue), []):
        db.execute("INSERT INTO issue_code (frame, issue, code_id) VALUES (?, ?, ?)", [frame, issue, code])


def let_go(db: Database, frame: str, issue: str, code: CodeId) -> None:
    """Let a code no longer bear out an issue."""
    db.execute("DELETE FROM issue_code WHERE frame = ? AND issue = ? AND code_id = ?", [frame, issue, code])


def recode(db: Database, code: CodeId, into: CodeId) -> None:
    """Let `into` bear out what `code` bears out."""
    db.execute(
        "DELETE FROM issue_code AS one WHERE code_id = :code AND EXISTS (SELECT 1 FROM issue_code other "
        "WHERE other.frame = one.frame AND other.issue = one.issue AND other.code_id = :into)",
        {"code": code, "into": into},
    )
    db.execute("UPDATE issue_code SET code_id = :into WHERE code_id = :code", {"code": code, "into": into})
