"""Codes proposed for what is not coded yet: passages for a code, and codes for a passage; each proposal says why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis.grid import distinct
from cohesion_qda.analysis.learnt import Examples, Teacher, Weights, codes_of, examples_of, lesson_of
from cohesion_qda.analysis.parsing import evened
from cohesion_qda.analysis.passages import passages_of
from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.model.proposal import Coded, Described, Honesty, Near, Proposal, Ranked, Why
from cohesion_qda.model.text import Span, without_stage_notes

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints
    from cohesion_qda.analysis.heard import Heard
    from cohesion_qda.analysis.passages import Floats

# the examples, the codes that are offered with how many passages each is learnt from, and their weights
Learnt = tuple[Examples, tuple[Described, ...], tuple[int, ...], Weights]
NUMBER = 25
CODES = 5
WORDS, NEAREST = 4, 3  # of a reason
OFTEN = 0.6  # how much it speaks for a code that it is used often, when codes are compared
WHOLE = 0.9  # a place that covers so much of a passage is taken as all of it


class Ranker:
    """The study held ready to be ranked: made once for a `Heard`, asked after each coding. Nothing in it depends on what is coded,
    and what it gives only on what it is asked with. Raises Cancelled while it is made.
    """

    def __init__(self, heard: Heard, job: Job | None = None) -> None:
        self.passages = passages_of(heard, job)
        self.teacher = Teacher(self.passages)
        self.tier = "words" if self.passages.vectors is None else "minilm"
        self._words = heard.words
        self._learnt: tuple[Coded, Learnt] | None = None

    def ranked(self, coded: Coded, code: CodeId, number: int = NUMBER, *, branch: bool = False) -> Ranked:
        """The `number` likeliest passages for a code, or with `branch` for it and those under it. Nothing that has the code on any
        of its words, nor that was passed over for it. Raises NotFound for a code that is not in the codebook.
        """
        described = _find(coded, code)
        examples = examples_of(self.passages, coded)
        lesson = lesson_of(examples, described, branch)
        weights = self.teacher.weights([lesson])
        scores = weights.scores(0, self.passages.vectors, self.passages.words)
        free = self._free(examples, described, branch)
        chosen = first(scores, free, number)
        reasons = self._reasons(chosen, weights.words[0], examples, codes_of(described, branch), not len(lesson.own))
        proposals = tuple(
            self._proposal(code, passage, float(scores[passage]), why)
            for passage, why in zip(chosen.tolist(), reasons, strict=True)
        )
        return Ranked(code, proposals, len(free), len(lesson.own), self.tier)

    def codes_for(self, coded: Coded, source: SourceId, span: Span, number: int = CODES) -> tuple[Proposal, ...]:
        """The likeliest codes for a passage, the likeliest first, without those it has on any of its words, those that were passed
        over for it, those set aside, and research questions. Nothing for what no participant said.
        """
        import numpy as np

        place = np.array([[source], [span.start], [span.end]], dtype=np.int64)
        _owner, under, shared = self.passages.under(*place)
        if not len(under) or not any(described.is_offered for described in coded.codes):
            return ()
        examples, offered, used, weights = self._all(coded)
        there = {row[4] for row in coded.codings if row[1] == source and row[2] < span.end and span.start < row[3]}
        there |= {row[3] for row in coded.passed_over if row[0] == source and row[1] < span.end and span.start < row[2]}
        vectors, words = self._place(source, span, under, shared)
        scores = [
            float(weights.scores(n, vectors, words).max()) if described.code not in there else 0.0
            for n, described in enumerate(offered)
        ]
        order = sorted(
            (n for n, score in enumerate(scores) if score > 0),
            key=lambda n: (-(scores[n] + OFTEN * np.log1p(used[n])), offered[n].code),
        )
        middle = under[[int(np.argmax(shared))]]
        proposals = []
        for n in order[:number]:
            (why,) = self._reasons(middle, weights.words[n], examples, [offered[n].code], not used[n])
            score = scores[n] + OFTEN * float(np.log1p(used[n]))
            of = self._words.contents.get(source, "")
            proposals.append(Proposal(offered[n].code, source, span, score, why, None, self.tier, of))
        return tuple(proposals)

    def honesty(
        self, coded: Coded, codes: Sequence[CodeId] | None = None, *, branch: bool = False, job: Job | None = None
    ) -> tuple[Honesty, ...]:
        """How far the proposals of each code (of all that are offered) can be trusted, measured on codings held back.
        Raises Cancelled.
        """
        from cohesion_qda.analysis.honesty import measured

        job = job or Job()
        examples = examples_of(self.passages, coded)
        wanted = [d for d in coded.codes if d.is_offered] if codes is None else [_find(coded, code) for code in codes]
        found = []
        for n, described in enumerate(wanted):
            job.step(n, len(wanted), described.name)
            free = self._free(examples, described, branch)
            found.append(measured(self.teacher, examples, described, branch, free))
        return tuple(found)

    def _free(self, examples: Examples, described: Described, branch: bool) -> Ints:
        """The passages for which a code may be proposed."""
        import numpy as np

        codes = codes_of(described, branch)
        taken = np.union1d(examples.held(codes), examples.turned_down(codes))
        return np.setdiff1d(np.arange(len(self.passages)), taken, assume_unique=True)

    def _all(self, coded: Coded) -> Learnt:
        """What is learnt of all codes that are offered, kept until anything else is coded."""
        if self._learnt is None or self._learnt[0] != coded:
            examples = examples_of(self.passages, coded)
            offered = tuple(described for described in coded.codes if described.is_offered)
            lessons = [lesson_of(examples, described) for described in offered]
            used = tuple(len(lesson.own) for lesson in lessons)
            self._learnt = coded, (examples, offered, used, self.teacher.weights(lessons))
        return self._learnt[1]

    def _place(self, source: SourceId, span: Span, under: Ints, shared: Ints) -> tuple[Floats | None, Any]:
        """The meaning and the words of a place: of the passages it touches, or of its own words where it is a part of one."""
        passages = self.passages
        whole = passages.end[under] - passages.start[under]
        if len(under) > 1 or shared[0] >= WHOLE * whole[0]:
            vectors = None if passages.vectors is None else passages.vectors[under]
            return vectors, passages.words[under]
        said = self._said(source, span, under)
        words = passages.lexicon.row(said)
        if passages.vectors is None:
            return None, words
        from cohesion_qda.analysis.sentences import encode

        try:
            return encode([said]), words
        except RuntimeError:  # the network cannot be run here; what was worked out elsewhere still counts
            return passages.vectors[under], words

    def _said(self, source: SourceId, span: Span, under: Ints) -> str:
        """What participants say in a place."""
        said = []
        for n in distinct(self.passages.utterance[under]).tolist():
            u = self._words.utterances[n]
            begin = max(0, span.start - u.span.start)
            said.append(without_stage_notes(u.text)[begin : max(begin, span.end - u.span.start)])
        return " ".join(" ".join(said).split())

    def _proposal(self, code: CodeId, passage: int, score: float, why: Why) -> Proposal:
        p = self.passages
        source, span = SourceId(int(p.source[passage])), Span(int(p.start[passage]), int(p.end[passage]))
        return Proposal(code, source, span, score, why, None, self.tier, self._words.contents.get(source, ""))

    def _reasons(
        self, chosen: Ints, words: Floats, examples: Examples, codes: Sequence[int], by_definition: bool
    ) -> list[Why]:
        """Of each passage the words that weigh most, and the nearest of the passages coded with some codes, each once."""
        import numpy as np

        own = np.flatnonzero(examples.teaches & np.isin(examples.code, list(codes)))
        own = own[np.unique(examples.passage[own], return_index=True)[1]]
        if not len(own) or not len(chosen):
            return [Why(self._telling(passage, words), (), by_definition) for passage in chosen.tolist()]
        cosines = self.teacher.nearest(chosen, examples.passage[own])
        best = np.argsort(-cosines, axis=1, kind="stable")[:, :NEAREST]
        return [
            Why(
                self._telling(passage, words),
                tuple(self._near(examples, int(own[n]), float(cosines[row, n])) for n in best[row]),
                by_definition,
            )
            for row, passage in enumerate(chosen.tolist())
        ]

    def _near(self, examples: Examples, pair: int, cosine: float) -> Near:
        source = SourceId(int(self.passages.source[examples.passage[pair]]))
        span = Span(int(examples.start[pair]), int(examples.end[pair]))
        return Near(CodingId(int(examples.coding[pair])), source, span, cosine)

    def _telling(self, passage: int, words: Floats) -> tuple[tuple[str, float], ...]:
        """The words of a passage that speak for it, as they are written in it, or as they were merged: only such as
        are terms of the talk.
        """
        row, lexicon = self.passages.words[passage], self.passages.lexicon
        weight = dict(zip(row.indices.tolist(), (row.data * words[row.indices]).tolist(), strict=True))
        found: dict[str, float] = {}
        for written in self._written(passage):
            said = lexicon.say.tokens(written)
            numbers = {lexicon.number[word] for word in said if word in lexicon.number}
            if (total := sum(weight.get(n, 0.0) for n in numbers)) > 0:
                found[written if "".join(said) == evened(written).lower() else " ".join(said)] = total
        return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:WORDS])

    def _written(self, passage: int) -> set[str]:
        """The single words of a passage that are terms of the talk, as written: in small letters unless a term has others."""
        import numpy as np

        p, words = self.passages, self._words
        u = words.utterances[int(p.utterance[passage])]
        first, last = np.searchsorted(words.utterance, [p.utterance[passage], p.utterance[passage] + 1]).tolist()
        found = {}
        for at in range(first, last):
            start, end = int(words.start[at]), int(words.end[at])
            written = u.text[start - u.span.start : end - u.span.start]
            if p.start[passage] <= start and end <= p.end[passage] and not any(c.isspace() for c in written):
                is_name = words.terms[words.term[at]][:1].isupper()
                found[written.lower()] = written if is_name else written.lower()
        return set(found.values())


def first(scores: Floats, free: Ints, number: int) -> Ints:
    """The `number` of the free passages with the highest scores, in their order; of equal ones the earlier first."""
    import numpy as np

    if 0 < number < len(free):
        kept = free[np.argpartition(-scores[free], number - 1)[:number]]
        free = np.sort(np.union1d(kept, free[scores[free] == scores[kept].min()]))
    order: Ints = free[np.argsort(-scores[free], kind="stable")][: max(0, number)]
    return order


def _find(coded: Coded, code: CodeId) -> Described:
    for described in coded.codes:
        if described.code == code:
            return described
    raise NotFound(_("code"), str(code), [described.name for described in coded.codes])
