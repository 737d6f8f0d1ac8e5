"""Workbooks as .ods files, which LibreOffice reads: the same sheets as in an .xlsx.

What is around the tables (styles, properties, manifest) is odfdo's. The tables are written as text: row by row through the library takes
fifteen times as long.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable
from html import escape

from cohesion_qda.base.jobs import Job
from cohesion_qda.report.grids import LANGUAGE, Book, Cell, Sheet, made_by, page_by_page, widths

_FIXED_DATE = "2000-01-01"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_LONG = 80  # characters of a text that is hardly said twice
_NAMESPACES = (
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
_FONT = '<style:text-properties fo:font-family="Arial" fo:font-size="12pt"/>'
_TOP = 'style:vertical-align="top"'


def _cell_style(name: str, properties: str, more: str = "", font: str = _FONT) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"{more}>'
        f"<style:table-cell-properties {properties}/>{font}</style:style>"
    )


_STYLES = (
    _cell_style("head", f'fo:wrap-option="wrap" {_TOP}', font=_FONT.replace("/>", ' fo:font-weight="bold"/>')),
    _cell_style("words", f'fo:wrap-option="wrap" {_TOP}'),
    _cell_style("plain", _TOP),
    '<number:percentage-style style:name="percent"><number:number number:decimal-places="1" '
    'number:min-decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>',
    _cell_style("share", _TOP, ' style:data-style-name="percent"'),
)


def written(book: Book, job: Job | None = None) -> bytes:
    """The file: the same book gives the same bytes. Raises CannotWrite where a table is larger than a sheet, and Cancelled."""
    from odfdo import Document

    pages = book.pages()
    document = Document("spreadsheet")
    document.set_language(LANGUAGE)
    when = datetime.datetime.fromisoformat(f"{book.date[:10] or _FIXED_DATE}T00:00:00")
    meta = document.meta
    meta.title, meta.language, meta.description = book.title, LANGUAGE, made_by(book.date)
    meta.creation_date = meta.date = when
    document.body.clear()
    document.save(io.BytesIO())  # the library's own parts are as they will be; it looks into no table
    document.set_part("settings.xml", _settings(pages))
    document.set_part("content.xml", _content(pages, job or Job()))
    assert document.container is not None, "a document of the library's template has one"
    out = io.BytesIO()
    document.container.save(out)
    return _dateless(out.getvalue())


def _dateless(data: bytes) -> bytes:
    """The same package without the time of writing; its first entry says what it is, and is not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _ZIP_DATE)
            info.compress_type = entry.compress_type
            new.writestr(info, old.read(entry))
    return out.getvalue()


def _content(pages: list[tuple[str, Sheet]], job: Job) -> bytes:
    known: dict[str, str] = {}
    tables = [_table(name, sheet, rows, known) for name, sheet, rows in page_by_page(pages, job)]
    return "".join(
        (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} office:version="1.4">',
            "<office:automatic-styles>", *_STYLES, *_column_styles(pages), "</office:automatic-styles>",
            "<office:body><office:spreadsheet>", *tables, _ranges(pages),
            "</office:spreadsheet></office:body></office:document-content>",
        )
    ).encode()  # fmt: skip


def _column_styles(pages: list[tuple[str, Sheet]]) -> list[str]:
    every = sorted({width for _name, sheet in pages for width in widths(sheet)})
    return [
        f'<style:style style:name="wide{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * 0.24:.2f}cm"/></style:style>'
        for width in every
    ]


def _table(name: str, sheet: Sheet, rows: Iterable[tuple[Cell, ...]], known: dict[str, str]) -> str:
    """A sheet. `known` are texts that were written before: most of a long table say what others say."""
    columns = "".join(f'<table:table-column table:style-name="wide{width}"/>' for width in widths(sheet))
    head = "".join(_cell(label, "head") for label in sheet.head)
    forms = [sheet.form(c) for c in range(len(sheet.head))]

    def cell(value: Cell, form: str) -> str:
        if not isinstance(value, str) or len(value) > _LONG:
            return _cell(value, form)
        if value not in known:
            known[value] = _cell(value, form)
        return known[value]

    body = [
        "<table:table-row>" + "".join(map(cell, row, forms)) + "</table:table-row>"
        for row in rows
    ]  # fmt: skip
    return (
        f'<table:table table:name="{escape(name)}">{columns}<table:table-header-rows><table:table-row>{head}'
        f"</table:table-row></table:table-header-rows>{''.join(body)}</table:table>"
    )


def _cell(cell: Cell, form: str) -> str:
    if isinstance(cell, str):
        style = "head" if form == "head" else "words"
        return f'<table:table-cell table:style-name="{style}" office:value-type="string">{_paragraphs(cell)}</table:table-cell>'
    if form == "share":
        return (
            f'<table:table-cell table:style-name="share" office:value-type="percentage" office:value="{cell!r}">'
            f"<text:p>{cell:.1%}</text:p></table:table-cell>"
        )
    return f'<table:table-cell table:style-name="plain" office:value-type="float" office:value="{cell!r}"><text:p>{cell}</text:p></table:table-cell>'


def _paragraphs(text: str) -> str:
    """Lines as paragraphs; spaces and tabs that would run together are written out."""
    return "".join(f"<text:p>{_spaced(escape(line))}</text:p>" for line in re.split("\r\n|[\r\n]", text))


def _spaced(line: str) -> str:
    kept = re.sub(r"^ +| {2,}", lambda found: f'<text:s text:c="{len(found[0])}"/>', line)
    return kept.replace("\t", "<text:tab/>")


def _ranges(pages: list[tuple[str, Sheet]]) -> str:
    """Each table marked up as a range with a head."""
    ranges = "".join(
        f'<table:database-range table:name="table_{n}" table:contains-header="true" '
        f'table:target-range-address="{escape(_range(name, sheet))}"/>'
        for n, (name, sheet) in enumerate(pages, 1)
    )
    return f"<table:database-ranges>{ranges}</table:database-ranges>"


def _range(name: str, sheet: Sheet) -> str:
    return f"$'{name}'.$A$1:$'{name}'.${_letters(len(sheet.head))}${len(sheet.rows) + 1}"


def _letters(column: int) -> str:
    """`AB` for the 28th column."""
    found = ""
    while column:
        column, digit = divmod(column - 1, 26)
        found = chr(65 + digit) + found
    return found


def _settings(pages: list[tuple[str, Sheet]]) -> bytes:
    """The head of every sheet stays in sight, and of wide ones the first column."""
    tables = ""
    for name, sheet in pages:
        aside = 1 if len(sheet.head) > 2 else 0
        items = {
            "HorizontalSplitMode": ("short", 2 * aside), "VerticalSplitMode": ("short", 2),
            "HorizontalSplitPosition": ("int", aside), "VerticalSplitPosition": ("int", 1),
            "ActiveSplitRange": ("short", 3 if aside else 2), "PositionRight": ("int", aside), "PositionBottom": ("int", 1),
        }  # fmt: skip
        told = "".join(
            f'<config:config-item config:name="{item}" config:type="{kind}">{value}</config:config-item>'
            for item, (kind, value) in items.items()
        )
        tables += f'<config:config-item-map-entry config:name="{escape(name)}">{told}</config:config-item-map-entry>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-settings {_NAMESPACES} office:version="1.4"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
        f'<config:config-item-map-named config:name="Tables">{tables}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>"
        "</office:document-settings>"
    ).encode()
