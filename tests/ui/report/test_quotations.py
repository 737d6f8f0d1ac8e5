"""Report, Contents: the quotations under a theme or code, the preview of a part, and the sentences for the summary."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.ui.report.contents import ContentsTab
from cohesion_qda.ui.report.page import ReportPage
from tests.ui.retrieve.driver import Opened


@pytest.fixture
def contents(open_page: Opened) -> ContentsTab:
    tab = open_page(ReportPage).tab
    assert isinstance(tab, ContentsTab)
    return tab


def at_code(contents: ContentsTab, open_page: Opened, path: str) -> int:
    """Go to what the report says of a code."""
    tree = open_page.ask(lambda p: p.codebook.tree())
    code = tree.get(path).id
    contents.list.choose(f"question {tree.root(code).id}")
    spot = contents.part.spot
    spot.setCurrentIndex(spot.findData(f"code {code}"))
    spot.activated.emit(spot.currentIndex())
    return code


def words_in(contents: ContentsTab) -> list[tuple[str, str]]:
    """The quotations that are shown, and what each is."""
    return [
        (card.quote, "proposed" if card.source_name == "proposed" else card.extra)
        for card in contents.part.quotes.list.cards.cards()
    ]


def test_what_the_report_proposes_is_shown_and_kept(contents, open_page):
    code, board = at_code(contents, open_page, "What unites/Public spaces"), contents.part.quotes
    assert words_in(contents) == [] and "proposes two to four" in board.standing.text()
    board.propose_button.click()
    proposed = [quote for quote, extra in words_in(contents) if extra == "proposed"]
    assert len(proposed) == 2 and board.keep_button.isVisible()
    board.keep_button.click()
    kept = words_in(contents)
    assert [quote for quote, _extra in kept] == [quote.strip("…") for quote in proposed] and not any(
        e for _q, e in kept
    )
    assert "You chose 2 quotations" in board.standing.text() and not board.keep_button.isVisible()
    assert len(open_page.ask(lambda p: p.reports.quotes(code))) == 2


def test_chosen_quotations_are_moved_turned_against_and_taken_out_by_keys(contents, open_page):
    code, board = at_code(contents, open_page, "What unites/Public spaces"), contents.part.quotes
    board.propose_button.click()
    board.keep_button.click()
    first, second = (quote for quote, _extra in words_in(contents))
    board.list.setFocus()
    board.list.setCurrentIndex(board.list.cards.index(1))
    QTest.keyClick(board.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert [quote for quote, _extra in words_in(contents)] == [second, first]
    QTest.keyClick(board.list, Qt.Key.Key_D)
    assert (second, "a view against it") in words_in(contents)
    assert [q.role for q in open_page.ask(lambda p: p.reports.quotes(code))] == ["dissent", ""]
    QTest.keyClick(board.list, Qt.Key.Key_D)
    assert all(not extra for _quote, extra in words_in(contents))
    QTest.keyClick(board.list, Qt.Key.Key_Delete)
    assert [quote for quote, _extra in words_in(contents)] == [first]
    open_page.runner.undo()
    assert len(open_page.ask(lambda p: p.reports.quotes(code))) == 2


def test_passages_are_ticked_among_all_that_were_coded(contents, open_page):
    code, board = at_code(contents, open_page, "What divides/Cuts"), contents.part.quotes
    board.choose_button.click()
    assert board.dialog.windowTitle() == "Passages of “Cuts”" and board.dialog.keep_button.text() == "Quote these"
    assert board.dialog.list.cards.rowCount() == 2
    QTest.keyClick(board.dialog.list, Qt.Key.Key_Space)
    board.dialog.keep_button.click()
    assert len(open_page.ask(lambda p: p.reports.quotes(code))) == 1
    board.choose_button.click()
    QTest.keyClick(board.dialog.list, Qt.Key.Key_Space)
    board.dialog.keep_button.click()
    assert open_page.ask(lambda p: p.reports.quotes(code)) == ()


def test_a_theme_that_was_built_takes_the_place_of_its_codes(contents, open_page):
    tree = open_page.ask(lambda p: p.codebook.tree())
    unites, spaces = tree.get("What unites").id, tree.get("What unites/Public spaces").id
    open_page.do(lambda p: p.themes.add("The park is everybody’s", unites, [spaces]))
    contents.list.choose(f"question {unites}")
    spot, board = contents.part.spot, contents.part.quotes
    assert [spot.itemText(n) for n in range(spot.count())] == ["on the part as a whole", "The park is everybody’s"]
    spot.setCurrentIndex(1)
    spot.activated.emit(1)
    board.choose_button.click()
    QTest.keyClick(board.dialog.list, Qt.Key.Key_Space)
    board.dialog.keep_button.click()
    (chosen,) = (theme for theme in open_page.ask(lambda p: p.themes.list()) if theme.passages)
    board.list.setCurrentIndex(board.list.cards.index(0))
    board.against_button.click()
    assert [q.role for q in open_page.ask(lambda p: p.reports.theme_quotes(chosen.id))] == ["dissent"]
    board.list.setFocus()
    QTest.keyClick(board.list, Qt.Key.Key_Delete)
    assert open_page.ask(lambda p: p.reports.theme_quotes(chosen.id)) == ()


def test_a_part_is_looked_at_as_it_will_read_until_something_changes(contents, open_page):
    contents.list.choose("engagement")
    QTest.keyClicks(contents.part.words, "We met in <two> towns.")
    contents.part.look_button.click()
    said = contents.part.preview.toPlainText()
    assert said.startswith("Engagement and sample") and "We met in <two> towns." in said
    assert contents.part.look_button.text() == "Back to writing"
    open_page.do(lambda p: p.codebook.add("Rain"))
    assert contents.part.look_button.text() == "Preview" and contents.part.drafting.data is None
    contents.part.turn_over()
    contents.part.look_button.click()
    assert contents.part.words.hasFocus()


def test_a_part_with_nothing_to_say_says_so_and_leads_to_where_it_is_filled_in(contents):
    contents.list.choose("plan")
    contents.part.look_button.click()
    assert "nothing to say yet" in contents.part.preview.toPlainText()
    turned = []
    contents.turn_to.connect(lambda name, what: turned.append(name))
    contents.part.tab_link.click()
    assert turned == ["plan"]


def test_numbers_are_offered_for_the_summary(contents, open_page):
    contents.list.choose("summary")
    QTest.keyClicks(contents.part.words, "The park matters.")
    contents.part.insert_button.click()
    contents.part.keep_words()
    summary = open_page.ask(lambda p: p.reports.settings())["summary"]
    assert summary.startswith("The park matters.\n") and "2 of 2 groups" in summary
    lines = summary.split("\n")
    contents.part.insert_button.click()
    assert contents.part.words.toPlainText().split("\n") == lines, "no sentence stands twice"
