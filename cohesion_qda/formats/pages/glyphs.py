"""The words of a PDF page, with their places and whether they are bold, as PDFium gives them."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from cohesion_qda.formats.pages.lines import Word

_STROKED = 2  # FPDF_TEXTRENDERMODE_FILL_STROKE: how some programs make letters bold
_FORCED_BOLD = 1 << 18  # in a font's flags
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi|[-,_]bd\b", re.IGNORECASE)
_BOLD_WEIGHT = 650
_NUMBER = re.compile(r"\d{1,4}[.):]?\Z")
_RIGHT_ANGLE = math.pi / 2
_SLANT = 0.1  # of a right angle
_BULLET = "\uf0b7"
_SPECIAL = {
    **dict(enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"), 0xFB00)),
    ord(_BULLET): "•", 0xA0: " ", 0xAD: "", 0x02: "-", 0xFFFE: "-",
}  # fmt: skip
_IS_SPECIAL = re.compile(f"[{''.join(map(chr, _SPECIAL))}\ud800-\udfff]")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf0b6\uf0b8-\uf8ff]")
_WORD = re.compile(
    "[^\x00-\x20\u2000-\u200b\u2028\u2029\u3000\ufffe]+[\x02\ufffe]?"
)  # it ends with a hyphen at a line's end


class Glyphs:
    """The characters of one page. `page` and `text_page` are open objects of pypdfium2, which this does not close."""

    def __init__(self, page: Any, text_page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._raw = text_page.raw
        self._page: tuple[float, float, float, float] = page.get_cropbox()
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._sizes: dict[int, float] = {}
        self._bold_fonts: dict[int, bool] = {}
        self._upright = 0
        self.count: int = text_page.count_chars()
        self.unreadable = 0
        self.aslant: list[str] = []

    def words(self) -> list[Word]:
        """The words in the order of the file. Those that do not stand as most do, such as a watermark, are kept in
        `aslant` instead; what is drawn outside the page is no part of it. `unreadable` counts words for whose first
        letter the file does not say which it is.
        """
        text = "".join([chr(self._pdfium.FPDFText_GetUnicode(self._raw, at)) for at in range(self.count)])
        spans = [found.span() for found in _WORD.finditer(text)]
        self.unreadable = sum(self._is_unreadable(text[start], start) for start, _end in spans)
        angles = [self._pdfium.FPDFText_GetCharAngle(self._raw, start) / _RIGHT_ANGLE for start, _end in spans]
        self._upright = Counter(round(angle) % 4 for angle in angles).most_common(1)[0][0] if spans else 0
        words: list[tuple[Word, int, int]] = []
        for (start, end), angle in zip(spans, angles, strict=True):
            if abs((angle - self._upright + 2) % 4 - 2) > _SLANT:
                self.aslant.append(_plain(text[start:end]))
            else:
                words.extend(self._placed(text, start, end))
        self._find_bold(words)
        return [word for word, _start, _end in words]

    def _is_unreadable(self, char: str, at: int) -> bool:
        return _UNREADABLE.match(char) is not None or self._pdfium.FPDFText_HasUnicodeMapError(self._raw, at) == 1

    def _placed(self, text: str, start: int, end: int) -> Iterator[tuple[Word, int, int]]:
        """The word from `start` to `end` in `text`, cut where it goes on in a new line; with its own two ends."""
        self._pdfium.FPDFText_GetCharOrigin(self._raw, start, self._x, self._y)
        x, y = self._x.value, self._y.value
        left, bottom, right, top = self._page
        if not (left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1):
            return
        near, down = _turned(x, y, self._upright)
        size = self._size(start)
        first, above, far, below = self._box_of(end - 1)
        if end - start > 1 and not above - size < down < below + size:
            for at in range(start, end):
                yield from self._placed(text, at, at + 1)
            return
        written = _plain(text[start:end])
        if written:
            yield Word(written, min(near, first), max(near, far), down, size), start, end

    def _box_of(self, at: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a character, `top` being the smaller number."""
        box = self._box
        self._pdfium.FPDFText_GetLooseCharBox(self._raw, at, box)
        if not self._upright:
            return box.left, -box.top, box.right, -box.bottom
        a, b = _turned(box.left, box.top, self._upright), _turned(box.right, box.bottom, self._upright)
        return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])

    def _size(self, at: int) -> float:
        """How large a character is, in points."""
        piece = self._pdfium.FPDFText_GetTextObject(self._raw, at)
        key = ctypes.cast(piece, ctypes.c_void_p).value or 0
        if key not in self._sizes:
            self._pdfium.FPDFText_GetMatrix(self._raw, at, self._matrix)
            size = self._pdfium.FPDFText_GetFontSize(self._raw, at) * math.hypot(self._matrix.c, self._matrix.d)
            self._sizes[key] = size if math.isfinite(size) and size > 0 else 1.0
        return self._sizes[key]

    def _find_bold(self, words: Sequence[tuple[Word, int, int]]) -> None:
        """Say of the words at the beginning of each line how much of them is bold."""
        y, is_open = math.nan, True
        for word, start, end in words:
            if not abs(word.y - y) < 0.2 * word.size:
                is_open = True
            y = word.y
            if not is_open:
                continue
            bold = start
            while bold < end and self._is_bold(bold):
                bold += 1
            word.bold = len(word.text) if bold == end else min(bold - start, len(word.text) - 1)
            is_open = word.bold == len(word.text) or _NUMBER.match(word.text) is not None

    def _is_bold(self, at: int) -> bool:
        piece = self._pdfium.FPDFText_GetTextObject(self._raw, at)
        if not piece:
            return False
        if self._pdfium.FPDFTextObj_GetTextRenderMode(piece) == _STROKED:
            return True
        font = self._pdfium.FPDFTextObj_GetFont(piece)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._bold_fonts:
            self._bold_fonts[key] = bool(key) and self._is_bold_font(font)
        return self._bold_fonts[key]

    def _is_bold_font(self, font: Any) -> bool:
        name = ctypes.create_string_buffer(200)
        self._pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
        if _BOLD_NAME.search(name.value):
            return True
        flags = max(0, self._pdfium.FPDFFont_GetFlags(font))
        return bool(flags & _FORCED_BOLD) or self._pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT


def _plain(written: str) -> str:
    """The characters of a word: ligatures are taken apart, halves of a pair put together."""
    if not _IS_SPECIAL.search(written):
        return written
    return written.translate(_SPECIAL).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore").strip()


def _turned(x: float, y: float, upright: int) -> tuple[float, float]:
    """A place as it is when the page is turned so that words whose angle is `upright` right angles stand upright; the
    second number grows downwards.
    """
    return ((x, -y), (-y, -x), (-x, y), (y, x))[upright]
