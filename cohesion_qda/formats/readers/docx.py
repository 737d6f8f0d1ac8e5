"""Word documents, read with zipfile and expat: paragraphs, soft breaks, bold beginnings and tables.

Tracked deletions, comments, footnotes, field codes and fallback drawings are left out; insertions are kept.
"""

from __future__ import annotations

import posixpath
from pathlib import Path

from cohesion_qda.base.i18n import _
from cohesion_qda.formats.files import LINE_LIMIT, no_text, too_large, too_many_lines
from cohesion_qda.formats.raw import Paragraph, RawDocument, Row
from cohesion_qda.formats.readers.text import LIMIT as TEXT_LIMIT
from cohesion_qda.formats.zipguard import Archive, not_office
from cohesion_qda.model.source import AS_FOUND, HowToRead
from cohesion_qda.model.text import canonical

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
_DOCUMENT_TYPE = "/officeDocument"
_LEFT_OUT = {"del", "moveFrom", "rt", "instrText", "delText", "delInstrText"}
_BREAKS = {"br", "cr"}
_NO = {"0", "false", "off", "none"}


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND) -> RawDocument:
    """The paragraphs and tables of a .docx file whose bytes are `data`. Raises CannotReadSource."""
    with Archive(path, data) as archive:
        main = _main_part(path, archive)
        bold_styles = _BoldStyles(archive, main)
        body = _Body(path, bold_styles)
        archive.parse(main, body.start, body.end, body.text)
    if not body.has_text:
        raise no_text(path)
    return RawDocument(tuple(body.parts), warnings=tuple(body.warnings()))


def _main_part(path: Path, archive: Archive) -> str:
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith(" Relationship") and attributes.get("Type", "").endswith(_DOCUMENT_TYPE):
            found.append(attributes.get("Target", "").lstrip("/"))

    if "_rels/.rels" in archive.names:
        archive.parse("_rels/.rels", start, lambda _tag: None)
    for name in (*found, "word/document.xml"):
        if name in archive.names and name.startswith("word/"):
            return name
    raise not_office(path)


def _local(tag: str) -> str:
    """The Word name of an element or attribute; empty for those of other vocabularies."""
    space, _space, local = tag.rpartition(" ")
    return local if space + " " in _WORD else ""


def _value(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.endswith("val")), "")


class _BoldStyles:
    """The character styles that are bold; the part is parsed only when a run uses a style."""

    def __init__(self, archive: Archive, main: str) -> None:
        self._archive = archive
        self._part = posixpath.join(posixpath.dirname(main), "styles.xml")
        self._bold: dict[str, bool] | None = None
        self._style = ""

    def __contains__(self, style: str) -> bool:
        if self._bold is None:
            self._bold = {}
            if self._part in self._archive.names:
                self._archive.parse(self._part, self._start, lambda _tag: None)
        return self._bold.get(style, False)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        assert self._bold is not None
        local = _local(tag)
        if local == "style":
            self._style = next((v for name, v in attributes.items() if name.endswith("styleId")), "")
        elif local == "basedOn" and self._style:
            self._bold.setdefault(self._style, self._bold.get(_value(attributes), False))
        elif local == "b" and self._style:
            self._bold[self._style] = _value(attributes) not in _NO


class _Writing:
    """A paragraph while it is read."""

    def __init__(self) -> None:
        self.lines: list[list[str]] = [[]]
        self.bold: list[int] = [0]
        self.leading = True
        self.run_is_bold = False
        self.mark_deleted = False

    def add(self, text: str) -> None:
        self.lines[-1].append(text)
        if self.run_is_bold and self.leading:
            self.bold[-1] += len(text)
        elif text.strip():
            self.leading = False

    def break_line(self) -> None:
        self.lines.append([])
        self.bold.append(0)
        self.leading = True

    def paragraph(self) -> Paragraph | None:
        """The paragraph without empty lines, its lines trimmed; None when nothing is left."""
        texts: list[str] = []
        bold: list[int] = []
        for pieces, length in zip(self.lines, self.bold, strict=True):
            whole = "".join(pieces)
            text = whole.strip()
            if text:
                lost = len(whole) - len(whole.lstrip())
                texts.append(text)
                bold.append(min(len(text), max(0, length - lost)))
        if not texts:
            return None
        return Paragraph("\n".join(texts), tuple(bold) if any(bold) else ())


