"""Passages that a coder passed over when a code was proposed for them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from cohesion_qda.model.ids import CodeId, CoderId, SegmentId
from cohesion_qda.store.codings import drop_empty_segments


def rows(db: Database, coder: CoderId | None = None) -> tuple[tuple[int, int, int, int], ...]:
    """(source, start, end, code) of every place passed over, by everybody or one coder, each once, in the order of the text."""
    found = db.execute(
        'SELECT DISTINCT s.source_id, s."start", s."end", p.code_id FROM passed_over p JOIN segment s ON s.id = p.segment_id '
        'WHERE s."start" < s."end" AND p.coder_id = ifnull(?, p.coder_id) ORDER BY s.source_id, s."start", s."end", p.code_id',
        [coder],
    )
    return tuple(found.fetchall())


def add(db: Database, segment: SegmentId, code: CodeId, coder: CoderId) -> bool:
    """Note that `code` does not belong to a segment. Whether `coder` had not said so already."""
    cursor = db.execute(
        "INSERT INTO passed_over (segment_id, code_id, coder_id) VALUES (?, ?, ?) "
        "ON CONFLICT (segment_id, code_id, coder_id) DO NOTHING",
        [segment, code, coder],
    )
    return bool(cursor.rowcount > 0)


def recode(db: Database, code: CodeId, into: CodeId) -> None:
    """Let what was passed over for `code` be passed over for `into`, because the two become one; not what the same coder has
    coded with either, for that it belongs is the later word.
    """
    both = {"code": code, "into": into}
    told = "SELECT 1 FROM {} o WHERE o.segment_id = passed_over.segment_id AND o.coder_id = passed_over.coder_id AND o.code_id"
    db.execute(f"DELETE FROM passed_over WHERE code_id = :code AND EXISTS ({told.format('passed_over')} = :into)", both)
    db.execute("UPDATE passed_over SET code_id = :into WHERE code_id = :code", both)
    db.execute(
        f"DELETE FROM passed_over WHERE code_id = :into AND EXISTS ({told.format('coding')} IN (:code, :into))", both
    )
    drop_empty_segments(db)


def forget(db: Database, segments: Sequence[int]) -> set[int]:
    """Take away what was passed over in segments, and those of them that nothing else holds; which these were."""
    wanted = json.dumps(segments)
    among = "IN (SELECT value FROM json_each(?))"
    if not segments or not db.execute(f"SELECT 1 FROM passed_over WHERE segment_id {among}", [wanted]).fetchone():
        return set()
    db.execute(f"DELETE FROM passed_over WHERE segment_id {among}", [wanted])
    drop_empty_segments(db)
    left = {row[0] for row in db.execute(f"SELECT id FROM segment WHERE id {among}", [wanted]).fetchall()}
    return set(segments) - left
