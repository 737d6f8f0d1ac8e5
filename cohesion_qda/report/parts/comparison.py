"""Where what was said differs by place and group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cohesion_qda.base.i18n import _
from cohesion_qda.model.table import Count, Row, Table
from cohesion_qda.report import figures, words
from cohesion_qda.report.blocks import Block, Figures, Grid, Paragraph
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.values import ReportData

_WIDE_COLUMNS = 5
_LEAST_TOLD = 0.3  # of the numbers of a table, below which it is not shown


def comparison(pen: Pen) -> Iterator[Block]:
    """What was said, by each attribute of the sources."""
    data = pen.data
    yield pen.heading(1, _("Comparison"), starts_page=bool(data.crosstabs) and data.has_codings)
    if not data.crosstabs or not data.has_codings:
        yield Paragraph(
            _("There is nothing to compare by yet: no attribute of sources or participants has two to ten values.")
            if data.has_codings
            else _("Nothing has been coded yet, so there is nothing to compare.")
        )
        return
    yield Paragraph(
        _("The groups and people who took part are not a sample of the area. A difference between columns is a reason "
          "to read the passages behind it, not a measurement.")
    )  # fmt: skip
    of_people = [table.by for table in data.crosstabs if table.by not in data.of_sources]
    if of_people:
        yield Paragraph(
            _("The comparison by {attributes} of the participants is in an appendix.").format(
                attributes=words.joined(of_people)
            )
        )
    for table in data.crosstabs:
        if table.by in data.of_sources:
            yield from _compared(pen, table)


def comparison_of_people(pen: Pen) -> Iterator[Block]:
    """The same by attributes of the participants."""
    tables = [table for table in pen.data.crosstabs if table.by not in pen.data.of_sources]
    if tables and pen.data.has_codings:
        yield pen.heading(1, _("Appendix: comparison by attributes of participants"), starts_page=True)
        for table in tables:
            yield from _compared(pen, table)


def _compared(pen: Pen, table: Table) -> Iterator[Block]:
    pen.step(_("Comparison by {attribute}").format(attribute=table.by))
    yield pen.heading(2, _("By {attribute}").format(attribute=table.by))
    rows = _ordered(pen.data, table)
    if not _is_told(table, rows):
        yield Paragraph(
            _("So few people stand behind nearly every number by {attribute} that it is hidden. What can be told is in the folder “tables”.").format(
                attribute=table.by
            )
        )  # fmt: skip
        return
    yield _heat_map(pen, table, rows)
    yield _crosstab(pen, table, rows)


def _is_told(table: Table, rows: Sequence[Row]) -> bool:
    """Whether enough of the numbers that are not 0 are told for a table to say anything."""
    unit = words.unit_for_map(table.base)
    said = [cell.of(unit) for row in rows for cell in row.cells if cell.of(unit)]
    return sum(n != words.GONE for n in said) >= _LEAST_TOLD * len(said)


def _heat_map(pen: Pen, table: Table, rows: Sequence[Row]) -> Figures:
    unit = words.unit_for_map(table.base)
    picture = figures.heat_map(
        table,
        unit,
        headline=_("What was said, by {attribute}").format(attribute=table.by),
        subtitle={
            "participants": _("Participants who said it, of those who took part; the darker, the larger their share"),
            "groups": _("Groups in which it was said, of those held there; the darker, the larger their share"),
            "mentions": _("Mentions; the darker, the more"),
        }[unit],
        rows=rows,
    )
    caption = _("Themes by {attribute}").format(attribute=table.by)
    return Figures((pen.figure(f"by-{table.by}", picture, caption),))


def _crosstab(pen: Pen, table: Table, rows: Sequence[Row]) -> Grid:
    units = [unit for unit in ("groups", "participants") if table.base.of(unit)] or ["mentions"]
    head = [_("Theme")]
    for column in table.columns:
        head.append("\n".join([column.label, *(words.counted(u, column.base.of(u)) for u in units)]))
    head.append("\n".join([_("Whole study"), *(words.counted(u, table.base.of(u)) for u in units)]))
    bases = [*(c.base for c in table.columns), table.base]
    cells = tuple(
        (row.name, *(_cell(units, count, base) for count, base in zip((*row.cells, row.total), bases, strict=True)))
        for row in rows
    )  # fmt: skip
    caption = _("Themes by {attribute}: groups, and under them participants").format(attribute=table.by)
    if units == ["participants"]:
        caption = _("Themes by {attribute}: participants").format(attribute=table.by)
    if units == ["mentions"]:
        caption = _("Themes by {attribute}: mentions").format(attribute=table.by)
    least = min((row.depth for row in rows), default=0)
    indents = tuple(row.depth - least for row in rows)
    is_wide = len(table.columns) > _WIDE_COLUMNS
    return pen.grid(caption, tuple(head), cells, indents=indents, is_wide=is_wide, is_filed=False)


def _cell(units: Sequence[str], count: Count, base: Count) -> str:
    """The count in each unit out of what it is out of; one mark where all of it is hidden."""
    if all(count.of(unit) == words.GONE for unit in units):
        return words.number(words.GONE)
    return "\n".join(words.slashed(unit, count, base) for unit in units)


def _ordered(data: ReportData, table: Table) -> list[Row]:
    """The rows that were used, in the order of the chapters."""
    by_code = data.rows(table)
    found: list[Row] = []
    for chapter in data.chapters:
        if chapter.code is not None and by_code[chapter.code].total != Count():
            found.append(replace(by_code[chapter.code], depth=0))
        under = 0 if chapter.code is None else 1
        found.extend(
            replace(by_code[line.code], depth=under + line.depth) for line in chapter.lines if line.code in by_code
        )
    return found
