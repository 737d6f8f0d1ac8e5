"""What can be asked, and the answers that were kept under a name: the left of the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.model.asked import SavedAnswer
from cohesion_qda.model.ids import AnswerId
from cohesion_qda.ui.compare.kinds import KindWords, called, kinds
from cohesion_qda.ui.compare.paint import wrapped
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.row_painting import paint_row, write_line
from cohesion_qda.ui.rows import Index, Rows, one_at_a_time
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label

WIDE = 216
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
SIDE = 12  # pixels left and right of the words in a row


class RailRows(Rows):
    """Kinds of answers, or kept answers."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if isinstance(row, KindWords):
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return _("{name}. {line}").format(name=row.name, line=row.line)
            return row.name if role == Qt.ItemDataRole.DisplayRole else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("{name}, {line}").format(name=row.name, line=called(row.asked.kind))
        return None


class RailPainter(QStyledItemDelegate):
    """A name, and smaller under it what it tells."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = current_theme()
        lines = len(_lines(index.data(ROW_ROLE)))
        return QSize(100, theme.px(20) + lines * theme.px(16) + theme.px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = current_theme(), index.data(ROW_ROLE)
        box = QRectF(option.rect).adjusted(8, 1, -8, -1)
        with smoothly(painter):
            is_on = paint_row(painter, box, option)
            inner = box.adjusted(SIDE, theme.px(5), -SIDE, -theme.px(5))
            top = QRectF(inner.x(), inner.y(), inner.width(), theme.px(20))
            role = "interface_strong" if is_on else "interface_medium"
            write_line(painter, top, row.name, role, "accenttext" if is_on else "text")
            y = top.bottom()
            for line in _lines(row):
                write_line(painter, QRectF(inner.x(), y, inner.width(), theme.px(16)), line, "meta", "text2")
                y += theme.px(16)


def _under(row: KindWords | SavedAnswer) -> str:
    return row.line if isinstance(row, KindWords) else called(row.asked.kind)


def _lines(row: KindWords | SavedAnswer) -> list[str]:
    """What stands under the name."""
    theme = current_theme()
    return wrapped(_under(row), theme.font("meta"), theme.px(WIDE) - 2 * SIDE - 34)


class RailList(QListView):
    """One of the two lists. It is as high as its rows. F2 renames, Delete deletes where that can be."""

    taken = Signal(object)  # the row that a person chose
    renaming = Signal(object)
    removal = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None, *, kept: bool = False) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.lines = RailRows(self)
        self._is_kept = kept
        self._is_showing = False
        self.setModel(self.lines)
        self.setItemDelegate(RailPainter(self))
        one_at_a_time(self)
        self.setProperty("surface", "bg")
        self.selectionModel().currentChanged.connect(lambda _on, _off: self._tell())
        self.clicked.connect(lambda _index: self._tell())
        current_theme().changed.connect(self._dress)
        self._dress()

    def show_lines(self, rows: Sequence[KindWords | SavedAnswer], at: int) -> None:
        """Show these, with one chosen (-1: none)."""
        self._is_showing = True
        if list(rows) != list(self.lines.rows):
            self.lines.show(rows)
        if at >= 0:
            self.setCurrentIndex(self.lines.index(at))
        else:
            self.selectionModel().clear()
        self._is_showing = False
        self.updateGeometry()

    def current(self) -> KindWords | SavedAnswer | None:
        """The row that the keys work on."""
        index = self.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def high(self) -> int:
        """How many pixels show all rows."""
        option = QStyleOptionViewItem()
        painter = self.itemDelegate()
        return sum(painter.sizeHint(option, self.lines.index(n)).height() for n in range(self.lines.rowCount())) + 4

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(WIDE), self.high())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(row)
        elif row is not None and self._is_kept and event.key() == Qt.Key.Key_F2:
            self.renaming.emit(row)
        elif row is not None and self._is_kept and event.key() == Qt.Key.Key_Delete:
            self.removal.emit(row)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        if self._is_kept and not self.currentIndex().isValid() and self.lines.rowCount():
            self._is_showing = True  # the ring is seen, and nothing is opened by it
            self.selectionModel().setCurrentIndex(self.lines.index(0), self.selectionModel().SelectionFlag.NoUpdate)
            self._is_showing = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self._is_kept:
            return
        at = event.pos()
        index = self.currentIndex() if event.reason() == QContextMenuEvent.Reason.Keyboard else self.indexAt(at)
        if index.isValid():
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                at = self.visualRect(index).topLeft() + QPoint(SIDE, SIDE)
            self.menu(index.data(ROW_ROLE)).popup(self.mapToGlobal(at))

    def menu(self, saved: SavedAnswer) -> QMenu:
        """What can be done with a kept answer."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Open"), lambda: self.taken.emit(saved))
        menu.addAction(_("Rename …"), lambda: self.renaming.emit(saved))
        menu.addAction(_("Delete"), lambda: self.removal.emit(saved))
        return menu

    def _tell(self) -> None:
        row = self.current()
        if not self._is_showing and row is not None:
            self.taken.emit(row)

    def _dress(self) -> None:
        self.setStyleSheet(f"RailList {{ background: {current_theme().hex('bg')}; }}")
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()


class Rail(QFrame):
    """The kinds, and under them the kept answers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "right")
        self.kinds = RailList(_("What can be asked"))
        self.saved = RailList(_("Saved answers"), kept=True)
        self.title = Label(_("Saved answers"), "meta_strong", "text2")
        self.title.setContentsMargins(20, 12, 12, 4)
        self.none = Label(
            _("Save an answer under a name to come back to it; it is counted anew each time."), "meta", "text2"
        )
        self.none.setWordWrap(True)
        self.none.setContentsMargins(20, 0, 12, 8)
        inside = QWidget()
        inside.setProperty("surface", "bg")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(0)
        column.addWidget(self.kinds)
        column.addWidget(self.title)
        column.addWidget(self.none)
        column.addWidget(self.saved)
        column.addStretch(1)
        self._area = QScrollArea()  # both lists are as high as their rows, and scrolled together
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.addWidget(self._area)
        for each in (self.kinds, self.saved):
            each.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            each.selectionModel().currentChanged.connect(lambda _on, _off, each=each: self._bring_into_view(each))
        self.kinds.show_lines(kinds(), -1)
        current_theme().changed.connect(self.fit)
        self.fit()

    def show_state(self, kind: str, saved: Sequence[SavedAnswer], current: AnswerId | None) -> None:
        """Show what is asked, and what is kept."""
        all_ = kinds()
        self.kinds.show_lines(all_, next((n for n, words in enumerate(all_) if words.kind == kind), -1))
        self.saved.show_lines(saved, next((n for n, kept in enumerate(saved) if kept.id == current), -1))
        self.none.setVisible(not saved)
        self.saved.setVisible(bool(saved))
        self.fit()

    def fit(self) -> None:
        """As wide as it is to be, and both lists as high as their rows."""
        self.setFixedWidth(current_theme().px(WIDE))
        for each in (self.kinds, self.saved):
            each.setFixedHeight(max(1, each.high()))

    def _bring_into_view(self, shown: RailList) -> None:
        row = shown.visualRect(shown.currentIndex())
        if shown.currentIndex().isValid() and shown.hasFocus():
            at = shown.viewport().mapTo(self._area.widget(), row.center())
            self._area.ensureVisible(at.x(), at.y(), 0, row.height() // 2 + 4)
