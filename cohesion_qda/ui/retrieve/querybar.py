"""The query in words: a chip for each code, between them how they are joined, and one more to add a code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import JOINERS, Query, Term, term_in_words
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.retrieve.picker import CodePopup
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Chip

NEAR = (1, 2, 3, 5, 10)  # turns that are offered
WIDEST = 280  # pixels of a code's words


def joiner_in_words(joiner: str, turns: int = 1) -> str:
    """How a code is joined to what stands before it, on its chip and in the menu."""
    if joiner == "near":
        return ngettext("near, within {n} turn", "near, within {n} turns", turns).format(n=turns)
    return {
        "or": _("or"),
        "and": _("and, in the same turn"),
        "overlapping": _("overlapping"),
        "not": _("not"),
    }[joiner]


class QueryBar(QWidget):
    """The chips. `edited` gives the query as the person wants it now."""

    edited = Signal(object)  # Query

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query, self._tree = Query(), CodeTree()
        self._counts: Mapping[CodeId, int] = {}
        self.terms: list[Chip] = []
        self.joiners: list[Chip] = []
        self.add_chip = Chip(_("Add a code"), on_click=self.add_term)
        self.popup = CodePopup(self)
        self.popup.chosen.connect(self._chosen)
        self._place = 0  # of the term that is being chosen
        self._joiner = "overlapping"
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self)
        self._flow.addWidget(self.add_chip)

    def show_query(self, query: Query, tree: CodeTree) -> None:
        """Show a query. Chips stay where they are and change their words, so that the focus stays too."""
        self.query, self._tree = query, tree
        while len(self.terms) > len(query.terms):
            self._drop()
        while len(self.terms) < len(query.terms):
            self._grow()
        for place, term in enumerate(query.terms):
            self._say_term(self.terms[place], term)
            if place:
                self._say_joiner(self.joiners[place - 1], term)
        self.add_chip.setText(_("Add a code") if query.terms else _("Choose a code"))

    def show_counts(self, counts: Mapping[CodeId, int]) -> None:
        """The passages of each code and those under it, for the list of codes."""
        self._counts = counts

    def add_term(self, joiner: str = "") -> None:
        """Choose one more code, joined so."""
        self._joiner = joiner or ("overlapping" if self.query.terms else "or")
        self._choose(len(self.query.terms), self.add_chip)

    # -- chips ---------------------------------------------------------------------------------------------------------

    def chips(self) -> list[Chip]:
        """The chips as they stand: code, joiner, code."""
        found: list[Chip] = []
        for place, chip in enumerate(self.terms):
            found += [self.joiners[place - 1], chip] if place else [chip]
        return found

    def _grow(self) -> None:
        """One more code, with its joiner, before the chip that adds codes."""
        place = len(self.terms)
        new = []
        if place:
            joiner = Chip("", on_click=lambda: self._open_joiners(place))
            self.joiners.append(joiner)
            new.append(joiner)
        chip = Chip("", on_click=lambda: self._open_term(place))
        chip.set_on(True)
        chip.cleared.connect(lambda: self.edited.emit(self.query.without_term(place)))
        self.terms.append(chip)
        self._flow.removeWidget(self.add_chip)
        for each in (*new, chip, self.add_chip):
            self._flow.addWidget(each)
            each.show()
        for one, following in pairwise([*self.chips(), self.add_chip]):
            QWidget.setTabOrder(one, following)

    def _drop(self) -> None:
        """The last code and its joiner go."""
        for chip in (self.terms.pop(), *([self.joiners.pop()] if self.joiners else [])):
            had_focus = chip.hasFocus()
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
            if had_focus:
                self.add_chip.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_term(self, chip: Chip, term: Term) -> None:
        said = term_in_words(term, self._tree)
        metrics = QFontMetricsF(current_theme().font("interface_medium"))
        shown = metrics.elidedText(said, Qt.TextElideMode.ElideRight, current_theme().px(WIDEST))
        _say(chip, shown, _("Code: {name}").format(name=said))
        chip.setToolTip(self._tree.path(term.code) if term.code in self._tree else _("No longer in the codebook"))

    @staticmethod
    def _say_joiner(chip: Chip, term: Term) -> None:
        said = joiner_in_words(term.joiner, term.turns)
        _say(chip, said, _("Joined by: {joiner}").format(joiner=said))

    # -- what the person does ------------------------------------------------------------------------------------------

    def _open_term(self, place: int) -> None:
        term = self.query.terms[place]
        menu = self._menu()
        menu.addAction(_("Another code …"), lambda: self._choose(place, self.terms[place]))
        branch = menu.addAction(_("With the codes under it"), lambda: self._set(place, branch=not term.branch))
        branch.setCheckable(True)
        branch.setChecked(term.branch)
        branch.setEnabled(bool(self._tree.children(term.code)))
        menu.addSeparator()
        menu.addAction(_("Take it out"), lambda: self.edited.emit(self.query.without_term(place)))
        self._pop(menu, self.terms[place])

    def _open_joiners(self, place: int) -> None:
        menu = self._menu()
        self._fill(menu, lambda joiner, turns: self._set(place, joiner=joiner, turns=turns), self.query.terms[place])
        self._pop(menu, self.joiners[place - 1])

    def _fill(self, menu: QMenu, act: Callable[[str, int], object], term: Term) -> None:
        for joiner in JOINERS:
            if joiner != "near":
                self._entry(menu, joiner, term.turns, act, is_on=term.joiner == joiner)
        for turns in sorted({*NEAR, term.turns} if term.joiner == "near" else NEAR):
            self._entry(menu, "near", turns, act, is_on=(term.joiner, term.turns) == ("near", turns))

    @staticmethod
    def _entry(menu: QMenu, joiner: str, turns: int, act: Callable[[str, int], object], *, is_on: bool) -> None:
        action = menu.addAction(joiner_in_words(joiner, turns), lambda: act(joiner, turns))
        action.setCheckable(True)
        action.setChecked(is_on)

    def _set(self, place: int, **changes: object) -> None:
        self.edited.emit(self.query.with_term(place, replace(self.query.terms[place], **changes)))

    def _choose(self, place: int, chip: Chip) -> None:
        self._place = place
        current = self.query.terms[place].code if place < len(self.query.terms) else None
        self.popup.open_under(chip, self._tree, self._counts, current)

    def _chosen(self, chosen: int) -> None:
        code = CodeId(chosen)
        path = self._tree.path(code)
        if self._place < len(self.query.terms):
            self._set(self._place, code=code, path=path)
        else:
            self.edited.emit(self.query.joined(Term(code, joiner=self._joiner, path=path)))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _pop(self, menu: QMenu, chip: Chip) -> None:
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))


def _say(chip: Chip, words: str, name: str) -> None:
    words = words.replace("&", "&&")
    if chip.text() != words:
        chip.setText(words)
        chip.setAccessibleName(name)
