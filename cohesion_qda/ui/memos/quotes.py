"""Passages that a memo or a theme points to, as quotes that can be read in their place and taken away."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SegmentId
from cohesion_qda.model.place import Place
from cohesion_qda.ui.retrieve.cards import Card
from cohesion_qda.ui.retrieve.paint import SIDE, read_in_context
from cohesion_qda.ui.retrieve.passages import PassageList

NONE = SegmentId(0)


@dataclass(frozen=True, slots=True)
class Quote(Card):
    """A segment in a list. One that `is_lost` keeps the words it had before a correction."""

    segment: SegmentId = NONE
    group: str = ""
    is_lost: bool = False

    @property
    def key(self) -> Hashable:
        return self.segment

    @property
    def place(self) -> str:
        """`Dewsbury women, turn 13`, with the group where it has another name."""
        place = self.source_name
        if self.turn:
            place = _("{source}, turn {turn}").format(source=self.source_name, turn=self.turn)
        if self.group and self.group != self.source_name:
            place = _("{place} ({group})").format(place=place, group=self.group)
        return _("{place}, corrected away since").format(place=place) if self.is_lost else place

    def quotation(self) -> str:
        """The words with who said them; of those that were corrected away, that they were."""
        said = super(Quote, self).quotation()  # named, as a class with slots is made anew
        return _("{place}, corrected away since").format(place=said) if self.is_lost else said


def quotes_of(places: Iterable[Place]) -> list[Quote]:
    """Places as quotes."""
    return [
        Quote(
            place.source, place.span, place.quote, place.speakers, place.source_name, place.turn,
            segment=place.segment, group=place.group, is_lost=place.is_lost,
        )
        for place in places
    ]  # fmt: skip


class QuoteList(PassageList):
    """The list. `removing` are the words for taking a quote away, which the list does not do itself."""

    def __init__(self, name: str, removing: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, removable=True)
        self._removing = removing
        self.is_read_only = False

    def segments(self) -> list[SegmentId]:
        """The chosen quotes' segments."""
        return [card.segment for card in self.chosen_cards() if isinstance(card, Quote)]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        card = self.current_card()
        if card is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(read_in_context(), lambda: self.read.emit(card))
        menu.addAction(_("Copy as quotation"), self.copy)
        menu.addSeparator()
        menu.addAction(self._removing, lambda: self.removal.emit(self.chosen_cards())).setEnabled(not self.is_read_only)
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).topLeft() + QPoint(SIDE, SIDE))
        menu.popup(at)
