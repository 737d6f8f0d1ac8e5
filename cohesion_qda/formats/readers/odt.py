"""OpenDocument texts (LibreOffice, OpenOffice, Google), read with zipfile and expat, as Word documents are.

Insertions are kept. Left out are tracked deletions, comments, footnotes, hidden text, and what only describes drawings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cohesion_qda.formats.paper import COLUMN_LIMIT, Paper
from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.formats.zipguard import Archive, damaged, not_office
from cohesion_qda.model.source import AS_FOUND, HowToRead

_NAMESPACES = {
    f"urn:oasis:names:tc:opendocument:xmlns:{long}:1.0": short
    for long, short in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("drawing", "draw"),
        ("xsl-fo-compatible", "fo"), ("svg-compatible", "svg"), ("form", "form"), ("presentation", "presentation"),
    )
} | {"http://www.w3.org/1998/Math/MathML": "math"}  # fmt: skip
_KIND = b"application/vnd.oasis.opendocument.text"
_LEFT_OUT = {
    "text:deletion", "text:insertion", "text:format-change", "text:note", "text:number", "text:ruby-text",
    "text:hidden-text", "text:sequence-decls", "text:variable-decls", "text:user-field-decls",
    "text:dde-connection-decls", "text:alphabetical-index-mark", "office:annotation", "office:forms",
    "office:binary-data", "office:event-listeners",
    "office:scripts", "table:covered-table-cell", "svg:title", "svg:desc", "draw:object", "draw:object-ole",
    "draw:image", "math:math", "form:form",
}  # fmt: skip
_SHAPES = tuple(
    f"draw:{shape}"
    for shape in (
        "text-box", "custom-shape", "rect", "ellipse", "circle", "caption", "line", "polyline", "polygon", "path",
        "regular-polygon", "connector",
    )
)  # fmt: skip
_SPACES = 40
_TITLE = "Title"

Attributes = Mapping[str, str]


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND) -> RawDocument:
    """The paragraphs and tables of an .odt file whose bytes are `data`. Raises CannotReadSource."""
    with Archive(path, data) as archive:
        names = archive.names
        if "mimetype" in names and not b"".join(archive.part("mimetype")).strip().startswith(_KIND):
            raise not_office(path)
        if "content.xml" not in names:
            raise damaged(path) if "mimetype" in names else not_office(path)
        body = _Body(Paper(path), archive)
        archive.parse("content.xml", body.start, body.end, body.text)
        if not body.is_text:
            raise not_office(path)
    return body.paper.document()


@lru_cache(1024)
def _name(tag: str) -> str:
    """`text:p` for the name that expat gives; empty for those of other vocabularies."""
    space, _space, local = tag.rpartition(" ")
    return f"{_NAMESPACES[space]}:{local}" if space in _NAMESPACES else ""


def _of(attributes: Attributes, wanted: str) -> str:
    return next((value for name, value in attributes.items() if _name(name) == wanted), "")


def _number(attributes: Attributes, wanted: str, most: int) -> int:
    """A number that the file gives, at least 1 and at most `most`."""
    value = _of(attributes, wanted)
    if not (value.isascii() and value.isdigit()):
        return 1
    return most if len(value) > 9 else max(1, min(most, int(value)))


@dataclass(slots=True)
class _Style:
    """What a style says; None where it leaves that to its parent."""

    parent: str = ""
    bold: bool | None = None
    hidden: bool | None = None
    heading: int | None = None


class _Styles:
    """The styles of a text: automatic ones, read with its content, and the named ones, looked up when one is used."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._styles: dict[tuple[str, str], _Style] = {}
        self._found: dict[tuple[str, str], _Style] = {}
        self._open: _Style | None = None
        self._is_complete = False

    def find(self, family: str, name: str) -> _Style:
        """The style, with what it takes over from its ancestors."""
        if (family, name) not in self._found:
            self._found[family, name] = self._gathered(family, name)
        return self._found[family, name]

    def _gathered(self, family: str, name: str) -> _Style:
        found = _Style()
        for _generation in range(20):
            if (family, name) not in self._styles:
                self._read_named()
            style = self._styles.get((family, name))
            if style is None:
                break
            found.bold = style.bold if found.bold is None else found.bold
            found.hidden = style.hidden if found.hidden is None else found.hidden
            found.heading = style.heading if found.heading is None else found.heading
            name = style.parent
            if not name:
                break
        return found

    def _read_named(self) -> None:
        if not self._is_complete:
            self._is_complete = True
            if "styles.xml" in self._archive.names:
                self._archive.parse("styles.xml", self.start, lambda _tag: None)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element of the styles."""
        name = _name(tag)
        if name == "style:style":
            key = _of(attributes, "style:family"), _of(attributes, "style:name")
            self._open = self._styles.setdefault(key, _Style())
            self._open.parent = _of(attributes, "style:parent-style-name")
            level = _of(attributes, "style:default-outline-level")
            if level.isascii() and level.isdigit():
                self._open.heading = int(level[:2])
            elif key[1] == _TITLE:
                self._open.heading = 1
        elif name == "style:text-properties" and self._open is not None:
            weight, display = _of(attributes, "fo:font-weight"), _of(attributes, "text:display")
            if weight:
                self._open.bold = weight == "bold" or weight in ("600", "700", "800", "900")
            if display:
                self._open.hidden = display == "none"
        elif name.endswith(("-style", ":page-layout")):
            self._open = None


@dataclass(slots=True)
class _Open:
    """A paragraph, or a stretch of one, that is being read."""

    bold: bool = False
    hidden: bool = False
    heading: int = 0


class _Body:
    """Takes the events of the content and writes what they say on paper."""

    def __init__(self, paper: Paper, archive: Archive) -> None:
        self.paper = paper
        self.is_text = False
        self._styles = _Styles(archive)
        self._skipping = 0
        self._open: list[_Open] = []
        self._beside: list[list[_Open]] = []
        self._columns = 1
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "office:text": self._start_body,
            "text:p": self._start_paragraph, "text:h": self._start_heading,
            "text:span": self._start_span, "text:s": self._spaces, "text:tab": lambda _a: self._write("\t"),
            "text:line-break": self._break, "table:table": lambda _a: paper.open_table(),
            "table:table-row": lambda _a: paper.open_row(), "table:table-cell": self._start_cell,
            **dict.fromkeys(_SHAPES, self._start_box),
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            "text:p": self._end_paragraph, "text:h": self._end_paragraph, "text:span": self._end_span,
            "table:table": paper.close_table, "table:table-row": paper.close_row,
            "table:table-cell": self._end_cell, **dict.fromkeys(_SHAPES, self._end_box),
        }  # fmt: skip

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _name(tag)
        if self._skipping:
            self._skipping += 1
        elif name in _LEFT_OUT or (name == "text:section" and _of(attributes, "text:display") == "none"):
            self._leave_out(name, attributes)
        elif name in self._starts:
            self._starts[name](attributes)
        elif not self.is_text:
            self._styles.start(tag, attributes)

    def _leave_out(self, name: str, attributes: Attributes) -> None:
        self._skipping = 1
        if name == "table:covered-table-cell":
            self.paper.skip_columns(_number(attributes, "table:number-columns-repeated", COLUMN_LIMIT))
        self.paper.is_changed |= name in ("text:deletion", "text:insertion")
        self.paper.has_hidden |= name in ("text:section", "text:hidden-text")
        self.paper.notes += name == "text:note"
        self.paper.comments += name == "office:annotation"

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        name = _name(tag)
        if name in self._ends:
            self._ends[name]()

    def text(self, data: str) -> None:
        if self._open and not self._skipping:
            if self._open[-1].hidden:
                self.paper.has_hidden = True
            else:
                self.paper.flow(data, self._open[-1].bold)

    def _write(self, text: str) -> None:
        if self._open and not self._open[-1].hidden:
            self.paper.write(text, self._open[-1].bold)

    def _start_body(self, _attributes: Attributes) -> None:
        self.is_text = True

    def _start_paragraph(self, attributes: Attributes) -> None:
        style = self._styles.find("paragraph", _of(attributes, "text:style-name"))
        self._open.append(_Open(bool(style.bold), bool(style.hidden), style.heading or 0))

    def _start_heading(self, attributes: Attributes) -> None:
        self._start_paragraph(attributes)
        self._open[-1].heading = _number(attributes, "text:outline-level", 10)

    def _end_paragraph(self) -> None:
        self.paper.end_paragraph(self._open.pop().heading if self._open else 0)

    def _start_span(self, attributes: Attributes) -> None:
        style = self._styles.find("text", _of(attributes, "text:style-name"))
        around = self._open[-1] if self._open else _Open()
        bold = around.bold if style.bold is None else style.bold
        self._open.append(_Open(bold, around.hidden if style.hidden is None else style.hidden))

    def _end_span(self) -> None:
        if self._open:
            self._open.pop()

    def _spaces(self, attributes: Attributes) -> None:
        self._write(" " * _number(attributes, "text:c", _SPACES))

    def _break(self, _attributes: Attributes) -> None:
        if self._open and not self._open[-1].hidden:
            self.paper.break_line()

    def _start_cell(self, attributes: Attributes) -> None:
        self._columns = _number(attributes, "table:number-columns-repeated", COLUMN_LIMIT)
        self.paper.open_cell()

    def _end_cell(self) -> None:
        self.paper.close_cell(self._columns)
        self._columns = 1

    def _start_box(self, _attributes: Attributes) -> None:
        self._beside.append(self._open)
        self._open = []
        self.paper.open_box()

    def _end_box(self) -> None:
        self.paper.close_box()
        if self._beside:
            self._open = self._beside.pop()
