"""Report: what will be in it, the author's words, and writing it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from cohesion_qda.base.errors import CannotWrite
from cohesion_qda.report import document
from cohesion_qda.ui import choose
from cohesion_qda.ui.report.contents import ContentsTab
from cohesion_qda.ui.report.page import ReportPage
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
    parts = {part.title: part.numbers for part in contents._contents.parts}
    assert parts["Who took part"] == "5 people, 2 focus groups, 2 sources"
    assert parts["How it was done"] == "5 mentions, by 2 coders"
    assert parts["What unites"] == "2 of 2 codes used, raised by 3 of 5 people in 2 of 2 groups"
    assert parts["What divides"] == "1 of 2 codes used, raised by 2 of 5 people in 1 of 2 groups"
    assert parts["Codebook, tables, how to read the numbers"] == "4 codes"


def test_what_is_missing_is_named(page, contents, open_page):
    said = [gap.said for gap in contents._contents.gaps]
    assert said == ["No authors are named.", "3 codes in use have no definition: Public spaces, Food, Cuts."]
    open_page.uncode("Young people")
    said = [gap.said for gap in contents._contents.gaps]
    assert said[1] == "1 of 2 sources has no codes yet: Young people."
    assert said[2] == "Nothing is coded under “What divides” yet."


def test_a_title_that_is_only_the_files_name_and_no_authors_are_named(page, contents, open_page):
    open_page.do(lambda p: p.set_title("study"))
    said = [gap.said for gap in contents._contents.gaps]
    assert said[:2] == ["The title, “study”, is only the file’s name.", "No authors are named."]
    links = [
        link for link in contents.findChildren(LinkButton) if link.accessibleName() == "Go there: No authors are named."
    ]
    links[-1].click()
    assert contents.authors.hasFocus() and open_page.went == []
    open_page.do(lambda p: p.reports.set("authors", "Asha Verity"))
    open_page.do(lambda p: p.reports.set("title", "Together"))
    assert not {"title", "authors"} & {gap.page for gap in contents._contents.gaps}


def test_the_authors_words_are_kept_and_can_be_undone(page, contents, open_page):
    QTest.keyClicks(contents.title, "Together in Dewsbury")
    contents.summary.setPlainText("People want the park open.")
    contents.keep_words()
    assert open_page.ask(lambda p: p.reports.settings()) == {
        "title": "Together in Dewsbury", "authors": "", "summary": "People want the park open.", "small numbers": "5",
    }  # fmt: skip
    assert page.header.title.text() == "Together in Dewsbury"
    open_page.runner.undo()
    assert contents.summary.toPlainText() == ""
    assert contents.title.text() == "Together in Dewsbury"


def test_small_numbers_are_hidden_unless_one_chooses_otherwise(page, contents, open_page):
    assert contents.small.currentData() == "5" and contents.small.accessibleName() == "Small numbers"
    assert "under 5 become [c]" in contents.about_small.text()
    contents.small.setFocus()
    QTest.keyClick(contents.small, Qt.Key.Key_End)
    QTest.keyClick(contents.small, Qt.Key.Key_Return)
    contents.small.activated.emit(contents.small.currentIndex())
    assert open_page.ask(lambda p: p.reports.settings())["small numbers"] == "off"
    assert "Do not publish this" in contents.about_small.text()
    assert open_page.ask(lambda p: p.reports.snapshot().threshold) == 0
    open_page.runner.undo()
    assert contents.small.currentData() == "5" and open_page.ask(lambda p: p.reports.snapshot().threshold) == 5


def test_typing_is_not_disturbed_by_what_happens_elsewhere(page, contents, open_page):
    QTest.keyClicks(contents.authors, "Ash")
    open_page.do(lambda p: p.codebook.add("Rain"))
    assert contents.authors.text() == "Ash"


def test_writing_it_notes_it_in_the_trail_and_opens_only_local_files(page, contents, open_page, written, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    monkeypatch.setattr(choose, "folder", lambda *args: tmp_path / "findings")
    contents.choose_button.click()
    page.write_button.click()
    assert written == [tmp_path / "findings"]
    assert page.done.isVisible()
    told = page.done.message.accessibleName()
    assert "Only 3 participants of the study speak in “Women”" in told, "whom a quotation would single out"
    assert open_page.ask(lambda p: p.history.trail(1))[0].said == f"Wrote the report to {tmp_path / 'findings'}"
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
