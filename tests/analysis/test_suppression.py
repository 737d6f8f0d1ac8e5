"""What is hidden cannot be worked out: a solver that knows all that is published tries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from cohesion_qda.analysis import suppression
from cohesion_qda.analysis.suppression import Rule, at_most, exactly, hidden, together

Values = Mapping[str, int]


def reach(values: Values, gone: set[str], rules: Sequence[Rule[str]], name: str) -> tuple[float, float]:
    """The least and the most that a hidden number can be for somebody who sees all others and knows the rules."""
    names = sorted(gone)
    rows, low, high = [], [], []
    for rule in rules:
        known = sum(values[n] for n in rule.plus if n not in gone) - sum(values[n] for n in rule.minus if n not in gone)
        rows.append([rule.plus.count(n) - rule.minus.count(n) for n in names])
        low.append(-np.inf if rule.low is None else rule.low - known)
        high.append(np.inf if rule.high is None else rule.high - known)
    most = 10 * sum(values.values()) + 100
    ends = []
    for sign in (1, -1):
        found = milp(
            [sign * (n == name) for n in names],
            integrality=np.ones(len(names)),
            bounds=Bounds(np.ones(len(names)), np.full(len(names), most)),
            constraints=[LinearConstraint(np.array(rows), low, high)] if rows else [],
        )
        assert found.x is not None, "what is true is always possible"
        ends.append(round(sign * found.fun))
    return ends[0], ends[1]


def small_of(values: Values, threshold: int) -> set[str]:
    return {name for name, value in values.items() if 0 < value < threshold}


def check_safe(values: Values, rules: Sequence[Rule[str]], threshold: int, dear: Sequence[str] = ()) -> set[str]:
    small = small_of(values, threshold)
    gone = hidden(values, small, rules, threshold, dear)
    assert small <= gone
    assert all(values[name] > 0 for name in gone)
    for name in gone:
        low, high = reach(values, gone, rules, name)
        assert low < high, f"{name} can only be {low}"
        assert high >= threshold, f"{name} is seen to be at most {high}"
    return gone


def margins(cells: Sequence[Sequence[int]], down: bool) -> tuple[dict[str, int], list[Rule[str]]]:
    """A table with the total of every line and, if wanted, of every column and of all."""
    values = {f"{r},{c}": n for r, line in enumerate(cells) for c, n in enumerate(line)}
    rules: list[Rule[str]] = []
    for r, line in enumerate(cells):
        values[f"{r},sum"] = sum(line)
        rules += exactly([f"{r},{c}" for c in range(len(line))], f"{r},sum")
    for c in [*range(len(cells[0])), "sum"] if down else []:
        values[f"sum,{c}"] = sum(values[f"{r},{c}"] for r in range(len(cells)))
        rules += exactly([f"{r},{c}" for r in range(len(cells))], f"sum,{c}")
    if down:
        rules += exactly([f"sum,{c}" for c in range(len(cells[0]))], "sum,sum")
    return values, rules


def tables(most: int = 14) -> st.SearchStrategy[list[list[int]]]:
    return st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, most), min_size=width, max_size=width), min_size=1, max_size=4)
    )


@settings(max_examples=120, deadline=None)
@given(cells=tables(), down=st.booleans(), threshold=st.sampled_from([5, 10]))
@example(cells=[[3, 20]], down=False, threshold=5)
@example(cells=[[2, 0, 9], [9, 2, 0], [0, 9, 9]], down=True, threshold=5)
def test_totals_of_lines_and_columns_give_nothing_away(cells: list[list[int]], down: bool, threshold: int) -> None:
    values, rules = margins(cells, down)
    check_safe(values, rules, threshold, [name for name in values if "sum" in name])


@settings(max_examples=40, deadline=None)
@given(sorts=st.lists(st.integers(0, 9), min_size=8, max_size=8), threshold=st.sampled_from([5, 10]))
def test_branches_subtotals_and_denominators_give_nothing_away(sorts: list[int], threshold: int) -> None:
    """People of two codes under one, by two places: people may say both, and nobody is in two places. `sorts` are how many there
    are of each sort: who says one, both or neither, in one place or the other.
    """
    assume(sum(sorts) >= threshold)
    people = [sort for sort, n in zip(product((True, False), repeat=3), sorts, strict=True) for _n in range(n)]
    values: dict[str, int] = {}
    rules: list[Rule[str]] = []
    for place, here in (("A", [True]), ("B", [False]), ("all", [True, False])):
        living = [(one, two) for is_a, one, two in people if is_a in here]
        values[f"{place} of"] = len(living)
        values[f"{place} one"] = sum(one for one, _two in living)
        values[f"{place} two"] = sum(two for _one, two in living)
        values[f"{place} branch"] = sum(one or two for one, two in living)
        rules += together([f"{place} one", f"{place} two"], f"{place} branch")
        rules += [at_most(f"{place} {what}", f"{place} of") for what in ("one", "two", "branch")]
    for what in ("one", "two", "branch", "of"):
        rules += exactly([f"A {what}", f"B {what}"], f"all {what}")
    check_safe(values, rules, threshold, ["all one", "all two", "all branch", *(n for n in values if n.endswith("of"))])


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_rules_of_any_shape_give_nothing_away(data: st.DataObject) -> None:
    """Overlapping sums in a ring, a chain, a star: whatever the sums join."""
    n = data.draw(st.integers(2, 6))
    values = {f"x{i}": data.draw(st.integers(0, 12)) for i in range(n)}
    rules: list[Rule[str]] = []
    for i in range(data.draw(st.integers(1, 4))):
        parts = data.draw(st.lists(st.sampled_from([f"x{i}" for i in range(n)]), min_size=1, unique=True))
        values[f"s{i}"] = sum(values[p] for p in parts)
        rules += exactly(parts, f"s{i}")
    check_safe(values, rules, 5)


@settings(max_examples=60, deadline=None)
@given(cells=tables(), threshold=st.sampled_from([5, 10]), whole=st.sampled_from([1, 9, 30]))
def test_where_looking_on_would_take_too_long_the_rest_goes_and_the_small_ones_stay_safe(
    cells: list[list[int]], threshold: int, whole: int
) -> None:
    values, rules = margins(cells, down=True)
    small = small_of(values, threshold)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suppression, "_WHOLE", whole)
        patch.setattr(suppression._Table, "mended", lambda *_given: None)  # as in a study where nothing near will do
        patch.setattr(suppression, "_NEAR", 1)
        gone = hidden(values, small, rules, threshold, [name for name in values if "sum" in name])
    everything = {name for name, value in values.items() if value}
    assert small <= gone <= everything
    if gone != everything:
        for name in small:
            low, high = reach(values, gone, rules, name)
            assert low < high and high >= threshold, f"{name} is seen to be at most {high}"


def test_a_sparse_table_of_three_sides_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    solved: list[int] = []
    solve = suppression._Search._solved
    monkeypatch.setattr(suppression, "_WHOLE", 1000)
    monkeypatch.setattr(
        suppression._Search, "_solved", lambda self, name, target, names, others: solved.append(len(names)) or solve(self, name, target, names, others)
    )  # fmt: skip
    cells = np.random.default_rng(3).poisson(0.7, size=(12, 14)).tolist()
    values, rules = margins(cells, down=True)
    assert small_of(values, 5) <= hidden(values, small_of(values, 5), rules, 5, [n for n in values if "sum" in n])
    assert solved, "it is a table in which nothing near will do"
    whole = max(solved)
    assert solved.count(whole) <= 3 * 1000 / whole + 3, "how often all is looked through is bounded"


def test_nothing_more_is_hidden_than_is_needed() -> None:
    values, rules = margins([[3, 8, 20, 9]], down=False)
    assert hidden(values, ["0,0"], rules, 5, ["0,sum"]) == {"0,0", "0,1"}  # the smallest that suffices
    values, rules = margins([[3, 4, 20, 9]], down=False)
    assert hidden(values, small_of(values, 5), rules, 5) == {"0,0", "0,1"}  # they hide each other
    values, rules = margins([[30, 8, 20, 9]], down=True)
    assert hidden(values, [], rules, 5) == set()


def test_what_a_known_total_gives_away_however_much_is_hidden_goes_whole() -> None:
    values = {"a": 1, "b": 2}
    assert hidden(values, ["a"], [Rule(("a", "b"), (), 3, 3)], 5) == {"a", "b"}


def test_a_large_table_with_totals_both_ways_is_done() -> None:
    rng = np.random.default_rng(5)
    cells = rng.poisson(6, size=(50, 100)).tolist()
    values, rules = margins(cells, down=True)
    small = small_of(values, 5)
    gone = hidden(values, small, rules, 5, [n for n in values if "sum" in n])
    assert small <= gone
    shown = len(values) - len(gone)
    assert shown > 0.9 * (len(values) - len(small)), "hardly anything beside the small numbers goes"


@pytest.mark.parametrize("threshold", [5, 10])
def test_a_branch_whose_parts_are_small(threshold: int) -> None:
    values = {"one": 2, "two": 3, "branch": 4, "of": 40}
    rules = [*together(["one", "two"], "branch"), at_most("branch", "of")]
    assert check_safe(values, rules, threshold) == {"one", "two", "branch"}
