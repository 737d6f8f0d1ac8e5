"""A study made by hand as the kinds of answers get it, and what holds of every answer."""

from __future__ import annotations

import numpy as np

from cohesion_qda.model.answer import Answer, Part
from cohesion_qda.model.study import StudyData
from cohesion_qda.report.answers.material import Material

IMPORTED = "2025-03-04T10:00:00+00:00"


def material(data: StudyData, imported=None, coded_at=None, weights=None) -> Material:
    """Every code point is a word. All was imported and coded on one day, unless it is said otherwise."""
    return Material(
        data, "A study", "2026-11-21T12:00:00+00:00", lambda source: "x" * _length(data, source),
        {
            "settled": lambda: frozenset(),
            "words": lambda: {fact.id: np.arange(fact.length) for fact in data.sources},
            "imported": lambda: imported or {fact.id: IMPORTED for fact in data.sources},
            "coded_at": lambda: {row[0]: IMPORTED for row in data.codings} if coded_at is None else coded_at,
            "weights": lambda: weights or {},
        },
    )  # fmt: skip


def _length(data: StudyData, source: int) -> int:
    return next(fact.length for fact in data.sources if fact.id == source)


def table(part: Part) -> dict[str, list[object]]:
    """The values by the line's path (or its label)."""
    return {line.path or line.label: [cell.value for cell in line.cells] for line in part.lines}


def check_sums(part: Part) -> None:
    """Every relation that is said to hold does."""
    for one in part.sums:
        parts = [part.cell(place).of if one.is_of else part.cell(place).value for place in one.parts]
        if one.whole is None:
            whole = part.cell(one.parts[0]).of
        else:
            whole = part.cell(one.whole).of if one.is_of else part.cell(one.whole).value
        assert all(isinstance(value, int) for value in [*parts, whole])
        assert all(part <= whole for part in parts)
        assert {
            "exactly": sum(parts) == whole, "together": sum(parts) >= whole, "each": True, "apart": sum(parts) <= whole,
        }[one.holds]  # fmt: skip


def check(kind, made: Material, asked, answer: Answer, *, only: bool = True) -> None:
    """Keys are not used twice in a part, what can be opened has something behind it (and `only` that), sums hold, counts are of what they are of."""
    for part in answer.parts:
        cells = [part.cell(place) for place in part.places()]
        keys = [cell.key for cell in cells if cell.key]
        assert len(keys) == len(set(keys))
        assert all(len(line.cells) == len(part.heads) for line in part.lines)
        for line in part.lines:
            assert all(h.of in (None, cell.of) for h, cell in zip(part.heads, line.cells, strict=True))
        for cell in cells:
            if isinstance(cell.value, int) and cell.of is not None:
                assert 0 <= cell.value <= cell.of
            if cell.key and isinstance(cell.value, int | float) and not str(cell.key[1]).startswith("silent"):
                found = kind.behind(made, asked, part.key, cell.key)
                assert (found or not cell.value) and (cell.value or not (found and only)), cell
        check_sums(part)
