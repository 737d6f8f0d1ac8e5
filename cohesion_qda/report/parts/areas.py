"""What the areas of a study say beside each other: what all of them say, what only one does, and in which kinds of evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.table import Count
from cohesion_qda.report import words
from cohesion_qda.report.blocks import Block, Bullets, Grid, Paragraph
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.values import Areas, InAreas

_WIDE_COLUMNS = 4


def areas(pen: Pen) -> Iterator[Block]:
    """The comparison; nothing where the sources lie in one area, or nobody has said in which."""
    found = pen.data.areas
    if found is None:
        return
    pen.step(_("Comparison of areas"))
    names = [column.label for column in found.columns]
    yield pen.heading(1, _("Comparison of areas"), starts_page=True)
    yield Paragraph(
        _("What is said in {areas}, beside each other. A theme is said in an area where at least one participant there said it, or a document from "
          "there holds it. Where it is not, nobody there may have been asked; how many were heard in each area stands over its column.").format(
            areas=words.joined(names)
        )
    )  # fmt: skip
    yield from _evidence(pen, found)
    if found.is_joined:
        yield Paragraph(
            _(
                "Kinds of evidence from few people are taken together with another kind, so that nobody can be told by what they said."
            )
        )
    every = [row for row in found.rows if all(row.kinds)]
    yield from _said_in_all(pen, found, every)
    yield from _said_in_one(pen, found, names)
    if len(names) > 2:
        some = [row for row in found.rows if 1 < sum(map(bool, row.kinds)) < len(names)]
        yield from _in_some(pen, found, some)
    yield from _by_kind(pen, found)


def _evidence(pen: Pen, found: Areas) -> Iterator[Block]:
    """Which kinds of evidence there are where; a sentence where all areas have the same."""
    if len(set(found.held)) == 1:
        yield Paragraph(
            _("The evidence is of the same kinds in every area: {kinds}.").format(kinds=words.joined(found.held[0]))
        )
        return
    rows = [(kind[:1].upper() + kind[1:], *(_("yes") if kind in held else _("no") for held in found.held)) for kind in found.kinds]  # fmt: skip
    head = (_("Kind of evidence"), *(column.label for column in found.columns))
    yield pen.grid(_("Which kinds of evidence there are in each area"), head, rows, numbers=len(head))
    yield Paragraph(
        _("What is missing in an area because its kind of evidence is missing there says nothing of the area.")
    )


def _said_in_all(pen: Pen, found: Areas, rows: Sequence[InAreas]) -> Iterator[Block]:
    both = len(found.columns) == 2
    yield pen.heading(2, _("What both areas say") if both else _("What all areas say"))
    if not rows:
        yield Paragraph(_("No theme was said in every area."))
        return
    caption = (
        _("Themes said in both areas, by groups and participants")
        if both
        else _("Themes said in all areas, by groups and participants")
    )
    yield _grid(pen, found, caption, rows)


def _grid(pen: Pen, found: Areas, caption: str, rows: Sequence[InAreas]) -> Grid:
    """Themes by areas: how widely, and in which kinds of evidence where there are several."""
    counts = pen.data.rows(found.table)
    places = [found.table.columns.index(column) for column in found.columns]
    has_kinds = len(found.kinds) > 1
    units = [unit for unit in ("groups", "participants") if found.table.base.of(unit)] or ["mentions"]
    lines = []
    for row in rows:
        cells = counts[row.line.code].cells if row.line.code in counts else ()
        said = [
            "\n".join([*_told(cells[place], column.base, units), *([words.joined(kinds)] if has_kinds else [])])
            if kinds and cells else "–"
            for place, column, kinds in zip(places, found.columns, row.kinds, strict=True)
        ]  # fmt: skip
        lines.append((row.line.name, *said))
    head = [_("Theme")]
    for column in found.columns:
        head.append("\n".join([column.label, *(words.counted(u, column.base.of(u)) for u in units)]))
    return pen.grid(
        caption, tuple(head), lines, len(head), _indents(found.rows, rows), is_wide=len(places) > _WIDE_COLUMNS
    )


def _indents(every: Sequence[InAreas], rows: Sequence[InAreas]) -> tuple[int, ...]:
    """How deep each of some rows stands under others of them: what stands over it in the chapters may be in another table."""
    over: list[InAreas] = []
    depth = {}
    for row in every:
        while over and over[-1].line.depth >= row.line.depth:
            over.pop()
        depth[row.line.code] = sum(above in rows for above in over)
        over.append(row)
    return tuple(depth[row.line.code] for row in rows)


def _told(said: Count, base: Count, units: Sequence[str]) -> Iterator[str]:
    """`3 of 4`, `12 of 30`: in the units that the area has; mentions where it has none of them. One mark where all is hidden."""
    some = [unit for unit in units if base.of(unit)] or ["mentions"]
    if all(said.of(unit) == words.GONE for unit in some):
        yield words.number(words.GONE)
    else:
        yield from (
            words.slashed(unit, said, base) if unit != "mentions" else words.mentions(said.mentions) for unit in some
        )


def _said_in_one(pen: Pen, found: Areas, names: Sequence[str]) -> Iterator[Block]:
    yield pen.heading(2, _("What only one area says"))
    nothing = []
    for n, name in enumerate(names):
        only = [row for row in found.rows if row.kinds[n] and sum(map(bool, row.kinds)) == 1]
        if not only:
            nothing.append(name)
            continue
        yield pen.heading(3, _("Only {area}").format(area=name))
        yield Bullets(tuple(_only(found, row, n) for row in only))
    if nothing:
        yield Paragraph(
            _("Everything that was said in {areas} was also said elsewhere.").format(areas=words.joined(nothing))
        )


def _only(found: Areas, row: InAreas, n: int) -> str:
    if len(found.kinds) == 1:
        return row.line.name
    return _("{theme}: {kinds}").format(theme=row.line.name, kinds=words.joined(row.kinds[n]))


def _in_some(pen: Pen, found: Areas, rows: Sequence[InAreas]) -> Iterator[Block]:
    if rows:
        yield pen.heading(2, _("What some areas say and others do not"))
        yield _grid(pen, found, _("Themes said in some areas and not in others, by groups and participants"), rows)


def _by_kind(pen: Pen, found: Areas) -> Iterator[Block]:
    """What each kind of evidence says that no other does."""
    if len(found.kinds) < 2:
        return
    yield pen.heading(2, _("By kind of evidence"))
    of_row = {row.line.code: {kind for kinds in row.kinds for kind in kinds} for row in found.rows}
    said = [row for row in found.rows if of_row[row.line.code]]
    shared = sum(len(of_row[row.line.code]) > 1 for row in said)
    yield Paragraph(
        ngettext(
            "{n} of {total} theme was found in more than one kind of evidence.",
            "{n} of {total} themes were found in more than one kind of evidence.",
            len(said),
        ).format(n=words.number(shared), total=words.number(len(said)))
    )
    rows = []
    for kind in found.kinds:
        only = [row.line.name for row in said if of_row[row.line.code] == {kind}]
        holds = sum(kind in of_row[row.line.code] for row in said)
        rows.append((kind[:1].upper() + kind[1:], words.number(holds), "\n".join(only) or "–"))
    head = (_("Kind of evidence"), _("Themes found in it"), _("Found in no other"))
    yield pen.grid(_("What each kind of evidence holds"), head, rows, numbers=len(head))
