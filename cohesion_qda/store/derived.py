"""What was worked out of texts (their analysis, their vectors): not journalled, kept so that it is worked out once, and
thrown away without loss. Each belongs to one text and names its maker; another maker's is never given.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database


def get(db: Database, kind: str, maker: str) -> dict[str, bytes]:
    """What `maker` made of this kind of the texts that sources have now, by the text's hash."""
    found = db.execute(
        "SELECT c.hash, d.data FROM derived d JOIN content c ON c.id = d.content_id "
        "WHERE d.kind = ? AND d.maker = ? AND c.id IN (SELECT content_id FROM source)",
        [kind, maker],
    )
    return dict(found.fetchall())


def keep(db: Database, kind: str, maker: str, made: Mapping[str, bytes]) -> None:
    """Keep what was made of texts, given by their hash; texts that are not there are passed over. What another maker made of
    this kind goes, and so does what belongs to no source's text any more. One transaction of its own, outside the journal.
    """
    with db.conn:
        db.execute("DELETE FROM derived WHERE kind = ? AND maker <> ?", [kind, maker])
        db.execute("DELETE FROM derived WHERE content_id NOT IN (SELECT content_id FROM source)")
        db.conn.executemany(
            "INSERT OR REPLACE INTO derived (content_id, kind, maker, data) SELECT id, ?, ?, ? FROM content WHERE hash = ?",
            [(kind, maker, data, content) for content, data in made.items()],
        )
