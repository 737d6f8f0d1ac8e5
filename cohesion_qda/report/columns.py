"""How wide the columns of a printed table are."""

from __future__ import annotations

from cohesion_qda.report import blocks

_NAMES, _WORDS, _NUMBERS = 36, 90, 18  # letters of a row's name, of words and of numbers that may stand on a line
_WORD = 24  # letters of a word that is never broken
_LETTER, _WIDEST = 0.068, 0.078  # inches that a letter takes, and that one of a short word in bold may take
_AROUND = 0.16  # inches around the words of a cell


def widths(grid: blocks.Grid, total: float) -> list[float]:
    """The columns' widths in inches: as their longest words and lines ask for, within bounds, together at most `total`."""
    wanted = [_wanted(grid, k) for k in range(len(grid.head))]
    needed, liked = sum(least for least, _most in wanted), sum(most for _least, most in wanted)
    if liked <= total:
        return [most for _least, most in wanted]
    spare = max(0.0, total - needed) / max(0.01, liked - needed)
    found = [least + (most - least) * spare for least, most in wanted]
    return [width * total / sum(found) for width in found]


def _wanted(grid: blocks.Grid, k: int) -> tuple[float, float]:
    """The inches that a column needs at least, and those it would like."""
    longest = word = 1
    for n, row in enumerate((grid.head, *grid.rows)):
        indent = 2 * grid.indent(n - 1) if n and not k else 0
        for line in row[k].split("\n"):
            longest = max(longest, len(line) + indent)
            word = max(word, max(map(len, line.split()), default=1) + indent)
    most = _NUMBERS if k >= grid.numbers else _WORDS if k else _NAMES
    least = min(word, _WORD) * _WIDEST + _AROUND
    return least, max(least, min(longest, most) * _LETTER + _AROUND)
