"""Saturation: Guest's measure on worked examples, the curve by hand, and against what is known exactly of random orders."""

from __future__ import annotations

from itertools import permutations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import code, facts, group, person, study

from cohesion_qda.analysis.grid import grid
from cohesion_qda.analysis.saturation import curve, guest, used


def test_a_base_of_37_codes_is_saturated_at_6_plus_2() -> None:
    """The steps of Guest, Namey and Chen (2020, PLOS ONE 15(5), e0232076): a base of four, runs of two that move on by one, at
    most 5 % new. Worked out by hand: of a base of 37 codes, 7 new in the first run are 19 %, 4 in the next 11 %, 1 in the third 3 %.
    """
    found = guest([16, 10, 6, 5, 4, 3, 1, 0], base=4, run=2, threshold=0.05)
    assert found.known == 37
    assert [(r.first, r.last, r.new) for r in found.runs] == [(5, 6, 7), (6, 7, 4), (7, 8, 1)]
    assert [round(100 * (r.share or 0)) for r in found.runs] == [19, 11, 3]
    assert found.reached == found.runs[-1]
    assert found.notation == "6+2"


def test_other_bases_runs_and_thresholds() -> None:
    new = [10, 5, 3, 2, 1, 0, 0, 1, 0, 0, 0]
    assert guest(new).notation == "4+2"  # 1 of 20 is 5 %: at the threshold is reached
    assert guest(new, threshold=0).notation == "5+2"
    assert guest(new, run=3, threshold=0).notation == "8+3"
    assert guest(new, base=6, run=3).notation == "6+3"
    assert guest(new, base=2, run=1, threshold=0.1).notation == "4+1"
    assert guest([4, 4, 4, 4, 4, 4]).notation == ""
    assert guest([4, 4, 4, 4, 4, 4]).reached is None


def test_without_a_whole_run_or_a_base_with_codes_nothing_is_reached() -> None:
    assert guest([3, 1, 0, 0, 0]).runs == ()
    found = guest([0, 0, 0, 0, 1, 2])
    assert (found.known, found.reached) == (0, None)
    assert [run.share for run in found.runs] == [None]


def small():
    """Groups 11 and 12, the second in two sources; a document."""
    return study(
        [facts(1, group=11), facts(2, group=12), facts(3, group=12), facts(4, "document", None)],
        [person(1), person(2, "moderator"), group(11), group(12)],
        [code(1), code(2, 1), code(3)],
        [(1, 0, 50, 1), (1, 50, 90, 2), (2, 0, 50, 1), (3, 0, 50, 1)],
        [(1, 1, 0, 10, 1, 1), (2, 1, 60, 70, 3, 1), (3, 2, 0, 5, 1, 2), (4, 3, 0, 5, 2, 1), (5, 4, 0, 5, 3, 1)],
    )


def test_a_moderator_brings_no_code_and_a_group_has_all_its_sources() -> None:
    data = small()
    found = used(grid(data), [[0], [1], [2]], [(1,), (2, 3)])
    assert found.tolist() == [[True, False, False], [True, True, False]]
    assert used(grid(data), [[0, 1], [2]], [(4,), (1,)]).tolist() == [[False, True], [True, False]]


def test_the_curve_by_hand() -> None:
    table = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0]], dtype=bool)
    found = curve(table, repeats=2000, seed=3)
    assert found.first.tolist() == [0, 1, 2, -1]
    assert found.new.tolist() == [1, 1, 1]
    means = np.mean([
        [table[list(order[: n + 1])].any(axis=0).sum() for n in range(3)] for order in permutations(range(3))
    ], axis=0)  # fmt: skip
    assert found.mean == pytest.approx(means, abs=0.05)
    assert found.low.tolist() == [1, 2, 3]
    assert found.high.tolist() == [2, 3, 3]


def test_nothing_coded_gives_an_empty_curve() -> None:
    found = curve(np.zeros((0, 3), dtype=bool))
    assert found.new.tolist() == []
    assert found.mean.tolist() == []
    assert found.first.tolist() == [-1, -1, -1]


@given(st.integers(1, 6).flatmap(lambda codes: st.lists(st.lists(st.booleans(), min_size=codes, max_size=codes), min_size=1, max_size=7)), st.integers(0, 9))  # fmt: skip
def test_random_orders_are_those_of_a_seed_and_agree_with_what_is_known_exactly(
    rows: list[list[bool]], seed: int
) -> None:
    table = np.array(rows, dtype=bool)
    found, again = curve(table, 400, seed), curve(table, 400, seed)
    assert found.mean.tolist() == again.mean.tolist()
    assert found.low.tolist() == again.low.tolist()
    n, holders = len(rows), table.sum(axis=0).tolist()
    # a code that m of n things have is in k of them, drawn at random, with probability 1 - C(n-m, k) / C(n, k)
    exact = [sum(1 - comb(n - m, k) / comb(n, k) for m in holders) for k in range(1, n + 1)]
    assert found.mean == pytest.approx(exact, abs=0.6)
    assert found.mean[-1] == found.low[-1] == found.high[-1] == table.any(axis=0).sum()
    assert (found.low <= found.high).all()
    so_far = np.cumsum(found.new)
    assert so_far[-1] == table.any(axis=0).sum()
    for thing in range(n):
        assert so_far[thing] == table[: thing + 1].any(axis=0).sum()
