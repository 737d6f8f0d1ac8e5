"""Which turns have a code: followed change by change, it is what a look at everything says."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.coded import CodedTurns, touched
from cohesion_qda.ui.textpane.layers import Layers
from tests.ui.textpane.rooms import coding, long_talk, reading

WHAT = reading([*long_talk(30), ("Asha", ""), ("Helen", "Thank you."), ("Ben", "Bye.")])
PARTICIPANTS = [
    place for place, turn in enumerate(WHAT.turns)
    if len(turn.span) and WHAT.speakers[turn.speaker].role == "participant"
]  # fmt: skip


@given(st.randoms(use_true_random=False))
def test_it_follows_every_change(chance: Random) -> None:
    layers = Layers(coding(i, _some(chance)) for i in range(1, chance.randrange(2, 30)))
    turns = CodedTurns(WHAT, lambda: (c.span for c in layers), layers.has)
    for step in range(8):
        if chance.random() < 0.3:
            turns.forget()
        gone = chance.sample(sorted(c.id for c in layers), min(len(layers), chance.randrange(4)))
        there = [coding(100 + step, _some(chance))] if chance.random() < 0.7 else []
        turns.look_again(layers.replace(gone, there))
        coded = {p for p in PARTICIPANTS if any(WHAT.turns[p].span.overlaps(c.span) for c in layers)}
        assert (turns.coded, len(turns)) == (len(coded), len(PARTICIPANTS))
        for place in range(len(WHAT.turns)):
            assert turns.state(place) is (place in coded if place in PARTICIPANTS else None)


def _some(chance: Random) -> Span:
    start = chance.randrange(len(WHAT.text) - 1)
    return Span(start, min(len(WHAT.text), start + chance.choice((1, 30, 400))))


def test_one_coding_asks_about_the_turns_it_touches() -> None:
    what = reading(long_talk(3000))
    asked: list[Span] = []
    turns = CodedTurns(what, list, lambda span: bool(asked.append(span)))
    assert turns.coded == 0 and asked == [], "all of them are found in one walk"
    turns.look_again([Span(50_000, 50_060)])
    assert len(asked) <= 2


def test_nothing_open_has_no_turns() -> None:
    turns = CodedTurns(None, list, lambda _span: True)
    assert (len(turns), turns.coded, turns.state(0)) == (0, 0, None)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20))), st.lists(st.integers(1, 9), max_size=12))
def test_the_stretches_that_are_touched(passages: list[tuple[int, int]], lengths: list[int]) -> None:
    """One walk along both finds what a look at every pair finds."""
    spans = sorted((Span(start, start + length) for start, length in passages if length), key=lambda span: span.start)
    stretches, at = [], 0
    for length in lengths:
        stretches.append(Span(at, at + length))
        at += length + 1
    plain = {n for n, stretch in enumerate(stretches) if any(stretch.overlaps(span) for span in spans)}
    assert touched(stretches, iter(spans)) == plain
