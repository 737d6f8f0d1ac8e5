"""The codes as rows, with mouse and keys."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.codebook.model import CodebookModel
from cohesion_qda.ui.codebook.rows import CodeRow
from cohesion_qda.ui.theme import current_theme


def key_help() -> tuple[tuple[str, str], ...]:
    """The keys that work in the codebook, and what they do, for the list of keys."""
    return (
        (_("Enter, in the codebook"), _("Code the selection with the selected codes")),
        (_("Shift+↑ ↓, in the codebook"), _("Select several codes")),
        (_("F2, in the codebook"), _("Rename the code")),
        (_("Delete, in the codebook"), _("Delete the code; Undo brings it back")),
        (_("Ctrl+Shift+↑ ↓, in the codebook"), _("Move the code among those beside it")),
        (_("Ctrl+Shift+→, in the codebook"), _("Put the code under the one above it")),
        (_("Ctrl+Shift+←, in the codebook"), _("Take the code out one level")),
    )


class CodeView(QTreeView):
    """The tree. A press on a chevron opens or closes; everything else is a row, and several can be selected."""

    used = Signal()  # double-clicked, or Enter: code with what is selected
    delete_wanted = Signal()
    step_wanted = Signal(str)  # up, down, in or out: where the selected code is to go
    STEPS: ClassVar = {
        Qt.Key.Key_Up: "up",
        Qt.Key.Key_Down: "down",
        Qt.Key.Key_Right: "in",
        Qt.Key.Key_Left: "out",
    }

    def __init__(self, model: CodebookModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._codes = model
        self._rows = CodeRow(model, self)
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("surface", "bg")
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(600)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(_("Codebook"))

    def current(self) -> CodeId | None:
        """The code of the current row."""
        code = self._codes.code_at(self.currentIndex())
        return code if code is not None and code in self._codes.tree else None

    def selected(self) -> list[CodeId]:
        """The codes of the selected rows, in the order of the codebook."""
        chosen = {self._codes.code_at(index) for index in self.selectionModel().selectedIndexes()}
        return [code.id for code in self._codes.tree if code.id in chosen]

    def _is_on_chevron(self, index: QModelIndex, place: QPoint) -> bool:
        left = self._rows.left(index, self.visualRect(index)) if index.isValid() else 0
        return index.isValid() and self._rows.has_under(index) and place.x() <= left + current_theme().px(18)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() < event.oldSize().height():
            self.scrollTo(self.currentIndex())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._is_on_chevron(index, event.position().toPoint()):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._is_on_chevron(index, event.position().toPoint()):
            return
        if self._codes.code_at(index) is not None:
            self.used.emit()
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        key, both = event.key(), Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        index = self.currentIndex()
        if event.modifiers() & both == both and key in self.STEPS:
            self.step_wanted.emit(self.STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._codes.code_at(index) is not None:
            self.used.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.setExpanded(index, not self.isExpanded(index))
        elif key == Qt.Key.Key_Delete and self.current() is not None:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)
