"""The researcher's say about words, applied to tokens: what is left out, what is counted all the same, what is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import distinct
from cohesion_qda.analysis.noise import THING
from cohesion_qda.analysis.parsing import evened
from cohesion_qda.analysis.tokens import Tokens
from cohesion_qda.model.wording import Wording

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints

_MOST_PIECES = 6  # tokens of one written word: "shouldn't've" has three


@dataclass(frozen=True, slots=True)
class Claims:
    """Stretches of tokens that say one phrase, by their first and last token, apart from each other; `key` numbers what each is
    counted as.
    """

    first: Ints
    last: Ints
    key: Ints

    def around(self, first: Ints, last: Ints) -> Ints:
        """For each stretch of tokens the claim that holds all of it, or -1."""
        import numpy as np

        at = np.searchsorted(self.first, first, side="right") - 1
        held: Ints = np.where((at >= 0) & (last <= self.last[np.maximum(at, 0)]), at, -1) if len(self.first) else at
        return held

    def hold_again(self, first: Ints, last: Ints, key: Ints) -> Bools:
        """Which occurrences would count a claim a second time: they are the same stretch, or a part of it with its key."""
        import numpy as np

        at = self.around(first, last)
        inside = at >= 0
        at = np.maximum(at, 0)
        same = (self.first[at] == first) & (self.last[at] == last)
        again: Bools = inside & (same | ((key[:, 0] == self.key[at]) & (key[:, 1] < 0)))
        return again


@dataclass(frozen=True)
class Worded:
    """Tokens with the say applied: `shown` gives how merged keys are shown, `merged` the phrases of merges and `dropped` the
    phrases that are left out. `said_as` gives of every word, as it was written in small letters, that the say is about what it
    counts as: how a merge is shown, or nothing where it is left out.
    """

    tokens: Tokens
    shown: Mapping[int, str]
    merged: Claims
    dropped: Claims
    said_as: Mapping[str, str] = field(default_factory=dict)

    def is_kept(self, first: Ints, last: Ints) -> Bools:
        """Which stretches of tokens hold no phrase that is left out."""
        import numpy as np

        if not len(self.dropped.first):
            return np.ones(len(first), dtype=bool)
        at = np.searchsorted(self.dropped.first, first)
        ends = np.append(self.dropped.last, np.iinfo(np.int64).max)[at]
        kept: Bools = ends > last
        return kept


def worded(said: Tokens, wording: Wording) -> Worded:
    """The tokens as the researcher wants them counted. A word that is left out counts for nothing and no phrase runs across
    it; of a phrase that is left out the words still count. A form of a merge stands for all forms of its word.
    """
    finder = Finder(said)
    may, key, keys = said.may.copy(), said.key.copy(), list(said.keys)
    for text in wording.counted:
        for sequence in finder.sequences(text):
            if len(sequence) == 1:
                may[finder.alike(sequence[0])] |= THING
    shown: dict[int, str] = {}
    said_as: dict[str, str] = {}
    merged: list[tuple[int, int, int]] = []
    for merge in wording.merges:
        number = len(keys)
        keys.append(f"{merge.shown.lower()} =")  # no lemma is written so
        shown[number] = merge.shown
        for sequence in finder.every_sequence((merge.shown, *merge.forms)):
            if len(sequence) == 1:
                alike = finder.alike(sequence[0])
                key[alike], may[alike] = number, may[alike] | THING
                said_as |= dict.fromkeys(finder.written(alike), merge.shown.lower())
            else:
                merged += [(first, last, number) for first, last in finder.stretches(sequence)]
    dropped: list[tuple[int, int, int]] = []
    for sequence in finder.every_sequence(left_out_texts(wording)):
        if len(sequence) == 1:
            alike = finder.alike(sequence[0])
            may[alike] = 0
            said_as |= dict.fromkeys(finder.written(alike), "")
        else:
            dropped += [(first, last, -1) for first, last in finder.stretches(sequence)]
    left_out = _apart(dropped)
    claims = _apart(merged)
    tokens = replace(said, keys=tuple(keys), key=key, may=may)
    if len(left_out.first) and len(claims.first):
        kept = Worded(tokens, shown, claims, left_out).is_kept(claims.first, claims.last)
        claims = Claims(claims.first[kept], claims.last[kept], claims.key[kept])
    return Worded(tokens, shown, claims, left_out, said_as)


def left_out_texts(wording: Wording) -> Iterator[str]:
    """The words and phrases that are left out, with those they count as one with."""
    for text in wording.left_out:
        yield text
        merge = wording.merge_of(text)
        if merge is not None:
            yield from (merge.shown, *merge.forms)


@dataclass(frozen=True)
class Finder:
    """Finds what the researcher wrote among the tokens."""

    said: Tokens

    @cached_property
    def _words(self) -> dict[str, int]:
        return {word: n for n, word in enumerate(self.said.words)}

    @cached_property
    def _keys(self) -> dict[str, int]:
        return {key: n for n, key in enumerate(self.said.keys)}

    @cached_property
    def _key_of(self) -> Ints:
        """Of each word the key it has most often, or -1."""
        import numpy as np

        n = max(1, len(self.said.keys))
        both, times = np.unique(self.said.word * n + self.said.key, return_counts=True)
        found = np.full(len(self.said.words), -1)
        order = np.argsort(times, kind="stable")
        found[both[order] // n] = both[order] % n
        return found

    def sequences(self, text: str) -> Iterator[tuple[int, ...]]:
        """The ways in which the tokens can say a word or phrase: numbers of words, or ~numbers of keys where nobody said that
        very form.
        """
        ways: list[tuple[int, ...]] = [()]
        for word in evened(text).lower().split():
            ways = [(*way, *more) for way in ways for more in self._pieces(word)]
        yield from (way for way in ways if way)

    def every_sequence(self, texts: Iterable[str]) -> list[tuple[int, ...]]:
        """Those of several texts, each once."""
        return list(dict.fromkeys(sequence for text in texts for sequence in self.sequences(text)))

    def _pieces(self, word: str) -> list[tuple[int, ...]]:
        if word in self._words:
            return [(self._words[word],)]
        if word in self._keys:
            return [(~self._keys[word],)]
        return list(self._cut(word, _MOST_PIECES))

    def _cut(self, word: str, most: int) -> Iterator[tuple[int, ...]]:
        """`word` as several tokens: "don't" is "do" and "n't"."""
        if not word:
            yield ()
        for size in range(1, len(word) + 1 if most else 0):
            n = self._words.get(word[:size])
            if n is not None:
                yield from ((n, *rest) for rest in self._cut(word[size:], most - 1))

    def written(self, tokens: Bools) -> list[str]:
        """How some tokens are written, in small letters, each way once."""
        return [self.said.words[n] for n in distinct(self.said.word[tokens]).tolist()]

    def alike(self, one: int) -> Bools:
        """The tokens that are a form of the same word."""
        if one < 0:
            form: Bools = self.said.key == ~one
            return form
        alike: Bools = (self.said.word == one) | (self.said.key == self._key_of[one])
        return alike

    def places(self, text: str) -> tuple[Ints, Ints]:
        """Where a word, in all its forms, or a phrase was said: the first and the last token of each place, in order."""
        import numpy as np

        found: set[tuple[int, int]] = set()
        for sequence in self.every_sequence((text,)):
            if len(sequence) == 1:
                found |= {(n, n) for n in np.flatnonzero(self.alike(sequence[0])).tolist()}
            else:
                found.update(self.stretches(sequence))
        first, last = np.array(sorted(found), dtype=np.int64).reshape(-1, 2).T
        return first, last

    def stretches(self, sequence: Sequence[int]) -> Iterable[tuple[int, int]]:
        """Where the words stand side by side in one sentence; of talk-noise only the very form is meant."""
        import numpy as np

        said, size = self.said, len(sequence)
        n = len(said.word) - size + 1
        if n <= 0:
            return []
        good = (said.utterance[:n] == said.utterance[size - 1 :]) & (said.sentence[:n] == said.sentence[size - 1 :])
        for step, one in enumerate(sequence):
            fits = (said.word == one) | (self.alike(one) & (said.may > 0))
            good &= fits[step : n + step]
        first = np.flatnonzero(good)
        return zip(first.tolist(), (first + size - 1).tolist(), strict=True)


def _apart(stretches: Iterable[tuple[int, int, int]]) -> Claims:
    """The longest first, then the first, without those that share a token with one that was taken."""
    import numpy as np

    taken: set[int] = set()
    kept = []
    for first, last, key in sorted(set(stretches), key=lambda s: (s[0] - s[1], s)):
        inside = range(first, last + 1)
        if taken.isdisjoint(inside):
            taken.update(inside)
            kept.append((first, last, key))
    rows = np.array(sorted(kept), dtype=np.int64).reshape(-1, 3)
    return Claims(rows[:, 0], rows[:, 1], rows[:, 2])
