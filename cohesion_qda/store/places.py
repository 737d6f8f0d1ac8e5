"""Segments as they are quoted."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from cohesion_qda.model.ids import SegmentId, SourceId
from cohesion_qda.model.place import Place
from cohesion_qda.model.text import Span
from cohesion_qda.store import sources

_SEGMENTS = """
SELECT s.id, s.source_id, s."start", s."end", s.quote, o.name, ifnull(g.name, '')
FROM segment s JOIN source o ON o.id = s.source_id LEFT JOIN study_case g ON g.id = o.group_id
WHERE s.id IN (SELECT value FROM json_each(?)) ORDER BY o.name, s."start", s."end" DESC, s.id
"""
# the turns that a segment touches, from the last one that begins before it; of one without text, the turn it lies in
_TURNS = """
SELECT s.id, t.number, k.name
FROM segment s JOIN turn t ON t.source_id = s.source_id
    AND t."start" >= ifnull((SELECT max(u."start") FROM turn u WHERE u.source_id = s.source_id AND u."start" <= s."start"), 0)
    AND t."start" <= max(s."start", s."end" - 1)
    AND (t."end" > s."start" OR s."start" = s."end")
JOIN speaker p ON p.id = t.speaker_id JOIN study_case k ON k.id = p.case_id
WHERE s.id IN (SELECT value FROM json_each(?)) ORDER BY s.id, t."start", t.id
"""


def of_segments(db: Database, segments: Iterable[SegmentId]) -> dict[SegmentId, Place]:
    """These segments with their words, by the names of their sources and by position; those that are gone are left out."""
    wanted = json.dumps(sorted(set(segments)))
    turns: dict[int, list[tuple[int, str]]] = {}
    for segment, number, name in db.execute(_TURNS, [wanted]).fetchall():
        turns.setdefault(segment, []).append((number, name))
    texts: dict[int, str] = {}
    places = {}
    for segment, source, start, end, quote, name, group in db.execute(_SEGMENTS, [wanted]).fetchall():
        if start < end and source not in texts:
            texts[source] = sources.text(db, SourceId(source))
        said = turns.get(segment, [])
        places[SegmentId(segment)] = Place(
            SegmentId(segment), SourceId(source), Span(start, end), quote or texts[source][start:end], name,
            tuple(dict.fromkeys(who for _number, who in said)), said[0][0] if said else 0, group,
        )  # fmt: skip
    return places
