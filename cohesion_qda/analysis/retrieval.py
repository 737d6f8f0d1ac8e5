"""What fits a query: the passages, and how often and how widely they were said.

The joiners are defined in `model.query`. Where a person, an attribute of people or a question is asked for, a passage fits
when such a person says something of it in such a section; in a source in which nobody speaks, when it lies in such a
section and nobody is asked for. Filters of sources alone leave the passages of moderators in the list.

The counts are those of `analysis.frequency`, the whole query taken as one code: *mentions* are the passages in which a
participant speaks (or that lie where nobody does), overlapping ones of one coder once; *participants* and *groups* those
who say something of them among those asked for. The denominators are all mentions of all codes, each for itself, the
participants who speak and the groups, among those asked for.

Every step bisects sorted stretches: time grows with the codings, not with their pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import Grid, Lines, distinct, grid, lines, merge, table
from cohesion_qda.model.ids import CaseId, CodeId, CoderId, CodingId, SourceId
from cohesion_qda.model.query import Having, Query, Term
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span, comparable

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


@dataclass(frozen=True, slots=True)
class _Where:
    """Where to look. `talk` is what those asked for say there; `is_all_talk` that a passage fits though none of it is in
    `talk`. `silent` are the stretches of sources in which nobody speaks that fit all the same.
    """

    source_fits: Bools
    talk: Lines
    is_all_talk: bool
    silent: Lines

    def fits(self, g: Grid, start: Ints, end: Ints, source: Ints) -> Bools:
        """Which stretches fit."""
        if self.is_all_talk:
            return self.source_fits[source]
        first, last = self.talk.around(start, end)
        first_silent, last_silent = self.silent.around(start, end)
        return (first < last) | (first_silent < last_silent)


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


def find(s: Study, query: Query, paragraphs: Sequence[tuple[int, int]] = ()) -> Fitting:
    """The passages that fit `query`, and their counts. `paragraphs` are (source, start) of the paragraphs of sources in
    which nobody speaks; only *and* and *near* need them.
    """
    usable = _usable(s, query)
    pieces = _joined(s, query.terms, usable, paragraphs)
    where = _where(s, query)
    g = s.grid
    shown = pieces[where.fits(g, pieces.start, pieces.end, g.source[pieces.coding])]
    return Fitting(shown, _count(s, pieces, where), _base(s, usable, where))


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
    coding = np.flatnonzero(_usable(s, query) & np.isin(s.grid.code, wanted))
    g = s.grid
    there, order = lines(g.start[coding], g.end[coding], g.code[coding], g.code[coding])
    found: list[list[CodeId]] = []
    for start, end in zip(pieces.start, pieces.end, strict=True):
        _owner, line = there.overlaps(np.array([start]), np.array([end]))
        found.append([CodeId(g.code_ids[n]) for n in distinct(g.code[coding[order[line]]])])
    return found


def _usable(s: Study, query: Query) -> Bools:
    """The codings that are looked at: of the coders asked for, and heavy enough."""
    import numpy as np

    g = s.grid
    usable = np.ones(len(g.coding), dtype=bool)
    if query.coders:
        named = {comparable(name) for name in query.coders}
        ids = [coder.id for coder in s.data.coders if comparable(coder.name) in named]
        usable &= np.isin(g.coder, np.array(ids, dtype=np.int64))
    if query.weight is not None:
        heavy = [coding for coding, weight in s.weights.items() if weight >= query.weight]
        usable &= np.isin(g.coding, np.array(heavy, dtype=np.int64))
    return usable


# -- joining -----------------------------------------------------------------------------------------------------------


def _joined(s: Study, terms: Sequence[Term], usable: Bools, paragraphs: Sequence[tuple[int, int]]) -> Pieces:
    import numpy as np

    if not terms:
        return _of(s, np.flatnonzero(usable))
    pieces = _of_term(s, terms[0], usable)
    units = _units(s, paragraphs) if any(t.joiner in ("and", "near") for t in terms[1:]) else None
    for term in terms[1:]:
        other = _of_term(s, term, usable)
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


def _of_term(s: Study, term: Term, usable: Bools) -> Pieces:
    import numpy as np

    number = {code: n for n, code in enumerate(s.grid.code_ids)}
    wanted = np.array([number[code] for code in members(s, term)], dtype=np.int64)
    return _of(s, np.flatnonzero(usable & np.isin(s.grid.code, wanted)))


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


# -- where -------------------------------------------------------------------------------------------------------------


def _where(s: Study, query: Query) -> _Where:
    import numpy as np

    g = s.grid
    fits = _sources_that_fit(s, query)
    wanted = {case for case, _name in query.cases}
    asks_people = bool(wanted) or any(having.about == "participant" for having in query.having)
    talk = _picked(g.talk, fits[g.talk.source])
    if asks_people:
        people = _people_that_fit(s, query)
        said_by = people[talk.case]
        if wanted:
            named = np.isin(g.case_ids, np.array(sorted(wanted), dtype=np.int64))
            said_by &= named[talk.case] | _in_groups(s, wanted)[talk.source]
        talk = _picked(talk, said_by)
    silent = _quiet_sources(s, fits & ~g.spoken if not asks_people else np.zeros_like(fits))
    if not query.questions:
        return _Where(fits, talk, not asks_people, silent)
    sections = _sections(s, query.questions)
    return _Where(fits, _cut(talk, sections), False, _cut(silent, sections))


def _sources_that_fit(s: Study, query: Query) -> Bools:
    import numpy as np

    kinds = {comparable(kind) for kind in query.kinds}
    ids = {source for source, _name in query.sources}
    asked = [having for having in query.having if having.about == "source"]
    fit = {
        fact.id
        for fact in s.data.sources
        if (not kinds or comparable(fact.kind) in kinds)
        and (not ids or fact.id in ids)
        and all(_has(fact.attributes, having) for having in asked)
    }
    return np.isin(s.grid.source_ids, np.array(sorted(fit), dtype=np.int64))


def _people_that_fit(s: Study, query: Query) -> Bools:
    import numpy as np

    asked = [having for having in query.having if having.about == "participant"]
    fit = [case.id for case in s.data.cases.values() if all(_has(case.attributes, having) for having in asked)]
    return np.isin(s.grid.case_ids, np.array(sorted(fit), dtype=np.int64))


def _has(values: Mapping[str, str], having: Having) -> bool:
    held = next((value for name, value in values.items() if comparable(name) == comparable(having.name)), "")
    return held in having.values


def _in_groups(s: Study, wanted: set[CaseId]) -> Bools:
    """Which sources are of one of the groups wanted."""
    import numpy as np

    ids = [fact.id for fact in s.data.sources if fact.group in wanted]
    return np.isin(s.grid.source_ids, np.array(sorted(ids), dtype=np.int64))


def _quiet_sources(s: Study, which: Bools) -> Lines:
    """Whole sources as lines."""
    import numpy as np

    g = s.grid
    length = {fact.id: fact.length for fact in s.data.sources}
    source = np.flatnonzero(which)
    size = np.array([max(1, length[n]) for n in g.source_ids[source].tolist()], dtype=np.int64)
    return lines(g.offset[source], g.offset[source] + size, source, np.zeros_like(source))[0]


def _sections(s: Study, questions: Sequence[str]) -> Lines:
    """The stretches under one of the questions."""
    import numpy as np

    g = s.grid
    named = {comparable(question) for question in questions}
    place = {source: n for n, source in enumerate(g.source_ids.tolist())}
    found = [(place[source], start, end) for source, start, end, title in s.data.sections if comparable(title) in named]
    source, start, end = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return lines(start + g.offset[source], end + g.offset[source], source, np.zeros_like(source))[0]


def _picked(of: Lines, kept: Bools) -> Lines:
    return lines(of.start[kept], of.end[kept], of.source[kept], of.case[kept])[0]


def _cut(of: Lines, to: Lines) -> Lines:
    """What of some lines lies in others."""
    import numpy as np

    owner, part = to.overlaps(of.start, of.end)
    start, end = np.maximum(of.start[owner], to.start[part]), np.minimum(of.end[owner], to.end[part])
    return lines(start, end, of.source[owner], of.case[owner])[0]


# -- counting ----------------------------------------------------------------------------------------------------------


def _count(s: Study, pieces: Pieces, where: _Where) -> Count:
    import numpy as np

    g = s.grid
    first, last = g.talk.around(pieces.start, pieces.end)
    said = pieces[(first < last) | ~g.spoken[g.source[pieces.coding]]]
    start, end, source = _mentions(g, g.coder[said.coding], said.start, said.end, where)
    _owner, line = where.talk.overlaps(start, end)
    groups = distinct(g.group[source])
    return Count(len(start), len(distinct(where.talk.case[line])), int(np.count_nonzero(groups >= 0)))


def _mentions(g: Grid, key: Ints, start: Ints, end: Ints, where: _Where) -> tuple[Ints, Ints, Ints]:
    """Start, end and source of the mentions that fit: stretches with one key that overlap are one."""
    import numpy as np

    _key, start, end = merge(key, start, end, int(g.end.max(initial=0)))
    source = np.searchsorted(g.offset, start, side="right") - 1
    kept = where.fits(g, start, end, source)
    return start[kept], end[kept], source[kept]


def _base(s: Study, usable: Bools, where: _Where) -> Count:
    import numpy as np

    g = s.grid
    used = np.flatnonzero(usable & g.counted)
    coders = int(g.coder.max(initial=0)) + 1
    start, _end, source = _mentions(g, g.code[used] * coders + g.coder[used], g.start[used], g.end[used], where)
    if where.is_all_talk:
        groups = g.group[where.source_fits]
    else:  # those in which somebody asked for speaks, and those that are coded where nobody does
        groups = np.append(g.group[where.talk.source], g.group[source[~g.spoken[source]]])
    people = distinct(where.talk.case)
    return Count(len(start), len(people), int(np.count_nonzero(distinct(groups) >= 0)))
