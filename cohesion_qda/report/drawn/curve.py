"""Saturation curves: all codes found so far, group by group, over the band that other orders of the groups would give."""

from __future__ import annotations

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Part
from cohesion_qda.report import style
from cohesion_qda.report.drawn import reading
from cohesion_qda.report.drawn.reading import Told
from cohesion_qda.report.sheet import MARGIN, NOTE, SMALL, Sheet, block_height, line_height

_ROOM = 84.0  # for the names at the right end
_LEAST_SLOT = 42.0  # narrower than this, groups are numbered under the axis and named below
_MOST_NAMED = 60  # groups whose names are told under the figure
_LEAST_NUMBER, _MOST_NUMBERED = 20.0, 24  # room for "+12", and for how many groups the sheet is made wider for it


def draw(sheet: Sheet, y: float, part: Part, answer: Answer) -> Told:
    """The columns of counts are what is new and all so far; the first column with an interval is that of random orders."""
    counts = reading.columns(part, "count")
    if len(counts) < 2 or not part.lines:
        raise reading.nothing()
    band = next((n for n in reading.columns(part, "number") if any(_interval(part, k, n) for k in range(len(part.lines)))), None)  # fmt: skip
    plot = _Plot(sheet, y + 8, part, counts[0], counts[1], band)
    plot.band_of_orders()
    plot.curve()
    bottom = plot.axis()
    shown = [counts[0], counts[1], *([] if band is None else [band])]
    numbers = [reading.in_words(part, line, shown) for line in part.lines]
    return Told(_("Curve"), tuple(numbers), bottom)


def _interval(part: Part, line: int, column: int) -> tuple[float, float] | None:
    cell = part.lines[line].cells[column]
    return None if cell.low is None or cell.high is None or cell.is_hidden else (cell.low, cell.high)


