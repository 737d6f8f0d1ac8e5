"""What is said near a word: collocations, ranked by how exclusively two things are said together.

Ranked by logDice (Pavel Rychlý, "A Lexicographer-Friendly Association Score", RASLAN 2008, 6-9), counted over turns, so that who
repeats herself in a turn counts once: it does not grow with the study as log-likelihood does, and does not favour rare
words as mutual information does, so that it can be read in a study of four groups as in one of forty. It is no test: what fewer
than two voices say near each other is left out, since one person's pet phrase is no finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import count_distinct, distinct, ranges
from cohesion_qda.analysis.language import Words
from cohesion_qda.analysis.lines import Lines, Node, lines, tree, utterance_of
from cohesion_qda.analysis.sides import Chosen, inside
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import word_pattern

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints
    from cohesion_qda.analysis.selecting import Places

WINDOW = 5  # words on either side within which something is said near a word
NUMBER = 40
_VOICES = 2


@dataclass(frozen=True, slots=True)
class Collocation:
    """A `term` that is said near the word. `score` is its logDice, at most 14; `count` has, as mentions, the turns in which both
    are said so near each other, and who says them; `places` are the first such line of each of those turns.
    """

    term: str
    score: float
    count: Count
    places: tuple[int, ...]


def collocations(
    words: Words, found: Lines, chosen: Places | Chosen | None = None, window: int = WINDOW, number: int = NUMBER
) -> tuple[Collocation, ...]:
    """At most `number` terms that are said within `window` words of the word's lines, in the same turn, by at least two voices
    (one, where there is only one); by logDice, then by how many participants, then in the alphabet. Terms that overlap the word
    itself are left out, and those that are mostly said as part of a longer one here.
    """
    if not found.lines:
        return ()
    near = _Near(words, found, chosen, window)
    ranked = near.ranked(min(_VOICES, words.voices))
    return tuple(near.told(t, score) for t, score in _without_parts(words, ranked, near.turns)[:number])


class _Near:
    """The occurrences of terms near the lines of a word."""

    def __init__(self, words: Words, found: Lines, chosen: Places | Chosen | None, window: int) -> None:
        import numpy as np

        at = utterance_of(words)
        self._words = words
        self._owner = np.array([at(line) for line in found.lines], dtype=np.int64)
        self._all = np.flatnonzero(inside(words, chosen))
        self._keyed = distinct(self._owner)  # turns with the word
        beside = self._all[np.isin(words.utterance[self._all], self._keyed)]
        line, other = self._pairs(found, beside, window)
        turn, term = words.utterance[beside[other]], words.term[beside[other]]
        # each term once in a turn, at its first line
        order = np.lexsort((line, term, turn))
        turn, term, line = turn[order], term[order], line[order]
        first = np.ones(len(turn), dtype=bool)
        first[1:] = (turn[1:] != turn[:-1]) | (term[1:] != term[:-1])
        self._turn, self._term, self._line = turn[first], term[first], line[first]
        self.turns = np.bincount(self._term, minlength=len(words.terms))

    def _pairs(self, found: Lines, beside: Ints, window: int) -> tuple[Ints, Ints]:
        """Pairs of a line and an occurrence that are near each other, by their numbers."""
        import numpy as np

        words = self._words
        begins = {int(u): _token_starts(words, int(u)) for u in self._keyed}
        first = np.searchsorted(self._owner, words.utterance[beside], side="left")
        last = np.searchsorted(self._owner, words.utterance[beside], side="right")
        other, line = ranges(first, last)
        start = np.array([one.span.start for one in found.lines], dtype=np.int64)
        end = np.array([one.span.end for one in found.lines], dtype=np.int64)
        place = _positions(begins, self._owner, start), _positions(begins, self._owner, end - 1)
        there = words.utterance[beside]
        found_at = (
            _positions(begins, there, words.start[beside]),
            _positions(begins, there, words.end[beside] - 1),
        )
        gap = np.maximum(found_at[0][other] - place[1][line], place[0][line] - found_at[1][other])
        is_near = (gap > 0) & (gap <= window)
        return line[is_near], other[is_near]

    def ranked(self, voices: int) -> list[tuple[int, float]]:
        """The terms said near the word by so many voices, the closest first, with their logDice."""
        import numpy as np

        words, n = self._words, len(self._words.terms)
        said_by = count_distinct(n, max(1, words.voices), self._term, words.voice[self._turn])
        pairs = distinct(words.utterance[self._all] * max(1, n) + words.term[self._all])
        alone = np.bincount(pairs % max(1, n), minlength=n)  # turns with the term
        with np.errstate(divide="ignore"):
            score = 14 + np.log2(2 * self.turns / np.maximum(1, alone + len(self._keyed)))
        passed = np.flatnonzero((said_by >= voices) & (self.turns > 0))
        order = sorted(passed.tolist(), key=lambda t: (-score[t], -said_by[t], words.terms[t]))
        return [(t, float(score[t])) for t in order]

    def told(self, term: int, score: float) -> Collocation:
        """One of them."""
        mine = self._term == term
        count = self._words.count(self._turn[mine])
        return Collocation(self._words.terms[term], score, count, tuple(sorted(self._line[mine].tolist())))


def _positions(begins: dict[int, Ints], owner: Ints, place: Ints) -> Ints:
    """Which token of its turn each place is in."""
    import numpy as np

    found = np.zeros(len(owner), dtype=np.int64)
    edges = np.flatnonzero(np.diff(owner, prepend=-1))
    for first, last in zip(edges, [*edges[1:], len(owner)], strict=True):
        found[first:last] = np.searchsorted(begins[int(owner[first])], place[first:last], side="right") - 1
    return found


def _token_starts(words: Words, utterance: int) -> Ints:
    import numpy as np

    one = words.utterances[utterance]
    starts = [one.span.start + match.start() for match in word_pattern().finditer(one.text)]
    return np.array(starts or [one.span.start], dtype=np.int64)


def _without_parts(words: Words, ranked: Sequence[tuple[int, float]], turns: Ints) -> list[tuple[int, float]]:
    """Without single words that are said near the word mostly as part of a phrase that is there too."""
    whole: dict[str, int] = {}
    for t, _score in ranked:
        if len(words.parts[t]) > 1:
            for part in words.parts[t]:
                whole[part] = max(whole.get(part, 0), int(turns[t]))
    return [
        (t, score)
        for t, score in ranked
        if len(words.parts[t]) > 1 or whole.get(words.parts[t][0], 0) <= 0.7 * int(turns[t])
    ]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two terms that are said near each other, in the order of the alphabet; `score` and `count` as a `Collocation` has them."""

    first: str
    second: str
    score: float
    count: Count


