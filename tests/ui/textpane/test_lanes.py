"""Brackets never collide, names keep their order and distance, roles do not share a place."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodeId, CoderId, CodingId, SegmentId, SourceId
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.lanes import FOLDED, LANES, NAME_GAP, Bracket, Label, pack, place, roles
from cohesion_qda.ui.textpane.layers import Layers, in_order

lines = st.tuples(st.integers(0, 60), st.integers(1, 12), st.integers(1, 900))
spans = st.tuples(st.integers(0, 200), st.integers(1, 60)).map(lambda s: Span(s[0], s[0] + s[1]))


def brackets(drawn: list[tuple[int, int, int]]) -> list[Bracket]:
    return [Bracket(i, top * 28, (top + height) * 28, length) for i, (top, height, length) in enumerate(drawn)]


def coding(number: int, span: Span) -> Coding:
    return Coding(CodingId(number), SegmentId(number), SourceId(1), span, CodeId(1), CoderId(1), "")


@given(st.lists(lines, max_size=30))
def test_no_two_brackets_of_a_lane_overlap(drawn: list[tuple[int, int, int]]) -> None:
    given_ = brackets(drawn)
    lane_of = pack(given_)
    assert set(lane_of.values()) <= set(range(LANES))
    for a in given_:
        for b in given_:
            if a.key < b.key and a.key in lane_of and lane_of[a.key] == lane_of.get(b.key):
                assert a.bottom <= b.top or b.bottom <= a.top


@given(st.lists(lines, max_size=30))
def test_a_bracket_is_left_out_only_when_every_lane_is_taken(drawn: list[tuple[int, int, int]]) -> None:
    given_ = brackets(drawn)
    lane_of = pack(given_)
    for left_out in (b for b in given_ if b.key not in lane_of):
        over = {
            lane_of[b.key] for b in given_ if b.key in lane_of and b.top < left_out.bottom and left_out.top < b.bottom
        }
        assert over == set(range(LANES))


def test_the_longest_stands_nearest_the_text() -> None:
    assert pack([Bracket(1, 28, 56, 10), Bracket(2, 0, 84, 200), Bracket(3, 56, 84, 5)]) == {2: 0, 1: 1, 3: 1}


@given(st.lists(lines, max_size=20), st.data())
def test_scrolling_keeps_a_bracket_where_it_is(drawn: list[tuple[int, int, int]], data: st.DataObject) -> None:
    given_ = brackets(drawn)
    before = pack(given_)
    still = [b for b in given_ if data.draw(st.booleans())]
    after = pack(still, before)
    assert all(after[b.key] == before[b.key] for b in still if b.key in before)


@given(st.lists(st.integers(-100, 900), max_size=60))
def test_names_keep_order_and_distance(wishes: list[int]) -> None:
    labels = [Label(i, float(wish)) for i, wish in enumerate(sorted(wishes))]
    placed, folded = place(labels, 12, 800)
    middles = list(placed.values())
    assert list(placed) == sorted(placed)
    assert all(b - a >= NAME_GAP for a, b in itertools.pairwise(middles))
    assert sorted([*placed, *(key for keys in folded.values() for key in keys)]) == list(range(len(labels)))
    assert all(placed[label.key] >= label.wish for label in labels if label.key in placed)


@given(st.lists(spans, max_size=40))
def test_one_place_in_the_text_has_one_tint_and_two_underlines_at_most(drawn: list[Span]) -> None:
    codings = sorted((coding(i + 1, span) for i, span in enumerate(drawn)), key=in_order)
    found = roles(codings)
    for a in codings:
        for b in codings:
            if a.id < b.id and found[a.id] == found[b.id] != FOLDED:
                assert not a.span.overlaps(b.span)
        if found[a.id] == FOLDED:
            over = {found[b.id] for b in codings if b.span.start <= a.span.start < b.span.end}
            assert {0, 1, 2} <= over


@given(st.lists(spans, max_size=40), spans)
def test_layers_find_what_a_plain_search_finds(drawn: list[Span], asked: Span) -> None:
    codings = [coding(i + 1, span) for i, span in enumerate(drawn)]
    layers = Layers(codings)
    assert layers.over(asked) == sorted((c for c in codings if c.span.overlaps(asked)), key=in_order)
    whole = {c.id: role for c, role in layers.shown(Span(0, 1000), lambda _c: True)}
    assert all(whole[c.id] == role for c, role in layers.shown(asked, lambda _c: True))


@given(st.lists(spans, min_size=1, max_size=20), st.data())
def test_layers_follow_a_change(drawn: list[Span], data: st.DataObject) -> None:
    codings = [coding(i + 1, span) for i, span in enumerate(drawn)]
    layers = Layers(codings)
    gone = [c.id for c in codings if data.draw(st.booleans())]
    new = [coding(100 + i, span) for i, span in enumerate(data.draw(st.lists(spans, max_size=4)))]
    layers.replace(gone, new)
    expected = sorted([c for c in codings if c.id not in gone] + new, key=in_order)
    assert list(layers) == expected
    assert layers.over(Span(0, 500)) == expected
