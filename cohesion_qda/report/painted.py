"""A drawing painted by matplotlib: as PNG and as PDF, the same bytes for the same drawing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.i18n import language
from cohesion_qda.report import style
from cohesion_qda.report.drawing import INCH, Box, Circle, Drawing, Path, Text
from cohesion_qda.report.tagged import tagged

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def png(drawing: Drawing, width: int | None, dpi: int) -> bytes:
    """A PNG with title and description; `width` in pixels, `dpi` for how large it is meant to be printed."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    with style.drawing():
        figure = _painted(drawing)
        figure.set_dpi((width or round(drawing.width / INCH * dpi)) * INCH / drawing.width * (1 + 1e-9))
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        image = Image.fromarray(_pixels(canvas)[:, :, :3])
    said = PngInfo()
    said.add_itxt("Title", style.clean(drawing.title))
    said.add_itxt("Description", style.clean(drawing.alt))
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi), pnginfo=said, optimize=False)
    return out.getvalue()


def pdf(drawing: Drawing) -> bytes:
    """One page, as large as the drawing; the title and what the drawing shows are in the file's properties, and the page is a figure
    with that as its alternative text.
    """
    about = {
        "Title": style.clean(drawing.title), "Subject": style.clean(drawing.alt),
        "CreationDate": None, "Creator": None, "Producer": None,
    }  # fmt: skip
    out = io.BytesIO()
    with style.drawing():
        _painted(drawing).savefig(out, format="pdf", metadata=about)
    return tagged(out.getvalue(), style.clean(drawing.alt), language())


def _pixels(canvas: Any) -> Any:
    import numpy as np

    return np.asarray(canvas.buffer_rgba())


def _painted(drawing: Drawing) -> Figure:
    from matplotlib.figure import Figure

    figure: Figure = Figure(figsize=(drawing.width / INCH, drawing.height / INCH), facecolor=style.PAPER)
    axes: Axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    axes.set_axis_off()
    for n, mark in enumerate(drawing.marks):
        if isinstance(mark, Text):
            axes.text(
                mark.x, mark.y, mark.text, fontsize=mark.size, color=mark.colour, fontweight=mark.weight, ha=mark.align,
                va="baseline", clip_on=False, zorder=n,
            )  # fmt: skip
        else:
            axes.add_patch(_patch(mark, n))
    return figure


def _patch(mark: Box | Circle | Path, order: int) -> Any:
    from matplotlib import patches
    from matplotlib.path import Path as Outline

    look: dict[str, Any] = {
        "facecolor": mark.fill or "none", "edgecolor": mark.stroke or "none",
        "linewidth": mark.thick if mark.stroke else 0, "zorder": order, "clip_on": False,
    }  # fmt: skip
    if isinstance(mark, Box):
        return patches.Rectangle((mark.x, mark.y), mark.width, mark.height, **look)
    if isinstance(mark, Circle):
        return patches.Circle((mark.x, mark.y), mark.radius, **look)
    points = [*mark.points, mark.points[0]] if mark.is_closed else list(mark.points)
    codes = [
        Outline.MOVETO,
        *[Outline.LINETO] * (len(mark.points) - 1),
        *([Outline.CLOSEPOLY] if mark.is_closed else []),
    ]
    patch = patches.PathPatch(Outline(points, codes), capstyle="butt", joinstyle="miter", **look)
    if mark.dashes:
        patch.set_linestyle((0, tuple(length / mark.thick for length in mark.dashes)))
    return patch
