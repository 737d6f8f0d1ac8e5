"""Attributes, and the values that sources and participants have."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from cohesion_qda.model.attribute import Subject
from cohesion_qda.model.ids import AttributeId, SourceId
from cohesion_qda.store import sources

_SUBJECT = {"source": "source_id", "participant": "case_id"}


def columns(db: Database, about: str) -> list[tuple[AttributeId, str, str]]:
    """(id, name, type) of every attribute of `source`s or `participant`s, with or without values, in the order they
    came; the type is empty until somebody has said it.
    """
    found = db.execute("SELECT id, name, type FROM attribute WHERE about = ? ORDER BY id", [about])
    return [(AttributeId(r[0]), r[1], r[2]) for r in found.fetchall()]


def types(db: Database) -> dict[tuple[str, str], str]:
    """The type of every (about, attribute); empty until somebody has said it."""
    return {(r[0], r[1]): r[2] for r in db.execute("SELECT about, name, type FROM attribute ORDER BY id").fetchall()}


def add(db: Database, about: str, name: str, kind: str = "") -> AttributeId:
    """A new attribute of `source`s or `participant`s. Its name must be free."""
    cursor = db.execute("INSERT INTO attribute (name, about, type) VALUES (?, ?, ?)", [name, about, kind])
    return AttributeId(int(cursor.lastrowid or 0))


def rename(db: Database, attribute: AttributeId, name: str) -> None:
    """Call an attribute `name`."""
    db.execute("UPDATE attribute SET name = ? WHERE id = ?", [name, attribute])


def set_type(db: Database, attribute: AttributeId, kind: str) -> None:
    """Say what its values are."""
    db.execute("UPDATE attribute SET type = ? WHERE id = ? AND type <> ?", [kind, attribute, kind])


def delete(db: Database, attribute: AttributeId) -> None:
    """Take an attribute away with its values."""
    db.execute("DELETE FROM attribute WHERE id = ?", [attribute])


def values(db: Database, about: str) -> dict[int, dict[str, str]]:
    """The values by attribute of every source or participant that has any."""
    column = _SUBJECT[about]
    found: dict[int, dict[str, str]] = {}
    for subject, name, value in db.execute(
        f"SELECT v.{column}, a.name, v.value FROM attribute_value v JOIN attribute a ON a.id = v.attribute_id "
        f"WHERE v.{column} IS NOT NULL ORDER BY a.id"
    ).fetchall():
        found.setdefault(subject, {})[name] = value
    return found


def values_of(db: Database, source: SourceId) -> dict[str, str]:
    """The values of one source by attribute."""
    found = db.execute(
        "SELECT a.name, v.value FROM attribute_value v JOIN attribute a ON a.id = v.attribute_id "
        "WHERE v.source_id = ? ORDER BY a.id",
        [source],
    )
    return {r[0]: r[1] for r in found.fetchall()}


def set_values(db: Database, about: str, cells: Iterable[tuple[AttributeId, int, str]]) -> None:
    """Give many sources or participants (attribute, subject, value); an empty value takes it away."""
    column = _SUBJECT[about]
    given = list(cells)
    db.conn.executemany(
        f"DELETE FROM attribute_value WHERE attribute_id = ? AND {column} = ?",
        [(attribute, subject) for attribute, subject, value in given if not value],
    )
    db.conn.executemany(
        f"INSERT INTO attribute_value (attribute_id, {column}, value) VALUES (?, ?, ?) "
        f"ON CONFLICT (attribute_id, {column}) WHERE {column} IS NOT NULL "
        "DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        [row for row in given if row[2]],
    )


def people(db: Database) -> list[Subject]:
    """Every participant with their values, by the place in the study where they first speak."""
    known = values(db, "participant")
    names = dict(db.execute("SELECT id, name FROM source").fetchall())
    place = {source: at for at, source in enumerate(sorted(names, key=lambda s: names[s].casefold()))}
    spoken: dict[int, list[tuple[int, int, int, int]]] = {}
    for at, speaker in enumerate(sources.speakers(db)):
        told = (place[speaker.source], at, speaker.turns, speaker.words)
        spoken.setdefault(speaker.case, []).append(told)
    by_place = sorted(names.values(), key=str.casefold)
    found = db.execute(
        "SELECT c.id, c.name, c.role, g.name FROM study_case c LEFT JOIN study_case g ON g.id = c.group_id "
        "WHERE c.kind = 'participant' ORDER BY c.id"
    ).fetchall()
    found.sort(key=lambda row: min(((p, at) for p, at, _t, _w in spoken.get(row[0], ())), default=(len(names), 0)))
    return [_person(row, sorted(spoken.get(row[0], ())), by_place, known.get(row[0], {})) for row in found]


def _person(
    row: tuple[int, str, str, str | None],
    spoken: list[tuple[int, int, int, int]],
    names: list[str],
    values: dict[str, str],
) -> Subject:
    speaks_in = tuple(dict.fromkeys(names[place] for place, *_rest in spoken))
    turns, words = sum(s[2] for s in spoken), sum(s[3] for s in spoken)
    where = ", ".join(speaks_in) if len(speaks_in) > 1 or not row[3] else row[3]
    return Subject(row[0], row[1], where, speaks_in, "", row[2], len(spoken), turns, words, values)
