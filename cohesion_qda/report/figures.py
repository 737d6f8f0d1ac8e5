"""The figures of the findings report: ranked bars and heat maps, with every count beside its denominator."""

from __future__ import annotations

from collections.abc import Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.table import Count, Row, Table
from cohesion_qda.report import words
from cohesion_qda.report.drawing import INCH
from cohesion_qda.report.drawn import bars as drawn_bars
from cohesion_qda.report.drawn import heat
from cohesion_qda.report.drawn.bars import Bar
from cohesion_qda.report.drawn.reading import Told, alt
from cohesion_qda.report.picture import Picture, pictured
from cohesion_qda.report.sheet import Sheet

__all__ = ["MOST_BARS", "NARROW", "WIDE", "Bar", "bar", "bars_of", "heat_map", "ranked_bars", "themes_headline"]

NARROW, WIDE = 3.1, 6.5
"""Widths in inches: half a page, for two side by side, and a whole one."""
MOST_BARS = 36
_NARROWEST_MAP = 280.0  # points


def bars_of(rows: Sequence[tuple[str, int, Count]], unit: str, base: Count) -> list[Bar]:
    """Bars for (label, depth, count) in one unit."""
    total = 0 if unit == "mentions" else max(0, base.of(unit))
    return [bar(label, said.of(unit), words.out_of(unit, said, base), total, depth) for label, depth, said in rows]


def bar(label: str, n: int, said: str, total: int = 0, depth: int = 0) -> Bar:
    """One bar; a number that is not told has no length."""
    is_hidden = n == words.GONE
    return Bar(label, None if is_hidden else n, total, said, depth, is_hidden=is_hidden)


def ranked_bars(
    bars: Sequence[Bar], *, headline: str, subtitle: str, width: float = WIDE, is_ranking: bool = True
) -> Picture:
    """Horizontal bars in the order given, from a zero baseline, each with its label and count; `width` in inches.
    A ranking has its longest bars in the stronger colour.

    Raises ValueError when there are none.
    """
    if not bars:
        raise ValueError("no bars to draw")
    sheet = Sheet(width * INCH)
    bottom = drawn_bars.lay(sheet, sheet.head(headline, subtitle), bars, is_ranking)
    numbers = tuple(_("{label}: {said}").format(label=bar.label, said=bar.said) for bar in bars)
    return pictured(sheet.drawing(bottom, headline, alt(Told(_("Bar chart"), numbers, bottom), headline, subtitle)))


def heat_map(table: Table, unit: str, *, headline: str, subtitle: str, rows: Sequence[Row] | None = None) -> Picture:
    """Codes by the values of an attribute: each cell with its number, darker for a larger share of the column's
    denominator, which stands in the column's head. `rows` are the table's, in the order to show.

    Raises ValueError when there is no row or no column.
    """
    shown = list(table.rows if rows is None else rows)
    if not shown or not table.columns:
        raise ValueError("nothing to draw")
    columns = [heat.Column(column.label, _base(column.base, unit)) for column in table.columns]
    tiles = [heat.Row(row.name, tuple(_tiles(table, unit, shown, row)), row.depth) for row in shown]
    sheet = Sheet(_map_width(columns, tiles))
    bottom = heat.lay(sheet, sheet.head(headline, subtitle), columns, tiles)
    told = Told(_("Heat map"), tuple(_said(table, unit, row) for row in shown), bottom)
    return pictured(sheet.drawing(bottom, headline, alt(told, headline, subtitle)))


def _map_width(columns: Sequence[heat.Column], rows: Sequence[heat.Row]) -> float:
    """A page's width, or less where the columns need no more."""
    return min(WIDE * INCH, max(_NARROWEST_MAP, heat.wanted_width(columns, rows)))


def _said(table: Table, unit: str, row: Row) -> str:
    cells = ", ".join(
        f"{column.label} {words.slashed(unit, cell, column.base)}"
        for column, cell in zip(table.columns, row.cells, strict=True)
    )
    return _("{label}: {said}").format(label=row.name, said=cells)


def _tiles(table: Table, unit: str, rows: Sequence[Row], row: Row) -> list[heat.Tile]:
    return [
        heat.Tile(
            words.number(count.of(unit)), _share(table, unit, rows, k, count), is_hidden=count.of(unit) == words.GONE
        )
        for k, count in enumerate(row.cells)
    ]


def _base(base: Count, unit: str) -> str:
    """A column's denominator under its head."""
    if unit == "mentions":
        return words.number(base.mentions)
    return _("of {n}").format(n=words.number(base.of(unit)))


def _share(table: Table, unit: str, rows: Sequence[Row], column: int, count: Count) -> float:
    """How dark a cell is: its share of the column's people or groups; of mentions, of the largest cell."""
    if unit == "mentions":
        most = max(c.mentions for row in rows for c in row.cells)
        return count.mentions / most if most > 0 else 0.0
    base = table.columns[column].base.of(unit)
    return count.of(unit) / base if base > 0 else 0.0


def themes_headline(bars: Sequence[Bar]) -> str:
    """What a chapter's bars show: the longest and how widely they were said; where that is hidden, only what they are of."""
    tops = [bar for bar in bars if not bar.depth]
    if tops[0].is_hidden:
        return _("What was said")
    best = [bar.label for bar in tops if bar.value == tops[0].value]
    if len(best) <= 2:
        return _("Most widely said: {themes}, {said}").format(themes=words.joined(best), said=tops[0].said)
    return ngettext(
        "Most widely said: {theme} and {n} other, {said}", "Most widely said: {theme} and {n} others, {said}", len(best) - 1
    ).format(theme=best[0], n=len(best) - 1, said=tops[0].said)  # fmt: skip
