"""How the cells and the heads of the grid are drawn, and the fields that cells are typed in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.model.source import ROLES, SOURCE_KINDS
from cohesion_qda.ui.attributes.model import GridModel, type_words, why_doubtful
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.rows import Index
from cohesion_qda.ui.sources.words import kind_name, role_name
from cohesion_qda.ui.theme import current_theme

ROW = 32
PAD = 8
LEAVING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
MARK = 14  # the width of a mark at the right of a cell


class CellField(QLineEdit):
    """A line to type a value in; Enter and Tab leave it."""

    left = Signal(int, object)  # the key, its modifiers

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in LEAVING:
            event.accept()
            if self.completer() is not None:
                self.completer().popup().hide()
            self.left.emit(event.key(), event.modifiers())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.keyPressEvent(event)
            return True
        return super().event(event)


class Cells(QStyledItemDelegate):
    """Draws cells and makes their fields. `left` is emitted when a field was left by Enter or Tab."""

    left = Signal(int, object)

    def __init__(self, view: QTableView, model: GridModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model

    # -- drawing -----------------------------------------------------------------------------------------------------

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, current_theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = current_theme(), QRectF(option.rect)
        current = self._view.currentIndex()
        is_current = (current.row(), current.column()) == (index.row(), index.column())
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        with smoothly(painter):
            painter.fillRect(rect, theme.colour("soft" if is_selected else "paper"))
            painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
            edge = "ctl" if self._view.property("over") else "line"
            painter.fillRect(QRectF(rect.right() - 1, rect.y(), 1, rect.height()), theme.colour(edge))
            self._paint_words(painter, rect, index, is_current=is_current)
            if is_current:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus" if self._view.hasFocus() else "ctl"), 2))
                painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _paint_words(self, painter: QPainter, rect: QRectF, index: Index, *, is_current: bool) -> None:
        theme, model, field = current_theme(), self._model, self._model.field(index.column())
        row, column = index.row(), index.column()
        inner = rect.adjusted(PAD, 0, -PAD, -1)
        tone = "text2" if field.is_fixed or model.is_dimmed(row) else "text"
        if model.is_doubtful(row, column):
            _mark(painter, inner, "warning", "warn")
            inner.setRight(inner.right() - theme.px(MARK) - 4)
            tone = "warn"
        elif is_current and field.key in (":role", ":kind") and model.can_edit(column):
            _mark(painter, inner, "chevron", "text2")
            inner.setRight(inner.right() - theme.px(MARK) - 4)
        side = Qt.AlignmentFlag.AlignRight if field.is_number else Qt.AlignmentFlag.AlignLeft
        role = "interface_medium" if field.key == ":name" and not model.is_dimmed(row) else "interface"
        _write(painter, inner, model.shown_text(row, column), role, tone, side)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        words = self._tooltip(option.rect, index) if index.isValid() else ""
        if words:
            QToolTip.showText(event.globalPos(), words, view)
        else:
            QToolTip.hideText()
        return True

    def _tooltip(self, rect: QRect, index: Index) -> str:
        model, row, column = self._model, index.row(), index.column()
        text, field = model.shown_text(row, column), model.field(column)
        lines = []
        room = rect.width() - 2 * PAD
        if QFontMetricsF(current_theme().font("interface_medium")).horizontalAdvance(text) > room or "\n" in text:
            lines.append(text)
        if model.is_doubtful(row, column):
            lines.append(why_doubtful(field.type))
        if field.key == ":role" and model.is_dimmed(row):
            lines.append(_("Only participants are counted."))
        return "\n".join(lines)

    # -- typing ------------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = self._model.field(index.column())
        if field.key in (":role", ":kind"):
            return self._choice(parent, field.key)
        line = CellField(parent)
        line.setFrame(False)
        line.setProperty("cell", True)
        line.setFont(current_theme().font("interface"))
        line.setAccessibleName(field.title)
        known = self._model.values_of(index.column()) if field.type == "category" else []
        if known:
            completer = QCompleter(known, line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        line.left.connect(lambda key, held: self._leave(line, key, held))
        return line

    def _choice(self, parent: QWidget, key: str) -> QComboBox:
        box = QComboBox(parent)
        for value in ROLES if key == ":role" else SOURCE_KINDS:
            box.addItem(role_name(value) if key == ":role" else kind_name(value), value)
        box.setAccessibleName(_("Role") if key == ":role" else _("Kind"))
        box.activated.connect(lambda _at: self._leave(box, 0, Qt.KeyboardModifier.NoModifier))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def _leave(self, editor: QWidget, key: int, held: Qt.KeyboardModifier) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(key, held)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = self._model.text(index.row(), index.column())
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(text)))
        else:
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: GridModel, index: Index) -> None:
        text = editor.currentData() if isinstance(editor, QComboBox) else editor.text()
        model.setData(index, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect.adjusted(0, 0, -1, -1)
        words = editor.fontMetrics().horizontalAdvance(self._model.text(index.row(), index.column())) + 32
        room = self._view.viewport().width() - rect.left()
        rect.setWidth(max(rect.width(), min(words, room, current_theme().px(480))))
        editor.setGeometry(rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab are the field's own; a field that is left for its list of values stays."""
        is_key = event.type() == QEvent.Type.KeyPress and isinstance(watched, CellField)
        if is_key and event.key() in LEAVING:
            return False
        return super().eventFilter(watched, event)


