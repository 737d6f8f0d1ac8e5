"""The moderator's guide: its questions, one a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.section import GuideQuestion
from cohesion_qda.ui import choose
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton

Said = Callable[[Change], None]


def open_guide(runner: Runner, window: QWidget, said: Said) -> None:
    """Show the guide that the project has, to be typed, pasted or read from a file."""

    def show(questions: Sequence[GuideQuestion]) -> None:
        dialog = GuideDialog(runner, [question.text for question in questions], said, window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    runner.ask(lambda p: p.guide.questions(), show, key="guide dialog")


class GuideDialog(QDialog):
    """What is kept when it is accepted is one undoable act."""

    def __init__(self, runner: Runner, questions: Sequence[str], said: Said, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._said, self._was = runner, said, list(questions)
        self.setWindowTitle(_("Moderator’s guide"))
        self.text = QPlainTextEdit("\n".join(questions))
        self.text.setProperty("field", True)
        self.text.setAccessibleName(_("Questions, one a line"))
        self.text.setPlaceholderText(_("What brings people together round here?\nWhat gets in the way?"))
        self.find = QCheckBox(_("Find where they are asked in the transcripts"))
        self.find.setChecked(True)
        self.count = Label("", "meta", "text2")
        self.keep = PrimaryButton(_("Keep the guide"), on_click=self.accept)
        self.text.textChanged.connect(self._recount)
        self.accepted.connect(self._set)
        self._recount()
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(_("What was asked?"), "page_title"))
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
        """Put the questions of a file in place of what is there. It is read elsewhere; what is wrong is told by the window."""

        def read(_job: object) -> list[str]:
            from cohesion_qda.project.guide import Guide

            return Guide.read(path)

        self._runner.work(_("Reading the guide"), read, self._show)

    def _show(self, questions: Sequence[str]) -> None:
        self.text.setPlainText("\n".join(questions))

    def _choose(self) -> None:
        kinds = _("Texts (*.txt *.md *.docx *.odt *.rtf *.pdf);;All files (*)")
        found = choose.open_file(self, _("A moderator’s guide"), kinds, Path.home())
        if found is not None:
            self.use_file(found)

    def _recount(self) -> None:
        n = len(self.questions)
        self.count.setText(ngettext("{n} question", "{n} questions", n).format(n=n))
        self.keep.disable("" if n or self._was else _("Type a question, or read a guide from a file."))

    def _set(self) -> None:
        from cohesion_qda.formats.guide import plain

        questions, find = [kept for line in self.questions if (kept := plain(line))], self.find.isChecked()
        title = _("Finding where the questions are asked")
        self._runner.do(lambda p: p.guide.set(questions, find=find), self._said, title=title)


def fit(dialog: QDialog, width: int, height: int) -> None:
    """Make a dialog as large as it wants to be at the text size of the moment, and no larger than its window."""
    px, window = current_theme().px, dialog.parentWidget()
    room = window.window().size() if window is not None else None
    dialog.resize(
        min(px(width), room.width() - 48) if room else px(width),
        min(px(height), room.height() - 48) if room else px(height),
    )
