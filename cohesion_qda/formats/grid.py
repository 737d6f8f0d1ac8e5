"""Sheets, .csv, .xlsx and .ods, as rows of text; the readers of transcripts, attributes, codebooks and codings stand
on this. Formulas are never evaluated: a cell is the value that was saved with it.
"""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import CannotReadSource, CannotWrite
from cohesion_qda.base.i18n import _
from cohesion_qda.formats import delimited, ods
from cohesion_qda.formats.decoding import Decoded, decode
from cohesion_qda.formats.files import MEGABYTE, read_bytes, write_bytes
from cohesion_qda.formats.zipguard import Archive, damaged
from cohesion_qda.model.text import canonical, comparable

LIMIT = 20 * MEGABYTE
ENDINGS = (".csv", ".xlsx", ".ods")
ROW_LIMIT = 100_000
COLUMN_LIMIT = 500
LAST_ROW = 3_000_000
BLANK_LIMIT = 10_000
CELLS_LIMIT = 1_000_000
TEXT_LIMIT = 500_000
UNPACKED_LIMIT = 60 * MEGABYTE
CELL_LIMIT = 32_767
_LOOKED_AT = 30
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_FAILED = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:\d{3}")

Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A worksheet with a header row. `rows` are the rows below it that are not blank, each with its number in
    the file, counted from 1, and as many cells as `header` has. `above` are those above the header, such as a title.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    above: tuple[Row, ...] = ()

    def column(self, *names: str) -> int | None:
        """The place of the first column that is called one of `names`; case and spacing do not matter."""
        titles = [comparable(title).replace("_", " ") for title in self.header]
        return next((titles.index(name) for name in names if name in titles), None)


def read_grids(path: Path, *, with_percents: bool = False) -> list[Grid]:
    """The worksheets of a .csv, .xlsx or .ods file that are not blank. Numbers that a spreadsheet shows as percentages come as the share that they
    are (`0.764`), or `with_percents` as they are shown (`76.4%`). Raises CannotReadSource.
    """
    path = Path(path)
    if path.suffix.lower() not in ENDINGS:
        raise CannotReadSource(
            path,
            _("{name} is not a sheet that can be read.").format(name=path.name),
            _("Save it as .csv, .xlsx or .ods."),
        )
    return grids_from(path, read_bytes(path, LIMIT), with_percents=with_percents)[0]


def grids_from(
    path: Path, data: bytes, encoding: str = "", *, with_percents: bool = False
) -> tuple[list[Grid], Decoded]:
    """The worksheets that are not blank, in order, and how their text was decoded (with nothing in it where the format
    says that itself). `encoding` is the one a person chose, `with_percents` as in `read_grids`. Raises CannotReadSource.
    """
    suffix = path.suffix.lower()
    sheets: list[_Sheet] = []

    def sheet(name: str) -> ods.AddRow:
        sheets.append(_Sheet(path, name, with_percents))
        return sheets[-1].add

    decoded = Decoded("", "")
    if suffix == ".csv":
        decoded = decode(path, data, encoding)
        add = sheet("")
        for number, row in enumerate(delimited.rows(decoded.text), start=1):
            add(number, row)
    elif suffix == ".ods":
        ods.read(path, data, sheet)
    else:
        for name, rows in _workbook(path, data, with_percents):
            add = sheet(name)
            for number, cells in rows:
                add(number, cells)
    grids = [grid for found in sheets if (grid := found.grid())]
    if not grids:
        raise CannotReadSource(
            path,
            _("There is nothing in {name}: every cell is empty.").format(name=path.name),
            _("Open it in a spreadsheet program, check it, and save it again."),
        )
    return grids, decoded


@dataclass(slots=True)
class _Sheet:
    """A worksheet while it is read, under the limits; blank rows are passed over."""

    path: Path
    name: str
    with_percents: bool = False
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    cells: int = 0

    def add(self, number: int, values: Sequence[object]) -> None:
        if number > LAST_ROW:
            raise _too_many(self.path)
        if not any(value is not None and value != "" for value in values):
            return
        if any(not _is_blank(value) for value in values[COLUMN_LIMIT:]):
            raise _too_many(self.path)
        row = [
            _percent(v) if self.with_percents and isinstance(v, ods.Percent) else _cell(v)
            for v in values[:COLUMN_LIMIT]
        ]
        while row and not row[-1]:
            row.pop()
        if not row:
            return
        self.cells += len(row)
        if self.cells > CELLS_LIMIT or len(self.rows) == ROW_LIMIT:
            raise _too_many(self.path)
        if any(len(cell) > TEXT_LIMIT for cell in row):
            raise CannotReadSource(
                self.path,
                _("Row {number} of {name} has a cell with more than {n} characters.").format(
                    number=number, name=self.path.name, n=TEXT_LIMIT
                ),
                _("Keep one turn or one answer in a cell, and save it again."),
            )
        self.rows.append((number, row))

    def grid(self) -> Grid | None:
        if not self.rows:
            return None
        at = _header_at([row for _number, row in self.rows[:_LOOKED_AT]])
        width = max(len(row) for _number, row in self.rows)
        if width * len(self.rows) > 2 * CELLS_LIMIT:
            width = len(self.rows[at][1])
        rows = [(number, tuple((row + [""] * (width - len(row)))[:width])) for number, row in self.rows]
        header = tuple(" ".join(title.split()) for title in rows[at][1])
        return Grid(self.name, header, tuple(rows[at + 1 :]), tuple(rows[:at]))


