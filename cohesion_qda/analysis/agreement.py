"""How far coders agree, and where they do not.

Compared are only the sources in which every one of the coders has coded something: that a coder left a code out says
nothing where they did not look. Over each unit of participants' speech (`agreement_units.UNITS`) a coder has used a
code or not: a turn, a sentence or a source counts for a coder when a coding of the code shares a code point with it,
and a code point (*characters*) when it lies in one.

*Overall* is over decisions, units × codes that any of the coders used. Most codes fit few units, so that neither
coder used them in most: percent agreement over decisions is high for any two coders and no number to report, and
kappa, alpha and AC1 are weighted by how often a code was used. The *mean over codes* stands beside it, in which every
code weighs the same: each measure's mean over the codes for which it can be calculated.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from cohesion_qda.analysis.agreement_units import Text, Units, units
from cohesion_qda.analysis.grid import Grid, grid
from cohesion_qda.analysis.once import once
from cohesion_qda.analysis.stretches import Stretches
from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId, CoderId, CodingId, SourceId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import Agreement
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where coders used a code differently: all turns that their codings there reach into hang together.
    `span` goes from the first to the last of these codings, `extents` has for each coder where theirs lie.
    """

    source: SourceId
    span: Span
    code: CodeId
    extents: tuple[tuple[Span, ...], ...]
    codings: tuple[CodingId, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The codings of `coders` laid over the units of the sources that all of them coded (`sources`; `of_coder` has
    which each coded).

    `codes` are those that are looked at, in the order of the rows. `used[coder]` are the units in which each coder
    used them: the unit u of the code k lies at k × `width` + u. `coding`, `row`, `by`, `first` and `last` are the
    codings among them (with `branch` one for each row that it counts in): its number among the codings of the grid,
    its row, its coder, and its units.
    """

    grid: Grid
    units: Units
    coders: tuple[CoderId, ...]
    codes: tuple[CodeId, ...]
    sources: tuple[SourceId, ...]
    of_coder: tuple[frozenset[SourceId], ...]
    used: tuple[Stretches, ...]
    coding: Ints
    row: Ints
    by: Ints
    first: Ints
    last: Ints

    @property
    def width(self) -> int:
        """How far the units of one code lie from those of the next."""
        return self.units.length + 1

    def everybody(self) -> Stretches:
        """The units, code by code, in which all coders used it."""
        found = self.used[0]
        for other in self.used[1:]:
            found = found.shared_with(other)
        return found

    def anybody(self) -> Stretches:
        """The units, code by code, in which any coder used it."""
        found = self.used[0]
        for other in self.used[1:]:
            found = found.joined_with(other)
        return found

    def counts(self, of: Stretches) -> Ints:
        """How many units of each row lie in some."""
        import numpy as np

        starts = np.arange(len(self.codes), dtype=np.int64) * self.width
        return of.within(starts, starts + self.units.length)

    def pieces(self, of: Stretches) -> Ints:
        """The same for each of the pieces that are resampled: a row for each code, a column for each piece."""
        import numpy as np

        edges = np.arange(len(self.codes), dtype=np.int64)[:, None] * self.width + self.units.edges[None, :]
        return np.diff(of.before(edges.ravel()).reshape(edges.shape), axis=1)

    def tallies(self) -> Ints:
        """In how many units of each row none of the coders used the code, one, two … all: a column for each number."""
        import numpy as np

        many = len(self.coders) + 1
        points = np.concatenate([*(used.end for used in self.used), *(used.start for used in self.used)])
        order = np.argsort(points, kind="stable")  # where one ends and another begins, the end comes first
        steps = np.where(order < len(points) // 2, -1, 1)
        depth, lengths = np.cumsum(steps)[:-1], np.diff(points[order])
        keys = points[order][:-1] // self.width * many + depth
        found = np.bincount(keys, weights=lengths, minlength=len(self.codes) * many).astype(np.int64)
        table = found.reshape(len(self.codes), many)
        table[:, 0] = self.units.length - table[:, 1:].sum(axis=1)
        return table

    def pairs(self) -> list[Stretches]:
        """The units in which both of each two coders used a code."""
        return [a.shared_with(b) for a, b in combinations(self.used, 2)]

    def behind(self, row: int | None, is_shared: bool) -> list[CodingId]:
        """The codings of a row (None: of all) with a unit in which all coders used the code, or with one in which not
        all did.
        """
        import numpy as np

        everybody = self.everybody()
        start, end = self.row * self.width + self.first, self.row * self.width + self.last
        common = everybody.within(start, end)
        kept = common > 0 if is_shared else common < end - start
        kept &= (end > start) & (True if row is None else self.row == row)
        return [CodingId(n) for n in dict.fromkeys(self.grid.coding[np.unique(self.coding[kept])].tolist())]

    def differences(self, most: int | None = None) -> tuple[list[Difference], int]:
        """The places where the coders differ, by source and place, codes in their order: the first `most`, and how
        many there are.
        """
        import numpy as np

        g, start, end = self.grid, self.grid.start[self.coding], self.grid.end[self.coding]
        turn_from, turn_to = self.units.turns(start, end)
        wide = len(self.units.turn_start) + 1
        places = Stretches.of(self.row * wide + turn_from, self.row * wide + turn_to)
        of = np.searchsorted(places.start, self.row * wide + turn_from, side="right") - 1
        row, first = np.divmod(places.start, wide)
        last = first + (places.end - places.start) - 1
        begin, finish = row * self.width + self.units.turn_from[first], row * self.width + self.units.turn_to[last]
        differs = self.anybody().within(begin, finish) > self.everybody().within(begin, finish)
        chosen = np.flatnonzero((turn_to > turn_from) & differs[of])
        order = chosen[np.lexsort((end[chosen], start[chosen], of[chosen]))]
        cuts = np.flatnonzero(np.diff(of[order], prepend=-1))
        heads, cuts = order[cuts], np.append(cuts, len(order))
        rank = np.zeros(len(g.source_ids), dtype=np.int64)
        rank[np.searchsorted(g.source_ids, self.sources)] = np.arange(len(self.sources))
        listed = np.lexsort((self.row[heads], start[heads], rank[g.source[self.coding[heads]]]))
        return [self._difference(order[cuts[n] : cuts[n + 1]]) for n in listed[:most].tolist()], len(heads)

    def _difference(self, group: Ints) -> Difference:
        g = self.grid
        source = int(g.source[self.coding[group[0]]])
        away = int(g.offset[source])
        which = self.coding[group]
        spans = [Span(a - away, b - away) for a, b in zip(g.start[which].tolist(), g.end[which].tolist(), strict=True)]
        by = self.by[group].tolist()
        return Difference(
            SourceId(int(g.source_ids[source])),
            Span(min(s.start for s in spans), max(s.end for s in spans)),
            self.codes[int(self.row[group[0]])],
            tuple(
                tuple(dict.fromkeys(s for s, who in zip(spans, by, strict=True) if who == n))
                for n in range(len(self.coders))
            ),
            tuple(CodingId(n) for n in dict.fromkeys(g.coding[which].tolist())),
        )


def comparison(
    data: StudyData,
    coders: Sequence[CoderId],
    over: str = "turns",
    codes: Collection[CodeId] = (),
    branch: bool = False,
    text: Text | None = None,
) -> Comparison:
    """The codings of two or more coders laid side by side, over one of `agreement_units.UNITS`. Without `codes`, the codes that any of
    them used in the sources all of them coded, in the order of the codebook; with `branch` a code is used where
    one under it is. `text` gives the text of a source: without it a source in which nobody speaks has no units.
    Raises BadInput for another unit.
    """
    key = ("comparison", tuple(coders), over, tuple(codes), branch, text is None)
    return once(data, key, lambda: _comparison(data, tuple(coders), over, tuple(codes), branch, text))


def _comparison(
    data: StudyData, coders: tuple[CoderId, ...], over: str, codes: tuple[CodeId, ...], branch: bool, text: Text | None
) -> Comparison:  # fmt: skip
    import numpy as np

    g = grid(data)
    of_coder = [_coded_by(g, coder) for coder in coders]
    shared = np.logical_and.reduce(of_coder)
    line = once(data, ("agreement units", over, tuple(coders), text is None), lambda: units(g, over, shared, text))
    of_them = np.flatnonzero(np.isin(g.coder, coders) & shared[g.source])
    first, last = line.covered(g.start[of_them], g.end[of_them])
    kept = last > first
    coding, first, last = of_them[kept], first[kept], last[kept]
    owner, row, rows = _rows(data, g.code[coding], codes, branch)
    coding, first, last = coding[owner], first[owner], last[owner]
    by = np.argsort(coders)[np.searchsorted(np.sort(coders), g.coder[coding])]
    shift = row * (line.length + 1)
    used = tuple(Stretches.of((shift + first)[by == n], (shift + last)[by == n]) for n in range(len(coders)))
    names = [fact.id for fact in data.sources]
    seen = [frozenset(SourceId(int(s)) for s in g.source_ids[mask]) for mask in of_coder]
    return Comparison(
        g, line, coders, rows, tuple(s for s in names if all(s in one for one in seen)), tuple(seen), used,
        coding, row, by, first, last,
    )  # fmt: skip


def _coded_by(g: Grid, coder: CoderId) -> Bools:
    """In which sources a coder has coded anything."""
    import numpy as np

    coded = np.zeros(len(g.source_ids), dtype=bool)
    coded[g.source[g.coder == coder]] = True
    return coded


def _rows(
    data: StudyData, numbers: Ints, codes: tuple[CodeId, ...], branch: bool
) -> tuple[Ints, Ints, tuple[CodeId, ...]]:
    """In which rows each coding counts: its place among `numbers`, the row; and the code of each row."""
    import numpy as np

    ids = [code.id for code in data.codes]
    over: dict[CodeId, list[CodeId]] = {}
    for code in data.codes:
        over[code.id] = [code.id]
        parent = code.parent
        while branch and parent is not None:
            over[code.id].append(parent)
            parent = data.codes[parent].parent
    used = {above for n in np.unique(numbers).tolist() for above in over[ids[n]]}
    rows = codes or tuple(code for code in ids if code in used)
    place = {code: n for n, code in enumerate(rows)}
    at = [[place[above] for above in over[code] if above in place] for code in ids]
    sizes = np.array([len(its) for its in at], dtype=np.int64)[numbers] if len(ids) else numbers
    starts = np.cumsum([0, *(len(its) for its in at)])
    flat = np.array([row for its in at for row in its], dtype=np.int64)
    owner = np.repeat(np.arange(len(numbers)), sizes)
    before = np.cumsum(sizes) - sizes
    return owner, flat[starts[numbers][owner] + np.arange(len(owner)) - before[owner]], rows


def kappa(both: int, only_a: int, only_b: int, neither: int) -> float | None:
    """Cohen's kappa of a two-by-two table, from whole numbers; as `coefficients.cohen`, without a library to load."""
    n = both + only_a + only_b + neither
    if n == 0 or both == n or neither == n:
        return None
    a, b = both + only_a, both + only_b
    by_chance = a * b + (n - a) * (n - b)
    return (n * (both + neither) - by_chance) / (n * n - by_chance)


def agreement(data: StudyData, a: CoderId, b: CoderId, unit: str = "turns") -> list[Agreement]:
    """The overall row, then a row for each code that either of two coders used, in the order of the codebook: what
    the findings report has.

    Sources in which nobody speaks are left out, and sentences need the text: see `comparison`. Nothing but an empty
    overall row when no source is coded by both. Raises BadInput for another unit.
    """
    found = comparison(data, (a, b), unit)
    both, alone = found.counts(found.everybody()).tolist(), [found.counts(used).tolist() for used in found.used]
    rows = [
        _row(code, data.codes.path(code), both[n], alone[0][n] - both[n], alone[1][n] - both[n], found.units.length)
        for n, code in enumerate(found.codes)
    ]
    total = {name: sum(getattr(row, name) for row in rows) for name in ("both", "only_a", "only_b")}
    return [_row(None, _("All codes"), **total, n=found.units.length * len(rows)), *rows]


def _row(code: CodeId | None, path: str, both: int, only_a: int, only_b: int, n: int) -> Agreement:
    neither = n - both - only_a - only_b
    percent = 100 * (both + neither) / n if n else 0.0
    return Agreement(code, path, both, only_a, only_b, neither, percent, kappa(both, only_a, only_b, neither))
