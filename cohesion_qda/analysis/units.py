"""Units of talk: windows of a few turns of one source, in which enough is said to be about something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING

from cohesion_qda.analysis.placed import placed
from cohesion_qda.model.extent import all_sentences
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.study import Talk, Utterance
from cohesion_qda.model.text import Span
from cohesion_qda.model.theming import Unit

if TYPE_CHECKING:
    from typing import Any

    from cohesion_qda.analysis.grid import Ints
    from cohesion_qda.analysis.language import Words

TURNS, WORDS = 6, 150  # a window ends with so many words, or so many turns that have some words
SOME = 60
PARAGRAPH = 8  # a paragraph where nobody speaks stands alone from so many words
TAIL = 25  # fewer words at the end of a source go with what was said before
QUESTION = 12  # a moderator's turn of so many words begins a new subject
LONG = 200  # a turn of more words is cut between sentences


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """`utterance`, `source`, `start` and `end` (code points) are of each part: a turn, or a piece of a long one, in the order of
    the talk; `unit` numbers the unit it is in. Units are numbered in an order that hangs on their words alone, so that nothing
    found in them hangs on the order of sources; `digest` is of the words of each, `turns` of the longer parts of each.
    """

    utterance: Ints
    source: Ints
    start: Ints
    end: Ints
    unit: Ints
    digest: tuple[bytes, ...]
    turns: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.digest)

    def stretches(self) -> tuple[Unit, ...]:
        """Where each unit lies, from its first part to its last."""
        import numpy as np

        n = len(self)
        source, first, last = np.zeros(n, np.int64), np.full(n, np.iinfo(np.int64).max), np.zeros(n, np.int64)
        source[self.unit] = self.source
        np.minimum.at(first, self.unit, self.start)
        np.maximum.at(last, self.unit, self.end)
        places = zip(source.tolist(), first.tolist(), last.tolist(), strict=True)
        return tuple(Unit(SourceId(s), Span(a, b), turns) for (s, a, b), turns in zip(places, self.turns, strict=True))

    def part_of_occurrences(self, words: Words) -> Ints:
        """Of each time a term occurs, the part it is in."""
        import numpy as np

        room = int(max(self.end.max(initial=0), words.end.max(initial=0))) + 1
        begins = self.utterance * room + self.start
        found: Ints = np.searchsorted(begins, words.utterance * room + words.start, side="right") - 1
        return np.maximum(found, 0)


def counts_matrix(row: Ints, term: Ints, n_rows: int, n_terms: int) -> Any:
    """A sparse matrix of how often each row has each term."""
    import numpy as np
    from scipy.sparse import csr_matrix

    matrix = csr_matrix((np.ones(len(row)), (row, term)), shape=(n_rows, n_terms))
    matrix.sum_duplicates()
    return matrix


def units_of(words: Words, talk: Talk) -> Units:
    """The participants' talk as units; nothing of a moderator is in any."""
    import numpy as np

    parts = [(n, span, size) for n, u in enumerate(words.utterances) for span, size in _parts(u, int(words.length[n]))]
    window = _windows(words, talk, parts)
    digests: list[bytes] = []
    turns: list[tuple[str, ...]] = []
    for _w, members in groupby(zip(parts, window, strict=True), key=lambda pair: pair[1]):
        said = [(size, _text(words.utterances[n], span)) for (n, span, size), _w in members]
        digests.append(blake2b("\n".join(text for _n, text in said).encode(), digest_size=12).digest())
        turns.append(_turns(said))
    order = sorted(range(len(digests)), key=lambda w: (digests[w], w))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    utterance = np.array([n for n, _span, _size in parts], dtype=np.int64)
    return Units(
        utterance,
        placed(words.utterances)[0][utterance],
        np.array([span.start for _n, span, _size in parts], dtype=np.int64),
        np.array([span.end for _n, span, _size in parts], dtype=np.int64),
        place[np.array(window, dtype=np.int64)] if window else utterance,
        tuple(digests[w] for w in order),
        tuple(turns[w] for w in order),
    )


def _text(u: Utterance, span: Span) -> str:
    return u.text[span.start - u.span.start : span.end - u.span.start]


def _turns(said: list[tuple[int, str]]) -> tuple[str, ...]:
    """Digests of the parts of a unit with enough words to be known by, the longest first; of the longest where none has."""
    ranked = sorted(said, key=lambda part: (-part[0], part[1]))
    kept = [text for size, text in ranked if size >= PARAGRAPH] or [text for _size, text in ranked[:1]]
    return tuple(blake2b(" ".join(text.split()).encode(), digest_size=6).hexdigest() for text in kept)


def _parts(u: Utterance, size: int) -> Iterator[tuple[Span, int]]:
    """The turn, or pieces of about equal length where it is long, with how many words each has."""
    if size <= LONG:
        yield u.span, size
        return
    most = size / -(-size // WORDS)
    begin, said, last = 0, 0, 0
    for sentence in all_sentences(u.text, Span(0, len(u.text))):
        n = len(sentence.of(u.text).split())
        if said and said + n / 2 > most:
            yield Span(u.span.start + begin, u.span.start + last), said
            begin, said = sentence.start, 0
        said, last = said + n, sentence.end
    yield Span(u.span.start + begin, u.span.end), said


def _windows(words: Words, talk: Talk, parts: list[tuple[int, Span, int]]) -> list[int]:
    """The window of each part, in the order of the talk."""
    fresh = _after_a_question(words, talk)
    window: list[int] = []
    begun: list[tuple[int, int]] = []  # of each window its source and how many words it has
    turns = 0
    for k, (n, _span, size) in enumerate(parts):
        u = words.utterances[n]
        source, said = begun[-1] if begun else (-1, 0)
        if u.case is None:
            full = said >= PARAGRAPH
        else:
            full = said >= WORDS or (turns >= TURNS and said >= SOME) or said + size > LONG
        is_piece = bool(k) and parts[k - 1][0] == n
        asked = not is_piece and n in fresh and said >= SOME
        if source != u.source or full or asked or is_piece:
            begun.append((int(u.source), 0))
            turns = 0
        turns += 1
        begun[-1] = (begun[-1][0], begun[-1][1] + size)
        window.append(len(begun) - 1)
    return _without_tails(window, begun)


def _without_tails(window: list[int], begun: list[tuple[int, int]]) -> list[int]:
    """A short end of a source goes with the window before."""
    to, at = [], -1
    for w, (source, said) in enumerate(begun):
        is_last = w + 1 == len(begun) or begun[w + 1][0] != source
        follows = w > 0 and begun[w - 1][0] == source
        least = TAIL if begun[w - 1][1] >= SOME else PARAGRAPH
        if not (follows and is_last and said < least):
            at += 1
        to.append(at)
    return [to[w] for w in window]


def _after_a_question(words: Words, talk: Talk) -> set[int]:
    """Which utterances follow a longer turn of a moderator."""
    kept = {(u.source, u.span.start): n for n, u in enumerate(words.utterances)}
    found: set[int] = set()
    asked = False
    for u in talk.utterances:
        n = kept.get((u.source, u.span.start))
        if n is None:
            asked = asked or len(u.text.split()) >= QUESTION
        else:
            if asked:
                found.add(n)
            asked = False
    return found
