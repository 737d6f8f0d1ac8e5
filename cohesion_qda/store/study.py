"""Reading what counting and suggesting need, and checking that a project is whole."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.case import Case
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.study import SourceFacts
from cohesion_qda.store import attributes, cases, codings, schema, sources


def facts(db: Database) -> tuple[SourceFacts, ...]:
    """Every source without its text, by name."""
    values = attributes.values(db, "source")
    found = db.execute("SELECT id, name, kind, group_id, length, words FROM source ORDER BY name")
    return tuple(
        SourceFacts(
            SourceId(r[0]), r[1], r[2], None if r[3] is None else CaseId(r[3]), r[4], r[5], values.get(r[0], {})
        )
        for r in found.fetchall()
    )


def case_map(db: Database) -> dict[CaseId, Case]:
    """Every case by its id."""
    return {case.id: case for case in cases.all_(db)}


def turns(db: Database) -> tuple[tuple[int, int, int, int], ...]:
    """(source, start, end, case) of every turn, by source and start."""
    return tuple(
        db.execute(
            'SELECT t.source_id, t."start", t."end", p.case_id FROM turn t JOIN speaker p ON p.id = t.speaker_id '
            'ORDER BY t.source_id, t."start", t.id'
        ).fetchall()
    )


def turns_of(db: Database, source: SourceId) -> list[tuple[int, int, int]]:
    """(start, end, case) of every turn of a source, in order."""
    return db.execute(
        'SELECT t."start", t."end", p.case_id FROM turn t JOIN speaker p ON p.id = t.speaker_id WHERE t.source_id = ? '
        'ORDER BY t."start", t.id',
        [source],
    ).fetchall()


def contents(db: Database) -> dict[SourceId, str]:
    """Of every source which text it has: its hash."""
    return dict(db.execute("SELECT s.id, c.hash FROM source s JOIN content c ON c.id = s.content_id").fetchall())


def data_version(db: Database) -> int:
    """A number that changes when another connection writes to the file."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def last_act(db: Database) -> int:
    """The number of the last act in the journal; 0 when there is none."""
    return int(db.execute("SELECT ifnull(max(id), 0) FROM action").fetchone()[0])


def stamp(db: Database) -> tuple[int, int]:
    """Two numbers: the first changes when another connection writes to the file, the second when this one does."""
    return data_version(db), int(db.conn.total_changes)


def touched(db: Database, after: int | None) -> tuple[int, dict[str, frozenset[int]]]:
    """The number of the journal's last row, and by table the rows that were touched after row `after` of it (None: none)."""
    last = int(db.execute("SELECT ifnull(max(id), 0) FROM change").fetchone()[0])
    rows: dict[str, set[int]] = {}
    for table, row_id in db.execute(
        "SELECT DISTINCT tbl, row_id FROM change WHERE id > ?", [last if after is None else after]
    ):
        rows.setdefault(table, set()).add(row_id)
    return last, {table: frozenset(ids) for table, ids in rows.items()}


def check(db: Database) -> Iterator[str]:
    """Everything that is not as it should be, a sentence each; nothing when the project is whole."""
    for row in db.execute("PRAGMA integrity_check").fetchall():
        if row[0] != "ok":
            yield _("The file is damaged: {detail}.").format(detail=row[0])
    for row in db.execute("PRAGMA foreign_key_check").fetchall():
        yield _("A row of {table} points to a {parent} that is not there.").format(table=row[0], parent=row[2])
    yield from _check_positions(db)
    yield from _check_texts(db)
    yield from _check_codes(db)
    yield from _check_journal(db)


