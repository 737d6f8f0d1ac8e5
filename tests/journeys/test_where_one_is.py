"""What keys act on is what one sees and where one is: filters, the caret, the place one was at, the focus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.project import Project
from tests.journeys.researcher import Researcher
from tests.journeys.room_story import begin, coded, mine, span_of
from tests.makers import draft

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def asha(qtbot: Any, tmp_path: Path) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield begin(made, tmp_path / "study.cqda")
    made.leaves()


def only(asha: Researcher, label: str) -> None:
    """One speaker's turns."""
    speakers = asha.room.view.reading.speakers.values()
    asha.room.filters.set(speaker=next(s.id for s in speakers if s.label == label))
    asha.rests()


def active(asha: Researcher) -> list[str]:
    view = asha.room.view
    return sorted(view.coding(c).span.of(view.reading.text) for c in view.active)


def told(asha: Researcher) -> str:
    return asha.window.toast.message.text()


def has_focus(widget: Any) -> bool:
    return widget.window().focusWidget() is widget


# ---- what is shown


def test_j_and_del_reach_only_what_is_shown(asha: Researcher) -> None:
    for words in ("The park", "Everybody", "It is the buses"):
        asha.selects(words).presses("7")
    only(asha, "Carol")
    asha.room.view.put_caret(0)
    walked = []
    for _step in range(3):
        asha.presses("j")
        walked += active(asha)
    assert walked == ["ten minutes", "It is the buses", "It is the buses"]
    only(asha, "Yusuf")
    assert asha.room.view.active == frozenset(), "what is hidden is let go"
    asha.presses("j")
    assert told(asha) == "None of the coded passages is shown."
    QTest.keyClick(asha.room.view, Key.Key_Delete)
    asha.rests()
    assert len(mine(asha)) == 3


def test_n_and_the_caret_stay_in_what_is_shown(asha: Researcher) -> None:
    view = asha.room.view
    view.put_caret(span_of(asha, "The park").start)
    view.narrow(turns=frozenset({1, 3}))
    asha.presses("n")
    assert told(asha) == "That was the last turn of Amina."
    view.narrow(turns=frozenset({3}))
    assert view.caret() == span_of(asha, "I would say").start, "a caret that is hidden goes to what is not"


def test_brackets_stand_beside_what_is_shown_of_a_passage(asha: Researcher) -> None:
    view, text = asha.room.view, asha.room.view.reading.text
    asha.selects(text[text.index("The park") : text.index("The buses.") + 10]).presses("7")
    asha.selects("It is the buses").presses("7")
    only(asha, "Amina")
    there = [coding for coding, _role in view.on_screen()]
    assert [c.span.of(text)[:8] for c in there] == ["The park"], "others' turns have no bracket"
    bracket = view.margin.brackets(there)[there[0].id]
    shown = view.screen()
    assert shown[0].top <= bracket.top < bracket.bottom <= shown[-1].top + shown[-1].height
    only(asha, "Carol")
    there = [coding for coding, _role in view.on_screen()]
    first = next(c for c in there if len(c.span) > 100)
    bracket, shown = view.margin.brackets(there)[first.id], view.screen()
    assert shown[0].top <= bracket.top < bracket.bottom <= shown[0].top + shown[0].height


def test_what_is_coded_under_a_filter_that_hides_it_is_said(asha: Researcher) -> None:
    food = asha.ask(lambda p: p.codebook.tree().get("Food").id)
    asha.room.filters.set(code=food)
    asha.selects("The buses.").presses("7")
    assert told(asha) == "Coded as Buses. The filter hides it here."
    assert mine(asha) == [("Buses", "The buses.")] and asha.room.view.active == frozenset()
    QTest.keyClick(asha.selects("The park").room.view, Key.Key_F, SHIFT)
    asha.rests()
    assert told(asha) == "Coded as Food"


def test_found_words_are_those_that_are_shown(asha: Researcher) -> None:
    asha.room.open_find()
    asha.room.find.field.setText("buses")
    assert len(asha.room.view.hits) == 2
    only(asha, "Carol")
    assert [hit.start for hit in asha.room.view.hits] == [span_of(asha, "the buses, yes").start + 4]
    asha.room.filters.set(speaker=None)
    assert len(asha.room.view.hits) == 2


# ---- where one is


