"""Keeping what is being typed: after a rest, and at once when the field, the page or the project is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from cohesion_qda.ui.runner import Runner

REST = 800  # milliseconds without a key before what was typed is kept


class Autosave(QObject):
    """`keep` is called for what was typed since it was called last. `is_late` says whether something waits."""

    def __init__(self, owner: QWidget, runner: Runner, keep: Callable[[], None]) -> None:
        super().__init__(owner)
        self._keep = keep
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(keep)
        owner.installEventFilter(self)
        runner.leaving.connect(self.flush)

    def watch(self, *fields: QWidget) -> None:
        """Keep at once when one of these is left."""
        for field in fields:
            field.installEventFilter(self)

    @property
    def is_late(self) -> bool:
        return self._timer.isActive()

    def touch(self) -> None:
        """Something was typed."""
        self._timer.start()

    def forget(self) -> None:
        """What was typed is not to be kept."""
        self._timer.stop()

    def flush(self) -> None:
        """Keep now what waits, if anything does."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.flush()
        return super().eventFilter(watched, event)
