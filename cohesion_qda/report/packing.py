"""Boxes packed around the middle of a canvas, the first nearest to it; the same boxes always lie in the same places.

Which cells are taken is kept in the occupancy map of `wordcloud`. Its own way of placing words is not used, because it makes a word
that finds no place smaller, and all after it too: then sizes no longer say how often a word was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Cells = npt.NDArray[np.floating[Any]]

_CELLS = 45_000  # that a canvas is cut into at most: more place words closer, and take longer
Size = tuple[float, float]
Place = tuple[float, float]


class Canvas:
    """A canvas of `width` by `height`, to pack boxes into again and again."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._cell = max(1.5, (width * height / _CELLS) ** 0.5)
        self._rows, self._columns = int(height / self._cell), int(width / self._cell)

    def packed(self, sizes: Sequence[Size]) -> list[Place]:
        """The left upper corners of the boxes, in their order, none over another and all on the canvas: as many as fit before the
        first that does not.
        """
        import numpy as np
        from wordcloud.wordcloud import IntegralOccupancyMap

        taken = np.zeros((self._rows, self._columns), dtype=np.uint32)
        occupied: Any = IntegralOccupancyMap(self._rows, self._columns, None)
        found: list[Place] = []
        for width, height in sizes:
            rows, columns = self._in_cells(height), self._in_cells(width)
            at = self._nearest(occupied.integral, rows, columns)
            if at is None:
                break
            row, column = at
            taken[row : row + rows, column : column + columns] = 1
            occupied.update(taken, row, column)
            found.append((column * self._cell, row * self._cell))
        return found

    def _in_cells(self, length: float) -> int:
        return max(1, -int(-length // self._cell))

    def _nearest(self, integral: Any, rows: int, columns: int) -> tuple[int, int] | None:
        """The free place for so many cells that lies nearest to the middle; of equals the highest, then the leftmost."""
        import numpy as np

        if rows > self._rows or columns > self._columns:
            return None
        sums = np.zeros((self._rows + 1, self._columns + 1), dtype=np.int64)
        sums[1:, 1:] = integral
        held = sums[rows:, columns:] - sums[:-rows, columns:] - sums[rows:, :-columns] + sums[:-rows, :-columns]
        down = _from_middle(np.arange(held.shape[0]) + rows / 2, self._rows)
        across = _from_middle(np.arange(held.shape[1]) + columns / 2, self._columns)
        far = np.where(held == 0, down[:, None] + across, np.inf)
        best = divmod(int(far.argmin()), held.shape[1])
        return None if np.isinf(far[best]) else best


def _from_middle(at: Cells, length: int) -> Cells:
    """How far places lie from the middle of a length, squared; rounded, so that both sides of it are equally far on every machine."""
    import numpy as np

    found: Cells = np.round(((at - length / 2) / length) ** 2, 9)
    return found