def pairs(
    words: Words, chosen: Places | Chosen | None = None, window: int = WINDOW, number: int = NUMBER,
    job: Job | None = None,
) -> tuple[Pair, ...]:  # fmt: skip
    """The `number` pairs of words that are said near each other most exclusively, in all the places chosen, by at least three
    voices (fewer, where there are fewer): among all pairs of a study two meet by chance. Raises Cancelled.
    """
    import numpy as np

    job = job or Job()
    single = np.array([len(parts) == 1 for parts in words.parts], dtype=bool)
    kept = np.flatnonzero(inside(words, chosen) & single[words.term])
    kept = kept[np.lexsort((words.start[kept], words.utterance[kept]))]
    if not len(kept):
        return ()
    turn, term, n = words.utterance[kept], words.term[kept], len(words.terms)
    begins = {int(u): _token_starts(words, int(u)) for u in distinct(turn)}
    token = _positions(begins, turn, words.start[kept])
    found = []
    for step in range(1, window + 1):
        near = (turn[step:] == turn[:-step]) & (token[step:] - token[:-step] <= window) & (term[step:] != term[:-step])
        one, other = term[:-step][near], term[step:][near]
        job.step(step, window)
        found.append((np.minimum(one, other) * n + np.maximum(one, other), turn[:-step][near]))
    different, at = np.unique(np.concatenate([key for key, _turns in found]), return_inverse=True)
    job.step(window, window)
    once = distinct(at * len(words.utterances) + np.concatenate([turns for _keys, turns in found]))
    at, where = once // len(words.utterances), once % len(words.utterances)
    voices = count_distinct(len(different), max(1, words.voices), at, words.voice[where])
    alone = np.bincount(distinct(turn * n + term) % n, minlength=n)
    together = np.bincount(at, minlength=len(different))
    score = 14 + np.log2(2 * together / np.maximum(1, alone[different // n] + alone[different % n]))
    passed = np.flatnonzero(voices >= min(3, words.voices))
    order = sorted(passed.tolist(), key=lambda p: (-score[p], -voices[p], int(different[p])))[:number]
    return tuple(
        _pair(words, int(different[p]) // n, int(different[p]) % n, float(score[p]), words.count(where[at == p]))
        for p in order
    )


def _pair(words: Words, one: int, other: int, score: float, count: Count) -> Pair:
    first, second = sorted((words.terms[one], words.terms[other]), key=str.casefold)
    return Pair(first, second, score, count)


@dataclass(frozen=True, slots=True)
class Concordance:
    """All about one word: its lines, what follows and what goes before it as trees, and what is said near it. `contents` gives of
    the sources with lines the hash of the text they were found in.
    """

    lines: Lines
    after: Node
    before: Node
    near: tuple[Collocation, ...]
    contents: Mapping[SourceId, str] = field(default_factory=dict)


def concordance(words: Words, word: str, chosen: Places | Chosen | None = None) -> Concordance:
    """All about `word`, in the passages chosen (None: in all talk)."""
    found = lines(words, word, chosen)
    contents = {line.source: words.contents[line.source] for line in found.lines if line.source in words.contents}
    near = collocations(words, found, chosen)
    return Concordance(found, tree(words, found), tree(words, found, "before"), near, contents)
