"""The coefficients of a comparison of coders, each with a confidence interval by bootstrap.

*What is resampled.* Code points of one turn are not independent of each other, nor are its sentences; so what is
drawn with replacement are whole turns (participants' turns of all sources compared), each with everything in it, for
all codes at once. Of more than `agreement_units.MOST` turns, neighbouring ones of a source go together, as blocks of
as many as are needed (the block bootstrap: Hans R. Künsch, Annals of Statistics 17, 1989, 1217-1241), which also
keeps what hangs together from turn to turn. Over sources, sources are drawn. The interval is that of the percentiles
(Bradley Efron, Robert J. Tibshirani: An Introduction to the Bootstrap, 1993, chapter 13) over the repeats in which
the coefficient can be calculated; where that is less than nine in ten, or there is one thing only to draw from, there
is no interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis.agreement import Comparison
from cohesion_qda.analysis.coefficients import FEW, MEASURES, binary, cohen, fleiss

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[Any]

SEED, REPEATS, LEVEL = 1, 2000, 0.95
LEAST = 0.9  # of the repeats must be calculable for an interval


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient with the ends of its interval; None where it, or the interval, cannot be calculated."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One row: `n` units (of all codes: decisions), in how many all coders used the code, some of them, none; and
    MEASURES.
    """

    n: int
    both: int
    one: int
    none: int
    of: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Measures:
    """`overall` is over decisions, `mean` the mean over codes (its counts are those of `overall`), `rows` one for
    each code of the comparison. `drawn` is how many things the bootstrap drew from.
    """

    overall: Measured
    mean: Measured
    rows: tuple[Measured, ...]
    drawn: int


def measures(found: Comparison, repeats: int = REPEATS, seed: int = SEED, level: float = LEVEL) -> Measures:
    """The coefficients of every code, of all decisions and their means. The same seed gives the same intervals; no
    `repeats`, no intervals.
    """
    import numpy as np

    both, some = found.counts(found.everybody()), found.counts(found.anybody())
    singles = np.stack([found.counts(used) for used in found.used], axis=-1)
    pairs = np.stack([found.counts(pair) for pair in found.pairs()], axis=-1)
    n, codes = found.units.length, len(found.codes)
    points = _with_overall(np.full(codes, n), singles, pairs)
    tallies = found.tallies()
    sizes = [n] * codes + [n * int((singles.sum(-1) > 0).sum())]
    tables = (np.vstack([table, table[singles.sum(-1) > 0].sum(0)]).tolist() for table in (singles, pairs, tallies))
    for row, (one, two, tally) in enumerate(zip(*tables, strict=True)):
        for name, value in _by_library(sizes[row], one, two, tally).items():
            points[name][row] = np.nan if value is None else value
    ends = _intervals(found, repeats, seed, level)
    estimates = [
        {name: Estimate(*(_number(v) for v in (points[name][k], *ends[name][:, k]))) for name in MEASURES}
        for k in range(codes + 2)
    ]  # fmt: skip
    totals = int(both.sum()), int((some - both).sum())
    summed = (sizes[-1], *totals, sizes[-1] - sum(totals))
    rows = [Measured(n, b, s - b, n - s, of) for b, s, of in zip(both.tolist(), some.tolist(), estimates, strict=False)]
    drawn = max(0, len(found.units.edges) - 1)
    return Measures(Measured(*summed, estimates[codes]), Measured(*summed, estimates[codes + 1]), tuple(rows), drawn)


def _by_library(n: int, singles: list[int], pairs: list[int], tally: list[int]) -> dict[str, float | None]:
    """Cohen's kappa (of more than two coders the mean of their pairs') by the library, and Fleiss' where the units can
    be written out for it one by one.
    """
    of_pairs = []
    for (a, b), both in zip(combinations(singles, 2), pairs, strict=True):
        value = cohen([[both, a - both], [b - both, n - a - b + both]])
        of_pairs += [] if value is None else [value]
    found = {"cohen": sum(of_pairs) / len(of_pairs) if of_pairs else None}
    if n <= FEW:
        import numpy as np

        m = len(singles)
        found["fleiss"] = fleiss(np.repeat([[used, m - used] for used in range(m + 1)], tally, axis=0))
    return found


def _with_overall(n: Floats, singles: Floats, pairs: Floats) -> dict[str, Floats]:
    """MEASURES of the rows, of all together (codes that nobody used left out), and their means, along the last axis."""
    import numpy as np

    used = (singles.sum(axis=(*range(singles.ndim - 2), -1)) > 0).astype(float)
    together = binary((n * used).sum(-1), (singles * used[:, None]).sum(-2), (pairs * used[:, None]).sum(-2))
    rows = binary(n, singles, pairs)
    found = {}
    for name in MEASURES:
        there = ~np.isnan(rows[name]) & (used > 0)
        with np.errstate(invalid="ignore"):
            mean = np.where(there, rows[name], 0.0).sum(-1) / there.sum(-1)
        found[name] = np.concatenate([rows[name], together[name][..., None], mean[..., None]], axis=-1)
    return found


def _intervals(found: Comparison, repeats: int, seed: int, level: float) -> dict[str, Floats]:
    """For each measure the lower and the upper end (two rows) of every row, of all, and of the mean; NaN where there
    is none.
    """
    import numpy as np

    drawn, codes, m = len(found.units.edges) - 1, len(found.codes), len(found.coders)
    nothing = {name: np.full((2, codes + 2), np.nan) for name in MEASURES}
    if drawn < 2 or repeats < 1 or not codes:
        return nothing
    draws = np.random.default_rng(seed).integers(0, drawn, (repeats, drawn)) + drawn * np.arange(repeats)[:, None]
    times = np.bincount(draws.ravel(), minlength=repeats * drawn).reshape(repeats, drawn).astype(float)
    pieces = [found.pieces(each) for each in (*found.used, *found.pairs())]
    counts = times @ np.concatenate([np.diff(found.units.edges)[None, :], *pieces]).T.astype(float)
    n = np.repeat(counts[:, :1], codes, axis=1)
    of = counts[:, 1:].reshape(repeats, m + m * (m - 1) // 2, codes).transpose(0, 2, 1)
    sampled = _with_overall(n, of[..., :m], of[..., m:])
    return {name: _ends(values, level) for name, values in sampled.items()}


def _ends(sampled: Floats, level: float) -> Floats:
    """The percentiles that `level` lies between, of each column, over what could be calculated of it."""
    import numpy as np

    there = (~np.isnan(sampled)).sum(axis=0)
    last = np.maximum(there - 1, 0)
    places = np.stack([share * last for share in ((1 - level) / 2, (1 + level) / 2)])
    low, high = np.floor(places).astype(int), np.ceil(places).astype(int)
    wanted = np.unique([low, high])
    # what could not be calculated comes last; a few places need no whole order
    ordered = np.partition(sampled, wanted, axis=0) if len(wanted) <= 16 else np.sort(sampled, axis=0)
    below, above = np.take_along_axis(ordered, low, axis=0), np.take_along_axis(ordered, high, axis=0)
    return np.where(there >= LEAST * len(sampled), below + (places - low) * (above - below), np.nan)


def _number(value: Any) -> float | None:
    return None if value != value else float(value)
