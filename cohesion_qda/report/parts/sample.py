"""Who took part beside the people of the area, where reference figures are given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _
from cohesion_qda.model.table import NO_VALUE
from cohesion_qda.model.text import comparable
from cohesion_qda.report import words
from cohesion_qda.report.blocks import Block, Paragraph
from cohesion_qda.report.extras import Reference
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.values import Engagement, ReportData

if TYPE_CHECKING:
    from cohesion_qda.analysis.sample import Beside

_WIDE = 5  # percentage points from which a difference is named
_PEOPLE = 3  # the column that is left out where the area's shares are known and not its numbers


def figures_of_area(data: ReportData, part: Engagement) -> tuple[Reference, ...]:
    """The reference figures for an attribute; none where nobody has given any."""
    name = comparable(part.attribute)
    return tuple(
        figure
        for figure in data.extras.references
        if comparable(figure.attribute) == name and figure.about in ("", part.about)
    )


def compared(data: ReportData, part: Engagement) -> tuple[Beside, ...]:
    """The values of an attribute among the participants and in the area; nothing where the area has no figures."""
    figures = figures_of_area(data, part)
    if not figures:
        return ()
    from cohesion_qda.analysis.sample import beside

    columns = [column for column in part.columns if column.value != NO_VALUE]
    without = [column.base.participants for column in part.columns if column.value == NO_VALUE]
    of = _told(data.base.participants)
    if of is not None and words.GONE not in without:
        of -= sum(without)
    sample = [(column.label, _told(column.base.participants)) for column in columns]
    numbers = {figure.value: figure.number for figure in figures if figure.share is None}
    return beside(sample, of, numbers, {figure.value: figure.share for figure in figures if figure.share is not None})


def _told(n: int) -> int | None:
    return None if n == words.GONE else n


def beside_the_area(pen: Pen, part: Engagement) -> Iterator[Block]:
    """A table of both, and the differences that are wide, in words; nothing where the area has no figures."""
    found = compared(pen.data, part)
    if not found:
        return
    head = (
        part.attribute.capitalize(), _("Participants"), _("Percent of participants"), _("People of the area"), _("Percent of the area"),
        _("Difference in percentage points"),
    )  # fmt: skip
    rows = [_cells(each) for each in found]
    kept = [n for n in range(len(head)) if n != _PEOPLE or any(each.number is not None for each in found)]
    yield pen.grid(
        _("Who took part beside the people of the area, by {attribute}").format(attribute=part.attribute),
        tuple(head[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in rows),
    )
    yield from map(Paragraph, told(part, found))
    figures = figures_of_area(pen.data, part)
    if len({figure.share is None for figure in figures}) > 1:
        yield Paragraph(
            _(
                "Of some values the share of all people of the area is known, of others only their number: these are left aside."
            ),
            "note",
        )
    yield Paragraph(_source(figures), "note")


def _cells(each: Beside) -> tuple[str, ...]:
    out_of = _("{n} of {total}").format(n=_number(each.n), total=_number(each.of))
    area = "–" if each.number is None else _("{n} of {total}").format(n=_number(each.number), total=_number(each.total))
    of_area = "–" if each.share_of_area is None else _share(each.share_of_area)
    points = "–" if each.share_of_area is None else _points(each.points)
    return (each.value, out_of, _share(each.share), area, of_area, points)


def _number(n: int | None) -> str:
    return words.number(words.GONE if n is None else n)


def _share(share: float | None) -> str:
    return words.number(words.GONE) if share is None else f"{share:.1f}"


def _points(points: float | None) -> str:
    """`+4.1`, `−0.3`."""
    return words.number(words.GONE) if points is None else f"{points:+.1f}".replace("-", "−")


def told(part: Engagement, found: Sequence[Beside]) -> Iterator[str]:
    """The wide differences, a sentence for each kind: more than in the area, fewer, nobody at all."""
    wide = [each for each in found if each.points is not None and abs(each.points) >= _WIDE]
    missed = [each.value for each in found if each.n == 0 and each.share_of_area]
    more = [_name(each) for each in sorted(wide, key=lambda e: -(e.points or 0)) if (each.points or 0) > 0]
    fewer = [_name(each) for each in sorted(wide, key=lambda e: e.points or 0) if (each.points or 0) < 0 and each.n]
    if more:
        yield _("By {attribute}, more took part than live in the area from: {values}.").format(
            attribute=part.attribute, values="; ".join(more)
        )
    if fewer:
        yield _("Fewer took part from: {values}.").format(values="; ".join(fewer))
    if missed:
        yield _("Nobody took part from: {values}.").format(values="; ".join(missed))
    if not wide and not missed and all(each.points is not None for each in found if each.share_of_area is not None):
        yield _("By {attribute}, no share differs from the area’s by {n} percentage points or more.").format(
            attribute=part.attribute, n=_WIDE
        )


def _name(each: Beside) -> str:
    return _("{value} ({points} points)").format(value=each.value, points=_points(each.points))


def _source(figures: Sequence[Reference]) -> str:
    """Where the figures of the area are from."""
    every = dict.fromkeys((figure.source, figure.period) for figure in figures if figure.source or figure.period)
    named = [", ".join(filter(None, each)) for each in every]
    if not named:
        return _("Where the figures for the area are from is not noted in the project.")
    return _("Figures for the area: {sources}.").format(sources="; ".join(named))
