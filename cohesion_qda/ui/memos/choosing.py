"""Choosing one thing from a list by typing part of its name: a memo to link to, a theme to add to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.text import comparable
from cohesion_qda.ui.choosing import ListKeys
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.row_painting import paint_row, write_line
from cohesion_qda.ui.rows import Index, Rows
from cohesion_qda.ui.textpane.fuzzy import fit
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
        self._keys = ListKeys(self.field, self.list, self._take, ROWS)
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

    def _search(self) -> None:
        typed = " ".join(self.field.text().split())
        fits = self._fitting(typed)
        is_named = bool(typed) and not any(comparable(c.words) == comparable(typed) for c in fits)
        if self._making and (is_named or "{name}" not in self._making):
            fits.append(Choice(0, self._making.format(name=typed)))
        self.rows.show(fits)
        self._keys.choose(0)
        self.hint.setText(_("↑↓ choose    Enter take    Esc close") if fits else self._nothing)

    def _fitting(self, typed: str) -> list[Choice]:
        """Those with the letters typed in their name, the best first, and those that hold the words somewhere."""
        parts = comparable(typed).split()
        found = []
        for choice in self._choices:
            score = fit(choice.words, typed) if typed else 0
            if score is None and all(part in comparable(f"{choice.words} {choice.beside}") for part in parts):
                score = -1
            if score is not None:
                found.append((choice, score))
        return [choice for choice, _score in sorted(found, key=lambda pair: -pair[1])]

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
