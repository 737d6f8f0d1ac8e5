"""The table on the screen: codes and totals stay in place while the values scroll; every cell opens its passages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.compare import words
from cohesion_qda.ui.compare.model import CODE, TOTAL, VALUES, Index, TableModel
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.theme import current_theme

ROW = 40
PAD = 8


class CellPainter(QStyledItemDelegate):
    """Draws codes, totals with their bar, and cells of two lines; the current cell has a ring, its row a tone."""

    def __init__(self, table: CompareTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, current_theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, model = current_theme(), self._table.table
        current = self._table.currentIndex()
        is_current = current.isValid() and (current.row(), current.column()) == (index.row(), index.column())
        with smoothly(painter):
            rect = QRectF(option.rect)
            if current.row() == index.row() or self._table.hovered_row == index.row():
                painter.fillRect(rect, theme.colour("bg"))
            painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
            if index.column() == CODE:
                self._paint_code(painter, rect, model, index.row())
            elif index.column() == TOTAL:
                self._paint_total(painter, rect, model, index)
            else:
                self._paint_cell(painter, rect, model, index)
            if is_current and (self._table.hasFocus() or self._table.is_open):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus"), 2))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -2), 6, 6)

    def _paint_code(self, painter: QPainter, rect: QRectF, model: TableModel, row: int) -> None:
        theme, shown = current_theme(), model.rows[row]
        code = model.tree[shown.code]
        size = theme.px(12)
        mark = QRectF(rect.x() + 4, rect.center().y() - size / 2, size, size)
        theme.paint_shape(painter, model.tree.shape(shown.code), mark, code.colour)
        left = rect.adjusted(theme.px(24), 0, -PAD, 0)
        _write(painter, left, shown.name, "interface_medium", "text", Qt.AlignmentFlag.AlignLeft)

    def _paint_total(self, painter: QPainter, rect: QRectF, model: TableModel, index: Index) -> None:
        theme = current_theme()
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        top = QRectF(inner.x(), inner.y() + theme.px(5), inner.width(), theme.px(18))
        strong, small = words.total_words(model.count_at(index), model.base, model.unit)
        tone = "text" if model.count_at(index).of(model.unit) else "text2"
        _write(painter, top, strong, "interface_strong", tone, Qt.AlignmentFlag.AlignLeft)
        _write(painter, top, small, "meta", "text2", Qt.AlignmentFlag.AlignRight)
        bar = QRectF(inner.x(), rect.bottom() - theme.px(12), inner.width(), theme.px(6))
        painter.fillRect(bar, theme.colour("line"))
        bar.setWidth(bar.width() * model.share(index.row()))
        painter.fillRect(bar, theme.colour("accent"))

    def _paint_cell(self, painter: QPainter, rect: QRectF, model: TableModel, index: Index) -> None:
        theme = current_theme()
        count, base = model.count_at(index), model.base_at(index.column())
        strong, small = words.cell_words(count, base, model.unit)
        is_used = bool(count.mentions)
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        if small:
            half = theme.px(17)
            top = QRectF(inner.x(), inner.center().y() - half, inner.width(), half)
            role = "interface_strong" if is_used else "interface"
            _write(painter, top, strong, role, "text" if is_used else "text2", Qt.AlignmentFlag.AlignRight)
            _write(painter, top.translated(0, half - 1), small, "meta", "text2", Qt.AlignmentFlag.AlignRight)
        else:
            role = "interface_strong" if is_used else "interface"
            _write(painter, inner, strong, role, "text" if is_used else "text2", Qt.AlignmentFlag.AlignRight)


class Header(QHeaderView):
    """Labels with their denominators under them."""

    def __init__(self, parent: QTableView, table: TableModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(24)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(100, theme.px(20) + 2 * theme.px(16) + 12)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = current_theme()
        painter.save()
        painter.fillRect(rect, theme.colour("paper"))
        painter.fillRect(QRect(rect.x(), rect.bottom() - 1, rect.width(), 2), theme.colour("line"))
        align = Qt.AlignmentFlag.AlignRight if section >= VALUES else Qt.AlignmentFlag.AlignLeft
        left = 0 if section == CODE else PAD
        inner = QRectF(rect).adjusted(left, theme.px(2), -PAD, 0)
        y = inner.y()
        for n, line in enumerate(self._table.header_lines(section)):
            role, tone = ("interface_strong", "text") if n == 0 else ("meta", "text2")
            high = theme.px(20 if n == 0 else 16)
            _write(painter, QRectF(inner.x(), y, inner.width(), high), line, role, tone, align)
            y += high
        painter.restore()


class CompareTable(QTableView):
    """The table. Arrows, Home, End and Ctrl with them move; Enter, Space or a click opens a cell."""

    opened = Signal(QModelIndex)
    left = Signal()  # Escape
    moved = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Codes by attribute"))
        self.table = TableModel(self)
        self.is_open = False
        self.hovered_row = -1
        self._frozen = QTableView(self)
        self._n_frozen = VALUES
        for view in (self, self._frozen):
            view.setModel(self.table)
            view.setItemDelegate(CellPainter(self))
            view.setHorizontalHeader(Header(view, self.table))
            view.verticalHeader().hide()
            view.setShowGrid(False)
            view.setMouseTracking(True)
            view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
            view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
            view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
            view.setTabKeyNavigation(False)
            view.setWordWrap(False)
            view.viewport().installEventFilter(self)
            view.clicked.connect(self._clicked)
            view.entered.connect(self._hover)
        self._frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frozen.setSelectionModel(self.selectionModel())
        self._frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._frozen.verticalScrollBar().setValue)
        self._frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.table.modelReset.connect(self.fit)
        self.selectionModel().currentChanged.connect(self._current_changed)
        current_theme().changed.connect(self.fit)

    def fit(self) -> None:
        """Give the columns their widths: the codes as wide as their names, the values evenly what is left."""
        theme, model = current_theme(), self.table
        for view in (self, self._frozen):
            view.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        room = max(200, self.viewport().width())
        widths = self._natural()
        spare = room - sum(widths)
        if spare > 0 and len(widths) > VALUES:
            each = min(theme.px(40), spare // (len(widths) - VALUES))
            widths = [w + (each if n >= VALUES else 0) for n, w in enumerate(widths)]
            spare = room - sum(widths)
        if spare > 0:
            widths[TOTAL] += spare
        self._n_frozen = VALUES if sum(widths[:VALUES]) <= room * 0.66 else TOTAL
        if sum(widths[:VALUES]) > room * 0.66 and widths[CODE] > room * 0.5:
            widths[CODE] = round(room * 0.5)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
            self._frozen.setColumnWidth(column, width)
            self._frozen.setColumnHidden(column, column >= self._n_frozen)
        self.setMaximumHeight(self.horizontalHeader().sizeHint().height() + model.rowCount() * theme.px(ROW) + 16)
        self.updateGeometry()
        self._place()

    def whole_width(self) -> int:
        """How many pixels show all columns."""
        return sum(self._natural()) + self.verticalScrollBar().sizeHint().width()

    def _natural(self) -> list[int]:
        theme, model = current_theme(), self.table
        name, label, meta = (QFontMetricsF(theme.font(r)) for r in ("interface_medium", "interface_strong", "meta"))
        longest = max((name.horizontalAdvance(row.name) for row in model.rows), default=0)
        code = round(min(max(longest + theme.px(36), theme.px(160)), theme.px(280)))
        total = theme.px(196) if model.unit == "groups" else theme.px(160)
        widths = [code, total]
        for n in range(len(model.columns)):
            lines = model.header_lines(n + VALUES)
            wanted = max(label.horizontalAdvance(lines[0]), *(meta.horizontalAdvance(line) for line in lines[1:]))
            widths.append(round(min(max(wanted + 2 * PAD + 4, theme.px(80)), theme.px(168))))
        return widths

    def current_place(self) -> tuple[int, str | None] | None:
        """The code and value of the current cell (value None: the total)."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        column = self.table.column_at(index.column())
        return self.table.rows[index.row()].code, column.value if column is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and index.isValid():
            self.opened.emit(index)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and index.isValid():
            column = 0 if key == Qt.Key.Key_Home else self.table.columnCount() - 1
            row = index.row() if not control else 0 if key == Qt.Key.Key_Home else self.table.rowCount() - 1
            self.setCurrentIndex(self.table.index(row, column))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.table.rowCount():
            self.setCurrentIndex(self.table.index(0, TOTAL))
        self._repaint()

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)
        self._repaint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def sizeHint(self) -> QSize:
        return QSize(640, self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.horizontalHeader().sizeHint().height() + current_theme().px(ROW) * 2)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view, beside the columns that stay in place rather than under them."""
        super().scrollTo(index, hint)
        if index.column() >= self._n_frozen:
            hidden = self._frozen_width() - self.visualRect(index).left()
            if hidden > 0:
                self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(QModelIndex())
        elif event.type() == QEvent.Type.Wheel and watched is self._frozen.viewport():
            return self.viewportEvent(event)
        return super().eventFilter(watched, event)

    def _clicked(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.opened.emit(index)

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._repaint()
        self.moved.emit(current)

    def _hover(self, index: QModelIndex) -> None:
        self.hovered_row = index.row() if index.isValid() else -1
        for view in (self, self._frozen):
            view.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if index.isValid() else Qt.CursorShape.ArrowCursor
            )
        self._repaint()

    def _repaint(self) -> None:
        self.viewport().update()
        self._frozen.viewport().update()

    def _frozen_width(self) -> int:
        return sum(self.columnWidth(n) for n in range(self._n_frozen))

    def _place(self) -> None:
        self._frozen.setGeometry(
            self.frameWidth(),
            self.frameWidth(),
            min(self._frozen_width(), self.viewport().width()),
            self.viewport().height() + self.horizontalHeader().height(),
        )
        self._frozen.verticalScrollBar().setValue(self.verticalScrollBar().value())


def _write(painter: QPainter, rect: QRectF, text: str, role: str, tone: str, align: Qt.AlignmentFlag) -> None:
    """One line of text, shortened to fit."""
    theme = current_theme()
    font = theme.font(role)
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)
