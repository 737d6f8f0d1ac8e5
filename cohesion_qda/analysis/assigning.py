"""More units than can be looked at together: what was found among some is carried to all others, batch by batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.spaces import Floats, Space

MOST_TOGETHER = 60_000
DISCOVER = 20_000
BATCH = 20_000
ROUNDS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Assigner:
    """A logistic regression from a unit's own position to its group. A unit's answer hangs on that unit alone, so batches may
    be as large as memory allows and may be worked out anywhere.
    """

    space: Space
    weights: Floats
    offset: Floats

    @classmethod
    def learnt(cls, space: Space, group: Ints, placed: Bools) -> Assigner:
        """From the units of a space whose groups are known (0 and up, each with a unit): those `placed`."""
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=10.0, max_iter=ROUNDS).fit(space.plain[placed], group[placed])
        return cls(space, model.coef_, model.intercept_)

    def assign(self, counts: Any, vectors: Any) -> Ints:
        """The group of each row of counts of all terms, with its sentence vectors (None in the second tier)."""
        import numpy as np

        scores = self.space.place(counts, vectors) @ self.weights.T + self.offset
        if scores.shape[1] == 1:  # two groups have one line between them
            return (scores[:, 0] > 0).astype(np.int64)
        return np.asarray(scores.argmax(axis=1), dtype=np.int64)
