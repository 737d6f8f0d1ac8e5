"""Tables as files: .csv that spreadsheets open rightly and .xlsx that screen readers read rightly."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cohesion_qda.base.errors import BadInput, CannotWrite
from cohesion_qda.base.i18n import _
from cohesion_qda.base.version import VERSION
from cohesion_qda.model.table import UNITS, Count, Table
from cohesion_qda.report import words
from cohesion_qda.report.values import CodeEntry, CoderPair

Cell = str | int | float
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_LONGEST = 32_767  # characters in a cell of a spreadsheet
_FIXED_DATE = "2000-01-01"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a short name (a sheet's or a file's), a title, its head and its rows. No cell is empty."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def write_table(table: Table, unit: str, path: Path, *, title: str = "", date: str = "") -> None:
    """Write `table` in one of UNITS, or in all of them (`unit` empty), to a .csv or .xlsx file.

    A .csv has a row a code: its path, then for each column the count and its denominator. An .xlsx also has a cover, notes
    and the same numbers in long form. `date` (ISO 8601) is when the numbers were read. Raises BadInput for another unit or
    file ending, CannotWrite.
    """
    if unit and unit not in UNITS:
        raise BadInput(_("There is no unit “{unit}”.").format(unit=unit), ", ".join(UNITS))
    path = Path(path)
    sheets = [wide(table, each) for each in ((unit,) if unit else UNITS)]
    kind = path.suffix.casefold()
    try:
        if kind == ".csv":
            path.write_bytes(csv_bytes(sheets[0] if unit else long(table)))
        elif kind == ".xlsx":
            name = title or table_title(table)
            path.write_bytes(workbook(name, [*sheets, long(table, unit)], notes(table), date))
        else:
            raise BadInput(
                _("A table cannot be written as “{ending}”.").format(ending=path.suffix or path.name),
                _("Give a name that ends in .csv or .xlsx."),
            )
    except OSError as error:
        raise CannotWrite(
            _("The table could not be written to “{path}”.").format(path=path),
            _("Close the file where it is open, or choose a folder you may write to."),
        ) from error


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


def long(table: Table, unit: str = "") -> Sheet:
    """The tidy form: a row for each code, value and unit."""
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows:
        counts = [*row.cells, row.total] if table.by else [row.total]
        for (label, base), count in zip(_columns(table), counts, strict=True):
            for each in (unit,) if unit else UNITS:
                rows.append((row.path, table.by or "–", label, each, count.of(each), base.of(each)))
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


def csv_bytes(sheet: Sheet) -> bytes:
    """A sheet as CSV: UTF-8 with a byte-order mark, so that Excel reads it rightly; nothing in it runs as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_defused(name) for name in sheet.head])
    for row in sheet.rows:
        writer.writerow([_defused(cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _defused(text: str) -> str:
    """`text` that a spreadsheet takes as text: what could begin a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def workbook(title: str, sheets: Sequence[Sheet], noted: Iterable[str], date: str = "") -> bytes:
    """An .xlsx file: a cover that lists the sheets, the notes, then one marked-up table a sheet, each from cell A1.

    Raises CannotWrite when the library refuses a cell.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    when = datetime.datetime.fromisoformat(f"{date[:10] or _FIXED_DATE}T00:00:00")
    book.set_properties(
        {"title": title, "author": _("Cohesion QDA"), "comments": _made_by(date), "created": when, "language": "en-GB"}
    )
    book.formats[0].set_font_name("Arial")
    names = _sheet_names([_("Cover"), _("Notes"), *(sheet.name for sheet in sheets)])
    cover = [(title,), (_made_by(date),), *((f"{n}: {s.title}",) for n, s in zip(names[2:], sheets, strict=True))]
    pages = [
        Sheet(_("Cover"), "", (_("About this workbook"),), tuple(cover)),
        Sheet(_("Notes"), "", (_("Note"), _("What it says")), tuple((n, note) for n, note in enumerate(noted, 1))),
    ]
    for name, sheet in zip(names, [*pages, *sheets], strict=True):
        _write_sheet(book, name, sheet)
    book.close()
    return out.getvalue()


def _made_by(date: str) -> str:
    if not date:
        return _("Made with Cohesion QDA {version}").format(version=VERSION)
    return _("Made with Cohesion QDA {version} on {day}").format(version=VERSION, day=words.day(date))


def _write_sheet(book: object, name: str, sheet: Sheet) -> None:
    from xlsxwriter import Workbook

    assert isinstance(book, Workbook)
    page = book.add_worksheet(name)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"valign": "top", "num_format": "General"})
    rows = sheet.rows or ((_("Nothing yet"), *["–"] * (len(sheet.head) - 1)),)
    head = _different(sheet.head)
    columns = [{"header": label, "header_format": wrapped} for label in head]
    returned = page.add_table(0, 0, len(rows), len(head) - 1, {"columns": columns, "style": "Table Style Light 1"})
    _checked(returned, sheet.name)
    for r, row in enumerate(rows, 1):
        for c, cell in enumerate(row):
            if isinstance(cell, str):
                _checked(page.write_string(r, c, _fitting(cell), wrapped), sheet.name)
            else:
                _checked(page.write_number(r, c, cell, number), sheet.name)
    for c, label in enumerate(head):
        longest = max([len(label), *(len(str(row[c])) for row in rows)])
        limit = 60 if any(isinstance(row[c], str) for row in rows) else 16
        page.set_column(c, c, min(max(longest + 2, 9), 110 if len(head) <= 2 else limit))
    page.freeze_panes(1, 1 if len(head) > 2 else 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _checked(returned: object, where: str) -> None:
    """XlsxWriter says with a negative number that it wrote nothing."""
    if isinstance(returned, int) and returned < 0:
        raise CannotWrite(
            _("The sheet “{sheet}” holds more than a spreadsheet can.").format(sheet=where),
            _("Write the table as .csv instead."),
        )


def _fitting(text: str) -> str:
    """`text` as one cell can hold it, saying so when it was cut; an empty cell says that there is nothing."""
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    if len(text) > _LONGEST:
        said = _(" … (cut: a spreadsheet cell holds no more)")
        return text[: _LONGEST - len(said)] + said
    return text or "–"


def _different(head: Sequence[str]) -> list[str]:
    """Column heads as a marked-up table needs them: none empty, no two the same but for case, at most 255 characters."""
    seen: set[str] = set()
    found = []
    for n, label in enumerate(head, 1):
        plain = " ".join(_fitting(label).split())[:240] or f"{n}"
        while plain.casefold() in seen:
            plain = f"{plain} ({n})"
        seen.add(plain.casefold())
        found.append(plain)
    return found


def _sheet_names(names: Sequence[str]) -> list[str]:
    """Names a workbook accepts: at most 31 characters, none of []:*?/\\, all different."""
    seen: set[str] = set()
    found = []
    for n, name in enumerate(names, 1):
        plain = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", name).strip()[:31].strip() or f"Table {n}"
        if plain.casefold() in seen or plain.casefold() == "history":
            plain = f"{plain[:26]} {n}"
        seen.add(plain.casefold())
        found.append(plain)
    return found
