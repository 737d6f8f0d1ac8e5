"""The report as it would be written now, for looking at parts of it before all of it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.ui.runner import Runner

if TYPE_CHECKING:
    from cohesion_qda.project import Project
    from cohesion_qda.report.blocks import Block
    from cohesion_qda.report.data import ReportData


def _snapshot(project: Project) -> Any:
    return project.reports.snapshot()


def reading(
    runner: Runner,
    then: Callable[[Any], None],
    stopped: Callable[[], None],
    question: Callable[[Project], Any] = _snapshot,
) -> None:
    """Read all that the report says, or ask another `question` that needs it. Word clouds need the parse of every text: it is worked out, and
    kept, away from the project thread.
    """
    from cohesion_qda.analysis import worker
    from cohesion_qda.ui.suggest.assistant import assistant_of

    def read(_ready: object) -> None:
        runner.ask(question, then, title=_("Reading the project"))

    assistant_of(runner).ask(_("Reading what was said"), worker.ready, lambda _p: (), read, stopped=stopped)


class Drafting(QObject):
    """Holds what the report would say, until something changes that it is made of."""

    read = Signal()  # `data` is there
    ended = Signal()  # nothing is being read any more, whether it was read or not

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self.data: ReportData | None = None
        self.is_reading = False
        self._number = 0
        self._thens: list[Callable[[], object]] = []
        runner.idle.connect(self._settle)

    def ask(self, then: Callable[[], object] | None = None) -> None:
        """Read it, if it is not there and nobody reads it; `then` is called when it is there, unless it was stopped or something changed."""
        if self.data is not None:
            if then is not None:
                then()
            return
        self._thens = [*(self._thens if self.is_reading else []), *([then] if then is not None else [])]
        if self.is_reading:
            return
        self.is_reading = True
        self._number += 1
        number = self._number

        def arrived(data: ReportData) -> None:
            if number == self._number:
                self.data, thens, self._thens = data, self._thens, []
                self._end()
                self.read.emit()
                for each in thens:
                    each()

        reading(self._runner, arrived, self._stop)

    def forget(self) -> None:
        """Something changed: what was read is no longer so."""
        self.data = None
        self._number += 1
        self._stop()

    def blocks(self, key: str, then: Callable[[tuple[Block, ...]], None]) -> None:
        """The blocks of one part, its figures drawn, off the window's thread."""
        data = self.data
        if data is None:
            return

        def make(job: Job) -> tuple[Block, ...]:
            from cohesion_qda.report.contents import part_of

            return part_of(data, key, job)

        self._runner.work(_("Making the preview"), make, then)

    def _stop(self) -> None:
        self._thens = []
        self._settle()

    def _settle(self) -> None:
        """All that was asked has been answered: what still seems to be read was stopped or failed."""
        if self.is_reading:
            self._end()

    def _end(self) -> None:
        self.is_reading = False
        self.ended.emit()
