"""Report: the tab Issues."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.ui.report.issues import IssuesTab
from cohesion_qda.ui.report.page import ReportPage
from cohesion_qda.ui.start.frames import FramesDialog
from tests.ui.retrieve.driver import Opened


@pytest.fixture
def page(open_page: Opened) -> ReportPage:
    return open_page(ReportPage)


def rows(tab: IssuesTab) -> list[tuple[str, str, str]]:
    return [(line.cells["name"], line.cells["codes"], line.cells["participants"]) for line in tab.issues.rows.lines]


def test_without_a_frame_that_has_issues_one_can_be_taken_up(page: ReportPage, open_page: Opened) -> None:
    page.turn_to("issues")
    tab = page.tab
    assert not tab.issues.isVisibleTo(page) and tab.none.isVisibleTo(page)
    tab.take_link.setFocus()
    QTest.keyClick(tab.take_link, Qt.Key.Key_Space)
    dialog = tab.findChild(FramesDialog)
    dialog.frames.choose("delivery")
    dialog.take.click()
    assert open_page.said[-1] == ("Took up the study frame “Cohesion Delivery Framework” with 93 new codes", True)
    assert tab.issues.isVisibleTo(page) and not tab.none.isVisibleTo(page)


def test_the_codes_of_an_issue_are_ticked_by_keys(page: ReportPage, open_page: Opened) -> None:
    page.turn_to("issues")
    tab = page.tab
    assert isinstance(tab, IssuesTab)
    open_page.runner.do(lambda p: p.frames.take("delivery"))
    assert len(rows(tab)) == 23 and {said for _name, _n, said in rows(tab)} == {"–"}
    tab.issues.setFocus()
    tab.issues.setCurrentIndex(tab.issues.rows.index(5, 0))
    key = tab.current().issue.key
    cuts = open_page.ask(lambda p: p.codebook.tree().get("Cuts").id)
    QTest.keyClick(tab.issues, Qt.Key.Key_Return)
    QTest.keyClicks(tab.ticks.field, "What divides/Cuts")
    QTest.keyClick(tab.ticks.field, Qt.Key.Key_Return)
    tab.ticks.hide()
    (codes,) = open_page.ask(lambda p: [each.codes for each in p.frames.borne() if each.issue.key == key])
    assert cuts in codes and len(codes) == 2
    assert open_page.said[-1] == (f"2 codes bear out the issue “{tab.current().issue.name.said}”", True)
    assert rows(tab)[0][1:] == ("2", "2 of 5") and tab.current().issue.key == key
    assert "What divides/Cuts" in tab.about.text() and "What can be done: " in tab.about.text()
    open_page.runner.do(lambda p: p.history.undo())
    assert {said for _name, _n, said in rows(tab)} == {"–"}
