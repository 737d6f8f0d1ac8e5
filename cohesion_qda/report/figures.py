"""Figures: ranked bars and heat maps, labelled directly, with every count beside its denominator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.table import Count, Row, Table
from cohesion_qda.report import style, words
from cohesion_qda.report.canvas import Align, Canvas, line_height
from cohesion_qda.report.picture import Picture

NARROW, WIDE = 3.1, 6.5
"""Widths in inches: half a page, for two side by side, and a whole one."""
MOST_BARS = 36
_MARGIN = 2.0
_HEAD, _BODY, _SMALL = 11.0, 9.0, 8.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `value` of `of` (0: there is no denominator), with `said` written at its end. `depth` above 0 is a part
    of the bar before it.
    """

    label: str
    value: int
    of: int
    said: str
    depth: int = 0


def bars_of(rows: Sequence[tuple[str, int, Count]], unit: str, base: Count) -> list[Bar]:
    """Bars for (label, depth, count) in one unit."""
    total = 0 if unit == "mentions" else base.of(unit)
    return [Bar(label, said.of(unit), total, words.out_of(unit, said, base), depth) for label, depth, said in rows]


def ranked_bars(
    bars: Sequence[Bar], *, headline: str, subtitle: str, width: float = WIDE, is_ranking: bool = True
) -> Picture:
    """Horizontal bars in the order given, from a zero baseline, each with its label and count; `width` in inches.
    A ranking has its longest bars in the stronger colour.

    Raises ValueError when there are none.
    """
    if not bars:
        raise ValueError("no bars to draw")
    alt = _bars_alt(bars, headline, subtitle)
    with style.drawing():
        draw = _beside if width > 4.5 else _stacked
        return draw(bars, headline, subtitle, width * 72, is_ranking).picture(headline, alt)


def _bars_alt(bars: Sequence[Bar], headline: str, subtitle: str) -> str:
    listed = "; ".join(_("{label}: {said}").format(label=bar.label, said=bar.said) for bar in bars)
    return _("Bar chart. {headline}. {subtitle}. {listed}.").format(
        headline=headline.rstrip("."), subtitle=subtitle.rstrip("."), listed=listed
    )


def _scale(bars: Sequence[Bar]) -> int:
    return max(1, *(max(bar.value, bar.of) for bar in bars))


def _colour(bars: Sequence[Bar], n: int, is_ranking: bool) -> str:
    """Navy for the first bar and those as long; where bars have parts, for every whole and the quieter blue for the parts."""
    if any(bar.depth for bar in bars):
        return style.QUIET if bars[n].depth else style.STRONG
    return style.STRONG if not is_ranking or bars[n].value == bars[0].value else style.QUIET


def _head_height(headline: list[str], subtitle: list[str]) -> float:
    return _MARGIN + len(headline) * line_height(_HEAD) + 2 + len(subtitle) * line_height(_SMALL) + 10


def _draw_head(canvas: Canvas, headline: list[str], subtitle: list[str]) -> float:
    y = canvas.text(_MARGIN, _MARGIN, headline, _HEAD, weight=600)
    return canvas.text(_MARGIN, y + 2, subtitle, _SMALL, style.TEXT2) + 10


def _heads(headline: str, subtitle: str, width: float) -> tuple[list[str], list[str]]:
    inner = width - 2 * _MARGIN
    return style.wrap(headline, inner, _HEAD, 600), style.wrap(subtitle, inner, _SMALL)


def _stacked(bars: Sequence[Bar], headline: str, subtitle: str, width: float, is_ranking: bool) -> Canvas:
    """Each label above its bar: for narrow pictures and long names."""
    top, under = _heads(headline, subtitle, width)
    inner = width - 2 * _MARGIN
    weights = [600 if not bar.depth and any(b.depth for b in bars) else 400 for bar in bars]
    labels = [style.wrap(bar.label, inner, _BODY, weight) for bar, weight in zip(bars, weights, strict=True)]
    said_width = max(style.text_width(bar.said, _SMALL) for bar in bars) + 6
    reach = inner - said_width
    thick, gap = 9.0, 7.0
    height = _head_height(top, under) + sum(len(lines) * line_height(_BODY) + thick + gap + 1 for lines in labels)
    canvas = Canvas(width, height)
    y = _draw_head(canvas, top, under)
    for n, bar in enumerate(bars):
        y = canvas.text(_MARGIN, y, labels[n], _BODY, weight=weights[n]) + 1
        _bar(canvas, _MARGIN, y, reach, thick, bar, _scale(bars), _colour(bars, n, is_ranking))
        y += thick + gap
    return canvas


