"""Timelines: what came in and what was said by date, a lane for each column, a dot's area in proportion to its number."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Cell, Head, Line, Part
from cohesion_qda.report import style
from cohesion_qda.report.drawn import reading
from cohesion_qda.report.drawn.placing import Rect, Taken, around
from cohesion_qda.report.drawn.reading import Told
from cohesion_qda.report.sheet import BODY, MARGIN, NOTE, Sheet, block_height, line_height

MOST_LANES = 30
_LARGEST, _LARGE, _SMALLEST = (
    7.5,
    3.0,
    1.5,
)  # radii: the largest dot, where days are far from each other and where they are not
_LANE = 38.0


def draw(sheet: Sheet, y: float, part: Part, answer: Answer) -> Told:
    """Days stand to scale, by the ISO date in each line's `path`; what has no date stands apart at the right."""
    columns = reading.columns(part, "count")[:MOST_LANES]
    dated = [line for line in part.lines if _day(line) is not None]
    if not columns or not dated:
        raise reading.nothing()
    plot = _Plot(sheet, part, columns)
    top = y
    over = ""
    for column in columns:
        y = plot.over(y, column) if part.heads[column].over != over else y
        over = part.heads[column].over
        y = plot.lane(y, column)
    plot.bounds(top, y)
    bottom = sheet.note(plot.days(y), plot.rest())
    numbers = [reading.in_words(part, line, columns) for line in part.lines]
    return Told(_("Timeline"), tuple(numbers), bottom)


def _day(line: Line) -> int | None:
    try:
        return datetime.date.fromisoformat(line.path[:10]).toordinal()
    except ValueError:
        return None


class _Plot:
    """Lanes along the days."""

    def __init__(self, sheet: Sheet, part: Part, columns: Sequence[int]) -> None:
        self.sheet, self.part = sheet, part
        labels = [part.heads[n].label for n in columns]
        self.column = min(max(style.text_width(label, BODY) for label in labels), 0.3 * sheet.inner)
        self.undated = [line for line in part.lines if _day(line) is None]
        self.left = MARGIN + self.column + 26
        self.right = sheet.width - MARGIN - 24 - (58 if self.undated else 0)
        days = [day for line in part.lines if (day := _day(line)) is not None]
        self.first, self.last, self.is_told = min(days), max(days), True
        places = sorted(set(map(self.x, part.lines)))
        gap = min((b - a for a, b in pairwise(places)), default=2 * _LARGEST)
        self.largest = min(_LARGEST, max(_LARGE, gap / 2 - 0.5))
        self.most: dict[str, float] = {}
        for n in columns:
            unit = part.heads[n].unit or str(n)
            numbers = [reading.value(line.cells[n]) or 0.0 for line in part.lines]
            self.most[unit] = max(self.most.get(unit, 0.0), *numbers)

    def x(self, line: Line) -> float:
        """Where a line stands along the days."""
        day = _day(line)
        if day is None:
            return self.sheet.width - MARGIN - 28
        span = self.last - self.first
        return self.left + (self.right - self.left) * ((day - self.first) / span if span else 0.5)

    def over(self, y: float, column: int) -> float:
        """What the columns from here on have over them."""
        lines = style.wrap(self.part.heads[column].over, self.sheet.inner, BODY, 600)
        return self.sheet.text(MARGIN, y + 4, lines, BODY, weight=600) if self.part.heads[column].over else y

    def lane(self, y: float, column: int) -> float:
        """One column: its name, and a dot for each day with its number over it, or under it where another is in the way."""
        head = self.part.heads[column]
        label = style.wrap(head.label, self.column, BODY)
        height = max(_LANE, block_height(label, BODY) + 6)
        middle = y + height / 2 + 5
        self.sheet.text(MARGIN, middle - block_height(label, BODY) / 2, label, BODY)
        self.sheet.line(((self.left - 12, middle), (self.right + 12, middle)), style.LINE, 0.75)
        taken = Taken(Rect(0, y - 4, self.sheet.width, height + 8))
        for line in sorted(self.part.lines, key=lambda line: -(reading.value(line.cells[column]) or 0.0)):
            self._dot(line, line.cells[column], head, column, middle, taken)
        return y + height

    def _dot(self, line: Line, cell: Cell, head: Head, column: int, middle: float, taken: Taken) -> None:
        x, number = self.x(line), reading.value(cell)
        most = self.most[head.unit or str(column)]
        radius = _SMALLEST
        if cell.is_hidden:
            self.sheet.hidden(x - 5, middle - 5, 10, 10)
            radius = 5.0
        elif number and most:
            radius = max(_SMALLEST, self.largest * sqrt(number / most))
            self.sheet.dot(x, middle, radius, style.STRONG, style.PAPER, 0.75)
        text = reading.short(cell, head)
        tried = [(x, middle - radius - 5.5), (x, middle + radius + 5.5)]
        room = style.text_width(text, NOTE) + 3, line_height(NOTE) - 1
        free = next((at for at in tried if taken.is_free(around(*at, *room))), None)
        if (number or cell.is_hidden) and free:
            taken.take(around(*free, *room))
            self.sheet.said(*free, text, NOTE, style.TEXT, 400, "center")
        self.is_told = self.is_told and (free is not None or not (number or cell.is_hidden))
        said = reading.spoken(self.part, line, column)
        self.sheet.spot(x - 8, middle - 14, 16, 24, cell.key, said)

    def rest(self) -> str:
        """What the figure leaves to the table."""
        return "" if self.is_told else _("Numbers that have no room here are in the table.")

    def bounds(self, top: float, bottom: float) -> None:
        """What has no date is set apart."""
        if self.undated:
            x = self.sheet.width - MARGIN - 58
            self.sheet.line(((x, top), (x, bottom)), style.QUIET, 0.75, (2.0, 2.0))

    def days(self, y: float) -> float:
        """The days under the axis, as many as stand clear of each other; the first and the last always."""
        self.sheet.line(((self.left - 12, y + 2), (self.right + 12, y + 2)), style.QUIET, 0.75)
        dated = [line for line in self.part.lines if _day(line) is not None]
        ordered = [dated[0], *([dated[-1]] if len(dated) > 1 else []), *dated[1:-1], *self.undated[:1]]
        taken = Taken(Rect(0, y, self.sheet.width, 400))
        lowest = y
        for line in ordered:
            words = style.wrap(line.label, 56, NOTE)
            wide, tall = max(style.text_width(w, NOTE) for w in words), block_height(words, NOTE)
            x = min(max(self.x(line), MARGIN + wide / 2), self.sheet.width - MARGIN - wide / 2)
            rect = around(x, y + 4 + tall / 2, wide, tall)
            if taken.is_free(rect):
                taken.take(rect)
                self.sheet.line(((self.x(line), y + 2), (self.x(line), y + 5)), style.QUIET, 0.75)
                self.sheet.text(x, y + 4, words, NOTE, style.TEXT2, align="center")
                lowest = max(lowest, y + 4 + tall)
        return lowest
