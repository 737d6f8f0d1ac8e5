"""What is looked for in key terms, and the chips that choose it: some talk, what it is compared with, or what it unites."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.selection import ALL, Selection
from cohesion_qda.ui.compare.choices import capital
from cohesion_qda.ui.retrieve.filters import name_in_words
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.suggest.selecting import Offering, SelectionBar, still_there
from cohesion_qda.ui.widgets import Chip, Label

if TYPE_CHECKING:
    from cohesion_qda.project import Project


@dataclass(frozen=True, slots=True)
class TermsWish:
    """What is looked for in a `selection`, one of KINDS: what most people say in it; what sets it apart from `against`
    (None: the rest); or what unites its parts: its groups, or what the attribute `by` tells apart.
    """

    kind: str = "most"
    selection: Selection = ALL
    against: Selection | None = None
    by: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing has been chosen yet that something could be compared with."""
        return self.kind == "apart" and self.selection.is_everything and self.against is None

    def question(self, project: Project) -> tuple[Any, ...]:
        """What the analysis is asked. Runs on the project thread."""
        verbs = project.key_terms
        if self.kind == "unites":
            return (verbs.parts(self.by, self.selection),)
        if self.kind == "most":
            return (verbs.places(self.selection),)
        return verbs.sides(self.selection, self.against)

    def still(self, offering: Offering) -> TermsWish:
        """Without the codes and groups that are gone."""
        against = None if self.against is None else still_there(self.against, offering)
        return replace(self, selection=still_there(self.selection, offering), against=against or None)


KINDS = ("most", "apart", "unites")


def _kinds() -> dict[str, str]:
    return {"most": _("What most people say"), "apart": _("What sets apart"), "unites": _("What unites")}


class TermsBar(QFrame):
    """The chips. Emits `wanted` with what is looked for when one was used."""

    wanted = Signal(object)  # TermsWish

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "paper")
        self.setProperty("edge", "bottom")
        self.wish, self.offering = TermsWish(), Offering()
        self.kind = Chip("", on_click=lambda: self._popup(self.kind_menu(), self.kind))
        self.here = SelectionBar(_("in"), _("all talk"))
        self.there = SelectionBar(_("compared with"), _("the rest"))
        self.parts = Chip("", on_click=lambda: self._popup(self.parts_menu(), self.parts))
        self.between = Label(_("in every"), "interface", "text2")
        self.here.wanted.connect(lambda selection: self._want(replace(self.wish, selection=selection)))
        self.there.wanted.connect(
            lambda selection: self._want(replace(self.wish, against=None if selection.is_everything else selection))
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(0)
        inside = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        inside.setSizePolicy(policy)
        flow = FlowLayout(inside)
        for part in (self.kind, self.between, self.parts, self.here, self.there):
            flow.addWidget(part)
        column.addWidget(inside)
        self.show_wish(self.wish, self.offering)

    def show_wish(self, wish: TermsWish, offering: Offering) -> None:
        """Show what is looked for, and offer what can be."""
        self.wish, self.offering = wish, offering
        self._say(self.kind, _kinds()[wish.kind], _("What is looked for"))
        self.here.show_selection(wish.selection, offering)
        self.there.show_selection(wish.against or ALL, offering)
        self.there.setVisible(wish.kind == "apart")
        self._say(self.parts, self._part_words(wish.by), _("Parts of the talk"))
        for part in (self.between, self.parts):
            part.setVisible(wish.kind == "unites")
        self.updateGeometry()

    @staticmethod
    def _say(chip: Chip, words: str, name: str) -> None:
        chip.set_on(False, words.replace("&", "&&"))
        chip.setAccessibleName(_("{name}: {words}").format(name=name, words=words))

    @staticmethod
    def _part_words(by: str | None) -> str:
        return _("group") if by is None else name_in_words(by)

    def kind_menu(self) -> QMenu:
        """What can be looked for."""
        return self._menu([(words, replace(self.wish, kind=kind)) for kind, words in _kinds().items()])

    def parts_menu(self) -> QMenu:
        """Between what something can unite."""
        names = [None] if len(self.offering.groups) > 1 else []
        names += [name for name, _about, values in self.offering.offer.choices.attributes if len(values) > 1]
        return self._menu([(capital(self._part_words(name)), replace(self.wish, by=name)) for name in names])

    def _menu(self, entries: list[tuple[str, TermsWish]]) -> QMenu:
        menu = QMenu(self)
        for words, wish in entries:
            action = menu.addAction(words.replace("&", "&&"), lambda wish=wish: self._want(wish))
            action.setCheckable(True)
            action.setChecked(wish == self.wish)
        return menu

    @staticmethod
    def _popup(menu: QMenu, chip: Chip) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def _want(self, wish: TermsWish) -> None:
        if wish != self.wish:
            self.wanted.emit(wish)
