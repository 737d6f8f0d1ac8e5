"""Groups of units that are about the same: Ward's tree for the first middles, one K-means, the number by silhouette, and how much of
it comes back when the units are drawn again. One seed, one result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from cohesion_qda.analysis.spaces import Space, averaged, nearest
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.theming import Tried

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints
    from cohesion_qda.analysis.spaces import Floats

MOST_FOR_WARD = 3000
MOST_FOR_SILHOUETTE = 2000
MOST_IN_A_DRAW = 1500
FEWEST, MOST = 4, 32
UNITS_IN_A_GROUP = 16  # numbers that would leave groups smaller than this are not tried
DRAWS = 10
SHARE = 0.632  # of the units that a bootstrap draws once or more
ROUNDS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Ward's tree over a sample of positions."""

    positions: Floats
    links: Floats

    def middles(self, number: int) -> Floats:
        """The middle of each of `number` branches, or of fewer where the tree has no more."""
        import numpy as np
        from scipy.cluster.hierarchy import fcluster

        branch = fcluster(self.links, number, criterion="maxclust")
        sums = np.zeros((int(branch.max()) + 1, self.positions.shape[1]))
        np.add.at(sums, branch, self.positions)
        sizes = np.bincount(branch, minlength=len(sums))
        found: Floats = sums[sizes > 0] / sizes[sizes > 0, None]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """The tree over (a sample of) the units, the trees over draws of them, those that the silhouette looks at, and the
    numbers that were tried.
    """

    tree: Tree
    sample: Ints
    draws: tuple[Tree, ...]
    looked_at: Ints
    curve: tuple[Tried, ...] = ()

    @property
    def best(self) -> int:
        """The number with the highest silhouette; the smallest among equals."""
        return max(self.curve, key=lambda one: (round(one.silhouette, 6), -one.number)).number

    def redrawn(self, number: int) -> Iterator[Ints]:
        """How the units of the sample are grouped by the branches that each draw finds."""
        for drawn in self.draws:
            yield nearest(self.tree.positions, drawn.middles(number))

    def distances(self) -> Floats:
        """Between all that the silhouette looks at."""
        import numpy as np

        positions = self.tree.positions[self.looked_at]
        found: Floats = np.maximum(0, 1 - positions @ positions.T)
        return found

    def tried(self, number: int, distances: Floats | None = None) -> Tried:
        """How well so many groups are told apart, and come back in the draws: one answer, wherever it is shown."""
        import numpy as np

        known = next((one for one in self.curve if one.number == number), None)
        if known is not None:
            return known
        found, _middles = k_means(self.tree.positions, self.tree.middles(number))
        again = [rand_index(found, other) for other in self.redrawn(number)]
        distances = self.distances() if distances is None else distances
        return Tried(number, silhouette(distances, found[self.looked_at]), float(np.mean(again)))

    def with_number(self, number: int) -> Search:
        """With this number among those that were tried."""
        curve = {one.number: one for one in (*self.curve, self.tried(number))}
        return replace(self, curve=tuple(curve[n] for n in sorted(curve)))


def ward(positions: Floats) -> Tree:
    """Ward's tree over all of them."""
    from scipy.cluster.hierarchy import linkage

    return Tree(positions, linkage(positions, method="ward"))


def k_means(positions: Floats, middles: Floats) -> tuple[Ints, Floats]:
    """The group of each position and the middles, from those given until nothing moves; a group that empties is gone."""
    import numpy as np

    found = nearest(positions, middles)
    for _round in range(ROUNDS):
        middles = middles_of(positions, found)
        again = nearest(positions, middles)
        moved = not np.array_equal(again, found)
        found = again
        if not moved:
            break
    kept, found = np.unique(found, return_inverse=True)
    return found.astype(np.int64), middles[kept]


def middles_of(positions: Floats, group: Ints) -> Floats:
    """The mean of each group that there is, in the order of their numbers."""
    import numpy as np
    from scipy.sparse import csr_matrix

    _kept, place = np.unique(group, return_inverse=True)
    sizes = np.bincount(place)
    membership = csr_matrix((np.ones(len(place)), (place, np.arange(len(place)))), shape=(len(sizes), len(place)))
    found: Floats = (membership @ positions) / sizes[:, None]
    return found


def numbered(group: Ints) -> Ints:
    """The same groups, numbered from 0 without gaps; -1 stays."""
    import numpy as np

    found = np.full(len(group), -1, dtype=np.int64)
    found[group >= 0] = np.unique(group[group >= 0], return_inverse=True)[1]
    return found


def keys_of(group: Ints, digests: Sequence[bytes]) -> list[str]:
    """The key of each group (0 and up without gaps): made of the words of all its units, so the same units have the same key."""
    held = [blake2b(digest_size=6) for _g in range(int(group.max(initial=-1)) + 1)]
    for g, digest in zip(group.tolist(), digests, strict=True):
        if g >= 0:
            held[g].update(digest)
    return [f"theme-{one.hexdigest()}" for one in held]


