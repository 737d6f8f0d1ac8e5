"""Groups by the methods that some must use: non-negative matrix factorisation, and latent Dirichlet allocation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from cohesion_qda.analysis.spaces import weigh

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.spaces import Space

DRAWS = 5


def topics(method: str, counts: Any, space: Space, number: int, seed: int) -> Ints:
    """The strongest of `number` topics in each unit, -1 where it has none of the words."""
    return _grouped(method, counts, counts, space, number, seed)


def redrawn(method: str, counts: Any, space: Space, number: int, seed: int) -> Iterator[Ints]:
    """The same by topics that were found in draws of the units (each about two thirds of them)."""
    import numpy as np

    rng = np.random.default_rng(seed)
    for _n in range(DRAWS):
        drawn = np.unique(rng.choice(counts.shape[0], counts.shape[0]))
        yield _grouped(method, counts[drawn], counts, space, number, seed)


def _grouped(method: str, learnt: Any, counts: Any, space: Space, number: int, seed: int) -> Ints:
    import numpy as np
    from sklearn.decomposition import NMF, LatentDirichletAllocation
    from sklearn.exceptions import ConvergenceWarning

    known: Bools = space.known
    if method == "nmf":
        learnt, counts = weigh(learnt, space.weights)[:, known], weigh(counts, space.weights)[:, known]
        number = min(number, *learnt.shape)
        model: Any = NMF(number, init="nndsvd", random_state=seed, max_iter=400)
    else:
        learnt, counts = learnt[:, known], counts[:, known]
        model = LatentDirichletAllocation(number, random_state=seed % 2**32, max_iter=20)
    with catch_warnings():
        simplefilter("ignore", ConvergenceWarning)
        shares = model.fit(learnt).transform(counts)
    found: Ints = shares.argmax(axis=1).astype(np.int64)
    found[np.asarray(counts.sum(axis=1)).ravel() == 0] = -1
    return found
