"""The figures of an answer: `figure` draws a part as one of `model.answer.FIGURES`, from the part alone, so what is hidden stays hidden."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Part
from cohesion_qda.report import style
from cohesion_qda.report.drawing import INCH, Drawing
from cohesion_qda.report.drawn.reading import NothingToDraw, Told, alt, headline, hidden_line, source_line, used
from cohesion_qda.report.sheet import Sheet

__all__ = ["WIDE", "NothingToDraw", "figure"]

WIDE = 6.5
"""Inches: the width of a page's text."""
NARROWEST, WIDEST = 3.0, 10.0
_MODULES = {
    "bars": "bars", "dumbbell": "dumbbell", "heat map": "heat", "network": "network", "curve": "curve", "talk": "talk",
    "portrait": "portrait", "timeline": "timeline", "intervals": "intervals", "stacked": "stacked",
}  # fmt: skip


def figure(part: Part, name: str, answer: Answer, *, width: float = WIDE) -> Drawing:
    """`part` as the figure called `name`, `width` inches wide (3 to 10; wider where its columns need it).

    Raises NothingToDraw where the part has no number that this figure could show, KeyError for another name.
    """
    draw: Callable[[Sheet, float, Part, Answer], Told] = import_module(
        f"cohesion_qda.report.drawn.{_MODULES[name]}"
    ).draw
    sheet = Sheet(min(max(width, NARROWEST), WIDEST) * INCH, part.key)
    part, unused = used(part)
    said = part.title if name == "bars" and part.key == "counts" else headline(part)  # bars of all show no difference
    told = draw(sheet, sheet.head(said, part.subtitle), part, answer)
    y = sheet.note(told.bottom, unused)
    y = sheet.note(y, hidden_line(part, answer))
    y = sheet.note(y, source_line(answer))
    if style.unwritable(sheet.written()):
        y = sheet.note(
            y, _("Some letters here are in none of the program’s fonts: in files they may be drawn as boxes.")
        )
    return sheet.drawing(y + 2, said, alt(told, said, part.subtitle))
