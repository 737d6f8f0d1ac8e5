"""Counting on arrays: rows that each stand for some codes, by columns, in any units. `frequency` says what is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.columns import Columns
from cohesion_qda.analysis.grid import Grid, count_distinct, distinct, merge, ranges
from cohesion_qda.analysis.words import words_in
from cohesion_qda.model.table import MORGAN, UNITS, Count

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by unit: of each row in each column, and of each row over all columns. `shared` are mentions that stand in
    more than one column.
    """

    cells: Mapping[str, Ints]
    totals: Mapping[str, Ints]
    shared: int

    def cell(self, row: int, column: int) -> Count:
        """One cell, in the units that were asked for."""
        return Count(**{unit: int(found[row, column]) for unit, found in self.cells.items()})

    def total(self, row: int) -> Count:
        """One row over all columns."""
        return Count(**{unit: int(found[row]) for unit, found in self.totals.items()})


@dataclass(frozen=True, slots=True)
class Bases:
    """The denominators: of each column, and of the whole. `sources` are in how many sources something of a column lies;
    `mentions` are those of every code of the grid for itself.
    """

    columns: tuple[Count, ...]
    whole: Count
    sources: tuple[int, ...]
    mentions: Tally


def tally(
    g: Grid,
    members: Sequence[Sequence[int]],
    columns: Columns,
    units: Sequence[str] = MORGAN,
    words: Ints | None = None,
) -> Tally:
    """The counts of rows that each stand for some codes (their numbers in the grid). `words` are where words begin on
    the line: only the unit of words needs them.
    """
    import numpy as np

    n_rows, n_columns = len(members), len(columns)
    row, start, end, source = mentions_of(g, members)
    owner, line = columns.talk.overlaps(start, end)
    mention, where = columns.placed(g, start, end, source, owner, line)
    place = row[mention] * n_columns + where
    said_by, said_at = row[owner], row[owner] * n_columns + columns.of_line[line]

    def counted(unit: str, width: int, at: Ints, said: Ints, mentions: Ints) -> Ints:
        """How many of a unit in each of `width` places: `at` is that of `mentions`, `said` that of each overlap."""
        if unit == "mentions":
            return np.bincount(at, minlength=width)
        if unit == "groups":
            group = g.group[source[mentions]]
            return count_distinct(width, max(1, len(g.case_ids)), at[group >= 0], group[group >= 0])
        if unit == "participants":
            return count_distinct(width, max(1, len(g.case_ids)), said, columns.talk.case[line])
        if unit == "turns":
            return count_distinct(width, max(1, g.turns), said, g.turn[columns.turn[line]])
        first, last = np.maximum(start[owner], columns.talk.start[line]), np.minimum(end[owner], columns.talk.end[line])
        return _words(_real(words), width, said, first, last)

    every = np.arange(len(row))
    totals = {unit: counted(unit, n_rows, row, said_by, every) for unit in units}
    if n_columns == 1:
        return Tally({unit: found.reshape(-1, 1) for unit, found in totals.items()}, totals, 0)
    return Tally(
        {unit: counted(unit, n_rows * n_columns, place, said_at, mention).reshape(n_rows, n_columns) for unit in units},
        totals,
        int(len(mention) - len(source)),
    )


def bases(g: Grid, columns: Columns, units: Sequence[str] = MORGAN, words: Ints | None = None) -> Bases:
    """The denominators of every column, and of the whole: all mentions of all codes, each for itself, the turns and
    words of participants, the participants who speak, the groups.
    """
    import numpy as np

    n = len(columns)
    talk = columns.talk
    all_mentions = tally(g, [[code] for code in range(len(g.code_ids))], columns, ("mentions",))
    place, group = _groups(g, columns)
    height = max(1, len(g.case_ids))
    parts = {
        "mentions": all_mentions.cells["mentions"].sum(axis=0),
        "participants": count_distinct(n, height, columns.of_line, talk.case),
        "groups": count_distinct(n, height, place, group),
    }
    whole = {
        "mentions": int(all_mentions.totals["mentions"].sum()),
        "participants": len(distinct(talk.case)),
        "groups": len(distinct(g.group[g.group >= 0])),
    }
    if "turns" in units:
        parts["turns"] = count_distinct(n, max(1, g.turns), columns.of_line, g.turn[columns.turn])
        whole["turns"] = len(distinct(g.turn[columns.turn]))
    if "words" in units:
        parts["words"] = _words(_real(words), n, columns.of_line, talk.start, talk.end)
        whole["words"] = int(_words(_real(words), 1, np.zeros_like(columns.of_line), talk.start, talk.end)[0])
    return Bases(
        tuple(Count(**{unit: int(found[c]) for unit, found in parts.items()}) for c in range(n)),
        Count(**whole),
        tuple(_source_counts(g, columns)),
        all_mentions,
    )


