"""Somebody who sees what is left of an answer, knows how its numbers belong together, and tries to work out the rest."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from cohesion_qda.model.answer import Answer, Part, Place

Name = tuple[object, ...]
Row = tuple[dict[Name, int], float, float]


def found_out(before: Answer, after: Answer, threshold: int, every: int = 1) -> list[str]:
    """What of the hidden numbers can be told: that it is one number, or that it is below the threshold. Of many only each
    `every`-th is tried.
    """
    truth: dict[Name, int] = {}
    rows: list[Row] = []
    told: list[str] = []
    for part, left in zip(before.parts, after.parts, strict=True):
        told += _seen(part, left)
        names = {place: _name(part, place) for place in left.places() if left.cell(place).is_hidden}
        for place, name in names.items():
            if part.heads[place[1]].form == "count":
                truth[name] = int(part.cell(place).value)  # type: ignore[arg-type]
                of = left.cell(place).of
                rows.append(({name: 1}, 1, np.inf if of is None else of))
        rows += _rows(part, names)
    tried = list(truth)[::every]
    for group, known in _apart(truth, rows):
        for name in group:
            if name in tried:
                low, high = _range(group, known, name)
                if low == high:
                    told.append(f"{name} is {low}")
                if high < threshold:
                    told.append(f"{name} is at most {high}")
    return told


def _name(part: Part, place: Place) -> Name:
    cell, head = part.cell(place), part.heads[place[1]]
    return (head.unit, cell.key) if cell.key else (part.key, place)


def _seen(part: Part, left: Part) -> Iterable[str]:
    """What stands openly although its count is hidden."""
    gone = [p for p in left.places() if left.cell(p).is_hidden and part.heads[p[1]].form == "count"]
    hidden = {_name(part, p) for p in gone}
    by_line = {m for m in range(len(part.heads)) if len({line.cells[m].of for line in part.lines}) > 1}
    totals = {p[0]: part.cell(p).value for p in gone if part.heads[p[1]].note == "total"}
    for place in left.places():
        cell = left.cell(place)
        if cell.of is not None and cell.of == totals.get(place[0]) and place[1] in by_line:
            yield f"{part.key} {place} is out of a hidden total"
        if cell.is_hidden:
            if (cell.value, cell.low, cell.high, cell.key) != (None, None, None, ()):
                yield f"{part.key} {place} is not empty"
        elif part.heads[place[1]].form == "count" and _name(part, place) in hidden:
            yield f"{part.key} {place} stands elsewhere"
        elif part.heads[place[1]].form == "share" and left.cell((place[0], place[1] - 1)).is_hidden:
            yield f"{part.key} {place} is the share of a hidden count"


def _rows(part: Part, names: dict[Place, Name]) -> Iterable[Row]:
    width = len(part.heads)
    for sum_ in part.sums:
        places = [(n, m % width) for n, m in sum_.parts]
        whole = None if sum_.whole is None else (sum_.whole[0], sum_.whole[1] % width)
        if any(not isinstance(part.cell(p).value, int) for p in (*places, *((whole,) if whole else ()))):
            continue
        terms: dict[Name, int] = {}
        rest = 0 if whole else -(sum_.total or 0)
        for place, sign in [*((p, 1) for p in places), *(((whole, -1),) if whole else ())]:
            if place in names:
                terms[names[place]] = terms.get(names[place], 0) + sign
            else:
                rest += sign * int(part.cell(place).value)  # type: ignore[arg-type]
        if sum_.is_exact or sum_.is_cover:
            yield terms, -rest, -rest if sum_.is_exact else np.inf
        if not sum_.is_exact:
            for place in places:
                yield from _at_most(part, place, whole, sum_.total, names)


def _at_most(
    part: Part, place: Place, whole: Place | None, total: int | None, names: dict[Place, Name]
) -> Iterable[Row]:
    most = total or 0 if whole is None else int(part.cell(whole).value)  # type: ignore[arg-type]
    if place in names and whole in names:
        yield {names[place]: 1, names[whole]: -1}, -np.inf, 0
    elif place in names:
        yield {names[place]: 1}, -np.inf, most
    elif whole in names:
        yield {names[whole]: 1}, int(part.cell(place).value), np.inf  # type: ignore[arg-type]


def _apart(truth: dict[Name, int], rows: list[Row]) -> Iterable[tuple[list[Name], list[Row]]]:
    """The hidden numbers in groups that no row joins."""
    group = {name: name for name in truth}

    def top(name: Name) -> Name:
        while group[name] != name:
            name = group[name]
        return name

    for terms, _low, _high in rows:
        for name in terms:
            group[top(name)] = top(next(iter(terms)))
    together: dict[Name, list[Name]] = {}
    for name in truth:
        together.setdefault(top(name), []).append(name)
    for names in together.values():
        members = set(names)
        yield names, [row for row in rows if row[0].keys() & members]


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
