"""Retrieve: from a code to its passages, from a passage to its place, and back by undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.retrieve.cards import Card, Heading
from cohesion_qda.ui.retrieve.filters import filter_menu
from cohesion_qda.ui.retrieve.page import RetrievePage
from cohesion_qda.ui.retrieve.paint import CARD_ROLE, SIDE


@pytest.fixture
def page(open_page) -> RetrievePage:
    return open_page(RetrievePage)


def code_id(page: RetrievePage, name: str) -> CodeId:
    return next(code.id for code in page._found.tree if code.name == name)


def quotes(page: RetrievePage) -> list[str]:
    return [card.quote for card in page.list.cards.cards()]


def test_the_most_used_code_is_shown_with_its_denominators(page):
    assert page.header.title.text() == "Public spaces"
    assert page.header.meta.text() == "2 passages  ·  2 of 5 people  ·  2 of 2 groups"
    assert quotes(page) == ["the park. Everybody is in the park", "the park is locked at four"]


def test_a_question_shows_its_branch_with_a_chip_on_each_passage(page):
    page.choose_code(code_id(page, "What divides"))
    cards = page.list.cards.cards()
    assert [card.code.name for card in cards] == ["Cuts", "Cuts"]
    assert all(card.is_chipped for card in cards)
    assert page.branch_chip.isVisibleTo(page)
    page.branch_chip.cleared.emit()
    assert quotes(page) == []
    assert page.empty.isVisibleTo(page)


def test_enter_the_link_and_a_double_click_read_in_context(page, open_page):
    page.list.setFocus()
    card = page.list.current_card()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    index = page.list.currentIndex()
    parts = page.list.itemDelegate().geometry(card, page.list.width() - 2 * SIDE)
    corner = page.list.visualRect(index).topLeft() + QPoint(SIDE, 0)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=corner + parts.link.center().toPoint())
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=corner + parts.quote.center().toPoint())
    assert open_page.read == [(card.source, card.span)] * 3


def test_delete_takes_the_code_off_and_undo_brings_it_back(page, open_page):
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert quotes(page) == ["the park is locked at four"]
    assert open_page.said == [("Removed “Public spaces” from a passage of “Women”", True)]
    assert page.list.current_card().quote == "the park is locked at four"
    open_page.runner.undo()
    assert quotes(page) == ["the park. Everybody is in the park", "the park is locked at four"]


def test_copying_gives_a_quotation_with_speaker_and_source(page, open_page):
    page.list.setFocus()
    page.list.selectAll()
    QTest.keySequence(page.list, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == (
        "“the park. Everybody is in the park” (Carol, Women, turn 3)\n"
        "“the park is locked at four” (Dev, Young people, turn 3)"
    )
    assert open_page.said == [("Copied 2 quotations", False)]


def test_filters_narrow_the_passages_and_their_denominators(page):
    page._ask(attribute="place", value="Batley")
    assert quotes(page) == ["the park is locked at four"]
    assert page.header.meta.text() == "1 passage  ·  1 of 2 people  ·  1 of 1 group"
    page._ask(attribute="age", value="over 60")
    assert quotes(page) == ["the park. Everybody is in the park"]
    page._ask(attribute="", value="", coder="Ben", code=code_id(page, "Cuts"))
    assert quotes(page) == ["The youth club closed"]
    assert page.filter_chip.is_on
    page.filter_chip.cleared.emit()
    assert len(quotes(page)) == 2


def test_filtering_by_an_attribute_of_sources_and_of_people_says_whose(page, open_page):
    open_page.do(lambda p: p.sources.set_attribute(p.sources.get("Women").id, "age", "mixed"))
    menu = filter_menu(page, page._found.choices, "", "", "")
    assert [a.text() for a in menu.actions() if a.menu() is not None][:3] == [
        "place of sources", "age of sources", "age of people",
    ]  # fmt: skip
    page._ask(attribute="age of people", value="over 60")
    assert page._found.wish.value == "over 60" and page._found.base.participants == 2


def test_passages_are_grouped_by_source_or_by_speaker(page):
    rows = [page.list.cards.index(n).data(CARD_ROLE) for n in range(page.list.cards.rowCount())]
    assert [row.title for row in rows if isinstance(row, Heading)] == ["Women", "Young people"]
    page.set_order("speaker")
    rows = [page.list.cards.index(n).data(CARD_ROLE) for n in range(page.list.cards.rowCount())]
    assert [row.title for row in rows if isinstance(row, Heading)] == ["Carol, Women", "Dev, Young people"]
    page.set_order("plain")
    assert all(isinstance(page.list.cards.index(n).data(CARD_ROLE), Card) for n in range(2))


def test_words_are_found_in_all_transcripts(page):
    page.find_words("park")
    assert page.header.title.text() == "“park”"
    assert page.header.meta.text() == "3 places, in 2 of 2 sources"
    for card in page.list.cards.cards():
        assert card.bold.of(card.quote) == "park"
    page.words.setText("zebra")
    page._search_now()
    assert "Nobody says “zebra”" in page.empty.sentence.text()
    page.words.clear()
    page._search()
    assert page.header.title.text() == "Public spaces"


def test_the_place_in_the_list_is_kept_when_others_code(page, open_page):
    page.list.setCurrentIndex(page.list.cards.index(page.list.cards.row_of(page.list.cards.cards()[1].key)))
    before = page.list.current_card()
    open_page.do(lambda p: p.codings.apply(before.source, before.span, [code_id(page, "Food")]))
    assert page.list.current_card().key == before.key


def test_nothing_coded_yet_says_what_to_do(page, open_page):
    open_page.do(lambda p: p.codings.remove([passage.coding.id for passage in p.codings.retrieve()]))
    page._ask(code=None)
    assert page.empty.sentence.text() == "No passages coded yet. Select some words and press C."
    page.empty.button.click()
    assert open_page.went == ["read"]


def test_the_chooser_finds_codes_and_enter_takes_one(page):
    page.code_chip.open()
    popup = page.code_chip.popup
    QTest.keyClicks(popup.field, "cut")
    assert [popup.rows.index(n).data() for n in range(popup.rows.rowCount())] == ["What divides", "Cuts"]
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert page.header.title.text() == "Cuts"
