"""A drawing written as SVG: real text, a title and a description, and nothing that changes from one day to the next."""

from __future__ import annotations

from html import escape

from cohesion_qda.base.i18n import language
from cohesion_qda.report import style
from cohesion_qda.report.drawing import Box, Circle, Drawing, Mark, Path, Text

_ANCHORS = {"left": "", "center": ' text-anchor="middle"', "right": ' text-anchor="end"'}


def written(drawing: Drawing) -> str:
    """`drawing` as a whole SVG file; its user units are points."""
    size = f'width="{_n(drawing.width)}" height="{_n(drawing.height)}"'
    return "\n".join(
        (
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" role="img" lang="{language()}" aria-labelledby="title desc" {size} '
            f'viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}">',
            f' <title id="title">{escape(style.clean(drawing.title))}</title>',
            f' <desc id="desc">{escape(style.clean(drawing.alt))}</desc>',
            f' <rect {size} fill="{style.PAPER}"/>',
            " <g font-family=\"Inter, 'DejaVu Sans', 'Noto Sans', sans-serif\" stroke-linecap=\"butt\">",
            *(f"  {_mark(mark)}" for mark in drawing.marks),
            " </g>",
            "</svg>",
            "",
        )
    )


def _mark(mark: Mark) -> str:
    if isinstance(mark, Text):
        return _text(mark)
    if isinstance(mark, Box):
        place = f'x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'
        return f"<rect {place}{_paint(mark)}/>"
    if isinstance(mark, Circle):
        return f'<circle cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n(mark.radius)}"{_paint(mark)}/>'
    points = " L".join(f"{_n(x)} {_n(y)}" for x, y in mark.points)
    dashes = f' stroke-dasharray="{" ".join(map(_n, mark.dashes))}"' if mark.dashes else ""
    return f'<path d="M{points}{" Z" if mark.is_closed else ""}"{_paint(mark)}{dashes}/>'


def _text(mark: Text) -> str:
    """A line of text with its width set, so that a viewer without our font keeps within it."""
    weight = f' font-weight="{mark.weight}"' if mark.weight != 400 else ""
    return (
        f'<text x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}"{weight} fill="{mark.colour}"{_ANCHORS[mark.align]} '
        f'textLength="{_n(mark.length)}" lengthAdjust="spacingAndGlyphs">{escape(mark.text, quote=False)}</text>'
    )


def _paint(mark: Box | Circle | Path) -> str:
    stroke = f' stroke="{mark.stroke}" stroke-width="{_n(mark.thick)}"' if mark.stroke else ""
    return f' fill="{mark.fill or "none"}"{stroke}'


def _n(number: float) -> str:
    """At most two places; never `-0`."""
    return f"{round(number, 2) + 0.0:g}" if abs(number) < 10000 else f"{number:.0f}"
