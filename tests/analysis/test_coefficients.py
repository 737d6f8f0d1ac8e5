"""Coefficients of agreement against the literature, against other implementations, and what they promise."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cohesion_qda.analysis.coefficients import (
    MEASURES,
    ac1,
    alpha,
    binary,
    cohen,
    fleiss,
    krippendorff,
    landis_koch,
)

# Klaus Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), example C: four observers, twelve units, values missing
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
# the same paper, example B: two observers, twelve units
TWO = [list("aabbdcccedda"), list("babbbccceddd")]

# Joseph L. Fleiss, Psychological Bulletin 76 (1971), table 1: 30 patients, 6 psychiatrists, 5 diagnoses
PATIENTS = [
    (0, 0, 0, 6, 0), (0, 3, 0, 0, 3), (0, 1, 4, 0, 1), (0, 0, 0, 0, 6), (0, 3, 0, 3, 0), (2, 0, 4, 0, 0),
    (0, 0, 4, 0, 2), (2, 0, 3, 1, 0), (2, 0, 0, 4, 0), (0, 0, 0, 0, 6), (1, 0, 0, 5, 0), (1, 1, 0, 4, 0),
    (0, 3, 3, 0, 0), (1, 0, 0, 5, 0), (0, 2, 0, 3, 1), (0, 0, 5, 0, 1), (3, 0, 0, 1, 2), (5, 1, 0, 0, 0),
    (0, 2, 0, 4, 0), (1, 0, 2, 0, 3), (0, 0, 0, 0, 6), (0, 1, 0, 5, 0), (0, 2, 0, 1, 3), (2, 0, 0, 4, 0),
    (1, 0, 0, 4, 1), (0, 5, 0, 1, 0), (4, 0, 0, 0, 2), (0, 2, 0, 4, 0), (1, 0, 5, 0, 0), (0, 0, 0, 0, 6),
]  # fmt: skip
# the example by which Fleiss' kappa is usually taught (Wikipedia, "Fleiss' kappa"): 14 raters, 10 subjects, 5 categories
FOURTEEN = [
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_on_krippendorffs_four_observers(level: str, value: float) -> None:
    assert round(alpha(FOUR, level) or 0, 3) == value


def test_alpha_on_krippendorffs_two_observers() -> None:
    assert round(alpha(TWO) or 0, 3) == 0.692


def test_fleiss_kappa_of_the_patients_of_1971() -> None:
    assert [sum(row[n] for row in PATIENTS) for n in range(5)] == [
        26,
        26,
        30,
        55,
        43,
    ]  # as the paper's last line has them
    assert round(fleiss(PATIENTS) or 0, 3) == 0.430


def test_fleiss_kappa_of_fourteen_raters() -> None:
    assert round(fleiss(FOURTEEN) or 0, 3) == 0.210


@pytest.mark.parametrize(
    ("both", "only_a", "only_b", "neither", "value"),
    [
        (
            20,
            5,
            10,
            15,
            0.40,
        ),  # the worked example by which Cohen's kappa is usually taught (Wikipedia, "Cohen's kappa")
        (45, 15, 25, 15, 0.1304),  # there too: the same agreement of 60 %, with like totals
        (25, 35, 5, 35, 0.2593),  # and with unlike ones
        (50, 100, 50, 800, 0.3182),  # NVivo's help, "Coding comparison": 1,000 characters, 50 coded by both, 150 by one
        (118, 5, 2, 0, -0.0234),  # Gwet, "Kappa statistic is not satisfactory …" (2002): agreement of 94 %
    ],
)
def test_cohens_kappa_against_the_literature(both: int, only_a: int, only_b: int, neither: int, value: float) -> None:
    assert cohen([[both, only_a], [only_b, neither]]) == pytest.approx(value, abs=5e-5)
    assert of(both, only_a, only_b, neither)["cohen"] == pytest.approx(value, abs=5e-5)


def test_the_nvivo_example_agrees_on_85_percent() -> None:
    assert of(50, 100, 50, 800)["percent"] == pytest.approx(0.85)


def test_gwets_ac1_where_kappa_fails() -> None:
    assert round(ac1([(2, 0)] * 118 + [(1, 1)] * 7) or 0, 3) == 0.941
    assert of(118, 5, 2, 0)["ac1"] == pytest.approx(0.941, abs=5e-4)


def test_gwets_ac1_of_several_raters() -> None:
    """Kilem L. Gwet's own four raters, who are Krippendorff's: 0.7754, as his package irrCAC gives it."""
    tallies = [[sum(row[unit] == value for row in FOUR) for value in range(1, 6)] for unit in range(12)]
    assert round(ac1(tallies) or 0, 4) == 0.7754


# -- where nothing can be calculated -----------------------------------------------------------------------------------


@pytest.mark.parametrize("cells", [(0, 0, 0, 0), (9, 0, 0, 0), (0, 0, 0, 9)])
def test_nothing_is_calculable_where_one_category_occurs(cells: tuple[int, int, int, int]) -> None:
    both, only_a, only_b, neither = cells
    tallies = [(2, 0)] * both + [(0, 2)] * neither
    assert cohen([[both, only_a], [only_b, neither]]) is None
    assert fleiss(tallies) is None
    assert ac1(tallies) is None
    assert alpha([[1] * both + [0] * neither] * 2) is None
    assert all(math.isnan(of(*cells)[name]) for name in MEASURES if name != "percent")


def test_a_pair_of_coders_who_used_one_category_has_no_kappa_and_the_others_have() -> None:
    """A and B always used the code, C sometimes: the mean is of the two pairs that have a kappa."""
    found = counted(["111", "111", "110", "110"])
    assert found["cohen"] == pytest.approx(0.0)
    assert not math.isnan(found["alpha"])


def test_alpha_needs_units_that_two_have_rated() -> None:
    assert alpha([[1, None, 2], [None, 1, None]]) is None
    with pytest.raises(ValueError):
        alpha(FOUR, "cubic")  # type: ignore[arg-type]


# -- second computations -----------------------------------------------------------------------------------------------

ratings = st.integers(2, 4).flatmap(
    lambda m: st.lists(
        st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=m, max_size=m), min_size=1, max_size=12
    )
)


@given(ratings, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_as_the_library_has_it(units: list[list[int | None]], level: str) -> None:
    library = pytest.importorskip("krippendorff")
    by_coder = [list(row) for row in zip(*units, strict=True)]
    mine = alpha(by_coder, level)
    values = {value for unit in units if sum(v is not None for v in unit) > 1 for value in unit if value is not None}
    assert (mine is None) == (len(values) < 2)
    assume(mine is not None)
    plain = [[np.nan if value is None else float(value) for value in row] for row in by_coder]
    assert mine == pytest.approx(library.alpha(reliability_data=plain, level_of_measurement=level))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_cohen_is_as_another_library_has_it(units: list[tuple[int, int]]) -> None:
    from sklearn.metrics import cohen_kappa_score

    table = [[sum(unit == (a, b) for unit in units) for b in range(4)] for a in range(4)]
    mine = cohen(table)
    assert (mine is None) == (len({value for unit in units for value in unit}) == 1)
    if mine is not None:
        assert mine == pytest.approx(cohen_kappa_score(*zip(*units, strict=True)), abs=1e-12)


@given(st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=1, max_size=15))
def test_fleiss_and_ac1_are_as_their_plain_definitions_say(units: list[list[int]]) -> None:
    tallies = [[unit.count(k) for k in range(3)] for unit in units]
    said = [value for unit in units for value in unit]
    pairs = [a == b for unit in units for a, b in combinations(unit, 2)]
    share = [Fraction(said.count(k), len(said)) for k in range(3)]
    agreed = Fraction(sum(pairs), len(pairs))
    if len(set(said)) == 1:
        assert fleiss(tallies) is None and ac1(tallies) is None
        return
    chance = sum(p * p for p in share)
    assert fleiss(tallies) == pytest.approx(float((agreed - chance) / (1 - chance)), abs=1e-12)
    chance = sum(p * (1 - p) for p in share) / 2
    assert ac1(tallies) == pytest.approx(float((agreed - chance) / (1 - chance)), abs=1e-12)


patterns = st.integers(2, 4).flatmap(lambda m: st.lists(st.text("01", min_size=m, max_size=m), min_size=1, max_size=25))


@given(patterns)
def test_the_measures_of_a_code_are_the_general_ones(units: list[str]) -> None:
    found = counted(units)
    tallies = [(unit.count("1"), unit.count("0")) for unit in units]
    by_coder = [[int(v) for v in column] for column in zip(*units, strict=True)]
    pairs = [
        cohen([[sum(u[i] == a and u[j] == b for u in units) for b in "10"] for a in "10"])
        for i, j in combinations(range(len(units[0])), 2)
    ]
    known = [value for value in pairs if value is not None]
    agreed = [u[i] == u[j] for u in units for i, j in combinations(range(len(u)), 2)]
    assert found["percent"] == pytest.approx(sum(agreed) / len(agreed))
    wanted = {"fleiss": fleiss(tallies), "alpha": alpha(by_coder), "ac1": ac1(tallies)}
    wanted["cohen"] = sum(known) / len(known) if known else None
    for name, value in wanted.items():
        assert math.isnan(found[name]) if value is None else found[name] == pytest.approx(value, abs=1e-12)


@given(patterns, st.randoms(use_true_random=False))
def test_the_order_of_coders_does_not_matter(units: list[str], random: object) -> None:
    order = list(range(len(units[0])))
    random.shuffle(order)  # type: ignore[attr-defined]
    other = counted(["".join(unit[n] for n in order) for unit in units])
    for name, value in counted(units).items():
        assert value == pytest.approx(other[name], abs=1e-12, nan_ok=True)


@given(patterns)
def test_used_or_not_can_be_told_the_other_way_round(units: list[str]) -> None:
    other = counted([unit.translate(str.maketrans("01", "10")) for unit in units])
    for name, value in counted(units).items():
        assert value == pytest.approx(other[name], abs=1e-12, nan_ok=True)


def test_who_agree_on_everything_have_one() -> None:
    assert all(value == pytest.approx(1) for value in counted(["11", "00", "11"]).values())


def test_many_tables_at_once_are_each_as_alone() -> None:
    tables = list(product((3, 0), (1, 2), (0, 4), (5, 6)))
    n = np.array([sum(t) for t in tables])
    singles = np.array([(b + x, b + y) for b, x, y, _none in tables])
    found = binary(n, singles, np.array([(t[0],) for t in tables]))
    for name in MEASURES:
        assert found[name] == pytest.approx([of(*t)[name] for t in tables], nan_ok=True)


# -- names beside the values -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "word"),
    [(-0.1, "poor"), (0.0, "slight"), (0.21, "fair"), (0.6, "moderate"), (0.61, "substantial"), (0.81, "almost perfect"), (1.0, "almost perfect")],
)  # fmt: skip
def test_strength_is_what_landis_and_koch_call_it(value: float, word: str) -> None:
    assert landis_koch(value) == word


@pytest.mark.parametrize(
    ("value", "word"),
    [(-0.2, "below .667"), (0.6669, "below .667"), (0.667, ".667 to .800"), (0.79, ".667 to .800"), (0.8, ".800 or above")],
)  # fmt: skip
def test_alpha_lies_on_a_side_of_krippendorffs_cut_offs(value: float, word: str) -> None:
    assert krippendorff(value) == word


def of(both: int, only_a: int, only_b: int, neither: int) -> dict[str, float]:
    """The measures of a two-by-two table."""
    n = both + only_a + only_b + neither
    found = binary(np.array(n), np.array([both + only_a, both + only_b]), np.array([both]))
    return {name: float(value) for name, value in found.items()}


def counted(units: list[str]) -> dict[str, float]:
    """The measures of units, each a digit for every coder: whether they used the code."""
    m = len(units[0])
    singles = [sum(unit[i] == "1" for unit in units) for i in range(m)]
    pairs = [sum(unit[i] == unit[j] == "1" for unit in units) for i, j in combinations(range(m), 2)]
    found = binary(np.array(len(units)), np.array(singles), np.array(pairs))
    return {name: float(value) for name, value in found.items()}
