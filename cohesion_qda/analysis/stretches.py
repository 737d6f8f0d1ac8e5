"""Sets of stretches on one line, disjoint and in order, as two arrays of starts and ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import merge, ranges

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints


@dataclass(frozen=True, slots=True)
class Stretches:
    """`start` and `end`: each ends where the next begins, or before."""

    start: Ints
    end: Ints

    @classmethod
    def of(cls, start: Ints, end: Ints) -> Stretches:
        """Whatever lies in any of the stretches given, which may overlap; empty ones are left out."""
        import numpy as np

        real = end > start
        start, end = start[real], end[real]
        length = int(end.max()) if len(end) else 0
        return cls(*merge(np.zeros(len(start), dtype=np.int64), start, end, length)[1:])

    def shared_with(self, other: Stretches) -> Stretches:
        """What lies in both."""
        import numpy as np

        first = np.searchsorted(other.end, self.start, side="right")
        last = np.searchsorted(other.start, self.end, side="left")
        mine, theirs = ranges(first, np.maximum(first, last))
        return Stretches(
            np.maximum(self.start[mine], other.start[theirs]), np.minimum(self.end[mine], other.end[theirs])
        )

    def joined_with(self, other: Stretches) -> Stretches:
        """What lies in either."""
        import numpy as np

        return Stretches.of(np.concatenate([self.start, other.start]), np.concatenate([self.end, other.end]))

    def before(self, points: Ints) -> Ints:
        """How much of the line before each point (none below 0) lies in them."""
        import numpy as np

        sums = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(self.end - self.start)])
        at = np.searchsorted(self.start, points, side="right")
        ends = np.concatenate([np.zeros(1, dtype=np.int64), self.end])[at]
        found: Ints = sums[at] - np.maximum(0, ends - points)
        return found

    def within(self, start: Ints, end: Ints) -> Ints:
        """How much of each stretch given lies in them."""
        return self.before(end) - self.before(start)
