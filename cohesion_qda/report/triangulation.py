"""Figures from elsewhere beside what people say: which bear on which theme, how they stand to it, and what is said in the place they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cohesion_qda.model.evidence import Bearing, Indicator, number_in
from cohesion_qda.model.ids import CodeId, IndicatorId
from cohesion_qda.model.table import NO_VALUE, Column, Count, Table
from cohesion_qda.model.text import comparable
from cohesion_qda.report import words
from cohesion_qda.report.values import ReportData


@dataclass(frozen=True, slots=True)
class Said:
    """What people of the place of a figure say: how many `said` it, of how many there (`base`). `label` is the place as the study writes it."""

    label: str
    said: Count
    base: Count


@dataclass(frozen=True, slots=True)
class Set:
    """A figure set beside a theme. `here` is None where the study has no such place, or the figure is of none. `note` is the researcher's on
    how the two stand to each other.
    """

    indicator: Indicator
    reading: str
    note: str
    here: Said | None


@dataclass(frozen=True, slots=True)
class Sided:
    """A theme, or a code that is none of a chapter, with the figures that bear on it. `statement` is what the researcher says of it; empty for a code."""

    name: str
    statement: str
    said: Count
    sets: tuple[Set, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """The highest and the lowest figure of one indicator, in two places where the theme was said by known numbers of people."""

    name: str
    period: str
    highest: Set
    lowest: Set


@dataclass(frozen=True, slots=True)
class _Row:
    """What figures can bear on: its row in the tables, and the codes that are counted in it."""

    code: CodeId
    name: str
    statement: str
    said: Count
    codes: tuple[CodeId, ...]
    is_theme: bool = False


def key(indicator: IndicatorId, code: CodeId | None = None) -> str:
    """Where the researcher's note on a figure, or on how it stands to a code, lies in `Extras.triangulation`."""
    return f"indicator {indicator}" if code is None else f"indicator {indicator} code {code}"


def sided(data: ReportData) -> tuple[Sided, ...]:
    """Every theme that figures bear on, in the order of the report: themes of the researcher with every code that supports them, codes each for
    themselves.
    """
    rows = list(_rows(data))
    found: dict[CodeId, list[Set]] = {}
    for indicator in data.extras.indicators:
        for bearing in indicator.bears:
            for row in _of(rows, bearing.code):
                found.setdefault(row.code, []).append(_set(data, row, indicator, bearing))
    named = {row.code: row for row in reversed(rows)}
    order = list(dict.fromkeys(row.code for row in rows))
    return tuple(
        Sided(named[code].name, named[code].statement, named[code].said, tuple(found[code]))
        for code in order
        if code in found
    )


def apart(data: ReportData) -> tuple[Indicator, ...]:
    """The figures that bear on nothing."""
    known = {row.code for row in _rows(data)} | {code for row in _rows(data) for code in row.codes}
    return tuple(each for each in data.extras.indicators if not any(bearing.code in known for bearing in each.bears))


def unknown_places(themes: Sequence[Sided]) -> tuple[str, ...]:
    """The places of figures beside themes that no source or participant is of."""
    every = (each for theme in themes for each in theme.sets)
    return tuple(dict.fromkeys(each.indicator.place for each in every if each.indicator.place and each.here is None))


def ranges(sets: Sequence[Set]) -> Iterator[Range]:
    """For each indicator and period of some figures that was measured alike in two places of the study or more: where it is highest and lowest."""
    alike: dict[tuple[str, str, str], list[Set]] = {}
    for each in sets:
        of = each.indicator
        if each.here is not None and _is_told(each.here) and number_in(of.value) is not None:
            alike.setdefault((comparable(of.name), of.period, of.unit), []).append(each)
    for (_name, period, _unit), found in alike.items():
        found.sort(key=lambda each: -(number_in(each.indicator.value) or 0))
        highest, lowest = found[0], found[-1]
        if number_in(highest.indicator.value) != number_in(lowest.indicator.value):
            yield Range(highest.indicator.name, period, highest, lowest)


def _is_told(here: Said) -> bool:
    return bool(here.base.participants) and words.GONE not in (here.said.participants, here.base.participants)


def _rows(data: ReportData) -> Iterator[_Row]:
    for chapter in data.chapters:
        for theme in chapter.themes:
            statement = theme.definition if theme.theme is not None else ""
            yield _Row(
                theme.code, theme.name, statement, theme.said, theme.codes or (theme.code,), theme.theme is not None
            )
    for entry in data.codebook:
        yield _Row(entry.code, entry.name, "", entry.said, (entry.code,))


def _of(rows: Sequence[_Row], code: CodeId) -> list[_Row]:
    """The rows that a figure on `code` stands at: every theme of the researcher that the code supports, else the code itself."""
    return [row for row in rows if row.is_theme and code in row.codes] or [row for row in rows if row.code == code][:1]


def _set(data: ReportData, row: _Row, indicator: Indicator, bearing: Bearing) -> Set:
    note = data.extras.triangulation.get(key(indicator.id, bearing.code), "")
    return Set(indicator, bearing.reading, note, _said(data, row.code, indicator.place))


def _said(data: ReportData, code: CodeId, place: str) -> Said | None:
    found = _column(data, place) if place else None
    if found is None:
        return None
    table, column = found
    row = data.rows(table).get(code)
    said = Count() if row is None else row.cells[table.columns.index(column)]
    return Said(column.label, said, column.base)


def _column(data: ReportData, place: str) -> tuple[Table, Column] | None:
    """The column of the tables that a place is, however it is written; of participants' places before those of sources."""
    wanted = comparable(place)
    return next(
        (
            (table, column)
            for table in data.crosstabs
            for column in table.columns
            if column.value != NO_VALUE and wanted in (comparable(column.label), comparable(column.value))
        ),
        None,
    )
