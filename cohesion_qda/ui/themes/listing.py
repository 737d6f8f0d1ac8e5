"""The themes as a list, under the questions they answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.ids import ThemeId
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.row_painting import paint_row, write_line
from cohesion_qda.ui.rows import Index, Rows, one_at_a_time
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.themes.words import Line, Question, spread, status_words, told

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
HIGH, HEAD, LEFT = 76, 44, 24


class ThemeRows(Rows):
    """Questions, and the themes under them."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return told(row) if isinstance(row, Line) else row.title
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Line):
            return row.theme.statement or row.theme.name
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], Question):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def row_of(self, theme: ThemeId | None) -> int:
        """Where a theme stands, or -1."""
        return next((n for n, row in enumerate(self.rows) if isinstance(row, Line) and row.theme.id == theme), -1)


def paint_status(painter: QPainter, box: QRectF, status: str, colour: QColor) -> None:
    """A ring for a candidate, half filled for one that was reviewed, full for one that is defined."""
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = box.adjusted(1, 1, -1, -1)
    painter.drawEllipse(ring)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    inner = ring.adjusted(2, 2, -2, -2) if status == "defined" else ring
    if status == "defined":
        painter.drawEllipse(inner)
    elif status == "reviewed":
        painter.drawPie(inner, 90 * 16, 180 * 16)


class ThemePainter(QStyledItemDelegate):
    """The name with its question's shape; status; how many people and groups."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_head = isinstance(index.data(ROW_ROLE), Question)
        return QSize(200, current_theme().px(HEAD if is_head else HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        with smoothly(painter):
            if isinstance(row, Question):
                self._paint_question(painter, QRectF(option.rect), row)
            else:
                self._paint_theme(painter, QRectF(option.rect), row, option)

    def _paint_question(self, painter: QPainter, rect: QRectF, row: Question) -> None:
        theme = current_theme()
        inner = rect.adjusted(LEFT, theme.px(16), -24, 0)
        if row.shape:
            size = theme.px(12)
            theme.paint_shape(
                painter, row.shape, QRectF(inner.left(), inner.center().y() - size / 2, size, size), row.colour
            )
            inner.adjust(theme.px(20), 0, 0, 0)
        themes = ngettext("{n} theme", "{n} themes", row.themes).format(n=row.themes)
        right = Qt.AlignmentFlag.AlignRight
        wanted = QFontMetricsF(theme.font("interface_strong")).horizontalAdvance(row.title) + 12
        beside = QFontMetricsF(theme.font("meta")).horizontalAdvance(themes)
        if wanted + beside <= inner.width():  # the question goes before the number
            write_line(painter, inner, themes, "meta", "text2", right)
        write_line(painter, inner, row.title, "interface_strong", "text")

    def _paint_theme(self, painter: QPainter, rect: QRectF, row: Line, option: QStyleOptionViewItem) -> None:
        theme = current_theme()
        box = rect.adjusted(LEFT - 12, 2, -8, -2)
        paint_row(painter, box, option)
        inner = box.adjusted(12, theme.px(6), -12, -theme.px(6))
        high = inner.height() / 3
        size = theme.px(11)
        mark = QRectF(inner.left(), inner.top() + (high - size) / 2, size, size)
        if row.shape:
            theme.paint_shape(painter, row.shape, mark, row.colour)
        words = inner.adjusted(theme.px(20), 0, 0, 0)
        write_line(
            painter, QRectF(words.left(), words.top(), words.width(), high), row.theme.name, "panel_title", "text"
        )
        second = QRectF(words.left(), words.top() + high, words.width(), high)
        ring = QRectF(second.left(), second.center().y() - size / 2, size, size)
        paint_status(painter, ring, row.theme.status, theme.colour("text2"))
        status = status_words()[row.theme.status]
        write_line(painter, second.adjusted(theme.px(18), 0, 0, 0), status, "meta_strong", "text2")
        third = QRectF(words.left(), words.top() + 2 * high, words.width(), high)
        write_line(painter, third, spread(row.count, row.base), "meta", "text2")


class ThemeList(QListView):
    """The list. Arrows move, Enter goes into the statement, F2 into the name, Delete takes the theme away, Ctrl+Up and
    Ctrl+Down move it among those of its question.
    """

    chosen = Signal()  # another theme is current, or none
    entered_on = Signal()
    renaming = Signal()
    removal = Signal()
    moving = Signal(int)  # -1 up, 1 down

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Themes by question"))
        self.themes = ThemeRows(self)
        self.setModel(self.themes)
        self.setItemDelegate(ThemePainter(self))
        one_at_a_time(self)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._is_showing = False
        self.selectionModel().currentChanged.connect(lambda _on, _off: self._tell())
        self.doubleClicked.connect(lambda _index: self.entered_on.emit())
        current_theme().changed.connect(self.scheduleDelayedItemsLayout)

    def show_lines(self, rows: Sequence[Question | Line], theme: ThemeId | None) -> None:
        """Show other themes, with `theme` chosen where it is there; the list stays where it is scrolled to."""
        scroll = self.verticalScrollBar().value()
        self._is_showing = True
        self.themes.show(rows)
        row = self.themes.row_of(theme)
        if row >= 0:
            self.setCurrentIndex(self.themes.index(row))
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scroll)
        if row >= 0:
            self.scrollTo(self.themes.index(row))
        self._is_showing = False

    def choose(self, theme: ThemeId) -> None:
        """Make a theme the current one, as a person does."""
        self.setCurrentIndex(self.themes.index(self.themes.row_of(theme)))

    def current(self) -> Line | None:
        """The chosen theme."""
        index = self.currentIndex()
        row = index.data(ROW_ROLE) if index.isValid() else None
        return row if isinstance(row, Line) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_on.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.renaming.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal.emit()
        elif is_ctrl and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moving.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self._is_showing:
            self.chosen.emit()
