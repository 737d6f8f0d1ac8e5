"""Key terms: what sets some talk apart from other talk, and what unites all of it; every term opens its passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model import termwords
from cohesion_qda.model.answer import Answer
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.selection import ALL, Selection
from cohesion_qda.model.suggestion import Evidence, FoundTerms, TermSuggestion
from cohesion_qda.ui.retrieve.cards import Card, cards_of_evidence
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest.assistant import Asked, assistant_of
from cohesion_qda.ui.suggest.detail import Detail
from cohesion_qda.ui.suggest.lines import LinesPanel
from cohesion_qda.ui.suggest.sides import Sides
from cohesion_qda.ui.suggest.tab import Tab
from cohesion_qda.ui.suggest.table_taking import TableTaking
from cohesion_qda.ui.suggest.term_choice import TermsBar, TermsWish
from cohesion_qda.ui.suggest.term_rows import TermList, TermRow
from cohesion_qda.ui.suggest.term_standing import Standing, marked, row_key, row_of, stand
from cohesion_qda.ui.suggest.term_words import WordLinks
from cohesion_qda.ui.widgets import Label, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project


class TermsTab(Tab):
    """The chips over a list of terms, and the passages of the one that is chosen."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.wish, self.standing, self.found = TermsWish(), Standing(), FoundTerms()
        self._has_run = False
        self._computed_on: tuple[object, ...] = ()
        self._asked: Asked | None = None
        self._later: set[str] = set()
        self._shown = ""  # the key of the term whose passages are shown
        self._opposed = 0
        self.copy_button = QuietButton(_("Copy as table"), "", self.copy_table)
        self.taking = TableTaking(runner, self.say.emit, self)
        self.bar = TermsBar()
        self.bar.wanted.connect(self.look_for)
        self.sides = Sides(self._press)
        self.empty, self.banner = self.sides.empty, self.sides.banner
        self.list = TermList()
        self.list.chosen.connect(self._choose)
        self.list.lettered.connect(self._letter)
        self.explained = Label("", "meta", "text2")
        self.notes = Label("", "meta", "warn")
        for label in (self.explained, self.notes):
            label.setWordWrap(True)
            label.setContentsMargins(24, 0, 12, 0)
        for part in (self.notes, self.list, self.explained):
            self.sides.side_column.addWidget(part, 1 if part is self.list else 0)
        self.lines = LinesPanel(runner)
        self.lines.read.connect(self.read)
        self.lines.say.connect(self.say)
        self.lines.left.connect(self._hide_lines)
        self.lines.hide()
        self.detail = self._make_detail()
        self.sides.right.addWidget(self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.sides, 1)
        column.addWidget(self.lines)
        runner.opened.connect(self.forget)
        runner.closed.connect(self.forget)
        self._show()

    def _make_detail(self) -> Detail:
        detail = Detail(makes_codes=False)
        detail.read.connect(lambda card: self.read.emit(card.source, card.span))
        detail.lettered.connect(self._letter)
        detail.add_to.connect(self._add_to)
        detail.dismissed.connect(self._dismiss)
        detail.later.connect(self._put_off)
        detail.refused.connect(lambda reason: self.say.emit(reason, False))
        self.words = WordLinks(self.runner, self._reworded)
        self.words.wants_lines.connect(self._show_lines)
        detail.layout().insertWidget(1, self.words)
        self.list.entered_passages.connect(lambda: detail.list.setFocus(Qt.FocusReason.OtherFocusReason))
        detail.list.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        return detail

    # -- what the page asks --------------------------------------------------------------------------------------------

    def areas(self) -> list[QWidget]:
        parts = [self.list if self.list.terms.rows else self.bar.kind, self.bar, self.detail.list, self.detail.foot]
        return [*parts, *(self.lines.areas() if self.lines.isVisible() else ())]

    def hints(self) -> list[tuple[str, str]]:
        return [
            (_("A"), _("code")), (_("R"), _("dismiss")), (_("L"), _("later")), (_("E"), _("every line")), (_("X"), _("leave the word out")),
            (_("Enter"), _("passages")),
        ]  # fmt: skip

    def header_actions(self) -> list[QWidget]:
        return [self.copy_button, self.taking.button]

    def again(self) -> str:
        return _("Find again") if self._has_run else ""

    def take(self, what: object) -> None:
        if isinstance(what, Selection):
            self.look_for(replace(self.wish, selection=what))

    # -- computing -----------------------------------------------------------------------------------------------------

    def look_for(self, wish: TermsWish) -> None:
        """Look for this."""
        if wish.kind == "unites" and wish.by is None and len(self.standing.offering.groups) < 2:
            names = self.standing.offering.offer.choices.attributes
            wish = replace(wish, by=next((name for name, _about, values in names if len(values) > 1), None))
        self.wish = wish
        self.bar.show_wish(wish, self.standing.offering)
        self.refresh()
        if wish.is_whole:
            self.found, self._has_run = FoundTerms(), False
            self._show()
        else:
            self.start()

    def start(self) -> None:
        from cohesion_qda.analysis import worker

        self.cancel()
        functions = {"most": worker.widest, "apart": worker.terms, "unites": worker.unites}
        wish, only = self.wish, self.runner.only_coder
        asked_on: list[Standing] = []

        def question(project: Project) -> tuple[object, ...]:
            asked_on[:] = [stand(project, wish, only)]
            return wish.still(asked_on[0].offering).question(project)

        def arrived(found: FoundTerms) -> None:
            self._computed_on = asked_on[0].stamp(wish)
            self._arrived(found)

        self._asked = assistant_of(self.runner).ask(
            _("Finding key terms"), functions[wish.kind], question, arrived,
            stopped=self._stopped, key=(self, "terms"),
        )  # fmt: skip
        if self._asked.is_answered:  # the answer was there at once
            self._asked = None
        self._show()

    def _arrived(self, found: FoundTerms) -> None:
        self._asked, self._has_run, self.found = None, True, found
        at = QApplication.focusWidget()
        self._shown = ""
        self.refresh()
        if self.isVisible() and (at is None or at is self.empty.button) and self.list.terms.rows:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stopped(self) -> None:
        self._asked = None
        self._show()

    @property
    def is_working(self) -> bool:
        return self._asked is not None

    def cancel(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self._stopped()

    def _press(self) -> None:
        self.cancel() if self.is_working else self.start()

    # -- showing -------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        wish, only = self.wish, self.runner.only_coder
        self.runner.ask(lambda project: stand(project, wish, only), self._stands, key=(self, "standing"))

    def on_change(self, change: Change) -> None:
        self.refresh()
        if self.lines.isVisible():
            self.lines.refresh()

    def forget(self, _info: object = None) -> None:
        self.wish = TermsWish()
        self.forget_codings()

    def forget_codings(self) -> None:
        self.cancel()
        self.standing, self.found, self._has_run, self._computed_on = Standing(), FoundTerms(), False, ()
        self._later.clear()
        self.lines.clear()
        self.lines.hide()
        self._shown = ""
        self._show()

    def _stands(self, standing: Standing) -> None:
        self.standing = standing
        self.wish = self.wish.still(standing.offering)
        self.detail.show_codes(standing.offering.offer.tree)
        self._show()

    def _show(self) -> None:
        self.bar.show_wish(self.wish, self.standing.offering)
        self.list.show_rows(self._rows())
        now = self.standing.stamp(self.wish)
        is_stale = self._has_run and self._computed_on != now
        is_stale = is_stale and not self.is_working and bool(self.standing.talk)
        self.banner.setVisible(is_stale)
        if is_stale:
            is_known = self._computed_on[:-1] == now[:-1]
            self.banner.show_message(
                "caution",
                _("What is known of the sources or the people has changed since these were found.")
                if is_known
                else _("The talk, or what is coded, has changed since these were found."),
                _("Find them again to take the changes in."),
            )
        self.explained.setText(termwords.how_found(self.found) if self._has_run else "")
        self.notes.setText("\n".join(termwords.notes(self.found)))
        self.notes.setVisible(bool(self.notes.text()))
        self._say_empty()
        nothing = "" if self.list.terms.rows else _("There are no terms to copy")
        self.copy_button.disable(nothing)
        self.taking.offer(None if nothing else self._answer())
        self.changed_count.emit()

    def _say_empty(self) -> None:
        self.empty.button.show()
        self.sides.show_empty(not self.list.terms.rows or self.is_working)
        if self.is_working:
            self.empty.set_sentence(_("Reading all transcripts. You can go on working elsewhere meanwhile."))
            self.empty.button.setText(_("Cancel"))
        elif self._has_run:
            said = termwords.nothing(self.found) or _("You have dismissed every term that was found here.")
            self.empty.set_sentence("\n".join([said, *termwords.notes(self.found)]))
            self.empty.button.hide()
        else:
            self.empty.button.setText(_("Find key terms"))
            self.empty.button.setVisible(not self.wish.is_whole)
            self.empty.set_sentence(
                _("Choose above whose talk to look at: a code, a group, a question, a place.")
                if self.wish.is_whole
                else _(
                    "The program can list the words and phrases that most people used, that set some talk apart from other talk, or that unite "
                    "all groups, each with how many people and groups said it. Choose above what to look at."
                )
            )

    def _rows(self) -> list[TermRow]:
        rows: list[TermRow] = []
        largest = max((part.value for term in self.found.terms for part in term.parts), default=1.0)
        for heading, terms in self._lists():
            kept = [term for term in terms if term.key not in self.standing.dismissed]
            rows += [
                row_of(term, self._became(term), heading if n == 0 else "", largest) for n, term in enumerate(kept)
            ]
        return rows

    def _lists(self) -> list[tuple[str, Sequence[TermSuggestion]]]:
        if self.found.parts:
            return [(_("What unites them"), self.found.terms)]
        if not self.found.rest_base.mentions:
            return [(_("What most people said"), self.found.terms)]
        here, there = self.standing.here, self.standing.there or _("the rest")
        return [
            (_("Said more in: {talk}").format(talk=here), self.found.terms),
            (_("Said more in: {talk}").format(talk=there), self.found.against),
        ]

    def _became(self, term: TermSuggestion) -> str:
        """What was made of a term; nothing yet when empty."""
        code = self.standing.coded.get(term.key)
        if code:
            return _("Coded as {code}").format(code=code)
        return _("For later") if term.key in self._later else ""

    def current(self) -> TermSuggestion | None:
        """The term that is shown."""
        row = self.list.current()
        every = (*self.found.terms, *self.found.against)
        return next((term for term in every if row is not None and row_key(term) == row.key), None)

    def _choose(self, row: TermRow | None) -> None:
        term = self.current()
        self.words.show_term("" if term is None else term.term)
        if row is None or term is None:
            self._shown = ""
            self.detail.show_nothing()
            return
        if self._shown == row.key:
            self.detail.say_became(row.became)
            return
        self._shown = row.key
        self.detail.show_proposal(row.title, "", row.about, row.became)
        passages = term.passages
        self.runner.ask(
            lambda project: _cards(project, passages), lambda found: self._cards_arrived(*found), key=(self, "passages")
        )

    def _cards_arrived(self, evidence: list[Evidence], cards: list[Card]) -> None:
        self.detail.show_passages([marked(card, p) for card, p in zip(cards, evidence, strict=True)], evidence)

    # -- what the person does ------------------------------------------------------------------------------------------

    def _letter(self, letter: str) -> None:
        {
            "e": self._show_lines,
            "a": self.detail.accept, "r": self._dismiss, "l": self._put_off, "x": self.words.leave_out, "m": self.words.ask_merge,
        }[letter]()  # fmt: skip

    def _add_to(self, code: int) -> None:
        term, chosen = self.current(), self.detail.chosen_evidence()
        if term is not None and chosen:
            key = term.key
            self.runner.do(
                lambda project: project.suggestions.accept_passages(key, CodeId(code), chosen), self._accepted
            )

    def _accepted(self, change: Change) -> None:
        self.say.emit(change.said, True)
        self.detail.list.cards.tick_all(False)

    def _dismiss(self) -> None:
        term = self.current()
        if term is not None:
            key, name = term.key, term.term
            self.runner.do(
                lambda project: project.suggestions.dismiss(key, name), lambda change: self.say.emit(change.said, True)
            )

    def _put_off(self) -> None:
        row = self.list.current()
        term = self.current()
        if row is not None and term is not None:
            self._later.add(term.key)
            self._show()

    def _show_lines(self) -> None:
        """Every line with the term, on the side it sets apart."""
        term = self.current()
        if term is not None:
            other = self.wish.against or ALL
            self.lines.show()
            self.lines.show_word(term.term, other if term.direction < 0 else self.wish.selection)

    def _hide_lines(self) -> None:
        self.lines.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy_table(self) -> None:
        """Put what was found on the clipboard, as a table with its denominators and how it was found."""
        self.runner.ask(self._answer(), self._copied, key=(self, "copy"))

    def _answer(self) -> Callable[[Project], Answer]:
        """What was found and not dismissed, as tables."""
        found, wish = self.found.without(self.standing.dismissed), self.wish
        return lambda project: project.key_terms.answer(found, wish.selection, wish.against)

    def _copied(self, answer: Answer) -> None:
        from cohesion_qda.report import files

        last = answer.parts[-1]
        tables = [files.clipboard(part, answer.made if part is last else None) for part in answer.parts]
        titles = [part.title for part in answer.parts]
        data = QMimeData()
        data.setText("\n\n".join(f"{title}\n{text}" for title, (text, _html) in zip(titles, tables, strict=True)))
        data.setHtml("<br>".join(html for _text, html in tables))
        QGuiApplication.clipboard().setMimeData(data)
        self.say.emit(_("Copied as a table, with every number. Paste it into a document or spreadsheet."), False)

    def _reworded(self, change: Change) -> None:
        """A word was left out, or counted as one with another: what was found is found anew."""
        self.say.emit(change.said, True)
        self.start()


def _cards(project: Project, passages: Sequence[Evidence]) -> tuple[list[Evidence], list[Card]]:
    """Passages where they stand now, without those whose words were corrected, and their cards."""
    placed = project.suggestions.placed(passages)
    return placed, cards_of_evidence(project, placed)
