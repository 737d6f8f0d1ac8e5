"""Retrieval of 20,000 passages: from asking to the first page painted, offscreen, beside a plain SELECT of as many rows.

    python3 run.py bench retrieving

The study is 100 focus groups of 200 turns with 50 codes. Each figure is the median of several: the study read anew, as when
a project was opened; another order of the same; and a coding made, until the list shows what fits now. Exits with 1 when
the first is beyond the bar.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import Query, Term
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.project.kept import KeptStudy
from cohesion_qda.ui.retrieve.page import RetrievePage
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from tests.benchmarks.study import counted_study

BAR = 100  # milliseconds
AGAIN = 9


def main() -> int:
    """Print every figure; 1 when the first page takes longer than the bar."""
    QApplication.setStyle("Fusion")
    app = QApplication.instance() or QApplication(["bench"])
    current_theme().load_fonts()
    current_theme().dress()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        path = Path(name) / "count.cqda"
        with counted_study(path, random.Random(5)) as project:
            codes = [code.id for code in project.codebook.tree()]
            floor = timed(lambda: plain_rows(project))
        slowest = measured(path, codes, floor)
    del app
    return int(slowest > BAR)


def measured(path: Path, codes: list[CodeId], floor: float) -> float:
    """Ask the real page on the real threads; gives the slowest cold figure."""
    runner = Runner()
    page = RetrievePage(runner)
    page.resize(1208, 836)
    page.show()
    runner.changed.connect(page.on_change)
    runner.open(path)
    until(lambda: runner.info is not None and not runner.is_busy)
    runner.ask(
        lambda project: project.codebook.counts(), lambda _counts: None
    )  # the codebook's, as in the reading room
    queries = {
        "everything coded": Query(),
        "one code of 50": Query((Term(codes[0]),)),
        "25 codes, or": Query(tuple(Term(code) for code in codes[:25])),
        "overlapping": Query((Term(codes[0]), Term(codes[1], joiner="overlapping"))),
        "near, not": Query((Term(codes[0]), Term(codes[1], joiner="near", turns=2), Term(codes[2], joiner="not"))),
    }
    slowest, places = 0.0, count(1, 7)
    for name, query in queries.items():
        cold, warm, cpu, coded = [], [], [], []
        for _again in range(AGAIN):
            runner.ask(lambda project: forget(project), lambda _none: None)
            until(lambda: not runner.is_busy)
            used = time.process_time()
            cold.append(shown(page, lambda query=query: page.ask_for(query)))
            cpu.append((time.process_time() - used) * 1000)
            order = "speaker" if page.wish.order == "source" else "source"
            warm.append(shown(page, lambda order=order: page.set_order(order)))
            coded.append(shown(page, lambda: runner.do(some_coding(places, codes))))
        assert page.found is not None
        slowest = max(slowest, statistics.median(cold))
        print(
            f"{name}: {page.found.page.total:,} passages; first page painted in {statistics.median(cold):.0f} ms (bar {BAR}; "
            f"{statistics.median(cpu):.0f} CPU ms), other order {statistics.median(warm):.0f} ms, after a coding "
            f"{statistics.median(coded):.0f} ms; a plain SELECT of 60 rows {floor:.1f} ms"
        )
    page.close()
    runner.shutdown()
    return slowest


def forget(project: Project) -> None:
    """Let the next question read the study anew."""
    project._session.study = KeptStudy(project._session.db)


def some_coding(places: Iterator[int], codes: list[CodeId]) -> Callable[[Project], Change]:
    """An act that codes a few words nobody has coded so."""
    start = next(places)
    return lambda p: p.codings.apply(p.sources.list()[0].id, Span(start, start + 30), codes[:1])


def shown(page: RetrievePage, act: Callable[[], object]) -> float:
    """Milliseconds from `act` until the first page of its answer is painted; the rest of what was asked is then waited for."""
    watch = Painted(page)
    begun = time.perf_counter()
    act()
    until(lambda: watch.at > 0)
    until(lambda: not page.runner.is_busy)
    page.list.viewport().removeEventFilter(watch)
    return (watch.at - begun) * 1000


class Painted(QObject):
    """Notes when the list was painted with the answer to what is asked now; 0 until then."""

    def __init__(self, page: RetrievePage) -> None:
        super().__init__()
        self._page, self._before, self.at = page, page.found, 0.0
        page.list.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._page.found is not self._before and not self.at:
            QTimer.singleShot(0, self._note)  # the paint itself comes after its filters
        return False

    def _note(self) -> None:
        self.at = self.at or time.perf_counter()


def until(done: Callable[[], bool]) -> None:
    """Let the program run until `done`."""
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def plain_rows(project: Project) -> None:
    """The words of 60 codings, read straight from the file."""
    project._session.db.execute(
        'SELECT c.id, substr(t.text, s."start" + 1, s."end" - s."start") FROM coding c JOIN segment s ON s.id = c.segment_id '
        "JOIN source o ON o.id = s.source_id JOIN content t ON t.id = o.content_id ORDER BY c.id LIMIT 60"
    ).fetchall()


def timed(act: Callable[[], object]) -> float:
    """Milliseconds, the median of several."""
    spans = []
    for _again in range(AGAIN):
        begun = time.perf_counter()
        act()
        spans.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spans)


if __name__ == "__main__":
    sys.exit(main())
