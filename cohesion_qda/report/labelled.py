"""Tables for statistics programs: SPSS .sav and Stata .dta, with labels of variables and values, and codes for what is missing."""

from __future__ import annotations

import datetime
import re
import tempfile
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import CannotWrite
from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Head
from cohesion_qda.report.grids import Cell
from cohesion_qda.report.hiding import HIDDEN
from cohesion_qda.report.tabled import NOT_APPLICABLE, NOT_AVAILABLE, Column

CODES = {HIDDEN: -98, NOT_APPLICABLE: -97, NOT_AVAILABLE: -99}  # user-missing values of SPSS
LETTERS = {HIDDEN: "c", NOT_APPLICABLE: "z", NOT_AVAILABLE: "x"}  # of Stata: .c, .z and .x
MOST_LABELS, LONGEST_LABEL = 200, 120  # values of a labelled variable, bytes of a label
LONGEST_TEXT = 32_000  # bytes of a text
MOST_COLUMNS = 32_000
_NAMES = {".sav": 64, ".dta": 32}  # bytes of a variable's name
_NOTE, _FILE = 80, 60  # bytes
_ENDS = ("_of", "_low", "_high")  # of the names of what another variable is out of, and of its interval
_RESERVED = frozenset(
    (
        "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with", "byte", "double", "float", "if", "in",
        "int", "long", "strl", "using", "str",
    )
)  # fmt: skip


@dataclass(slots=True)
class _Variable:
    name: str
    label: str
    values: list[Any]
    measure: str = "scale"
    is_text: bool = False
    places: int = 0
    labels: dict[int | float | str, str] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)


