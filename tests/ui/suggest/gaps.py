"""How long the window's event loop went without a turn."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer


class Gaps(QObject):
    """Records the longest time between two turns of the event loop, in milliseconds of this process's CPU time.

    What other programs do on the machine while the tests run takes no time of this process, so it does not count. What counts is
    all that can keep the window from answering: its own thread's work, and the work of other threads that hold the interpreter.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest, self.turns = 0.0, 0
        self._timer = QTimer(self)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._turn)

    def __enter__(self) -> Gaps:
        self._last = time.process_time()
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._turn()
        self._timer.stop()

    def _turn(self) -> None:
        now = time.process_time()
        self.longest = max(self.longest, 1000 * (now - self._last))
        self.turns += 1
        self._last = now
