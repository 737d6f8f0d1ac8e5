"""A person at the codebook of the room, on a small study."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.codebook.panel import CodebookPanel
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane.room import ReadPage
from tests.makers import code, small_study


class Person:
    def __init__(self, panel: CodebookPanel, runner: Runner) -> None:
        self.panel, self.runner = panel, runner
        self.said: list[tuple[str, bool]] = []
        panel.say.connect(lambda words, undo: self.said.append((words, undo)))

    def id(self, path: str) -> CodeId:
        return self.panel.model.tree.get(path).id

    def chooses(self, path: str) -> CodeId:
        self.panel.select(self.id(path))
        return self.id(path)

    def asks(self, question: Any) -> Any:
        answers: list[Any] = []
        self.runner.ask(question, answers.append)
        return answers[0]

    def paths(self) -> list[str]:
        tree: CodeTree = self.asks(lambda p: p.codebook.tree())
        return [tree.path(c.id) for c in tree]

    def quotes(self, path: str) -> list[str]:
        return self.asks(lambda p: [q.quote for q in p.codings.retrieve(p.codebook.tree().get(path).id, branch=False)])

    def shown(self) -> list[str]:
        """The rows that can be seen, from the top."""
        view, model = self.panel.view, self.panel.model
        rows, index = [], model.index(0, 0)
        while index.isValid():
            rows.append(str(model.data(index)))
            index = view.indexBelow(index)
        return rows


@pytest.fixture(scope="session")
def built_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with three passages, built once; copy it, do not write to it."""
    path = tmp_path_factory.mktemp("codebook") / "study.cqda"
    with small_study(path) as project:
        code(project, "Women", "Everybody is in the park on a Saturday.", "Public spaces")
        code(project, "Women", "We share food", "Food")
        code(project, "Young people", "the park is locked at four", "Public spaces")
    return path


@pytest.fixture
def person(qtbot, theme, runner: Runner, built_study: Path, tmp_path: Path) -> Iterator[Person]:
    shutil.copy(built_study, tmp_path / "study.cqda")
    runner.open(tmp_path / "study.cqda")
    page = ReadPage(runner)
    qtbot.addWidget(page)
    runner.changed.connect(page.on_change)
    page.resize(1280, 780)
    page.show()
    page.entered()
    assert runner.problems == []
    made = Person(page.panel, runner)
    yield made
    assert runner.problems == []
