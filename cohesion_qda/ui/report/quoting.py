"""Whose words stand under a theme: the quotations that were chosen, or those that the report proposes, and changing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId, SegmentId
from cohesion_qda.model.reporting import DISSENT
from cohesion_qda.model.reporting import Quote as Chosen
from cohesion_qda.model.table import Count
from cohesion_qda.ui.memos.quotes import Quote, QuoteList, quotes_of
from cohesion_qda.ui.report.drafting import Drafting
from cohesion_qda.ui.report.looking import Spot
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.themes.passages import Offered, PassagesDialog, offered
from cohesion_qda.ui.widgets import Label, LinkButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project
    from cohesion_qda.report.values import Quotation

HIGH = 300  # pixels of the list


class QuoteBoard(QWidget):
    """The quotations of one theme or code. Delete takes one out, D says that it is a view against the theme, Ctrl+Up and Ctrl+Down move it."""

    say = Signal(str, bool)
    read = Signal(int, object)  # source id, Span

    def __init__(self, runner: Runner, drafting: Drafting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._drafting = runner, drafting
        self._spot: Spot | None = None
        self._chosen: tuple[Chosen, ...] = ()
        self._is_read_only = True
        self.dialog: PassagesDialog | None = None
        self.standing = Label("", "interface", "text2")
        self.standing.setWordWrap(True)
        self.list = _Quotes(_("Quotations"), _("Take it out of the report"))
        self.list.setMinimumHeight(HIGH)
        self.choose_button = QuietButton(_("Choose passages…"), "plus", self.choose)
        self.propose_button = LinkButton(_("Show what the report proposes"), on_click=lambda: drafting.ask())
        self.keep_button = QuietButton(_("Keep these"), "check", self.keep)
        self.against_button = QuietButton(_("A view against it"), on_click=self.turn)
        self.against_button.setToolTip(
            _("Quote the current passage under “Dissenting views”, or with the others again (D)")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = FlowLayout(buttons := QWidget())
        for button in (self.choose_button, self.keep_button, self.against_button, self.propose_button):
            row.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        buttons.setSizePolicy(policy)
        column.addWidget(Label(_("Quotations"), "panel_title"))
        column.addWidget(self.standing)
        column.addWidget(buttons)
        column.addWidget(self.list, 1)
        self.list.read.connect(lambda card: self.read.emit(card.source, card.span))
        self.list.removal.connect(lambda _cards: self.remove())
        self.list.turned.connect(self.turn)
        self.list.shifted.connect(self.move_by)
        self.list.moved.connect(self._offer)
        drafting.read.connect(self._fill)

    # -- showing -------------------------------------------------------------------------------------------------------

    def show_spot(self, spot: Spot | None, *, is_read_only: bool) -> None:
        """Show the quotations of a theme or code; nothing for a place that has none."""
        has_quotes = spot is not None and (spot.code is not None or spot.theme is not None)
        if spot != self._spot:
            self._chosen = ()
            self.list.show_rows([])
            self.list.hide()
        self._spot, self._is_read_only = (spot if has_quotes else None), is_read_only
        self.setVisible(has_quotes)
        if spot is not None and has_quotes:
            self._runner.ask(_quotes_of(spot), lambda found: self._arrived(spot, found), key=(self, "quotes"))

    def _arrived(self, spot: Spot, found: tuple[Chosen, ...]) -> None:
        if spot == self._spot:
            self._chosen = found
            self._fill()

    def _fill(self) -> None:
        """The chosen ones, or where nothing stands for the theme, the proposed ones as far as they are known."""
        if self._spot is None:
            return
        marks = {True: _("a view against it"), False: ""}
        rows = [
            replace(quote, extra=marks[chosen.role == DISSENT], tone="warn")
            for quote, chosen in zip(quotes_of(c.place for c in self._chosen), self._chosen, strict=True)
        ]
        standing = sum(not chosen.role and not chosen.place.is_lost for chosen in self._chosen)
        proposed = [] if standing else self._proposed()
        self.list.show_rows([*rows, *proposed], keep=True)
        self.list.setVisible(bool(rows or proposed))
        self.list.is_read_only = self._is_read_only
        if standing:
            said = ngettext("You chose {n} quotation; it stands in the report as it is here.",
                            "You chose {n} quotations; they stand in the report in this order.", standing)  # fmt: skip
            self.standing.setText(said.format(n=standing))
        elif proposed:
            self.standing.setText(_("You chose none: the report proposes these, from different people and groups."))
        else:
            self.standing.setText(
                _("You chose none: the report proposes two to four, from different people and groups.")
            )
        self.propose_button.setVisible(not standing and self._drafting.data is None)
        self.keep_button.setVisible(bool(proposed) and not self._is_read_only)
        self.choose_button.disable(_("The project was opened for reading only.") if self._is_read_only else "")
        self._offer()

    def _offer(self) -> None:
        self.against_button.setVisible(not self._is_read_only and bool(self.list.segments()))

    def _proposed(self) -> list[Quote]:
        """What the report as it would be written now quotes here."""
        data, spot = self._drafting.data, self._spot
        if data is None or spot is None:
            return []
        themes = (theme for chapter in data.chapters for theme in chapter.themes)
        found = next((theme.quotations for theme in themes if theme.key == spot.key), ())
        return [_proposal(n, quotation) for n, quotation in enumerate(found)]

    # -- what the person does ------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Choose what is proposed, as it is."""
        self._choose([(quote.source, quote.span) for quote in self._proposed()])

    def choose(self) -> None:
        """Open every passage of the theme or code, to tick those that are quoted."""
        spot = self._spot
        if spot is not None:
            self._runner.ask(lambda project: _offered(project, spot), lambda found: self._open(spot, found))

    def _open(self, spot: Spot, found: Offered) -> None:
        self.dialog = PassagesDialog(found, self, is_read_only=self._is_read_only)
        self.dialog.about.setText(_("What is coded under “{name}”").format(name=found.name))
        if spot.theme is None:
            self.dialog.keep_button.setText(_("Quote these"))
        known = {quote.segment: (quote.source, quote.span) for quote in found.quotes}
        self.dialog.kept.connect(lambda add, gone: self._take(spot, [*add], [*gone], known))
        self.dialog.read.connect(lambda quote: self.read.emit(quote.source, quote.span))
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _take(
        self, spot: Spot, add: list[SegmentId], gone: list[SegmentId], known: dict[SegmentId, tuple]
    ) -> None:  # fmt: skip
        theme, code = spot.theme, spot.code
        if theme is not None:
            self._runner.do(lambda project: project.themes.choose_passages(theme, add, gone), self._told)
            return
        if add:
            self._choose([known[segment] for segment in add])
        if gone and code is not None:
            self._runner.do(lambda project: project.reports.unchoose(code, gone), self._told)

    def _choose(self, at: Sequence[tuple], role: str = "") -> None:
        spot = self._spot
        if spot is None or not at:
            return
        theme, code = spot.theme, spot.code
        if theme is not None:
            self._runner.do(lambda project: project.themes.add_passages(theme, at), self._told)
        elif code is not None:
            self._runner.do(lambda project: project.reports.choose(code, at, role), self._told)

    def remove(self) -> None:
        """Take the chosen ones out of the report."""
        spot, segments = self._spot, self._standing_segments()
        if spot is None or not segments or self._is_read_only:
            return
        theme, code = spot.theme, spot.code
        if theme is not None:
            self._runner.do(lambda project: project.themes.remove_passages(theme, segments), self._told)
        elif code is not None:
            self._runner.do(lambda project: project.reports.unchoose(code, segments), self._told)

    def turn(self) -> None:
        """Quote the current passages as views against the theme, or with the others again."""
        spot, cards = self._spot, [card for card in self.list.chosen_cards() if isinstance(card, Quote)]
        if spot is None or not cards or self._is_read_only:
            return
        roles = {chosen.place.segment: chosen.role for chosen in self._chosen}
        is_against = not all(roles.get(card.segment) for card in cards)
        at = [(card.source, card.span) for card in cards if not card.is_lost]
        segments, theme = self._standing_segments(), spot.theme
        if theme is None:
            self._choose(at, DISSENT if is_against else "")
        elif segments:
            self._runner.do(lambda project: project.reports.mark_dissent(theme, segments, is_against), self._told)

    def move_by(self, by: int) -> None:
        """Put the current quotation earlier or later."""
        spot, order = self._spot, [chosen.place.segment for chosen in self._chosen]
        card = self.list.current_card()
        if spot is None or spot.code is None or not isinstance(card, Quote) or card.segment not in order:
            return
        at, code = order.index(card.segment), spot.code
        if 0 <= at + by < len(order) and not self._is_read_only:
            order.insert(at + by, order.pop(at))
            self._runner.do(lambda project: project.reports.order_quotes(code, order))

    def _standing_segments(self) -> list[SegmentId]:
        known = {chosen.place.segment for chosen in self._chosen}
        return [segment for segment in self.list.segments() if segment in known]

    def _told(self, change: Change) -> None:
        self.say.emit(change.said, bool(change.said))


