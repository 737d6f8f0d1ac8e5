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


class Stage(Job):
    """A stretch of a longer job, from `first` to `last` hundredths of it; `what` it is, where its steps do not say. Stopping the longer one
    stops it.
    """

    def __init__(self, whole: Job, first: int, last: int, what: str = "") -> None:
        super().__init__()
        self._whole, self._first, self._span, self._what = whole, first, last - first, what

    @property
    def is_cancelled(self) -> bool:
        return self._whole.is_cancelled

    def cancel(self) -> None:
        """Ask the longer job to stop."""
        self._whole.cancel()

    def step(self, done: int, total: int, what: str = "") -> None:
        """Say that `done` of `total` of this stretch are finished. Raises Cancelled."""
        share = min(done / total, 1.0) if total else 0.0
        self._whole.step(self._first + round(self._span * share), 100, what or self._what)
