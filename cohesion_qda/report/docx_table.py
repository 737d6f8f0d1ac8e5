"""A table as Word holds it: its head marked and repeated, its rows whole, thin lines between them.

It is written as text: cell by cell through the library takes ten times as long.
"""

from __future__ import annotations

from html import escape
from typing import Any

from cohesion_qda.report import blocks, columns, style
from cohesion_qda.report.docx_fields import element, run
from cohesion_qda.report.plain import clean, is_right_to_left

_TWIPS = 1440  # in an inch
_KEPT_WHOLE = 20  # a table with no more rows is not broken across pages
_CROWDED = 5  # columns, above which the letters are smaller


def table(grid: blocks.Grid, total: float) -> Any:
    """The table, at most `total` inches wide."""
    small = "Small" if len(grid.head) > _CROWDED else ""
    widths = [round(width * _TWIPS) for width in columns.widths(grid, total)]
    shown = [_row(grid.head, widths, grid.numbers, f"TableHead{small}", 0, True)]
    for n, row in enumerate(grid.rows, 1):
        is_kept = n < len(grid.rows) and (len(grid.rows) <= _KEPT_WHOLE or n < 2 or n == len(grid.rows) - 1)
        shown.append(_row(row, widths, grid.numbers, f"TableText{small}", grid.indent(n - 1), is_kept))
    columns_told = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return element(
        f"<w:tbl>{_properties(grid, sum(widths))}<w:tblGrid>{columns_told}</w:tblGrid>{''.join(shown)}</w:tbl>"
    )


def _properties(grid: blocks.Grid, total: int) -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{style.LINE[1:]}"/>'
        for side in ("top", "bottom", "insideH")
    )
    return (
        f'<w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(clean(grid.caption))}"/></w:tblPr>'
    )


def _row(row: tuple[str, ...], widths: list[int], numbers: int, look: str, indent: int, is_kept: bool) -> str:
    head = "<w:tblHeader/>" if look.startswith("TableHead") else ""
    cells = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph(text, look, k >= numbers, indent if k == 0 else 0, is_kept)}</w:tc>"
        for k, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _paragraph(text: str, look: str, is_number: bool, indent: int, is_kept: bool) -> str:
    is_turned = not is_number and is_right_to_left(text)
    properties = (
        f'<w:pStyle w:val="{look}"/>{"<w:keepNext/>" if is_kept else ""}{"<w:bidi/>" if is_turned else ""}'
        + (f'<w:ind w:left="{indent * 200}"/>' if indent else "")
        + ('<w:jc w:val="right"/>' if is_number else "")
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text, '<w:rtl/>' if is_turned else '')}</w:p>"
