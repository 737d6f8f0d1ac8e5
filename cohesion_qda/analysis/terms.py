"""Key terms: what was said widely, or what sets some passages apart from the rest of the talk.

Terms are ranked by the z-score of their log-odds with an informative Dirichlet prior, the whole talk being the prior (Burt
L. Monroe, Michael P. Colaresi and Kevin M. Quinn, "Fightin' Words", Political Analysis 16, 2008, 372-403).
A term passes only if at least two participants said it in the passages, and more of them than chance would
have it: G² (Ted Dunning, "Accurate methods for the statistics of surprise and coincidence", Computational Linguistics 19,
1993, 61-74) over numbers of participants, never over numbers of words, because one person's pet phrase is no finding.
What chance would have allows for how much each participant said on either side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import merge
from cohesion_qda.analysis.language import Words, listen
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.study import Talk
from cohesion_qda.model.suggestion import Evidence, TermSuggestion
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cohesion_qda.analysis.grid import Bools, Ints

    Floats = npt.NDArray[np.float64]

GATE = 7.88  # chi-squared with one degree of freedom, one in two hundred
PASSAGES = 20
Chosen = Collection[tuple[SourceId, Span]]


@dataclass(frozen=True, slots=True)
class Side:
    """Counts of each term, on one side of a comparison: mentions, participants, groups, and voices."""

    mentions: Ints
    participants: Ints
    groups: Ints
    voices: Ints

    def count(self, term: int) -> Count:
        """The counts of one term."""
        return Count(int(self.mentions[term]), int(self.participants[term]), int(self.groups[term]))


def key_terms(
    talk: Talk, chosen: Chosen | None = None, job: Job | None = None, number: int = 60
) -> list[TermSuggestion]:
    """At most `number` words and phrases, the foremost first.

    With `chosen` (the passages of a code, or whole sources), those that set it apart from the rest of the talk; without,
    or where nothing is left to compare with, those of the whole study, by participants and then by mentions, from two
    participants on. Each with up to 20 turns in which it stands, different speakers first; their scores only order them.
    A document counts as one participant here where two are asked for. Same input, same output.
    """
    job = job or Job()
    words = listen(talk, job)
    job.step(1, 3)
    here = inside(words, chosen)
    side, rest = Side(*words.counts(here)), Side(*words.counts(~here))
    single = _single(words)
    if rest.mentions.sum() == 0:
        score = side.participants.astype(float)
        ranked = [t for t in _by_breadth(words, side) if side.voices[t] >= min(2, words.voices)]
    else:
        score = log_odds(side.mentions, rest.mentions, single)
        passed = (side.voices >= 2) & (score > 0)
        passed &= _surprise(words, here, side.voices, rest.voices, single) >= GATE
        ranked = sorted(_numbers(passed), key=lambda t: (-score[t], words.terms[t]))
    job.step(2, 3)
    turns = _turns(words, here)
    found = [
        TermSuggestion(
            key="term " + " ".join(words.parts[t]), term=words.terms[t], score=float(score[t]),
            count=side.count(t), rest=rest.count(t), passages=_passages(words, *turns, t),
        )
        for t in without_echoes(words, ranked, side.mentions, number)
    ]  # fmt: skip
    job.step(3, 3)
    return found


def inside(words: Words, chosen: Chosen | None) -> Bools:
    """Which occurrences lie within the passages chosen; all of them when `chosen` is None."""
    import numpy as np

    if chosen is None:
        return np.ones(len(words.term), dtype=bool)
    if not chosen:
        return np.zeros(len(words.term), dtype=bool)
    source, start, end = np.array([(s, span.start, span.end) for s, span in chosen], dtype=np.int64).T
    length = int(max(end.max(), words.end.max(initial=0)))
    key, start, end = merge(source, start, end, length)
    first = key * (length + 1) + start
    last = key * (length + 1) + end
    at = np.array([u.source for u in words.utterances], dtype=np.int64)[words.utterance] * (length + 1)
    held = np.searchsorted(first, at + words.start, side="right") - 1
    result: Bools = (held >= 0) & (at + words.end <= last[held])
    return result


def log_odds(chosen: Ints, rest: Ints, single: Bools) -> Floats:
    """z-scores of the log-odds of each term in `chosen` against `rest`; the prior of each is its count in both together.
    `single` says which terms are words: the odds are those against all words.
    """
    import numpy as np

    prior = (chosen + rest).astype(float)
    n_chosen, n_rest = int(chosen[single].sum()), int(rest[single].sum())
    n_prior = n_chosen + n_rest

    def logit(times: Ints, total: int) -> Floats:
        odds: Floats = np.log(times + prior) - np.log(np.maximum(total + n_prior - times - prior, 0.5))
        return odds

    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(1 / (chosen + prior) + 1 / (rest + prior))
        z: Floats = np.nan_to_num((logit(chosen, n_chosen) - logit(rest, n_rest)) / spread)
    return z


def g_squared(observed: Sequence[Ints | Floats], expected: Sequence[Ints | Floats]) -> Floats:
    """Dunning's G², twice the sum of `O ln(O / E)` over the cells given; a cell of which nothing was observed adds nothing."""
    import numpy as np

    total: Floats = np.zeros(np.shape(observed[0]))
    for seen, awaited in zip(observed, expected, strict=True):
        some = np.asarray(seen) > 0
        ratio = np.divide(seen, awaited, out=np.ones_like(total), where=some & (np.asarray(awaited) > 0))
        total = total + np.where(some, seen * np.log(ratio), 0.0)
    return 2 * total


