"""What the areas of a study say beside each other: in which of them a theme is found, and in which kinds of evidence there.

That something was said at all is told also where the number of people is hidden, as it is everywhere: 0 is never hidden. In which kind of evidence
it was said tells more: of somebody who was interviewed alone it would tell what they said. So kinds of evidence from few people in an area are
taken together with another, and what is left to be known goes into what small numbers are hidden by (`Numbers.at_most`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE
from cohesion_qda.model.text import comparable
from cohesion_qda.report import words
from cohesion_qda.report.small import Numbers
from cohesion_qda.report.values import Areas, Chapter, InAreas

AREAS = ("area", "place", "location", "town", "district", "neighbourhood", "ward", "local authority", "council", "borough",
         "county", "region", "ardal", "lle", "lleoliad", "tref", "awdurdod lleol", "sir")  # fmt: skip
"""What an attribute of sources may be called that areas are values of, the likeliest first."""
EVIDENCE = ("evidence", "kind of evidence", "type of evidence", "tystiolaeth", "math o dystiolaeth")
"""What one may be called that says what kind of evidence a source is, where its kind does not."""
Spot = tuple[str, str]
"""An area and a kind of evidence."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Where everything that is counted was seen: for each row of the tables the areas with the kinds of evidence. `people` is how many participants
    speak in each kind of evidence of each area that there is.
    """

    attribute: str
    evidence: str
    kinds: tuple[str, ...]
    people: Mapping[Spot, int]
    spots: Mapping[CodeId, frozenset[Spot]]
    is_joined: bool = False

    def at_most(self) -> Iterator[tuple[CodeId, str, int]]:
        """How many people there can be in a row and an area at most, from the kinds of evidence that are told of it."""
        areas = dict.fromkeys(area for area, _kind in self.people if area != NO_VALUE)
        for row, spots in self.spots.items():
            for area in areas:
                yield row, area, sum(self.people[spot] for spot in spots if spot[0] == area)


@dataclass(frozen=True, slots=True)
class _Counted:
    people: Mapping[Spot, int]
    spots: Mapping[CodeId, frozenset[Spot]] = field(default_factory=dict)


def seen(study: StudyData, by: Sequence[str], rows: Mapping[CodeId, Sequence[CodeId]], chosen: str, threshold: int) -> Seen | None:  # fmt: skip
    """In which areas and kinds of evidence each of `rows` (each some codes) was seen. The areas are the values of the attribute of sources that is
    `chosen` (empty: found by its name). None where it is none of those compared `by`, or has fewer than two values.
    """
    attribute = _named(study, (chosen,) if chosen else AREAS)
    values = {value for fact in study.sources if (value := fact.attributes.get(attribute, NO_VALUE)) != NO_VALUE}
    if attribute not in by or len(values) < 2:
        return None
    evidence = _named(study, EVIDENCE)
    kinds = {
        fact.id: (evidence and fact.attributes.get(evidence, "")) or words.kinds_of_source(fact.kind)
        for fact in study.sources
    }
    of = _joined(study, attribute, kinds, threshold)
    counted = _counted(study, attribute, of, rows)
    order = tuple(sorted(set(of.values()), key=str.casefold))
    return Seen(attribute, evidence, order, counted.people, counted.spots, is_joined=of != kinds)


def areas(seen: Seen | None, chapters: Sequence[Chapter], told: Numbers) -> Areas | None:
    """What stands in the chapters, by area and kind of evidence; None where there is nothing to compare."""
    table = next((table for table in told.crosstabs if seen is not None and table.by == seen.attribute), None)
    if seen is None or table is None or not told.overview.base.mentions:
        return None
    columns = tuple(column for column in table.columns if column.value != NO_VALUE)

    def kinds_in(area: str, spots: frozenset[Spot]) -> tuple[str, ...]:
        return tuple(kind for kind in seen.kinds if (area, kind) in spots)

    lines = {line.code: line for chapter in chapters for line in chapter.lines}
    return Areas(
        attribute=seen.attribute,
        evidence=seen.evidence,
        columns=columns,
        kinds=seen.kinds,
        held=tuple(kinds_in(column.value, frozenset(seen.people)) for column in columns),
        rows=tuple(
            InAreas(line, tuple(kinds_in(column.value, seen.spots.get(code, frozenset())) for column in columns))
            for code, line in lines.items()
        ),
        table=table,
        is_joined=seen.is_joined,
    )


def _named(study: StudyData, names: Sequence[str]) -> str:
    """The attribute of sources that is called so, the first of the names that there is; empty where there is none."""
    known = {comparable(name): name for fact in study.sources for name, value in fact.attributes.items() if value}
    return next((known[comparable(name)] for name in names if comparable(name) in known), "")


def _joined(study: StudyData, attribute: str, kinds: Mapping[SourceId, str], threshold: int) -> Mapping[SourceId, str]:
    """The kind of evidence of each source, those from few people in an area taken together with the one from most people there."""
    members = {kind: {kind} for kind in kinds.values()}
    of = dict(kinds)
    while pair := _few(_counted(study, attribute, of).people, threshold):
        together = members[pair[0]] | members[pair[1]]
        name = words.either(sorted(together, key=str.casefold))
        members[name] = together
        of = {source: name if kinds[source] in together else now for source, now in of.items()}
    return of


def _few(people: Mapping[Spot, int], threshold: int) -> tuple[str, str] | None:
    """A kind of evidence from few people in an area, and the one from most people beside it there; None where there is no such thing."""
    for (area, kind), n in sorted(people.items()):
        beside = [(m, other) for (where, other), m in people.items() if where == area and other != kind and m]
        if 0 < n < threshold and beside:
            return kind, max(beside)[1]
    return None


def _counted(
    study: StudyData, by: str, kind_of: Mapping[SourceId, str], rows: Mapping[CodeId, Sequence[CodeId]] | None = None
) -> _Counted:
    """The participants of each area and kind of evidence that there is, and where each row was said by one, or stands where nobody speaks."""
    from cohesion_qda.analysis import frequency

    name = _("kind of evidence")
    while any(name in fact.attributes for fact in study.sources):
        name += "*"
    facts = tuple(replace(fact, attributes={**fact.attributes, name: kind_of[fact.id]}) for fact in study.sources)
    rows = rows or {}
    counted = frequency.count(replace(study, sources=facts), list(rows.values()), (by, name))
    keys = {c: (counted.columns.keys[c][0], counted.columns.keys[c][1]) for c in counted.shown}
    held = {(fact.attributes.get(by, NO_VALUE), kind_of[fact.id]) for fact in study.sources}
    return _Counted(
        {keys[c]: counted.bases.columns[c].participants for c in keys if keys[c] in held},
        {
            row: frozenset(keys[c] for c in keys if counted.rows.cell(n, c).mentions)
            for n, row in enumerate(rows)
        },
    )  # fmt: skip
