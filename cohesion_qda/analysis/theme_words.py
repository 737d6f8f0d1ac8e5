"""What themes are called: phrases that people said, and the terms that stand for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis.grid import count_distinct
from cohesion_qda.analysis.placed import placed
from cohesion_qda.analysis.spaces import unit
from cohesion_qda.analysis.talknoise import THIN

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.language import Words
    from cohesion_qda.analysis.spaces import Floats, Space

TERMS, PHRASES = 8, 3
MULTI_WORD = 1.4  # how far a phrase is preferred to a word as a label
TOLD = 2.0  # how much more it counts that a theme is found by a phrase of several words
BETA = 0.5  # in how well a theme is found, this times as much weight on finding all of it as on finding nothing else
ALONE, GAIN = 0.6, 0.01  # found so well, a theme needs no further phrase; a third one finds it better by so much
SPOKEN = 0.1, 0.05  # the first was said by this share, or the smaller one, and by three where there are many voices
FAR = 1.8  # times as well as any noun
MANY, SOME = 12, 20
AMONG, AMONG_NAMES = 200, 40


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """Who said what in which theme: `place` (theme times the number of terms, and the term) in order, with the voice of each."""

    n_terms: int
    place: Ints
    voice: Ints

    @classmethod
    def sorted(cls, n_terms: int, place: Ints, voice: Ints) -> Said:
        """From places in any order."""
        import numpy as np

        order = np.argsort(place, kind="stable")
        return cls(n_terms, place[order], voice[order])

    def voices(self, theme: int, terms: Sequence[int]) -> int:
        """How many voices said any of these terms in a theme."""
        found: set[int] = set()
        for t in terms:
            place = theme * self.n_terms + t
            first, last = self.place.searchsorted([place, place + 1])
            found.update(self.voice[first:last].tolist())
        return len(found)


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """How well each term stands for each theme (rows are themes), how many voices said it there, how many speak there, and who."""

    score: Floats
    voices: Ints
    speakers: Ints
    said: Said
    is_phrase: Bools
    may_name: Bools


def shared_terms(words: Words) -> Bools:
    """Which terms enough people share to carry a theme: two voices, three where there are twenty or more; and two sources where
    there are five or more.
    """
    import numpy as np

    source = placed(words.utterances)[0]
    numbers, place = np.unique(source, return_inverse=True)
    sources = count_distinct(len(words.terms), max(1, len(numbers)), words.term, place[words.utterance])
    voices = words.counts()[3]
    enough = 1 if words.voices < 2 else 2 if words.voices < 20 else 3
    phrase = _is_phrase(words)
    thin = np.array([len(parts) == 1 and parts[0] in THIN for parts in words.parts], dtype=bool)
    result: Bools = (
        ~thin & (voices >= np.where(phrase, min(enough, 2), enough)) & (sources >= (2 if len(numbers) >= 5 else 1))
    )
    return result


def scores(words: Words, part_group: Ints, part: Ints, counts: Any, space: Space, middles: Floats) -> Scores:
    """Class-based TF-IDF of each term in each theme, in voices (one voice, one vote), times the cosine between the middle of the units
    that say it and the middle of the theme. `part` is the part of each occurrence, `part_group` the theme of each part or -1.
    """
    import numpy as np

    n, n_terms = len(middles), len(words.terms)
    inside = part_group[part] >= 0
    place = part_group[part][inside] * n_terms + words.term[inside]
    speaks = words.voice[words.utterance[inside]]
    voices = count_distinct(n * n_terms, max(1, words.voices), place, speaks).reshape(n, n_terms)
    size = np.maximum(1, voices.sum(axis=1, keepdims=True))
    rarity = np.log(1 + size.mean() / np.maximum(1, voices.sum(axis=0)))
    said = counts.copy()
    said.data = np.ones_like(said.data)
    cosine = np.maximum(0, unit(middles) @ unit(said.T @ space.plain).T)
    score = voices / size * rarity * cosine * space.known
    speakers = count_distinct(n, max(1, words.voices), part_group[part][inside], speaks)
    said_by = Said.sorted(n_terms, place, speaks)
    return Scores(score, voices, speakers, said_by, _is_phrase(words), space.known & words.nominal)


def _is_phrase(words: Words) -> Bools:
    import numpy as np

    return np.array([len(parts) > 1 for parts in words.parts], dtype=bool)


@dataclass(frozen=True, slots=True)
class Name:
    """What a theme is called: the first `named` of up to three phrases, the best first."""

    phrases: tuple[int, ...]
    named: int

    @property
    def label(self) -> tuple[int, ...]:
        """The phrases that it is called by."""
        return self.phrases[: self.named]


def names(words: Words, found: Scores, order: Sequence[int]) -> dict[int, Name]:
    """A name for each theme of which anything was said: no two themes have a phrase in their names, or one inside the other's.
    The first is of those that a fair share of its voices said. One word tells little: one or two others follow, if need be of fewer
    voices, as long as the theme is not found well by them and is found better by one more.
    """
    ranked = {theme: able for theme in order if (able := _able(found, theme))}
    used: list[set[str]] = []
    telling = _Telling(found, order)
    first: dict[int, int] = {}
    for theme, able in ranked.items():
        fresh = [t for t in able[:AMONG_NAMES] if not _nested(set(words.parts[t]), used)]
        first[theme] = telling.best(theme, [], fresh or able[:1])[0]
        used.append(set(words.parts[first[theme]]))
    named = {}
    for theme, able in ranked.items():
        kept = [first[theme]]
        more = [t for t in _also_able(found, theme) if not _nested(set(words.parts[t]), used)]
        while len(kept) < PHRASES and more:
            term, gain = telling.best(theme, kept, more)
            says_enough = len(kept) > 1 or bool(found.is_phrase[kept[0]])
            if says_enough and (gain < GAIN or telling.value(theme, kept) >= ALONE):
                break
            kept.append(term)
            more = [t for t in more if not _nested(set(words.parts[t]), [set(words.parts[term])])]
        used += [set(words.parts[t]) for t in kept[1:]]
        fresh = [t for t in able if not _nested(set(words.parts[t]), used)]
        named[theme] = Name(tuple(_apart(words, [*kept, *fresh, *able], PHRASES)), len(kept))
    return named


class _Telling:
    """How well a theme is found by some of its terms: of those who say one of them, in whatever theme, how many do so in this one, and
    of those who speak in this one how many say one of them; as one figure in which the first weighs more (F with a beta of 0.5).
    """

    def __init__(self, found: Scores, order: Sequence[int]) -> None:
        import numpy as np

        self._found = found
        self._themes = np.array(sorted(order), dtype=np.int64)
        self._room = int(found.said.voice.max(initial=0)) + 1
        self._kept: dict[int, Ints] = {}

    def value(self, theme: int, terms: Sequence[int]) -> float:
        """The figure; 1 where everybody in this theme says one of the terms and nobody elsewhere."""
        import numpy as np

        who = np.unique(np.concatenate([self._who(t) for t in terms]))
        here = int(np.diff(who.searchsorted([theme * self._room, (theme + 1) * self._room]))[0])
        if not here:
            return 0.0
        precision, recall = here / len(who), here / max(1, int(self._found.speakers[theme]))
        return (1 + BETA**2) * precision * recall / (BETA**2 * precision + recall)

    def best(self, theme: int, kept: Sequence[int], among: Sequence[int]) -> tuple[int, float]:
        """The term with which it is found best, phrases of several words preferred, and how much better that is than before."""
        before = self.value(theme, kept) if kept else 0.0
        gains = [(self.value(theme, [*kept, t]) - before) * (TOLD if self._found.is_phrase[t] else 1) for t in among]
        n = max(range(len(gains)), key=gains.__getitem__)
        return among[n], gains[n]

    def _who(self, term: int) -> Ints:
        """Who says it in which theme."""
        import numpy as np

        if term not in self._kept:
            said = self._found.said
            places = self._themes * said.n_terms + term
            ends = zip(said.place.searchsorted(places), said.place.searchsorted(places + 1), strict=True)
            some = [t * self._room + said.voice[a:b] for t, (a, b) in zip(self._themes.tolist(), ends, strict=True)]
            self._kept[term] = np.unique(np.concatenate(some))
        return self._kept[term]


def _also_able(found: Scores, theme: int) -> list[int]:
    """The terms that may stand beside the first in a name, the best first: two voices said them, a word of few may be one person's."""
    import numpy as np

    voices, everyone = found.voices[theme], int(found.speakers[theme])
    least = min(everyone, 2 if everyone < SOME else 3)
    allowed = _may_name(found, theme) & (voices >= np.where(found.is_phrase, min(everyone, 2), least))
    best = np.argsort(-found.score[theme] * allowed, kind="stable")[:AMONG_NAMES]
    return [int(t) for t in best if allowed[t] and found.score[theme, t] > 0]


