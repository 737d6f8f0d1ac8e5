"""Word documents, read with zipfile and expat: paragraphs, soft breaks, headings, bold beginnings and tables.

Insertions are kept. Left out are tracked deletions, comments, footnotes, hidden text, field codes, the prompts of
empty content controls, and fallback drawings; numbers and bullets of lists are no text in such a file, nor are heads
and feet.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from cohesion_qda.base.i18n import _
from cohesion_qda.formats.paper import Paper
from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.formats.zipguard import Archive, not_office
from cohesion_qda.model.source import AS_FOUND, HowToRead

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_DOCUMENT_TYPE = "/officeDocument"
_DELETED = {"del", "moveFrom"}
_LEFT_OUT = {
    *_DELETED, "rt", "instrText", "delText", "delInstrText", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
    "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange", "numberingChange",
}  # fmt: skip
_NO = {"0", "false", "off", "none"}
_HEADING = re.compile(r"heading ([1-9])\Z", re.IGNORECASE)
_TITLE = "title"

Attributes = Mapping[str, str]


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND) -> RawDocument:
    """The paragraphs and tables of a .docx file whose bytes are `data`. Raises CannotReadSource."""
    with Archive(path, data) as archive:
        main = _main_part(path, archive)
        body = _Body(Paper(path), _Styles(archive, posixpath.join(posixpath.dirname(main), "styles.xml")))
        archive.parse(main, body.start, body.end, body.text)
    return body.document()


def _main_part(path: Path, archive: Archive) -> str:
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith(" Relationship") and attributes.get("Type", "").endswith(_DOCUMENT_TYPE):
            found.append(attributes.get("Target", "").lstrip("/"))

    if "_rels/.rels" in archive.names:
        archive.parse("_rels/.rels", start, _nothing)
    for name in (*found, "word/document.xml"):
        if name in archive.names and name.startswith("word/"):
            return name
    raise not_office(path)


def _nothing(_tag: str) -> None:
    """The end of an element that needs no end."""


@lru_cache(1024)
def _local(tag: str) -> str:
    """The Word name of an element or attribute; empty for those of other vocabularies."""
    space, _space, local = tag.rpartition(" ")
    return local if space in _WORD else ""


def _of(attributes: Attributes, wanted: str) -> str:
    return next((value for name, value in attributes.items() if _local(name) == wanted), "")


def _is_on(attributes: Attributes) -> bool:
    return _of(attributes, "val") not in _NO


def _number(attributes: Attributes) -> int:
    value = _of(attributes, "val")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 0


@dataclass(slots=True)
class _Style:
    """What a style says; None where it leaves that to the style it is based on."""

    based_on: str = ""
    bold: bool | None = None
    hidden: bool | None = None
    heading: int | None = None


class _Styles:
    """The styles of a document; the part is parsed only when a paragraph or run uses one."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._archive = archive
        self._part = part
        self._styles: dict[str, _Style] | None = None
        self._found: dict[str, _Style] = {}
        self._open = _Style()

    def find(self, name: str) -> _Style:
        """The style, with what it takes over from those it is based on."""
        if name not in self._found:
            self._found[name] = self._gathered(name)
        return self._found[name]

    def _gathered(self, name: str) -> _Style:
        if self._styles is None:
            self._styles = {}
            if self._part in self._archive.names:
                self._archive.parse(self._part, self._start, _nothing)
        found = _Style()
        for _generation in range(20):
            style = self._styles.get(name)
            if style is None:
                break
            found.bold = style.bold if found.bold is None else found.bold
            found.hidden = style.hidden if found.hidden is None else found.hidden
            found.heading = style.heading if found.heading is None else found.heading
            name = style.based_on
        return found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        assert self._styles is not None
        local = _local(tag)
        if local == "style":
            self._open = self._styles[_of(attributes, "styleId")] = _Style()
        elif local == "name":
            name = _of(attributes, "val")
            level = _HEADING.match(name)
            if level or name.casefold() == _TITLE:
                self._open.heading = int(level[1]) if level else 1
        elif local == "basedOn":
            self._open.based_on = _of(attributes, "val")
        elif local == "outlineLvl":
            self._open.heading = _level(attributes)
        elif local == "b":
            self._open.bold = _is_on(attributes)
        elif local == "vanish":
            self._open.hidden = _is_on(attributes)


def _level(attributes: Attributes) -> int:
    """The heading's level, from 1; Word counts from 0, and 9 stands for ordinary text."""
    return (_number(attributes) + 1) % 10 if _of(attributes, "val") else 0


