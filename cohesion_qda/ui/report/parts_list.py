"""The parts of the report as a list: switched with Space, put in another order by keys or by dragging."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.report.looking import Contents
from cohesion_qda.ui.retrieve.paint import paint_box
from cohesion_qda.ui.row_painting import paint_row, write_line
from cohesion_qda.ui.rows import ROW_ROLE, Index, Rows, one_at_a_time
from cohesion_qda.ui.theme import current_theme

FRONT = "front"  # the row of the title page, which is always first and always written
HIGH, LEFT, BOX = 52, 12, 16


@dataclass(frozen=True, slots=True)
class Row:
    """A row. `more` stands under the title: its numbers, and whether the author has written there."""

    key: str
    title: str
    more: str
    is_shown: bool = True

    @property
    def is_front(self) -> bool:
        return self.key == FRONT

    def told(self) -> str:
        """The row in words, for screen readers."""
        if self.is_front:
            return ", ".join(part for part in (self.title, self.more) if part)
        state = _("in the report") if self.is_shown else _("left out")
        return ", ".join(part for part in (self.title, state, self.more) if part)


def rows_of(contents: Contents) -> list[Row]:
    """The title page, and every part in order."""
    missing = len(contents.gaps) + len(contents.strays)
    told = ngettext("{n} thing is missing", "{n} things are missing", missing).format(n=missing)
    rows = [Row(FRONT, _("Title page and settings"), told if missing else _("Nothing is missing"))]
    for part in contents.parts:
        written = _("your words") if contents.count_words(part) else ""
        rows.append(Row(part.key, part.name, " · ".join(p for p in (written, part.numbers) if p), part.is_shown))
    return rows


class PartRows(Rows):
    """The rows; all but the first can be ticked and dragged."""

    ticked = Signal(str, bool)  # key, whether it is to be in the report
    is_read_only = False

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid() and not self.rows[index.row()].is_front:
            return Qt.CheckState.Checked if self.rows[index.row()].is_shown else Qt.CheckState.Unchecked
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.rows[index.row()].is_front or self.is_read_only:
            return found
        return found | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        self.ticked.emit(self.rows[index.row()].key, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeData(self, _indexes: Sequence[Index]) -> QMimeData:
        data = QMimeData()
        data.setData("application/x-cohesion-part", b"")
        return data

    def mimeTypes(self) -> list[str]:
        return ["application/x-cohesion-part"]


class PartPainter(QStyledItemDelegate):
    """A box, the title, and under it what the part will tell."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, current_theme().px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = current_theme(), index.data(ROW_ROLE)
        box = QRectF(option.rect).adjusted(LEFT, 1, -8, -1)
        with smoothly(painter):
            paint_row(painter, box, option)
            side = theme.px(BOX)
            inner = box.adjusted(theme.px(12), theme.px(6), -12, -theme.px(6))
            high = inner.height() / (2 if row.more else 1)
            if not row.is_front:
                paint_box(painter, tick_box(box), row.is_shown)
            words = inner.adjusted(side + 12, 0, 0, 0)
            top = QRectF(words.left(), words.top(), words.width(), high)
            write_line(painter, top, row.title, "interface_medium", "text" if row.is_shown else "text2")
            if row.more:
                under = QRectF(words.left(), words.top() + high, words.width(), high)
                write_line(painter, under, row.more, "meta", "text2")


def tick_box(row: QRectF) -> QRectF:
    """Where the box of a row lies."""
    theme = current_theme()
    side = theme.px(BOX)
    return QRectF(row.left() + theme.px(12), row.center().y() - side / 2, side, side)


class PartList(QListView):
    """The list. Arrows move, Space switches a part on or off, Ctrl+Up and Ctrl+Down or dragging move it, Enter goes into its words."""

    chosen = Signal(str)  # key
    entered_on = Signal()
    switched = Signal(str, bool)  # key, whether it is to be in the report
    moved = Signal(str, int)  # key, its place among the parts from 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Parts of the report, in order"))
        self.parts = PartRows(self)
        self.setModel(self.parts)
        self.setItemDelegate(PartPainter(self))
        one_at_a_time(self)
        self.setViewportMargins(0, 8, 0, 8)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self._is_showing = False
        self.parts.ticked.connect(self.switched)
        self.selectionModel().currentChanged.connect(lambda _on, _off: self._tell())
        self.doubleClicked.connect(lambda _index: self.entered_on.emit())
        current_theme().changed.connect(self.scheduleDelayedItemsLayout)

    def show_parts(self, contents: Contents) -> None:
        """Show these; the current part stays current, the list where it is scrolled to."""
        key, scroll = self.current(), self.verticalScrollBar().value()
        self._is_showing = True
        self.parts.is_read_only = contents.is_read_only
        self.parts.show(rows_of(contents))
        self.choose(key or FRONT)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scroll)
        self.scrollTo(self.currentIndex())
        self._is_showing = False
        if self.current() != key:
            self._tell()

    def current(self) -> str:
        """The key of the current part; empty before there is one."""
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row.key if isinstance(row, Row) else ""

    def choose(self, key: str) -> None:
        """Make a part the current one; the title page where it is not there."""
        at = next((n for n, row in enumerate(self.parts.rows) if row.key == key), 0)
        if self.parts.rows:
            self.setCurrentIndex(self.parts.index(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_on.emit()
        elif is_ctrl and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(self.currentIndex().row() + (-1 if event.key() == Qt.Key.Key_Up else 1))
        elif event.key() == Qt.Key.Key_Space:
            self._toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            row = QRectF(self.visualRect(index)).adjusted(LEFT, 1, -8, -1)
            if tick_box(row).adjusted(-6, -6, 6, 6).contains(event.position()):
                self.setCurrentIndex(index)
                self._toggle(index)
                return
        super().mousePressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dragged goes where the line shows; the project is asked, and the list shows what it says."""
        index, was = self.indexAt(event.position().toPoint()), self.currentIndex().row()
        below = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem
        to = index.row() + below if index.isValid() else len(self.parts.rows)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self._move(to - 1 if to > was else to)

    def _toggle(self, index: Index) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        if isinstance(row, Row) and not row.is_front and not self.parts.is_read_only:
            self.switched.emit(row.key, not row.is_shown)

    def _move(self, to: int) -> None:
        """Ask for the current part to be put at that row."""
        at, last = self.currentIndex().row(), len(self.parts.rows) - 1
        to = max(1, min(to, last))
        if at > 0 and to != at and not self.parts.is_read_only:
            self.moved.emit(self.parts.rows[at].key, to - 1)

    def _tell(self) -> None:
        if not self._is_showing and self.current():
            self.chosen.emit(self.current())
