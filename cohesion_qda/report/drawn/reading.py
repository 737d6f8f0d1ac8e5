"""What every figure reads off a part of an answer: its numbers, how they are said, and what a figure tells of itself in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Answer, Cell, Head, Key, Line, Part
from cohesion_qda.report import words
from cohesion_qda.report.numbers import decimal, percent

HIDDEN = "[c]"
TOTAL = "total"  # the note of a head over what holds for all the columns together
MOST_SAID = 40  # numbers an alternative text names


class NothingToDraw(BadInput):
    """The part has nothing that this figure could show."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure showed: what kind of figure it is, every number in words, and the `y` under what was drawn last."""

    kind: str
    numbers: tuple[str, ...]
    bottom: float


def nothing() -> NothingToDraw:
    """There is nothing to draw."""
    return NothingToDraw(
        _("There is nothing in this table that the figure could show."), _("Choose other codes or fewer filters, or look at the table.")
    )  # fmt: skip


def used(part: Part) -> tuple[Part, str]:
    """A ranking or a crosstab without the codes that nobody used, and a sentence that says how many they are."""
    kept = [
        line
        for line in part.lines
        if line.code is None or line.is_heading or any(c.value or c.is_hidden for c in line.cells)
    ]
    n = len(part.lines) - len(kept)
    if not n or part.key not in ("codes", "counts") or all(line.is_heading for line in kept):
        return part, ""
    below = [line.depth for line in kept[1:]] + [0]
    kept = [line for line, depth in zip(kept, below, strict=True) if not line.is_heading or depth > line.depth]
    said = ngettext("{n} code that nobody mentions is left out.", "{n} codes that nobody mentions are left out.", n)
    return replace(part, lines=tuple(kept)), said.format(n=words.number(n))


def totals(part: Part) -> set[int]:
    """The columns that are the sum of others."""
    return {n for n, head in enumerate(part.heads) if head.note == TOTAL}


def columns(part: Part, *forms: str) -> list[int]:
    """The columns of numbers that are no totals, of these forms (none: of all that are numbers)."""
    wanted = forms or ("count", "share", "number")
    left_out = totals(part)
    return [n for n, head in enumerate(part.heads) if head.form in wanted and n not in left_out]


def value(cell: Cell) -> float | None:
    """The number in a cell; None where it is hidden, not calculable, or words."""
    return None if cell.is_hidden or isinstance(cell.value, str) or cell.value is None else float(cell.value)


def share(cell: Cell, head: Head) -> float | None:
    """A cell as a share of its denominator, 0 to 1, where it has one."""
    number = value(cell)
    if number is None or head.form == "share":
        return number
    of = cell.of or head.of
    return number / of if of else None


def over(part: Part, line: Line) -> str:
    """What a first column of words puts lines under: the group of people whose names come again elsewhere, say."""
    return str(line.cells[0].value or "") if part.heads[0].form == "text" else ""


def key_of(line: Line) -> Key:
    """What a line as a whole opens: its own key, or that of its first cell that has one."""
    return line.key or next((cell.key for cell in line.cells if cell.key), ())


def short(cell: Cell, head: Head) -> str:
    """A cell's number as it is printed in a figure."""
    if cell.is_hidden:
        return HIDDEN
    if cell.value is None:
        return "–"
    if isinstance(cell.value, str):
        return cell.value
    if head.form == "share":
        return percent(float(cell.value))
    return words.number(int(cell.value)) if head.form == "count" else decimal(cell.value, head.places)


def said(cell: Cell, head: Head) -> str:
    """A cell's number with what it is out of: `7 of 12 participants`, `58% of 12 participants`, `0.43 (0.21 to 0.60)`."""
    number, of = short(cell, head), cell.of or head.of
    if cell.is_hidden:
        return _("{n} (hidden)").format(n=HIDDEN)
    if cell.value is None:
        return _("not calculable") if head.form == "number" else _("no number")
    if cell.low is not None and cell.high is not None:
        low, high = (
            percent(end) if head.form == "share" else decimal(float(end), head.places) for end in (cell.low, cell.high)
        )
        return _("{n} ({low} to {high})").format(n=number, low=low, high=high)
    if head.form == "share" and of:
        return _("{percent} of {n}").format(percent=number, n=counted(head.unit, of))
    if head.form != "count":
        return number
    value = int(float(cell.value))
    return counted_of(head.unit, value, of) if of and head.unit != "mentions" else counted(head.unit, value)


