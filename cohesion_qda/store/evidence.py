"""Figures from elsewhere with the codes they bear on, and reference figures for the values of attributes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from cohesion_qda.model.evidence import Bearing, Indicator, ReferenceFigure
from cohesion_qda.model.ids import AttributeId, CodeId, IndicatorId, ReferenceId

_INDICATOR = "SELECT id, name, place, period, value, unit, source, note, position FROM indicator"
_REFERENCE = (
    "SELECT r.id, r.attribute_id, a.about, a.name, r.value, r.number, r.period, r.source "
    "FROM reference_figure r JOIN attribute a ON a.id = r.attribute_id"
)


def all_(db: Database) -> list[Indicator]:
    """Every figure from elsewhere, in the researcher's order."""
    bears: dict[int, list[Bearing]] = {}
    for indicator, code, reading, note in db.execute(
        "SELECT indicator_id, code_id, reading, note FROM indicator_code ORDER BY id"
    ).fetchall():
        bears.setdefault(indicator, []).append(Bearing(CodeId(code), reading, note))
    rows = db.execute(_INDICATOR + " ORDER BY position, id").fetchall()
    return [_indicator(row, bears.get(row[0], [])) for row in rows]


def by_id(db: Database, indicator: IndicatorId) -> Indicator | None:
    """The figure with that id."""
    row = db.execute(_INDICATOR + " WHERE id = ?", [indicator]).fetchone()
    bears = db.execute(
        "SELECT code_id, reading, note FROM indicator_code WHERE indicator_id = ? ORDER BY id", [indicator]
    ).fetchall()
    return _indicator(row, [Bearing(CodeId(code), reading, note) for code, reading, note in bears]) if row else None


def add(
    db: Database, name: str, *, place: str = "", period: str = "", value: str = "", unit: str = "", source: str = "",
    note: str = "",
) -> IndicatorId:  # fmt: skip
    """A new figure, after all others."""
    cursor = db.execute(
        "INSERT INTO indicator (name, place, period, value, unit, source, note, position) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT ifnull(max(position), -1) + 1 FROM indicator))",
        [name, place, period, value, unit, source, note],
    )
    return IndicatorId(int(cursor.lastrowid or 0))


def update(db: Database, indicator: IndicatorId, **values: Any) -> bool:
    """Set columns of one figure; nothing is written when nothing differs. Gives whether something did."""
    settings = ", ".join(f"{name} = ?" for name in values)
    differs = " OR ".join(f"{name} IS NOT ?" for name in values)
    return bool(
        db.execute(
            f"UPDATE indicator SET {settings} WHERE id = ? AND ({differs})",
            [*values.values(), indicator, *values.values()],
        ).rowcount
    )


def reorder(db: Database, indicators: Sequence[IndicatorId]) -> None:
    """Put the figures in this order."""
    for position, indicator in enumerate(indicators):
        update(db, indicator, position=position)


def delete(db: Database, indicators: Sequence[IndicatorId]) -> None:
    """Take figures away, with what they bear on."""
    db.conn.executemany("DELETE FROM indicator WHERE id = ?", [(indicator,) for indicator in indicators])


def bear(db: Database, indicator: IndicatorId, code: CodeId, reading: str = "", note: str = "") -> None:
    """Let a figure bear on what is said with a code, read so; nothing is written when nothing differs."""
    db.execute(
        "INSERT INTO indicator_code (indicator_id, code_id, reading, note) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (indicator_id, code_id) DO UPDATE SET reading = excluded.reading, note = excluded.note "
        "WHERE reading <> excluded.reading OR note <> excluded.note",
        [indicator, code, reading, note],
    )


def let_go(db: Database, indicator: IndicatorId, code: CodeId) -> None:
    """Let a figure no longer bear on a code."""
    db.execute("DELETE FROM indicator_code WHERE indicator_id = ? AND code_id = ?", [indicator, code])


def recode(db: Database, code: CodeId, into: CodeId) -> None:
    """Let what bears on `code` bear on `into`; where it bears on both, what was said of `into` stays, or else that of `code`."""
    both = {"code": code, "into": into}
    db.execute(
        "UPDATE indicator_code SET reading = gone.reading, note = gone.note FROM indicator_code gone "
        "WHERE gone.code_id = :code AND indicator_code.code_id = :into AND gone.indicator_id = indicator_code.indicator_id "
        "AND indicator_code.reading = '' AND indicator_code.note = '' AND (gone.reading <> '' OR gone.note <> '')",
        both,
    )
    db.execute(
        "DELETE FROM indicator_code AS one WHERE code_id = :code AND EXISTS (SELECT 1 FROM indicator_code other "
        "WHERE other.indicator_id = one.indicator_id AND other.code_id = :into)",
        both,
    )
    db.execute("UPDATE indicator_code SET code_id = :into WHERE code_id = :code", both)


# -- reference figures ---------------------------------------------------------------------------------------------------


def references(db: Database) -> list[ReferenceFigure]:
    """Every reference figure, by attribute, in the order they came."""
    found = db.execute(_REFERENCE + " ORDER BY r.attribute_id, r.id").fetchall()
    return [ReferenceFigure(ReferenceId(row[0]), AttributeId(row[1]), *row[2:]) for row in found]


def set_reference(
    db: Database, attribute: AttributeId, value: str, number: str, *, period: str = "", source: str = ""
) -> bool:
    """How many people of the area have a value; nothing is written when nothing differs. Gives whether something did."""
    return bool(
        db.execute(
            "INSERT INTO reference_figure (attribute_id, value, number, period, source) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (attribute_id, value) DO UPDATE SET number = excluded.number, period = excluded.period, "
            "source = excluded.source WHERE number <> excluded.number OR period <> excluded.period OR source <> excluded.source",
            [attribute, value, number, period, source],
        ).rowcount
    )


def remove_references(db: Database, figures: Sequence[ReferenceId]) -> None:
    """Take reference figures away."""
    db.conn.executemany("DELETE FROM reference_figure WHERE id = ?", [(figure,) for figure in figures])


def _indicator(row: tuple[Any, ...], bears: Sequence[Bearing]) -> Indicator:
    id_, name, place, period, value, unit, source, note, position = row
    return Indicator(IndicatorId(id_), name, place, period, value, unit, source, note, position, tuple(bears))
