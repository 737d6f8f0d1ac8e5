"""Verbs on codes that the machine proposes for what is not coded yet: rank, accept, pass over, and say how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.proposal import Coded, Described, Honesty, Proposal, Ranked, with_chances
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import Span
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.places import Placing, worded
from cohesion_qda.project.session import Session
from cohesion_qda.project.tables import study_data
from cohesion_qda.store import codings, passed_over

if TYPE_CHECKING:
    from cohesion_qda.analysis.heard import Heard
    from cohesion_qda.analysis.proposals import Ranker
    from cohesion_qda.project.suggestions import Suggestions

NUMBER = 25
CODES = 5


class ProposedCodes:
    """`project.proposed_codes`. Nothing is proposed that a moderator said, that has the code already, or that was passed over for
    it. Codings that may not be seen are neither learnt from nor given away.
    """

    def __init__(self, session: Session, suggestions: Suggestions) -> None:
        self._s = session
        self._suggestions = suggestions
        self._ready: tuple[Heard, Ranker] | None = None
        self._coded: tuple[StudyData, Coded] | None = None

    # -- proposing -----------------------------------------------------------------------------------------------------

    def coded(self) -> Coded:
        """What is learnt from, as it is now; the same object until any of it changes."""
        data = study_data(self._s)
        passed = passed_over.rows(self._s.db, self._s.whose())
        if self._coded is None or self._coded[0] is not data or self._coded[1].passed_over != passed:
            self._coded = data, Coded(described(data.codes), data.codings, passed)
        return self._coded[1]

    def ranked(
        self, code: CodeId, number: int = NUMBER, *, branch: bool = False, chances: bool = False, job: Job | None = None
    ) -> Ranked:
        """The `number` likeliest passages for a code (with `branch`, for it and those under it), the likeliest first; with
        `chances` each with the share of such passages that was right (it takes longer). Raises NotFound and Cancelled.
        """
        self._s.code_name(code)
        coded, ranker = self.coded(), self._ranker(job)
        found = ranker.ranked(coded, code, number, branch=branch)
        return with_chances(found, ranker.honesty(coded, [code], branch=branch, job=job)[0]) if chances else found

    def for_place(
        self, source: SourceId, span: Span, number: int = CODES, job: Job | None = None
    ) -> tuple[Proposal, ...]:
        """The likeliest codes for a passage, without those it has. Raises BadInput where there are no words, and NotFound."""
        place = worded(self._s, source, span)
        return self._ranker(job).codes_for(self.coded(), source, place, number)

    def honesty(
        self, codes: Sequence[CodeId] | None = None, *, branch: bool = False, job: Job | None = None
    ) -> tuple[Honesty, ...]:
        """How far the proposals of some codes can be trusted, or of all that are offered for coding, measured on codings held
        back. Raises NotFound and Cancelled.
        """
        for code in codes or ():
            self._s.code_name(code)
        return self._ranker(job).honesty(self.coded(), codes, branch=branch, job=job)

    def evaluate(self, job: Job | None = None) -> tuple[Honesty, ...]:
        """The honesty of every code that is offered for coding, in the order of the codebook."""
        return self.honesty(None, job=job)

    def _ranker(self, job: Job | None) -> Ranker:
        from cohesion_qda.analysis.proposals import Ranker

        heard = self._suggestions.heard(job)
        if self._ready is None or self._ready[0] is not heard:
            self._ready = heard, Ranker(heard, job)
        return self._ready[1]

    # -- judging -------------------------------------------------------------------------------------------------------

    def accept(self, proposals: Sequence[Proposal], code: CodeId | None = None) -> Change:
        """Code the passages proposed, each with its code or all with another one, in one act; the codings remember by what
        they were proposed, and stand where the words that were read stand now. Raises BadInput for no proposals, and where those words
        were corrected; NotFound for a code that is gone.
        """
        chosen = self._chosen(proposals, code)
        verbs = Codings(self._s)
        with self._s.act(
            "accept-suggestion", focus=chosen[0][:2], **self._about(chosen), suggestion=proposals[0].key
        ) as action:
            action.details["n"] = sum(
                verbs.apply_inside(source, span, [wanted], proposal.key)
                for (source, span, wanted), proposal in zip(chosen, proposals, strict=True)
            )
        return action.change

    def dismiss(self, proposals: Sequence[Proposal]) -> Change:
        """Pass over the passages proposed, in one act: they are not proposed for their code again, and it is learnt from them,
        until that is undone. Raises as `accept`.
        """
        chosen = self._chosen(proposals, None)
        with self._s.act("pass-over", focus=chosen[0][:2], **self._about(chosen)) as action:
            coder = self._s.coder_inside()
            action.details["n"] = sum(
                passed_over.add(self._s.db, codings.find_or_add_segment(self._s.db, source, span), code, coder)
                for source, span, code in chosen
            )
        return action.change

    def _chosen(self, proposals: Sequence[Proposal], code: CodeId | None) -> list[tuple[SourceId, Span, CodeId]]:
        if not proposals:
            raise BadInput(_("No passage was chosen."), _("Choose the passages that fit."))
        placed = Placing(self._s).each(proposals)
        chosen = [(p.source, worded(self._s, p.source, p.span), code or p.code) for p in placed]
        for wanted in {wanted for _source, _span, wanted in chosen}:
            self._s.code_name(wanted)
        return chosen

    def _about(self, chosen: Sequence[tuple[SourceId, Span, CodeId]]) -> dict[str, Any]:
        """The names of the codes and the sources, for the trail."""
        named = list(dict.fromkeys(self._s.code_name(code) for _source, _span, code in chosen))
        told = [self._s.source(source).name for source in dict.fromkeys(source for source, _span, _code in chosen)]
        return {
            "code": named[0] if len(named) == 1 else named,
            "source": told[0] if len(told) == 1 else told,
        }


def described(tree: CodeTree) -> tuple[Described, ...]:
    """Every code with what it says of itself, in the order of the codebook."""
    return tuple(
        Described(
            code.id, code.name,
            ". ".join(words for words in (code.name, code.definition, code.use_when) if words.strip()),
            frozenset(tree.branch(code.id)), not (code.is_question or tree.is_aside(code.id)), code.example.strip(),
        )
        for code in tree
    )  # fmt: skip
