"""The list of passages: exact words in every script, and quick with very many."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from cohesion_qda.model.text import Span
from cohesion_qda.ui.retrieve.cards import Card, Heading
from cohesion_qda.ui.retrieve.paint import CARD_ROLE, quote_layout
from cohesion_qda.ui.retrieve.passages import PAGE, PassageList


def card(n: int, quote: str = "Everybody is in the park.", speaker: str = "Carol", source: str = "Women") -> Card:
    return Card(1, Span(n, n + 5), quote, (speaker,), source, n, coding=n)


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
    view.show_rows([Heading("Women", 20_000), *cards])
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
    view.show_rows([card(1), card(2)], ticked={card(1).key, card(2).key})
    view.choose_first()
    QTest.keyClick(view, " ")
    assert [c.coding for c in view.cards.checked_cards()] == [2]
    view.cards.tick_all(True)
    assert len(view.cards.checked_cards()) == 2
    assert view.cards.index(0).data(CARD_ROLE).coding == 1


def test_screen_readers_hear_quote_speaker_and_place():
    assert card(13).told() == "“Everybody is in the park.”, Carol, Women, turn 13"


def test_what_was_not_given_yet_is_asked_for_once_and_taken(looks, qtbot):
    view = PassageList("Passages")
    qtbot.addWidget(view)
    asked = []
    view.cards.wanted.connect(lambda: asked.append(len(view.cards)))
    view.show_rows([card(n) for n in range(60)], is_more=True)
    assert view.cards.canFetchMore()
    view.cards.fetchMore()
    view.cards.fetchMore()
    assert asked == [60] and not view.cards.canFetchMore()
    view.cards.append([card(n) for n in range(60, 90)])
    assert view.cards.rowCount() == 90 and not view.cards.canFetchMore()


def test_a_passage_that_was_cut_into_several_keeps_them_apart(looks, qtbot):
    view = PassageList("Passages")
    qtbot.addWidget(view)
    parts = [Card(1, Span(n, n + 3), "bus", ("Carol",), "Women", 1, coding=7) for n in (0, 10)]
    view.show_rows(parts)
    view.setCurrentIndex(view.cards.index(1))
    view.show_rows(parts, keep=True)
    assert view.current_card() == parts[1]
