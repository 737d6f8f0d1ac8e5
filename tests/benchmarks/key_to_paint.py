"""From the key that applies a code to the passage painted, through the real window and threads, durable commit included."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TIMES = 40


def main() -> None:
    """Code forty passages of the sample study with a digit, and print how long each took to be seen."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from cohesion_qda.base.settings import Settings
    from cohesion_qda.model.text import Span
    from cohesion_qda.project import sample
    from cohesion_qda.ui.window import Window

    with tempfile.TemporaryDirectory() as home:
        os.environ["COHESION_QDA_CONFIG"] = home
        study = Path(home) / "study.cqda"
        sample.build(study).close()
        app = QApplication.instance() or QApplication(["bench"])
        window = Window(Settings())
        window.resize(1440, 900)
        window.show()

        def until(done: object) -> None:
            loop, look = QEventLoop(), QTimer(interval=1)
            look.timeout.connect(lambda: loop.quit() if done() else None)  # type: ignore[operator]
            look.start()
            loop.exec()

        window.open_path(study)
        until(lambda: window.has_project and not window.runner.is_busy)
        room = window.workspace.page_named("read")
        until(lambda: room.view.reading is not None and len(room.view.layers) > 0 and not window.runner.is_busy)

        class Painted(QObject):
            """Notes when the transcript is painted with one more coding than before."""

            before, at = 10**9, 0.0

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint and len(room.view.layers) > self.before and not self.at:
                    QTimer.singleShot(0, self.note)
                return False

            def note(self) -> None:
                self.at = self.at or time.perf_counter()

        watch = Painted()
        room.view.viewport().installEventFilter(watch)
        took = []
        for n in range(TIMES):
            room.view.select(Span(400 + n * 23, 415 + n * 23))
            until(lambda: not window.runner.is_busy)
            watch.before, watch.at = len(room.view.layers), 0.0
            start = time.perf_counter()
            QTest.keyClicks(room.view, "1")
            until(lambda: watch.at)
            took.append(watch.at - start)
            until(lambda: not window.runner.is_busy)
        window.close()
        window.runner.shutdown()
        app.quit()
    print(
        f"from key to painted, commit included: median {statistics.median(took) * 1000:.0f} ms, "
        f"longest {max(took) * 1000:.0f} ms (bar 60)"
    )


if __name__ == "__main__":
    main()
