"""Narrowing a query to people, attributes, questions, kinds of source, sources, coders and weights: a chip for each."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.case import Case
from cohesion_qda.model.query import Query, filters_in_words
from cohesion_qda.model.source import Source
from cohesion_qda.model.table import OF
from cohesion_qda.ui.retrieve.filters import Choices, choices_of, name_in_words, plain_name
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.retrieve.ticks import Item, TickPopup
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Chip

if TYPE_CHECKING:
    from cohesion_qda.project import Project

WEIGHTS = (0, 25, 50, 75)
WIDEST = 320  # pixels of a filter's words


@dataclass(frozen=True, slots=True)
class Offer:
    """What a query can be narrowed to."""

    choices: Choices = field(default_factory=Choices)
    people: tuple[Case, ...] = ()
    groups: tuple[Case, ...] = ()
    sources: tuple[Source, ...] = ()


def offer_of(project: Project) -> Offer:
    """Read what can be chosen. Runs on the project thread."""
    people = tuple(case for case in project.cases.list("participant") if case.role == "participant")
    return Offer(choices_of(project), people, tuple(project.cases.list("group")), tuple(project.sources.list()))


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow: `key` tells which, `words` name it."""

    key: tuple[str, ...]
    words: str


def facets(offer: Offer, *, with_coders: bool) -> list[Facet]:
    """The ways to narrow that there is something to choose in."""
    found = [Facet(("cases",), _("People and groups"))] if offer.people or offer.groups else []
    for name, about, _values in offer.choices.attributes:
        if about == "section":
            found.append(Facet(("questions",), _("Question asked")))
        else:
            found.append(Facet(("having", about, _own_name(offer, name, about)), name_in_words(name).capitalize()))
    if len({source.kind for source in offer.sources}) > 1:
        found.append(Facet(("kinds",), _("Kind of source")))
    if len(offer.sources) > 1:
        found.append(Facet(("sources",), _("Source")))
    if with_coders and len(offer.choices.coders) > 1:
        found.append(Facet(("coders",), _("Coder")))
    return found


def _own_name(offer: Offer, name: str, about: str) -> str:
    """The name of an attribute without what tells it from that of the others, where there is one."""
    plain = plain_name(name, about)
    other = OF["source" if about == "participant" else "participant"].format(name=plain)
    return plain if any(other == known for known, _about, _values in offer.choices.attributes) else name


def items(offer: Offer, key: tuple[str, ...]) -> list[Item]:
    """What can be ticked to narrow by that facet."""
    if key[0] == "cases":
        groups = {group.id: group.name for group in offer.groups}
        people = [Item((c.id, c.name), c.name, groups.get(c.group, "") if c.group else "") for c in offer.people]
        return [*people, *(Item((g.id, g.name), g.name, _("group")) for g in offer.groups)]
    if key[0] == "sources":
        return [Item((source.id, source.name), source.name) for source in offer.sources]
    if key[0] == "kinds":
        return [Item(kind, called.kind(kind)) for kind in sorted({source.kind for source in offer.sources})]
    if key[0] == "coders":
        return [Item(name, name) for name in offer.choices.coders]
    for name, about, values in offer.choices.attributes:
        if (key[0] == "questions" and about == "section") or key[1:] == (about, _own_name(offer, name, about)):
            return [Item(value, value) for value in values]
    return []


def ticked(query: Query, key: tuple[str, ...]) -> Sequence[Hashable]:
    """What a query asks for by that facet."""
    if key[0] == "having":
        return query.values_of(key[1], key[2])
    asked: Sequence[Hashable] = getattr(query, key[0])
    return asked


def narrowed(query: Query, key: tuple[str, ...], values: Sequence[Hashable]) -> Query:
    """`query` asking for these by that facet; none: it does not ask by it."""
    if key[0] == "having":
        return query.with_values(key[1], key[2], tuple(str(value) for value in values))
    return replace(query, **{key[0]: tuple(values)})


def asked_in_words(query: Query, key: tuple[str, ...]) -> str:
    """What a query asks for by that facet, for its chip."""
    if key == ("weight",):
        return next(filters_in_words(Query(weight=query.weight)), "")
    return next(filters_in_words(narrowed(Query(), key, ticked(query, key))), "")


