"""Which codes come together: pairs of codes whose mentions meet.

A *mention* is what `analysis.frequency` takes for one: overlapping codings of one code (or branch) by one coder are
one, and what only moderators and observers say is none. Two codes come together, by `how`:

*overlap*: the number of pairs of a mention of the one and a mention of the other that share text (touching is not
  sharing);
*near*: the same of mentions at most so many turns apart in one source (0: in one turn), every turn counted, the
  moderator's too, and where nobody speaks every paragraph;
*turn*: the number of participants' turns in which both are mentioned;
*participant*: the number of participants who mention both, at any time; *group*: of focus groups in which both are
  mentioned.

On the diagonal stands what each code has of its own: its mentions, turns, participants or groups. Mentions of all
coders are looked at together, so that two coders who divided the codebook between them are not blind to each other.

The coefficient of a pair is Jaccard's (1912, New Phytologist 11(2), 37-50), x / (a + b - x): a and b are how many
things the two codes have, x how many they share. By overlap and nearness x is the mean of how many mentions of each
meet one of the other: pairs would let it rise above 1 where one long mention meets many. It is 0 to 1, and nan where
neither code is used.

Time grows with mentions times codes, never with pairs of mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis.grid import Grid, distinct, lines, table
from cohesion_qda.analysis.tally import mentions_of
from cohesion_qda.model.study import StudyData

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cohesion_qda.analysis.grid import Ints

    Floats = npt.NDArray[np.float64]

HOWS = ("overlap", "turn", "participant", "group", "near")
PAIRED = ("overlap", "near")  # ways in which pairs of mentions are counted; in the others, things that both have
_BLOCK = 1 << 15  # things looked at in one go: bounds the memory
Paragraphs = Sequence[tuple[int, int]]  # (source, start) of the paragraphs of sources in which nobody speaks


@dataclass(frozen=True, slots=True)
class Together:
    """Square tables of rows by rows. `counts` is symmetric, its diagonal what each row has of its own. `meets` says how
    many of the row's things meet one of the column's. `out_of` is how many things there are: turns, participants or
    groups; None for pairs. `people` are the participants who speak in the row's things that meet one of the
    column's; None where things are no mentions or turns.
    """

    counts: Ints
    meets: Ints
    out_of: int | None
    people: Ints | None = None

    def own(self) -> Ints:
        """How many things each row has."""
        found: Ints = self.counts.diagonal()
        return found

    def coefficients(self) -> Floats:
        """Jaccard's, as this module defines it."""
        import numpy as np

        own = self.own()
        shared = (self.meets + self.meets.T) / 2
        either = own[:, None] + own[None, :] - shared
        found: Floats = np.divide(shared, either, out=np.full(shared.shape, np.nan), where=either > 0)
        return found


def together(
    data: StudyData, g: Grid, members: Sequence[Sequence[int]], how: str, turns: int = 1, paragraphs: Paragraphs = ()
) -> Together:
    """How rows come together, which each stand for some codes (numbers in the grid). `how` is one of HOWS, `turns` the
    reach of "near"; `paragraphs` are needed for it alone.
    """
    import numpy as np

    row, start, end, source = mentions_of(g, members)
    if how in PAIRED:
        mention, line = g.talk.overlaps(start, end)
        said = mention, g.talk.case[line]
        reach = 0
        start, end = g.seen(start, source), g.seen(end, source)
        if how == "near":
            start, end = _units(data, g, paragraphs, turns).of(start, end, source)
            reach = turns
        return _pairs(row, start, end, reach, len(members), said)
    thing, row, out_of = _things(g, row, start, end, source, how)
    found = _shared(thing, row, len(members), out_of)
    if how != "turn":
        return found
    who = np.zeros(int(g.turn.max(initial=0)) + 1, dtype=np.int64)
    who[g.turn] = g.talk.case
    said = np.arange(len(thing)), who[thing]
    return replace(found, people=_pairs(row, thing, thing + 1, 0, len(members), said).people)


