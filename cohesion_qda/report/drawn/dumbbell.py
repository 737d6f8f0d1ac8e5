"""Dumbbells: two values of an attribute on one line for each code, each dot labelled with its own number."""

from __future__ import annotations

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Line, Part
from cohesion_qda.report import style
from cohesion_qda.report.drawn import reading
from cohesion_qda.report.drawn.reading import Told
from cohesion_qda.report.numbers import decimal, percent
from cohesion_qda.report.sheet import BODY, MARGIN, NOTE, SMALL, Sheet, block_height, line_height

_FILLS = (style.PALETTE[0], style.PALETTE[3])
_INKS = (style.ON_WHITE[0], style.ON_WHITE[3])
_RADIUS = 4.5
_LEAST_REACH = 90.0  # points


def draw(sheet: Sheet, y: float, part: Part, answer: Answer) -> Told:
    """The first two columns of counts (else of shares or numbers), placed as shares wherever they have denominators."""
    found = reading.columns(part, "count") if len(reading.columns(part, "count")) > 1 else reading.columns(part)
    if len(found) < 2 or not part.lines:
        raise reading.nothing()
    plot = _Plot(sheet, part, (found[0], found[1]))
    y = plot.names(y)
    top = y
    for line in part.lines:
        y = plot.line(y, line)
    y = plot.axis(top, y)
    numbers = [reading.in_words(part, line, plot.pair) for line in part.lines if not line.is_heading]
    return Told(_("Dumbbell chart"), tuple(numbers), y)


