"""The grid as Qt sees it: a row for each source or participant, a column for what is known about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.attribute import AttributeTable, Subject, as_type, sort_key
from cohesion_qda.model.text import comparable
from cohesion_qda.ui.rows import NOWHERE, Index
from cohesion_qda.ui.sources.words import kind_name, role_name

NAME = 0  # the column of names
OWN = {f":{name}": name for name in ("name", "where", "role", "kind", "turns", "words")}  # what the program knows
COMPLETED = 500  # a column with more different values than this is not completed


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `key` is an attribute's name, or one of OWN."""

    key: str
    title: str
    type: str = ""  # one of ATTRIBUTE_TYPES for attributes
    is_guessed: bool = False
    is_fixed: bool = False  # can never be edited

    @property
    def is_attribute(self) -> bool:
        return bool(self.type)

    @property
    def is_number(self) -> bool:
        return self.type == "number" or self.is_count

    @property
    def is_count(self) -> bool:
        """Whether it is a number that the program has counted."""
        return self.key in (":turns", ":words")


def type_words(kind: str) -> str:
    """One type of attribute, for a person."""
    return called.types().get(kind, kind)


def why_doubtful(kind: str) -> str:
    """What is wrong with a value that cannot be read as its type."""
    if kind == "number":
        return _("This is not a number. It is kept as it is written, and not counted as one.")
    return _("This is not a date. Write it as 2026-03-31 or 31/03/2026. It is kept as it is written.")


