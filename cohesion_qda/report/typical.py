"""Which passages say what the passages of a theme mostly say."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from math import log, sqrt
from typing import TYPE_CHECKING

from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from cohesion_qda.analysis.language import Words

LEVELS = 4  # passages are told apart by quarters; what is finer than that is chance
Places = Sequence[tuple[SourceId, Span]]
Term = tuple[int, int]
"""A term by its number, and the turn in which it is said."""


def levels(scores: Sequence[float]) -> list[int]:
    """For each score from 0, the highest quarter of them, to LEVELS - 1; equal scores are in one quarter."""
    place = {score: n for n, score in reversed([*enumerate(sorted(scores, reverse=True))])}
    return [LEVELS * place[score] // max(1, len(scores)) for score in scores]


class Typical:
    """Compares passages by their terms. `words` is asked once, when there is something to compare."""

    def __init__(self, words: Callable[[], Words]) -> None:
        self._words = words
        self._said: dict[int, tuple[list[int], list[int], list[Term]]] = {}
        self._weights: list[float] | None = None

    def levels(self, places: Places) -> list[int]:
        """How typical each of some passages is of them all: 0 for those most like the others. Terms count by how many turns of the other passages
        hold them, and the less the more people of the study use them anyway. So a passage that two coded is not like itself.
        """
        if len(places) < 2:
            return [0] * len(places)
        held = [self._terms(source, span) for source, span in places]
        often = Counter(term for term, _turn in set(chain.from_iterable(held)))
        return levels([self._likeness(terms, often) for terms in held])

    def _likeness(self, held: Sequence[Term], often: Counter[int]) -> float:
        """The cosine of a passage and the middle of the others, but for what is the same for all."""
        weights, own = self._weights or [], Counter(term for term, _turn in held)
        length = sqrt(sum(weights[term] ** 2 for term in own))
        shared = sum(weights[term] ** 2 * (often[term] - n) for term, n in own.items())
        return round(shared / length, 9) if length else 0.0

    def _terms(self, source: SourceId, span: Span) -> list[Term]:
        """The terms inside a passage, each once for a turn, in a fixed order, so that sums are the same every time."""
        if self._weights is None:
            self._listen()
        starts, ends, terms = self._said.get(source, ([], [], []))
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        return sorted({terms[n] for n in range(first, last) if ends[n] <= span.end})

    def _listen(self) -> None:
        words = self._words()
        _mentions, _people, _groups, voices = words.counts()
        every = max(1, words.voices)
        self._weights = [log((1 + every) / (1 + n)) for n in voices.tolist()]
        owners = [utterance.source for utterance in words.utterances]
        rows = zip(words.utterance.tolist(), words.start.tolist(), words.end.tolist(), words.term.tolist(), strict=True)
        for source, start, end, term in sorted((owners[at], start, end, (term, at)) for at, start, end, term in rows):
            starts, ends, terms = self._said.setdefault(source, ([], [], []))
            starts.append(start)
            ends.append(end)
            terms.append(term)
