"""Coding without a mouse: every gesture of the room with keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journeys.researcher import Researcher
from tests.journeys.room_story import begin, chooses, coded, mine, span_of

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def asha(qtbot: Any, tmp_path: Path) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield begin(made, tmp_path / "study.cqda")
    made.leaves()


def keys(who: Researcher, *pressed: Any) -> Researcher:
    """Letters as text, others as a key or (key, held)."""
    for key in pressed:
        if isinstance(key, str):
            QTest.keyClicks(who.room.view, key)
        elif isinstance(key, tuple):
            QTest.keyClick(who.room.view, key[0], key[1])
        else:
            QTest.keyClick(who.room.view, key)
        who.rests()
    return who


def types(who: Researcher, words: str, *then: Any) -> Researcher:
    """Into the picker."""
    assert who.room.picker.isVisible()
    QTest.keyClicks(who.room.picker.field, words)
    for key in then:
        key, held = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
        QTest.keyClick(who.room.picker.field, key, held)
    return who.rests()


def has_focus(widget: Any) -> bool:
    """In its window; which window is in front is not ours to say here."""
    return widget.window().focusWidget() is widget


def caret(who: Researcher, words: str) -> Researcher:
    who.room.view.put_caret(span_of(who, words).start)
    return who


def selected(who: Researcher) -> str:
    span = who.room.view.selected()
    return span.of(who.room.view.reading.text) if span is not None else ""


def test_a_code_has_a_key_and_so_has_another_with_shift(asha: Researcher) -> None:
    keys(caret(asha, "The buses."), "7", (Key.Key_F, SHIFT))
    assert mine(asha) == [
        ("Buses", "The buses. Nobody comes down after six."), ("Food", "The buses. Nobody comes down after six."),
    ]  # fmt: skip


def test_the_picker_finds_by_name_by_definition_and_makes_what_is_typed(asha: Researcher) -> None:
    caret(asha, "The buses.")
    types(keys(asha, "c"), "bus", Key.Key_Return)
    types(keys(asha, Key.Key_Return), "get about", Key.Key_Return)
    assert mine(asha) == [("Buses", "The buses. Nobody comes down after six.")]
    types(keys(asha, "c"), "Evenings", Key.Key_Return, Key.Key_Return)
    assert ("Evenings", "The buses. Nobody comes down after six.") in mine(asha)


def test_the_codes_used_most_stand_first(asha: Researcher) -> None:
    for words in ("The park", "Everybody is"):
        asha.selects(words)
        keys(asha, "7")
    asha.selects("the school gate")
    keys(asha, (Key.Key_F, SHIFT))
    asha.selects("you talk")
    keys(asha, "c")
    assert [row.words for row in asha.room.picker.rows.rows][:2] == ["Buses", "Food"]


def test_several_codes_are_one_act(asha: Researcher) -> None:
    asha.selects("The park")
    types(keys(asha, "c"), "foo", Key.Key_Tab)
    assert asha.room.picker.isVisible()
    QTest.keyClicks(asha.room.picker.field, "pub")
    types(asha, "", (Key.Key_Return, CTRL))
    types(asha, "clas", Key.Key_Return)
    assert {code for code, _words in mine(asha)} == {"Food", "Public spaces", "Class"}
    asha.undoes()
    assert mine(asha) == []


def test_a_tick_can_be_taken_away_and_a_new_code_joins_the_ticked(asha: Researcher) -> None:
    asha.selects("The park")
    types(keys(asha, "c"), "foo", Key.Key_Tab)
    types(asha, "", Key.Key_Tab)  # Food stands first now, ticked: unticked again
    types(asha, "clas", Key.Key_Tab)
    types(asha, "Green places", Key.Key_Return, Key.Key_Return)
    assert {code for code, _words in mine(asha)} == {"Class", "Green places"}
    asha.undoes()
    assert mine(asha) == []


def test_in_their_words(asha: Researcher) -> None:
    asha.selects("the school gate.")
    keys(asha, "v")
    assert asha.room.picker.field.text() == "the school gate"
    types(asha, "The school gate", Key.Key_Return, Key.Key_Return)
    assert mine(asha) == [("The school gate", "the school gate.")]


def test_in_their_words_needs_words(asha: Researcher) -> None:
    said: list[str] = []
    asha.room.gestures.said.connect(lambda words, _undo: said.append(words))
    keys(caret(asha, "The buses."), "v")
    asha.room.view.select(span_of(asha, "."))
    keys(asha, "v")
    assert said == [
        "Select the words that are to be the code’s name first.",
        "There is no word in the selection to name a code with.",
    ]
    assert not asha.room.picker.isVisible()


def test_words_sentences_turns_and_less_again(asha: Researcher) -> None:
    keys(caret(asha, "park 😀"), "w")
    assert selected(asha) == "park"
    keys(asha, "w")
    assert selected(asha) == "park 😀, honestly"
    keys(asha, "s")
    assert selected(asha) == "The park 😀, honestly."
    keys(asha, "t")
    assert selected(asha) == "The park 😀, honestly. Everybody is in the park on a Saturday."
    for expected in ("The park 😀, honestly.", "park 😀, honestly", "park", ""):
        keys(asha, "b")
        assert selected(asha) == expected
    keys(asha, (Key.Key_Right, SHIFT | CTRL), (Key.Key_Right, SHIFT | CTRL), "b")
    assert selected(asha) == "park"


def test_arabic_is_selected_by_words_and_coded(asha: Researcher) -> None:
    keys(caret(asha, "أحد"), "w", "w", "7")
    assert mine(asha) == [("Buses", "أحد يأتي")]


def test_the_last_code_again_and_from_passage_to_passage(asha: Researcher) -> None:
    asha.selects("The park")
    keys(asha, "7")
    asha.selects("The buses.")
    keys(asha, "l")
    assert mine(asha) == [("Buses", "The park"), ("Buses", "The buses.")]
    asha.room.view.put_caret(0)
    keys(asha, Key.Key_Escape, "j")
    walked = [selected_passage(asha)]
    for key in "jjkk":
        keys(asha, key)
        walked.append(selected_passage(asha))
    assert walked == ["The park", "ten minutes", "The buses.", "ten minutes", "The park"]


def selected_passage(who: Researcher) -> str:
    found = who.room.gestures.passages.active()
    return found[0].span.of(who.room.view.reading.text) if found else ""


def test_the_next_uncoded_turn_and_the_same_speakers_turns(asha: Researcher) -> None:
    view = asha.room.view
    keys(caret(asha, "The park"), "7", "u")
    assert view.caret() == span_of(asha, "لا أحد").start
    keys(caret(asha, "The park"), "n")
    assert view.caret() == span_of(asha, "The buses.").start
    keys(asha, "p")
    assert view.caret() == span_of(asha, "The park").start
    said: list[str] = []
    asha.room.gestures.said.connect(lambda words, _undo: said.append(words))
    keys(asha, "p", "n", "n")
    assert said == ["That was the first turn of Amina.", "That was the last turn of Amina."]


def test_ends_are_changed_by_character_and_by_word(asha: Researcher) -> None:
    asha.selects("The park")
    keys(asha, "7", "e", (Key.Key_Right, CTRL), Key.Key_Right, Key.Key_Return)
    assert mine(asha) == [("Buses", "The park 😀, honestly.")]
    keys(asha, "e", (Key.Key_Right, SHIFT | CTRL), (Key.Key_Left, CTRL), (Key.Key_Left, CTRL), Key.Key_Return)
    assert mine(asha) == [("Buses", "park")]
    keys(asha, "e", (Key.Key_Right, CTRL))
    assert selected(asha) == "park 😀, honestly", "what it would be is seen before it is kept"
    keys(asha, Key.Key_Escape)
    assert mine(asha) == [("Buses", "park")]
    asha.undoes().undoes()
    assert mine(asha) == [("Buses", "The park")]


def test_in_arabic_the_left_arrow_goes_on(asha: Researcher) -> None:
    asha.selects("لا أحد")
    keys(asha, "7", "e", (Key.Key_Left, CTRL), Key.Key_Return)
    assert mine(asha) == [("Buses", "لا أحد يأتي")]


def test_recoding_and_removing(asha: Researcher) -> None:
    asha.selects("The park")
    keys(asha, "7", "r")
    types(asha, "foo", Key.Key_Return)
    assert mine(asha) == [("Food", "The park")]
    keys(asha, Key.Key_Delete)
    assert mine(asha) == []
    asha.undoes().undoes()
    assert mine(asha) == [("Buses", "The park")]


def test_it_is_said_how_many_memos_go_with_a_code(asha: Researcher) -> None:
    said: list[str] = []
    asha.room.gestures.said.connect(lambda words, _undo: said.append(words))
    asha.selects("The park")
    keys(asha, "7")
    (coding,) = asha.room.view.active
    asha.window.runner.do(lambda p: p.memos.add("coding", coding, "Look again"))
    asha.rests()
    keys(asha, Key.Key_Delete)
    assert said[-1] == "Removed Buses from “The park”, and 1 memo on it"
    asha.undoes()
    assert [memo.body for memo in asha.ask(lambda p: p.memos.list())] == ["Look again"]


def test_weights_are_off_until_they_are_wanted(asha: Researcher) -> None:
    said: list[str] = []
    asha.room.gestures.said.connect(lambda words, _undo: said.append(words))
    asha.selects("The park")
    keys(asha, "7", "+")
    assert said[-1] == "Weights are off. The Code menu shows them."
    asha.window.commands.actions["weights"].trigger()
    asha.room.view.setFocus()
    keys(asha, Key.Key_Plus, Key.Key_Plus, (Key.Key_Plus, SHIFT), Key.Key_Minus)
    weights = asha.ask(lambda p: [c.weight for c in p.codings.of_source(asha.room.source) if c.weight is not None])
    assert weights == [60]
    assert said[-1] == "Weight 60"
    asha.undoes()
    assert asha.ask(lambda p: all(c.weight is None for c in p.codings.of_source(asha.room.source)))


def test_a_quotation_is_copied_with_who_said_it_and_where(asha: Researcher) -> None:
    asha.selects("The park")
    keys(asha, "7", Key.Key_Escape)
    asha.room.view.put_caret(0)
    keys(asha, "j", "q")
    assert QGuiApplication.clipboard().text() == "“The park” (Amina, Women, turn 2)"
    amina = next(each.case for each in asha.room.view.reading.speakers.values() if each.label == "Amina")
    asha.window.runner.do(lambda p: p.cases.rename(amina, "Participant 4"))
    asha.rests()
    keys(asha, "q")
    assert QGuiApplication.clipboard().text() == "“The park” (Participant 4, Women, turn 2)"


def test_it_becomes_the_codes_example(asha: Researcher) -> None:
    asha.selects("The buses.")
    keys(asha, "7", "x")
    assert "The buses." in asha.ask(lambda p: p.codebook.tree().get("Buses").example)


def test_the_card_is_gone_through_with_keys(asha: Researcher) -> None:
    asha.selects("The park")
    keys(asha, "7", "a")
    card = asha.room.gestures.passages.card
    assert card.isVisible()
    assert has_focus(card.rows[0])
    assert [row.act.command for row in card.rows] == [
        "ends", "recode", "memo", "quotation", "example", "theme", "remove",
    ]  # fmt: skip
    QTest.keyClick(card.rows[0], Key.Key_Up)
    assert has_focus(card.rows[-1])
    QTest.keyClick(card.rows[-1], Key.Key_Return)
    asha.rests()
    assert mine(asha) == []
    assert not card.isVisible()
    assert has_focus(asha.room.view)


def test_escape_leaves_the_card_and_a_letter_in_it_does_what_it_says(asha: Researcher) -> None:
    asha.selects("The park")
    keys(asha, "7", "a")
    card = asha.room.gestures.passages.card
    QTest.keyClick(card.rows[0], Key.Key_Escape)
    assert not card.isVisible()
    assert has_focus(asha.room.view)
    keys(asha, "a")
    QTest.keyClick(card.rows[0], Key.Key_R)
    types(asha, "foo", Key.Key_Return)
    assert mine(asha) == [("Food", "The park")]


def test_what_another_coded_is_shown_and_stays(asha: Researcher) -> None:
    said: list[str] = []
    asha.room.gestures.said.connect(lambda words, _undo: said.append(words))
    asha.room.view.put_caret(0)
    keys(asha, "j")
    assert selected_passage(asha) == "ten minutes"
    keys(asha, Key.Key_Delete, "e", "r")
    assert said == ["Bea coded this passage; only they can change that."] * 3
    keys(asha, "a")
    card = asha.room.gestures.passages.card
    assert [row.act.command for row in card.rows] == ["memo", "quotation", "example", "theme"]
    assert "Bea" in card._who.text()
    assert coded(asha) == [("Bea", "Class", "ten minutes")]


def test_nothing_happens_while_the_picker_of_another_page_is_not_asked(asha: Researcher) -> None:
    keys(asha, Key.Key_Escape, "a", "e", "r", Key.Key_Delete)
    assert coded(asha) == [("Bea", "Class", "ten minutes")]


def test_the_menu_key_offers_it_all(asha: Researcher) -> None:
    asha.selects("The park")
    keys(asha, "7")
    menu = asha.room.gestures.menu(asha.room)
    chooses(menu, "Recode the passage…")
    types(asha, "foo", Key.Key_Return)
    assert mine(asha) == [("Food", "The park")]
    chooses(asha.room.gestures.menu(asha.room), "Remove the codes of the passage")
    asha.rests()
    assert mine(asha) == []


def test_every_command_stands_in_the_code_menu_with_its_key(asha: Researcher) -> None:
    from cohesion_qda.ui.textpane.keys import key_help

    offered = [action.text() for action in asha.room.actions_for_menu()["code"]]
    for command in key_help():
        assert f"{command.words}\t{command.key}" in offered


def test_single_letters_can_be_switched_off(asha: Researcher) -> None:
    asha.window.commands.actions["code_keys"].trigger()
    asha.selects("The park")
    keys(asha, "7", (Key.Key_F, SHIFT), "c", "v", "e")
    assert mine(asha) == []
    assert not asha.room.picker.isVisible()
    types(keys(asha, Key.Key_Return), "foo", Key.Key_Return)
    assert mine(asha) == [("Food", "The park")]


def test_double_coding_is_blind(asha: Researcher) -> None:
    """Asha hides what others coded: it is gone from the page, the margin, J and K and the counts; and it stays so."""
    assert {name for name, _words in asha.shown()} == {"Class"}
    asha.window.commands.actions["hide_others"].trigger()
    asha.rests()
    assert asha.shown() == set()
    assert "others hidden" in asha.window.workspace.status.coder.text()
    classes = asha.ask(lambda p: p.codebook.tree().get("Class").id)
    assert asha.room.panel.model.count(classes).mentions == 0
    said: list[str] = []
    asha.room.gestures.said.connect(lambda words, _undo: said.append(words))
    asha.room.view.setFocus()
    keys(asha, "j")
    assert said == ["No passages coded yet. Select some words and press C."]
    asha.selects("ten minutes")
    keys(asha, "7")
    assert {name for name, _words in asha.shown()} == {"Buses"}
    asha.closes_the_project()
    asha.opens(asha.window.settings["recent"][0]).reads("Women")
    assert {name for name, _words in asha.shown()} == {"Buses"}, "it is remembered for this project"
    asha.window.commands.actions["hide_others"].trigger()
    asha.rests()
    assert {name for name, _words in asha.shown()} == {"Buses", "Class"}


def test_nothing_flashes_up_when_another_codes_while_others_are_hidden(asha: Researcher) -> None:
    asha.selects("The park")
    keys(asha, "7")
    asha.window.commands.actions["hide_others"].trigger()
    asha.rests()
    seen: list[set[int]] = []
    asha.room.view.activated.connect(lambda _active: None)
    real = asha.room.view.set_codings

    def watched(layers: Any) -> None:
        seen.append({coding.coder for coding in layers})
        real(layers)

    asha.room.view.set_codings = watched
    asha.window.commands.use_coder("Bea")
    asha.rests()
    bea = asha.ask(lambda p: p.coder.id)
    assert asha.room.gestures.coder == bea
    assert {name for name, _words in asha.shown()} == {"Class"}
    assert seen[0] == set(), "first of all, what is hidden now goes"
    assert all(coders <= {bea} for coders in seen)


def test_who_codes_is_seen_and_changed_with_keys(asha: Researcher) -> None:
    status = asha.window.workspace.status
    assert status.coder in asha.window.workspace.areas(), "F6 comes by"
    assert status.coder.text() == "Coding as Asha"
    menu = status.coder_menu()
    assert {action.text() for action in menu.actions() if action.isChecked()} == {"Asha"}
    chooses(menu, "Bea")
    asha.rests(lambda: "Bea" in status.coder.text())
    asha.room.view.setFocus()
    keys(caret(asha, "The park"), "7")
    assert mine(asha, "Bea")[0][0] == "Buses"
    chooses(status.coder_menu(), "Hide others’ codings")
    asha.rests(lambda: "others hidden" in status.coder.text())
    assert asha.window.commands.actions["hide_others"].isChecked()


def test_focus_comes_back_to_the_words(asha: Researcher) -> None:
    asha.selects("The park")
    keys(asha, "c")
    assert has_focus(asha.room.picker.field)
    types(asha, "", Key.Key_Escape)
    QApplication.processEvents()
    assert has_focus(asha.room.view)
