"""Passages like the one selected, from the bottom of the page: the likest first."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.text import Span
from cohesion_qda.ui.retrieve.cards import Card, cards_of_evidence
from cohesion_qda.ui.retrieve.passages import PassageList
from cohesion_qda.ui.retrieve.picker import CodePopup
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest.assistant import Asked, assistant_of
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, Label, LinkButton, PlainButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change
    from cohesion_qda.project import Project

HIGH, NUMBER = 308, 30
MOST = 0.5  # of the page, however large the words
QUOTED = 60  # characters of the passage in the title
KEY = "like-passage"  # what a coding keeps that was made from here


class AlikePanel(QFrame):
    """The list, with boxes to tick: several passages are coded in one act. Enter reads one in its place, Esc closes."""

    read = Signal(int, object)  # source id, Span
    said = Signal(str, bool)
    closed = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._asked: Asked | None = None
        self._tree = CodeTree()
        self._evidence: dict[Hashable, Evidence] = {}  # what is listed, by the keys of the cards
        self.setProperty("surface", "bg")
        self.setProperty("edge", "top")
        self.setAccessibleName(_("Passages like this one"))
        self.title = ElidedLabel("", "panel_title")
        self.meta = Label("", "meta", "text2")
        self.cancel = LinkButton(_("Cancel"), on_click=self.put_away)
        self.code_button = QuietButton(_("Code with…"), "plus", self._choose_code)
        self.code_button.setToolTip(_("C codes the ticked passages, or the current one"))
        self.close_button = PlainButton(_("Close"), "close", self.put_away)
        self.nothing = Label("", "quote", "text2")
        self.nothing.setContentsMargins(24, 16, 24, 16)
        self.nothing.setWordWrap(True)
        self.list = PassageList(_("Passages like this one"), checkable=True)
        self.list.left.connect(self.put_away)
        self.list.read.connect(lambda card: self.read.emit(card.source, card.span))
        self.list.lettered.connect(lambda letter: self._choose_code() if letter == "c" else None)
        self.popup = CodePopup(self)
        self.popup.chosen.connect(lambda code: self._code(CodeId(code)))
        top = QHBoxLayout()
        top.setContentsMargins(24, 12, 24, 8)
        top.setSpacing(16)
        top.addWidget(self.title, 1)
        top.addWidget(self.meta)
        for part in (self.cancel, self.code_button, self.close_button):
            top.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.list, 1)
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)
        self.hide()

    def sizeHint(self) -> QSize:
        page = self.parentWidget()
        most = page.height() * MOST if page is not None and page.height() else HIGH
        return QSize(800, round(min(float(current_theme().px(HIGH)), max(most, float(HIGH)))))

    def find(self, source: SourceId, span: Span, words: str) -> None:
        """Look for passages that say something like the words of a place; the study is heard first where it was not."""
        from cohesion_qda.analysis import worker

        self.title.setText(_("Passages like “{words}”").format(words=shorten(words, QUOTED, placeholder=" …")))
        self.meta.setText("")
        self._say(_("Reading all transcripts. You can go on working meanwhile."))
        self._evidence = {}
        self.list.show_rows([])
        self.show()
        handle = assistant_of(self._runner).ask(
            _("Looking for passages like this one"), worker.like, lambda _p: (source, span, NUMBER), self._found,
            stopped=self._stopped, quick=True, key=(self, "like"),
        )  # fmt: skip
        self._asked = None if handle.is_answered else handle
        self.cancel.setVisible(self._asked is not None)

    def _found(self, found: Sequence[Evidence]) -> None:
        self._asked = None
        self._read(found, keep=False)

    def look_again(self) -> None:
        """The passages stand elsewhere, or are gone, where texts were corrected meanwhile."""
        if self.isVisible() and self._evidence:
            self._read(list(self._evidence.values()), keep=True)

    def _read(self, found: Sequence[Evidence], *, keep: bool) -> None:
        def read(project: Project) -> tuple[list[Evidence], list[Card], CodeTree]:
            placed = project.suggestions.placed(found)
            return placed, cards_of_evidence(project, placed), project.codebook.tree()

        self._runner.ask(read, lambda answer: self._show(*answer, keep=keep), key=(self, "cards"))

    def _show(self, found: Sequence[Evidence], cards: Sequence[Card], tree: CodeTree, *, keep: bool) -> None:
        is_same = keep and list(cards) == self.list.cards.cards()
        self._tree = tree
        self._evidence = {card.key: one for card, one in zip(cards, found, strict=True)}
        if is_same:
            return
        self.cancel.hide()
        n = len(cards)
        self.meta.setText(ngettext("{n} passage, the likest first", "{n} passages, the likest first", n).format(n=n))
        self._say("" if cards else _("No other passage says anything like it."))
        ticked = {card.key for card in self.list.cards.checked_cards()} if keep else set()
        self.list.show_rows(cards, keep=keep, ticked=ticked)
        if cards and not keep:
            self.list.choose_first()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str) -> None:
        self.nothing.setText(words)
        self.nothing.setVisible(bool(words))
        self.list.setVisible(not words)
        self.code_button.setVisible(not words)

    def _stopped(self) -> None:
        self._asked = None
        self.put_away()

    def put_away(self) -> None:
        """Close it, and go back to the words; nothing is looked for any more."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def _forget(self, _info: object = None) -> None:
        self._asked = None
        self._evidence = {}
        self.list.show_rows([])
        self.hide()

    def _chosen(self) -> list[Card]:
        return self.list.cards.checked_cards() or self.list.chosen_cards()

    def _choose_code(self) -> None:
        if self._chosen():
            self.popup.open_under(self.code_button, self._tree, {}, None, to_code_with=True)

    def _code(self, code: CodeId) -> None:
        passages = [self._evidence[card.key] for card in self._chosen()]

        def then(change: Change) -> None:
            self.said.emit(change.said, True)
            self.list.cards.tick_all(False)

        if passages:
            self._runner.do(lambda p: p.suggestions.accept_passages(KEY, code, passages), then)