def _header_at(rows: Sequence[Sequence[str]]) -> int:
    """The place of the header: the first row that is not a title above the table, which fills fewer than half as many
    cells as the fuller rows do, or only the first cell of several.
    """
    filled = [sum(1 for cell in row if cell) for row in rows]
    usual = sorted(filled)[len(filled) * 3 // 4]
    return next(
        place
        for place, (row, n) in enumerate(zip(rows, filled, strict=True))
        if 2 * n >= usual and not (n == 1 and row[0] and usual > 1)
    )


def _too_many(path: Path) -> CannotReadSource:
    return CannotReadSource(
        path,
        _("{name} has more than {rows} rows, {columns} columns or {cells} cells.").format(
            name=path.name, rows=ROW_LIMIT, columns=COLUMN_LIMIT, cells=CELLS_LIMIT
        ),
        _("Keep only the rows and columns that are needed, and save it again."),
    )


def _workbook(
    path: Path, data: bytes, with_percents: bool
) -> Iterator[tuple[str, Iterator[tuple[int, Sequence[object]]]]]:
    with Archive(path, data, UNPACKED_LIMIT) as archive:
        if "[Content_Types].xml" not in archive.names or not any(n.startswith("xl/") for n in archive.names):
            raise damaged(path)
        archive.refuse_declarations()
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except Exception as error:  # openpyxl lets zip, XML, key and value errors of every kind through
            raise damaged(path) from error
        try:
            for sheet in book.worksheets:
                yield sheet.title, _rows(path, sheet, with_percents)
        finally:
            book.close()


def _rows(path: Path, sheet: Any, with_percents: bool) -> Iterator[tuple[int, Sequence[object]]]:
    """The rows of a worksheet, to the end or to `BLANK_LIMIT` blank ones: programs write a million of them."""
    blank = cells = 0
    try:
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=not with_percents), start=1):
            if with_percents:
                row = tuple(map(_shown, row))
            blank = blank + 1 if all(_is_blank(value) for value in row) else 0
            cells += len(row)
            if blank > BLANK_LIMIT:
                return
            if cells > 10 * CELLS_LIMIT:
                raise _too_many(path)
            yield number, row
    except CannotReadSource:
        raise
    except Exception as error:  # as above: sheets are parsed row by row
        raise damaged(path) from error


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _shown(cell: Any) -> object:
    """The value of a cell, told apart where it is shown as a percentage."""
    is_percent = (
        isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and "%" in (cell.number_format or "")
    )
    return ods.Percent(cell.value) if is_percent else cell.value


def _percent(share: float) -> str:
    """`76.4%` of 0.764."""
    return f"{format(share * 100, '.12g')}%" if math.isfinite(share) else ""


def _cell(value: object) -> str:
    """A cell as text: dates as ISO dates, times as 17:30:00, whole numbers without a decimal point, errors as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat("seconds")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" if seconds >= 0 else str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    text = str(value)
    if not (text.isascii() and text.isprintable()):
        text = canonical(text)
    text = text.strip()
    if _FAILED.fullmatch(text):
        return ""
    return text[1:] if _GUARDED.match(text) else text


def write_grid(path: Path, title: str, rows: list[list[str]]) -> None:
    """Write one worksheet, first row the header, as .csv (UTF-8 with a byte-order mark) or .xlsx. Raises CannotWrite.

    No cell is ever taken for a formula; `read_grids` gives the same text back.
    """
    if path.suffix.lower() == ".csv":
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows([["'" + c if _FORMULA.match(c) else c for c in row] for row in rows])
        write_bytes(path, buffer.getvalue().encode("utf-8-sig"))
    else:
        write_bytes(path, _xlsx(title, rows))


def _xlsx(title: str, rows: list[list[str]]) -> bytes:
    from xlsxwriter import Workbook

    if any(len(cell) > CELL_LIMIT for row in rows for cell in row):
        raise CannotWrite(
            _("A cell of a spreadsheet holds at most {n} characters, and one of these texts is longer.").format(
                n=CELL_LIMIT
            ),
            _("Save it as .json or .csv."),
        )
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, options) as book:
        sheet = book.add_worksheet(title)
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                guarded = "'" + cell if _GUARDED.match(cell) else cell
                sheet.write_string(number, place, guarded, wrapped if number else bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, max(1, len(rows[0]) - 1), 30)
    return buffer.getvalue()