class _Plot:
    """The axes, which begin at zero: groups along, codes up."""

    def __init__(self, sheet: Sheet, top: float, part: Part, new: int, so_far: int, band: int | None) -> None:
        self.sheet, self.part, self.new, self.so_far, self.band = sheet, part, new, so_far, band
        self.height = min(260.0, 0.42 * sheet.width + 30)
        self.zero = top + self.height
        values = [reading.value(line.cells[so_far]) or 0.0 for line in part.lines]
        highs = [found[1] for n in range(len(part.lines)) if band is not None and (found := _interval(part, n, band))]
        self.most = max([*values, *highs]) or 1.0
        self.left = MARGIN + 8
        sheet.widen(MARGIN + _ROOM + self.left + _LEAST_NUMBER * min(len(part.lines), _MOST_NUMBERED))
        self.slot = (sheet.width - MARGIN - _ROOM - self.left) / len(part.lines)

    def x(self, n: int) -> float:
        """The middle of a group's slot."""
        return self.left + (n + 0.5) * self.slot

    def y(self, value: float) -> float:
        """Up from the zero line."""
        return self.zero - self.height * value / self.most

    def band_of_orders(self) -> None:
        """The band between the percentiles, its mean dashed, named at its right end."""
        if self.band is None:
            return
        found = [(n, i) for n in range(len(self.part.lines)) if (i := _interval(self.part, n, self.band))]
        if not found:
            return
        upper = [(self.x(n), self.y(i[1])) for n, i in found]
        lower = [(self.x(n), self.y(i[0])) for n, i in reversed(found)]
        self.sheet.area([*upper, *lower], style.FAINT)
        means = [(self.x(n), self.y(m)) for n, _i in found if (m := reading.value(self.part.lines[n].cells[self.band])) is not None]  # fmt: skip
        self.sheet.line(means, style.QUIET, 1.25, (4.0, 2.5))

    def curve(self) -> None:
        """All codes so far, as a line with its numbers over it, named at its right end."""
        lines = self.part.lines
        dots = [(n, v) for n, line in enumerate(lines) if (v := reading.value(line.cells[self.so_far])) is not None]
        self.sheet.line([(self.x(n), self.y(v)) for n, v in dots], style.STRONG, 2.0)
        every = max(1, round(16 / self.slot))
        for rank, (n, v) in enumerate(dots):
            self.sheet.dot(self.x(n), self.y(v), 2.75, style.STRONG)
            is_same = every > 1 and 0 < rank < len(dots) - 1 and dots[rank - every if rank >= every else 0][1] == v
            if (len(dots) - 1 - rank) % every == 0 and not is_same:
                text = reading.short(lines[n].cells[self.so_far], self.part.heads[self.so_far])
                self.sheet.said(self.x(n) - 2, self.y(v) - 9.5, text, SMALL, style.STRONG, 600, "center")
            cell = lines[n].cells[self.so_far]
            said = reading.spoken(self.part, lines[n], self.so_far)
            self.sheet.spot(self.x(n) - min(9, self.slot / 2), self.y(v) - 9, min(18, self.slot), 18, cell.key, said)
        self._names(dots)

    def _names(self, dots: list[tuple[int, float]]) -> None:
        x = self.left + self.slot * len(self.part.lines) + 2
        wrapped = style.wrap(self.part.heads[self.so_far].label, _ROOM - 2, SMALL, 600)
        at = self.y(dots[-1][1]) if dots else self.zero - self.height
        below = self.sheet.text(x, at - 0.64 * SMALL, wrapped, SMALL, style.STRONG, 600)
        if self.band is not None:
            said = _("{name} (dashed) and their 5th to 95th percentile (band)").format(
                name=self.part.heads[self.band].label
            )
            self.sheet.text(x, below + 3, style.wrap(said, _ROOM - 2, NOTE), NOTE, style.TEXT2)

    def axis(self) -> float:
        """The zero line, under it what is new in each group and which group it is."""
        end = self.left + self.slot * len(self.part.lines)
        self.sheet.line(((self.left, self.zero), (end, self.zero)), style.QUIET, 0.75)
        y = self.zero + 2
        for n, line in enumerate(self.part.lines):
            cell = line.cells[self.new]
            text = reading.short(cell, self.part.heads[self.new])
            shown = _("+{n}").format(n=text) if reading.value(cell) is not None else text
            if self.slot >= _LEAST_NUMBER - 0.01:
                self.sheet.text(self.x(n), y, [shown], NOTE, style.TEXT, 600, "center")
            said = reading.spoken(self.part, line, self.new)
            self.sheet.spot(self.x(n) - self.slot / 2, y, self.slot, line_height(NOTE), cell.key, said)
        label = style.wrap(_("new in each"), _ROOM - 2, NOTE)
        self.sheet.text(end + 2, y, label, NOTE, style.TEXT2)
        return self._groups(y + line_height(NOTE) + 1)

    def _groups(self, y: float) -> float:
        names = [line.label for line in self.part.lines]
        longest = max(style.text_width(word, NOTE) for name in names for word in name.split() or [""])
        if self.slot >= max(_LEAST_SLOT, longest + 3):
            wrapped = [style.wrap(name, self.slot - 3, NOTE) for name in names]
            for n, lines in enumerate(wrapped):
                self.sheet.text(self.x(n), y, lines, NOTE, style.TEXT2, align="center")
            return y + max(block_height(lines, NOTE) for lines in wrapped) + 4
        every = max(1, round((14 if len(names) <= 99 else 24) / self.slot))
        for n in range(0, len(names), every):
            self.sheet.text(self.x(n), y, [str(n + 1)], NOTE, style.TEXT2, align="center")
        if len(names) > _MOST_NAMED:
            return self.sheet.note(
                y + line_height(NOTE), _("The numbers under the curve are those of the lines of the table.")
            )
        listed = "; ".join(_("{n}. {name}").format(n=n, name=name) for n, name in enumerate(names, 1))
        return self.sheet.note(y + line_height(NOTE), listed)
