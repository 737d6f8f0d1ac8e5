"""Sheets, .csv and .xlsx, as rows of text; the readers of attributes, codebooks and codings stand on this."""

from __future__ import annotations

import csv
import datetime
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import CannotReadSource, CannotWrite
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.files import MEGABYTE, read_bytes, write_bytes
from cohesion_qda.formats.readers.text import decode
from cohesion_qda.formats.zipguard import Archive, damaged
from cohesion_qda.model.text import canonical, comparable

LIMIT = 20 * MEGABYTE
ROW_LIMIT = 100_000
COLUMN_LIMIT = 500
BLANK_LIMIT = 1_000
CELLS_LIMIT = 2_000_000
UNPACKED_LIMIT = 60 * MEGABYTE
CELL_LIMIT = 32_767
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Grid:
    """A worksheet with a header row. `rows` are the rows below it that are not blank, each with its number in
    the file, counted from 1, and as many cells as `header` has.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, *names: str) -> int | None:
        """The place of the first column that is called one of `names`; case and spacing do not matter."""
        titles = [comparable(title).replace("_", " ") for title in self.header]
        return next((titles.index(name) for name in names if name in titles), None)


def read_grids(path: Path) -> list[Grid]:
    """The worksheets of a .csv or .xlsx file that are not blank. Raises CannotReadSource."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise CannotReadSource(
            path,
            _("{name} is not a sheet that can be read.").format(name=path.name),
            _("Save it as .csv or .xlsx."),
        )
    data = read_bytes(path, LIMIT)
    sheets = _workbook(path, data) if suffix == ".xlsx" else [("", _delimited(path, data))]
    grids = [grid for name, rows in sheets if (grid := _grid(path, name, rows))]
    if not grids:
        raise CannotReadSource(
            path,
            _("There is nothing in {name}: every cell is empty.").format(name=path.name),
            _("Open it in a spreadsheet program, check it, and save it again."),
        )
    return grids


def _grid(path: Path, name: str, rows: Iterable[list[str]]) -> Grid | None:
    header: tuple[str, ...] = ()
    kept: list[tuple[int, tuple[str, ...]]] = []
    blank = cells = 0
    for number, row in enumerate(rows, start=1):
        cells += len(row)
        if number > ROW_LIMIT or len(row) > COLUMN_LIMIT or cells > CELLS_LIMIT:
            raise _too_many(path)
        blank = 0 if any(row) else blank + 1
        if blank > BLANK_LIMIT:
            break
        if not blank and not header:
            header = tuple(" ".join(title.split()) for title in row)
        elif not blank:
            kept.append((number, tuple((row + [""] * len(header))[: len(header)])))
    return Grid(name, header, tuple(kept)) if header else None


def _too_many(path: Path) -> CannotReadSource:
    return CannotReadSource(
        path,
        _("{name} has more than {rows} rows, {columns} columns or {cells} cells.").format(
            name=path.name, rows=ROW_LIMIT, columns=COLUMN_LIMIT, cells=CELLS_LIMIT
        ),
        _("Keep only the rows and columns that are needed, and save it again."),
    )


def _delimited(path: Path, data: bytes) -> Iterator[list[str]]:
    text = decode(path, data)[0]
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield _without_tail([_cell(value) for value in row])
    except csv.Error as error:
        raise CannotReadSource(
            path,
            _("{name} is not a well-formed .csv file: {reason}.").format(name=path.name, reason=error),
            _("Open it in a spreadsheet program and save it as .xlsx."),
        ) from error


def _workbook(path: Path, data: bytes) -> Iterator[tuple[str, Iterator[list[str]]]]:
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
                yield sheet.title, _rows(path, sheet)
        finally:
            book.close()


def _rows(path: Path, sheet: Any) -> Iterator[list[str]]:
    try:
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield _without_tail([_cell(value) for value in row])
    except Exception as error:  # as above: sheets are parsed row by row
        raise damaged(path) from error


def _without_tail(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _cell(value: object) -> str:
    """A cell as text: dates as ISO dates, whole numbers without a decimal point, errors as nothing."""
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
        return value.isoformat("minutes")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = canonical(str(value)).strip()
    if text.startswith("#") and text in ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"):
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
