"""The sheets of .ods files (LibreOffice, OpenOffice, Google), read with expat and under the limits of `zipguard`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from cohesion_qda.formats.files import MEGABYTE
from cohesion_qda.formats.zipguard import Archive, damaged, not_office

UNPACKED_LIMIT = 100 * MEGABYTE
WIDEST = 2_000
_REPEATS_MOST = 1_048_576
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT = (f"{_URN}{name}:1.0 " for name in ("office", "table", "text"))
_CELL, _COVERED = f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_NO_SPEECH = (f"{_OFFICE}annotation", f"{_TEXT}note", f"{_URN}drawing:1.0 ")
_DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?\Z")
_OF_ANOTHER_FILE = re.compile(r"'[a-z]+:.*'#")
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"

AddRow = Callable[[int, Sequence[object]], None]


def read(path: Path, data: bytes, sheet: Callable[[str], AddRow]) -> None:
    """Call `sheet` with the name of each worksheet, and what it gives with the number and the cells of each row that
    is not blank. Cells are str, float, bool, date, datetime or timedelta. Raises CannotReadSource.
    """
    with Archive(path, data, UNPACKED_LIMIT) as archive:
        names = archive.names
        if "mimetype" in names and not b"".join(archive.part("mimetype")).strip().startswith(_SPREADSHEET):
            raise not_office(path)
        if "content.xml" not in names:
            raise damaged(path)
        reader = _Reader(sheet)
        archive.parse("content.xml", reader.start, reader.end, reader.text)
        if not reader.is_spreadsheet:
            raise not_office(path)


class _Reader:
    """What expat calls. A row is kept until it ends; blanks at its end, however often repeated, are never made."""

    def __init__(self, sheet: Callable[[str], AddRow]) -> None:
        self.is_spreadsheet = False
        self._sheet = sheet
        self._add: AddRow | None = None
        self._tables = 0  # tables the parser is inside of; those in cells are passed over
        self._number = self._row_repeats = 0
        self._row: list[object] = []
        self._blanks = 0
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._is_text = False
        self._skipped = 0  # how deep inside an annotation, note or drawing

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipped or (self._cell is not None and tag.startswith(_NO_SPEECH)):
            self._skipped += 1
        elif tag == f"{_OFFICE}spreadsheet":
            self.is_spreadsheet = True
        elif tag == f"{_TABLE}table":
            self._start_table(attributes)
        elif self._tables != 1 or self._add is None:
            return
        elif tag == f"{_TABLE}table-row":
            self._row, self._blanks = [], 0
            self._row_repeats = _times(attributes.get(f"{_TABLE}number-rows-repeated"))
        elif tag in (_CELL, _COVERED):
            self._cell, self._paragraphs = attributes, []
        elif self._cell is not None:
            self._start_in_cell(tag, attributes)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._tables += 1
        name = attributes.get(f"{_TABLE}name", "")
        if self._tables == 1:
            self._add, self._number = None if _OF_ANOTHER_FILE.match(name) else self._sheet(name), 0

    def _start_in_cell(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in (f"{_TEXT}p", f"{_TEXT}h"):
            self._paragraphs.append("")
            self._is_text = True
        elif self._is_text and tag == f"{_TEXT}s":
            self._paragraphs[-1] += " " * min(100, _times(attributes.get(f"{_TEXT}c")))
        elif self._is_text and tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            self._paragraphs[-1] += "\t" if tag.endswith("tab") else "\n"

    def text(self, text: str) -> None:
        if self._is_text and not self._skipped:
            self._paragraphs[-1] += text

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == f"{_TABLE}table":
            self._tables -= 1
        elif self._tables != 1 or self._add is None:
            return
        elif tag in (f"{_TEXT}p", f"{_TEXT}h"):
            self._is_text = False
        elif tag in (_CELL, _COVERED) and self._cell is not None:
            self._end_cell(self._cell, is_covered=tag == _COVERED)
        elif tag == f"{_TABLE}table-row":
            for number in range(self._number + 1, self._number + 1 + self._row_repeats if self._row else 0):
                self._add(number, self._row)
            self._number += self._row_repeats

    def _end_cell(self, attributes: dict[str, str], *, is_covered: bool) -> None:
        times = _times(attributes.get(f"{_TABLE}number-columns-repeated"))
        value = "" if is_covered else _value(attributes, "\n".join(self._paragraphs))
        if value == "":
            self._blanks += times
        else:
            for filling, n in (("", self._blanks), (value, times)):
                self._row.extend([filling] * max(0, min(n, WIDEST - len(self._row))))
            self._blanks = 0
        self._cell, self._is_text = None, False


class Percent(float):
    """The number of a cell that is shown as a percentage: 0.764 of `76.4%`."""


def _times(written: str | None) -> int:
    """How often something is repeated: at least once, and no more often than a sheet has rows."""
    if not written or len(written) > 12 or not written.isdecimal():
        return 1
    return max(1, min(int(written), _REPEATS_MOST))


def _value(attributes: dict[str, str], shown: str) -> object:
    """What a cell holds: its value where it has a type, else the text that is shown."""
    kind = attributes.get(f"{_OFFICE}value-type", "")
    if kind in ("float", "percentage", "currency"):
        with suppress(ValueError):
            number = float(attributes.get(f"{_OFFICE}value", ""))
            return Percent(number) if kind == "percentage" else number
    elif kind == "boolean":
        return attributes.get(f"{_OFFICE}boolean-value") == "true"
    elif kind == "date":
        with suppress(ValueError):
            written = attributes.get(f"{_OFFICE}date-value", "")
            return (datetime.datetime if len(written) > 10 else datetime.date).fromisoformat(written)
    elif kind == "time":
        found = _DURATION.match(attributes.get(f"{_OFFICE}time-value", ""))
        if found:
            hours, minutes, seconds = (int(piece or 0) for piece in found.groups())
            return datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return shown or attributes.get(f"{_OFFICE}string-value", "")
