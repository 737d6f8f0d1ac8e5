"""What the project knows of key terms, and how a term is told in the list."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model import termwords
from cohesion_qda.model.selection import ALL
from cohesion_qda.model.suggestion import Evidence, TermSuggestion
from cohesion_qda.model.text import Span
from cohesion_qda.ui.retrieve.cards import Card
from cohesion_qda.ui.suggest.selecting import Offering, offering_of
from cohesion_qda.ui.suggest.term_choice import TermsWish
from cohesion_qda.ui.suggest.term_rows import Bar, TermRow

if TYPE_CHECKING:
    from cohesion_qda.project import Project


@dataclass(frozen=True, slots=True)
class Standing:
    """What the project knows: what can be chosen, what was dismissed, the codes made of terms by key; `talk` is another one
    when the talk is, and `known` when anything is that talk can be chosen by beside codes and groups: what sources and people
    are, and what their talk answers.
    """

    offering: Offering = field(default_factory=Offering)
    dismissed: frozenset[str] = frozenset()
    coded: Mapping[str, str] = field(default_factory=dict)
    talk: str = ""
    known: Hashable = ""
    here: str = ""  # what is looked for, in words
    there: str = ""

    def stamp(self, wish: TermsWish) -> tuple[object, ...]:
        """Another one when what was found for `wish` may be out of date; its last is `known` where that matters."""
        against = wish.against or ALL
        codes = (*wish.selection.codes, *against.codes)
        known = self.known if wish.by or wish.selection.where or against.where else ""
        return self.talk, *(self.offering.mentions.get(code) for code in codes), known


def stand(project: Project, wish: TermsWish, only: str | None) -> Standing:
    """Read it. Runs on the project thread."""
    offering, verbs = offering_of(project, only), project.key_terms
    still, talk, data = wish.still(offering), project.suggestions.hearing.talk(), project.tables.study()
    known = talk.about.stamp, hash(tuple(fact.name for fact in talk.sources)), hash(data.sections)
    return Standing(
        offering, frozenset(project.suggestions.dismissed()), project.key_terms.coded(), talk.stamp, known,
        verbs.named(still.selection), "" if still.against is None else verbs.named(still.against),
    )  # fmt: skip


def row_of(term: TermSuggestion, became: str, heading: str, largest: float) -> TermRow:
    """A term as it is listed; `largest` is the largest share in any part of the talk that is listed."""
    bars = [Bar(term.share, termwords.widely(term.count, term.base))]
    if term.rest_base.mentions:
        bars.append(Bar(term.rest_share, termwords.widely(term.rest, term.rest_base), is_other=True))
    parts = tuple(part.value / largest for part in term.parts)
    return TermRow(row_key(term), term.term, tuple(bars), heading, parts, became, _about(term))


def row_key(term: TermSuggestion) -> str:
    """What tells a row from the others."""
    return f"{term.direction} {term.key}"


def _about(term: TermSuggestion) -> str:
    """How widely and how often a term was said, in words."""
    times = ngettext("{n} time", "{n} times", term.count.mentions).format(n=term.count.mentions)
    widely = termwords.widely(term.count, term.base)
    if term.parts:
        parts = "; ".join(termwords.shares(term))
        return _("{widely}, {times}. {parts}").format(widely=widely, times=times, parts=parts)
    if not term.rest_base.mentions:
        return _("{widely}, {times}").format(widely=widely, times=times)
    return _("Here {widely}, {times}; on the other side {rest}").format(
        widely=widely, times=times, rest=termwords.widely(term.rest, term.rest_base)
    )


def marked(card: Card, evidence: Evidence) -> Card:
    """The card with the term brought out."""
    start = evidence.span.start
    return replace(card, marks=tuple(Span(mark.start - start, mark.end - start) for mark in evidence.marks))
