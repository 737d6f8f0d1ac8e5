"""Compare: every number opens its passages, by mouse and by key."""

from __future__ import annotations

import csv

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from cohesion_qda.model.change import Change
from cohesion_qda.project import Project
from cohesion_qda.ui import choose
from cohesion_qda.ui.compare.model import CODE, TOTAL, VALUES
from cohesion_qda.ui.compare.page import ComparePage


@pytest.fixture
def page(open_page) -> ComparePage:
    return open_page(ComparePage)


def cells(page: ComparePage) -> dict[str, list[str]]:
    model = page.table.table
    return {
        model.rows[r].name: [model.index(r, c).data() for c in range(TOTAL, model.columnCount())]
        for r in range(model.rowCount())
    }


def go(page: ComparePage, row: int, column: int) -> None:
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.table.index(row, column))


def test_codes_by_place_with_groups_over_people(page):
    assert page.header.title.text() == "Codes by place"
    assert page.header.meta.text() == "2 groups  ·  5 people  ·  3 of 4 codes used"
    assert cells(page) == {
        "Public spaces": ["2/2 2/5", "1/1 1/2", "1/1 1/3"],
        "Cuts": ["1/2 2/5", "1/1 2/2", "0/1 0/3"],
        "Food": ["1/2 1/5", "0/1 0/2", "1/1 1/3"],
    }
    assert page.table.table.header_lines(VALUES) == ["Batley", "1 group", "2 people"]


def test_a_group_nobody_has_read_yet_is_named_in_the_totals(page, open_page):
    open_page.do(lambda p: p.codings.remove([c.id for c in p.codings.of_source(p.sources.get("Women").id)]))
    assert page.header.meta.text().startswith("2 groups (1 not read yet)")


def test_enter_opens_the_evidence_and_escape_goes_back_to_the_number(page, open_page):
    go(page, 0, VALUES)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.drawer.isVisible()
    assert page.drawer.title.text() == "Public spaces in Batley"
    assert page.drawer.meta.text() == "1 of 1 group, 1 of 2 people  ·  1 passage"
    page.drawer.list.setFocus()
    page.drawer.list.choose_first()
    QTest.keyClick(page.drawer.list, Qt.Key.Key_Return)
    assert len(open_page.read) == 1
    QTest.keyClick(page.drawer.list, Qt.Key.Key_Escape)
    assert not page.drawer.isVisible()
    assert page.table.hasFocus()
    assert (page.table.currentIndex().row(), page.table.currentIndex().column()) == (0, VALUES)


