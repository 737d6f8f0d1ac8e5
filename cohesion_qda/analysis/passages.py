"""What codes can be proposed for: the participants' turns and the paragraphs of documents, each as numbers.

A turn is one passage, a long one is cut between its sentences; nothing of a moderator is in any. A passage is held as the vector
of what it means (where there are sentence vectors) and as its words, each seen as the runs of four and five letters in it: so
that "neighbours" and "neighbourhood" have much in common, and words that are misheard or misspelt something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis import talknoise
from cohesion_qda.analysis.parsing import evened
from cohesion_qda.analysis.sentences import PIECE, cut
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.text import Span, trimmed, without_stage_notes

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.heard import Heard
    from cohesion_qda.analysis.language import Words
    from cohesion_qda.analysis.sentences import Vectors
    from cohesion_qda.model.wording import Wording

    Floats = npt.NDArray[np.float32]

LETTERS = 4, 5
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|\?")
_BATCH = 2000


class Say:
    """What counts of texts: fillers and talk-noise do not, nor what the researcher leaves out, and what is merged reads alike. All
    forms of a word are meant, as they are in `Words`; of a phrase that is left out the words still count.
    """

    def __init__(self, wording: Wording, said_as: Mapping[str, str]) -> None:
        english = wording.language == "en"
        self._fillers = talknoise.FILLERS if english else None
        self._noise = talknoise.NOISE.difference(wording.counted) if english else frozenset[str]()
        self._as = {evened(form).lower(): evened(m.shown).lower() for m in wording.merges for form in m.forms}
        self._as |= said_as
        self._as |= {word: "" for phrase in wording.left_out if len((word := evened(phrase).lower()).split()) == 1}
        phrases = sorted(map(re.escape, self._as), key=lambda phrase: (-len(phrase), phrase))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)") if phrases else None

    def tokens(self, text: str) -> list[str]:
        """The words of a text in small letters, without its stage notes."""
        plain = evened(text).lower()
        if self._fillers is not None:
            plain = self._fillers.sub(" ", plain)
        if self._pattern is not None:
            plain = self._pattern.sub(lambda found: self._as[found[0]] or " ", plain)
        return [word for word in _TOKEN.findall(plain) if word not in self._noise]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The different words of a study and what they are made of: `letters` has a row for each of `words`, and of each run of
    letters (numbered by `run`) how rare it is in the study. `same` gives the word that a merge counts another as.
    """

    words: tuple[str, ...]
    number: Mapping[str, int]
    letters: Any
    run: Mapping[str, int]
    rarity: Floats
    say: Say

    def spelt(self, text: str) -> Floats:
        """Any text as runs of letters, of length one (zero where it has none that the study knows)."""
        import numpy as np

        found = np.zeros(len(self.run), dtype=np.float32)
        for word, weight in _weighted(self.say.tokens(text)).items():
            for run in _runs(word):
                if run in self.run:
                    found[self.run[run]] += weight
        found *= self.rarity
        length = float(np.linalg.norm(found))
        return found / length if length else found

    def row(self, text: str) -> Floats:
        """The words of any text as a row of passages has them, (1, words)."""
        import numpy as np

        found = np.zeros((1, len(self.words)), dtype=np.float32)
        for word, weight in _weighted(self.say.tokens(text)).items():
            if word in self.number:
                found[0, self.number[word]] = weight
        length = float(np.linalg.norm(self.letters.T @ found[0]))
        return found / length if length else found


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Of each passage, sorted by source and start: where it stands (code points), the utterance it is of, who said it, and
    whether that is a participant. `vectors` are of length one, None in the second tier. `words` has a row for each passage: how much
    each word of the lexicon counts in it, so that its runs of letters have length one.
    """

    source: Ints
    start: Ints
    end: Ints
    utterance: Ints
    voice: Ints
    person: Bools
    vectors: Vectors | None
    words: Any
    lexicon: Lexicon

    def __len__(self) -> int:
        return len(self.source)

    def under(self, source: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
        """The passages that stretches share words with: the number of the stretch, the passage, and how many code points."""
        import numpy as np

        from cohesion_qda.analysis.grid import ranges

        room = int(max(self.end.max(initial=0), end.max(initial=0))) + 1
        first = np.searchsorted(self.source * room + self.end, source * room + start, side="right")
        last = np.searchsorted(self.source * room + self.start, source * room + end, side="left")
        owner, passage = ranges(first, np.maximum(first, last))
        shared = np.minimum(self.end[passage], end[owner]) - np.maximum(self.start[passage], start[owner])
        return owner, passage, shared


def passages_of(heard: Heard, job: Job | None = None) -> Passages:
    """The passages of a study. Raises Cancelled."""
    import numpy as np

    job, words = job or Job(), heard.words
    places = sorted(_places(words), key=lambda place: (words.utterances[place[0]].source, place[1].start))
    utterance = np.array([n for n, _span in places], dtype=np.int64)
    source = np.array([words.utterances[n].source for n, _span in places], dtype=np.int64)
    start = np.array([span.start for _n, span in places], dtype=np.int64)
    end = np.array([span.end for _n, span in places], dtype=np.int64)
    job.step(1, 4)
    texts = (_said(words, n, span) for n, span in places)
    counted, lexicon = _counted(texts, len(places), Say(heard.talk.wording, words.said_as), job)
    vectors = None if heard.pieces is None else heard.pieces.of_stretches(source, start, end)
    job.step(4, 4)
    return Passages(
        source, start, end, utterance, words.voice[utterance], words.person[utterance], vectors, counted, lexicon
    )


def _said(words: Words, n: int, span: Span) -> str:
    u = words.utterances[n]
    return u.text[span.start - u.span.start : span.end - u.span.start]


def _places(words: Words) -> Iterator[tuple[int, Span]]:
    """The utterance and the place of every passage that has words."""
    for n, u in enumerate(words.utterances):
        spoken = without_stage_notes(u.text)
        if not _TOKEN.search(spoken):
            continue
        if len(spoken.split()) <= PIECE:
            pieces: Iterable[Span] = (trimmed(u.text, Span(0, len(u.text))),)
        else:
            pieces = (span for span, _words in cut(u.text))
        for span in pieces:
            if _TOKEN.search(spoken, span.start, span.end):
                yield n, Span(u.span.start + span.start, u.span.start + span.end)


def _weighted(tokens: Sequence[str]) -> dict[str, float]:
    """How much each word counts: those beyond the first add their logarithm."""
    from collections import Counter
    from math import log

    return {word: 1 + log(n) for word, n in Counter(tokens).items()}


def _runs(word: str) -> Iterator[str]:
    """The runs of letters in a word, with a space at its ends; of a short word all of it."""
    spaced = f" {word} "
    for size in range(LETTERS[0], LETTERS[1] + 1):
        if len(spaced) <= size:
            yield spaced
            return
        for at in range(len(spaced) - size + 1):
            yield spaced[at : at + size]


def _counted(texts: Iterable[str], n: int, say: Say, job: Job) -> tuple[Any, Lexicon]:
    """The words of each passage, and the lexicon of all."""
    import numpy as np
    from scipy.sparse import csr_matrix

    number: dict[str, int] = {}
    weights: list[float] = []
    columns: list[int] = []
    ends = [0]
    for at, text in enumerate(texts):
        if at % _BATCH == 0:
            job.step(1, 4)
        for word, weight in _weighted(say.tokens(text)).items():
            columns.append(number.setdefault(word, len(number)))
            weights.append(weight)
        ends.append(len(columns))
    counted = csr_matrix((np.array(weights, np.float32), columns, ends), shape=(n, len(number)), dtype=np.float32)
    run: dict[str, int] = {}
    pairs = [(w, run.setdefault(piece, len(run))) for w, word in enumerate(number) for piece in _runs(word)]
    rows, cells = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    letters = csr_matrix((np.ones(len(rows), np.float32), (rows, cells)), shape=(len(number), len(run)))
    letters.sum_duplicates()
    job.step(2, 4)
    rarity = _rarity(counted, letters)
    letters = letters.multiply(rarity[None, :]).tocsr().astype(np.float32)
    job.step(3, 4)
    _to_length_one(counted, letters)
    return counted, Lexicon(tuple(number), number, letters, run, rarity, say)


def _rarity(counted: Any, letters: Any) -> Floats:
    """The logarithm of the share of passages that have a run of letters, turned round."""
    import numpy as np

    n, spread = counted.shape[0], np.zeros(letters.shape[1])
    for at in range(0, n, _BATCH):
        spread += np.bincount((counted[at : at + _BATCH] @ letters).indices, minlength=letters.shape[1])
    rarity: Floats = (np.log((1 + n) / (1 + spread)) + 1).astype(np.float32)
    return rarity


def _to_length_one(counted: Any, letters: Any) -> None:
    """Divide the weights of each passage's words by the length of its runs of letters."""
    import numpy as np

    for at in range(0, counted.shape[0], _BATCH):
        rows = counted[at : at + _BATCH] @ letters
        lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)))[:, 0]
        first, last = counted.indptr[at], counted.indptr[min(at + _BATCH, counted.shape[0])]
        sizes = np.diff(counted.indptr[at : at + _BATCH + 1])
        counted.data[first:last] /= np.repeat(np.maximum(lengths, 1e-9), sizes).astype(np.float32)
