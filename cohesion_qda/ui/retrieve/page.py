"""Retrieve: the passages behind a code, one step from their place, and words found in all transcripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import Count
from cohesion_qda.ui.page import COUNTED, Page
from cohesion_qda.ui.retrieve.cards import Card, Heading, arranged, cards_of_hits, cards_of_passages
from cohesion_qda.ui.retrieve.filters import Choices, choices_of, filter_menu
from cohesion_qda.ui.retrieve.flow import FilterBar
from cohesion_qda.ui.retrieve.passages import PassageList
from cohesion_qda.ui.retrieve.picker import CodeChooser
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Chip, EmptyState, PageHeader, PrimaryButton, QuietButton, SearchField

if TYPE_CHECKING:
    from cohesion_qda.project import Project

TYPING = 250  # milliseconds of rest before what was typed is looked for


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown. `attribute` and `value` narrow the passages to some sources or people."""

    code: CodeId | None = None
    branch: bool = True
    coder: str = ""
    attribute: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the project answered: the passages of the code, how widely they were said, and what can be chosen."""

    wish: Wish
    tree: CodeTree
    choices: Choices
    mentions: dict[CodeId, int]
    cards: list[Card]
    count: Count
    base: Count


def look(project: Project, wish: Wish) -> Found:
    """Read what `wish` asks for; the most used code when it names none that is there. Runs on the project thread."""
    tree = project.codebook.tree()
    mentions = {code: found.branch.mentions for code, found in project.codebook.counts().items()}
    code = wish.code if wish.code in tree else _most_used(tree, mentions)
    choices = choices_of(project)
    coder = wish.coder if wish.coder in choices.coders else ""
    attribute, value = wish.attribute, wish.value
    if (attribute, value) not in choices.pairs():
        attribute = value = ""
    wish = Wish(code, wish.branch, coder, attribute, value)
    if code is None:
        return Found(wish, tree, choices, mentions, [], Count(), Count())
    who = coder or None
    table = project.tables.crosstab(attribute, codes=[code], branch=wish.branch, coder=who)
    count, base = table.rows[0].total, table.base
    if attribute:
        passages = project.tables.evidence(code, by=attribute, value=value, branch=wish.branch, coder=who)
        at = next((i for i, column in enumerate(table.columns) if column.value == value), None)
        count, base = (table.rows[0].cells[at], table.columns[at].base) if at is not None else (Count(), Count())
    else:
        passages = project.codings.retrieve(code, branch=wish.branch, coder=who)
    has_branch = wish.branch and bool(tree.children(code))
    cards = cards_of_passages(passages, tree, chips=has_branch, coders=len(choices.coders) > 1)
    return Found(wish, tree, choices, mentions, cards, count, base)


def _most_used(tree: CodeTree, mentions: dict[CodeId, int]) -> CodeId | None:
    codes = [code.id for code in tree if mentions.get(code.id) and not (code.is_question and tree.children(code.id))]
    return max(codes, key=lambda code: mentions[code], default=None)


class RetrievePage(Page):
    """The page. `choose_code` shows the passages of a code, `find_words` where words were said."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.wish = Wish()
        self._found: Found | None = None
        self._hits: list[Card] | None = None
        self._order = "source"
        self._keep = False
        self._make_header()
        self._make_filters()
        self.list = PassageList(_("Passages"), removable=True)
        self.list.read.connect(self._read)
        self.list.removal.connect(self._remove)
        self.list.copied.connect(self._copied)
        self.list.moved.connect(self._moved)
        self.list.left.connect(self.words.clear)
        self.empty = EmptyState("", _("Go to Read & code"), lambda: self.go_to.emit("read"))
        self._pile = QStackedWidget()
        self._pile.addWidget(self.list)
        self._pile.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._bar)
        column.addWidget(self._pile, 1)
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)
        self._moved()

    def _make_header(self) -> None:
        self.header = PageHeader(_("Retrieve"), "")
        self.copy_button = QuietButton(_("Copy quotation"), "copy", lambda: self.list.copy())
        self.read_button = PrimaryButton(_("Read in context"), "read", self._read_current)
        self.header.add_action(self.copy_button)
        self.header.add_action(self.read_button)

    def _make_filters(self) -> None:
        self.code_chip = CodeChooser(_("Choose a code"))
        self.code_chip.chosen.connect(self.choose_code)
        self.branch_chip = Chip(_("With the codes under it"), on_click=self._toggle_branch)
        self.branch_chip.cleared.connect(self._toggle_branch)
        self.filter_chip = Chip(_("Filter"), on_click=self._open_filters)
        self.filter_chip.cleared.connect(lambda: self._ask(attribute="", value="", coder=""))
        self.order_chip = Chip("", on_click=self._open_orders)
        self.words = SearchField(_("Find words in all transcripts"))
        self.words.setMinimumWidth(240)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self._search)
        self.words.textChanged.connect(lambda _text: self._typing.start())
        self.words.returnPressed.connect(self._search_now)
        self._bar = FilterBar([self.code_chip, self.branch_chip, self.filter_chip, self.order_chip], self.words)
        self._say_order()

    # -- what the window calls ---------------------------------------------------------------------------------------

    def choose_code(self, code: int) -> None:
        """Show the passages of a code."""
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        self._hits = None
        self._ask(code=CodeId(code))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_words(self, words: str = "") -> None:
        """Look for words in all transcripts."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if words:
            self.words.setText(words)
            self._search_now()

    def entered(self) -> None:
        self._keep = self._found is not None
        self._reload()
        if not self.isAncestorOf(QApplication.focusWidget()):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def areas(self) -> list[QWidget]:
        return [self._bar, self.list]

    def on_change(self, change: Change) -> None:
        if change.touches(*COUNTED):
            self._keep = True
            self._reload()

    def hints(self) -> list[tuple[str, str]]:
        return [
            (_("Enter"), _("read in context")),
            (_("Ctrl+C"), _("copy quotation")),
            (_("Delete"), _("remove the code")),
        ]

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        find = QAction(_("Find words in all transcripts"), self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(lambda _checked=False: self.find_words())
        self.addAction(find)
        return {"edit": [find]}

    # -- asking ------------------------------------------------------------------------------------------------------

    def _forget(self, _info: object = None) -> None:
        self.wish, self._found, self._hits, self._keep = Wish(), None, None, False
        self.words.clear()
        self.list.show_rows([])

    def _ask(self, **changes: object) -> None:
        values = {name: getattr(self.wish, name) for name in Wish.__dataclass_fields__} | changes
        self.wish = Wish(**values)
        self._keep = False
        self._reload()

    def _reload(self) -> None:
        wish = self.wish
        self.runner.ask(lambda project: look(project, wish), self._arrived, key=(self, "passages"))
        if self._hits is not None:
            self._search()

    def _arrived(self, found: Found) -> None:
        self._found = found
        self.wish = found.wish
        self._say_filters()
        if self._hits is None:
            self._show()

    def _search_now(self) -> None:
        self._typing.stop()
        self._search()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self) -> None:
        words = self.words.text().strip()
        if len(words) < 2:
            if self._hits is not None:
                self._hits, self._keep = None, False
                self._show()
            return
        self.runner.ask(
            lambda project: (cards_of_hits(project.sources.search(words)), len(project.sources.list())),
            self._hits_arrived,
            key=(self, "words"),
        )

    def _hits_arrived(self, answer: tuple[list[Card], int]) -> None:
        if len(self.words.text().strip()) < 2:
            return
        self._hits, sources = answer
        words = self.words.text().strip()
        places = len({card.source for card in self._hits})
        said = ngettext("{n} place", "{n} places", len(self._hits)).format(n=len(self._hits))
        self._show_chips()
        self.header.set_title(_("“{words}”").format(words=words))
        held = ngettext("{places}, in {some} of {all} source", "{places}, in {some} of {all} sources", sources)
        self.header.set_meta(held.format(places=said, some=places, all=sources))
        self._lay(
            self._hits,
            _("Nobody says “{words}” in these transcripts. Try the beginning of a word.").format(words=words),
        )

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        self._show_chips()
        code = found.wish.code
        self.header.set_title(found.tree[code].name if code is not None else _("Retrieve"))
        self.header.set_meta(counted(len(found.cards), found.count, found.base) if code is not None else "")
        self._lay(found.cards, self._nothing())

    def _lay(self, cards: list[Card], nothing: str) -> None:
        rows: list[Card | Heading] = arranged(cards, self._order)
        self._pile.setCurrentWidget(self.list if cards else self.empty)
        self.empty.set_sentence(nothing)
        self.empty.button.setVisible(self._hits is None)
        self.list.show_rows(rows, keep=self._keep)
        if not self._keep:
            self.list.choose_first()
        self._keep = False

    def _nothing(self) -> str:
        if self.wish.code is None:
            return _("No passages coded yet. Select some words and press C.")
        if self.wish.coder or self.wish.value:
            return _("No passage fits these filters. Take one away to see more.")
        return _("Nothing is coded with this code yet. Select some words and press C.")

    # -- what the person does ----------------------------------------------------------------------------------------

    def _toggle_branch(self) -> None:
        self._ask(branch=not self.wish.branch)

    def _open_filters(self) -> None:
        if self._found is not None:
            menu = filter_menu(self, self._found.choices, self.wish.coder, self.wish.attribute, self.wish.value)
            menu.triggered.connect(lambda action: self._ask(**action.data()))
            menu.popup(self.filter_chip.mapToGlobal(self.filter_chip.rect().bottomLeft()))

    def _open_orders(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for order, words in _orders().items():
            action = menu.addAction(words, lambda order=order: self.set_order(order))
            action.setCheckable(True)
            action.setChecked(order == self._order)
        menu.popup(self.order_chip.mapToGlobal(self.order_chip.rect().bottomLeft()))

    def set_order(self, order: str) -> None:
        """Group by source, by speaker, or not at all."""
        self._order = order
        self._say_order()
        self._keep = True
        if self._hits is not None:
            self._lay(self._hits, "")
        else:
            self._show()

    def _read_current(self) -> None:
        card = self.list.current_card()
        if card is not None:
            self._read(card)

    def _read(self, card: Card) -> None:
        self.open_passage.emit(card.source, card.span)

    def _remove(self, cards: list[Card]) -> None:
        codings = [card.coding for card in cards if card.coding is not None]
        if codings:
            self.runner.do(lambda project: project.codings.remove(codings), self._removed)

    def _removed(self, change: Change) -> None:
        self.say.emit(change.said, True)

    def _copied(self, n: int) -> None:
        self.say.emit(ngettext("Copied {n} quotation", "Copied {n} quotations", n).format(n=n), False)

    def _moved(self) -> None:
        reason = "" if self.list.current_card() is not None else _("Choose a passage first")
        self.read_button.disable(reason)
        self.copy_button.disable(reason)

    def _say_filters(self) -> None:
        found = self._found
        if found is None:
            return
        wish = found.wish
        self.code_chip.show_codes(found.tree, found.mentions, wish.code)
        self.branch_chip.set_on(wish.branch)
        parts = [part for part in (wish.value, wish.coder) if part]
        self.filter_chip.set_on(bool(parts), ", ".join(parts) if parts else _("Filter"))

    def _show_chips(self) -> None:
        """The filters of a code are of no use while words are looked for."""
        is_code = self._hits is None
        code, tree = self.wish.code, self._found.tree if self._found is not None else CodeTree()
        self.code_chip.setVisible(is_code and len(tree) > 0)
        self.branch_chip.setVisible(is_code and code is not None and bool(tree.children(code)))
        self.filter_chip.setVisible(is_code and code is not None)

    def _say_order(self) -> None:
        self.order_chip.setText(_orders()[self._order])


def _orders() -> dict[str, str]:
    return {"source": _("By source"), "speaker": _("By speaker"), "plain": _("In one list")}


def counted(passages: int, count: Count, base: Count) -> str:
    """`19 passages  ·  12 of 80 people  ·  7 of 12 groups`; groups are left out where there are none.

    Where overlapping passages are counted once, or the moderator's not at all, the mentions are said too.
    """
    said = ngettext("{n} passage", "{n} passages", passages).format(n=passages)
    if count.mentions != passages:
        mentions = ngettext("{n} mention", "{n} mentions", count.mentions).format(n=count.mentions)
        said = _("{mentions} in {passages}").format(mentions=mentions, passages=said)
    people = ngettext("{some} of {all} person", "{some} of {all} people", base.participants).format(
        some=count.participants, all=base.participants
    )
    if not base.groups:
        return _("{passages}  ·  {people}").format(passages=said, people=people)
    groups = ngettext("{some} of {all} group", "{some} of {all} groups", base.groups).format(
        some=count.groups, all=base.groups
    )
    return _("{passages}  ·  {people}  ·  {groups}").format(passages=said, people=people, groups=groups)
