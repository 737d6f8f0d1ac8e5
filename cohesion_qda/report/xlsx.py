"""Workbooks as .xlsx files, which screen readers read rightly."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.report.grids import LANGUAGE, Book, Cell, Sheet, made_by, page_by_page, too_large, widths

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_FIXED_DATE = "2000-01-01"
_FONT = {"font_name": "Arial", "font_size": 12}
_FORMATS = {"": "General", "share": "0.0%", "number": "0.000"}


def written(book: Book, job: Job | None = None) -> bytes:
    """The file: the same book gives the same bytes. Raises CannotWrite where a table is larger than a sheet, and Cancelled."""
    from xlsxwriter import Workbook

    pages = book.pages()
    out = io.BytesIO()
    file = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    when = datetime.datetime.fromisoformat(f"{book.date[:10] or _FIXED_DATE}T00:00:00")
    file.set_properties(
        {
            "title": book.title, "author": _("Cohesion QDA"), "comments": made_by(book.date), "created": when,
        }
    )  # fmt: skip
    for setting, value in _FONT.items():
        getattr(file.formats[0], f"set_{setting}")(value)
    wrapped = file.add_format({**_FONT, "text_wrap": True, "valign": "top"})
    numbers = {form: file.add_format({**_FONT, "valign": "top", "num_format": f}) for form, f in _FORMATS.items()}
    for name, sheet, rows in page_by_page(pages, job or Job()):
        _write(file, name, sheet, rows, wrapped, numbers)
    file.close()
    return _with_language(out.getvalue())


def _with_language(data: bytes) -> bytes:
    """The file with the language in its properties, which XlsxWriter has no place for."""
    told, out = f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>".encode(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            part = old.read(each)
            new.writestr(
                each, part.replace(b"</cp:coreProperties>", told) if each.filename == "docProps/core.xml" else part
            )
    return out.getvalue()


def _write(
    file: Workbook, name: str, sheet: Sheet, rows: Iterable[tuple[Cell, ...]], wrapped: object, numbers: dict[str, object]
) -> None:  # fmt: skip
    page = file.add_worksheet(name)
    columns = [{"header": label, "header_format": wrapped} for label in sheet.head]
    marked = {"columns": columns, "style": "Table Style Light 1"}
    _check(page.add_table(0, 0, len(sheet.rows), len(sheet.head) - 1, marked), name)
    for r, row in enumerate(rows, 1):
        for c, cell in enumerate(row):
            if isinstance(cell, str):
                _check(page.write_string(r, c, cell, wrapped), name)
            else:
                _check(page.write_number(r, c, cell, numbers.get(sheet.form(c), numbers[""])), name)
    for c, width in enumerate(widths(sheet)):
        page.set_column(c, c, width)
    page.freeze_panes(1, 1 if len(sheet.head) > 2 else 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _check(returned: object, where: str) -> None:
    """XlsxWriter says with a negative number that it wrote nothing."""
    if isinstance(returned, int) and returned < 0:
        raise too_large(where)
