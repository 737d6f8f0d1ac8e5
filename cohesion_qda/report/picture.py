"""A finished picture: SVG with real text, PNG, PDF, and the sentence for those who cannot see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.report import style
from cohesion_qda.report.drawing import DPI, INCH, Drawing

_TAG = re.compile(r"<[^<>]*>")
_HEAD = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
_INK = {
    style.TEXT: "text", style.TEXT2: "text2", style.LINE: "line", style.PAPER: "paper", style.QUIET: "quiet",
    **{colour: f"ink{n}" for n, colour in enumerate(style.ON_WHITE)},
}  # fmt: skip
_COLOUR = re.compile("|".join(_INK), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """`svg` is a whole file; `width` and `height` are in inches. `alt` tells what the picture shows, in numbers."""

    title: str
    alt: str
    svg: str
    png: bytes
    drawing: Drawing
    width: float
    height: float

    def save(self, path: Path) -> None:
        """Write the picture as .svg, .png or .pdf, by the name's ending. Raises BadInput for another ending, OSError."""
        kind = path.suffix.casefold()
        if kind == ".svg":
            path.write_text(self.svg, encoding="utf-8", newline="\n")
        elif kind == ".png":
            path.write_bytes(self.png)
        elif kind == ".pdf":
            path.write_bytes(self.drawing.pdf())
        else:
            raise BadInput(
                _("A picture cannot be written as “{ending}”.").format(ending=path.suffix or path.name),
                _("Give a name that ends in .svg, .png or .pdf."),
            )

    def inline(self, key: str) -> str:
        """The SVG as part of a web page: ids that begin with `key`, colours that follow the page's variables."""
        body = _HEAD.sub("", self.svg)
        return _TAG.sub(lambda tag: _adapted(tag.group(), key), body)


def _adapted(tag: str, key: str) -> str:
    """A tag with its ids made unique and its colours handed to the page; text between tags is never touched."""
    tag = re.sub(r'\bid="', f'id="{key}-', tag)
    tag = re.sub(r'(href="|url\()#', rf"\g<1>#{key}-", tag)
    tag = tag.replace('aria-labelledby="title desc"', f'aria-labelledby="{key}-title {key}-desc"')
    return _COLOUR.sub(lambda colour: f"var(--{_INK[colour.group().upper()]})", tag)


def pictured(drawing: Drawing, width: float = 0.0, dpi: int = DPI) -> Picture:
    """A drawing as it goes into documents, `width` inches wide there (0: its own width); `dpi` are the PNG's dots per inch."""
    inches = width or drawing.width / INCH
    png = drawing.png(round(inches * dpi), dpi)
    height = inches * drawing.height / drawing.width
    return Picture(drawing.title, drawing.alt, drawing.svg(), png, drawing, inches, height)
