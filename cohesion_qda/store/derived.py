"""What was worked out of texts (their analysis, their vectors): not journalled, kept so that it is worked out once, and
thrown away without loss. Each belongs to one text and names its maker; another maker's is never given.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database


def all_of(db: Database, kind: str, maker: str | None = None) -> tuple[str, dict[str, bytes]]:
    """What a maker made of this kind (None: the last one that made any), by the text's hash, and who made it: of texts that
    sources have now, and until something is kept anew also of those they had, because a corrected text has most of its lines
    in common with what it was.
    """
    rows = db.execute(
        "SELECT d.maker, c.hash, d.data FROM derived d JOIN content c ON c.id = d.content_id WHERE d.kind = ? ORDER BY d.id",
        [kind],
    ).fetchall()
    if maker is None:
        maker = str(rows[-1][0]) if rows else ""
    return maker, {content: data for made_by, content, data in rows if made_by == maker}


def hashes(db: Database, kind: str, maker: str) -> list[str]:
    """The texts, by their hash, of which something of this kind by this maker is kept."""
    found = db.execute(
        "SELECT c.hash FROM derived d JOIN content c ON c.id = d.content_id WHERE d.kind = ? AND d.maker = ?",
        [kind, maker],
    )
    return [str(row[0]) for row in found.fetchall()]


def one(db: Database, kind: str, maker: str, content: str) -> bytes:
    """What is kept of one text. Raises KeyError where nothing is."""
    row = db.execute(
        "SELECT d.data FROM derived d JOIN content c ON c.id = d.content_id WHERE d.kind = ? AND d.maker = ? AND c.hash = ?",
        [kind, maker, content],
    ).fetchone()
    if row is None:
        raise KeyError(content)
    return bytes(row[0])


def missing(db: Database, kind: str, maker: str) -> list[str]:
    """The texts of sources, by their hash, of which nothing of this kind by this maker is kept."""
    found = db.execute(
        "SELECT DISTINCT c.hash FROM source s JOIN content c ON c.id = s.content_id "
        "WHERE c.id NOT IN (SELECT content_id FROM derived WHERE kind = ? AND maker = ?) ORDER BY 1",
        [kind, maker],
    )
    return [str(row[0]) for row in found.fetchall()]


def keep(db: Database, kind: str, maker: str, made: Mapping[str, bytes]) -> None:
    """Keep what was made of texts, given by their hash; texts that are not there are passed over. Of other makers the one that
    made any last stays, for two people may have different ones and take turns; what the others made of this kind goes, and so
    does what of it belongs to no source's text any more. One transaction of its own, outside the journal.
    """
    with db.conn:
        db.execute(
            "DELETE FROM derived WHERE kind = ? AND maker <> ? AND maker <> "
            "ifnull((SELECT maker FROM derived WHERE kind = ? AND maker <> ? ORDER BY id DESC LIMIT 1), '')",
            [kind, maker, kind, maker],
        )
        db.execute("DELETE FROM derived WHERE kind = ? AND content_id NOT IN (SELECT content_id FROM source)", [kind])
        db.conn.executemany(
            "INSERT OR REPLACE INTO derived (content_id, kind, maker, data) SELECT id, ?, ?, ? FROM content WHERE hash = ?",
            [(kind, maker, data, content) for content, data in made.items()],
        )


def let_go(db: Database) -> None:
    """Throw away what belongs to no text that a source has, or had before it was corrected: that of sources that were removed.
    Nothing is written where there is none.
    """
    if db.execute(f"SELECT EXISTS (SELECT 1 FROM derived WHERE {_OF_NO_SOURCE})").fetchone()[0]:
        with db.conn:
            db.execute("PRAGMA secure_delete = ON")  # it holds names and words of people who may have asked for this
            db.execute(f"DELETE FROM derived WHERE {_OF_NO_SOURCE}")


_OF_NO_SOURCE = (
    "content_id NOT IN (SELECT content_id FROM source) AND content_id NOT IN "
    "(SELECT ifnull(json_extract(c.before, '$.content_id'), 0) FROM change c JOIN source s ON s.id = c.row_id "
    "WHERE c.tbl = 'source' AND c.before IS NOT NULL)"
)
