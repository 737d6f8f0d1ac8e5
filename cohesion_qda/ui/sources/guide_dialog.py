"""The moderator's guide: its questions, one a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cohesion_qda.base.errors import BadInput, UserError
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.change import Change
from cohesion_qda.model.section import GuideQuestion
from cohesion_qda.ui import choose
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Banner, Label, PrimaryButton, QuietButton

Said = Callable[[Change], None]


def open_guide(runner: Runner, window: QWidget, said: Said) -> None:
    """Show the guide that the project has, to be typed, pasted or read from a file."""

    def show(questions: Sequence[GuideQuestion]) -> None:
        dialog = GuideDialog(runner, [question.text for question in questions], _("Keep the guide"), window)
        dialog.find.show()

        def keep() -> None:
            given, find = dialog.given, dialog.find.isChecked()
            title = _("Finding where the questions are asked")
            runner.do(lambda p: p.guide.set(given, find=find), said, title=title)

        dialog.accepted.connect(keep)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    runner.ask(lambda p: p.guide.questions(), show, key="guide dialog")


class GuideDialog(QDialog):
    """Asks for questions: `given` holds them after it was accepted. What is wrong with them, or with a file, is told here."""

    def __init__(self, runner: Runner, questions: Sequence[str], keep: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._was = runner, list(questions)
        self.given: list[str] = []
        self.setWindowTitle(_("Moderator’s guide"))
        self.text = QPlainTextEdit("\n".join(questions))
        self.text.setProperty("field", True)
        self.text.setAccessibleName(_("Questions, one a line"))
        self.text.setPlaceholderText(_("What brings people together round here?\nWhat gets in the way?"))
        self.find = QCheckBox(_("Find where they are asked in the transcripts"))
        self.find.setChecked(True)
        self.find.hide()
        self.banner = Banner("caution")
        self.banner.hide()
        self.count = Label("", "meta", "text2")
        self.keep = PrimaryButton(keep, on_click=self.accept)
        self.text.textChanged.connect(self._recount)
        self._recount()
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(_("What was asked?"), "page_title"))
        column.addWidget(self.banner)
        about = Label(
            _(
                "One question a line, in the order they were meant to be asked. Then you can compare what was said under each."
            ),
            "interface",
            "text2",
        )
        about.setWordWrap(True)
        column.addWidget(about)
        column.addWidget(self.text, 1)
        line = QHBoxLayout()
        line.addWidget(QuietButton(_("Read from a file …"), "document", self._choose))
        line.addStretch(1)
        line.addWidget(self.count)
        column.addLayout(line)
        column.addWidget(self.find)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        self.keep.setDefault(True)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        theme = current_theme()
        self.text.setFont(theme.font("lead"))
        self.text.document().setDocumentMargin(theme.px(8))
        fit(self, 600, 520)
        self.text.setFocus()

    @property
    def questions(self) -> list[str]:
        """The lines that hold something."""
        return [line.strip() for line in self.text.toPlainText().split("\n") if line.strip()]

    def use_file(self, path: Path) -> None:
        """Put the questions of a file in place of what is there. It is read elsewhere."""
        self._runner.work(_("Reading the guide"), partial(_read, path), self._take)

    def _take(self, found: list[str] | UserError) -> None:
        if isinstance(found, UserError):
            self._tell(found)
        else:
            self.text.setPlainText("\n".join(found))

    def _tell(self, error: UserError) -> None:
        self.banner.show_message("caution", error.message, error.hint)
        self.banner.show()

    def _choose(self) -> None:
        kinds = _("Texts (*.txt *.md *.docx *.odt *.rtf *.pdf);;All files (*)")
        found = choose.open_file(self, _("A moderator’s guide"), kinds, Path.home())
        if found is not None:
            self.use_file(found)

    def accept(self) -> None:
        from cohesion_qda.project.guide import Guide

        try:
            self.given = Guide.checked(self.questions)
        except BadInput as error:
            self._tell(error)
        else:
            super().accept()

    def _recount(self) -> None:
        self.banner.hide()
        n = len(self.questions)
        self.count.setText(ngettext("{n} question", "{n} questions", n).format(n=n))
        self.keep.disable("" if n or self._was else _("Type a question, or read a guide from a file."))


def _read(path: Path, _job: Job) -> list[str] | UserError:
    from cohesion_qda.project.guide import Guide

    try:
        return Guide.read(path)
    except UserError as error:
        return error


def fit(dialog: QDialog, width: int, height: int) -> None:
    """Make a dialog as large as it wants to be at the text size of the moment, and no larger than its window."""
    px, window = current_theme().px, dialog.parentWidget()
    room = window.window().size() if window is not None else None
    dialog.resize(
        min(px(width), room.width() - 48) if room else px(width),
        min(px(height), room.height() - 48) if room else px(height),
    )