class GridModel(QAbstractTableModel):
    """Shows an `AttributeTable`; what a person types is asked for with `wanted`, and shown until the answer comes."""

    wanted = Signal(list)  # of (subject id, key, value)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = AttributeTable("participant")
        self.fields: list[Field] = []
        self.rows: list[Subject] = []  # those that are shown, in order
        self.is_read_only = False
        self.sorted_by: tuple[str, bool] | None = None  # key, whether descending
        self._order: list[int] = []  # the ids of all rows, in order
        self._filter = ""
        self._pending: dict[tuple[int, str], str] = {}

    # -- what is shown -----------------------------------------------------------------------------------------------

    def show(self, table: AttributeTable, is_read_only: bool = False) -> None:
        """Show what is known now; the order that rows were sorted into stays while the same rows are there."""
        fields = _fields(table)
        is_other = table.about != self.table.about or {row.id for row in table.rows} != set(self._order)
        self.table, self.is_read_only = table, is_read_only
        self._pending.clear()
        if is_other:
            self._order = self._sorted()
        shown = self._shown()
        if fields == self.fields and [row.id for row in shown] == [row.id for row in self.rows]:
            self.rows = shown
            if shown:
                self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, len(fields) - 1))
            return
        self.beginResetModel()
        self.fields, self.rows = fields, shown
        self.endResetModel()

    def set_filter(self, words: str) -> None:
        """Show only the rows in whose name or group all of `words` stand."""
        self._filter = words
        self._rearrange()

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Put the rows in order of a column; an empty key is the study's own order."""
        self.sorted_by = (key, descending) if key else None
        self._order = self._sorted()
        self._rearrange()

    def _rearrange(self) -> None:
        self.beginResetModel()
        self.rows = self._shown()
        self.endResetModel()

    def _shown(self) -> list[Subject]:
        by_id = {row.id: row for row in self.table.rows}
        wanted = comparable(self._filter).split()
        return [
            by_id[subject]
            for subject in self._order
            if all(word in comparable(f"{by_id[subject].name} {by_id[subject].where}") for word in wanted)
        ]

    def _sorted(self) -> list[int]:
        rows = list(self.table.rows)
        if self.sorted_by is not None:
            key, descending = self.sorted_by
            column = self.table.column(key)
            kind = column.type if column is not None else "number" if key in (":turns", ":words") else "category"
            blank = [row for row in rows if not _text(row, key)]
            filled = [row for row in rows if _text(row, key)]
            filled.sort(key=lambda row: sort_key(kind, _text(row, key)), reverse=descending)
            rows = filled + blank
        return [row.id for row in rows]

    # -- cells ---------------------------------------------------------------------------------------------------------

    def field(self, column: int) -> Field:
        return self.fields[column]

    def column_of(self, key: str) -> int | None:
        """The place of a column."""
        return next((at for at, field in enumerate(self.fields) if field.key == key), None)

    def row_of(self, subject: int) -> int | None:
        """The place of a source or participant, if it is shown."""
        return next((at for at, row in enumerate(self.rows) if row.id == subject), None)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        subject, key = self.rows[row], self.fields[column].key
        pending = self._pending.get((subject.id, key))
        return _text(subject, key) if pending is None else pending

    def shown_text(self, row: int, column: int) -> str:
        """What a cell shows: words for roles and kinds, and one line."""
        text, field = self.text(row, column), self.fields[column]
        if field.is_count:
            return f"{int(text):,}"
        return role_name(text) if field.key == ":role" else kind_name(text) if field.key == ":kind" else text

    def is_doubtful(self, row: int, column: int) -> bool:
        """Whether the value cannot be read as its column's type."""
        return as_type(self.fields[column].type, self.text(row, column)).is_doubtful

    def is_dimmed(self, row: int) -> bool:
        """Whether this is somebody who is not counted."""
        return self.rows[row].role in ("moderator", "observer")

    def can_edit(self, column: int) -> bool:
        return not self.is_read_only and not self.fields[column].is_fixed

    def values_of(self, column: int) -> list[str]:
        """The different values of a column, the most frequent first; none when there are very many."""
        key = self.fields[column].key
        counted = Counter(value for row in self.table.rows if (value := row.values.get(key, "")))
        return [value for value, _n in counted.most_common()] if len(counted) <= COMPLETED else []

    def changes(self, cells: Iterable[tuple[int, int, str]]) -> list[tuple[int, str, str]]:
        """(row, column, value) as (subject id, key, value), where it may be set and differs from what is there."""
        return [
            (self.rows[row].id, self.fields[column].key, value)
            for row, column, value in cells
            if self.can_edit(column) and value != self.text(row, column)
        ]

    def ask(self, cells: Iterable[tuple[int, int, str]]) -> None:
        """Ask for values by (row, column, value), and show them until the answer comes."""
        wanted = self.changes(cells)
        if wanted:
            self._pending.update({(subject, key): value for subject, key, value in wanted})
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.fields) - 1))
            self.wanted.emit(wanted)

    def forget_pending(self) -> None:
        """What was asked for could not be done."""
        self._pending.clear()
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.fields) - 1))

    # -- Qt ------------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() and self.can_edit(index.column()) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown_text(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.fields[column].title}: {self.shown_text(row, column) or _('empty')}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and self.is_doubtful(row, column):
            return why_doubtful(self.fields[column].type)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self.ask([(index.row(), index.column(), str(value).strip())])
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            return self.rows[section].name if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.fields[section].title
        if role == Qt.ItemDataRole.AccessibleTextRole and self.fields[section].is_attribute:
            return f"{self.fields[section].title}, {type_words(self.fields[section].type)}"
        return None


def _fields(table: AttributeTable) -> list[Field]:
    if table.about == "participant":
        fixed = [
            Field(":name", _("Participant")),
            Field(":where", _("Group"), is_fixed=True),
            Field(":role", _("Role")),
            Field(":turns", _("Turns"), is_fixed=True),
            Field(":words", _("Words"), is_fixed=True),
        ]
    else:
        fixed = [
            Field(":name", _("Source")),
            Field(":kind", _("Kind")),
            Field(":words", _("Words"), is_fixed=True),
        ]
    return fixed + [Field(column.name, column.name, column.type, column.is_guessed) for column in table.columns]


def _text(row: Subject, key: str) -> str:
    return str(getattr(row, OWN[key])) if key in OWN else row.values.get(key, "")