class _Quotes(QuoteList):
    """The list, with the keys that change what is quoted."""

    turned = Signal()
    shifted = Signal(int)  # -1 earlier, 1 later

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_ctrl and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_D and not event.modifiers():
            self.turned.emit()
        else:
            super().keyPressEvent(event)


def _quotes_of(spot: Spot):
    """What asks for the quotations of a place."""
    if spot.theme is not None:
        return lambda project: project.reports.theme_quotes(spot.theme)
    return lambda project: project.reports.quotes(spot.code)


def _offered(project: Project, spot: Spot) -> Offered:
    """What can be quoted there. Runs on the project thread."""
    if spot.theme is not None:
        return offered(project, spot.theme)
    code = CodeId(spot.code or 0)
    quotes: dict[SegmentId, Quote] = {}
    for passage in project.codings.retrieve(code):
        coding = passage.coding
        quotes.setdefault(
            coding.segment,
            Quote(coding.source, coding.span, passage.quote, passage.speakers, passage.source_name, passage.turn,
                  segment=coding.segment),
        )  # fmt: skip
    chosen = [quote.place for quote in project.reports.quotes(code)]
    quotes |= {quote.segment: quote for quote in quotes_of(chosen) if quote.segment not in quotes}
    count, base = project.codebook.counts().get(code), project.codebook.base()
    said = count.branch if count is not None else Count()
    names = frozenset(place.segment for place in chosen)
    return Offered(spot.name, tuple(quotes.values()), names, said, base)


def _proposal(n: int, quotation: Quotation) -> Quote:
    words = " ".join(part.words for part in quotation.parts)
    by = quotation.attribution or _("nobody is named")
    return Quote(quotation.source, quotation.span, words, (by,), _("proposed"), 0, segment=SegmentId(-n - 1))
