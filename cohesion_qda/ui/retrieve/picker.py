"""Choosing a code from the whole codebook: a chip that opens the tree, with a field to search it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
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
from cohesion_qda.model.text import comparable
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.retrieve.paint import Index
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Chip, Label, SearchField

WIDTH, ROWS = 360, 12
NOWHERE = QModelIndex()
CODE_ROLE = int(Qt.ItemDataRole.UserRole)


class CodeRows(QAbstractListModel):
    """The codes that fit what was typed, in the order of the tree, those above them included."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree = CodeTree()
        self._counts: Mapping[CodeId, int] = {}
        self._rows: list[Code] = []
        self._typed = ""

    def show(self, tree: CodeTree, counts: Mapping[CodeId, int], typed: str = "") -> None:
        """Show a tree; `counts` are the passages of each code and those under it."""
        self.beginResetModel()
        self.tree, self._counts, self._typed = tree, counts, comparable(typed)
        kept = {above for code in tree if self.fits(code) for above in tree.lineage(code.id)}
        self._rows = [code for code in tree if code.id in kept]
        self.endResetModel()

    def fits(self, code: Code) -> bool:
        """Whether the code itself holds what was typed."""
        return self._typed in comparable(f"{code.name} {code.definition}")

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

    def first_fit(self) -> int:
        """The first row that itself holds what was typed."""
        return next((row for row, code in enumerate(self._rows) if self.fits(code)), 0)


class CodeRowPainter(QStyledItemDelegate):
    """A code as in the codebook: indented, with its shape, and its passages at the right."""

    def __init__(self, rows: CodeRows) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, max(28, current_theme().px(28)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, code = current_theme(), index.data(CODE_ROLE)
        depth = self._rows.tree.depth(code.id)
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
            painter.drawText(
                QRectF(x, rect.y(), room + 4, rect.height()),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                words,
            )


class CodePopup(QFrame):
    """The tree with a field over it. Arrows move, Enter chooses, Escape closes."""

    chosen = Signal(int)  # code id

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("code_popup")
        self.field = SearchField(_("Find a code"), self)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._search)
        self.rows = CodeRows(self)
        self.list = QListView(self)
        self.list.setAccessibleName(_("Codes"))
        self.list.setModel(self.rows)
        self.list.setItemDelegate(CodeRowPainter(self.rows))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.clicked.connect(lambda _index: self._take())
        self.list.entered.connect(self.list.setCurrentIndex)
        self._none = Label(_("No code like that."), "interface", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self._none)
        column.addWidget(self.list)
        self._counts: Mapping[CodeId, int] = {}
        self._tree = CodeTree()

    def open_under(self, widget: QWidget, tree: CodeTree, counts: Mapping[CodeId, int], current: CodeId | None) -> None:
        """Open under `widget` with `current` chosen."""
        theme = current_theme()
        self._tree, self._counts = tree, counts
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
            key = Qt.Key(event.key())
            if key in steps:
                self._choose(self.list.currentIndex().row() + steps[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _search(self, typed: str) -> None:
        self._show(typed, None)

    def _show(self, typed: str, current: CodeId | None) -> None:
        self.rows.show(self._tree, self._counts, typed)
        self._none.setVisible(self.rows.rowCount() == 0)
        row = self.rows.row_of(current)
        self._choose(row if row >= 0 else self.rows.first_fit())

    def _choose(self, row: int) -> None:
        if self.rows.rowCount():
            self.list.setCurrentIndex(self.rows.index(max(0, min(row, self.rows.rowCount() - 1))))

    def _take(self) -> None:
        code = self.list.currentIndex().data(CODE_ROLE)
        if isinstance(code, Code):
            self.hide()
            self.chosen.emit(code.id)


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
