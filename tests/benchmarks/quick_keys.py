"""Quick keys in a large study, through the real window and threads: 20,000 codings in 100 sources, one window and two.

A key codes some words; 30 ms after it was answered (its coding is painted) another key codes others. At rest is when all
that follows from them is shown: the counts of the codebook and how far each source has been read.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TIMES = 12
PAUSE = 0.03  # seconds between an answer and the next key


def main() -> None:
    """Print the medians."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["COHESION_QDA_CONFIG"] = home
        study = Path(home) / "study.cqda"
        build(study)
        from PySide6.QtWidgets import QApplication

        from cohesion_qda.base.settings import Settings
        from cohesion_qda.ui.app import dress
        from cohesion_qda.ui.window import Window

        app = QApplication.instance() or QApplication(["bench"])
        dress(app)
        window = Window(Settings())
        window.resize(1440, 900)
        window.show()
        window.open_path(study)
        until(lambda: window.has_project and not window.runner.is_busy and window.workspace.navigator.state.sources)
        reads(window)
        say("one window ", measure(window, 0))
        other = window.open_another()
        until(lambda: not window.runner.is_busy and other.workspace.navigator.state.sources)
        reads(other)
        say("two windows", measure(window, 1))
        other.close()
        window.close()


def build(path: Path) -> None:
    """The study; two of its codes have keys."""
    from tests.benchmarks.study import counted_study

    with counted_study(path, random.Random(5)) as project:
        for key, code in zip("12", list(project.codebook.tree()), strict=False):
            project.codebook.edit(code.id, key=key)


def until(done: Callable[[], object]) -> None:
    """Let the window go on until `done`."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, look = QEventLoop(), QTimer(interval=1)
    look.timeout.connect(lambda: loop.quit() if done() else None)
    look.start()
    loop.exec()


def reads(window: Any) -> None:
    """The first source, in the room."""
    window.workspace.show_source(window.workspace.navigator.state.sources[0].id)
    room = window.workspace.page_named("read")
    until(lambda: room.view.reading is not None and len(room.view.layers) > 0 and is_at_rest(window))


def is_at_rest(window: Any) -> bool:
    """Whether nothing is under way or waits."""
    from cohesion_qda.ui.counting import counting

    return not window.runner.is_busy and not counting(window.runner).is_waiting


def measure(window: Any, nth: int) -> tuple[float, float, float]:
    """Milliseconds to the first key's coding, the second's, and from the first key to rest."""
    from cohesion_qda.model.text import Span

    view = window.workspace.page_named("read").view
    first, second, rest = [], [], []
    for n in range(TIMES):
        at = 3 + n * 40 + nth * 20
        start = time.perf_counter()
        first.append(pressed(view, "1", Span(at, at + 9)))
        resumed = time.perf_counter() + PAUSE
        until(lambda resumed=resumed: time.perf_counter() >= resumed)
        second.append(pressed(view, "2", Span(at + 9, at + 18)))
        until(lambda: is_at_rest(window))
        rest.append((time.perf_counter() - start) * 1000)
    return statistics.median(first), statistics.median(second), statistics.median(rest)


def pressed(view: Any, key: str, span: Any) -> float:
    """Milliseconds from a key to the coding of `span` painted."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtTest import QTest

    class Painted(QObject):
        at = 0.0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and len(view.layers) > before:
                self.at = self.at or time.perf_counter()
            return False

    view.select(span)
    before, watch = len(view.layers), Painted()
    view.viewport().installEventFilter(watch)
    start = time.perf_counter()
    QTest.keyClicks(view, key)
    until(lambda: watch.at)
    view.viewport().removeEventFilter(watch)
    return (watch.at - start) * 1000


def say(what: str, took: tuple[float, float, float]) -> None:
    """One line of figures."""
    first, second, rest = took
    print(
        f"20,000 codings, {what}: first key painted after {first:.0f} ms, a second one {PAUSE * 1000:.0f} ms later after "
        f"{second:.0f} ms, at rest after {rest:.0f} ms (150 of them waiting)"
    )


if __name__ == "__main__":
    main()
