"""Report: the tab Other evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from cohesion_qda.ui import choose
from cohesion_qda.ui.report.evidence import EvidenceTab
from cohesion_qda.ui.report.page import ReportPage
from tests.ui.report.test_plan_and_team import settle, type_in
from tests.ui.retrieve.driver import Opened


@pytest.fixture
def tab(open_page: Opened) -> EvidenceTab:
    page = open_page(ReportPage)
    page.turn_to("evidence")
    assert isinstance(page.tab, EvidenceTab)
    return page.tab


def cells(sheet, *keys: str) -> list[tuple[str, ...]]:
    return [tuple(line.cells.get(key, "") for key in keys) for line in sheet.rows.lines if line.cells]


def test_a_figure_is_typed_set_beside_a_code_and_judged_by_keys(tab: EvidenceTab, open_page: Opened) -> None:
    assert not tab.bearings.isVisible()
    tab.figures.setFocus()
    type_in(tab.figures, "People get on well together")
    type_in(tab.figures, "Dewsbury")
    tab.figures.choose(tab.figures.current(), "value")
    type_in(tab.figures, "76,4 %")
    assert cells(tab.figures, "name", "place", "value", "unit", "codes") == [
        ("People get on well together", "Dewsbury", "76.4", "%", "–")
    ]
    assert tab.bearings.title.text() == "“People get on well together: 76.4%, Dewsbury” bears on"
    type_in(tab.bearings.table, "Public spaces")
    assert cells(tab.bearings.table, "code", "reading") == [("What unites/Public spaces", "not judged yet")]
    tab.bearings.table.setFocus()
    tab.bearings.table.choose(tab.bearings.table.rows.lines[0].id)
    for _reading in range(3):
        QTest.keyClick(tab.bearings.table, Qt.Key.Key_Space)
    assert cells(tab.bearings.table, "reading") == [("differs",)]
    assert open_page.said[-1] == ("Set the figure “People get on well together” beside “Public spaces”: differs", True)
    tab.bearings.table.choose(tab.bearings.table.current(), "note")
    type_in(tab.bearings.table, "The park is locked.")
    (figure,) = open_page.ask(lambda p: p.evidence.indicators())
    assert [(b.reading, b.note) for b in figure.bears] == [("differs", "The park is locked.")]
    QTest.keyClick(tab.bearings.table, Qt.Key.Key_Delete)
    assert cells(tab.bearings.table, "code") == []
    QTest.keyClick(tab.figures, Qt.Key.Key_Delete)
    assert cells(tab.figures, "name") == [] and not tab.bearings.isVisible()
    open_page.runner.undo()
    assert cells(tab.figures, "value") == [("76.4",)]


def test_codes_are_ticked_in_the_codebook(tab: EvidenceTab, open_page: Opened) -> None:
    open_page.do(lambda p: p.evidence.add("People get on well together", value="76%"))
    tab.figures.choose(tab.figures.rows.lines[0].id)
    tab.bearings.codes.click()
    QTest.keyClicks(tab.bearings.ticks.field, "food")
    QTest.keyClick(tab.bearings.ticks.field, Qt.Key.Key_Return)
    tab.bearings.ticks.hide()
    assert cells(tab.bearings.table, "code") == [("What unites/Food",)] and tab.bearings.codes.text() == "1 code"
    tab.bearings.codes.cleared.emit()
    assert cells(tab.bearings.table, "code") == [] and tab.bearings.codes.text() == "None chosen"
    type_in(tab.bearings.table, "Nonsense")
    assert "Nonsense" in str(open_page.runner.problems.pop())


def test_a_sheet_is_imported_and_what_was_passed_over_is_told(
    tab: EvidenceTab, open_page: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "figures.csv"
    sheet.write_text(
        "Indicator,Area,Percent,Theme\nGet on well,Dewsbury,76%,Food\nGet on well,Batley,..,\nBelong,Batley,61,Bread\n",
        "utf-8",
    )
    monkeypatch.setattr(choose, "open_file", lambda *_args: sheet)
    tab.import_button.click()
    assert cells(tab.figures, "name", "place", "value", "unit", "codes") == [
        ("Get on well", "Dewsbury", "76", "%", "1"), ("Belong", "Batley", "61", "%", "–"),
    ]  # fmt: skip
    assert tab.warning.isVisible() and "Row 3" in tab.warning.text() and "Bread" in tab.warning.text()
    assert open_page.said[-1] == ("Took 2 figures from a sheet", True)
    tab.import_button.click()
    assert open_page.said[-1] == ("Every figure of the sheet is in the project already.", False)


def test_people_of_the_area_are_typed_beside_the_values_of_the_study(
    tab: EvidenceTab, open_page: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = tab.references
    pane.attribute.setCurrentIndex(pane.attribute.findText("place (sources)"))
    pane.attribute.activated.emit(pane.attribute.currentIndex())
    assert cells(pane.table, "value") == [("Batley",), ("Dewsbury",)]
    pane.table.setFocus()
    pane.table.choose("Dewsbury", "number")
    type_in(pane.table, "62,945")
    pane.table.choose("Dewsbury", "source")
    type_in(pane.table, "Census")
    pane.table.choose("Batley", "number")
    type_in(pane.table, "many")
    assert "is no number of people" in str(open_page.runner.problems.pop())
    type_in(pane.table, "44500")
    assert [(f.value, f.number, f.source) for f in open_page.ask(lambda p: p.evidence.references())] == [
        ("Dewsbury", "62945", "Census"), ("Batley", "44500", "Census"),
    ]  # fmt: skip
    pane.table.choose("Batley", "value")
    type_in(pane.table, "Birstall")
    assert open_page.said[-1][0] == "The values of an attribute are changed on the page People and attributes."
    QTest.keyClick(pane.table, Qt.Key.Key_Delete)
    pane.table.choose("Batley", "period")
    type_in(pane.table, "2011")
    assert open_page.said[-1][0] == "Type how many people there are first."
    pane.table.begin()
    add = pane.table.findChildren(QLineEdit)[-1]
    QTest.keyClicks(add, "Hudersfield")
    QTest.keyClick(add, Qt.Key.Key_Return)
    settle()
    assert pane.table.current() == "Hudersfield"
    pane.table.choose("Hudersfield", "value")
    type_in(pane.table, "Huddersfield")
    assert cells(pane.table, "value", "number") == [("Batley", ""), ("Dewsbury", "62,945"), ("Huddersfield", "0")]
    assert [line.is_dimmed for line in pane.table.rows.lines[:2]] == [True, False]
    sheet = tmp_path / "area.csv"
    sheet.write_text("Place,People\nBatley,44500\nDewsbury,63000\nHuddersfield,160000\nTotal,267500\n", "utf-8")
    monkeypatch.setattr(choose, "open_file", lambda *_args: sheet)
    pane.import_button.click()
    assert [line.cells["number"] for line in pane.table.rows.lines if line.cells] == ["44,500", "63,000", "160,000"]
    assert open_page.said[-1][0] == "Set how many people of the area have 3 values of place"
