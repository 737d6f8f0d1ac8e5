"""Report: the tab Worksheets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cohesion_qda.ui import choose
from cohesion_qda.ui.memos.choosing import Choosing
from cohesion_qda.ui.report.linking import LinkDialog
from cohesion_qda.ui.report.page import ReportPage
from cohesion_qda.ui.report.worksheets import WorksheetsTab
from tests.ui.retrieve.driver import Opened


@pytest.fixture
def page(open_page: Opened) -> ReportPage:
    found = open_page(ReportPage)
    found.turn_to("worksheets")
    return found


@pytest.fixture
def tab(page: ReportPage) -> WorksheetsTab:
    assert isinstance(page.tab, WorksheetsTab)
    return page.tab


def start(tab: WorksheetsTab, words: str) -> None:
    """Choose a line of the menu of sheets."""
    menu = tab.start_menu()
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.deleteLater()


def filled(open_page: Opened):
    """The last worksheet, as the project has it."""
    return open_page.ask(lambda p: p.worksheets.filled())[-1]


def test_a_checklist_is_started_and_answered_by_keys(page, tab, open_page):
    assert page.areas()[-1] is tab.empty.button
    start(tab, "Inclusion checklist, for the whole study")
    assert open_page.said[-1] == ("Started the worksheet “Inclusion checklist”", True)
    assert tab.progress.text() == "0 of 27 answered" and tab.list.current() == "1.i"
    QTest.keyClick(tab.list, Qt.Key.Key_2)
    assert filled(open_page).worksheet.values == {("1.i", "found"): "partly"}
    assert tab.answer.radios["found"].checkedButton().accessibleName() == "Partly"
    for _step in range(5):
        QTest.keyClick(tab.list, Qt.Key.Key_Down)
    assert tab.list.current() == "2.i"  # over the name of the section
    QTest.keyClick(tab.list, Qt.Key.Key_4)
    QTest.keyClick(tab.list, Qt.Key.Key_5)  # there is no fifth choice
    assert filled(open_page).worksheet.values["2.i", "found"] == "not applicable"
    QTest.keyClick(tab.list, Qt.Key.Key_0)
    assert filled(open_page).worksheet.values == {("1.i", "found"): "partly"}
    assert tab.progress.text() == "1 of 27 answered"
    QTest.keyClick(tab.list, Qt.Key.Key_Up)
    QTest.keyClick(tab.list, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is tab.answer.radios["found"].buttons()[0]
    tab.answer.fields["note"].setFocus()
    QTest.keyClicks(tab.answer.fields["note"], "Once a year only.")
    QTest.keyClick(tab.answer.fields["note"], Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is tab.list
    assert filled(open_page).worksheet.values[tab.list.current(), "note"] == "Once a year only."
    told = tab.list.questions.rows[5]
    assert told.more == "Once a year only." and not told.is_answered


def test_passages_are_linked_from_a_list_and_taken_away(tab, open_page):
    start(tab, "Inclusion checklist, for the whole study")
    tab.answer.link()
    dialog = tab.answer.findChild(LinkDialog)
    dialog.code.setCurrentIndex(next(n for n in range(dialog.code.count()) if "Cuts" in dialog.code.itemText(n)))
    assert dialog.count.text() == "0 of 2 passages ticked" and not dialog.link_button.isEnabled()
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    dialog.link_button.click()
    assert open_page.said[-1][0].startswith("Linked 1 passage to “What could your service do")
    found = filled(open_page)
    assert found.worksheet.linked(found.form.item("1.i")) and tab.list.questions.rows[1].more == "1 passage"
    assert tab.answer.passages.isVisibleTo(tab) and not tab.answer.hint.isVisibleTo(tab)
    tab.answer.passages.choose_first()
    QTest.keyClick(tab.answer.passages, Qt.Key.Key_Return)
    assert len(open_page.read) == 1
    QTest.keyClick(tab.answer.passages, Qt.Key.Key_Delete)
    assert not filled(open_page).worksheet.passages and tab.answer.hint.isVisibleTo(tab)
    open_page.runner.undo()
    assert tab.list.questions.rows[1].more == "1 passage"


def test_a_passage_is_read_in_context_instead_of_linked(tab, open_page):
    start(tab, "Inclusion checklist, for one source…")
    QTest.keyClicks(tab.findChild(Choosing).field, "women")
    QTest.keyClick(tab.findChild(Choosing).field, Qt.Key.Key_Return)
    tab.answer.link()
    dialog = tab.answer.findChild(LinkDialog)
    assert dialog.count.text() == "0 of 2 passages ticked", "those of its source alone"
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert len(open_page.read) == 1 and not dialog.isVisible() and not filled(open_page).worksheet.passages


def test_a_day_that_is_none_is_refused_and_what_is_kept_is_shown(tab, open_page):
    start(tab, "Map of the local area, for the whole study")
    day = tab.answer.fields["fresh"]
    QTest.keyClicks(day, "2011")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert filled(open_page).worksheet.values == {("c.1", "fresh"): "2011"}
    day.clear()
    QTest.keyClicks(day, "soon")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert "“soon” is not a date." in str(open_page.runner.problems.pop())
    assert day.text() == "2011"


def test_a_review_of_one_source_is_renamed_printed_and_removed(tab, open_page, tmp_path, monkeypatch):
    menu = tab.start_menu()
    next(action for action in menu.actions() if action.text() == "Mainstreaming review, for one source…").trigger()
    chooser = tab.findChild(Choosing)
    QTest.keyClicks(chooser.field, "young")
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    assert tab.which.currentText() == "Mainstreaming review: Young people"
    monkeypatch.setattr(choose, "line", lambda *_asked: "Review of the youth service")
    tab.rename_button.click()
    assert tab.which.currentText() == "Review of the youth service"
    target = tmp_path / "review.html"
    monkeypatch.setattr(choose, "save_file", lambda *_asked: target)
    menu = tab.printer.languages(tab.current(), tmp_path, tab)
    asked = {}
    monkeypatch.setattr(tab.printer, "write", lambda *told: asked.update(zip(("id", "path", "in"), told, strict=True)))
    next(action for action in menu.actions() if "side by side" in action.text()).trigger()
    assert asked == {"id": tab.which.currentData(), "path": target, "in": "both"}
    tab.remove_button.click()
    assert tab.page_is_empty() and open_page.said[-1][0].startswith("Removed the worksheet")
    open_page.runner.undo()
    assert tab.which.currentText() == "Review of the youth service"


def test_what_is_read_only_takes_no_answer(tab, open_page, monkeypatch):
    start(tab, "Inclusion checklist, for the whole study")
    tab._show(tab.standing._replace(is_read_only=True))
    assert not tab.start_button.isEnabled() and not tab.answer.radios["found"].buttons()[0].isEnabled()
    assert tab.answer.fields["note"].isReadOnly() and not tab.answer.link_button.isVisibleTo(tab)
    QTest.keyClick(tab.list, Qt.Key.Key_1)
    assert not filled(open_page).worksheet.values


def test_going_on_while_words_are_typed_keeps_them_and_shows_the_next_question(tab, open_page):
    start(tab, "Map of the local area, for the whole study")
    open_page.do(lambda p: p.worksheets.answer(filled(open_page).worksheet.id, "c.2", "what", "Three employers."))
    QTest.keyClicks(tab.answer.fields["what"], "Two wards.")
    tab.list.setFocus()
    QTest.keyClick(tab.list, Qt.Key.Key_Down)
    assert tab.answer.fields["what"].toPlainText() == "Three employers."
    assert filled(open_page).worksheet.values["c.1", "what"] == "Two wards."
    open_page.runner.undo()
    QTest.keyClick(tab.list, Qt.Key.Key_Up)
    assert tab.answer.fields["what"].toPlainText() == ""
