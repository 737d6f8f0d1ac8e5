"""Where the passages of a query are looked for: among whose words, in which sources, under which questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import Grid, Lines, lines
from cohesion_qda.analysis.joining import Study
from cohesion_qda.model.ids import CaseId
from cohesion_qda.model.query import Having, Query
from cohesion_qda.model.text import comparable

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints


@dataclass(frozen=True, slots=True)
class Where:
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


def where_of(s: Study, query: Query) -> Where:
    """Where `query` looks."""
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
        return Where(fits, talk, not asks_people, silent)
    sections = _sections(s, query.questions)
    return Where(fits, _cut(talk, sections), False, _cut(silent, sections))


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
