"""Where utterances stand, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cohesion_qda.model.study import Utterance
from cohesion_qda.model.turns import Turns

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints


def placed(utterances: Sequence[Utterance]) -> tuple[Ints, Ints, Ints, Ints]:
    """Source, start, end and who speaks (0: nobody) of every utterance; no words are read."""
    import numpy as np

    if isinstance(utterances, Turns):
        of = utterances
        return tuple(np.array(column, dtype=np.int64) for column in (of.source, of.start, of.end, of.case))  # type: ignore[return-value]
    rows = [(u.source, u.span.start, u.span.end, u.case or 0) for u in utterances]
    source, start, end, case = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return source, start, end, case
