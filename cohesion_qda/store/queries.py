"""Saved queries, and what a retrieval reads beside the study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from cohesion_qda.model.ids import CoderId, CodingId, QueryId, SourceId

_MANY = 900  # values that SQLite takes at once


def all_(db: Database) -> list[tuple[QueryId, str, str]]:
    """(id, name, query as JSON) of every saved query, by name."""
    found = db.execute("SELECT id, name, query FROM saved_query ORDER BY name, id").fetchall()
    return [(QueryId(r[0]), r[1], r[2]) for r in found]


def add(db: Database, name: str, query: str) -> QueryId:
    """A new one. Its name must be free."""
    cursor = db.execute("INSERT INTO saved_query (name, query) VALUES (?, ?)", [name, query])
    return QueryId(int(cursor.lastrowid or 0))


def edit(db: Database, saved: QueryId, query: str) -> None:
    """Keep another query under the same name."""
    db.execute(
        "UPDATE saved_query SET query = :query WHERE id = :id AND query <> :query", {"id": saved, "query": query}
    )


def rename(db: Database, saved: QueryId, name: str) -> None:
    """Call it `name`."""
    db.execute("UPDATE saved_query SET name = ? WHERE id = ?", [name, saved])


def delete(db: Database, saved: QueryId) -> None:
    """Take it away."""
    db.execute("DELETE FROM saved_query WHERE id = ?", [saved])


def weights(db: Database) -> dict[int, int]:
    """The weight of every coding that has one."""
    return dict(db.execute("SELECT id, weight FROM coding WHERE weight IS NOT NULL").fetchall())


def paragraphs(db: Database) -> list[tuple[int, int]]:
    """(source, start) of every paragraph of the sources that are coded and in which nobody speaks."""
    return list(
        db.execute(
            'SELECT o.id, l."start" FROM source o JOIN line l ON l.content_id = o.content_id '
            "WHERE NOT EXISTS (SELECT 1 FROM turn t WHERE t.source_id = o.id) "
            "AND EXISTS (SELECT 1 FROM segment s JOIN coding c ON c.segment_id = s.id WHERE s.source_id = o.id)"
        ).fetchall()
    )


def turn_numbers(db: Database, places: Iterable[tuple[SourceId, int]]) -> dict[tuple[SourceId, int], int]:
    """The number of the turn that begins at each (source, start)."""
    found: dict[tuple[SourceId, int], int] = {}
    for source, start in set(places):
        row = db.execute('SELECT number FROM turn WHERE source_id = ? AND "start" = ?', [source, start]).fetchone()
        if row:
            found[source, start] = int(row[0])
    return found


def coded_at(db: Database, codings: Sequence[CodingId]) -> dict[CodingId, str]:
    """When each coding was made."""
    found: dict[CodingId, str] = {}
    for part in _parts(codings):
        marks = ", ".join("?" * len(part))
        found.update(db.execute(f"SELECT id, created_at FROM coding WHERE id IN ({marks})", part).fetchall())
    return found


def memos(db: Database, codings: Sequence[CodingId], coder: CoderId | None = None) -> dict[CodingId, list[str]]:
    """The memos (title and words) on each coding and on its passage, oldest first; of one coder, or all."""
    found: dict[CodingId, list[str]] = {}
    for part in _parts(codings):
        marks = ", ".join("?" * len(part))
        rows = db.execute(
            "SELECT c.id, m.title, m.body FROM coding c JOIN memo m ON m.coding_id = c.id OR m.segment_id = c.segment_id "
            f"WHERE c.id IN ({marks}) AND m.coder_id = ifnull(?, m.coder_id) ORDER BY m.id",
            [*part, coder],
        )
        for coding, title, body in rows.fetchall():
            found.setdefault(coding, []).append("\n".join(words for words in (title, body) if words))
    return found


def _parts(codings: Sequence[CodingId]) -> Iterable[list[CodingId]]:
    for start in range(0, len(codings), _MANY):
        yield list(codings[start : start + _MANY])