def test_the_caret_lets_the_passage_go_that_it_leaves(asha: Researcher) -> None:
    view = asha.room.view
    asha.selects("The buses.").presses("7")
    assert active(asha) == ["The buses."]
    QTest.keyClick(view, Key.Key_Home, CTRL)
    QTest.keyClick(view, Key.Key_Right, CTRL | SHIFT)
    assert view.active == frozenset()
    QTest.keyClick(view, Key.Key_Delete)
    asha.rests()
    assert mine(asha) == [("Buses", "The buses.")]
    view.put_caret(0)
    asha.presses("jj")
    assert active(asha) == ["The buses."]
    QTest.keyClick(view, Key.Key_Right)
    assert active(asha) == ["The buses."], "inside it, it stays"
    asha.presses("w")
    assert view.active == frozenset(), "other words are selected"


def test_what_was_removed_is_said_with_its_words(asha: Researcher) -> None:
    asha.selects("I would say the school gate. You stand there ten minutes").presses("7")
    QTest.keyClick(asha.room.view, Key.Key_Delete)
    asha.rests()
    assert told(asha) == "Removed Buses from “I would say the school gate. You stand …”"


def test_while_its_ends_are_moved_a_passage_stays_active(asha: Researcher) -> None:
    asha.selects("The buses.").presses("7").presses("e")
    QTest.keyClick(asha.room.view, Key.Key_Right, CTRL)
    assert active(asha) == ["The buses."]
    QTest.keyClick(asha.room.view, Key.Key_Return)
    asha.rests()
    assert mine(asha) == [("Buses", "The buses. Nobody")] and active(asha) == ["The buses. Nobody"]


def test_a_selection_over_two_turns_is_said_and_grows_to_whole_sentences(asha: Researcher) -> None:
    view, text = asha.room.view, asha.room.view.reading.text
    asha.selects("after six.\nIt is")
    asha.rests(lambda: told(asha) == "You have selected words of Amina, Carol.")
    asha.presses("s")
    assert view.selected().of(text) == "Nobody comes down after six.\nIt is the buses, yes."
    asha.selects("The buses.")
    asha.room.gestures.tell_speakers()
    assert told(asha) == "You have selected words of Amina, Carol.", "nothing new is said of one person's words"


# ---- coming back


def test_the_room_takes_the_focus_when_one_comes_back(asha: Researcher) -> None:
    asha.goes_to("themes").setFocus()
    asha.goes_to("read")
    assert has_focus(asha.room.view)
    asha.chooses("edit", "F4").rests(lambda: asha.room.mending.correcting.is_on)
    asha.goes_to("themes")
    asha.goes_to("read")
    assert has_focus(asha.room.mending.correcting.surface)
    asha.finishes()


def test_a_card_opened_by_keys_has_the_focus_and_one_opened_by_a_click_has_not(asha: Researcher) -> None:
    asha.selects("The buses.").presses("7")
    view, card = asha.room.view, asha.room.gestures.passages.card
    view.margin.grab()
    view.margin.setFocus()
    QTest.keyClick(view.margin, Key.Key_Return)
    assert card.isVisible() and has_focus(card.rows[0])
    QTest.keyClick(card.rows[0], Key.Key_Escape)
    view.margin.grab()
    place = view.margin.names()[-1].rect.center().toPoint()
    QTest.mouseClick(view.margin, Qt.MouseButton.LeftButton, pos=place)
    assert card.isVisible() and has_focus(view)


def test_a_source_that_was_removed_is_read_again_when_it_is_back(asha: Researcher) -> None:
    source = asha.room.source
    asha.window.commands.sources.remove(source)
    asha.rests(lambda: asha.room.source is None)
    assert not any(chip.isVisibleTo(asha.room) for chip in asha.room.filters.chips()), "there is nothing to filter"
    asha.undoes().rests(lambda: asha.room.view.reading is not None)
    assert asha.room.source == source and asha.window.workspace.navigator.selected_source() == source
    assert has_focus(asha.room.view)


def test_a_project_opens_at_the_source_read_last(asha: Researcher, tmp_path: Path) -> None:
    asha.ask(lambda p: p.sources.add([draft("Elders", [("Ann", "We met at chapel.")])]))
    path = asha.window.runner.info.path
    asha.reads("Elders").closes_the_project().opens(path).rests(lambda: asha.room.source is not None)
    assert asha.room.view.reading.source.name == "Elders"
    asha.reads("Women").closes_the_project().opens(path).rests(lambda: asha.room.source is not None)
    assert asha.room.view.reading.source.name == "Women", "though no place in it was kept anew"


