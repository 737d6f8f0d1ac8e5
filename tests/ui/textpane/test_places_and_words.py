"""Words and characters by key, in every script; names in people's own words; ends that never cut a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.textpane.find import find_words, touching
from cohesion_qda.ui.textpane.fuzzy import matches
from cohesion_qda.ui.textpane.words import (
    character_after,
    character_before,
    name_from,
    word_after,
    word_at,
    word_before,
    word_start_after,
    word_start_before,
)

TEXTS = st.lists(
    st.sampled_from([*"ab c,.\n", "e\u0301", "\u0301", "😀", "👨‍👩‍👧", "🇬🇧", "ل", "ا", "क्ष", "ि", "य", "\u200d"]),
    max_size=40,
).map("".join)


@given(TEXTS)
def test_characters_are_gone_through_once_each_and_back_the_same_way(text: str) -> None:
    places, at = [0], 0
    while at < len(text):
        following = character_after(text, at)
        assert following > at
        places.append(following)
        at = following
    assert places[-1] == len(text)
    assert [character_before(text, after) for after in places[1:]] == places[:-1]


@given(TEXTS, st.integers(0, 40))
def test_words_lie_where_they_are_said_to(text: str, point: int) -> None:
    point = min(point, len(text))
    word = word_at(text, point)
    assert 0 <= word.start <= word.end <= len(text)
    assert word_after(text, point) >= point
    assert word_before(text, point) <= point
    assert word_start_after(text, point) >= point
    assert word_start_before(text, point) <= point
    if word_after(text, point) > point:
        assert word_before(text, word_after(text, point) + 1) == word_after(text, point)


@pytest.mark.parametrize(
    ("quote", "name"),
    [
        ("  the school gate. ", "the school gate"),
        ("“Nobody asks / where you come from.”", "Nobody asks where you come from"),
        ("two\nlines", "two lines"),
        ("... !", ""),
        ("لا أحد يأتي؟", "لا أحد يأتي"),
        ("word " * 30, "word word word word word word word word word word word word…"),
    ],
)
def test_a_name_in_their_words(quote: str, name: str) -> None:
    assert name_from(quote) == name


@given(TEXTS)
def test_a_name_is_one_line_and_short(text: str) -> None:
    name = name_from(text * 4)
    assert "\n" not in name and "/" not in name
    assert len(name) <= 61


def test_of_codes_that_fit_alike_the_one_used_most_stands_first() -> None:
    names = ["Parks", "Paths", "Patience", "Aside park"]
    tree = CodeTree(
        [Code(CodeId(i), None, name, "navy", is_aside=name.startswith("A")) for i, name in enumerate(names)]
    )
    park, paths, patience = (CodeId(i) for i in range(3))
    assert [m.code.id for m in matches(tree, "pa")] == [park, paths, patience]
    assert [m.code.id for m in matches(tree, "pa", [patience])] == [patience, park, paths]
    assert [m.code.id for m in matches(tree, "pa", [patience], {paths: 3})] == [paths, patience, park]
    assert [m.code.id for m in matches(tree, "", [], {patience: 2, paths: 1})] == [patience, paths, park]


@given(st.text("ab ", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_of_the_words_found_only_those_on_the_page_are_painted(text: str, start: int, end: int) -> None:
    hits = find_words(text, "ab")
    assert list(touching(hits, start, end)) == [hit for hit in hits if hit.start < end and start < hit.end]
    assert touching((), start, end) == ()
