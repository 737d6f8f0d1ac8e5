"""The list of passages: exact words in every script, and quick with very many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QTest

from cohesion_qda.model.text import Span
from cohesion_qda.project.sources import SearchHit
from cohesion_qda.ui.retrieve.cards import Card, Heading, arranged, cards_of_hits
from cohesion_qda.ui.retrieve.paint import CARD_ROLE, quote_layout, utf16
from cohesion_qda.ui.retrieve.passages import PAGE, PassageList


def card(n: int, quote: str = "Everybody is in the park.", speaker: str = "Carol", source: str = "Women") -> Card:
    return Card(1, Span(n, n + 5), quote, speaker, source, n, coding=n)


@given(st.text(), st.integers(0, 50))
def test_positions_are_counted_as_qt_counts(text, at):
    at = min(at, len(text))
    assert utf16(text, at) == sum(2 if ord(c) > 0xFFFF else 1 for c in text[:at])


def test_a_found_word_stays_exact_after_emoji_and_between_cut_words():
    hit = SearchHit(1, "Women", Span(100, 103), "x" * 50 + " over 😀 the ", "bus", " stop " + "y" * 60, "Amina", 2)
    (made,) = cards_of_hits([hit])
    assert made.quote == "… over 😀 the bus stop …"
    assert made.bold.of(made.quote) == "bus"


def test_the_beginning_of_a_source_is_not_cut():
    hit = SearchHit(1, "Women", Span(4, 7), "The ", "bus", ".", "", 0)
    (made,) = cards_of_hits([hit])
    assert made.quote == "The bus."
    assert made.place == "Women"


def test_headings_say_how_many_follow():
    rows = arranged([card(1), card(2, source="Young"), card(3)], "source")
    assert [(row.title, row.cards) for row in rows if isinstance(row, Heading)] == [("Women", 2), ("Young", 1)]
    assert [row.coding for row in rows if isinstance(row, Card)] == [1, 3, 2]


@pytest.mark.parametrize(
    "quote", ["لا أحد يأتي بعد السادسة", "यहाँ कोई बस नहीं आती।", "👨‍👩‍👧 e\u0301te\u0301", "a\nb", ""]
)
def test_every_script_is_laid_out(looks, quote):
    layout, height = quote_layout(card(1, quote), 200)
    assert height >= 20
    assert layout.lineCount() == (2 if "\n" in quote else height // 20)


def test_twenty_thousand_passages_are_shown_a_page_at_a_time(looks, qtbot):
    view = PassageList("Passages", checkable=True)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show()
    cards = [card(n, "Nobody comes down after six, and the youth club closed. " * (n % 7 + 1)) for n in range(20_000)]
    view.show_rows(arranged(cards, "source"))
    QTest.qWait(0)
    assert view.cards.rowCount() == PAGE
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert PAGE < view.cards.rowCount() < 2_000
    assert len(view.cards.cards()) == 20_000


def test_the_current_passage_stays_when_the_list_is_read_again(looks, qtbot):
    view = PassageList("Passages")
    qtbot.addWidget(view)
    view.show_rows([card(n) for n in range(500)])
    view.cards.load(400)
    view.setCurrentIndex(view.cards.index(350))
    view.show_rows([card(n) for n in range(500) if n != 3], keep=True)
    assert view.current_card().coding == 350
    view.show_rows([card(n) for n in range(500) if n not in (3, 350)], keep=True)
    assert view.current_card().coding == 351


def test_boxes_tick_by_mouse_and_by_space(looks, qtbot):
    view = PassageList("Passages", checkable=True)
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    view.show_rows([card(1), card(2)], ticked={1, 2})
    view.choose_first()
    QTest.keyClick(view, " ")
    assert [c.coding for c in view.cards.checked_cards()] == [2]
    view.cards.tick_all(True)
    assert len(view.cards.checked_cards()) == 2
    assert view.cards.index(0).data(CARD_ROLE).coding == 1


def test_screen_readers_hear_quote_speaker_and_place():
    assert card(13).told() == "“Everybody is in the park.”, Carol, Women, turn 13"
