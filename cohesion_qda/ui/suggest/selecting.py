"""Choosing some of the talk: chips for a code, a group, the question asked, a place, any attribute."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.ids import CaseId, CodeId
from cohesion_qda.model.query import either
from cohesion_qda.model.selection import ALL, Selection
from cohesion_qda.ui.compare import choices as of
from cohesion_qda.ui.compare.asking import Offer, offer_of
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.retrieve.picker import CodePopup
from cohesion_qda.ui.retrieve.ticks import Item, TickPopup
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Chip, Label

if TYPE_CHECKING:
    from cohesion_qda.project import Project

WIDEST = 260  # pixels of a chip's words
CODE, GROUPS = "code", "groups"


@dataclass(frozen=True, slots=True)
class Offering:
    """What can be chosen: codes, focus groups, attributes with their values; `mentions` are the passages of each code."""

    offer: Offer = field(default_factory=Offer)
    groups: tuple[tuple[CaseId, str], ...] = ()
    mentions: Mapping[CodeId, int] = field(default_factory=dict)


def offering_of(project: Project, only: str | None = None) -> Offering:
    """Read what can be chosen. Runs on the project thread."""
    data = project.tables.study()
    names = called.cases(data.cases.values())
    held = {fact.group for fact in data.sources if fact.kind == "focus group" and fact.group is not None}
    groups = sorted(((group, names[group]) for group in held), key=lambda one: one[1].casefold())
    mentions = {code: found.branch.mentions for code, found in project.codebook.counts().items()}
    return Offering(offer_of(project, only), tuple(groups), mentions)


def still_there(selection: Selection, offering: Offering) -> Selection:
    """A selection without the codes and groups that are gone since."""
    known = {group for group, _name in offering.groups}
    return replace(
        selection, codes=tuple(code for code in selection.codes if code in offering.offer.tree),
        groups=tuple(group for group in selection.groups if group in known),
    )  # fmt: skip


class SelectionBar(QWidget):
    """`title`, then a chip for everything that is asked for, and one that asks for more. Where nothing is asked for that
    says `nothing`. Emits `wanted` when something else has been chosen.
    """

    wanted = Signal(object)  # Selection

    def __init__(self, title: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._nothing = title, nothing
        self.selection, self.offering = ALL, Offering()
        self.chips: dict[Hashable, Chip] = {}
        self.title = Label(title, "interface", "text2")
        self.more = Chip(nothing, on_click=self.open_menu)
        self.ticks = TickPopup(self)
        self.ticks.taken.connect(self._taken)
        self.codes = CodePopup(self)
        self.codes.chosen.connect(lambda code: self._want(replace(self.selection, codes=(CodeId(code),))))
        self._ticking: Hashable = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self)
        for part in (self.title, self.more):
            self._flow.addWidget(part)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_selection(self, selection: Selection, offering: Offering) -> None:
        """Show what is chosen, and offer what can be."""
        self.selection, self.offering = selection, offering
        words = self._words()
        self._take_away([key for key in self.chips if key not in words])
        self._flow.removeWidget(self.more)
        for key, said in words.items():
            chip = self._chip(key)
            self._flow.removeWidget(chip)
            self._flow.addWidget(chip)
            self._say(chip, said, on=True)
        self._flow.addWidget(self.more)
        self._say(self.more, _("and only …") if words else self._nothing, on=False)
        for before, after in pairwise(self._flow.itemAt(n).widget() for n in range(self._flow.count())):
            QWidget.setTabOrder(before, after)
        self.more.setVisible(bool(self._entries()))
        self.updateGeometry()

    def _words(self) -> dict[Hashable, str]:
        """The chips that are on, with their words."""
        selection, tree, words = self.selection, self.offering.offer.tree, {}
        if selection.codes:
            words[CODE] = either([tree[code].name for code in selection.codes if code in tree])
        if selection.groups:
            names = dict(self.offering.groups)
            words[GROUPS] = either([names.get(group, str(group)) for group in selection.groups])
        for having in selection.where:
            words["where", having.about, having.name] = of.having_words(having, self.offering.offer)
        return words

    def _chip(self, key: Hashable) -> Chip:
        if key not in self.chips:
            chip = self.chips[key] = Chip("", on_click=lambda: self.open(key), parent=self)
            chip.cleared.connect(lambda: self._cleared(key))
            chip.show()
        return self.chips[key]

    def _take_away(self, keys: Sequence[Hashable]) -> None:
        for key in keys:
            chip = self.chips.pop(key)
            had_focus = chip.hasFocus()
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
            if had_focus:
                self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, chip: Chip, words: str, *, on: bool) -> None:
        theme = current_theme()
        metrics = QFontMetricsF(theme.font("interface_medium"))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, theme.px(WIDEST))
        chip.set_on(on, shown.replace("&", "&&"))
        chip.setAccessibleName(_("{name}: {words}").format(name=self._title, words=words))
        chip.setToolTip("" if shown == words else words)

    # -- choosing ------------------------------------------------------------------------------------------------------

    def _entries(self) -> list[tuple[Hashable, str]]:
        """What can be asked for."""
        offer = self.offering.offer
        entries: list[tuple[Hashable, str]] = []
        if len(offer.tree):
            entries.append((CODE, _("A code …")))
        if len(self.offering.groups) > 1:
            entries.append((GROUPS, _("Group")))
        return [*entries, *((("where", facet.about, facet.name), facet.words) for facet in of.facets(offer))]

    def open_menu(self) -> None:
        """What can be asked for."""
        menu = self.menu()
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """The menu of what can be asked for."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        on = self._words()
        for key, words in self._entries():
            action = menu.addAction(words.replace("&", "&&"), lambda key=key: self.open(key))
            action.setCheckable(True)
            action.setChecked(key in on)
        return menu

    def open(self, key: Hashable) -> None:
        """Open what one of them offers."""
        chip, selection = self.chips.get(key, self.more), self.selection
        if key == CODE:
            current = selection.codes[0] if selection.codes else None
            self.codes.open_under(chip, self.offering.offer.tree, self.offering.mentions, current)
            return
        self._ticking = key
        if key == GROUPS:
            items = [Item(group, name) for group, name in self.offering.groups]
            self.ticks.open_under(chip, _("Group"), items, selection.groups)
            return
        facet = next((f for f in of.facets(self.offering.offer) if ("where", f.about, f.name) == key), None)
        if facet is not None:  # nothing of it is there any more: only its × takes it away
            items = [Item(value, value) for value in facet.values]
            self.ticks.open_under(chip, facet.words, items, selection.values_of(facet.about, facet.name))

    def _taken(self, values: Sequence[Hashable]) -> None:
        self._want(self._with(self._ticking, values))

    def _cleared(self, key: Hashable) -> None:
        self._want(self._with(key, ()))

    def _with(self, key: Hashable, values: Sequence[Hashable]) -> Selection:
        if key == CODE:
            return replace(self.selection, codes=())
        if key == GROUPS:
            return replace(self.selection, groups=tuple(values))  # type: ignore[arg-type]
        assert isinstance(key, tuple)
        return self.selection.with_values(str(key[1]), str(key[2]), [str(value) for value in values])

    def _want(self, selection: Selection) -> None:
        if selection != self.selection:
            self.wanted.emit(selection)
