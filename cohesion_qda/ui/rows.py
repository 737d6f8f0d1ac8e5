"""A list of rows that is shown as a whole, as several pages have one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from cohesion_qda.ui.theme import current_theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW_ROLE = int(Qt.ItemDataRole.UserRole)  # the row itself


class Rows(QAbstractListModel):
    """Rows of one kind. A row has a text of its own, its attribute NAME, and `told()`, itself in words; a subclass whose rows have
    not says what each role of a row is.
    """

    NAME = "title"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Any] = ()

    def show(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return getattr(row, self.NAME)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.told()
        return None


def one_at_a_time(view: QListView) -> None:
    """A list in which one row is chosen and read, and none is typed into."""
    view.setMouseTracking(True)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class RowList(QListView):
    """A list in which one row is the current one. Rows have a `key`; their model gives them as ROW_ROLE."""

    chosen = Signal(object)  # the row, or None

    def __init__(self, rows: Rows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        rows.setParent(self)
        self.setModel(rows)
        one_at_a_time(self)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(lambda _on, _off: self.chosen.emit(self.current()))
        current_theme().changed.connect(self._dress)
        self._dress()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows; the current one stays current, or the one that comes in its place."""
        current, at = self.current(), self.currentIndex().row()
        scroll = self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self._rows.show(rows)
        self.selectionModel().blockSignals(False)
        keys = [row.key for row in rows]
        if current is not None and current.key in keys:
            at = keys.index(current.key)
        if not rows:
            self.chosen.emit(None)
            return
        self.setCurrentIndex(self._rows.index(min(max(0, at), len(rows) - 1)))
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scroll)

    def current(self) -> Any:
        """The row that the keys work on, or None."""
        return self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None

    def _dress(self) -> None:
        self.setStyleSheet(f"{type(self).__name__} {{ background: {current_theme().hex('bg')}; border: none; }}")
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
