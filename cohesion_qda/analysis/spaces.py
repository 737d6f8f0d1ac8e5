"""Where units of talk lie: near each other when they are about the same. The same input gives the same place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cohesion_qda.analysis.grid import Bools, Ints

    Floats = npt.NDArray[np.float64]

DIMENSIONS = 30, 100  # of the latent semantic analysis; one for every forty units between
MOST_TERMS = 20_000  # those that stand in the most units
ROTATED = 128
LATENT_SHARE = 0.7  # how much it counts beside the sentence vectors
NEIGHBOURS = 10
UNITS_A_NEIGHBOUR = 16  # in small studies fewer neighbours
MOST_NEAR = 10_000  # neighbours are sought among so many units
_BLOCK = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """`known` are the terms used; `weights` and `latent` turn counts of terms into positions, `rotation` those joined with
    sentence vectors (None: there are none). `plain` are the units' own positions, `units` each half with its neighbours; all of length
    one.
    """

    known: Bools
    weights: Floats
    latent: Floats
    rotation: Floats
    has_vectors: bool
    plain: Floats
    units: Floats
    neighbours: int

    @property
    def dimensions(self) -> int:
        """Of the latent semantic analysis."""
        return int(self.latent.shape[1])

    def place(self, counts: Any, vectors: Any = None) -> Floats:
        """Positions of length one (or zero) of rows of counts of all terms, with their sentence vectors where there are any."""
        return unit(_joined(unit(weigh(counts, self.weights) @ self.latent), vectors) @ self.rotation)


def make_space(counts: Any, shared: Bools, vectors: Any, seed: int) -> Space | None:
    """Units in space: sentence vectors (None in the second tier) joined with latent semantic analysis of TF-IDF, of those `shared`
    terms that stand in two units or more and in at most half of them (of very many the commonest). None when the units have too little in common.
    """
    import numpy as np
    from sklearn.decomposition import TruncatedSVD

    n_units = counts.shape[0]
    spread = np.bincount(counts.indices, minlength=counts.shape[1])
    known = shared & (spread >= 2) & (spread <= max(2, n_units // 2))
    if known.sum() > MOST_TERMS:
        known[np.argsort(-spread * known, kind="stable")[MOST_TERMS:]] = False
    dimensions = min(max(DIMENSIONS[0], n_units // 40), DIMENSIONS[1], n_units - 1, int(known.sum()) - 1)
    if dimensions < 3:
        return None
    weights = np.where(known, np.log((1 + n_units) / (1 + spread)) + 1, 0.0)
    weighed = weigh(counts, weights)
    latent = TruncatedSVD(dimensions, n_iter=4, random_state=seed).fit(weighed).components_.T
    joined = _joined(unit(weighed @ latent), vectors)
    rotation = _rotation(joined)
    plain = unit(joined @ rotation)
    neighbours = max(1, min(NEIGHBOURS, n_units // UNITS_A_NEIGHBOUR))
    units = averaged(plain, neighbours, seed)
    return Space(known, weights, latent, rotation, vectors is not None, plain, units, neighbours)


def weigh(counts: Any, weights: Floats) -> Any:
    """Rows of TF-IDF of length one; counts beyond the first add their logarithm."""
    import numpy as np
    from sklearn.preprocessing import normalize

    weighed = counts.astype(float).copy()
    weighed.data = (1 + np.log(weighed.data)) * weights[weighed.indices]
    weighed.eliminate_zeros()
    return normalize(weighed)


def unit(rows: Any) -> Floats:
    """Rows of length one; those of nothing stay nothing."""
    import numpy as np

    rows = np.asarray(rows, dtype=np.float64)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-12)
    return result


def averaged(positions: Floats, neighbours: int, seed: int) -> Floats:
    """Each position half with the mean of its nearest neighbours."""
    import numpy as np

    n = len(positions)
    among = np.arange(n)
    if n > MOST_NEAR:
        among = np.sort(np.random.default_rng(seed).choice(n, MOST_NEAR, replace=False))
    others = positions[among].astype(np.float32)
    wanted = min(neighbours, len(among) - 1)
    around = np.empty_like(positions)
    for begin in range(0, n, _BLOCK):
        here = np.arange(begin, min(n, begin + _BLOCK))
        alike = positions[here].astype(np.float32) @ others.T
        own = np.searchsorted(among, here)
        is_there = (own < len(among)) & (among[np.minimum(own, len(among) - 1)] == here)
        alike[np.flatnonzero(is_there), own[is_there]] = -2.0
        near = np.argpartition(-alike, max(0, wanted - 1), axis=1)[:, :wanted]
        around[here] = positions[among][np.sort(near, axis=1)].mean(axis=1)
    return unit(positions + unit(around))


def _joined(latent: Floats, vectors: Any) -> Floats:
    import numpy as np

    if vectors is None:
        return latent
    return unit(np.hstack([np.asarray(vectors, dtype=np.float64), LATENT_SHARE * latent]))


def _rotation(joined: Floats) -> Floats:
    """Onto the directions in which the units differ most."""
    import numpy as np

    size = min(ROTATED, joined.shape[1])
    if size == joined.shape[1]:
        return np.eye(size)
    middle = joined - joined.mean(axis=0)
    found: Floats = np.linalg.eigh(middle.T @ middle)[1][:, ::-1][:, :size]
    return found


def nearest(positions: Floats, middles: Floats) -> Ints:
    """The number of the nearest middle of each position."""
    import numpy as np

    return np.asarray((2 * positions @ middles.T - (middles**2).sum(axis=1)).argmax(axis=1), dtype=np.int64)
