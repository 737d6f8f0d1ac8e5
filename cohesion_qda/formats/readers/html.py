"""Web pages, also those that Word, Google Docs and transcription services save: paragraphs, headings, bold beginnings
and tables, taken from the stream of elements that lxml's parser gives. No tree is built, and nothing is fetched.

Left out are scripts, styles, what is not displayed, deletions, comments and footnotes, and the numbers of Word's lists.
"""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cohesion_qda.formats.decoding import Decoded, decode
from cohesion_qda.formats.paper import COLUMN_LIMIT, Paper
from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.formats.zipguard import suspicious, too_long
from cohesion_qda.model.source import AS_FOUND, HowToRead
from cohesion_qda.model.text import canonical

DEPTH_LIMIT = 5_000
ELEMENT_LIMIT = 3_000_000
_PIECE = 1 << 16
_STYLE_LIMIT = 1_000_000
_LEFT_OUT = {
    "script", "title", "template", "svg", "math", "iframe", "noscript", "noframes", "object", "select", "button",
    "textarea", "datalist", "rt", "rp", "del", "audio", "video", "canvas", "map",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "section", "article", "aside", "header",
    "footer", "main", "nav", "figure", "figcaption", "address", "hr", "form", "fieldset", "legend", "details",
    "summary", "center", "body", "html", "caption", *_HEADINGS,
}  # fmt: skip
_SPOKEN_BLOCKS = {"p", "li", "dd", "dt", "td", "th", "pre", "blockquote", *_HEADINGS}
_BOLD = {"b", "strong", "cite"}
_CHARSET = re.compile(rb"<meta[^<>]{1,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\s*<\?xml[^<>]{1,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})", re.IGNORECASE)
_LATIN_1 = "iso8859-1"
_RULE = re.compile(r"\.([\w-]{1,80})\s{0,9}\{([^{}]{0,4000})\}")
_WEIGHT = re.compile(r"(?<![\w-])font-weight\s{0,9}:\s{0,9}(bold|[6-9]00)?", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?<![\w-])(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all)",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"mso-list\s{0,9}:\s{0,9}ignore", re.IGNORECASE)
_WORD_NOTE = re.compile(r"mso-element\s{0,9}:\s{0,9}(comment|footnote|endnote)(?![\w-])", re.IGNORECASE)
_GOOGLE_NOTE = re.compile(r"(?P<what>cmnt|ftnt)(?P<mark>_ref)?\d{1,9}\Z")
_MARKS = {"MsoFootnoteReference", "MsoEndnoteReference", "msocomanchor"}


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND, charset: str = "") -> RawDocument:
    """The paragraphs and tables of an .html file whose bytes are `data`. `charset` is what the file around it says, if
    one does. Raises CannotReadSource.
    """
    from lxml import etree

    decoded = _decoded(path, data, how, charset)
    page = _Page(path)
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True)
    text = canonical(decoded.text)
    try:
        for start in range(0, len(text), _PIECE):
            parser.feed(text[start : start + _PIECE].encode("utf-8"))
        parser.close()
    except etree.LxmlError:
        pass  # there was nothing to parse, or nothing more: what came before has been told
    return page.paper.document(
        encoding=decoded.encoding, is_sure=decoded.is_sure, encodings=decoded.choices, warnings=decoded.warnings
    )


def _decoded(path: Path, data: bytes, how: HowToRead, charset: str) -> Decoded:
    """The text of `data`. What the page says of its encoding is believed where it fits, if nothing surer is known."""
    found = decode(path, data, how.encoding)
    if found.is_sure or how.encoding:
        return found
    said = charset or _said(data)
    try:
        codec = codecs.lookup(said).name
        codec = "cp1252" if codec == _LATIN_1 else codec  # as browsers take it
        return Decoded(data.decode(codec), codec, choices=found.choices)
    except (LookupError, ValueError):
        return found


def _said(data: bytes) -> str:
    found = _XML_CHARSET.match(data[:1000]) or _CHARSET.search(data[:10_000])
    return found[1].decode("ascii") if found else ""


@dataclass(slots=True)
class _Open:
    """An element that has not ended; nothing was begun for one that is left out."""

    tag: str
    bold: bool
    is_begun: bool = False
    columns: int = 1


