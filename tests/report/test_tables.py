"""Tables as files: read back with other libraries."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cohesion_qda.analysis import frequency
from cohesion_qda.base.errors import BadInput, CannotWrite
from cohesion_qda.model.table import MORGAN, Table
from cohesion_qda.report import grids, tables
from tests.report.study import Made


@pytest.fixture(scope="module")
def table(made: Made) -> Table:
    return frequency.crosstab(made.study, "place", branch=True)


def read_csv(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def read_sheet(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("unit", MORGAN)
def test_csv_has_each_count_beside_its_denominator(table: Table, unit: str, tmp_path: Path) -> None:
    tables.write_table(table, unit, tmp_path / "t.csv")
    head, *rows = read_csv(tmp_path / "t.csv")
    assert head[:3] == ["Code", f"Batley & Spen: {unit}", "Batley & Spen: out of"]
    for row, line in zip(table.rows, rows, strict=True):
        assert line[0] == row.path
        pairs = list(zip(line[1::2], line[2::2], strict=True))
        bases = [*(c.base for c in table.columns), table.base]
        assert pairs == [
            (str(c.of(unit)), str(b.of(unit))) for c, b in zip((*row.cells, row.total), bases, strict=True)
        ]


@pytest.mark.parametrize("unit", [*MORGAN, ""])
def test_xlsx_is_one_marked_up_table_a_sheet_without_blanks(table: Table, unit: str, tmp_path: Path) -> None:
    tables.write_table(table, unit, tmp_path / "t.xlsx", date="2025-11-21")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames[:2] == ["Cover", "Notes"]
    assert book.sheetnames[-1] == "Long form"
    assert book.properties.title == "Codes by place"
    for sheet in book.worksheets:
        (marked,) = sheet.tables.values()
        assert marked.ref.startswith("A1:") and not sheet.merged_cells.ranges
        assert sheet.freeze_panes is not None
        assert all(value not in (None, "") for row in read_sheet(sheet) for value in row), sheet.title
        assert sheet.column_dimensions["A"].width > 8


def test_long_form_holds_the_same_numbers(table: Table, tmp_path: Path) -> None:
    tables.write_table(table, "", tmp_path / "t.csv")
    head, *rows = read_csv(tmp_path / "t.csv")
    assert head == ["Code", "Attribute", "Value", "Unit", "Count", "Out of"]
    found = {(r[0], r[2], r[3]): (int(r[4]), int(r[5])) for r in rows}
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            for unit in MORGAN:
                assert found[row.path, column.label, unit] == (cell.of(unit), column.base.of(unit))


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "<script>", "naïve 😀", "مرحبا", "a" * 40_000, "x" * 300 + "\n=2", ""]


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_a_file_is_a_formula(table: Table, name: str, tmp_path: Path) -> None:
    odd = replace(
        table,
        rows=tuple(replace(row, path=name, name=name) for row in table.rows[:2]),
        columns=tuple(replace(column, label=name) for column in table.columns),
    )
    tables.write_table(odd, "groups", tmp_path / "t.csv")
    tables.write_table(odd, "groups", tmp_path / "t.xlsx")
    for line in read_csv(tmp_path / "t.csv"):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in line)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row)
    kept = book["Groups"]["A2"].value
    assert kept == (name or "–") or (len(name) > 32_767 and kept.endswith("no more)") and len(kept) <= 32_767)


def test_a_table_without_rows_says_so(making: Callable[..., Made], tmp_path: Path) -> None:
    empty = frequency.crosstab(making(groups=0, people=0, codings=0, codes=[]).study)
    tables.write_table(empty, "mentions", tmp_path / "t.xlsx")
    assert openpyxl.load_workbook(tmp_path / "t.xlsx")["Mentions"]["A2"].value == "Nothing yet"
    tables.write_table(empty, "mentions", tmp_path / "t.csv")
    assert len(read_csv(tmp_path / "t.csv")) == 1


def test_same_table_same_bytes(table: Table, tmp_path: Path) -> None:
    for n in (1, 2):
        tables.write_table(table, "groups", tmp_path / f"{n}.xlsx", date="2025-11-21")
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_what_cannot_be_written_is_said(table: Table, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"“\.pdf”.*\.csv or \.xlsx"):
        tables.write_table(table, "groups", tmp_path / "t.pdf")
    with pytest.raises(BadInput, match="no unit “people”"):
        tables.write_table(table, "people", tmp_path / "t.csv")
    (tmp_path / "taken.csv").mkdir()
    with pytest.raises(CannotWrite, match=r"could not be written.*Close the file"):
        tables.write_table(table, "groups", tmp_path / "taken.csv")


def test_sheet_names_are_what_a_workbook_accepts() -> None:
    names = ["a/b:c*?[]\\", "x" * 40, "x" * 40, "History", "", "Same", "same"]
    sheets = [grids.Sheet(name, "t", ("A",), (("1",),)) for name in names]
    data = tables.workbook("T", sheets, ["note"])
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len({name.casefold() for name in book.sheetnames}) == 2 + len(names)
    assert all(len(name) <= 31 for name in book.sheetnames)
