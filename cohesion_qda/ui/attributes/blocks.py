"""Blocks of cells as spreadsheets put them on the clipboard, and where a pasted block goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Block = list[list[str]]
Place = tuple[int, int]  # row, column

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"(?=\t|\r?\n|\r|\Z)|([^\t\r\n]*))(\t|\r?\n|\r|\Z)')


@dataclass(frozen=True, slots=True)
class Paste:
    """What a pasted block comes to: a value for each place, and how many of its rows and columns did not fit."""

    cells: tuple[tuple[int, int, str], ...]
    rows_over: int = 0
    columns_over: int = 0


def read(text: str) -> Block:
    """The rows of tab-separated text; a cell in quotation marks may hold tabs, line ends and doubled marks."""
    rows: Block = [[]]
    at = 0
    while True:
        found = _CELL.match(text, at)
        assert found is not None  # the second branch matches anything up to a tab or line end
        quoted, plain, end = found.groups()
        rows[-1].append(plain if quoted is None else quoted.replace('""', '"').replace("\r\n", "\n"))
        at = found.end()
        if not end or (end != "\t" and at == len(text)):
            break
        if end != "\t":
            rows.append([])
    return rows if any(map(any, rows)) else []


def write(rows: Iterable[Sequence[str]]) -> str:
    """Rows as tab-separated text that spreadsheets, and `read`, take back as they are."""
    return "\n".join("\t".join(map(_quoted, row)) for row in rows)


def _quoted(cell: str) -> str:
    if cell.startswith('"') or any(mark in cell for mark in "\t\n\r"):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def paste(block: Block, selected: Sequence[Place], n_rows: int, n_columns: int) -> Paste:
    """Where the cells of `block` go. A single value fills all that is selected; a block is repeated over a selection
    that holds it a whole number of times, and otherwise begins at the selection's first row and column.
    """
    if not block or not selected:
        return Paste(())
    high, wide = len(block), max(map(len, block))
    if high == wide == 1:
        return Paste(tuple((row, column, block[0][0]) for row, column in sorted(selected)))
    top, left = min(row for row, _c in selected), min(column for _r, column in selected)
    tall = max(row for row, _c in selected) - top + 1
    broad = max(column for _r, column in selected) - left + 1
    down = tall // high if tall % high == 0 else 1
    across = broad // wide if broad % wide == 0 else 1
    cells = [
        (top + row, left + column, _at(block, row % high, column % wide))
        for row in range(high * down)
        for column in range(wide * across)
        if top + row < n_rows and left + column < n_columns
    ]
    return Paste(tuple(cells), max(0, top + high - n_rows), max(0, left + wide - n_columns))


def _at(block: Block, row: int, column: int) -> str:
    return block[row][column] if column < len(block[row]) else ""


def fill_down(selected: Sequence[Place], text: dict[Place, str]) -> list[tuple[int, int, str]]:
    """In each column, the first selected cell's value for the others; with one row selected, the value above it."""
    by_column: dict[int, list[int]] = {}
    for row, column in sorted(selected):
        by_column.setdefault(column, []).append(row)
    is_one_row = len({row for row, _c in selected}) == 1
    cells = []
    for column, rows in by_column.items():
        first = rows[0] - 1 if is_one_row else rows[0]
        cells += [(row, column, text[first, column]) for row in rows if row != first and (first, column) in text]
    return cells
