"""Which names are found in talk, in text with capitals and without, and in a review."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.analysis.names import Name, find, in_small_letters, lowered
from cohesion_qda.analysis.pipelines import PipelineInfo, blank, choose

TALK = [
    "I'm Amina and I've lived in Batley for twelve years, since we came over from Pakistan.",
    "Yeah, I agree with Carol. Mr Khan from the council said the same thing about Dewsbury.",
    "We go to the library on a Tuesday and people are nice there.",
    "My sister Siobhan O'Brien works for Citizens Advice in Leeds.",
]


@pytest.fixture(scope="module")
def ours() -> PipelineInfo:
    return choose("en")


def said(texts: list[str], found: list[list[Name]]) -> list[tuple[str, str]]:
    return [(name.span.of(text), name.kind) for text, names in zip(texts, found, strict=True) for name in names]


def test_people_places_and_organisations_are_found(ours: PipelineInfo) -> None:
    found = said(TALK, find(TALK, ours))
    assert {
        ("Amina", "person"), ("Batley", "place"), ("Pakistan", "place"), ("Carol", "person"), ("Dewsbury", "place"),
        ("Siobhan O'Brien", "person"), ("Leeds", "place"), ("Citizens Advice", "organisation"),
    } <= set(found)  # fmt: skip
    assert any("Khan" in words for words, _kind in found)
    assert not any(word in words for words, _kind in found for word in ("library", "people", "nice", "Yeah"))


def test_captions_without_capitals_are_recognised_and_read(ours: PipelineInfo) -> None:
    small = [text.lower() for text in TALK]
    assert in_small_letters(small) and not in_small_letters(TALK)
    found = " ".join(words for words, _kind in said(small, find(small, ours)))
    for name in ("amina", "batley", "pakistan", "khan", "dewsbury", "leeds"):
        assert name in found
    assert "library" not in found and "people" not in found


def test_captions_all_in_capitals_are_read_the_same_way(ours: PipelineInfo) -> None:
    loud, small = [text.upper() for text in TALK], [text.lower() for text in TALK]
    assert in_small_letters(loud)
    assert find(loud, ours) == find(small, ours)


def test_a_review_finds_more_and_never_less(ours: PipelineInfo) -> None:
    texts = [*TALK, "Then Zqwxel and the Grobnik Fund came, and Wednesfield Social."]
    usual, review = find(texts, ours), find(texts, ours, review=True)
    for names, more in zip(usual, review, strict=True):
        covered = {n for name in more for n in range(name.span.start, name.span.end)}
        assert all(set(range(name.span.start, name.span.end)) <= covered for name in names)
    assert {"Zqwxel", "Grobnik"} <= set(" ".join(words for words, _kind in said(texts[-1:], review[-1:])).split())


def test_ordinary_words_that_are_names_too_want_a_capital_inside_a_sentence(ours: PipelineInfo) -> None:
    texts = ["Will you mark it in June? Rose from the bath, reading. I said so to Mark, and to Rose in Bath."]
    found = find(texts, blank("en"))[0]
    assert [name.span.of(texts[0]) for name in found] == ["Mark", "Rose", "Bath"]
    assert {name.why for name in found} == {"list"}
    assert find(["will you mark it in june and read in the bath"], blank("en")) == [[]]


def test_titles_and_genitives(ours: PipelineInfo) -> None:
    texts = ["So Mrs Tanaka-Ruiz's house and Dr. Oyelaran, and then the Mayor and Amina’s mum."]
    assert [name.span.of(texts[0]) for name in find(texts, blank("en"))[0]] == [
        "Mrs Tanaka-Ruiz", "Dr. Oyelaran", "Mayor", "Amina",
    ]  # fmt: skip
    assert [n.span.of("and mr tanaka said") for n in find(["and mr tanaka said"], blank("en"))[0]] == ["mr tanaka"]


def test_a_language_without_names_has_the_lists_and_capitals_inside_sentences() -> None:
    texts = ["Roedd Carys yn byw yn Llangefni. Aeth hi i Gaerdydd."]
    assert ("Carys", "person") in said(texts, find(texts, choose("cy")))
    review = said(texts, find(texts, choose("cy"), review=True))
    assert {"Carys", "Llangefni", "Gaerdydd"} <= {words for words, _kind in review}
    assert "Aeth" not in {words for words, _kind in review}


@pytest.mark.parametrize("texts", [[], [""], ["", "…", "12 :)"], ["I"], ["😀 I'm"]])
def test_nothing_is_found_in_nothing(ours: PipelineInfo, texts: list[str]) -> None:
    assert find(texts, ours, review=True) == [[] for _text in texts]


@given(st.lists(st.text(st.sampled_from("aB İß.\n'’ -Amina Leeds Mr"), max_size=60), max_size=3), st.booleans())
def test_names_are_in_order_apart_and_not_empty(texts: list[str], review: bool) -> None:
    for text, names in zip(texts, find(texts, blank("en"), review=review), strict=True):
        assert len(lowered(text)) == len(text)
        ends = [0, *(name.span.end for name in names)]
        assert all(end <= name.span.start < name.span.end <= len(text) for end, name in zip(ends, names, strict=False))
