"""The way of files into a project: read, look over, add."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from cohesion_qda.base.errors import LeftOut, UserError
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.ui.runner import ProjectInfo, Runner
from cohesion_qda.ui.sources.review import ReviewPage
from cohesion_qda.ui.sources.review_foot import read_sheet
from cohesion_qda.ui.sources.review_model import Review
from cohesion_qda.ui.sources.words import MOST_NAMES, some_names

if TYPE_CHECKING:
    from cohesion_qda.project import Project
    from cohesion_qda.project.asked import Sought, ToSeek
    from cohesion_qda.project.sources import ImportResult

SHEET_ENDINGS = (".xlsx", ".ods", ".csv")
SHEET_STEM = "attributes"


class Looked(NamedTuple):
    """What was read for one import, and the sheet that lay beside it."""

    review: Review
    sheet_path: Path | None = None
    sheet: AttributeSheet | UserError | None = None


class Order(NamedTuple):
    """What was decided on the page, to be added."""

    review: Review
    drafts: Sequence[SourceDraft]

    def add(self, project: Project, sought: Sought | None) -> ImportResult:
        """Add it; where the questions were found may be known."""
        review = self.review
        return project.sources.add(
            self.drafts, sheet=review.sheet, guide=review.guide, together=review.together(), sought=sought,
            only_new=review.sheet is not None and not review.sheet.is_reviewed,
        )  # fmt: skip


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
        self._orders: list[Order] = []  # for which questions are still sought
        self._now: list[Path] = []  # what is read, or looked over
        self._waiting: list[list[Path]] = []  # what was dropped meanwhile
        self._is_reading = False
        self._focus: QWidget | None = None  # what had it before reading
        runner.idle.connect(self._rest)
        runner.opened.connect(self._leave)
        runner.closed.connect(self._leave)

    def start(self, paths: Sequence[Path]) -> None:
        """Read `paths` (files or folders), then show what was found; while others are imported, after those."""
        if self._is_busy:
            self._wait(list(paths))
            return
        files, sheet = split_sheet(paths)
        if files:
            self._now, self._is_reading = list(paths), True
            self._focus = QApplication.focusWidget()
            task = partial(_read, files, sheet)
            self._runner.work(_("Reading transcripts"), task, self._review, stopped=self._cancelled)
        elif sheet is not None:
            self.add_sheet(sheet)

    @property
    def _is_open(self) -> bool:
        return self.dialog is not None and isValid(self.dialog) and self.dialog.isVisible()

    @property
    def _is_busy(self) -> bool:
        return self._is_reading or self._is_open or bool(self._orders)

    def _wait(self, paths: list[Path]) -> None:
        if paths == self._now or paths in self._waiting:
            self.said.emit(_("That is being imported already"), False)
            return
        self._waiting.append(paths)
        self.said.emit(_("It is read as soon as the import before it is finished"), False)

    def _rest(self) -> None:
        """Nothing is under way any more: read what was dropped meanwhile."""
        self._is_reading = False
        if self._waiting and not self._is_busy:
            self.start(self._waiting.pop(0))

    def _cancelled(self) -> None:
        self._is_reading = False
        self.said.emit(_("Reading was stopped; nothing was imported"), False)
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus()

    def add_sheet(self, path: Path) -> None:
        """Give sources that are there already the values of a sheet."""
        from cohesion_qda.ui.attributes.flow import SheetFlow

        flow = SheetFlow(self._runner, self._window)
        flow.said.connect(self.said)
        flow.read_file(path)

    def _review(self, looked: Looked) -> None:
        review = looked.review
        self._is_reading = False
        if not review.items and looked.sheet_path is not None:
            self.add_sheet(looked.sheet_path)
            return
        if not review.items:
            told = "\n".join(str(notice) for notice in review.left_out)
            self.noticed.emit(
                _("Nothing was found to import."), told or _("Choose transcripts, or a folder that holds some.")
            )
            return
        if len(review.errors) == len(review.items) <= MOST_NAMES:
            self.noticed.emit(_("Nothing could be imported."), "\n".join(str(item.error) for item in review.items))
            if looked.sheet_path is not None:
                self.add_sheet(looked.sheet_path)
            return
        self._show(review)
        if looked.sheet_path is not None and looked.sheet is not None:
            self.dialog.foot.take_sheet(looked.sheet_path, looked.sheet)

    def _show(self, review: Review) -> None:
        info = self._runner.info
        self._path = info.path if info is not None else None
        page = self.dialog = ReviewPage(self._runner, review, self._window)
        page.accepted.connect(partial(self._add, review))
        page.finished.connect(page.deleteLater)
        page.finished.connect(self._shut, Qt.ConnectionType.QueuedConnection)
        page.open()
        page.table.setFocus()
        self._window.installEventFilter(self)

    def _shut(self) -> None:
        if not self._is_open:
            self._window.removeEventFilter(self)
        if not self._runner.is_busy:
            self._rest()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window is not closed over what was said on the page without asking."""
        if event.type() == QEvent.Type.Close and watched is self._window and self._is_open:
            if self.dialog.review.is_touched:
                event.ignore()
                self.dialog.ask_to_leave(self._window.close)
                return True
            self.dialog.leave()
        return super().eventFilter(watched, event)

    def _leave(self, info: ProjectInfo | None = None) -> None:
        """Another project is open, or none: what was read for the last one is not added to it."""
        if info is None or info.path != self._path:
            self._waiting.clear()
        if self._is_open and (info is None or info.path != self._path):
            self.dialog.leave()
            self.noticed.emit(
                _("Nothing was imported, because the project was closed meanwhile."),
                _("Open the project again, and import the files once more."),
            )
        if self._orders and (info is None or info.path != self._path):
            self._orders.clear()
            self.noticed.emit(
                _("Nothing was imported, because another project was opened before all questions were found."),
                _("Open the project again, and import the files once more."),
            )

    def _add(self, review: Review) -> None:
        if not review.sources:
            self._add_rest(review)
            return
        order = Order(review, review.drafts())
        self._orders.append(order)
        self._runner.ask(lambda p: p.sections.to_seek(order.drafts, review.guide), partial(self._seek, order))

    def _add_rest(self, review: Review) -> None:
        """All files are here already: set what a person has looked at in the sheet, and the questions."""
        sheet, guide = review.sheet, review.guide
        if sheet is not None and sheet.is_reviewed:
            self._runner.do(lambda p: p.sources.add_sheet(sheet), self._was_set, title=_("Setting the values"))
        if guide:
            self._runner.do(lambda p: p.sources.add((), guide=guide), self._was_set)

    def _was_set(self, result: ImportResult) -> None:
        self.said.emit(result.change.said or _("Everything in the sheet was known already."), bool(result.change.said))

    def _seek(self, order: Order, wanted: ToSeek) -> None:
        """Find where the questions are asked, away from the project, so that it can be stopped."""
        if not wanted.questions:
            self._write(order, None)
            return
        self._runner.work(
            _("Finding where the questions are asked"), wanted.seek, partial(self._write, order),
            stopped=partial(self._stopped, order),
        )  # fmt: skip

    def _write(self, order: Order, sought: Sought | None) -> None:
        self._orders.remove(order)
        n = len(order.drafts)
        title = ngettext("Adding {n} source", "Adding {n} sources", n).format(n=n)
        self._runner.do(lambda project: order.add(project, sought), self._added, title=title)

    def _stopped(self, order: Order) -> None:
        """Nothing is imported; the page is there again with all that was said on it."""
        if order in self._orders:
            self._orders.remove(order)
            self._show(order.review)

    def _added(self, result) -> None:
        n = len(result.added)
        if n:
            self._tell_added(result.added)
        elif result.change.kind == "set-guide" and result.change.said:
            self.said.emit(result.change.said, True)
        if result.already:
            shown = [
                _("{file} is here already as {source}").format(file=file, source=source)
                for file, source in result.already
            ]
            self.noticed.emit(
                ngettext(
                    "{n} file was left out, because the project has its words already.",
                    "{n} files were left out, because the project has their words already.",
                    len(result.already),
                ).format(n=len(result.already)),
                some_names(shown) + ".",
            )
        elif result.unmatched:
            self._tell_unmatched(result.unmatched)

    def _tell_added(self, added) -> None:
        """How many came in, and how many of the guide's questions were found in them."""
        n = len(added)
        words = ngettext("Imported {n} source", "Imported {n} sources", n).format(n=n)
        if n == 1:
            words = _("Imported {name}").format(name=added[0].name)
        ids = [source.id for source in added]
        self._runner.ask(
            lambda project: project.sections.in_words(ids),
            lambda found: self.said.emit(f"{words}. {found}" if found else words, True),
        )

    def _tell_unmatched(self, names: Sequence[str]) -> None:
        self.noticed.emit(
            ngettext(
                "{n} name in the sheet belongs to nothing in the project.",
                "{n} names in the sheet belong to nothing in the project.",
                len(names),
            ).format(n=len(names)),
            _("Check how it is written, then import the sheet again: {names}").format(names=some_names(names)),
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
    job.step(1, 1, _("counting the words"))
    if sheet is None:
        left = {one.path for one in found if isinstance(one, LeftOut) and one.path.suffix.lower() in SHEET_ENDINGS}
        sheet = left.pop() if len(left) == 1 else None
    review = Review(files_of(found))
    return Looked(review, sheet, read_sheet(sheet) if sheet is not None else None)
