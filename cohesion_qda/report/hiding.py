"""Hiding small numbers in an answer, so that nothing that is made from it can give them away.

Small are numbers of people, groups, mentions, turns and words from 1 to below the threshold, and any that so few people
stand behind (`Cell.people`). 0 is shown. What counts are out of are numbers as well; a number with the same key is the
same one, wherever it stands. Shares go with their count and with what they are of; what is worked out from numbers goes with them.
Which further numbers go is decided by `analysis.suppression` over everything that a reader can add up. Parts that name people are
left out; where an answer has no others, it stays as it is, with a warning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cohesion_qda.analysis.suppression import Rule, apart, at_most, each, exactly, hidden, together
from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Cell, Head, Line, Part, Place, Sum
from cohesion_qda.model.table import UNITS

HIDDEN = "[c]"
_NEVER = ("agreement", "saturation")  # decisions of coders, and numbers of codes: nobody is counted
_JOINS = {"exactly": exactly, "together": together, "each": each, "apart": apart}
Node = tuple[object, ...]


def hide(answer: Answer, threshold: int) -> Answer:
    """`answer` without its numbers from 1 to below `threshold` (0: as it is) and without those that they could be worked
    out from. A hidden cell has no value, no interval and no key.
    """
    if threshold < 2 or answer.made.threshold >= threshold or answer.asked.kind in _NEVER:
        return answer
    shown = [part for part in answer.parts if not part.names_people]
    if not shown:
        return replace(answer, notes=_with(answer.notes, warning()))
    numbers = _Numbers(threshold)
    for part in shown:
        numbers.read(part)
    numbers.hide()
    left = [_Left(part, numbers) for part in shown]
    notes, made = answer.notes, replace(answer.made, threshold=threshold)
    if len(shown) < len(answer.parts):
        notes = _with(notes, left_out(part for part in answer.parts if part.names_people))
    if any(one.is_touched for one in left):
        notes = _with(notes, said(threshold))
        made = replace(made, counted=tuple(text for text in made.counted if not any(map(str.isdigit, text))))
    return replace(answer, parts=tuple(one.part() for one in left), notes=notes, made=made)


def said(threshold: int) -> str:
    """What is said of the hidden numbers wherever they are missing."""
    return _(
        "Numbers from 1 to {most} are hidden and marked {mark}, and so are further ones from which they could be worked out. "
        "So few people might be recognised."
    ).format(most=threshold - 1, mark=HIDDEN)


def warning() -> str:
    """What is said of tables that name people."""
    return _("People are named here, and small numbers of theirs are not hidden. Do not publish it as it is.")


def names_people(kind: str, threshold: int) -> bool:
    """Whether people are named in answers of a kind, as they are when small numbers below `threshold` (0: none) are hidden."""
    return kind in ("portrait", "framework") or (kind == "dynamics" and not threshold)


def left_out(parts: Iterable[Part]) -> str:
    """What is said of tables that are left out because they name people."""
    return _("Left out, because people are named in them: {tables}.").format(
        tables="; ".join(part.title for part in parts)
    )


def _with(notes: tuple[str, ...], note: str) -> tuple[str, ...]:
    return notes if note in notes else (*notes, note)


def _count(part: Part, place: Place) -> int | None:
    """The number that a cell tells: a count, or the one that a share and what it is of give."""
    cell, head = part.cell(place), part.heads[place[1]]
    if cell.is_hidden or isinstance(cell.value, str) or cell.value is None or head.unit not in UNITS:
        return None
    if head.form == "count":
        return int(cell.value)
    return None if head.form != "share" or cell.of is None else round(cell.value * cell.of)


@dataclass(slots=True)
class _Numbers:
    """Every number that the parts tell, each once however often it stands there, and what is known of them together."""

    threshold: int
    values: dict[Node, int] = field(default_factory=dict)
    small: set[Node] = field(default_factory=set)
    rules: list[Rule[Node]] = field(default_factory=list)
    dear: set[Node] = field(default_factory=set)
    cells: dict[tuple[str, Place], Node] = field(default_factory=dict)  # by part and place
    bases: dict[tuple[str, Place], Node] = field(default_factory=dict)  # what they are out of
    told: dict[tuple[str, int], Node] = field(default_factory=dict)  # in the subtitles
    gone: set[Node] = field(default_factory=set)

    def read(self, part: Part) -> None:
        """Take in the numbers of a part."""
        for place in part.places():
            count = _count(part, place)
            if count is not None:
                self._read_cell(part, place, count)
        for n, cell in enumerate(part.numbers):
            if isinstance(cell.value, int):
                self.told[part.key, n] = self._number(("key", cell.key), cell.value, cell.people)
        for sum_ in part.sums:
            self._read_sum(part, sum_)

    def hide(self) -> None:
        """Decide what goes."""
        self.gone = hidden(
            self.values, self.small, [r for r in self.rules if self._holds(r)], self.threshold, self.dear
        )

    def _read_cell(self, part: Part, place: Place, count: int) -> None:
        cell, at = part.cell(place), (part.key, place)
        node: Node = ("key", cell.key) if cell.key else ("at", *at)
        node = self.cells[at] = self._number(node, count, cell.people)
        if cell.of is None:
            return
        of: Node = ("key", cell.base) if cell.base else ("of", part.key, part.heads[place[1]].unit, cell.of)
        of = self.bases[at] = self._number(of, cell.of, cell.base_people)
        self.dear.add(of)
        if of != node:
            self.rules.append(at_most(node, of))

    def _number(self, node: Node, value: int, people: int | None) -> Node:
        if self.values.setdefault(node, value) != value:
            node = (*node, value)
            self.values[node] = value
        if 0 < value < self.threshold or (value and 0 < (people or 0) < self.threshold):
            self.small.add(node)
        return node

    def _read_sum(self, part: Part, sum_: Sum) -> None:
        of = self.bases if sum_.is_of else self.cells
        nodes = [of.get((part.key, _place(part, place))) for place in sum_.parts]
        if sum_.whole is None:
            whole = self.bases.get((part.key, _place(part, sum_.parts[0])))
        else:
            whole = of.get((part.key, _place(part, sum_.whole)))
        parts = [node for node in nodes if node is not None]
        if whole is None or not parts or len(parts) < len(nodes):
            return
        self.dear.add(whole)
        adds_up = sum(self.values[node] for node in parts) == self.values[whole]
        join = _JOINS[
            "exactly" if sum_.holds == "apart" and adds_up else sum_.holds
        ]  # that there is no more may be known
        self.rules += join(parts, whole)

    def _holds(self, rule: Rule[Node]) -> bool:
        sum_ = sum(self.values[n] for n in rule.plus) - sum(self.values[n] for n in rule.minus)
        return (rule.low is None or sum_ >= rule.low) and (rule.high is None or sum_ <= rule.high)


def _place(part: Part, place: Place) -> Place:
    """A place with the number of its column counted from the left."""
    return (place[0], place[1] % len(part.heads))


class _Left:
    """What is left of a part: without what is hidden, and without words that tell it."""

    def __init__(self, part: Part, numbers: _Numbers) -> None:
        self._part, self._numbers, self._gone = part, numbers, numbers.gone
        self._lines = {  # where a number, or what it is out of, is hidden
            at[0] for found in (numbers.cells, numbers.bases) for (key, at), node in found.items()
            if key == part.key and node in self._gone
        }  # fmt: skip
        self._hidden = {place for place in part.places() if self._is_hidden(place)}
        self._is_told = any(node in numbers.gone for (key, _n), node in numbers.told.items() if key == part.key)
        self.is_touched = bool(self._lines or self._hidden or self._is_told)

    def part(self) -> Part:
        """The part as it may be published."""
        part = self._part
        listed = [n for n in range(len(part.lines)) if not (part.is_chosen and (n, self._first()) in self._hidden)]
        lines = [self._line(n, part.lines[n]) for n in listed]
        short = (_("What is hidden is not listed here."),) if part.is_chosen and self._gone else ()
        return replace(
            part, heads=tuple(self._head(m, head) for m, head in enumerate(part.heads)), lines=tuple(self._in_no_order(listed, lines)),
            foot=None if part.foot is None else self._line(-1, part.foot), headline="" if self.is_touched else part.headline,
            subtitle=part.plain if self._is_told else part.subtitle, sums=(), numbers=(), telling=(),
            notes=(*(note for note in part.notes if not (self.is_touched and note in part.telling)), *short),
        )  # fmt: skip

    def _is_hidden(self, place: Place) -> bool:
        cell, form, at = self._part.cell(place), self._part.heads[place[1]].form, (self._part.key, place)
        if self._numbers.cells.get(at) in self._gone or any(("key", key) in self._gone for key in cell.made_of):
            return True
        if form == "share" and self._numbers.bases.get(at) in self._gone:
            return True
        return form == "number" and place[0] in self._lines and cell.value is not None

    def _line(self, n: int, line: Line) -> Line:
        cells = tuple(self._cell((n, m), cell) for m, cell in enumerate(line.cells))
        is_touched = n in self._lines or any((n, m) in self._hidden for m in range(len(cells)))
        return replace(line, cells=cells, note="" if is_touched else line.note)

    def _cell(self, place: Place, cell: Cell) -> Cell:
        of = None if self._numbers.bases.get((self._part.key, place)) in self._gone else cell.of
        if place in self._hidden or cell.is_hidden:
            return Cell(None, of, is_hidden=True)
        return Cell(cell.value, of, cell.key, cell.low, cell.high)

    def _head(self, column: int, head: Head) -> Head:
        rows = (*range(len(self._part.lines)), *((-1,) if self._part.foot else ()))
        same = [(n, column) for n in rows if self._part.cell((n, column)).of == head.of]
        if head.of is None or not any(self._numbers.bases.get((self._part.key, place)) in self._gone for place in same):
            return head
        why = () if head.note == "total" else (_("Out of: hidden ({mark}).").format(mark=HIDDEN),)
        return replace(head, of=None, note=" ".join((*filter(None, [head.note]), *why)))

    def _first(self) -> int:
        """The first column of counts."""
        return next((m for m, head in enumerate(self._part.heads) if head.form == "count"), -1)

    def _in_no_order(self, listed: list[int], lines: list[Line]) -> list[Line]:
        """Lines that went by their first count: those with hidden cells last, by name, so that their order tells nothing."""
        known = [_count(self._part, (n, self._first())) or 0 for n in listed] if self._part.heads else []
        if any(line.depth for line in lines) or len(set(known)) < 2 or known != sorted(known, reverse=True):
            return lines
        last = [any(cell.is_hidden for cell in line.cells) for line in lines]
        order = sorted(range(len(lines)), key=lambda n: (last[n], lines[n].label.casefold() if last[n] else ""))
        return [lines[n] for n in order]
