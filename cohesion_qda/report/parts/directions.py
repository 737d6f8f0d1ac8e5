"""What speaks for and against cohesion, by the directions of the codes, and what areas like those of the study think."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.frame import AreaType, Frame
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import comparable
from cohesion_qda.report import words
from cohesion_qda.report.blocks import Block, Figure, Figures, Grid, Paragraph
from cohesion_qda.report.drawing import INCH
from cohesion_qda.report.drawn import opposed
from cohesion_qda.report.drawn.opposed import Opposed, Side
from cohesion_qda.report.drawn.reading import Told, alt
from cohesion_qda.report.figures import WIDE
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.picture import pictured
from cohesion_qda.report.pointing import WHOLE
from cohesion_qda.report.sheet import Sheet
from cohesion_qda.report.values import Pointing, ReportData

_AREA_TYPE = "area type"


def directions(pen: Pen) -> Iterator[Block]:
    """How widely what speaks for each influence and against it was said; nothing where no code points anywhere or nothing was coded."""
    data = pen.data
    areas = tuple(_areas(data))
    has_directions = data.has_codings and any(_is_said(p) for p in data.directions)
    if not has_directions and not areas:
        return
    yield pen.heading(1, _("For and against cohesion"), starts_page=has_directions)
    if has_directions:
        yield from _pointed(pen)
    for frame, types in areas:
        yield from _like_this(pen, frame, types)


def _pointed(pen: Pen) -> Iterator[Block]:
    whole, *influences = pen.data.directions
    grid = _grid(pen, [*influences, whole])
    yield Paragraph(_whole(pen.data, whole), "lead")
    if influences:
        yield Figures((_figure(pen, influences),))
    yield grid
    yield Paragraph(
        _(
            "Whoever spoke both ways counts on both sides. What was said against cohesion tells where people find it hard, not that they are against it."
        ),
        "note",
    )


def _whole(data: ReportData, whole: Pointing) -> str:
    """How many spoke for it and against it in all."""
    unit = words.unit_for_map(data.base)
    holes = {
        "speaks_for": words.out_of(unit, whole.speaks_for or Count(), data.base),
        "against": words.out_of(unit, whole.against or Count(), data.base),
    }
    if unit == "participants":
        return _(
            "Something that speaks for cohesion was said by {speaks_for}; something that speaks against it, by {against}."
        ).format(**holes)
    return _("What speaks for cohesion: {speaks_for}. What speaks against it: {against}.").format(**holes)


def _grid(pen: Pen, lines: Sequence[Pointing]) -> Grid:
    base = pen.data.base
    units = [unit for unit in ("groups", "participants", "mentions") if base.of(unit)]
    heads = {"groups": (_("For: groups"), _("Against: groups")), "participants": (_("For: participants"), _("Against: participants")),
             "mentions": (_("For: mentions"), _("Against: mentions"))}  # fmt: skip
    rows = tuple(
        (_name(line), *(_cell(unit, said, base) for said in (line.speaks_for, line.against) for unit in units))
        for line in lines
    )
    head = (_("Influence"), *(heads[unit][side] for side in (0, 1) for unit in units))
    return pen.grid(_("What speaks for and against cohesion"), head, rows)


def _name(line: Pointing) -> str:
    return _("All together") if line.name == WHOLE else line.name


def _cell(unit: str, said: Count | None, base: Count) -> str:
    return "–" if said is None else words.slashed(unit, said, base)


def _figure(pen: Pen, lines: Sequence[Pointing]) -> Figure:
    base, unit = pen.data.base, words.unit_for_map(pen.data.base)
    drawn = [Opposed(_name(line), _side(line.against, unit), _side(line.speaks_for, unit)) for line in lines]
    most = float(max((side.value or 0.0 for each in drawn for side in (each.left, each.right)), default=1.0))
    headline = _("What speaks for and against cohesion")
    subtitle = {
        "participants": ngettext(
            "Participants who said it, of {n} who took part",
            "Participants who said it, of {n} who took part",
            base.participants,
        ).format(n=words.number(base.participants)),
        "mentions": _("Mentions"),
    }[unit]
    sheet = Sheet(WIDE * INCH)
    bottom = opposed.lay(sheet, sheet.head(headline, subtitle), drawn, (_("Against"), _("For")), most)
    numbers = tuple(
        _("{label}: for {speaks_for}, against {against}").format(
            label=each.label, speaks_for=each.right.said, against=each.left.said
        )
        for each in drawn
    )
    picture = pictured(
        sheet.drawing(bottom, headline, alt(Told(_("Opposed bars"), numbers, bottom), headline, subtitle))
    )
    return pen.figure("for-and-against", picture, headline)


def _side(said: Count | None, unit: str) -> Side:
    n = 0 if said is None else said.of(unit)
    is_hidden = n == words.GONE
    return Side(None if is_hidden else float(n), "–" if said is None else words.number(n), is_hidden)


def _is_said(line: Pointing) -> bool:
    return any(said is not None and said.mentions != 0 for said in (line.speaks_for, line.against))


# ---- areas of a kind
def _areas(data: ReportData) -> Iterator[tuple[Frame, list[AreaType]]]:
    """The kinds of area that the sources of the study are of, by the attribute that each frame names so."""
    values = {
        comparable(column.value)
        for part in data.engagement
        if comparable(part.attribute) == _AREA_TYPE
        for column in part.columns
    }
    for frame in data.extras.frames:
        found = [
            area for area in frame.area_types if not values.isdisjoint(map(comparable, (area.name.en, area.name.cy)))
        ]
        if found:
            yield frame, found


def _like_this(pen: Pen, frame: Frame, types: Sequence[AreaType]) -> Iterator[Block]:
    yield pen.heading(2, _("What people think in areas like these"))
    yield Paragraph(
        _("Of those asked in a survey, so many in a hundred thought that people of different backgrounds get on well in their area: the average of all areas of the same kind. The study’s own numbers are no such shares, and are not set against them.")
    )  # fmt: skip
    shown = [*types, *([frame.all_areas] if frame.all_areas else [])]
    rows = tuple((area.name.said or _("All areas"), area.average, words.number(area.areas)) for area in shown)
    head = (_("Kind of area"), _("Average, percent"), _("Areas"))
    yield pen.grid(_("Perceived cohesion by kind of area"), head, rows)
    yield Paragraph(_("From: {document}, {where}.").format(document=_cited(frame), where=types[0].where), "note")


def _cited(frame: Frame) -> str:
    return _("{document} ({by}, {year})").format(document=frame.document, by=frame.by, year=frame.year)
