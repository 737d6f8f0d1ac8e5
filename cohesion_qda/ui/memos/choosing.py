"""Choosing one thing from a list by typing part of its name: a memo to link to, a theme to add to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QDialog, QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.text import comparable
from cohesion_qda.ui.memos.listing import paint_row, write_line
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.rows import Index, Rows
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, SearchField

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change

ROW, ROWS, WIDTH = 40, 8, 480
CHOICE_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing by its `id`; 0 is the offer to make a new one."""

    id: int
    words: str
    beside: str = ""


def tell(widget: QWidget | None, change: Change) -> None:
    """Have the window that `widget` is in say what was done, with Undo."""
    while widget is not None and not hasattr(widget, "say_change"):
        widget = widget.parentWidget()
    if widget is not None:
        widget.say_change(change)


class _Choices(Rows):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        choice: Choice = self.rows[index.row()]
        if role == CHOICE_ROLE:
            return choice
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (
                _("{name}, {beside}").format(name=choice.words, beside=choice.beside) if choice.beside else choice.words
            )
        return None


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, current_theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice, rect = index.data(CHOICE_ROLE), QRectF(option.rect)
        with smoothly(painter):
            is_on = paint_row(painter, rect, option)
            inner = rect.adjusted(16, 0, -12, 0)
            beside = QRectF(inner.right() - inner.width() * 0.42, inner.top(), inner.width() * 0.42, inner.height())
            tone = "accenttext" if is_on else "text2"
            used = write_line(painter, beside, choice.beside, "meta", tone, Qt.AlignmentFlag.AlignRight)
            words = inner.adjusted(0, 0, -used - 12, 0)
            write_line(painter, words, choice.words, "interface", "accenttext" if is_on else "text")


class Choosing(QDialog):
    """A field over a list. Arrows move, Enter chooses, Esc closes. `making` are the words that offer a new thing, last in the
    list; where they have the hole {name}, only once a name was typed that nothing has.
    """

    chosen = Signal(int)
    made = Signal(str)

    def __init__(
        self, title: str, find: str, choices: Sequence[Choice], parent: QWidget, *, making: str = "", nothing: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._choices, self._making, self._nothing = list(choices), making, nothing
        self.field = SearchField(find)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(lambda _text: self._search())
        self.rows = _Choices(self)
        self.list = QListView()
        self.list.setAccessibleName(title)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda _index: self._take())
        self.hint = Label("", "meta", "text2")
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.hint)
        self.resize(current_theme().px(WIDTH), current_theme().px(ROW) * ROWS + 104)
        self._search()
        self.field.setFocus()

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

    def _search(self) -> None:
        typed = " ".join(self.field.text().split())
        parts = comparable(typed).split()
        fits = [c for c in self._choices if all(part in comparable(f"{c.words} {c.beside}") for part in parts)]
        is_named = bool(typed) and not any(comparable(c.words) == comparable(typed) for c in fits)
        if self._making and (is_named or "{name}" not in self._making):
            fits.append(Choice(0, self._making.format(name=typed)))
        self.rows.show(fits)
        self._choose(0)
        self.hint.setText(_("↑↓ choose    Enter take    Esc close") if fits else self._nothing)

    def _choose(self, row: int) -> None:
        if self.rows.rowCount():
            self.list.setCurrentIndex(self.rows.index(max(0, min(row, self.rows.rowCount() - 1))))

    def _take(self) -> None:
        index = self.list.currentIndex()
        if not index.isValid():
            return
        choice: Choice = index.data(CHOICE_ROLE)
        typed = " ".join(self.field.text().split())
        self.accept()
        if choice.id:
            self.chosen.emit(choice.id)
        else:
            self.made.emit(typed)
