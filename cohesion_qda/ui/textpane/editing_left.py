"""What was typed into a transcript when the program stopped: offered when the project is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane.editing import Correcting
from cohesion_qda.ui.textpane.editing_draft import Draft, clear, left
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from pathlib import Path

    from cohesion_qda.project import Project


class LeftTyping(QObject):
    """A line over the text, one draft after the other. It stays until the person has decided, whatever is read meanwhile."""

    wanted = Signal(int)  # source id: show it, because it is to be corrected

    def __init__(self, runner: Runner, page: QWidget, correcting: Correcting) -> None:
        super().__init__(page)
        self._runner, self._correcting = runner, correcting
        self._project: Path | None = None
        self.draft: Draft | None = None  # the one that is offered
        self.strip = LeftStrip(page)
        self.strip.go_on.clicked.connect(self._go_on)
        self.strip.copy.clicked.connect(lambda: self.draft is not None and correcting.copy(self.draft.text))
        self.strip.discard.clicked.connect(self._discard)
        correcting.switched.connect(self.read)
        runner.closed.connect(self._forget)

    def read(self, _is_on: bool = False) -> None:
        """See whether anything was left behind."""
        if self._correcting.is_on:  # one thing at a time
            self.strip.hide()
        else:
            self._runner.ask(_left, self._keep, key=(self, "left"))

    def _keep(self, answer: tuple[Path, list[tuple[Draft, bool]]]) -> None:
        project, found = answer
        info = self._runner.info
        free = [(draft, same) for draft, same in found if self._correcting.is_free(draft.source)]
        if not free or self._correcting.is_on or (info is not None and info.is_read_only):
            self._forget()
            return
        self._project = project
        self.draft, is_same = free[0]
        self.strip.offer(self.draft.name, is_same=is_same)

    def _go_on(self) -> None:
        """The room shows the source first; correcting it brings back what was typed, and the caret."""
        draft = self.draft
        if draft is None:
            return

        def begin(_none: None) -> None:
            if self._correcting.shows(draft.source):
                self._correcting.begin()

        self.wanted.emit(draft.source)
        self._runner.ask(lambda _p: None, begin, key=(self, "begin"))

    def _discard(self) -> None:
        if self.draft is not None and self._project is not None and self._correcting.is_free(self.draft.source):
            clear(self._project, self.draft.content)
            self._correcting.set_aside(self.draft)
        self.read()

    def _forget(self) -> None:
        self.draft = None
        self.strip.hide()


class LeftStrip(QFrame):
    """What was being corrected, and what can be done about it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self.setProperty("edge", "bottom")
        self.words = Label("", "interface")
        self.words.setWordWrap(True)
        self.discard = QuietButton(_("Discard"))
        self.copy = QuietButton(_("Copy the text"))
        self.go_on = PrimaryButton(_("Go on"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for button in (self.discard, self.copy, self.go_on):
            row.addWidget(button)
        self.hide()

    def offer(self, name: str, *, is_same: bool) -> None:
        """Say it of the source `name`; `is_same` while its text is still what was being corrected."""
        if is_same:
            words = _("You were correcting “{name}” when the program stopped. What you typed is kept.")
        else:
            words = _(
                "You were correcting “{name}” when the program stopped. It was changed since: copy what you typed."
            )
        self.words.setText(words.format(name=name))
        self.setAccessibleName(self.words.text())
        self.words.set_tone("accent" if is_same else "warn")
        self.go_on.setVisible(is_same)
        self.copy.setVisible(not is_same)
        self.show()


def _left(project: Project) -> tuple[Path, list[tuple[Draft, bool]]]:
    """The project's file, and what was left behind, with whether each is of the text as it is now."""
    drafts = left(project.path)
    texts = {source.id: source.content for source in project.sources.list()} if drafts else {}
    return project.path, [(draft, texts.get(draft.source) == draft.content) for draft in drafts]
