"""The codebook as Qt's views want it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, Qt, Signal

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import CodeCount, Count
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.ui.rows import Index as Index

CODE_MIME = "application/x-cohesion-code"  # the ids of the codes that are dragged, with spaces between
SPAN_MIME = "application/x-cohesion-span"
ASIDE = CodeId(0)  # the row at the bottom under which codes that were set aside stand; no code has this id


class CodebookModel(QAbstractItemModel):
    """A CodeTree with its counts. It changes nothing: what is typed or dropped becomes a signal.

    Codes that are set aside stand under a row of their own at the bottom, with all that is under them.
    """

    rename_wanted = Signal(int, str)  # code id, name
    move_wanted = Signal(object, object, int)  # code ids, the new parent's id or None, position among its children
    aside_wanted = Signal(object)  # code ids
    dropped_on = Signal(object, int)  # code ids, the code they were dropped onto
    span_dropped = Signal(int, int, object)  # code id, source id, Span

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree = CodeTree()
        self._counts: Mapping[CodeId, CodeCount] = {}
        self.base = Count()
        self.passages: Mapping[CodeId, int] = {}
        self._typed = ""
        self._children: dict[CodeId | None, list[CodeId]] = {}
        self._above: dict[CodeId, CodeId | None] = {}

    # ---- what is shown
    def show(self, tree: CodeTree) -> None:
        """Show another tree, or the same one changed."""
        self.beginResetModel()
        self.tree = tree
        self._filter()
        self.endResetModel()

    def show_counts(
        self, counts: Mapping[CodeId, CodeCount], base: Count, passages: Mapping[CodeId, int] | None = None
    ) -> None:
        """Show other counts; nothing else moves. `passages` are the codings that each branch holds."""
        self._counts, self.base = counts, base
        self.passages = passages or {}
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
        self._children, self._above = {}, {}
        offered = {code.id for code in self.tree.offered()}
        aside: list[CodeId] = []
        for parent in [None, *(code.id for code in self.tree)]:
            for child in self.tree.children(parent):
                if child.id not in fits:
                    continue
                is_out = child.id not in offered and (parent is None or parent in offered)
                (aside if is_out else self._children.setdefault(parent, [])).append(child.id)
                self._above[child.id] = ASIDE if is_out else parent
        if aside:
            self._children[ASIDE] = aside
            self._children.setdefault(None, []).append(ASIDE)

    def fits(self, code: CodeId) -> bool:
        """Whether a code itself holds what was typed."""
        return code in self.tree and self._fits(self.tree[code])

    def _fits(self, code: Code) -> bool:
        return not self._typed or self._typed in comparable(f"{code.name} {code.definition}")

    def set_aside(self) -> list[CodeId]:
        """The codes that were set aside, without those under them."""
        return self._children.get(ASIDE, [])

    def count(self, code: CodeId) -> Count:
        """What is shown beside a code: its branch's for one that has codes under it, else its own."""
        found = self._counts.get(code)
        if found is None:
            return Count()
        return found.branch if self.tree.children(code) else found.own

    def counted(self, code: CodeId) -> str:
        """`12 mentions, 7 of 31 people, 4 of 6 groups`."""
        count = self.count(code)
        return ngettext(
            "{n} mention, {people} of {all_people} people, {groups} of {all_groups} groups",
            "{n} mentions, {people} of {all_people} people, {groups} of {all_groups} groups",
            count.mentions,
        ).format(
            n=count.mentions, people=count.participants, all_people=self.base.participants,
            groups=count.groups, all_groups=self.base.groups,
        )  # fmt: skip

    def tip(self, code: CodeId) -> str:
        """The counts with their denominators, under the code's place and what it means."""
        shown = self.tree[code]
        lines = [self.tree.path(code).replace("/", " › "), self.counted(code)]
        if self.tree.is_aside(code):
            lines.append(_("Set aside: it keeps its passages and is not offered for coding."))
        if shown.definition:
            lines += ["", shown.definition if len(shown.definition) <= 320 else f"{shown.definition[:320]} …"]
        return "\n".join(lines)

    # ---- Qt's questions
    def code_at(self, index: Index) -> CodeId | None:
        """The code of a row; None for the row of codes set aside."""
        return CodeId(index.internalId()) if index.isValid() and index.internalId() != ASIDE else None

    def index_of(self, code: CodeId) -> QModelIndex:
        """The row of a code, or of `ASIDE`; invalid when it is not shown."""
        siblings = self._children.get(self._above.get(code), [])
        return self.createIndex(siblings.index(code), 0, code) if code in siblings else QModelIndex()

    def _key(self, index: Index) -> CodeId | None:
        return CodeId(index.internalId()) if index.isValid() else None

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 (Qt's signature)
        siblings = self._children.get(self._key(parent), [])
        return (
            self.createIndex(row, column, siblings[row]) if 0 <= row < len(siblings) and not column else QModelIndex()
        )

    def parent(self, index: Index | None = None) -> Any:  # type: ignore[override]
        if index is None:
            return QObject.parent(self)
        code = self._key(index)
        above = self._above.get(code) if code is not None else None
        return QModelIndex() if above is None else self.index_of(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._children.get(self._key(parent), []))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        code_id = self.code_at(index)
        if code_id is None:
            return self._data_of_aside(role)
        code = self.tree[code_id]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return code.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(code.id)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(code)
        return None

    def _said(self, code: Code) -> str:
        counted = self.counted(code.id)
        if self.tree.is_aside(code.id):
            return _("{name}, set aside, {counted}").format(name=code.name, counted=counted)
        if code.key:
            return _("{name}, {counted}, key {key}").format(name=code.name, counted=counted, key=code.key)
        return _("{name}, {counted}").format(name=code.name, counted=counted)

    def _data_of_aside(self, role: int) -> Any:
        n = len(self.set_aside())
        if role == Qt.ItemDataRole.DisplayRole:
            return _("Set aside")
        if role == Qt.ItemDataRole.ToolTipRole:
            return _("These codes keep their passages and are counted, and are not offered for coding.")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ngettext("Set aside, {n} code", "Set aside, {n} codes", n).format(n=n)
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
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
        if self.code_at(index) is not None:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        return flags

    # ---- dragging
    def mimeTypes(self) -> list[str]:
        return [CODE_MIME, SPAN_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        data = QMimeData()
        codes = self.uppermost([code for index in indexes if (code := self.code_at(index)) is not None])
        if codes:
            data.setData(CODE_MIME, " ".join(map(str, codes)).encode())
        return data

    def uppermost(self, codes: Sequence[CodeId]) -> list[CodeId]:
        """Those of `codes` that stand under no other of them, in the order of the codebook."""
        wanted = set(codes)
        return [c.id for c in self.tree if c.id in wanted and not wanted & set(self.tree.lineage(c.id)[:-1])]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def canDropMimeData(self, data: QMimeData, _action: Any, row: int, _column: int, parent: Index) -> bool:
        target = self._key(parent)
        if data.hasFormat(SPAN_MIME):
            return target not in (None, ASIDE) and row < 0
        above = [] if target in (None, ASIDE) else self.tree.lineage(target)  # type: ignore[arg-type]
        return data.hasFormat(CODE_MIME) and not set(dragged(data)) & set(above)

    def dropMimeData(self, data: QMimeData, action: Any, row: int, column: int, parent: Index) -> bool:
        """Nothing is taken away by Qt: the project does what was meant."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        target = self._key(parent)
        if data.hasFormat(SPAN_MIME) and target is not None:
            source, start, end = (int(n) for n in bytes(data.data(SPAN_MIME).data()).split())
            self.span_dropped.emit(target, source, Span(start, end))
        elif target == ASIDE:
            self.aside_wanted.emit(dragged(data))
        elif row < 0 and target is not None:
            self.dropped_on.emit(dragged(data), target)
        else:
            self.move_wanted.emit(dragged(data), target, self._position(target, row, dragged(data)))
        return False

    def _position(self, target: CodeId | None, row: int, moved: Sequence[CodeId]) -> int:
        """The place among all children that stay, of a row among those that are shown."""
        shown = self._children.get(target, [])
        after = [c for c in (shown if row < 0 else shown[row:]) if c not in moved and c != ASIDE]
        before = [c for c in ([] if row < 0 else shown[:row]) if c not in moved and c != ASIDE]
        stay = [c.id for c in self.tree.children(target) if c.id not in moved]
        if row >= 0 and after:
            return stay.index(after[0])
        return stay.index(before[-1]) + 1 if before else len(stay)


def dragged(data: QMimeData) -> list[CodeId]:
    """The codes that are dragged."""
    return [CodeId(int(code)) for code in bytes(data.data(CODE_MIME).data()).split()]
