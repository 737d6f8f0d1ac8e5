"""Taking a word cloud away: onto the clipboard as it is shown, or into a file without the words of few people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QObject, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.cloud import Cloud, without_few
from cohesion_qda.ui import choose
from cohesion_qda.ui.runner import Runner

if TYPE_CHECKING:
    from cohesion_qda.base.jobs import Job
    from cohesion_qda.report.drawing import Drawing
    from cohesion_qda.report.wordclouds import Drawn

FEW = 5  # people: words that fewer said are left out of a file, unless somebody says otherwise


class CloudTaking(QObject):
    """`say` tells the person what was done."""

    def __init__(self, runner: Runner, say: Callable[[str, bool], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._say, self._parent = runner, say, parent
        self.is_hiding = True

    def copy(self, drawing: Drawing) -> None:
        """Put a drawing on the clipboard, as a picture and as a drawing that can be made larger."""

        def task(_job: Job) -> tuple[bytes, str]:
            return drawing.png(), drawing.svg()

        self._runner.work(_("Copying the picture"), task, self._copied)

    def _copied(self, made: tuple[bytes, str]) -> None:
        data = QMimeData()
        data.setImageData(QImage.fromData(made[0], "PNG"))
        data.setData("image/png", QByteArray(made[0]))
        data.setData("image/svg+xml", QByteArray(made[1].encode("utf-8")))
        QGuiApplication.clipboard().setMimeData(data)
        self._say(_("Copied the picture, with every word that is shown"), False)

    def menu(self, made: Cloud, is_bars: bool) -> QMenu:
        """What a cloud, or its bars, can be saved as, and whether words of few people are left out."""
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for ending, words in ((".svg", _("Scalable picture…")), (".png", _("Picture…")), (".pdf", _("PDF…"))):
            menu.addAction(words, lambda ending=ending: self._choose_file(made, is_bars, ending))
        menu.addSeparator()
        few = menu.addAction(
            _("Without words that fewer than {n} people said, for publication ({left} of {all} words stay)").format(
                n=FEW, left=len(without_few(made, FEW).words), all=len(made.words)
            )
        )
        few.setCheckable(True)
        few.setChecked(self.is_hiding)
        few.toggled.connect(self._hide_few)
        return menu

    def _hide_few(self, on: bool) -> None:
        self.is_hiding = on

    def _choose_file(self, made: Cloud, is_bars: bool, ending: str) -> None:
        folder = self._runner.info.path.parent if self._runner.info is not None else Path.home()
        name = _("Ranked words") if is_bars else _("Word cloud")
        path = choose.save_file(
            self._parent, _("Save the picture"), f"{ending[1:].upper()} (*{ending})", folder / f"{name}{ending}"
        )
        if path is not None:
            self.save(made, path if path.suffix else path.with_suffix(ending), is_bars)

    def save(self, made: Cloud, path: Path, is_bars: bool) -> None:
        """Write a cloud, or its bars, and note it in the trail."""
        made = without_few(made, FEW if self.is_hiding else 0)
        analyst = self._runner.analyst("quick")

        def task(job: Job) -> Drawn:
            from cohesion_qda.report import wordclouds

            args = (made, path, is_bars)
            return wordclouds.save(*args) if analyst is None else analyst.call(wordclouds.save, args, job)

        self._runner.work(_("Writing the picture"), task, lambda drawn: self._saved(path, drawn), pool="quick")

    def _saved(self, path: Path, drawn: Drawn) -> None:
        self._runner.do(lambda project: project.clouds.note(path))
        missing = (*drawn.left_out, *drawn.unwritable)
        if missing:
            said = _("Wrote {name}. There was no room for: {words}").format(name=path.name, words=", ".join(missing))
        else:
            said = _("Wrote {name}").format(name=path.name)
        self._say(said, False)
