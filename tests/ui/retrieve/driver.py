"""Opens a page of the window on a small coded study, and drives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cohesion_qda.project import Project
from cohesion_qda.ui.page import Page
from cohesion_qda.ui.runner import Runner
from tests.makers import code, small_study

P = TypeVar("P", bound=Page)


@pytest.fixture
def looks(theme) -> object:
    """The theme, so that fonts have their sizes."""
    return theme


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Two groups, five people, four codes of which three are used, two coders."""
    path = tmp_path / "study.cqda"
    with small_study(path) as project:
        code(project, "Women", "the park. Everybody is in the park", "Public spaces")
        code(project, "Women", "We share food over the wall 😀 every Eid.", "Food")
        code(project, "Young people", "the park is locked at four", "Public spaces", "Cuts")
        project.use_coder("Ben")
        code(project, "Young people", "The youth club closed", "Cuts")
        for case in project.cases.list("participant"):
            if case.role == "participant":
                project.cases.set_attribute(case.id, "age", "over 60" if case.name in ("Carol", "Joan") else "under 60")
    return path


class Opened:
    """Opens pages, and keeps what they said."""

    def __init__(self, runner: Runner, path: Path) -> None:
        self.runner, self._path = runner, path
        self.said: list[tuple[str, bool]] = []
        self.read: list[tuple[int, object]] = []
        self.went: list[str] = []
        self._pages: list[Page] = []

    def __call__(self, kind: type[P], wide: int = 1208, high: int = 836) -> P:
        page = kind(self.runner)
        page.resize(wide, high)
        page.say.connect(lambda words, undo: self.said.append((words, undo)))
        page.open_passage.connect(lambda source, span: self.read.append((source, span)))
        page.go_to.connect(self.went.append)
        self.runner.changed.connect(page.on_change)
        self._pages.append(page)
        if self.runner.info is None:
            self.runner.open(self._path)
        page.show()
        page.entered()
        page.activateWindow()
        QTest.qWait(0)
        return page

    def do(self, verb: Callable[[Project], object]) -> None:
        """Something is done elsewhere in the window."""
        self.runner.do(verb)

    def uncode(self, *sources: str) -> None:
        """All codings (of some sources) are taken away, each by the one who made it."""
        for who in ("Asha", "Ben"):
            self.do(lambda p, who=who: p.use_coder(who))
            self.do(
                lambda p, who=who: p.codings.remove(
                    [c.coding.id for c in p.codings.retrieve(coder=who) if not sources or c.source_name in sources]
                )
            )

    def ask(self, question: Callable[[Project], object]) -> object:
        """What the project says."""
        answers: list[object] = []
        self.runner.ask(question, answers.append)
        return answers[0]

    def close(self) -> None:
        for page in self._pages:
            page.close()
            page.deleteLater()
        QApplication.sendPostedEvents()


@pytest.fixture
def open_page(looks, runner: Runner, study: Path) -> Iterator[Opened]:
    """Opens a page on the study; the runner does everything at once."""
    opened = Opened(runner, study)
    yield opened
    opened.close()
    assert runner.problems == []
