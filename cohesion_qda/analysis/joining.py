"""The passages of a query's codes, joined from left to right as `model.query` defines it.

Every step bisects sorted stretches: time grows with the codings, not with their pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import Grid, Lines, grid, lines, merge, table
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import Query, Term
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import comparable

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints


@dataclass(frozen=True, slots=True)
class Study:
    """A study made ready for any number of queries. `turns` are those of everybody, moderators included; `weights` are by
    coding, those that have one.
    """

    data: StudyData
    grid: Grid
    turns: Lines
    weights: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Passages: `coding` is a place in the grid's columns, `start` and `end` are on the grid's line."""

    coding: Ints
    start: Ints
    end: Ints

    def __getitem__(self, kept: Ints | Bools | slice) -> Pieces:
        return Pieces(self.coding[kept], self.start[kept], self.end[kept])

    def __len__(self) -> int:
        return len(self.coding)


def study(data: StudyData, weights: Mapping[int, int]) -> Study:
    """A study made ready."""
    import numpy as np

    g = grid(data)
    turns = table(data.turns, 4)
    place = np.searchsorted(g.source_ids, turns[0])
    who = np.searchsorted(g.case_ids, turns[3])
    real = turns[2] > turns[1]
    start, end = (turns[1] + g.offset[place])[real], (turns[2] + g.offset[place])[real]
    return Study(data, g, lines(start, end, place[real], who[real])[0], weights)


def usable(s: Study, query: Query) -> Bools:
    """The codings that are looked at: of the coders asked for, and heavy enough."""
    import numpy as np

    g = s.grid
    kept = np.ones(len(g.coding), dtype=bool)
    if query.coders:
        named = {comparable(name) for name in query.coders}
        ids = [coder.id for coder in s.data.coders if comparable(coder.name) in named]
        kept &= np.isin(g.coder, np.array(ids, dtype=np.int64))
    if query.weight is not None:
        heavy = [coding for coding, weight in s.weights.items() if weight >= query.weight]
        kept &= np.isin(g.coding, np.array(heavy, dtype=np.int64))
    return kept


def joined(s: Study, terms: Sequence[Term], looked_at: Bools, paragraphs: Sequence[tuple[int, int]]) -> Pieces:
    """The passages of `terms`, or whatever is coded where there are none. `paragraphs` as for `analysis.retrieval.find`."""
    import numpy as np

    if not terms:
        return _of(s, np.flatnonzero(looked_at))
    pieces = _of_term(s, terms[0], looked_at)
    units = _units(s, paragraphs) if any(t.joiner in ("and", "near") for t in terms[1:]) else None
    for term in terms[1:]:
        other = _of_term(s, term, looked_at)
        if term.joiner == "or":
            pieces = _either(pieces, other)
        elif term.joiner == "overlapping":
            pieces = _shared(pieces, other)
        elif term.joiner == "not":
            pieces = pieces[~_touched(pieces, other)]
        else:
            assert units is not None
            pieces = pieces[units.within(pieces, other, 0 if term.joiner == "and" else term.turns)]
    return pieces


def _of(s: Study, coding: Ints) -> Pieces:
    return Pieces(coding, s.grid.start[coding], s.grid.end[coding])


def members(s: Study, term: Term) -> list[CodeId]:
    """The codes a term stands for; none when its code is gone."""
    if term.code not in s.data.codes:
        return []
    return s.data.codes.branch(term.code) if term.branch else [term.code]


def _of_term(s: Study, term: Term, looked_at: Bools) -> Pieces:
    import numpy as np

    number = {code: n for n, code in enumerate(s.grid.code_ids)}
    wanted = np.array([number[code] for code in members(s, term)], dtype=np.int64)
    return _of(s, np.flatnonzero(looked_at & np.isin(s.grid.code, wanted)))


def _either(pieces: Pieces, other: Pieces) -> Pieces:
    """Both, each passage once."""
    import numpy as np

    every = Pieces(np.append(pieces.coding, other.coding), np.append(pieces.start, other.start),
                   np.append(pieces.end, other.end))  # fmt: skip
    if not len(every):
        return every
    every = every[np.lexsort((every.end, every.start, every.coding))]
    is_new = np.ones(len(every), dtype=bool)
    is_new[1:] = (np.diff(every.coding) != 0) | (np.diff(every.start) != 0) | (np.diff(every.end) != 0)
    return every[is_new]


def _cover(start: Ints, end: Ints) -> Lines:
    """Stretches as lines that do not overlap."""
    import numpy as np

    length = int(end.max(initial=0))
    nothing = np.zeros(len(start), dtype=np.int64)
    key, start, end = merge(nothing, start, end, length)
    return Lines(start, end, end, key, key)


def _shared(pieces: Pieces, other: Pieces) -> Pieces:
    """The text that both share; one piece for each stretch of it."""
    import numpy as np

    cover = _cover(other.start, other.end)
    owner, line = cover.overlaps(pieces.start, pieces.end)
    return Pieces(
        pieces.coding[owner],
        np.maximum(pieces.start[owner], cover.start[line]),
        np.minimum(pieces.end[owner], cover.end[line]),
    )


def _touched(pieces: Pieces, other: Pieces) -> Bools:
    """Which pieces share text with any of the others."""
    first, last = _cover(other.start, other.end).around(pieces.start, pieces.end)
    return first < last


@dataclass(frozen=True, slots=True)
class _Units:
    """Turns, or paragraphs where nobody speaks, numbered along the line. `first` is the number of each source's first, and
    of what comes after the last source.
    """

    start: Ints
    first: Ints
    source_of: Ints  # of each coding of the grid

    def within(self, pieces: Pieces, other: Pieces, far: int) -> Bools:
        """Which pieces have one of the others in one of their turns, or at most `far` turns away, in their source."""
        import numpy as np

        source = self.source_of[pieces.coding]
        begin, end = self._of(pieces)
        begin = np.maximum(begin - far, self.first[source])
        end = np.minimum(end + far, self.first[source + 1])
        first, last = _cover(*self._of(other)).around(begin, end)
        return first < last

    def _of(self, pieces: Pieces) -> tuple[Ints, Ints]:
        """The numbers `[first, last)` of the turns of each piece; what lies before a source's first turn belongs to it."""
        import numpy as np

        source = self.source_of[pieces.coding]
        least, most = self.first[source], np.maximum(self.first[source + 1] - 1, self.first[source])
        begin = np.searchsorted(self.start, pieces.start, side="right") - 1
        end = np.searchsorted(self.start, pieces.end, side="left") - 1
        return np.clip(begin, least, most), np.clip(end, least, most) + 1


def _units(s: Study, paragraphs: Sequence[tuple[int, int]]) -> _Units:
    import numpy as np

    g = s.grid
    quiet = table(tuple(paragraphs), 2)
    place = np.searchsorted(g.source_ids, quiet[0])
    # a source without any turn or paragraph is one unit, so that every piece lies in one
    bare = np.setdiff1d(np.arange(len(g.source_ids)), np.append(s.turns.source, place))
    source = np.concatenate((s.turns.source, place, bare))
    start = np.concatenate((s.turns.start, quiet[1] + g.offset[place], g.offset[bare]))
    order = np.argsort(start, kind="stable")
    first = np.searchsorted(source[order], np.arange(len(g.source_ids) + 1))
    return _Units(start[order], first, g.source)
