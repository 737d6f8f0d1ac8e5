"""The order of a report's parts, and the keys of places for words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.reporting import CODE, arranged, place_key, place_of

parts = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.booleans()), parts)
def test_a_part_is_never_lost_nor_doubled_and_what_was_ordered_keeps_its_order(
    kept: dict[str, bool], usual: list[str]
) -> None:
    found = arranged(kept, usual)
    assert sorted(found) == sorted(usual)
    assert [key for key in found if key in kept] == [key for key in kept if key in usual]
    assert all(found[key] is kept.get(key, True) for key in usual)
    assert arranged(found, usual) == found
    if not kept:
        assert list(found) == usual


@given(parts, parts)
def test_what_is_new_follows_the_part_that_it_usually_follows(kept: list[str], usual: list[str]) -> None:
    order = list(arranged(dict.fromkeys(kept, True), usual))
    for before, new in zip(["", *usual], usual, strict=False):
        if new not in kept and before not in kept:
            assert order.index(new) == (order.index(before) + 1 if before else 0)


def test_a_place_is_known_by_its_key() -> None:
    assert place_of(place_key(CODE, CodeId(12))) == ("code", 12)
    assert [place_of(key) for key in ("gaps", "code x", "comparison of people", "weather 3")] == [("", 0)] * 4
