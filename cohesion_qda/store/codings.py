"""Segments and codings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodeId, CoderId, CodingId, SegmentId, SourceId
from cohesion_qda.model.text import Span
from cohesion_qda.store import reports, schema

_CODING = (
    's.source_id, s."start", s."end", c.id, c.segment_id, c.code_id, c.coder_id, c.created_at, c.suggestion, c.weight '
    "FROM coding c JOIN segment s ON s.id = c.segment_id"
)
_ROW = (
    'SELECT c.id, s.source_id, s."start", s."end", c.code_id, c.coder_id FROM segment s '
    "JOIN coding c ON c.segment_id = s.id"
)
Row = tuple[int, int, int, int, int, int]
_LIVE = 's."start" < s."end"'  # has not lost its text to a correction
UNHELD = " AND ".join(
    f"NOT EXISTS (SELECT 1 FROM {table} h WHERE h.segment_id = segment.id)"
    for table in ("coding", "memo", *schema.HOLDERS)
)
_HELD_BY = ", ".join(f"'{table}'" for table in schema.HOLDERS)
_ORDER = ' ORDER BY s.source_id, s."start", s."end" DESC, c.id'


def find_or_add_segment(db: Database, source: SourceId, span: Span) -> SegmentId:
    """The segment of `source` at `span`, made if it is new."""
    row = db.execute(
        'SELECT id FROM segment WHERE source_id = ? AND "start" = ? AND "end" = ?', [source, span.start, span.end]
    ).fetchone()
    if row:
        return SegmentId(row[0])
    cursor = db.execute(
        'INSERT INTO segment (source_id, "start", "end") VALUES (?, ?, ?)', [source, span.start, span.end]
    )
    return SegmentId(int(cursor.lastrowid or 0))


def add(db: Database, segment: SegmentId, code: CodeId, coder: CoderId, at: str, suggestion: str = "") -> bool:
    """Code `segment`; a coding that is already there is left as it is. Whether there is a new one."""
    cursor = db.execute(
        "INSERT INTO coding (segment_id, code_id, coder_id, created_at, suggestion) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (segment_id, code_id, coder_id) DO NOTHING",
        [segment, code, coder, at, suggestion],
    )
    return bool(cursor.rowcount > 0)


def suggested(db: Database, coder: CoderId | None = None) -> list[tuple[str, CodeId]]:
    """The suggestions that passages were coded because of, each with a code; of one coder, or of everybody."""
    rows = db.execute(
        "SELECT DISTINCT suggestion, code_id FROM coding WHERE suggestion <> '' AND (? IS NULL OR coder_id = ?) ORDER BY 1, 2",
        [coder, coder],
    )
    return [(str(key), CodeId(code)) for key, code in rows]


def delete(db: Database, codings: Sequence[CodingId]) -> None:
    """Take codings away. What another person wrote about one is a memo about its passage from then on."""
    db.execute(
        "UPDATE memo SET segment_id = c.segment_id, coding_id = NULL FROM coding c "
        "WHERE c.id = memo.coding_id AND memo.coder_id <> c.coder_id AND c.id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(codings))],
    )
    db.conn.executemany("DELETE FROM coding WHERE id = ?", [(coding,) for coding in codings])
    drop_empty_segments(db)


def drop_empty_segments(db: Database) -> None:
    """Take away the segments that the act under way let go of and that nothing holds any more: no coding, memo, link of
    a memo, theme, summary or settlement. Which those are is in the journal, so that the cost grows with the act and not with the study.
    """
    db.execute(
        "DELETE FROM segment WHERE id IN (SELECT json_extract(before, '$.segment_id') FROM change "
        "WHERE action_id = current_action() AND before IS NOT NULL "
        f"AND tbl IN ('coding', 'memo', {_HELD_BY})) AND {UNHELD}"
    )


def set_weight(db: Database, codings: Sequence[CodingId], weight: int | None) -> None:
    """How strongly the code fits, 0 to 100, or None where that is not said."""
    db.conn.executemany(
        "UPDATE coding SET weight = ? WHERE id = ? AND weight IS NOT ?", [(weight, c, weight) for c in codings]
    )


def move(db: Database, codings: Sequence[CodingId], segment: SegmentId) -> None:
    """Let codings stand on `segment`; where the same coder has used the code there already, that coding remains."""
    for coding in codings:
        _change(db, coding, "segment_id", segment, "o.segment_id = ? AND o.code_id = c.code_id")
    drop_empty_segments(db)


def recode_these(db: Database, codings: Sequence[CodingId], into: CodeId) -> None:
    """Let codings be of the code `into`; where the same coder has used it on the segment already, that one remains. What the report quotes of
    them follows, where nobody uses the earlier code there any more.
    """
    moved = [(coding.segment, coding.code) for coding in by_ids(db, codings)]
    for coding in codings:
        _change(db, coding, "code_id", into, "o.code_id = ? AND o.segment_id = c.segment_id")
    reports.follow(db, moved, into)


def _change(db: Database, coding: CodingId, column: str, value: int, same: str) -> None:
    """Give `column` of a coding another value, or let it give way to the one (`same`) that is there already, which
    takes its memos over, and its weight where it has none.
    """
    there = db.execute(
        f"SELECT o.id, c.weight FROM coding c JOIN coding o ON o.coder_id = c.coder_id AND o.id <> c.id "
        f"WHERE {same} AND c.id = ?",
        [value, coding],
    ).fetchone()
    if there is None:
        db.execute(f"UPDATE coding SET {column} = ? WHERE id = ? AND {column} <> ?", [value, coding, value])
        return
    db.execute("UPDATE memo SET coding_id = ? WHERE coding_id = ?", [there[0], coding])
    db.execute("UPDATE coding SET weight = ? WHERE id = ? AND weight IS NULL AND ? IS NOT NULL", [there[1], there[0], there[1]])  # fmt: skip
    db.execute("DELETE FROM coding WHERE id = ?", [coding])


def recode(db: Database, code: CodeId, into: CodeId) -> None:
    """Move every coding of `code` to `into`; where the same coder used both on one segment, one remains."""
    db.execute(
        "UPDATE memo SET coding_id = (SELECT b.id FROM coding a JOIN coding b ON b.segment_id = a.segment_id "
        "AND b.coder_id = a.coder_id AND b.code_id = :into WHERE a.id = memo.coding_id) "
        "WHERE coding_id IN (SELECT a.id FROM coding a JOIN coding b ON b.segment_id = a.segment_id "
        "AND b.coder_id = a.coder_id AND b.code_id = :into WHERE a.code_id = :code)",
        {"code": code, "into": into},
    )
    db.execute(
        "DELETE FROM coding WHERE code_id = :code AND EXISTS (SELECT 1 FROM coding o WHERE o.segment_id = "
        "coding.segment_id AND o.coder_id = coding.coder_id AND o.code_id = :into)",
        {"code": code, "into": into},
    )
    db.execute("UPDATE coding SET code_id = ? WHERE code_id = ?", [into, code])


def of_source(db: Database, source: SourceId, coder: CoderId | None = None) -> list[Coding]:
    """The codings of `source`, everybody's or one coder's, by start, the longest first."""
    where, values = f"s.source_id = ? AND {_LIVE}", [int(source)]
    if coder is not None:
        where, values = f"{where} AND c.coder_id = ?", [*values, coder]
    return [_coding(row) for row in db.execute(f"SELECT {_CODING} WHERE {where}{_ORDER}", values).fetchall()]


def uses(db: Database, coder: CoderId) -> dict[CodeId, int]:
    """How often a coder has used each code, the code used last first."""
    found = db.execute(
        "SELECT code_id, count(*) FROM coding WHERE coder_id = ? GROUP BY code_id ORDER BY max(created_at) DESC, max(id) DESC",
        [coder],
    ).fetchall()
    return {CodeId(code): n for code, n in found}


def of_suggestions(db: Database, coder: CoderId | None = None) -> dict[str, CodeId]:
    """The code that was made of each suggestion, or given its passages, by its key: the last one, of everybody or of one coder."""
    where, values = ("", []) if coder is None else (" AND coder_id = ?", [coder])
    rows = db.execute(f"SELECT suggestion, code_id FROM coding WHERE suggestion <> ''{where} ORDER BY id", values)
    return dict(rows.fetchall())


def of_codes(
    db: Database,
    codes: Iterable[CodeId] | None,
    coder: CoderId | None = None,
    sources: Iterable[SourceId] | None = None,
) -> list[Coding]:
    """The codings of any of `codes` (all, when None), in the order of the sources' names and of the text."""
    where, values = [_LIVE], list[Any]()
    for column, wanted in (("c.code_id", codes), ("s.source_id", sources)):
        if wanted is not None:
            ids = list(wanted)
            where.append(f"{column} IN ({', '.join('?' * len(ids))})")
            values += ids
    if coder is not None:
        where.append("c.coder_id = ?")
        values.append(coder)
    return [
        _coding(r)
        for r in db.execute(
            f"SELECT {_CODING} JOIN source o ON o.id = s.source_id WHERE {' AND '.join(where)} "
            'ORDER BY o.name, s."start", s."end" DESC, c.id',
            values,
        ).fetchall()
    ]


