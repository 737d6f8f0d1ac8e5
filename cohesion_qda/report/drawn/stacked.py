"""What each person answered, as a grid of marks; and lines divided into what they are made of."""

from __future__ import annotations

from collections.abc import Sequence

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Cell, Line, Part
from cohesion_qda.report import style, words
from cohesion_qda.report.drawn import reading
from cohesion_qda.report.drawn.reading import Told
from cohesion_qda.report.sheet import BODY, MARGIN, NOTE, SMALL, Sheet, block_height

_MARK = 13.0  # points: the side of a mark
_PAPER_OR_DARK = (style.PAPER, style.DARK_ON_TINT)


def draw(sheet: Sheet, y: float, part: Part, answer: Answer) -> Told:
    """With a column of words (who answers how): a grid. Without: each line divided in its columns."""
    found = reading.columns(part, "count", "share")
    if not found or not part.lines:
        raise reading.nothing()
    texts = [n for n, head in enumerate(part.heads) if head.form == "text"]
    if not texts:
        return divided(sheet, y, part)
    y = _Grid(sheet, part, found, texts[-1]).draw(y)
    return Told(_("Responses"), _numbers(part, [*found, texts[-1]]), y)


def divided(sheet: Sheet, y: float, part: Part, *, is_rest_last: bool = False) -> Told:
    """Each line divided in its columns; with `is_rest_last` the last of them is what is left, and pale."""
    found = reading.columns(part, "count", "share")
    fills = [style.PALETTE[k % len(style.PALETTE)] for k in range(len(found))]
    inks = [style.ON_WHITE[k % len(style.ON_WHITE)] for k in range(len(found))]
    if is_rest_last:
        fills[-1], inks[-1] = style.LINE, style.TEXT2
    return Told(_("Divided bars"), _numbers(part, found), _Divided(sheet, part, found, fills, inks).draw(y))


def _numbers(part: Part, shown: Sequence[int]) -> tuple[str, ...]:
    return tuple(reading.in_words(part, line, [n for n in shown if _is_told(line.cells[n])]) for line in part.lines)


def _is_told(cell: Cell) -> bool:
    return cell.value is not None or cell.is_hidden


def _ink(fill: str) -> str:
    return max(_PAPER_OR_DARK, key=lambda colour: style.contrast(colour, fill))


class _Grid:
    """A row for each person, a column for each kind of answer, and at the end the row in words."""

    def __init__(self, sheet: Sheet, part: Part, found: Sequence[int], told: int) -> None:
        self.sheet, self.part, self.found, self.told = sheet, part, found, told
        names = [line.label for line in part.lines]
        self.column = min(max(style.text_width(name, BODY) for name in names), 0.3 * sheet.inner)
        said = [reading.short(line.cells[told], part.heads[told]) for line in part.lines]
        self.room = min(max(style.text_width(text, SMALL) for text in said), 0.26 * sheet.inner)
        left = MARGIN + self.column + 8
        word = max(style.text_width(w, SMALL, 600) for n in found for w in part.heads[n].label.split() or [""])
        self.wide = max(
            _MARK + 6, min(word + 6, 110.0), min(82.0, (sheet.width - MARGIN - self.room - 8 - left) / len(found))
        )
        self.places = [left + (k + 0.5) * self.wide for k in range(len(found))]
        self.end = left + self.wide * len(found) + 8
        sheet.widen(self.end + self.room + MARGIN)

    def draw(self, y: float) -> float:
        y, above = self._heads(y), ""
        for line in self.part.lines:
            over = reading.over(self.part, line) if self.told else ""
            if over and over != above:
                lines = style.wrap(over, self.sheet.inner, BODY, 600)
                y, above = self.sheet.text(MARGIN, y + 5, lines, BODY, weight=600) + 1, over
            y = self._line(y, line)
        return y

    def _heads(self, y: float) -> float:
        wrapped = [style.wrap(self.part.heads[n].label, self.wide - 4, SMALL, 600) for n in self.found]
        height = max(block_height(lines, SMALL) for lines in wrapped)
        for k, (x, lines) in enumerate(zip(self.places, wrapped, strict=True)):
            top = y + height - block_height(lines, SMALL)
            self.sheet.text(x, top, lines, SMALL, style.ON_WHITE[k % len(style.ON_WHITE)], 600, "center")
        return y + height + 4

    def _line(self, y: float, line: Line) -> float:
        name = style.wrap(line.label, self.column, BODY)
        told = style.wrap(reading.short(line.cells[self.told], self.part.heads[self.told]), self.room, SMALL)
        height = max(_MARK + 4, block_height(name, BODY) + 4, block_height(told, SMALL) + 4)
        middle = y + height / 2
        self.sheet.text(MARGIN, middle - block_height(name, BODY) / 2, name, BODY)
        self.sheet.text(self.end, middle - block_height(told, SMALL) / 2, told, SMALL, style.TEXT2)
        for k, n in enumerate(self.found):
            self._mark(line, n, k, middle, height)
        self.sheet.line(((MARGIN, y + height), (self.sheet.width - MARGIN, y + height)), style.LINE, 0.5)
        return y + height

    def _mark(self, line: Line, n: int, k: int, middle: float, height: float) -> None:
        cell, head, x = line.cells[n], self.part.heads[n], self.places[k]
        fill = style.PALETTE[k % len(style.PALETTE)]
        if cell.is_hidden:
            self.sheet.hidden(x - _MARK / 2, middle - _MARK / 2, _MARK, _MARK)
            self.sheet.said(x, middle, reading.HIDDEN, SMALL, style.TEXT, 400, "center")
        elif reading.value(cell):
            text = reading.short(cell, head)
            wide = max(_MARK, style.text_width(text, SMALL, 600) + 5)
            self.sheet.box(x - wide / 2, middle - _MARK / 2, wide, _MARK, fill)
            self.sheet.said(x, middle, text, SMALL, _ink(fill), 600, "center")
        elif cell.value is not None:
            self.sheet.said(x, middle, "·", SMALL, style.TEXT2, 400, "center")
        said = reading.spoken(self.part, line, n)
        self.sheet.spot(x - self.wide / 2, middle - height / 2, self.wide, height, cell.key, said)


