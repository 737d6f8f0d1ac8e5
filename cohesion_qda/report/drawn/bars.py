"""Bars: horizontal, ranked as their lines stand, each labelled directly, from a zero baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Answer, Key, Line, Part
from cohesion_qda.report import style, words
from cohesion_qda.report.drawn import reading
from cohesion_qda.report.drawn.reading import Told
from cohesion_qda.report.sheet import BODY, MARGIN, SMALL, Sheet, block_height

MOST = 100
_BESIDE = 4.5 * 72  # wider than this, labels stand beside their bars


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `value` of `of` (0: there is no denominator), with `said` written at its end. `depth` above 0 is a part
    of the bar before it. A `value` of None is written and not drawn; `is_hidden` says why. `over` is said once over the
    bars that share it, which are ranked among themselves. One that `is_heading` is only its label.
    """

    label: str
    value: float | None
    of: float
    said: str
    depth: int = 0
    key: Key = ()
    is_hidden: bool = False
    over: str = ""
    is_heading: bool = False


def draw(sheet: Sheet, y: float, part: Part, answer: Answer) -> Told:
    """The bars of the total, where there is one; else of the column in the unit asked for (else of shares, else the first
    of numbers).
    """
    column = _column(part, answer.asked.unit)
    head = part.heads[column]
    bars = []
    for line in part.lines[:MOST]:
        cell = line.cells[column]
        if line.is_heading:
            bars.append(Bar(line.label, None, 0.0, "", line.depth, is_heading=True))
            continue
        of = 1.0 if head.form == "share" else float(cell.of or head.of or 0) if head.unit != "mentions" else 0.0
        bars.append(
            Bar(line.label, reading.value(cell), of, reading.said(cell, head), line.depth, cell.key, cell.is_hidden, reading.over(part, line))
        )  # fmt: skip
    y = lay(sheet, y, bars)
    if len(part.lines) > MOST:
        y = sheet.note(y, ngettext("The first {n} of {total} line; the table has all.", "The first {n} of {total} lines; the table has all.", len(part.lines)).format(n=MOST, total=words.number(len(part.lines))))  # fmt: skip
    numbers = [_told(part, line, column) for line in part.lines if not line.is_heading]
    return Told(_("Bar chart"), tuple(numbers), y)


def _told(part: Part, line: Line, column: int) -> str:
    over, said = reading.over(part, line), reading.said(line.cells[column], part.heads[column])
    label = _("{over}, {column}").format(over=over, column=line.label) if over else line.label
    return reading.line_of(label, [said])


def _column(part: Part, unit: str) -> int:
    found = reading.columns(part)
    if not found or not part.lines:
        raise reading.nothing()
    first = [n for n in found if part.heads[n].unit == unit] or reading.columns(part, "share") or found
    return min(reading.totals(part), default=first[0])


def lay(sheet: Sheet, y: float, bars: Sequence[Bar], is_ranking: bool = True) -> float:
    """Bars in the order given. In a ranking the longest have the stronger colour. Gives the `y` under the last."""
    look = _Look(bars, is_ranking)
    return (_beside if sheet.width > _BESIDE else _above)(sheet, y, bars, look)


class _Look:
    """What the bars of one figure share: their scale, their colours and the weights of their labels."""

    def __init__(self, bars: Sequence[Bar], is_ranking: bool) -> None:
        values = [bar.value or 0.0 for bar in bars]
        self.scale = max([*values, *(bar.of for bar in bars)]) or 1.0
        self._has_parts = any(bar.depth for bar in bars)
        self._over = {bar.label for bar, after in pairwise(bars) if after.depth > bar.depth}
        self._is_ranking = is_ranking
        self._most: dict[str, float] = {}
        for bar in bars:
            self._most[bar.over] = max(self._most.get(bar.over, 0.0), bar.value or 0.0)
        self.room = max(style.text_width(bar.said, SMALL) for bar in bars) + 6

    def colour(self, bar: Bar) -> str:
        if self._has_parts:
            return style.QUIET if bar.depth else style.STRONG
        return style.QUIET if self._is_ranking and bar.value != self._most[bar.over] else style.STRONG

    def weight(self, bar: Bar) -> int:
        return 600 if bar.is_heading or (not bar.depth and bar.label in self._over) else 400

    def starts_family(self, bar: Bar) -> bool:
        return self._has_parts and not bar.depth


def _above(sheet: Sheet, y: float, bars: Sequence[Bar], look: _Look) -> float:
    """Each label above its bar: for narrow pictures and long names."""
    thick, gap = 9.0, 7.0
    for n, bar in enumerate(bars):
        y = top = _heading(sheet, y, bars, n)
        lines = style.wrap(bar.label, sheet.inner, BODY, look.weight(bar))
        y = sheet.text(MARGIN, y, lines, BODY, weight=look.weight(bar)) + 1
        _bar(sheet, MARGIN, y, sheet.inner - look.room, thick, bar, look)
        y += gap + (0.0 if bar.is_heading else thick)
        if not bar.is_heading:
            sheet.spot(MARGIN, top, sheet.inner, y - gap - top, bar.key, reading.line_of(bar.label, [bar.said]))
    return y


def _beside(sheet: Sheet, y: float, bars: Sequence[Bar], look: _Look) -> float:
    """Labels in a column of their own, as wide as the longest needs up to two fifths of the picture."""
    thick, gap = 10.0, 6.0
    indents = [min(10.0 * bar.depth, 60.0) for bar in bars]
    needed = max(style.text_width(b.label, BODY, look.weight(b)) + i for b, i in zip(bars, indents, strict=True))
    column = min(needed, sheet.inner * 0.4)
    reach = sheet.inner - column - 10 - look.room
    for n, (bar, indent) in enumerate(zip(bars, indents, strict=True)):
        y = _heading(sheet, y, bars, n) + (4 if n and look.starts_family(bar) else 0)
        lines = style.wrap(bar.label, max(40.0, column - indent), BODY, look.weight(bar))
        sheet.text(MARGIN + indent, y, lines, BODY, weight=look.weight(bar))
        _bar(sheet, MARGIN + column + 10, y + 0.8, reach, thick, bar, look)
        height = max(thick, block_height(lines, BODY))
        if not bar.is_heading:
            sheet.spot(MARGIN, y, sheet.inner, height, bar.key, reading.line_of(bar.label, [bar.said]))
        y += height + gap
    return y


def _heading(sheet: Sheet, y: float, bars: Sequence[Bar], n: int) -> float:
    """What stands over this bar and those after it, where it is not what stood over the last."""
    if not bars[n].over or (n and bars[n - 1].over == bars[n].over):
        return y
    return (
        sheet.text(MARGIN, y + (6 if n else 0), style.wrap(bars[n].over, sheet.inner, BODY, 600), BODY, weight=600) + 2
    )


def _bar(sheet: Sheet, x: float, y: float, reach: float, thick: float, bar: Bar, look: _Look) -> None:
    """One bar on the track of its denominator; what has no number is written at the baseline, and has no length."""
    if bar.is_heading:
        return
    if bar.value is None:
        if bar.is_hidden:
            sheet.hidden(x, y, 18.0, thick)
        sheet.said(x + (23 if bar.is_hidden else 0), y + thick / 2, bar.said, SMALL, style.TEXT2)
        return
    if bar.of:
        sheet.box(x, y, reach * bar.of / look.scale, thick, style.LINE)
    length = reach * bar.value / look.scale
    sheet.box(x, y, length, thick, look.colour(bar))
    end = reach * bar.of / look.scale if bar.of else length
    sheet.said(x + max(end, length) + 5, y + thick / 2, bar.said)
