"""A small table that is typed in, or only read: a row for each thing, and a last one to add another."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.row_painting import write_line
from cohesion_qda.ui.rows import Index
from cohesion_qda.ui.theme import current_theme

ROW, PAD, LEAST, LOOKED_AT = 32, 8, 72, 100
NOWHERE = QModelIndex()
ADDING = None  # the id of the row that adds another


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `share` is its part of the room that is left over; `is_number` stands at the right. `about` is its tooltip."""

    key: str
    title: str
    share: int = 0
    is_number: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it stands for, and the words of its cells. `is_dimmed`: it is no longer to be done, or counts less."""

    id: Hashable
    cells: Mapping[str, str] = field(default_factory=dict)
    is_dimmed: bool = False


class SheetModel(QAbstractTableModel):
    """The rows. What is typed is asked for by `typed`: the row's id (ADDING: of a new one), the column's key, the words."""

    typed = Signal(object, str, str)

    def __init__(self, fields: Sequence[Field], adding: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields, self._adding = tuple(fields), adding
        self.lines: list[Line] = []
        self.is_read_only = False

    def show(self, lines: Sequence[Line], *, is_read_only: bool) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.is_read_only = is_read_only
        self.lines = [*lines, Line(ADDING)] if self._adding and not is_read_only else list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def can_type(self, index: Index) -> bool:
        """Whether a cell can be typed in; of the row that adds another only the first."""
        if not self._adding or self.is_read_only or not index.isValid():
            return False
        return self.lines[index.row()].id is not ADDING or index.column() == 0

    def flags(self, index: Index) -> Qt.ItemFlag:
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return shown | Qt.ItemFlag.ItemIsEditable if self.can_type(index) else shown

    def words(self, index: Index) -> str:
        """The words of a cell; of the one that adds a row, what it does."""
        line, column = self.lines[index.row()], self.fields[index.column()]
        if line.id is ADDING:
            return self._adding if index.column() == 0 else ""
        return line.cells.get(column.key, "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.EditRole:
            return "" if self.lines[index.row()].id is ADDING else self.words(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.words(index) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words, title = self.words(index), self.fields[index.column()].title
            return _("{name}: {words}").format(name=title, words=words) if words else title
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        words, line = " ".join(str(value).split()), self.lines[index.row()]
        if words == self.data(index, Qt.ItemDataRole.EditRole):
            return False
        self.typed.emit(line.id, self.fields[index.column()].key, words)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.fields[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return {Qt.ItemDataRole.DisplayRole: column.title, Qt.ItemDataRole.ToolTipRole: column.about or None}.get(role)


class SheetCells(QStyledItemDelegate):
    """Draws the cells, and makes the fields they are typed in."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, current_theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = current_theme(), QRectF(option.rect)
        model: SheetModel = index.model()
        line, column = model.lines[index.row()], model.fields[index.column()]
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        with smoothly(painter):
            painter.fillRect(rect, theme.colour("soft" if is_selected else "paper"))
            painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
            is_dim = line.is_dimmed or line.id is ADDING
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            role = "interface_medium" if index.column() == 0 and not is_dim else "interface"
            inner = rect.adjusted(PAD, 0, -PAD, -1)
            write_line(painter, inner, model.words(index), role, "text2" if is_dim else "text", side)
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus"), 2))
                painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        made = QLineEdit(parent)
        made.setProperty("cell", True)
        made.setFont(current_theme().font("interface"))
        made.setAccessibleName(index.model().fields[index.column()].title)
        return made


