"""Long work that can report where it is and be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

Report = Callable[[int, int, str], None]


class Cancelled(Exception):
    """The person stopped the job. Nothing is shown for it."""


class Job:
    """Passed down to long work, which calls `step` wherever stopping is safe."""

    def __init__(self, report: Report | None = None) -> None:
        self._report = report
        self._stop = threading.Event()
        self._last = 0.0

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    def step(self, done: int, total: int, what: str = "") -> None:
        """Say that `done` of `total` are finished. Reports at most ten times a second, and the last always.

        Raises `Cancelled` when the person has asked to stop.
        """
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if self._report is not None and (done >= total or now - self._last >= 0.1):
            self._last = now
            self._report(done, total, what)
