"""The shapes that tell a code's question, as corners in a square of side 1; the circle has none."""

from __future__ import annotations

import math

Corner = tuple[float, float]


def _star() -> tuple[Corner, ...]:
    points = []
    for i in range(10):
        reach = 0.52 if i % 2 == 0 else 0.23
        angle = math.pi * (i / 5 - 0.5)
        points.append((0.5 + reach * math.cos(angle), 0.53 + reach * math.sin(angle)))
    return tuple(points)


def _pentagon() -> tuple[Corner, ...]:
    angles = [math.pi * (2 * i / 5 - 0.5) for i in range(5)]
    return tuple((0.5 + 0.5 * math.cos(a), 0.53 + 0.5 * math.sin(a)) for a in angles)


CORNERS: dict[str, tuple[Corner, ...]] = {
    "diamond": ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)),
    "triangle": ((0.5, 0.04), (1.0, 0.94), (0.0, 0.94)),
    "square": ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)),
    "star": _star(),
    "pentagon": _pentagon(),
}
