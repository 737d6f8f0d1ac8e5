"""Units of talk as vectors, and groups of units that are about the same; the same input gives the same groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.jobs import Job

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cohesion_qda.analysis.grid import Bools, Ints

    Floats = npt.NDArray[np.float64]

SEED = 20251121
DIMENSIONS = 30, 100  # at least and at most; one for every forty units between
NEIGHBOURS = 10
MOST_FOR_WARD = 3000
MOST_FOR_SILHOUETTE = 2000
FEWEST, MOST = 4, 32
UNITS_IN_A_GROUP = 16  # numbers that would leave groups smaller than this are not tried


@dataclass(frozen=True, slots=True)
class Space:
    """Where units and terms lie. `weights` and `latent` turn counts of terms into positions; `units` are positions
    of length one, each averaged with its neighbours; `known` are the terms that were used.
    """

    known: Bools
    weights: Floats
    latent: Floats
    units: Floats
    dimensions: int
    neighbours: int

    def place(self, counts: Any) -> Floats:
        """Positions of length one (or zero) of rows of counts of all terms."""
        return _unit(_weigh(counts, self.weights) @ self.latent)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which group each unit is in, the middle of each group, and the silhouette of each number that was tried."""

    group: Ints
    centres: Floats
    silhouettes: tuple[tuple[int, float], ...]


def counts_matrix(unit: Ints, term: Ints, n_units: int, n_terms: int) -> Any:
    """A sparse matrix of how often each unit has each term."""
    import numpy as np
    from scipy.sparse import csr_matrix

    matrix = csr_matrix((np.ones(len(unit)), (unit, term)), shape=(n_units, n_terms))
    matrix.sum_duplicates()
    return matrix


def space(counts: Any, shared: Bools) -> Space | None:
    """TF-IDF of those `shared` terms that stand in two units or more and in at most half of them, reduced by latent semantic
    analysis, and averaged half and half with the nearest neighbours. None when the units have too little in common.
    """
    import numpy as np
    from sklearn.decomposition import TruncatedSVD

    n_units = counts.shape[0]
    spread = np.bincount(counts.indices, minlength=counts.shape[1])
    known = shared & (spread >= 2) & (spread <= max(2, n_units // 2))
    dimensions = min(max(DIMENSIONS[0], n_units // 40), DIMENSIONS[1], n_units - 1, int(known.sum()) - 1)
    if dimensions < 3:
        return None
    weights = np.where(known, np.log((1 + n_units) / (1 + spread)) + 1, 0.0)
    weighed = _weigh(counts, weights)
    reduced = TruncatedSVD(dimensions, n_iter=7, random_state=SEED).fit(weighed)
    latent = reduced.components_.T
    units = _unit(weighed @ latent)
    neighbours = max(1, min(NEIGHBOURS, n_units // UNITS_IN_A_GROUP))
    return Space(known, weights, latent, _averaged(units, neighbours), dimensions, neighbours)


def group(units: Floats, number: int | None, job: Job) -> Grouping:
    """Units in `number` groups, or in as many as the silhouette prefers: Ward's tree gives the first middles, and
    K-means goes on from them.
    """
    import numpy as np
    from scipy.cluster.hierarchy import linkage

    rng = np.random.default_rng(SEED)
    n = len(units)
    sample = np.arange(n) if n <= MOST_FOR_WARD else np.sort(rng.choice(n, MOST_FOR_WARD, replace=False))
    tree = linkage(units[sample], method="ward")
    job.step(3, 6)
    distances, looked_at = _distances(units)
    tried: list[tuple[int, float]] = []
    for k in range(min(FEWEST, most(n)), most(n) + 1):
        tried.append((k, _silhouette(distances, _k_means(units, _middles(units[sample], tree, k))[0][looked_at])))
        job.step(3, 6)
    if number is None:
        number = max(tried, key=lambda pair: (round(pair[1], 6), -pair[0]))[0]
    found, centres = _k_means(units, _middles(units[sample], tree, number))
    job.step(4, 6)
    return Grouping(found, centres, tuple(tried))


def most(n_units: int) -> int:
    """The largest number of groups that is tried for so many units."""
    return max(2, min(FEWEST, n_units // 6), min(MOST, n_units // UNITS_IN_A_GROUP))


def _weigh(counts: Any, weights: Floats) -> Any:
    """Rows of TF-IDF of length one; counts beyond the first add their logarithm."""
    import numpy as np
    from sklearn.preprocessing import normalize

    weighed = counts.astype(float).copy()
    weighed.data = (1 + np.log(weighed.data)) * weights[weighed.indices]
    weighed.eliminate_zeros()
    return normalize(weighed)


def _unit(rows: Floats) -> Floats:
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-12)
    return result


def _averaged(units: Floats, neighbours: int) -> Floats:
    from sklearn.neighbors import NearestNeighbors

    near = NearestNeighbors(n_neighbors=min(len(units), neighbours + 1)).fit(units)
    others = near.kneighbors(units, return_distance=False)[:, 1:]
    return _unit(units + _unit(units[others].mean(axis=1)))


def _middles(units: Floats, tree: Floats, k: int) -> Floats:
    """The middle of each of `k` branches of Ward's tree."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster

    branch = fcluster(tree, k, criterion="maxclust")
    return np.stack([units[branch == b].mean(axis=0) for b in np.unique(branch)])


def _k_means(units: Floats, middles: Floats) -> tuple[Ints, Floats]:
    from sklearn.cluster import KMeans

    fitted = KMeans(len(middles), init=middles, n_init=1, random_state=SEED).fit(units)
    return fitted.labels_.astype("int64"), _unit(fitted.cluster_centers_)


def _distances(units: Floats) -> tuple[Floats, Ints]:
    """One minus the cosine between units, of all or of a sample; and which those are."""
    import numpy as np

    n = len(units)
    sample = np.arange(n)
    if n > MOST_FOR_SILHOUETTE:
        sample = np.sort(np.random.default_rng(SEED).choice(n, MOST_FOR_SILHOUETTE, replace=False))
    distances = np.maximum(0, 1 - units[sample] @ units[sample].T)
    np.fill_diagonal(distances, 0)
    return distances, sample


def _silhouette(distances: Floats, found: Ints) -> float:
    import numpy as np
    from sklearn.metrics import silhouette_score

    if not 2 <= len(np.unique(found)) < len(found):
        return -1.0
    return float(silhouette_score(distances, found, metric="precomputed"))
