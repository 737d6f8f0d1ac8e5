"""Opposed bars: what speaks against to the left of one line, what speaks for to its right, each labelled with its own number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cohesion_qda.report import style
from cohesion_qda.report.sheet import BODY, MARGIN, SMALL, Sheet, block_height, line_height

_FILLS = (style.PALETTE[3], style.PALETTE[0])
_INKS = (style.ON_WHITE[3], style.ON_WHITE[0])
_THICK, _GAP = 11.0, 7.0
_LABELS = 0.36  # of the width, at most


@dataclass(frozen=True, slots=True)
class Side:
    """One bar: its `value`, None where it is not drawn, with `said` beside it. One that `is_hidden` is told to be so."""

    value: float | None
    said: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Opposed:
    """A line: its label, and the bars to the left and to the right."""

    label: str
    left: Side
    right: Side
    is_whole: bool = False


def lay(sheet: Sheet, y: float, lines: Sequence[Opposed], heads: tuple[str, str], most: float) -> float:
    """Lines in the order given under the names of both sides; `most` is the value of the longest bar there can be. Gives the `y` under the last."""
    needed = max(style.text_width(line.label, BODY, _weight(line)) for line in lines)
    column = min(needed, sheet.inner * _LABELS)
    rooms = [max(style.text_width(s.said, SMALL, 600) for s in sides) + 7 for sides in _sides(lines)]
    left = MARGIN + column + 10
    reach = (sheet.width - MARGIN - left - sum(rooms)) / 2
    middle = left + rooms[0] + reach
    y = _heads(sheet, y, middle, heads)
    top = y
    for line in lines:
        words = style.wrap(line.label, column, BODY, _weight(line))
        height = max(_THICK, block_height(words, BODY))
        sheet.text(MARGIN, y + (height - block_height(words, BODY)) / 2, words, BODY, weight=_weight(line))
        for side, way, k in ((line.left, -1, 0), (line.right, 1, 1)):
            _bar(sheet, middle, y + height / 2, way, side, reach / (most or 1.0), k)
        y += height + _GAP + (4 if line.is_whole else 0)
    sheet.line(((middle, top - 3), (middle, y - _GAP + 3)), style.TEXT2, 0.75)
    return y


def _sides(lines: Sequence[Opposed]) -> tuple[list[Side], list[Side]]:
    return [line.left for line in lines], [line.right for line in lines]


def _weight(line: Opposed) -> int:
    return 600 if line.is_whole else 400


def _heads(sheet: Sheet, y: float, middle: float, heads: tuple[str, str]) -> float:
    sheet.text(middle - 6, y, [heads[0]], SMALL, _INKS[0], 600, "right")
    sheet.text(middle + 6, y, [heads[1]], SMALL, _INKS[1], 600)
    return y + line_height(SMALL) + 5


def _bar(sheet: Sheet, middle: float, y: float, way: int, side: Side, scale: float, k: int) -> None:
    length = scale * (side.value or 0.0)
    start = middle if way > 0 else middle - length
    if side.is_hidden:
        length = 18.0
        sheet.hidden(middle if way > 0 else middle - length, y - _THICK / 2, length, _THICK)
    elif length:
        sheet.box(start, y - _THICK / 2, length, _THICK, _FILLS[k])
    sheet.said(middle + way * (length + 5), y, side.said, SMALL, _INKS[k], 600, "left" if way > 0 else "right")
