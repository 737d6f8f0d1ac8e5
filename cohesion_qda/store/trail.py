"""The trail by person, day, kind, and by the source or code that the rows of an act touched.

An act is found by the rows it changed, not by the names in its sentence, so that a source or a code is found under whatever name
it had (see `store.acts`); nothing here costs more with the length of the trail than the acts that are shown.
"""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.trail import Wanted
from cohesion_qda.store import acts

_OWN = (  # an act of one person; an undo or redo of acts that were all theirs
    "a.coder = ? AND NOT EXISTS (SELECT 1 FROM action o WHERE o.coder <> a.coder AND o.id BETWEEN ifnull(a.undoes, a.redoes) "
    "AND ifnull(json_extract(a.details, '$.together[1]'), ifnull(a.undoes, a.redoes)))"
)


def where(db: Database, wanted: Wanted) -> tuple[str, list[Any]]:
    """A condition over `action a`, and its values."""
    if wanted.source is not None or wanted.code is not None:
        acts.catch_up(db)
    parts: list[tuple[str, list[Any]]] = [("1", [])]
    for condition, value in (
        (_OWN, wanted.only),
        ("a.coder = ?", wanted.coder),
        ("a.at >= ?", wanted.since),
        ("a.at < ?", wanted.until),
    ):
        if value:
            parts.append((condition, [value]))
    for kinds_, is_in in ((wanted.kinds, "IN"), (wanted.not_kinds, "NOT IN")):
        if kinds_:
            parts.append((f"a.kind {is_in} ({', '.join('?' * len(kinds_))})", sorted(kinds_)))
    for about, id_ in (("source", wanted.source), ("code", wanted.code)):
        if id_ is not None:
            parts.append((f"a.id IN (SELECT action_id FROM {acts.TOUCHED} WHERE about = ? AND id = ?)", [about, id_]))
    return " AND ".join(part for part, _values in parts), [value for _part, values in parts for value in values]


def count(db: Database, wanted: Wanted) -> int:
    """How many acts are wanted."""
    condition, values = where(db, wanted)
    return int(db.execute(f"SELECT count(*) FROM action a WHERE {condition}", values).fetchone()[0])


def coders(db: Database, wanted: Wanted) -> dict[str, int]:
    """Everybody who did something that is wanted, with how many acts, by name."""
    condition, values = where(db, wanted)
    return dict(
        db.execute(
            f"SELECT coder, count(*) FROM action a WHERE coder <> '' AND {condition} GROUP BY coder ORDER BY lower(coder), coder",
            values,
        ).fetchall()
    )


def kinds(db: Database, wanted: Wanted) -> dict[str, int]:
    """Every kind of act there is among those that are wanted, with how many."""
    condition, values = where(db, wanted)
    return dict(db.execute(f"SELECT kind, count(*) FROM action a WHERE {condition} GROUP BY kind", values).fetchall())


def times(db: Database, wanted: Wanted) -> list[str]:
    """When each act that is wanted was done, newest first."""
    condition, values = where(db, wanted)
    return [
        at for (at,) in db.execute(f"SELECT at FROM action a WHERE {condition} ORDER BY id DESC", values).fetchall()
    ]


def touched(db: Database, about: str, wanted: Wanted) -> list[tuple[int, str, int, bool]]:
    """The sources (`source`), or the codes (`code`), that wanted acts touched: (id, its name now or when it was last there, how many
    acts, whether it is gone), by name.
    """
    acts.catch_up(db)
    condition, values = where(db, wanted)
    rows = db.execute(
        f"SELECT t.id, coalesce(x.name, (SELECT json_extract(ifnull(c.after, c.before), '$.name') FROM change c "
        f"WHERE c.tbl = '{about}' AND c.row_id = t.id ORDER BY c.id DESC LIMIT 1)) AS name, count(*), x.id IS NULL "
        f"FROM {acts.TOUCHED} t JOIN action a ON a.id = t.action_id LEFT JOIN {about} x ON x.id = t.id "
        f"WHERE t.about = ? AND {condition} GROUP BY t.id ORDER BY lower(name), t.id",
        [about, *values],
    )
    return [(int(id_), str(name), int(n), bool(gone)) for id_, name, n, gone in rows.fetchall() if name is not None]
