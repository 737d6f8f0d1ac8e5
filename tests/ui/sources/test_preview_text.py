"""What the preview shows of a draft, piece by piece."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.model.source import SectionDraft, SourceDraft, TurnDraft
from cohesion_qda.model.text import Span
from cohesion_qda.ui.sources import preview_text
from cohesion_qda.ui.sources.preview_text import HEADING, LONGEST, OUTSIDE, PAGE, TURN
from tests.ui.sources.made import draft, item, talk


def test_headings_and_what_stands_outside_the_turns_are_told_from_speech() -> None:
    text = "Women’s group\n\nWhat unites\nThe park (laughs).\n[end]"
    turn = TurnDraft(Span(text.index("The park"), text.index("\n[end]")), "Amina", 65.0)
    found = SourceDraft("a", "interview", text, (turn,), sections=(SectionDraft(text.index("What"), "What unites"),))
    pieces = list(preview_text.pieces(found, str.upper))
    assert [(piece.kind, piece.text, piece.label, piece.at) for piece in pieces] == [
        (OUTSIDE, "Women’s group", "", None),
        (HEADING, "What unites", "", None),
        (TURN, "The park (laughs).", "AMINA", 65.0),
        (OUTSIDE, "[end]", "", None),
    ]
    assert [span.of(pieces[2].text) for span in pieces[2].notes] == ["(laughs)"]
    assert pieces[2].number == 1


def test_labels_left_in_the_speech_are_found_where_a_line_begins_with_them() -> None:
    found = draft(("Ann", "Well.\nInt: And then?\nInterview is a word"), ("Bob", "Int"), doubtful=("Int",))
    first, second = preview_text.pieces(found)
    assert [span.of(first.text) for span in first.doubtful] == ["Int"]
    assert [span.of(second.text) for span in second.doubtful] == ["Int"]
    assert preview_text.doubtful_places(found) == [0, 1]
    assert preview_text.times_left(found, "Int") == 2


def test_a_turn_that_never_ends_is_cut() -> None:
    (piece,) = preview_text.pieces(draft(("Ann", "word " * 100_000)))
    assert piece.is_cut
    assert len(piece.text) == LONGEST


def test_pages_hold_every_piece_once() -> None:
    found = draft(*((f"P{n % 3}", f"Turn {n}") for n in range(2 * PAGE + 5)))
    one, more_one = preview_text.page(found, 0)
    two, more_two = preview_text.page(found, PAGE)
    three, more_three = preview_text.page(found, 2 * PAGE)
    assert [piece.number for piece in (*one, *two, *three)] == list(range(1, 2 * PAGE + 6))
    assert (more_one, more_two, more_three) == (True, True, False)


def test_colours_are_for_participants_and_begin_again_after_the_last() -> None:
    one = item(talk())
    colours = preview_text.colours(one.speakers())
    assert list(colours) == ["David", "David S", "Carol"]
    assert len(set(colours.values())) == 3
    many = item(draft(*((f"P{n}", "Yes") for n in range(30))))
    assert len(preview_text.colours(many.speakers())) == 30


@given(st.lists(st.text("ab \n(:", max_size=12), max_size=6), st.data())
def test_nothing_that_was_written_is_left_out(said: list[str], data: st.DataObject) -> None:
    """Whatever is a turn and whatever is not, the pieces hold all words in their order."""
    text = "\n".join(said)
    turns, at = [], 0
    for words in said:
        if words.strip() and data.draw(st.booleans()):
            turns.append(TurnDraft(Span(at, at + len(words)), "A"))
        at += len(words) + 1
    found = replace(draft(), text=text, turns=tuple(turns))
    shown = "".join(piece.text for piece in preview_text.pieces(found))
    assert "".join(shown.split()) == "".join(text.split())
