"""The grid: keys, copying and pasting as in a spreadsheet, and names that stay in place while the rest scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.attributes import blocks
from cohesion_qda.ui.attributes.blocks import Block, Place
from cohesion_qda.ui.attributes.model import NAME, GridModel
from cohesion_qda.ui.attributes.painter import PAD, ROW, CellField, Cells, Heads
from cohesion_qda.ui.rows import Index
from cohesion_qda.ui.theme import current_theme

LEAST, MOST = 88, 260  # widths of columns, in pixels at normal text size
LOOKED_AT = 200  # rows that a column's first width is measured on
_Held = Qt.KeyboardModifier


class AttributeGrid(QTableView):
    """A sheet of values. Typing replaces, Enter goes down and Tab right, Delete clears, F2 edits; blocks of cells are
    copied and pasted. What changes is asked for through the model.
    """

    menu_wanted = Signal(QPoint)  # place on the screen
    head_menu_wanted = Signal(int, QPoint)  # column, place on the screen
    table_pasted = Signal(list)  # a block whose first column was pasted onto the names: to be matched by name
    did_not_fit = Signal(
        int, int, int, bool
    )  # rows and columns beyond the grid, cells that cannot be edited, see `paste`
    chosen = Signal()  # other cells are selected

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = model
        self._widths: dict[tuple[str, str], int] = {}  # what the person has set, by about and key
        self._is_fitting = False
        self._was: tuple[int, str, int, int] | None = None  # the current cell before other rows come
        self._names = QTableView(self)
        for view in (self, self._names):
            self._dress_view(view)
        self.setTabKeyNavigation(False)
        self.setCornerWidget(QWidget())
        self._names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._names.setSelectionModel(self.selectionModel())
        self._names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._names.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._names.setAccessibleName(_("Names"))
        self._names.clicked.connect(lambda _index: self.setFocus(Qt.FocusReason.MouseFocusReason))
        self._names.setProperty("over", True)
        self._names.hide()
        self.verticalScrollBar().valueChanged.connect(self._names.verticalScrollBar().setValue)
        self._names.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.horizontalScrollBar().valueChanged.connect(self._place_names)
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.selectionModel().selectionChanged.connect(lambda *_args: self.chosen.emit())
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        current_theme().changed.connect(self.fit)

    def _dress_view(self, view: QTableView) -> None:
        cells, heads = Cells(view, self.grid), Heads(view, self.grid)
        view.setModel(self.grid)
        view.setItemDelegate(cells)
        view.setHorizontalHeader(heads)
        view.verticalHeader().hide()
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setCornerButtonEnabled(False)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.AnyKeyPressed)
        heads.menu_wanted.connect(self.head_menu_wanted)
        cells.left.connect(self._left_field)
        view.viewport().installEventFilter(self)

    # -- selection -----------------------------------------------------------------------------------------------------

    def places(self) -> list[Place]:
        """The selected cells, row by row; else the current one."""
        found = {
            (row, column)
            for top, bottom, left, right in self._ranges()
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }
        current = self.currentIndex()
        if not found and current.isValid():
            found = {(current.row(), current.column())}
        return sorted(found)

    def chosen_rows(self) -> list[int]:
        """The rows in which a cell is selected."""
        rows = {row for top, bottom, _left, _right in self._ranges() for row in range(top, bottom + 1)}
        return sorted(rows) or [row for row, _column in self.places()]

    def _ranges(self) -> list[tuple[int, int, int, int]]:
        """Top, bottom, left and right of what is selected; far quicker to ask than the single cells."""
        return [(r.top(), r.bottom(), r.left(), r.right()) for r in self.selectionModel().selection()]

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one."""
        if 0 <= row < self.grid.rowCount() and 0 <= column < self.grid.columnCount():
            alone = QItemSelectionModel.SelectionFlag.ClearAndSelect  # whatever keys are held
            self.selectionModel().setCurrentIndex(self.grid.index(row, column), alone)

    def edit_current(self) -> None:
        """Open the field of the current cell, with the caret at the end of what is there."""
        index = self.currentIndex()
        if not index.isValid() or not self.grid.can_edit(index.column()):
            return
        self._uncover_names()
        self.edit(index)
        field = self.viewport().focusWidget()
        if isinstance(field, CellField):
            field.end(False)

    # -- blocks --------------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """The selected cells, as tab-separated text."""
        self._to_clipboard(self._block())

    def copy_with_heads(self) -> None:
        """The selected cells with their names and the names of their columns."""
        places = self.places()
        columns = sorted({NAME, *(column for _row, column in places)})
        rows = sorted({row for row, _column in places})
        heads = [self.grid.field(column).title for column in columns]
        self._to_clipboard([heads, *([self.grid.text(row, column) for column in columns] for row in rows)])

    def _block(self) -> Block:
        places = set(self.places())
        rows, columns = sorted({row for row, _c in places}), sorted({column for _r, column in places})
        return [[self.grid.text(row, column) if (row, column) in places else "" for column in columns] for row in rows]

    def _to_clipboard(self, block: Block) -> None:
        if block:
            QGuiApplication.clipboard().setText(blocks.write(block))

    def paste(self) -> None:
        """What is on the clipboard, from the first selected cell on. A table pasted onto the names is matched by name.

        Before anything is asked for, `did_not_fit` tells what found no place, and whether the rest changes anything.
        """
        block, places = blocks.read(QGuiApplication.clipboard().text()), self.places()
        if not block or not places or self.grid.is_read_only:
            return
        if min(column for _row, column in places) == NAME and max(map(len, block)) > 1:
            self.table_pasted.emit(block)
            return
        found = blocks.paste(block, places, self.grid.rowCount(), self.grid.columnCount())
        shut = sum(1 for _row, column, _value in found.cells if not self.grid.can_edit(column))
        if found.rows_over or found.columns_over or shut:
            changes = bool(self.grid.changes(found.cells))
            self.did_not_fit.emit(found.rows_over, found.columns_over, shut, changes)
        self._select(found.cells)
        self.grid.ask(found.cells)

    def clear_cells(self) -> None:
        """Take the values of the selected cells away; names, roles and kinds stay."""
        fields = self.grid.fields
        self.grid.ask([(row, column, "") for row, column in self.places() if fields[column].is_attribute])

    def cut(self) -> None:
        """Copy, then clear."""
        self.copy()
        self.clear_cells()

    def fill_down(self) -> None:
        """Each column's first selected value in the cells below it; with one row selected, the value from above."""
        places = self.places()
        if places:
            rows = range(max(0, min(places)[0] - 1), max(places)[0] + 1)
            text = {(row, column): self.grid.text(row, column) for row in rows for _r, column in places}
            self.grid.ask(blocks.fill_down([p for p in places if p[1] != NAME], text))

    def _select(self, cells: tuple[tuple[int, int, str], ...]) -> None:
        rows, columns = [row for row, _c, _v in cells], [column for _r, column, _v in cells]
        if rows:
            first, last = self.grid.index(min(rows), min(columns)), self.grid.index(max(rows), max(columns))
            self.selectionModel().select(QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # -- keys ----------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~_Held.KeypadModifier
        control = bool(held & _Held.ControlModifier)
        for keys, verb in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Paste, self.paste),
            (QKeySequence.StandardKey.Cut, self.cut),
        ):
            if event.matches(keys):
                verb()
                return
        if key == Qt.Key.Key_F2:
            self.edit_current()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_cells()
        elif control and key == Qt.Key.Key_D:
            self.fill_down()
        elif control and held & _Held.ShiftModifier and key == Qt.Key.Key_C:
            self.copy_with_heads()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step(key, held)
        elif key == Qt.Key.Key_Space and held & _Held.ShiftModifier:
            self.selectRow(self.currentIndex().row())
        elif not control and event.text().isprintable() and event.text() and self._is_kept():
            event.accept()  # nothing can be typed here
        else:
            if not control and event.text():
                self._uncover_names()
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes right and to the next row; from the last cell, and back from the first, it leaves the grid."""
        at, last = self.currentIndex(), (self.grid.rowCount() - 1, self.grid.columnCount() - 1)
        edge = last if forward else (0, 0)
        if not at.isValid() or (at.row(), at.column()) == edge:
            return super().focusNextPrevChild(forward)
        self._step(Qt.Key.Key_Tab if forward else Qt.Key.Key_Backtab, _Held.NoModifier)
        return True

    def _uncover_names(self) -> None:
        """Before a name is typed: the field opens in the grid, not under the names that lie over it."""
        if self.currentIndex().column() == NAME:
            self.horizontalScrollBar().setValue(0)

    def _is_kept(self) -> bool:
        return self.currentIndex().isValid() and not self.grid.can_edit(self.currentIndex().column())

    def _left_field(self, key: int, held: Qt.KeyboardModifier) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if key:
            self._step(key, held)

    def _step(self, key: int, held: Qt.KeyboardModifier) -> None:
        at, columns = self.currentIndex(), self.grid.columnCount()
        if not at.isValid():
            self.go_to(0, 0)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            place = at.row() * columns + at.column() + (1 if key == Qt.Key.Key_Tab else -1)
            self.go_to(place // columns, place % columns)
        else:
            self.go_to(at.row() + (-1 if held & _Held.ShiftModifier else 1), at.column())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            below = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_wanted.emit(self.viewport().mapToGlobal(below))
        else:
            index = self.indexAt(self.viewport().mapFromGlobal(event.globalPos()))
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
            self.menu_wanted.emit(event.globalPos())

    # -- looks ---------------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give the columns the width of what is in them, or the one the person gave."""
        self._is_fitting = True
        about, theme = self.grid.table.about, current_theme()
        for view in (self, self._names):
            view.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        for column in range(self.grid.columnCount()):
            width = self._widths.get((about, self.grid.field(column).key)) or self._natural(column)
            for view in (self, self._names):
                view.setColumnWidth(column, width)
            self._names.setColumnHidden(column, column != NAME)
        self._is_fitting = False
        self._place_names()

    def _natural(self, column: int) -> int:
        theme = current_theme()
        metrics = QFontMetricsF(theme.font("interface_medium"))
        longest = max((self.grid.shown_text(row, column) for row in range(min(LOOKED_AT, self.grid.rowCount()))),
                      key=len, default="")  # fmt: skip
        heads: Heads = self.horizontalHeader()
        wanted = max(round(metrics.horizontalAdvance(longest)) + 2 * PAD + theme.px(20), heads.wanted_width(column))
        return min(max(wanted, theme.px(LEAST)), theme.px(MOST))

    def _resized(self, column: int, _old: int, width: int) -> None:
        if not self._is_fitting and column < len(self.grid.fields):
            self._widths[self.grid.table.about, self.grid.field(column).key] = width
            self._names.setColumnWidth(column, width)
            self._place_names()

    def _place_names(self) -> None:
        """The names lie over the grid only while it is scrolled to the right of them."""
        is_scrolled = self.horizontalScrollBar().value() > 0 and self.grid.columnCount() > 0
        self._names.setVisible(is_scrolled)
        if is_scrolled:
            width = min(self.columnWidth(NAME), self.viewport().width() * 2 // 3)
            high = self.viewport().height() + self.horizontalHeader().height()
            self._names.raise_()
            self._names.setGeometry(self.frameWidth(), self.frameWidth(), width, high)
            self._names.verticalScrollBar().setValue(self.verticalScrollBar().value())

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view, beside the names rather than under them; a name only needs its row."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() == NAME:
            bar.setValue(before)
        elif bar.value() > 0:
            hidden = self.columnWidth(NAME) - self.visualRect(index).left()
            if hidden > 0:
                bar.setValue(max(0, bar.value() - hidden))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_names()

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go_to(0, 0)
        self._repaint()

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)
        self._repaint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and watched is self._names.viewport():
            return self.viewportEvent(event)
        if event.type() == QEvent.Type.ContextMenu and watched is self._names.viewport():
            self.contextMenuEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _repaint(self) -> None:
        self.viewport().update()
        self._names.viewport().update()

    # -- other rows ----------------------------------------------------------------------------------------------------

    def _remember(self) -> None:
        index = self.currentIndex()
        if index.isValid() and index.row() < len(self.grid.rows) and index.column() < len(self.grid.fields):
            self._was = (
                self.grid.rows[index.row()].id,
                self.grid.field(index.column()).key,
                index.row(),
                index.column(),
            )

    def _restore(self) -> None:
        self.fit()
        if self._was is None:
            return
        subject, key, row, column = self._was
        to_row, to_column = self.grid.row_of(subject), self.grid.column_of(key)
        QTimer.singleShot(0, self, self._place_names)
        self.go_to(
            min(row, self.grid.rowCount() - 1) if to_row is None else to_row,
            min(column, self.grid.columnCount() - 1) if to_column is None else to_column,
        )
