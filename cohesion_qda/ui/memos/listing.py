"""The memos as a list: two lines each, drawn only where they are seen."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.ids import MemoId
from cohesion_qda.model.memo import MemoEntry
from cohesion_qda.ui.memos.words import date_words
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.row_painting import paint_row, write_line
from cohesion_qda.ui.rows import Index, Rows, one_at_a_time
from cohesion_qda.ui.theme import current_theme

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
HIGH, LEFT, RIGHT = 64, 24, 16


class MemoRows(Rows):
    """One row a memo."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry: MemoEntry = self.rows[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return told(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.subject.words
        return None

    def row_of(self, memo: MemoId | None) -> int:
        """Where a memo stands, or -1."""
        return next((row for row, entry in enumerate(self.rows) if entry.memo.id == memo), -1)


def told(entry: MemoEntry) -> str:
    """A memo in one sentence, for screen readers."""
    date = date_words(entry.memo.updated_at, datetime.date.today())
    return _("{title}, about: {what}, {coder}, {date}").format(
        title=entry.memo.headline, what=entry.subject.words, coder=entry.memo.coder, date=date
    )


class MemoPainter(QStyledItemDelegate):
    """Title and date; under them what it is about, and who wrote it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, current_theme().px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, entry = current_theme(), index.data(ENTRY_ROLE)
        box = QRectF(option.rect).adjusted(LEFT - 12, 2, -8, -2)
        with smoothly(painter):
            paint_row(painter, box, option)
            inner = box.adjusted(12, theme.px(8), -12, -theme.px(8))
            high = theme.line_height("interface")
            top = QRectF(inner.left(), inner.top(), inner.width(), high)
            date = date_words(entry.memo.updated_at, datetime.date.today())
            right = Qt.AlignmentFlag.AlignRight
            used = write_line(painter, top, date, "meta", "text2", right)
            write_line(painter, top.adjusted(0, 0, -used - 12, 0), entry.memo.headline, "interface_strong", "text")
            below = QRectF(inner.left(), inner.bottom() - high, inner.width(), high)
            coder = QRectF(below.right() - below.width() * 0.34, below.top(), below.width() * 0.34, high)
            used = write_line(painter, coder, entry.memo.coder, "meta", "text2", right)
            write_line(painter, below.adjusted(0, 0, -used - 12, 0), self._about(entry), "meta", "text2")

    @staticmethod
    def _about(entry: MemoEntry) -> str:
        if not entry.links:
            return entry.subject.words
        links = ngettext("{n} link", "{n} links", entry.links).format(n=entry.links)
        return _("{links} · {what}").format(links=links, what=entry.subject.words)


class MemoList(QListView):
    """The list. Arrows move, Enter writes in the memo, Delete takes it away."""

    chosen = Signal()  # another memo is current, or none
    entered_on = Signal()
    removal = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Memos, the last written first"))
        self.memos = MemoRows(self)
        self.setModel(self.memos)
        self.setItemDelegate(MemoPainter(self))
        self.setUniformItemSizes(True)
        one_at_a_time(self)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._is_showing = False
        self.selectionModel().currentChanged.connect(lambda _on, _off: self._tell())
        self.doubleClicked.connect(lambda _index: self.entered_on.emit())
        current_theme().changed.connect(self.scheduleDelayedItemsLayout)

    def show_entries(self, entries: Sequence[MemoEntry], memo: MemoId | None) -> None:
        """Show other memos, with `memo` chosen where it is among them; the list stays where it is scrolled to."""
        scroll = self.verticalScrollBar().value()
        self._is_showing = True
        self.memos.show(entries)
        row = self.memos.row_of(memo)
        if row >= 0:
            self.setCurrentIndex(self.memos.index(row))
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scroll)
        if row >= 0:
            self.scrollTo(self.memos.index(row))
        self._is_showing = False

    def choose(self, row: int) -> None:
        """Make a row the current one, as a person does."""
        if self.memos.rowCount():
            self.setCurrentIndex(self.memos.index(max(0, min(row, self.memos.rowCount() - 1))))

    def current(self) -> MemoEntry | None:
        """The chosen memo."""
        index = self.currentIndex()
        return index.data(ENTRY_ROLE) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_on.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self._is_showing:
            self.chosen.emit()
