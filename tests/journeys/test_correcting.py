"""A transcript is corrected after it was coded: nothing lands elsewhere, nothing is lost, and all can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from cohesion_qda.model.text import Span
from tests.journeys.researcher import Researcher
from tests.makers import code, small_study

FOOD, PARK = "What unites/Food", "What unites/Public spaces"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "study.cqda"
    project = small_study(path)
    code(project, "Women", "We share food over the wall 😀", FOOD)
    code(project, "Women", "Everybody is in the park on a Saturday.", PARK)
    project.close()
    return path


@pytest.fixture
def researcher(qtbot: Any, study: Path) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    made.opens(study).reads("Women")
    yield made
    made.leaves()


def labels(researcher: Researcher) -> list[str]:
    reading = researcher.room.view.reading
    return [reading.speakers[turn.speaker].label for turn in reading.turns]


def test_a_typing_error_before_an_emoji(researcher: Researcher) -> None:
    researcher.corrects("neighbours", "neighbors and their cats").corrects("over the wall", "ovver the wall").finishes()
    assert researcher.quotes_for(FOOD) == ["We share food ovver the wall 😀"]
    assert researcher.shown() == {
        ("Food", "We share food ovver the wall 😀"), ("Public spaces", "Everybody is in the park on a Saturday.")
    }  # fmt: skip
    assert researcher.ask(lambda p: p.history.can_undo()) == "Corrected 2 places of “Women”"
    researcher.undoes()
    assert researcher.quotes_for(FOOD) == ["We share food over the wall 😀"]
    assert "Knowing your neighbours, I think." in researcher.room.view.reading.text


def test_a_wrong_speaker(researcher: Researcher) -> None:
    room = researcher.room
    room.view.put_caret(room.view.reading.text.index("Knowing"))
    researcher.chooses("edit", "Shift+F4")
    (menu,) = [m for m in room.findChildren(QMenu) if m.isVisible()]
    next(action for action in menu.actions() if action.text() == "Carol").trigger()
    menu.close()
    researcher.rests()
    assert labels(researcher)[1] == "Carol"
    researcher.undoes()
    assert labels(researcher)[1] == "Amina"


def test_a_coded_sentence_that_is_taken_out_is_reviewed_after_opening_again(
    researcher: Researcher, study: Path
) -> None:
    researcher.corrects("Everybody is in the park on a Saturday.", "").finishes()
    assert researcher.quotes_for(PARK) == []
    researcher.closes_the_project().opens(study).reads("Women")
    lost = researcher.room.mending.lost
    researcher.rests(lambda: lost.strip.isVisible())
    assert lost.strip.words.text() == "1 passage lost its text to a correction."
    researcher.chooses("edit", "Ctrl+F4")
    assert lost.panel.isVisible()
    text = researcher.room.view.reading.text
    start = text.index("For me it is the park.")
    researcher.room.view.select(Span(start, start + len("For me it is the park.")))
    QTest.keyClick(lost.panel.place_button, Qt.Key.Key_Space)
    researcher.rests(lambda: not lost.panel.isVisible())
    assert researcher.quotes_for(PARK) == ["For me it is the park."]
    researcher.closes_the_project().opens(study)
    researcher.undoes().undoes()
    assert researcher.quotes_for(PARK) == ["Everybody is in the park on a Saturday."]
    assert researcher.ask(lambda p: list(p.check())) == []


def test_closing_keeps_what_was_typed(researcher: Researcher, study: Path) -> None:
    researcher.corrects("food", "bread")
    researcher.room.mending.correcting._pause.timeout.emit()  # a pause in typing
    assert len([*study.parent.glob("*-typing-*")]) == 1
    researcher.closes_the_project().opens(study)
    assert researcher.quotes_for(FOOD) == ["We share bread over the wall 😀"]
    assert [*study.parent.glob("*-typing-*")] == []
