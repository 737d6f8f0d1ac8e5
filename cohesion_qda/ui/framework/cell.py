"""One cell of the matrix: its summary, kept as it is typed, and the passages that lie behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.case import Case
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.framework import CellPassages, Spot, Summary
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.framework.model import behind_words
from cohesion_qda.ui.memos.autosave import Autosave
from cohesion_qda.ui.memos.editor import Words
from cohesion_qda.ui.memos.holding import Roomy, Scrolled
from cohesion_qda.ui.memos.quotes import Quote, quotes_of
from cohesion_qda.ui.retrieve.cards import Card, Heading, code_look
from cohesion_qda.ui.retrieve.passages import PassageList
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import CodeChip, ElidedLabel, Label, QuietButton

HIGH = 144  # of the summary, in pixels
LIST = 140  # of the passages, at least
SIDE = 16


class CellPanel(QFrame):
    """The right side of the matrix. What is typed is kept by itself."""

    say = Signal(str, bool)
    read = Signal(object)  # Card: read it in context
    show_code = Signal(int)
    left = Signal()  # Escape
    done = Signal()  # Ctrl+Enter: on to the next cell

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "paper")
        self._runner = runner
        self._spot: Spot | None = None
        self._kept = ""
        self._on_way = 0
        self._linked: frozenset[object] = frozenset()  # keys of the cards that are linked
        self._is_read_only = False
        self.name = ElidedLabel("", "panel_title")
        self.about = Label("", "meta", "text2")
        self.about.setWordWrap(True)
        self._chip: CodeChip | None = None
        self.body = Words(_("Summary"))
        self.body.setPlaceholderText(
            _("What does this case say on this code? A few words of your own, close to theirs.")
        )
        self.body.textChanged.connect(self._typed)
        self.body.left.connect(self.left)
        self.saving = Autosave(self, runner, self._keep)
        self.saving.watch(self.body)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self.body, self._finish, context=Qt.ShortcutContext.WidgetShortcut)
        self.title = Label(_("Passages"), "panel_title")
        self.meta = Label("", "meta", "text2")
        self.link_button = QuietButton(_("Link"), "", self.link)
        self.quote_button = QuietButton(_("Insert quotation"), "", self.insert_quotation)
        self.nothing = Label("", "meta", "text2")
        self.nothing.setWordWrap(True)
        self.passages = PassageList(_("Passages of this cell"))
        self.passages.read.connect(self.read)
        self.passages.left.connect(self.left)
        self.passages.moved.connect(self._enable)
        self.passages.lettered.connect(self._lettered)
        self.passages.offered.connect(self._offer)
        self.passages.copied.connect(self._copied)
        self._lay_out()
        self.forget()

    def _lay_out(self) -> None:
        self._chips = QHBoxLayout()
        self._chips.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        for part in (self.title, self.meta):
            head.addWidget(part)
        head.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.link_button, self.quote_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        upper = QVBoxLayout()
        upper.setContentsMargins(SIDE, 12, SIDE, 8)
        upper.setSpacing(6)
        upper.addWidget(self.name)
        upper.addWidget(self.about)
        upper.addLayout(self._chips)
        upper.addWidget(Roomy(self.body, HIGH, is_fixed=True))
        upper.addLayout(head)
        upper.addLayout(buttons)
        upper.addWidget(self.nothing)
        self._held = Roomy(self.passages, LIST)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper)
        column.addWidget(self._held, 100)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(inside))

    @property
    def spot(self) -> Spot | None:
        """The cell that is shown."""
        return self._spot

    @property
    def is_busy(self) -> bool:
        """Whether typed words wait to be kept, or are on their way."""
        return self.saving.is_late or self._on_way > 0

    def show_cell(
        self, case: Case, about: str, code: CodeId, tree: CodeTree, summary: Summary, coded: int, *, is_read_only: bool
    ) -> None:
        """Show a cell, with the number of its coded passages; the same one again leaves what is being typed alone."""
        is_same = self._spot == (case.id, code)
        if not is_same:
            self.saving.flush()
            self._on_way, self._spot = 0, (case.id, code)
            self.show_passages(CellPassages(), tree, is_there=False)
        self.name.setText(case.name)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.meta.setText(behind_words(len(summary.passages), coded))
        self._show_code(code, tree)
        if not (is_same and self.is_busy):
            self._kept = summary.body
            self.body.show_text(summary.body)
        self._is_read_only = is_read_only
        self.body.setReadOnly(is_read_only)
        self.setEnabled(True)
        self._enable()

    def show_passages(self, found: CellPassages, tree: CodeTree, *, is_there: bool = True) -> None:
        """Show what lies behind the cell: what the summary rests on, then what is coded beside."""
        linked = quotes_of(found.linked)
        coded = [
            Quote(
                p.coding.source, p.coding.span, p.quote, p.speakers, p.source_name, p.turn,
                code=code_look(tree, p.coding.code) if p.coding.code in tree else None,
                is_chipped=self._spot is not None and p.coding.code != self._spot[1], segment=p.coding.segment,
            )
            for p in found.coded
        ]  # fmt: skip
        rows: list[Card | Heading] = []
        for title, quotes in ((_("The summary rests on"), linked), (_("Coded, not linked"), coded)):
            rows += [Heading(title, len(quotes)), *quotes] if quotes else []
        self._linked = frozenset(quote.key for quote in linked)
        self.passages.show_rows(rows, keep=is_there)
        if rows and self.passages.current_card() is None:
            self.passages.choose_first()
            self.passages.scrollToTop()
        self._held.setVisible(bool(rows))
        self.nothing.setText(_missing(found) if is_there else "")
        self.nothing.setVisible(bool(self.nothing.text()))
        self._enable()

    def forget(self) -> None:
        """Show nothing; what waits to be kept is not."""
        self.saving.forget()
        self._spot, self._kept, self._on_way = None, "", 0
        self.name.setText("")
        self.about.setText("")
        self.meta.setText("")
        self.body.show_text("")
        self.show_passages(CellPassages(), CodeTree(), is_there=False)
        self.setEnabled(False)

    def _show_code(self, code: CodeId, tree: CodeTree) -> None:
        if self._chip is not None:
            self._chips.removeWidget(self._chip)
            self._chip.hide()
            self._chip.deleteLater()
        self._chip = CodeChip(tree[code].name, tree.shape(code), tree[code].colour, parent=self)
        self._chip.setToolTip(tree.path(code).replace("/", " › "))
        self._chip.clicked.connect(partial(self.show_code.emit, code))
        self._chips.insertWidget(0, self._chip)
        self._chip.show()

    # -- what the person does ----------------------------------------------------------------------------------------------

    def link(self) -> None:
        """Link the chosen passages to the summary, or take the links to them away where all are linked."""
        chosen = [card for card in self.passages.chosen_cards() if isinstance(card, Quote)]
        if not chosen or self._spot is None or self._is_read_only:
            return
        case, code = self._spot
        gone = [card.segment for card in chosen if card.key in self._linked]
        new = [(card.source, card.span) for card in chosen if card.key not in self._linked]
        if new:
            self._runner.do(lambda project: project.framework.link(case, code, new), self._told)
        else:
            self._runner.do(lambda project: project.framework.unlink(case, code, gone), self._told)

    def insert_quotation(self) -> None:
        """Put the current passage, as a quotation with its source, where the caret is in the summary, and link it."""
        card = self.passages.current_card()
        if not isinstance(card, Quote) or self._spot is None or self._is_read_only or card.is_lost:
            return
        cursor = self.body.textCursor()
        before = self.body.toPlainText()[: cursor.position()]
        cursor.insertText(("" if not before or before[-1].isspace() else " ") + card.quotation())
        self.body.setTextCursor(cursor)
        self.saving.forget()
        self._send(lambda project, body, spot: project.framework.quote(*spot, body, card.source, card.span), self._told)

    def _finish(self) -> None:
        self.saving.flush()
        self.done.emit()

    def _typed(self) -> None:
        if self._spot is not None:
            self.saving.touch()

    def _keep(self) -> None:
        if self._spot is not None and self.body.toPlainText() != self._kept:
            self._send(lambda project, body, spot: project.framework.write(*spot, body))

    def _send(self, verb: Callable[..., Change], then: Callable[[Change], None] | None = None) -> None:
        """Hand the words as they stand to the project."""
        body, spot = self.body.toPlainText(), self._spot
        self._kept = body
        self._on_way += 1

        def kept(change: Change) -> None:
            if self._spot == spot:
                self._on_way = max(0, self._on_way - 1)
            if then is not None:
                then(change)

        self._runner.do(lambda project: verb(project, body, spot), kept, failed=partial(self._not_kept, spot))

    def _not_kept(self, spot: Spot) -> None:
        """The next key tries again."""
        if self._spot == spot:
            self._on_way, self._kept = 0, ""

    def _lettered(self, letter: str) -> None:
        acts = {"l": self.link, "q": self.insert_quotation, "e": self.body.setFocus}
        if letter in acts:
            acts[letter]()

    def _offer(self, menu: QMenu) -> None:
        menu.addSeparator()
        may = not self._is_read_only
        linking = _("Link to the summary") if self.link_button.text() == _("Link") else self.link_button.text()
        menu.addAction(linking, self.link).setEnabled(may)
        menu.addAction(_("Insert quotation into the summary"), self.insert_quotation).setEnabled(may)

    def _enable(self) -> None:
        chosen = self.passages.chosen_cards()
        is_linked = bool(chosen) and all(card.key in self._linked for card in chosen)
        self.link_button.setText(_("Take the link away") if is_linked else _("Link"))
        why = _("The project was opened for reading only.") if self._is_read_only else ""
        none = "" if chosen else _("Choose a passage first.")
        card = self.passages.current_card()
        lost = _("Its words were corrected away.") if isinstance(card, Quote) and card.is_lost else ""
        self.link_button.disable(why or none)
        self.quote_button.disable(why or none or lost)

    def _told(self, change: Change) -> None:
        if change.said:
            self.say.emit(change.said, True)

    def _copied(self, n: int) -> None:
        self.say.emit(ngettext("Copied {n} quotation", "Copied {n} quotations", n).format(n=n), False)


def _missing(found: CellPassages) -> str:
    """What the list does not show, in a sentence."""
    if not found.linked and not found.coded:
        return _("Nothing this case said is coded here.")
    return ""
