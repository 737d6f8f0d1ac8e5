"""Tests of differences against what is published."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.analysis import significance
from cohesion_qda.analysis.significance import corrected


def test_the_lady_tasting_tea() -> None:
    """Fisher, The Design of Experiments (1935), ch. 2: three of four cups right; Agresti, Categorical Data Analysis (2002), 3.5.2: two-sided
    p = 0.486, conditional odds ratio 6.41 (R: 6.408309).
    """
    found = significance.tested([3, 1], [4, 4], "fisher")
    assert found is not None
    assert found.p == pytest.approx(0.4857, abs=5e-5)
    assert found.odds is not None
    assert found.odds[0] == pytest.approx(6.408309, abs=2e-5)
    assert found.effect == pytest.approx(0.5)
    assert not found.is_simulated


def test_chi_squared_of_a_textbook_table() -> None:
    """Agresti (2007), An Introduction to Categorical Data Analysis, table 2.5: party by gender, X² = 30.1 with 2 degrees of
    freedom, expected 703.7, 319.6, 533.7 for women. Republicans against the rest here stand for who said it.
    """
    women, men = (762, 327, 468), (484, 239, 477)
    found = significance.tested(women, [a + b for a, b in zip(women, men, strict=True)], "chi-squared")
    assert found is not None
    assert (round(found.statistic or 0, 1), found.freedom) == (30.1, 2)
    assert [round(n, 1) for n in found.expected[0]] == [703.7, 319.6, 533.7]
    assert found.p == pytest.approx(2.95e-7, rel=0.01)
    assert found.odds is None


def test_the_odds_ratio_of_aspirin_and_heart_attacks() -> None:
    """Agresti (2007), table 2.3: 189 of 11,034 with placebo, 104 of 11,037 with aspirin; odds ratio 1.83 (1.44 to 2.33)."""
    found = significance.tested([189, 104], [11_034, 11_037], "chi-squared")
    assert found is not None and found.odds is not None
    assert [round(n, 2) for n in found.odds] == [1.83, 1.44, 2.33]


def test_fishers_test_of_more_than_two_values() -> None:
    """Against its exact value by counting every table with these totals: Freeman and Halton (1951), Biometrika 38:141."""
    said, of = [3, 0, 5], [8, 9, 7]
    found = significance.tested(said, of, "fisher")
    assert found is not None
    assert found.is_simulated
    assert found.p == pytest.approx(_freeman_halton(said, of), abs=0.01)
    assert significance.tested(said, of, "fisher") == found, "the same tables each time"


def _freeman_halton(said: list[int], of: list[int]) -> float:
    total, out_of = sum(said), sum(of)

    def chance(counts: tuple[int, ...]) -> float:
        ways = math.prod(math.comb(n, k) for n, k in zip(of, counts, strict=True))
        return ways / math.comb(out_of, total)

    every = [
        (a, b, total - a - b) for a in range(of[0] + 1) for b in range(of[1] + 1) if 0 <= total - a - b <= of[2]
    ]  # fmt: skip
    own = chance((said[0], said[1], said[2]))
    return sum(chance(one) for one in every if chance(one) <= own * (1 + 1e-9))


def test_corrections_after_holm_and_after_benjamini_and_hochberg() -> None:
    """Holm (1979) by hand on .01, .04, .03, .005: 4×.005, 3×.01, 2×.03, then never less than before. Benjamini and Hochberg (1995), table 1:
    of 15 values four stand at .05, the fourth of which is .0095 × 15 / 4 = .035625.
    """
    assert corrected([0.01, 0.04, 0.03, 0.005], "holm") == pytest.approx([0.03, 0.06, 0.06, 0.02])
    paper = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    fair = corrected(paper, "benjamini-hochberg")
    assert fair[3] == pytest.approx(0.035625)
    assert [p < 0.05 for p in fair] == [True] * 4 + [False] * 11
    assert [p < 0.05 for p in corrected(paper, "holm")] == [True] * 3 + [False] * 12
    assert corrected([], "holm") == []


@pytest.mark.parametrize(("said", "of"), [([0, 0], [4, 4]), ([4, 4], [4, 4]), ([4, 0], [6, 0]), ([], [])])
@pytest.mark.parametrize("test", significance.TESTS)
def test_what_cannot_be_calculated_has_no_value(said: list[int], of: list[int], test: str) -> None:
    assert significance.tested(said, of, test) is None


def test_an_odds_ratio_without_end_is_none() -> None:
    found = significance.tested([4, 0], [4, 5], "fisher")
    assert found is not None
    assert found.odds is None
    assert found.effect == pytest.approx(1.0)


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=2),
    st.sampled_from(significance.TESTS),
)
def test_p_and_effect_lie_where_they_must_and_do_not_care_for_the_order(
    pairs: list[tuple[int, int]], test: str
) -> None:
    said, of = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    found, other = significance.tested(said, of, test), significance.tested(said[::-1], of[::-1], test)
    assert (found is None) == (other is None)
    if found is not None and other is not None:
        assert 0 <= found.p <= 1 + 1e-12
        assert 0 <= found.effect <= 1 + 1e-12
        assert found.p == pytest.approx(other.p)
        assert sum(map(sum, found.expected)) == pytest.approx(sum(of))
        assert found.least_expected <= sum(of) / 4 + 1e-9
