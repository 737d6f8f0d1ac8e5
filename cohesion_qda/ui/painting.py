"""Painting that leaves the painter as it was, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QPainter


@contextmanager
def smoothly(painter: QPainter) -> Iterator[QPainter]:
    """Paint with smooth edges inside the block; its pen, clip and place are put back even when it fails."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.restore()
