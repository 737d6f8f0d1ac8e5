"""The table as Qt's views want it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import Column, Count, Row, Table
from cohesion_qda.ui.compare import words
from cohesion_qda.ui.compare.words import Choice
from cohesion_qda.ui.rows import Index as Index

NOWHERE = QModelIndex()
CODE, TOTAL, VALUES = 0, 1, 2  # the first columns; from VALUES on, one for each value


class TableModel(QAbstractTableModel):
    """Rows of codes; the first column is the code, the second all values together, then a column for each value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = CodeTree()
        self.rows: Sequence[Row] = ()
        self.columns: Sequence[Column] = ()
        self.base = Count()
        self.unit = "groups"
        self.order = "groups"
        self.by = ""

    def show(self, table: Table, rows: Sequence[Row], tree: CodeTree, choice: Choice) -> None:
        """Show these rows of a table."""
        self.beginResetModel()
        self.tree, self.rows, self.base = tree, rows, table.base
        self.columns = table.columns if table.by else ()
        self.unit, self.order, self.by = words.shown_unit(table, choice.unit), choice.order, table.by
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else VALUES + len(self.columns)

    def count_at(self, index: Index) -> Count:
        """The count of a cell; of the code itself, the total."""
        row = self.rows[index.row()]
        return row.cells[index.column() - VALUES] if index.column() >= VALUES else row.total

    def base_at(self, column: int) -> Count:
        """The denominators of a column."""
        return self.columns[column - VALUES].base if column >= VALUES else self.base

    def column_at(self, column: int) -> Column | None:
        """The value of a column; None for the code and the total."""
        return self.columns[column - VALUES] if column >= VALUES else None

    def share(self, row: int) -> float:
        """How far the bar of a total reaches, 0 to 1."""
        all_ = self.base.of(self.unit)
        return self.rows[row].total.of(self.unit) / all_ if all_ else 0.0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            if column == CODE:
                return row.name
            cell = words.cell_words(self.count_at(index), self.base_at(column), self.unit)
            return " ".join(part for part in cell if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column == CODE:
                return row.path.replace("/", ", ")
            return words.cell_told(row, self.column_at(column), self.base_at(column), self.count_at(index))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, index)
        return None

    def _tip(self, row: Row, index: Index) -> str:
        if index.column() == CODE:
            return row.path.replace("/", " › ")
        base = self.base_at(index.column())
        if not base.groups and not base.participants and self.unit != "mentions":
            return _("Nobody here was asked.")
        return words.cell_told(row, self.column_at(index.column()), base, self.count_at(index))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(self.header_lines(section))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(self.header_lines(section))
        return None

    def header_lines(self, section: int) -> list[str]:
        """The lines over a column: its label, then its denominators."""
        if section == CODE:
            return [_("Code"), words.order_words(self.order)]
        if section == TOTAL:
            label = _("All together") if self.by else _("Whole study")
            return [label, words.total_line(self.base, self.unit)]
        column = self.columns[section - VALUES]
        return [column.label, *words.column_lines(column, self.unit)]

    def place_of(self, code: CodeId, value: str | None) -> tuple[int, int]:
        """Row and column of a code's cell; `value` None is the total. (-1, -1) when it is not shown."""
        row = next((n for n, one in enumerate(self.rows) if one.code == code), -1)
        if value is None:
            return (row, TOTAL) if row >= 0 else (-1, -1)
        column = next((n for n, one in enumerate(self.columns) if one.value == value), -1)
        return (row, column + VALUES) if row >= 0 and column >= 0 else (-1, -1)
