"""Labels that stand clear of each other: rectangles that are taken, and the first place that is still free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Segment = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, in points from the top left."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Rect) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def crossed(self, line: Segment) -> bool:
        """Whether a straight line passes through."""
        (x1, y1), (x2, y2) = line
        right, bottom = self.x + self.width, self.y + self.height
        if (x1 <= self.x and x2 <= self.x) or (x1 >= right and x2 >= right):
            return False
        if (y1 <= self.y and y2 <= self.y) or (y1 >= bottom and y2 >= bottom):
            return False
        low, high = 0.0, 1.0
        for start, way, least, most in (
            (x1, x2 - x1, self.x, right), (y1, y2 - y1, self.y, bottom),
        ):  # fmt: skip
            if abs(way) < 1e-9:
                if not least < start < most:
                    return False
                continue
            ends = sorted(((least - start) / way, (most - start) / way))
            low, high = max(low, ends[0]), min(high, ends[1])
        return low < high

    def holds(self, other: Rect) -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


def around(x: float, y: float, width: float, height: float) -> Rect:
    """The rectangle about a middle."""
    return Rect(x - width / 2, y - height / 2, width, height)


class Taken:
    """What is taken on a board; nothing may leave the board."""

    def __init__(self, board: Rect) -> None:
        self.board = board
        self._taken: list[Rect] = []

    def take(self, rect: Rect) -> None:
        """Mark a rectangle as taken."""
        self._taken.append(rect)

    def clashes(self, rect: Rect) -> int:
        """How many it would meet; leaving the board counts as many."""
        return sum(rect.meets(other) for other in self._taken) + (0 if self.board.holds(rect) else 100)

    def is_free(self, rect: Rect) -> bool:
        """Whether it meets nothing and stays on the board."""
        return not self.clashes(rect)

    def best(self, candidates: Iterable[Rect], lines: Sequence[Segment] = ()) -> tuple[Rect, int]:
        """The first candidate with the fewest clashes (and of those, over the fewest lines), and how many it has; it is taken."""
        rects = list(candidates)
        clashes = [self.clashes(rect) for rect in rects]
        least = min(clashes)
        among = [rect for rect, n in zip(rects, clashes, strict=True) if n == least]
        chosen = among[0]
        if len(among) > 1 and lines and not least:
            crossings = [sum(rect.crossed(line) for line in lines) for rect in among]
            chosen = among[crossings.index(min(crossings))]
        self.take(chosen)
        return chosen, least
