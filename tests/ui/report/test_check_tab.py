"""Report: the tab Check, in which what may tell who somebody is is settled, by keys and by buttons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from cohesion_qda.model.detail import KEEP, LEAVE_OUT, REPLACE
from cohesion_qda.ui.report.detail_list import Head
from cohesion_qda.ui.report.details import CheckTab
from cohesion_qda.ui.report.page import ReportPage
from tests.ui.retrieve.driver import Opened

SUMMARY = "Mr Pinder (07700 900123) led us through Mirfield. Mr Pinder and Mrs Anwar know, pinder@example.org."


@pytest.fixture
def tab(open_page: Opened) -> CheckTab:
    page = open_page(ReportPage)
    open_page.do(lambda p: p.reports.set("summary", SUMMARY))
    page.turn_to("check")
    assert isinstance(page.tab, CheckTab)
    QTest.qWait(0)
    assert page.tab.found
    page.tab.list.setFocus()
    return page.tab


def verdicts(tab: CheckTab) -> dict[str, str]:
    return {each.words: each.verdict for each in tab.found}


def told(tab: CheckTab) -> list[str]:
    return [row.told() for row in tab.list.details.rows]


def test_what_was_found_is_listed_by_kind_with_its_places(tab):
    assert told(tab)[:3] == [
        "Names of people: 2 of 2 not settled", "Mr Pinder, not settled, → [name], Summary, 2 places",
        "Mrs Anwar, not settled, → [name], Summary",
    ]  # fmt: skip
    assert [row.title for row in tab.list.details.rows if isinstance(row, Head)] == [
        "Names of people", "Names of places", "E-mail and web addresses", "Telephone numbers", "Sources with few speakers",
    ]  # fmt: skip
    assert tab.standing.text().startswith(f"{len(tab.found)} of {len(tab.found)} are not settled.")
    assert [each.words for each in tab.list.chosen_details()] == ["Mr Pinder"], "the first one is chosen"
    assert tab.pane.about.text() == "In the report stands “[name]” instead."
    assert [place.spot.span.of(place.spot.text) for place in tab.pane.places._rows.rows] == ["Mr Pinder"] * 2
    assert QAccessible.queryAccessibleInterface(tab.list).childCount() >= len(tab.found)


def test_keys_settle_one_after_the_other_and_each_can_be_taken_back(tab, open_page):
    QTest.keyClick(tab.list, Qt.Key.Key_K)
    assert open_page.said[-1] == ("Kept “Mr Pinder” in the report", True)
    assert verdicts(tab)["Mr Pinder"] == KEEP
    assert [each.words for each in tab.list.chosen_details()] == ["Mrs Anwar"], "on to the next one"
    QTest.keyClick(tab.list, Qt.Key.Key_R)
    assert tab.pane.words.hasFocus()
    QTest.keyClicks(tab.pane.words, "a neighbour")
    QTest.keyClick(tab.pane.words, Qt.Key.Key_Return)
    assert verdicts(tab)["Mrs Anwar"] == REPLACE and tab.list.hasFocus()
    assert "Mrs Anwar, replaced, → a neighbour, Summary" in told(tab)
    assert [each.words for each in tab.list.chosen_details()] == ["Mirfield"]
    QTest.keyClick(tab.list, Qt.Key.Key_Delete)
    assert verdicts(tab)["Mirfield"] == LEAVE_OUT
    QTest.keyClick(tab.list, Qt.Key.Key_Up)
    assert [each.words for each in tab.list.chosen_details()] == ["Mirfield"], "headings are passed over"
    QTest.keyClick(tab.list, Qt.Key.Key_U)
    assert verdicts(tab)["Mirfield"] == ""
    open_page.do(lambda p: p.history.undo())
    assert verdicts(tab)["Mirfield"] == LEAVE_OUT, "what is taken back is seen"
    assert "a neighbour know" in open_page.ask(lambda p: p.reports.snapshot().summary)


def test_all_of_a_kind_and_several_at_once_are_one_act(tab, open_page):
    assert tab.pane.keep_all.text() == "Keep all: Names of people (2)"
    tab.pane.keep_all.click()
    assert open_page.said[-1] == ("Kept 2 details in the report", True)
    assert tab.list.details.rows[0].told() == "Names of people: all settled"
    assert not tab.pane.keep_all.isVisible()
    tab.list.selectAll()
    assert len(tab.list.chosen_details()) == len(tab.found)
    assert tab.pane.name.text() == f"{len(tab.found)} details"
    assert not tab.pane.words.isVisible(), "a source's name is not replaced by words"
    tab.pane.out_button.click()
    assert set(verdicts(tab).values()) == {LEAVE_OUT}
    assert tab.standing.text().startswith("All are settled.")


def test_a_place_is_read_where_it_was_said_or_written(tab, open_page):
    went = []
    tab.turn_to.connect(lambda name, _what: went.append(name))
    QTest.keyClick(tab.list, Qt.Key.Key_Return)
    assert went == ["contents"] and open_page.read == [], "its author wrote it"
    at = next(n for n, row in enumerate(tab.list.details.rows) if row.title == "Women")
    tab.list.setCurrentIndex(tab.list.details.index(at))
    tab.pane.places.setFocus()
    QTest.keyClick(tab.pane.places, Qt.Key.Key_Return)
    women = open_page.ask(lambda p: p.sources.get("Women").id)
    assert open_page.read[0][0] == women


def test_what_changes_elsewhere_is_looked_for_anew(tab, open_page):
    open_page.do(lambda p: p.reports.set("summary", "Mr Greaves of Mirfield."))
    assert "Mr Greaves" in verdicts(tab)
    assert "Mr Pinder" not in verdicts(tab)
    tab.list.selectionModel().select(tab.list.details.index(1), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    tab.forget()
    assert tab.found == () and tab.empty.button.isVisibleTo(tab)
    tab.refresh()
    assert tab.found
