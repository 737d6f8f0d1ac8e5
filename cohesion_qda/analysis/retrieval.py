"""What fits a query: the passages, and how often and how widely they were said.

The joiners are defined in `model.query`. Where a person, an attribute of people or a question is asked for, a passage fits
when such a person says something of it in such a section; in a source in which nobody speaks, when it lies in such a
section and nobody is asked for. Filters of sources alone leave the passages of moderators in the list.

The counts are those of `analysis.frequency`, the whole query taken as one code: *mentions* are the passages in which a
participant speaks (or that lie where nobody does), overlapping ones of one coder once; *participants* and *groups* those
who say something of them among those asked for. The denominators are all mentions of all codes, each for itself, the
participants who speak and the groups, among those asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import Grid, distinct, lines, merge
from cohesion_qda.analysis.joining import Pieces, Study, joined, members, usable
from cohesion_qda.analysis.whereabouts import Where, where_of
from cohesion_qda.model.ids import CaseId, CodeId, CoderId, CodingId, SourceId
from cohesion_qda.model.query import Query
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints


@dataclass(frozen=True, slots=True)
class Fitting:
    """What fits, in no particular order, and its counts."""

    pieces: Pieces
    count: Count
    base: Count


@dataclass(frozen=True, slots=True)
class Place:
    """A passage in its source. `cases` are those who speak in it, in order, moderators included; `turn_start` is where the
    first turn it touches begins, None where nobody speaks; `also` are other codes of the query that lie on it.
    """

    coding: CodingId
    source: SourceId
    span: Span
    code: CodeId
    coder: CoderId
    also: tuple[CodeId, ...]
    cases: tuple[CaseId, ...]
    turn_start: int | None


def find(s: Study, query: Query, paragraphs: Sequence[tuple[int, int]] = ()) -> Fitting:
    """The passages that fit `query`, and their counts. `paragraphs` are (source, start) of the paragraphs of sources in
    which nobody speaks; only *and* and *near* need them.
    """
    used = usable(s, query)
    pieces = joined(s, query.terms, used, paragraphs)
    where = where_of(s, query)
    g = s.grid
    shown = pieces[where.fits(g, pieces.start, pieces.end, g.source[pieces.coding])]
    return Fitting(shown, _count(s, pieces, where), _base(s, used, where))


def places(s: Study, query: Query, pieces: Pieces) -> list[Place]:
    """Some passages that fit `query` in their sources: what a page shows."""
    import numpy as np

    g = s.grid
    owner, line = s.turns.overlaps(pieces.start, pieces.end)
    bounds = np.searchsorted(owner, np.arange(len(pieces) + 1))
    beside = _beside(s, query, pieces)
    found = []
    for n, (coding, start, end) in enumerate(zip(pieces.coding, pieces.start, pieces.end, strict=True)):
        source = g.source[coding]
        offset = int(g.offset[source])
        said = line[bounds[n] : bounds[n + 1]]
        code = CodeId(g.code_ids[g.code[coding]])
        found.append(
            Place(
                CodingId(int(g.coding[coding])),
                SourceId(int(g.source_ids[source])),
                Span(int(start) - offset, int(end) - offset),
                code,
                CoderId(int(g.coder[coding])),
                tuple(other for other in beside[n] if other != code),
                tuple(CaseId(int(g.case_ids[case])) for case in dict.fromkeys(s.turns.case[said].tolist())),
                int(s.turns.start[said[0]]) - offset if len(said) else None,
            )
        )
    return found


def _beside(s: Study, query: Query, pieces: Pieces) -> list[list[CodeId]]:
    """For each passage the codes of the query that lie on it, in the order of the codebook."""
    import numpy as np

    if len(query.terms) < 2:
        return [[] for _piece in pieces.coding]
    codes = {code for term in query.terms for code in members(s, term)}
    wanted = np.array([n for n, code in enumerate(s.grid.code_ids) if code in codes], dtype=np.int64)
    coding = np.flatnonzero(usable(s, query) & np.isin(s.grid.code, wanted))
    g = s.grid
    there, order = lines(g.start[coding], g.end[coding], g.code[coding], g.code[coding])
    found: list[list[CodeId]] = []
    for start, end in zip(pieces.start, pieces.end, strict=True):
        _owner, line = there.overlaps(np.array([start]), np.array([end]))
        found.append([CodeId(g.code_ids[n]) for n in distinct(g.code[coding[order[line]]])])
    return found


def _count(s: Study, pieces: Pieces, where: Where) -> Count:
    import numpy as np

    g = s.grid
    first, last = g.talk.around(pieces.start, pieces.end)
    said = pieces[(first < last) | ~g.spoken[g.source[pieces.coding]]]
    start, end, source = _mentions(g, g.coder[said.coding], said.start, said.end, where)
    _owner, line = where.talk.overlaps(start, end)
    groups = distinct(g.group[source])
    return Count(len(start), len(distinct(where.talk.case[line])), int(np.count_nonzero(groups >= 0)))


def _mentions(g: Grid, key: Ints, start: Ints, end: Ints, where: Where) -> tuple[Ints, Ints, Ints]:
    """Start, end and source of the mentions that fit: stretches with one key that overlap are one."""
    import numpy as np

    _key, start, end = merge(key, start, end, int(g.end.max(initial=0)))
    source = np.searchsorted(g.offset, start, side="right") - 1
    kept = where.fits(g, start, end, source)
    return start[kept], end[kept], source[kept]


def _base(s: Study, looked_at: Bools, where: Where) -> Count:
    import numpy as np

    g = s.grid
    used = np.flatnonzero(looked_at & g.counted)
    coders = int(g.coder.max(initial=0)) + 1
    start, _end, source = _mentions(g, g.code[used] * coders + g.coder[used], g.start[used], g.end[used], where)
    if where.is_all_talk:
        groups = g.group[where.source_fits]
    else:  # those in which somebody asked for speaks, and those that are coded where nobody does
        groups = np.append(g.group[where.talk.source], g.group[source[~g.spoken[source]]])
    people = distinct(where.talk.case)
    return Count(len(start), len(people), int(np.count_nonzero(distinct(groups) >= 0)))