class _Body:
    """Collects paragraphs and rows from the events of the main part."""

    def __init__(self, path: Path, bold_styles: _BoldStyles) -> None:
        self.parts: list[Paragraph | Row] = []
        self.has_text = False
        self._path = path
        self._bold_styles = bold_styles
        self._writing: list[_Writing] = []
        self._rows: list[list[list[Paragraph]]] = []
        self._tables = 0
        self._depth_of_tables = 0
        self._skipping = 0
        self._in_text = False
        self._in_run_properties = False
        self._size = 0
        self._lines = 0
        self._changed = False
        self._noted = False

    def warnings(self) -> list[str]:
        found = []
        if self._changed:
            found.append(_("The document has tracked changes: inserted words were kept, deleted words left out."))
        if self._noted:
            found.append(_("Footnotes and endnotes were left out."))
        return found

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = _local(tag)
        if self._skipping or local in _LEFT_OUT or tag == _COMPATIBILITY + "Fallback":
            self._leave_out(local)
        elif local == "t":
            self._in_text = True
        elif local == "p":
            if not (self._writing and self._writing[-1].mark_deleted):
                self._writing.append(_Writing())
            self._writing[-1].mark_deleted = False
        elif local == "tbl":
            self._tables += self._depth_of_tables == 0
            self._depth_of_tables += 1
        elif local == "tr" and self._depth_of_tables == 1:
            self._rows.append([])
        elif local == "tc" and self._depth_of_tables == 1 and self._rows:
            self._rows[-1].append([])
        elif self._writing:
            self._in_paragraph(local, attributes)

    def _leave_out(self, local: str) -> None:
        if not self._skipping and local in ("del", "moveFrom"):
            self._changed = True
            if self._in_run_properties and self._writing:
                self._writing[-1].mark_deleted = True
        self._skipping += 1

    def _in_paragraph(self, local: str, attributes: dict[str, str]) -> None:
        writing = self._writing[-1]
        if local == "r":
            writing.run_is_bold = False
        elif local == "rPr":
            self._in_run_properties = True
        elif local == "b" and self._in_run_properties:
            writing.run_is_bold = _value(attributes) not in _NO
        elif local == "rStyle":
            writing.run_is_bold = _value(attributes) in self._bold_styles
        elif local in _BREAKS:
            writing.break_line()
        elif local in ("tab", "ptab") and "val" not in {name.rpartition(" ")[2] for name in attributes}:
            writing.add("\t")
        elif local == "noBreakHyphen":
            writing.add("\u2011")
        elif local == "ins":
            self._changed = True
        elif local in ("footnoteReference", "endnoteReference"):
            self._noted = True

    def text(self, data: str) -> None:
        if not self._in_text or self._skipping or not self._writing:
            return
        self._size += len(data)
        if self._size > TEXT_LIMIT:
            raise too_large(self._path, TEXT_LIMIT)
        self._writing[-1].add(canonical(data).replace("\n", " "))

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        local = _local(tag)
        if local == "t":
            self._in_text = False
        elif local == "rPr":
            self._in_run_properties = False
        elif local == "r" and self._writing:
            self._writing[-1].run_is_bold = False
        elif local == "p":
            self._end_paragraph()
        elif local == "tbl":
            self._depth_of_tables -= 1
        elif local == "tr" and self._depth_of_tables == 1 and self._rows:
            self._end_row()
        elif local in ("body", "tc") and self._writing and self._writing[-1].mark_deleted:
            self._writing[-1].mark_deleted = False
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        if not self._writing or self._writing[-1].mark_deleted:
            return
        paragraph = self._writing.pop().paragraph()
        if paragraph is None:
            return
        self._lines += paragraph.text.count("\n") + 1
        if self._lines > LINE_LIMIT:
            raise too_many_lines(self._path)
        self.has_text = True
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(paragraph)
        else:
            self.parts.append(paragraph)

    def _end_row(self) -> None:
        cells = tuple(tuple(cell) for cell in self._rows.pop())
        if any(cells):
            self.parts.append(Row(self._tables, cells))
