"""Somebody who sees what is left of an answer, knows how its numbers belong together, and tries to work out the rest.

Known to them is every number that stands anywhere: in a cell, as what a cell, a column or a line is out of, as a share, in a
subtitle, in what is said of the whole, and what the tests of differences were worked out from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from cohesion_qda.model.answer import Answer, Cell, Part, Place
from cohesion_qda.model.table import UNITS

Name = tuple[object, ...]
Row = tuple[dict[Name, int], float, float]


def found_out(before: Answer, after: Answer, threshold: int, every: int = 1) -> list[str]:
    """What of the hidden numbers can be told: that it is one number, or that it is below the threshold. Of many only each
    `every`-th is tried. `before` has its lines in the order of `after`.
    """
    seen = _Seen()
    left = {part.key: part for part in after.parts}
    parts = [(part, left[part.key]) for part in before.parts if part.key in left]
    for part, shown in parts:
        seen.look(part, shown, threshold)
    said = " ".join([*after.made.counted, *(shown.subtitle for _part, shown in parts)])
    for part, _shown in parts:
        seen.hear(part, said)
    rows = [row for part, _shown in parts for row in _rows(part, seen)]
    return [*seen.told, *seen.twice(), *_solved(seen, rows, threshold, every)]


@dataclass
class _Seen:
    """The truth about every number, and which of them are seen."""

    truth: dict[Name, int] = field(default_factory=dict)
    shown: set[Name] = field(default_factory=set)
    gone: set[Name] = field(default_factory=set)
    told: list[str] = field(default_factory=list)

    def look(self, part: Part, left: Part, threshold: int) -> None:
        for place in left.places():
            was, now, head = part.cell(place), left.cell(place), part.heads[place[1]]
            if now.is_hidden and (now.value, now.low, now.high, now.key) != (None, None, None, ()):
                self.told.append(f"{part.key} {place} is not empty")
            if head.unit in UNITS and head.form in ("count", "share"):
                self._counted(part, left, place, threshold)
            elif not now.is_hidden and any(("key", key) in self.gone for key in was.made_of):
                self.told.append(f"{part.key} {place} is made of hidden numbers")
        self._expected(part, left)

    def _counted(self, part: Part, left: Part, place: Place, threshold: int) -> None:
        was, now, form = part.cell(place), left.cell(place), part.heads[place[1]].form
        name, base = count_name(part, place), base_name(part, place)
        if was.of is not None:
            is_shown = now.of is not None or left.heads[place[1]].of == was.of
            self._take(base, was.of, is_shown)
            if is_shown and 0 < (was.base_people or 0) < threshold and was.of:
                self.told.append(f"{base} is of few people")
        if was.value is None or isinstance(was.value, str):
            return
        if form == "count":
            self._take(name, int(was.value), not now.is_hidden)
        elif not now.is_hidden:
            self._take(name, round(was.value * (was.of or 0)), True)
            self._take(base, was.of or 0, True)  # a share of a few simple fractions tells what it is of
        if not now.is_hidden and was.value and 0 < (was.people or 0) < threshold:
            self.told.append(f"{name} is of few people")

    def _take(self, name: Name, value: int, is_shown: bool) -> None:
        assert self.truth.setdefault(name, value) == value, f"{name} is two numbers"
        (self.shown if is_shown else self.gone).add(name)

    def _expected(self, part: Part, left: Part) -> None:
        """Who was expected to say it and who was not are everybody."""
        both: dict[str, list[int]] = {}
        for m, head in enumerate(part.heads):
            if head.over:
                both.setdefault(head.label, []).append(m)
        for line in left.lines if part.key == "tests" else ():
            if any(not line.cells[m].is_hidden and line.cells[m].value is not None for ms in both.values() for m in ms):
                self.shown |= {("key", key) for key in line.cells[0].made_of}
                self.shown |= {name for name in self.gone if name[1][0] in ("base", "spoke")}  # type: ignore[index]

    def hear(self, part: Part, said: str) -> None:
        """Numbers in words: those that a subtitle tells."""
        found = {int(each.replace(",", "")) for each in re.findall(r"\d+(?:,\d{3})*", said)}
        for cell in part.numbers:
            if isinstance(cell.value, int) and cell.value:
                self.truth.setdefault(("key", cell.key), cell.value)
                if cell.value in found:
                    self.shown.add(("key", cell.key))

    def twice(self) -> Iterator[str]:
        """What is hidden in one place and stands in another."""
        yield from (f"{name} stands elsewhere" for name in sorted(self.gone & self.shown, key=str) if self.truth[name])


def count_name(part: Part, place: Place) -> Name:
    cell = part.cell(place)
    return ("key", cell.key) if cell.key else ("at", part.key, place)


def base_name(part: Part, place: Place) -> Name:
    cell: Cell = part.cell(place)
    return ("key", cell.base) if cell.base else ("of", part.key, part.heads[place[1]].unit, cell.of)


def _rows(part: Part, seen: _Seen) -> Iterable[Row]:
    """What holds between the numbers, what is seen of them put in."""
    width = len(part.heads)
    for place in part.places():
        pair = [count_name(part, place), base_name(part, place)]
        if all(name in seen.truth for name in pair) and seen.truth[pair[0]] <= seen.truth[pair[1]]:
            yield _row(seen, pair[:1], pair[1], -np.inf, 0)
    for one in part.sums:
        name = base_name if one.is_of else count_name
        parts = [name(part, (n, m % width)) for n, m in one.parts]
        first = (one.parts[0][0], one.parts[0][1] % width) if one.parts else (0, 0)
        whole = base_name(part, first) if one.whole is None else name(part, (one.whole[0], one.whole[1] % width))
        if not parts or any(each not in seen.truth for each in (*parts, whole)):
            continue
        if one.holds in ("exactly", "together", "apart"):
            low, high = {"exactly": (0, 0), "together": (0, np.inf), "apart": (-np.inf, 0)}[one.holds]
            yield _row(seen, parts, whole, low, high)
        if one.holds in ("together", "each"):
            yield from (_row(seen, [each], whole, -np.inf, 0) for each in parts)


def _row(seen: _Seen, parts: list[Name], whole: Name, low: float, high: float) -> Row:
    terms: dict[Name, int] = {}
    rest = 0
    for name, sign in [*((part, 1) for part in parts), (whole, -1)]:
        if name in seen.shown or not seen.truth[name]:
            rest += sign * seen.truth[name]
        else:
            terms[name] = terms.get(name, 0) + sign
    return {name: sign for name, sign in terms.items() if sign}, low - rest, high - rest


def _solved(seen: _Seen, rows: list[Row], threshold: int, every: int) -> Iterator[str]:
    """What the hidden numbers can be, one after the other."""
    hidden = {name: value for name, value in seen.truth.items() if name not in seen.shown and value}
    tried = set(list(hidden)[::every])
    for group, known in _apart(hidden, [row for row in rows if row[0]]):
        for name in (name for name in group if name in tried):
            low, high = _range(group, known, name)
            if low == high:
                yield f"{name} is {low}"
            if high < threshold:
                yield f"{name} is at most {high}"


def _apart(truth: dict[Name, int], rows: list[Row]) -> Iterable[tuple[list[Name], list[Row]]]:
    """The hidden numbers in groups that no row joins."""
    group = {name: name for name in truth}

    def top(name: Name) -> Name:
        while group[name] != name:
            group[name] = name = group[group[name]]
        return name

    for terms, _low, _high in rows:
        for name in terms:
            group[top(name)] = top(next(iter(terms)))
    together: dict[Name, list[Name]] = {}
    for name in truth:
        together.setdefault(top(name), []).append(name)
    of: dict[Name, list[Row]] = {}
    for row in rows:
        of.setdefault(top(next(iter(row[0]))), []).append(row)
    yield from ((names, of.get(first, [])) for first, names in together.items())


def _range(names: list[Name], rows: list[Row], wanted: Name) -> tuple[int, int]:
    at = {name: n for n, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for r, (terms, _low, _high) in enumerate(rows):
        for name, sign in terms.items():
            matrix[r, at[name]] = sign
    limits = LinearConstraint(matrix, [row[1] for row in rows], [row[2] for row in rows])
    ends = []
    for sign in (1, -1):
        aim = np.zeros(len(names))
        aim[at[wanted]] = sign
        found = milp(aim, integrality=np.ones(len(names)), bounds=Bounds(1, 10_000_000), constraints=limits)
        assert found.x is not None, "what is true is always possible"
        ends.append(round(sign * found.fun))
    return ends[0], ends[1]
