"""Taking an answer away: onto the clipboard as a table or a picture, or into a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QMimeData, QObject, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.answer import Answer, Made, Part
from cohesion_qda.model.table import UNITS
from cohesion_qda.ui import choose
from cohesion_qda.ui.compare.wish import Wish, endings, filter_words, naming_words
from cohesion_qda.ui.runner import Runner

if TYPE_CHECKING:
    from cohesion_qda.project import Project
    from cohesion_qda.report.drawing import Drawing
    from cohesion_qda.report.files import Export
    from cohesion_qda.ui.compare.export import ExportDialog

FEWEST = 5  # below it, somebody may be recognised
ONE_TABLE = (".csv", ".sav", ".dta")  # files that hold one table: the part that is shown


class Taking(QObject):
    """`say` tells the person what was done."""

    def __init__(self, runner: Runner, say: Callable[[str, bool], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._say, self._parent = runner, say, parent
        self.wish = Wish()
        self.dialog: ExportDialog | None = None

    def copy_table(self, part: Part, lines: int, made: Made) -> None:
        """Put a table on the clipboard, for spreadsheets and for documents, with where it comes from."""
        from cohesion_qda.report.files import clipboard

        text, html = clipboard(part, made)
        data = QMimeData()
        data.setText(text)
        data.setHtml(html)
        QGuiApplication.clipboard().setMimeData(data)
        said = ngettext("Copied a table of {n} row", "Copied a table of {n} rows", lines)
        self._say(_with_caution(said.format(n=lines), part), False)

    def copy_picture(self, drawing: Drawing, part: Part) -> None:
        """Put a figure on the clipboard, as a picture and as a drawing that can be made larger."""

        def task(_job: object) -> tuple[bytes, str]:
            return drawing.png(), drawing.svg()

        self._runner.work(_("Copying the figure"), task, lambda made: self._copied(*made, part))

    def _copied(self, png: bytes, svg: str, part: Part) -> None:
        data = QMimeData()
        data.setImageData(QImage.fromData(png, "PNG"))
        data.setData("image/png", QByteArray(png))
        data.setData("image/svg+xml", QByteArray(svg.encode("utf-8")))
        QGuiApplication.clipboard().setMimeData(data)
        self._say(_with_caution(_("Copied the figure"), part), False)

    def export(self, answer: Answer, part: Part, figure: str) -> None:
        """Ask what to write, then where, and write it."""
        from cohesion_qda.ui.compare.export import ExportDialog

        dialog = self.dialog = ExportDialog(answer.title, answer.asked.kind, bool(figure), self.wish, self._parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(lambda wish: self._ask_warnings(dialog, answer, wish))
        dialog.accepted.connect(lambda: self._choose_file(answer, part, figure, dialog.wish))
        dialog.finished.connect(self._closed)
        dialog.open()
        self._ask_warnings(dialog, answer, dialog.wish)

    def _closed(self) -> None:
        self.dialog = None

    def _ask_warnings(self, dialog: ExportDialog, answer: Answer, wish: Wish) -> None:
        asked, naming = answer.asked, naming_words(answer.asked.kind, wish)

        def question(project: Project) -> Sequence[str]:
            tidy = wish.what == "tidy"
            return (*naming, *(project.answers.singled(asked, tidy) if wish.quotes or not tidy else ()))

        def arrived(warnings: Sequence[str]) -> None:
            if self.dialog is dialog:
                dialog.show_warnings(warnings)

        self._runner.ask(question, arrived, key=(self, "warnings"))

    def _choose_file(self, answer: Answer, part: Part, figure: str, wish: Wish) -> None:
        self.wish = wish
        names = endings(wish.what, answer.asked.kind)
        folder = self._runner.info.path.parent if self._runner.info is not None else Path.home()
        suggestion = folder / f"{_file_name(answer.title)}{wish.ending}"
        kinds = filter_words(wish.ending, names[wish.ending])
        path = choose.save_file(self._parent, _("Export the answer"), kinds, suggestion)
        if path is not None:
            self.write(answer, part, figure, wish, path if path.suffix else path.with_suffix(wish.ending))

    def write(self, answer: Answer, part: Part, figure: str, wish: Wish, path: Path) -> None:
        """Write it; the file's own ending has the last word."""
        asked = answer.asked
        given: dict[str, Any] = {"suppress": 0 if wish.what == "tidy" else wish.hides}
        if wish.what == "tidy":
            given |= {"tidy": True, "quotes": wish.quotes}
        elif wish.what == "figure":
            given |= {"part": part.key, "figure": figure, "width": wish.width, "dpi": wish.dpi}
        elif path.suffix.lower() in ONE_TABLE:
            given |= {"part": part.key}
        self._runner.ask(
            lambda project: project.answers.snapshot(asked, path, **given), self._write, title=_("Exporting the answer")
        )

    def _write(self, export: Export) -> None:
        """Write what was read, off the project thread: the person goes on meanwhile, and may stop it."""

        def task(job: Job) -> Answer:
            from cohesion_qda.report.files import write

            return write(export, job)

        self._runner.work(_("Exporting the answer"), task, lambda written: self._written(export.path, written))

    def _written(self, path: Path, written: Answer) -> None:
        self._say(_("Exported to {path}").format(path=path.name), False)
        self._runner.do(lambda project: project.answers.note(path, written))


def _with_caution(said: str, part: Part) -> str:
    """What was copied; and that it is not for publication, where it shows small numbers."""
    for at, head in enumerate(part.heads):
        values = [line.cells[at].value for line in part.lines] if head.form == "count" and head.unit in UNITS else []
        if any(isinstance(value, int) and 0 < value < FEWEST for value in values):
            return _("{said}. It shows numbers under {n}: do not publish it as it is.").format(said=said, n=FEWEST)
    return said


def as_seen(part: Part, lines: list[Any]) -> Part:
    """A part with only these lines, in their order: what is seen is what is copied. What a reader could work out is left out."""
    return replace(part, lines=tuple(lines), sums=())


def _file_name(title: str) -> str:
    kept = "".join(" " if c in '<>:"/\\|?*' or ord(c) < 32 else c for c in title)
    return " ".join(kept.split())[:80] or _("Answer")