def written(columns: Sequence[Column], ending: str, title: str, notes: Sequence[str]) -> bytes:
    """The file with that ending, .sav or .dta. Text that takes few values is numbered, and the numbers labelled; `notes` are kept in a .sav.

    Raises CannotWrite where there are no lines, too many columns, or the library refuses.
    """
    import pandas
    import pyreadstat

    if not columns or not columns[0].cells:
        raise CannotWrite(
            _("There is nothing to write: the table has no line."), _("Ask for something that was coded.")
        )
    if len(columns) > MOST_COLUMNS:
        raise CannotWrite(
            _("The table has more columns than a statistics file can hold."), _("Write it as .csv, or ask for less.")
        )
    names = variable_names([column.name or column.label for column in columns], _NAMES[ending])
    made = [_variable(name, column, ending) for name, column in zip(names, columns, strict=True)]
    frame = pandas.DataFrame(
        {
            v.name: pandas.Series(v.values, dtype=object if v.marks or v.is_text or v.measure == "date" else None)
            for v in made
        }
    )
    shared: dict[str, Any] = {
        "file_label": _cut(title, _FILE),
        "column_labels": [v.label for v in made],
        "variable_value_labels": {v.name: v.labels for v in made if v.labels},
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{ending}"
        try:
            if ending == ".dta":
                missing = {v.name: [LETTERS[mark] for mark in v.marks] for v in made if v.marks}
                pyreadstat.write_dta(frame, path, missing_user_values=missing or None, **shared)
            else:
                ranges: dict[str, Any] = {v.name: [CODES[mark] for mark in v.marks] for v in made if v.marks}
                measures = {v.name: "scale" if v.measure == "date" else v.measure for v in made}
                pyreadstat.write_sav(
                    frame.astype({v.name: float for v in made if v.marks}), path, note=_lines(notes),
                    missing_ranges=ranges or None, variable_measure=measures, variable_format=_formats(made), **shared,
                )  # fmt: skip
        except pyreadstat.ReadstatError as error:
            raise CannotWrite(
                _("The statistics file could not be written: {reason}").format(reason=error),
                _("Write the table as .csv instead."),
            ) from error
        return path.read_bytes()


def _formats(variables: Sequence[_Variable]) -> dict[str, str]:
    """How SPSS shows the numbers: those of one variable with as many decimals, whole ones without."""
    return {
        v.name: f"F10.{v.places}" if any(isinstance(n, float) and n % 1 for n in v.values) else "F10.0"
        for v in variables
        if not v.is_text and v.measure != "date"
    }


def variable_names(labels: Sequence[str], most: int = _NAMES[".dta"]) -> list[str]:
    """A name for each label that both programs accept: small letters, digits and `_`, at most so many, all different, no word of theirs.
    Where one must be cut, the end that says what it is out of stays.
    """
    seen: set[str] = set()
    found = []
    for n, label in enumerate(labels, 1):
        plain = re.sub("[–—−]", "-", label.replace("’s ", " ").replace("κ", "kappa").replace("α", "alpha"))
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
        name = _shortened(re.sub(r"[^a-z0-9]+", "_", plain).strip("_"), most)
        if not name or not name[0].isalpha() or name in _RESERVED or re.fullmatch(r"str\d+", name):
            name = _shortened(f"v_{name}", most) if name else f"v{n}"
        while name in seen:
            name = f"{name[: most - len(str(n)) - 1]}_{n}"
        seen.add(name)
        found.append(name)
    return found


def _shortened(name: str, most: int) -> str:
    end = next((end for end in _ENDS if name.endswith(end)), "")
    return name if len(name) <= most else name[: most - len(end)].rstrip("_") + end


def _variable(name: str, column: Column, ending: str) -> _Variable:
    label = _cut(column.label, 250 if ending == ".sav" else _NOTE)
    head = column.head or Head("")
    if head.scale == "date":
        return _Variable(name, label, [_day(cell) for cell in column.cells], "date")
    words = [cell for cell in column.cells if isinstance(cell, str) and cell not in CODES]
    if column.form == "text" or words:
        return _of_words(name, label, column.cells, head)
    codes: dict[str, Any] = dict(LETTERS) if ending == ".dta" else dict(CODES)
    marks = [mark for mark in CODES if mark in column.cells]
    values = [codes[cell] if isinstance(cell, str) else cell for cell in column.cells]
    measure = head.scale or ("scale" if column.head is not None else "nominal")
    return _Variable(
        name, label, values, measure, places=4 if column.form == "share" else column.places,
        labels={codes[mark]: _mark_label(mark) for mark in marks}, marks=marks,
    )  # fmt: skip


def _day(cell: Cell) -> datetime.date | None:
    """A day; None where none is known."""
    return None if cell in CODES or not isinstance(cell, str) else datetime.date.fromisoformat(cell)


def _of_words(name: str, label: str, cells: Sequence[Cell], head: Head) -> _Variable:
    """Words, by number where they take few values: in their order, where they have one, else as they come."""
    told = ["" if cell == NOT_AVAILABLE else str(cell) for cell in cells]
    there = set(told)
    values = list(dict.fromkeys(text for text in (*(v for v in head.order if v in there), *told) if text))
    measure = head.scale or "nominal"
    if len(values) <= MOST_LABELS and all(len(text.encode()) <= LONGEST_LABEL for text in values):
        number = {text: n for n, text in enumerate(values, 1)}
        labels: dict[int | float | str, str] = {n: text for text, n in number.items()}
        return _Variable(name, label, [float(number[t]) if t else None for t in told], measure, labels=labels)
    return _Variable(name, label, [_cut(text, LONGEST_TEXT) for text in told], "nominal", is_text=True)


def _mark_label(mark: str) -> str:
    return {
        HIDDEN: _("[c] hidden, so that nobody can be recognised"),
        NOT_APPLICABLE: _("[z] not applicable or not calculable"),
        NOT_AVAILABLE: _("[x] not available"),
    }[mark]


def _cut(text: str, most: int) -> str:
    """The beginning of `text` in at most so many bytes of UTF-8, with dots where it was longer."""
    text = " ".join(text.split()) if most < LONGEST_TEXT else text.replace("\x00", "")
    if len(text.encode("utf-8", "replace")) <= most:
        return text.encode("utf-8", "replace").decode()
    return text.encode("utf-8", "replace")[: most - 3].decode("utf-8", "ignore") + "…"


def _lines(notes: Sequence[str]) -> list[str]:
    """Lines that fit into a .sav."""
    return [_cut(line, _NOTE) for note in notes for line in textwrap.wrap(note, _NOTE // 2)]
