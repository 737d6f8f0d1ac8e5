"""Plain tables, and workbooks of them: what .csv, .xlsx and .ods files have in common.

A workbook follows the rules of the UK's Government Analysis Function for accessible spreadsheets: a cover, the notes, then one marked-up
table a sheet, each from its first cell; no merged and no blank cells; what is missing says why in a mark.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cohesion_qda.base.errors import CannotWrite
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.base.version import VERSION
from cohesion_qda.report import words

Cell = str | int | float
LONGEST = 32_767  # characters in a cell of a spreadsheet
LINES, COLUMNS = 1_048_576, 16_384  # of a sheet
LANGUAGE = "en-GB"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a short name (a sheet's or a file's), a title, its head and its rows. No cell is empty. `forms` says of a column
    that it is a "share" (0 to 1, shown in per cent) or a "number" (with decimals); empty: as it is.
    """

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    forms: tuple[str, ...] = ()

    def form(self, column: int) -> str:
        """The form of a column."""
        return self.forms[column] if self.forms else ""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: what is told of it on its cover (what, and what it says), its notes, its tables, and when it was made (ISO 8601)."""

    title: str
    about: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    date: str = ""

    def pages(self) -> list[tuple[str, Sheet]]:
        """Every sheet with the name it has in the file: the cover, the notes, the tables. Raises CannotWrite for a table
        that is larger than a sheet.
        """
        for sheet in self.sheets:
            if len(sheet.rows) >= LINES or len(sheet.head) > COLUMNS:
                raise too_large(sheet.name)
        names = sheet_names([_("Cover"), _("Notes"), *(sheet.name for sheet in self.sheets)])
        contents = tuple((name, sheet.title or name) for name, sheet in zip(names[2:], self.sheets, strict=True))
        rows = ((_("Title"), self.title), *self.about, *contents)
        noted = tuple((_("note {n}").format(n=n), note) for n, note in enumerate(self.notes, 1))
        first = [
            Sheet(_("Cover"), "", (_("About this workbook"), _("What it says")), rows),
            Sheet(_("Notes"), "", (_("Note"), _("What it says")), noted),
        ]
        return list(zip(names, [filled(sheet) for sheet in (*first, *self.sheets)], strict=True))


def page_by_page(
    pages: Sequence[tuple[str, Sheet]], job: Job
) -> Iterator[tuple[str, Sheet, Iterator[tuple[Cell, ...]]]]:
    """Every page of a book with its rows, which tell `job` where it is as they are taken."""
    done, total = 0, sum(len(sheet.rows) for _name, sheet in pages)
    for name, sheet in pages:
        yield name, sheet, told(sheet.rows, job, name, done, total)
        done += len(sheet.rows)


def told(
    rows: Sequence[tuple[Cell, ...]], job: Job, what: str, done: int = 0, total: int = 0
) -> Iterator[tuple[Cell, ...]]:
    """The rows, telling `job` at each which it is: of `total`, after the `done` of other tables. Raises Cancelled."""
    for n, row in enumerate(rows, done):
        job.step(n, total or len(rows), what)
        yield row


def made_by(date: str) -> str:
    """`Made with Cohesion QDA 1.0 on 21 November 2026`."""
    if not date:
        return _("Made with Cohesion QDA {version}").format(version=VERSION)
    return _("Made with Cohesion QDA {version} on {day}").format(version=VERSION, day=words.day(date))


def too_large(name: str) -> CannotWrite:
    """What is said where a sheet holds more than spreadsheets can."""
    return CannotWrite(
        _("The sheet “{sheet}” holds more than a spreadsheet can.").format(sheet=name),
        _("Write the table as .csv instead."),
    )


def filled(sheet: Sheet) -> Sheet:
    """A sheet as a spreadsheet can hold it: heads that differ, no blank cell, and at least one row."""
    rows = sheet.rows or ((_("Nothing yet"), *["–"] * (len(sheet.head) - 1)),)
    fits = tuple(tuple(fitting(cell) if isinstance(cell, str) else cell for cell in row) for row in rows)
    return Sheet(sheet.name, sheet.title, tuple(_different(sheet.head)), fits, sheet.forms)


def widths(sheet: Sheet) -> list[int]:
    """How wide each column should be, in characters."""
    found = []
    for c, label in enumerate(sheet.head):
        texts = [row[c] for row in sheet.rows]
        longest = max([len(label), *(len(str(text)) for text in texts)])
        is_words = any(isinstance(text, str) and len(text) > 3 for text in texts)
        limit = 90 if c and len(sheet.head) == 2 else 60 if is_words else 16
        found.append(min(max(longest + 2, 9), limit))
    return found


def fitting(text: str) -> str:
    """`text` as one cell can hold it, saying so when it was cut; an empty cell says that there is nothing."""
    text = _UNWRITABLE.sub("", text)
    if len(text) > LONGEST:
        said = _(" … (cut: a spreadsheet cell holds no more)")
        return text[: LONGEST - len(said)] + said
    return text or "–"


def csv_bytes(sheet: Sheet) -> bytes:
    """A sheet as CSV: UTF-8 with a byte-order mark, so that Excel reads it rightly; nothing in it runs as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([defused(name) for name in sheet.head])
    for row in sheet.rows:
        writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def defused(text: str) -> str:
    """`text` that a spreadsheet takes as text: what could begin a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _different(head: Sequence[str]) -> list[str]:
    """Column heads as a marked-up table needs them: none empty, no two the same but for case, at most 255 characters."""
    seen: set[str] = set()
    found = []
    for n, label in enumerate(head, 1):
        plain = " ".join(fitting(label).split())[:240] or f"{n}"
        while plain.casefold() in seen:
            plain = f"{plain} ({n})"
        seen.add(plain.casefold())
        found.append(plain)
    return found


def sheet_names(names: Sequence[str]) -> list[str]:
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