def most(n_units: int) -> int:
    """The largest number of groups that is tried for so many units."""
    return max(2, min(FEWEST, n_units // 6), min(MOST, n_units // UNITS_IN_A_GROUP))


def search(space: Space, seed: int, job: Job) -> Search:
    """Try the numbers of groups: Ward and K-means over a sample, the silhouette, and the agreement (adjusted Rand index) with what is
    found in draws of the units, neighbours sought anew among each.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    sample = _some(rng, len(space.units), MOST_FOR_WARD)
    positions = space.units[sample]
    tree = ward(positions)
    draws = []
    for _n in range(DRAWS):
        job.step(2, 10)
        drawn = _some(rng, len(sample), min(MOST_IN_A_DRAW, max(4, round(len(sample) * SHARE))))
        draws.append(ward(averaged(space.plain[sample][drawn], space.neighbours, seed)))
    looked_at = _some(rng, len(sample), MOST_FOR_SILHOUETTE)
    tried = Search(tree, sample, tuple(draws), looked_at)
    distances, curve = tried.distances(), []
    for number in range(min(FEWEST, most(len(space.units))), most(len(space.units)) + 1):
        job.step(3, 10)
        curve.append(tried.tried(number, distances))
    return replace(tried, curve=tuple(curve))


def group(space: Space, tried: Search, number: int) -> Ints:
    """Every unit in one of `number` groups."""
    return k_means(space.units, tried.tree.middles(number))[0]


def stabilities(group_: Ints, again: Iterable[Ints]) -> tuple[Floats, float]:
    """Of each group the mean, over the draws, of its best Jaccard with a group found there (Hennig 2007); and of all together
    the mean adjusted Rand index.
    """
    import numpy as np

    n = int(group_.max(initial=-1)) + 1
    best, rand = [], []
    for other in again:
        both = _crossed(group_, other)
        either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
        best.append((both / np.maximum(1, either)).max(axis=1))
        rand.append(rand_index(group_, other))
    return (np.mean(best, axis=0), float(np.mean(rand))) if rand else (np.zeros(n), 0.0)


def split(positions: Floats, seed: int) -> Ints:
    """Two groups of the units at these positions."""
    import numpy as np

    sample = _some(np.random.default_rng(seed), len(positions), MOST_FOR_WARD)
    return k_means(positions, ward(positions[sample]).middles(2))[0]


def silhouette(distances: Floats, found: Ints) -> float:
    """The mean silhouette (Rousseeuw 1987) from the distances between all; -1 where there are not two groups."""
    import numpy as np

    kept, place = np.unique(found, return_inverse=True)
    if not 2 <= len(kept) < len(found):
        return -1.0
    sizes = np.bincount(place)
    belongs = np.zeros((len(found), len(kept)))
    belongs[np.arange(len(found)), place] = 1
    sums = distances @ belongs
    own = sums[np.arange(len(found)), place] / np.maximum(1, sizes[place] - 1)
    others = np.where(belongs > 0, np.inf, sums / sizes)
    nearest_other = others.min(axis=1)
    largest = np.maximum(own, nearest_other)
    width = np.divide(nearest_other - own, largest, out=np.zeros(len(found)), where=largest > 0)
    return float(np.where(sizes[place] > 1, width, 0).mean())


def rand_index(one: Ints, other: Ints) -> float:
    """The adjusted Rand index (Hubert and Arabie 1985) of two groupings of the same."""
    both = _crossed(one, other).astype(float)
    pairs = (both * (both - 1)).sum() / 2
    rows, columns = both.sum(axis=1), both.sum(axis=0)
    in_rows, in_columns = (rows * (rows - 1)).sum() / 2, (columns * (columns - 1)).sum() / 2
    n = len(one)
    by_chance = in_rows * in_columns / max(1.0, n * (n - 1) / 2)
    most_ = (in_rows + in_columns) / 2
    return 1.0 if most_ == by_chance else float((pairs - by_chance) / (most_ - by_chance))


def _crossed(one: Ints, other: Ints) -> Ints:
    import numpy as np

    wide, high = int(one.max(initial=-1)) + 1, int(other.max(initial=-1)) + 1
    found: Ints = np.bincount(one * high + other, minlength=wide * high).reshape(wide, high)
    return found


def _some(rng: object, n: int, at_most: int) -> Ints:
    """Numbers below `n`, in order: all, or so many drawn."""
    import numpy as np

    if n <= at_most:
        return np.arange(n)
    return np.sort(rng.choice(n, at_most, replace=False))  # type: ignore[attr-defined, no-any-return]
