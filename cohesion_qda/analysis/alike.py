"""Passages that say something like a given one: by their vectors, and by the words they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis import sentences
from cohesion_qda.analysis.grid import ranges
from cohesion_qda.analysis.placed import placed
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cohesion_qda.analysis.grid import Ints
    from cohesion_qda.analysis.heard import Heard
    from cohesion_qda.analysis.language import Words

    Floats = npt.NDArray[np.float32]

FEWEST_WORDS = 4  # a passage with fewer says too little to be like another
SHARED = 0.5  # what shared words weigh beside vectors


class Likeness:
    """A study made ready to be looked through: turns of participants, and paragraphs where nobody speaks, long ones in pieces."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._owner, self._start, self._end, self._vectors = _passages(heard)
        self._of = placed(heard.words.utterances)[0]
        self._source = self._of[self._owner]
        self._weights, self._terms = _weighed(heard.words)

    def like(self, source: SourceId, span: Span, number: int = 20) -> list[Evidence]:
        """Up to `number` passages likest the one given, the likest first, none that overlaps it. Scores are at most 1 (cosines);
        what shares nothing with it is left out.
        """
        import numpy as np

        words = self._shared_with(source, span)
        score = words if self._vectors is None else (self._near(source, span) + SHARED * words) / (1 + SHARED)
        score = np.where((self._source == source) & (self._start < span.end) & (self._end > span.start), -1, score)
        best = np.lexsort((self._start, self._source, -score))[:number]
        contents = self._heard.words.contents
        return [
            Evidence(
                SourceId(int(self._source[n])),
                Span(int(self._start[n]), int(self._end[n])),
                round(float(score[n]), 4),
                of=contents.get(SourceId(int(self._source[n])), ""),
            )
            for n in best
            if score[n] > 0
        ]

    def _near(self, source: SourceId, span: Span) -> Floats:
        talk = self._heard.talk
        said = " ".join(words for _place, words in sentences.cut(span.of(talk.texts[talk.contents[source]])))
        found: Floats = self._vectors @ sentences.encode([said])[0] if said else 0 * self._vectors[:, 0]
        return found

    def _shared_with(self, source: SourceId, span: Span) -> Floats:
        import numpy as np

        words = self._heard.words
        inside = (self._of[words.utterance] == source) & (words.start >= span.start) & (words.end <= span.end)
        said = np.bincount(words.term[inside], minlength=len(words.terms)).astype(np.float32)
        said = np.log1p(said) * self._weights
        long = float(np.linalg.norm(said))
        found: Floats = (self._terms @ said / (long or 1.0)).astype(np.float32)[self._owner]
        return found


def _passages(heard: Heard) -> tuple[Ints, Ints, Ints, Any]:
    """Of each passage the number of its utterance, its start and end, and in the first tier its vector."""
    import numpy as np

    words, pieces = heard.words, heard.pieces
    source, start, end = placed(words.utterances)[:3]
    enough = words.length >= FEWEST_WORDS
    if pieces is None:
        owner = np.flatnonzero(enough)
        return owner, start[owner], end[owner], None
    owner, piece = ranges(*pieces.around(source, start, end))
    kept = enough[owner]
    owner, piece = owner[kept], piece[kept]
    return (
        owner, np.maximum(start[owner], pieces.start[piece]), np.minimum(end[owner], pieces.end[piece]), pieces.vectors(piece)
    )  # fmt: skip


def _weighed(words: Words) -> tuple[Floats, Any]:
    """How much each term tells (rare ones more), and for each utterance its terms, weighed, of length one."""
    import numpy as np
    from scipy.sparse import csr_matrix

    shape = len(words.utterances), len(words.terms)
    counts = csr_matrix((np.ones(len(words.term), dtype=np.float32), (words.utterance, words.term)), shape=shape)
    counts.sum_duplicates()
    spread = np.bincount(counts.indices, minlength=shape[1])
    weights = (np.log((1 + shape[0]) / (1 + spread)) + 1).astype(np.float32)
    counts.data = np.log1p(counts.data) * weights[counts.indices]
    long = np.sqrt(counts.multiply(counts).sum(axis=1)).A1
    counts.data /= np.repeat(np.maximum(long, 1e-12), np.diff(counts.indptr)).astype(np.float32)
    return weights, counts
