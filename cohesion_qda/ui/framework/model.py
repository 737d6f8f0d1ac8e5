"""The matrix as Qt's views want it, and what each cell says."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.case import Case
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.framework import Matrix, Summaries, Summary
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.rows import NOWHERE
from cohesion_qda.ui.rows import Index as Index

CASE, CODES = 0, 1  # the first columns; from CODES on, one for each code


class MatrixModel(QAbstractTableModel):
    """Lines of cases; the first column is the case, then one for each code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = CodeTree()
        self.matrix = Matrix((), (), Summaries(), {})

    def show(self, matrix: Matrix, tree: CodeTree) -> None:
        """Show another matrix; where its lines and columns are the same, only its cells are painted anew."""
        is_same = (matrix.cases, matrix.codes) == (self.matrix.cases, self.matrix.codes)
        if not is_same:
            self.beginResetModel()
        self.matrix, self.tree = matrix, tree
        if not is_same:
            self.endResetModel()
        elif matrix.cases:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.matrix.cases)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else CODES + len(self.matrix.codes)

    def case(self, row: int) -> Case:
        """The case of a line."""
        return self.matrix.cases[row]

    def code(self, column: int) -> CodeId | None:
        """The code of a column; None for that of the cases."""
        return self.matrix.codes[column - CODES] if column >= CODES else None

    def summary(self, index: Index) -> Summary:
        """What stands in a cell of a code."""
        return self.matrix.summary(self.case(index.row()).id, self.matrix.codes[index.column() - CODES])

    def coded(self, index: Index) -> int:
        """How many coded passages a cell has."""
        return self.matrix.coded.get((self.case(index.row()).id, self.matrix.codes[index.column() - CODES]), 0)

    def is_open(self, index: Index) -> bool:
        """Whether a cell has coded passages and no summary yet."""
        return index.column() >= CODES and bool(self.coded(index)) and not self.summary(index).body.strip()

    def name(self, column: int) -> str:
        """What stands over a column."""
        if column == CASE:
            return case_word(self.matrix)
        code = self.code(column)
        return self.tree[code].name if code is not None and code in self.tree else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.matrix.cases):
            return None
        case = self.case(index.row())
        if index.column() == CASE:
            about = self.matrix.about.get(case.id, "")
            if role == Qt.ItemDataRole.DisplayRole:
                return case.name
            if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                return _("{name}, {about}").format(name=case.name, about=about) if about else case.name
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.summary(index).body
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._told(index, case)
        return None

    def _told(self, index: Index, case: Case) -> str:
        """A cell in words, for screen readers."""
        summary, behind = self.summary(index), behind_words(len(self.summary(index).passages), self.coded(index))
        said = summary.body.strip() or _("no summary yet")
        return _("{case}, {code}: {summary}. {passages}").format(
            case=case.name, code=self.name(index.column()), summary=said, passages=behind or _("No passages.")
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.name(section)
        code = self.code(section)
        if role == Qt.ItemDataRole.ToolTipRole and code is not None and code in self.tree:
            return self.tree.path(code).replace("/", " › ")
        return None

    def place_of(self, case: int, code: int) -> QModelIndex:
        """The cell of a case and a code; one that is not valid where it is not shown."""
        row = next((n for n, one in enumerate(self.matrix.cases) if one.id == case), -1)
        column = next((n for n, one in enumerate(self.matrix.codes) if one == code), -1)
        return self.index(row, column + CODES) if row >= 0 and column >= 0 else QModelIndex()

    def next_open(self, after: Index) -> QModelIndex:
        """The next cell, along the lines, that has coded passages and no summary; from the beginning again after the last."""
        wide = len(self.matrix.codes)
        cells = wide * len(self.matrix.cases)
        start = after.row() * wide + max(-1, after.column() - CODES) if after.isValid() else -1
        for step in range(1, cells + 1):
            row, column = divmod((start + step) % cells, wide)
            index = self.index(row, column + CODES)
            if self.is_open(index):
                return index
        return QModelIndex()


def case_word(matrix: Matrix) -> str:
    """What the lines are."""
    return _("Group") if matrix.cases and matrix.cases[0].kind == "group" else _("Participant")


def behind_words(linked: int, coded: int) -> str:
    """How many passages a cell has: `2 linked · 5 coded`; nothing where there are none."""
    parts = []
    if linked:
        parts.append(ngettext("{n} linked", "{n} linked", linked).format(n=linked))
    if coded:
        parts.append(ngettext("{n} coded", "{n} coded", coded).format(n=coded))
    return " · ".join(parts)
