"""Text and positions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.model.text import (
    Span,
    canonical,
    comparable,
    count_words,
    natural,
    stage_notes,
    trimmed,
    without_stage_notes,
)


@given(st.text())
def test_canonical_text_is_canonical(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    once.encode("utf-8")
    assert not set(once) & set("\r\x00\u2028\u2029\x85\x0b\x0c\ufeff")


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x0ch", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("x\ud83dy\x00z", "xyz"),
        ("tab\tstays, é and e\u0301 too 👩‍👩‍👧 العربية", "tab\tstays, é and e\u0301 too 👩‍👩‍👧 العربية"),
    ],
)
def test_what_canonical_does(raw: str, kept: str) -> None:
    assert canonical(raw) == kept


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_trimming_only_takes_white_space(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    span = trimmed(text, Span(start, end))
    assert span.of(text) == text[start:end].strip() or not text[start:end].strip()
    assert start <= span.start <= span.end <= end


def test_spans() -> None:
    assert Span(0, 3).overlaps(Span(2, 5))
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 9).holds(Span(0, 9))
    assert not Span(1, 9).holds(Span(0, 9))
    assert len(Span(2, 5)) == 3
    for start, end in ((-1, 2), (3, 2)):
        with pytest.raises(ValueError, match="not a span"):
            Span(start, end)


@pytest.mark.parametrize(
    ("speech", "words"),
    [
        ("", 0),
        ("(laughter)", 0),
        ("But {disfmarker} yeah , I mean {vocalsound}", 4),
        ("I don’t know, um, twenty-five [pause] maybe", 6),
        ("Łukasz said «naïve» – 3 times", 5),
        ("السلام عليكم", 2),
        ("😀 😀", 0),
    ],
)
def test_words_are_speech(speech: str, words: int) -> None:
    assert count_words(speech) == words


@given(st.text(alphabet="ab ()[]{}\n"))
def test_blanking_stage_notes_keeps_positions(text: str) -> None:
    assert len(without_stage_notes(text)) == len(text)
    for note in stage_notes(text):
        assert note.of(text)[0] in "([{"


def test_comparable_evens_out_what_people_type() -> None:
    assert comparable("  What’s   UP ") == comparable("what's up")
    assert comparable("ﬁne") == "fine"


def test_natural_order_goes_by_the_size_of_numbers_however_long() -> None:
    names = ["Group 10", "group 9", "Group 009b", "9" * 5000, "Group 2", "8"]
    assert sorted(names, key=natural) == ["8", "9" * 5000, "Group 2", "group 9", "Group 009b", "Group 10"]
