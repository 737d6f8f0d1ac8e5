"""The margin: brackets in lanes, and the names of codes joined to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodingId
from cohesion_qda.ui.textpane.columns import BEFORE_NAMES, GAP, LANES_WIDTH
from cohesion_qda.ui.textpane.lanes import NAME_GAP, Bracket, Label, pack, place
from cohesion_qda.ui.textpane.layout import SIDE, middle_of

if TYPE_CHECKING:
    from cohesion_qda.ui.textpane.surface import Surface

LANE = 10
_LANES = GAP - SIDE  # where the lanes begin in this widget, which begins where the text's own room ends
_NAMES = _LANES + LANES_WIDTH + BEFORE_NAMES
_FAR = 40.0  # how far a bracket runs on beyond the edge of the page


@dataclass(frozen=True, slots=True)
class Shown:
    """Something in the margin that can be pointed at. Several codings: what is folded into `+n`."""

    rect: QRectF
    codings: tuple[CodingId, ...]
    words: str
    elided: bool = False


class Margin(QWidget):
    """Painted from what the view shows."""

    chosen = Signal(object)  # CodingId that was clicked
    folded_chosen = Signal(object, object)  # tuple[CodingId, …], where (global)
    pointed = Signal(object)  # CodingId under the pointer, or None
    menu_wanted = Signal(object, object)  # CodingId, where (global)

    def __init__(self, view: Surface) -> None:
        super().__init__(view)
        self._view = view
        self._lanes: dict[int, int] = {}
        self.shown: list[Shown] = []
        self.setMouseTracking(True)
        self.setAccessibleName(_("Codes in the margin"))
        self.setAccessibleDescription(_("In the transcript, J and K go to the next and previous coded passage."))

    def forget(self) -> None:
        """Another text: lanes are given out afresh."""
        self._lanes = {}

    # ---- arithmetic
    def brackets(self, codings: Sequence[Coding]) -> dict[CodingId, Bracket]:
        """The bracket of each coding on the screen, in this widget's pixels."""
        screen = self._view.screen()
        if not screen:
            return {}
        half = self._view.theme.px(11)
        positions, first, last = self._view.positions, screen[0], screen[-1]
        by_number = {block.number: block for block in screen}

        def middle(point: int, *, beyond: float) -> float:
            block = by_number.get(positions.block_at(point))
            if block is None:
                return beyond
            return block.top + middle_of(block.layout, positions.to_qt(point) - block.position)

        found = {}
        for coding in codings:
            top = middle(coding.span.start, beyond=first.top - _FAR) - half
            bottom = middle(coding.span.end - 1, beyond=last.top + last.height + _FAR) + half
            found[coding.id] = Bracket(coding.id, top, bottom, len(coding.span))
        return found

    # ---- painting
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), self._view.theme.colour("paper"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.shown = []
            self._paint(painter)
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        codings = [coding for coding, _role in self._view.on_screen()]
        brackets = self.brackets(codings)
        codings = [c for c in codings if brackets[c.id].bottom > 0 and brackets[c.id].top < self.height()]
        lanes = pack([brackets[c.id] for c in codings], self._lanes)
        self._lanes = lanes
        half = self._view.theme.px(11)
        gap = max(NAME_GAP, self._view.theme.px(22))
        with_lane = [c for c in codings if c.id in lanes]
        order = sorted(with_lane, key=lambda c: (c.span.start, brackets[c.id].top, lanes[c.id]))
        labels = [Label(c.id, brackets[c.id].top + half) for c in order]
        middles, folded = place(labels, half + 2, self.height() - half, gap)
        self._fold_without_lane(codings, lanes, list(middles), brackets, folded)
        by_id = {coding.id: coding for coding in codings}
        for coding in reversed(with_lane):
            if coding.id in middles:
                self._paint_elbow(painter, coding, brackets[coding.id], lanes[coding.id], middles[coding.id])
        for coding in with_lane:
            self._paint_bracket(painter, coding, brackets[coding.id], lanes[coding.id])
        for key, middle in middles.items():
            self._paint_name(painter, by_id[CodingId(key)], middle, [CodingId(k) for k in folded.get(key, [])])

    def _fold_without_lane(
        self,
        codings: Sequence[Coding],
        lanes: dict[int, int],
        placed: list[int],
        brackets: dict[CodingId, Bracket],
        folded: dict[int, list[int]],
    ) -> None:
        """What has no lane counts with the nearest name above it, or else the first."""
        if not placed:
            return
        for coding in codings:
            if coding.id not in lanes:
                top = brackets[coding.id].top
                above = [key for key in placed if brackets[CodingId(key)].top <= top]
                folded.setdefault(above[-1] if above else placed[0], []).append(coding.id)

    def _spine(self, lane: int) -> float:
        return lane * LANE + 4.0 + _LANES

    def _paint_bracket(self, painter: QPainter, coding: Coding, bracket: Bracket, lane: int) -> None:
        colour = self._view.looks.colour(coding)
        strong = self._view.is_active(coding.id) or self._view.is_lit(coding.id)
        width = 4.0 if strong else 3.0
        x, left = self._spine(lane), self._spine(lane) - 4.5
        half = width / 2
        pen = QPen(colour.bracket, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        top, bottom = bracket.top + half, bracket.bottom - half
        painter.drawPolyline(
            QPolygonF([QPointF(left, top), QPointF(x, top), QPointF(x, bottom), QPointF(left, bottom)])
        )
        rect = QRectF(left - 1, bracket.top, LANE, bracket.bottom - bracket.top)
        self.shown.append(Shown(rect, (coding.id,), self._view.looks.words(coding)))

    def _paint_elbow(self, painter: QPainter, coding: Coding, bracket: Bracket, lane: int, middle: float) -> None:
        faint = QColor(self._view.looks.colour(coding).bracket)
        faint.setAlphaF(0.65)
        painter.setPen(QPen(faint, 1))
        start, end = self._spine(lane), _NAMES - 6
        leaves = min(max(middle, bracket.top + 3), bracket.bottom - 3)
        if leaves == middle:
            painter.drawLine(QPointF(start, middle), QPointF(end, middle))
            return
        turn = _LANES + LANES_WIDTH + 2.0 - 2 * lane + 0.5
        painter.drawPolyline(
            QPolygonF([QPointF(start, leaves), QPointF(turn, leaves), QPointF(turn, middle), QPointF(end, middle)])
        )

    def _paint_name(self, painter: QPainter, coding: Coding, middle: float, folded: list[CodingId]) -> None:
        theme = self._view.theme
        colour = self._view.looks.colour(coding)
        font = theme.font("meta")
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        left = _NAMES
        size, gap = theme.px(10), theme.px(8)
        more = f"+{len(folded)}" if folded else ""
        more_width = metrics.horizontalAdvance(more) + 10 if more else 0
        room = self.width() - left - size - gap - 6 - more_width
        words = self._view.looks.words(coding)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(shown)
        rect = QRectF(left - 6, middle - theme.px(11), size + gap + width + 14, 2 * theme.px(11))
        if self._view.is_active(coding.id):
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(colour.tint)
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 5, 5)
        elif self._view.is_lit(coding.id):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour.tint)
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 5, 5)
        theme.paint_shape(
            painter,
            self._view.looks.shape(coding),
            QRectF(left, middle - size / 2, size, size),
            self._view.looks.colour_name(coding),
        )
        painter.setFont(font)
        painter.setPen(colour.ink)
        text = QRectF(left + size + gap, middle - metrics.height() / 2, width + 2, metrics.height())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        self.shown.append(Shown(rect, (coding.id,), words, elided=shown != words))
        if more:
            self._paint_more(painter, QRectF(rect.right() + 1, rect.top(), more_width, rect.height()), more, folded)

    def _paint_more(self, painter: QPainter, rect: QRectF, more: str, folded: list[CodingId]) -> None:
        painter.setFont(self._view.theme.font("meta"))
        painter.setPen(self._view.theme.colour("text2"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), more)
        words = "\n".join(self._view.looks.words(c) for c in map(self._view.coding, folded) if c)
        self.shown.append(Shown(rect, tuple(folded), words, elided=True))

    # ---- the mouse
    def under(self, point: QPointF) -> Shown | None:
        """What stands at a place in the margin; names before brackets."""
        return next((shown for shown in reversed(self.shown) if shown.rect.contains(point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.under(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
        self.pointed.emit(found.codings[0] if found and len(found.codings) == 1 else None)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.under(event.position())
        if found is None:
            return
        where = event.globalPosition().toPoint()
        if len(found.codings) > 1 or found.words.startswith("+"):
            self.folded_chosen.emit(found.codings, where)
        elif event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(found.codings[0], where)
        else:
            self.chosen.emit(found.codings[0])

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.under(QPointF(event.pos()))
            if found:
                QToolTip.showText(
                    event.globalPos(), self._view.looks.tip(filter(None, map(self._view.coding, found.codings))), self
                )
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
