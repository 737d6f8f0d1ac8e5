"""How places move when a text is corrected: by hand, and against a slow model that carries markers along."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import (
    Edit,
    Pieces,
    TextMap,
    applied,
    between,
    composed,
    moved,
    normalised,
    refined,
    turns_moved,
)

TEXT = "We share food 😀 over the wall every Eid."


def place(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def after(words: str, *edits: Edit, text: str = TEXT) -> str | None:
    """The words that a passage holds after a correction."""
    short = normalised(text, edits)
    span = moved(place(words, text), short)
    return None if span is None else span.of(applied(text, short))


def replacing(old: str, new: str, text: str = TEXT) -> Edit:
    span = place(old, text)
    return Edit(span.start, span.end, new)


class TestBySight:
    def test_words_after_a_correction_move_with_it(self) -> None:
        assert after("over the wall", replacing("share", "are sharing our")) == "over the wall"

    def test_a_typing_error_inside_is_corrected_inside(self) -> None:
        assert after("food 😀 over", replacing("😀", "🍲 and tea")) == "food 🍲 and tea over"

    def test_typing_at_an_edge_never_stretches(self) -> None:
        span = place("food 😀 over")
        edits = [Edit(span.start, span.start, "good "), Edit(span.end, span.end, " and")]
        assert after("food 😀 over", *edits) == "food 😀 over"

    def test_a_typing_error_in_the_first_or_last_word_stays_inside(self) -> None:
        text = "teh park at nihgt is"
        assert after(
            "teh park at nihgt", replacing("teh", "the", text), replacing("nihgt", "night", text), text=text
        ) == ("the park at night")

    def test_what_reaches_over_an_edge_is_outside(self) -> None:
        assert after("food 😀 over", replacing("share food", "give meals")) == " 😀 over"

    def test_words_that_are_gone_are_gone(self) -> None:
        assert after("over the wall", replacing("over the wall", "")) is None
        assert after("over the wall", replacing("😀 over the wall every", "that")) is None

    def test_an_empty_place_stays_one(self) -> None:
        assert moved(Span(9, 9), [Edit(2, 12, "xy")]) == Span(2, 2)

    def test_an_edit_may_not_lie_outside_or_over_another(self) -> None:
        for wrong in ([Edit(0, 99)], [Edit(0, 5), Edit(4, 6)]):
            with pytest.raises(ValueError, match="not an edit of this text"):
                normalised(TEXT, wrong)
        with pytest.raises(ValueError, match="not an edit"):
            Edit(5, 4)

    def test_a_passage_pasted_back_keeps_what_did_not_change(self) -> None:
        pasted = "We shared our food 😀 over the garden wall every Eid."
        edits = refined(TEXT, [Edit(0, len(TEXT), pasted)])
        assert applied(TEXT, edits) == pasted
        assert moved(place("over the wall"), edits) == place("over the garden wall", pasted)

    def test_another_passage_pasted_over_it_is_another(self) -> None:
        edits = refined(TEXT, [Edit(0, len(TEXT), "Nobody comes down here after six in the evening, that is it.")])
        assert moved(place("over the wall"), edits) is None

    def test_an_edit_that_was_taken_back_is_none(self) -> None:
        pieces = Pieces()
        pieces.replace(3, 8, "give")
        pieces.replace(3, 7, "share")
        assert normalised(TEXT, pieces.edits()) == []


class TestTurns:
    text = "One two\nthree four\nfive"
    turns = (Span(0, 7), Span(8, 18), Span(19, 23))

    def said(self, *edits: Edit) -> tuple[str, list[str]]:
        done, turns = turns_moved(self.text, self.turns, normalised(self.text, edits))
        text = applied(self.text, done)
        return text, [turn.of(text) for turn in turns]

    def test_typing_at_the_edges_of_a_turn_is_said_in_it(self) -> None:
        assert self.said(Edit(8, 8, "And "), Edit(18, 18, "!"))[1] == ["One two", "And three four!", "five"]

    def test_a_turn_without_text_is_empty(self) -> None:
        assert self.said(Edit(8, 19))[1] == ["One two", "", "five"]

    def test_turns_do_not_run_into_each_other(self) -> None:
        assert self.said(Edit(7, 8, "")) == ("One two\nthree four\nfive", ["One two", "three four", "five"])
        assert self.said(Edit(4, 20, "X"))[1] == ["One X", "", "ive"]


# ---- against a model in which every character is its own
characters = st.sampled_from(list("ab \n😀é\u0301ع\u0651क\u093f"))
texts = st.text(characters, max_size=24)


@st.composite
def corrections(draw: st.DrawFn, text: str) -> list[Edit]:
    points = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(points[::2], points[1::2], strict=False))
    apart = [pair for i, pair in enumerate(pairs) if i == 0 or pair[0] > pairs[i - 1][1]]
    return [Edit(start, end, draw(st.text(characters, max_size=3))) for start, end in apart]


@st.composite
def corrected(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(texts)
    return text, normalised(text, draw(corrections(text)))


def by_markers(text: str, span: Span, edits: list[Edit]) -> Span | None:
    """The slow way: every character of the new text is the number of an old one, or typed in place of some of them."""
    line: list[tuple[int, int] | int] = list(range(len(text)))  # an old character, or those that were replaced
    for edit in reversed(edits):
        line[edit.start : edit.end] = [(edit.start, edit.end)] * len(edit.text)

    def is_inside(one: tuple[int, int] | int) -> bool:
        if isinstance(one, int):
            return span.start <= one < span.end
        replaces = one[0] < one[1] and span.start <= one[0] and one[1] <= span.end
        return replaces or (span.start < one[0] and one[1] < span.end)

    inside = [i for i, one in enumerate(line) if is_inside(one)]
    alive = any(isinstance(line[i], int) for i in inside)
    return Span(inside[0], inside[-1] + 1) if alive else None


@given(corrected(), st.data())
def test_places_move_as_markers_do(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = case
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start < end:
        assert moved(Span(start, end), edits) == by_markers(text, Span(start, end), edits)


@given(corrected())
def test_every_place(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    new, places = applied(text, edits), TextMap(edits)
    spans = [Span(i, j) for i in range(len(text)) for j in range(i + 1, len(text) + 1)]
    now = {span: places.moved(span) for span in spans}
    for span, place_now in now.items():
        stretched = places.stretched(span)
        assert stretched.end <= len(new)
        assert place_now is None or (len(place_now) and stretched.holds(place_now))
        if not places.touches(span):
            assert place_now is not None
            assert place_now.of(new) == span.of(text)
    living = [(span, place_now) for span, place_now in now.items() if place_now is not None]
    for one, one_now in living:
        for other, other_now in living:
            assert one.start > other.start or one_now.start <= other_now.start
            assert one.end > other.end or one_now.end <= other_now.end
            assert one.end > other.start or one_now.end <= other_now.start


@given(corrected(), st.data())
def test_two_corrections_are_one(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, first = case
    middle = applied(text, first)
    second = normalised(middle, data.draw(corrections(middle)))
    exact = composed(first, second)
    assert applied(text, normalised(text, exact)) == applied(middle, second)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            span = Span(start, end)
            one = moved(span, first)
            if not TextMap(exact).touches(span):
                assert one is not None
                assert moved(one, second) == moved(span, exact)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.text(characters, max_size=3)), max_size=8), texts)
def test_what_is_typed_is_recorded(keys: list[tuple[int, int, str]], text: str) -> None:
    now, pieces = text, Pieces()
    for a, b, typed in keys:
        start, end = sorted((a % (len(now) + 1), b % (len(now) + 1)))
        pieces.replace(start, end, typed)
        now = now[:start] + typed + now[end:]
    assert applied(text, normalised(text, pieces.edits())) == now


@given(corrected(), st.data())
def test_turns_stay_apart_and_lose_nothing(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = case
    ends = [i for i, character in enumerate(text) if character == "\n"]
    bounds = list(zip([0, *(i + 1 for i in ends)], [*ends, len(text)], strict=True))
    turns = [Span(a, b) for a, b in bounds if a < b and data.draw(st.booleans())]
    done, new = turns_moved(text, turns, edits)
    text_now = applied(text, done)
    assert text_now.replace("\n", "") == applied(text, edits).replace("\n", "")
    at = 0
    for turn, was in zip(new, turns, strict=True):
        assert at <= turn.start <= turn.end <= len(text_now)
        assert TextMap(done).touches(was) or turn.of(text_now) == was.of(text)
        at = turn.end
    living = [turn for turn in new if len(turn)]
    assert all("\n" in text_now[a.end : b.start] for a, b in pairwise(living))


@given(texts, texts)
def test_what_is_pasted_over_all_is_the_text(old: str, new: str) -> None:
    edits = refined(old, [Edit(0, len(old), new)])
    assert applied(old, edits) == new


@given(texts, texts)
def test_what_lies_between_two_texts_makes_one_of_the_other(old: str, new: str) -> None:
    assert applied(old, between(old, new)) == new


def test_what_was_corrected_far_apart_takes_nothing_in_between_with_it() -> None:
    turns = [f"P{n % 4}: This is turn {n}, of which nobody else said a word." for n in range(600)]
    turns[100:500:20] = ["Yeah."] * 20
    old = "\n".join(turns)
    changed = [*turns]
    changed[0], changed[300], changed[599] = (
        "Quite another beginning.",
        "What is in the middle is another.",
        "And the end.",
    )
    changed[10:12] = []
    changed[400:400] = ["Somebody spoke here, and had been missed."]
    new = "\n".join(changed)
    places, at, lost = TextMap(between(old, new)), 0, []
    for n, turn in enumerate(turns):
        span = places.moved(Span(at, at + len(turn)))
        if span is None or span.of(new) != turn:
            lost.append(n)
        at += len(turn) + 1
    assert lost == [0, 10, 11, 300, 599]
