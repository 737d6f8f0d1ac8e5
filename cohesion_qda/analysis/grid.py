"""A study as arrays on one line: every source laid end to end, so that overlaps are found by bisection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from cohesion_qda.analysis.once import once
from cohesion_qda.model.ids import CoderId
from cohesion_qda.model.study import StudyData

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lines:
    """Stretches in order of their start. `start` and `end` are on the line; `reach` is the furthest end so far."""

    start: Ints
    end: Ints
    reach: Ints
    source: Ints
    case: Ints

    def around(self, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """For each stretch given, the range `[first, last)` of lines that can overlap it; empty when none does."""
        import numpy as np

        first = np.searchsorted(self.reach, start, side="right")
        last = np.searchsorted(self.start, end, side="left")
        return first, np.maximum(first, last)

    def overlaps(self, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """Every pair (number of the stretch given, number of the line) that shares a code point."""
        owner, line = ranges(*self.around(start, end))
        real = self.end[line] > start[owner]
        return owner[real], line[real]


@dataclass(frozen=True, slots=True)
class Grid:
    """Cases, sources and codes are numbered 0, 1, 2 … here; `offset` is where each source begins on the line,
    `group` the number of its group case, or -1 when it is not a focus group.

    `talk` holds the participants' turns, `spoken` says in which sources anybody speaks. The columns of codings are
    parallel; `counted` are those in which a participant speaks, or that lie where nobody does.

    `turn` says of which turn each line of `talk` is (a piece). Of a study that was narrowed to some people or questions
    `whole` is the grid of what it was before, with the same sources on the same line, and `under` what is looked at of
    the line (None: all of it).
    """

    case_ids: Ints
    source_ids: Ints
    code_ids: tuple[int, ...]
    offset: Ints
    group: Ints
    spoken: Bools
    talk: Lines
    coding: Ints
    source: Ints
    start: Ints
    end: Ints
    code: Ints
    coder: Ints
    counted: Bools
    turn: Ints
    whole: Grid | None = None
    under: Lines | None = None

    @property
    def turns(self) -> int:
        """More than any number in `turn`."""
        return len((self.whole or self).talk.start)

    def seen(self, place: Ints, source: Ints) -> Ints:
        """Places (each in its source) as they lie where all that is not looked at is cut out: it takes no room.
        Sources stay apart.
        """
        import numpy as np

        if self.under is None or not len(self.under.start):
            return place
        long = self.under.end - self.under.start
        before = np.cumsum(long) - long
        at = np.searchsorted(self.under.start, place, side="right") - 1
        found: Ints = np.where(at < 0, 0, before[at] + np.clip(place - self.under.start[at], 0, long[at])) + source
        return found


def ranges(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """All members of the ranges `[first, last)`: the number of the range beside each member."""
    import numpy as np

    sizes = last - first
    owner = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes) - sizes
    return owner, np.arange(len(owner)) - before[owner] + first[owner]


def merge(key: Ints, start: Ints, end: Ints, length: int) -> tuple[Ints, Ints, Ints]:
    """Stretches with one key that overlap become one; touching is not overlapping.

    Gives key, start and end of the merged stretches, in order. `length` is at least the largest end.
    """
    import numpy as np

    if not len(key):
        return key, start, end
    shift = key * (length + 1)
    order = np.argsort(shift + start)
    begins = (shift + start)[order]
    reach = np.maximum.accumulate((shift + end)[order])
    new = np.empty(len(order), dtype=bool)
    new[0] = True
    new[1:] = begins[1:] >= reach[:-1]
    firsts = np.flatnonzero(new)
    lasts = np.append(firsts[1:], len(order)) - 1
    keys = key[order][firsts]
    return keys, start[order][firsts], reach[lasts] - keys * (length + 1)


def distinct(keys: Ints) -> Ints:
    """The different numbers among `keys`, in order (several times as fast as `numpy.unique`)."""
    import numpy as np

    if not len(keys):
        return keys
    keys = np.sort(keys)
    new = np.empty(len(keys), dtype=bool)
    new[0] = True
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    return keys[new]


def count_distinct(width: int, height: int, place: Ints, thing: Ints) -> Ints:
    """How many different things lie in each of `width` places; things are numbered below `height`."""
    import numpy as np

    keys = place * height + thing
    if width * height > 4_000_000:
        return np.bincount(distinct(keys) // height, minlength=width)
    seen = np.zeros((width, height), dtype=bool)
    seen.reshape(-1)[keys] = True
    found: Ints = np.count_nonzero(seen, axis=1)
    return found


def table(rows: tuple[tuple[int, ...], ...], width: int) -> Ints:
    """Rows of numbers as an array, one row of which is one column of the table."""
    import numpy as np

    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * width)
    return flat.reshape(-1, width).T.copy()


def grid(data: StudyData, coder: CoderId | None = None) -> Grid:
    """The arrays of a study, with the codings of one coder or of all. They are kept: nobody writes into them."""
    return once(data, ("grid", coder), lambda: _grid(data, coder))


def _grid(data: StudyData, coder: CoderId | None) -> Grid:
    import numpy as np

    whole = None if data.whole is None else grid(_of_same_sources(data.whole, data), coder)
    source_ids = np.array(sorted(fact.id for fact in data.sources), dtype=np.int64)
    case_ids = np.array(sorted(data.cases), dtype=np.int64)
    code_ids = tuple(code.id for code in data.codes)
    turns, codings = table(data.turns, 4), table(data.codings, 6)
    if coder is not None:
        codings = codings[:, codings[5] == coder]
    turns[0] = np.searchsorted(source_ids, turns[0])
    codings[1] = np.searchsorted(source_ids, codings[1])
    offset = _offsets(data, source_ids, turns, codings) if whole is None else whole.offset
    spoken = np.zeros(len(source_ids), dtype=bool)
    spoken[turns[0][turns[2] > turns[1]]] = True
    under = _under(data, source_ids, offset) if data.is_cut else None
    talk, turn = _talk(data, case_ids, turns, offset) if whole is None else _left(data, whole, under)
    start, end = codings[2] + offset[codings[1]], codings[3] + offset[codings[1]]
    first, last = talk.around(start, end)
    order = np.argsort(np.array(code_ids, dtype=np.int64))
    sorted_codes = np.array(code_ids, dtype=np.int64)[order]
    return Grid(
        case_ids, source_ids, code_ids, offset, _groups(data, source_ids, case_ids), spoken, talk,
        coding=codings[0], source=codings[1], start=start, end=end,
        code=order[np.searchsorted(sorted_codes, codings[4])] if len(order) else codings[4],
        coder=codings[5], counted=(first < last) | ~spoken[codings[1]], turn=turn, whole=whole, under=under,
    )  # fmt: skip


def _of_same_sources(whole: StudyData, data: StudyData) -> StudyData:
    """The whole study with only the sources that are looked at."""
    ids = {fact.id for fact in data.sources}
    if len(ids) == len(whole.sources):
        return whole
    return replace(
        whole, sources=tuple(fact for fact in whole.sources if fact.id in ids),
        turns=tuple(row for row in whole.turns if row[0] in ids),
        codings=tuple(row for row in whole.codings if row[1] in ids),
        sections=tuple(row for row in whole.sections if row[0] in ids),
    )  # fmt: skip


def stretches(sections: Iterable[tuple[int, int, int, str]]) -> dict[int, list[tuple[int, int]]]:
    """By source, what lies in sections (sorted by source and start): where one follows on another they are one, so that
    what reaches over both is not cut.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for source, start, end, _title in sections:
        its = found.setdefault(source, [])
        if its and its[-1][1] >= start:
            its[-1] = (its[-1][0], max(end, its[-1][1]))
        else:
            its.append((start, end))
    return found


