"""The talk laid out to be grouped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis.assigning import BATCH, MOST_TOGETHER
from cohesion_qda.analysis.grid import ranges
from cohesion_qda.analysis.spaces import Space, unit
from cohesion_qda.analysis.units import Units, counts_matrix, units_of

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints
    from cohesion_qda.analysis.heard import Heard
    from cohesion_qda.analysis.sentences import Pieces
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
        import numpy as np

        wanted = np.arange(len(self.units)) if rows is None else rows
        found = [
            space.place(self.counts[some], None if self.vectors is None else self.vectors[some])
            for some in in_batches(wanted)
        ]
        return np.concatenate(found) if found else np.zeros((0, space.rotation.shape[1]))

    def nearness(self, space: Space, middles: Floats, group: Ints) -> Floats:
        """The cosine of each part to the middle of a group (of each part; -1 counts as 0), a batch at a time."""
        import numpy as np

        middles, found = unit(middles), [np.zeros(0)]
        for some in in_batches(np.arange(len(group))):
            vectors = None if self.part_vectors is None else self.part_vectors[some]
            placed = space.place(self.part_counts[some], vectors)
            found.append(np.einsum("ij,ij->i", placed, middles[np.maximum(0, group[some])]))
        return np.concatenate(found)


def in_batches(rows: Ints) -> Iterator[Ints]:
    """Numbers, as many together as may be looked at together."""
    for begin in range(0, len(rows), BATCH):
        yield rows[begin : begin + BATCH]


def lay_out(heard: Heard) -> Laid:
    """The units of a study."""
    import numpy as np

    words, units = heard.words, units_of(heard.words, heard.talk)
    part = units.part_of_occurrences(words) if len(units) else np.zeros(0, dtype=np.int64)
    counts = counts_matrix(units.unit[part], words.term, len(units), len(words.terms))
    part_counts = counts_matrix(part, words.term, len(units.utterance), len(words.terms))
    if heard.pieces is None:
        return Laid(units, part, counts, part_counts, None, None)
    meant = Meant(heard.pieces, units)
    if len(units) > MOST_TOGETHER:  # a batch at a time, when they are wanted
        return Laid(units, part, counts, part_counts, meant, OfParts(meant))
    every, each = meant.both(np.arange(len(units.utterance)))
    return Laid(units, part, counts, part_counts, every, each)


class Meant:
    """The sentence vectors of units, worked out for those asked for by their numbers."""

    def __init__(self, pieces: Pieces, units: Units) -> None:
        import numpy as np

        self._pieces, self._units = pieces, units
        self._order = np.argsort(units.unit, kind="stable")
        self._first = np.searchsorted(units.unit[self._order], np.arange(len(units) + 1))

    def of_parts(self, parts: Ints | slice) -> Any:
        """Those of parts of units."""
        units = self._units
        return self._pieces.of_stretches(units.source[parts], units.start[parts], units.end[parts])

    def both(self, parts: Ints) -> tuple[Any, Any]:
        """Those of all units, and of all parts."""
        each = self.of_parts(parts)
        return self._summed(parts, each, self._units.unit[parts], len(self._units)), each

    def __getitem__(self, rows: Ints | slice) -> Any:
        import numpy as np

        chosen = np.arange(len(self._units))[rows]
        owner, at = ranges(self._first[chosen], self._first[chosen + 1])
        parts = self._order[at]
        return self._summed(parts, self.of_parts(parts), owner, len(chosen))

    def _summed(self, parts: Ints, each: Any, place: Ints, n: int) -> Any:
        import numpy as np

        sizes = (self._units.end[parts] - self._units.start[parts]).astype(np.float32)
        return _summed(each * sizes[:, None], place, n)


@dataclass(frozen=True, slots=True, eq=False)
class OfParts:
    """The sentence vectors of parts of units, worked out for those asked for by their numbers."""

    meant: Meant

    def __getitem__(self, rows: Ints | slice) -> Any:
        return self.meant.of_parts(rows)


def _summed(rows: Any, place: Ints, n: int) -> Any:
    """Rows summed by place, of length one."""
    import numpy as np
    from scipy.sparse import csr_matrix

    return unit(csr_matrix((np.ones(len(place)), (place, np.arange(len(place)))), shape=(n, len(place))) @ rows)
