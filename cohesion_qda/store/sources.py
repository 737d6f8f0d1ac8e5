"""Sources, their unchanging text, turns, speakers and attribute values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.ids import AttributeId, CaseId, CoderId, SourceId, SpeakerId, TurnId
from cohesion_qda.model.source import Source, SourceDraft, Speaker, Turn
from cohesion_qda.model.text import Span, count_words

_SOURCE = """
SELECT s.id, s.name, s.kind, c.hash, s.file_name, s.file_sha256, s.imported_at, k.name, s.words,
    (SELECT count(*) FROM turn t WHERE t.source_id = s.id), s.group_id
FROM source s JOIN content c ON c.id = s.content_id JOIN coder k ON k.id = s.imported_by
"""

_SEVERAL_IN_A_FILE = ("transcript", "respondents", "questions")  # forms of sheets


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
    db.execute("INSERT INTO content_search (rowid, text) VALUES (?, ?)", [content, text])
    return content


def add(
    db: Database, draft: SourceDraft, *, name: str, kind: str, coder: CoderId, at: str, group: CaseId | None
) -> SourceId:
    """Add the source without its speakers and turns."""
    cursor = db.execute(
        "INSERT INTO source (name, kind, content_id, file_name, file_sha256, imported_at, imported_by, group_id, "
        "words, length) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [name, kind, keep_content(db, draft.text), draft.file_name, draft.file_sha256, at, coder, group,
         _speech_words(draft), len(draft.text)],
    )  # fmt: skip
    return SourceId(int(cursor.lastrowid or 0))


def _speech_words(draft: SourceDraft) -> int:
    if not draft.turns:
        return count_words(draft.text)
    return sum(count_words(turn.span.of(draft.text)) for turn in draft.turns)


def add_speaker(db: Database, source: SourceId, label: str, case: CaseId) -> SpeakerId:
    """A label of `source`, standing for `case`."""
    cursor = db.execute("INSERT INTO speaker (source_id, label, case_id) VALUES (?, ?, ?)", [source, label, case])
    return SpeakerId(int(cursor.lastrowid or 0))


def add_turns(db: Database, source: SourceId, draft: SourceDraft, speakers: Mapping[str, SpeakerId]) -> None:
    """All the turns of `draft`, numbered from 1."""
    db.conn.executemany(
        'INSERT INTO turn (source_id, number, "start", "end", speaker_id, at_ms, words) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [
            (source, number, turn.span.start, turn.span.end, speakers[turn.label],
             None if turn.at is None else round(turn.at * 1000), count_words(turn.span.of(draft.text)))
            for number, turn in enumerate(draft.turns, 1)
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
    """The name of a source made from the same file (where that holds only one), or with the same text and speakers."""
    labels = {turn.label for turn in draft.turns}
    sha256 = "" if draft.form in _SEVERAL_IN_A_FILE else draft.file_sha256
    for source, name, file_sha256 in db.execute(
        "SELECT s.id, s.name, s.file_sha256 FROM source s JOIN content c ON c.id = s.content_id "
        "WHERE (s.file_sha256 = ? AND s.file_sha256 <> '') OR c.hash = ?",
        [sha256, content_hash(draft.text)],
    ).fetchall():
        same_file = file_sha256 and file_sha256 == sha256
        if same_file or labels == {speaker.label for speaker in speakers(db, source)}:
            return str(name)
    return None


def text(db: Database, source: SourceId) -> str:
    """The canonical text; empty when there is no such source."""
    row = db.execute(
        "SELECT c.text FROM source s JOIN content c ON c.id = s.content_id WHERE s.id = ?", [source]
    ).fetchone()
    return row[0] if row else ""


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


def attribute(db: Database, name: str, about: str) -> AttributeId:
    """The attribute with that name, made if it is new. `about` is `source` or `participant`."""
    row = db.execute("SELECT id FROM attribute WHERE about = ? AND name = ?", [about, name]).fetchone()
    if row:
        return AttributeId(row[0])
    cursor = db.execute("INSERT INTO attribute (name, about) VALUES (?, ?)", [name, about])
    return AttributeId(int(cursor.lastrowid or 0))


def attributes(db: Database) -> list[tuple[str, str]]:
    """(name, about) of every attribute that has a value, in the order they came."""
    found = db.execute(
        "SELECT name, about FROM attribute a WHERE EXISTS (SELECT 1 FROM attribute_value v WHERE v.attribute_id = a.id) ORDER BY id"
    )
    return [(r[0], r[1]) for r in found.fetchall()]


def set_value(
    db: Database, name: str, value: str, *, source: SourceId | None = None, case: CaseId | None = None
) -> None:
    """Give a source or a case its value; an empty value takes it away."""
    about = "participant" if source is None else "source"
    column, subject = ("case_id", case) if source is None else ("source_id", source)
    if not value:
        db.execute(
            f"DELETE FROM attribute_value WHERE {column} = ? AND attribute_id IN "
            "(SELECT id FROM attribute WHERE about = ? AND name = ?)",
            [subject, about, name],
        )
        return
    wanted = attribute(db, name, about)
    db.execute(
        f"INSERT INTO attribute_value (attribute_id, {column}, value) VALUES (?, ?, ?) "
        f"ON CONFLICT (attribute_id, {column}) WHERE {column} IS NOT NULL "
        "DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        [wanted, subject, value],
    )


def values(db: Database, about: str) -> dict[int, dict[str, str]]:
    """Attribute values by the id of their source (about `source`) or case (about `participant`)."""
    column = "source_id" if about == "source" else "case_id"
    found: dict[int, dict[str, str]] = {}
    for subject, name, value in db.execute(
        f"SELECT v.{column}, a.name, v.value FROM attribute_value v JOIN attribute a ON a.id = v.attribute_id "
        f"WHERE v.{column} IS NOT NULL ORDER BY a.id"
    ).fetchall():
        found.setdefault(subject, {})[name] = value
    return found


def values_of(db: Database, source: SourceId) -> dict[str, str]:
    """The attribute values of one source."""
    found = db.execute(
        "SELECT a.name, v.value FROM attribute_value v JOIN attribute a ON a.id = v.attribute_id "
        "WHERE v.source_id = ? ORDER BY a.id",
        [source],
    )
    return {r[0]: r[1] for r in found.fetchall()}


def unused_name(db: Database, name: str) -> str:
    """`name`, or with a number behind it when it is taken."""
    taken = {row[0].casefold() for row in db.execute("SELECT name FROM source").fetchall()}
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate, number = f"{name} ({number})", number + 1
    return candidate


def search(db: Database, words: str) -> list[SourceId]:
    """The sources whose text holds `words` as a phrase (the last may be a beginning), by name."""
    quoted = '"' + words.replace('"', " ") + '" *'
    found = db.execute(
        "SELECT s.id FROM source s WHERE s.content_id IN "
        "(SELECT rowid FROM content_search WHERE content_search MATCH ?) ORDER BY s.name",
        [quoted],
    )
    return [SourceId(r[0]) for r in found.fetchall()]


def _source(row: tuple[Any, ...]) -> Source:
    return Source(
        SourceId(row[0]), row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9],
        None if row[10] is None else CaseId(row[10]),
    )  # fmt: skip