def without_echoes(words: Words, ranked: Sequence[int], mentions: Ints, number: int) -> list[int]:
    """The first `number` terms of `ranked`, without those that are mostly said inside another of them: "sugar" beside
    "blood sugar".
    """
    ahead = list(ranked)[: 4 * number]
    phrases = sorted((t for t in ahead if len(words.parts[t]) > 1), key=lambda t: -len(words.parts[t]))
    inside_of: dict[str, list[int]] = {}
    for t in phrases:
        for part in words.parts[t]:
            inside_of.setdefault(part, []).append(t)
    kept: list[int] = []
    for t in ahead:
        around = [p for p in inside_of.get(words.parts[t][0], []) if len(words.parts[p]) > len(words.parts[t])]
        longer = [p for p in around if set(words.parts[t]) <= set(words.parts[p])]
        if sum(int(mentions[p]) for p in longer) < 0.7 * mentions[t] or not longer:
            kept.append(t)
        if len(kept) == number:
            break
    return kept


def _single(words: Words) -> Bools:
    import numpy as np

    return np.array([len(parts) == 1 for parts in words.parts], dtype=bool)


def _numbers(passed: Bools) -> list[int]:
    import numpy as np

    return [int(t) for t in np.flatnonzero(passed)]


def _by_breadth(words: Words, side: Side) -> list[int]:
    """All terms that occur, the most widely said first."""
    return sorted(
        _numbers(side.mentions > 0),
        key=lambda t: (-side.participants[t], -side.voices[t], -side.mentions[t], words.terms[t]),
    )


def _surprise(words: Words, here: Bools, a: Ints, b: Ints, single: Bools) -> Floats:
    """G² of each term over a two-by-two table: voices that said it and did not, in the passages (`a`) and in the rest (`b`)."""
    said_here, said_there = _exposure(words, here & single[words.term]), _exposure(words, ~here & single[words.term])
    n_here, n_there = len(said_here), len(said_there)
    together = a + b
    awaited = _awaited(together, said_here, said_there)
    return g_squared(
        (a, n_here - a, b, n_there - b),
        (awaited, n_here - awaited, together - awaited, n_there - (together - awaited)),
    )


def _exposure(words: Words, occurrences: Bools) -> Ints:
    """How many words each voice said there, of those that said any."""
    import numpy as np

    said = np.bincount(words.voice[words.utterance[occurrences]], minlength=1)
    return said[said > 0]


def _awaited(together: Ints, here: Ints, there: Ints) -> Floats:
    """How many voices would say a term `here` if it were as likely in any word said on either side, for each number of
    voices `together`: the rate is found at which `1 - exp(-rate x words)` adds up to that number.
    """
    import numpy as np

    different, which = np.unique(together, return_inverse=True)
    low, high = np.full(len(different), -30.0), np.full(len(different), 10.0)
    for _round in range(60):
        rate = np.exp((low + high) / 2)[:, None]
        total = -(np.expm1(-rate * here).sum(axis=1) + np.expm1(-rate * there).sum(axis=1))
        low, high = (
            np.where(total < different, (low + high) / 2, low),
            np.where(total < different, high, (low + high) / 2),
        )
    rate = np.exp(high)[:, None]
    result: Floats = -np.expm1(-rate * here).sum(axis=1)[which]
    return np.minimum(result, together)


def _turns(words: Words, here: Bools) -> tuple[Ints, Ints]:
    """The utterances of the occurrences, in order of their terms; and where each term begins among them."""
    import numpy as np

    kept = np.flatnonzero(here)
    order = kept[np.argsort(words.term[kept], kind="stable")]
    return words.utterance[order], np.searchsorted(words.term[order], np.arange(len(words.terms) + 1))


def _passages(words: Words, turns: Ints, begins: Ints, term: int) -> tuple[Evidence, ...]:
    import numpy as np

    said, times = np.unique(turns[begins[term] : begins[term + 1]], return_counts=True)
    best = sorted(zip(said.tolist(), times.tolist(), strict=True), key=lambda turn: (-turn[1], turn[0]))
    ordered = list(speakers_first(words, [turn for turn, _times in best]))[:PASSAGES]
    return tuple(
        Evidence(words.utterances[u].source, words.utterances[u].span, 1 / (1 + n)) for n, u in enumerate(ordered)
    )


def speakers_first(words: Words, utterances: Sequence[int]) -> Iterator[int]:
    """The same utterances: first the foremost of each speaker, then the second of each, and so on."""
    seen: dict[int, int] = {}
    rounds: list[list[int]] = []
    for u in utterances:
        nth = seen[int(words.voice[u])] = seen.get(int(words.voice[u]), -1) + 1
        if nth == len(rounds):
            rounds.append([])
        rounds[nth].append(u)
    for one in rounds:
        yield from one
