"""The transcript under the hand: keys, mouse, dragging."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.codebook.model import CODE_MIME, SPAN_MIME
from cohesion_qda.ui.textpane.keys import command_of
from cohesion_qda.ui.textpane.surface import Surface


class TranscriptView(Surface):
    """Changes nothing itself: gestures become signals, and what is coded is given to it."""

    command = Signal(str)  # see keys.command_of
    code_dropped = Signal(object, object)  # [code id, …], Span or None (the turn under the pointer: `caret` is there)
    menu_wanted = Signal(object)  # where, global

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letters = True  # whether single letters are commands
        self.takes_keys: Callable[[QKeyEvent], bool] | None = None  # sees every key first, while there is one
        self._press: QPointF | None = None
        self.viewport().setAcceptDrops(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.takes_keys is not None and self.takes_keys(event):
            event.accept()
            return
        command = command_of(event, letters=self.letters) if self.reading is not None else ""
        if command:
            self.command.emit(command)
            event.accept()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse and not self.textCursor().hasSelection():
            self._place_caret(event.pos())
        where = event.globalPos()
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            where = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        self.menu_wanted.emit(where)

    def point_at(self, place: QPoint) -> int:
        """The code point under a place in the viewport."""
        return self.positions.from_qt(self.cursorForPosition(self._onto_line(QPointF(place)).toPoint()).position())

    def _place_caret(self, place: QPoint) -> None:
        self.put_caret(self.point_at(place))

    def _onto_line(self, place: QPointF) -> QPointF:
        """The place moved up or down onto the letters of its line, so that the room between lines belongs to them."""
        for block in self._screen() if self.reading is not None else ():
            if block.top <= place.y() < block.top + block.height:
                for number in range(block.layout.lineCount()):
                    line = block.layout.lineAt(number)
                    middle = block.top + line.y() + line.height() / 2
                    is_last = number == block.layout.lineCount() - 1
                    if place.y() < middle + self._layout.line / 2 or is_last:
                        return QPointF(place.x(), middle)
        return place

    def _snapped(self, event: QMouseEvent) -> QMouseEvent:
        return QMouseEvent(
            event.type(), self._onto_line(event.position()), event.globalPosition(),
            event.button(), event.buttons(), event.modifiers(), event.device(),
        )  # fmt: skip

    def _in_selection(self, place: QPointF) -> bool:
        cursor = self.textCursor()
        at = self.cursorForPosition(self._onto_line(place).toPoint()).position()
        return cursor.hasSelection() and cursor.selectionStart() <= at < cursor.selectionEnd()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if plain and self._in_selection(event.position()):
            self._press = event.position()
            return
        if event.button() != Qt.MouseButton.RightButton or not self._in_selection(event.position()):
            super().mousePressEvent(self._snapped(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is not None:
            if (event.position() - self._press).manhattanLength() >= QApplication.startDragDistance():
                self._press = None
                self._drag()
        elif event.buttons():
            super().mouseMoveEvent(self._snapped(event))
        elif self.reading is not None:
            over = self.passage_at(self.point_at(event.position().toPoint())) if len(self.layers) else frozenset()
            self.light(min(over) if over else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is not None:
            self._press = None
            self._place_caret(event.position().toPoint())
        else:
            super().mouseReleaseEvent(self._snapped(event))
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.activate(self.passage_at(self.caret()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(self._snapped(event))

    def _drag(self) -> None:
        drag = QDrag(self)
        drag.setMimeData(self.createMimeDataFromSelection())
        drag.exec(Qt.DropAction.CopyAction)

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selected words exactly as they stand in the source."""
        data = QMimeData()
        if self.reading is not None:
            span = self.positions.span(self.textCursor())
            data.setText(span.of(self.reading.text))
            data.setData(SPAN_MIME, f"{self.reading.source.id} {span.start} {span.end}".encode())
        return data

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CODE_MIME) and self.reading is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if not event.mimeData().hasFormat(CODE_MIME):
            return
        codes = [CodeId(int(code)) for code in bytes(event.mimeData().data(CODE_MIME).data()).split()]
        event.acceptProposedAction()
        if self.selected() is None:
            self._place_caret(event.position().toPoint())
        self.code_dropped.emit(codes, self.selected())
