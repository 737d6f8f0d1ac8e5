"""The findings report in the real window: what its author decided stands when it is written again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.report import painted
from tests.conftest import plain_png
from tests.journeys.researcher import Researcher
from tests.makers import small_study


@pytest.fixture
def researcher(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield made
    made.leaves()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with small_study(tmp_path / "Getting on.cqda") as project:
        return project.path


def test_the_authors_words_stand_when_the_report_is_written_again(
    researcher: Researcher, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painted, "png", plain_png)
    researcher.opens(study).reads("Women").selects("The buses. Nobody comes down after six.").applies("Cuts")
    chapter = f"question {researcher.ask(lambda p: p.codebook.tree().get('What divides').id)}"
    researcher.writes_about("summary", "The buses stop too early.")
    researcher.writes_about(chapter, "It begins with getting there.")
    contents = researcher.window.workspace.page_named("report").tab_named("contents")

    spot, board = contents.part.spot, contents.part.quotes
    spot.setCurrentIndex(1)
    spot.activated.emit(1)
    researcher.rests(lambda: board.isVisible())
    QTest.mouseClick(board.choose_button, Qt.MouseButton.LeftButton)
    researcher.rests(lambda: board.dialog is not None)
    QTest.keyClick(board.dialog.list, Qt.Key.Key_Space)
    QTest.mouseClick(board.dialog.keep_button, Qt.MouseButton.LeftButton)
    researcher.rests(lambda: "You chose 1 quotation" in board.standing.text())

    contents.list.choose("gaps")
    QTest.keyClick(contents.list, Qt.Key.Key_Space)
    researcher.rests()
    page = researcher.goes_to("report")
    page.turn_to("plan")
    researcher.rests()
    page.tab.sheets["step"].typed.emit(None, "name", "Talk to the bus company")
    researcher.rests()

    first = researcher.writes_the_report(tmp_path / "findings")
    author = ("The buses stop too early.", "It begins with getting there.", "Talk to the bus company")
    assert all(words in first for words in author)
    assert "Nobody comes down after six." in first and "No coding yet in" not in first
    assert "in 1 of 2 groups" in first

    researcher.reads("Young people").selects("The youth club closed").applies("Cuts")
    researcher.selects("People judge you by your trainers.").applies("Class")
    second = researcher.writes_the_report(tmp_path / "findings")
    assert all(words in second for words in author), "what the author wrote survives the codings"
    assert "in 2 of 2 groups" in second and "People judge you by your trainers." in second
    assert "The youth club closed…" not in second and "The youth club closed</p>" not in second, (
        "the chosen quotation stands alone for its code"
    )
    made = json.loads((tmp_path / "findings" / "method.json").read_text(encoding="utf-8"))
    assert all((tmp_path / "findings" / name).exists() for name in made["files"])

    for _act in range(2):
        researcher.undoes()
    assert researcher.ask(lambda p: [e.name for e in p.plan.list()]) == ["Talk to the bus company"]
    assert researcher.ask(lambda p: p.check()) == []
