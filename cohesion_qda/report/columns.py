"""How wide the columns of a printed table are."""

from __future__ import annotations

from cohesion_qda.report import blocks

_LETTER = 0.075  # inches that a letter takes, on the safe side


def widths(grid: blocks.Grid, total: float) -> list[float]:
    """The columns' widths in inches: as their longest lines ask for, within bounds, together at most `total`."""
    wanted = [_wanted(grid, k) for k in range(len(grid.head))]
    needed, liked = sum(least for least, _most in wanted), sum(max(pair) for pair in wanted)
    if liked * _LETTER <= total:
        return [max(pair) * _LETTER for pair in wanted]
    spare = max(0.0, total / _LETTER - needed) / max(1, liked - needed)
    found = [least + (max(least, most) - least) * spare for least, most in wanted]
    return [width * total / sum(found) for width in found]


def _wanted(grid: blocks.Grid, k: int) -> tuple[int, int]:
    """The letters that a column needs at least, and those it would like."""
    deepest = max(grid.indents, default=0) * 2 if k == 0 else 0
    longest = word = 1
    for row in (grid.head, *grid.rows):
        for line in row[k].split("\n"):
            longest = max(longest, len(line) + deepest)
            word = max(word, max(map(len, line.split()), default=1) + deepest)
    return min(word, 24) + 2, min(longest, 18 if k >= grid.numbers else 42) + 2
