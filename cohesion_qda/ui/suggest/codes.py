"""Codes for what is not coded yet: a code at the left, the passages it probably belongs to at the right."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.proposal import Honesty, Proposal, Ranked, with_chances
from cohesion_qda.ui.retrieve.cards import Card, cards_of_evidence
from cohesion_qda.ui.retrieve.picker import CodePopup
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest.asking_codes import AskingCodes
from cohesion_qda.ui.suggest.code_detail import CodeDetail
from cohesion_qda.ui.suggest.code_list import CodeList, CodeRow, code_rows
from cohesion_qda.ui.suggest.codes_standing import Place, Standing, cards_for, in_short, stand
from cohesion_qda.ui.suggest.sides import Sides
from cohesion_qda.ui.suggest.standing_still import is_outdated, sorted_anew
from cohesion_qda.ui.suggest.tab import Tab

PAGE = 50  # passages asked for at a time


class CodesTab(Tab):
    """Choose a code, read why each passage is proposed, and accept, pass over or put off; after each act the list learns.

    What is decided is read from the project, so undo and redo show themselves; of an act the tab keeps only what was put off,
    and which other code was chosen.
    """

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.standing = Standing()
        self.asking = AskingCodes(runner, self)
        self.code: CodeId | None = None
        self._has_started = False
        self._asked_on: dict[CodeId, Hashable] = {}  # what each code is being measured on
        self._measured_on: dict[CodeId, Hashable] = {}  # and what it was
        self._honesty: dict[CodeId, Honesty] = {}
        self._proposals: dict[Place, Proposal] = {}  # of the code that is shown
        self._cards: dict[Place, Card] = {}
        self._order: list[Place] = []  # the newest
        self._ranked: Ranked | None = None
        self._later: set[Place] = set()
        self._others: dict[Place, CodeId] = {}  # accepted with another code
        self._leaving: Sequence[Place] = ()  # what an act was for, until it shows
        self._explained: Proposal | None = None
        self._gone: dict[Place, int] = {}  # decided passages that sorting anew took away, with the rows they had
        self.list = CodeList()
        self.detail = CodeDetail()
        self.passages = self.detail.list
        self.popup = CodePopup(self)
        self.sides = Sides(self._press)
        self.sides.side_column.addWidget(self.list, 1)
        self.sides.right.addWidget(self.detail)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.sides)
        self._connect()
        self._say_empty()

    def _connect(self) -> None:
        self.asking.ranked.connect(self._ordered)
        self.asking.measured.connect(self._measured)
        self.asking.changed.connect(self._say_empty)
        self.list.chosen.connect(self._choose)
        self.list.entered_passages.connect(lambda: self.passages.setFocus(Qt.FocusReason.OtherFocusReason))
        self.detail.wanted.connect(self._letter)
        self.detail.refresh_wanted.connect(self.refresh_order)
        self.detail.why.opened.connect(self._read)
        self.detail.why.left.connect(lambda: self.passages.setFocus(Qt.FocusReason.OtherFocusReason))
        self.passages.read.connect(self._read)
        self.passages.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.passages.moved.connect(self._say_why)
        self.passages.taken_in.connect(self._say_outdated)
        self.passages.cards.wanted.connect(self._more)
        self.popup.chosen.connect(lambda code: self._accept(CodeId(code)))
        self.runner.opened.connect(self.forget)
        self.runner.closed.connect(self.forget)

    # -- what the page asks ------------------------------------------------------------------------------------------

    def areas(self) -> list[QWidget]:
        if self.sides.is_empty:
            return [self.sides.empty.button]
        return [self.list, self.passages, self.detail.why.near, self.detail.foot]

    def hints(self) -> list[tuple[str, str]]:
        return [
            (_("A"), _("accept")), (_("R"), _("dismiss")), (_("L"), _("later")), (_("C"), _("another code")),
            (_("W"), _("why")), (_("Ctrl+Enter"), _("read in context")), (_("Space"), _("tick")), (_("F5"), _("refresh order")),
        ]  # fmt: skip

    def refresh(self) -> None:
        self._reread()

    def on_change(self, change: Change) -> None:
        if change.touches(
            "coding", "segment", "code", "passed_over", "source", "turn", "speaker", "study_case", "coder"
        ):
            self._reread()

    def forget(self, _info: object = None) -> None:
        self.asking.stop()
        self._has_started = False
        self.forget_codings()

    def forget_codings(self) -> None:
        self.standing, self.code = Standing(), None
        self._honesty, self._asked_on, self._measured_on = {}, {}, {}
        self._forget_passages()
        self.list.show_rows([])
        self.detail.show_nothing()
        self._say_empty()

    def _forget_passages(self) -> None:
        self._proposals, self._cards, self._order, self._ranked = {}, {}, [], None
        self._later, self._others, self._gone, self._leaving, self._explained = set(), {}, {}, (), None

    @property
    def is_working(self) -> bool:
        return self.asking.is_working and not self._proposals

    def start(self) -> None:
        self._has_started = True
        self._say_empty()
        self._reread()

    def renew(self) -> None:
        self.refresh_order()

    def cancel(self) -> None:
        self.asking.stop()
        self._has_started = bool(self._proposals)
        self._say_empty()

    def take(self, what: object) -> None:
        """Show the passages proposed for a code (its id)."""
        if isinstance(what, int):
            self.code = CodeId(what)
            self._forget_passages()
            self.start()

    # -- what the project says ---------------------------------------------------------------------------------------

    def _reread(self) -> None:
        code, places, has_started = self.code, frozenset(self._proposals), self._has_started
        self.runner.ask(lambda p: stand(p, code, places, has_started=has_started), self._stands, key=(self, "standing"))

    def _stands(self, standing: Standing) -> None:
        self.standing = standing
        if self.code not in standing.offered:
            self.code = None
            self._forget_passages()
        if self._has_started and self.code is None:
            self.code = max(standing.offered, key=lambda code: (standing.examples.get(code, 0), -code), default=None)
            self.detail.show_code(standing.tree[self.code].name if self.code is not None else "")
        self._drop_corrected()
        self._show_codes()
        self._say_decided()
        if self._has_started and self.code is not None:
            self.asking.rank(self.code, max(PAGE, len(self._order)))
            self._measure()
        self._say_empty()

    def _measure(self) -> None:
        """How good the proposals are: of the code that is looked at first, and again of each whose codings are others by now."""
        bases = {code: (basis, self.standing.talk) for code, basis in self.standing.bases.items()}
        if not self.asking.is_measuring:  # what was stopped, or failed, is asked for again
            self._asked_on = {}
        known = self._measured_on | self._asked_on
        wanted = [r.code for r in self.list.rows_.rows if known.get(r.code) != bases.get(r.code)]
        self._asked_on |= {code: bases[code] for code in wanted if code in bases}
        self.asking.measure([code for code in wanted if code != self.code])
        self.asking.measure([code for code in wanted if code == self.code], first=True)

    def _drop_corrected(self) -> None:
        """What was found in a text that was corrected since goes: it is found anew where its words stand now."""
        gone = {place for place, proposal in self._proposals.items() if self.standing.is_gone(proposal)}
        if not gone:
            return
        for known in (self._proposals, self._cards, self._others, self._gone):
            for place in gone & known.keys():
                del known[place]
        self._order = [place for place in self._order if place not in gone]
        self._later -= gone
        self._leaving = ()
        self.passages.forget_order()
        rows = [card for card in self.passages.cards.cards() if _place(card) not in gone]
        self.passages.show_rows(rows, keep=True, ticked={card.key for card in self.passages.cards.checked_cards()})

    def _show_codes(self) -> None:
        rows = code_rows(self.standing.tree, self.standing.offered, self.standing.examples, self._honesty)
        self.list.blockSignals(True)
        self.list.show_rows(rows)
        at = next((n for n, row in enumerate(rows) if row.code == self.code), -1)
        if at >= 0:
            self.list.setCurrentIndex(self.list.rows_.index(at))
        self.list.blockSignals(False)
        if self.code is not None:
            self.detail.title.setText(self.standing.tree[self.code].name)
        self.detail.show_honesty(self._honesty.get(self.code) if self.code is not None else None)

    def _say_decided(self) -> None:
        """What was made of the passages shown, in their rows; one that is open again after sorting anew comes back."""
        for at, card in enumerate(self.passages.cards.cards()):
            now = self._told(card, _place(card))
            if now != card:
                self.passages.cards.put(at, now)
        for place, at in sorted(self._gone.items(), key=lambda item: item[1]):
            if not self._became(place):
                del self._gone[place]
                self.passages.bring_back(min(at, self.passages.cards.rowCount()), self._card(place))
        self._say_outdated()
        self._go_on()

    def _go_on(self) -> None:
        """On to the next passage, once the project says that those which an act was for are decided."""
        if self._leaving and all(self._became(place) for place in self._leaving):
            self._leaving = ()
            self.passages.go_on()

    def _decided(self, place: Place) -> str:
        return "" if self.code is None else self.standing.became(place, self.code, self._others.get(place))

    def _became(self, place: Place) -> str:
        return self._decided(place) or (_("For later") if place in self._later else "")

    def _card(self, place: Place) -> Card:
        card = self._cards[place]
        extra = in_short(self._proposals[place]) if place in self._proposals else card.extra
        return replace(self._told(card, place), extra=extra)

    def _told(self, card: Card, place: Place) -> Card:
        """The card with what was made of its passage."""
        became = self._became(place)
        is_coded = bool(became) and place not in self._later and place not in self.standing.passed_over
        return replace(card, became=became, tone="ok" if is_coded else "text2")

    # -- what the machine says ---------------------------------------------------------------------------------------

    def _choose(self, row: CodeRow | None) -> None:
        if row is None or row.code == self.code:
            return
        self.code = row.code
        self._forget_passages()
        self.detail.show_code(row.name)
        self.detail.show_honesty(self._honesty.get(row.code))
        self.standing = replace(self.standing, coded=frozenset(), passed_over=frozenset())  # of the other code
        if self._has_started:
            self._reread()

    def _more(self) -> None:
        """The list was scrolled to its end."""
        if self.code is not None:
            self.asking.rank(self.code, len(self._order) + PAGE)

    def _ordered(self, ranked: Ranked) -> None:
        if ranked.code != self.code:
            return
        if ranked.code in self._honesty:
            ranked = with_chances(ranked, self._honesty[ranked.code])
        self._ranked = ranked
        for proposal in ranked.proposals:
            self._proposals[(proposal.source, proposal.span)] = proposal
        new = [proposal for proposal in ranked.proposals if (proposal.source, proposal.span) not in self._cards]
        self.runner.ask(lambda p: cards_for(p, new), lambda cards: self._carded(ranked, cards), key=(self, "cards"))

    def _carded(self, ranked: Ranked, cards: list[Card]) -> None:
        if ranked.code != self.code:
            return
        self._cards |= {_place(card): card for card in cards}
        places = [(proposal.source, proposal.span) for proposal in ranked.proposals]
        self._order = [place for place in places if place in self._cards and not self._decided(place)]
        self.detail.show_order(ranked)
        rows = [self._card(place) for place in sorted_anew(self._order, self._later)]
        is_more = len(ranked.proposals) < ranked.candidates
        if len(self.passages.cards):
            self.passages.take_in(rows, is_more=is_more)
        else:
            self.passages.show_rows(rows, is_more=is_more)
            self.passages.choose_first()
        self.detail.say_whether_empty()
        self._say_outdated()
        self._say_why()
        self._say_empty()

    def _measured(self, honesty: Honesty) -> None:
        self._honesty[honesty.code] = honesty
        self._measured_on[honesty.code] = self._asked_on.get(honesty.code)
        if honesty.code == self.code:
            self._tell_chances(honesty)
        self._show_codes()

    def _tell_chances(self, honesty: Honesty) -> None:
        """How often such passages were right, in the rows that are shown and in those to come."""
        for place, proposal in self._proposals.items():
            self._proposals[place] = replace(proposal, chance=honesty.chance(proposal.score))
        for at, card in enumerate(self.passages.cards.cards()):
            if _place(card) in self._proposals:
                now = replace(card, extra=in_short(self._proposals[_place(card)]))
                if now != card:
                    self.passages.cards.put(at, now)

    def refresh_order(self) -> None:
        """Sort everything anew; what was decided goes, what was put off comes last."""
        shown = self.passages.cards.cards()
        self._gone |= {
            _place(card): at for at, card in enumerate(shown) if card.became and _place(card) not in self._later
        }
        self.passages.forget_order()
        rows = [self._card(place) for place in sorted_anew(self._order, self._later)]
        self.passages.show_rows(rows, is_more=self._ranked is not None and len(self._order) < self._ranked.candidates)
        self.passages.choose_first()
        self.detail.say_whether_empty()
        self._say_outdated()

    def _say_outdated(self) -> None:
        shown = [_place(card) for card in self.passages.cards.cards()[: self.passages.fixed()]]
        decided = {place for place in shown if self._became(place)}
        self.detail.refresh.setVisible(
            bool(shown) and is_outdated(shown, sorted_anew(self._order, self._later), decided)
        )

    # -- why -----------------------------------------------------------------------------------------------------------

    def _say_why(self) -> None:
        card = self.passages.current_card()
        proposal = self._proposals.get(_place(card)) if card is not None else None
        if proposal is not None and self._explained is not None and proposal.why == self._explained.why:
            return  # what is read is not taken away and put back after each act
        self._explained = proposal
        if proposal is None:
            self.detail.why.show_nothing()
            return
        self.detail.why.show_proposal(proposal)
        nearest = self.detail.why.evidence(proposal)
        self.runner.ask(lambda p: cards_of_evidence(p, nearest), self.detail.why.show_near, key=(self, "near"))

    # -- what the person does ------------------------------------------------------------------------------------------

    def chosen(self) -> list[Place]:
        """The passages ticked, or the current one; none of them is decided yet."""
        ticked = self.passages.cards.checked_cards()
        current = self.passages.current_card()
        cards = ticked or ([current] if current is not None else [])
        return [_place(card) for card in cards if not card.became or _place(card) in self._later]

    def _letter(self, letter: str) -> None:
        card = self.passages.current_card()
        if letter == "o" and card is not None:
            self._read(card)
        elif letter == "w":
            self.detail.why.near.setFocus(Qt.FocusReason.OtherFocusReason)
        elif letter in ("a", "r", "l", "c"):
            if not self.chosen():
                self.say.emit(_("Choose a passage that nothing was made of yet."), False)
            elif letter == "c":
                self.popup.open_under(self.detail.other, self.standing.tree, {}, None, to_code_with=True)
            else:
                {"a": self._accept, "r": self._dismiss, "l": self._put_off}[letter]()

    def _accept(self, other: CodeId | None = None) -> None:
        places = self.chosen()
        proposals = [self._proposals[place] for place in places]
        if other == self.code:
            other = None
        if other is not None:
            self._others |= dict.fromkeys(places, other)
        self._later -= set(places)
        self.runner.do(lambda p: p.proposed_codes.accept(proposals, other), lambda change: self._done(change, places))

    def _dismiss(self) -> None:
        places = self.chosen()
        proposals = [self._proposals[place] for place in places]
        self._later -= set(places)
        self.runner.do(lambda p: p.proposed_codes.dismiss(proposals), lambda change: self._done(change, places))

    def _put_off(self) -> None:
        places = self.chosen()
        self._later |= set(places)
        self._say_decided()
        self.say.emit(
            ngettext("Put off for later", "Put off {n} passages for later", len(places)).format(n=len(places)), False
        )
        self.passages.go_on()

    def _done(self, change: Change, places: Sequence[Place]) -> None:
        self.say.emit(change.said, True)
        self._leaving = places
        self._go_on()

    def _read(self, card: Card) -> None:
        self.read.emit(card.source, card.span)

    # -- the one sentence ----------------------------------------------------------------------------------------------

    def _press(self) -> None:
        if self.is_working:
            self.cancel()
        else:
            self.start()

    def _say_empty(self) -> None:
        if self.is_working and not len(self.passages.cards):
            sentence = _("Reading all transcripts. You can go on working elsewhere meanwhile.")
            button = _("Cancel")
        elif (
            self._has_started
            and not self.standing.offered
            and self.standing.tree is not None
            and len(self.standing.tree)
        ):
            sentence, button = _("There is no code that passages can be proposed for."), ""
        else:
            sentence = _(
                "The program can learn from what you have coded and propose which other passages belong to each code, with the "
                "reasons and with how many of its proposals to expect to be right. Nothing is coded until you say so."
            )
            button = _("Suggest passages")
        self.sides.empty.set_sentence(sentence)
        self.sides.empty.button.setText(button)
        self.sides.empty.button.setVisible(bool(button))
        self.sides.show_empty(
            self._ranked is None and not (self._has_started and self.list.rows_.rows and not self.is_working)
        )
        self.changed_count.emit()


def _place(card: Card) -> Place:
    return card.source, card.span
