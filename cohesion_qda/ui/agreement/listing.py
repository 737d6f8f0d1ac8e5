"""The list of disagreements."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.agreement.model import Row
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.rows import Index, Rows, one_at_a_time
from cohesion_qda.ui.theme import current_theme

ROW_ROLE = int(Qt.ItemDataRole.UserRole)


class Disagreements(Rows):
    """The rows in their order."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.code.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.told()
        return None


class RowPainter(QStyledItemDelegate):
    """Draws a disagreement: the code, where, and, where settled ones are shown, how it was settled."""

    has_settled = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = current_theme()
        return QSize(200, theme.line_height("panel_title") + (1 + self.has_settled) * theme.line_height("meta") + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = current_theme(), index.data(ROW_ROLE)
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        with smoothly(painter):
            rect = QRectF(option.rect).adjusted(8, 1, -8, -1)
            painter.setPen(QPen(theme.colour("focus"), 2) if has_focus else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(theme.colour("soft" if is_on else "line") if is_on or is_under else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
            if is_on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                painter.drawRoundedRect(QRectF(rect.x(), rect.y() + 8, 3, rect.height() - 16), 1.5, 1.5)
            self._paint_words(painter, rect.adjusted(16, 8, -12, -8), row, is_on)

    def _paint_words(self, painter: QPainter, rect: QRectF, row: Row, is_on: bool) -> None:
        theme = current_theme()
        size, high = theme.px(10), theme.line_height("panel_title")
        painter.save()
        theme.paint_shape(
            painter, row.code.shape, QRectF(rect.x(), rect.y() + (high - size) / 2, size, size), row.code.colour
        )
        painter.restore()
        y = rect.y()
        settled = (row.settled, "meta_strong", "ok") if row.settled else (_("Not settled"), "meta", "text2")
        title = (row.code.name, "panel_title", "accenttext" if is_on else "text")
        lines = [title, (row.place, "meta", "text2"), *([settled] if self.has_settled else [])]
        for n, (words, role, tone) in enumerate(lines):
            lead = size + 8 if n == 0 else 0
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(tone))
            place = QRectF(rect.x() + lead, y, rect.width() - lead, theme.line_height(role))
            shown = QFontMetricsF(theme.font(role)).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            y += theme.line_height(role)


class DisagreementList(QListView):
    """One row is the current one. Letters and digits are told by `lettered`; Enter by `opened`."""

    chosen = Signal(object)  # Row or None
    lettered = Signal(str)
    opened = Signal()
    left = Signal()  # Escape

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Disagreements"))
        self.found = Disagreements(self)
        self.setModel(self.found)
        self.painter = RowPainter(self)
        self.setItemDelegate(self.painter)
        one_at_a_time(self)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(lambda _on, _off: self.chosen.emit(self.current()))
        current_theme().changed.connect(self._dress)
        self._dress()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the current one stays current, or the one that comes in its place."""
        current, at = self.current(), self.currentIndex().row()
        scroll = self.verticalScrollBar().value()
        self.painter.has_settled = any(row.settled for row in rows)
        self.selectionModel().blockSignals(True)
        self.found.show(rows)
        self.selectionModel().blockSignals(False)
        keys = [row.key for row in rows]
        if current is not None and current.key in keys:
            at = keys.index(current.key)
        if not rows:
            self.chosen.emit(None)
            return
        self.setCurrentIndex(self.found.index(min(max(0, at), len(rows) - 1)))
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scroll)
        self.scrollTo(self.currentIndex())

    def current(self) -> Row | None:
        """The row that the keys work on."""
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row if isinstance(row, Row) else None

    def step(self, by: int, *, open_only: bool = False) -> bool:
        """To the next (1) or the previous (-1) row, or only to one that is not settled. Whether there was one."""
        rows, at = self.found.rows, self.currentIndex().row()
        order = range(at + 1, len(rows)) if by > 0 else range(at - 1, -1, -1)
        wanted = next((n for n in order if not open_only or not rows[n].settled), None)
        if wanted is None and open_only:
            wanted = next((n for n in range(len(rows)) if n != at and not rows[n].settled), None)
        if wanted is not None:
            self.setCurrentIndex(self.found.index(wanted))
        return wanted is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and event.text().isalnum():
            self.lettered.emit(event.text().lower())
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setStyleSheet(f"DisagreementList {{ background: {current_theme().hex('bg')}; border: none; }}")
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
