"""How long the window's event loop went without a turn."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

EVERY = 4  # milliseconds


class Gaps(QObject):
    """Records the longest time between two turns of the event loop, in milliseconds, without what other programs on the machine
    took of it.

    The time of a gap is counted whether the window's thread worked, slept, or waited for a lock, a file or another process. Only the
    time is left out in which a thread of this process was ready to run while the machine ran something else: Linux
    tells it for each thread. Elsewhere the time that this process worked is counted, which leaves out waiting.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest, self.turns = 0.0, 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._turn)

    def __enter__(self) -> Gaps:
        assert threading.current_thread() is threading.main_thread()
        self.longest, self.turns = 0.0, 0
        self._last = _moment()
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._turn()
        self._timer.stop()

    def _turn(self) -> None:
        now = _moment()
        self.longest = max(self.longest, 1000 * _lasted(self._last, now))
        self.turns += 1
        self._last = _moment()


Moment = tuple[float, float, dict[str, float]]  # the clock, what the window's thread worked, what each had to wait


def _moment() -> Moment:
    return time.monotonic(), time.thread_time() if _TOLD else time.process_time(), _kept_waiting()


def _lasted(before: Moment, now: Moment) -> float:
    worked = now[1] - before[1]
    if not _TOLD:
        return worked
    others = sum(waited - before[2].get(thread, waited) for thread, waited in now[2].items())
    return max(worked, now[0] - before[0] - others)


_TASKS = Path("/proc/self/task")
_TOLD = sys.platform == "linux" and (_TASKS / str(os.getpid()) / "schedstat").exists()


def _kept_waiting() -> dict[str, float]:
    """How long each thread has been ready to run and was not run, in seconds."""
    waited = {}
    for thread in _TASKS.iterdir() if _TOLD else ():
        try:
            waited[thread.name] = int((thread / "schedstat").read_bytes().split()[1]) / 1e9
        except (OSError, IndexError):  # it has just ended
            continue
    return waited
