"""How a row of the codebook looks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.codebook.model import CodebookModel
from cohesion_qda.ui.rows import Index as Index
from cohesion_qda.ui.theme import current_theme

ROW, QUESTION_ROW, INDENT, SIDE = 28, 42, 16, 8


class CodeRow(QStyledItemDelegate):
    """Chevron or shape, name, key, count. Questions are bold, with room above. What is set aside is dimmed, under a row that
    says so.
    """

    def __init__(self, model: CodebookModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = current_theme()
        is_group = not index.parent().isValid() and index.row() > 0 and self.has_under(index)
        return QSize(80, theme.px(QUESTION_ROW if is_group else ROW))

    def has_under(self, index: Index) -> bool:
        """Whether rows stand under a row."""
        return self._model.rowCount(index) > 0

    def line(self, rect: QRect) -> QRectF:
        """The part of a row that its words stand in: the lower one, where there is room above."""
        height = current_theme().px(ROW)
        return QRectF(rect.left(), rect.bottom() + 1 - height, rect.width(), height)

    def left(self, index: Index, rect: QRect) -> float:
        """Where a row's chevron or shape begins."""
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return rect.left() + SIDE + 4 + current_theme().px(INDENT) * depth

    def _has_shape(self, index: Index) -> bool:
        code = self._model.code_at(index)
        return code is not None and not (self._model.tree[code].is_question and self.has_under(index))

    def name_left(self, index: Index, rect: QRect) -> float:
        """Where a row's name begins."""
        theme = current_theme()
        chevron = theme.px(18) if self.has_under(index) else 0
        return self.left(index, rect) + chevron + (theme.px(22) if self._has_shape(index) else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            self._paint(painter, option, index)
        finally:
            painter.restore()

    def _paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current_theme()
        code = self._model.code_at(index)
        line = self.line(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_back(painter, option, line)
        left = self.left(index, option.rect)
        has_under = self.has_under(index)
        if has_under:
            is_open = bool(option.state & QStyle.StateFlag.State_Open)
            self._paint_chevron(painter, QPointF(left + theme.px(6), line.center().y()), is_open)
            left += theme.px(18)
        if code is not None and self._has_shape(index):
            size = theme.px(10)
            mark = QRectF(left + 1, line.center().y() - size / 2, size, size)
            theme.paint_shape(painter, self._model.tree.shape(code), mark, self._model.tree[code].colour)
        is_strong = has_under and not index.parent().isValid() and code is not None
        is_dim = code is None or self._model.tree.is_aside(code)
        right = self._paint_count(painter, line, code, is_strong)
        right = self._paint_key(painter, line, right, "" if code is None or is_dim else self._model.tree[code].key)
        self._paint_name(painter, option, index, right, is_strong=is_strong, is_dim=is_dim)

    def _paint_name(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        right: float,
        *,
        is_strong: bool,
        is_dim: bool,
    ) -> None:
        theme, line = current_theme(), self.line(option.rect)
        font = theme.font("interface_strong" if is_strong else "interface")
        if option.state & QStyle.StateFlag.State_Selected:
            font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(is_dim and self._model.code_at(index) is not None)
        name = self.name_left(index, option.rect)
        painter.setFont(font)
        painter.setPen(theme.colour("text2" if is_dim else "text"))
        words = str(self._model.data(index))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, right - name - 4)
        place = QRectF(name, line.top(), right - name, line.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _paint_back(self, painter: QPainter, option: QStyleOptionViewItem, line: QRectF) -> None:
        theme = current_theme()
        box = line.adjusted(SIDE, 1, -SIDE, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(theme.colour("soft"))
            painter.drawRoundedRect(box, 6, 6)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 4, 3, box.height() - 8), 1.5, 1.5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.colour("line"))
            painter.drawRoundedRect(box, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus and option.widget is not None and option.widget.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)

    def _paint_chevron(self, painter: QPainter, middle: QPointF, is_open: bool) -> None:
        theme = current_theme()
        r = theme.px(4)
        painter.setPen(QPen(theme.colour("text2"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if is_open:
            points = [QPointF(-r, -r / 2), QPointF(0, r / 2), QPointF(r, -r / 2)]
        else:
            points = [QPointF(-r / 2, -r), QPointF(r / 2, 0), QPointF(-r / 2, r)]
        painter.drawPolyline(QPolygonF([middle + point for point in points]))

    def _paint_count(self, painter: QPainter, line: QRectF, code: CodeId | None, is_strong: bool) -> float:
        theme = current_theme()
        font = theme.font("meta")
        if is_strong:
            font.setWeight(QFont.Weight.DemiBold)
        words = str(len(self._model.set_aside()) if code is None else self._model.count(code).mentions)
        width = max(QFontMetricsF(font).horizontalAdvance(words), theme.px(16))
        place = QRectF(line.right() - SIDE - theme.px(12) - width, line.top(), width, line.height())
        painter.setFont(font)
        painter.setPen(theme.colour("text" if is_strong else "text2"))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), words)
        return place.left() - theme.px(8)

    def _paint_key(self, painter: QPainter, line: QRectF, right: float, key: str) -> float:
        if not key:
            return right
        theme = current_theme()
        words = key.replace("Shift+", "⇧")
        width = max(theme.px(18), QFontMetricsF(theme.font("badge")).horizontalAdvance(words) + theme.px(8))
        height = theme.px(18)
        box = QRectF(right - width, line.center().y() - height / 2, width, height)
        painter.setPen(QPen(theme.colour("ctl"), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(theme.font("badge"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        return box.left() - theme.px(6)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        line = self.line(option.rect)
        left = int(self.name_left(index, option.rect)) - 8
        editor.setGeometry(QRect(left, int(line.top()), int(line.right()) - left - SIDE, int(line.height())))
