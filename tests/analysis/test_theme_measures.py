"""The figures that are told of themes, worked out by hand and held against scikit-learn."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.spatial.distance import cdist

from cohesion_qda.analysis.grouping import rand_index, silhouette, stabilities
from cohesion_qda.analysis.theme_words import coherences


def ints(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def units_of(*terms: set[int], n: int = 8) -> csr_matrix:
    """So many units, and in which of them each term stands (three times each: how often makes no difference)."""
    return csr_matrix(np.array([[3 * (unit in held) for held in terms] for unit in range(n)]))


@pytest.mark.parametrize(
    ("one", "other", "npmi"),
    [
        ({0, 1}, {0, 1}, 1.0),  # always together
        ({0, 1, 2, 3}, {2, 3, 4, 5}, 0.0),  # in two of eight together: as by chance, 4/8 of 4/8
        ({0, 1}, {2, 3}, -1.0),  # never together
        ({0, 1, 2}, {0, 1}, log(8 / 3) / log(4)),  # p(both) 2/8, by chance 6/64: ln(8/3) / -ln(1/4) = .7075
        (
            {0, 1, 2, 3, 4, 5},
            {5, 6, 7, 4, 3, 2},
            log(8 / 9) / log(2),
        ),  # 4/8 together, by chance 36/64: a little below 0
        (set(range(8)), set(range(8)), 1.0),  # in all units
    ],
)
def test_coherence_is_the_npmi_of_the_pairs(one: set[int], other: set[int], npmi: float) -> None:
    assert coherences([[0, 1]], units_of(one, other)) == [pytest.approx(npmi)]


def test_coherence_of_a_theme_is_the_mean_of_its_pairs() -> None:
    counts = units_of({0, 1}, {0, 1}, {2, 3}, {0, 1, 2})
    assert coherences([[0, 1, 2], [3, 0], [1]], counts) == pytest.approx([(1 - 1 - 1) / 3, log(8 / 3) / log(4), 0.0])


def distances(*places: float) -> np.ndarray:
    at = np.array(places)[:, None]
    return cdist(at, at)


def test_the_silhouette_of_two_pairs_and_of_one_alone() -> None:
    # 0 and 1 against 10 and 12: (11 - 1) / 11, (10 - 1) / 10, (9.5 - 2) / 9.5, (11.5 - 2) / 11.5
    by_hand = (10 / 11 + 9 / 10 + 7.5 / 9.5 + 9.5 / 11.5) / 4
    assert silhouette(distances(0, 1, 10, 12), ints(0, 0, 1, 1)) == pytest.approx(by_hand)
    # a group of one counts 0: (10 - 1) / 10 and (9 - 1) / 9 beside it
    assert silhouette(distances(0, 1, 10), ints(0, 0, 1)) == pytest.approx((9 / 10 + 8 / 9) / 3)
    # wrongly put: 1 stands with 10, nearer to 0
    assert silhouette(distances(0, 1, 10), ints(0, 1, 1)) == pytest.approx((0 + (1 - 9) / 9 + (10 - 9) / 10) / 3)
    assert silhouette(distances(0, 1, 10), ints(0, 0, 0)) == silhouette(distances(0, 1), ints(0, 1)) == -1


def test_the_adjusted_rand_index_of_small_groupings() -> None:
    assert rand_index(ints(0, 0, 1, 1), ints(1, 1, 0, 0)) == 1
    # one pair together in both of 6; 2 and 1 pairs: by chance 2 * 1 / 6, at most 1.5: (1 - 1/3) / (3/2 - 1/3) = 4/7
    assert rand_index(ints(0, 0, 1, 1), ints(0, 0, 1, 2)) == pytest.approx(4 / 7)
    # no pair together in both: (0 - 2 * 2 / 6) / (2 - 2/3) = -1/2
    assert rand_index(ints(0, 0, 1, 1), ints(0, 1, 0, 1)) == pytest.approx(-1 / 2)
    assert rand_index(ints(0, 0, 0, 0), ints(0, 1, 2, 3)) == 0
    assert rand_index(ints(0, 0, 0), ints(0, 0, 0)) == 1


def test_stability_is_the_best_jaccard_of_each_group() -> None:
    group = ints(0, 0, 0, 1, 1)
    # {0,1,2} and {0,1}: 2/3; {3,4} and {2,3,4}: 2/3
    moved = ints(0, 0, 1, 1, 1)
    each, together = stabilities(group, [moved])
    assert each.tolist() == pytest.approx([2 / 3, 2 / 3]) and together == pytest.approx(rand_index(group, moved))
    # everything in one group: 3/5 and 2/5
    each, together = stabilities(group, [moved, group, ints(0, 0, 0, 0, 0)])
    assert each.tolist() == pytest.approx([(2 / 3 + 1 + 3 / 5) / 3, (2 / 3 + 1 + 2 / 5) / 3])
    assert together == pytest.approx((rand_index(group, moved) + 1 + 0) / 3)


@pytest.mark.parametrize("seed", range(5))
def test_both_agree_with_scikit_learn(seed: int) -> None:
    from sklearn.metrics import adjusted_rand_score, silhouette_score

    rng = np.random.default_rng(seed)
    places, one, other = rng.standard_normal((40, 3)), rng.integers(0, 5, 40), rng.integers(0, 3, 40)
    places[one == 1] += 2
    apart = cdist(places, places)
    assert silhouette(apart, one) == pytest.approx(silhouette_score(apart, one, metric="precomputed"))
    assert rand_index(one, other) == pytest.approx(adjusted_rand_score(one, other))