class Narrowing(QWidget):
    """A chip to add a filter, then one for each that is on, then one to take all away."""

    edited = Signal(object)  # Query

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query, self._offer, self._with_coders = Query(), Offer(), True
        self.add_chip = Chip(_("Filter"), on_click=self.open_menu)
        self.clear_chip = Chip(_("Clear all"), on_click=lambda: self.edited.emit(self.query.without_filters()))
        self.clear_chip.hide()
        self.chips: dict[tuple[str, ...], Chip] = {}
        self.popup = TickPopup(self)
        self.popup.taken.connect(self._taken)
        self._key: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self)
        self._flow.addWidget(self.add_chip)
        self._flow.addWidget(self.clear_chip)

    def show_offer(self, offer: Offer) -> None:
        """What can be chosen."""
        self._offer = offer

    def show_query(self, query: Query, *, with_coders: bool = True) -> None:
        """Show what a query asks for; while others' codings are hidden, no coder can be asked for."""
        self.query, self._with_coders = query, with_coders
        keys = _keys_on(query)
        for key in [key for key in self.chips if key not in keys]:
            chip = self.chips.pop(key)
            had_focus = chip.hasFocus()
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
            if had_focus:
                self.add_chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self._flow.removeWidget(self.clear_chip)
        for key in keys:
            if key not in self.chips:
                self._make(key)
            self._say(self.chips[key], asked_in_words(query, key))
        self._flow.addWidget(self.clear_chip)
        self.clear_chip.setVisible(len(keys) > 1)
        self.updateGeometry()

    def open_menu(self) -> None:
        """The ways to narrow."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for facet in facets(self._offer, with_coders=self._with_coders):
            action = menu.addAction(facet.words.replace("&", "&&"), lambda key=facet.key: self.open_ticks(key))
            action.setCheckable(True)
            action.setChecked(bool(ticked(self.query, facet.key)))
        self._add_weights(menu)
        menu.popup(self.add_chip.mapToGlobal(self.add_chip.rect().bottomLeft()))

    def open_ticks(self, key: tuple[str, ...]) -> None:
        """Choose what to narrow to by a facet; of the weight, the menu."""
        chip = self.chips.get(key, self.add_chip)
        if key == ("weight",):
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._add_weights(menu)
            menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))
            return
        self._key = key
        words = next((f.words for f in facets(self._offer, with_coders=True) if f.key == key), "")
        self.popup.open_under(chip, words, items(self._offer, key), ticked(self.query, key))

    def _add_weights(self, menu: QMenu) -> None:
        below = menu.addMenu(_("Weight"))
        for weight in WEIGHTS:
            words = _("At least {n}").format(n=weight) if weight else _("Any weight at all")
            action = below.addAction(words, lambda n=weight: self.edited.emit(replace(self.query, weight=n)))
            action.setCheckable(True)
            action.setChecked(self.query.weight == weight)

    def _taken(self, values: list[Hashable]) -> None:
        # what is asked for and no longer on offer stays: the query says so, and only its chip takes it away
        there = {item.value for item in items(self._offer, self._key)}
        gone = [value for value in ticked(self.query, self._key) if value not in there]
        self.edited.emit(narrowed(self.query, self._key, [*gone, *values]))

    def _make(self, key: tuple[str, ...]) -> None:
        chip = self.chips[key] = Chip("", on_click=lambda: self.open_ticks(key))
        chip.set_on(True)
        without = (
            (lambda: replace(self.query, weight=None)) if key == ("weight",) else lambda: narrowed(self.query, key, ())
        )
        chip.cleared.connect(lambda: self.edited.emit(without()))
        self._flow.addWidget(chip)
        chip.show()

    @staticmethod
    def _say(chip: Chip, words: str) -> None:
        metrics = QFontMetricsF(current_theme().font("interface_medium"))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, current_theme().px(WIDEST))
        chip.setText(shown.replace("&", "&&"))
        chip.setAccessibleName(_("Filter: {words}").format(words=words))
        chip.setToolTip(words if shown != words else "")


def _keys_on(query: Query) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = [(name,) for name in ("cases",) if getattr(query, name)]
    keys += [("having", having.about, having.name) for having in query.having]
    keys += [(name,) for name in ("questions", "kinds", "sources", "coders") if getattr(query, name)]
    return [*keys, ("weight",)] if query.weight is not None else keys
