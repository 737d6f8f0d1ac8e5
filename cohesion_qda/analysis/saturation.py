"""Saturation: when the codes of a study stop being new.

Things (groups, or sources) come in an order; a code is new in the first thing in which it is mentioned, that is coded
where a participant speaks, or where nobody does: a moderator's words bring no code. Two ways of looking at it:

*The curve*: how many codes each thing brings, how many there are so far, and the same over random orders of the
things: the mean and the 5th and 95th percentile of how many codes so many things bring.

*Base, run and threshold* (Guest, Namey and Chen 2020, PLOS ONE 15(5), e0232076,
https://doi.org/10.1371/journal.pone.0232076): the codes of the first `base` things are what is known. A run is `run`
things one after the other, the first right after the base, each next one a thing further on. Saturation is reached
with the first run that brings at most `threshold` times as many new codes as the base has. It is written as the
things before that run + those of the run: *6+2* means reached at the sixth and confirmed by the two after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import Grid

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cohesion_qda.analysis.grid import Bools, Ints

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """`first` is the number of the thing in which each code is new, -1 for one that is nowhere. The others are by thing:
    `new` codes in it, and over random orders the `mean` of the codes after so many things, with their percentiles
    `low` and `high`.
    """

    first: Ints
    new: Ints
    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Run:
    """Things `first` to `last`, counted from 1, bring `new` codes, which is `share` of the base's (None where it has
    none).
    """

    first: int
    last: int
    new: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Guest:
    """`known` codes are in the base. `reached` is the first run at or below the threshold, None where there is none."""

    known: int
    runs: tuple[Run, ...]
    reached: Run | None

    @property
    def notation(self) -> str:
        """`6+2`; empty where it is not reached."""
        run = self.reached
        return "" if run is None else f"{run.first - 1}+{run.last - run.first + 1}"


def used(g: Grid, members: Sequence[Sequence[int]], things: Sequence[Sequence[int]]) -> Bools:
    """In which things (each some source ids) which rows (each some codes, as numbers in the grid) are mentioned: things
    by rows.
    """
    import numpy as np

    thing_of = np.full(len(g.source_ids), -1)
    for n, sources in enumerate(things):
        thing_of[np.searchsorted(g.source_ids, np.array(sorted(sources), dtype=np.int64))] = n
    coded = np.zeros((len(things), len(g.code_ids)), dtype=bool)
    thing = thing_of[g.source]
    chosen = g.counted & (thing >= 0)
    coded[thing[chosen], g.code[chosen]] = True
    found = np.zeros((len(things), len(members)), dtype=bool)
    for n, row in enumerate(members):
        found[:, n] = coded[:, list(row)].any(axis=1)
    return found


def curve(used: Bools, repeats: int = 1000, seed: int = 1) -> Curve:
    """The curve of things by codes in the order they stand, and over `repeats` random orders, the same for the same
    `seed`.
    """
    import numpy as np

    n_things, n_codes = used.shape
    first = np.where(used.any(axis=0), used.argmax(axis=0), -1) if n_things else np.full(n_codes, -1)
    new = np.bincount(first[first >= 0], minlength=n_things)
    rng = np.random.default_rng(seed)
    place = rng.permuted(np.tile(np.arange(n_things), (repeats, 1)), axis=1)  # of each thing, in each order
    brought = np.zeros((repeats, n_things), dtype=np.int64)
    orders = np.arange(repeats)
    for code in np.flatnonzero(used.any(axis=0)):
        brought[orders, place[:, used[:, code]].min(axis=1)] += 1
    so_far = brought.cumsum(axis=1)
    if not n_things:
        nothing = np.zeros(0)
        return Curve(first, new, nothing, nothing, nothing)
    low, high = np.percentile(so_far, (5, 95), axis=0)
    return Curve(first, new, so_far.mean(axis=0), low, high)


def guest(new: Sequence[int], base: int = 4, run: int = 2, threshold: float = 0.05) -> Guest:
    """Guest's measure of the `new` codes of each thing, in order. Without a whole run, or with a base without codes,
    saturation is not reached.
    """
    known = sum(new[:base])
    runs = []
    for after in range(base, len(new) - run + 1):
        brought = sum(new[after : after + run])
        runs.append(Run(after + 1, after + run, brought, brought / known if known else None))
    reached = next((one for one in runs if one.share is not None and one.share <= threshold), None)
    return Guest(known, tuple(runs), reached)
