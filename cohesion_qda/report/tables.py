"""The tables of a findings report, as plain sheets and as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Made
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.table import MORGAN, Count, Table
from cohesion_qda.report import small, tabled, words
from cohesion_qda.report.grids import Book, Cell, Sheet, csv_bytes
from cohesion_qda.report.hiding import HIDDEN
from cohesion_qda.report.values import CodeEntry, CoderPair


def files(table: Table, made: Made) -> dict[str, bytes]:
    """`table` as files, by ending, with MORGAN's three counts: a .csv in long form with its .about.txt; an .xlsx and an .ods with a cover,
    notes, a sheet for each count and the long form. `made` is where the numbers come from. Raises CannotWrite.
    """
    sheets = [*(wide(table, unit) for unit in MORGAN), long(table)]
    noted = [*notes(table), *small.notes(made.threshold)]
    return {
        ".csv": csv_bytes(sheets[-1]),
        ".about.txt": about(table_title(table), noted, made),
        **dict(workbooks(table_title(table), sheets, noted, made)),
    }


def about(title: str, noted: Iterable[str], made: Made) -> bytes:
    """What lies beside a file that has no room for where its numbers come from."""
    return tabled.about(Answer(Asked("crosstab"), title, (), tuple(noted), made)).encode("utf-8", "replace")


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
            cells += [_told(count.of(unit)), _told(base.of(unit))]
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
                rows.append((row.path, table.by or "–", label, unit, _told(count.of(unit)), _told(base.of(unit))))
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
            pair.first, pair.second, row.path, *map(_told, (row.both, row.only_a, row.only_b, row.neither)),
            pair.turns, pair.codes if row.code is None else 1, pair.turns * (pair.codes if row.code is None else 1),
            HIDDEN if row.neither == words.GONE else _("not calculable") if row.kappa is None else round(row.kappa, 4),
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
            e.path, e.definition, e.use_when, e.not_when, e.example, _told(e.said.mentions),
            _told(e.said.participants), _told(base.participants), e.said.groups, base.groups,
        )
        for e in codebook
    )  # fmt: skip
    return Sheet(_("Codebook"), _("The codebook, and how widely each code was used"), head, rows)


def _told(n: int) -> Cell:
    """A number as a cell; a hidden one as its mark."""
    return HIDDEN if n == words.GONE else n


def _columns(table: Table) -> list[tuple[str, Count]]:
    if not table.by:
        return [(_("Whole study"), table.base)]
    return [*((column.label, column.base) for column in table.columns), (_("Whole study"), table.base)]


def notes(table: Table) -> list[str]:
    """How the numbers are to be read, and what was left out of them."""
    return [*reading(), branch_note(table.branch), *table.notes]


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


def branch_note(branch: bool) -> str:
    """Whether codes are counted with those under them."""
    if branch:
        return _("Each code is counted together with the codes under it; nothing is counted twice.")
    return _("Each code is counted alone, without the codes under it.")


def workbook(title: str, sheets: Sequence[Sheet], noted: Iterable[str], made: Made) -> bytes:
    """An .xlsx file: a cover that says where the numbers come from and lists the sheets, the notes, then one marked-up table a sheet,
    each from cell A1.

    Raises CannotWrite when a sheet holds more than a spreadsheet can.
    """
    from cohesion_qda.report.xlsx import written

    return written(_book(title, sheets, noted, made))


def workbooks(title: str, sheets: Sequence[Sheet], noted: Iterable[str], made: Made) -> Iterator[tuple[str, bytes]]:
    """The same workbook as an .xlsx and as an .ods file, each with its ending. Raises CannotWrite as `workbook`."""
    from cohesion_qda.report import ods, xlsx

    book = _book(title, sheets, noted, made)
    yield ".xlsx", xlsx.written(book)
    yield ".ods", ods.written(book)


def _book(title: str, sheets: Sequence[Sheet], noted: Iterable[str], made: Made) -> Book:
    return Book(title, tabled.provenance(made), tuple(noted), tuple(sheets), made.at)
