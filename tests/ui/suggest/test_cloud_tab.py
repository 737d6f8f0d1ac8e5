"""The word cloud in the window: what it is of, what it stands for, and the lines of every word."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from cohesion_qda.model.selection import Selection
from cohesion_qda.report.drawing import Text
from cohesion_qda.ui import choose
from cohesion_qda.ui.compare.figure import pixels_of_a_point
from cohesion_qda.ui.suggest.cloud import CloudTab
from cohesion_qda.ui.suggest.page import SuggestPage


@pytest.fixture
def tab(open_page) -> CloudTab:
    page = open_page(SuggestPage)
    page.turn_to("cloud")
    found = page.tab_named("cloud")
    assert isinstance(found, CloudTab)
    return found


@pytest.fixture
def drawn(tab) -> CloudTab:
    tab.empty.button.click()
    assert tab.figure.drawing is not None
    return tab


def words_of(tab: CloudTab) -> list[str]:
    return [str(spot.key[1]) for spot in tab.figure.spots]


def click(tab: CloudTab, word: str) -> None:
    spot = next(spot for spot in tab.figure.spots if spot.key == ("word", word))
    QTest.mouseClick(
        tab.figure, Qt.MouseButton.LeftButton, pos=QPointF(tab.figure.place_of(spot).center()).toPoint()
    )  # fmt: skip


def test_nothing_is_drawn_until_it_is_asked_for(tab) -> None:
    assert tab.pile.currentWidget() is tab.empty and not tab.save_button.isEnabled()
    tab.refresh()
    assert tab.cloud is None
    tab.empty.button.click()
    assert tab.pile.currentWidget() is not tab.empty and tab.save_button.isEnabled()
    assert words_of(tab)[0] == "park"
    assert tab.figure.hasFocus()
    assert "twice as tall" in " ".join(getattr(mark, "text", "") for mark in tab.figure.drawing.marks)
    assert "park: 2 of 5 participants" in tab.figure.accessibleDescription()


def test_a_click_on_a_word_opens_its_lines_and_escape_goes_back(drawn, open_page) -> None:
    assert drawn.panel.isHidden()
    click(drawn, "park")
    assert drawn.panel.isVisible()
    assert [entry.hit.hit for entry in drawn.panel.shown()] == ["park", "park", "park"]
    assert drawn.panel.list.hasFocus()
    QTest.keyClick(drawn.panel.list, Qt.Key.Key_Return)
    assert open_page.read
    QTest.keyClick(drawn.panel.list, Qt.Key.Key_Escape)
    assert drawn.panel.isHidden() and drawn.figure.hasFocus()


def test_no_letter_on_the_screen_is_lower_than_twelve_pixels(drawn) -> None:
    for _way in range(2):
        texts = [mark for mark in drawn.figure.drawing.marks if isinstance(mark, Text)]
        assert texts and min(mark.size for mark in texts) * drawn.figure.zoom * pixels_of_a_point() >= 11.99
        drawn._flip()


def test_how_many_words_would_stay_is_told_before_the_cloud_is_saved(drawn) -> None:
    said = [action.text() for action in drawn.taking.menu(drawn.cloud, False).actions()]
    assert f"(0 of {len(drawn.cloud.words)} words stay)" in said[-1]


def test_the_keys_do_all_that_the_mouse_does(drawn) -> None:
    drawn.figure.setFocus()
    QTest.keyClick(drawn.figure, Qt.Key.Key_Home)
    QTest.keyClick(drawn.figure, Qt.Key.Key_Right)
    QTest.keyClick(drawn.figure, Qt.Key.Key_Return)
    assert drawn.panel.word == words_of(drawn)[1]
    drawn.panel.close_panel()
    QTest.keyClick(drawn.figure, Qt.Key.Key_B)
    assert drawn.shows_bars
    assert words_of(drawn)[0] == "park" and "Bar chart" in drawn.figure.drawing.alt
    QTest.keyClick(drawn.figure, Qt.Key.Key_B)
    assert not drawn.shows_bars and "Word cloud" in drawn.figure.drawing.alt


def test_the_bars_are_one_click_away(drawn) -> None:
    cloud = words_of(drawn)
    drawn.other.click()
    assert words_of(drawn) == cloud and "2 of 5 participants" in drawn.figure.spots[0].said
    drawn.other.click()
    assert words_of(drawn) == cloud


def test_what_is_chosen_is_drawn(drawn, open_page) -> None:
    tree = open_page.ask(lambda p: p.codebook.tree())
    drawn.by.setCurrentIndex(drawn.by.findData("mentions"))
    assert "park" in words_of(drawn) and "by how often they were said" in drawn.figure.drawing.alt
    drawn.choose(Selection(codes=(tree.get("Cuts").id,)))
    assert "food" not in words_of(drawn) and "youth" in " ".join(words_of(drawn))
    assert "“Cuts”" in drawn.figure.drawing.title
    drawn.by.setCurrentIndex(drawn.by.findData("keyness"))
    assert drawn.pile.currentWidget() is drawn.empty and "too few people" in drawn.empty.sentence.text()
    drawn.by.setCurrentIndex(0)
    drawn.choose(Selection())
    drawn.colours.setCurrentIndex(drawn.colours.findData("question"))
    said = " ".join(getattr(mark, "text", "") for mark in drawn.figure.drawing.marks)
    assert "What unites" in said and "What divides" in said
    drawn.phrases.setChecked(False)
    assert all(" " not in word for word in words_of(drawn))
    drawn.number.setCurrentIndex(drawn.number.findData(25))
    assert len(words_of(drawn)) <= 25


def test_another_tab_can_turn_to_a_selection_or_a_word(tab) -> None:
    tab.take(Selection(groups=()))
    assert words_of(tab)
    tab.take(("park", Selection()))
    assert tab.panel.isVisible() and tab.panel.word == "park"


def test_the_cloud_follows_what_is_left_out_and_comes_back_with_undo(drawn, open_page) -> None:
    open_page.do(lambda p: p.wording.leave_out("park"))
    QTest.qWait(20)
    assert "park" not in words_of(drawn)
    open_page.do(lambda p: p.history.undo())
    QTest.qWait(20)
    assert words_of(drawn)[0] == "park"


def test_the_picture_is_copied_and_saved_and_the_trail_tells(drawn, open_page, tmp_path: Path, monkeypatch) -> None:
    drawn.copy_button.click()
    assert QGuiApplication.clipboard().mimeData().hasImage()
    assert "Copied the picture" in open_page.said[-1][0]
    path = tmp_path / "cloud.svg"
    monkeypatch.setattr(choose, "save_file", lambda *_args: path)
    menu = drawn.taking.menu(drawn.cloud, drawn.shows_bars)
    assert menu.actions()[-1].isChecked()
    menu.actions()[-1].setChecked(False)  # five people: with all their words
    menu.actions()[0].trigger()
    assert "park" in path.read_text(encoding="utf-8")
    assert open_page.said[-1][0].startswith("Wrote cloud.svg")
    assert open_page.ask(lambda p: p.history.trail(1))[0].kind == "export-wordcloud"


def test_words_of_few_people_stay_out_of_a_file_unless_asked_for(drawn, runner, tmp_path: Path) -> None:
    drawn.taking.save(drawn.cloud, tmp_path / "cloud.svg", False)
    assert "let words of few people stand" in str(runner.problems.pop())
    assert not (tmp_path / "cloud.svg").exists()


def test_another_project_or_other_eyes_forget_it(drawn) -> None:
    drawn.colours.setCurrentIndex(1)
    drawn.forget_codings()
    assert drawn.cloud is None and drawn.figure.drawing is None
    drawn.start()
    drawn.forget()
    assert drawn.cloud is None and drawn.panel.isHidden() and drawn.pile.currentWidget() is drawn.empty
