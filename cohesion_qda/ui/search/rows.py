"""The places that a search found, as rows of a list that is fetched page by page."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.finding import Hit, Proposed
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.quotation import quotation
from cohesion_qda.model.text import Span
from cohesion_qda.ui.rows import NOWHERE, Index

ROW = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place. `span` is what would be coded, with `words` in it; for a place of the search alone the hit itself. It is
    `already` coded so, or said `by_others` than participants.
    """

    hit: Hit
    span: Span
    already: bool = False
    hits: int = 1
    by_others: bool = False

    @property
    def key(self) -> tuple[SourceId, Span]:
        return self.hit.source, self.span

    @property
    def place(self) -> str:
        """`Dewsbury women, turn 13`."""
        if not self.hit.turn:
            return self.hit.source_name
        return _("{source}, turn {turn}").format(source=self.hit.source_name, turn=self.hit.turn)

    def told(self) -> str:
        """The row in one sentence, for screen readers."""
        words = f"{self.hit.before[-60:]}{self.hit.hit}{self.hit.after[:60]}".strip()
        said = _("“{quote}”, {speaker}, {place}").format(
            quote=words, speaker=self.hit.speaker or _("no speaker"), place=self.place
        )
        return _("{said}, coded so already").format(said=said) if self.already else said

    def quotation(self) -> str:
        """The words around the place with who said them, for pasting into a document."""
        words = f"{self.hit.before}{self.hit.hit}{self.hit.after}".strip()
        hit = self.hit
        return quotation(words, hit.source_name, (hit.speaker,) if hit.speaker else (), hit.turn)


@dataclass(frozen=True, slots=True)
class Title:
    """The name of a source over its places."""

    name: str


Row = Entry | Title


def entries_of_hits(hits: Iterable[Hit]) -> list[Entry]:
    """The places of a search."""
    return [Entry(hit, hit.span) for hit in hits]


def entries_of_proposed(proposed: Iterable[Proposed]) -> list[Entry]:
    """The passages of an auto-coding."""
    return [Entry(one.hit, one.span, one.already, one.hits, one.by_others) for one in proposed]


class Rows(QAbstractListModel):
    """Entries with the name of their source over the first of each. `more_wanted` asks for the next page."""

    ticked = Signal()
    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._ticked: set[Hashable] = set()
        self._there: set[Hashable] = set()
        self.has_more = False  # there is another page, and it was not asked for yet
        self.has_titles = True  # the name of a source stands over its places

    def show(self, entries: Sequence[Entry], *, has_more: bool = False, ticked: Iterable[Hashable] = ()) -> None:
        """Show these from the beginning, with the boxes of those `ticked` ticked."""
        self.beginResetModel()
        self._rows, self._there = [], set()
        self._rows.extend(self._with_titles(entries))
        self._ticked = set(ticked) & self._there
        self.has_more = has_more
        self.endResetModel()
        self.ticked.emit()

    def add(self, entries: Sequence[Entry], *, has_more: bool, ticked: Iterable[Hashable] = ()) -> None:
        """Show these after those that are there, with the boxes of those `ticked` ticked."""
        self.has_more = has_more
        self._ticked.update(ticked)
        rows = self._with_titles(entries)
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def _with_titles(self, entries: Sequence[Entry]) -> list[Row]:
        last = next((row.hit.source for row in reversed(self._rows) if isinstance(row, Entry)), None)
        rows: list[Row] = []
        for entry in entries:
            if self.has_titles and entry.hit.source != last:
                last = entry.hit.source
                rows.append(Title(entry.hit.source_name))
            rows.append(entry)
            self._there.add(entry.key)
        return rows

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index = NOWHERE) -> bool:
        return not parent.isValid() and self.has_more

    def fetchMore(self, parent: Index = NOWHERE) -> None:
        if self.has_more:
            self.has_more = False
            self.more_wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.name if isinstance(row, Title) else row.told()
        if role == Qt.ItemDataRole.CheckStateRole and isinstance(row, Entry):
            return Qt.CheckState.Checked if row.key in self._ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or isinstance(row, Title):
            return False
        is_on = Qt.CheckState(value) == Qt.CheckState.Checked
        (self._ticked.add if is_on else self._ticked.discard)(row.key)
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], Title):
            return Qt.ItemFlag.ItemNeverHasChildren
        return (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemNeverHasChildren
        )  # fmt: skip

    def tick_all(self, on: bool) -> None:
        """Tick every box that is there, or none."""
        self._set_ticked(set(self._there) if on else set())

    def tick(self, keys: Iterable[Hashable], on: bool) -> None:
        """Tick these boxes, or take their ticks away; the others stay as they are."""
        self._set_ticked(self._ticked | self._there.intersection(keys) if on else self._ticked.difference(keys))

    def _set_ticked(self, keys: set[Hashable]) -> None:
        self._ticked = keys
        self.dataChanged.emit(self.index(0), self.index(max(0, len(self._rows) - 1)), [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()

    def entries(self) -> list[Entry]:
        """The places that are there."""
        return [row for row in self._rows if isinstance(row, Entry)]

    def ticked_entries(self) -> list[Entry]:
        """Those whose boxes are ticked, in their order."""
        return [entry for entry in self.entries() if entry.key in self._ticked]

    @property
    def number(self) -> int:
        """How many places are there."""
        return len(self._there)

    @property
    def number_ticked(self) -> int:
        return len(self._ticked)

    def entry_near(self, row: int, step: int = 1) -> int:
        """The first row from `row` on, in steps of 1 or -1, that is a place; -1 where there is none."""
        while 0 <= row < len(self._rows):
            if isinstance(self._rows[row], Entry):
                return row
            row += step
        return -1
