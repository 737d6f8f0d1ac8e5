"""The File menu: projects, transcripts, sheets and codebooks, from files and into files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui import choose

if TYPE_CHECKING:
    from cohesion_qda.ui.sources.flow import ImportFlow
    from cohesion_qda.ui.window import Window


class FileCommands(QObject):
    """The verbs on files. Each public method without arguments is an action of the table in `actions`."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._runner = window.runner
        self._settings = window.settings
        self.flow: ImportFlow | None = None  # once something was imported
        self.recent_menu = QMenu(window)
        self.recent_menu.aboutToShow.connect(self._fill_recent)

    def new_project(self, for_paths: Sequence[Path] = ()) -> None:
        """Ask for a new project; when it is made, import `for_paths` into it."""
        from cohesion_qda.ui.start.new_project import NewProjectDialog

        dialog = NewProjectDialog(parent=self._window, coder=self._settings["coder"], for_paths=for_paths)

        def make() -> None:
            self._runner.coder = dialog.coder
            self._settings.update({"coder": dialog.coder})
            paths, book = list(for_paths), dialog.codebook

            def then(_info: object) -> None:
                if isinstance(book, Path):
                    self._look_over_codebook(book)
                self.import_paths(paths)

            started = "empty" if isinstance(book, Path) else book
            self._runner.create(dialog.path, codebook=started, title=dialog.title, frame=dialog.frame, then=then)

        dialog.accepted.connect(make)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_project(self) -> None:
        found = choose.project_file(self._window, self._folder())
        if found is not None:
            self._window.open_path(found)

    def practice_here(self) -> None:
        """The practice project in the documents folder; opened if it is there already."""
        from cohesion_qda.ui.start.new_project import documents_folder

        self.practice_in(documents_folder())

    def practice(self) -> None:
        folder = choose.folder(self._window, _("A folder for the practice project"), self._folder())
        if folder is not None:
            self.practice_in(folder)

    def practice_in(self, folder: Path) -> None:
        """Build the sample study in `folder`, or open the one that is there."""
        path = folder / _("Practice study.cqda")
        if path.exists():
            self._window.open_path(path)
            return

        def build(job) -> Path:
            from cohesion_qda.project import sample

            sample.build(path, job).close()
            return path

        self._runner.work(_("Making the practice project"), build, self._practice_made, for_any_project=True)

    def _practice_made(self, path: Path) -> None:
        self._runner.open(
            path, lambda _info: self._window.say(_("The practice project lies in {folder}").format(folder=path.parent))
        )

    def import_files(self) -> None:
        from cohesion_qda.formats.kinds import READABLE

        endings = " ".join(f"*{ending}" for ending in READABLE)
        kinds = _("Transcripts and documents ({endings});;All files (*)").format(endings=endings)
        self.import_paths(choose.open_files(self._window, _("Import transcripts"), kinds, self._folder()))

    def import_folder(self) -> None:
        folder = choose.folder(self._window, _("A folder of transcripts"), self._folder())
        if folder is not None:
            self.import_paths([folder])

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Read files and folders, and show what was found."""
        if paths:
            self.importing().start(paths)

    def import_sheet(self) -> None:
        found = choose.open_file(
            self._window, _("An attributes sheet"), _("Sheets (*.csv *.xlsx *.ods)"), self._folder()
        )
        if found is not None:
            self.importing().add_sheet(found)

    def import_codebook(self) -> None:
        kinds = _("Codebooks (*.qdc *.xlsx *.csv *.json);;All files (*)")
        found = choose.open_file(self._window, _("Import a codebook"), kinds, self._folder())
        if found is not None:
            self._look_over_codebook(found)

    def take_frame(self) -> None:
        """Choose a study frame, and take it up in one act."""
        from cohesion_qda.ui.start.frames import take_frame

        take_frame(self._runner, self._window, self._window.say)

    def _look_over_codebook(self, path: Path) -> None:
        from cohesion_qda.ui.codebook.import_dialog import import_codebook

        import_codebook(self._runner, path, self._window, self._window.say)

    def export_codebook(self) -> None:
        kinds = _(
            "Codebook (*.xlsx);;Codebook (*.csv);;REFI-QDA codebook for other programs (*.qdc);;Codebook (*.json)"
        )
        target = choose.save_file(self._window, _("Export the codebook"), kinds, self._folder() / _("Codebook.xlsx"))
        if target is not None:
            self._runner.do(lambda p: p.codebook.export(target), lambda _done: self._wrote(target))

    def set_title(self) -> None:
        info = self._runner.info
        title = choose.line(self._window, _("The project’s title"), _("Title"), info.title if info else "")
        if title is not None:
            self._runner.do(lambda p: p.set_title(title))

    def save(self) -> None:
        self._window.say(_("Everything is saved already, as you work"))

    def save_copy(self) -> None:
        info = self._runner.info
        suggestion = info.path.with_name(_("{name} (copy).cqda").format(name=info.path.stem))
        target = choose.save_file(self._window, _("Save a copy"), _("Cohesion QDA projects (*.cqda)"), suggestion)
        if target is not None:
            self._runner.do(lambda p: p.save_copy(target), lambda _done: self._wrote(target), title=_("Saving a copy"))

    def check(self) -> None:
        self._runner.ask(lambda p: p.check(), self._checked, title=_("Checking the project file"))

    def _checked(self, findings: list[str]) -> None:
        if findings:
            n = len(findings)
            found = ngettext("The check found {n} thing.", "The check found {n} things.", n).format(n=n)
            self._window.notice(found, " ".join(findings[:6]))
        else:
            self._window.notice(_("The project file is whole."), _("Nothing is missing or damaged."), "success")

    def _wrote(self, target: Path) -> None:
        self._window.say(_("Written: {name}").format(name=target.name))

    def _folder(self) -> Path:
        from cohesion_qda.ui.start.new_project import documents_folder

        return self._runner.info.path.parent if self._runner.info is not None else documents_folder()

    def importing(self) -> ImportFlow:
        """Files and folders on their way into the project."""
        if self.flow is None:
            from cohesion_qda.ui.sources.flow import ImportFlow

            self.flow = ImportFlow(self._runner, self._window)
            self.flow.said.connect(self._window.say)
            self.flow.noticed.connect(self._window.notice)
        return self.flow

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for place in self._settings["recent"]:
            path = Path(place)
            action = self.recent_menu.addAction(f"{path.stem}   {path.parent}".replace("&", "&&"))
            action.triggered.connect(lambda _on=False, to=path: self._window.open_path(to))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(_("None yet")).setEnabled(False)
