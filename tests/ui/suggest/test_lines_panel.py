"""A word in its lines: read, ordered, narrowed by a tree, coded and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.model.selection import Selection
from cohesion_qda.ui.suggest.lines import VIEWS, LinesPanel
from cohesion_qda.ui.suggest.page import SuggestPage


@pytest.fixture
def panel(open_page) -> LinesPanel:
    page = open_page(SuggestPage)
    page.turn_to("cloud")
    tab = page.tab_named("cloud")
    tab.empty.button.click()
    tab.show_lines("park")
    return tab.panel


def hits(panel: LinesPanel) -> list[tuple[str, str]]:
    return [(entry.hit.speaker, entry.hit.hit) for entry in panel.shown()]


def turn(panel: LinesPanel, view: str) -> None:
    panel.strip.tabs.setCurrentIndex(VIEWS.index(view))


def test_every_line_tells_who_says_it_and_opens_in_context(panel, open_page) -> None:
    assert hits(panel) == [("Carol", "park"), ("Carol", "park"), ("Dev", "park")]
    assert panel.meta.text() == "Said in 2 of 2 groups, by 2 of 5 participants, 3 mentions."
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    source, span = open_page.read[-1]
    assert span.of(open_page.ask(lambda p: p.sources.text(source))) == "park"


def test_lines_can_stand_by_what_follows(panel) -> None:
    panel.order.setCurrentIndex(1)
    after = [entry.hit.after.strip(" .").casefold() for entry in panel.shown()]
    assert after == sorted(after)
    panel.order.setCurrentIndex(2)
    assert len(panel.shown()) == 3


def test_a_branch_of_the_tree_narrows_the_lines(panel) -> None:
    for view in ("after", "before"):
        turn(panel, view)
        assert panel.figure.drawing is not None and panel.foot.isHidden()
        assert panel.figure.spots[-1].key[:2] == ("branch", view)
    spot = next(spot for spot in panel.figure.spots if spot.said.startswith("Everybody is in"))
    panel.figure.opened.emit(spot.key, spot.part, spot.said)
    assert panel.strip.tabs.currentIndex() == 0
    assert len(panel.shown()) == 1
    assert panel.narrowed.isVisible() and "of 3 lines" in panel.narrowed.text()
    panel.all_lines.click()
    assert len(panel.shown()) == 3


def test_ticked_lines_are_coded_in_one_act_that_can_be_taken_back(panel, open_page) -> None:
    assert not panel.code_button.isEnabled()
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    panel.tick_all.click()
    tree = open_page.ask(lambda p: p.codebook.tree())
    before = open_page.ask(lambda p: len(p.codings.retrieve()))
    panel.popup.chosen.emit(tree.get("Class").id)
    found = open_page.ask(lambda p: [each.quote for each in p.codings.retrieve(tree.get("Class").id)])
    assert "And the park is locked at four." in found
    assert open_page.said[-1][1]
    open_page.do(lambda p: p.history.undo())
    assert open_page.ask(lambda p: len(p.codings.retrieve())) == before


def test_the_moderators_words_are_no_lines_and_a_word_nobody_says_is_told(panel) -> None:
    panel.show_word("way", Selection())
    assert hits(panel) == [] and panel.nothing.text() == "Nobody says it here."
    turn(panel, "near")
    assert panel.nothing.isVisible()


def test_what_is_said_near_a_word_opens_those_lines(panel) -> None:
    panel.show_word("the", Selection())
    turn(panel, "near")
    assert panel.figure.spots[0].key[0] == "near"
    panel.figure.opened.emit(panel.figure.spots[0].key, "near", panel.figure.spots[0].said)
    assert panel.shown()


def test_a_word_can_be_left_out(panel, open_page) -> None:
    actions = panel.menu().actions()
    actions[0].trigger()
    assert "park" in open_page.ask(lambda p: p.wording.get().left_out)


def test_the_panel_follows_the_study(panel, open_page) -> None:
    women = open_page.ask(lambda p: p.sources.get("Women").id)
    open_page.do(lambda p: p.sources.remove(women))
    QTest.qWait(20)
    assert hits(panel) == [("Dev", "park")]


def test_a_branch_is_not_taken_for_other_lines_when_the_study_changes(panel, open_page) -> None:
    turn(panel, "before")
    spot = next(spot for spot in panel.figure.spots if spot.said.startswith("Everybody is in"))
    panel.figure.opened.emit(spot.key, spot.part, spot.said)
    assert len(panel.shown()) == 1 and panel.narrowed.isVisible()
    women = open_page.ask(lambda p: p.sources.get("Women").id)
    open_page.do(lambda p: p.sources.remove(women))
    QTest.qWait(20)
    assert hits(panel) == [("Dev", "park")] and not panel.narrowed.isVisible(), "the lines are numbered anew"