def _beside(bars: Sequence[Bar], headline: str, subtitle: str, width: float, is_ranking: bool) -> Canvas:
    """Labels in a column of their own, as wide as the longest needs up to two fifths of the picture."""
    top, under = _heads(headline, subtitle, width)
    inner = width - 2 * _MARGIN
    parts = any(bar.depth for bar in bars)
    weights = [600 if parts and not bar.depth else 400 for bar in bars]
    indents = [10.0 * bar.depth for bar in bars]
    needed = max(style.text_width(bar.label, _BODY, w) + i for bar, w, i in zip(bars, weights, indents, strict=True))
    column = min(needed, inner * 0.4)
    labels = [
        style.wrap(bar.label, max(40.0, column - i), _BODY, w) for bar, w, i in zip(bars, weights, indents, strict=True)
    ]
    said_width = max(style.text_width(bar.said, _SMALL) for bar in bars) + 6
    reach = inner - column - 10 - said_width
    thick, gap = 10.0, 6.0
    rows = [max(thick, len(lines) * line_height(_BODY)) for lines in labels]
    spaces = [gap + (4 if parts and n and not bars[n].depth else 0) for n in range(len(bars))]
    canvas = Canvas(width, _head_height(top, under) + sum(rows) + sum(spaces))
    y = _draw_head(canvas, top, under)
    for n, bar in enumerate(bars):
        y += spaces[n] - gap
        canvas.text(_MARGIN + indents[n], y, labels[n], _BODY, weight=weights[n])
        _bar(canvas, _MARGIN + column + 10, y + 0.8, reach, thick, bar, _scale(bars), _colour(bars, n, is_ranking))
        y += rows[n] + gap
    return canvas


def _bar(canvas: Canvas, x: float, y: float, reach: float, thick: float, bar: Bar, scale: int, colour: str) -> None:
    if bar.of:
        canvas.box(x, y, reach * bar.of / scale, thick, style.LINE)
    length = reach * bar.value / scale
    canvas.box(x, y, length, thick, colour)
    end = reach * bar.of / scale if bar.of else length
    canvas.text(x + end + 5, y + thick / 2 - 0.64 * _SMALL, [bar.said], _SMALL)


def heat_map(table: Table, unit: str, *, headline: str, subtitle: str, rows: Sequence[Row] | None = None) -> Picture:
    """Codes by the values of an attribute: each cell with its number, darker for a larger share of the column's
    denominator, which stands in the column's head. `rows` are the table's, in the order to show.

    Raises ValueError when there is no row or no column.
    """
    shown = list(table.rows if rows is None else rows)
    if not shown or not table.columns:
        raise ValueError("nothing to draw")
    alt = _map_alt(table, unit, shown, headline, subtitle)
    with style.drawing():
        return _draw_map(table, unit, shown, headline, subtitle).picture(headline, alt)


def _map_alt(table: Table, unit: str, rows: Sequence[Row], headline: str, subtitle: str) -> str:
    lines = []
    for row in rows:
        cells = ", ".join(
            f"{column.label} {words.slashed(unit, cell, column.base)}"
            for column, cell in zip(table.columns, row.cells, strict=True)
        )
        lines.append(_("{label}: {said}").format(label=row.name, said=cells))
    return _("Heat map. {headline}. {subtitle}. {listed}.").format(
        headline=headline.rstrip("."), subtitle=subtitle.rstrip("."), listed="; ".join(lines)
    )


