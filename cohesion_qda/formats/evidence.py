"""Sheets of figures from elsewhere: indicators, however their columns are called and laid, and how many people of an area there are of each kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats import figures
from cohesion_qda.formats.figures import PERCENT, PERIOD, PLACE, SOURCE
from cohesion_qda.formats.grid import Grid, read_grids
from cohesion_qda.model.evidence import IndicatorDraft, IndicatorSheet, reading_of
from cohesion_qda.model.text import comparable

_NAME = (
    "indicator", "indicator name", "measure", "question", "survey question", "statement", "variable", "what is measured", "metric", "item",
    "name", "topic", "dangosydd", "mesur", "cwestiwn", "enw",
)  # fmt: skip
_VALUE = ("value", "figure", "result", "obs value", "observation", "estimate", *PERCENT, "rate", "score", "number", "count", "average", "mean", "n",
          "gwerth", "ffigur", "nifer", "cyfartaledd")  # fmt: skip
_UNIT = ("unit", "units", "unit of measure", "measure unit", "measured in", "uned", "measure", "measures")
_NOTE = ("note", "notes", "comment", "comments", "remark", "remarks", "footnote", "nodyn", "nodiadau", "sylwadau")
_CODES = ("code", "codes", "theme", "themes", "bears on", "cod", "codau", "thema", "themâu")
_READING = ("reading", "agrees", "agreement", "agree or differ", "darlleniad")
MOST = 1_000  # figures that can be set beside themes
_OF_SOURCE = re.compile(r"(?:data )?(?:sources?|ffynhonnell)\s*[:–-]\s*(.+)", re.IGNORECASE | re.DOTALL)
_AND = re.compile(r"\s*[;|\n]\s*")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a sheet has what; `values` are the columns with figures, of which there are several where their titles are places, periods or indicators."""

    values: tuple[int, ...]
    across: str
    name: int | None
    place: int | None
    period: int | None
    unit: int | None
    source: int | None
    note: int | None
    codes: int | None
    reading: int | None

    @property
    def named(self) -> dict[str, int | None]:
        return {key: getattr(self, key) for key in ("name", "place", "period", "unit", "source", "note")}


def read_indicators(path: Path) -> IndicatorSheet:
    """The figures of every worksheet that has some. A row may hold one figure, or several in columns called by places, periods or indicators.
    A blank indicator means the one above. Raises CannotReadSource.
    """
    path = Path(path)
    drafts: list[IndicatorDraft] = []
    passed: list[int] = []
    for grid in read_grids(path, with_percents=True):
        columns = _columns(grid)
        if columns is not None:
            drafts += _told_apart(grid, columns, list(_drafts(grid, columns, _title(grid, path), passed)))
    if not drafts:
        raise CannotReadSource(
            path,
            _("There are no figures in {name} that could be read.").format(name=path.name),
            _(
                "Its first row should have the titles indicator, place, period, value and source; indicator and value are needed."
            ),
        )
    if len(drafts) > MOST:
        raise CannotReadSource(
            path,
            _("{name} has {n} figures, more than can be set beside themes.").format(
                name=path.name, n=f"{len(drafts):,}"
            ),
            _("Keep the rows of the places and times that the study is about, and save it again."),
        )
    return IndicatorSheet(tuple(drafts), tuple(passed))


def _columns(grid: Grid) -> _Columns | None:
    taken: list[int | None] = []

    def find(names: Sequence[str]) -> int | None:
        at = figures.column(grid, names, taken)
        taken.append(at)
        return at

    name, place, period, value = find(_NAME), find(PLACE), find(PERIOD), find(_VALUE)
    unit, source, note, codes, reading = find(_UNIT), find(SOURCE), find(_NOTE), find(_CODES), find(_READING)
    rest = [at for at in range(len(grid.header)) if at not in taken and _has_figures(grid, at)]
    across = ""
    if value is None and name is not None and rest:
        across = "period" if place is not None or all(figures.is_period(grid.header[at]) for at in rest) else "place"
    elif value is None and place is not None and rest:
        across = "name"
    elif value is None:
        return None
    values = tuple(rest) if value is None else (value,)
    return _Columns(values, across, name, place, period, unit, source, note, codes, reading)


