"""Rich text, read word by word in one pass: paragraphs, headings, bold beginnings and tables.

Insertions are kept. Left out are tracked deletions, comments, footnotes, hidden text, field codes, heads and feet, and
the numbers and bullets that a word processor writes before the items of a list.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cohesion_qda.base.i18n import _
from cohesion_qda.formats.paper import Paper
from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.formats.zipguard import damaged, not_office, suspicious, too_long
from cohesion_qda.model.source import AS_FOUND, HowToRead

TOKEN_LIMIT = 2_000_000
DEPTH_LIMIT = 1_000
_NAME_LENGTH = 200
_TOKEN = re.compile(
    rb"(?P<text>[^\\{}\r\n]+)|\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|'(?P<hex>[0-9a-fA-F]{2})"
    rb"|(?P<symbol>[^a-zA-Z]))|(?P<brace>[{}])|[\r\n]+|\\",
    re.DOTALL,
)
_IN_SKIPPED = re.compile(rb"\\bin(?P<length>\d{1,10}) ?|\\[\\{}]|(?P<brace>[{}])")
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\\rtf")
_HEADING = re.compile(r"heading ([1-9])\Z", re.IGNORECASE)
_CHARACTERS = {
    b"tab": "\t", b"emdash": "—", b"endash": "–", b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005",
    b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"zwj": "\u200d",
    b"zwnj": "\u200c", b"ltrmark": "\u200e", b"rtlmark": "\u200f", b"~": "\u00a0", b"_": "\u2011", b"{": "{", b"}": "}",
    b"\\": "\\", b"\t": "\t",
}  # fmt: skip
_LEFT_OUT = frozenset(
    b"colortbl info pict header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc ftncn aftnsep "
    b"aftnsepc aftncn footnote annotation atnid atnauthor pntext listtext fldinst xe tc txe rxe nonesttables "
    b"nonshppict shprslt sp upr filetbl listtable listoverridetable revtbl rsidtbl pgptbl generator "
    b"template private do bkmkstart "
    b"bkmkend objdata objclass".split()
)
_ENTERED = frozenset((b"shpinst", b"shptxt", b"fldrslt", b"result"))
_CHARSETS = {
    0: "cp1252", 2: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_OLD_SETS = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
_FONTS, _STYLES = "fonts", "styles"


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND) -> RawDocument:
    """The paragraphs and tables of an .rtf file whose bytes are `data`. Raises CannotReadSource."""
    if not _START.match(data):
        raise not_office(path)
    reader = _Reader(path, data)
    reader.read()
    return reader.document()


@dataclass(slots=True)
class _State:
    """What holds until the group ends. `table` is what the text goes to when that is not the paper."""

    table: str = ""
    bold: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    fallback: int = 1
    font: int = -1
    is_in_table: bool = False
    heading: int = 0
    is_box: bool = False


class _Reader:
    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._data = data
        self._paper = Paper(path)
        self._state = _State()
        self._groups: list[_State] = []
        self._bytes = bytearray()
        self._to_skip = 0
        self._high = 0
        self._is_optional = self._is_cut = False
        self._codec = "cp1252"
        self._is_utf8 = not data.isascii() and _is_utf8(data)
        self._fonts: dict[int, str] = {}
        self._font = self._default_font = -1
        self._styles: dict[int, int] = {}
        self._style = self._level = 0
        self._name = ""
        self._in_row = self._has_table = self._has_row = self._has_cell = False
        self._tokens = 0
        self._words = self._handlers()

    def document(self) -> RawDocument:
        """All that was read. Raises CannotReadSource when that is nothing."""
        if not self._is_cut:
            return self._paper.document()
        return self._paper.document(
            warnings=(_("The file is cut off: some of its end may be missing. Compare it with the original."),)
        )

    def read(self) -> None:
        """Read to the end of the outermost group. Raises CannotReadSource."""
        position, end = 0, len(self._data)
        while position < end:
            token = _TOKEN.match(self._data, position)
            assert token is not None  # one of the ways to go on takes any byte
            position = token.end()
            self._count()
            kind = token.lastgroup
            if kind == "text":
                self._text(token.group())
            elif kind == "hex":
                self._hex(int(token["hex"], 16))
            elif kind == "brace":
                self._brace(token.group() == b"{")
                if not self._groups:
                    return
            elif kind is not None:
                position = self._control(token["word"] or token["symbol"], token["number"], position)
        self._flush()
        if len(self._groups) > 1:
            raise damaged(self._path)
        self._is_cut = True

    def _count(self) -> None:
        self._tokens += 1
        if self._tokens > TOKEN_LIMIT:
            raise too_long(self._path)

    def _brace(self, opens: bool) -> None:
        self._flush()
        self._to_skip = 0
        if opens:
            if len(self._groups) >= DEPTH_LIMIT:
                raise suspicious(self._path)
            self._groups.append(self._state)
            self._state = replace(self._state, is_box=False)
        elif self._groups:
            if self._state.is_box:
                self._paper.close_box()
            self._state = self._groups.pop()

    def _text(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        if self._is_utf8 and not data.isascii():
            self._flush()
            self._write(data[skipped:].decode("utf-8", "replace"))
        else:
            self._bytes += data[skipped:]

    def _hex(self, byte: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes.append(byte)

    def _flush(self) -> None:
        """Write the bytes that wait, in the code page of the font they are set in."""
        if self._bytes:
            text = self._bytes.decode(self._fonts.get(self._state.font, self._codec), "replace")
            self._bytes.clear()
            self._paper.damaged += text.count("\ufffd")
            self._write(text)

    def _write(self, text: str) -> None:
        state = self._state
        self._high = 0
        if state.table:
            self._name = (self._name + text)[-_NAME_LENGTH:]
            if ";" in text:
                self._end_entry()
        elif state.is_hidden:
            self._paper.has_hidden = True
        elif state.is_deleted:
            self._paper.is_changed = True
        else:
            self._place()
            self._paper.write(text, state.bold)

    def _control(self, word: bytes, number: bytes | None, position: int) -> int:
        """Do what a control word says; the position to go on at."""
        self._flush()
        if word in _CHARACTERS:
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._write(_CHARACTERS[word])
            return position
        self._to_skip = 0
        if word == b"bin":
            return position + max(0, int(number or 0))
        if word == b"*":
            self._is_optional = True
            return position
        is_optional, self._is_optional = self._is_optional, False
        if word in _LEFT_OUT or (is_optional and word not in _ENTERED):
            self._paper.notes += word == b"footnote"
            self._paper.comments += word == b"annotation"
            return self._after_group(position)
        handler = self._words.get(word)
        if handler:
            handler(int(number) if number else None)
        return position

    def _after_group(self, position: int) -> int:
        """Where the group ends whose content is left out. The outermost group is never left out."""
        if len(self._groups) < 2:
            return position
        depth, end = 1, len(self._data)
        while depth:
            found = _IN_SKIPPED.search(self._data, position)
            if found is None:
                return end
            self._count()
            position = found.end() + int(found["length"] or 0)
            if found["brace"]:
                depth += 1 if found["brace"] == b"{" else -1
        self._state = self._groups.pop()
        return position

    def _handlers(self) -> dict[bytes, Callable[[int | None], None]]:
        sets = {word: lambda _n, codec=codec: self._set_codec(codec) for word, codec in _OLD_SETS.items()}
        return {
            **sets,
            b"ansicpg": lambda n: self._set_codec({10000: "mac_roman"}.get(n or 0, f"cp{n}")),
            b"fonttbl": lambda _n: self._enter(_FONTS), b"stylesheet": lambda _n: self._enter(_STYLES),
            b"deff": self._set_default_font, b"f": self._set_font, b"fcharset": self._set_charset,
            b"cpg": lambda n: self._know_font(f"cp{n}"),
            b"u": self._unicode, b"uc": self._set_fallback, b"plain": self._set_plain, b"b": self._set_bold,
            b"v": self._set_hidden, b"deleted": self._set_deleted, b"revised": self._set_revised,
            b"pard": self._set_pard, b"s": self._set_style, b"outlinelevel": self._set_level,
            b"par": self._end_paragraph, b"sect": self._end_paragraph, b"\r": self._end_paragraph,
            b"\n": self._end_paragraph, b"nestcell": self._end_paragraph,
            b"line": self._break_line, b"lbr": self._break_line, b"page": self._break_line, b"column": self._break_line,
            b"intbl": self._set_in_table, b"trowd": self._start_row, b"cell": self._end_cell, b"row": self._end_row,
            b"shptxt": self._open_box,
        }  # fmt: skip

    def _set_codec(self, codec: str) -> None:
        self._codec = _known(codec) or self._codec

    def _enter(self, table: str) -> None:
        self._state.table, self._name = table, ""

    def _end_entry(self) -> None:
        """A `;` ends the name of a style: of those, the headings are kept."""
        if self._state.table == _STYLES:
            level = _HEADING.match(self._name.strip(" ;"))
            is_title = self._name.strip(" ;").casefold() == "title"
            self._styles[self._style] = int(level[1]) if level else self._level or int(is_title)
            self._style = self._level = 0
        self._name = ""

    def _set_default_font(self, number: int | None) -> None:
        self._default_font = self._state.font = number or 0

    def _set_font(self, number: int | None) -> None:
        if self._state.table == _FONTS:
            self._font = number or 0
        self._state.font = number or 0

    def _set_charset(self, number: int | None) -> None:
        if number in _CHARSETS:
            self._know_font(_CHARSETS[number])

    def _know_font(self, codec: str) -> None:
        if self._state.table == _FONTS and _known(codec):
            self._fonts[self._font] = codec

    def _set_fallback(self, number: int | None) -> None:
        self._state.fallback = max(0, min(100, 1 if number is None else number))

    def _unicode(self, number: int | None) -> None:
        """A character as a number of 16 bits, with a sign; one beyond those comes in two halves."""
        code = (number or 0) % 0x10000 if (number or 0) < 0 else number or 0
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high:
                self._write(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
        elif code < 0x110000:
            self._write(chr(code))
        self._to_skip = self._state.fallback

    def _set_plain(self, _number: int | None) -> None:
        self._state.bold = self._state.is_hidden = self._state.is_deleted = False
        self._state.font = self._default_font

    def _set_bold(self, number: int | None) -> None:
        self._state.bold = number != 0

    def _set_hidden(self, number: int | None) -> None:
        self._state.is_hidden = number != 0

    def _set_deleted(self, number: int | None) -> None:
        self._state.is_deleted = number != 0

    def _set_revised(self, number: int | None) -> None:
        self._paper.is_changed |= number != 0

    def _set_pard(self, _number: int | None) -> None:
        self._state.is_in_table, self._state.heading = False, 0

    def _set_style(self, number: int | None) -> None:
        if self._state.table == _STYLES:
            self._style = number or 0
        else:
            self._state.heading = self._styles.get(number or 0, 0)

    def _set_level(self, number: int | None) -> None:
        level = (number + 1) % 10 if number is not None and 0 <= number < 9 else 0
        if self._state.table == _STYLES:
            self._level = level
        else:
            self._state.heading = level

    def _set_in_table(self, number: int | None) -> None:
        self._state.is_in_table = number != 0

    def _place(self) -> None:
        """See that what comes next goes into a cell, or out of the table that is over."""
        if self._state.is_in_table or self._in_row:
            self._open_cell()
        elif self._has_table:
            self._paper.close_table()
            self._has_table = self._has_row = self._has_cell = False

    def _open_cell(self) -> None:
        if not self._has_table:
            self._paper.open_table()
        if not self._has_row:
            self._paper.open_row()
        if not self._has_cell:
            self._paper.open_cell()
        self._has_table = self._has_row = self._has_cell = True

    def _end_paragraph(self, _number: int | None) -> None:
        if self._state.table:
            return
        if self._state.is_deleted:
            self._paper.is_changed = True
            return
        self._place()
        self._paper.end_paragraph(self._state.heading)

    def _break_line(self, _number: int | None) -> None:
        if not (self._state.table or self._state.is_hidden or self._state.is_deleted):
            self._paper.break_line()

    def _start_row(self, _number: int | None) -> None:
        self._in_row = not self._state.table

    def _end_cell(self, _number: int | None) -> None:
        if not self._state.table:
            self._open_cell()
            self._paper.close_cell()
            self._has_cell = False

    def _end_row(self, _number: int | None) -> None:
        if not self._state.table:
            self._paper.close_row()
            self._has_row = self._has_cell = self._in_row = False

    def _open_box(self, _number: int | None) -> None:
        self._paper.open_box()
        self._state.is_box = True


def _known(codec: str) -> str:
    """The code page, or nothing when Python lacks it or it is none for plain bytes."""
    try:
        return codec if codecs.lookup(codec).name != "undefined" and b"a".decode(codec) else ""
    except (LookupError, ValueError):
        return ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
