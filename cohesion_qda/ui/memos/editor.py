"""Writing a memo: a line for the title and a field for the words, kept as they are typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import MemoId, SourceId
from cohesion_qda.model.memo import Memo
from cohesion_qda.model.text import Span
from cohesion_qda.ui.memos.autosave import Autosave
from cohesion_qda.ui.memos.holding import Roomy
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change
    from cohesion_qda.project import Project

WIDE = 640  # pixels; longer lines are hard to read


@dataclass(frozen=True, slots=True)
class NewMemo:
    """What a memo that has no words yet is to be about: a thing, or a place in a source that may not be coded."""

    about: str
    subject: int = 0
    place: tuple[SourceId, Span] | None = None


class Target:
    """The memo that is written in: `new` says what it is about, `id` which it is, None until it has its first words.

    `keep` runs on the project thread, in the order of what was typed, so that words typed while a new memo is being made
    go into that memo. A memo that somebody took away meanwhile is made anew: words are never lost.
    """

    def __init__(self, new: NewMemo, memo: MemoId | None = None) -> None:
        self.new = new
        self.id = memo

    def keep(self, project: Project, body: str, title: str) -> Change:
        """Write the words down."""
        if self.id is not None:
            try:
                return project.memos.edit(self.id, body, title)
            except NotFound:
                self.id = None
        new = self.new
        if new.place is not None:
            change = project.memos.add_at(*new.place, body, title)
        else:
            change = project.memos.add(new.about, new.subject, body, title)
        self.id = project.memos.added(change)
        return change


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
        self.setMaximumWidth(current_theme().px(WIDE))


class MemoEditor(QWidget):
    """Shows one memo, or the place of a new one. What is typed is kept by itself; a new memo is made with its first words."""

    made = Signal()  # a new memo has its first words
    left = Signal()  # Escape

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._target: Target | None = None
        self._kept = ("", "")  # title and body, as they are in the project or on their way there
        self._on_way = 0  # how many times what was typed is on its way to the project
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
        column.addWidget(Roomy(self.body, 112), 1)
        column.addWidget(self.hint)
        self.setFocusProxy(self.body)
        self._dress()
        current_theme().changed.connect(self._dress)

    @property
    def memo(self) -> MemoId | None:
        """The memo that is shown; None for one without words yet."""
        return self._target.id if self._target is not None else None

    @property
    def target(self) -> Target | None:
        """What the words are kept in."""
        return self._target

    @property
    def is_new(self) -> bool:
        """Whether a memo is begun that has no words in the project yet."""
        return self._target is not None and self._target.id is None

    @property
    def is_busy(self) -> bool:
        """Whether words wait to be kept, or are on their way."""
        return self.saving.is_late or self._on_way > 0

    def start(self, new: NewMemo) -> None:
        """Begin a memo; the one that was shown is kept first."""
        self._leave(Target(new))
        self._put("", "")

    def show_memo(self, memo: Memo) -> None:
        """Show a memo. The same one again replaces the words only where nothing typed waits to be kept."""
        if memo.id != self.memo:
            self._leave(Target(NewMemo(memo.about, memo.subject), memo.id))
        elif self.is_busy:
            return
        self._put(memo.title, memo.body)

    def forget(self) -> None:
        """Show nothing; what waits to be kept is not."""
        self.saving.forget()
        self._target, self._on_way = None, 0
        self._put("", "")

    def set_read_only(self, is_read_only: bool) -> None:
        """The project may only be read."""
        self.title.setReadOnly(is_read_only)
        self.body.setReadOnly(is_read_only)

    def _leave(self, target: Target) -> None:
        self.saving.flush()
        self._target, self._on_way = target, 0

    def _put(self, title: str, body: str) -> None:
        self._kept = (title, body)
        if self.title.text() != title:
            self.title.setText(title)
        self.body.show_text(body)
        self.hint.setVisible(False)

    def _typed(self) -> None:
        self.hint.setVisible(self.memo is not None and not self._has_words())
        self.saving.touch()

    def _has_words(self) -> bool:
        return bool(self.title.text().strip() or self.body.toPlainText().strip())

    def _keep(self) -> None:
        """Hand what was typed to the project."""
        title, body, target = self.title.text(), self.body.toPlainText(), self._target
        if target is None or not self._has_words() or (title, body) == self._kept:
            return
        was_new = target.id is None
        self._kept = (title, body)
        self._on_way += 1
        self._runner.do(
            lambda project: target.keep(project, body, title),
            partial(self._was_kept, target=target, was_new=was_new),
            failed=partial(self._not_kept, target),
        )

    def _was_kept(self, _change: Change, *, target: Target, was_new: bool) -> None:
        if self._target is target:
            self._on_way = max(0, self._on_way - 1)
            if was_new:
                self.made.emit()

    def _not_kept(self, target: Target) -> None:
        """The next key tries again."""
        if self._target is target:
            self._on_way, self._kept = 0, ("", "")

    def _dress(self) -> None:
        self.title.setFont(current_theme().font("panel_title"))
        self.title.setMaximumWidth(current_theme().px(WIDE))
