"""Ticking some of many: a popup with a field to search, and a box before each line."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.model.text import comparable
from cohesion_qda.ui.choosing import ListKeys
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.retrieve.paint import paint_box
from cohesion_qda.ui.rows import Index
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, SearchField

WIDTH, ROWS = 360, 12
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Item:
    """A line: what it stands for, its words, and what tells it from another of the same words."""

    value: Hashable
    words: str
    beside: str = ""

    @property
    def line(self) -> str:
        """The words as they are shown."""
        return _("{name} ({more})").format(name=self.words, more=self.beside) if self.beside else self.words


class TickRows(QAbstractListModel):
    """The lines that hold what was typed, each with its box."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Item] = []
        self._rows: list[Item] = []
        self.ticked: set[Hashable] = set()

    def show(self, items: Sequence[Item], ticked: Sequence[Hashable]) -> None:
        """Show these."""
        self._items, self.ticked = list(items), set(ticked)
        self.search("")

    def search(self, typed: str) -> None:
        """Show the lines that hold `typed`."""
        self.beginResetModel()
        self._rows = [item for item in self._items if comparable(typed) in comparable(item.line)]
        self.endResetModel()

    def taken(self) -> list[Hashable]:
        """What is ticked, in the order of the lines."""
        return [item.value for item in self._items if item.value in self.ticked]

    def toggle(self, row: int) -> None:
        """Tick a line, or not."""
        if 0 <= row < len(self._rows):
            self.ticked ^= {self._rows[row].value}
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.CheckStateRole])

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return item.line
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if item.value in self.ticked else Qt.CheckState.Unchecked
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class TickPainter(QStyledItemDelegate):
    """A line with its box."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, max(28, current_theme().px(28)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = current_theme(), QRectF(option.rect)
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        with smoothly(painter):
            if is_on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("soft"))
                painter.drawRoundedRect(rect, 6, 6)
            side = theme.px(16)
            paint_box(painter, QRectF(rect.x() + 8, rect.center().y() - side / 2, side, side), checked)
            font = theme.font("interface")
            painter.setFont(font)
            painter.setPen(theme.colour("accenttext" if is_on else "text"))
            words = rect.adjusted(side + 16, 0, -8, 0)
            shown = QFontMetricsF(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class TickPopup(QFrame):
    """The popup. Typing searches, and Enter then ticks; the arrows move, Space ticks, Enter closes (and ticks the line where
    nothing was ticked otherwise), Escape gives up.
    """

    taken = Signal(object)  # list of values, when something else is ticked than before

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("tick_popup")
        self.field = SearchField(_("Search"), self)
        self.field.textChanged.connect(self._search)
        self.rows = TickRows(self)
        self.list = QListView(self)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(TickPainter(self.list))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.clicked.connect(lambda index: self.rows.toggle(index.row()))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setUniformItemSizes(True)
        self._none = Label(_("Nothing like that."), "interface", "text2")
        self._how = Label(_("Space ticks, Enter closes"), "meta", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        for part in (self.field, self._none, self.list, self._how):
            column.addWidget(part)
        self._before: list[Hashable] = []
        self._keys = ListKeys(self.field, self.list, self._enter, ROWS)
        self.field.installEventFilter(self)  # asked before those keys

    def open_under(self, widget: QWidget, name: str, items: Sequence[Item], ticked: Sequence[Hashable]) -> None:
        """Open under `widget`; `name` says what is ticked."""
        theme = current_theme()
        self.setAccessibleName(name)
        self.list.setAccessibleName(name)
        self.setStyleSheet(
            f"#tick_popup {{ background: {theme.hex('raised')}; border: 1px solid {theme.hex('ctl')}; }}"
            "QListView { background: transparent; border: none; }"
        )
        self.list.setFont(theme.font("interface"))
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        self.rows.show(items, ticked)
        self._before = self.rows.taken()
        self._search("")
        self.list.setFixedHeight(min(ROWS, max(3, len(items))) * max(28, theme.px(28)))
        self.setFixedWidth(theme.px(WIDTH))
        self.adjustSize()
        at = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        area = widget.screen().availableGeometry()
        self.move(
            max(area.left(), min(at.x(), area.right() - self.width())), min(at.y(), area.bottom() - self.height())
        )
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key == Qt.Key.Key_Space and not self.field.text():
                self.rows.toggle(self.list.currentIndex().row())
                return True
            if key == Qt.Key.Key_Escape and not self.field.text():
                self.rows.ticked = set(self._before)
                self.hide()
                return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        taken = self.rows.taken()
        if taken != self._before:
            self._before = taken
            self.taken.emit(taken)

    def _enter(self) -> None:
        """Tick the line that was searched for, and be ready for the next; with nothing typed, close."""
        row = self.list.currentIndex().row()
        if self.field.text():
            self.rows.toggle(row)
            self.field.clear()
            return
        if self.rows.taken() == self._before:
            self.rows.toggle(row)
        self.hide()

    def _search(self, typed: str) -> None:
        self.rows.search(typed)
        self._none.setVisible(self.rows.rowCount() == 0)
        self._keys.choose(0)
