"""Changing where the active passage begins and ends: two handles to drag, or keys. What is seen meanwhile is a
selection; the coding itself changes when the hand lets go, or Enter is pressed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QTextLine
from PySide6.QtWidgets import QApplication, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodingId
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.view import TranscriptView
from cohesion_qda.ui.textpane.words import (
    character_after,
    character_before,
    word_after,
    word_before,
    word_start_after,
    word_start_before,
)
from cohesion_qda.ui.theme import current_theme

TARGET, KNOB = 24, 5  # pixels: what can be hit, and the radius of what is seen at the end of the line
_OUT = 10  # how far the knob stands out over or under the line of text
_SAID = 3  # words read out after a step


class Handle(QWidget):
    """One end of a passage: a line two pixels wide, with a knob above the first word or below the last."""

    def __init__(self, ends: Ends, view: TranscriptView, *, is_end: bool) -> None:
        super().__init__(view.viewport())
        self._ends, self._view, self.is_end = ends, view, is_end
        self._pressed: QPointF | None = None
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        words = _("Drag: where the passage ends") if is_end else _("Drag: where the passage begins")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.hide()

    def stand_at(self, place: QPointF | None, line: int) -> None:
        """Stand at the middle of a line of text, or nowhere."""
        if place is None:
            self.hide()
            return
        top = place.y() - line / 2 - (0 if self.is_end else _OUT)
        rect = QRect(round(place.x()) - TARGET // 2, round(top), TARGET, line + _OUT)
        if rect != self.geometry() or self.isHidden():
            self.setGeometry(rect)
            box = QRect(0, rect.height() - TARGET if self.is_end else 0, TARGET, TARGET)
            self.setMask(QRegion(box) | QRegion(TARGET // 2 - 1, 0, 2, rect.height()))
            self.show()

    def grip(self) -> QPoint:
        """Where to take hold of it, in its own pixels."""
        return QPoint(TARGET // 2, self.height() - KNOB if self.is_end else KNOB)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour = current_theme().colour("focus")
            painter.fillRect(QRectF(TARGET / 2 - 1, 0, 2, self.height()), colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(self.grip()), KNOB, KNOB)
        finally:
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.globalPosition()
            self._view.setFocus()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        far = (event.globalPosition() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._ends.is_on or (far and self._ends.start()):
            away = self.grip().y() - self.height() / 2  # the knob is not on the line of text it belongs to
            place = self.mapTo(self._view.viewport(), event.position().toPoint())
            self._ends.drag(self, QPoint(place.x(), round(place.y() - away)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was, self._pressed = self._pressed, None
        if was is not None and self._ends.is_on:
            self._ends.keep()
        elif was is not None:  # only a click: it was meant for the words behind
            self._view.put_caret(self._view.point_at(self.mapTo(self._view.viewport(), event.position().toPoint())))


class Ends(QObject):
    """The ends of the codings that `own` gives: the active ones that may be changed, all of one passage."""

    kept = Signal(object, object)  # tuple[CodingId, …], Span
    said = Signal(str)

    def __init__(self, view: TranscriptView, own: Callable[[], list[Coding]]) -> None:
        super().__init__(view)
        self._view, self._own = view, own
        self.handles = (Handle(self, view, is_end=False), Handle(self, view, is_end=True))
        self._ids: tuple[CodingId, ...] = ()
        self._was: Span | None = None  # what was selected before
        self._span: Span | None = None  # while the ends are being changed: where they are now
        view.activated.connect(lambda _active: self.follow())
        view.viewport().installEventFilter(self)

    @property
    def is_on(self) -> bool:
        """Whether the ends are being changed now."""
        return self._span is not None

    @property
    def span(self) -> Span | None:
        """Where the ends are now, while they are being changed."""
        return self._span

    def follow(self) -> None:
        """Another passage is active: leave the one before as it is, and stand at the ends of this one."""
        own = tuple(coding.id for coding in self._own())
        if self.is_on and own != self._ids:
            self.leave()
        self._ids = own
        self.place()

    def place(self) -> None:
        """Put the handles where the ends are on the page."""
        span = self._span or self._passage()
        line = current_theme().line_height("transcript")
        for handle in self.handles:
            handle.stand_at(_edge(self._view, span, handle.is_end) if span is not None else None, round(line))

    def _passage(self) -> Span | None:
        found = [coding.span for coding in map(self._view.coding, self._ids) if coding is not None]
        return found[0] if found and len(found) == len(self._ids) and len(set(found)) == 1 else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._ids:
            self.place()  # whatever moved the words: scrolling, another size, a change
        elif event.type() == QEvent.Type.MouseButtonPress and self.is_on:
            self.leave()
        return super().eventFilter(watched, event)

    # ---- changing
    def start(self) -> bool:
        """Begin to change the ends of the active passage; False where there is none that may be changed."""
        self._ids = tuple(coding.id for coding in self._own())
        span = self._passage()
        if span is None:
            return False
        self._was, self._span = self._view.selected(), span
        self._view.takes_keys, self._view.holds_active = self.key, True
        self._view.select(span)
        self.place()
        return True

    def keep(self) -> None:
        """Let the codings have the ends they have now."""
        ids, span, was = self._ids, self._span, self._passage()
        if span is None:
            return
        if self._view.is_hidden(span):
            self.said.emit(_("Some turns in between are not shown. Show everyone first, or select less."))
            self.leave()
            return
        self._end()
        self._view.put_caret(span.start)
        if span != was:
            self.kept.emit(ids, span)

    def leave(self) -> None:
        """Leave the passage as it was."""
        was, start = self._was, self._span.start if self._span is not None else 0
        self._end()
        if was is not None:
            self._view.select(was, show=False)
        else:
            self._view.put_caret(start)

    def _end(self) -> None:
        self._span = self._was = None
        self._view.takes_keys, self._view.holds_active = None, False
        self.place()

    def drag(self, handle: Handle, place: QPoint) -> None:
        """One end follows the pointer (in the viewport); beyond the page, the page moves."""
        bar = self._view.verticalScrollBar()
        if place.y() < 0 or place.y() > self._view.viewport().height():
            bar.setValue(bar.value() + (1 if place.y() > 0 else -1))
        self._to(handle.is_end, self._view.point_at(place), show=False)

    def key(self, event: QKeyEvent) -> bool:
        """A key while the ends are being changed. Every plain key is taken, so that nothing else happens by mistake."""
        if self._span is None:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(event)
        elif event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        return True

    def _step(self, event: QKeyEvent) -> None:
        assert self._span is not None and self._view.reading is not None
        text, at_end = self._view.reading.text, not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        at = self._span.end if at_end else self._span.start
        block = self._view.positions.block_at(max(0, at - 1) if at_end else at)
        forward = (event.key() == Qt.Key.Key_Right) != self._view.blocks[block].from_right
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            at = character_after(text, at) if forward else character_before(text, at)
        elif at_end:
            at = word_after(text, at) if forward else word_before(text, at)
        else:
            at = word_start_after(text, at) if forward else word_start_before(text, at)
        self._to(at_end, at, show=True)
        self._say(at_end=at_end)

    def _to(self, at_end: bool, at: int, *, show: bool) -> None:
        """Move one end to a code point; at least a character with something to see stays."""
        assert self._span is not None and self._view.reading is not None
        if at_end:
            span = Span(self._span.start, max(at, self._span.start))
        else:
            span = Span(min(at, self._span.end), self._span.end)
        if not span.of(self._view.reading.text).strip():
            return
        self._span = span
        self._view.select(span, show=False)
        if show:
            self._view.bring(Span(span.end - 1, span.end) if at_end else Span(span.start, span.start + 1))
        self.place()

    def _say(self, *, at_end: bool) -> None:
        assert self._span is not None and self._view.reading is not None
        words = self._span.of(self._view.reading.text).split()
        if at_end:
            self._view.announce(_("It ends with: {words}").format(words=" ".join(words[-_SAID:])))
        else:
            self._view.announce(_("It begins with: {words}").format(words=" ".join(words[:_SAID])))


def _edge(view: TranscriptView, span: Span, at_end: bool) -> QPointF | None:
    """Where an end of `span` stands: the middle of its line, in the viewport; None while it is not on the page."""
    point = span.end - 1 if at_end else span.start
    for block in view.screen():
        if block.info.span.start <= point < max(block.info.span.end, block.info.span.start + 1):
            at = view.positions.to_qt(point) - block.position
            line = block.layout.lineForTextPosition(at)
            if not line.isValid():
                return None
            x = line.cursorToX(at, QTextLine.Edge.Trailing if at_end else QTextLine.Edge.Leading)[0]
            x = min(x, line.x() + line.naturalTextWidth()) if not block.info.from_right else x
            return QPointF(x, block.top + line.y() + line.height() / 2)
    return None