def test_l_knows_the_code_used_last_before_this_sitting(asha: Researcher) -> None:
    asha.selects("The park").presses("7").selects("Everybody")
    QTest.keyClick(asha.room.view, Key.Key_F, SHIFT)
    path = asha.rests().window.runner.info.path
    asha.closes_the_project().opens(path).reads("Women")
    asha.selects("It is the buses").presses("l")
    assert mine(asha)[-1] == ("Food", "It is the buses")
    asha.window.commands.use_coder("Bea")
    asha.rests().selects("honestly").presses("l")
    assert ("Bea", "Class", "honestly") in coded(asha), "another coder has used another one"


def test_an_enter_pressed_twice_codes_nothing(asha: Researcher) -> None:
    asha.room.picker.settles = 60_000
    asha.selects("The buses.")
    QTest.keyClick(asha.room.view, Key.Key_Return)
    QTest.keyClick(asha.room.picker.field, Key.Key_Return)
    assert asha.rests().room.picker.isVisible() and mine(asha) == []
    asha.room.picker.settles = 0
    QTest.keyClick(asha.room.picker.field, Key.Key_Return)
    assert not asha.rests().room.picker.isVisible() and len(mine(asha)) == 1


def test_one_escape_closes_find(asha: Researcher) -> None:
    asha.room.open_find()
    QTest.keyClicks(asha.room.find.field, "buses")
    QTest.keyClick(asha.room.find.field, Key.Key_Escape)
    assert asha.room.find.isHidden() and not asha.room.view.hits and has_focus(asha.room.view)


def test_what_was_undone_is_said_for_a_shorter_time(asha: Researcher) -> None:
    asha.selects("The buses.").presses("7")
    assert asha.window.toast.button.isVisible() and asha.window.toast._timer.interval() == 8000
    asha.undoes()
    assert told(asha).startswith("Undid") and not asha.window.toast.button.isVisible()
    assert asha.window.toast._timer.interval() == 4000
    asha.presses("7")
    assert asha.window.toast._timer.interval() == 8000


# ---- the last lines of the page


def test_what_keys_go_to_does_not_stay_under_the_messages(asha: Researcher) -> None:
    talk = [(("Ann", "Beth")[n % 2], f"Here is turn number {n}, about the bus.") for n in range(60)]
    asha.ask(lambda p: p.sources.add([draft("Long", talk)]))
    asha.reads("Long")
    view = asha.room.view
    view.scroll_to(0)
    low = [block.info.span for block in view.screen()][-4]
    spare = view.viewport().height() - view.rect_of(low).bottom() - 12  # pixels below it that are too many
    asha.window.resize(asha.window.width(), asha.window.height() - spare)
    asha.selects(low.of(view.reading.text)).presses("7")
    view.scroll_to(0)
    view.put_caret(0)
    asha.presses("j")
    line = view.viewport().mapTo(asha.window, view.rect_of(low).bottomLeft())
    assert line.y() < asha.window.toast.y()
    asha.room.open_find()
    view.scroll_to(0)
    asha.rests()
    there = [block.info.span for block in view.screen()][-4]
    asha.room.find.field.setText(there.of(view.reading.text).split(",")[0])
    assert view.selected().start == there.start
    assert view.rect_of(there).bottom() < view.viewport().height() // 2, "a hit stands in the upper half"


def test_the_last_code_is_the_coder_s_own(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.cqda", "empty", coder="Asha") as project:
        one = project.codebook.added(project.codebook.add("One"))
        two = project.codebook.added(project.codebook.add("Two"))
        project.sources.add([draft("Women", [("Ann", "The park and the bus.")])])
        women = project.sources.get("Women").id
        for code, words in ((two, "park"), (one, "bus"), (two, "The")):
            project.codings.apply(women, project.codings.find_quote(women, words), [code])
        assert list(project.codings.uses().items()) == [(two, 2), (one, 1)]


def test_the_picker_s_words_are_not_cut_off_by_a_long_name(asha: Researcher) -> None:
    picker = asha.room.picker
    asha.selects("The buses.").presses("c")
    picker.field.setText("nobody’s keeping score of who comes down after six o’clock any more")
    hint = picker._hint
    assert hint.text().endswith("…”. Enter makes one.") and hint.sizeHint().width() <= hint.width()
    QTest.keyClick(picker.field, Key.Key_Return)
    asked = picker.field.placeholderText()
    assert asked.startswith("Where does “nobody’s") and asked.endswith("” belong?")
    room = picker.field.width() - 44
    assert picker.field.fontMetrics().horizontalAdvance(asked) <= room
