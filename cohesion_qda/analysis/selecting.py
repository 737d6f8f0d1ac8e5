"""Where the talk lies that is asked for: what participants say there, and no moderator."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cohesion_qda.analysis.columns import ABOUT_SECTIONS, titles_of
from cohesion_qda.analysis.grid import Grid, Lines, grid, lines, merge
from cohesion_qda.analysis.narrowed import having, narrowed
from cohesion_qda.analysis.once import once
from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.attribute import guess_type, sort_key
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.selection import Selection
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE, SOURCE
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints

    Places = tuple[Ints, Ints, Ints]
    """Source, start and end of every stretch (code points), in order and apart."""


def spans(data: StudyData, selection: Selection) -> list[tuple[SourceId, Span]]:
    """`places` as places in sources."""
    source, start, end = (column.tolist() for column in places(data, selection))
    return [(SourceId(s), Span(a, b)) for s, a, b in zip(source, start, end, strict=True)]


def places(data: StudyData, selection: Selection) -> Places:
    """What lies in the selection of what participants say, and of sources in which nobody speaks: source, start, end, in order.
    Raises NotFound, with the nearest names, for what is not in the study.
    """
    for code in selection.codes:
        if code not in data.codes:
            raise NotFound(_("code"), str(code), [each.name for each in data.codes])
    looked = _in_groups(narrowed(data, selection.where, selection.coders).data, selection.groups)
    g = grid(looked)
    start, end, source = _talk(g, looked)
    if selection.codes:
        start, end, source = _coded(g, looked, selection, start, end, source)
    offset = g.offset[source]
    return g.source_ids[source], start - offset, end - offset


def parts(data: StudyData, by: str | None, selection: Selection) -> list[tuple[str, Selection]]:
    """The parts of a selection, with a name each: its focus groups, or, `by` an attribute, the question asked or SOURCE, each of
    the values; of those that the selection asks for, where it asks. Raises NotFound and BadInput as `narrowed.having` does.
    """
    if by is None:
        names = called.cases(data.cases.values())
        held = {fact.group for fact in data.sources if fact.kind == "focus group" and fact.group is not None}
        groups = sorted(held & set(selection.groups) if selection.groups else held, key=lambda group: names[group])
        return [(names[group], replace(selection, groups=(group,))) for group in groups]
    meant = having(data, by, ())
    asked = selection.values_of(meant.about, meant.name)
    return [
        (value, selection.with_values(meant.about, meant.name, (value,)))
        for value in _values(data, meant.about, meant.name)
        if not asked or value in asked
    ]


def _values(data: StudyData, about: str, name: str) -> list[str]:
    """What is known of an attribute, of the question asked or of the transcripts, in order."""
    if about == ABOUT_SECTIONS:
        return list(titles_of(data.sections, data.questions))
    if about == "source" and name == SOURCE and not any(SOURCE in fact.attributes for fact in data.sources):
        return [fact.name for fact in data.sources]
    people = (case.attributes for case in data.cases.values() if case.kind == "participant")
    held = [fact.attributes for fact in data.sources] if about == "source" else list(people)
    values = sorted({own.get(name, NO_VALUE) for own in held} - {NO_VALUE})
    kind = data.types.get((about, name)) or guess_type(values)
    return sorted(values, key=lambda value: sort_key(kind, value))


def _in_groups(data: StudyData, groups: tuple[CaseId, ...]) -> StudyData:
    """The study with only the transcripts of some focus groups."""
    if not groups:
        return data
    for group in groups:
        if group not in data.cases:
            raise NotFound(_("group"), str(group), [case.name for case in data.cases.values() if case.kind == "group"])

    def made() -> StudyData:
        ids = {fact.id for fact in data.sources if fact.group in groups and fact.kind == "focus group"}
        return replace(
            data, sources=tuple(fact for fact in data.sources if fact.id in ids),
            turns=tuple(row for row in data.turns if row[0] in ids),
            codings=tuple(row for row in data.codings if row[1] in ids),
            sections=tuple(row for row in data.sections if row[0] in ids),
        )  # fmt: skip

    return once(data, ("in groups", groups), made)


def _talk(g: Grid, data: StudyData) -> tuple[Ints, Ints, Ints]:
    """Start and end on the line, and number of the source, of what participants say and of what lies where nobody speaks."""
    import numpy as np

    length = {fact.id: fact.length for fact in data.sources}
    quiet = np.flatnonzero(~g.spoken)
    begins = g.offset[quiet]
    ends = begins + np.array([length[n] for n in g.source_ids[quiet].tolist()], dtype=np.int64)
    if g.under is not None:
        begins, ends, quiet = _meet(g.under, begins, ends, quiet)
    start, end = np.concatenate((g.talk.start, begins)), np.concatenate((g.talk.end, ends))
    source = np.concatenate((g.talk.source, quiet))
    order = np.argsort(start, kind="stable")
    kept = order[end[order] > start[order]]
    return start[kept], end[kept], source[kept]


def _coded(
    g: Grid, data: StudyData, selection: Selection, start: Ints, end: Ints, source: Ints
) -> tuple[Ints, Ints, Ints]:
    """What of some stretches lies in a passage of the codes."""
    import numpy as np

    wanted = {code for one in selection.codes for code in (data.codes.branch(one) if selection.branch else (one,))}
    is_wanted = np.array([code in wanted for code in g.code_ids], dtype=bool)
    chosen = np.flatnonzero(is_wanted[g.code])
    key = np.zeros(len(chosen), dtype=np.int64)
    _key, first, last = merge(key, g.start[chosen], g.end[chosen], int(g.end.max(initial=0)))
    passages, _order = lines(first, last, key[: len(first)], key[: len(first)])
    return _meet(passages, start, end, source)


def _meet(within: Lines, start: Ints, end: Ints, source: Ints) -> tuple[Ints, Ints, Ints]:
    """What of some stretches lies in some lines."""
    import numpy as np

    owner, line = within.overlaps(start, end)
    return np.maximum(start[owner], within.start[line]), np.minimum(end[owner], within.end[line]), source[owner]
