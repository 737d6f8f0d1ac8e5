"""Writing a corrected text, with everything that stands in it moved along."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from sqlite_utils import Database

from cohesion_qda.model.ids import CodeId, CoderId, CodingId, SegmentId, SourceId, SpeakerId, TurnId
from cohesion_qda.model.text import Span, count_words, trimmed
from cohesion_qda.model.textmap import Edit, TextMap, applied
from cohesion_qda.store import cases, codings, passed_over, schema, sources

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A turn as it is kept; `id` is None of one that is new, `words` None where they are to be counted."""

    id: TurnId | None
    span: Span
    speaker: SpeakerId
    at_ms: int | None = None
    words: int | None = None


def turns(db: Database, source: SourceId) -> list[TurnRow]:
    """The turns of a source, in order."""
    found = db.execute(
        'SELECT id, "start", "end", speaker_id, at_ms, words FROM turn WHERE source_id = ? ORDER BY "start", id',
        [source],
    )
    return [TurnRow(TurnId(r[0]), Span(r[1], r[2]), SpeakerId(r[3]), r[4], r[5]) for r in found.fetchall()]


def write_text(db: Database, source: SourceId, text: str, edits: Sequence[Edit], begin: Mapping[int, int]) -> int:
    """Keep what `edits`, which are normalised, make of the source's `text`, with its segments and sections moved. `begin`
    says where what begins with a turn begins now, by where it began. Gives how many segments lost their text.

    The turns are written by `write_turns`.
    """
    new = applied(text, edits)
    places = TextMap(edits)
    sources.update(db, source, content_id=sources.keep_content(db, new), length=len(new))
    _move_sections(
        db, source, text, new, {**{at: places.point(at, right=False) for at in _starts(db, source)}, **begin}
    )
    return _move_segments(db, source, text, new, places)


def write_turns(db: Database, source: SourceId, text: str, wanted: Sequence[TurnRow]) -> None:
    """Let these be the turns of a source, numbered anew, in which nobody speaks where there are none. Labels that stand at
    no turn any more go, and with them people who then speak nowhere and of whom nothing is known or written.
    """
    now = [row if row.words is not None else replace(row, words=count_words(row.span.of(text))) for row in wanted]
    had = {row.id for row in turns(db, source)}
    db.conn.executemany("DELETE FROM turn WHERE id = ?", [(turn,) for turn in had - {row.id for row in now}])
    places = [(n, row.span.start, row.span.end, row.speaker, row.words) for n, row in enumerate(now, 1)]
    db.conn.executemany(
        'UPDATE turn SET number = ?1, "start" = ?2, "end" = ?3, speaker_id = ?4, words = ?5 '
        'WHERE id = ?6 AND (number, "start", "end", speaker_id, words) IS NOT (?1, ?2, ?3, ?4, ?5)',
        [(*place, row.id) for place, row in zip(places, now, strict=True) if row.id is not None],
    )
    db.conn.executemany(
        'INSERT INTO turn (number, "start", "end", speaker_id, words, at_ms, source_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [(*place, row.at_ms, source) for place, row in zip(places, now, strict=True) if row.id is None],
    )
    words = sum(row.words or 0 for row in now) if now else count_words(text)
    db.execute("UPDATE source SET words = ? WHERE id = ? AND words <> ?", [words, source, words])
    _drop_silent(db, source)


def holders(db: Database, segment: SegmentId) -> dict[CoderId, str]:
    """Who has coded a segment, written about it, or settled how it is coded, by name."""
    found = db.execute(
        "SELECT id, name FROM coder WHERE id IN (SELECT coder_id FROM coding WHERE segment_id = ?1) "
        "OR id IN (SELECT coder_id FROM memo WHERE segment_id = ?1) "
        "OR id IN (SELECT coder_id FROM settlement WHERE segment_id = ?1) ORDER BY name",
        [segment],
    )
    return {CoderId(coder): name for coder, name in found.fetchall()}


def settle(db: Database, segment: SegmentId, source: SourceId, span: Span, coder: CoderId) -> None:
    """Let a segment that lost its text stand at `span`. Where others than `coder` hold it too, only what `coder` coded and
    wrote of it stands there then.
    """
    if set(holders(db, segment)) - {coder}:
        into = codings.find_or_add_segment(db, source, span)
        codings.move(db, _own_codings(db, segment, coder), into)
        db.execute("UPDATE memo SET segment_id = ? WHERE segment_id = ? AND coder_id = ?", [into, segment, coder])
        _move_settlements(db, segment, into, coder)
        return
    there = db.execute(
        'SELECT id FROM segment WHERE source_id = ? AND "start" = ? AND "end" = ?', [source, span.start, span.end]
    ).fetchone()
    if there is not None:
        _merge(db, [(int(segment), int(there[0]))])
    else:
        db.execute(
            'UPDATE segment SET "start" = ?, "end" = ?, quote = \'\' WHERE id = ?', [span.start, span.end, segment]
        )


