"""How a third coder settled what others coded differently."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from cohesion_qda.model.disagreement import Settlement
from cohesion_qda.model.ids import CodeId, CoderId, CodingId, SegmentId, SettlementId, SourceId
from cohesion_qda.model.text import Span


def all_(db: Database) -> list[Settlement]:
    """Every settlement whose place has its text, the newest first."""
    found = db.execute(
        'SELECT t.id, t.segment_id, s.source_id, s."start", s."end", t.code_id, t.coder_id, t.is_applied, t.why '
        'FROM settlement t JOIN segment s ON s.id = t.segment_id WHERE s."start" < s."end" ORDER BY t.id DESC'
    ).fetchall()
    return [
        Settlement(
            SettlementId(r[0]), SegmentId(r[1]), SourceId(r[2]), Span(r[3], r[4]), CodeId(r[5]), CoderId(r[6]),
            bool(r[7]), r[8],
        )
        for r in found
    ]  # fmt: skip


def codings(db: Database) -> frozenset[CodingId]:
    """The codings that were made by settling: of who settled it, where the code applies."""
    made = db.execute(
        "SELECT c.id FROM settlement t JOIN coding c ON c.segment_id = t.segment_id AND c.code_id = t.code_id "
        "AND c.coder_id = t.coder_id WHERE t.is_applied"
    )
    return frozenset(CodingId(row[0]) for row in made.fetchall())


def add(db: Database, segment: SegmentId, code: CodeId, coder: CoderId, is_applied: bool, why: str) -> SettlementId:
    """Note that `code` applies to a segment, or to nothing of it, as `coder` settled it. There must be none of theirs
    on it.
    """
    cursor = db.execute(
        "INSERT INTO settlement (segment_id, code_id, coder_id, is_applied, why) VALUES (?, ?, ?, ?, ?)",
        [segment, code, coder, int(is_applied), why],
    )
    return SettlementId(int(cursor.lastrowid or 0))


def delete(db: Database, source: SourceId, span: Span, code: CodeId, coder: CoderId) -> None:
    """Take away what `coder` settled about `code` in `span`."""
    db.execute(
        "DELETE FROM settlement WHERE code_id = ? AND coder_id = ? AND segment_id IN "
        '(SELECT id FROM segment WHERE source_id = ? AND "start" < ? AND "end" > ?)',
        [code, coder, source, span.end, span.start],
    )


def recode(db: Database, code: CodeId, into: CodeId) -> None:
    """Let what was settled about `code` be about `into`, because the two become one. Where one coder settled both on
    one segment, the code applies there if either did.
    """
    both = {"code": code, "into": into}
    twins = (
        "SELECT b.id, max(a.is_applied, b.is_applied), trim(b.why || char(10) || a.why, char(10)), a.id "
        "FROM settlement a JOIN settlement b ON b.segment_id = a.segment_id AND b.coder_id = a.coder_id "
        "WHERE a.code_id = :code AND b.code_id = :into"
    )
    for kept, is_applied, why, gone in db.execute(twins, both).fetchall():
        db.execute("UPDATE settlement SET is_applied = ?, why = ? WHERE id = ?", [is_applied, why, kept])
        db.execute("DELETE FROM settlement WHERE id = ?", [gone])
    db.execute("UPDATE settlement SET code_id = :into WHERE code_id = :code", both)


def count(db: Database, codes: Iterable[CodeId]) -> int:
    """How much was settled about these codes."""
    ids = list(codes)
    found = db.execute(f"SELECT count(*) FROM settlement WHERE code_id IN ({', '.join('?' * len(ids))})", ids)
    return int(found.fetchone()[0])