def _has_figures(grid: Grid, at: int) -> bool:
    """Whether a column with a title holds numbers, apart from marks for what is not told."""
    told = [row[at] for _number, row in grid.rows if figures.figure(row[at])[0]]
    return bool(grid.header[at]) and bool(told) and sum(map(figures.is_number, told)) * 2 > len(told)


def _told_apart(grid: Grid, columns: _Columns, drafts: list[tuple[int, IndicatorDraft]]) -> list[IndicatorDraft]:
    """The drafts; where several are called the same, of one place and period, with what other columns say of each beside its name."""
    keys = Counter((comparable(d.name), comparable(d.place), comparable(d.period)) for _row, d in drafts)
    used = {*columns.values, *columns.named.values(), columns.codes, columns.reading}
    rows = dict(grid.rows)
    telling = [
        at
        for at in range(len(grid.header))
        if at not in used and grid.header[at] and len({row[at] for row in rows.values()}) > 1
    ]
    if not telling or max(keys.values(), default=0) < 2:
        return [draft for _row, draft in drafts]
    found = []
    for number, draft in drafts:
        more = ", ".join(rows[number][at] for at in telling if rows[number][at])
        name = _("{name} ({more})").format(name=draft.name, more=more) if more else draft.name
        found.append(replace(draft, name=name))
    return found


def _drafts(grid: Grid, columns: _Columns, title: str, passed: list[int]) -> Iterator[tuple[int, IndicatorDraft]]:
    read = {at: _read_column(grid, at) for at in columns.values}
    everywhere = _source_beside(grid)
    last = ""
    for n, (number, row) in enumerate(grid.rows):
        given = {key: "" if at is None else row[at] for key, at in columns.named.items()}
        if _is_remark(row):  # or the name of what the rows below it tell
            last = given["name"] or last
            continue
        last = given["name"] = given["name"] or last
        found = [(at, *read[at][n]) for at in columns.values if read[at][n][0]]
        if not found:
            passed.append(number)
        for at, value, unit in found:
            if columns.across:
                given[columns.across] = grid.header[at]
            draft = IndicatorDraft(
                name=given["name"] or title, place=given["place"], period=given["period"], value=value,
                unit=unit or figures.unit(given["unit"]), source=given["source"] or everywhere, note=given["note"],
                codes=_parted(row, columns.codes), reading=_reading(row, columns.reading),
            )  # fmt: skip
            yield number, draft


def _is_remark(row: Sequence[str]) -> bool:
    """Whether a row is a line of words below the table."""
    filled = [cell for cell in row if cell]
    return len(filled) == 1 and bool(row[0]) and len(row) > 1


def _read_column(grid: Grid, at: int) -> list[tuple[str, str]]:
    """The value and the unit of each row. Where a title says percent and nothing is above 1, shares of one are percentages."""
    written = [row[at] for _number, row in grid.rows]
    has_comma = figures.has_decimal_comma(written)
    read = [figures.figure(cell, decimal_comma=has_comma) for cell in written]
    of_title = figures.unit_in(grid.header[at])
    if of_title == "%" and figures.are_shares_of_one(value for value, _unit in read):
        read = [(figures.hundredfold(value) if figures.is_number(value) else value, unit) for value, unit in read]
    return [(value, unit or (of_title if figures.is_number(value) else "")) for value, unit in read]


def _source_beside(grid: Grid) -> str:
    """What a line above or below the table says of where its figures are from."""
    lines = [row for _number, row in grid.above] + [row for _number, row in grid.rows if _is_remark(row)]
    found = (_OF_SOURCE.match(cell) for row in lines for cell in row)
    return next((" ".join(line[1].split()) for line in found if line), "")


def _title(grid: Grid, path: Path) -> str:
    """What is measured where no column says so: the line above the table, or what the sheet or the file is called."""
    above = [cell for _number, row in grid.above for cell in row if cell and not _OF_SOURCE.match(cell)]
    is_named = grid.name and not re.fullmatch(r"(?:sheet|table|taflen)\s*\d*", grid.name, re.IGNORECASE)
    return above[0] if above else grid.name if is_named else path.stem.replace("_", " ")


def _parted(row: Sequence[str], at: int | None) -> tuple[str, ...]:
    return () if at is None else tuple(part for part in _AND.split(row[at]) if part)


def _reading(row: Sequence[str], at: int | None) -> str:
    """A reading, however it is likely to be put; nothing where it cannot be told."""
    return "" if at is None else reading_of(row[at]) or ""
