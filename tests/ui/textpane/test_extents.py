"""Sentences, turns and the next turn without a code."""

from __future__ import annotations

import itertools

from cohesion_qda.model.extent import sentence_at, sentences, whole_line
from cohesion_qda.model.ids import SourceId, SpeakerId, TurnId
from cohesion_qda.model.source import Reading, Source, Turn
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.columns import columns
from cohesion_qda.ui.textpane.extents import Blocks, turn_at
from cohesion_qda.ui.textpane.positions import Positions

TEXT = "The park, first. Nobody asks “why?” They sit… and talk. هل تعرف؟ نعم। End"
WHOLE = Span(0, len(TEXT))


def sentence(words: str) -> str:
    return sentence_at(TEXT, TEXT.index(words), WHOLE).of(TEXT)


def test_sentences_end_at_marks_of_any_script() -> None:
    assert sentence("park") == "The park, first."
    assert sentence("asks") == "Nobody asks “why?”"
    assert sentence("تعرف") == "هل تعرف؟"
    assert sentence("End") == "End"


def test_the_end_of_the_text_belongs_to_the_last_sentence() -> None:
    assert sentence_at("One. Two.", 9, Span(0, 9)).of("One. Two.") == "Two."


def test_the_key_of_the_room_and_auto_coding_take_the_same_sentence() -> None:
    for at in range(len(TEXT)):
        if not TEXT[at].isspace():
            assert sentence_at(TEXT, at, WHOLE) == sentences(TEXT, Span(at, at + 1), WHOLE), at


def test_a_turn_includes_its_end_and_what_lies_between_turns_is_none() -> None:
    turns = [Turn(TurnId(i), i, span, SpeakerId(1), None) for i, span in enumerate([Span(0, 5), Span(10, 20)])]
    starts = [0, 10]
    assert [turn_at(turns, starts, p) for p in (0, 5, 6, 9, 10, 20, 21)] == [0, 0, None, None, 1, 1, None]


def test_a_paragraph_is_its_line() -> None:
    assert whole_line("one\n two \nthree", 6) == Span(5, 8)


def test_columns_keep_the_text_readable_at_every_width_and_size() -> None:
    for scale, most, numbers in itertools.product((0.8, 1.0, 1.5, 2.0), (480, 640, 800, 4000), (False, True)):
        for width in range(760, 2000, 20):
            c = columns(width, scale, most, numbers)
            assert 200 <= c.text_width <= round(most * scale)
            assert c.speakers + c.speakers_width < c.text
            assert c.text + c.text_width < c.lanes < c.names
            assert c.names + c.names_width <= width
            assert bool(c.numbers_width) == numbers and c.numbers_width < c.speakers_width
    assert (columns(908).speakers, columns(908).text, columns(908).text_width) == (16, 120, 536)


def test_a_wide_page_gives_its_room_to_text_and_names_before_it_leaves_any_over() -> None:
    wide = columns(1380)
    assert (wide.text_width, wide.names_width) == (640, 360)
    room = columns(1380, 1.0, 4000)
    assert room.names + room.names_width + 12 >= 1380 and room.names_width >= 180
    assert columns(1380, 1.0, 480).text_width == 480


def test_paragraphs_of_a_document_are_counted_without_empty_lines() -> None:
    text = "Title\n\nFirst.\n" + "long words " * 400 + "\n\nLast."
    source = Source(SourceId(1), "Doc", "document", "", "", "", "", "", 0, 0, None)
    positions = Positions(text)
    blocks = Blocks(Reading(source, text, (), {}, {}), positions)
    assert len(blocks) > 6
    assert [blocks.paragraph(n) for n in range(4)] == [1, 1, 2, 3]
    assert blocks.paragraph(len(blocks) - 1) == 4
    assert not blocks[4].opens and blocks[3].opens
