"""Taking what was suggested away as a table, without the numbers of few people unless somebody says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui import choose
from cohesion_qda.ui.widgets import QuietButton

if TYPE_CHECKING:
    from cohesion_qda.base.jobs import Job
    from cohesion_qda.model.answer import Answer
    from cohesion_qda.project import Project
    from cohesion_qda.ui.runner import Runner

    Making = Callable[[Project], Answer]

FEW = 5  # people: smaller numbers are hidden in a file


class TableTaking(QObject):
    """The button “Save as…” and its menu. `say` tells the person what was done."""

    def __init__(self, runner: Runner, say: Callable[[str, bool], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._say, self._parent = runner, say, parent
        self._making: Making | None = None
        self.is_hiding = True
        self.button = QuietButton(_("Save as…"), "export", self._open)
        self.offer(None)

    def offer(self, making: Making | None) -> None:
        """What can be taken away now: how the table is made; None where there is nothing."""
        self._making = making
        self.button.disable("" if making is not None else _("There is nothing to save yet"))

    def menu(self) -> QMenu:
        """What it can be saved as, and whether small numbers are hidden."""
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        kinds = ((".xlsx", _("Excel workbook…")), (".ods", _("OpenDocument spreadsheet…")), (".csv", _("CSV table…")))
        for ending, words in kinds:
            menu.addAction(words, lambda ending=ending: self._choose_file(ending))
        menu.addSeparator()
        few = menu.addAction(_("Hide numbers from 1 to {most}, for publication").format(most=FEW - 1))
        few.setCheckable(True)
        few.setChecked(self.is_hiding)
        few.toggled.connect(self._hide_few)
        return menu

    def _hide_few(self, on: bool) -> None:
        self.is_hiding = on

    def _open(self) -> None:
        if self._making is not None:
            self.menu().popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _choose_file(self, ending: str) -> None:
        if self._making is not None:
            self._runner.ask(self._making, lambda answer: self._ask_where(answer, ending), key=(self, "table"))

    def _ask_where(self, answer: Answer, ending: str) -> None:
        folder = self._runner.info.path.parent if self._runner.info is not None else Path.home()
        name = " ".join("".join(c if c.isalnum() or c in "-_'’," else " " for c in answer.title).split())[:80]
        kinds = f"{ending[1:].upper()} (*{ending})"
        path = choose.save_file(self._parent, _("Save the table"), kinds, folder / f"{name}{ending}")
        if path is not None:
            self.save(answer, path if path.suffix else path.with_suffix(ending))

    def save(self, answer: Answer, path: Path) -> None:
        """Write a table and note it in the trail."""
        hidden = FEW if self.is_hiding else 0

        def task(job: Job) -> Answer:
            from cohesion_qda.report import files

            return files.write(files.Export(answer, path, hidden), job)

        self._runner.work(_("Writing the table"), task, lambda written: self._saved(path, written))

    def _saved(self, path: Path, written: Answer) -> None:
        self._runner.do(lambda project: project.answers.note(path, written))
        self._say(_("Wrote {name}").format(name=path.name), False)
