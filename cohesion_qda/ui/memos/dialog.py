"""Writing a memo where one is working: a small window beside the text, without leaving it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import MemoId, SourceId
from cohesion_qda.model.memo import Memo
from cohesion_qda.model.text import Span
from cohesion_qda.ui.memos.choosing import tell
from cohesion_qda.ui.memos.editor import MemoEditor, NewMemo, Target
from cohesion_qda.ui.memos.words import written_words
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import ElidedLabel, Label, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change
    from cohesion_qda.project import Project

QUOTED = 180  # characters of the words a memo is about
TITLE = 36  # pixels, about, of the bar that the system puts over a window


@dataclass(frozen=True, slots=True)
class Words:
    """The words that a memo is written about: what they are, and where on the screen they stand, to be kept in sight."""

    text: str
    rect: QRect


def write_memo(
    runner: Runner, about: str, subject: int, what: str, parent: QWidget, words: Words | None = None
) -> None:
    """Open the memos about a thing, the last one to go on with, or a new one where there is none. `what` names the thing."""
    runner.ask(
        lambda project: project.memos.list(about, subject),
        lambda there: _open(runner, NewMemo(about, subject), what, there, parent, words),
    )


def write_memo_at(
    runner: Runner, source: SourceId, span: Span, what: str, parent: QWidget, words: Words | None = None
) -> None:
    """Open a new memo about a passage that need not be coded; the passage is kept with the first words."""
    _open(runner, NewMemo("segment", place=(source, span)), what, (), parent, words)


def _open(
    runner: Runner, new: NewMemo, what: str, there: Sequence[Memo], parent: QWidget, words: Words | None = None
) -> None:
    dialog = MemoDialog(runner, new, what, there, parent)
    dialog.finished.connect(dialog.deleteLater)
    if words is not None:
        dialog.quote(words.text)
        dialog.move(place_beside(dialog.size() + QSize(0, TITLE), words.rect, parent.window().geometry()))
    dialog.show()
    dialog.editor.setFocus(Qt.FocusReason.PopupFocusReason)


def place_beside(size: QSize, words: QRect, window: QRect) -> QPoint:
    """Where something of `size` stands in `window` so that it covers as little of `words` as can be: under them, over them,
    or at a side. All on the screen.
    """
    gap = 8
    right, bottom = window.right() - size.width() - gap, window.bottom() - size.height() - gap
    left, top = window.left() + gap, window.top() + gap
    x, y = min(max(left, words.left()), max(left, right)), min(max(top, words.top()), max(top, bottom))
    under = QPoint(x, min(words.bottom() + gap, max(top, bottom)))
    over = QPoint(x, max(top, words.top() - size.height() - gap))

    def covered(place: QPoint) -> int:
        both = QRect(place, size) & words
        return both.width() * both.height()

    return min((under, over, QPoint(max(left, right), y), QPoint(left, y)), key=covered)


class MemoDialog(QDialog):
    """The memos about one thing. What is typed is kept by itself; Esc and Done close."""

    def __init__(self, runner: Runner, new: NewMemo, what: str, there: Sequence[Memo], parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._new = runner, new
        self._subject = new.subject  # known of a place once there is a memo about it
        self._memos: Sequence[Memo] = ()
        self._chosen: MemoId | None = None  # None while a new one is begun
        self._begun: list[Target | None] = []  # the memos begun here
        self._is_over = False
        self.setWindowTitle(_("Memo"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.about = ElidedLabel(_("Memo: {what}").format(what=what), "panel_title")
        self.words = Label("", "quote", "text2")
        self.words.setWordWrap(True)
        self.words.hide()
        self.written = Label("", "meta", "text2")
        self.which = QComboBox()
        self.which.setAccessibleName(_("Memos here"))
        self.which.setPlaceholderText(_("A new memo"))
        self.editor = MemoEditor(runner)
        self.editor.left.connect(self.accept)
        self.editor.made.connect(self._made)
        self.another = QuietButton(_("Another memo"), "plus", self.begin)
        self.delete_button = QuietButton(_("Delete"), "delete", self.remove)
        self.done_button = PrimaryButton(_("Done"), on_click=self.accept)
        self._lay_out()
        self.which.currentIndexChanged.connect(self._choose)
        info = runner.info
        self._is_read_only = info is not None and info.is_read_only
        self.editor.set_read_only(self._is_read_only)
        runner.changed.connect(self._on_change)
        runner.opened.connect(self.reject)  # what is typed here is for the project that was open
        runner.closed.connect(self.reject)
        if there:
            self._chosen = there[-1].id
            self._show(there)
        else:
            self.begin()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.another)
        foot.addWidget(self.delete_button)
        foot.addStretch(1)
        foot.addWidget(Label(_("Kept as you type"), "meta", "text2"))
        foot.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(self.about)
        column.addWidget(self.words)
        column.addWidget(self.written)
        column.addWidget(self.which)
        column.addWidget(self.editor, 1)
        column.addSpacing(8)
        column.addLayout(foot)
        self.resize(520, 400)

    def quote(self, text: str) -> None:
        """Show the words that it is about, the beginning of many."""
        shown = shorten(text, QUOTED, placeholder=" …")
        self.words.setText(_("“{words}”").format(words=shown))
        self.words.setToolTip(text if shown != " ".join(text.split()) else "")
        self.words.show()

    def begin(self) -> None:
        """A new memo about the same thing."""
        self.editor.start(self._new)  # what was begun before is kept first
        self._chosen = None
        self._begun.append(self.editor.target)
        self._offer()
        self.written.setText(_("A new memo"))
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._allow()

    def remove(self) -> None:
        """Take the memo away and close; Undo brings it back."""
        self.editor.saving.flush()
        memo = self.editor.memo
        if memo is not None:
            parent = self.parentWidget()
            self._runner.do(lambda project: project.memos.delete(memo), lambda change: tell(parent, change))
        self.accept()

    def done(self, result: int) -> None:
        self.editor.saving.flush()
        self._is_over = True
        super().done(result)

    def _made(self) -> None:
        """What was begun has its first words."""
        if self._chosen is None:  # else another one was chosen meanwhile
            self._chosen = self.editor.memo
        self._read()

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._memos):
            self.editor.saving.flush()
            self._chosen = self._memos[at].id
            self._read()

    def _on_change(self, change: Change) -> None:
        """They may be written in another place too, undone, or taken away."""
        if change.touches("memo") and not self._is_over:
            self._read()

    def _read(self) -> None:
        """Show the memos as they are now, what was just typed with them."""
        new, subject, begun = self._new, self._subject, list(self._begun)

        def question(project: Project) -> list[Memo]:
            if subject or new.place is None:
                return project.memos.list(new.about, subject)
            found, ids = project.memos.list(new.about), {target.id for target in begun if target is not None}
            here = {one.subject for one in found if one.id in ids}
            return [one for one in found if one.subject in here]

        self._runner.ask(question, self._show, key=(self, "memos"))

    def _show(self, there: Sequence[Memo]) -> None:
        self._memos = there
        if self._new.place is not None and there:
            self._subject = there[0].subject
        memo = next((one for one in there if one.id == self._chosen), None)
        if memo is None and self._chosen is not None and not self.editor.is_busy:  # it was taken away
            memo = there[-1] if there else None
            if memo is None:
                self.begin()
                return
            self._chosen = memo.id
        if memo is not None:
            self.editor.show_memo(memo)
            self.written.setText(written_words(memo, datetime.date.today()))
        self._offer()
        self._allow()

    def _offer(self) -> None:
        """The memos to choose from."""
        names, ids = [memo.headline for memo in self._memos], [memo.id for memo in self._memos]
        with QSignalBlocker(self.which):
            if names != [self.which.itemText(at) for at in range(self.which.count())]:
                self.which.clear()
                self.which.addItems(names)
            self.which.setCurrentIndex(ids.index(self._chosen) if self._chosen in ids else -1)
        self.which.setVisible(len(ids) + (self._chosen is None) > 1)

    def _allow(self) -> None:
        locked = _("The project was opened for reading only.") if self._is_read_only else ""
        self.another.disable(locked)
        self.delete_button.disable(locked or (_("It has no words yet.") if self.editor.memo is None else ""))
