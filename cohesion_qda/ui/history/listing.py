"""The trail as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import TrailEntry
from cohesion_qda.ui.history.words import Day, Line
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.retrieve.paint import Index
from cohesion_qda.ui.rows import Rows, one_at_a_time
from cohesion_qda.ui.theme import current_theme

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
LEFT, RIGHT, MOST = 24, 12, 960


class Trail(Rows):
    """Days and the lines under them."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.title if isinstance(row, Day) else row.told()
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Line):
            return row.entry.told
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], Day):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def row_of(self, action: int) -> int:
        """Where an action stands, or -1."""
        return next((n for n, row in enumerate(self.rows) if isinstance(row, Line) and row.entry.id == action), -1)


class LinePainter(QStyledItemDelegate):
    """Draws a line: when, and who did what; struck through, and said to be undone, when it was."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = current_theme()
        return QSize(400, theme.px(48) if isinstance(index.data(ROW_ROLE), Day) else theme.px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        rect = QRectF(option.rect).adjusted(LEFT, 0, -RIGHT, 0)
        rect.setWidth(min(rect.width(), current_theme().px(MOST)))
        with smoothly(painter):
            if isinstance(row, Day):
                self._paint_day(painter, rect, row)
            else:
                self._paint_line(painter, rect, row, option)

    def _paint_day(self, painter: QPainter, rect: QRectF, row: Day) -> None:
        theme = current_theme()
        _write(painter, rect.adjusted(0, theme.px(20), 0, -theme.px(4)), row.title, "panel_title", "text")

    def _paint_line(self, painter: QPainter, rect: QRectF, row: Line, option: QStyleOptionViewItem) -> None:
        theme = current_theme()
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        box = rect.adjusted(-12, 1, 0, -1)
        painter.setPen(QPen(theme.colour("focus"), 2) if has_focus else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(theme.colour("soft" if is_on else "bg") if is_on or is_under else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        quiet = row.is_struck or row.entry.kind in ("undo", "redo")
        _write(painter, rect, row.time, "meta", "text2")
        words = rect.adjusted(theme.px(56), 0, -12, 0)
        room = words.width() - (theme.px(64) if row.standing else 0)
        tone = "text2" if quiet else "text"
        used = _write(painter, words, row.entry.told, "interface", tone, room=room, struck=row.is_struck)
        if row.standing:
            _write(painter, words.adjusted(used + 12, 1, 0, 1), row.standing, "meta_strong", "text2")


class TrailList(QListView):
    """The list. Up and Down move, Enter undoes to the chosen act. Near its end it asks for more."""

    chosen = Signal(object)  # TrailEntry or None
    entered_on = Signal()
    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("What was done, newest first"))
        self.trail = Trail(self)
        self.setModel(self.trail)
        self.setItemDelegate(LinePainter(self))
        one_at_a_time(self)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(500)
        self.selectionModel().currentChanged.connect(lambda _on, _off: self.chosen.emit(self.current()))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        current_theme().changed.connect(self.scheduleDelayedItemsLayout)

    def show_rows(self, rows: Sequence[Day | Line]) -> None:
        """Show another trail; the chosen act stays chosen, the list stays where it is."""
        current, scroll = self.current(), self.verticalScrollBar().value()
        self.trail.show(rows)
        row = self.trail.row_of(current.id) if current is not None else -1
        if row >= 0:
            self.setCurrentIndex(self.trail.index(row))
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scroll)
        self.chosen.emit(self.current())

    def _scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() and value >= bar.maximum() - bar.pageStep():
            self.more_wanted.emit()

    def current(self) -> TrailEntry | None:
        """The chosen act."""
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row.entry if isinstance(row, Line) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_on.emit()
        else:
            super().keyPressEvent(event)


def _write(
    painter: QPainter,
    rect: QRectF,
    words: str,
    role: str,
    tone: str,
    *,
    room: float = 0.0,
    struck: bool = False,
) -> float:
    """One line of words, shortened to fit; gives the width it took."""
    theme = current_theme()
    font = theme.font(role)
    font.setStrikeOut(struck)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room or rect.width())
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)
