"""A transcript is corrected after it was coded: nothing lands elsewhere, nothing is lost, and all can be taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from cohesion_qda.base.errors import NotFound
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.ui.navigator import Role
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


def typing_files(study: Path) -> list[Path]:
    return [*study.parent.glob("*-typing-*")]


def test_going_to_a_place_in_another_source_keeps_what_was_typed_and_lands_there(researcher: Researcher) -> None:
    room = researcher.room
    young = researcher.ask(lambda p: p.sources.get("Young people").id)
    length = len(researcher.ask(lambda p: p.sources.text(young)))
    wanted = Span(length - 10, length - 2)
    researcher.corrects("neighbours", "neighbors and their cats")
    researcher.window.workspace.open_passage(young, wanted)
    researcher.rests(lambda: room.view.reading is not None and room.view.reading.source.id == young)
    assert room.view.caret() in (wanted.start, wanted.end) and not room.mending.correcting.is_on
    assert "neighbors and their cats" in researcher.ask(lambda p: p.sources.text(p.sources.get("Women").id))


def test_going_elsewhere_waits_where_it_cannot_be_kept(researcher: Researcher) -> None:
    room, told = researcher.room, []
    researcher.window.problems.recorder = lambda *words: told.append(words)
    researcher.corrects("neighbours", "neighbors")
    women, young = (researcher.ask(lambda p, name=name: p.sources.get(name).id) for name in ("Women", "Young people"))
    room.runner.do(lambda p: p.corrections.correct(women, [Edit(0, 0, "Z")]))
    researcher.rests()
    researcher.window.workspace.show_source(young)
    researcher.rests()
    assert room.source == women == researcher.window.workspace.navigator.sources.currentIndex().data(Role.KEY)
    assert room.mending.correcting.is_on and room.mending.correcting.strip.isVisible()
    assert "neighbors" in room.mending.correcting.surface.toPlainText() and len(told) == 1
    room.mending.correcting.cancel()


def test_another_window_leaves_the_text_that_is_corrected_alone(researcher: Researcher, study: Path) -> None:
    other = researcher.window.open_another()
    researcher.rests()
    room, there = researcher.room, other.workspace.page_named("read")
    there.show_source(room.source)
    researcher.rests(lambda: there.view.reading is not None)
    said: list[str] = []
    there.say.connect(lambda words, _undo: said.append(words))
    researcher.corrects("neighbours", "neighbors")
    room.mending.correcting._pause.timeout.emit()
    there.mending.correcting.begin()
    assert said == ["This transcript is being corrected in another window."] and not there.mending.correcting.is_on
    researcher.finishes()
    researcher.rests(lambda: "neighbors" in there.view.reading.text)
    there.mending.correcting.begin()
    surface = there.mending.correcting.surface
    assert there.mending.correcting.is_on and "last time" not in there.mending.correcting.strip.words.text()
    surface.insertPlainText("Hm. ")
    other.close()  # what was typed in it is kept
    researcher.rests()
    assert "Hm. " in researcher.ask(lambda p: p.sources.text(p.sources.get("Women").id))
    assert typing_files(study) == []
    researcher.corrects("over the wall", "ovver the wall").finishes()


def test_somebody_elses_failure_does_not_let_go_of_what_is_on_its_way(researcher: Researcher) -> None:
    researcher.window.problems.recorder = lambda *_words: None
    researcher.corrects("neighbours", "neighbors")
    correcting = researcher.room.mending.correcting
    under_way, seen = threading.Event(), []

    def fails(_project: Any) -> None:
        raise NotFound("code", "that is not there", [])

    researcher.room.runner.failed.connect(lambda _error: seen.append(correcting.surface.isReadOnly()))
    researcher.room.runner.do(fails)  # asked before, answered while the correction is on its way
    researcher.room.runner.ask(lambda _p: under_way.wait(10), lambda _none: None)
    correcting.done()
    researcher.qtbot.waitUntil(lambda: bool(seen))
    correcting.done()  # pressed once more
    assert correcting.is_on and correcting.surface.isReadOnly()
    under_way.set()
    researcher.rests(lambda: not correcting.is_on)
    assert "neighbors" in researcher.ask(lambda p: p.sources.text(p.sources.get("Women").id))
    assert researcher.ask(lambda p: p.history.can_undo()) == "Corrected 1 place of “Women”"


def test_closing_keeps_what_was_typed_in_every_window(researcher: Researcher, study: Path) -> None:
    other = researcher.window.open_another()
    researcher.rests()
    there = other.workspace.page_named("read")
    there.show_source(researcher.ask(lambda p: p.sources.get("Young people").id))
    researcher.rests(lambda: there.view.reading is not None)
    there.mending.correcting.begin()
    there.mending.correcting.surface.insertPlainText("Hm. ")
    researcher.corrects("neighbours", "neighbors").closes_the_project().opens(study).reads("Women")
    texts = researcher.ask(lambda p: {s.name: p.sources.text(s.id) for s in p.sources.list()})
    assert texts["Young people"].startswith("Hm. ") and "neighbors" in texts["Women"]
    assert typing_files(study) == []
