"""The Codes tab: what is looked at stays where it is; the project says what was decided; the honesty sentence follows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest

from cohesion_qda.analysis import worker
from cohesion_qda.model.proposal import Honesty
from cohesion_qda.model.textmap import Edit
from cohesion_qda.ui.suggest.codes import CodesTab
from cohesion_qda.ui.suggest.page import SuggestPage
from tests.ui.retrieve.driver import Opened
from tests.ui.suggest.standin import Machine, long_study

Key = Qt.Key


@pytest.fixture
def machine(open_page, monkeypatch) -> Machine:
    """The page is opened on the long study, and the analysis is a machine whose order is known."""
    women = open_page.ask(lambda p: p.sources.get("Women"))
    text = open_page.ask(lambda p: p.sources.text(women.id))
    return Machine(text, women.id, women.content).install(monkeypatch)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.cqda"
    long_study(path).close()
    return path


@pytest.fixture
def open_page(looks, runner, built, tmp_path):
    path = tmp_path / "long.cqda"
    path.write_bytes(built.read_bytes())
    opened = Opened(runner, path)
    runner.open(path)
    yield opened
    opened.close()
    assert runner.problems == []


@pytest.fixture
def tab(open_page, machine) -> CodesTab:
    page = open_page(SuggestPage, 1208, 700)
    page.turn_to("codes")
    tab = page.tab
    assert isinstance(tab, CodesTab)
    tab.passages.moment = 0  # hands rest at once, except where a test says otherwise
    tab.sides.empty.button.click()
    return tab


def numbers(tab: CodesTab) -> list[int]:
    """Which things are listed, in order."""
    return [int(card.quote.split()[3]) for card in tab.passages.cards.cards()]


def became(tab: CodesTab) -> dict[int, str]:
    """What was made of which things."""
    return {int(card.quote.split()[3]): card.became for card in tab.passages.cards.cards() if card.became}


def seen(tab: CodesTab) -> list[tuple[int, int]]:
    """(thing, height on the screen) of all that is in view."""
    bottom = tab.passages.viewport().rect().bottom()
    tops = [(n, tab.passages.visualRect(tab.passages.cards.index(at)).top()) for at, n in enumerate(numbers(tab))]
    return [(n, top) for n, top in tops if -60 < top <= bottom]


def press(tab: CodesTab, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(tab.passages, key)


def codings(open_page, code: str = "Public spaces") -> list[str]:
    return [p.quote for p in open_page.ask(lambda p: p.codings.retrieve(p.codebook.tree().find(code).id))]


def test_nothing_is_ranked_before_it_is_asked_for(open_page, machine):
    page = open_page(SuggestPage)
    page.turn_to("codes")
    assert machine.asked == []
    assert page.tab.sides.is_empty and page.tab.sides.empty.button.text() == "Suggest passages"
    assert [row.name for row in page.tab.list.rows_.rows] == ["Public spaces", "Food"]


def test_the_code_with_most_examples_comes_first_with_its_honesty(tab, machine):
    assert tab.list.current().name == "Public spaces"
    assert numbers(tab)[:3] == [2, 3, 4] and len(numbers(tab)) == 38
    assert tab.detail.honesty.text() == "Of the ten it would suggest next, expect four to be right."
    assert tab.detail.stood.text() == "38 passages are not coded with it; ranked by meaning and words from 2 examples."
    rows = {row.name: (row.learnt, row.honesty) for row in tab.list.rows_.rows}
    assert rows == {
        "Public spaces": ("2 passages coded", "expect 4 of 10 to be right"), "Food": ("0 passages coded", "2 more needed"),
    }  # fmt: skip
    card = tab.passages.current_card()
    assert card.speaker == "Joan" and [mark.of(card.quote) for mark in card.marks] == ["park"]


def test_why_is_said_with_the_coded_passages_that_are_nearest(tab, open_page):
    why = tab.detail.why
    assert why.words.text() == "What speaks for it: park."
    assert [row.card.quote for row in why.near.rows_.rows] == [f"Here is thing {n} of the park." for n in (0, 1)]
    press(tab, Key.Key_W)
    QTest.keyClick(why.near, Key.Key_Down)
    QTest.keyClick(why.near, Key.Key_Return)
    card = why.near.rows_.rows[1].card
    assert open_page.read == [(card.source, card.span)]


def test_a_code_without_examples_is_ranked_by_what_it_says_of_itself(tab):
    tab.list.setCurrentIndex(tab.list.rows_.index(1))
    assert tab.detail.title.text() == "Food" and len(numbers(tab)) == 40
    assert (
        tab.detail.honesty.text() == "Not enough examples: code at least 2 more passages by at least two participants."
    )
    assert tab.detail.stood.text() == "40 passages, ranked by the code’s name and definition alone."
    assert "No passage is coded with it yet" in tab.detail.why.words.text()


def test_accepting_teaches_and_the_sentence_follows_while_nothing_moves(tab, machine, open_page):
    before = seen(tab)
    machine.turned = True
    press(tab, Key.Key_A)
    assert codings(open_page)[-1] == "Here is thing 2 of the park."
    assert open_page.said[-1][1], "it can be undone"
    assert seen(tab) == before, "what is looked at stays where it is"
    assert became(tab) == {2: "Coded as Public spaces"}
    assert tab.passages.current_card().quote == "Here is thing 3 of the park.", "on to the next one"
    assert tab.detail.honesty.text() == "Of the ten it would suggest next, expect five to be right."
    assert tab.list.current().learnt == "3 passages coded"
    below = numbers(tab)[len(before) :]
    assert below == sorted(below, reverse=True), "below, the new order was taken in"
    assert sorted(numbers(tab)) == list(range(2, 40)), "nothing is lost or doubled"
    assert tab.detail.refresh.isVisible()


def test_enter_accepts_too_and_scrolling_on_meets_the_new_order(tab, machine):
    machine.turned = True
    press(tab, Key.Key_Return)
    fixed = tab.passages.fixed()
    assert numbers(tab)[fixed] == 39
    for _step in range(fixed - tab.passages.currentIndex().row()):
        press(tab, Key.Key_Down)
    assert tab.passages.current_card().quote == "Here is thing 39 of the park."


def test_refreshing_sorts_everything_anew_and_undo_brings_a_passage_back_to_its_place(tab, machine, open_page):
    press(tab, Key.Key_Down, Key.Key_Down, Key.Key_A)
    assert became(tab) == {4: "Coded as Public spaces"}
    machine.turned = True
    open_page.do(lambda p: p.codings.apply(machine.source, machine.places[39], [tab.code]))
    QTest.keyClick(tab, Key.Key_F5)
    assert numbers(tab)[:3] == [38, 37, 36] and 4 not in numbers(tab) and became(tab) == {}
    assert not tab.detail.refresh.isVisible()
    current = tab.passages.current_card()
    open_page.runner.undo()
    open_page.runner.undo()
    assert numbers(tab)[2] == 4, "where it was"
    assert tab.passages.current_card() == current
    assert sorted(numbers(tab)) == list(range(2, 40))


def test_undo_opens_the_row_again_where_it_stands(tab, open_page):
    press(tab, Key.Key_A)
    before = seen(tab)
    open_page.runner.undo()
    assert became(tab) == {} and seen(tab) == before
    assert "thing 2" not in " ".join(codings(open_page))
    open_page.runner.redo()
    assert became(tab) == {2: "Coded as Public spaces"} and seen(tab) == before


def test_several_ticked_are_accepted_in_one_act(tab, open_page):
    press(tab, Key.Key_Space, Key.Key_Down, Key.Key_Down, Key.Key_Space)
    assert tab.detail.accept.text() == "Accept 2 passages"
    press(tab, Key.Key_A)
    assert codings(open_page)[2:] == ["Here is thing 2 of the park.", "Here is thing 4 of the park."]
    assert tab.detail.accept.text() == "Accept"
    assert tab.passages.current_card().quote == "Here is thing 5 of the park."
    open_page.runner.undo()
    assert len(codings(open_page)) == 2 and became(tab) == {}


def test_dismissed_passages_stay_away(tab, machine, open_page):
    press(tab, Key.Key_R)
    assert became(tab) == {2: "Dismissed"}
    QTest.keyClick(tab, Key.Key_F5)
    assert numbers(tab)[0] == 3 and len(codings(open_page)) == 2
    tab.list.setCurrentIndex(tab.list.rows_.index(1))
    assert 2 in numbers(tab), "it was passed over for one code alone"
    open_page.runner.undo()
    tab.list.setCurrentIndex(tab.list.rows_.index(0))
    assert numbers(tab)[0] == 2


def test_later_comes_last_when_the_order_is_refreshed(tab, open_page):
    press(tab, Key.Key_L)
    assert became(tab) == {2: "For later"} and tab.passages.current_card().quote == "Here is thing 3 of the park."
    QTest.keyClick(tab, Key.Key_F5)
    assert numbers(tab)[0] == 3 and numbers(tab)[-1] == 2
    assert open_page.ask(lambda p: p.history.trail(1)[0].kind) == "apply-code", "nothing was done to the project"


def test_another_code_can_be_chosen_for_a_passage(tab, open_page):
    press(tab, Key.Key_C)
    assert tab.popup.isVisible()
    tab.popup.hide()
    tab.popup.chosen.emit(open_page.ask(lambda p: p.codebook.tree().find("Food").id))
    assert codings(open_page, "Food") == ["Here is thing 2 of the park."]
    assert became(tab) == {2: "Coded as Food"}
    open_page.runner.undo()
    assert became(tab) == {}


def test_nothing_is_taken_in_while_a_hand_is_at_the_list(tab, machine):
    tab.passages.moment = 3_600_000
    at, nothing = QPointF(20, 20), Qt.MouseButton.NoButton
    there = tab.passages.viewport().mapToGlobal(at)
    plain = Qt.KeyboardModifier.NoModifier
    tab.passages.mouseMoveEvent(QMouseEvent(QMouseEvent.Type.MouseMove, at, there, nothing, nothing, plain))
    before = numbers(tab)
    machine.turned = True
    press(tab, Key.Key_A)
    assert tab.passages.is_in_hand and numbers(tab) == before
    tab.passages.leaveEvent(None)
    assert not tab.passages.is_in_hand and numbers(tab) != before
    assert numbers(tab)[: tab.passages.fixed()] == before[: tab.passages.fixed()]


def test_a_passage_is_read_in_its_place(tab, open_page):
    card = tab.passages.current_card()
    QTest.keyClick(tab.passages, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    tab.detail.place.click()
    assert open_page.read == [(card.source, card.span)] * 2


def test_keys_go_from_code_to_passages_to_why_and_back(tab):
    tab.list.setFocus()
    QTest.keyClick(tab.list, Key.Key_Return)
    assert tab.passages.hasFocus()
    press(tab, Key.Key_W)
    assert tab.detail.why.near.hasFocus()
    QTest.keyClick(tab.detail.why.near, Key.Key_Escape)
    assert tab.passages.hasFocus()
    press(tab, Key.Key_Escape)
    assert tab.list.hasFocus()


def test_a_blind_coder_sees_nothing_of_what_others_coded(tab, machine, open_page):
    """What is learnt from, counted, explained and offered is as if the others had coded nothing."""
    page = tab.window()
    assert isinstance(page, SuggestPage)
    open_page.do(lambda p: p.use_coder("Bea"))
    open_page.do(lambda p: p.codings.apply(machine.source, machine.places[5], [tab.code]))
    open_page.do(lambda p: p.use_coder("Asha"))
    press(tab, Key.Key_F5)
    assert tab.list.current().learnt == "3 passages coded" and 5 not in numbers(tab)
    open_page.runner.is_blind = True
    page.look_again()
    assert numbers(tab) == [] and not tab.list.rows_.rows and not tab.detail.title.text()
    assert not tab.detail.honesty.text() and not tab.detail.why.near.rows_.rows
    page.entered()
    assert tab.list.current().learnt == "2 passages coded" and 5 in numbers(tab)
    open_page.runner.is_blind = False
    page.look_again()
    page.entered()
    assert tab.list.current().learnt == "3 passages coded" and 5 not in numbers(tab)


def test_a_code_deleted_elsewhere_leaves_the_list(tab, open_page):
    open_page.do(lambda p: p.codebook.delete(p.codebook.tree().find("Public spaces").id))
    assert [row.name for row in tab.list.rows_.rows] == ["Food"] and tab.list.current().name == "Food"
    assert tab.detail.title.text() == "Food" and 0 in numbers(tab)


def test_another_project_forgets_everything(tab, open_page):
    open_page.runner.close()
    assert numbers(tab) == [] and tab.sides.is_empty


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_list_keeps_its_place_when_the_sentence_changes(open_page, machine, looks, scale):
    looks.set_scale(scale)
    page = open_page(SuggestPage, 900, 740)
    page.turn_to("codes")
    tab = page.tab
    tab.sides.empty.button.click()
    QTest.qWait(0)
    before = tab.passages.mapTo(tab, tab.passages.rect().topLeft())
    press(tab, Key.Key_A)
    QTest.qWait(0)
    assert tab.passages.mapTo(tab, tab.passages.rect().topLeft()) == before
    for label in (tab.detail.honesty, tab.detail.measured, tab.detail.stood):
        assert label.height() >= label.heightForWidth(label.width())
    assert tab.passages.height() >= looks.px(90)


def code_elsewhere(open_page, machine: Machine, code: str, *numbers: int) -> None:
    def verb(project):
        wanted = project.codebook.tree().find(code).id
        for n in numbers[:-1]:
            project.codings.apply(machine.source, machine.places[n], [wanted])
        return project.codings.apply(machine.source, machine.places[numbers[-1]], [wanted])

    open_page.runner.do(verb)


def page_of(tab: CodesTab) -> SuggestPage:
    page = tab.parent()
    while not isinstance(page, SuggestPage):
        page = page.parent()
    return page


def test_what_was_coded_while_the_tab_was_not_in_sight_is_measured(tab, machine, open_page):
    page_of(tab).turn_to("terms")
    code_elsewhere(open_page, machine, "Public spaces", 10, 11, 12, 20)
    code_elsewhere(open_page, machine, "Food", 30, 31)
    page_of(tab).turn_to("codes")
    assert tab.detail.honesty.text() == "Of the ten it would suggest next, expect eight to be right."
    rows = {row.name: (row.learnt, row.honesty) for row in tab.list.rows_.rows}
    assert rows["Public spaces"] == ("6 passages coded", "expect 8 of 10 to be right")
    assert rows["Food"] == ("2 passages coded", "expect 4 of 10 to be right"), "though it is not the one looked at"


def test_an_act_measures_only_the_codes_it_changes(tab, machine):
    machine.asked.clear()
    press(tab, Key.Key_A)
    assert [what for kind, what in machine.asked if kind == "honesty"] == [(tab.code,)]


def test_a_measure_that_was_stopped_is_made_the_next_time(tab, machine, monkeypatch):
    with monkeypatch.context() as stopped:
        stopped.setattr(tab.asking, "measure", lambda _codes, *, first=False: None)
        press(tab, Key.Key_A)
    machine.asked.clear()
    tab.refresh()
    assert ("honesty", (tab.code,)) in machine.asked
    assert tab.detail.honesty.text() == "Of the ten it would suggest next, expect five to be right."


def test_another_example_of_a_code_measures_it_anew(tab, machine, open_page):
    machine.asked.clear()
    code = tab.code
    open_page.runner.do(lambda p: p.codebook.edit(code, example="A bench to sit on."))
    assert ("honesty", (code,)) in machine.asked


def test_each_passage_says_what_was_measured_last(open_page, machine, monkeypatch):
    measured = machine.honesty
    shares = iter((0.4, 0.4, 0.7, 0.7))

    def honesty(stamp, coded, codes, branch=False):
        return tuple(replace(one, curve=((0.0, next(shares)),)) for one in measured(stamp, coded, codes, branch))

    monkeypatch.setattr(worker, "honesty", honesty)
    page = open_page(SuggestPage, 1208, 700)
    page.turn_to("codes")
    page.tab.passages.moment = 0
    page.tab.sides.empty.button.click()
    assert {card.extra for card in page.tab.passages.cards.cards()} == {"about 4 of 10 like it were right"}
    press(page.tab, Key.Key_A)
    assert {card.extra for card in page.tab.passages.cards.cards()} == {"about 7 of 10 like it were right"}


def test_what_was_found_in_a_text_that_was_corrected_is_shown_where_it_stands_now(tab, machine, open_page):
    page_of(tab).turn_to("terms")
    open_page.runner.do(lambda p: p.corrections.correct(machine.source, [Edit(0, 0, "Now then. ")]))
    text = open_page.ask(lambda p: p.sources.text(machine.source))
    machine.places = Machine(text, machine.source).places
    machine.of = open_page.ask(lambda p: p.sources.get("Women").content)
    page_of(tab).turn_to("codes")
    cards = tab.passages.cards.cards()
    assert numbers(tab)[:3] == [2, 3, 4] and all(card.span.of(text) == card.quote for card in cards)
    press(tab, Key.Key_A)
    assert codings(open_page)[-1] == "Here is thing 2 of the park."


def test_where_no_participant_speaks_it_is_said_and_later_tells_what_it_does(tab, machine):
    assert "it comes last when the order is refreshed" in tab.detail.later.toolTip()
    machine.places = []
    tab.list.setCurrentIndex(tab.list.rows_.index(1))
    assert tab.detail.nothing.text().startswith("No participant says anything in this study.")


def test_a_code_of_which_nothing_is_expected_says_what_to_do(tab, machine, monkeypatch):
    none = [Honesty(tab.code, 5, 2, tested=5, expected=0.2, low=0.0, high=1.0)]
    monkeypatch.setattr("cohesion_qda.analysis.worker.honesty", lambda *_given: none)
    press(tab, Key.Key_A)
    assert tab.detail.honesty.text().endswith("expect none to be right. Code more passages first.")
