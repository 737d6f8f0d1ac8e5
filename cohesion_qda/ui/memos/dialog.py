"""Writing a memo where one is working: a small window beside the text, without leaving it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.memo import Memo
from cohesion_qda.model.text import Span
from cohesion_qda.ui.memos.choosing import tell
from cohesion_qda.ui.memos.editor import MemoEditor, NewMemo
from cohesion_qda.ui.memos.words import written_words
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import ElidedLabel, Label, PrimaryButton, QuietButton


def write_memo(runner: Runner, about: str, subject: int, what: str, parent: QWidget) -> None:
    """Open the memos about a thing, the last one to go on with, or a new one where there is none. `what` names the thing."""
    only = runner.only_coder
    runner.ask(
        lambda project: project.memos.list(about, subject, only=only),
        lambda there: _open(runner, NewMemo(about, subject), what, there, parent),
    )


def write_memo_at(runner: Runner, source: SourceId, span: Span, what: str, parent: QWidget) -> None:
    """Open a new memo about a passage that need not be coded; the passage is kept with the first words."""
    _open(runner, NewMemo("segment", place=(source, span)), what, (), parent)


def _open(runner: Runner, new: NewMemo, what: str, there: Sequence[Memo], parent: QWidget) -> None:
    dialog = MemoDialog(runner, new, what, there, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()
    dialog.editor.setFocus(Qt.FocusReason.PopupFocusReason)


class MemoDialog(QDialog):
    """The memos about one thing. What is typed is kept by itself; Esc and Done close."""

    def __init__(self, runner: Runner, new: NewMemo, what: str, there: Sequence[Memo], parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._new = runner, new
        self.setWindowTitle(_("Memo"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.about = ElidedLabel(_("Memo: {what}").format(what=what), "panel_title")
        self.written = Label("", "meta", "text2")
        self.which = QComboBox()
        self.which.setAccessibleName(_("Memos here"))
        self.editor = MemoEditor(runner)
        self.editor.left.connect(self.accept)
        self.another = QuietButton(_("Another memo"), "plus", self.begin)
        self.delete_button = QuietButton(_("Delete"), "delete", self.remove)
        self.done_button = PrimaryButton(_("Done"), on_click=self.accept)
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
        column.addWidget(self.written)
        column.addWidget(self.which)
        column.addWidget(self.editor, 1)
        column.addSpacing(8)
        column.addLayout(foot)
        self.resize(520, 400)
        self._memos = list(there)
        for memo in self._memos:
            self.which.addItem(memo.headline)
        self.which.setVisible(len(self._memos) > 1)
        self.which.currentIndexChanged.connect(self._choose)
        info = runner.info
        self._is_read_only = info is not None and info.is_read_only
        self.editor.set_read_only(self._is_read_only)
        self.editor.made.connect(self._allow)
        runner.opened.connect(self.reject)  # what is typed here is for the project that was open
        runner.closed.connect(self.reject)
        if self._memos:
            self.which.setCurrentIndex(len(self._memos) - 1)
            self._choose(len(self._memos) - 1)
        else:
            self.begin()

    def begin(self) -> None:
        """A new memo about the same thing."""
        self.editor.start(self._new)
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
        super().done(result)

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._memos):
            memo = self._memos[at]
            self.editor.show_memo(memo)
            self.written.setText(written_words(memo, datetime.date.today()))
            self._allow()

    def _allow(self) -> None:
        locked = _("The project was opened for reading only.") if self._is_read_only else ""
        self.another.disable(locked)
        self.delete_button.disable(locked or (_("It has no words yet.") if self.editor.memo is None else ""))
