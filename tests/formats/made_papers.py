"""Documents of one structure, written by hand as Word, OpenDocument, rich text and web page."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

import made_files

from cohesion_qda.formats.raw import Paragraph, Row

ODT_KIND = "application/vnd.oasis.opendocument.text"
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{short}="{_URN}{long}:1.0"'
    for short, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Said:
    """A paragraph: its lines, each of stretches (text, bold), none of them blank."""

    lines: tuple[tuple[tuple[str, bool], ...], ...]
    heading: int = 0

    def expected(self) -> Paragraph:
        bold = []
        for line in self.lines:
            leading = 0
            for text, is_bold in line:
                if not is_bold:
                    break
                leading += len(text)
            bold.append(leading)
        text = "\n".join("".join(text for text, _bold in line) for line in self.lines)
        return Paragraph(text, tuple(bold) if any(bold) else (), self.heading)


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells of paragraphs."""

    rows: tuple[tuple[tuple[Said, ...], ...], ...]

    def expected(self, number: int) -> list[Row]:
        rows = (tuple(tuple(said.expected() for said in cell) for cell in row) for row in self.rows)
        return [Row(number, row) for row in rows if any(row)]


def expected(parts: Iterable[Said | Grid]) -> tuple[Paragraph | Row, ...]:
    """What a reader must make of `parts`."""
    found: list[Paragraph | Row] = []
    tables = 0
    for part in parts:
        if isinstance(part, Said):
            found.append(part.expected())
        else:
            tables += 1
            found.extend(part.expected(tables))
    return tuple(found)


# Word


def docx(parts: Iterable[Said | Grid]) -> bytes:
    body = "".join(_docx_table(part) if isinstance(part, Grid) else _docx_paragraph(part) for part in parts)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="berschrift{n}"><w:name w:val="heading {n}"/></w:style>'
        for n in (1, 2, 3)
    )
    return made_files.archive(
        {
            "word/document.xml": made_files.document(body),
            "word/styles.xml": f'<w:styles xmlns:w="{made_files.WORD}">{styles}</w:styles>',
        }
    )


def _docx_paragraph(said: Said) -> str:
    style = f'<w:pPr><w:pStyle w:val="berschrift{said.heading}"/></w:pPr>' if said.heading else ""
    lines = ["".join(made_files.run(text, bold=bold) for text, bold in line) for line in said.lines]
    return made_files.paragraph(style, "<w:r><w:br/></w:r>".join(lines))


def _docx_table(grid: Grid) -> str:
    rows = (
        "".join(f"<w:tc>{''.join(map(_docx_paragraph, cell)) or '<w:p/>'}</w:tc>" for cell in row) for row in grid.rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


# OpenDocument


def odt_archive(content: str | bytes, others: dict[str, str | bytes] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in {"mimetype": ODT_KIND, "content.xml": content, **(others or {})}.items():
            file.writestr(name, text)
    return buffer.getvalue()


def odt_content(body: str, automatic: str = "", head: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{head}<office:document-content {_SPACES}><office:automatic-styles>{automatic}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        f"</office:document-content>"
    )


def odt_styles(styles: str) -> str:
    return f"<office:document-styles {_SPACES}><office:styles>{styles}</office:styles></office:document-styles>"


ODT_BOLD = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
)


def odt(parts: Iterable[Said | Grid]) -> bytes:
    body = "".join(_odt_table(part) if isinstance(part, Grid) else _odt_paragraph(part) for part in parts)
    return odt_archive(odt_content(body, ODT_BOLD))


def _odt_paragraph(said: Said) -> str:
    lines = [
        "".join(
            f'<text:span text:style-name="T1">{escape(text)}</text:span>' if bold else escape(text)
            for text, bold in line
        )
        for line in said.lines
    ]
    body = "<text:line-break/>".join(lines)
    if said.heading:
        return f'<text:h text:outline-level="{said.heading}">{body}</text:h>'
    return f"<text:p>{body}</text:p>\n  "


def _odt_table(grid: Grid) -> str:
    rows = (
        "".join(
            f"<table:table-cell>{''.join(map(_odt_paragraph, cell)) or '<text:p/>'}</table:table-cell>" for cell in row
        )
        for row in grid.rows
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table><table:table-column table:number-columns-repeated="2"/>{body}</table:table>'


# Rich text

_RTF_HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial CYR;}}"
    r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}{\s3 heading 3;}}{\info{\title No}}"
)


