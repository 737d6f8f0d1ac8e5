"""How the cells and the heads of an answer's table are painted. Only what is seen is painted, and nothing here counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextLayout
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from cohesion_qda.ui.compare import cells
from cohesion_qda.ui.compare.model import LABEL, AnswerModel, Index
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.theme import current_theme

if TYPE_CHECKING:
    from cohesion_qda.ui.compare.grid import AnswerTable

PAD = 8
STEP = 16  # pixels that a line is indented for each level
SHAPE = 24  # pixels for a code's shape before its name
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


def write(painter: QPainter, rect: QRectF, text: str, role: str, tone: str, align: Qt.AlignmentFlag) -> None:
    """One line of text, shortened to fit."""
    theme = current_theme()
    font = theme.font(role)
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)


def wrapped(words: str, font: QFont, wide: float, most: int = 0) -> list[str]:
    """`words` in lines of at most `wide` pixels; with `most`, the last of so many lines holds all that is left."""
    layout, lines = QTextLayout(words, font), []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(16.0, wide))
        if most and len(lines) == most - 1:
            lines.append(words[line.textStart() :].strip())
            break
        lines.append(words[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return lines


def shaded(depth: float) -> QColor:
    """The ground of a cell of a heat map: text on it keeps its contrast, light and dark."""
    theme = current_theme()
    pale, deep = theme.colour("paper"), theme.colour("sel")
    at = 0.12 + 0.88 * depth if depth else 0.0
    parts = ((p, d) for p, d in zip(pale.getRgbF()[:3], deep.getRgbF()[:3], strict=True))
    return QColor.fromRgbF(*(p + (d - p) * at for p, d in parts))


class CellPainter(QStyledItemDelegate):
    """Draws labels with their shapes, and cells with their denominators; the current cell has a ring, its row a tone."""

    def __init__(self, table: AnswerTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self._table.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, model = current_theme(), self._table.answer
        current = self._table.currentIndex()
        is_current = current.isValid() and (current.row(), current.column()) == (index.row(), index.column())
        with smoothly(painter):
            rect = QRectF(option.rect)
            if current.row() == index.row() or self._table.hovered_row == index.row():
                painter.fillRect(rect, theme.colour("bg"))
            if index.column() == LABEL:
                self._paint_label(painter, rect, model, index.row())
            else:
                self._paint_cell(painter, rect, model, index)
            painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
            if model.is_foot(index.row()):
                painter.fillRect(QRectF(rect.x(), rect.y() - 1, rect.width(), 2), theme.colour("line"))
            if is_current and (self._table.hasFocus() or self._table.is_open):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus"), 2))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -2), 6, 6)

    def _paint_label(self, painter: QPainter, rect: QRectF, model: AnswerModel, row: int) -> None:
        theme, line = current_theme(), model.line(row)
        left = rect.x() + 4 + (0 if model.is_flat else theme.px(STEP) * self._table.depth_of(line))
        if line.code is not None and line.code in model.tree:
            size = theme.px(12)
            mark = QRectF(left, rect.center().y() - size / 2, size, size)
            theme.paint_shape(painter, model.tree.shape(line.code), mark, model.tree[line.code].colour)
            left += theme.px(SHAPE) - 4
        inner = QRectF(left, rect.y(), rect.right() - left - PAD, rect.height())
        role = "interface_strong" if model.is_foot(row) or line.is_heading else "interface_medium"
        if line.note:
            high = theme.px(17)
            top = QRectF(inner.x(), inner.center().y() - high, inner.width(), high)
            write(painter, top, line.label, role, "text", LEFT)
            write(painter, top.translated(0, high - 1), line.note, "meta", "text2", LEFT)
        else:
            write(painter, inner, line.label, role, "text", LEFT)

    def _paint_cell(self, painter: QPainter, rect: QRectF, model: AnswerModel, index: Index) -> None:
        theme = current_theme()
        head, cell = model.head(index.column()), model.cell(index)
        if model.line(index.row()).is_heading:
            return
        depth = model.shade(index)
        if depth:
            painter.fillRect(rect.adjusted(1, 1, -1, -2), shaded(depth))
        strong, small = cells.value_words(cell, head), cells.small_words(cell, head)
        is_quiet = cell.value is None or cell.value == 0
        role = "interface" if is_quiet or isinstance(cell.value, str) else "interface_strong"
        tone = ("text" if depth else "text2") if is_quiet else "text"
        align = LEFT if head.form == "text" else RIGHT
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        reach = model.reach(index)
        if reach is not None:
            inner.adjust(0, 0, 0, -theme.px(10))
            self._paint_bar(painter, QRectF(inner.x(), rect.bottom() - theme.px(12), inner.width(), theme.px(5)), reach)
        if small:
            high = theme.px(17)
            top = QRectF(inner.x(), inner.center().y() - high, inner.width(), high)
            write(painter, top, strong, role, tone, align)
            write(painter, top.translated(0, high - 1), small, "meta", "text" if depth else "text2", align)
        else:
            write(painter, inner, strong, role, tone, align)

    @staticmethod
    def _paint_bar(painter: QPainter, bar: QRectF, reach: float) -> None:
        theme = current_theme()
        painter.fillRect(bar, theme.colour("line"))
        bar.setWidth(bar.width() * reach)
        painter.fillRect(bar, theme.colour("accent"))


class Header(QHeaderView):
    """Labels with their denominators under them, and over them what several columns have in common. A click sorts."""

    def __init__(self, parent: QTableView, table: AnswerTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table, self._answer = table, table.answer
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(24)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def _levels(self) -> tuple[bool, bool]:
        heads = self._answer.part.heads
        return any(head.over for head in heads), any(head.of is not None for head in heads)

    def sizeHint(self) -> QSize:
        theme, (over, of) = current_theme(), self._levels()
        lines = max(map(len, self._table.head_lines), default=1)
        return QSize(100, theme.px(20) * over + theme.px(18) * lines + theme.px(16) * of + 14)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, (over, of) = current_theme(), self._levels()
        with smoothly(painter):
            painter.setClipRect(rect)
            painter.fillRect(rect, theme.colour("paper"))
            y = float(rect.y() + theme.px(4))
            if over:
                if section != LABEL:
                    self._paint_over(painter, rect, section, y)
                y += theme.px(20)
            inner = QRectF(rect).adjusted(4 if section == LABEL else PAD, 0, -PAD, 0)
            bottom = rect.bottom() - 8 - theme.px(16) * (of and section != LABEL)
            self._paint_label(painter, QRectF(inner.x(), y, inner.width(), bottom - y), section)
            if of and section != LABEL:
                under = QRectF(inner.x(), bottom, inner.width(), theme.px(16))
                head = self._answer.head(section)
                align = LEFT if head.form == "text" else RIGHT
                write(painter, under, cells.denominator(head), "meta", "text2", align)
            painter.fillRect(QRect(rect.x(), rect.bottom() - 1, rect.width(), 2), theme.colour("ctl"))

    def _paint_label(self, painter: QPainter, inner: QRectF, section: int) -> None:
        theme, model = current_theme(), self._answer
        lines = self._table.head_lines[section] if section < len(self._table.head_lines) else []
        align = LEFT if section == LABEL or model.head(section).form == "text" else RIGHT
        if model.order is not None and model.order[0] == section - 1:
            size = theme.px(12)
            mark = theme.pixmap("sort-down" if model.order[1] else "sort-up", "accenttext", 12)
            at = QRectF(inner.right() - size, inner.bottom() - theme.px(9) - size / 2, size, size)
            if align == LEFT:
                wide = QFontMetricsF(theme.font("interface_strong")).horizontalAdvance(lines[-1] if lines else "")
                at.moveLeft(min(inner.right() - size, inner.x() + wide + 4))
            painter.drawPixmap(at.toRect(), mark)
            inner = inner.adjusted(0, 0, -size - 4, 0)
        high = theme.px(18)
        for n, line in enumerate(reversed(lines)):
            place = QRectF(inner.x(), inner.bottom() - (n + 1) * high, inner.width(), high)
            write(painter, place, line, "interface_strong", "text", align)

    def _paint_over(self, painter: QPainter, rect: QRect, section: int, y: float) -> None:
        """What stands over several columns, in the middle of them; each section paints its own piece of it."""
        theme, heads = current_theme(), self._answer.part.heads
        over, first, last = heads[section - 1].over, section, section
        if not over:
            return
        while first > 1 and heads[first - 2].over == over:
            first -= 1
        while last < len(heads) and heads[last].over == over:
            last += 1
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        whole = QRectF(left + PAD, y, right - left - 2 * PAD, theme.px(18))
        write(painter, whole, over, "meta_strong", "text2", Qt.AlignmentFlag.AlignHCenter)
        path = QPainterPath()
        path.moveTo(left + PAD, y + theme.px(19))
        path.lineTo(right - PAD, y + theme.px(19))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawPath(path)
