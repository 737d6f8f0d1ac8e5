"""Whether people with different values said something more or less often than chance would have it; only where it was asked for.

Each test looks at one table: how many of each value said it and did not. Tests and corrections are scipy's and statsmodels'. What
each says of a table depends on its people being independent of one another, which nothing here can know.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

TESTS = ("fisher", "chi-squared")
CORRECTIONS = ("holm", "benjamini-hochberg")
RESAMPLES = 9_999  # random tables with the same margins, where Fisher's test of more than two values is simulated
SEED = 1
USUAL_LEAST = 5  # expected counts below it make chi-squared doubtful


@dataclass(frozen=True, slots=True)
class Tested:
    """`p` is two-sided, and from random tables where `is_simulated`. `expected` are the counts of those who said it and of those who did not,
    value by value, if it made no difference. `effect` is Cramér's V, 0 to 1 (for two values the same as phi without its sign).
    `statistic` and `freedom` are chi-squared's. `odds` are the odds ratio of the first value against the second with its 95 % confidence
    interval, for two values; None where it has none.
    """

    p: float
    expected: tuple[tuple[float, ...], tuple[float, ...]]
    effect: float
    statistic: float | None = None
    freedom: int | None = None
    odds: tuple[float, float, float] | None = None
    is_simulated: bool = False

    @property
    def least_expected(self) -> float:
        """The smallest of the expected counts."""
        return min(min(row) for row in self.expected)


def tested(said: Sequence[int], of: Sequence[int], test: str) -> Tested | None:
    """One of TESTS on how many of each value said it, and of how many. None where it cannot be calculated: nobody said it, or
    everybody, or fewer than two values have people. The same table is tested once.
    """
    return _tested(tuple(said), tuple(of), test)


@lru_cache(maxsize=2048)
def _tested(said: tuple[int, ...], of: tuple[int, ...], test: str) -> Tested | None:
    import numpy as np
    from scipy import stats
    from scipy.stats import contingency

    pairs = [(n, all_) for n, all_ in zip(said, of, strict=True) if all_]
    table = np.array([[n for n, _all in pairs], [all_ - n for n, all_ in pairs]], dtype=np.int64)
    if table.shape[1] < 2 or not table.sum(axis=1).all():
        return None
    whole = contingency.expected_freq(table)
    effect = float(contingency.association(table, method="cramer", correction=False))
    expected = (tuple(map(float, whole[0])), tuple(map(float, whole[1])))
    if test == "chi-squared":
        found = stats.chi2_contingency(table, correction=False)
        return Tested(
            float(found.pvalue), expected, effect, float(found.statistic), int(found.dof), _odds(table, "sample")
        )
    if table.shape == (2, 2):
        return Tested(float(stats.fisher_exact(table).pvalue), expected, effect, odds=_odds(table, "conditional"))
    random = stats.MonteCarloMethod(n_resamples=RESAMPLES, rng=np.random.default_rng(SEED))
    p = float(stats.fisher_exact(table, method=random).pvalue)
    return Tested(p, expected, effect, is_simulated=True)


def corrected(ps: Sequence[float], correction: str) -> list[float]:
    """Values of p corrected for their number by one of CORRECTIONS, in their order."""
    from statsmodels.stats.multitest import multipletests

    if not ps:
        return []
    method = {"holm": "holm", "benjamini-hochberg": "fdr_bh"}[correction]
    return [float(p) for p in multipletests(ps, method=method)[1]]


def _odds(table: object, kind: str) -> tuple[float, float, float] | None:
    """The odds ratio with its interval; None for more than two values, and where a cell is empty, so that it is 0 or without end."""
    import numpy as np
    from scipy.stats import contingency

    cells = np.asarray(table)
    if cells.shape != (2, 2) or not cells.all():
        return None
    found = contingency.odds_ratio(cells, kind=kind)
    interval = found.confidence_interval(0.95)
    ratio = float(found.statistic), float(interval.low), float(interval.high)
    return ratio if all(map(math.isfinite, ratio)) else None