class SheetView(QTableView):
    """The table, as high as its rows. Arrows move, Enter or typing writes, Delete takes the row away, Ctrl+Up and Ctrl+Down move it, Space
    ticks it where that means something.
    """

    chosen = Signal(object)  # the id of the current row (ADDING: none)
    typed = Signal(object, str, str)  # as the model's
    removal = Signal(object)  # a row's id
    moving = Signal(object, int)  # a row's id, -1 up or 1 down
    ticked = Signal(object)  # a row's id
    opened = Signal(object)  # a row's id: Enter where nothing is typed

    def __init__(self, name: str, fields: Sequence[Field], adding: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = SheetModel(fields, adding, self)
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self.setItemDelegate(SheetCells(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.AnyKeyPressed | triggers.EditKeyPressed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.rows.typed.connect(
            self.typed, Qt.ConnectionType.QueuedConnection
        )  # the field is closed before rows change
        self.selectionModel().currentChanged.connect(lambda _on, _off: self.chosen.emit(self.current()))
        current_theme().changed.connect(self._dress)
        self._dress()

    def show_lines(self, lines: Sequence[Line], *, is_read_only: bool = False) -> None:
        """Show other rows; the cell that is current stays so where its row is there, or its place."""
        was, at = self.current(), self.currentIndex()
        had_focus = self.hasFocus()
        self.rows.show(lines, is_read_only=is_read_only)
        last = len(self.rows.lines) - 1
        row = next(
            (n for n, line in enumerate(self.rows.lines) if line.id == was and at.isValid()), min(at.row(), last)
        )
        if self.rows.lines:
            self.setCurrentIndex(self.rows.index(max(row, 0), max(at.column(), 0)))
        self._fit()
        if had_focus:
            self.setFocus()

    def current(self) -> Hashable:
        """What the current row stands for."""
        index = self.currentIndex()
        return self.rows.lines[index.row()].id if index.isValid() and index.row() < len(self.rows.lines) else ADDING

    def choose(self, id_: Hashable, key: str = "") -> None:
        """Make the row of something the current one, in the column of that key."""
        row = next((n for n, line in enumerate(self.rows.lines) if line.id == id_), -1)
        column = next((n for n, column in enumerate(self.rows.fields) if column.key == key), 0)
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row, column))

    def begin(self) -> None:
        """Add another row, by typing in the last one."""
        self.choose(ADDING)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, id_ = self.currentIndex(), self.current()
        is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        is_row = index.isValid() and id_ is not ADDING
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # a key that the field has taken, and let through
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.rows.can_type(index):
            self.edit(index)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_row:
            self.opened.emit(id_)
        elif event.key() == Qt.Key.Key_Delete and is_row:
            self.removal.emit(id_)
        elif event.key() == Qt.Key.Key_Space and is_row:
            self.ticked.emit(id_)
        elif is_ctrl and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and is_row:
            self.moving.emit(id_, -1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _dress(self) -> None:
        theme = current_theme()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.horizontalHeader().setFont(theme.font("meta_strong"))
        self._fit()

    def _fit(self) -> None:
        """Columns as wide as their words; what is over goes to those with a share. As high as the rows."""
        theme = current_theme()
        metrics, heads = QFontMetricsF(theme.font("interface_medium")), QFontMetricsF(theme.font("meta_strong"))
        wanted = []
        for n, column in enumerate(self.rows.fields):
            lines = range(min(len(self.rows.lines), LOOKED_AT))
            words = (self.rows.words(self.rows.index(row, n)) for row in lines)
            widest = max((metrics.horizontalAdvance(text) for text in words), default=0)
            wanted.append(max(theme.px(LEAST), int(max(widest, heads.horizontalAdvance(column.title))) + 2 * PAD + 12))
        over = self.viewport().width() - sum(wanted)
        shares = sum(column.share for column in self.rows.fields) or 1
        for n, column in enumerate(self.rows.fields):
            more = over * column.share // shares
            self.setColumnWidth(n, max(theme.px(LEAST), wanted[n] + more) if column.share else wanted[n])
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        bar = self.horizontalScrollBar().sizeHint().height() if self._is_too_wide() else 0
        self.setFixedHeight(
            self.horizontalHeader().sizeHint().height() + len(self.rows.lines) * theme.px(ROW) + bar + 4
        )

    def _is_too_wide(self) -> bool:
        return sum(self.columnWidth(n) for n in range(len(self.rows.fields))) > self.viewport().width()
