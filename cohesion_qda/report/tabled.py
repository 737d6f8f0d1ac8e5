"""Answers as plain tables: one head row, a mark for what is missing, notes by number, and where it all comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from cohesion_qda.base.i18n import _
from cohesion_qda.base.version import VERSION
from cohesion_qda.model.answer import Answer, Cell, Head, Line, Made, Part
from cohesion_qda.model.codebook import SEPARATOR
from cohesion_qda.model.table import UNITS
from cohesion_qda.report import grids, words
from cohesion_qda.report.answers import said
from cohesion_qda.report.grids import Book, Sheet
from cohesion_qda.report.hiding import HIDDEN

NOT_APPLICABLE, NOT_AVAILABLE = "[z]", "[x]"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TOTAL = "total"  # a note of a head that says what it is, not something to read


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is written: its label, its form and its cells; `name` is the label in short, for programs. `head` is the one of the part it comes from, `what` is
    what it tells of it: "value", "of", "low" or "high"; None and "label" for the labels of the lines.
    """

    label: str
    form: str
    cells: tuple[grids.Cell, ...]
    head: Head | None = None
    what: str = "label"
    name: str = ""

    @property
    def places(self) -> int:
        """The decimals that numbers of it are printed with."""
        return self.head.places if self.head is not None else 0


@dataclass(slots=True)
class Notes:
    """Notes, each once, in the order they are met."""

    texts: list[str] = field(default_factory=list)

    def mark(self, *texts: str) -> str:
        """` [note 2]` for each of them that is not empty."""
        return "".join(f" {_('[note {n}]').format(n=self._number(text))}" for text in texts if text and text != _TOTAL)

    def _number(self, text: str) -> int:
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1


def book(answer: Answer, *long: Part) -> Book:
    """An answer as a workbook; the tables of the `long` form are its last sheets."""
    notes = Notes()
    sheets = [sheet(part, notes, answer.notes) for part in (*answer.parts, *long)]
    marks = (
        (HIDDEN, _("hidden, so that nobody can be recognised")),
        (NOT_APPLICABLE, _("there is nothing to say here: it is not applicable, or not calculable")),
        (NOT_AVAILABLE, _("not available")),
    )
    about = (*provenance(answer.made), *marks)
    return Book(answer.title, about, tuple(notes.texts), tuple(sheets), answer.made.at)


def sheet(part: Part, notes: Notes, beside: Iterable[str] = ()) -> Sheet:
    """A part as a plain table. What is to be known of all of it, and `beside`, is marked at its title."""
    title = part.title + notes.mark(*part.notes, *beside)
    made = columns(part, notes)
    rows = tuple(zip(*(column.cells for column in made), strict=True))
    forms = tuple("" if column.form == "number" and _is_whole(column) else column.form for column in made)
    return Sheet(part.title, title, tuple(column.label for column in made), rows, forms)


def columns(part: Part, notes: Notes | None = None) -> list[Column]:
    """The columns of a part, nested heads in one: what a column is out of stands in its head where it is the same all
    down, else in a column beside it. Shares are from 0 to 1.
    """
    notes = notes or Notes()
    lines = [*part.lines, *((part.foot,) if part.foot else ())]
    labels = tuple(_label(line) + notes.mark(line.note) for line in lines)
    made = [Column(part.corner or "–", "text", labels)]
    for m, head in enumerate(part.heads):
        cells = [line.cells[m] for line in lines]
        made += [c for c in _of_head(head, cells, notes) if c.what != "of" or not _is_same(c.cells, head.of)]
    return made


def variables(part: Part) -> list[Column]:
    """The columns of a part for statistics programs: without headings, lines that are numbered as numbers, and what a count is
    out of always in a column of its own.
    """
    lines = [*(line for line in part.lines if not line.is_heading), *((part.foot,) if part.foot else ())]
    labels: tuple[grids.Cell, ...] = tuple(map(_label, lines))
    is_numbered = bool(lines) and all(str(label).isdecimal() for label in labels)
    if is_numbered:
        labels = tuple(int(label) for label in labels)
    made = [Column(part.corner or "–", "" if is_numbered else "text", labels, name=part.corner)]
    bases: set[tuple[grids.Cell, ...]] = set()
    for m, head in enumerate(part.heads):
        bases = bases if m and part.heads[m - 1].over == head.over and head.form == "share" else set()
        for column in _of_head(head, [line.cells[m] for line in lines], Notes()):
            if column.what != "of" or column.cells not in bases:
                made.append(column)
            if column.what == "of":
                bases.add(column.cells)
    return made


def _is_whole(column: Column) -> bool:
    return not any(isinstance(cell, float) for cell in column.cells)


def _is_same(cells: Iterable[grids.Cell], of: int | None) -> bool:
    """Whether all are out of one number, which can stand in the head: the column's own, where it has one."""
    known = {cell for cell in cells if not isinstance(cell, str)}
    return len(known) == 1 and of in (None, *known)


def _label(line: Line) -> str:
    """What a line is called: a code with those over it, since here nothing is indented; a day so that days can be sorted."""
    is_code = line.code is not None and line.path.rpartition(SEPARATOR)[2] == line.label
    return (line.path if is_code or _DAY.fullmatch(line.path) else "") or line.label or "–"