def _starts(db: Database, source: SourceId) -> list[int]:
    found = db.execute('SELECT "start" FROM section WHERE source_id = ?', [source])
    return [row[0] for row in found.fetchall()]


def _move_sections(db: Database, source: SourceId, text: str, new: str, moves: Mapping[int, int]) -> None:
    """Each section begins where `moves` says; one whose text is all gone goes."""
    old = sorted(_starts(db, source))
    kept: dict[int, int] = {}  # where it began by where it begins
    for at, following in pairwise([*old, len(text)]):
        begin = moves[at]
        end = moves.get(following, len(new)) if following < len(text) else len(new)
        if new[begin:end].strip() or (begin < end and not text[at:following].strip()):
            kept[begin] = at
    gone = set(old) - set(kept.values())
    db.conn.executemany('DELETE FROM section WHERE source_id = ? AND "start" = ?', [(source, at) for at in gone])
    pairs = ordered({at: (at, begin) for begin, at in kept.items() if at != begin})
    db.conn.executemany(
        'UPDATE section SET "start" = ? WHERE source_id = ? AND "start" = ?',
        [(begin, source, at) for _at, (at, begin) in pairs],
    )


def _move_segments(db: Database, source: SourceId, text: str, new: str, places: TextMap) -> int:
    """Move every segment; those that become one are merged. What was passed over in those that lose their text is forgotten.
    Gives how many lost their text.
    """
    query = 'SELECT id, "start", "end", quote FROM segment WHERE source_id = ? ORDER BY id'
    rows = [
        (segment, start, end, quote, _moved(new, places, Span(start, end), quote or text[start:end]))
        for segment, start, end, quote in db.execute(query, [source]).fetchall()
    ]
    gone = passed_over.forget(db, [row[0] for row in rows if row[1] < row[2] and row[4][2]])
    taken: dict[tuple[int, int, str], int] = {}
    merged: list[tuple[int, int]] = []
    moves: dict[int, tuple[tuple[int, int, str], tuple[int, int, str]]] = {}
    lost = 0
    for segment, start, end, quote, key in rows:
        if segment in gone:
            continue
        if key[2]:
            lost += start < end
            while key in taken:  # the same words, lost at the same place: two passages, told apart by a space
                key = (key[0], key[1], key[2] + " ")
        elif key in taken:
            merged.append((segment, taken[key]))
            continue
        taken[key] = segment
        if key != (start, end, quote):
            moves[segment] = ((start, end, quote), key)
    _merge(db, merged)
    db.conn.executemany(
        'UPDATE segment SET "start" = ?, "end" = ?, quote = ? WHERE id = ?',
        [(*key, segment) for segment, (_old, key) in ordered(moves)],
    )
    return lost


def _moved(new: str, places: TextMap, span: Span, quote: str) -> tuple[int, int, str]:
    """Where a segment stands, and, where it has lost its text, the words that it had."""
    now = places.moved(span)
    if now is not None and len(now) and places.touches(span):
        now = trimmed(new, now)
    if now is not None and len(now):
        return now.start, now.end, ""
    point = places.point(span.start, right=False)
    return point, point, quote


def _merge(db: Database, pairs: Sequence[tuple[int, int]]) -> None:
    """Let the second segment of each pair hold what the first held; of codings that are the same one stays, with the weight
    and the memos of both.
    """
    for segment, into in pairs:
        both = {"segment": segment, "into": into}
        same = (
            "SELECT {} FROM coding a JOIN coding b ON b.code_id = a.code_id AND b.coder_id = a.coder_id "
            "WHERE a.segment_id = :segment AND b.segment_id = :into"
        )
        for old, kept, weight in db.execute(same.format("a.id, b.id, a.weight"), both).fetchall():
            db.execute("UPDATE memo SET coding_id = ? WHERE coding_id = ?", [kept, old])
            if weight is not None:
                db.execute("UPDATE coding SET weight = ? WHERE id = ? AND weight IS NULL", [weight, kept])
        db.execute(f"DELETE FROM coding WHERE id IN ({same.format('a.id')})", both)
        for table, others in schema.HOLDERS.items():
            columns = ", ".join(others)
            held = f"SELECT {columns} FROM {table} WHERE segment_id = :into"
            db.execute(f"DELETE FROM {table} WHERE segment_id = :segment AND ({columns}) IN ({held})", both)
        for table in ("coding", "memo", *schema.HOLDERS):
            db.execute(f"UPDATE {table} SET segment_id = :into WHERE segment_id = :segment", both)
        db.execute("DELETE FROM segment WHERE id = :segment", both)


