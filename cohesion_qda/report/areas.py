"""What the areas of a study say beside each other: in which of them a theme is found, and in which kinds of evidence there.

That something was said at all is told also where the number of people is hidden, as it is everywhere: 0 is never hidden. Nothing else is told
here that the tables by the attribute do not tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE, Table
from cohesion_qda.model.text import comparable
from cohesion_qda.report import words
from cohesion_qda.report.counting import with_branches
from cohesion_qda.report.small import Numbers
from cohesion_qda.report.values import Areas, Chapter, InAreas, Line

AREAS = ("area", "place", "location", "town", "district", "neighbourhood", "ward", "local authority", "council", "borough",
         "county", "region", "ardal", "lle", "lleoliad", "tref", "ward etholiadol", "awdurdod lleol", "sir")  # fmt: skip
"""What an attribute of sources may be called that areas are values of, the likeliest first."""
EVIDENCE = ("evidence", "kind of evidence", "type of evidence", "tystiolaeth", "math o dystiolaeth")
"""What one may be called that says what kind of evidence a source is, where its kind does not."""


def areas(study: StudyData, chapters: Sequence[Chapter], told: Numbers, chosen: str = "") -> Areas | None:
    """What stands in the chapters, by the attribute of sources that is `chosen` (empty: found by its name) and by kind of evidence. None where the
    report compares by no such attribute or nothing is coded.
    """
    table = _table(study, told, chosen)
    if table is None or not told.overview.base.mentions:
        return None
    columns = tuple(column for column in table.columns if column.value != NO_VALUE)
    evidence = _named(study, EVIDENCE)
    kinds, kind_of = _kinds(study, evidence)
    lines = list({line.code: line for chapter in chapters for line in chapter.lines}.values())
    found = _found(study, table.by, kind_of, [_codes(study, told, line) for line in lines])
    rows = tuple(
        InAreas(line, tuple(tuple(kind for kind in kinds if (column.value, kind) in there) for column in columns))
        for line, there in zip(lines, found, strict=True)
    )
    held = {(fact.attributes.get(table.by, NO_VALUE), kind_of[fact.id]) for fact in study.sources}
    return Areas(
        attribute=table.by,
        evidence=evidence,
        columns=columns,
        kinds=kinds,
        held=tuple(tuple(kind for kind in kinds if (column.value, kind) in held) for column in columns),
        rows=rows,
        table=table,
    )


def _table(study: StudyData, told: Numbers, chosen: str) -> Table | None:
    name = _named(study, (chosen,) if chosen else AREAS)
    of_areas = (table for table in told.crosstabs if name and table.by == name)
    return next((t for t in of_areas if sum(column.value != NO_VALUE for column in t.columns) > 1), None)


def _named(study: StudyData, names: Sequence[str]) -> str:
    """The attribute of sources that is called so, the first of the names that there is; empty where there is none."""
    known = {comparable(name): name for fact in study.sources for name, value in fact.attributes.items() if value}
    return next((known[comparable(name)] for name in names if comparable(name) in known), "")


def _kinds(study: StudyData, evidence: str) -> tuple[tuple[str, ...], Mapping[int, str]]:
    """The kinds of evidence, and that of each source."""
    kind_of = {
        fact.id: (evidence and fact.attributes.get(evidence, "")) or words.kinds_of_source(fact.kind)
        for fact in study.sources
    }
    return tuple(sorted(set(kind_of.values()), key=str.casefold)), kind_of


def _codes(study: StudyData, told: Numbers, line: Line) -> tuple[CodeId, ...]:
    return with_branches(study.codes, told.members.get(line.code, (line.code,)))


def _found(
    study: StudyData, by: str, kind_of: Mapping[int, str], members: Sequence[Sequence[CodeId]]
) -> list[set[tuple[str, str]]]:
    """For each set of codes the areas and kinds of evidence in which it was said by a participant, or stands where nobody speaks."""
    from cohesion_qda.analysis import frequency

    name = _("kind of evidence")
    while any(name in fact.attributes for fact in study.sources):
        name += "*"
    facts = tuple(replace(fact, attributes={**fact.attributes, name: kind_of[fact.id]}) for fact in study.sources)
    counted = frequency.count(replace(study, sources=facts), members, (by, name))
    keys = counted.columns.keys
    return [
        {(keys[c][0], keys[c][1]) for c in counted.shown if counted.rows.cell(n, c).mentions}
        for n in range(len(members))
    ]
