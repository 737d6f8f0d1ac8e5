"""Hiding small numbers in an answer, so that nothing that is made from it can give them away.

Small are numbers of people, groups, mentions, turns and words from 1 to below the threshold: so few passages come from so few
people. Mentions, turns and words are small also where the people who said them are (on the same line, or in the same place of the answer in
participants). 0 is shown. Denominators are numbers as well. Shares go with their counts, and what is worked out from a line with all its counts.
Which further numbers go is decided by `analysis.suppression` over everything that a reader can add up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cohesion_qda.analysis.suppression import Rule, at_most, exactly, hidden, together, within
from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Cell, Head, Line, Part, Place
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import UNITS

HIDDEN = "[c]"
PEOPLE = ("participants", "groups")
_NEVER = ("agreement", "saturation")  # decisions of coders, and numbers of codes: nobody is counted
_NAMING = {"dynamics": ("shares", "follows", "responses"), "portrait": (), "framework": ()}  # (): every part
Node = tuple[object, ...]


def hide(answer: Answer, threshold: int, people: Answer | None = None) -> Answer:
    """`answer` without its numbers from 1 to below `threshold` (0: as it is) and without those that they could be worked
    out from. `people` is the same question answered in participants, where it was asked in mentions, turns or words.

    A hidden cell has no value, no interval and no key. Parts that name people (who follows whom, say) stay as they are, and a note warns of it.
    """
    if threshold < 2 or answer.made.threshold >= threshold or answer.asked.kind in _NEVER:
        return answer
    numbers = _Numbers(threshold)
    open_ = [part for part in answer.parts if not _is_naming(answer, part)]
    for part in open_:
        numbers.read(part, _same_part(people, part))
    gone = numbers.hidden()
    lines = {line.code for part in open_ for line, _cells in numbers.lines_without(part, gone) if line.code is not None}
    parts = tuple(
        _without(part, numbers, gone, lines) if not _is_naming(answer, part) else part for part in answer.parts
    )
    notes = tuple(note for note in answer.notes if not any(_tells(note, numbers, part, gone) for part in open_))
    if len(open_) < len(answer.parts):
        notes = _with(notes, warning())
    if not open_:
        return replace(answer, notes=notes)
    if gone:
        notes = _with(notes, said(threshold))
    counted = answer.made.counted
    if any(node in gone for node in numbers.bases.values()):  # how many people there are may be told there
        counted = tuple(
            text for text in counted if not _numbers_in(text) & {*range(1, threshold), *numbers.gone_values}
        )
    made = replace(answer.made, threshold=threshold, counted=counted)
    return replace(answer, parts=parts, notes=notes, made=made)


def said(threshold: int) -> str:
    """What is said of the hidden numbers wherever they are missing."""
    return _(
        "Numbers from 1 to {most} are hidden and marked {mark}, and so are further ones from which they could be worked out. "
        "So few people might be recognised."
    ).format(most=threshold - 1, mark=HIDDEN)


def warning() -> str:
    """What is said of tables that name people."""
    return _("People are named here, and small numbers of theirs are not hidden. Do not publish it as it is.")


def names_people(kind: str) -> bool:
    """Whether answers of a kind have a table that names people."""
    return kind in _NAMING


def _with(notes: tuple[str, ...], note: str) -> tuple[str, ...]:
    return notes if note in notes else (*notes, note)


def _is_naming(answer: Answer, part: Part) -> bool:
    parts = _NAMING.get(answer.asked.kind)
    return parts is not None and (not parts or part.key in parts)


def _same_part(people: Answer | None, part: Part) -> Part | None:
    """The part of the answer in participants that has a number in each place of this one."""
    found = next((p for p in people.parts if p.key == part.key), None) if people else None
    if found is None or [x.key or x.label for x in found.lines] != [x.key or x.label for x in part.lines]:
        return None
    return found if len(found.heads) == len(part.heads) and bool(found.foot) == bool(part.foot) else None


def _count(part: Part, place: Place) -> int | None:
    """The number that a cell tells: a count, or the one that a share and what it is of give."""
    cell, head = part.cell(place), part.heads[place[1]]
    if cell.is_hidden or isinstance(cell.value, str) or cell.value is None or _unit(part, place[1]) not in UNITS:
        return None
    if head.form == "count":
        return int(cell.value)
    return None if head.form != "share" or cell.of is None else round(cell.value * cell.of)


def _unit(part: Part, column: int) -> str:
    head = part.heads[column]
    if head.form == "share" and not head.unit and column:
        return part.heads[column - 1].unit
    return head.unit


def _whole(part: Part, place: Place) -> Place:
    """A place with the number of its column counted from the left."""
    return (place[0], place[1] % len(part.heads))


@dataclass(slots=True)
class _Numbers:
    """Every number that the parts tell, each once however often it stands there, and what is known of them together."""

    threshold: int
    values: dict[Node, int] = field(default_factory=dict)
    small: set[Node] = field(default_factory=set)
    dear: set[Node] = field(default_factory=set)
    rules: list[Rule[Node]] = field(default_factory=list)
    nodes: dict[tuple[str, Place], Node] = field(default_factory=dict)  # of the cells, by part and place
    bases: dict[tuple[str, Place], Node] = field(default_factory=dict)  # of what they are out of
    gone_values: set[int] = field(default_factory=set)

    def hidden(self) -> set[Node]:
        holding = [rule for rule in self.rules if self._holds(rule)]
        gone = hidden(self.values, self.small, holding, self.threshold, self.dear)
        self.gone_values = {self.values[node] for node in gone}
        return gone

    def read(self, part: Part, people: Part | None) -> None:
        """Take in the numbers of a part."""
        for place in part.places():
            self._cell(part, place)
        for place in part.places():
            if (part.key, place) in self.nodes and self._few_people(part, place, people):
                self.small.add(self.nodes[part.key, place])
        self._denominators(part)
        patterns = dict[tuple[tuple[int, ...], int, bool], None]()
        for sum_ in part.sums:
            at = [_whole(part, p) for p in sum_.parts]
            nodes = [self.nodes.get((part.key, p)) for p in at]
            known = [node for node in nodes if node is not None]
            if len(known) < len(nodes) or not known:
                continue
            join = _join(sum_.is_exact, sum_.is_cover)
            if sum_.whole is None:
                self.rules += join(known, self._open(part, sum_.total or 0))
                continue
            whole_at = _whole(part, sum_.whole)
            whole = self.nodes.get((part.key, whole_at))
            if whole is not None:
                self.dear.add(whole)
                self.rules += join(known, whole)
                if len({p[0] for p in (*at, whole_at)}) == 1:
                    patterns[tuple(p[1] for p in at), whole_at[1], sum_.is_exact] = None
        self._denominators_together(part, patterns)

    def lines_without(self, part: Part, gone: set[Node]) -> Iterator[tuple[Line, list[int]]]:
        """The lines with hidden cells, and which these are."""
        for n, line in enumerate((*part.lines, *((part.foot,) if part.foot else ()))):
            at = n if n < len(part.lines) else -1
            cells = [m for m in range(len(line.cells)) if self.is_gone(part, (at, m), gone)]
            if cells:
                yield line, cells

    def is_gone(self, part: Part, place: Place, gone: set[Node]) -> bool:
        """Whether a count or share is hidden: a share also with what it is of."""
        if self.nodes.get((part.key, place)) in gone:
            return True
        return part.heads[place[1]].form == "share" and self.base_gone(part, place, gone)

    def base_gone(self, part: Part, place: Place, gone: set[Node]) -> bool:
        """Whether what a cell is out of is hidden: itself, or a hidden number that is the same."""
        cell, node = part.cell(place), self.bases.get((part.key, place))
        if cell.of is None or _unit(part, place[1]) not in UNITS:
            return False
        if node is not None:
            return node in gone
        return 0 < cell.of < self.threshold or cell.of in self.gone_values

    def _cell(self, part: Part, place: Place) -> None:
        count = _count(part, place)
        if count is None:
            return
        cell, unit = part.cell(place), _unit(part, place[1])
        node: Node = ("cell", part.key, place)
        left = self.nodes.get((part.key, (place[0], place[1] - 1)))
        if cell.key:
            node = ("key", unit, cell.key)
        elif part.heads[place[1]].form == "share" and left is not None and self.values[left] == count:
            node = left
        if self.values.setdefault(node, count) != count:
            node = ("cell", part.key, place)
            self.values[node] = count
        self.nodes[part.key, place] = node
        if 0 < count < self.threshold:
            self.small.add(node)

    def _few_people(self, part: Part, place: Place, people: Part | None) -> bool:
        """Whether fewer people than the threshold said what is counted here in mentions, turns or words."""
        if _unit(part, place[1]) in PEOPLE or self.values[self.nodes[part.key, place]] == 0:
            return False
        over = part.heads[place[1]].over
        beside = [
            _count(part, (place[0], m)) for m, h in enumerate(part.heads) if h.unit == "participants" and h.over == over
        ]
        if people is not None and people.heads[place[1]].unit == "participants":
            beside.append(_count(people, place))
        return any(n is not None and 0 < n < self.threshold for n in beside)

    def _denominators(self, part: Part) -> None:
        """A number for what a column, or else a line, is out of."""
        counted = [
            place for place in part.places() if (part.key, place) in self.nodes and part.cell(place).of is not None
        ]
        for column in dict.fromkeys(m for _n, m in counted):
            head, unit = part.heads[column], _unit(part, column)
            places = [place for place in counted if place[1] == column]
            found = {part.cell(place).of for place in places} | ({head.of} - {None})
            if len(found) == 1:
                self._base(part, places, ("of", unit, head.over, _column(part, column), *found), *found)
        by_line: dict[int, list[Place]] = {}
        for place in counted:
            if (part.key, place) not in self.bases:
                by_line.setdefault(place[0], []).append(place)
        for n, places in by_line.items():
            found = {part.cell(place).of for place in places}
            if len(found) == 1:
                self._base(part, places, ("line", part.key, n, *found), *found)
                last = self.nodes.get((part.key, (n, max(m for at, m in counted if at == n))))
                if last is not None and self.values[last] in found:
                    self.rules += exactly([self.bases[part.key, places[0]]], last)

    def _base(self, part: Part, places: Iterable[Place], node: Node, of: int | None) -> None:
        assert of is not None
        self.values[node] = of
        self.dear.add(node)
        if 0 < of < self.threshold:
            self.small.add(node)
        for place in places:
            self.bases[part.key, place] = node
            self.rules.append(at_most(self.nodes[part.key, place], node))

    def _denominators_together(self, part: Part, patterns: Iterable[tuple[tuple[int, ...], int, bool]]) -> None:
        """What columns that add up are out of adds up as well, where it does."""
        of_column = {place[1]: node for (key, place), node in self.bases.items() if key == part.key and node[0] == "of"}
        for columns, whole, is_exact in patterns:
            if whole in of_column and all(m in of_column for m in columns):
                join = _join(is_exact, is_cover=True)
                self.rules += join([of_column[m] for m in columns], of_column[whole])

    def _open(self, part: Part, total: int) -> Node | int:
        """The denominator that has the value of a total that stands openly in a part; the total itself where none has."""
        found = (node for (key, _p), node in self.bases.items() if key == part.key and self.values[node] == total)
        return next(found, total)

    def _holds(self, rule: Rule[Node]) -> bool:
        sum_ = sum(self.values[n] for n in rule.plus) - sum(self.values[n] for n in rule.minus)
        return (rule.low is None or sum_ >= rule.low) and (rule.high is None or sum_ <= rule.high)


def _join(is_exact: bool, is_cover: bool) -> Callable[[Sequence[Node], Node | int], list[Rule[Node]]]:
    """What the parts of a sum and its whole are to each other."""
    return exactly if is_exact else together if is_cover else within


def _down(part: Part, column: int) -> list[Place]:
    """The places of a column, the foot last."""
    return [(n, column) for n in (*range(len(part.lines)), *((-1,) if part.foot else ()))]


def _column(part: Part, column: int) -> str:
    """What a column is called, a column of shares as that of its counts."""
    return part.heads[column - 1].label if part.heads[column].form == "share" and column else part.heads[column].label


def _without(part: Part, numbers: _Numbers, gone: set[Node], codes: set[CodeId]) -> Part:
    """A part without what is hidden, and without words that tell it."""
    changed = {id(line): cells for line, cells in numbers.lines_without(part, gone)}

    def line_of(n: int, line: Line) -> Line:
        is_touched = id(line) in changed or line.code in codes
        cells = tuple(_cell_without(part, (n, m), numbers, gone, is_touched) for m in range(len(line.cells)))
        told = _values(part, numbers, n, changed.get(id(line), ())) if is_touched else set()
        return replace(line, cells=cells, note="" if _numbers_in(line.note) & told else line.note)

    lines = [line_of(n, line) for n, line in enumerate(part.lines)]
    foot = None if part.foot is None else line_of(-1, part.foot)
    if not changed and lines == list(part.lines) and foot == part.foot:
        return replace(part, sums=())
    return replace(
        part,
        heads=tuple(_head_without(part, m, numbers, gone) for m in range(len(part.heads))),
        lines=tuple(_in_no_order(part, lines)),
        foot=foot,
        headline="" if _names_hidden(part, changed) else part.headline,
        subtitle="" if _tells(part.subtitle, numbers, part, gone) else part.subtitle,
        notes=tuple(note for note in part.notes if not _tells(note, numbers, part, gone)),
        sums=(),
    )


def _cell_without(part: Part, place: Place, numbers: _Numbers, gone: set[Node], is_touched: bool) -> Cell:
    cell, head = part.cell(place), part.heads[place[1]]
    of = None if numbers.base_gone(part, place, gone) else cell.of
    is_derived = head.form in ("number", "share") and (part.key, place) not in numbers.nodes and cell.value is not None
    if numbers.is_gone(part, place, gone) or (is_touched and (is_derived or _is_telling(cell))):
        return Cell(None, of, is_hidden=True)
    return replace(cell, of=of)


def _is_telling(cell: Cell) -> bool:
    """Words with numbers in them beside hidden ones (`expected 2.4`)."""
    return isinstance(cell.value, str) and bool(_numbers_in(cell.value))


def _head_without(part: Part, column: int, numbers: _Numbers, gone: set[Node]) -> Head:
    head = part.heads[column]
    places = _down(part, column)
    told = {numbers.values[numbers.nodes[part.key, p]] for p in places if numbers.nodes.get((part.key, p)) in gone}
    note = "" if _numbers_in(head.note) & told else head.note
    is_gone = any(numbers.bases.get((part.key, place)) in gone for place in places)
    if head.of is None or not (is_gone or (head.unit in UNITS and 0 < head.of < numbers.threshold)):
        return replace(head, note=note)
    why = _("Out of: hidden ({mark}).").format(mark=HIDDEN)
    return replace(head, of=None, note=" ".join(filter(None, (note, why))))


def _in_no_order(part: Part, lines: list[Line]) -> list[Line]:
    """Lines that went by a count that is hidden now: those without it last, by name, so that their order tells nothing."""
    if any(line.depth for line in lines):
        return lines
    for m, head in enumerate(part.heads):
        counts = [_count(part, (n, m)) for n in range(len(lines))]
        known = [n for n in counts if n is not None]
        if head.form == "count" and len(set(known)) > 1 and known == sorted(known, reverse=True):
            return sorted(
                lines,
                key=lambda line: (line.cells[m].is_hidden, line.label.casefold() if line.cells[m].is_hidden else ""),
            )
    return lines


def _tells(text: str, numbers: _Numbers, part: Part, gone: set[Node]) -> bool:
    """Whether words name a hidden number: a count beside the name of its line, or how many people there are at all."""
    found, said = _numbers_in(text), text.casefold()
    if not found:
        return False
    for (key, place), node in numbers.nodes.items():
        if key == part.key and node in gone and numbers.values[node] in found:
            line = part.foot if place[0] == -1 else part.lines[place[0]]
            if line is not None and line.label and line.label.casefold() in said:
                return True
    return any(
        key == part.key and node in gone and numbers.values[node] in found and _names_column(part, place[1], said)
        for (key, place), node in numbers.bases.items()
    )


def _names_column(part: Part, column: int, said: str) -> bool:
    names = (part.heads[column].label, part.heads[column].over, part.heads[column].unit)
    return any(name and name.casefold() in said for name in names)


def _names_hidden(part: Part, changed: Collection[int]) -> bool:
    """Whether the headline says a number, or something of a line whose numbers are hidden."""
    said = part.headline.casefold()
    labels = [line.label.casefold() for line in part.lines if id(line) in changed and line.label]
    return bool(_numbers_in(said)) or any(label in said for label in labels)


def _values(part: Part, numbers: _Numbers, n: int, columns: Iterable[int]) -> set[int]:
    nodes = [numbers.nodes.get((part.key, (n, m))) for m in columns]
    return {numbers.values[node] for node in nodes if node is not None}


def _numbers_in(text: str) -> set[int]:
    return {int(found.replace(",", "")) for found in re.findall(r"\d+(?:,\d{3})*", text)}
