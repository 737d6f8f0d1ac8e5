"""What lies under the words: tints, underlines, hits, the selection."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout

from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.extents import BlockInfo
from cohesion_qda.ui.textpane.lanes import TINT, UNDERLINE_1, UNDERLINE_2
from cohesion_qda.ui.textpane.layout import Piece, pieces
from cohesion_qda.ui.textpane.positions import Positions
from cohesion_qda.ui.theme import CodeColour, Theme

VEIL = 0.32  # of paper over what is dimmed: its words keep a contrast of more than 4.5


@dataclass(frozen=True, slots=True)
class ScreenBlock:
    """A block on the screen: `top` in the viewport, `position` in the document."""

    number: int
    top: float
    height: float
    position: int
    layout: QTextLayout
    info: BlockInfo


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be shown as coded. `role` as in `lanes`; `lit` while the pointer is on it."""

    span: Span
    colour: CodeColour
    role: int
    active: bool = False
    lit: bool = False


def stretch(block: ScreenBlock, span: Span, positions: Positions) -> tuple[int, int] | None:
    """The part of `span` in the block, in the block's UTF-16 units; None when there is none."""
    start, end = max(span.start, block.info.span.start), min(span.end, block.info.span.end)
    if start >= end:
        return None
    return positions.to_qt(start) - block.position, positions.to_qt(end) - block.position


def over(block: ScreenBlock, span: Span, positions: Positions) -> list[Piece]:
    """Where `span` stands in the block, in the viewport's coordinates."""
    part = stretch(block, span, positions)
    if part is None:
        return []
    return [Piece(p.left, p.right, p.middle + block.top) for p in pieces(block.layout, *part, block.info.mixed)]


class Underlay:
    """Paints under the text of some blocks; sizes follow the size of the letters."""

    def __init__(
        self, painter: QPainter, theme: Theme, positions: Positions, blocks: Iterable[ScreenBlock], half: int
    ) -> None:
        self._painter = painter
        self._theme = theme
        self._positions = positions
        self._blocks = list(blocks)
        self._half = half  # half the height of a tint
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _each(self, span: Span, draw: Callable[[Piece], None]) -> None:
        for block in self._blocks:
            if block.info.span.start < span.end and span.start < block.info.span.end:
                for piece in over(block, span, self._positions):
                    draw(piece)

    def marks(self, marks: Iterable[Mark], *, underlines_only: bool = False) -> None:
        """Tints first, the active and the lit ones over them, underlines last."""
        chosen = list(marks)
        first = TINT if underlines_only else UNDERLINE_1
        for mark in chosen:
            if mark.role == TINT and not underlines_only:
                self._fill(mark.span, mark.colour.tint)
        stronger = {
            mark.span: mark for mark in reversed(chosen) if mark.lit or mark.active
        }  # one fill for each passage
        for mark in stronger.values():
            self._fill(mark.span, mixed(mark.colour.tint, mark.colour.bracket, 0.18 if mark.lit else 0.08))
        for mark in chosen:
            if first <= mark.role <= UNDERLINE_2:
                self._line(mark.span, mark.colour.ink, mark.role - first)
            elif mark.active:
                self._line(mark.span, mark.colour.ink, 0)

    def _fill(self, span: Span, colour: QColor) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        half = self._half
        self._each(
            span,
            lambda p: self._painter.drawRoundedRect(
                QRectF(p.left - 2, p.middle - half, p.right - p.left + 4, 2 * half), 3, 3
            ),
        )

    def _line(self, span: Span, colour: QColor, level: int) -> None:
        down = self._half - 1 + 3 * level
        self._each(span, lambda p: self._painter.fillRect(QRectF(p.left, p.middle + down, p.right - p.left, 2), colour))

    def hits(self, hits: Iterable[Span]) -> None:
        """Found words: a quiet box with an edge, so that it is not mistaken for a code."""
        self._painter.setPen(QPen(self._theme.colour("warn"), 1))
        self._painter.setBrush(self._theme.colour("warnbg"))
        half = self._half - 1
        for hit in hits:
            self._each(
                hit,
                lambda p: self._painter.drawRoundedRect(
                    QRectF(p.left - 1.5, p.middle - half + 0.5, p.right - p.left + 3, 2 * half - 1), 3, 3
                ),
            )

    def selection(self, span: Span, line: float) -> None:
        """Filled over the height of the line, with a two-pixel marker at either end."""
        fill, edge = self._theme.colour("sel"), self._theme.colour("focus")
        half = line / 2
        drawn: list[Piece] = []
        for block in self._blocks:
            drawn += over(block, span, self._positions)
        for p in drawn:
            self._painter.fillRect(QRectF(p.left, p.middle - half, p.right - p.left, line), fill)
        for place, block in self._ends(span):
            self._painter.fillRect(QRectF(place.x() - 1, place.y() + block.top - half, 2, line), edge)

    def _ends(self, span: Span) -> list[tuple[QPointF, ScreenBlock]]:
        found = []
        for block in self._blocks:
            for point, at_end in ((span.start, False), (span.end, True)):
                inside = block.info.span
                if inside.start <= point <= inside.end and (point < inside.end if not at_end else inside.start < point):
                    at = self._positions.to_qt(point) - block.position
                    line = block.layout.lineForTextPosition(at - 1 if at_end and at else at)
                    if line.isValid():
                        x = min(line.cursorToX(at)[0], line.x() + line.naturalTextWidth())
                        found.append((QPointF(x, line.y() + line.height() / 2), block))
        return found

    def outline(self, span: Span) -> None:
        """A two-pixel outline around each line of `span`: here it is."""
        self._painter.setPen(QPen(self._theme.colour("focus"), 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        half = self._half + 1
        self._each(
            span,
            lambda p: self._painter.drawRoundedRect(
                QRectF(p.left - 3, p.middle - half, p.right - p.left + 6, 2 * half), 4, 4
            ),
        )


def dim(
    painter: QPainter,
    theme: Theme,
    blocks: Iterable[ScreenBlock],
    state: Callable[[int | None], bool | None],
    width: int,
) -> None:
    """Let the turns that have a code (`state` is True) step back behind a veil of paper, thin enough to be read through,
    and put a bar before those that have none yet (False).
    """
    veil = QColor(theme.colour("paper"))
    veil.setAlphaF(VEIL)
    for block in blocks:
        is_coded = state(block.info.turn)
        if is_coded and block.layout.lineCount():
            top = block.top + block.layout.lineAt(0).y() - 4
            painter.fillRect(QRectF(0, top, width, block.top + block.height - top), veil)
        elif is_coded is False and block.layout.lineCount():
            first, last = block.layout.lineAt(0), block.layout.lineAt(block.layout.lineCount() - 1)
            height = last.y() + last.height() - first.y()
            painter.fillRect(QRectF(0, block.top + first.y(), 3, height), theme.colour("accent"))


def mixed(a: QColor, b: QColor, share: float) -> QColor:
    """`a` with `share` of `b` in it."""
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )
