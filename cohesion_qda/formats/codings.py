"""Codings that come as a table of quotations: source, coder, code, quote."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.grid import Grid, read_grids

_COLUMNS = ("source", "coder", "code", "quote")


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One coding as written in a file: the source's name, the coder's, the code's path, the words coded."""

    source: str
    coder: str
    code: str
    quote: str


def read_codings(path: Path) -> list[CodingRow]:
    """The rows of a .csv or .xlsx file with the columns source, coder, code and quote. Raises CannotReadSource."""
    path = Path(path)
    rows: list[CodingRow] = []
    for grid in read_grids(path)[:1]:
        places = _places(path, grid)
        for number, row in grid.rows:
            values = [row[place] for place in places]
            if not all(values):
                raise CannotReadSource(
                    path,
                    _("Row {number} of {name} has no {title}.").format(
                        number=number, name=path.name, title=_COLUMNS[values.index("")]
                    ),
                    _("Every row needs a source, a coder, a code and a quote."),
                )
            rows.append(CodingRow(*values))
    return rows


def _places(path: Path, grid: Grid) -> list[int]:
    found = [grid.column(title) for title in _COLUMNS]
    missing = [title for title, place in zip(_COLUMNS, found, strict=True) if place is None]
    if missing:
        raise CannotReadSource(
            path,
            _("{name} has no column called {missing}.").format(name=path.name, missing=", ".join(missing)),
            _("Its first row must be: source, coder, code, quote."),
        )
    return [place for place in found if place is not None]
