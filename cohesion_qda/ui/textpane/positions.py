"""The one place where code points meet Qt's UTF-16 positions."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCursor

LONG = 2000  # code points; longer paragraphs are slow to lay out, so they are shown as several blocks
_JOINER = "\u200d"
_FRAME_MARKS = str.maketrans({"\ufdd0": "\ufffd", "\ufdd1": "\ufffd"})  # Qt would read these as line ends


class Positions:
    """How a canonical text is shown in a Qt document, and where each place of the one is in the other.

    `shown` is what the document holds: the text, with paragraphs of more than `long` code points broken up. Where
    there is a space to break at, the break takes its place and nothing moves; elsewhere a break is put in between two
    characters, and what follows moves by one.
    """

    def __init__(self, text: str, long: int = LONG) -> None:
        self.text = text
        self._breaks, self._added = _breaks(text, long)
        self._starts = _starts(text, self._breaks, self._added)
        self._astral = _astral(text)
        self._added_units = [self._units(at) + i for i, at in enumerate(self._added)]

    @property
    def shown(self) -> str:
        """The document's text, in which every `\\n` ends a block."""
        pieces, at = [], 0
        for place, added in sorted([(p, False) for p in self._breaks] + [(p, True) for p in self._added]):
            pieces.append(self.text[at:place])
            at = place if added else place + 1
        pieces.append(self.text[at:])
        return "\n".join(pieces).translate(_FRAME_MARKS)

    @property
    def block_starts(self) -> list[int]:
        """The code point at which each block of the document starts."""
        return self._starts

    def block_at(self, point: int) -> int:
        """The number of the block that holds the code point `point`."""
        return max(0, bisect_right(self._starts, point) - 1)

    def block_span(self, block: int) -> Span:
        """The code points of one block, its line end left out."""
        start = self._starts[block]
        if block + 1 == len(self._starts):
            return Span(start, len(self.text))
        following = self._starts[block + 1]
        return Span(start, following if self._is_added(following) else following - 1)

    def to_qt(self, point: int) -> int:
        """The document position, in UTF-16 units, before the code point `point`."""
        return self._units(point) + bisect_right(self._added, point)

    def from_qt(self, position: int) -> int:
        """The code point at the document position `position`; half a pair counts as its beginning."""
        units = position - bisect_left(self._added_units, position)
        points = units - bisect_left(self._astral_units(), units)
        return min(max(points, 0), len(self.text))

    def span(self, cursor: QTextCursor) -> Span:
        """The selection of `cursor`, in code points."""
        return Span(self.from_qt(cursor.selectionStart()), self.from_qt(cursor.selectionEnd()))

    def _units(self, point: int) -> int:
        return point + bisect_left(self._astral, point)

    def _astral_units(self) -> list[int]:
        if not hasattr(self, "_pairs"):
            self._pairs = [point + i for i, point in enumerate(self._astral)]
        return self._pairs

    def _is_added(self, point: int) -> bool:
        at = bisect_left(self._added, point)
        return at < len(self._added) and self._added[at] == point


def _astral(text: str) -> list[int]:
    """The indices of the characters that need two UTF-16 units, in order."""
    if text.isascii() or max(text) < "\U00010000":
        return []
    return [i for i, character in enumerate(text) if character > "\uffff"]


def _starts(text: str, breaks: list[int], added: list[int]) -> list[int]:
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    if not breaks and not added:
        return starts
    return sorted(starts + [place + 1 for place in breaks] + added)


def _breaks(text: str, long: int) -> tuple[list[int], list[int]]:
    """Where long paragraphs are broken: at which spaces, and (where there is none) before which characters."""
    at_spaces: list[int] = []
    added: list[int] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        at = start
        while end - at > long:
            space = text.rfind(" ", at + long // 2, at + long)
            if space >= 0 and not clings(text, space + 1):
                at_spaces.append(space)
                at = space + 1
            else:
                at = _between_characters(text, at + long, end)
                if at < end:
                    added.append(at)
        start = end + 1
    return at_spaces, added


def _between_characters(text: str, at: int, end: int) -> int:
    while at < end and clings(text, at):
        at += 1
    return at


def clings(text: str, at: int) -> bool:
    """Whether the character at `at` belongs to the one before: a mark, a joiner, or joined on."""
    if at >= len(text):
        return False
    category = unicodedata.category(text[at])
    return (
        category in ("Mn", "Mc", "Me", "Cf", "Sk")
        or text[at - 1] == _JOINER
        or "\U0001f1e6" <= text[at] <= "\U0001f1ff"
    )
