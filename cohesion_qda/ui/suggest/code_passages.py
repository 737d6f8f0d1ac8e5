"""The passages proposed for a code: a list that stands still (see `standing_still`)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.retrieve.cards import Card
from cohesion_qda.ui.retrieve.passages import PassageList

MOMENT = 800  # milliseconds after which a hand that was at the list is taken to rest


class ProposedPassages(PassageList):
    """A accepts and so does Enter, R passes over, L puts off, C asks for another code, W says why; Ctrl+Enter reads in place.

    New order is taken in with `take_in`: rows in view and above them are never touched, and nothing at all is while the
    pointer moves over the list, its wheel turns or its scroll bar is held; it is then done when the hand rests.
    """

    taken_in = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Passages proposed for the code"), checkable=True, parent=parent)
        self.moment = MOMENT
        self._hand = QElapsedTimer()
        self._resting = QTimer(self, singleShot=True)
        self._resting.timeout.connect(self._hand_rests)
        self._waiting: tuple[list[Card], bool] | None = None

    # -- standing still ------------------------------------------------------------------------------------------------

    @property
    def is_in_hand(self) -> bool:
        """Whether a hand is at the list just now."""
        if self.verticalScrollBar().isSliderDown():
            return True
        return self._hand.isValid() and self._hand.elapsed() < self.moment

    def fixed(self) -> int:
        """How many rows, from the top, stand where they are: down to the last one that is seen, current, ticked or decided."""
        if not self.isVisible() or not self.cards.rowCount():
            last = -1
        else:
            last = self._last_above(self.viewport().rect().bottom())
        for at, card in enumerate(self.cards.cards()):
            if card.became or self.cards.is_checked(card):
                last = max(last, at)
        return max(last, self.currentIndex().row()) + 1

    def _last_above(self, bottom: int) -> int:
        """The last row that begins above a height of the viewport."""
        low, high = 0, self.cards.rowCount()
        while low < high:
            middle = (low + high) // 2
            if self.visualRect(self.cards.index(middle)).top() <= bottom:
                low = middle + 1
            else:
                high = middle
        return low - 1

    def take_in(self, rows: Sequence[Card], *, is_more: bool) -> None:
        """Show a new order below what is fixed, as soon as no hand is at the list."""
        self._waiting = list(rows), is_more
        self._hand_rests()

    def forget_order(self) -> None:
        """Do not take in what waits."""
        self._waiting = None

    def _hand_rests(self) -> None:
        if self._waiting is None:
            return
        if self.is_in_hand:
            self._resting.start(self.moment)
            return
        (rows, is_more), self._waiting = self._waiting, None
        at = self.fixed()
        above = {card.key for card in self.cards.cards()[:at]}
        self.cards.replace_from(at, [card for card in rows if card.key not in above], is_more=is_more)
        self.taken_in.emit()

    def bring_back(self, at: int, card: Card) -> None:
        """Show a card before row `at` again; what is current stays where it is on the screen."""
        current, bar = self.currentIndex(), self.verticalScrollBar()
        before = self.visualRect(current).top() if current.isValid() else 0
        self.cards.insert(at, card)
        if current.isValid() and current.row() >= at:
            self.executeDelayedItemsLayout()
            bar.setValue(bar.value() + self.visualRect(self.currentIndex()).top() - before)

    # -- hands ---------------------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """To the next passage below, or else the first one, on which nothing was decided yet."""
        cards, at = self.cards.cards(), self.currentIndex().row()
        order = [*range(at + 1, len(cards)), *range(max(0, at))]
        following = next((n for n in order if not cards[n].became), None)
        if following is not None:
            self.cards.load(following + 1)
            self.setCurrentIndex(self.cards.index(following))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hand.start()
        super().mouseMoveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._hand.start()
        super().wheelEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hand.invalidate()
        super().leaveEvent(event)
        self._hand_rests()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            card = self.current_card()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and card is not None:
                self.read.emit(card)
            else:
                self.lettered.emit("a")
        elif event.key() == Qt.Key.Key_Left and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)
