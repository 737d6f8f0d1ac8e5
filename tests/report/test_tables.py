"""Tables as files: read back with other libraries."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from cohesion_qda.analysis import frequency
from cohesion_qda.model.answer import Made as Origin
from cohesion_qda.model.table import MORGAN, Table
from cohesion_qda.report import grids, tables
from tests.report.study import Made

MADE = Origin("What Kirklees said", "2025-11-21", "1.0", ("Groups were counted.",))


@pytest.fixture(scope="module")
def table(made: Made) -> Table:
    return frequency.crosstab(made.study, "place", branch=True)


def read_csv(table: Table) -> list[list[str]]:
    raw = tables.files(table, MADE)[".csv"]
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def read_book(table: Table) -> Any:
    return openpyxl.load_workbook(io.BytesIO(tables.files(table, MADE)[".xlsx"]))


def read_sheet(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("unit", MORGAN)
def test_each_count_stands_beside_its_denominator(table: Table, unit: str) -> None:
    sheet = tables.wide(table, unit)
    assert sheet.head[:3] == ("Code", f"Batley & Spen: {unit}", "Batley & Spen: out of")
    bases = [*(c.base for c in table.columns), table.base]
    for row, line in zip(table.rows, sheet.rows, strict=True):
        assert line[0] == row.path
        counts = zip((*row.cells, row.total), bases, strict=True)
        assert list(zip(line[1::2], line[2::2], strict=True)) == [(c.of(unit), b.of(unit)) for c, b in counts]


def test_xlsx_is_one_marked_up_table_a_sheet_without_blanks(table: Table) -> None:
    book = read_book(table)
    assert book.sheetnames == ["Cover", "Notes", "Mentions", "Participants", "Groups", "Long form"]
    assert book.properties.title == "Codes by place"
    for sheet in book.worksheets:
        (marked,) = sheet.tables.values()
        assert marked.ref.startswith("A1:") and not sheet.merged_cells.ranges
        assert sheet.freeze_panes is not None
        assert all(value not in (None, "") for row in read_sheet(sheet) for value in row), sheet.title
        assert sheet.column_dimensions["A"].width > 8


def test_long_form_holds_the_same_numbers(table: Table) -> None:
    head, *rows = read_csv(table)
    assert head == ["Code", "Attribute", "Value", "Unit", "Count", "Out of"]
    found = {(r[0], r[2], r[3]): (int(r[4]), int(r[5])) for r in rows}
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            for unit in MORGAN:
                assert found[row.path, column.label, unit] == (cell.of(unit), column.base.of(unit))


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "<script>", "naïve 😀", "مرحبا", "a" * 40_000, "x" * 300 + "\n=2", ""]


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_a_file_is_a_formula(table: Table, name: str) -> None:
    odd = replace(
        table,
        rows=tuple(replace(row, path=name, name=name) for row in table.rows[:2]),
        columns=tuple(replace(column, label=name) for column in table.columns),
    )
    for line in read_csv(odd):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in line)
    book = read_book(odd)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row)
    kept = book["Groups"]["A2"].value
    assert kept == (name or "–") or (len(name) > 32_767 and kept.endswith("no more)") and len(kept) <= 32_767)


def test_a_table_without_rows_says_so(making: Callable[..., Made]) -> None:
    empty = frequency.crosstab(making(groups=0, people=0, codings=0, codes=[]).study)
    assert read_book(empty)["Mentions"]["A2"].value == "Nothing yet"
    assert len(read_csv(empty)) == 1


def test_same_table_same_bytes(table: Table) -> None:
    assert tables.files(table, MADE) == tables.files(table, MADE)


def test_every_file_says_what_was_counted_when_and_by_which_version(table: Table) -> None:
    beside = tables.files(table, MADE)[".about.txt"].decode("utf-8")
    cover = "\n".join(" ".join(map(str, row)) for row in read_sheet(read_book(table)["Cover"]))
    for told in (beside, cover):
        assert "What Kirklees said" in told and "Groups were counted." in told and "21 November 2025" in told
        assert "Cohesion QDA 1.0" in told and "No number is hidden." in told
    assert "Numbers from 1 to 9 are hidden" in tables.files(table, replace(MADE, threshold=10))[".about.txt"].decode()


def test_sheet_names_are_what_a_workbook_accepts() -> None:
    names = ["a/b:c*?[]\\", "x" * 40, "x" * 40, "History", "", "Same", "same"]
    sheets = [grids.Sheet(name, "t", ("A",), (("1",),)) for name in names]
    data = tables.workbook("T", sheets, ["note"], MADE)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len({name.casefold() for name in book.sheetnames}) == 2 + len(names)
    assert all(len(name) <= 31 for name in book.sheetnames)
