"""What can be done with a passage in the list, beside reading it: recode, memo, example, theme, remove."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.retrieve.cards import Card
from cohesion_qda.ui.retrieve.paint import SIDE
from cohesion_qda.ui.retrieve.picker import CodePopup
from cohesion_qda.ui.runner import Runner

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change
    from cohesion_qda.ui.retrieve.passages import PassageList

KEYS = {"r": "recode", "m": "write_memo", "e": "make_example", "t": "add_to_theme"}


class PassageActs(QObject):
    """The acts on the passages chosen in `passages`. `told` is called with each change that was made."""

    def __init__(self, runner: Runner, passages: PassageList, told: Callable[[Change], object]) -> None:
        super().__init__(passages)
        self._runner, self._list, self._told = runner, passages, told
        self._tree = CodeTree()
        self._counts: Mapping[CodeId, int] = {}
        self._recoded: list[Card] = []
        self.popup = CodePopup(passages)
        self.popup.chosen.connect(self._recode_into)
        passages.lettered.connect(self._lettered)
        passages.offered.connect(self.fill)
        passages.removal.connect(self.remove)

    def show_codes(self, tree: CodeTree, counts: Mapping[CodeId, int]) -> None:
        """The codes to recode into."""
        self._tree, self._counts = tree, counts

    def fill(self, menu: QMenu) -> None:
        """Add what can be done to the list's own menu."""
        card = self._list.current_card()
        if card is None or card.code is None:
            return
        menu.addSeparator()
        menu.addAction(_("Recode …") + "\tR", self.recode)
        menu.addAction(_("Memo …") + "\tM", self.write_memo)
        words = _("Make it the example of “{code}”").format(code=card.code.name.replace("&", "&&"))
        menu.addAction(words + "\tE", self.make_example)
        menu.addAction(_("Add to a theme …") + "\tT", self.add_to_theme)

    def recode(self) -> None:
        """Give the chosen passages another code."""
        self._recoded = self._list.chosen_cards()
        card = self._list.current_card()
        if self._recoded and card is not None and card.code is not None:
            self.popup.open_under(self._list, self._tree, self._counts, card.code.id, to_code_with=True)
            rect = self._list.visualRect(self._list.currentIndex())
            under = self._list.viewport().mapToGlobal(QPoint(rect.x() + SIDE, rect.bottom()))
            lowest = self._list.screen().availableGeometry().bottom() - self.popup.height()
            self.popup.move(under.x(), min(under.y(), lowest))

    def _recode_into(self, into: int) -> None:
        codings = _codings(self._recoded)
        if codings:
            self._runner.do(lambda project: project.codings.recode(codings, CodeId(into)), self._told)

    def write_memo(self) -> None:
        """Write about the passage."""
        from cohesion_qda.ui.memos.dialog import write_memo

        card = self._list.current_card()
        if card is not None and card.coding is not None:
            write_memo(self._runner, "coding", card.coding, _memo_of(card), self._list.window())

    def make_example(self) -> None:
        """Let the passage be the example of its code."""
        card = self._list.current_card()
        if card is not None and card.coding is not None and card.code is not None:
            code, coding = card.code.id, card.coding
            self._runner.do(lambda project: project.codebook.set_example(code, coding), self._told)

    def add_to_theme(self) -> None:
        """Let the passage be a key passage of a theme."""
        from cohesion_qda.ui.themes.picker import add_to_theme

        card = self._list.current_card()
        if card is not None:
            add_to_theme(self._runner, card.source, card.span, self._list.window())

    def remove(self, cards: list[Card]) -> None:
        """Take the codes of the passages away."""
        codings = _codings(cards)
        if codings:
            self._runner.do(lambda project: project.codings.remove(codings), self._told)

    def _lettered(self, letter: str) -> None:
        if letter in KEYS:
            getattr(self, KEYS[letter])()


def _codings(cards: list[Card]) -> list[object]:
    """The codings behind some cards, each once: a passage that was cut into several has one."""
    return list(dict.fromkeys(card.coding for card in cards if card.coding is not None))


def _memo_of(card: Card) -> str:
    quote = " ".join(card.quote.split())
    short = quote if len(quote) <= 60 else quote[:59].rstrip() + "…"
    return _("“{quote}” in {place}").format(quote=short, place=card.place)


def copied(n: int) -> str:
    """What is said when quotations are on the clipboard."""
    return ngettext("Copied {n} quotation", "Copied {n} quotations", n).format(n=n)
