"""The questions that an import is to look for: nothing is kept in the project before the import itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.sources.guide_dialog import GuideDialog
from cohesion_qda.ui.widgets import Banner


class AskedDialog(GuideDialog):
    """`asked` holds the questions after it was accepted. A file that cannot be read is told here."""

    def __init__(self, runner: Runner, questions: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(runner, questions, lambda _change: None, parent)
        self.find.hide()
        self.keep.setText(_("Look for these"))
        self.banner = Banner("caution")
        self.banner.hide()
        self.layout().insertWidget(1, self.banner)

    @property
    def asked(self) -> list[str]:
        """Each question once, without its number."""
        from cohesion_qda.formats.guide import plain

        return list(dict.fromkeys(question for line in self.questions if (question := plain(line))))

    def use_file(self, path: Path) -> None:
        """Put the questions of a file in place of what is there."""
        self._runner.work(_("Reading the guide"), partial(_read, path), self._take)

    def _take(self, found: list[str] | UserError) -> None:
        is_error = isinstance(found, UserError)
        self.banner.setVisible(is_error)
        if is_error:
            self.banner.show_message("caution", found.message, found.hint)
        else:
            self._show(found)

    def _set(self) -> None:
        """The import keeps them."""


def _read(path: Path, _job: Job) -> list[str] | UserError:
    from cohesion_qda.project.guide import Guide

    try:
        return Guide.read(path)
    except UserError as error:
        return error
