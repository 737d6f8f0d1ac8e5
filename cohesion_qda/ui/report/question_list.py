"""The questions of a worksheet as a list, section by section, with what was answered."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.frame import CHOICE, PASSAGES, Item
from cohesion_qda.model.worksheet import Filled
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.retrieve.paint import paint_box
from cohesion_qda.ui.row_painting import paint_row, write_line
from cohesion_qda.ui.rows import ROW_ROLE, Index, Rows, one_at_a_time
from cohesion_qda.ui.theme import current_theme

HIGH, HEAD, LEFT, BOX = 52, 40, 12, 16


@dataclass(frozen=True, slots=True)
class Row:
    """A question, or the name of a section (`key` empty). `more` says what was answered."""

    key: str
    title: str
    more: str = ""
    is_answered: bool = False

    def told(self) -> str:
        """The row in words, for screen readers."""
        return ", ".join(part for part in (self.title, self.more) if part)


def rows_of(found: Filled) -> list[Row]:
    """The sections with their questions."""
    rows = []
    for section in found.form.sections:
        rows.append(Row("", section.name.said))
        rows += [Row(i.key, i.question.said, answered(found, i), found.is_answered(i)) for i in section.items]
    return rows


def answered(found: Filled, item: Item) -> str:
    """`Partly · 2 passages`."""
    said = []
    for field in found.form.fields_of(item):
        value = found.worksheet.value(item, field)
        if field.kind == CHOICE and (choice := field.choice(value)) is not None:
            said.append(choice.name.said)
        elif field.kind == PASSAGES and (n := len(found.worksheet.linked(item))):
            said.append(ngettext("{n} passage", "{n} passages", n).format(n=n))
        elif value:
            said.append(" ".join(value.split()))
    return " · ".join(said) or _("Not answered yet")


class QuestionRows(Rows):
    """The rows; names of sections cannot be chosen."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not self.rows[index.row()].key:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class QuestionPainter(QStyledItemDelegate):
    """A box that says whether it is answered, the question, and under it the answer."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, current_theme().px(HIGH if index.data(ROW_ROLE).key else HEAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = current_theme(), index.data(ROW_ROLE)
        box = QRectF(option.rect).adjusted(LEFT, 1, -8, -1)
        with smoothly(painter):
            if not row.key:
                write_line(painter, box.adjusted(theme.px(12), theme.px(8), -12, 0), row.title, "meta_strong", "text2")
                return
            paint_row(painter, box, option)
            side = theme.px(BOX)
            inner = box.adjusted(theme.px(12), theme.px(6), -12, -theme.px(6))
            paint_box(painter, QRectF(inner.left(), box.center().y() - side / 2, side, side), row.is_answered)
            words = inner.adjusted(side + 12, 0, 0, 0)
            half = words.height() / 2
            write_line(
                painter, QRectF(words.left(), words.top(), words.width(), half), row.title, "interface_medium", "text"
            )
            under = QRectF(words.left(), words.top() + half, words.width(), half)
            write_line(painter, under, row.more, "meta", "text2")


class QuestionList(QListView):
    """The list. Arrows move, a digit makes the choice of that number (0 or Delete: none), Enter goes into the answer."""

    chosen = Signal(str)  # key of an item
    entered_on = Signal()
    digit = Signal(int)  # which choice was made, from 1; 0: none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Questions of the worksheet"))
        self.questions = QuestionRows(self)
        self.setModel(self.questions)
        self.setItemDelegate(QuestionPainter(self))
        one_at_a_time(self)
        self.setViewportMargins(0, 8, 0, 8)
        self.selectionModel().currentChanged.connect(lambda _on, _off: self._tell())
        self.doubleClicked.connect(lambda _index: self.entered_on.emit())
        current_theme().changed.connect(self.scheduleDelayedItemsLayout)
        self._is_showing = False

    def show_sheet(self, found: Filled | None) -> None:
        """Show the questions of a worksheet; the current one stays current, the list where it is scrolled to."""
        key, scroll = self.current(), self.verticalScrollBar().value()
        self._is_showing = True
        self.questions.show(rows_of(found) if found is not None else [])
        self.choose(key)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scroll)
        self._is_showing = False
        if self.current() != key:
            self._tell()

    def current(self) -> str:
        """The key of the current question; empty where there is none."""
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row.key if isinstance(row, Row) else ""

    def choose(self, key: str) -> None:
        """Make a question the current one; the first where it is not there."""
        keys = [row.key for row in self.questions.rows]
        at = keys.index(key) if key and key in keys else next((n for n, known in enumerate(keys) if known), -1)
        if at >= 0:
            self.setCurrentIndex(self.questions.index(at))
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_on.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self._step(-1 if key == Qt.Key.Key_Up else 1)
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.digit.emit(key - Qt.Key.Key_0)
        elif key == Qt.Key.Key_Delete:
            self.digit.emit(0)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        at = self.currentIndex().row() + by
        rows = self.questions.rows
        while 0 <= at < len(rows) and not rows[at].key:
            at += by
        if 0 <= at < len(rows):
            self.setCurrentIndex(self.questions.index(at))
        else:
            self.scrollToTop() if by < 0 else self.scrollToBottom()

    def _tell(self) -> None:
        if not self._is_showing and self.current():
            self.chosen.emit(self.current())
