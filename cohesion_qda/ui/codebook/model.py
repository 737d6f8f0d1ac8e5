"""The codebook as Qt's views want it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, Qt, Signal

from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import CodeCount, Count
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.ui.rows import Index as Index

CODE_MIME = "application/x-cohesion-code"
SPAN_MIME = "application/x-cohesion-span"


class CodebookModel(QAbstractItemModel):
    """A CodeTree with its counts. It changes nothing: what is typed or dropped becomes a signal."""

    rename_wanted = Signal(int, str)  # code id, name
    move_wanted = Signal(int, object, int)  # code id, the new parent's id or None, position among its children
    span_dropped = Signal(int, int, object)  # code id, source id, Span

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree = CodeTree()
        self._counts: Mapping[CodeId, CodeCount] = {}
        self.base = Count()
        self._typed = ""
        self._children: dict[CodeId | None, list[CodeId]] = {}

    # ---- what is shown
    def show(self, tree: CodeTree) -> None:
        """Show another tree, or the same one changed."""
        self.beginResetModel()
        self.tree = tree
        self._filter()
        self.endResetModel()

    def show_counts(self, counts: Mapping[CodeId, CodeCount], base: Count) -> None:
        """Show other counts; nothing else moves."""
        self._counts, self.base = counts, base
        for parent in [None, *self._children]:
            children = self._children.get(parent, [])
            if children:
                self.dataChanged.emit(self.index_of(children[0]), self.index_of(children[-1]))

    def search(self, typed: str) -> None:
        """Show only codes whose name or definition holds what was typed, with those above them."""
        self.beginResetModel()
        self._typed = comparable(typed)
        self._filter()
        self.endResetModel()

    @property
    def is_searching(self) -> bool:
        return bool(self._typed)

    def _filter(self) -> None:
        fits = {c for code in self.tree if self._fits(code) for c in self.tree.lineage(code.id)}
        self._children = {}
        for parent in [None, *(code.id for code in self.tree)]:
            kept = [child.id for child in self.tree.children(parent) if child.id in fits]
            if kept:
                self._children[parent] = kept

    def fits(self, code: CodeId) -> bool:
        """Whether a code itself holds what was typed."""
        return code in self.tree and self._fits(self.tree[code])

    def _fits(self, code: Code) -> bool:
        return not self._typed or self._typed in comparable(f"{code.name} {code.definition}")

    def count(self, code: CodeId) -> Count:
        """What is shown beside a code: its branch's for one that has codes under it, else its own."""
        found = self._counts.get(code)
        if found is None:
            return Count()
        return found.branch if self.tree.children(code) else found.own

    def tip(self, code: CodeId) -> str:
        """The counts with their denominators."""
        count, name = self.count(code), self.tree.path(code).replace("/", " › ")
        return _("{name}\n{mentions} mentions, {people} of {all_people} participants, {groups} of {all_groups} groups").format(
            name=name, mentions=count.mentions, people=count.participants, all_people=self.base.participants,
            groups=count.groups, all_groups=self.base.groups,
        )  # fmt: skip

    # ---- Qt's questions
    def code_at(self, index: Index) -> CodeId | None:
        """The code of a row."""
        return CodeId(index.internalId()) if index.isValid() else None

    def index_of(self, code: CodeId) -> QModelIndex:
        """The row of a code; invalid when it is not shown."""
        if code not in self.tree:
            return QModelIndex()
        siblings = self._children.get(self._parent(code), [])
        return self.createIndex(siblings.index(code), 0, code) if code in siblings else QModelIndex()

    def _parent(self, code: CodeId) -> CodeId | None:
        parent = self.tree[code].parent
        return parent if parent is not None and parent in self.tree else None

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 (Qt's signature)
        siblings = self._children.get(self.code_at(parent), [])
        return (
            self.createIndex(row, column, siblings[row]) if 0 <= row < len(siblings) and not column else QModelIndex()
        )

    def parent(self, index: Index | None = None) -> Any:  # type: ignore[override]
        if index is None:
            return QObject.parent(self)
        code = self.code_at(index)
        above = self._parent(code) if code is not None and code in self.tree else None
        return QModelIndex() if above is None else self.index_of(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._children.get(self.code_at(parent), []))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        code = self.tree[CodeId(index.internalId())]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return code.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(code.id)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = _("{name}, {n} mentions, key {key}") if code.key else _("{name}, {n} mentions")
            return said.format(name=code.name, n=self.count(code.id).mentions, key=code.key)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        code = self.code_at(index)
        if code is None or role != Qt.ItemDataRole.EditRole or not str(value).strip():
            return False
        if str(value).strip() != self.tree[code].name:
            self.rename_wanted.emit(code, str(value).strip())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        )  # fmt: skip

    # ---- dragging
    def mimeTypes(self) -> list[str]:
        return [CODE_MIME, SPAN_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        data = QMimeData()
        code = self.code_at(indexes[0])
        data.setData(CODE_MIME, str(code).encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def canDropMimeData(self, data: QMimeData, _action: Any, row: int, _column: int, parent: Index) -> bool:
        if data.hasFormat(SPAN_MIME):
            return parent.isValid() and row < 0
        return data.hasFormat(CODE_MIME) and self._dragged(data) not in self._above(self.code_at(parent))

    def dropMimeData(self, data: QMimeData, action: Any, row: int, column: int, parent: Index) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        target = self.code_at(parent)
        if data.hasFormat(SPAN_MIME) and target is not None:
            source, start, end = (int(n) for n in bytes(data.data(SPAN_MIME).data()).split())
            self.span_dropped.emit(target, source, Span(start, end))
            return False
        moved = self._dragged(data)
        siblings = [c for c in self._children.get(target, []) if c != moved]
        at = len(siblings) if row < 0 else min(len(siblings), row - (moved in self._children.get(target, [])[:row]))
        self.move_wanted.emit(moved, target, at)
        return False  # the project does it; Qt must not take the row away

    def _dragged(self, data: QMimeData) -> CodeId:
        return CodeId(int(bytes(data.data(CODE_MIME).data())))

    def _above(self, code: CodeId | None) -> list[CodeId]:
        return [] if code is None else self.tree.lineage(code)
