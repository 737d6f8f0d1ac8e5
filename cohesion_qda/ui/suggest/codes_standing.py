"""What the project says about the codes and passages that the Codes tab shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.proposal import Proposal, bases
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.text import Span
from cohesion_qda.ui.retrieve.cards import Card, cards_of_evidence
from cohesion_qda.ui.suggest.why import marks

if TYPE_CHECKING:
    from cohesion_qda.project import Project

Place = tuple[SourceId, Span]
_PLACE, _CODE = itemgetter(1, 2, 3), itemgetter(4)  # of a row of codings; they run without Python's loop


@dataclass(frozen=True, slots=True)
class Standing:
    """The codes that can be proposed, how many passages each has to be learnt from, and on what its honesty hangs (`bases`); which of
    the places asked about are coded, and with what; and which were passed over for the code asked about. `contents` gives of
    each source the hash of its text and `talk` the stamp of all talk, both where anything was found in it.
    """

    tree: CodeTree = field(default_factory=CodeTree)
    offered: frozenset[CodeId] = frozenset()
    examples: Mapping[CodeId, int] = field(default_factory=dict)
    coded: frozenset[tuple[Place, CodeId]] = frozenset()
    passed_over: frozenset[Place] = frozenset()
    bases: Mapping[CodeId, Hashable] = field(default_factory=dict)
    contents: Mapping[SourceId, str] = field(default_factory=dict)
    talk: str = ""

    def is_gone(self, proposal: Proposal) -> bool:
        """Whether the text that it was found in is another one by now."""
        return bool(proposal.of) and proposal.of != self.contents.get(proposal.source)

    def became(self, place: Place, code: CodeId, other: CodeId | None) -> str:
        """What was made of a passage that was proposed for `code`, perhaps of `other` in its place; empty for nothing yet."""
        for candidate in (code, other):
            if candidate is not None and (place, candidate) in self.coded and candidate in self.tree:
                return _("Coded as {code}").format(code=self.tree[candidate].name)
        return _("Dismissed") if place in self.passed_over else ""


def stand(
    project: Project, code: CodeId | None = None, places: Collection[Place] = (), *, has_started: bool = False
) -> Standing:
    """Read it; of the talk only where it was looked through. Runs on the project thread; grows with the codings, once after each act."""
    coded, asked = project.proposed_codes.coded(), set(places)
    examples = Counter(map(_CODE, coded.codings))
    rows = {(source, span.start, span.end) for source, span in asked}
    here = {
        ((SourceId(row[1]), Span(row[2], row[3])), CodeId(row[4]))
        for row in coded.codings
        if rows and _PLACE(row) in rows
    }
    passed = {(SourceId(source), Span(start, end)) for source, start, end, of in coded.passed_over if of == code}
    offered = frozenset(described.code for described in coded.codes if described.is_offered)
    contents, stamp = {}, ""
    if has_started:
        talk = project.suggestions.hearing.talk()
        contents, stamp = talk.contents, talk.stamp
    return Standing(
        project.codebook.tree(), offered, examples, frozenset(here), frozenset(passed & asked), bases(coded), contents, stamp
    )  # fmt: skip


def cards_for(project: Project, proposals: Sequence[Proposal]) -> list[Card]:
    """Proposals as cards, in their order, without those of texts that were removed or corrected meanwhile. Runs on the project thread."""
    contents = project.suggestions.hearing.talk().contents
    there = [p for p in proposals if p.source in contents and p.of in ("", contents[p.source])]
    cards = cards_of_evidence(project, [Evidence(p.source, p.span, p.score) for p in there])
    return [dressed(card, proposal) for card, proposal in zip(cards, there, strict=True)]


def dressed(card: Card, proposal: Proposal) -> Card:
    """A card with the words that speak for it marked, and how often such passages were right."""
    from dataclasses import replace

    return replace(card, marks=marks(card.quote, proposal.why), extra=in_short(proposal))


def in_short(proposal: Proposal) -> str:
    """What stands on the card: never empty, so that it is as high as one on which something was decided."""
    if proposal.why.by_definition:
        return _("by the definition alone")
    if proposal.chance is None:
        return _("suggested")
    return _("about {n} of 10 like it were right").format(n=round(10 * proposal.chance))
