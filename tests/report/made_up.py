"""Made-up answers for tests of what is made from answers."""

from __future__ import annotations

from collections.abc import Sequence

from cohesion_qda.model.answer import Answer, Cell, Head, Line, Made, Part, Sum
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CodeId

MADE = Made(
    "Kirklees", "2026-11-21T20:28:25+00:00", "0.1.0", ("Participants are counted.",), ("place of sources: Dewsbury",),
    (("Diary", "nobody speaks in it"),),
)  # fmt: skip


def crosstab(
    counts: Sequence[Sequence[int]], bases: Sequence[int], *, unit: str = "participants", is_shared: bool = True,
    kind: str = "crosstab", people: Sequence[Sequence[int]] = (),
) -> Answer:  # fmt: skip
    """Codes by places: each count with its denominator (and its share of the column), the line's total last. `people` are those
    behind the counts.
    """
    n = len(bases)
    labels = [*(f"Place {chr(65 + m)}" for m in range(n)), "All"]
    heads, wholes = [], [*bases, sum(bases)]
    for label, base in zip(labels, wholes, strict=True):
        heads.append(Head(label, "count", "", base, unit))
        if is_shared:
            heads.append(Head(f"{label} (%)", "share", "", base, unit))
    step = 2 if is_shared else 1
    lines, sums = [], []
    for r, row in enumerate(counts):
        cells = []
        for m, (count, base) in enumerate(zip([*row, sum(row)], wholes, strict=True)):
            who = sum(people[r]) if people and m == n else people[r][m] if people else None
            cells.append(Cell(count, base, (r, m), people=who, base=("base", m)))
            if is_shared:
                cells.append(Cell(count / base if base else None, base, (r, m), base=("base", m)))
        lines.append(Line(f"Code {r}", tuple(cells), path=f"Question/Code {r}", code=CodeId(r + 1), key=(r,)))
        for is_of in (False, True):
            sums.append(Sum(tuple((r, m * step) for m in range(n)), (r, n * step), is_of=is_of))
    part = Part(
        "counts", "Codes by place", "Code", tuple(heads), tuple(lines), figures=("heat map",),
        headline="Code 0 was said by most", subtitle="Participants, Kirklees, 2026", notes=("Nobody was asked twice.",),
        sums=tuple(sums),
    )  # fmt: skip
    return Answer(
        Asked(kind, by=("place",), unit=unit), "Codes by place", (part,), ("The moderator is never counted.",), MADE
    )


def plain(
    heads: Sequence[Head], rows: Sequence[Sequence[object]], *, kind: str = "frequencies", **part: object
) -> Answer:
    """One part with a line for each row: its label, then a cell or a value for each head."""
    lines = tuple(
        Line(str(label), tuple(c if isinstance(c, Cell) else Cell(c) for c in cells), code=CodeId(n + 1))  # type: ignore[arg-type]
        for n, (label, *cells) in enumerate(rows)
    )
    made = Part("codes", "How widely", "Code", tuple(heads), lines, **part)  # type: ignore[arg-type]
    return Answer(Asked(kind), "How widely", (made,), (), MADE)