def rtf(parts: Iterable[Said | Grid]) -> bytes:
    body = "\n".join(_rtf_table(part) if isinstance(part, Grid) else _rtf_paragraph(part, r"\par") for part in parts)
    return f"{_RTF_HEAD}\n{body}}}".encode("ascii")


def rtf_text(text: str) -> str:
    """`text` as rich text writes it: cp1252 by bytes, all else by numbers, with something for old programs to show."""
    found = []
    for char in text:
        if char in "\\{}":
            found.append("\\" + char)
        elif char.isascii():
            found.append(char)
        elif len(char.encode("cp1252", "ignore")) == 1:
            found.append(f"\\'{char.encode('cp1252').hex()}")
        else:
            units = struct.unpack(f"<{len(char.encode('utf-16-le')) // 2}h", char.encode("utf-16-le"))
            found.extend(f"\\u{unit} ?" for unit in units)
    return "".join(found)


def _rtf_paragraph(said: Said, end: str, table: str = "") -> str:
    lines = [
        "".join(f"{{\\b {rtf_text(text)}}}" if bold else f"\\plain {rtf_text(text)}" for text, bold in line)
        for line in said.lines
    ]
    style = f"\\s{said.heading}" if said.heading else ""
    return f"{{\\pard{table}{style} " + "\\line ".join(lines) + end + "}"


def _rtf_table(grid: Grid) -> str:
    return "\n".join(_rtf_row(row) for row in grid.rows) + "\\pard"


def _rtf_row(row: tuple[tuple[Said, ...], ...]) -> str:
    cells = []
    for cell in row:
        written = [_rtf_paragraph(said, r"\par" if said is not cell[-1] else r"\cell", r"\intbl") for said in cell]
        cells.append("".join(written) or "\\pard\\intbl\\cell ")
    return "\\trowd\\cellx1000\\cellx2000 " + "\n".join(cells) + "\\row "


# Web pages


def html(parts: Iterable[Said | Grid]) -> bytes:
    body = "\n".join(_html_table(part) if isinstance(part, Grid) else _html_paragraph(part) for part in parts)
    return f"<!DOCTYPE html><html><head><title>No</title></head><body>{body}</body></html>".encode()


def _html_paragraph(said: Said) -> str:
    tag = f"h{said.heading}" if said.heading else "p"
    lines = [
        "".join(f"<strong>{escape(text)}</strong>" if bold else escape(text) for text, bold in line)
        for line in said.lines
    ]
    return f"<{tag}>\n  " + "<br>\n".join(lines) + f"\n</{tag}>"


def _html_table(grid: Grid) -> str:
    rows = ("".join(f"<td>{''.join(map(_html_paragraph, cell))}</td>" for cell in row) for row in grid.rows)
    return "<table><tbody>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</tbody></table>"


WRITERS: dict[str, Callable[[Iterable[Said | Grid]], bytes]] = {"docx": docx, "odt": odt, "rtf": rtf, "html": html}


# Old Word


def word97(*, encrypted: bool = False, magic: bytes = b"\xec\xa5", sectors: int = 12) -> bytes:
    """A compound file in shape, with a Word stream whose beginning alone is true: sector 0 is the table of sectors."""
    header = bytearray(512)
    header[:8] = OLE2
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 44, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", *[0xFFFFFFFD], *[0xFFFFFFFE] * (sectors - 1), *[0xFFFFFFFF] * (128 - sectors))
    word = magic + struct.pack("<HHHHH", 0x00C1, 0, 0x0409, 0, 0x0100 if encrypted else 0)
    return bytes(header) + table + word.ljust(512, b"\0") + bytes(512 * (sectors - 2))
