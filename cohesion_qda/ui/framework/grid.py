"""The matrix on the screen: cases and codes stay in place while the summaries scroll."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui.framework.model import CASE, CODES, Index, MatrixModel, behind_words
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.theme import current_theme

LINE = 16  # of the smallest text
LINES = 5  # of a summary that are shown
PAD = 8
ROW = PAD + LINE * (LINES + 1) + PAD + 4
COLUMN = 200
CASES = 168
HEAD = 48


class CellPainter(QStyledItemDelegate):
    """Draws cases with what is known of them, and summaries, wrapped, over the number of their passages."""

    def __init__(self, grid: MatrixGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(current_theme().px(COLUMN), current_theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, current = current_theme(), self._grid.currentIndex()
        is_current = (current.row(), current.column()) == (index.row(), index.column())
        with smoothly(painter):
            rect = QRectF(option.rect)
            painter.fillRect(rect, theme.colour("soft" if is_current else "bg" if index.column() == CASE else "paper"))
            painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
            painter.fillRect(QRectF(rect.right() - 1, rect.y(), 1, rect.height()), theme.colour("line"))
            inner = rect.adjusted(PAD, PAD, -PAD, -PAD)
            if index.column() == CASE:
                self._paint_case(painter, inner, index)
            else:
                self._paint_summary(painter, inner, index)
            if is_current:
                tone, wide = ("focus", 2.0) if self._grid.hasFocus() else ("accent", 1.0)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour(tone), wide))
                painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 4, 4)

    def _paint_case(self, painter: QPainter, inner: QRectF, index: Index) -> None:
        theme, matrix = current_theme(), self._grid.table.matrix
        case = matrix.cases[index.row()]
        line = theme.line_height("interface")
        _wrapped(painter, QRectF(inner.x(), inner.y(), inner.width(), 2 * line), case.name, "interface_strong", "text")
        below = inner.adjusted(0, line * _lines(case.name, "interface_strong", inner.width(), 2), 0, 0)
        _wrapped(painter, below, matrix.about.get(case.id, ""), "meta", "text2")

    def _paint_summary(self, painter: QPainter, inner: QRectF, index: Index) -> None:
        theme, table = current_theme(), self._grid.table
        summary, coded = table.summary(index), table.coded(index)
        foot = theme.line_height("meta")
        text = summary.body.strip()
        if text:
            _wrapped(painter, inner.adjusted(0, 0, 0, -foot), text, "meta", "text")
            behind = behind_words(len(summary.passages), coded)
        else:
            behind = open_words(len(summary.passages), coded)
        under = QRectF(inner.x(), inner.bottom() - foot, inner.width(), foot)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.colour("text2"))
        shown = QFontMetricsF(theme.font("meta")).elidedText(behind, Qt.TextElideMode.ElideRight, under.width())
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class Header(QHeaderView):
    """The codes' names with the shapes of their questions, on two lines."""

    def __init__(self, parent: QTableView, table: MatrixModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(24)

    def sizeHint(self) -> QSize:
        return QSize(100, current_theme().px(HEAD))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = current_theme()
        with smoothly(painter):
            painter.fillRect(rect, theme.colour("bg"))
            painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.colour("ctl"))
            painter.fillRect(QRect(rect.right(), rect.y(), 1, rect.height()), theme.colour("line"))
            inner = QRectF(rect).adjusted(PAD, 4, -PAD, -4)
            code, line = self._table.code(section), theme.line_height("interface")
            if code is not None and code in self._table.tree:
                size = theme.px(12)
                mark = QRectF(inner.x(), inner.y() + (line - size) / 2, size, size)
                theme.paint_shape(painter, self._table.tree.shape(code), mark, self._table.tree[code].colour)
                inner.adjust(theme.px(20), 0, 0, 0)
            _wrapped(painter, inner, self._table.name(section), "interface_strong", "text")