def name_of(head: Head) -> str:
    """A column's name, with what stands over it."""
    return _("{over}, {column}").format(over=head.over, column=head.label) if head.over else head.label


def spoken(part: Part, line: Line, n: int) -> str:
    """A cell in words for who cannot see it: its line, its column and its number."""
    return _("{label}, {column}: {said}").format(
        label=line.label, column=name_of(part.heads[n]), said=said(line.cells[n], part.heads[n])
    )


def in_words(part: Part, line: Line, columns: Sequence[int]) -> str:
    """A line in words: `Buses: Batley 7 of 12 participants, Dewsbury 3 of 4 participants`."""
    told = [
        _("{column} {said}").format(column=name_of(part.heads[n]), said=said(line.cells[n], part.heads[n]))
        for n in columns
    ]
    return line_of(line.label, told)


def counted_of(unit: str, n: int, total: int) -> str:
    """`7 of 12 groups`."""
    known = {
        "groups": ngettext("{n} of {total} group", "{n} of {total} groups", total),
        "participants": ngettext("{n} of {total} participant", "{n} of {total} participants", total),
        "turns": ngettext("{n} of {total} turn", "{n} of {total} turns", total),
        "words": ngettext("{n} of {total} word", "{n} of {total} words", total),
        "sources": ngettext("{n} of {total} source", "{n} of {total} sources", total),
        "codes": ngettext("{n} of {total} code", "{n} of {total} codes", total),
    }
    return known.get(unit, _("{n} of {total}")).format(n=words.number(n), total=words.number(total))


def counted(unit: str, n: int) -> str:
    """`7 mentions`; a unit without a name stands alone."""
    known = {
        "groups": ngettext("{n} group", "{n} groups", n),
        "participants": ngettext("{n} participant", "{n} participants", n),
        "turns": ngettext("{n} turn", "{n} turns", n),
        "words": ngettext("{n} word", "{n} words", n),
        "sources": ngettext("{n} source", "{n} sources", n),
        "codes": ngettext("{n} code", "{n} codes", n),
        "mentions": ngettext("{n} mention", "{n} mentions", n),
    }
    return known.get(unit, "{n}").format(n=words.number(n))


def headline(part: Part) -> str:
    """What the figure says over itself."""
    return part.headline or part.title


def line_of(label: str, cells: Sequence[str]) -> str:
    """A line in words, its cells being words already."""
    return _("{label}: {said}").format(label=label, said=", ".join(cells))


def alt(told: Told, title: str, subtitle: str) -> str:
    """The alternative text of a figure: what it is, what it shows, and its numbers (or the first of very many)."""
    listed = "; ".join(told.numbers[:MOST_SAID])
    more = len(told.numbers) - MOST_SAID
    rest = ngettext("And {n} more", "And {n} more", more).format(n=words.number(more)) if more > 0 else ""
    sentences = (told.kind, title, subtitle, listed, rest)
    return " ".join(f"{sentence.rstrip('. ')}." for sentence in sentences if sentence.strip())


def source_line(answer: Answer) -> str:
    """Where the numbers come from, small under a figure: study, day and version, and with which filters."""
    made = answer.made
    if not made.study and not made.at:
        return ""
    told = _("{study}, counted on {day} with Cohesion QDA {version}.").format(
        study=made.study, day=words.day(made.at), version=made.version
    )
    return " ".join([told, *(f"{sentence.rstrip('.')}." for sentence in made.filters)])


def hidden_line(part: Part, answer: Answer) -> str:
    """What [c] means, where some number of the part is hidden."""
    if not any(part.cell(place).is_hidden for place in part.places()):
        return ""
    if not answer.made.threshold:
        return _("[c]: hidden, because it is a small number or could give one away.")
    return _("[c]: hidden, because it is a number under {n} or could give one away.").format(n=answer.made.threshold)
