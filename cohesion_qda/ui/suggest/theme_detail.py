"""One proposed theme: its facts, its passages, and what can be made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.theming import ThemeSuggestion
from cohesion_qda.ui.compare.figure import FigureView, pixels_of_a_point
from cohesion_qda.ui.retrieve.cards import Card, Heading
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.suggest import theme_words
from cohesion_qda.ui.suggest.detail import Detail
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Chip, Label, LinkButton, PlainButton

if TYPE_CHECKING:
    from cohesion_qda.model.theming import Spread

WIDEST, LEAST = 560, 220  # pixels of the bars; the first at normal text size
EDGES = 64  # pixels at the sides of the facts, with room for a scroll bar


class ThemeFacts(QWidget):
    """Terms, overlaps, stability and coherence in sentences; below, when asked for, how it spreads, as bars."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spreads: Sequence[Spread] = ()
        self._room = WIDEST
        self._way = ""  # what the spread is by, kept from theme to theme
        self.terms, self.overlaps = Label("", "interface"), Label("", "meta", "text2")
        self.place = Label("", "meta", "text2")
        self.stability, self.coherence = Label("", "meta", "text2"), Label("", "meta", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for label in (self.terms, self.place, self.overlaps, self.stability, self.coherence):
            label.setWordWrap(True)
            column.addWidget(label)
        self.open = LinkButton("", on_click=self._turn)
        self.chip = Chip("", on_click=self._choose_way)
        self.chip.setAccessibleName(_("What the spread is by"))
        row = FlowLayout()
        row.addWidget(self.open)
        row.addWidget(self.chip)
        column.addLayout(row)
        self.bars = FigureView()
        column.addWidget(self.bars)
        self._show_bars(False)

    def show_theme(self, theme: ThemeSuggestion, tree: CodeTree) -> None:
        """Tell of another theme."""
        self.terms.setText(_("Terms: {terms}").format(terms=", ".join(theme.terms)))
        self.stability.setText(theme_words.stability(theme.stability))
        self.coherence.setText(theme_words.coherence(theme.coherence))
        self.show_overlaps(theme, tree)
        self._spreads = theme.spreads
        self.open.setVisible(bool(self._spreads))
        self._show_bars(self.is_open)

    def show_place(self, words: str) -> None:
        """That it lives in one source alone; nothing where it does not."""
        self.place.setText(words)
        self.place.setVisible(bool(words))

    def show_overlaps(self, theme: ThemeSuggestion, tree: CodeTree) -> None:
        """The codebook may be another by now."""
        self.overlaps.setText(theme_words.overlaps(theme, tree))

    @property
    def is_open(self) -> bool:
        """Whether the bars are shown."""
        return not self.bars.isHidden()

    def _turn(self) -> None:
        self._show_bars(not self.is_open)

    def _spread(self) -> Spread | None:
        ways = {theme_words.way(spread): spread for spread in self._spreads}
        return ways.get(self._way) or next(iter(self._spreads), None)

    def _show_bars(self, on: bool) -> None:
        from cohesion_qda.report.theme_figures import spread

        found = self._spread()
        on = on and found is not None
        self.open.setText(_("Hide how it spreads") if on else _("Show how it spreads"))
        self.bars.setVisible(on)
        self.chip.setVisible(on)
        if found is not None and on:
            self.chip.setText(theme_words.way(found))
            title = _("Who has talk of it. {way}").format(way=theme_words.way(found))
            room = max(LEAST, min(self._room, round(WIDEST * current_theme().scale)))
            self.bars.show_drawing(spread(found, title, room / pixels_of_a_point()))

    def fit(self, room: int) -> None:
        """Take no more room than so many pixels."""
        if room != self._room:
            self._room = room
            self._show_bars(self.is_open)

    def _choose_way(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for spread in self._spreads:
            words = theme_words.way(spread)
            action = menu.addAction(words, lambda words=words: self._take(words))
            action.setCheckable(True)
            action.setChecked(words == self.chip.text())
        menu.popup(self.chip.mapToGlobal(self.chip.rect().bottomLeft()))

    def _take(self, way: str) -> None:
        self._way = way
        self._show_bars(True)


class ThemeDetail(Detail):
    """A proposal with the facts of a theme over its passages: the most typical ones, and then those furthest from its middle."""

    merging = Signal()
    splitting = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.facts = ThemeFacts()
        super().__init__(makes_codes=True, parent=parent)

    def _make_top(self) -> QVBoxLayout:
        top = super()._make_top()
        top.insertWidget(3, self.facts)
        return top

    def _make_foot(self) -> QWidget:
        foot = super()._make_foot()
        self.merge_button = PlainButton(_("Merge with…"), "", self.merging.emit)
        self.split_button = PlainButton(_("Split"), "", self.splitting.emit)
        self.merge_button.setToolTip(_("M"))
        self.split_button.setToolTip(_("S"))
        flow = foot.layout().itemAt(foot.layout().count() - 1).layout()
        for button in (self.merge_button, self.split_button):
            flow.addWidget(button)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.facts.fit(self.width() - EDGES)

    def show_nothing(self) -> None:
        super().show_nothing()
        self.facts.hide()

    def show_theme(self, theme: ThemeSuggestion, tree: CodeTree, counts: str, became: str) -> None:
        """Say what is proposed; the passages follow with `show_theme_passages`."""
        self.show_proposal(theme.label, theme_words.phrases(theme), counts, became)
        self.facts.show_theme(theme, tree)
        self.facts.show()

    def say_dismissed(self, is_dismissed: bool) -> None:
        """Whether it can be dismissed, or brought back."""
        self.dismiss_button.setText(_("Bring back") if is_dismissed else _("Dismiss"))

    def tick_current(self) -> None:
        """Where nothing is ticked, tick the passage that the person is at."""
        index = self.list.currentIndex()
        if self.list.hasFocus() and index.isValid() and not self.chosen_evidence():
            self.list.model().setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)

    def show_theme_passages(self, theme: ThemeSuggestion, cards: Sequence[Card]) -> None:
        """The passages under two headings; none is ticked until a person has read it."""
        evidence: dict[tuple[int, object], Evidence] = {
            (e.source, e.span): e for e in (*theme.typical, *theme.divergent)
        }
        divergent = {(e.source, e.span) for e in theme.divergent}
        far = [card for card in cards if (card.source, card.span) in divergent]
        near = [card for card in cards if (card.source, card.span) not in divergent]
        self._evidence = {card.key: evidence[card.source, card.span] for card in cards}
        rows: list[Card | Heading] = [Heading(_("Most typical, different people first"), len(near)), *near]
        if far:
            rows += [Heading(_("Furthest from the middle of the theme"), len(far)), *far]
        self.list.show_rows(rows if cards else [])
        self._say_ticked()
