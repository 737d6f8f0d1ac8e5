"""A drawing: a list of marks in points from the top left, laid out and measured, to be painted in a window or saved as a file.

Every mark is opaque and stands where it is painted, the later over the earlier; text is already wrapped, a mark for each line. So whoever
paints it only paints. Nothing here needs a plotting library but `png` and `pdf`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cohesion_qda.model.answer import Key

INCH = 72.0
DPI = 200
Align = Literal["left", "center", "right"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle. `fill` and `stroke` are `#rrggbb`, or empty for none; the stroke lies on the edge and is `thick` points wide."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    thick: float = 0.75


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text. `y` is its baseline; `x` its left end, middle or right end, as `align` says. `size` is in points, `weight` 400 to
    700; `length` is how wide it was measured to be: a painter with another font squeezes the line into it.
    """

    x: float
    y: float
    text: str
    size: float
    colour: str
    weight: int = 400
    align: Align = "left"
    length: float = 0.0

    @property
    def left(self) -> float:
        """Where the line begins, in points."""
        return self.x - {"left": 0.0, "center": self.length / 2, "right": self.length}[self.align]


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points (curves come as many short pieces); closed, an area. `dashes` are lengths on and off, in points."""

    points: tuple[Point, ...]
    stroke: str = ""
    thick: float = 1.0
    fill: str = ""
    is_closed: bool = False
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle about (`x`, `y`)."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    thick: float = 1.0


Mark = Box | Text | Path | Circle


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell of an answer stands in a drawing: clicking it opens what lies behind `key` of the part called `part`. `said` tells the
    cell in words, for who cannot see it. `key` is empty where nothing can be opened.
    """

    x: float
    y: float
    width: float
    height: float
    key: Key
    part: str
    said: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """`width` and `height` are in points. `alt` tells what is shown, in numbers; `spots` are in reading order."""

    width: float
    height: float
    title: str
    alt: str
    marks: tuple[Mark, ...]
    spots: tuple[Spot, ...] = ()

    def svg(self) -> str:
        """The drawing as a whole SVG file whose text can be selected. The same drawing gives the same text."""
        from cohesion_qda.report.svg import written

        return written(self)

    def png(self, width: int | None = None, dpi: int = DPI) -> bytes:
        """The drawing as a PNG, `width` pixels wide (or its own width at `dpi` dots per inch). The same drawing gives the same bytes."""
        from cohesion_qda.report.painted import png

        return png(self, width, dpi)

    def pdf(self) -> bytes:
        """The drawing as a page of PDF with its fonts in it. The same drawing gives the same bytes."""
        from cohesion_qda.report.painted import pdf

        return pdf(self)
