"""Report: what will be in it, the author's words, and writing it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest

from cohesion_qda.base.errors import CannotWrite
from cohesion_qda.report import document
from cohesion_qda.ui import choose
from cohesion_qda.ui.report.contents import ContentsTab
from cohesion_qda.ui.report.page import ReportPage
from cohesion_qda.ui.report.parts_list import FRONT, LEFT, tick_box
from cohesion_qda.ui.widgets import LinkButton


@pytest.fixture
def page(open_page) -> ReportPage:
    return open_page(ReportPage)


@pytest.fixture
def contents(page) -> ContentsTab:
    return page.tab_named("contents")


@pytest.fixture
def written(monkeypatch) -> list[Path]:
    """The folders a report was written to; nothing is drawn."""
    folders: list[Path] = []

    def write(data, folder, job):
        folder.mkdir()
        (folder / "report.html").write_text(data.title, encoding="utf-8")
        folders.append(folder)
        return folder / "report.html"

    monkeypatch.setattr(document, "write_report", write)
    return folders


def test_the_parts_with_their_numbers(page, contents):
    parts = {part.name: part.numbers for part in contents.contents.parts}
    assert parts["Engagement and sample"] == "5 people, 2 focus groups, 2 sources"
    assert parts["Method"] == "5 mentions, by 2 coders"
    assert parts["What unites"] == "2 of 2 codes used, raised by 3 of 5 people in 2 of 2 groups"
    assert parts["What divides"] == "1 of 2 codes used, raised by 2 of 5 people in 1 of 2 groups"
    assert parts["Appendix: codebook"] == "4 codes"
    assert contents.list.parts.rows[0].told() == "Title page and settings, 2 things are missing"


def test_what_is_missing_is_named(page, contents, open_page):
    said = [gap.said for gap in contents.contents.gaps]
    assert said == ["No authors are named.", "3 codes in use have no definition: Public spaces, Food, Cuts."]
    open_page.uncode("Young people")
    said = [gap.said for gap in contents.contents.gaps]
    assert said[1] == "1 of 2 sources has no codes yet: Young people."
    assert said[2] == "Nothing is coded under “What divides” yet."


def test_a_title_that_is_only_the_files_name_and_no_authors_are_named(page, contents, open_page):
    open_page.do(lambda p: p.set_title("study"))
    said = [gap.said for gap in contents.contents.gaps]
    assert said[:2] == ["The title, “study”, is only the file’s name.", "No authors are named."]
    links = [
        link for link in contents.findChildren(LinkButton) if link.accessibleName() == "Go there: No authors are named."
    ]
    links[-1].click()
    assert contents.front.fields["authors"].hasFocus() and open_page.went == []
    open_page.do(lambda p: p.reports.set("authors", "Asha Verity"))
    open_page.do(lambda p: p.reports.set("title", "Together"))
    assert not {"title", "authors"} & {gap.page for gap in contents.contents.gaps}


def test_the_title_page_is_kept_and_can_be_undone(page, contents, open_page):
    front = contents.front
    QTest.keyClicks(front.fields["title"], "Together in Dewsbury")
    front.keep_words()
    QTest.keyClicks(front.fields["version"], "draft 2")
    front.keep_words()
    settings = open_page.ask(lambda p: p.reports.settings())
    assert (settings["title"], settings["version"]) == ("Together in Dewsbury", "draft 2")
    assert page.header.title.text() == "Together in Dewsbury"
    open_page.runner.undo()
    assert front.fields["version"].text() == ""
    assert front.fields["title"].text() == "Together in Dewsbury"


def test_a_date_that_is_none_is_told_and_the_field_shows_what_is_kept(contents, open_page):
    QTest.keyClicks(contents.front.fields["date"], "next week")
    contents.front.keep_words()
    assert "next week" in str(open_page.runner.problems.pop())
    assert contents.front.fields["date"].text() == ""


def test_who_quotations_are_said_to_be_by_and_the_template_are_chosen(contents, open_page):
    front = contents.front
    front.attribution.setCurrentIndex(front.attribution.findData("group"))
    front.attribution.activated.emit(front.attribution.currentIndex())
    assert open_page.ask(lambda p: p.reports.settings())["attribution"] == "group"
    front.template.setCurrentIndex(front.template.findData("short"))
    front.template.activated.emit(front.template.currentIndex())
    assert open_page.ask(lambda p: p.reports.settings())["template"] == "short"
    assert not contents.contents.part("codebook").is_shown
    open_page.runner.undo()
    assert contents.contents.part("codebook").is_shown and front.template.currentData() == "full"


def test_small_numbers_are_hidden_unless_one_chooses_otherwise(page, contents, open_page):
    assert contents.front.small.currentData() == "5" and contents.front.small.accessibleName() == "Small numbers"
    assert "under 5 become [c]" in contents.front.about_small.text()
    contents.front.small.setFocus()
    QTest.keyClick(contents.front.small, Qt.Key.Key_End)
    QTest.keyClick(contents.front.small, Qt.Key.Key_Return)
    contents.front.small.activated.emit(contents.front.small.currentIndex())
    assert open_page.ask(lambda p: p.reports.settings())["small numbers"] == "off"
    assert "Do not publish this" in contents.front.about_small.text()
    assert open_page.ask(lambda p: p.reports.snapshot().threshold) == 0
    open_page.runner.undo()
    assert contents.front.small.currentData() == "5" and open_page.ask(lambda p: p.reports.snapshot().threshold) == 5


def test_typing_is_not_disturbed_by_what_happens_elsewhere(contents, open_page):
    QTest.keyClicks(contents.front.fields["authors"], "Ash")
    contents.take("method")
    QTest.keyClicks(contents.part.words, "We met")
    open_page.do(lambda p: p.codebook.add("Rain"))
    assert contents.front.fields["authors"].text() == "Ash"
    assert contents.part.words.toPlainText() == "We met"


def row_of(contents: ContentsTab, key: str) -> int:
    return next(n for n, row in enumerate(contents.list.parts.rows) if row.key == key)


def test_parts_are_switched_and_put_in_order_by_keys(contents, open_page):
    contents.list.setFocus()
    contents.list.choose("method")
    before = row_of(contents, "method")
    QTest.keyClick(contents.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert row_of(contents, "method") == before - 1 and contents.list.current() == "method"
    assert open_page.said[-1][1], "and it can be undone"
    QTest.keyClick(contents.list, Qt.Key.Key_Space)
    assert not contents.contents.part("method").is_shown
    assert "left out" in contents.list.parts.rows[row_of(contents, "method")].told()
    assert not contents.part.shown.isChecked()
    contents.part.shown.click()
    assert contents.contents.part("method").is_shown
    contents.list.choose(FRONT)
    QTest.keyClick(contents.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(contents.list, Qt.Key.Key_Space)
    assert row_of(contents, FRONT) == 0, "the title page stays where it is"


def test_the_box_of_a_part_is_ticked_with_the_mouse(contents):
    index = contents.list.parts.index(row_of(contents, "gaps"))
    contents.list.scrollTo(index)
    at = tick_box(QRectF(contents.list.visualRect(index)).adjusted(LEFT, 1, -8, -1)).center().toPoint()
    QTest.mouseClick(contents.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert not contents.contents.part("gaps").is_shown


def test_a_part_that_is_dragged_goes_where_the_line_shows(contents):
    parts = contents.list
    parts.choose("gaps")
    target = parts.visualRect(parts.parts.index(1))
    data, at = parts.parts.mimeData([]), QPointF(target.center().x(), target.top() + 1)
    held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    parts.dragEnterEvent(QDragEnterEvent(at.toPoint(), Qt.DropAction.MoveAction, data, *held))
    parts.dragMoveEvent(QDragMoveEvent(at.toPoint(), Qt.DropAction.MoveAction, data, *held))
    parts.dropEvent(QDropEvent(at, Qt.DropAction.MoveAction, data, *held))
    assert contents.contents.parts[0].key == "gaps", "it is the first after the title page"


def test_the_words_on_a_part_and_on_what_it_holds_are_kept(contents, open_page):
    question = open_page.ask(lambda p: p.codebook.tree().get("What unites").id)
    food = open_page.ask(lambda p: p.codebook.tree().get("What unites/Food").id)
    contents.list.choose(f"question {question}")
    QTest.keyClicks(contents.part.words, "Parks and food.")
    spots = contents.part.spot
    spots.setCurrentIndex(spots.findData(f"code {food}"))
    spots.activated.emit(spots.currentIndex())
    assert contents.part.words.toPlainText() == ""
    QTest.keyClicks(contents.part.words, "Eid above all.")
    contents.part.keep_words()
    kept = open_page.ask(lambda p: p.reports.words())
    assert kept == {f"question {question}": "Parks and food.", f"code {food}": "Eid above all."}
    assert "your words" in contents.list.parts.rows[row_of(contents, f"question {question}")].more
    open_page.runner.undo()
    assert contents.part.words.toPlainText() == ""


def test_the_words_of_a_code_that_is_gone_are_told_and_can_be_dropped(contents, open_page):
    food = open_page.ask(lambda p: p.codebook.tree().get("What unites/Food").id)
    open_page.do(lambda p: p.reports.write_words(f"code {food}", "Eid above all."))
    open_page.do(lambda p: p.codebook.delete(food))
    assert [stray.name for stray in contents.contents.strays] == ["Food"]
    drop = next(b for b in contents.findChildren(LinkButton) if b.accessibleName() == "Drop your words on “Food”")
    drop.click()
    assert contents.contents.strays == ()


def test_writing_it_notes_it_in_the_trail_and_opens_only_local_files(
    page, contents, open_page, written, tmp_path, monkeypatch
):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    monkeypatch.setattr(choose, "folder", lambda *args: tmp_path / "findings")
    contents.front.choose_button.click()
    page.write_button.click()
    assert written == [tmp_path / "findings"]
    assert page.done.isVisible()
    told = page.done.message.accessibleName()
    assert "2 sources in which few people speak are not named" in told, "whom a quotation would single out"
    assert open_page.ask(lambda p: p.history.trail(1))[0].said == f"Wrote the report to {tmp_path / 'findings'}"
    page.done.check_button.click()
    assert page.tab is page.tab_named("check"), "where each can be settled"
    page.done.open_button.click()
    page.done.folder_button.click()
    assert [url.toLocalFile() for url in opened] == [
        str(tmp_path / "findings" / "report.html"),
        str(tmp_path / "findings"),
    ]
    assert all(url.isLocalFile() for url in opened)


def test_a_report_that_went_away_is_told(page, open_page, written, tmp_path):
    page.write_to(tmp_path / "findings")
    page.write()
    (tmp_path / "findings" / "report.html").unlink()
    page.done.open_report()
    assert open_page.said == [("It is not there any more. Write the report again.", False)]


def test_a_folder_that_cannot_be_written_leaves_the_page_ready(page, open_page, monkeypatch, tmp_path):
    def write(data, folder, job):
        raise CannotWrite("The report could not be written.", "Choose another folder.")

    monkeypatch.setattr(document, "write_report", write)
    page.write_to(tmp_path / "findings")
    page.write()
    assert "could not be written" in str(open_page.runner.problems.pop())
    assert page.write_button.isEnabled()
    assert not page.done.isVisible()


def test_without_codings_there_is_nothing_to_write(page, contents, open_page):
    open_page.uncode()
    assert contents.empty.isVisible()
    assert not page.write_button.isVisible()


def test_a_worksheet_is_enough_to_write_a_report(page, contents, open_page):
    open_page.uncode()
    open_page.do(lambda p: p.worksheets.start("east_midlands", "inclusion"))
    assert page.write_button.isVisible() and not contents.empty.isVisible()


def test_parts_for_which_nothing_was_put_down_say_so(contents, open_page):
    def told() -> set[str]:
        return {part.key for part in contents.contents.parts if part.numbers == "nothing to tell yet"}

    assert told() == {"plan", "worksheets", "issues", "directions", "triangulation"}
    open_page.do(lambda p: p.plan.add("step", "Share the findings"))
    assert "plan" not in told()
