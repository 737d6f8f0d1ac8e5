"""The way of files into a project: read, look over, add."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cohesion_qda.base.errors import LeftOut, UserError
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.source import AttributeSheet
from cohesion_qda.ui.runner import ProjectInfo, Runner
from cohesion_qda.ui.sources.review import ReviewPage
from cohesion_qda.ui.sources.review_foot import read_sheet
from cohesion_qda.ui.sources.review_model import Review

SHEET_ENDINGS = (".xlsx", ".ods", ".csv")
SHEET_STEM = "attributes"


class Looked(NamedTuple):
    """What was read for one import, and the sheet that lay beside it."""

    review: Review
    sheet_path: Path | None = None
    sheet: AttributeSheet | UserError | None = None


class ImportFlow(QObject):
    """One import after the other; each is one undoable act."""

    said = Signal(str, bool)  # what came of it, whether it can be undone
    noticed = Signal(str, str)  # what could not be done, what to do: stays until it is closed

    def __init__(self, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._runner = runner
        self._window = window
        self.dialog: ReviewPage | None = None
        self._path: Path | None = None  # the project that the dialog is about
        runner.opened.connect(self._leave)
        runner.closed.connect(self._leave)

    def start(self, paths: Sequence[Path]) -> None:
        """Read `paths` (files or folders), then show what was found."""
        files, sheet = split_sheet(paths)
        if files:
            self._runner.work(_("Reading transcripts"), partial(_read, files, sheet), self._review)
        elif sheet is not None:
            self.add_sheet(sheet)

    def add_sheet(self, path: Path) -> None:
        """Give sources that are there already the values of a sheet."""
        from cohesion_qda.ui.attributes.flow import SheetFlow

        flow = SheetFlow(self._runner, self._window)
        flow.said.connect(self.said)
        flow.read_file(path)

    def _review(self, looked: Looked) -> None:
        review = looked.review
        if not review.items and looked.sheet_path is not None:
            self.add_sheet(looked.sheet_path)
            return
        if not review.items:
            told = "\n".join(str(notice) for notice in review.left_out)
            self.noticed.emit(
                _("Nothing was found to import."), told or _("Choose transcripts, or a folder that holds some.")
            )
            return
        info = self._runner.info
        self._path = info.path if info is not None else None
        self.dialog = ReviewPage(self._runner, review, self._window)
        if looked.sheet_path is not None and looked.sheet is not None:
            self.dialog.foot.take_sheet(looked.sheet_path, looked.sheet)
        self.dialog.accepted.connect(self._add)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()
        self.dialog.table.setFocus()

    def _leave(self, info: ProjectInfo | None = None) -> None:
        """Another project is open, or none: what was read for the last one is not added to it."""
        if self.dialog is not None and isValid(self.dialog) and (info is None or info.path != self._path):
            self.dialog.leave()

    def _add(self) -> None:
        review = self.dialog.review
        drafts, sheet, guide, together = review.drafts(), review.sheet, review.guide, review.together()
        n = len(drafts)
        title = ngettext("Adding {n} source", "Adding {n} sources", n).format(n=n)
        self._runner.do(
            lambda project: project.sources.add(drafts, sheet=sheet, guide=guide, together=together),
            self._added,
            title=title,
        )

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
    sheets = [path for path in paths if _is_sheet(path)]
    if len(paths) == 1 and paths[0].is_dir():
        names = (paths[0] / f"{SHEET_STEM}{ending}" for ending in SHEET_ENDINGS)
        sheets = [path for path in names if path.is_file()]
    return [path for path in paths if path not in sheets], sheets[0] if sheets else None


def _is_sheet(path: Path) -> bool:
    return path.stem.casefold() == SHEET_STEM and path.suffix.casefold() in SHEET_ENDINGS


def _read(paths: Sequence[Path], sheet: Path | None, job: Job) -> Looked:
    """Read files and the sheet beside them: the one that was found by its name, or the only one that was left out of
    the transcripts because it is one.
    """
    from cohesion_qda.project.sources import Sources
    from cohesion_qda.ui.sources.review_item import files_of

    found = Sources.read_files(paths, job)
    if sheet is None:
        left = {one.path for one in found if isinstance(one, LeftOut) and one.path.suffix.lower() in SHEET_ENDINGS}
        sheet = left.pop() if len(left) == 1 else None
    review = Review(files_of(found))
    return Looked(review, sheet, read_sheet(sheet) if sheet is not None else None)