def by_ids(db: Database, codings: Sequence[CodingId]) -> list[Coding]:
    """The codings with these ids, in this order; those that are gone are left out."""
    found: dict[int, Coding] = {}
    for start in range(0, len(codings), 900):
        part = list(codings[start : start + 900])
        for row in db.execute(f"SELECT {_CODING} WHERE c.id IN ({', '.join('?' * len(part))})", part).fetchall():
            found[row[3]] = _coding(row)
    return [found[coding] for coding in codings if coding in found]


def rows(db: Database) -> tuple[Row, ...]:
    """(coding, source, start, end, code, coder) of every coding, by source, start and end."""
    return tuple(db.execute(f'{_ROW} WHERE {_LIVE} ORDER BY s.source_id, s."start", s."end"').fetchall())


def times(db: Database) -> dict[CodingId, str]:
    """When every coding was made (ISO 8601)."""
    return {CodingId(coding): at for coding, at in db.execute("SELECT id, created_at FROM coding").fetchall()}


def weights(db: Database) -> dict[CodingId, int]:
    """The weight of every coding that has one."""
    found = db.execute("SELECT id, weight FROM coding WHERE weight IS NOT NULL").fetchall()
    return {CodingId(coding): weight for coding, weight in found}


def rows_of(db: Database, codings: Iterable[int], segments: Iterable[int]) -> tuple[set[int], list[Row]]:
    """Some codings and all that stand on some segments: which they are, also those that are gone, and as `rows` those
    that are there.
    """
    asked, found = set(codings), dict[int, Row]()
    for column, ids in (("c.id", sorted(asked)), ("s.id", sorted(segments))):
        for start in range(0, len(ids), 900):
            part = ids[start : start + 900]
            for row in db.execute(f"{_ROW} WHERE {column} IN ({', '.join('?' * len(part))})", part).fetchall():
                found[row[0]] = row
    return asked | found.keys(), [row for row in found.values() if row[2] < row[3]]


def count(db: Database, codes: Iterable[CodeId] | None = None, *, but: CoderId | None = None) -> int:
    """How many codings there are, of `codes` or of all; those of the coder `but` left out."""
    where, ids = "coder_id IS NOT ?", list(codes or ())
    if codes is not None:
        where += f" AND code_id IN ({', '.join('?' * len(ids))})"
    return int(db.execute(f"SELECT count(*) FROM coding WHERE {where}", [but, *ids]).fetchone()[0])


def _coding(row: tuple[Any, ...]) -> Coding:
    return Coding(
        CodingId(row[3]), SegmentId(row[4]), SourceId(row[0]), Span(row[1], row[2]),
        CodeId(row[5]), CoderId(row[6]), row[7], row[8], row[9],
    )  # fmt: skip
