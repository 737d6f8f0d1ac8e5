"""Sources, their unchanging text, turns, speakers and attribute values."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.ids import CaseId, CoderId, SourceId, SpeakerId, TurnId
from cohesion_qda.model.source import Source, SourceDraft, Speaker, Turn, TurnDraft
from cohesion_qda.model.text import Span
from cohesion_qda.store import schema

_SOURCE = """
SELECT s.id, s.name, s.kind, c.hash, s.file_name, s.file_sha256, s.imported_at, k.name, s.words,
    (SELECT count(*) FROM turn t WHERE t.source_id = s.id), s.group_id
FROM source s JOIN content c ON c.id = s.content_id JOIN coder k ON k.id = s.imported_by
"""


def content_hash(text: str) -> str:
    """The sha256 of the text in UTF-8, which names it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def keep_content(db: Database, text: str) -> int:
    """Keep `text` for good (once, however often it comes), indexed for searching. Gives its row id."""
    key = content_hash(text)
    row = db.execute("SELECT id FROM content WHERE hash = ?", [key]).fetchone()
    if row:
        return int(row[0])
    content = int(db.execute("INSERT INTO content (hash, text) VALUES (?, ?)", [key, text]).lastrowid or 0)
    schema.index_lines(db, content, text)
    return content


def add(
    db: Database, draft: SourceDraft, *, name: str, kind: str, coder: CoderId, at: str, group: CaseId | None, words: int
) -> SourceId:
    """Add the source of `words` words, without its speakers and turns."""
    cursor = db.execute(
        "INSERT INTO source (name, kind, content_id, file_name, file_sha256, imported_at, imported_by, group_id, "
        "words, length) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [name, kind, keep_content(db, draft.text), draft.file_name, draft.file_sha256, at, coder, group,
         words, len(draft.text)],
    )  # fmt: skip
    return SourceId(int(cursor.lastrowid or 0))


def add_speaker(db: Database, source: SourceId, label: str, case: CaseId) -> SpeakerId:
    """A label of `source`, standing for `case`."""
    cursor = db.execute("INSERT INTO speaker (source_id, label, case_id) VALUES (?, ?, ?)", [source, label, case])
    return SpeakerId(int(cursor.lastrowid or 0))


def add_turns(
    db: Database, source: SourceId, turns: Iterable[TurnDraft], speakers: Mapping[str, SpeakerId], words: Iterable[int]
) -> None:
    """All the turns of a source, numbered from 1, each with its words."""
    db.conn.executemany(
        'INSERT INTO turn (source_id, number, "start", "end", speaker_id, at_ms, words) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [
            (source, number, turn.span.start, turn.span.end, speakers[turn.label],
             None if turn.at is None else round(turn.at * 1000), n)
            for number, (turn, n) in enumerate(zip(turns, words, strict=True), 1)
        ],
    )  # fmt: skip


def find(db: Database, name: str) -> Source | None:
    """The source with that name, whatever its case."""
    row = db.execute(_SOURCE + " WHERE s.name = ?", [name]).fetchone()
    return _source(row) if row else None


def by_id(db: Database, source: SourceId) -> Source | None:
    """The source with that id."""
    row = db.execute(_SOURCE + " WHERE s.id = ?", [source]).fetchone()
    return _source(row) if row else None


def all_(db: Database) -> list[Source]:
    """Every source, by name."""
    return [_source(row) for row in db.execute(_SOURCE + " ORDER BY s.name").fetchall()]


def twin(db: Database, draft: SourceDraft) -> str | None:
    """The name of a source made from the same file (where that holds only one), or with the same text and speakers, also
    where its text has been corrected since.

    One person's answers may be the same as another's: of a draft that shares its file and in which at most one person
    speaks, only a source of that very file is the twin.
    """
    labels = {turn.label for turn in draft.turns}
    if draft.file_sha256 and not draft.shares_file:
        row = db.execute("SELECT name FROM source WHERE file_sha256 = ?", [draft.file_sha256]).fetchone()
        if row:
            return str(row[0])
    key = content_hash(draft.text)
    if db.execute("SELECT 1 FROM content WHERE hash = ?", [key]).fetchone() is None:
        return None
    for source, name, file_sha256 in db.execute(
        "SELECT s.id, s.name, s.file_sha256 FROM source s JOIN content c ON c.id = s.content_id WHERE c.hash = :hash "
        "UNION SELECT id, name, file_sha256 FROM source WHERE id IN (SELECT json_extract(details, '$.focus[0]') "
        "FROM action WHERE kind = 'correct-text' AND json_extract(details, '$.was') = :hash) ORDER BY 1",
        {"hash": key},
    ).fetchall():
        is_sure = not draft.shares_file or len(labels) > 1 or file_sha256 == draft.file_sha256
        if is_sure and labels == {speaker.label for speaker in speakers(db, source)}:
            return str(name)
    return None


