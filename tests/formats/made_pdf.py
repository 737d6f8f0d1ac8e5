"""Small PDFs, written by hand so that every place on the page is known. Letters are Courier, 0.6 of their size wide."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
LEFT, PITCH = 80, 14


@dataclass(frozen=True)
class Put:
    """`text` with its beginning at `x` and standing on `y` from the top; `turn` is how it is turned: cos, sin."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False
    turn: tuple[float, float] = (1, 0)

    def drawn(self) -> bytes:
        cos, sin = self.turn
        written = self.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        font = "F2" if self.bold else "F1"
        place = f"{cos} {sin} {-sin} {cos} {self.x} {HEIGHT - self.y} Tm"
        return f"BT /{font} {self.size} Tf {place} (".encode() + written + b") Tj ET\n"


def objects(*bodies: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1."""
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, table)


def stream(data: bytes, about: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), about, data)


def pdf(*pages: Sequence[Put] | bytes, page: bytes = b"", catalog: bytes = b"") -> bytes:
    """A PDF of these pages, some perhaps in PDF's own words; `page` and `catalog` are added to those dictionaries."""
    first = 6
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(pages)))
    fonts = [
        b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % n for n in (b"Courier", b"Courier-Bold")
    ]
    picture = stream(
        b"\x00\x00\x00", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB"
    )
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        *fonts,
        picture,
    ]
    for number, puts in enumerate(pages):
        about = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R" % (
            WIDTH,
            HEIGHT,
            first + 2 * number + 1,
        )
        bodies.append(about + b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</I 5 0 R>>>>%s>>" % page)
        bodies.append(stream(puts if isinstance(puts, bytes) else b"".join(put.drawn() for put in puts)))
    return objects(*bodies)


PICTURE = b"q 500 0 0 700 40 40 cm /I Do Q\n"


@dataclass(frozen=True)
class Layout:
    """How paragraphs are set: `hang` and `indent` in points, `gap` added between paragraphs, `numbers` every so many
    lines in the left margin, `head` and `foot` with `{page}` and `{pages}`.
    """

    columns: int = 70
    lines: int = 45
    gap: float = 0
    indent: float = 0
    hang: float = 0
    numbers: int = 0
    head: str = ""
    foot: str = ""
    bold_until: str = ""
    pitch: float = PITCH

    def pages(self, paragraphs: Sequence[str]) -> list[list[Put]]:
        pages: list[list[Put]] = [[]]
        y, row, counted = 100.0, 0, 0
        for paragraph in paragraphs:
            lines = textwrap.wrap(
                paragraph,
                self.columns,
                initial_indent="\0" * round(self.indent / 6),
                subsequent_indent="\0" * round(self.hang / 6),
                break_on_hyphens=False,
                break_long_words=False,
            )
            for number, line in enumerate(lines):
                if row == self.lines or y > 770:
                    pages.append([])
                    y, row = 100.0, 0
                text = line.replace("\0", "")
                x = LEFT + (self.indent if not number else self.hang)
                pages[-1] += self._put(x, y, text, first=number == 0)
                counted += 1
                if self.numbers and counted % self.numbers == 0:
                    pages[-1].append(Put(LEFT - 40, y, str(counted), 8))
                y, row = y + self.pitch, row + 1
            y += self.gap
        for number, page in enumerate(pages, 1):
            about = {"page": number, "pages": len(pages)}
            page += [Put(LEFT, 50, self.head.format(**about), 8)] if self.head else []
            page += [Put(300, 800, self.foot.format(**about), 8)] if self.foot else []
        return pages

    def _put(self, x: float, y: float, text: str, *, first: bool) -> list[Put]:
        before, mark, after = text.partition(self.bold_until) if first and self.bold_until else ("", "", text)
        if not mark:
            return [Put(x, y, text)]
        bold = before + mark
        return [Put(x, y, bold, bold=True), Put(x + 6 * len(bold), y, after)]


def laid_out(paragraphs: Sequence[str], layout: Layout = Layout()) -> bytes:
    return pdf(*layout.pages(paragraphs))