def ordered(moves: Mapping[int, tuple[Key, Key]]) -> Iterator[tuple[int, tuple[Key, Key]]]:
    """Moves from one key to another, in an order in which no key is ever held twice. There is one, because places keep
    their order when they move: nothing can have to wait for itself.
    """
    holds = {old: row for row, (old, _new) in moves.items()}
    for row in moves:
        chain: list[int] = []
        waits: int | None = row
        while waits is not None and moves[waits][0] in holds:
            chain.append(waits)
            del holds[moves[waits][0]]
            waits = holds.get(moves[waits][1])
        yield from ((one, moves[one]) for one in reversed(chain))


def _drop_silent(db: Database, source: SourceId) -> None:
    """Take away the labels of a source that stand at no turn, but for the last one of a person of whom something is known
    or written; and people who then have none.
    """
    silent = "NOT EXISTS (SELECT 1 FROM turn t WHERE t.speaker_id = speaker.id)"
    found = db.execute(f"SELECT id, case_id FROM speaker WHERE source_id = ? AND {silent}", [source]).fetchall()
    for speaker, case in found:
        db.execute(
            "DELETE FROM speaker WHERE id = :id AND (EXISTS (SELECT 1 FROM speaker o WHERE o.case_id = :case AND o.id <> :id) "
            "OR NOT EXISTS (SELECT 1 FROM memo WHERE study_case_id = :case) "
            "AND NOT EXISTS (SELECT 1 FROM attribute_value WHERE case_id = :case) "
            "AND NOT EXISTS (SELECT 1 FROM summary WHERE case_id = :case))",
            {"id": speaker, "case": case},
        )
        db.execute("DELETE FROM study_case WHERE id = ? AND id NOT IN (SELECT case_id FROM speaker)", [case])
    cases.seat(db)


def lost(db: Database) -> list[tuple[SegmentId, int]]:
    """The segments that lost their text, each with where it was, by source and place."""
    found = db.execute(
        'SELECT s.id, s."start" FROM segment s JOIN source o ON o.id = s.source_id WHERE s."start" = s."end" '
        'ORDER BY o.name, s."start", s.id'
    )
    return [(SegmentId(row[0]), row[1]) for row in found.fetchall()]


def codings_of(db: Database, segment: SegmentId) -> list[tuple[CodeId, str]]:
    """Code and coder of every coding of a segment, as they were made."""
    found = db.execute(
        "SELECT c.code_id, k.name FROM coding c JOIN coder k ON k.id = c.coder_id WHERE c.segment_id = ? ORDER BY c.id",
        [segment],
    )
    return [(CodeId(row[0]), row[1]) for row in found.fetchall()]


def memos_of(db: Database, segment: SegmentId) -> list[tuple[str, str]]:
    """The words and the coder of every memo about a segment or one of its codings, as they were written."""
    found = db.execute(
        "SELECT iif(m.title = '', m.body, m.title), k.name FROM memo m JOIN coder k ON k.id = m.coder_id WHERE m.segment_id = ?1 "
        "OR m.coding_id IN (SELECT id FROM coding WHERE segment_id = ?1) ORDER BY m.id",
        [segment],
    )
    return [(row[0], row[1]) for row in found.fetchall()]


def let_go(db: Database, segment: SegmentId, coder: CoderId) -> int:
    """Take away what one coder coded and wrote of a segment, and the segment, unless others have coded it or written about
    it. Gives how many codings went.
    """
    own = _own_codings(db, segment, coder)
    codings.delete(db, own)
    db.execute("DELETE FROM memo WHERE segment_id = ? AND coder_id = ?", [segment, coder])
    db.execute("DELETE FROM settlement WHERE segment_id = ? AND coder_id = ?", [segment, coder])
    if not holders(db, segment):
        db.execute("DELETE FROM segment WHERE id = ?", [segment])
    return len(own)


def _move_settlements(db: Database, segment: SegmentId, into: SegmentId, coder: CoderId) -> None:
    """Let what a coder settled of a segment be settled of `into`, where they have not settled it already."""
    there = "SELECT code_id FROM settlement WHERE segment_id = ?2 AND coder_id = ?3"
    own = "segment_id = ?1 AND coder_id = ?3"
    db.execute(f"DELETE FROM settlement WHERE {own} AND code_id IN ({there})", [segment, into, coder])
    db.execute(f"UPDATE settlement SET segment_id = ?2 WHERE {own}", [segment, into, coder])


def _own_codings(db: Database, segment: SegmentId, coder: CoderId) -> list[CodingId]:
    found = db.execute("SELECT id FROM coding WHERE segment_id = ? AND coder_id = ? ORDER BY id", [segment, coder])
    return [CodingId(row[0]) for row in found.fetchall()]
