"""Intervals: coefficients of agreement with how far chance could move them, on an axis that names the usual cut-offs."""

from __future__ import annotations

from math import floor

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Cell, Line, Part
from cohesion_qda.report import style
from cohesion_qda.report.drawing import Align
from cohesion_qda.report.drawn import reading
from cohesion_qda.report.drawn.reading import Told
from cohesion_qda.report.sheet import BODY, MARGIN, NOTE, SMALL, Sheet, block_height, line_height

_CUT_OFFS = (0.667, 0.8)  # Krippendorff's, for conclusions that are tentative and firm
ALIGNED: tuple[Align, Align] = ("right", "left")  # the names of the cut-offs, beside their lines
_LEAST_AXIS = 130.0  # points
_STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)  # Landis and Koch's


def draw(sheet: Sheet, y: float, part: Part, answer: Answer) -> Told:
    """All measures of the first line (all codes together), then one measure of every other line."""
    found = reading.columns(part, "number", "share")
    if not found or not part.lines:
        raise reading.nothing()
    plot = _Plot(sheet, part, found)
    y = plot.axis_above(y)
    top, under = y, sheet.painted
    y = plot.title(y, part.lines[0].label)
    for n in found:
        y = plot.row(y, part.heads[n].label, part.lines[0], n)
    if len(part.lines) > 1:
        chosen = _measure(part, found)
        y = plot.title(y + 6, _("Each code: {measure}").format(measure=part.heads[chosen].label))
        for line in part.lines[1:]:
            y = plot.row(y, line.label, line, chosen)
    bottom = plot.axis_below(top, y, under)
    bottom = sheet.note(bottom, plot.conventions())
    numbers = [reading.in_words(part, line, found) for line in part.lines]
    return Told(_("Coefficients with their intervals"), tuple(numbers), bottom)


def _measure(part: Part, found: list[int]) -> int:
    """The measure every code is shown by: Krippendorff's, which holds for any number of coders, else the first with an interval."""
    alpha = [n for n in found if "α" in part.heads[n].label or "Krippendorff" in part.heads[n].label]
    with_interval = [n for n in found if any(line.cells[n].low is not None for line in part.lines)]
    return (alpha or with_interval or found)[0]


def _names() -> tuple[str, ...]:
    return _("slight"), _("fair"), _("moderate"), _("substantial"), _("almost perfect")


def _cut_offs() -> tuple[str, str]:
    """What Krippendorff draws from α from each of his cut-offs on."""
    return _("α .667: tentative conclusions"), _("α .800: reliable")


class _Plot:
    """Labels at the left, values at the right, between them the axis up to 1."""

    def __init__(self, sheet: Sheet, part: Part, found: list[int]) -> None:
        self.sheet, self.part, self.start = sheet, part, 0.0
        cells = [line.cells[n] for line in part.lines for n in found]
        lows = [x for c in cells for x in (c.low, reading.value(c)) if x is not None and not c.is_hidden]
        self.low = min(0.0, floor(min(lows, default=0.0) * 5) / 5)
        labels = [*(line.label for line in part.lines[1:]), *(part.heads[n].label for n in found)]
        self.column = min(max(style.text_width(label, BODY) for label in labels), 0.34 * sheet.inner)
        said = [self._said(line.cells[n], n) for line in part.lines for n in found]
        self.room = max(style.text_width(text, SMALL) for text in said) + 8
        self.left = MARGIN + self.column + 12
        self.right = max(self.left + _LEAST_AXIS, sheet.width - MARGIN - self.room)
        sheet.widen(self.right + self.room + MARGIN)

    def _said(self, cell: Cell, n: int) -> str:
        return reading.said(cell, self.part.heads[n])

    def x(self, value: float) -> float:
        """Where a value stands."""
        return self.left + (self.right - self.left) * (value - self.low) / (1.0 - self.low)

    def title(self, y: float, words: str) -> float:
        """What the rows under it are of."""
        return self.sheet.text(MARGIN, y, style.wrap(words, self.sheet.inner, BODY, 600), BODY, weight=600) + 1

    def row(self, y: float, label: str, line: Line, n: int) -> float:
        """One value: its dot, its interval, and both in words."""
        cell = line.cells[n]
        lines = style.wrap(label, self.column, BODY)
        height = max(17.0, block_height(lines, BODY) + 4)
        self.sheet.text(MARGIN, y + (height - block_height(lines, BODY)) / 2, lines, BODY)
        middle = y + height / 2
        self.sheet.line(((self.left, middle), (self.right, middle)), style.LINE, 0.75)
        value = reading.value(cell)
        if cell.is_hidden:
            self.sheet.hidden(self.left, middle - 5, 18, 10)
        elif value is not None:
            if cell.low is not None and cell.high is not None:
                a, b = self.x(max(cell.low, self.low)), self.x(min(cell.high, 1.0))
                self.sheet.line(((a, middle), (b, middle)), style.QUIET, 2.5)
            self.sheet.dot(self.x(value), middle, 3.5, style.STRONG)
        ink = style.TEXT if value is not None else style.TEXT2
        self.sheet.said(self.right + 8, middle, self._said(cell, n), SMALL, ink)
        self.sheet.spot(MARGIN, y, self.sheet.inner, height, cell.key or line.key, reading.spoken(self.part, line, n))
        return y + height

    def axis_above(self, y: float) -> float:
        """What the dashed lines are, the first named to its left, the second to its right; and the scale's steps."""
        first, second = (self.x(cut) for cut in _CUT_OFFS)
        rooms = (first - MARGIN, self.sheet.width - MARGIN - second)
        names = [style.wrap(name, max(40.0, room), NOTE) for name, room in zip(_cut_offs(), rooms, strict=True)]
        height = max(block_height(lines, NOTE) for lines in names)
        for lines, x, align in zip(names, (first + 2, second - 2), ALIGNED, strict=True):
            top = y + height - block_height(lines, NOTE)
            self.sheet.text(x, top, lines, NOTE, style.ON_WHITE[2], align=align)
        self.start = y + height
        return self._steps(y + height + 1) + 3

    def _steps(self, y: float) -> float:
        """The numbers of the axis."""
        for step in _STEPS:
            self.sheet.text(self.x(step), y, [f"{step:g}"], NOTE, style.TEXT2, align="center")
        return y + line_height(NOTE)

    def conventions(self) -> str:
        """Whose the names and the dashed lines are."""
        listed = "; ".join(
            _("{low} to {high} {name}").format(low=f"{a:g}", high=f"{b:g}", name=name)
            for a, b, name in zip(_STEPS, _STEPS[1:], _names(), strict=False)
        )
        return _("The dashed lines are Krippendorff’s (2004), for α. For κ, Landis and Koch (1977) say: {names}. Conventions, no verdict.").format(names=listed)  # fmt: skip

    def axis_below(self, top: float, y: float, under: int) -> float:
        """The scale's lines and steps, and Krippendorff's two cut-offs as dashed lines."""
        for step in _STEPS:
            self.sheet.rule(((self.x(step), top), (self.x(step), y)), style.LINE, 0.5, under)
        for cut in _CUT_OFFS:
            self.sheet.line(((self.x(cut), self.start), (self.x(cut), y)), style.PALETTE[2], 0.75, (3.0, 2.0))
        return self._steps(y + 1)