class _Page:
    """What the parser tells of a page, written on paper. `_left_out` is how many elements are open around what is left
    out, while something is.
    """

    def __init__(self, path: Path) -> None:
        self.paper = Paper(path)
        self._path = path
        self._open: list[_Open] = []
        self._left_out: int | None = None
        self._elements = 0
        self._style: list[str] = []
        self._style_size = 0
        self._bold_classes: dict[str, bool] = {}
        self._unseen_classes: set[str] = set()
        self._spoken = self._tables = self._preformatted = 0
        self._heading = 0
        self._column = 0
        self._covered: defaultdict[int, int] = defaultdict(int)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """The parser: an element begins. Raises CannotReadSource beyond the limits."""
        self._elements += 1
        if self._elements > ELEMENT_LIMIT:
            raise too_long(self._path)
        if len(self._open) > DEPTH_LIMIT:
            raise suspicious(self._path)
        if self._left_out is None:
            self._left_out = self._left_out_from(tag, attributes)
        self._open.append(_Open(tag, self._is_bold(tag, attributes), self._left_out is None))
        if self._left_out is None:
            self._begin(tag, attributes)

    def end(self, tag: str) -> None:
        """The parser: an element ends."""
        if not self._open:
            return
        ended = self._open.pop()
        if ended.is_begun:
            self._finish(ended)
        if self._left_out is not None and len(self._open) <= self._left_out:
            self._left_out = None
        if ended.tag == "style":
            self._learn("".join(self._style))
            self._style.clear()

    def data(self, text: str) -> None:
        """The parser: text."""
        if self._left_out is None:
            self._write(text)
        elif self._open and self._open[-1].tag == "style" and self._style_size < _STYLE_LIMIT:
            self._style_size += len(text)
            self._style.append(text)

    def close(self) -> None:
        """The parser: the end."""

    def _left_out_from(self, tag: str, attributes: Mapping[str, str]) -> int | None:
        """How many of the open elements stay when this one, or one around it, is left out; None when it is not."""
        if tag == "style" or tag in _LEFT_OUT:
            self.paper.is_changed |= tag == "del"
            return len(self._open)
        if not attributes:
            return None
        google = _GOOGLE_NOTE.match(attributes.get("id", ""))
        if google and not google["mark"]:
            self._count(google["what"] == "cmnt")
            self.paper.discard()
            divisions = [place for place, element in enumerate(self._open) if element.tag == "div"]
            return divisions[-1] if divisions else len(self._open)
        return len(self._open) if google or self._is_unseen(attributes) else None

    def _is_unseen(self, attributes: Mapping[str, str]) -> bool:
        style = attributes.get("style", "")
        classes = attributes.get("class", "").split()
        note = _WORD_NOTE.search(style)
        if note:
            self._count(note[1].lower() == "comment")
            return True
        if "hidden" in attributes or _UNSEEN.search(style) or not self._unseen_classes.isdisjoint(classes):
            self.paper.has_hidden = True
            return True
        return bool(_NUMBERING.search(style)) or not _MARKS.isdisjoint(classes)

    def _count(self, is_comment: bool) -> None:
        self.paper.comments += is_comment
        self.paper.notes += not is_comment

    def _is_bold(self, tag: str, attributes: Mapping[str, str]) -> bool:
        bold = tag in _BOLD or (bool(self._open) and self._open[-1].bold)
        if attributes:
            for name in attributes.get("class", "").split() if self._bold_classes else ():
                bold = self._bold_classes.get(name, bold)
            weight = _WEIGHT.search(attributes.get("style", ""))
            bold = bool(weight[1]) if weight else bold
        return bold

    def _learn(self, style: str) -> None:
        """Which classes are bold, and which are not displayed."""
        for rule in _RULE.finditer(style):
            weight = _WEIGHT.search(rule[2])
            if weight:
                self._bold_classes[rule[1]] = bool(weight[1])
            if _UNSEEN.search(rule[2]):
                self._unseen_classes.add(rule[1])

    def _write(self, text: str) -> None:
        bold = bool(self._open) and self._open[-1].bold
        if not self._preformatted:
            self.paper.flow(text, bold)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self.paper.break_line()
            self.paper.write(line, bold)

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._spoken += tag in _SPOKEN_BLOCKS
        self._preformatted += tag == "pre"
        if tag in _BLOCKS:
            self.paper.end_paragraph(self._heading)
            self._heading = _HEADINGS.get(tag, self._heading)
        elif tag == "br":
            self._break()
        elif tag == "time" and not self._spoken:
            self.paper.break_line()
        elif tag == "table":
            self._tables += 1
            self._covered.clear()
            self.paper.open_table()
        elif tag == "tr":
            self._column = 0
            self.paper.open_row()
        elif tag in ("td", "th"):
            self._begin_cell(attributes)

    def _break(self) -> None:
        """A line end; two together set paragraphs apart."""
        if self.paper.is_line_empty:
            self.paper.end_paragraph(self._heading)
        else:
            self.paper.break_line()

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        """Cells above may reach down into this row; their columns are empty here."""
        if self._tables == 1:
            while self._covered[self._column] and self._column < COLUMN_LIMIT:
                self._covered[self._column] -= 1
                self._column += 1
                self.paper.skip_columns(1)
            columns, rows = (_number(attributes.get(name, "")) for name in ("colspan", "rowspan"))
            self._open[-1].columns = columns
            for column in range(self._column, self._column + columns):
                self._covered[column] += rows - 1
            self._column += columns
        self.paper.open_cell()

    def _finish(self, element: _Open) -> None:
        tag = element.tag
        self._spoken -= tag in _SPOKEN_BLOCKS
        self._preformatted -= tag == "pre"
        if tag in _BLOCKS:
            self.paper.end_paragraph(self._heading)
            self._heading = 0 if tag in _HEADINGS else self._heading
        elif tag == "time" and not self._spoken:
            self.paper.break_line()
        elif tag in ("td", "th"):
            self.paper.close_cell(element.columns)
        elif tag == "tr":
            self._finish_row()
        elif tag == "table":
            self._tables -= 1
            self.paper.close_table()

    def _finish_row(self) -> None:
        if self._tables == 1:
            for column in [column for column, rows in self._covered.items() if rows and column >= self._column]:
                self._covered[column] -= 1
        self.paper.close_row()


def _number(value: str) -> int:
    """How many columns or rows a cell covers."""
    return max(1, min(COLUMN_LIMIT, int(value))) if value.isascii() and value.isdigit() and len(value) < 9 else 1