def behind(
    data: StudyData, g: Grid, first: Sequence[int], second: Sequence[int], how: str, turns: int = 1,
    paragraphs: Paragraphs = (),
) -> Ints:  # fmt: skip
    """The counted codings of both rows that meet one of the other, as places in the grid's columns, in their order
    there: of a row and itself, those that its number on the diagonal stands for.
    """
    import numpy as np

    ours, theirs = (
        np.flatnonzero(g.counted & np.isin(g.code, np.array(row, dtype=np.int64))) for row in (first, second)
    )
    if how not in PAIRED:
        kept = [_in_both(g, a, b, how) for a, b in ((ours, theirs), (theirs, ours))]
    else:
        start, end, reach = g.seen(g.start, g.source), g.seen(g.end, g.source), 0
        if how == "near":
            start, end = _units(data, g, paragraphs, turns).of(start, end, g.source)
            reach = turns
        kept = [a[_met(start[b], end[b], start[a], end[a], reach) > 0] for a, b in ((ours, theirs), (theirs, ours))]
    return distinct(np.concatenate(kept))


def _in_both(g: Grid, ours: Ints, theirs: Ints, how: str) -> Ints:
    """Those of our codings that lie in a thing in which one of theirs lies too."""
    import numpy as np

    def things(chosen: Ints) -> tuple[Ints, Ints]:
        thing, which, _all = _things(g, chosen, g.start[chosen], g.end[chosen], g.source[chosen], how)
        return thing, which

    thing, coding = things(ours)
    return distinct(coding[np.isin(thing, things(theirs)[0])])


# -- pairs of mentions -------------------------------------------------------------------------------------------------


def _pairs(row: Ints, start: Ints, end: Ints, reach: int, n_rows: int, said: tuple[Ints, Ints]) -> Together:
    """Pairs of stretches that overlap, or lie at most `reach` apart: a stretch meets all that begin before its end, less
    those that ended before its start. Both numbers are read off running sums, one row of the table at a time.
    `said` are pairs of a stretch and the number of who speaks in it.
    """
    import numpy as np

    by_row = np.argsort(row, kind="stable")
    by_start, by_end = np.argsort(start, kind="stable"), np.argsort(end, kind="stable")
    begun = np.searchsorted(start[by_start], end[by_row] + reach)
    ended = np.searchsorted(end[by_end], start[by_row] - reach, side="right")
    of_start, of_end = row[by_start], row[by_end]
    bounds = np.searchsorted(row[by_row], np.arange(n_rows + 1))
    counts, meets = np.zeros((n_rows, n_rows), dtype=np.int64), np.zeros((n_rows, n_rows), dtype=np.int64)
    people = np.zeros((n_rows, n_rows), dtype=np.int64)
    spoken, person, of_row = _speech(row, by_row, *said, n_rows)
    sums = np.zeros(len(row) + 1, dtype=np.int32)
    for other in np.flatnonzero(np.diff(bounds)).tolist():
        np.cumsum(of_start == other, dtype=np.int32, out=sums[1:])
        met = sums[begun]
        np.cumsum(of_end == other, dtype=np.int32, out=sums[1:])
        met -= sums[ended]
        counts[:, other] = _summed(met, bounds)
        meets[:, other] = _summed(met > 0, bounds)
        people[:, other] = _summed(_summed((met > 0)[spoken], person) > 0, of_row)
    np.fill_diagonal(counts, np.diff(bounds))
    np.fill_diagonal(meets, np.diff(bounds))
    return Together(counts, meets, None, people)


