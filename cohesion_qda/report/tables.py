"""The tables of a findings report, as plain sheets and as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cohesion_qda.base.i18n import _
from cohesion_qda.model.table import MORGAN, Count, Table
from cohesion_qda.report import words
from cohesion_qda.report.grids import Book, Cell, Sheet, csv_bytes, made_by
from cohesion_qda.report.values import CodeEntry, CoderPair


def files(table: Table, date: str = "") -> dict[str, bytes]:
    """`table` as files, by ending, with MORGAN's three counts: a .csv in long form; an .xlsx with a cover, notes, a sheet
    for each count and the long form. `date` (ISO 8601) is when the numbers were read. Raises CannotWrite.
    """
    sheets = [*(wide(table, unit) for unit in MORGAN), long(table)]
    return {
        ".csv": csv_bytes(sheets[-1]),
        ".xlsx": workbook(table_title(table), sheets, notes(table), date),
    }


def table_title(table: Table) -> str:
    """`Codes by place`."""
    return _("Codes by {attribute}").format(attribute=table.by) if table.by else _("Codes")


def wide(table: Table, unit: str) -> Sheet:
    """A row a code: for each column the count and its denominator, the whole study last."""
    head = [_("Code")]
    for label, _base in _columns(table):
        head += [
            _("{column}: {unit}").format(column=label, unit=words.unit_name(unit).lower()),
            _("{column}: out of").format(column=label),
        ]
    rows = []
    for row in table.rows:
        cells: list[Cell] = [row.path]
        counts = [*row.cells, row.total] if table.by else [row.total]
        for (_label, base), count in zip(_columns(table), counts, strict=True):
            cells += [count.of(unit), base.of(unit)]
        rows.append(tuple(cells))
    return Sheet(
        words.unit_name(unit), f"{table_title(table)}: {words.unit_name(unit).lower()}", tuple(head), tuple(rows)
    )


def long(table: Table) -> Sheet:
    """The tidy form: a row for each code, value and unit."""
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows:
        counts = [*row.cells, row.total] if table.by else [row.total]
        for (label, base), count in zip(_columns(table), counts, strict=True):
            for unit in MORGAN:
                rows.append((row.path, table.by or "–", label, unit, count.of(unit), base.of(unit)))
    head = (_("Code"), _("Attribute"), _("Value"), _("Unit"), _("Count"), _("Out of"))
    return Sheet(_("Long form"), _("{title}, long form").format(title=table_title(table)), head, tuple(rows))


def agreement_sheet(pairs: Sequence[CoderPair]) -> Sheet:
    """A row for each pair of coders and code, the codes all together first: a decision is a turn with a code."""
    head = (
        _("First coder"), _("Second coder"), _("Code"), _("Both"), _("Only the first"), _("Only the second"), _("Neither"),
        _("Turns"), _("Codes"), _("Decisions (turns × codes)"), _("Kappa"),
    )  # fmt: skip
    rows = tuple(
        (
            pair.first, pair.second, row.path, row.both, row.only_a, row.only_b, row.neither,
            pair.turns, pair.codes if row.code is None else 1, row.both + row.only_a + row.only_b + row.neither,
            _("not calculable") if row.kappa is None else round(row.kappa, 4),
        )
        for pair in pairs
        for row in pair.rows
    )  # fmt: skip
    return Sheet(
        _("Agreement"), _("Agreement between coders, over participants' turns in the sources both coded"), head, rows
    )


def codebook_sheet(codebook: Sequence[CodeEntry], base: Count) -> Sheet:
    """A row for each code, with its definition and how widely it was used."""
    head = (
        _("Code"), _("Definition"), _("Use when"), _("Not when"), _("Example"), _("Mentions"),
        _("Participants"), _("Participants: out of"), _("Groups"), _("Groups: out of"),
    )  # fmt: skip
    rows = tuple(
        (
            e.path, e.definition, e.use_when, e.not_when, e.example, e.said.mentions,
            e.said.participants, base.participants, e.said.groups, base.groups,
        )
        for e in codebook
    )  # fmt: skip
    return Sheet(_("Codebook"), _("The codebook, and how widely each code was used"), head, rows)


def _columns(table: Table) -> list[tuple[str, Count]]:
    if not table.by:
        return [(_("Whole study"), table.base)]
    return [*((column.label, column.base) for column in table.columns), (_("Whole study"), table.base)]


def notes(table: Table) -> list[str]:
    """How the numbers are to be read, and what was left out of them."""
    return [*reading(), _branch_note(table.branch), *table.notes]


def reading() -> list[str]:
    """The sentences that define the units."""
    return [
        _("Mentions are coded passages; overlapping passages of one code by one coder count once."),
        _("Participants are different people who said something coded so; moderators and observers are never counted."),
        _("Groups are different focus groups in which it was said."),
        _("Out of: the participants who spoke there, the groups held there, or all mentions of all codes there."),
        _("A number of mentions says how much was coded, not how many people think so."),
        _("Who did not say something may still agree with it: nobody was asked about every code."),
    ]


def _branch_note(branch: bool) -> str:
    if branch:
        return _("Each code is counted together with the codes under it; nothing is counted twice.")
    return _("Each code is counted alone, without the codes under it.")


def workbook(title: str, sheets: Sequence[Sheet], noted: Iterable[str], date: str = "") -> bytes:
    """An .xlsx file: a cover that lists the sheets, the notes, then one marked-up table a sheet, each from cell A1.

    Raises CannotWrite when a sheet holds more than a spreadsheet can.
    """
    from cohesion_qda.report.xlsx import written

    return written(Book(title, ((_("Made with"), made_by(date)),), tuple(noted), tuple(sheets), date))
