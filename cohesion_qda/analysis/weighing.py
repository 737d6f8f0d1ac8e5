"""How much more a term was said on one side than on the other: by words, by people, and evenly over parts.

Log-odds with an informative Dirichlet prior: Burt L. Monroe, Michael P. Colaresi and Kevin M. Quinn, "Fightin' Words",
Political Analysis 16, 2008, 372-403. G²: Ted Dunning, "Accurate methods for the statistics of surprise and coincidence",
Computational Linguistics 19, 1993, 61-74. Deviation of proportions: Stefan Th. Gries, "Dispersions and adjusted
frequencies in corpora", International Journal of Corpus Linguistics 13, 2008, 403-437.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cohesion_qda.analysis.grid import Bools, Ints

    Floats = npt.NDArray[np.float64]

ROUNDS = 40


def log_odds(chosen: Ints, rest: Ints, single: Bools, prior: Ints | None = None) -> Floats:
    """z-scores of the log-odds of each term in `chosen` against `rest`; positive where it is likelier in `chosen`. The
    prior of each is how often it was said in all talk (None: in both together). `single` says which terms are words:
    the odds are those against all words. 0 for what was said on neither side.
    """
    import numpy as np

    alpha = (chosen + rest if prior is None else prior).astype(float)
    n_chosen, n_rest, n_prior = int(chosen[single].sum()), int(rest[single].sum()), float(alpha[single].sum())

    def logit(times: Ints, total: int) -> Floats:
        odds: Floats = np.log(times + alpha) - np.log(np.maximum(total + n_prior - times - alpha, 0.5))
        return odds

    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(1 / (chosen + alpha) + 1 / (rest + alpha))
        z = (logit(chosen, n_chosen) - logit(rest, n_rest)) / spread
    result: Floats = np.where(chosen + rest > 0, np.nan_to_num(z), 0.0)
    return result


def g_squared(observed: Sequence[Ints | Floats], expected: Sequence[Ints | Floats]) -> Floats:
    """Dunning's G², twice the sum of `O ln(O / E)` over the cells given; a cell of which nothing was observed adds nothing."""
    import numpy as np

    total: Floats = np.zeros(np.shape(observed[0]))
    for seen, awaited in zip(observed, expected, strict=True):
        some = np.asarray(seen) > 0
        ratio = np.divide(seen, awaited, out=np.ones_like(total), where=some & (np.asarray(awaited) > 0))
        total = total + np.where(some, seen * np.log(ratio), 0.0)
    return 2 * total


def awaited(together: Ints, here: Ints, there: Ints) -> Floats:
    """How many voices would say a term `here` if it were as likely in any word said on either side, for each number of
    voices `together`. `here` and `there` are how many words each voice said there.

    The rate is found at which `1 - exp(-rate x words)` adds up to that number. That sum is concave in the rate, so Newton's
    steps from below never go too far.
    """
    import numpy as np

    different, which = np.unique(together, return_inverse=True)
    target: Floats = different.astype(float)
    sizes, times = np.unique(np.concatenate((here, there)), return_counts=True)
    own, n_own = np.unique(here, return_counts=True)
    rate: Floats = target / max(1, int(np.dot(sizes, times)))
    for _round in range(ROUNDS):
        unsaid = np.exp(-rate[:, None] * sizes)
        missing = target - (1 - unsaid) @ times
        slope = unsaid @ (times * sizes)
        step = np.divide(missing, slope, out=np.zeros_like(rate), where=(slope > 1e-12) & (missing > 1e-9))
        rate = rate + step
        if not (step > 1e-9 * rate).any():
            break
    result = (-np.expm1(-rate[:, None] * own) @ n_own)[which]
    expected: Floats = np.minimum(result, together).astype(float)
    everybody = together >= len(here) + len(there)
    return np.where(everybody, float(len(here)), expected)


def surprise(a: Ints, b: Ints, here: Ints, there: Ints) -> Floats:
    """G² over numbers of voices, negative where fewer of them than chance said it here: of each term, `a` of the voices
    `here` said it and `b` of those `there`, who said so many words each.
    """
    import numpy as np

    together, n_here, n_there = a + b, len(here), len(there)
    expected = awaited(together, here, there)
    g = g_squared(
        (a, n_here - a, b, n_there - b),
        (expected, n_here - expected, together - expected, n_there - (together - expected)),
    )
    return np.where(a >= expected, g, -g)


def tail(a: Ints, b: Ints, here: Ints, there: Ints) -> Floats:
    """How likely it is that at least `a` of the `a + b` voices that say a term do so here, where who says it is left to chance:
    any of the voices `here` and `there`, who said so many words each, by the odds that those give on either side.

    Exact (Fisher's noncentral hypergeometric distribution); where all said equally much, as if they were shuffled. Nobody says
    a term who says nothing.
    """
    import numpy as np

    n_here, n_there = len(here), len(there)
    assert a.max(initial=0) <= n_here and b.max(initial=0) <= n_there, "more voices say a term than speak"
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, n_here + n_there + 1)))))
    expected = awaited(a + b, here, there)
    low, high = (np.clip(each, 1e-6, 1 - 1e-6) for each in (expected / n_here, (a + b - expected) / n_there))
    odds = np.log(low / (1 - low)) - np.log(high / (1 - high))
    found: Floats = np.ones(len(a))
    for n, (own, together) in enumerate(zip(a.tolist(), (a + b).tolist(), strict=True)):
        said = np.arange(max(0, together - n_there), min(together, n_here) + 1)
        ways = (
            said * odds[n] - logs[said] - logs[n_here - said] - logs[together - said] - logs[n_there - together + said]
        )
        likely = np.exp(ways - ways.max())
        found[n] = float(likely[said >= own].sum() / likely.sum())
    return found


def evenness(said: Ints, speakers: Ints) -> Floats:
    """One less Gries' deviation of proportions, for each row of `said`: 1 where those who said it lie over the parts as
    all speakers do, near 0 where they are all in one small part; 0 where nobody said it.
    """
    import numpy as np

    total = said.sum(axis=1, keepdims=True)
    own = np.divide(said, total, out=np.zeros(said.shape), where=total > 0)
    apart = np.abs(own - speakers / max(1, int(speakers.sum()))).sum(axis=1) / 2
    result: Floats = np.where(total[:, 0] > 0, 1 - apart, 0.0)
    return result
