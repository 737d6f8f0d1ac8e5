"""The table of an answer on the screen: labels stay in place while the values scroll; every cell opens its passages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Key, Line, Part
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.ui.compare import cells
from cohesion_qda.ui.compare.model import LABEL, AnswerModel, Index
from cohesion_qda.ui.compare.paint import PAD, SHAPE, STEP, CellPainter, Header, wrapped
from cohesion_qda.ui.theme import current_theme

ROW, LOW_ROW = 40, 32
SAMPLE = 60  # lines whose cells are measured for the width of a column
LABEL_WIDE, TEXT_WIDE, CELL_WIDE = 300, 320, 200  # pixels that a column takes at most
HEAD_WIDE = 112  # pixels at which the label over a column goes on in another line
HEAD_LINES = 3
LEAST_ROWS = 4


class AnswerTable(QTableView):
    """The table. Arrows, Home, End and Ctrl with them move; Enter, Space or a click opens a cell; S sorts by its column."""

    opened = Signal(QModelIndex)
    left = Signal()  # Escape
    moved = Signal(QModelIndex)
    copying = Signal()  # Ctrl+C
    sorting = Signal(int)  # the part's column (-1: the labels) that the person wants it sorted by

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer = AnswerModel(self)
        self.is_open = False
        self.hovered_row = -1
        self.row_height = ROW
        self.head_lines: list[list[str]] = []
        self._depth = 0
        self._natural: list[int] = []
        self.setAccessibleDescription(_("Arrow keys move, Enter shows the passages, S sorts by the column."))
        self._frozen = QTableView(self)
        for view in (self, self._frozen):
            self._set_up(view)
        self._frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frozen.setSelectionModel(self.selectionModel())
        self._frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerWidget(QWidget())
        self.verticalScrollBar().valueChanged.connect(self._frozen.verticalScrollBar().setValue)
        self._frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.selectionModel().currentChanged.connect(self._current_changed)
        current_theme().changed.connect(self._dressed)

    def _set_up(self, view: QTableView) -> None:
        view.setModel(self.answer)
        view.setItemDelegate(CellPainter(self))
        header = Header(view, self)
        header.sectionClicked.connect(lambda section: self.sorting.emit(section - 1))
        view.setHorizontalHeader(header)
        view.verticalHeader().hide()
        view.verticalHeader().setMinimumSectionSize(16)
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

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_part(self, part: Part, tree: CodeTree, order: tuple[int, bool] | None, *, with_unused: bool) -> None:
        """Show a part; the current cell stays where it is still there."""
        key, row, column = self.current_key(), self.currentIndex().row(), self.currentIndex().column()
        self.setAccessibleName(part.title)
        heads = self.answer.part.heads
        self.answer.show(part, tree, order, with_unused=with_unused)
        self._depth = min((line.depth for line in self.answer.lines), default=0)
        self._measure()
        self.fit()
        if key:
            at = self.answer.index(row, column)  # a matrix has a cell twice: the one that was current stays
            if not at.isValid() or self.answer.key(at) != key:
                self.go_to(key)
            else:
                self.setCurrentIndex(at)
        if heads != part.heads and not self.currentIndex().isValid():
            self.horizontalScrollBar().setValue(0)

    def depth_of(self, line: Line) -> int:
        """How many steps a line is indented."""
        return max(0, line.depth - self._depth)

    def current_key(self) -> Key:
        """What the current cell stands for."""
        index = self.currentIndex()
        return self.answer.key(index) if index.isValid() else ()

    def go_to(self, key: Key) -> bool:
        """Make the cell with that key the current one; False where it is not shown."""
        row, column = self.answer.place_of(key)
        if row >= 0:
            self.setCurrentIndex(self.answer.index(row, column))
        return row >= 0

    def whole_width(self) -> int:
        """How many pixels show all columns."""
        return sum(self._natural) + self.verticalScrollBar().sizeHint().width()

    def _dressed(self) -> None:
        self._measure()
        self.fit()

    def _measure(self) -> None:
        """The row's height, and the width that each column would like."""
        theme, model = current_theme(), self.answer
        heads, lines = model.part.heads, [*model.lines[:SAMPLE], *([model.part.foot] if model.part.foot else [])]
        tall = model.has_bars or any(line.note for line in lines)
        bold, meta = (QFontMetricsF(theme.font(role)) for role in ("interface_strong", "meta"))
        widths = [self._label_width()]
        for at, head in enumerate(heads):
            strong = _widest({cells.value_words(line.cells[at], head) for line in lines}, bold)
            small = _widest({cells.small_words(line.cells[at], head) for line in lines}, meta)
            tall = tall or small > 0
            label = min(bold.horizontalAdvance(head.label), theme.px(HEAD_WIDE))
            word = max(map(bold.horizontalAdvance, head.label.split()), default=0.0)
            wanted = max(strong, small, label + 2, word + 2, meta.horizontalAdvance(cells.denominator(head)))
            widest = theme.px(TEXT_WIDE if head.form == "text" else CELL_WIDE)
            widths.append(round(min(max(wanted + 2 * PAD + 2, theme.px(64)), widest)))
        self._widen_for_over(widths, meta)
        self._natural = widths
        self.row_height = theme.px(ROW if tall else LOW_ROW)

    def _widen_for_over(self, widths: list[int], meta: QFontMetricsF) -> None:
        """Columns that have something over them are together as wide as its words."""
        spans: dict[str, list[int]] = {}
        for at, head in enumerate(self.answer.part.heads):
            if head.over:
                spans.setdefault(head.over, []).append(at + 1)
        for over, columns in spans.items():
            short = meta.horizontalAdvance(over) * 1.06 + 2 * PAD - sum(widths[at] for at in columns)
            for at in columns:
                widths[at] += max(0, min(round(short / len(columns)), current_theme().px(120)))

    def _label_width(self) -> int:
        theme, model = current_theme(), self.answer
        metrics, meta = QFontMetricsF(theme.font("interface_medium")), QFontMetricsF(theme.font("meta"))
        corner = QFontMetricsF(theme.font("interface_strong")).horizontalAdvance(model.part.corner) + 28
        widest = corner
        for line in model.lines[: SAMPLE * 10]:
            deep = (0 if model.is_flat else theme.px(STEP) * self.depth_of(line)) + PAD + 6
            shape = theme.px(SHAPE) if line.code is not None else 0
            words = max(metrics.horizontalAdvance(line.label), meta.horizontalAdvance(line.note) if line.note else 0)
            widest = max(widest, deep + shape + words)
        return round(min(max(widest, theme.px(120)), theme.px(LABEL_WIDE)))

    def fit(self) -> None:
        """Give the columns their widths: the labels as wide as they are, the values evenly what is left."""
        theme, widths = current_theme(), list(self._natural)
        if len(widths) != self.answer.columnCount():
            widths = [theme.px(120)] * self.answer.columnCount()
        room = max(200, self.viewport().width())
        for view in (self, self._frozen):
            view.verticalHeader().setDefaultSectionSize(self.row_height)
        if widths and widths[LABEL] > room * 0.5:
            widths[LABEL] = round(room * 0.5)
        spare = room - sum(widths)
        if spare > 0 and len(widths) > 1:
            each = min(theme.px(56), spare // (len(widths) - 1))
            widths = [width + (each if n else 0) for n, width in enumerate(widths)]
            widths[LABEL] += min(theme.px(80), room - sum(widths))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
            self._frozen.setColumnWidth(column, width)
            self._frozen.setColumnHidden(column, column != LABEL)
        self.head_lines = self._wrap_heads(widths)
        head = self.horizontalHeader().sizeHint().height()
        self.setMaximumHeight(head + self.answer.rowCount() * self.row_height + 16)
        self.updateGeometry()
        self._place()

    def _wrap_heads(self, widths: list[int]) -> list[list[str]]:
        """The lines of the label over each column."""
        font, part = current_theme().font("interface_strong"), self.answer.part
        labels = [part.corner, *(head.label for head in part.heads)] if widths else []
        sorted_by = self.answer.order[0] + 1 if self.answer.order is not None else -1
        mark = current_theme().px(16)
        rooms = (width - 2 * PAD - (mark if at == sorted_by else 0) for at, width in enumerate(widths))
        return [wrapped(label, font, room, HEAD_LINES) for label, room in zip(labels, rooms, strict=True)]

    # -- keys and mouse ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copying.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and index.isValid():
            self.opened.emit(index)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_S and not control and index.isValid():
            self.sorting.emit(index.column() - 1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and index.isValid():
            column = 0 if key == Qt.Key.Key_Home else self.answer.columnCount() - 1
            row = index.row() if not control else 0 if key == Qt.Key.Key_Home else self.answer.rowCount() - 1
            self.setCurrentIndex(self.answer.index(row, column))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        if not self.currentIndex().isValid() and self.answer.rowCount() and self.answer.columnCount() > 1:
            self.setCurrentIndex(self.answer.index(0, 1))  # before Qt takes the first label
        super().focusInEvent(event)
        self._repaint()

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)
        self._repaint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def sizeHint(self) -> QSize:
        return QSize(640, self.minimumSizeHint().height())  # it takes what there is, up to all its rows

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.horizontalHeader().sizeHint().height() + self.row_height * LEAST_ROWS)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view, beside the labels that stay in place rather than under them."""
        super().scrollTo(index, hint)
        if index.column() > LABEL:
            hidden = self.columnWidth(LABEL) - self.visualRect(index).left()
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
        row = index.row() if index.isValid() else -1
        opens = index.isValid() and bool(self.answer.key(index))
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        for view in (self, self._frozen):
            view.viewport().setCursor(shape)
        if row != self.hovered_row:
            self.hovered_row = row
            self._repaint()

    def _repaint(self) -> None:
        self.viewport().update()
        self._frozen.viewport().update()

    def _place(self) -> None:
        edge = self.frameWidth()
        wide = self.columnWidth(LABEL) if self.answer.columnCount() else 0
        high = self.viewport().height() + self.horizontalHeader().height()
        self._frozen.setVisible(bool(wide))
        self._frozen.setGeometry(edge, edge, min(wide, self.viewport().width()), high)
        self._frozen.verticalScrollBar().setValue(self.verticalScrollBar().value())


def _widest(words: set[str], metrics: QFontMetricsF) -> float:
    """How many pixels the widest of `words` takes, of those with the most letters."""
    return max(map(metrics.horizontalAdvance, sorted(words, key=len)[-4:]), default=0.0)