def _may_name(found: Scores, theme: int) -> Bools:
    """Nouns and what ends in one; of other words those that stand for the theme by far better than any noun (“white”, “Asian”)."""
    score = found.score[theme]
    best = float((score * found.may_name).max(initial=0))
    allowed: Bools = found.may_name | (score >= FAR * max(best, 1e-12))
    return allowed


def _able(found: Scores, theme: int) -> list[int]:
    """The terms that may name a theme, the best first: before all others those that a fair share of its voices said. The number of
    voices counts by a root: what everybody says is seldom what a theme is about. Where none is a noun phrase any term
    will do.
    """
    import numpy as np

    voices = found.voices[theme]
    weight = found.score[theme] / np.maximum(1, voices) ** 0.25 * np.where(found.is_phrase, MULTI_WORD, 1)
    everyone = int(found.speakers[theme])
    several = min(everyone, 3 if everyone >= MANY else 2)
    fair, enough = (voices >= max(several, int(share * everyone)) for share in SPOKEN)
    able: list[int] = []
    may = _may_name(found, theme)
    for allowed in (may & fair, may & enough, may & (voices > 1), may, voices > 0):
        best = np.argsort(-weight * allowed, kind="stable")[:AMONG]
        able = [int(t) for t in best if weight[t] > 0 and allowed[t]]
        if able:
            break
    return able


