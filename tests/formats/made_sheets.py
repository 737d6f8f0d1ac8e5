"""Small sheets of each kind, made so that every detail is known."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("draw", "drawing"))
)
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def cell(value: object, attributes: str = "") -> str:
    """A cell as LibreOffice writes it: the value in attributes, what is shown in paragraphs."""
    if value is None or value == "":
        return f"<table:table-cell {attributes}/>"
    kind, shown = f'office:value-type="float" office:value="{value}"', str(value)
    if isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, datetime.date):
        kind, shown = f'office:value-type="date" office:date-value="{value.isoformat()}"', value.strftime("%d/%m/%y")
    elif isinstance(value, datetime.time):
        kind = f'office:value-type="time" office:time-value="{value.strftime("PT%HH%MM%SS")}"'
    elif isinstance(value, str):
        kind = 'office:value-type="string"'
    paragraphs = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in shown.split("\n"))
    return f"<table:table-cell {kind} {attributes}>{paragraphs}</table:table-cell>"


def _spaced(line: str) -> str:
    """Runs of spaces and tabs are elements in this format."""
    return escape(line).replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>')


def row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def content(*rows: str, name: str = "Sheet1", head: str = "") -> str:
    table = f"<table:table table:name={quoteattr(name)}>{''.join(rows)}</table:table>"
    return document(table, head)


def document(tables: str, head: str = "") -> str:
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return f'<?xml version="1.0"?>{head}<office:document-content {_NAMES}>{body}</office:document-content>'


def package(content: str | bytes, *, mimetype: str = _TYPE, manifest: str = "<manifest/>") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        file.writestr("META-INF/manifest.xml", manifest)
        file.writestr("content.xml", content)
    return buffer.getvalue()


def ods(path: Path, **sheets: Iterable[Sequence[object]]) -> Path:
    """An .ods file, its sheets padded with a million blank rows as LibreOffice pads them."""
    padding = row(cell("", 'table:number-columns-repeated="16384"'), times=1_048_000)
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(row(*map(cell, values)) for values in rows)
        + f"{padding}</table:table>"
        for name, rows in sheets.items()
    )
    path.write_bytes(package(document(tables)))
    return path


def workbook(path: Path, **sheets: Iterable[Sequence[object]]) -> Path:
    """An .xlsx file."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for values in rows:
            sheet.append(list(values))
    book.save(path)
    return path


def delimited(path: Path, rows: Iterable[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """A .csv file."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def sheet(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """A sheet of the kind that the ending of `path` says."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return delimited(path, rows)
    return ods(path, Sheet1=rows) if suffix == ".ods" else workbook(path, Sheet1=rows)
