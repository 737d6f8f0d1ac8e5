"""A study as arrays on one line: every source laid end to end, so that overlaps are found by bisection."""

from __future__ import annotations

from dataclasses import dataclass
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

    source_ids = np.array(sorted(fact.id for fact in data.sources), dtype=np.int64)
    case_ids = np.array(sorted(data.cases), dtype=np.int64)
    code_ids = tuple(code.id for code in data.codes)
    turns, codings = table(data.turns, 4), table(data.codings, 6)
    if coder is not None:
        codings = codings[:, codings[5] == coder]
    turns[0] = np.searchsorted(source_ids, turns[0])
    codings[1] = np.searchsorted(source_ids, codings[1])
    offset = _offsets(data, source_ids, turns, codings)
    spoken = np.zeros(len(source_ids), dtype=bool)
    spoken[turns[0][turns[2] > turns[1]]] = True
    talk = _talk(data, case_ids, turns, offset)
    start, end = codings[2] + offset[codings[1]], codings[3] + offset[codings[1]]
    first, last = talk.around(start, end)
    order = np.argsort(np.array(code_ids, dtype=np.int64))
    sorted_codes = np.array(code_ids, dtype=np.int64)[order]
    return Grid(
        case_ids, source_ids, code_ids, offset, _groups(data, source_ids, case_ids), spoken, talk,
        coding=codings[0], source=codings[1], start=start, end=end,
        code=order[np.searchsorted(sorted_codes, codings[4])] if len(order) else codings[4],
        coder=codings[5], counted=(first < last) | ~spoken[codings[1]],
    )  # fmt: skip


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


def _talk(data: StudyData, case_ids: Ints, turns: Ints, offset: Ints) -> Lines:
    import numpy as np

    who = np.searchsorted(case_ids, turns[3])
    speaks = np.array([data.cases[case].role == "participant" for case in sorted(data.cases)], dtype=bool)
    kept = speaks[who] & (turns[2] > turns[1]) if len(who) else np.zeros(0, dtype=bool)
    start, end = (turns[1] + offset[turns[0]])[kept], (turns[2] + offset[turns[0]])[kept]
    return lines(start, end, turns[0][kept], who[kept])[0]


def lines(start: Ints, end: Ints, source: Ints, case: Ints) -> tuple[Lines, Ints]:
    """Stretches in the order of their start, and the place that each had before."""
    import numpy as np

    order = np.argsort(start, kind="stable")
    reach = np.maximum.accumulate(end[order]) if len(order) else end
    return Lines(start[order], end[order], reach, source[order], case[order]), order
