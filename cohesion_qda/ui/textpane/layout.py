"""How the transcript's lines are spaced: line height, room between turns, right-to-left lines at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLayout, QTextLine
from PySide6.QtWidgets import QPlainTextDocumentLayout

SIDE = 6.0  # room at either side of the text for the edges of tints


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line: its left and right edge and the middle of the line, in the block's coordinates."""

    left: float
    right: float
    middle: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a block is to stand: the room above it, the least height of its lines (both in pixels), and whether they run
    from the right. A `flat` block is an empty line: it takes the room above it and no more.
    """

    above: float
    least: float = 0.0
    from_right: bool = False
    flat: bool = False


class TranscriptLayout(QPlainTextDocumentLayout):
    """The layout of QPlainTextEdit, with room between lines and turns. Lengths are in pixels.

    `prepare` is called once for each block, just before it is first laid out; it says how the block is to stand and may
    set its formats. So both happen only for what comes onto the screen. `below` is the room after the last block.
    """

    def __init__(self, document: QTextDocument, prepare: Callable[[QTextBlock], Wanted], line: float) -> None:
        super().__init__(document)
        self._prepare = prepare
        self.line = line
        self.below = 0.0
        self.prepared = 0  # blocks laid out so far
        self._wanted: dict[int, Wanted] = {}
        self._preparing = False

    def forget(self) -> None:
        """Another text, or other looks: every block is prepared afresh."""
        self._wanted = {}

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        if not (block.isValid() and block.isVisible()):
            return super().blockBoundingRect(block)
        wanted = self._wanted.get(block.blockNumber())
        if wanted is None:
            if self._preparing:  # asked for by Qt while formats are being set
                return super().blockBoundingRect(block)
            wanted = self._prepared(block)
        rect = super().blockBoundingRect(block)
        layout = block.layout()
        if abs(layout.lineAt(0).y() - self._first_y(layout, wanted)) > 0.01:  # as Qt laid it out, or for another wish
            self._spread(block, layout, wanted)
        last = layout.lineAt(layout.lineCount() - 1)
        height = last.y() + (last.height() + max(self.line, last.height())) / 2
        height = wanted.above if wanted.flat else max(height, wanted.above + wanted.least)
        rect.setHeight(height if block.next().isValid() else height + self.below)
        return rect

    def _prepared(self, block: QTextBlock) -> Wanted:
        """Setting formats makes Qt lay the block out at once, and ask for a repaint, which is under way already."""
        lines = block.lineCount()
        self.prepared += 1
        self._preparing = True
        was_blocked = self.blockSignals(True)
        try:
            wanted = self._wanted[block.blockNumber()] = self._prepare(block)
        finally:
            self.blockSignals(was_blocked)
            self._preparing = False
        if block.lineCount() != lines:
            self.documentSizeChanged.emit(self.documentSize())
        return wanted

    def _first_y(self, layout: QTextLayout, wanted: Wanted) -> float:
        height = layout.lineAt(0).height()
        return max(1.0, wanted.above) + (max(self.line, height) - height) / 2

    def _spread(self, block: QTextBlock, layout: QTextLayout, wanted: Wanted) -> None:
        if wanted.from_right != (block.textDirection() == Qt.LayoutDirection.RightToLeft):
            self._turn_around(block, layout, wanted.from_right)
        y = max(1.0, wanted.above)
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            height = line.height()
            pitch = max(self.line, height)
            x = self.document().documentMargin()
            if wanted.from_right:
                x += max(0.0, line.width() - line.naturalTextWidth())
            line.setPosition(QPointF(x, y + (pitch - height) / 2))
            y += pitch

    def _turn_around(self, block: QTextBlock, layout: QTextLayout, from_right: bool) -> None:
        """Lay a block out in the other direction than its first letter asks for, as Qt would."""
        option = layout.textOption()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight)
        width = layout.lineAt(0).width()
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLeadingIncluded(True)
            line.setLineWidth(width)
        layout.endLayout()
        block.setLineCount(layout.lineCount())


def pieces(layout: QTextLayout, start: int, end: int, mixed: bool = False) -> list[Piece]:
    """Where the characters `[start, end)` of a block stand (UTF-16 units in the block), line by line, without white
    space at the ends of lines. In `mixed` directions a line may give several pieces.
    """
    found: list[Piece] = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first = max(start, line.textStart())
        last = min(end, line.textStart() + line.textLength())
        if first >= last:
            continue
        middle = line.y() + line.height() / 2
        edge = line.x() + line.naturalTextWidth()
        if mixed:
            found += [
                Piece(left, min(right, edge), middle) for left, right in _visual(line, first, last) if left < edge
            ]
        else:
            left, right = line.cursorToX(first)[0], min(line.cursorToX(last)[0], edge)
            if left < right:
                found.append(Piece(left, right, middle))
    return found


def _visual(line: QTextLine, first: int, last: int) -> list[tuple[float, float]]:
    """The stretches that the characters cover from left to right, those that touch joined."""
    edges = []
    for at in range(first, last):
        a = line.cursorToX(at, QTextLine.Edge.Leading)[0]
        b = line.cursorToX(at, QTextLine.Edge.Trailing)[0]
        if a != b:
            edges.append((min(a, b), max(a, b)))
    joined: list[tuple[float, float]] = []
    for left, right in sorted(edges):
        if joined and left <= joined[-1][1] + 0.5:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined


def middle_of(layout: QTextLayout, at: int) -> float:
    """The middle of the line that holds the character `at` (UTF-16 units), in the block's coordinates."""
    line = layout.lineForTextPosition(at)
    if not line.isValid():
        line = layout.lineAt(layout.lineCount() - 1)
    return line.y() + line.height() / 2