class Heads(QHeaderView):
    """The names of the columns, with the type of an attribute in small words under it, and the way to its menu."""

    menu_wanted = Signal(int, QPoint)  # column, place on the screen

    def __init__(self, parent: QTableView, model: GridModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._grid = model
        self._hovered = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(48)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._context)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(100, theme.px(20) + theme.px(16) + 12)

    def wanted_width(self, section: int) -> int:
        """The width that the words of a head need, in pixels."""
        theme, field = current_theme(), self._grid.field(section)
        words = QFontMetricsF(theme.font("interface_strong")).horizontalAdvance(field.title)
        return round(words) + 2 * PAD + theme.px(MARK) + 8

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, field = current_theme(), self._grid.field(section)
        box = QRectF(rect)
        with smoothly(painter):
            painter.fillRect(box, theme.colour("line" if section == self._hovered else "bg"))
            painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.colour("ctl"))
            painter.fillRect(QRectF(box.right() - 1, box.y(), 1, box.height()), theme.colour("line"))
            top = box.adjusted(PAD, 6, -PAD, 0)
            top.setHeight(theme.px(20))
            below = QRectF(top.x(), top.bottom(), top.width(), theme.px(16))
            side = Qt.AlignmentFlag.AlignRight if field.is_number else Qt.AlignmentFlag.AlignLeft
            _mark(painter, top, self._sign(section), "text2", is_left=field.is_number)
            room = theme.px(MARK) + 4
            top = top.adjusted(room, 0, 0, 0) if field.is_number else top.adjusted(0, 0, -room, 0)
            _write(painter, top, field.title, "interface_strong", "text", side)
            if field.is_attribute:
                _write(painter, below, type_words(field.type), "meta", "text2", side)

    def _sign(self, section: int) -> str:
        by = self._grid.sorted_by
        if by is not None and by[0] == self._grid.field(section).key:
            return "sort-down" if by[1] else "sort-up"
        return "chevron" if section == self._hovered or self._grid.field(section).is_attribute else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        section = self.logicalIndexAt(at)
        if event.button() == Qt.MouseButton.LeftButton and section >= 0 and self._is_on_sign(at.x(), section):
            left = self.sectionViewportPosition(section)
            self.menu_wanted.emit(section, self.mapToGlobal(QPoint(left, self.height())))
            return
        super().mousePressEvent(event)

    def _is_on_sign(self, x: int, section: int) -> bool:
        """Whether a place is on the mark that opens the menu, beside the edge that a column is widened by."""
        left = self.sectionViewportPosition(section)
        room = PAD + current_theme().px(MARK) + 4
        away = x - left if self._grid.field(section).is_number else left + self.sectionSize(section) - x
        return 5 < away < room

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, section: int) -> None:
        if section != self._hovered:
            self._hovered = section
            self.viewport().update()

    def _context(self, place: QPoint) -> None:
        section = self.logicalIndexAt(place)
        if section >= 0:
            self.menu_wanted.emit(section, self.mapToGlobal(place))


def _mark(painter: QPainter, box: QRectF, name: str, tone: str, *, is_left: bool = False) -> None:
    """A small icon at the right of `box`, or at its left."""
    if name:
        theme, size = current_theme(), current_theme().px(MARK)
        place = QRect(
            round(box.left() if is_left else box.right() - size), round(box.center().y() - size / 2), size, size
        )
        theme.icon(name, tone, MARK).paint(painter, place)


def _write(painter: QPainter, box: QRectF, text: str, role: str, tone: str, side: Qt.AlignmentFlag) -> None:
    """One line of text, shortened to fit."""
    theme = current_theme()
    font = theme.font(role)
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    shown = QFontMetricsF(font).elidedText(" ".join(text.split("\n")), Qt.TextElideMode.ElideRight, box.width() + 1)
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
