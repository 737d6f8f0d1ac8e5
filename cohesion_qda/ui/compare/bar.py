"""The chips over an answer: one for each choice of its kind, then the filters."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.asked import Asked
from cohesion_qda.ui.compare import choices as of
from cohesion_qda.ui.compare.asking import Offer
from cohesion_qda.ui.compare.choices import Choice, Facet
from cohesion_qda.ui.parts import add_title
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.retrieve.ticks import Item, TickPopup
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Chip

WIDEST = 280  # pixels of a chip's words


class ChoiceBar(QFrame):
    """Emits what is asked for when a chip has been used."""

    wanted = Signal(object)  # Asked

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "paper")
        self.asked, self.offer = Asked(), Offer()
        self.chips: dict[Hashable, Chip] = {}
        self.kind_chip = Chip("")  # stands in for the rail where there is no room for it
        self.filter_chip = Chip(_("Filter"), on_click=self.open_filters)
        self.clear_chip = Chip(_("Clear all"), on_click=lambda: self._narrow_none())
        self.popup = TickPopup(self)
        self.popup.taken.connect(self._taken)
        self._ticking: Hashable = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(24, 12, 24, 12)
        for chip in (self.kind_chip, self.filter_chip, self.clear_chip):
            self._flow.addWidget(chip)
        self.kind_chip.hide()
        self.clear_chip.hide()

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_asked(self, asked: Asked, offer: Offer) -> None:
        """Show what is asked, and offer what can be."""
        self.asked, self.offer = asked, offer
        shown = of.choices(asked, offer)
        keys: list[Hashable] = [choice.key for choice in shown]
        keys += [("where", having.about, having.name) for having in asked.where]
        self._take_away([key for key in self.chips if key not in keys])
        for chip in (*self.chips.values(), self.filter_chip, self.clear_chip):
            self._flow.removeWidget(chip)
        for choice in shown:
            self._say(self._chip(choice.key), choice.words, choice.name, on=choice.is_on)
            self._flow.addWidget(self.chips[choice.key])
        self._flow.addWidget(self.filter_chip)
        for having in asked.where:
            chip = self._chip(("where", having.about, having.name))
            self._say(chip, of.having_words(having, offer), _("Filter"), on=True)
            self._flow.addWidget(chip)
        self._flow.addWidget(self.clear_chip)
        for before, after in pairwise(self._flow.itemAt(n).widget() for n in range(self._flow.count())):
            QWidget.setTabOrder(before, after)  # as they are read
        self.filter_chip.setVisible(bool(of.facets(offer)))
        self.clear_chip.setVisible(len(asked.where) > 1)
        self.updateGeometry()

    def _take_away(self, keys: list[Hashable]) -> None:
        for key in keys:
            chip = self.chips.pop(key)
            had_focus = chip.hasFocus()
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
            if had_focus:
                self.filter_chip.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip(self, key: Hashable) -> Chip:
        if key not in self.chips:
            chip = self.chips[key] = Chip("", on_click=lambda: self.open(key), parent=self)
            chip.cleared.connect(lambda: self._cleared(key))
            chip.show()
        return self.chips[key]

    @staticmethod
    def _say(chip: Chip, words: str, name: str, *, on: bool) -> None:
        metrics = QFontMetricsF(current_theme().font("interface_medium"))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, current_theme().px(WIDEST))
        chip.set_on(on, shown.replace("&", "&&"))
        chip.setAccessibleName(_("{name}: {words}").format(name=name, words=words))
        chip.setToolTip(name if shown == words else words)

    # -- choosing ------------------------------------------------------------------------------------------------------

    def open(self, key: Hashable) -> None:
        """Open what a chip offers: a menu, or boxes to tick."""
        chip = self.chips[key]
        if isinstance(key, tuple):
            self._tick_facet(next((f for f in of.facets(self.offer) if (f.about, f.name) == key[1:]), None), chip)
            return
        choice = next(choice for choice in of.choices(self.asked, self.offer) if choice.key == key)
        if choice.is_many:
            self._tick(choice, chip)
        else:
            self.menu(choice).popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def menu(self, choice: Choice) -> QMenu:
        """The menu of a chip of which one thing is chosen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for n, pick in enumerate(choice.picks):
            is_title = pick.value is None and not (n == 0 and choice.key == "question")
            if is_title:
                add_title(menu, pick.words)
                continue
            action = menu.addAction(
                pick.words.replace("&", "&&"), lambda value=pick.value: self.choose(choice.key, value)
            )
            action.setCheckable(True)
            action.setChecked(pick.value in choice.chosen)
        return menu

    def choose(self, key: str, value: Hashable) -> None:
        """What an entry of a menu does."""
        if key == "codes":
            if value == of.CHOOSE:
                chip = self.chips["codes"]
                self._open_ticks("codes", chip, _("Codes"), of.code_picks(self.offer), self.asked.codes)
                return
            self._want(of.chosen(self.asked, key, () if value == of.ALL else of.branch_of(self.offer, value)))
            return
        self._want(of.chosen(self.asked, key, (value,)))

    def open_filters(self) -> None:
        """The ways to narrow."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        on = {(having.about, having.name) for having in self.asked.where}
        for facet in of.facets(self.offer):
            words = facet.words.replace("&", "&&")
            action = menu.addAction(words, lambda facet=facet: self._tick_facet(facet, self.filter_chip))
            action.setCheckable(True)
            action.setChecked((facet.about, facet.name) in on)
        menu.popup(self.filter_chip.mapToGlobal(self.filter_chip.rect().bottomLeft()))

    def _tick(self, choice: Choice, chip: Chip) -> None:
        self._open_ticks(choice.key, chip, choice.name, choice.picks, choice.chosen)

    def _tick_facet(self, facet: Facet | None, chip: Chip) -> None:
        if facet is None:  # nothing of it is there any more: only its × takes it away
            return
        now = next((h.values for h in self.asked.where if (h.about, h.name) == (facet.about, facet.name)), ())
        picks = tuple(of.Pick(value, value) for value in facet.values)
        self._open_ticks(("where", facet.about, facet.name), chip, facet.words, picks, now)

    def _open_ticks(
        self, key: Hashable, chip: Chip, name: str, picks: tuple[of.Pick, ...], now: tuple[Hashable, ...]
    ) -> None:
        self._ticking = key
        self.popup.open_under(chip, name, [Item(pick.value, pick.words, pick.beside) for pick in picks], now)

    def _taken(self, values: list[Hashable]) -> None:
        key = self._ticking
        if isinstance(key, tuple):
            self._want(of.narrowed(self.asked, str(key[1]), str(key[2]), [str(value) for value in values]))
        else:
            self._want(of.chosen(self.asked, str(key), values))

    def _cleared(self, key: Hashable) -> None:
        if isinstance(key, tuple):
            self._want(of.narrowed(self.asked, str(key[1]), str(key[2]), ()))
        else:
            self._want(of.chosen(self.asked, str(key), ()))

    def _narrow_none(self) -> None:
        asked = self.asked
        for having in asked.where:
            asked = of.narrowed(asked, having.about, having.name, ())
        self._want(asked)

    def _want(self, asked: Asked) -> None:
        if asked != self.asked:
            self.wanted.emit(asked)