def _speech(row: Ints, by_row: Ints, stretch: Ints, case: Ints, n_rows: int) -> tuple[Ints, Ints, Ints]:
    """The places in `by_row` of stretches in which somebody speaks, by row and within it by who; where each person of a
    row begins in these; and where each row begins in the persons.
    """
    import numpy as np

    place = np.empty(len(row), dtype=np.int64)
    place[by_row] = np.arange(len(row))
    wide = int(case.max(initial=0)) + 1
    whose = row[stretch] * wide + case
    order = np.argsort(whose, kind="stable")
    persons, first = np.unique(whose[order], return_index=True)
    return (
        place[stretch[order]], np.append(first, len(order)),
        np.searchsorted(persons // wide, np.arange(n_rows + 1)),
    )  # fmt: skip


def _summed(numbers: npt.NDArray[Any], bounds: Ints) -> Ints:
    """The sums of consecutive ranges."""
    import numpy as np

    whole = np.zeros(len(numbers) + 1, dtype=np.int64)
    np.cumsum(numbers, out=whole[1:])
    return np.diff(whole[bounds])


def _met(start: Ints, end: Ints, from_: Ints, to: Ints, reach: int) -> Ints:
    """How many of some stretches each of those `from_` `to` meets."""
    import numpy as np

    begun = np.searchsorted(np.sort(start), to + reach)
    return begun - np.searchsorted(np.sort(end), from_ - reach, side="right")


@dataclass(frozen=True, slots=True)
class _Units:
    """Turns (paragraphs where nobody speaks) on the grid's line in order, and the number of each: sources lie so far
    apart in these numbers that nothing near reaches from one into another. `first` is the number of each source's
    first in `start`.
    """

    start: Ints
    first: Ints
    gap: int

    def of(self, start: Ints, end: Ints, source: Ints) -> tuple[Ints, Ints]:
        """The numbers `[first, last)` of the units that stretches lie in; what lies before a source's first is in it."""
        import numpy as np

        least, most = self.first[source], self.first[source + 1] - 1
        begin = np.clip(np.searchsorted(self.start, start, side="right") - 1, least, most)
        last = np.clip(np.searchsorted(self.start, end) - 1, least, most)
        apart = source * self.gap
        return begin + apart, last + apart + 1


def _units(data: StudyData, g: Grid, paragraphs: Paragraphs, reach: int) -> _Units:
    import numpy as np

    turns, quiet = table(data.turns, 4), table(tuple(paragraphs), 2)
    real = turns[2] > turns[1]
    place = np.searchsorted(g.source_ids, np.append(turns[0][real], quiet[0]))
    start = np.append(turns[1][real], quiet[1]) + g.offset[place]
    bare = np.setdiff1d(np.arange(len(g.source_ids)), place)  # a source with neither is one unit
    source, start = np.append(place, bare), np.append(start, g.offset[bare])
    if g.under is not None:  # where something is cut out, several begin at one place
        start, first = np.unique(g.seen(start, source), return_index=True)
        source = source[first]
    ordered, order = lines(start, start, source, source)
    return _Units(ordered.start, np.searchsorted(source[order], np.arange(len(g.source_ids) + 1)), reach + 1)


# -- things that both have ---------------------------------------------------------------------------------------------


def _things(g: Grid, row: Ints, start: Ints, end: Ints, source: Ints, how: str) -> tuple[Ints, Ints, int]:
    """The things in which each row is mentioned: parallel columns thing and row, and how many things there are."""
    if how == "group":
        has_group = g.group[source] >= 0
        groups = g.group[g.group >= 0]
        return g.group[source][has_group], row[has_group], len(distinct(groups))
    owner, turn = g.talk.overlaps(start, end)
    if how == "turn":
        return g.turn[turn], row[owner], len(distinct(g.turn))
    return g.talk.case[turn], row[owner], len(distinct(g.talk.case))


def _shared(thing: Ints, row: Ints, n_rows: int, out_of: int) -> Together:
    """How many things each two rows share."""
    import numpy as np

    height = max(1, n_rows)
    thing, row = np.divmod(distinct(thing * height + row), height)
    which = np.cumsum(np.diff(thing, prepend=-1) > 0) - 1
    counts = np.zeros((n_rows, n_rows), dtype=np.int64)
    n = int(which[-1]) + 1 if len(which) else 0
    for begin in range(0, n, _BLOCK):
        first, last = np.searchsorted(which, (begin, begin + _BLOCK))
        has = np.zeros((min(_BLOCK, n - begin), n_rows), dtype=np.float32)  # sums up to 2**15 are exact in it
        has[which[first:last] - begin, row[first:last]] = 1
        counts += (has.T @ has).astype(np.int64)
    return Together(counts, counts, out_of)
