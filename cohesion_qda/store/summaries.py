"""The summaries of a framework matrix, with the passages they rest on."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from cohesion_qda.model.framework import Spot, Summary
from cohesion_qda.model.ids import CaseId, CodeId, SegmentId

_BETWEEN = "\n\n"  # two summaries that become one


def all_(db: Database) -> dict[Spot, Summary]:
    """Every summary by its case and code."""
    passages: dict[int, list[SegmentId]] = {}
    for summary, segment in db.execute("SELECT summary_id, segment_id FROM summary_passage ORDER BY id").fetchall():
        passages.setdefault(summary, []).append(SegmentId(segment))
    found = db.execute("SELECT id, case_id, code_id, body FROM summary ORDER BY id").fetchall()
    return {
        (CaseId(case), CodeId(code)): Summary(CaseId(case), CodeId(code), body, tuple(passages.get(summary, ())))
        for summary, case, code, body in found
    }


def get(db: Database, case: CaseId, code: CodeId) -> Summary:
    """The summary of a case on a code; an empty one where there is none."""
    row = _row(db, case, code)
    if row is None:
        return Summary(case, code)
    found = db.execute("SELECT segment_id FROM summary_passage WHERE summary_id = ? ORDER BY id", [row[0]]).fetchall()
    return Summary(case, code, row[1], tuple(SegmentId(segment) for (segment,) in found))


def write(db: Database, case: CaseId, code: CodeId, body: str) -> None:
    """Let `body` be the summary; nothing is written when nothing differs, and one without words and passages goes."""
    if body.strip():
        db.execute(
            "INSERT INTO summary (case_id, code_id, body) VALUES (?, ?, ?) ON CONFLICT (case_id, code_id) "
            "DO UPDATE SET body = excluded.body WHERE body <> excluded.body",
            [case, code, body],
        )
    else:
        db.execute("UPDATE summary SET body = '' WHERE case_id = ? AND code_id = ? AND body <> ''", [case, code])
        _drop_empty(db, case, code)


def link(db: Database, case: CaseId, code: CodeId, segments: Iterable[SegmentId]) -> int:
    """Let a summary rest on passages. Gives how many it did not rest on before."""
    wanted = list(segments)
    if not wanted:
        return 0
    db.execute(
        "INSERT INTO summary (case_id, code_id) VALUES (?, ?) ON CONFLICT (case_id, code_id) DO NOTHING", [case, code]
    )
    row = _row(db, case, code)
    assert row is not None
    return sum(
        db.execute(
            "INSERT INTO summary_passage (summary_id, segment_id) VALUES (?, ?) "
            "ON CONFLICT (summary_id, segment_id) DO NOTHING",
            [row[0], segment],
        ).rowcount
        for segment in wanted
    )


def unlink(db: Database, case: CaseId, code: CodeId, segments: Iterable[SegmentId]) -> int:
    """Let a summary no longer rest on passages; one without words then goes. Gives how many it rested on."""
    row = _row(db, case, code)
    if row is None:
        return 0
    n = sum(
        db.execute("DELETE FROM summary_passage WHERE summary_id = ? AND segment_id = ?", [row[0], segment]).rowcount
        for segment in segments
    )
    _drop_empty(db, case, code)
    return n


def recode(db: Database, code: CodeId, into: CodeId) -> None:
    """Let what was written of every case on `code` be written on `into`, because the two become one: where both have a
    summary, the words of `into` come first and those of `code` after a blank line, unless they stand there as a paragraph
    already; the passages are those of both.
    """
    _unite(db, "code_id", "case_id", code, into)


def join_cases(db: Database, case: CaseId, into: CaseId) -> None:
    """Let what was written of `case` be written of `into`, because the two become one; as `recode`."""
    _unite(db, "case_id", "code_id", case, into)


def count(db: Database, codes: Iterable[CodeId]) -> int:
    """How many summaries there are on these codes."""
    ids = list(codes)
    found = db.execute(f"SELECT count(*) FROM summary WHERE code_id IN ({', '.join('?' * len(ids))})", ids)
    return int(found.fetchone()[0])


def _unite(db: Database, column: str, other: str, gone: int, kept: int) -> None:
    both = db.execute(
        f"SELECT a.id, b.id, a.body, b.body FROM summary a JOIN summary b ON b.{other} = a.{other} "
        f"WHERE a.{column} = ? AND b.{column} = ? ORDER BY a.id",
        [gone, kept],
    ).fetchall()
    for old, new, said, known in both:
        is_said = said.strip() in (part.strip() for part in (known, *known.split(_BETWEEN), ""))
        body = known if is_said else _BETWEEN.join(text for text in (known, said) if text.strip())
        db.execute("UPDATE summary SET body = ? WHERE id = ? AND body <> ?", [body, new, body])
        db.execute(
            "DELETE FROM summary_passage WHERE summary_id = :old AND segment_id IN "
            "(SELECT segment_id FROM summary_passage WHERE summary_id = :new)",
            {"old": old, "new": new},
        )
        db.execute("UPDATE summary_passage SET summary_id = ? WHERE summary_id = ?", [new, old])
        db.execute("DELETE FROM summary WHERE id = ?", [old])
    db.execute(f"UPDATE summary SET {column} = ? WHERE {column} = ?", [kept, gone])


def _row(db: Database, case: CaseId, code: CodeId) -> tuple[int, str] | None:
    row = db.execute("SELECT id, body FROM summary WHERE case_id = ? AND code_id = ?", [case, code]).fetchone()
    return (int(row[0]), row[1]) if row else None


def _drop_empty(db: Database, case: CaseId, code: CodeId) -> None:
    db.execute(
        "DELETE FROM summary WHERE case_id = ? AND code_id = ? AND trim(body) = '' "
        "AND id NOT IN (SELECT summary_id FROM summary_passage)",
        [case, code],
    )
