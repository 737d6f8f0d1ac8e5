"""Coefficients of agreement: what is said of a set of units that two or more coders put into categories.

The general forms take any categories; `binary` is the same for one code that each coder used or not, for many tables
at once. Each is None (in arrays: NaN) where it cannot be calculated: there is no unit, or only one category occurs,
so that there is nothing to agree on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.i18n import _

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[Any]

MEASURES = ("percent", "cohen", "fleiss", "alpha", "ac1")
LEVELS = ("nominal", "ordinal", "interval", "ratio")
CUT_OFFS = (0.667, 0.8)
FEW = 5_000  # units that are written out one by one for a library
Table = Sequence[Sequence[float]]  # or an array of two dimensions


def cohen(table: Table) -> float | None:
    """Cohen's kappa of a square table (rows: the first coder's categories, columns: the second's), by statsmodels.

    `(p_o - p_e) / (1 - p_e)`, the share of units on which the two agree against that on which they would by chance,
    from each one's own totals: Jacob Cohen, "A coefficient of agreement for nominal scales", Educational and
    Psychological Measurement 20, 1960, 37-46.
    """
    n = sum(map(sum, table))
    totals = [sum(row) + sum(column) for row, column in zip(table, zip(*table, strict=True), strict=True)]
    if not n or max(totals) == 2 * n:
        return None
    from statsmodels.stats.inter_rater import cohens_kappa

    return float(cohens_kappa(table, return_results=False))


def fleiss(tallies: Table | Floats) -> float | None:
    """Fleiss' kappa, by statsmodels. `tallies` has a row for each unit: how many coders put it into each category, in
    all the same number.

    Joseph L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76, 1971, 378-382.
    """
    import numpy as np

    rows = np.asarray(tallies, dtype=float)
    if not rows.size or (rows.sum(axis=0) > 0).sum() < 2:
        return None
    from statsmodels.stats.inter_rater import fleiss_kappa

    return float(fleiss_kappa(rows))


def alpha(ratings: Sequence[Sequence[float | str | None]], level: str = "nominal") -> float | None:
    """Krippendorff's alpha, `1 - D_o / D_e`. `ratings` has a row for each coder: what they made of each unit, None
    where nothing. `level` is one of LEVELS; all but nominal need numbers. Units that fewer than two coders rated
    say nothing.

    Klaus Krippendorff, "Computing Krippendorff's alpha-reliability", University of Pennsylvania, 2011; Content
    Analysis, third edition, Sage 2013, chapter 12. There is no library of a free enough licence; the tests compare it
    with one.
    """
    import numpy as np

    units = [[value for value in unit if value is not None] for unit in zip(*ratings, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = sorted({value for unit in units for value in unit}, key=lambda v: (isinstance(v, str), v))
    if len(values) < 2:
        return None
    place = {value: n for n, value in enumerate(values)}
    coincidences = np.zeros((len(values), len(values)))
    for unit in units:
        counts = np.bincount([place[value] for value in unit], minlength=len(values)).astype(float)
        coincidences += (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    totals = coincidences.sum(axis=0)
    distance = _distance(values, totals, level)
    expected = (np.outer(totals, totals) * distance).sum() / (totals.sum() - 1)
    return float(1 - (coincidences * distance).sum() / expected)


def _distance(values: Sequence[Any], totals: Floats, level: str) -> Floats:
    """How far categories lie apart, squared."""
    import numpy as np

    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "ordinal":
        reach: Floats = np.cumsum(totals) - totals / 2
        return (reach[:, None] - reach[None, :]) ** 2
    numbers = np.array(values, dtype=float)
    apart: Floats = numbers[:, None] - numbers[None, :]
    if level == "interval":
        return apart**2
    if level != "ratio":
        raise ValueError(level)
    size = numbers[:, None] + numbers[None, :]
    share: Floats = np.divide(apart, size, out=np.zeros_like(apart), where=size != 0)
    return share**2


def ac1(tallies: Table | Floats) -> float | None:
    """Gwet's AC1, `(p_a - p_e) / (1 - p_e)`, with `p_e` from how evenly the categories are used. `tallies` as for
    `fleiss`, with a column for every category that could have been chosen; units that fewer than two coders rated
    count only for how evenly.

    Kilem Li Gwet, "Computing inter-rater reliability and its variance in the presence of high agreement", British
    Journal of Mathematical and Statistical Psychology 61, 2008, 29-48. No library of it goes with the versions of
    others that the program needs.
    """
    import numpy as np

    rows = np.asarray(tallies, dtype=float)
    if not rows.size or (rows.sum(axis=0) > 0).sum() < 2:
        return None
    raters = rows.sum(axis=1)
    rated, paired = raters > 0, raters > 1
    if not paired.any():
        return None
    counts, n = rows[paired], raters[paired]
    agreed = ((counts * (counts - 1)).sum(axis=1) / (n * (n - 1))).mean()
    evenly = (rows[rated] / raters[rated][:, None]).mean(axis=0)
    by_chance = (evenly * (1 - evenly)).sum() / (rows.shape[1] - 1)
    return float((agreed - by_chance) / (1 - by_chance))


def binary(n: Floats, singles: Floats, pairs: Floats) -> dict[str, Floats]:
    """MEASURES of a code that each of m coders used or not, for many tables at once.

    `n` (…) units; `singles` (…, m) in how many of them each coder used it; `pairs` (…, m (m - 1) / 2) in how many
    both of each two did, in the order of `itertools.combinations`. All five follow from these: percent agreement is
    the mean over pairs of coders, Cohen's kappa for more than two the mean of the pairs' (Richard J. Light, "Measures
    of response agreement for qualitative data", Psychological Bulletin 76, 1971, 365-377) where the pair has one. NaN
    is not calculable.
    """
    import numpy as np

    m = singles.shape[-1]
    first, second = np.triu_indices(m, 1)
    units, one, two = n[..., None], singles[..., first], singles[..., second]
    used, ratings = singles.sum(axis=-1), m * n
    with np.errstate(divide="ignore", invalid="ignore"):
        agreed = (units - one - two + 2 * pairs) / units
        percent = agreed.mean(axis=-1)
        share = np.where((used > 0) & (used < ratings), used / ratings, np.nan)
        even = 2 * share * (1 - share)
        by_chance = (one * two + (units - one) * (units - two)) / units**2
        of_pairs = np.where(by_chance < 1, (agreed - by_chance) / (1 - by_chance), np.nan)
        there = ~np.isnan(of_pairs)
        light = np.where(there, of_pairs, 0.0).sum(axis=-1) / there.sum(axis=-1)
        return {
            "percent": percent,
            "cohen": np.where(np.isnan(share), np.nan, light),
            "fleiss": (percent - (1 - even)) / even,
            "alpha": 1 - (1 - percent) * (ratings - 1) / (ratings * even),
            "ac1": (percent - even) / (1 - even),
        }


def landis_koch(kappa: float) -> str:
    """What a kappa is called by J. Richard Landis and Gary G. Koch, "The measurement of observer agreement for
    categorical data", Biometrics 33, 1977, 159-174: limits that are, as they say, arbitrary.
    """
    names = (_("slight"), _("fair"), _("moderate"), _("substantial"), _("almost perfect"))
    if kappa < 0:
        return _("poor")
    return names[next((n for n, most in enumerate((0.2, 0.4, 0.6, 0.8)) if round(kappa, 2) <= most), 4)]


def krippendorff(value: float) -> str:
    """On which side of the cut-offs an alpha lies that Klaus Krippendorff names (Content Analysis, third edition,
    2013, page 325): he relies on what reaches .800, and draws no more than tentative conclusions from .667 on.
    Neither is a verdict.
    """
    if value < CUT_OFFS[0]:
        return _("below .667")
    return _(".667 to .800") if value < CUT_OFFS[1] else _(".800 or above")
