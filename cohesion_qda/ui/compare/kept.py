"""Answers under a name: keeping, renaming and deleting them, each as an act that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.asked import Asked, SavedAnswer
from cohesion_qda.model.ids import AnswerId
from cohesion_qda.ui import choose
from cohesion_qda.ui.runner import Runner

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change


class Kept(QObject):
    """`told` is called with each change that was made."""

    def __init__(self, runner: Runner, told: Callable[[Change], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._told, self._parent = runner, told, parent
        self.name = ""  # of the one that was opened or kept last: offered again

    def current(self, saved: Sequence[SavedAnswer], asked: Asked) -> AnswerId | None:
        """Which kept answer is what is asked: of several that ask the same, the one that was opened last."""
        same = [kept for kept in saved if kept.asked == asked]
        return next((kept.id for kept in same if kept.name == self.name), same[0].id if same else None)

    def save(self, asked: Asked) -> None:
        """Keep what is asked under a name that the person types; the name of another takes its place."""
        name = choose.line(self._parent, _("Save the answer"), _("Name of the answer"), self.name)
        if name:
            self.name = name
            self._runner.do(lambda project: project.answers.save(name, asked), self._told)

    def rename(self, saved: SavedAnswer) -> None:
        """Call a kept answer otherwise."""
        name = choose.line(self._parent, _("Rename the answer"), _("Name of the answer"), saved.name)
        if name and name != saved.name:
            self.name = name
            self._runner.do(lambda project: project.answers.rename(saved.id, name), self._told)

    def delete(self, saved: SavedAnswer) -> None:
        """Take a kept answer away; nothing that it counts is touched."""
        if self.name == saved.name:
            self.name = ""
        self._runner.do(lambda project: project.answers.delete(saved.id), self._told)
