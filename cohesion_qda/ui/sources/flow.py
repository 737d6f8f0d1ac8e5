"""The way of files into a project: read, look over, add."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.ui.runner import ProjectInfo, Runner
from cohesion_qda.ui.sources.review import Read, ReviewDialog

SHEET_NAMES = ("attributes.xlsx", "attributes.csv")
SHEET_ENDINGS = (".csv", ".xlsx")


class ImportFlow(QObject):
    """One import after the other; each is one undoable act."""

    said = Signal(str, bool)  # what came of it, whether it can be undone
    noticed = Signal(str, str)  # what could not be done, what to do: stays until it is closed

    def __init__(self, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._runner = runner
        self._window = window
        self.dialog: ReviewDialog | None = None
        self._path: Path | None = None  # the project that the dialog is about
        runner.opened.connect(self._leave)
        runner.closed.connect(self._leave)

    def start(self, paths: Sequence[Path]) -> None:
        """Read `paths` (files or folders), then show what was found."""
        files, sheet = split_sheet(paths)
        if files:
            self._runner.work(_("Reading transcripts"), partial(_read, files), partial(self._review, sheet))

    def add_sheet(self, path: Path) -> None:
        """Give sources that are there already the values of a sheet."""
        self._runner.work(_("Reading the sheet"), lambda _job: _read_sheet(path), self._add_sheet)

    def _review(self, sheet: Path | None, read: list[Read]) -> None:
        if not read:
            self.noticed.emit(
                _("Nothing was found to import."), _("Choose .txt or .docx files, or a folder that holds some.")
            )
            return
        info = self._runner.info
        self._path = info.path if info is not None else None
        self.dialog = ReviewDialog(read, sheet, self._window)
        self.dialog.accepted.connect(self._add)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _leave(self, info: ProjectInfo | None = None) -> None:
        """Another project is open, or none: what was read for the last one is not added to it."""
        if self.dialog is not None and isValid(self.dialog) and (info is None or info.path != self._path):
            self.dialog.reject()

    def _add(self) -> None:
        drafts, sheet = self.dialog.drafts, self.dialog.sheet
        n = len(drafts)
        title = ngettext("Adding {n} source", "Adding {n} sources", n).format(n=n)
        self._runner.do(lambda project: project.sources.add(drafts, sheet=sheet), self._added, title=title)

    def _add_sheet(self, sheet) -> None:
        self._runner.do(lambda project: project.sources.add_sheet(sheet), self._sheet_added)

    def _added(self, result) -> None:
        n = len(result.added)
        if n == 1:
            self.said.emit(_("Imported {name}").format(name=result.added[0].name), True)
        elif n:
            self.said.emit(ngettext("Imported {n} source", "Imported {n} sources", n).format(n=n), True)
        if result.already:
            twins = "; ".join(
                _("{file} is here already as {source}").format(file=file, source=source)
                for file, source in result.already
            )
            self.noticed.emit(
                ngettext(
                    "{n} file was left out, because the project has its words already.",
                    "{n} files were left out, because the project has their words already.",
                    len(result.already),
                ).format(n=len(result.already)),
                twins + ".",
            )
        elif result.unmatched:
            self._tell_unmatched(result.unmatched)

    def _sheet_added(self, result) -> None:
        self.said.emit(_("Attributes taken from the sheet"), not result.change.is_empty)
        if result.unmatched:
            self._tell_unmatched(result.unmatched)

    def _tell_unmatched(self, names: Sequence[str]) -> None:
        shown = "; ".join(names[:8]) + (" …" if len(names) > 8 else "")
        self.noticed.emit(
            ngettext(
                "{n} name in the sheet belongs to nothing in the project.",
                "{n} names in the sheet belong to nothing in the project.",
                len(names),
            ).format(n=len(names)),
            _("Check how it is written, then import the sheet again: {names}").format(names=shown),
        )


def split_sheet(paths: Sequence[Path]) -> tuple[list[Path], Path | None]:
    """The files to read, and the attributes sheet among them or in the only folder, if there is one."""
    sheets = [path for path in paths if path.name.casefold() in SHEET_NAMES]
    if len(paths) == 1 and paths[0].is_dir():
        sheets = [paths[0] / name for name in SHEET_NAMES if (paths[0] / name).is_file()]
    return [path for path in paths if path not in sheets], sheets[0] if sheets else None


def _read(paths: Sequence[Path], job: Job) -> list[Read]:
    from cohesion_qda.project.sources import Sources

    return Sources.read_files(paths, job)


def _read_sheet(path: Path):
    from cohesion_qda.project.sources import Sources

    return Sources.read_sheet(path)
