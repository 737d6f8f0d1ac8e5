"""The tables of a findings report as files beside it: what was counted, in full, and every printed table by its number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.answer import Made
from cohesion_qda.model.table import MORGAN, Table
from cohesion_qda.report import grids, small, tables
from cohesion_qda.report.blocks import Document, Grid
from cohesion_qda.report.hiding import HIDDEN
from cohesion_qda.report.names import Names, slug
from cohesion_qda.report.values import ReportData

_NUMBER = re.compile(r"[+\-\u2212]?\d[\d,]*(\.\d+)?")
_EMPTY = ("", "–", HIDDEN)
_NAME = 44  # letters of a caption in the name of a file


def write_tables(folder: Path, data: ReportData, document: Document, made: Made, job: Job) -> None:
    """Write every table into `folder`, each as a file of its own and all in one workbook. Raises CannotWrite, OSError and Cancelled."""
    folder.mkdir()
    names = Names()
    sheets: list[grids.Sheet] = []
    counted, printed = (data.overview, *data.crosstabs), [grid for grid in document.grids() if grid.is_filed]
    total = len(counted) + len(printed) + 3
    for n, table in enumerate(counted):
        job.step(n, total, tables.table_title(table))
        stem = names.file(f"codes-by-{table.by}" if table.by else "codes")
        for ending, written in tables.files(table, made).items():
            (folder / f"{stem}{ending}").write_bytes(written)
        sheets += _wide(table)
    for extra in (tables.agreement_sheet(data.agreement), tables.codebook_sheet(data.codebook, data.base)):
        sheets.append(extra)
        _write(folder, names.file(extra.name), extra, made)
    for n, grid in enumerate(printed, len(counted)):
        job.step(n, total, grid.caption)
        sheet = sheet_of(grid)
        sheets.append(sheet)
        _write(folder, names.file(f"table-{grid.number:02d}-{_short(grid.caption)}"), sheet, made)
    noted = [*tables.reading(), _("Each code is counted together with the codes under it."), *data.notes]
    for n, (ending, written) in enumerate(tables.workbooks(data.title, sheets, noted, made), total - 2):
        job.step(n, total, ending)
        (folder / f"all-tables{ending}").write_bytes(written)


def _wide(table: Table) -> Iterator[grids.Sheet]:
    for unit in MORGAN:
        wide = tables.wide(table, unit)
        label = f"{table.by} {wide.name}".strip() if table.by else f"{tables.table_title(table)} {wide.name}"
        yield grids.Sheet(label, wide.title, wide.head, wide.rows)


def _write(folder: Path, stem: str, sheet: grids.Sheet, made: Made) -> None:
    (folder / f"{stem}.csv").write_bytes(grids.csv_bytes(sheet))
    (folder / f"{stem}.about.txt").write_bytes(tables.about(sheet.title, small.notes(made.threshold), made))


def _short(caption: str) -> str:
    """The first words of a caption, for the name of a file."""
    whole = slug(caption)
    return whole if len(whole) <= _NAME else whole[:_NAME].rpartition("-")[0] or whole[:_NAME]


def sheet_of(grid: Grid) -> grids.Sheet:
    """A printed table as one that can be counted with: numbers as numbers, "10 of 12" in two columns; a row that stands under another is named
    with its path.
    """
    told: list[tuple[str, list[grids.Cell]]] = [(grid.head[0], list(_paths(grid)))]
    for k, name in enumerate(grid.head[1:], 1):
        cells = [row[k] for row in grid.rows]
        if k < grid.numbers:
            told.append((name, list(cells)))
            continue
        shares = [_share(cell) for cell in cells]
        if any(shares) and all(share or cell in _EMPTY for share, cell in zip(shares, cells, strict=True)):
            pairs = [share or (cell, cell) for share, cell in zip(shares, cells, strict=True)]
            told.append((name, [_number(n) for n, _total in pairs]))
            told.append((_("{column}: out of").format(column=name), [_number(total) for _n, total in pairs]))
        else:
            told.append((name, [_number(cell) for cell in cells]))
    head, columns = tuple(name for name, _cells in told), [cells for _name, cells in told]
    return grids.Sheet(_("Table {n}").format(n=grid.number), grid.caption, head, tuple(zip(*columns, strict=True)))


def _paths(grid: Grid) -> Iterator[str]:
    above: list[str] = []
    for n, row in enumerate(grid.rows):
        above = [*above[: grid.indent(n)], row[0]]
        yield "/".join(above)


def _share(cell: str) -> tuple[str, str] | None:
    """The two numbers of `10 of 12`; None for anything else."""
    amount = rf"[\d,]+|{re.escape(HIDDEN)}"
    told = (
        re.escape(_("{n} of {total}")).replace(r"\{n\}", f"(?P<n>{amount})").replace(r"\{total\}", f"(?P<t>{amount})")
    )
    found = re.fullmatch(told, cell)
    return (found["n"], found["t"]) if found else None


def _number(cell: str) -> grids.Cell:
    """A number where the cell is one, else its words."""
    if not _NUMBER.fullmatch(cell):
        return cell
    plain = cell.replace(",", "").replace("\u2212", "-")
    return float(plain) if "." in plain else int(plain)
