"""Two small figures beside proposed themes: how a theme spreads, and what each number of themes would be worth."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.table import Count
from cohesion_qda.model.theming import Spread, Tried
from cohesion_qda.report import style
from cohesion_qda.report.drawing import Drawing
from cohesion_qda.report.drawn import bars
from cohesion_qda.report.sheet import MARGIN, SMALL, Sheet, line_height

_HEIGHT = 120.0
_NAMES = 96.0  # room for the names of the lines at the right


def spread(found: Spread, title: str, width: float) -> Drawing:
    """How many of the people under each value (of its turns, where nobody speaks) have talk of the theme; `width` in points."""
    sheet = Sheet(width)
    rows = [_bar(value, here, base) for value, here, base in found.rows]
    y = bars.lay(sheet, MARGIN, rows, is_ranking=False)
    told = "; ".join(_("{name}: {number}").format(name=bar.label, number=bar.said) for bar in rows)
    return sheet.drawing(y, title, _("{title}. {numbers}").format(title=title, numbers=told))


def _bar(value: str, here: Count, base: Count) -> bars.Bar:
    if base.participants:
        said = ngettext("{n} of {all} person", "{n} of {all} people", base.participants)
        n, all_ = here.participants, base.participants
    else:
        said = ngettext("{n} of {all} passage", "{n} of {all} passages", base.mentions)
        n, all_ = here.mentions, base.mentions
    return bars.Bar(value, float(n), float(all_), said.format(n=n, all=all_))


def curve(tried: Sequence[Tried], number: int, width: float) -> Drawing:
    """The silhouette of every number of themes that was tried, and how well it comes back when the talk is drawn again. Each number
    can be chosen: its key is the number itself.
    """
    sheet = Sheet(width)
    title = _("How many themes?")
    left, right = MARGIN + 24, sheet.width - MARGIN - _NAMES
    top, zero = MARGIN + 14, MARGIN + 14 + _HEIGHT
    slot = (right - left) / max(1, len(tried))
    middle = [left + (n + 0.5) * slot for n in range(len(tried))]
    sheet.line(((left, zero), (right, zero)), style.QUIET, 0.75)
    for n, one in enumerate(tried):
        if one.number == number:
            sheet.box(left + n * slot, top - 6, slot, _HEIGHT + 6, style.FAINT)
    known = [one.stability for one in tried if one.stability is not None]
    told_apart = [one.silhouette for one in tried]
    low, high = _scale([*told_apart, *known])
    for value in (low, high):
        y = _scaled([value], low, high, top, zero)[0]
        sheet.line(((left, y), (right, y)), style.FAINT, 0.5)
        sheet.said(left - 2, y, f"{value:.1f}", SMALL, style.TEXT, 400, "right")
    _line(sheet, middle, _scaled(told_apart, low, high, top, zero), style.STRONG, _("silhouette"), right)
    if len(known) == len(tried):
        _line(
            sheet,
            middle,
            _scaled(known, low, high, top, zero),
            style.ON_WHITE[3],
            _("stability"),
            right,
            dashes=(4.0, 2.5),
        )
    every = max(1, round(18 / slot))
    for n, one in enumerate(tried):
        if n % every == 0 or one.number == number:
            weight = 600 if one.number == number else 400
            sheet.text(middle[n], zero + 3, [str(one.number)], SMALL, style.TEXT, weight, "center")
        sheet.spot(left + n * slot, top - 6, slot, _HEIGHT + 20, (one.number,), _told(one))
    alt = _("{title} {numbers}").format(title=title, numbers="; ".join(_told(one) for one in tried))
    return sheet.drawing(zero + 6 + line_height(SMALL), title, alt)


def _told(one: Tried) -> str:
    if one.stability is None:
        return _("{n} themes: silhouette {silhouette}").format(n=one.number, silhouette=f"{one.silhouette:.2f}")
    return _("{n} themes: silhouette {silhouette}, stability {stability}").format(
        n=one.number, silhouette=f"{one.silhouette:.2f}", stability=f"{one.stability:.2f}"
    )


def _scale(values: Sequence[float]) -> tuple[float, float]:
    """One scale for both lines, from 0 (or below it, where a value is) to the next tenth over the highest: a small rise looks small."""
    return min(0.0, floor(10 * min(values)) / 10), max(0.1, ceil(10 * max(values)) / 10)


def _scaled(values: Sequence[float], low: float, high: float, top: float, zero: float) -> list[float]:
    return [zero - (zero - top) * (value - low) / (high - low) for value in values]


def _line(
    sheet: Sheet, xs: Sequence[float], ys: Sequence[float], colour: str, name: str, right: float,
    dashes: tuple[float, ...] = (),
) -> None:  # fmt: skip
    sheet.line(tuple(zip(xs, ys, strict=True)), colour, 1.75, dashes)
    for x, y in zip(xs, ys, strict=True):
        sheet.dot(x, y, 2.25, colour)
    if ys:
        sheet.said(right + 4, ys[-1] + (9 if dashes else 0), name, SMALL, colour, 600)
