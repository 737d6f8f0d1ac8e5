"""Reading files once more as a person says, off the window's thread, in readers that are kept warm meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cohesion_qda.base.errors import CannotReadSource, UserError
from cohesion_qda.base.i18n import ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.source import HowToRead
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.sources.review_item import FileRead, files_of

if TYPE_CHECKING:
    from cohesion_qda.formats.watch import Readers

Numbers = Mapping[Path, int]


class Rereading(QObject):
    """One file or several, read in other ways. `arrived` is emitted for each, with the number that was given for it."""

    arrived = Signal(object, int)  # FileRead, number

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._readers: Readers | None = None
        self._jobs: dict[Path | None, Job] = {}  # of one file, or the last of several

    def read(self, how: Mapping[Path, HowToRead], numbers: Numbers) -> None:
        """Read files again; what was asked before for one file alone, and has not come yet, is given up."""
        if not how:
            return
        if self._readers is None:
            from cohesion_qda.formats.watch import Readers

            self._readers = Readers()
        about = next(iter(how)) if len(how) == 1 else None
        if about in self._jobs:
            self._jobs[about].cancel()
        title = ngettext("Reading {n} file again", "Reading {n} files again", len(how)).format(n=len(how))
        task = partial(_read_again, self._readers, dict(how))
        self._jobs[about] = self._runner.work(title, task, partial(self._read, dict(numbers)))

    def stop(self) -> None:
        """Give up what was asked, and end the readers; they are started again when they are needed."""
        for job in self._jobs.values():
            job.cancel()
        self._jobs.clear()
        readers, self._readers = self._readers, None
        if readers is not None:
            readers.close()

    def _read(self, numbers: Numbers, found: list[FileRead]) -> None:
        for one in found:
            if one.path in numbers:
                self.arrived.emit(one, numbers[one.path])


def _read_again(readers: Readers, how: Mapping[Path, HowToRead], job: Job) -> list[FileRead]:
    from cohesion_qda.project.sources import Sources

    try:
        found = Sources.read_files(list(how), job, how, readers)
    except UserError as error:
        found = [CannotReadSource(path, error.message, error.hint) for path in how]
    return [one for one in files_of(found) if isinstance(one, FileRead)]
