"""What themes are called: phrases that people said, and the terms that stand for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis.grid import count_distinct
from cohesion_qda.analysis.spaces import unit
from cohesion_qda.analysis.talknoise import THIN

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.language import Words
    from cohesion_qda.analysis.spaces import Floats, Space

TERMS, PHRASES = 8, 3
MULTI_WORD = 1.4  # how far a phrase is preferred to a word as a label
SPOKEN = 0.05  # a name is said by this share of a theme's voices, and by three where it has many
MANY = 12
AMONG = 200


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """How well each term stands for each theme (rows are themes), how many voices said it there, and how many speak there."""

    score: Floats
    voices: Ints
    speakers: Ints
    is_phrase: Bools
    may_name: Bools


def shared_terms(words: Words) -> Bools:
    """Which terms enough people share to carry a theme: two voices, three where there are twenty or more; and two sources where
    there are five or more.
    """
    import numpy as np

    source = np.array([u.source for u in words.utterances], dtype=np.int64)
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
    return Scores(score, voices, speakers, _is_phrase(words), space.known & words.nominal)


def _is_phrase(words: Words) -> Bools:
    import numpy as np

    return np.array([len(parts) > 1 for parts in words.parts], dtype=bool)


def phrases(words: Words, found: Scores, order: Sequence[int]) -> dict[int, list[int]]:
    """Up to three noun phrases for each theme, the first of which names it: no two names alike and none inside another."""
    used: list[set[str]] = []
    named: dict[int, list[int]] = {}
    for theme in order:
        ranked = _able(found, theme)
        if not ranked:
            continue
        first = next((t for t in ranked if not _nested(set(words.parts[t]), used)), ranked[0])
        used.append(set(words.parts[first]))
        named[theme] = _apart(words, [first, *ranked], PHRASES)
    return named


def _able(found: Scores, theme: int) -> list[int]:
    """The terms that may name a theme, the best first: before all others those that enough of its voices said, for a name that
    few said would mislead. The number of voices counts by its root: what everybody says is seldom what a theme is about. Where
    none is a noun phrase any term will do.
    """
    import numpy as np

    voices = found.voices[theme]
    weight = found.score[theme] / np.sqrt(np.maximum(1, voices)) * np.where(found.is_phrase, MULTI_WORD, 1)
    everyone = int(found.speakers[theme])
    enough = max(min(everyone, 3 if everyone >= MANY else 2), round(SPOKEN * everyone))
    for allowed in (found.may_name & (voices >= enough), found.may_name & (voices > 1), found.may_name, voices > 0):
        best = np.argsort(-weight * allowed, kind="stable")[:AMONG]
        able = [int(t) for t in best if weight[t] > 0 and allowed[t]]
        if able:
            return able
    return []


def terms(words: Words, found: Scores, theme: int, label: int) -> list[int]:
    """Up to eight terms that stand for a theme, none inside another; the label is the first."""
    import numpy as np

    ranked: list[int] = []
    for t in np.argsort(-found.score[theme], kind="stable")[:AMONG].tolist():
        if found.score[theme, t] <= 0:
            break
        if found.voices[theme, t] >= min(2, words.voices) or len(ranked) < 4:
            ranked.append(t)
    return _apart(words, [label, *ranked], TERMS)


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
