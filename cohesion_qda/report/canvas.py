"""A sheet to draw on, in points from the top left, saved as SVG with real text and as PNG."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Literal

from cohesion_qda.report import style
from cohesion_qda.report.picture import Picture, accessible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INCH = 72.0
_LEADING = 1.34
_DOTS = 200  # a PNG's dots per inch
Align = Literal["left", "center", "right"]


class Canvas:
    """One picture being drawn. `width` and `height` are in points. Use inside `style.drawing()`."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure

        self.width, self.height = width, height
        self._figure: Figure = Figure(figsize=(width / INCH, height / INCH), facecolor=style.PAPER)
        axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        axes.set_axis_off()
        self._axes = axes
        self._lengths: list[float] = []

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle."""
        from matplotlib.patches import Rectangle

        self._axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, edgecolor="none", linewidth=0))

    def text(
        self,
        x: float,
        y: float,
        lines: list[str],
        size: float,
        colour: str = style.TEXT,
        weight: int = 400,
        align: Align = "left",
    ) -> float:
        """Lines of text, the first with its top at `y`. Gives the `y` under the last."""
        for line in map(style.clean, lines):
            if line:
                self._axes.text(
                    x, y + size, line, fontsize=size, color=colour, fontweight=weight, ha=align, va="baseline",
                    clip_on=False,
                )  # fmt: skip
                self._lengths.append(style.text_length(line, size, weight))
            y += line_height(size)
        return y

    def picture(self, title: str, alt: str) -> Picture:
        """The finished picture; the same drawing gives the same bytes."""
        svg, png = io.BytesIO(), io.BytesIO()
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        self._figure.savefig(svg, format="svg", metadata=nothing)
        self._figure.savefig(png, format="png", dpi=_DOTS, metadata={"Software": None})
        whole = accessible(self._measured(svg.getvalue().decode("utf-8")), title, alt)
        return Picture(title, style.clean(alt), whole, png.getvalue(), self.width / INCH, self.height / INCH)

    def _measured(self, svg: str) -> str:
        """`svg` with the width of every text set, so that a viewer without our font keeps within it."""
        lengths = iter(self._lengths)
        return re.sub(
            "<text ", lambda _m: f'<text textLength="{next(lengths):.2f}" lengthAdjust="spacingAndGlyphs" ', svg
        )


def line_height(size: float) -> float:
    """The height of a line of text, in points."""
    return size * _LEADING
