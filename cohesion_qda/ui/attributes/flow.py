"""The way of a sheet, from a file or the clipboard, into the project: read, match by name, look over, set."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.ui.attributes import blocks
from cohesion_qda.ui.attributes.blocks import Block
from cohesion_qda.ui.attributes.model import GridModel
from cohesion_qda.ui.attributes.pasted import sheet_of
from cohesion_qda.ui.runner import ProjectInfo, Runner

if TYPE_CHECKING:
    from cohesion_qda.ui.attributes.sheet_dialog import SheetDialog


class SheetFlow(QObject):
    """One sheet after the other; each is one undoable act."""

    said = Signal(str, bool)  # what came of it, whether it can be undone
    setting = Signal(list)  # the titles of the columns that are about to be set

    def __init__(self, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._runner = runner
        self._window = window
        self._path: Path | None = None  # the project that the dialog is about
        self.dialog: SheetDialog | None = None
        runner.opened.connect(self._leave)
        runner.closed.connect(self._leave)

    def read_file(self, path: Path) -> None:
        """Read a .csv, .xlsx or .ods file, and show what it would do."""
        self._runner.work(
            _("Reading the sheet"), lambda _job: _read(path), lambda sheet: self.show_sheet(sheet, path.name)
        )

    def read_clipboard(self, about: str, model: GridModel) -> None:
        """As `read_block`, with what is on the clipboard."""
        self.read_block(blocks.read(QGuiApplication.clipboard().text()), about, model)

    def read_block(self, block: Block, about: str, model: GridModel) -> None:
        """Match a copied table by its names, and show what it would do."""
        names = [row.name for row in model.table.rows]
        try:
            sheet = sheet_of(block, about, names, [field.title for field in model.fields])
        except UserError as error:
            self._runner.failed.emit(error)
            return
        self.show_sheet(sheet, _("the clipboard"))

    def show_sheet(self, sheet: AttributeSheet, name: str) -> None:
        """Look over what a sheet would do, then do it."""
        self._runner.ask(lambda p: p.sources.known(), partial(self._look_over, sheet, name), key=(self, "known"))

    def _look_over(self, sheet: AttributeSheet, name: str, known: object) -> None:
        from cohesion_qda.ui.attributes.sheet_dialog import SheetDialog

        info = self._runner.info
        self._path = info.path if info is not None else None
        self.dialog = SheetDialog(sheet, known, _("What {name} would set").format(name=name), self._window)
        self.dialog.accepted.connect(self._set)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _set(self) -> None:
        sheet, n = self.dialog.sheet, len(self.dialog.left_out)
        self.setting.emit(list(sheet.types))
        self._runner.do(
            lambda p: p.sources.add_sheet(sheet),
            partial(self._done, n),
            title=_("Setting the values"),
        )

    def _done(self, left_out: int, result) -> None:
        if result.change.is_empty:
            self.said.emit(_("Everything in the sheet was known already."), False)
            return
        said = f"{result.change.said}."
        if left_out:
            words = ngettext("{n} name was left out.", "{n} names were left out.", left_out)
            said = f"{said} {words.format(n=left_out)}"
        self.said.emit(said, True)

    def _leave(self, info: ProjectInfo | None = None) -> None:
        """Another project is open, or none: a sheet read for the last one is not set in it."""
        if self.dialog is not None and isValid(self.dialog) and (info is None or info.path != self._path):
            self.dialog.reject()


def _read(path: Path) -> AttributeSheet:
    from cohesion_qda.project.sources import Sources

    return Sources.read_sheet(path)