def different(g: Grid, columns: Columns, unit: str, some: Sequence[int], words: Ints | None = None) -> int:
    """How many turns, words, participants or groups there are in some columns together, each once: as many as the
    denominators of these columns add up to, where none stands in two of them.
    """
    import numpy as np

    if unit == "groups":
        place, group = _groups(g, columns)
        return len(distinct(group[np.isin(place, some)]))
    kept = np.isin(columns.of_line, some)
    if unit == "participants":
        return len(distinct(columns.talk.case[kept]))
    if unit == "turns":
        return len(distinct(g.turn[columns.turn[kept]]))
    start, end = columns.talk.start[kept], columns.talk.end[kept]
    return int(_words(_real(words), 1, np.zeros_like(start), start, end)[0])


def _groups(g: Grid, columns: Columns) -> tuple[Ints, Ints]:
    """Which groups are in which columns: pairs (column, group), not distinct."""
    import numpy as np

    if columns.of_source is not None:
        has_group = np.flatnonzero(g.group >= 0)
        return columns.of_source[has_group], g.group[has_group]
    silent, where = _silent(g, columns)
    place, group = np.append(columns.of_line, where), np.append(g.group[columns.talk.source], g.group[silent])
    return place[group >= 0], group[group >= 0]


def _real(words: Ints | None) -> Ints:
    assert words is not None, f"words are asked for, one of {UNITS}, and nobody said where they stand"
    return words


def _words(words: Ints, width: int, place: Ints, start: Ints, end: Ints) -> Ints:
    """How many words begin in the stretches of each of `width` places, each word once for each place."""
    import numpy as np

    at, first, last = merge(place, start, end, int(end.max(initial=0)))
    return np.bincount(at, weights=words_in(words, first, last), minlength=width).astype(np.int64)


def mentions_of(g: Grid, members: Sequence[Sequence[int]]) -> tuple[Ints, Ints, Ints, Ints]:
    """Row, start, end and source of every mention of rows that each stand for some codes. Of a narrowed study they are
    mentions of the whole, as long as they are there, as far as they reach into what is looked at.
    """
    found = _merged(g.whole or g, members)
    if g.whole is None:
        return found
    _row, start, end, source = found
    first, last = g.talk.around(start, end)
    is_silent = ~g.spoken[source]
    if g.under is not None:
        at, to = g.under.around(start, end)
        is_silent &= at < to
    kept = (first < last) | is_silent
    return found[0][kept], start[kept], end[kept], source[kept]


def _merged(g: Grid, members: Sequence[Sequence[int]]) -> tuple[Ints, Ints, Ints, Ints]:
    import numpy as np

    row_of = np.array([n for n, row in enumerate(members) for _code in row], dtype=np.int64)
    code_of = np.array([code for row in members for code in row], dtype=np.int64)
    order = np.argsort(code_of, kind="stable")
    row_of, code_of = row_of[order], code_of[order]
    used = np.flatnonzero(g.counted)
    bounds = np.searchsorted(code_of, np.arange(len(g.code_ids) + 1))
    owner, pair = ranges(bounds[g.code[used]], bounds[g.code[used] + 1])
    coding, row = used[owner], row_of[pair]
    coders = int(g.coder.max(initial=0)) + 1
    length = int(g.end.max(initial=0))
    key, start, end = merge(row * coders + g.coder[coding], g.start[coding], g.end[coding], length)
    return key // coders, start, end, np.searchsorted(g.offset, start, side="right") - 1


def _source_counts(g: Grid, columns: Columns) -> list[int]:
    import numpy as np

    n = len(columns)
    if columns.of_source is not None:
        return [int(k) for k in np.bincount(columns.of_source, minlength=n)]
    silent, where = _silent(g, columns)
    place, source = np.append(columns.of_line, where), np.append(columns.talk.source, silent)
    return [int(k) for k in count_distinct(n, max(1, len(g.source_ids)), place, source)]


def _silent(g: Grid, columns: Columns) -> tuple[Ints, Ints]:
    """The sources with codings in which nobody speaks, and the columns of these codings, as distinct pairs."""
    import numpy as np

    owner, where = columns.unsaid(g, g.start, g.end, g.source)
    return np.divmod(distinct(g.source[owner] * len(columns) + where), len(columns))
