"""Sheets of how many people of an area there are with each value of an attribute."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats import figures
from cohesion_qda.formats.figures import PERCENT, PERIOD, SOURCE
from cohesion_qda.formats.grid import Grid, read_grids
from cohesion_qda.model.evidence import ReferenceDraft
from cohesion_qda.model.text import comparable

_ATTRIBUTE = ("attribute", "characteristic", "variable", "nodwedd")
_KIND = ("value", "category", "group", "kind", "label", "name", "gwerth", "categori", "grŵp")
_NUMBER = (
    "number", "people", "persons", "population", "residents", "usual residents", "number of people", "count", "total", "n", "frequency",
    "observation", "obs value", "nifer", "pobl", "poblogaeth",
)  # fmt: skip
_ALL = frozenset(
    {"total", "all", "all people", "all persons", "all residents", "all usual residents", "total population", "all categories", "everyone",
     "everybody", "sum", "cyfanswm", "pawb"}
)  # fmt: skip


def read_references(path: Path, attribute: str = "") -> tuple[ReferenceDraft, ...]:
    """How many people there are with each value, of every worksheet that says so: of `attribute` (values then stand in the column called so, or
    in the first), or of those that a column called attribute names. Numbers of people are preferred to shares; rows of totals are left
    out. Raises CannotReadSource.
    """
    path = Path(path)
    found = [draft for grid in read_grids(path, with_percents=True) for draft in _drafts(grid, attribute)]
    if not found:
        raise CannotReadSource(
            path,
            _("{name} does not say how many people there are of each kind.").format(name=path.name),
            _(
                "Its first row should have the titles value and number, and below it a row for each value, with how many people of the area have it."
            ),
        )
    return tuple(found)


def _drafts(grid: Grid, attribute: str) -> Iterator[ReferenceDraft]:
    of = figures.column(grid, _ATTRIBUTE)
    value = figures.column(grid, ((figures.folded(attribute),) if attribute else ()) + _KIND, (of,))
    number = _number_column(grid, (of, value))
    if number is None:
        return
    if value is None:
        value = next(
            (at for at in range(len(grid.header)) if at not in (of, number) and not _is_figures(grid, at)), None
        )
    if value is None:
        return
    period, source = figures.column(grid, PERIOD, (value, number)), figures.column(grid, SOURCE, (value, number))
    is_share = figures.unit_in(grid.header[number]) == "%"
    read = [figures.figure(row[number], decimal_comma=_has_comma(grid, number, is_share)) for _n, row in grid.rows]
    if is_share and figures.are_shares_of_one(v for v, _unit in read):
        read = [(figures.hundredfold(v) if figures.is_number(v) else v, unit) for v, unit in read]
    last = ""
    for (_n, row), (written, unit) in zip(grid.rows, read, strict=True):
        last = (row[of] if of is not None else "") or last
        if not row[value] or not figures.is_number(written) or float(written) < 0 or comparable(row[value]) in _ALL:
            continue
        share = is_share or unit == "%"
        yield ReferenceDraft(
            last or attribute, row[value], written + "%" if share else str(round(float(written))),
            "" if period is None else row[period], "" if source is None else row[source],
        )  # fmt: skip


def _number_column(grid: Grid, but: tuple[int | None, ...]) -> int | None:
    """The column with numbers of people, or else with shares, or else the only one with figures."""
    for names in (_NUMBER, PERCENT):
        at = figures.column(grid, names, but)
        if at is not None and _is_figures(grid, at):
            return at
    rest = [
        at for at in range(len(grid.header)) if at not in but and _is_figures(grid, at) and not _are_years(grid, at)
    ]
    return rest[0] if rest else None


def _is_figures(grid: Grid, at: int) -> bool:
    told = [row[at] for _number, row in grid.rows if figures.figure(row[at])[0]]
    return bool(told) and sum(map(figures.is_number, told)) * 2 > len(told)


def _are_years(grid: Grid, at: int) -> bool:
    return figures.folded(grid.header[at]) in PERIOD


def _has_comma(grid: Grid, at: int, is_share: bool) -> bool:
    """Of numbers of people a comma parts the thousands; of shares it may part the decimals."""
    written = [row[at] for _number, row in grid.rows]
    return (is_share or any("%" in cell for cell in written)) and figures.has_decimal_comma(written)
