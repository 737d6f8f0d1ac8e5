"""One memo: its words, what it is about, and the passages it points to."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.memo import MemoEntry
from cohesion_qda.model.place import Place
from cohesion_qda.ui.memos.editor import MemoEditor, NewMemo
from cohesion_qda.ui.memos.holding import Roomy, Scrolled
from cohesion_qda.ui.memos.quotes import QuoteList, quotes_of
from cohesion_qda.ui.memos.words import written_words
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import ElidedLabel, Label, LinkButton, QuietButton


class MemoDetail(QFrame):
    """The right side of the page."""

    open_subject = Signal()
    removal = Signal()
    copy_wanted = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "paper")
        self.about = Label("", "interface_medium")
        self.about.setWordWrap(True)
        self.written = ElidedLabel("", "meta", "text2")
        self.open_button = LinkButton("", "", self.open_subject.emit)
        self.copy_button = QuietButton(_("Copy as text"), "copy", self.copy_wanted.emit)
        self.delete_button = QuietButton(_("Delete"), "delete", self.removal.emit)
        self.editor = MemoEditor(runner)
        self.links_title = Label(_("Linked passages"), "panel_title")
        self.links_meta = Label("", "meta", "text2")
        self.no_links = Label(
            _("No passage is linked yet. In Read & code, select some words and choose “Link to a memo …”."),
            "meta",
            "text2",
        )
        self.no_links.setWordWrap(True)
        self.links = QuoteList(_("Passages this memo points to"), _("Remove this link"))
        self._held = Roomy(self.links, 160)
        self._lay_out()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.open_button.setProperty("flush", True)
        line.addWidget(self.open_button)
        line.addWidget(self.written, 1)
        line.addWidget(self.copy_button)
        line.addWidget(self.delete_button)
        title = QHBoxLayout()
        title.setSpacing(12)
        title.addWidget(self.links_title)
        title.addWidget(self.links_meta)
        title.addStretch(1)
        self._upper = QWidget()
        upper = QVBoxLayout(self._upper)
        upper.setContentsMargins(24, 16, 24, 8)
        upper.setSpacing(8)
        upper.addWidget(self.about)
        upper.addLayout(line)
        upper.addWidget(self.editor, 1)
        upper.addLayout(title)
        upper.addWidget(self.no_links)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(1, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(self._upper, 3)
        column.addWidget(self._held, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(inside))

    def show_entry(self, entry: MemoEntry, links: Sequence[Place], *, keep: bool) -> None:
        """Show a memo; with `keep` the place in the list of its links stays."""
        self.editor.show_memo(entry.memo)
        opening = {
            "source": _("Read it"), "code": _("Show its passages"), "study_case": _("People and attributes"),
            "coding": _("Read in context"), "segment": _("Read in context"),
        }.get(entry.memo.about, "")  # fmt: skip
        self.open_button.setText(opening)
        self.open_button.setVisible(bool(opening))
        self.about.setText(_("About: {what}").format(what=entry.subject.words))
        self.written.setText(written_words(entry.memo, datetime.date.today()))
        self._show_links(links, keep=keep)
        self.copy_button.disable("")

    def start(self, new: NewMemo) -> None:
        """Begin a memo on the project."""
        self.editor.start(new)
        self.open_button.setVisible(False)
        self.about.setText(_("New memo on the project"))
        self.written.setText(_("It is kept as you type."))
        self._show_links((), keep=False)
        self.copy_button.disable(_("It has no words yet."))

    def forget(self) -> None:
        """Show nothing, but for a memo that is being typed."""
        if not self.editor.is_busy:
            self.editor.forget()
            self.about.setText("")
            self.written.setText("")
            self._show_links((), keep=False)

    def set_read_only(self, is_read_only: bool) -> None:
        """The project may only be read."""
        self.editor.set_read_only(is_read_only)
        self.links.is_read_only = is_read_only
        self.delete_button.disable(_("The project was opened for reading only.") if is_read_only else "")

    def _show_links(self, links: Sequence[Place], *, keep: bool) -> None:
        self.links_meta.setText(
            ngettext("{n} passage", "{n} passages", len(links)).format(n=len(links)) if links else ""
        )
        self.no_links.setVisible(not links)
        self._held.setVisible(bool(links))
        self.links.show_rows(quotes_of(links), keep=keep)