def text(db: Database, source: SourceId) -> str:
    """The canonical text; empty when there is no such source."""
    row = db.execute(
        "SELECT c.text FROM source s JOIN content c ON c.id = s.content_id WHERE s.id = ?", [source]
    ).fetchone()
    return row[0] if row else ""


def text_of(db: Database, content: str) -> str | None:
    """The text with a hash, also one that was corrected since; None when it is not kept."""
    row = db.execute("SELECT text FROM content WHERE hash = ?", [content]).fetchone()
    return str(row[0]) if row else None


def texts(db: Database, sources: Iterable[SourceId]) -> dict[SourceId, str]:
    """The canonical texts of several sources."""
    return {source: text(db, source) for source in sources}


def turns(db: Database, source: SourceId) -> list[Turn]:
    """The turns of `source`, in order."""
    found = db.execute(
        'SELECT id, number, "start", "end", speaker_id, at_ms FROM turn WHERE source_id = ? ORDER BY "start", id',
        [source],
    )
    return [
        Turn(TurnId(r[0]), r[1], Span(r[2], r[3]), SpeakerId(r[4]), None if r[5] is None else r[5] / 1000)
        for r in found.fetchall()
    ]


def turn_at(db: Database, source: SourceId, point: int) -> Span | None:
    """Where the turn stands that holds the code point `point`; None where nobody speaks."""
    row = db.execute(
        'SELECT "start", "end" FROM turn WHERE source_id = ? AND "start" <= ? ORDER BY "start" DESC, id DESC LIMIT 1',
        [source, point],
    ).fetchone()
    return Span(row[0], row[1]) if row and point < row[1] else None


def speakers(db: Database, source: SourceId | None = None) -> list[Speaker]:
    """The speakers of `source`, or of all, in the order in which they first speak."""
    found = db.execute(
        """
        SELECT p.id, p.source_id, p.label, p.case_id, k.name, k.role, count(t.id), ifnull(sum(t.words), 0)
        FROM speaker p JOIN study_case k ON k.id = p.case_id LEFT JOIN turn t ON t.speaker_id = p.id
        WHERE :source IS NULL OR p.source_id = :source
        GROUP BY p.id ORDER BY p.source_id, ifnull(min(t."start"), 1e12), p.id
        """,
        {"source": source},
    )
    return [
        Speaker(SpeakerId(r[0]), SourceId(r[1]), r[2], CaseId(r[3]), r[4], r[5], r[6], r[7]) for r in found.fetchall()
    ]


def update(db: Database, source: SourceId, **values: Any) -> None:
    """Set columns of one source."""
    settings = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE source SET {settings} WHERE id = ?", [*values.values(), source])


def delete(db: Database, source: SourceId) -> None:
    """Take the source away, with its turns, segments, codings and memos, and the cases that then speak nowhere."""
    db.execute("DELETE FROM source WHERE id = ?", [source])
    db.execute("DELETE FROM study_case WHERE kind = 'participant' AND id NOT IN (SELECT case_id FROM speaker)")
    db.execute(
        "DELETE FROM study_case WHERE kind = 'group' "
        "AND id NOT IN (SELECT group_id FROM source WHERE group_id IS NOT NULL)"
    )


def states(db: Database) -> dict[SourceId, str]:
    """What the researcher marked each source as: `done` or nothing."""
    return {SourceId(r[0]): r[1] for r in db.execute("SELECT id, state FROM source").fetchall()}


def names(db: Database) -> set[str]:
    """The names of all sources, casefolded."""
    return {row[0].casefold() for row in db.execute("SELECT name FROM source").fetchall()}


def unused_name(taken: Collection[str], name: str) -> str:
    """`name`, or with a number behind it when it is one of `taken`, which are casefolded."""
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate, number = f"{name} ({number})", number + 1
    return candidate


def _source(row: tuple[Any, ...]) -> Source:
    return Source(
        SourceId(row[0]), row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9],
        None if row[10] is None else CaseId(row[10]),
    )  # fmt: skip