class _Plot:
    """The column of labels, the room for dots and the scale, which begins at zero."""

    def __init__(self, sheet: Sheet, part: Part, pair: tuple[int, int]) -> None:
        self.sheet, self.part, self.pair = sheet, part, pair
        cells = [(line.cells[n], part.heads[n]) for line in part.lines for n in pair]
        self.is_share = all(reading.share(c, h) is not None for c, h in cells if reading.value(c) is not None)
        numbers = [self._number(line, n) or 0.0 for line in part.lines for n in pair]
        self.most = 1.0 if self.is_share else float(max(numbers) or 1.0)
        room = max(style.text_width(self._short(line, n), SMALL, 600) for line in part.lines for n in pair) + 10
        needed = max(style.text_width(line.label, BODY) + self._indent(line) for line in part.lines)
        self.column = min(needed, sheet.inner * 0.36)
        self.left = MARGIN + self.column + 8 + room
        self.reach = max(_LEAST_REACH, sheet.width - MARGIN - room - self.left)
        sheet.widen(self.left + self.reach + room + MARGIN)

    def _indent(self, line: Line) -> float:
        return min(9.0 * line.depth, 45.0)

    def _number(self, line: Line, n: int) -> float | None:
        cell, head = line.cells[n], self.part.heads[n]
        return reading.share(cell, head) if self.is_share else reading.value(cell)

    def _short(self, line: Line, n: int) -> str:
        cell, head = line.cells[n], self.part.heads[n]
        of = cell.of or head.of
        if reading.value(cell) is None or head.form != "count" or not of:
            return reading.short(cell, head)
        return reading.counted_of("", int(reading.value(cell) or 0), of)

    def _x(self, number: float) -> float:
        return self.left + self.reach * number / self.most

    def names(self, y: float) -> float:
        """The names of the two values over the dots of the first line, spreading away from each other."""
        places = self._first_places()
        order = sorted((0, 1), key=lambda k: places[k])
        half = self.sheet.inner / 2 - 4
        wrapped = [style.wrap(self.part.heads[self.pair[k]].label, half, SMALL, 600) for k in order]
        wide = [max(style.text_width(line, SMALL, 600) for line in lines) for lines in wrapped]
        start = min(places[order[1]] - _RADIUS, self.sheet.width - MARGIN - wide[1])
        end = min(max(places[order[0]] + _RADIUS, MARGIN + wide[0]), max(start - 8, MARGIN + wide[0]))
        start = max(start, end + 8)
        height = max(block_height(lines, SMALL) for lines in wrapped)
        tops = [y + height - block_height(lines, SMALL) for lines in wrapped]
        self.sheet.text(end, tops[0], wrapped[0], SMALL, _INKS[order[0]], 600, "right")
        self.sheet.text(start, tops[1], wrapped[1], SMALL, _INKS[order[1]], 600)
        return y + height + 3

    def _first_places(self) -> list[float]:
        """Where the dots of the first line stand that has both; else the two ends."""
        for line in self.part.lines:
            numbers = [self._number(line, n) for n in self.pair]
            if None not in numbers:
                return [self._x(number or 0.0) for number in numbers]
        return [self.left, self.left + self.reach]

    def line(self, y: float, line: Line) -> float:
        """A code: its label, the line between its dots, the dots and their numbers."""
        weight = 600 if line.is_heading else 400
        lines = style.wrap(line.label, max(40.0, self.column - self._indent(line)), BODY, weight)
        height = max(18.0, block_height(lines, BODY) + 5)
        top = y + (height - block_height(lines, BODY)) / 2
        self.sheet.text(MARGIN + self._indent(line), top, lines, BODY, weight=weight)
        if line.is_heading:
            return y + height
        middle = y + height / 2
        numbers = [self._number(line, n) for n in self.pair]
        self.sheet.line(((self.left, middle), (self.left + self.reach, middle)), style.LINE, 0.75)
        shown = [(x, k) for k, x in enumerate(numbers) if x is not None]
        if len(shown) == 2:
            a, b = sorted(self._x(x) for x, _k in shown)
            self.sheet.line(((a, middle), (b, middle)), style.QUIET, 2.0)
        for place, (x, k) in enumerate(sorted(shown, key=lambda pair: pair[0])):
            is_same = len(shown) == 2 and abs(self._x(shown[0][0]) - self._x(shown[1][0])) < 1 and place == 1
            self.sheet.dot(self._x(x), middle, _RADIUS - 2 if is_same else _RADIUS, _FILLS[k])
            self._label(line, k, self._x(x), middle, is_left=place == 0 and len(shown) == 2)
        self._unshown(line, numbers, middle)
        self._spots(line, y, height, numbers)
        return y + height

    def _label(self, line: Line, k: int, x: float, middle: float, is_left: bool) -> None:
        text = self._short(line, self.pair[k])
        away = -(_RADIUS + 3) if is_left else _RADIUS + 3
        self.sheet.said(x + away, middle, text, SMALL, _INKS[k], 600, "right" if is_left else "left")

    def _unshown(self, line: Line, numbers: list[float | None], middle: float) -> None:
        """What has no dot is written at the right edge, whatever its size."""
        x = self.sheet.width - MARGIN
        for k in (1, 0):
            if numbers[k] is None:
                text = self._short(line, self.pair[k])
                self.sheet.said(x, middle, text, SMALL, _INKS[k], 600, "right")
                x -= style.text_width(text, SMALL, 600) + 5

    def _spots(self, line: Line, y: float, height: float, numbers: list[float | None]) -> None:
        for k, n in enumerate(self.pair):
            x = self._x(numbers[k] or 0.0) if numbers[k] is not None else self.sheet.width - MARGIN - 8 - 18 * (1 - k)
            said = reading.spoken(self.part, line, n)
            self.sheet.spot(x - 9, y, 18, height, line.cells[n].key, said)

    def axis(self, top: float, y: float) -> float:
        """The zero line, and the scale's ends."""
        self.sheet.line(((self.left, top), (self.left, y)), style.QUIET, 0.75)
        ends = (
            [percent(x) for x in (0.0, 1.0)]
            if self.is_share
            else ["0", decimal(int(self.most) if self.most.is_integer() else self.most)]
        )
        self.sheet.text(self.left, y + 1, [ends[0]], NOTE, style.TEXT2, align="center")
        self.sheet.text(self.left + self.reach, y + 1, [ends[1]], NOTE, style.TEXT2, align="center")
        return y + 1 + line_height(NOTE)
