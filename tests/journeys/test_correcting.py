"""A transcript is corrected after it was coded: nothing lands elsewhere, nothing is lost, and all can be taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from cohesion_qda.base.errors import NotFound
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.ui.navigator_rows import Role
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


def stops(researcher: Researcher, study: Path) -> None:
    """The program stops in the middle: what is on the disk then is what there is afterwards."""
    correcting = researcher.room.mending.correcting
    correcting._pause.timeout.emit()  # a pause in typing
    kept = {path: path.read_bytes() for path in typing_files(study)}
    correcting.cancel()
    researcher.closes_the_project()
    for path, words in kept.items():
        path.write_bytes(words)


def test_what_was_typed_when_the_program_stopped_is_offered_on_opening(researcher: Researcher, study: Path) -> None:
    researcher.reads("Women").corrects("over the wall", "ovver the wall")
    point = researcher.room.mending.correcting.surface.caret()
    stops(researcher, study)
    researcher.opens(study).reads("Young people")
    room = researcher.room
    strip = room.mending.left.strip
    researcher.rests(strip.isVisible)
    assert strip.words.text() == "You were correcting “Women” when the program stopped. What you typed is kept."
    assert strip in researcher.window.workspace.areas()  # F6 comes by
    QTest.keyClick(strip.go_on, Qt.Key.Key_Space)
    researcher.rests(lambda: room.mending.correcting.is_on)
    surface = room.mending.correcting.surface
    assert "ovver the wall" in surface.toPlainText() and surface.caret() == point and not strip.isVisible()
    assert researcher.window.workspace.navigator.sources.currentIndex().data(Role.KEY) == room.source
    researcher.finishes()
    assert researcher.quotes_for(FOOD) == ["We share food ovver the wall 😀"]
    assert typing_files(study) == [] and not strip.isVisible()


def test_what_was_left_behind_can_be_discarded_or_copied(researcher: Researcher, study: Path) -> None:
    researcher.corrects("over the wall", "ovver the wall")
    stops(researcher, study)
    researcher.opens(study)
    women = researcher.ask(lambda p: p.sources.get("Women").id)
    researcher.window.runner.do(lambda p: p.corrections.correct(women, [Edit(0, 0, "Z")]))
    strip = researcher.goes_to("read").mending.left.strip
    researcher.rests(strip.isVisible)
    assert "It was changed since" in strip.words.text() and not strip.go_on.isVisible()
    QTest.keyClick(strip.copy, Qt.Key.Key_Space)
    assert "ovver the wall" in QGuiApplication.clipboard().text()
    QTest.keyClick(strip.discard, Qt.Key.Key_Space)
    researcher.rests(lambda: not strip.isVisible())
    assert typing_files(study) == []
    assert researcher.quotes_for(FOOD) == ["We share food over the wall 😀"]


def test_an_undo_on_another_page_takes_nothing_that_is_typed(researcher: Researcher) -> None:
    told: list[Any] = []
    researcher.window.problems.recorder = lambda *words: told.append(words)
    researcher.corrects("neighbours", "neighbors").finishes()
    room, meta = researcher.room, researcher.room.header.meta
    share = meta.text().split("·")[-1]
    assert "% of turns coded" in share and "0%" not in share.split()
    researcher.corrects("over the wall", "ovver the wall")
    researcher.goes_to("themes")
    researcher.undoes()
    shares: set[str] = set()
    told_at = room.about.tell
    room.about.tell = lambda: (told_at(), shares.add(meta.text().split("·")[-1]))  # what it says on the way counts too
    researcher.goes_to("read")
    correcting = room.mending.correcting
    researcher.rests(correcting.strip.copy.isVisible)
    assert researcher.window.focusWidget() is correcting.surface
    assert "ovver the wall" in correcting.surface.toPlainText()
    assert shares == {share}
    hints = researcher.window.workspace.status.hints
    assert "Esc" in [keys.text() for keys, _words in hints._pairs]
    QTest.keyClick(correcting.surface, Qt.Key.Key_Escape)  # refused, in one state
    women, young = room.source, researcher.ask(lambda p: p.sources.get("Young people").id)
    researcher.window.workspace.show_source(young)
    researcher.rests()
    assert room.source == women and correcting.is_on and correcting.strip.copy.isVisible() and len(told) == 2
    researcher.redoes()
    researcher.rests(correcting.strip.done.isEnabled)
    researcher.finishes()
    assert researcher.quotes_for(FOOD) == ["We share food ovver the wall 😀"]
