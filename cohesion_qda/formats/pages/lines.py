"""Words and lines as they stand on a page. Places are in points; `y` grows downwards from the top of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SAME_LINE = 0.35  # of the size of the letters: further apart, up or down, is another line
_RAISED = 0.55  # as high a small raised number or letter may stand
_COLUMN = 2.0  # of the size: so wide a gap is one between columns
_LABEL_GAP = 0.9  # so wide a one, where the others are narrow, sets a label apart


@dataclass(slots=True)
class Word:
    """A word: from `left` to `right`, standing on `y`; `bold` says how many of its characters, from the first, are."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: int = 0


@dataclass(slots=True)
class Line:
    """Words one after the other on one line of page number `page`, which counts from 0."""

    words: list[Word] = field(default_factory=list)
    page: int = 0

    @property
    def left(self) -> float:
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def y(self) -> float:
        return self.words[0].y

    @property
    def size(self) -> float:
        return median(word.size for word in self.words)

    @property
    def runs_left(self) -> bool:
        """Whether it is written from right to left."""
        return 2 * sum(1 for word in self.words if _RIGHT_TO_LEFT.search(word.text)) > len(self.words)

    def text(self) -> str:
        """The words, with a tab where a wide gap sets columns or a label apart."""
        pieces = [self.words[0].text]
        for gap, word in zip(self._gaps(), self.words[1:], strict=True):
            pieces += (gap, word.text)
        return "".join(pieces)

    def bold(self) -> int:
        """How many code points of the text, from its beginning, are bold."""
        length = 0
        for number, word in enumerate(self.words):
            length += word.bold
            if word.bold < len(word.text):
                return length if word.bold or not number else length - 1
            length += 1
        return length - 1

    def _gaps(self) -> Iterable[str]:
        widths = [after.left - before.right for before, after in pairwise(self.words)]
        size = self.size
        usual = max(median(widths[1:]), 0.2 * size) if len(widths) > 4 else 0.3 * size
        for number, width in enumerate(widths):
            is_wide = width > _COLUMN * size and width > 3 * usual
            yield "\t" if is_wide or (number < 3 and width > _LABEL_GAP * size and width > 2.2 * usual) else " "


def in_lines(words: Sequence[Word], page: int) -> list[Line]:
    """The words, in the order in which the file gives them, as lines."""
    lines: list[Line] = []
    for word in words:
        if lines and _goes_on(lines[-1], word):
            lines[-1].words.append(word)
        else:
            lines.append(Line([word], page))
    return _in_order(lines)


def _goes_on(line: Line, word: Word) -> bool:
    last = line.words[-1]
    size = max(last.size, word.size)
    apart = abs(word.y - line.y)
    if not word.text.isascii() and _RIGHT_TO_LEFT.search(word.text) and _RIGHT_TO_LEFT.search(last.text):
        return apart < _SAME_LINE * size
    if word.left < last.right - size:
        return False
    is_raised = apart < _RAISED * size and word.left - last.right < 0.5 * size and word.size != last.size
    return apart < _SAME_LINE * min(last.size, word.size) or is_raised


def _in_order(lines: list[Line]) -> list[Line]:
    """The file's own order is kept, since it is that of columns and cells, unless it mostly goes up; lines of one column
    that follow each other upwards are turned round.
    """
    upwards = sum(1 for a, b in pairwise(lines) if b.y < a.y - a.size)
    if 5 * upwards > 2 * (len(lines) - 1):
        return sorted(lines, key=lambda line: (round(line.y / 3), line.left))
    ordered: list[Line] = []
    start = 0
    for at, line in enumerate(lines, 1):
        if at == len(lines) or not _is_just_above(lines[at], line):
            ordered += reversed(lines[start:at])
            start = at
    return ordered


def _is_just_above(line: Line, other: Line) -> bool:
    distance = other.y - line.y
    return 0.5 * other.size < distance < 3 * other.size and line.left < other.right and other.left < line.right