def terms(words: Words, found: Scores, theme: int, label: Sequence[int]) -> list[int]:
    """Up to eight terms that stand for a theme, none inside another; those it is called by are the first."""
    import numpy as np

    ranked: list[int] = []
    for t in np.argsort(-found.score[theme], kind="stable")[:AMONG].tolist():
        if found.score[theme, t] <= 0:
            break
        if found.voices[theme, t] >= min(2, words.voices) or len(ranked) < 4:
            ranked.append(t)
    return _apart(words, [*label, *ranked], TERMS)


def coherences(chosen: Sequence[Sequence[int]], counts: Any) -> list[float]:
    """Of each list of terms the mean normalised pointwise mutual information of its pairs, units as documents: 1 where they always
    stand together, 0 where by chance, -1 where never (Bouma 2009; Lau, Newman and Baldwin 2014).
    """
    import numpy as np

    columns = counts.tocsc()
    n = counts.shape[0]
    rows = {t: set(columns.indices[columns.indptr[t] : columns.indptr[t + 1]].tolist()) for c in chosen for t in c}
    found = []
    for some in chosen:
        values = [_npmi(rows[a], rows[b], n) for a, b in combinations(some, 2)]
        found.append(float(np.mean(values)) if values else 0.0)
    return found


def _npmi(one: set[int], other: set[int], n: int) -> float:
    from math import log

    both = len(one & other)
    if not both:
        return -1.0
    return log(both * n / (len(one) * len(other))) / -log(both / n) if both < n else 1.0


def _nested(parts: set[str], used: Sequence[set[str]]) -> bool:
    return any(parts <= other or other <= parts for other in used)


def _apart(words: Words, ranked: Sequence[int], at_most: int) -> list[int]:
    """The first of them of which none stands inside another."""
    kept: list[int] = []
    held: list[set[str]] = []
    shown: set[str] = set()
    for t in ranked:
        parts, written = set(words.parts[t]), words.terms[t].casefold()
        if len(kept) < at_most and written not in shown and not _nested(parts, held):
            kept.append(t)
            held.append(parts)
            shown.add(written)
    return kept
