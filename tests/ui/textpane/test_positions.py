"""Code points and Qt's positions, over every script that makes them differ."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from cohesion_qda.model.text import Span, canonical
from cohesion_qda.ui.textpane.positions import Positions

PIECES = [
    "calm ", "word", " ", "\n", "é", "e\u0301", "👍", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇬🇧", "𝒳", "السلام عليكم ", "שלום ", "नमस्ते ", "क्षि",
    "ਪੰਜਾਬੀ ", "\u00a0", "\t", "中文", "a\u200db", "\ufdd0", "\ufffc",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join).map(canonical)
long_limits = st.sampled_from([4, 7, 20, 2000])


def document_of(positions: Positions) -> QTextDocument:
    document = QTextDocument()
    document.setPlainText(positions.shown)
    return document


@settings(max_examples=300, deadline=None)
@given(texts, long_limits)
def test_every_place_comes_back(text: str, limit: int) -> None:
    positions = Positions(text, limit)
    for point in range(len(text) + 1):
        assert positions.from_qt(positions.to_qt(point)) == point


@settings(max_examples=200, deadline=None)
@given(texts, long_limits)
def test_the_document_holds_the_text_at_those_places(qapp: object, text: str, limit: int) -> None:
    positions = Positions(text, limit)
    document = document_of(positions)
    assert document.blockCount() == len(positions.block_starts)
    for number, start in enumerate(positions.block_starts):
        block = document.findBlockByNumber(number)
        assert block.position() == positions.to_qt(start)
        span = positions.block_span(number)
        assert positions.block_at(span.start) == number
        assert block.text() == span.of(text).replace("\ufdd0", "\ufffd")
    assert document.characterCount() - 1 == positions.to_qt(len(text))


@settings(max_examples=300, deadline=None)
@given(texts, long_limits, st.data())
def test_a_selection_is_the_same_words(qapp: object, text: str, limit: int, data: st.DataObject) -> None:
    positions = Positions(text, limit)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    document = document_of(positions)
    cursor = QTextCursor(document)
    cursor.setPosition(positions.to_qt(start))
    cursor.setPosition(positions.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
    assert positions.span(cursor) == Span(start, end)


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(4, 30))
def test_no_block_is_long_and_no_character_is_cut(text: str, limit: int) -> None:
    positions = Positions(text, limit)
    for number in range(len(positions.block_starts)):
        span = positions.block_span(number)
        assert len(span) <= limit + 12  # a cluster is never broken
        assert not span.of(text).startswith(("\u200d", "\u0301", "\ufe0f"))


def test_half_a_pair_is_its_beginning() -> None:
    positions = Positions("a👍b")
    assert [positions.from_qt(q) for q in range(5)] == [0, 1, 1, 2, 3]


def test_a_long_paragraph_breaks_at_spaces_without_moving_anything() -> None:
    text = "word " * 2000
    positions = Positions(text)
    assert len(positions.shown) == len(text)
    assert 5 <= len(positions.block_starts) <= 11
    assert positions.to_qt(9999) == 9999
    assert all(text[start - 1] == " " for start in positions.block_starts[1:])


def test_a_paragraph_without_spaces_is_broken_too() -> None:
    text = "x" * 5000
    positions = Positions(text)
    assert len(positions.shown) == 5002
    assert (positions.to_qt(1999), positions.to_qt(2000), positions.to_qt(4000)) == (1999, 2001, 4002)
