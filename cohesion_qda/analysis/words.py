"""Where the words of a text stand, so that what participants say can be counted in words anywhere in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import Grid
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.text import without_stage_notes, word_pattern

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints

    Words = Mapping[SourceId, Ints]
    """Where every word of a source's text begins, in code points and in order."""


def word_starts(text: str) -> Ints:
    """Where every word of `text` begins, in order; stage notes are no speech."""
    import numpy as np

    return np.fromiter((word.start() for word in word_pattern().finditer(without_stage_notes(text))), dtype=np.int64)


def on_line(g: Grid, words: Words) -> Ints:
    """Where every word of the study begins on the grid's line, in order."""
    import numpy as np

    sources = zip(g.source_ids.tolist(), g.offset.tolist(), strict=True)
    return np.concatenate([np.zeros(0, dtype=np.int64), *(words[SourceId(n)] + offset for n, offset in sources)])


def words_in(words: Ints, start: Ints, end: Ints) -> Ints:
    """How many words begin in each of some stretches of the line."""
    import numpy as np

    found: Ints = np.searchsorted(words, end) - np.searchsorted(words, start)
    return found
