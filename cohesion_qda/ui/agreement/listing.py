"""The list of disagreements."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.agreement.model import Row
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.row_painting import paint_row
from cohesion_qda.ui.rows import ROW_ROLE, Index, RowList, Rows
from cohesion_qda.ui.theme import current_theme


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
        row = index.data(ROW_ROLE)
        with smoothly(painter):
            rect = QRectF(option.rect).adjusted(8, 1, -8, -1)
            is_on = paint_row(painter, rect, option, under="line")
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


class DisagreementList(RowList):
    """One row is the current one. Letters and digits are told by `lettered`; Enter by `opened`."""

    lettered = Signal(str)
    opened = Signal()
    left = Signal()  # Escape

    def __init__(self, parent: QWidget | None = None) -> None:
        self.found = Disagreements()
        super().__init__(self.found, parent)
        self.setAccessibleName(_("Disagreements"))
        self.painter = RowPainter(self)
        self.setItemDelegate(self.painter)
        self.setUniformItemSizes(True)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the current one stays current, or the one that comes in its place."""
        self.painter.has_settled = any(row.settled for row in rows)
        super().show_rows(rows)
        self.scrollTo(self.currentIndex())

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
