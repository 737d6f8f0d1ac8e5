"""Why codes are suggested for some words, on a small paper over the line that offers them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.proposal import Proposal
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.ui.retrieve.cards import Card, cards_of_evidence
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest.why import NearList, NearRow
from cohesion_qda.ui.textpane.fitting_strip import Fit
from cohesion_qda.ui.textpane.popup import SHADOW, Popup
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label

WIDTH = 640
NEAREST = 2  # coded passages of each code


class FitWhy(Popup):
    """For each code the reason, and the coded passages most like the words; Enter reads one in its place, Esc closes."""

    read = Signal(int, object)  # source id, Span
    left = Signal()

    def __init__(self, parent: QWidget, runner: Runner) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Why these codes are suggested"))
        self._runner = runner
        self.lists: list[NearList] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SHADOW + 16, SHADOW + 12, SHADOW + 16, SHADOW + 12)
        self._column.setSpacing(4)
        self._by: QRect = QRect()
        QApplication.instance().focusChanged.connect(self._focus_moved)
        self.hide()

    def open_by(self, words: QRect, fits: Sequence[Fit], proposals: Sequence[Proposal]) -> None:
        """Say why these are offered, beside the `words` (in the parent's coordinates); the passages follow."""
        self._clear()
        for fit in fits:
            self._add(fit)
        self._by = words
        self._fit_size()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        wanted = [
            [Evidence(near.source, near.span, near.cosine) for near in proposal.why.nearest[:NEAREST]]
            for proposal in proposals
        ]
        self._runner.ask(
            lambda p: [cards_of_evidence(p, found) for found in wanted], self._show_near, key=(self, "near")
        )

    def _clear(self) -> None:
        self.lists = []
        while (item := self._column.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()

    def _add(self, fit: Fit) -> None:
        theme = current_theme()
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        icon = QLabel()
        icon.setPixmap(theme.shape_icon(fit.look.shape, fit.look.colour).pixmap(theme.px(12), theme.px(12)))
        row.addWidget(icon)
        row.addWidget(Label(fit.look.name, "interface_strong"), 1)
        reason = Label(fit.reason, "interface", "text2")
        reason.setWordWrap(True)
        near = NearList()
        near.hide()
        near.opened.connect(self._read)
        near.left.connect(self.close_it)
        self.lists.append(near)
        for part in (head, reason, near):
            self._column.addWidget(part)

    def _show_near(self, found: Sequence[Sequence[Card]]) -> None:
        for near, cards in zip(self.lists, found, strict=False):
            near.show_rows([NearRow(card) for card in cards])
            near.setFixedHeight(len(cards) * max(24, current_theme().px(26)) + 2)
            near.setVisible(bool(cards))
        self._fit_size()
        first = next((near for near in self.lists if not near.isHidden()), None)
        if first is not None and self.hasFocus():
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit_size(self) -> None:
        room = self.parentWidget().width() - 32
        self.setFixedWidth(min(room, current_theme().px(WIDTH)) + 2 * SHADOW)
        self._column.activate()
        self.setFixedHeight(max(self._column.heightForWidth(self.width()), self._column.minimumSize().height()))
        self.stand_by(self._by)

    def _read(self, card: Card) -> None:
        self.close_it()
        self.read.emit(card.source, card.span)

    def close_it(self) -> None:
        """Go away, back to the words."""
        if self.isVisible():
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Y):
            self.close_it()
        else:
            super().keyPressEvent(event)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Clicking elsewhere closes it."""
        was_inside = old is not None and self.isVisible() and (old is self or self.isAncestorOf(old))
        if was_inside and new is not None and new is not self and not self.isAncestorOf(new):
            self.hide()
