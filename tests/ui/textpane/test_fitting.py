"""Codes suggested for the words one selects: quiet, gone with the words, never in the way of a key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtTest import QTest

from cohesion_qda.base.jobs import Job
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.project import Project
from cohesion_qda.ui.messages import Toast
from cohesion_qda.ui.suggest.assistant import Asked, assistant_of
from cohesion_qda.ui.textpane.room import ReadPage
from tests.ui.retrieve.driver import Opened
from tests.ui.suggest.standin import Machine, long_study

Key = Qt.Key


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.cqda"
    long_study(path).close()
    return path


@pytest.fixture
def opened(theme, runner, built: Path, tmp_path: Path) -> Iterator[Opened]:
    path = tmp_path / "long.cqda"
    path.write_bytes(built.read_bytes())
    made = Opened(runner, path)
    runner.open(path)
    yield made
    made.close()
    assert runner.problems == []


@pytest.fixture
def machine(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> Machine:
    women = opened.ask(lambda p: p.sources.get("Women"))
    return Machine(opened.ask(lambda p: p.sources.text(women.id)), women.id, women.content).install(monkeypatch)


@pytest.fixture
def room(opened: Opened, machine: Machine) -> ReadPage:
    room = opened(ReadPage, 1208, 760)
    room.show_source(machine.source)
    return room


def rests(room: ReadPage) -> None:
    """The hands rest for a moment."""
    timer = room.fitting.findChild(QTimer)
    if timer.isActive():
        timer.stop()
        timer.timeout.emit()


def selects(room: ReadPage, machine: Machine, n: int) -> Span:
    room.view.select(machine.places[n])
    return machine.places[n]


def asked(machine: Machine) -> list[object]:
    return [what for kind, what in machine.asked if kind == "codes_for"]


def how_many(_stamp: str) -> int:
    return 1


def offered(room: ReadPage) -> list[str]:
    return [fit.look.name for fit in room.fit_strip.fits]


def test_selecting_alone_asks_nothing_before_the_study_was_heard(room, machine):
    selects(room, machine, 5)
    rests(room)
    assert asked(machine) == [] and not room.fit_strip.isVisible()


def test_selecting_asks_nothing_where_words_alone_were_asked_about_and_never_starts_a_hearing(
    room, machine, monkeypatch
):
    told = assistant_of(room.runner)
    told.ask("Counting", how_many, lambda _p: (), lambda _n: None, quick=True)
    assert told.has_answered("how_many") and told.has_heard
    selects(room, machine, 5)
    rests(room)
    assert asked(machine) == [] and not room.fit_strip.isVisible()
    gently, ask = [], told.ask
    monkeypatch.setattr(told, "ask", lambda *a, **more: gently.append(more["gently"]) or ask(*a, **more))
    room.fitting.ask_now()
    selects(room, machine, 7)
    rests(room)
    assert gently == [False, True] and len(asked(machine)) == 2


def test_asking_shows_codes_with_keys_and_reasons(room, machine):
    span = selects(room, machine, 5)
    QTest.keyClick(room.view, Key.Key_I)
    assert asked(machine) == [span]
    assert offered(room) == ["Public spaces", "Food"]
    chip = room.fit_strip.chips[0]
    assert chip.isVisible() and "What speaks for it: park." in chip.toolTip() and "D" in chip.accessibleDescription()
    assert room.view.hasFocus() and room.view.selected() == span


def test_a_key_codes_with_what_was_seen_and_the_trail_knows(room, machine, opened):
    selects(room, machine, 5)
    QTest.keyClicks(room.view, "id")
    passages = opened.ask(lambda p: p.codings.retrieve(p.codebook.tree().find("Public spaces").id))
    assert passages[-1].quote == "Here is thing 5 of the park."
    assert passages[-1].coding.suggestion.startswith("proposed-code")
    assert opened.said[-1] == ("Coded as Public spaces", True)
    rests(room)
    assert offered(room) == ["Food"], "what it is coded with by now is not suggested again"


def test_other_words_let_go_of_what_was_offered_at_once(room, machine, opened):
    selects(room, machine, 5)
    QTest.keyClicks(room.view, "i")
    selects(room, machine, 6)
    assert offered(room) == [] and room.fit_strip.isVisible()
    before = opened.ask(lambda p: len(p.codings.retrieve()))
    QTest.keyClicks(room.view, "d")
    assert opened.ask(lambda p: len(p.codings.retrieve())) == before
    assert opened.said[-1] == ("No such code is suggested for these words. Press I to ask which codes fit.", False)
    rests(room)
    assert asked(machine)[-1] == machine.places[6] and offered(room) == ["Public spaces", "Food"]


def test_a_growing_selection_is_asked_about_once(room, machine):
    QTest.keyClicks(room.view, "i")
    before = len(asked(machine))
    for n in range(8, 14):
        selects(room, machine, n)
    assert len(asked(machine)) == before
    rests(room)
    assert asked(machine)[before:] == [machine.places[13]]


def test_the_turn_under_the_caret_is_meant_where_nothing_is_selected(room, machine):
    room.view.put_caret(machine.places[7].start + 3)
    QTest.keyClicks(room.view, "i")
    assert asked(machine) == [machine.places[7]]


def test_the_transcript_does_not_move_while_codes_come_and_go(room, machine):
    selects(room, machine, 5)
    QTest.keyClicks(room.view, "i")
    high = room.view.height()
    selects(room, machine, 6)
    assert room.view.height() == high
    rests(room)
    assert room.view.height() == high


def test_coding_keys_work_as_before_while_codes_are_suggested(room, machine, opened):
    food = opened.ask(lambda p: p.codebook.tree().find("Food").id)
    opened.do(lambda p: p.codebook.edit(food, key="1"))
    QTest.keyClicks(room.view, "i")
    selects(room, machine, 9)
    QTest.keyClicks(room.view, "1")
    assert [p.quote for p in opened.ask(lambda p: p.codings.retrieve(food))] == ["Here is thing 9 of the park."]


def test_why_opens_a_paper_with_the_nearest_coded_passages(room, machine, opened):
    selects(room, machine, 5)
    QTest.keyClicks(room.view, "iy")
    card = room.fitting.card
    assert card.isVisible() and [len(near.rows_.rows) for near in card.lists] == [2, 0]
    near = card.lists[0]
    assert near.hasFocus() and card.geometry().bottom() <= room.rect().bottom()
    QTest.keyClick(near, Key.Key_Return)
    assert opened.read == [(machine.source, machine.places[0])] and not card.isVisible()
    QTest.keyClicks(room.view, "y")
    QTest.keyClick(near, Key.Key_Escape)
    assert not card.isVisible() and room.view.hasFocus()


def test_closing_the_line_ends_it_until_it_is_asked_for_again(room, machine):
    QTest.keyClicks(room.view, "i")
    room.fit_strip.close_button.click()
    selects(room, machine, 6)
    rests(room)
    assert not room.fit_strip.isVisible() and len(asked(machine)) == 1
    QTest.keyClicks(room.view, "i")
    assert room.fit_strip.isVisible() and offered(room)


def test_single_letters_that_are_switched_off_do_nothing_here_either(room, machine):
    room.view.letters = False
    selects(room, machine, 5)
    QTest.keyClicks(room.view, "idy")
    assert asked(machine) == []
    action = next(a for a in room.actions_for_menu()["code"] if a.text().startswith("What codes for"))
    action.trigger()
    assert offered(room)
    room.fit_strip.chips[1].click()
    assert room.view.layers.has(machine.places[5])


def test_passages_like_this_one_are_listed_the_likest_first(room, machine, opened):
    selects(room, machine, 5)
    QTest.keyClicks(room.view, "o")
    drawer = room.fitting.alike
    assert drawer.isVisible() and drawer.title.text() == "Passages like “Here is thing 5 of the park.”"
    quotes = [card.quote for card in drawer.list.cards.cards()]
    assert quotes[:2] == [f"Here is thing {n} of the park." for n in (0, 1)] and len(quotes) == 30
    assert drawer.meta.text() == "30 passages, the likest first" and drawer.list.hasFocus()
    assert not room.fit_strip.isVisible()  # an empty band would take the transcript's room
    QTest.keyClick(drawer.list, Key.Key_Return)
    assert opened.read == [(machine.source, machine.places[0])]
    QTest.keyClick(drawer.list, Key.Key_Space)
    QTest.keyClick(drawer.list, Key.Key_Down)
    QTest.keyClick(drawer.list, Key.Key_Space)
    food = opened.ask(lambda p: p.codebook.tree().find("Food").id)
    QTest.keyClicks(drawer.list, "c")
    drawer.popup.hide()
    drawer.popup.chosen.emit(food)
    assert len(opened.ask(lambda p: p.codings.retrieve(food))) == 2
    opened.runner.undo()
    assert opened.ask(lambda p: p.codings.retrieve(food)) == []
    QTest.keyClick(drawer.list, Key.Key_Escape)
    assert not drawer.isVisible() and room.view.hasFocus() and room.fit_strip.isVisible()


def test_nothing_is_suggested_while_words_are_corrected(room, machine):
    QTest.keyClicks(room.view, "i")
    room.fitting.rest(True)
    assert not room.fit_strip.isVisible()
    room.fitting.rest(False)
    assert room.fit_strip.isVisible()


def test_another_project_is_not_asked_about(room, machine, opened, tmp_path):
    selects(room, machine, 5)
    QTest.keyClicks(room.view, "i")
    other = tmp_path / "other.cqda"
    Project.create(other, "empty", coder="Asha").close()
    opened.runner.open(other)
    rests(room)
    assert not room.fit_strip.isVisible() and offered(room) == [] and len(asked(machine)) == 1


def test_passages_like_one_follow_their_words_when_the_text_is_corrected(room, machine, opened):
    selects(room, machine, 5)
    QTest.keyClick(room.view, Key.Key_O)
    cards = room.fitting.alike.list.cards.cards
    before = [card.quote for card in cards()]
    gone = machine.places[0]
    edits = [Edit(0, 0, "Now then. "), Edit(gone.start, gone.end, "Quite other words.")]
    opened.runner.do(lambda p: p.corrections.correct(machine.source, edits))
    text = opened.ask(lambda p: p.sources.text(machine.source))
    assert [card.quote for card in cards()] == before[1:], "the first one's words are others by now"
    assert all(card.span.of(text) == card.quote for card in cards())


def test_closing_the_list_stops_looking_for_it(room, machine, monkeypatch):
    selects(room, machine, 3)
    handle = Asked(Job())
    with monkeypatch.context() as slowly:
        slowly.setattr(assistant_of(room.fitting.alike._runner), "ask", lambda *_given, **_more: handle)
        room.fitting.find_alike()
    assert room.fitting.alike.cancel.isVisible()
    room.fitting.alike.close_button.click()
    assert handle.is_answered and handle.job.is_cancelled and room.fitting.alike.isHidden()


def test_no_message_covers_what_is_offered(room, machine):
    selects(room, machine, 5)
    QTest.keyClick(room.view, Key.Key_I)
    window = room.window()
    toast = Toast(window)
    toast.say("Coded as Public spaces", can_undo=True)
    strip = room.fit_strip
    place = QRect(strip.mapTo(window, QPoint(0, 0)), strip.size())
    assert strip.isVisible() and not toast.geometry().intersects(place)
    assert {"I / Y", "O"} <= {key for key, _what in room.hints()}
