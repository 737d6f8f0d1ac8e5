"""Choosing a code from the whole codebook: a chip that opens the tree, with a field to search it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.choosing import ListKeys
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.retrieve.paint import Index
from cohesion_qda.ui.textpane.fuzzy import for_coding, matches
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Chip, Label, SearchField

WIDTH, ROWS = 360, 12
NOWHERE = QModelIndex()
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CODE_ROLE = int(Qt.ItemDataRole.UserRole)


class CodeRows(QAbstractListModel):
    """The codebook in its order, headings included; once something is typed, the codes that fit it, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree = CodeTree()
        self.is_searched = False
        self._counts: Mapping[CodeId, int] = {}
        self._rows: list[Code] = []
        self._offered: set[CodeId] = set()

    def show(
        self, tree: CodeTree, counts: Mapping[CodeId, int], typed: str = "", offered: Iterable[Code] | None = None
    ) -> None:
        """Show a tree, in which those `offered` can be chosen (all, when None); `counts` are the passages of each code and
        those under it.
        """
        codes = list(tree if offered is None else offered)
        self.beginResetModel()
        self.tree, self._counts, self.is_searched = tree, counts, bool(typed.strip())
        self._offered = {code.id for code in codes}
        if self.is_searched:
            self._rows = [match.code for match in matches(tree, typed, uses=counts, among=codes)]
        else:
            kept = {above for code in codes for above in tree.lineage(code.id)}
            self._rows = [code for code in tree if code.id in kept]
        self.endResetModel()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What only stands over others cannot be chosen."""
        if not index.isValid() or self._rows[index.row()].id not in self._offered:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        code = self._rows[index.row()]
        if role == CODE_ROLE:
            return code
        if role == Qt.ItemDataRole.DisplayRole:
            return code.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tree.path(code.id).replace("/", ", ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tree.path(code.id)
        return None

    def count(self, code: CodeId) -> int | None:
        """The passages of a code; None when they were not given."""
        return self._counts.get(code, 0) if self._counts else None

    def row_of(self, code: CodeId | None) -> int:
        """Where a code stands, or -1."""
        return next((row for row, shown in enumerate(self._rows) if shown.id == code), -1)

    def above(self, code: Code) -> str:
        """What the code stands under, where that is not seen from the rows over it."""
        return self.tree[code.parent].name if self.is_searched and code.parent is not None else ""


class CodeRowPainter(QStyledItemDelegate):
    """A code as in the codebook: indented, with its shape, and its passages at the right; what was searched for stands flat,
    with what it is under beside it.
    """

    def __init__(self, rows: CodeRows) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, max(28, current_theme().px(28)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, code = current_theme(), index.data(CODE_ROLE)
        depth = 0 if self._rows.is_searched else self._rows.tree.depth(code.id)
        rect = QRectF(option.rect)
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        with smoothly(painter):
            if is_on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("soft"))
                painter.drawRoundedRect(rect, 6, 6)
            x = rect.x() + 8 + theme.px(16) * depth
            size = theme.px(11)
            if not code.is_question:
                mark = QRectF(x, rect.center().y() - size / 2, size, size)
                theme.paint_shape(painter, self._rows.tree.shape(code.id), mark, code.colour)
                x += theme.px(20)
            count = self._rows.count(code.id)
            beside = "" if count is None else str(count)
            painter.setFont(theme.font("meta"))
            painter.setPen(theme.colour("text2"))
            right = rect.adjusted(0, 0, -8, 0)
            painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, beside)
            room = rect.right() - x - theme.px(48)
            font = theme.font("interface_strong" if code.is_question else "interface")
            painter.setFont(font)
            painter.setPen(theme.colour("accenttext" if is_on else "text"))
            words = QFontMetricsF(font).elidedText(code.name, Qt.TextElideMode.ElideRight, room)
            place = QRectF(x, rect.y(), room + 4, rect.height())
            painter.drawText(place, LEFT, words)
            place.setLeft(x + QFontMetricsF(font).horizontalAdvance(words) + theme.px(8))
            meta = theme.font("meta")
            painter.setFont(meta)
            painter.setPen(theme.colour("text2"))
            above = QFontMetricsF(meta).elidedText(self._rows.above(code), Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, LEFT, above)


class CodePopup(QFrame):
    """The tree with a field over it. Arrows move, Enter chooses, Escape closes."""

    chosen = Signal(int)  # code id

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("code_popup")
        self.field = SearchField(_("Find a code"), self)
        self.field.textChanged.connect(lambda typed: self._show(typed, None))
        self.rows = CodeRows(self)
        self.list = QListView(self)
        self.list.setAccessibleName(_("Codes"))
        self.list.setModel(self.rows)
        self.list.setItemDelegate(CodeRowPainter(self.rows))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.clicked.connect(self._take)
        self.list.entered.connect(self._point_at)
        self._keys = ListKeys(self.field, self.list, self._take, ROWS)
        self._none = Label(_("No code like that."), "interface", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self._none)
        column.addWidget(self.list)
        self._counts: Mapping[CodeId, int] = {}
        self._tree = CodeTree()
        self._offered: list[Code] | None = None

    def open_under(
        self,
        widget: QWidget,
        tree: CodeTree,
        counts: Mapping[CodeId, int],
        current: CodeId | None,
        *,
        to_code_with: bool = False,
    ) -> None:
        """Open under `widget` with `current` chosen; `to_code_with` offers only what passages are coded with."""
        theme = current_theme()
        self._tree, self._counts = tree, counts
        self._offered = for_coding(tree) if to_code_with else None
        self.setStyleSheet(
            f"#code_popup {{ background: {theme.hex('raised')}; border: 1px solid {theme.hex('ctl')}; }}"
            "QListView { background: transparent; }"
        )
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._show("", current)
        high = min(ROWS, max(3, self.rows.rowCount())) * max(28, theme.px(28))
        self.list.setFixedHeight(high)
        self.setFixedWidth(theme.px(WIDTH))
        self.adjustSize()
        at = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        area = widget.screen().availableGeometry()
        self.move(
            max(area.left(), min(at.x(), area.right() - self.width())), min(at.y(), area.bottom() - self.height())
        )
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show(self, typed: str, current: CodeId | None) -> None:
        self.rows.show(self._tree, self._counts, typed, self._offered)
        self._none.setVisible(self.rows.rowCount() == 0)
        self._keys.choose(max(0, self.rows.row_of(current)))

    def _point_at(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.list.setCurrentIndex(index)

    def _take(self, index: QModelIndex | None = None) -> None:
        index = index or self.list.currentIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.hide()
            self.chosen.emit(index.data(CODE_ROLE).id)


class CodeChooser(Chip):
    """A chip that shows the chosen code and opens the tree."""

    chosen = Signal(int)  # code id

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent=parent)
        self._words = words
        self._tree = CodeTree()
        self._counts: Mapping[CodeId, int] = {}
        self._code: CodeId | None = None
        self.popup = CodePopup(self)
        self.popup.chosen.connect(self.chosen)
        self.clicked.connect(lambda _checked=False: self.open())

    def show_codes(self, tree: CodeTree, counts: Mapping[CodeId, int], code: CodeId | None) -> None:
        """The codes to choose from, with their passages, and the one that is chosen."""
        self._tree, self._counts = tree, counts
        self._code = code if code in tree else None
        name = tree[self._code].name if self._code is not None else self._words
        metrics = QFontMetricsF(current_theme().font("interface_medium"))
        self.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, current_theme().px(240)))
        self.setToolTip(tree.path(self._code) if self._code is not None else "")
        self.setAccessibleName(_("Code: {name}").format(name=name))

    def open(self) -> None:
        """Open the tree."""
        self.popup.open_under(self, self._tree, self._counts, self._code)
