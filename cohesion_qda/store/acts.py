"""Which sources and codes each act touched: a table beside the project, never in its file, that goes on with the journal.

What an act touched is told by the images of the rows it changed. These never change, so each is looked at once, when the trail is
first asked for a source or a code; from then on only what was done since.
"""

from __future__ import annotations

from sqlite_utils import Database

from cohesion_qda.store import schema
from cohesion_qda.store.connection import snapshot

TOUCHED = "temp.touched"  # (about, id, action_id): `source` or `code`, which one, the act
_TABLES = """
CREATE TEMP TABLE touched_until (change_id INTEGER NOT NULL);
INSERT INTO temp.touched_until VALUES (0);
CREATE TEMP TABLE place (segment INTEGER PRIMARY KEY, source INTEGER NOT NULL);
CREATE TEMP TABLE placed (coding INTEGER, segment INTEGER, PRIMARY KEY (coding, segment)) WITHOUT ROWID;
CREATE TEMP TABLE touched (about TEXT, id INTEGER, action_id INTEGER, PRIMARY KEY (about, id, action_id)) WITHOUT ROWID;
INSERT INTO temp.place SELECT id, source_id FROM main.segment;
INSERT INTO temp.placed SELECT id, segment_id FROM main.coding;
"""


def catch_up(db: Database) -> None:
    """Look at what was done since it was last called on this connection."""
    with snapshot(db):
        last = int(db.execute("SELECT ifnull(max(id), 0) FROM change").fetchone()[0])
        until = _until(db)
        if until is not None and until > last:  # the file was put in the place of a longer one
            for table in ("touched_until", "place", "placed", "touched"):
                db.execute(f"DROP TABLE temp.{table}")
            until = None
        if until is None:
            for statement in _TABLES.split(";\n"):
                if statement.strip():
                    db.execute(statement)
            until = 0
        if until < last:
            for statement in _FILL:
                db.execute(statement, {"until": until, "last": last})
            db.execute("UPDATE temp.touched_until SET change_id = ?", [last])


def _until(db: Database) -> int | None:
    if not db.execute("SELECT 1 FROM sqlite_temp_master WHERE name = 'touched_until'").fetchone():
        return None
    return int(db.execute("SELECT change_id FROM temp.touched_until").fetchone()[0])


def _column(column: str, *tables: str) -> str:
    """(action_id, id) for each value of `column` before and after the changes that are new of `tables`."""
    names = ", ".join(f"'{table}'" for table in tables)
    return " UNION ".join(
        f"SELECT action_id, json_extract({image}, '$.{column}') AS id FROM change "
        f"WHERE id > :until AND id <= :last AND tbl IN ({names})"
        for image in ("before", "after")
    )


def _rows(table: str) -> str:
    return f"SELECT action_id, row_id AS id FROM change WHERE id > :until AND id <= :last AND tbl = '{table}'"


def _add(about: str, found: str) -> str:
    return (
        f"INSERT OR IGNORE INTO {TOUCHED} SELECT '{about}', t.id, t.action_id FROM ({found}) t WHERE t.id IS NOT NULL"
    )


_FILL = (
    "INSERT OR IGNORE INTO temp.place SELECT row_id, json_extract(ifnull(after, before), '$.source_id') FROM change "
    "WHERE id > :until AND id <= :last AND tbl = 'segment'",
    *(
        f"INSERT OR IGNORE INTO temp.placed SELECT row_id, json_extract({image}, '$.segment_id') FROM change "
        f"WHERE id > :until AND id <= :last AND tbl = 'coding' AND {image} IS NOT NULL"
        for image in ("before", "after")
    ),
    _add("source", _rows("source")),
    _add("source", _column("source_id", "turn", "speaker", "segment", "attribute_value", "section", "memo")),
    _add(
        "source",
        "SELECT s.action_id, p.source AS id FROM "
        f"({_column('segment_id', 'coding', 'memo', *schema.HOLDERS)}) s JOIN temp.place p ON p.segment = s.id",
    ),
    _add(
        "source",
        f"SELECT c.action_id, p.source AS id FROM ({_column('coding_id', 'memo')}) c "
        "JOIN temp.placed d ON d.coding = c.id JOIN temp.place p ON p.segment = d.segment",
    ),
    _add("code", _rows("code")),
    _add(
        "code",
        _column(
            "code_id",
            "coding",
            "theme_code",
            "memo",
            "summary",
            "settlement",
            "passed_over",
            "report_quote",
            "indicator_code",
            "issue_code",
        ),
    ),
    _add("code", _column("question_id", "theme")),
)
