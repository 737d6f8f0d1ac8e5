"""The talk laid out to be grouped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis.spaces import Space, unit
from cohesion_qda.analysis.units import Units, counts_matrix, units_of

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints
    from cohesion_qda.analysis.heard import Heard
    from cohesion_qda.analysis.spaces import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """The units of a study; of each occurrence of a term the part it is in; how often each unit, and each part, has each term; and
    their sentence vectors (None in the second tier).
    """

    units: Units
    part: Ints
    counts: Any
    part_counts: Any
    vectors: Any
    part_vectors: Any

    def without_vectors(self) -> Laid:
        """The same, as in the second tier."""
        return replace(self, vectors=None, part_vectors=None)

    def positions(self, space: Space, rows: Ints | None = None) -> Floats:
        """Where all units, or those numbered, lie in a space: averaged with their neighbours where it was made of all of them."""
        if len(self.units) == len(space.units):
            return space.units if rows is None else space.units[rows]
        if rows is None:
            return space.place(self.counts, self.vectors)
        return space.place(self.counts[rows], None if self.vectors is None else self.vectors[rows])


def lay_out(heard: Heard) -> Laid:
    """The units of a study."""
    import numpy as np

    words, units = heard.words, units_of(heard.words, heard.talk)
    part = units.part_of_occurrences(words) if len(units) else np.zeros(0, dtype=np.int64)
    counts = counts_matrix(units.unit[part], words.term, len(units), len(words.terms))
    part_counts = counts_matrix(part, words.term, len(units.utterance), len(words.terms))
    if heard.pieces is None:
        return Laid(units, part, counts, part_counts, None, None)
    each = heard.pieces.of_stretches(units.source, units.start, units.end)
    sizes = (units.end - units.start).astype(np.float32)
    return Laid(units, part, counts, part_counts, _summed(each * sizes[:, None], units.unit, len(units)), each)


def _summed(rows: Any, place: Ints, n: int) -> Any:
    """Rows summed by place, of length one."""
    import numpy as np
    from scipy.sparse import csr_matrix

    return unit(csr_matrix((np.ones(len(place)), (place, np.arange(len(place)))), shape=(n, len(place))) @ rows)
