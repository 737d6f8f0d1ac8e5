"""Printing a worksheet as a document of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import NAMES, _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.ids import WorksheetId
from cohesion_qda.model.worksheet import Filled
from cohesion_qda.ui import choose
from cohesion_qda.ui.runner import Runner

if TYPE_CHECKING:
    from cohesion_qda.report.worksheets import Printed


class Printer(QObject):
    """Asks in which language the questions are to stand and which file to write, and writes it off the window's thread."""

    say = Signal(str, bool)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner

    def ask(self, found: Filled, folder: Path, parent: QWidget) -> None:
        """Where the sheet is in two languages, first which; then the file."""
        if not any(section.name.cy for section in found.form.sections):
            self.choose_file(found, folder, "", parent)
            return
        menu = self.languages(found, folder, parent)
        button = getattr(parent, "print_button", parent)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def languages(self, found: Filled, folder: Path, parent: QWidget) -> QMenu:
        """A line for each language, and for both side by side."""
        menu = QMenu(parent)
        words = {name: _("Headings in {language}").format(language=NAMES[name]) for name in ("en", "cy")}
        for headings, said in {**words, "both": _("Headings in both, side by side")}.items():
            menu.addAction(said).triggered.connect(
                lambda _on=False, wanted=headings: self.choose_file(found, folder, wanted, parent)
            )
        return menu

    def choose_file(self, found: Filled, folder: Path, headings: str, parent: QWidget) -> None:
        """Ask for the file, and write it."""
        kinds = _("Word document (*.docx);;Web page (*.html);;PDF (*.pdf)")
        name = "".join(c if c.isalnum() or c in " -_()" else "-" for c in found.worksheet.name)
        path = choose.save_file(parent, _("Print the worksheet"), kinds, folder / f"{name}.docx")
        if path is not None:
            self.write(found.worksheet.id, path, headings)

    def write(self, worksheet: WorksheetId, path: Path, headings: str) -> None:
        """Write it. What was said is parsed first, away from the project thread, since names in passages are looked for."""
        from cohesion_qda.analysis import worker
        from cohesion_qda.ui.suggest.assistant import assistant_of

        path = path if path.suffix else path.with_suffix(".docx")

        def render(printed: Printed) -> None:
            def make(job: Job) -> None:
                from cohesion_qda.report.printing import write_worksheet

                write_worksheet(printed, path, headings, job)

            self._runner.work(_("Printing the worksheet"), make, noted)

        def noted(_nothing: object) -> None:
            self._runner.do(
                lambda project: project.worksheets.note(worksheet, path),
                lambda change: self.say.emit(change.said, False),
            )

        def read(_ready: object) -> None:
            self._runner.ask(
                lambda project: project.worksheets.printed(worksheet), render, title=_("Reading the project")
            )

        assistant_of(self._runner).ask(_("Reading what was said"), worker.ready, lambda _p: (), read)