class _Names(QTableView):
    """The first column, which stays in place: it follows the grid up and down, and never moves aside to a cell."""

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Stay."""


class MatrixGrid(QTableView):
    """The matrix. Arrows, Home, End and Ctrl with them move; Enter, F2, Space, E or a double click write; P goes to the passages,
    U to the next cell that has passages and no summary.
    """

    moved = Signal(QModelIndex)
    writing = Signal()
    reading = Signal()
    left = Signal()  # Escape

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Framework matrix: cases by codes"))
        self.table = MatrixModel(self)
        self._frozen = _Names(self)
        for view in (self, self._frozen):
            self._set_up(view)
        self._frozen.raise_()  # over the grid's own head, which was made after it
        self._frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frozen.setSelectionModel(self.selectionModel())
        for bar in (self._frozen.setHorizontalScrollBarPolicy, self._frozen.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._frozen.verticalScrollBar().setValue)
        self._frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.table.modelReset.connect(self.fit)
        self.selectionModel().currentChanged.connect(self._current_changed)
        current_theme().changed.connect(self.fit)
        self.fit()

    def _set_up(self, view: QTableView) -> None:
        view.setModel(self.table)
        view.setItemDelegate(CellPainter(self))
        view.setHorizontalHeader(Header(view, self.table))
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.setShowGrid(False)
        view.setCornerWidget(QWidget())
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setTabKeyNavigation(False)
        view.viewport().installEventFilter(self)
        view.clicked.connect(self._clicked)
        view.doubleClicked.connect(lambda _index: self.writing.emit())

    def fit(self) -> None:
        """Give rows and columns their sizes; room that is over goes to the codes, evenly."""
        theme, codes = current_theme(), self.table.columnCount() - CODES
        case = theme.px(CASES)
        room = self.viewport().width() - case
        wide = max(theme.px(COLUMN), min(theme.px(2 * COLUMN), room // codes)) if codes > 0 else theme.px(COLUMN)
        for view in (self, self._frozen):
            view.verticalHeader().setDefaultSectionSize(theme.px(ROW))
            view.horizontalHeader().setDefaultSectionSize(wide)
            view.setColumnWidth(CASE, case)
            for column in range(CODES, CODES + codes):
                view.setColumnWidth(column, wide)
                if view is self._frozen:
                    view.setColumnHidden(column, True)
        self.horizontalScrollBar().setSingleStep(theme.px(40))
        self.verticalScrollBar().setSingleStep(theme.px(40))
        self._place()

    def choose(self, index: QModelIndex) -> None:
        """Make a cell the current one."""
        if index.isValid():
            self.setCurrentIndex(index)

    def go_on(self) -> bool:
        """Go to the next cell that has passages and no summary. Whether there is one."""
        found = self.table.next_open(self.currentIndex())
        self.choose(found)
        return found.isValid()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Return: self.writing.emit, Qt.Key.Key_Enter: self.writing.emit, Qt.Key.Key_F2: self.writing.emit,
            Qt.Key.Key_Space: self.writing.emit, Qt.Key.Key_E: self.writing.emit, Qt.Key.Key_P: self.reading.emit,
            Qt.Key.Key_U: self.go_on, Qt.Key.Key_Escape: self.left.emit,
        }  # fmt: skip
        if plain and key in keys:
            keys[key]()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and index.isValid():
            column = CODES if key == Qt.Key.Key_Home else self.table.columnCount() - 1
            row = index.row() if not control else 0 if key == Qt.Key.Key_Home else self.table.rowCount() - 1
            self.setCurrentIndex(self.table.index(row, column))
        elif key == Qt.Key.Key_Left and index.column() == CODES:
            event.accept()  # the column of the cases holds nothing to write
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.table.rowCount():
            self.setCurrentIndex(self.table.index(0, CODES))
        self._repaint(self.currentIndex())

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)
        self._repaint(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def minimumSizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(CASES + COLUMN), theme.px(HEAD + ROW))

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view, beside the cases rather than under them."""
        super().scrollTo(index, hint)
        hidden = self.columnWidth(CASE) - self.visualRect(index).left()
        if index.column() >= CODES and hidden > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and watched is self._frozen.viewport():
            return self.viewportEvent(event)
        return super().eventFilter(watched, event)

    def _clicked(self, index: QModelIndex) -> None:
        column = max(CODES, index.column())
        self.setCurrentIndex(self.table.index(index.row(), column))
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        for index in (before, current):
            self._repaint(index)
        self.moved.emit(current)

    def _repaint(self, index: Index) -> None:
        """Paint one cell anew: all of them take as long as a page."""
        self.viewport().update(self.visualRect(index))

    def _place(self) -> None:
        high = self.viewport().height() + self.horizontalHeader().height()
        self._frozen.setGeometry(
            self.frameWidth(), self.frameWidth(), min(self.columnWidth(CASE), self.viewport().width()), high
        )
        self._frozen.verticalScrollBar().setValue(self.verticalScrollBar().value())


def open_words(linked: int, coded: int) -> str:
    """What a cell without a summary says: how many passages wait for one."""
    if linked:
        return behind_words(linked, coded)
    return ngettext("{n} passage", "{n} passages", coded).format(n=coded) if coded else ""


def _layout(text: str, role: str, width: float, high: float) -> tuple[QTextLayout, int, bool]:
    """`text` broken into lines, how many of them fit, and whether all of it does."""
    theme = current_theme()
    layout = QTextLayout(text.replace("\n", "\u2028"), theme.font(role))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    step, n = theme.line_height(role), 0
    layout.beginLayout()
    while (line := layout.createLine()).isValid() and (n + 1) * step <= high + 1:
        line.setLineWidth(width)
        line.setPosition(QPointF(0, n * step + (step - line.height()) / 2))
        n += 1
    layout.endLayout()
    return layout, n, not line.isValid()


def _lines(text: str, role: str, width: float, most: int) -> int:
    """How many lines `text` takes, at least one and no more than `most`."""
    _made, count, _fits = _layout(text, role, width, most * current_theme().line_height(role))
    return max(1, count)


def _wrapped(painter: QPainter, rect: QRectF, text: str, role: str, tone: str) -> None:
    """Words over several lines, as many as there is room for; the last ends with an ellipsis where some are left out."""
    theme = current_theme()
    painter.setPen(theme.colour(tone))
    layout, count, fits = _layout(text, role, rect.width(), rect.height())
    for n in range(count):
        line = layout.lineAt(n)
        if fits or n < count - 1:
            line.draw(painter, rect.topLeft())
            continue
        rest = layout.text()[line.textStart() :].replace("\u2028", " ")
        shown = QFontMetricsF(theme.font(role)).elidedText(rest, Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(theme.font(role))
        place = QRectF(rect.x(), rect.y() + n * theme.line_height(role), rect.width(), theme.line_height(role))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
