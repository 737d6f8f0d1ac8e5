"""What is known of a theme beside its name: how it spreads, what codes hold of it, and which passages show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import speakers_first
from cohesion_qda.analysis.placed import placed
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.study import About
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.table import NO_VALUE, Count
from cohesion_qda.model.text import Span
from cohesion_qda.model.theming import Overlap, Spread

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.language import Words
    from cohesion_qda.analysis.spaces import Floats
    from cohesion_qda.analysis.units import Units

    Coded = Sequence[tuple[int, int, int, int]]  # source, start, end, code

PASSAGES, DIVERGENT = 12, 4
PASSAGE_WORDS, PASSAGE_SENTENCES = 8, 2
MOST_VALUES = 12  # attributes with more values are not spread
OVERLAPS = 3
LEAST = 0.1  # smaller overlaps are not told


class Spreading:
    """The ways a study can be grouped, each utterance with its value in each, worked out once for all themes."""

    def __init__(self, words: Words, study: About) -> None:
        self._words = words
        self._ways = list(_ways(words, study))
        self._bases = [[words.count(_where(of, n)) for n in range(len(values))] for _a, _n, values, of in self._ways]

    def of(self, utterances: Ints) -> tuple[Spread, ...]:
        """How these spread; the values in their order, with the count of all talk."""
        found = []
        for (about, name, values, of), bases in zip(self._ways, self._bases, strict=True):
            here = of[utterances]
            counts = [self._words.count(utterances[here == n]) for n in range(len(values))]
            found.append(Spread(about, name, tuple(zip(values, counts, bases, strict=True))))
        return tuple(found)


def _where(of: Ints, n: int) -> Ints:
    import numpy as np

    return np.flatnonzero(of == n)


def _ways(words: Words, study: About) -> Iterator[tuple[str, str, tuple[str, ...], Ints]]:
    """About, name, values, and the number of the value of each utterance (-1: none)."""
    sources, speakers = (column.tolist() for column in placed(words.utterances)[::3])
    groups: dict[int, str] = {
        f.id: study.cases[f.group].name for f in study.sources if f.group is not None and f.group in study.cases
    }
    yield from _way("group", "", [groups.get(source, NO_VALUE) for source in sources], most=10**6)
    of_source: Mapping[int, Mapping[str, str]] = {f.id: f.attributes for f in study.sources}
    for name in _names(f.attributes for f in study.sources):
        values = [of_source.get(source, {}).get(name, NO_VALUE) for source in sources]
        yield from _way("source", name, values)
    people: dict[int, Mapping[str, str]] = {
        case.id: case.attributes for case in study.cases.values() if case.kind == "participant"
    }
    for name in _names(people.values()):
        values = [people.get(case, {}).get(name, NO_VALUE) if case else "" for case in speakers]
        yield from _way("participant", name, values)


def _way(about: str, name: str, given: Sequence[str], most: int = MOST_VALUES) -> Iterator[tuple[str, str, tuple[str, ...], Ints]]:  # fmt: skip
    import numpy as np

    values = tuple(sorted(set(given) - {NO_VALUE}, key=_in_order))
    if 1 <= len(values) <= most:
        number = {value: n for n, value in enumerate(values)}
        yield about, name, values, np.array([number.get(value, -1) for value in given], dtype=np.int64)


def _names(attributes: Iterable[Mapping[str, str]]) -> list[str]:
    return sorted({name for values in attributes for name in values}, key=str.casefold)


def _in_order(value: str) -> tuple[tuple[int, str], ...]:
    """Numbers in a value by their size: 9 before 10."""
    return tuple((int(part), "") if part.isdecimal() else (0, part.casefold()) for part in re.split(r"(\d+)", value))


class Coding:
    """Which utterances each code holds words of."""

    def __init__(self, words: Words, coded: Coded) -> None:
        import numpy as np

        self._n = len(words.utterances)
        self._held: dict[int, Bools] = {}
        if not self._n or not coded:
            return
        source, start, end, _case = placed(words.utterances)
        room = 1 + max(int(end.max()), *(c[2] for c in coded))
        number = np.argsort(source * room + start, kind="stable")
        starts, ends = (source * room + start)[number], (source * room + end)[number]
        places = np.array(coded, dtype=np.int64)
        first = np.searchsorted(np.maximum.accumulate(ends), places[:, 0] * room + places[:, 1], side="right")
        last = np.searchsorted(starts, places[:, 0] * room + places[:, 2], side="left")
        for code, a, b in zip(places[:, 3].tolist(), first.tolist(), last.tolist(), strict=True):
            held = self._held.setdefault(code, np.zeros(self._n, dtype=bool))
            held[number[a:b]] = True

    def of(self, utterances: Ints) -> tuple[Overlap, ...]:
        """The codes that hold most of these, or lie mostly in them; the nearest to being the same first."""
        found = []
        for code, held in self._held.items():
            both, all_ = int(held[utterances].sum()), int(held.sum())
            if both and both / min(len(utterances), all_) >= LEAST:
                either = len(utterances) + all_ - both
                found.append((both / either, Overlap(CodeId(code), both, all_)))
        found.sort(key=lambda pair: (-pair[0], pair[1].code))
        return tuple(overlap for _share, overlap in found[:OVERLAPS])


def typical(words: Words, units: Units, parts: Ints, nearness: Floats) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:  # fmt: skip
    """The passages nearest to the middle of a theme, and those furthest from it that are not among them, of the parts given;
    different speakers first. A part says too little to show a theme with one sentence of few words.
    """
    import numpy as np

    of = units.utterance[parts]
    long = (words.sentences[of] >= PASSAGE_SENTENCES) | (words.length[of] >= PASSAGE_WORDS)
    among = parts[long & (nearness > 0)]
    near = nearness[long & (nearness > 0)]
    if not len(among):
        among, near = parts, nearness
    best = among[np.argsort(-near, kind="stable")]
    value = dict(zip(among.tolist(), near.tolist(), strict=True))
    first = _speakers_first(words, units, best)[:PASSAGES]
    rest = best[::-1][~np.isin(best[::-1], first)]
    last = _speakers_first(words, units, rest)[:DIVERGENT]
    return tuple(_shown(words, units, p, value[p]) for p in first), tuple(
        _shown(words, units, p, value[p]) for p in last
    )


def _speakers_first(words: Words, units: Units, parts: Ints) -> list[int]:
    order = speakers_first(words.voice[units.utterance[parts]].tolist())
    return [int(part) for part in parts[order]]


def _shown(words: Words, units: Units, part: int, score: float) -> Evidence:
    from cohesion_qda.model.ids import SourceId

    source, span = SourceId(int(units.source[part])), Span(int(units.start[part]), int(units.end[part]))
    return Evidence(source, span, round(score, 6), of=words.contents.get(source, ""))


def total(words: Words) -> Count:
    """All talk that was looked at."""
    import numpy as np

    return words.count(np.arange(len(words.utterances)))