def test_arrows_move_and_an_open_drawer_follows(page):
    go(page, 0, VALUES)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.drawer.title.text() == "Cuts in Batley"
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    assert page.drawer.title.text() == "Cuts in Dewsbury"
    assert page.drawer.nothing.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Home)
    assert page.table.currentIndex().column() == CODE
    QTest.keyClick(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert page.table.currentIndex().row() == 2
    assert page.table.currentIndex().column() == page.table.table.columnCount() - 1


def test_a_click_opens_a_cell_and_a_bar_its_code(page):
    spot = page.table.visualRect(page.table.table.index(1, VALUES)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.drawer.title.text() == "Cuts in Batley"
    QTest.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=QPoint(40, round(page.chart._bars_top()) + 20))
    assert page.drawer.title.text() == page.chart.chart.bars[0].name
    page.close_drawer()


def test_the_chart_says_what_the_numbers_say(page):
    assert page.chart.chart.headline == "Public spaces came up in 2 of 2 groups, more than any other code"
    assert [(bar.name, bar.value) for bar in page.chart.chart.bars] == [("Public spaces", 2), ("Cuts", 1), ("Food", 1)]
    assert "out of 2" in page.chart.chart.caveat
    assert "Cuts 1 of 2" in page.chart.accessibleName()


def test_other_questions_units_attributes_and_coders(page):
    tree = page._found.tree
    page.set_choice(question=tree.get("What divides").id)
    assert list(cells(page)) == ["Cuts"]
    page.set_choice(question=None, unit="mentions")
    assert cells(page)["Public spaces"] == ["2/5", "1/3", "1/2"]
    page.set_choice(by="age", unit="groups")
    assert page.table.table.header_lines(VALUES)[0] == "over 60"
    assert cells(page)["Public spaces"] == ["2/2 2/5", "1/1 1/2", "1/2 1/3"]
    page.set_choice(by="", coder="Ben")
    assert cells(page) == {"Cuts": ["1/2 1/5"]}
    assert page.coder_chip.is_on


def test_codes_not_used_yet_can_be_shown(page):
    assert page.more.text() == "Show 1 code not used yet"
    page.more.click()
    assert cells(page)["Class"] == ["0/2 0/5", "0/1 0/2", "0/1 0/3"]
    assert page.more.text() == "Hide 1 code not used yet"


def test_counts_follow_what_is_coded_and_the_cell_stays(page, open_page):
    go(page, 0, VALUES + 1)
    page.open_evidence(*page.table.current_place())
    card = page.drawer.list.cards.cards()[0]
    open_page.do(lambda p: p.codings.apply(card.source, card.span, [page._found.tree.get("Class").id]))
    assert cells(page)["Class"] == ["1/2 1/5", "0/1 0/2", "1/1 1/3"]
    assert page.table.current_place() == (page._found.tree.get("Public spaces").id, "Dewsbury")
    assert page.drawer.title.text() == "Public spaces in Dewsbury"


def test_the_table_is_copied_for_spreadsheets_and_documents(page, open_page):
    page.copy_button.click()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines()[2] == "Public spaces\t2\t2\t1\t1\t1\t1"
    assert "<td>2</td>" in data.html()
    assert open_page.said == [("Copied a table of 3 codes", False)]


def test_what_is_seen_is_exported(page, open_page, tmp_path, monkeypatch):
    path = tmp_path / "out.csv"
    monkeypatch.setattr(choose, "save_file", lambda *args: path)
    page.set_choice(question=page._found.tree.get("What unites").id)
    page.export_button.click()
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    text = " ".join(cell for row in rows for cell in row)
    assert "Public spaces" in text and "Cuts" not in text
    assert open_page.said == [("Exported to out.csv", False)]


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_chart_is_saved(page, open_page, tmp_path, monkeypatch, ending):
    path = tmp_path / f"chart.{ending}"
    monkeypatch.setattr(choose, "save_file", lambda *args: path)
    page.chart_button.click()
    if ending == "svg":
        assert "Public spaces came up in 2 of 2 groups" in path.read_text(encoding="utf-8")
    else:
        assert QImage(str(path)).width() == 2 * page.chart.sizeHint().width()
    assert open_page.said == [(f"Saved the chart as chart.{ending}", False)]


def test_a_chart_that_cannot_be_written_is_told_calmly(page, open_page, tmp_path, monkeypatch):
    monkeypatch.setattr(choose, "save_file", lambda *args: tmp_path / "no" / "chart.png")
    page.chart_button.click()
    assert "could not be written" in str(open_page.runner.problems.pop())


def test_nothing_coded_yet(page, open_page):
    open_page.uncode()
    assert page.empty.isVisible()
    page.empty.button.click()
    assert open_page.went == ["read"]


def test_codes_and_totals_stay_while_values_scroll(open_page):
    page = open_page(ComparePage, 500, 500)
    assert not page._chart_area.isVisible()
    frozen = page.table._frozen
    assert frozen.isVisible()
    assert not frozen.isColumnHidden(CODE)
    assert frozen.isColumnHidden(VALUES)


def test_two_coders_are_told_on_the_page_and_in_the_export(page, tmp_path, monkeypatch):
    assert not page.notes.isVisible()
    page.set_choice(unit="mentions")
    assert page.notes.isVisible() and page.notes.text().startswith("Two people coded some sources;")
    path = tmp_path / "out.xlsx"
    monkeypatch.setattr(choose, "save_file", lambda *args: path)
    page.export_button.click()
    cells_of = [str(cell) for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any("Two people coded some sources" in cell for cell in cells_of)
    page.set_choice(coder="Ben")
    assert not page.notes.isVisible()


def test_the_chart_keeps_the_order_of_a_table_whose_top_ties(page, open_page):
    quotes = ["We share food", "Knowing your neighbours", "For me it is the park"]
    for name in ("Public spaces", "Food", "Cuts", "Class"):
        code = open_page.ask(lambda p, name=name: p.codebook.tree().get(name).id)
        for source, words in (("Women", quotes), ("Young people", ["The youth club"])):
            for quote in words[: 1 if name == "Class" else 3]:
                found = open_page.ask(lambda p, s=source: p.sources.get(s).id)
                span = open_page.ask(lambda p, f=found, q=quote: p.codings.find_quote(f, q))
                open_page.do(lambda p, f=found, s=span, c=code: p.codings.apply(f, s, [c]))
    assert page.chart.chart.headline.startswith("4 codes tie at 2 of 2 groups, so people rank them: ")
    assert [bar.name for bar in page.chart.chart.bars] == [row.name for row in page._rows]


def test_the_filters_are_in_plain_words(page):
    page.set_choice(unit="groups")
    assert page.unit_chip.text() == "Groups and people"
    assert page.branch_chip.text() == "Without the codes under it"


def test_an_attribute_of_sources_and_of_people_is_told_apart_everywhere(page, open_page):
    def know(project: Project) -> Change:
        for n, source in enumerate(project.sources.list()):
            change = project.sources.set_attribute(source.id, "age", ("mixed", "young")[n])
        return change

    open_page.do(know)
    QTest.mouseClick(page.by_chip, Qt.MouseButton.LeftButton)
    menu = page.findChild(QMenu)
    assert [a.text() for a in menu.actions() if not a.isSeparator()] == [
        "Whole study", "Of sources", "Place", "Age of sources", "Of people", "Age of people",
    ]  # fmt: skip
    titles = [a for a in menu.actions() if a.text().startswith("Of ")]
    assert not any(title.isEnabled() or title.isSeparator() for title in titles), "words that are seen, not an entry"
    menu.actions()[-1].trigger()
    menu.close()
    assert page.header.title.text() == "Codes by age of people"
    assert page.by_chip.text().strip() == "By age of people"
    assert page.table.table.header_lines(VALUES)[0] == "over 60"
    go(page, 0, VALUES)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.drawer.meta.text() == "1 of 1 group, 1 of 2 people  ·  1 passage"
    page.set_choice(by="age of sources")
    assert page.table.table.header_lines(VALUES)[0] == "mixed"
    assert not page.drawer.isVisible(), "the value whose passages were open has no column now"


def test_while_passages_are_open_the_chart_makes_room_for_columns_that_are_cut(page):
    page.resize(960, 700)
    page.layout().activate()
    assert page._chart_area.isVisible()
    needed = page.table.whole_width()
    page.open_evidence(page._rows[0].code, None)
    assert page.drawer.isVisible()
    is_cut = page.width() - page._chart_area.width() - 72 < needed
    assert page._chart_area.isVisible() is not is_cut
    page.resize(needed + page._chart_area.width() + 80, 700)
    assert page._chart_area.isVisible(), "there is room for both"
    page.close_drawer()
    page.resize(960, 700)
    assert page._chart_area.isVisible()
