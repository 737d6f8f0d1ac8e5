"""Memos with their links, and dismissed suggestions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.ids import CodeId, CoderId, CodingId, MemoId, SegmentId, SourceId
from cohesion_qda.model.memo import MEMO_SUBJECTS, Memo, MemoPlace
from cohesion_qda.model.text import Span

_SUBJECTS = tuple(subject for subject in MEMO_SUBJECTS if subject != "project")
_MEMO = (
    "SELECT m.id, m.body, k.name, m.created_at, m.updated_at, m.title, "
    + ", ".join(f"m.{subject}_id" for subject in _SUBJECTS)
    + " FROM memo m JOIN coder k ON k.id = m.coder_id"
)
# what somebody whose eyes are kept from others' coding may see: no memo of another on a passage, none on another's coding
_SEEN = (
    "(:only IS NULL OR (m.coding_id IS NULL AND m.segment_id IS NULL) OR (k.name = :only COLLATE NOCASE AND (m.coding_id IS NULL "
    "OR (SELECT y.coder_id FROM coding y WHERE y.id = m.coding_id) = m.coder_id)))"
)


def add(db: Database, about: str, subject: int, body: str, coder: CoderId, at: str, title: str = "") -> MemoId:
    """A new memo about the thing `subject` (any number for the project)."""
    row: dict[str, Any] = {"body": body, "title": title, "coder_id": coder, "created_at": at, "updated_at": at}
    if about != "project":
        row[f"{about}_id"] = subject
    cursor = db.execute(f"INSERT INTO memo ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    return MemoId(int(cursor.lastrowid or 0))


def edit(db: Database, memo: MemoId, body: str, at: str, title: str) -> None:
    """Write another title and body; nothing is written when nothing differs."""
    db.execute(
        "UPDATE memo SET title = :title, body = :body, updated_at = :at WHERE id = :memo AND (body <> :body OR title <> :title)",
        {"title": title, "body": body, "at": at, "memo": memo},
    )


def delete(db: Database, memo: MemoId) -> None:
    """Take a memo away, with its links."""
    db.execute("DELETE FROM memo WHERE id = ?", [memo])


def by_id(db: Database, memo: MemoId) -> Memo | None:
    """The memo with that id."""
    row = db.execute(_MEMO + " WHERE m.id = ?", [memo]).fetchone()
    return _memo(row) if row else None


def all_(
    db: Database,
    about: str = "",
    subject: int = 0,
    *,
    coder: str = "",
    since: str = "",
    until: str = "",
    only: str | None = None,
) -> list[Memo]:
    """Every memo, or those about one kind of thing or one thing, of one coder, written or changed from `since` to before
    `until` (UTC, ISO 8601); oldest first. `only` is the coder from whom others' coding is hidden.
    """
    where, values = [_SEEN], dict[str, Any](only=only)
    if about == "project":
        where += [f"m.{column}_id IS NULL" for column in _SUBJECTS]
    elif about:
        where.append(f"m.{about}_id = :subject" if subject else f"m.{about}_id IS NOT NULL")
        values["subject"] = subject
    for condition, name, value in (
        ("k.name = :coder COLLATE NOCASE", "coder", coder),
        ("m.updated_at >= :since", "since", since),
        ("m.updated_at < :until", "until", until),
    ):
        if value:
            where.append(condition)
            values[name] = value
    return [_memo(row) for row in db.execute(f"{_MEMO} WHERE {' AND '.join(where)} ORDER BY m.id", values).fetchall()]


def in_source(db: Database, source: SourceId, only: str | None = None) -> list[MemoPlace]:
    """Where in a source there are memos on passages and codings that have their text, by position."""
    found = db.execute(
        'SELECT m.id, s."start", s."end", m.coding_id FROM segment s JOIN memo m ON m.segment_id = s.id '
        f'JOIN coder k ON k.id = m.coder_id WHERE s.source_id = :source AND s."start" < s."end" AND {_SEEN} '
        'UNION ALL SELECT m.id, s."start", s."end", m.coding_id FROM segment s JOIN coding c ON c.segment_id = s.id '
        "JOIN memo m ON m.coding_id = c.id JOIN coder k ON k.id = m.coder_id "
        f'WHERE s.source_id = :source AND s."start" < s."end" AND {_SEEN} ORDER BY 2, 3 DESC, 1',
        {"source": source, "only": only},
    )
    return [
        MemoPlace(MemoId(r[0]), Span(r[1], r[2]), None if r[3] is None else CodingId(r[3])) for r in found.fetchall()
    ]


def segments_of(db: Database, memos: Iterable[MemoId]) -> dict[MemoId, SegmentId]:
    """The segment of every one of these memos that is about a passage or a coding."""
    found = db.execute(
        "SELECT m.id, ifnull(m.segment_id, c.segment_id) FROM memo m LEFT JOIN coding c ON c.id = m.coding_id "
        "WHERE m.id IN (SELECT value FROM json_each(?)) AND (m.segment_id IS NOT NULL OR m.coding_id IS NOT NULL)",
        [json.dumps(list(memos))],
    )
    return {MemoId(r[0]): SegmentId(r[1]) for r in found.fetchall()}


def names_of(db: Database) -> dict[tuple[str, int], str]:
    """The names of the sources, participants and codes that memos are about, by kind and id; of codings that of the code."""
    found = db.execute(
        "SELECT 'source', id, name FROM source WHERE id IN (SELECT source_id FROM memo) "
        "UNION ALL SELECT 'study_case', id, name FROM study_case WHERE id IN (SELECT study_case_id FROM memo) "
        "UNION ALL SELECT 'code', id, name FROM code WHERE id IN (SELECT code_id FROM memo) "
        "UNION ALL SELECT 'coding', c.id, o.name FROM coding c JOIN code o ON o.id = c.code_id "
        "WHERE c.id IN (SELECT coding_id FROM memo)"
    )
    return {(kind, thing): name for kind, thing, name in found.fetchall()}


def details(db: Database, about: str, subject: int) -> dict[str, Any]:
    """What the trail keeps of a thing that a memo is about: the names of its source, case and code, as far as it has them."""
    found = {
        "source": "SELECT 'source', name FROM source WHERE id = :id",
        "study_case": "SELECT 'case', name FROM study_case WHERE id = :id",
        "code": "SELECT 'code', name FROM code WHERE id = :id",
        "segment": "SELECT 'source', o.name FROM segment s JOIN source o ON o.id = s.source_id WHERE s.id = :id",
        "coding": "SELECT 'source', o.name FROM coding c JOIN segment s ON s.id = c.segment_id "
        "JOIN source o ON o.id = s.source_id WHERE c.id = :id "
        "UNION ALL SELECT 'code', k.name FROM coding c JOIN code k ON k.id = c.code_id WHERE c.id = :id",
    }.get(about)
    return dict(db.execute(found, {"id": subject}).fetchall()) if found else {}


def link_counts(db: Database) -> dict[MemoId, int]:
    """How many passages each memo points to; those that point to none are left out."""
    found = db.execute("SELECT memo_id, count(*) FROM memo_link GROUP BY memo_id")
    return {MemoId(memo): n for memo, n in found.fetchall()}


def links(db: Database, memo: MemoId) -> list[SegmentId]:
    """The segments a memo points to, in the order they were linked."""
    return [
        SegmentId(row[0])
        for row in db.execute("SELECT segment_id FROM memo_link WHERE memo_id = ? ORDER BY id", [memo]).fetchall()
    ]


def link(db: Database, memo: MemoId, segments: Iterable[SegmentId]) -> int:
    """Let a memo point to segments. Gives how many it did not point to before."""
    return sum(
        db.execute(
            "INSERT INTO memo_link (memo_id, segment_id) VALUES (?, ?) ON CONFLICT (memo_id, segment_id) DO NOTHING",
            [memo, segment],
        ).rowcount
        for segment in segments
    )


def unlink(db: Database, memo: MemoId, segments: Iterable[SegmentId]) -> int:
    """Let a memo no longer point to segments. Gives how many it pointed to."""
    return sum(
        db.execute("DELETE FROM memo_link WHERE memo_id = ? AND segment_id = ?", [memo, segment]).rowcount
        for segment in segments
    )


def going_with(
    db: Database, *, codes: Iterable[CodeId] = (), codings: Iterable[CodingId] = (), source: SourceId | None = None
) -> int:
    """How many memos go when these codes (with their codings), codings or this source are taken away: those on it, on its
    codings and passages, and on those who speak nowhere else. What another person wrote about one of `codings` stays.
    """
    return int(
        db.execute(
            "WITH gone (id) AS (SELECT id FROM coding WHERE code_id IN (SELECT value FROM json_each(:codes)) "
            "UNION SELECT c.id FROM segment s JOIN coding c ON c.segment_id = s.id WHERE s.source_id = :source) "
            "SELECT count(*) FROM memo WHERE code_id IN (SELECT value FROM json_each(:codes)) "
            "OR coding_id IN (SELECT id FROM gone) OR coding_id IN (SELECT c.id FROM coding c "
            "WHERE c.id IN (SELECT value FROM json_each(:codings)) AND c.coder_id = memo.coder_id) OR source_id = :source "
            "OR segment_id IN (SELECT id FROM segment WHERE source_id = :source) "
            "OR study_case_id IN (SELECT case_id FROM speaker WHERE source_id = :source "
            "EXCEPT SELECT case_id FROM speaker WHERE source_id <> :source)",
            {"codes": json.dumps(list(codes)), "codings": json.dumps(list(codings)), "source": source},
        ).fetchone()[0]
    )


def move_to_code(db: Database, code: CodeId, into: CodeId) -> None:
    """Let the memos about `code` be about `into`, because the two become one."""
    db.execute("UPDATE memo SET code_id = ? WHERE code_id = ?", [into, code])


def dismiss(db: Database, key: str, label: str, coder: CoderId, about: str = "") -> None:
    """Remember that a suggestion was turned down; `about` is what it was about, where it is to be known again by that."""
    db.execute(
        "INSERT INTO dismissal (key, label, coder_id, about) VALUES (?, ?, ?, ?) ON CONFLICT (key, coder_id) DO NOTHING",
        [key, label, coder, about],
    )


def dismissed(db: Database, coder: CoderId | None = None) -> set[str]:
    """The keys of the suggestions that were turned down, by everybody or one coder."""
    return {key for key, _about in dismissals(db, coder)}


def dismissals(db: Database, coder: CoderId | None = None) -> list[tuple[str, str]]:
    """The key of each suggestion that was turned down, by everybody or one coder, and what it was about (empty where nothing was
    said).
    """
    found = db.execute("SELECT key, about FROM dismissal WHERE coder_id = ifnull(?, coder_id) ORDER BY id", [coder])
    return [(key, about) for key, about in found.fetchall()]


def take_back(db: Database, keys: Iterable[str], coder: CoderId | None = None) -> None:
    """Forget that these suggestions were turned down, by everybody or one coder."""
    db.execute(
        "DELETE FROM dismissal WHERE key IN (SELECT value FROM json_each(?)) AND coder_id = ifnull(?, coder_id)",
        [json.dumps(list(keys)), coder],
    )


def _memo(row: tuple[Any, ...]) -> Memo:
    about, subject = next(
        ((name, value) for name, value in zip(_SUBJECTS, row[6:], strict=True) if value is not None), ("project", 0)
    )
    return Memo(MemoId(row[0]), about, subject, row[1], row[2], row[3], row[4], row[5])
