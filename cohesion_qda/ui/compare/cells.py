"""The cells of an answer in words: what is painted, and what is told to those who cannot see it."""

from __future__ import annotations

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Cell, Head, Line, Part
from cohesion_qda.model.table import FEWEST
from cohesion_qda.report.numbers import decimal, percent

HIDDEN = "[c]"


def is_nobody(cell: Cell) -> bool:
    """Whether nobody could have been counted: the denominator is nothing."""
    return cell.of == 0 and not cell.is_hidden and not isinstance(cell.value, str)


def value_words(cell: Cell, head: Head) -> str:
    """What stands in the cell, in one line."""
    if cell.is_hidden:
        return HIDDEN
    if is_nobody(cell):
        return "–"
    if cell.value is None:
        return "" if head.form == "text" else "–" if head.form == "count" else _("not calculable")
    if isinstance(cell.value, str):
        return cell.value
    if head.form == "share":
        return percent(cell.value)
    if head.form == "count" and cell.of is not None:
        return _("{n} of {all}").format(n=decimal(cell.value), all=decimal(cell.of))
    return decimal(cell.value, head.places)


def small_words(cell: Cell, head: Head) -> str:
    """What stands under it, smaller: what a share is of, or between what it lies."""
    if cell.is_hidden or cell.value is None or isinstance(cell.value, str):
        return ""
    if cell.low is not None and cell.high is not None:
        return _("{low} to {high}").format(low=_same(cell.low, head), high=_same(cell.high, head))
    if head.form == "share" and cell.of:
        return _("of {n}").format(n=decimal(cell.of))
    return ""


def _same(value: float, head: Head) -> str:
    return percent(value) if head.form == "share" else decimal(float(value), head.places)


def units_told(unit: str, n: int) -> str:
    """`12 participants`, for a denominator."""
    said = {
        "mentions": ngettext("{n} mention", "{n} mentions", n),
        "turns": ngettext("{n} turn", "{n} turns", n),
        "words": ngettext("{n} word", "{n} words", n),
        "participants": ngettext("{n} participant", "{n} participants", n),
        "groups": ngettext("{n} group", "{n} groups", n),
        "sources": ngettext("{n} source", "{n} sources", n),
    }.get(unit)
    return decimal(n) if said is None else said.format(n=decimal(n))


def count_told(cell: Cell, head: Head) -> str:
    """`7 of 12 participants`, `58% of 12 participants`, `not calculable`."""
    if cell.is_hidden:
        return _("hidden, because the number is small")
    if is_nobody(cell):
        return _("nobody here was asked")
    words = value_words(cell, head)
    if cell.value is None and head.form == "count":
        return _("not calculable")
    if cell.value is None or isinstance(cell.value, str):
        return words or _("empty")
    if head.form == "share" and cell.of:
        return _("{share} of {all}").format(share=words, all=units_told(head.unit, cell.of))
    if head.form == "count" and cell.of is not None:
        return _("{n} of {all}").format(n=decimal(cell.value), all=units_told(head.unit, cell.of))
    if head.form == "count" and isinstance(cell.value, int):
        return units_told(head.unit, cell.value)
    between = small_words(cell, head)
    return _("{n}, between {interval}").format(n=words, interval=between) if between else words


def head_label(head: Head) -> str:
    """A column with what stands over it."""
    return _("{over}, {label}").format(over=head.over, label=head.label) if head.over else head.label


def told(line: Line, head: Head, cell: Cell) -> str:
    """A cell in a sentence: `Trust, Luton: 7 of 12 participants`."""
    if line.is_heading:
        return line.label
    where = _("{line}, {column}").format(line=line.label, column=head_label(head))
    return _("{where}: {counts}").format(where=where, counts=count_told(cell, head))


def denominator(head: Head) -> str:
    """What a whole column is out of, under its label."""
    if head.of is None:
        return ""
    return units_told(head.unit, head.of)


def is_unused(line: Line) -> bool:
    """Whether the row is a code's that was never used here: nothing but noughts."""
    numbers = [cell.value for cell in line.cells if not isinstance(cell.value, str)]
    hidden = any(cell.is_hidden for cell in line.cells)
    return line.code is not None and not line.is_heading and not hidden and bool(numbers) and not any(numbers)


def magnitude(cell: Cell) -> float | None:
    """What a column is sorted by: the share where there is a denominator that differs by row, else the value."""
    return None if cell.value is None or isinstance(cell.value, str) or cell.is_hidden else float(cell.value)


def is_square(part: Part) -> bool:
    """Whether the lines are the columns, as in a table of codes by codes: its diagonal is another kind of number."""
    return len(part.lines) > 1 and [line.label for line in part.lines] == [head.label for head in part.heads]


def most(part: Part) -> float:
    """The largest count of a part (beside the diagonal of a square one), which the deepest shade stands for."""
    square = is_square(part)
    return max(
        (
            magnitude(cell) or 0.0
            for n, line in enumerate(part.lines)
            for m, cell in enumerate(line.cells)
            if not square or n != m
        ),
        default=0.0,
    )


def is_few(cell: Cell, head: Head) -> bool:
    """Whether so few people are counted there that a shade of their share would say too much."""
    return head.unit == "participants" and cell.of is not None and cell.of < FEWEST


def shade(cell: Cell, head: Head, greatest: float) -> float | None:
    """How deep a cell of a heat map is shaded, 0 to 1: its share of its denominator, else of the greatest cell. None: not at all."""
    value = magnitude(cell)
    if value is None or head.form == "text" or head.note == "total":
        return None
    if head.form == "share":
        return None if is_few(cell, head) else min(1.0, max(0.0, value))
    if cell.of:
        return None if is_few(cell, head) else min(1.0, value / cell.of)
    return value / greatest if greatest else 0.0
