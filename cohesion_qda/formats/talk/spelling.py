"""How far two spellings are apart."""

from __future__ import annotations

_LONGEST = 60


def slips(a: str, b: str) -> int:
    """How many slips of the pen may part two words of such lengths."""
    shorter = min(len(a), len(b))
    if max(len(a), len(b)) > _LONGEST:
        return 0
    return 2 if shorter >= 8 else 1 if shorter >= 4 else 0


def within(a: str, b: str, most: int) -> bool:
    """Whether at most `most` letters added, dropped, changed or swapped with their neighbour make `a` into `b`."""
    if not most or abs(len(a) - len(b)) > most:
        return False
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        twice, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, twice[j - 2] + 1)
            row.append(cost)
    return row[-1] <= most