class _Body:
    """Takes the events of the main part and writes what they say on paper."""

    def __init__(self, paper: Paper, styles: _Styles) -> None:
        self._paper = paper
        self._styles = styles
        self._skipping = 0
        self._in_text = self._in_run = self._in_properties = False
        self._paragraph, self._run = _Style(), _Style()
        self._is_joined = False
        self._prompt = False
        self._columns, self._is_shown = 1, True
        self._others = 0
        self._boxes: list[_Style] = []
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "p": self._start_paragraph, "pStyle": self._paragraph_style, "outlineLvl": self._outline_level,
            "r": self._start_run, "rStyle": self._run_style, "b": self._bold, "vanish": self._hide,
            "rPr": lambda _a: self._set_properties(True), "t": lambda _a: self._set_text(True),
            "tab": self._tab, "ptab": self._tab, "br": self._break, "cr": self._break,
            "noBreakHyphen": lambda _a: self._write("\u2011"), "sym": self._symbol,
            "tbl": lambda _a: paper.open_table(), "tr": lambda _a: paper.open_row(), "tc": self._start_cell,
            "gridBefore": lambda a: paper.skip_columns(_number(a)), "gridSpan": self._span, "vMerge": self._merge,
            "txbxContent": self._start_box, "ins": self._change, "moveTo": self._change,
            "footnoteReference": self._note, "endnoteReference": self._note, "commentReference": self._comment,
            "showingPlcHdr": self._is_prompt, "altChunk": self._other,
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph, "r": self._end_run, "rPr": lambda: self._set_properties(False),
            "t": lambda: self._set_text(False), "tbl": paper.close_table, "tr": paper.close_row, "tc": self._end_cell,
            "txbxContent": self._end_box, "sdt": self._end_control,
        }  # fmt: skip

    def document(self) -> RawDocument:
        """All that was read. Raises CannotReadSource when that is nothing."""
        if not self._others:
            return self._paper.document()
        return self._paper.document(
            warnings=(
                _(
                    "A part of the document is kept as a file of another kind within it, and was left out. "
                    "Open it in Word and save it again."
                ),
            )
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = _local(tag)
        if self._skipping or local in _LEFT_OUT or tag == _FALLBACK or (local == "sdtContent" and self._prompt):
            self._leave_out(local)
        elif local in self._starts:
            self._starts[local](attributes)

    def _leave_out(self, local: str) -> None:
        if not self._skipping and local in _DELETED:
            self._paper.is_changed = True
            if self._in_properties and not self._in_run:
                self._is_joined = True
        self._skipping += 1

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        local = _local(tag)
        if local in self._ends:
            self._ends[local]()

    def text(self, data: str) -> None:
        if self._in_text and not self._skipping:
            self._write(data)

    def _write(self, text: str) -> None:
        if self._run.hidden:
            self._paper.has_hidden = True
        else:
            self._paper.write(text, bool(self._run.bold))

    def _set_text(self, on: bool) -> None:
        self._in_text = on

    def _set_properties(self, on: bool) -> None:
        self._in_properties = on

    def _start_paragraph(self, _attributes: Attributes) -> None:
        self._paragraph = _Style()
        self._is_joined = False

    def _paragraph_style(self, attributes: Attributes) -> None:
        self._paragraph = self._styles.find(_of(attributes, "val"))

    def _outline_level(self, attributes: Attributes) -> None:
        self._paragraph = replace(self._paragraph, heading=_level(attributes))

    def _end_paragraph(self) -> None:
        """A paragraph whose end was deleted goes on in the next one."""
        if not self._is_joined:
            self._paper.end_paragraph(self._paragraph.heading or 0)

    def _start_run(self, _attributes: Attributes) -> None:
        self._in_run = True
        self._run = _Style(bold=self._paragraph.bold, hidden=self._paragraph.hidden)

    def _end_run(self) -> None:
        self._in_run = False
        self._run = _Style()

    def _run_style(self, attributes: Attributes) -> None:
        if self._in_run:
            style = self._styles.find(_of(attributes, "val"))
            self._run.bold = self._run.bold if style.bold is None else style.bold
            self._run.hidden = self._run.hidden if style.hidden is None else style.hidden

    def _bold(self, attributes: Attributes) -> None:
        self._run.bold = _is_on(attributes)

    def _hide(self, attributes: Attributes) -> None:
        self._run.hidden = _is_on(attributes)

    def _tab(self, attributes: Attributes) -> None:
        if self._in_run and not _of(attributes, "val"):
            self._write("\t")

    def _break(self, _attributes: Attributes) -> None:
        if not self._run.hidden:
            self._paper.break_line()

    def _symbol(self, attributes: Attributes) -> None:
        """A character of another font; those of symbol fonts mean nothing outside of them."""
        try:
            code = int(_of(attributes, "char"), 16)
        except ValueError:
            return
        if 0x20 <= code < 0xE000:
            self._write(chr(code))

    def _start_cell(self, _attributes: Attributes) -> None:
        self._columns, self._is_shown = 1, True
        self._paper.open_cell()

    def _end_cell(self) -> None:
        self._paper.close_cell(self._columns, self._is_shown)
        self._columns, self._is_shown = 1, True

    def _span(self, attributes: Attributes) -> None:
        self._columns = max(1, _number(attributes))

    def _merge(self, attributes: Attributes) -> None:
        self._is_shown = _of(attributes, "val") == "restart"

    def _start_box(self, _attributes: Attributes) -> None:
        self._boxes.append(self._paragraph)
        self._paper.open_box()

    def _end_box(self) -> None:
        self._paper.close_box()
        if self._boxes:
            self._paragraph, self._is_joined = self._boxes.pop(), False

    def _change(self, _attributes: Attributes) -> None:
        self._paper.is_changed = True

    def _note(self, _attributes: Attributes) -> None:
        self._paper.notes += 1

    def _comment(self, _attributes: Attributes) -> None:
        self._paper.comments += 1

    def _is_prompt(self, attributes: Attributes) -> None:
        self._prompt = _is_on(attributes)

    def _end_control(self) -> None:
        self._prompt = False

    def _other(self, _attributes: Attributes) -> None:
        self._others += 1