def _under(data: StudyData, source_ids: Ints, offset: Ints) -> Lines:
    """What lies in the sections of a study."""
    import numpy as np

    place = {source: n for n, source in enumerate(source_ids.tolist())}
    found = [(place[source], *one) for source, its in stretches(data.sections).items() for one in its]
    source, start, end = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return lines(start + offset[source], end + offset[source], source, np.zeros_like(source))[0]


def _left(data: StudyData, whole: Grid, under: Lines | None) -> tuple[Lines, Ints]:
    """What of the whole study's talk is looked at, and of which turn each piece is."""
    import numpy as np

    talk, turn = whole.talk, np.arange(len(whole.talk.start))
    start, end = talk.start, talk.end
    if under is not None:
        part, turn = talk.overlaps(under.start, under.end)
        start, end = np.maximum(under.start[part], start[turn]), np.minimum(under.end[part], end[turn])
    kept = _counted(data)[talk.case[turn]]
    turn = turn[kept]
    found, order = lines(start[kept], end[kept], talk.source[turn], talk.case[turn])
    return found, turn[order]


def _offsets(data: StudyData, source_ids: Ints, turns: Ints, codings: Ints) -> Ints:
    """Where each source begins on the line; there is a gap of one between sources."""
    import numpy as np

    length_of = {fact.id: fact.length for fact in data.sources}
    lengths = np.array([length_of[source] for source in source_ids.tolist()], dtype=np.int64)
    np.maximum.at(lengths, turns[0], turns[2])
    np.maximum.at(lengths, codings[1], codings[3])
    return np.cumsum(lengths + 1) - lengths - 1


def _groups(data: StudyData, source_ids: Ints, case_ids: Ints) -> Ints:
    import numpy as np

    number: dict[int | None, int] = {case: n for n, case in enumerate(case_ids.tolist())}
    group_of = {fact.id: fact.group if fact.kind == "focus group" else None for fact in data.sources}
    return np.array([number.get(group_of[source], -1) for source in source_ids.tolist()], dtype=np.int64)


def _talk(data: StudyData, case_ids: Ints, turns: Ints, offset: Ints) -> tuple[Lines, Ints]:
    import numpy as np

    who = np.searchsorted(case_ids, turns[3])
    kept = _counted(data)[who] & (turns[2] > turns[1]) if len(who) else np.zeros(0, dtype=bool)
    start, end = (turns[1] + offset[turns[0]])[kept], (turns[2] + offset[turns[0]])[kept]
    return lines(start, end, turns[0][kept], who[kept])[0], np.arange(len(start))


def _counted(data: StudyData) -> Bools:
    """Of each case, by its number, whether what it says is counted."""
    import numpy as np

    return np.array([data.cases[case].role == "participant" for case in sorted(data.cases)], dtype=bool)


def lines(start: Ints, end: Ints, source: Ints, case: Ints) -> tuple[Lines, Ints]:
    """Stretches in the order of their start, and the place that each had before."""
    import numpy as np

    order = np.argsort(start, kind="stable")
    reach = np.maximum.accumulate(end[order]) if len(order) else end
    return Lines(start[order], end[order], reach, source[order], case[order]), order


def speakers_first(voices: Iterable[int]) -> list[int]:
    """The places of some voices in a row: first the foremost of each voice, then the second of each, and so on."""
    seen: dict[int, int] = {}
    nth = []
    for place, voice in enumerate(voices):
        seen[voice] = seen.get(voice, -1) + 1
        nth.append((seen[voice], place))
    return [place for _nth, place in sorted(nth)]
