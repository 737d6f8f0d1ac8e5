"""Report: the tabs Plan and Team."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from cohesion_qda.ui.report.page import ReportPage
from cohesion_qda.ui.report.plan import PlanTab
from cohesion_qda.ui.report.team import TeamTab
from tests.ui.retrieve.driver import Opened


@pytest.fixture
def page(open_page: Opened) -> ReportPage:
    return open_page(ReportPage)


def settle() -> None:
    """What was typed is handed on by two events: the field's, and the model's."""
    for _event in range(3):
        QApplication.processEvents()


def type_in(sheet, words: str) -> None:
    """Write into the field of the current cell."""
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    field = sheet.findChildren(QLineEdit)[-1]
    field.selectAll()
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def names(sheet) -> list[str]:
    return [line.cells["name"] for line in sheet.rows.lines if line.cells]


def test_a_plan_is_typed_moved_done_and_taken_out_by_keys(page, open_page):
    page.turn_to("plan")
    tab = page.tab
    assert isinstance(tab, PlanTab)
    dates, steps = tab.sheets["date"], tab.sheets["step"]
    dates.setFocus()
    type_in(dates, "Cabinet")
    assert names(dates) == ["Cabinet"] and dates.rows.fields[dates.currentIndex().column()].key == "at"
    type_in(dates, "2020-05-19")
    (entry,) = open_page.ask(lambda p: p.plan.list())
    assert (entry.kind, entry.name, entry.at) == ("date", "Cabinet", "2020-05-19")
    for name in ("Share the findings", "Hold the event"):
        steps.begin()
        field = steps.findChildren(QLineEdit)[-1]
        QTest.keyClicks(field, name)
        QTest.keyClick(field, Qt.Key.Key_Return)
        settle()
    steps.setFocus()
    QTest.keyClick(steps, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert names(steps) == ["Hold the event", "Share the findings"]
    QTest.keyClick(steps, Qt.Key.Key_Space)
    today = datetime.date.today().isoformat()
    assert [line.cells["at"] for line in steps.rows.lines[:2]] == [today, ""] and steps.rows.lines[0].is_dimmed
    QTest.keyClick(steps, Qt.Key.Key_Delete)
    assert names(steps) == ["Share the findings"] and open_page.said[-1] == (
        "Took “Hold the event” out of the plan",
        True,
    )
    open_page.runner.undo()
    assert names(steps) == ["Hold the event", "Share the findings"]


def test_an_emptied_name_is_refused_and_what_is_kept_is_shown(page, open_page):
    open_page.do(lambda p: p.plan.add("step", "Hold the event"))
    page.turn_to("plan")
    steps = page.tab.sheets["step"]
    steps.choose(steps.rows.lines[0].id)
    type_in(steps, " ")
    assert "needs a name" in str(open_page.runner.problems.pop())
    assert names(steps) == ["Hold the event"]


def test_the_team_with_what_each_did_and_agreement_on_the_training_set(page, open_page):
    page.turn_to("team")
    tab = page.tab
    assert isinstance(tab, TeamTab)
    said = {line.id: line.cells for line in tab.people.rows.lines}
    assert said["Asha"]["coded"] == "2" and said["Asha"]["collected"] == "2" and said["Ben"]["collected"] == "0"
    assert said["Ben"]["kappa"] == "–" and "collected by" in tab.collected.text()
    tab.trainer.setCurrentIndex(tab.trainer.findData("Asha"))
    tab.trainer.activated.emit(tab.trainer.currentIndex())
    tab.training.click()
    QTest.keyClicks(tab.ticks.field, "young")
    QTest.keyClick(tab.ticks.field, Qt.Key.Key_Return)
    tab.ticks.hide()
    assert tab.training.text() == "1 source" and tab.training.toolTip() == "Young people"
    ben = next(line.cells for line in tab.people.rows.lines if line.id == "Ben")
    assert ben["training"] == "1 of 1" and ben["agreed"] == "0 of 3"
    tab.people.choose("Ben")
    assert tab.about[1].text() == "Coded: Young people"
    tab.training.cleared.emit()
    assert open_page.ask(lambda p: p.team.training()) == ()


def test_while_others_codings_are_hidden_nothing_is_told_of_them(page, open_page):
    page.turn_to("team")
    open_page.do(lambda p: p.team.set_trainer("Ben"))
    open_page.runner.is_blind = True
    page.look_again()
    page.tab.refresh()
    assert {line.id: line.cells["codings"] for line in page.tab.people.rows.lines} == {"Asha": "4", "Ben": "0"}
    assert page.tab.hidden.isVisible()