def _draw_map(table: Table, unit: str, rows: Sequence[Row], headline: str, subtitle: str) -> Canvas:
    least = min(row.depth for row in rows)
    indents = [9.0 * (row.depth - least) for row in rows]
    weights = [600 if row.depth == least and max(indents) else 400 for row in rows]
    needed = max(style.text_width(r.name, _BODY, w) + i for r, w, i in zip(rows, weights, indents, strict=True))
    column = min(needed, 180.0)
    n = len(table.columns)
    longest = max(style.text_width(word, _SMALL, 600) for c in table.columns for word in c.label.split() or [""])
    cell = max(44.0, min(longest + 8, 120.0), min(96.0, (WIDE * 72 - 2 * _MARGIN - column - 8) / n))
    width = 2 * _MARGIN + column + 8 + n * cell
    top, under = _heads(headline, subtitle, max(width, 280.0))
    width = max(width, 280.0)
    labels = [
        style.wrap(r.name, max(40.0, column - i), _BODY, w) for r, w, i in zip(rows, weights, indents, strict=True)
    ]
    heads = [
        (style.wrap(c.label, cell - 4, _SMALL, 600), style.wrap(_base(c.base, unit), cell - 4, 7.5))
        for c in table.columns
    ]
    head_height = max(len(a) * line_height(_SMALL) + len(b) * line_height(7.5) for a, b in heads) + 5
    heights = [max(18.0, len(lines) * line_height(_BODY) + 5) for lines in labels]
    canvas = Canvas(width, _head_height(top, under) + head_height + sum(heights) + _MARGIN)
    y = _draw_head(canvas, top, under)
    left = _MARGIN + column + 8
    for k, (name, base) in enumerate(heads):
        taken = len(name) * line_height(_SMALL) + len(base) * line_height(7.5)
        x = left + (k + 0.5) * cell
        down = canvas.text(x, y + head_height - 5 - taken, name, _SMALL, weight=600, align="center")
        canvas.text(x, down, base, 7.5, style.TEXT2, align="center")
    y += head_height
    for r, row in enumerate(rows):
        middle = (heights[r] - len(labels[r]) * line_height(_BODY)) / 2
        canvas.text(_MARGIN + indents[r], y + middle, labels[r], _BODY, weight=weights[r])
        for k, count in enumerate(row.cells):
            _cell(canvas, left + k * cell, y, cell, heights[r], count.of(unit), _share(table, unit, rows, k, count))
        y += heights[r]
    return canvas


def _base(base: Count, unit: str) -> str:
    """A column's denominator under its head."""
    if unit == "mentions":
        return words.number(base.mentions)
    return _("of {n}").format(n=words.number(base.of(unit)))


def _share(table: Table, unit: str, rows: Sequence[Row], column: int, count: Count) -> float:
    """How dark a cell is: its share of the column's people or groups; of mentions, of the largest cell."""
    if unit == "mentions":
        most = max(c.mentions for row in rows for c in row.cells)
        return count.mentions / most if most else 0.0
    base = table.columns[column].base.of(unit)
    return count.of(unit) / base if base else 0.0


def _cell(canvas: Canvas, x: float, y: float, width: float, height: float, n: int, share: float) -> None:
    colour = style.TEXT2
    if n:
        fill = style.shade(share)
        canvas.box(x + 0.75, y + 0.75, width - 1.5, height - 1.5, fill)
        colour = style.DARK_ON_TINT
    align: Align = "center"
    canvas.text(x + width / 2, y + (height - line_height(_BODY)) / 2, [words.number(n)], _BODY, colour, 400, align)


def themes_headline(bars: Sequence[Bar]) -> str:
    """What a chapter's bars show: the longest and how widely they were said."""
    tops = [bar for bar in bars if not bar.depth]
    best = [bar.label for bar in tops if bar.value == tops[0].value]
    if len(best) <= 2:
        return _("Most widely said: {themes}, {said}").format(themes=words.joined(best), said=tops[0].said)
    return ngettext(
        "Most widely said: {theme} and {n} other, {said}", "Most widely said: {theme} and {n} others, {said}", len(best) - 1
    ).format(theme=best[0], n=len(best) - 1, said=tops[0].said)  # fmt: skip
