"""Writing a memo: a line for the title and a field for the words, kept as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import MemoId, SourceId
from cohesion_qda.model.memo import Memo
from cohesion_qda.model.text import Span
from cohesion_qda.ui.memos.autosave import Autosave
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change
    from cohesion_qda.project import Project


@dataclass(frozen=True, slots=True)
class NewMemo:
    """What a memo that has no words yet is to be about: a thing, or a place in a source that may not be coded."""

    about: str
    subject: int = 0
    place: tuple[SourceId, Span] | None = None

    def add(self, project: Project, body: str, title: str) -> Change:
        """Make the memo. Runs on the project thread."""
        if self.place is not None:
            return project.memos.add_at(*self.place, body, title)
        return project.memos.add(self.about, self.subject, body, title)


class Words(QPlainTextEdit):
    """Plain text; Tab goes on to the next field."""

    left = Signal()  # Escape

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setProperty("field", True)
        self.document().setDocumentMargin(6)
        self._dress()
        current_theme().changed.connect(self._dress)

    def show_text(self, text: str) -> None:
        """Show another text, with the caret where it was as far as there is room."""
        if text == self.toPlainText():
            return
        at, scroll = self.textCursor().position(), self.verticalScrollBar().value()
        with QSignalBlocker(self):
            self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scroll)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setFont(current_theme().font("quote"))


class MemoEditor(QWidget):
    """Shows one memo, or the place of a new one. What is typed is kept by itself; a new memo is made with its first words."""

    made = Signal(int)  # memo id: the new one has its first words
    left = Signal()  # Escape

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._memo: MemoId | None = None
        self._new: NewMemo | None = None
        self._kept = ("", "")  # title and body, as they are in the project or on their way there
        self._on_way = 0
        self.title = QLineEdit()
        self.title.setPlaceholderText(_("Title (the first line, where there is none)"))
        self.title.setAccessibleName(_("Title of the memo"))
        self.body = Words(_("Words of the memo"))
        self.body.setPlaceholderText(_("What did you notice, wonder or decide?"))
        self.hint = Label(_("A memo needs some words. Delete it, if it is not needed any more."), "meta", "warn")
        self.hint.setVisible(False)
        self.saving = Autosave(self, runner, self._keep)
        self.saving.watch(self.title, self.body)
        self.title.textEdited.connect(lambda _text: self._typed())
        self.title.returnPressed.connect(self.body.setFocus)
        self.body.textChanged.connect(self._typed)
        self.body.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.body, 1)
        column.addWidget(self.hint)
        self.setFocusProxy(self.body)
        self._dress()
        current_theme().changed.connect(self._dress)

    @property
    def memo(self) -> MemoId | None:
        """The memo that is shown; None for one without words yet."""
        return self._memo

    def start(self, new: NewMemo) -> None:
        """Begin a memo; the one that was shown is kept first."""
        self.saving.flush()
        self._memo, self._new, self._on_way = None, new, 0
        self._put("", "")

    def show_memo(self, memo: Memo) -> None:
        """Show a memo. The same one again replaces the words only where nothing typed waits to be kept."""
        if memo.id != self._memo:
            self.saving.flush()
            self._memo, self._new, self._on_way = memo.id, None, 0
        elif self.saving.is_late or self._on_way:
            return
        self._put(memo.title, memo.body)

    def memo_is_gone(self, about: NewMemo) -> bool:
        """The memo that is shown was taken away. Words that wait to be kept become a new memo on the same thing: gives
        whether there are any.
        """
        self._memo, self._new = None, about
        return self.saving.is_late

    def forget(self) -> None:
        """Show nothing; what waits to be kept is not."""
        self.saving.forget()
        self._memo, self._new, self._on_way = None, None, 0
        self._put("", "")

    def set_read_only(self, is_read_only: bool) -> None:
        """The project may only be read."""
        self.title.setReadOnly(is_read_only)
        self.body.setReadOnly(is_read_only)

    def _put(self, title: str, body: str) -> None:
        self._kept = (title, body)
        if self.title.text() != title:
            self.title.setText(title)
        self.body.show_text(body)
        self.hint.setVisible(False)

    def _typed(self) -> None:
        self.hint.setVisible(self._memo is not None and not self._words_there())
        self.saving.touch()

    def _words_there(self) -> bool:
        return bool(self.title.text().strip() or self.body.toPlainText().strip())

    def _keep(self) -> None:
        """Hand what was typed to the project."""
        title, body = self.title.text(), self.body.toPlainText()
        if not self._words_there() or (title, body) == self._kept or self._runner.info is None:
            return
        memo, new = self._memo, self._new
        self._kept = (title, body)
        if memo is not None:
            self._send(lambda project: project.memos.edit(memo, body, title), lambda _change: None)
        elif new is not None and not self._on_way:
            self._send(lambda project: new.add(project, body, title), self._was_made)
        else:  # the new memo is being made: what was typed since goes after it
            self.saving.touch()
            self._kept = ("", "")

    def _send(self, verb: Callable[[Project], Change], then: Callable[[Change], None]) -> None:
        self._on_way += 1
        memo, new = self._memo, self._new

        def arrived(change: Any) -> None:
            if (self._memo, self._new) == (memo, new):
                self._on_way = max(0, self._on_way - 1)
                then(change)

        self._runner.do(verb, arrived)

    def _was_made(self, change: Change) -> None:
        if change.touches("memo"):
            self._memo, self._new = MemoId(max(change.rows["memo"])), None
            self.made.emit(self._memo)

    def _dress(self) -> None:
        self.title.setFont(current_theme().font("panel_title"))