def _of_head(head: Head, cells: list[Cell], notes: Notes) -> list[Column]:
    """The columns that a head stands for: its values, what they are out of (where that is known), and its intervals."""
    name, form = named(head), head.form if head.form in ("share", "number", "text") else ""
    bases = tuple(_of(cell) for cell in cells)
    of = next((n for n in bases if not isinstance(n, str)), head.of)
    is_one = of is not None and (all(isinstance(n, str) for n in bases) or _is_same(bases, head.of))
    label = (
        _("{column} (out of {n})").format(column=name, n=words.number(int(of))) if is_one and of is not None else name
    )
    values = tuple(_value(cell, head.form) for cell in cells)
    made = [Column(label + notes.mark(head.note), form, values, head, "value", name)]
    if any(not isinstance(n, str) for n in bases):
        made.append(Column(_("{column}: out of").format(column=name), "", bases, head, "of", _name_of(head)))
    if any(cell.low is not None or cell.high is not None for cell in cells):
        low = tuple(_end(cell, cell.low) for cell in cells)
        high = tuple(_end(cell, cell.high) for cell in cells)
        made.append(Column(_("{column}: from").format(column=name), form, low, head, "low", f"{name}_low"))
        made.append(Column(_("{column}: to").format(column=name), form, high, head, "high", f"{name}_high"))
    return made


def _name_of(head: Head) -> str:
    """The short name of what a column is out of: `Dewsbury of`."""
    label = head.label.removesuffix("(%)").strip()
    label = _("{over}: {column}").format(over=head.over, column=label) if head.over else label
    return f"{label} share_of" if head.form == "share" else f"{label}_of"


def named(head: Head) -> str:
    """What a column is called in one line: what stands over it, its label, and what is counted in it."""
    label = head.label.removesuffix("(%)").strip() if head.form == "share" else head.label
    label = _("{over}: {column}").format(over=head.over, column=label) if head.over else label or "–"
    unit = said.unit_name(head.unit).lower() if head.unit in UNITS else ""
    if head.form == "share" and "%" not in label and _("share").casefold() not in label.casefold():
        if unit:
            return _("{column}: share of {unit}").format(column=label, unit=unit)
        return _("{column}: share").format(column=label)
    if unit and unit not in label.casefold() and head.form == "count":
        return _("{column}: {unit}").format(column=label, unit=unit)
    return label


def _value(cell: Cell, form: str) -> grids.Cell:
    if cell.is_hidden:
        return HIDDEN
    if cell.value is None:
        return NOT_APPLICABLE
    if isinstance(cell.value, str):
        return cell.value if cell.value.strip() else NOT_AVAILABLE if form == "text" else NOT_APPLICABLE
    return cell.value if form == "count" else _rounded(cell.value)


def _of(cell: Cell) -> grids.Cell:
    if cell.of is not None:
        return cell.of
    return HIDDEN if cell.is_hidden else NOT_APPLICABLE


def _end(cell: Cell, value: float | None) -> grids.Cell:
    if value is None:
        return HIDDEN if cell.is_hidden else NOT_APPLICABLE
    return _rounded(value)


def _rounded(value: float) -> float | int:
    return round(value, 6) if isinstance(value, float) else value


def provenance(made: Made) -> tuple[tuple[str, str], ...]:
    """What was counted, when, by which version, with which filters, and what was left out: (what, what is said of it)."""
    told = [(_("Study"), made.study or "–")]
    told += [(_("Counted"), sentence) for sentence in made.counted]
    told += [(_("Only"), sentence) for sentence in made.filters] or [(_("Only"), _("Nothing was narrowed down."))]
    told.append((_("When"), when(made.at)))
    told.append((_("Made with"), _("Cohesion QDA {version}").format(version=made.version or VERSION)))
    told += [(_("Left out"), _("{source}: {why}").format(source=source, why=why)) for source, why in made.left_out]
    told += [(_("Small numbers"), sentence) for sentence in small_numbers(made)]
    return tuple(told)


def small_numbers(made: Made) -> tuple[str, ...]:
    """Whether small numbers are hidden, and how far that goes."""
    if not made.threshold:
        return (_("No number is hidden."),)
    hidden = _("Numbers below {n} are hidden, and so are those from which they could be worked out.")
    return (
        hidden.format(n=made.threshold),
        _(
            "That holds for this file by itself. What is hidden here could be worked out from a second file of the same study with other "
            "filters, codes or attributes: publish only one of them. Where nearly everybody said something, the few who did not "
            "can be counted, too."
        ),
    )


def when(at: str) -> str:
    """`21 November 2026, 20:28`."""
    return _("{day}, {time}").format(day=words.day(at), time=at[11:16]) if len(at) > 15 else words.day(at) or "–"


def about(answer: Answer, part: Part | None = None) -> str:
    """Where an answer comes from, as a plain text that lies beside a file which has no room for it."""
    title = part.title if part is not None and part.title != answer.title else ""
    lines = [answer.title, *([title] if title else []), ""]
    lines += [f"{what}: {told}" for what, told in provenance(answer.made)]
    notes = dict.fromkeys(
        (*(note for each in ((part,) if part else answer.parts) for note in each.notes), *answer.notes)
    )
    if notes:
        lines += ["", _("Notes")]
        lines += [f"– {note}" for note in notes]
    lines += ["", _("Marks: {hidden} hidden, {z} not applicable or not calculable, {x} not available.").format(
        hidden=HIDDEN, z=NOT_APPLICABLE, x=NOT_AVAILABLE)]  # fmt: skip
    return "\n".join(lines) + "\n"
