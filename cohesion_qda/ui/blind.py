"""Hiding what others coded, so that two people code the same words without seeing each other's codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cohesion_qda.base.settings import Settings

if TYPE_CHECKING:
    from cohesion_qda.ui.runner import Runner


def blind(runner: Runner, settings: Settings) -> Blind:
    """The one of a runner, which all its windows share."""
    found = runner.findChild(Blind)
    return found if found is not None else Blind(runner, settings)


class Blind(QObject):
    """Keeps, for each project, whether this person wants others' codings hidden, and tells the runner (`is_blind`)."""

    changed = Signal()

    def __init__(self, runner: Runner, settings: Settings) -> None:
        super().__init__(runner)
        self._runner, self._settings = runner, settings
        runner.opened.connect(self._opened)
        self._opened()

    def _opened(self, _info: object = None) -> None:
        info = self._runner.info
        self._runner.is_blind = info is not None and str(info.path) in self._settings["hide_others_in"]
        self.changed.emit()

    def set(self, is_on: bool) -> None:
        """Hide others' codings in the project that is open, or show them again; everything shown is read anew."""
        from cohesion_qda.ui.runner import everything

        info = self._runner.info
        if info is None:
            return
        self._runner.leaving.emit()  # what is typed is written with the eyes it was typed with
        self._runner.is_blind = is_on
        others = [path for path in self._settings["hide_others_in"] if path != str(info.path)]
        self._settings["hide_others_in"] = [*others, str(info.path)] if is_on else others
        self._runner.changed.emit(everything("hide-others", frozenset()))
        self.changed.emit()
