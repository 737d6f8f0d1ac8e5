"""A part of an answer as Qt's views want it: one shape for whatever was asked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Cell, Head, Key, Line, Part
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.text import natural
from cohesion_qda.ui.compare import cells
from cohesion_qda.ui.rows import NOWHERE, Index

LABEL = 0  # the first column; the others are the part's
EMPTY = Part("", "", "", (), ())


class AnswerModel(QAbstractTableModel):
    """Lines, and the foot last. `order` is (column of the part, falling), or None: as the answer has them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = EMPTY
        self.tree = CodeTree()
        self.lines: Sequence[Line] = ()
        self.order: tuple[int, bool] | None = None
        self.with_unused = False
        self.unused = 0
        self.is_heat = self.has_bars = False
        self._greatest = 0.0
        self._is_square = False

    def show(self, part: Part, tree: CodeTree, order: tuple[int, bool] | None, *, with_unused: bool) -> None:
        """Show another part, sorted by one of its columns (or by its labels: -1)."""
        self.beginResetModel()
        self.part, self.tree, self.with_unused = part, tree, with_unused
        self.order = order if order is not None and order[0] < len(part.heads) else None
        self.is_heat, self.has_bars = "heat map" in part.figures, part.figures[:1] == ("bars",)
        self._greatest = cells.most(part) if self.is_heat else 0.0
        self._is_square = self.is_heat and cells.is_square(part)
        self.lines = self._arranged()
        self.endResetModel()

    def _arranged(self) -> list[Line]:
        is_code = any(line.code is not None for line in self.part.lines)
        used = [line for line in self.part.lines if not cells.is_unused(line)] if is_code else list(self.part.lines)
        self.unused = len(self.part.lines) - len(used)
        if not used:  # nothing to fold away from
            self.unused = 0
        lines = list(self.part.lines) if self.with_unused or not used else used
        if self.order is None:
            return [line for n, line in enumerate(lines) if not line.is_heading or _stands_over(line, lines[n + 1 :])]
        lines = [line for line in lines if not line.is_heading]
        at, falling = self.order
        if at < 0:
            return sorted(lines, key=lambda line: natural(line.label), reverse=falling)
        known = [line for line in lines if _rank(line, at) is not None]
        known.sort(key=lambda line: _rank(line, at), reverse=falling)  # type: ignore[arg-type,return-value]
        return [*known, *(line for line in lines if _rank(line, at) is None)]

    @property
    def is_flat(self) -> bool:
        """Whether lines stand in another order than the answer's, so that their depth says nothing."""
        return self.order is not None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines) + (self.part.foot is not None)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or not self.part.heads else len(self.part.heads) + 1

    def line(self, row: int) -> Line:
        """The line of a row; the foot is the last."""
        if row < len(self.lines):
            return self.lines[row]
        assert self.part.foot is not None
        return self.part.foot

    def is_foot(self, row: int) -> bool:
        """Whether a row is the foot."""
        return row >= len(self.lines)

    def head(self, column: int) -> Head:
        """What stands over a column but the first."""
        return self.part.heads[column - 1]

    def cell(self, index: Index) -> Cell:
        """The cell of an index beyond the first column."""
        return self.line(index.row()).cells[index.column() - 1]

    def key(self, index: Index) -> Key:
        """What the passages of a cell (or of a line, in the first column) are asked by; empty where there are none."""
        line = self.line(index.row())
        return line.key if index.column() == LABEL else line.cells[index.column() - 1].key

    def shade(self, index: Index) -> float | None:
        """How deep a cell is shaded, 0 to 1; None where it is not."""
        if not self.is_heat or self.is_foot(index.row()):
            return None
        head = self.head(index.column())
        if self._is_square and head.label == self.line(index.row()).label:
            return None
        return cells.shade(self.cell(index), head, self._greatest)

    def reach(self, index: Index) -> float | None:
        """How far the bar under a count goes, 0 to 1; None where there is none."""
        cell = self.cell(index)
        value = cells.magnitude(cell)
        if not self.has_bars or value is None or not cell.of or self.is_foot(index.row()):
            return None
        if self.head(index.column()).form == "share":  # what it is of stands there
            return None
        return min(1.0, value / cell.of)

    def place_of(self, key: Key) -> tuple[int, int]:
        """Row and column of the cell with that key; (-1, -1) when it is not shown."""
        for row in range(self.rowCount()):
            line = self.line(row)
            if line.key == key:
                return row, LABEL
            for at, cell in enumerate(line.cells):
                if cell.key == key:
                    return row, at + 1
        return -1, -1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.line(index.row())
        if index.column() == LABEL:
            return self._of_label(line, role)
        head, cell = self.head(index.column()), self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole and line.is_heading:
            return ""
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(words for words in (cells.value_words(cell, head), cells.small_words(cell, head)) if words)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return cells.told(line, head, cell)
        return None

    @staticmethod
    def _of_label(line: Line, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return line.label
        whole = line.path.replace("/", " › ") or line.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            whole = line.path.replace("/", ", ") or line.label
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return _("{name}. {note}").format(name=whole, note=line.note) if line.note else whole
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if section == LABEL:
            return self.part.corner
        head = self.head(section)
        note = "" if head.note == "total" else head.note
        said = [cells.head_label(head), cells.denominator(head), note, self.order_words(section)]
        return ", ".join(words for words in said if words)

    def order_words(self, section: int) -> str:
        """How the rows are sorted, where it is by that column."""
        if self.order is None or self.order[0] != section - 1:
            return ""
        return _("sorted, the most first") if self.order[1] else _("sorted, the least first")


def _stands_over(heading: Line, after: Sequence[Line]) -> bool:
    """Whether some line with numbers is under a heading."""
    under = takewhile(lambda line: line.depth > heading.depth, after)
    return any(not line.is_heading for line in under)


def _rank(line: Line, at: int) -> tuple[int, object] | None:
    cell = line.cells[at]
    if isinstance(cell.value, str):
        return (1, natural(cell.value)) if cell.value else None
    value = cells.magnitude(cell)
    return None if value is None else (0, value)