class _Divided:
    """A bar for each line, divided in its columns, each piece with its number where there is room; all as long as their sums."""

    def __init__(
        self, sheet: Sheet, part: Part, found: Sequence[int], fills: Sequence[str], inks: Sequence[str]
    ) -> None:
        self.sheet, self.part, self.found = sheet, part, found
        self.fills, self.inks = fills, inks
        self.column = min(max(style.text_width(line.label, BODY) for line in part.lines), 0.32 * sheet.inner)
        self.left = MARGIN + self.column + 10
        self.sums = [self._sum(line) for line in part.lines]
        self.room = max(style.text_width(self._end(line), SMALL) for line in part.lines) + 6
        self.reach = sheet.width - MARGIN - self.room - self.left
        self.most = max(self.sums) or 1.0

    def _sum(self, line: Line) -> float:
        return sum(reading.value(line.cells[n]) or 0.0 for n in self.found)

    def _end(self, line: Line) -> str:
        if any(line.cells[n].is_hidden for n in self.found):
            return reading.HIDDEN
        return words.number(int(self._sum(line)))

    def draw(self, y: float) -> float:
        y = self._heads(y)
        for line in self.part.lines:
            y = self._line(y, line)
        return y

    def _heads(self, y: float) -> float:
        """The columns' names in their colours, in the order in which the pieces stand."""
        x = MARGIN
        for k, n in enumerate(self.found):
            name = self.part.heads[n].label
            wide = style.text_width(name, SMALL, 600) + 13
            if x > MARGIN and x + wide > self.sheet.width - MARGIN:
                x, y = MARGIN, y + 12
            self.sheet.box(x, y + 1.5, 8, 8, self.fills[k])
            lines = style.wrap(name, self.sheet.inner - 11, SMALL, 600)
            self.sheet.text(x + 11, y, lines, SMALL, self.inks[k], 600)
            y += block_height(lines[1:], SMALL)
            x += wide + 8
        return y + 18

    def _line(self, y: float, line: Line) -> float:
        label = style.wrap(line.label, self.column, BODY)
        height = max(14.0, block_height(label, BODY))
        self.sheet.text(MARGIN, y + (height - block_height(label, BODY)) / 2, label, BODY)
        x, middle = self.left, y + height / 2
        is_hidden = any(line.cells[n].is_hidden for n in self.found)
        if is_hidden:
            self.sheet.hidden(x, middle - 6, 18, 12)
            x += 18
        for k, n in enumerate(self.found):
            cell = line.cells[n]
            length = 0.0 if is_hidden else self.reach * (reading.value(cell) or 0.0) / self.most
            if length:
                self.sheet.box(x, middle - 6, length, 12, self.fills[k])
                text = reading.short(cell, self.part.heads[n])
                if style.text_width(text, NOTE) + 3 <= length:
                    self.sheet.said(x + length / 2, middle, text, NOTE, _ink(self.fills[k]), 600, "center")
            said = reading.spoken(self.part, line, n)
            if length or cell.is_hidden:
                self.sheet.spot(x if length else self.left, middle - 8, length or 18, 16, cell.key, said)
            x += length
        self.sheet.said(x + 5, middle, self._end(line))
        return y + height + 6
