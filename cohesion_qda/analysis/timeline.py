"""A study over time: when its sources are from, and when they were coded.

*Day*: of a date attribute of sources, or of when they were imported. A date may be a year or a month alone; a time of
day is left out. What cannot be read as a date has none. The counts are those of `analysis.frequency` by that day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from cohesion_qda.analysis.once import once
from cohesion_qda.model.attribute import as_type, guess_type
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.model.study import StudyData

DAY = "day in the timeline"  # the attribute of sources under which `dated` puts their days
Coded = tuple[dict[str, Counter[int]], dict[tuple[str, int], list[CodingId]]]


def date_attributes(data: StudyData) -> list[str]:
    """The attributes of sources that are dates: by their type, or, where nobody has said it, by all their values."""
    values: dict[str, list[str]] = {}
    for fact in data.sources:
        for name, value in fact.attributes.items():
            values.setdefault(name, []).append(value)
    return sorted(n for n, known in values.items() if (data.types.get(("source", n)) or guess_type(known)) == "date")


def day_of(value: str) -> str:
    """`2025-09-12` (or the year, or the month, alone); empty for what is no date."""
    typed = as_type("date", value)
    return "" if typed.is_doubtful else typed.value[:10]


def local_day(at: str) -> str:
    """The day of a moment (ISO 8601) where this computer stands."""
    return _local(at[:16] + at[-6:] if at[-6:-5] in ("+", "-") else at)


@lru_cache(maxsize=10_000)  # codings come by the thousand, and many in one minute
def _local(minute: str) -> str:
    return datetime.fromisoformat(minute).astimezone().date().isoformat()


def dated(data: StudyData, days: Mapping[SourceId, str]) -> StudyData:
    """The study with its sources' days as their only attribute, so that it can be counted by them; asked again, the
    same object.
    """

    def make() -> StudyData:
        sources = tuple(
            replace(fact, attributes={DAY: days[fact.id]} if days.get(fact.id) else {}) for fact in data.sources
        )
        return replace(data, sources=sources, types={("source", DAY): "date"})

    return once(data, ("dated", tuple(sorted(days.items()))), make)


def coded(data: StudyData, times: Mapping[CodingId, str], codes: Sequence[CodeId]) -> Coded:
    """How many codings of `codes` each coder made on each day, in order; and which these are, by day and coder."""
    wanted, found = set(codes), dict[tuple[str, int], dict[CodingId, None]]()
    for coding, _source, _start, _end, code, coder in data.codings:
        if code in wanted and CodingId(coding) in times:
            found.setdefault((local_day(times[CodingId(coding)]), coder), {})[CodingId(coding)] = None
    counts: dict[str, Counter[int]] = {}
    for day, coder in sorted(found):
        counts.setdefault(day, Counter())[coder] = len(found[day, coder])
    return counts, {place: list(codings) for place, codings in found.items()}
