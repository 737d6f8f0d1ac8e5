"""Writing the report, off the window's thread, and saying where it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.ui.report.drafting import reading
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Banner, QuietButton

TOLD = 3  # sentences about what a reader should know before it is published


def default_folder(project: Path) -> Path:
    """Where the report of a project is written to until somebody chooses: beside it."""
    return project.with_name(_("{project} report").format(project=project.stem))


class Written(QFrame):
    """Where the report was written, what to think of before it is published, and the ways to it. Hidden until one was written."""

    say = Signal(str, bool)  # toast, whether it can be undone
    checked = Signal()  # what may identify somebody is to be looked through

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "paper")
        self._path: Path | None = None
        self.message = Banner("success", "", "")
        self.open_button = QuietButton(_("Open the report"), "open", self.open_report)
        self.check_button = QuietButton(_("Look through the details"), "search", lambda: self.checked.emit())
        self.folder_button = QuietButton(_("Show the folder"), "folder", self.show_folder)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        row.addWidget(self.message, 1)
        row.addWidget(self.check_button)
        row.addWidget(self.open_button)
        row.addWidget(self.folder_button)
        self.message.closed.connect(self.hide)
        self.hide()

    def tell(self, path: Path, warnings: tuple[str, ...]) -> None:
        """It was written to `path`."""
        self._path = path
        where = _("It is in {folder}.").format(folder=path.parent)
        self.message.show_message("success", _("The report is written."), "\n".join((where, *warnings[:TOLD])))
        self.check_button.setVisible(bool(warnings))
        self.message.show()
        self.show()

    def forget(self) -> None:
        """Nothing was written here."""
        self._path = None
        self.hide()

    def open_report(self) -> None:
        """Open the written report in the browser."""
        self._open(self._path)

    def show_folder(self) -> None:
        """Open the folder of the written report."""
        self._open(self._path.parent if self._path is not None else None)

    def _open(self, path: Path | None) -> None:
        if path is None or not path.exists():
            self.say.emit(_("It is not there any more. Write the report again."), False)
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.say.emit(_("This computer has no program to open it with. It is at {path}").format(path=path), False)


class Writer(QObject):
    """Writes one report at a time."""

    ended = Signal()  # written, stopped or failed
    written = Signal(object, object)  # the path of report.html, sentences to warn with

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: Job | None = None
        self.is_writing = False
        self.folder: Path | None = None
        runner.idle.connect(self._settle)

    def use_folder_of(self, project: Path) -> None:
        """Write beside the project, where no other folder was chosen."""
        if self.folder is None:
            self.folder = default_folder(project)

    def write(self) -> None:
        """Begin to write; `written` or not, `ended` is emitted."""
        if self.is_writing or self.folder is None:
            return
        self.is_writing, folder = True, self.folder
        warnings: list[tuple[str, ...]] = [()]

        def write_it(data: object) -> None:
            warnings[0] = getattr(data, "singled", ())

            def task(job: Job) -> Path:
                from cohesion_qda.report.document import write_report

                return write_report(data, folder, job)

            title = _("Writing the report")
            self._job = self._runner.work(title, task, lambda path: self._finished(path, warnings[0]))

        reading(self._runner, write_it, self._end)

    def forget(self) -> None:
        """Another project is open."""
        self.folder = None

    def _finished(self, path: Path, warnings: tuple[str, ...]) -> None:
        self._end()
        self.written.emit(path, warnings)

    def _settle(self) -> None:
        """All that was asked has been answered: what still seems to be written was cancelled or failed."""
        if self.is_writing:
            self._end()

    def _end(self) -> None:
        self.is_writing, self._job = False, None
        self.ended.emit()
