"""What is counted anew after coding: once for all windows of a runner, and when the hands have rested for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change
    from cohesion_qda.model.ids import SourceId
    from cohesion_qda.ui.runner import Runner

COUNTED = ("coding", "segment", "code", "turn", "speaker", "study_case", "source")


def counting(runner: Runner) -> Counting:
    """The one of a runner, which all its windows share."""
    found = runner.findChild(Counting)
    return found if found is not None else Counting(runner)


class Counting(QObject):
    """Hears every change. Numbers are asked for `runner.rest` milliseconds after the last one, so that the next key is
    answered first.
    """

    counted = Signal(
        object, object, object
    )  # what each code counts, the denominators, how many codings each branch holds
    progressed = Signal(object)  # how far some sources have been read (0 to 1), by their ids

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._runner = runner
        self._sources: set[SourceId] = set()  # coded in since they were asked for
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)
        runner.changed.connect(self._changed)
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)

    @property
    def is_waiting(self) -> bool:
        """Whether something will be counted when the hands have rested."""
        return self._timer.isActive()

    def ask(self) -> None:
        """Count the codes now."""
        self._runner.ask(
            lambda project: (*project.codebook.tally(), project.codebook.coded()),
            lambda answer: self.counted.emit(*answer),
            key=(self, "codes"),
        )

    def _changed(self, change: Change) -> None:
        if not change.touches(*COUNTED):
            return
        self._sources |= change.sources
        if self._runner.rest:
            self._timer.start(self._runner.rest)
        else:
            self._ask()

    def _ask(self) -> None:
        sources, self._sources = self._sources, set()
        if sources:
            self._runner.ask(lambda project: project.sources.progress(sources), self.progressed.emit)
        self.ask()

    def _forget(self, _info: object = None) -> None:
        """Another project: what was waiting is of the old one."""
        self._timer.stop()
        self._sources = set()
