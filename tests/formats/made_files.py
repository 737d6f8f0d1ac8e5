"""Small Word documents, written by hand so that every detail is known."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def run(text: str, *, bold: bool = False, style: str = "") -> str:
    """A run; a tab and a line end in `text` become what Word writes for them."""
    properties = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:b/>" if bold else "")
    body = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    body = body.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{body}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(runs) + "</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def document(*parts: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{"".join(parts)}</w:body></w:document>'


def archive(entries: dict[str, str | bytes], *, target: str = "word/document.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("_rels/.rels", f'<R xmlns="r"><Relationship Type="{OFFICE}" Target="{target}"/></R>')
        for name, content in entries.items():
            file.writestr(name, content)
    return buffer.getvalue()


def write_docx(path: Path, *parts: str, others: dict[str, str | bytes] | None = None) -> Path:
    path.write_bytes(archive({"word/document.xml": document(*parts), **(others or {})}))
    return path
