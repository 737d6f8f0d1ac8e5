"""Saying by hand which question is answered from a turn on. Each choice is one undoable act."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import QuestionId, SectionId, SourceId
from cohesion_qda.model.section import GuideQuestion, Section
from cohesion_qda.model.source import Reading
from cohesion_qda.ui import choose
from cohesion_qda.ui.runner import Runner

SHOWN = 70  # code points of a question in a menu


class Sectioning(QObject):
    """The menu of the turn under the caret that begins, moves and ends sections."""

    said = Signal(str, bool)  # toast, whether it can be undone

    def __init__(self, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._page = runner, parent
        self.questions: Sequence[GuideQuestion] = ()
        runner.opened.connect(self._opened)

    def _opened(self, _info: object) -> None:
        self.read()

    def read(self) -> None:
        """Read the guide's questions."""
        self._runner.ask(lambda p: p.guide.questions(), self._keep, key=(self, "guide"))

    def _keep(self, questions: Sequence[GuideQuestion]) -> None:
        self.questions = questions

    def menu(self, reading: Reading, start: int, parent: QWidget) -> QMenu:
        """What can be said about the turn (or line) that begins at the code point `start`."""
        menu = QMenu(_("Question answered from here"), parent)
        source = reading.source.id
        here = reading.section_at(start)
        there = {s.question: s for s in reversed(reading.sections) if s.question is not None}
        for question in self.questions:
            self._add(menu, question, there.get(question.id), here, partial(self.place, source, start, question.id))
        placed = [q for q in self.questions if q.id in there and there[q.id] is not here]
        if placed:
            again = menu.addMenu(_("Asked once more here"))
            for question in placed:
                begin = partial(self.place, source, start, question.id, is_asked_again=True)
                again.addAction(shortened(question.text)).triggered.connect(lambda _on=False, do=begin: do())
        menu.addSeparator()
        menu.addAction(_("A heading of my own …")).triggered.connect(lambda: self._ask_title(source, start, here))
        menu.addAction(_("No question from here on")).triggered.connect(lambda: self.place(source, start, None))
        if here is not None:
            menu.addAction(_("Take this beginning away")).triggered.connect(lambda: self.remove(here.id))
        if not self.questions:
            menu.addSeparator()
            menu.addAction(_("Type the moderator’s questions …")).triggered.connect(self._open_guide)
        return menu

    def _add(self, menu: QMenu, question: GuideQuestion, there: Section | None, here: Section | None, place) -> None:
        is_here = here is not None and here.question == question.id
        words = shortened(question.text)
        if there is not None and not is_here:
            words = _("Move here: {question}").format(question=words)
        action = menu.addAction(words)
        action.setCheckable(is_here)
        action.setChecked(is_here)
        action.setToolTip(question.text)
        if not is_here:
            action.triggered.connect(lambda _on=False: place())

    def place(
        self,
        source: SourceId,
        start: int,
        question: QuestionId | None,
        title: str = "",
        is_asked_again: bool = False,
    ) -> None:
        """Let a question, a heading, or neither, begin at a turn."""
        self._runner.do(
            lambda p: p.sections.place(source, start, question=question, title=title, is_asked_again=is_asked_again),
            self._say,
        )

    def remove(self, section: SectionId) -> None:
        """What was said in a section goes on with the one before."""
        self._runner.do(lambda p: p.sections.remove(section), self._say)

    def _ask_title(self, source: SourceId, start: int, here: Section | None) -> None:
        was = here.title if here is not None and here.question is None else ""
        title = choose.line(self._page, _("A heading of my own"), _("What is talked about from here on"), was)
        if title:
            self.place(source, start, None, title)

    def _open_guide(self) -> None:
        from cohesion_qda.ui.sources.guide_dialog import open_guide

        open_guide(self._runner, self._page, self._say)

    def _say(self, change: Change) -> None:
        if change.said:
            self.said.emit(change.said, True)


def shortened(text: str) -> str:
    """A question fit for one line of a menu."""
    words = text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"
    return words.replace("&", "&&")