def _count(db: Database, query: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {query}").fetchone()[0])


def _check_positions(db: Database) -> Iterator[str]:
    n = _count(db, 'segment s JOIN source o ON o.id = s.source_id WHERE s."end" > o.length OR s."start" < 0')
    if n:
        yield ngettext(
            "{n} coded passage lies outside its text.", "{n} coded passages lie outside their text.", n
        ).format(n=n)
    n = _count(db, 'turn t JOIN source o ON o.id = t.source_id WHERE t."end" > o.length')
    if n:
        yield ngettext("{n} turn lies outside its text.", "{n} turns lie outside their text.", n).format(n=n)
    n = _count(
        db,
        '(SELECT "start" AS here, lag("end", 1, 0) OVER w AS reach, number, row_number() OVER w AS place FROM turn '
        'WINDOW w AS (PARTITION BY source_id ORDER BY "start", id)) WHERE here < reach OR number <> place',
    )
    if n:
        yield ngettext(
            "{n} turn is not in its place after the one before.",
            "{n} turns are not in their place after the one before.",
            n,
        ).format(n=n)
    n = _count(db, 'section s JOIN source o ON o.id = s.source_id WHERE s."start" >= max(o.length, 1)')
    if n:
        yield ngettext(
            "{n} question section begins outside its text.", "{n} question sections begin outside their text.", n
        ).format(n=n)
    n = _count(db, "turn t JOIN speaker p ON p.id = t.speaker_id WHERE p.source_id <> t.source_id")
    if n:
        yield ngettext(
            "{n} turn has a speaker of another source.", "{n} turns have a speaker of another source.", n
        ).format(n=n)
    n = _count(
        db,
        f"segment WHERE {codings.UNHELD}",
    )
    if n:
        yield ngettext(
            "{n} passage is neither coded nor written about.", "{n} passages are neither coded nor written about.", n
        ).format(n=n)


def _check_texts(db: Database) -> Iterator[str]:
    for hash_, text in db.execute("SELECT hash, text FROM content"):
        if sources.content_hash(text) != hash_:
            yield _("The text {hash} is not what was imported.").format(hash=hash_[:12])
    for name, length, text in db.execute(
        "SELECT s.name, s.length, c.text FROM source s JOIN content c ON c.id = s.content_id"
    ):
        if len(text) != length:
            yield _("The text of {source} has another length than was noted.").format(source=name)
    if _count(db, "content WHERE trim(text) <> '' AND id NOT IN (SELECT content_id FROM line)"):
        yield _("The search index lacks a text.")


def _check_codes(db: Database) -> Iterator[str]:
    n = _count(
        db,
        "code WHERE id NOT IN (WITH RECURSIVE down (id) AS (SELECT id FROM code WHERE parent_id IS NULL "
        "UNION SELECT c.id FROM code c JOIN down d ON c.parent_id = d.id) SELECT id FROM down)",
    )
    if n:
        yield ngettext("{n} code cannot be reached from the top of the codebook.", "{n} codes cannot be reached from the top of the codebook.", n).format(n=n)  # fmt: skip


def _check_journal(db: Database) -> Iterator[str]:
    for name in schema.missing_triggers(db):
        yield _("The journal does not watch everything: {trigger} is missing.").format(trigger=name)
    for table in schema.JOURNALLED:
        # the last image of every row must be the row itself; images of older tables have other columns
        columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
        now = "json_object(" + ", ".join(f"'{c}', t.\"{c}\"" for c in columns) + ")"
        n = _count(
            db,
            f"(SELECT row_id, max(id) AS id FROM change WHERE tbl = '{table}' GROUP BY row_id) l "
            f"JOIN change c ON c.id = l.id LEFT JOIN {table} t ON t.id = l.row_id "
            f"WHERE c.after IS NOT (CASE WHEN t.id IS NULL THEN NULL ELSE {now} END) "
            f"AND (c.after IS NULL OR (SELECT count(*) FROM json_each(c.after)) = {len(columns)})",
        )
        n += _count(db, f"{table} t WHERE t.id NOT IN (SELECT row_id FROM change WHERE tbl = '{table}')")
        if n:
            yield ngettext("{n} row of {table} is not as the journal says.", "{n} rows of {table} are not as the journal says.", n).format(n=n, table=table)  # fmt: skip
