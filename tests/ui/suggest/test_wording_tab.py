"""The tab of words: everything left out and everything that is one, in one place, without a mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cohesion_qda.analysis import pipelines
from cohesion_qda.base.errors import UserError
from cohesion_qda.model.wording import Merge, Wording
from cohesion_qda.ui.pipeline_choice import PipelineChoice
from cohesion_qda.ui.suggest import word_menu
from cohesion_qda.ui.suggest.page import SuggestPage
from cohesion_qda.ui.suggest.word_menu import MergeDialog
from cohesion_qda.ui.suggest.word_rows import say_rows
from cohesion_qda.ui.suggest.wording import WordsTab


@pytest.fixture
def tab(open_page, monkeypatch: pytest.MonkeyPatch) -> WordsTab:
    monkeypatch.setattr(pipelines, "choose", lambda language, *_more: pipelines.blank(language))
    page = open_page(SuggestPage)
    page.turn_to("words")
    if page.tab.found is None:
        page.tab.empty.button.click()
    assert page.tab.found is not None
    return page.tab


def words(tab: WordsTab, kind: str) -> list[str]:
    return [row.word for row in tab.say_list.words.rows if row.kind == kind]


def choose(view, word: str) -> None:
    at = next(n for n, row in enumerate(view.words.rows) if row.word == word)
    view.setCurrentIndex(view.words.index(at))
    view.setFocus()


def test_what_is_counted_stands_beside_what_is_not(tab: WordsTab) -> None:
    terms = [row.word for row in tab.terms.words.rows]
    assert terms[0] == "park" and "the" not in terms
    assert tab.terms.words.rows[0].counts == "2 of 5 people, 3 times"
    assert [row.word for row in tab.say_list.words.rows if row.kind == "heading"] == [
        "You left out", "You count as one", "The program leaves out by itself",
    ]  # fmt: skip
    assert "the" in words(tab, "by_itself")
    assert "Phrases are found by leaving out stop words" in tab.read_with.text()


def test_a_word_is_left_out_and_counted_again_by_keys(tab: WordsTab, open_page) -> None:
    choose(tab.terms, "park")
    QTest.keyClick(tab.terms, Qt.Key.Key_L)
    assert open_page.said == [("Left “park” out of what is counted", True)]
    assert words(tab, "left_out") == ["park"] and tab.say_list.current().word == "park"
    assert "park" not in [row.word for row in tab.terms.words.rows]
    choose(tab.say_list, "park")
    assert tab.take_button.text() == "Count again"
    QTest.keyClick(tab.say_list, Qt.Key.Key_Delete)
    assert open_page.said[-1] == ("Counted “park” again", True)
    assert words(tab, "left_out") == []
    assert "park" in [row.word for row in tab.terms.words.rows]
    open_page.runner.undo()
    assert words(tab, "left_out") == ["park"], "it follows what is done elsewhere"


def test_words_are_counted_as_one_and_apart_again(tab: WordsTab, open_page) -> None:
    choose(tab.terms, "food")
    QTest.keyClick(tab.terms, Qt.Key.Key_M)
    dialog = tab.findChild(MergeDialog)
    assert not dialog.ok.isEnabled() and "at least one other" in dialog.ok.toolTip()
    dialog.forms.setText("wall, the wall")
    dialog.shown.setText("")
    assert not dialog.ok.isEnabled() and "how they are shown" in dialog.ok.toolTip()
    dialog.shown.setText("food and walls")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert open_page.said == [("Counted “food”, “wall”, “the wall” as one with “food and walls”", True)]
    row = next(row for row in tab.say_list.words.rows if row.kind == "merge")
    assert row.about == "food and walls (0), food (1), wall (1), the wall (1)"
    assert row.counts == "1 of 5 people, 2 times"
    assert tab.terms.accessibleName() and row.told().startswith("food and walls. food and walls (0)")
    choose(tab.say_list, "food and walls")
    assert tab.take_button.text() == "Count apart again"
    tab.take_button.click()
    assert words(tab, "merge") == []


def test_what_the_program_leaves_out_can_be_counted_all_the_same(tab: WordsTab, open_page) -> None:
    choose(tab.say_list, "nothing")
    assert tab.take_button.text() == "Count all the same"
    tab.take_button.click()
    assert words(tab, "counted") == ["nothing"] and "nothing" not in words(tab, "by_itself")
    choose(tab.say_list, "nothing")
    assert tab.take_button.text() == "Leave out again"
    tab.take_button.click()
    assert words(tab, "counted") == [] and words(tab, "left_out") == ["nothing"]


def test_typing_finds_a_word_wherever_it_is_and_takes_one_that_nobody_said(tab: WordsTab, open_page) -> None:
    tab.field.setFocus()
    QTest.keyClicks(tab.field, "par")
    assert [row.word for row in tab.terms.words.rows] == ["park"]
    assert words(tab, "by_itself") == []
    QTest.keyClick(tab.field, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is tab.terms
    tab.field.clear()
    tab.field.setFocus()
    QTest.keyClicks(tab.field, "a unicorn")
    tab.leave.click()
    assert open_page.said == [("Left “a unicorn” out of what is counted", True)]
    assert words(tab, "left_out") == ["a unicorn"]
    tab.field.clear()
    QTest.keyClick(tab, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is tab.field


def test_the_language_of_the_talk_is_chosen(tab: WordsTab, open_page) -> None:
    assert tab.language.currentData() == "en"
    tab.language.setCurrentIndex(tab.language.findData("cy"))
    tab.language.activated.emit(tab.language.currentIndex())
    assert open_page.said == [("Set the language of the talk to cy", True)]
    assert open_page.ask(lambda p: p.wording.get().language) == "cy"
    assert "blank-cy" in tab.read_with.text()
    open_page.runner.undo()
    assert tab.language.currentData() == "en"


def test_other_tabs_leave_words_out_and_open_this_one_at_a_word(tab: WordsTab, open_page) -> None:
    menu = word_menu.word_menu(open_page.runner, "food", lambda said, undo: open_page.said.append((said, undo)), tab)
    assert [action.text() for action in menu.actions()] == ["Leave “food” out", "Count “food” as one with…"]
    menu.actions()[0].trigger()
    menu.actions()[0].trigger()
    assert open_page.said == [("Left “food” out of what is counted", True), ("That is so already.", False)]
    tab.take("food")
    assert words(tab, "left_out") == ["food"] and tab.terms.words.rows == []


def test_before_anything_is_counted_the_researchers_say_stands_there() -> None:
    rows = say_rows(Wording(left_out=("bus",), merges=(Merge("a", ("b", "c")),)), None, "")
    assert [(row.kind, row.word, row.counts, row.about) for row in rows if row.is_word] == [
        ("left_out", "bus", "", ""), ("merge", "a", "", "b, c"),
    ]  # fmt: skip
    assert "Choose a word" in " ".join(row.word for row in say_rows(Wording(), None, ""))


def test_a_model_is_taken_in_and_chosen(theme, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    md = pipelines.PipelineInfo(
        "en_core_web_md 3.8.0", "en_core_web_md", "3.8.0", "en", "folder", "x", frozenset({"pos", "lemma"})
    )
    there: list[pipelines.PipelineInfo] = []
    monkeypatch.setattr(pipelines, "available", lambda models=None: there)

    def add(path: Path, models: Path | None = None) -> pipelines.PipelineInfo:
        if path.name == "wrong":
            raise UserError("It holds no language pipeline.", "Choose another.")
        there.append(md)
        return md

    monkeypatch.setattr(pipelines, "add", add)
    choice = PipelineChoice("gone 1.0")
    assert choice.box.currentText() == "gone 1.0 (not there any more)"
    assert "until it is there again" in choice.about.text()
    choice.take_in(tmp_path / "wrong")
    assert choice.about.text() == "It holds no language pipeline. Choose another." and choice.add.isEnabled()
    choice.take_in(tmp_path / "right")
    assert choice.chosen == "en_core_web_md" and choice.box.currentText() == "en_core_web_md 3.8.0 (en)"
    assert "Names of people and places" in choice.about.text()
    assert PipelineChoice("en_core_web_md 3.8.0").chosen == "en_core_web_md"
    choice.box.setCurrentIndex(0)
    assert choice.chosen == ""
    asked = []
    monkeypatch.setattr("cohesion_qda.ui.choose.open_file", lambda *_args: asked.append("wheel"))
    monkeypatch.setattr("cohesion_qda.ui.choose.folder", lambda *_args: asked.append("folder"))
    choice._ask_wheel()
    choice._ask_folder()
    assert asked == ["wheel", "folder"]
