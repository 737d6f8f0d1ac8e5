"""How the rows of the navigator are painted."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from cohesion_qda.ui.rows import Index
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import elided


class NarrowView(QListView):
    """A list that may show icons alone."""

    is_narrow = False


class Role:
    """The item data that the navigator's delegate reads."""

    NAME = int(Qt.ItemDataRole.DisplayRole)
    KEY = int(Qt.ItemDataRole.UserRole) + 1  # page name or source id
    META = KEY + 1  # the words at the right
    ICON = KEY + 2
    HEADER = KEY + 3
    TICK = KEY + 4
    SHORT = KEY + 5  # what is painted, where it is not the whole name


class RowPainter(QStyledItemDelegate):
    """Paints rows: icon, label, count or state; a bar and bold words for the selected one; a ring for the focus."""

    renamed = Signal(object, str)  # source id, new name

    def __init__(self, view: NarrowView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = current_theme()
        is_first = index.row() == 0
        return QSize(0, theme.px(32) + (0 if is_first or not index.data(Role.HEADER) else theme.px(8)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            if index.data(Role.HEADER):
                self._paint_header(painter, option.rect, index)
            else:
                self._paint_row(painter, option, index)
        finally:
            painter.restore()

    def _paint_header(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme = current_theme()
        line = rect.adjusted(12, rect.height() - theme.px(32), -12, 0)
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font("meta"))
        meta = index.data(Role.META) or ""
        room = painter.fontMetrics().horizontalAdvance(meta) + 8
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, meta)
        font = theme.font("meta_strong")
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        words = elided(index.data(Role.NAME), painter.fontMetrics(), line.width() - room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("soft" if is_selected else "line"))
            painter.drawRoundedRect(box, 6, 6)
        if is_selected:
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 8, 3, box.height() - 16), 1.5, 1.5)
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(theme.colour("focus"))
            pen.setWidth(2)
            pen.setStyle(Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        self._paint_words(painter, option.rect, index, is_selected)

    def _paint_words(self, painter: QPainter, rect: QRect, index: Index, is_selected: bool) -> None:
        theme = current_theme()
        left, right = rect.left() + 12, rect.right() - 12
        icon = index.data(Role.ICON)
        if icon:
            size = theme.px(18)
            at = left if not self._view.is_narrow else rect.left() + (rect.width() - size) // 2
            tone = "accenttext" if is_selected else "text2"
            theme.icon(icon, tone, 18).paint(painter, QRect(at, rect.center().y() - size // 2, size, size))
            left += size + theme.px(12)
        if self._view.is_narrow:
            return
        align = Qt.AlignmentFlag.AlignVCenter
        if index.data(Role.TICK):
            size = theme.px(14)
            theme.icon("check", "ok", 14).paint(painter, QRect(right - size, rect.center().y() - size // 2, size, size))
            right -= size + 4
        meta = index.data(Role.META) or ""
        if meta:
            painter.setFont(theme.font("meta"))
            painter.setPen(theme.colour("text2" if not is_selected else "text"))
            painter.drawText(
                QRect(left, rect.top(), right - left, rect.height()), align | Qt.AlignmentFlag.AlignRight, meta
            )
            right -= painter.fontMetrics().horizontalAdvance(meta) + 8
        painter.setFont(theme.font("interface_strong" if is_selected else "interface_medium"))
        painter.setPen(theme.colour("accenttext" if is_selected else "text"))
        words = elided(index.data(Role.SHORT) or index.data(Role.NAME), painter.fontMetrics(), right - left)
        painter.drawText(
            QRect(left, rect.top(), right - left, rect.height()), align | Qt.AlignmentFlag.AlignLeft, words
        )

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """The new name is asked for; the list changes when the project has changed."""
        if isinstance(editor, QLineEdit) and editor.text().strip() and editor.text() != index.data(Role.NAME):
            self.renamed.emit(index.data(Role.KEY), editor.text())

    def helpEvent(self, event: QEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        words = self._tooltip(option.rect, index)
        if words:
            QToolTip.showText(event.globalPos(), words, view)
            return True
        return False

    def _tooltip(self, rect: QRect, index: Index) -> str:
        name, meta = index.data(Role.NAME) or "", index.data(Role.META) or ""
        metrics = self._view.fontMetrics()
        taken = metrics.horizontalAdvance(name) + metrics.horizontalAdvance(meta) + current_theme().px(56)
        return name if self._view.is_narrow or taken > rect.width() else ""
