"""Brackets never collide, names keep their order and distance, roles do not share a place."""

from __future__ import annotations

import itertools
from random import Random

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
    whole = {c.id: role for c, role in layers.shown(Span(0, 1000))}
    assert whole == roles(sorted(codings, key=in_order))
    assert all(whole[c.id] == role for c, role in layers.shown(asked))
    assert layers.has(asked) == any(c.span.overlaps(asked) for c in codings)


def filled(drawn: list[Span], first: int = 1) -> list[Coding]:
    return [coding(first + i, span) for i, span in enumerate(drawn)]


@given(st.randoms(use_true_random=False))
def test_layers_follow_every_change(chance: Random) -> None:
    """After any changes the layers answer as if they had been made anew, roles and passages included."""

    def some(first: int, most: int) -> list[Coding]:
        starts = [chance.choice((0, 500, chance.randrange(3000))) for _one in range(chance.randrange(most))]
        return filled([Span(start, start + chance.randint(1, 60)) for start in starts], first)

    codings = some(1, 500)
    layers, there = Layers(codings), {c.id: c for c in codings}
    layers.shown(Span(0, 4000))
    for step in range(6):
        gone = chance.sample(sorted(there), chance.randrange(min(len(there), 80) + 1))
        new = some(1000 + 200 * step, 150)
        layers.replace(gone, new)
        there = {key: c for key, c in there.items() if key not in gone} | {c.id: c for c in new}
        expected = sorted(there.values(), key=in_order)
        assert list(layers) == expected and len(layers) == len(expected)
        assert {c.id: role for c, role in layers.shown(Span(0, 9000))} == roles(expected)
        keys = sorted({(c.span.start, -c.span.end) for c in expected})
        at = (chance.randrange(3000), 0)
        following, before = layers.next_span(at), layers.previous_span(at)
        assert (following and (following.start, -following.end)) == next((k for k in keys if k > at), None)
        assert (before and (before.start, -before.end)) == next((k for k in reversed(keys) if k < at), None)


def test_other_codings_are_wanted() -> None:
    codings = filled([Span(0, 90), Span(10, 50), Span(60, 70)])
    layers = Layers(codings)
    assert [role for _c, role in layers.shown(Span(0, 100))] == [0, 1, 1]
    layers.want(lambda c: c.id != 1)
    assert [(c.id, role) for c, role in layers.shown(Span(0, 100))] == [(2, 0), (3, 0)]
    assert layers.next_span((0, 0)) == Span(10, 50)
    assert not layers.has(Span(80, 90))


def test_one_more_costs_what_lies_around_it() -> None:
    """Ten times the codings, the same work: what is looked at for one more is counted, not timed."""

    def looked_at(number: int) -> int:
        layers = Layers(filled([Span(i * 20, i * 20 + 60) for i in range(number)]))
        around = Span(number * 10, number * 10 + 1500)
        layers.shown(around)
        before = layers.looked_at
        layers.replace([], [coding(10**6, Span(around.start + 50, around.start + 90))])
        layers.shown(around)
        layers.next_span((around.start, 0))
        return layers.looked_at - before

    assert looked_at(20_000) <= looked_at(2_000) + 64
    assert looked_at(20_000) < 1_000


def test_a_coding_of_everything_does_not_make_the_rest_be_looked_at() -> None:
    layers = Layers([coding(1, Span(0, 10**6)), *filled([Span(i * 20, i * 20 + 60) for i in range(20_000)], 2)])
    layers.shown(Span(200_000, 201_000))
    before = layers.looked_at
    layers.shown(Span(200_000, 201_000))
    assert layers.looked_at - before < 400
