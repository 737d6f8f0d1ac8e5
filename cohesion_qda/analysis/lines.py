"""A word in its lines: every place where participants say it, and what follows or goes before it as a tree.

Only the talk that is counted is looked through (participants, and sources in which nobody speaks); nothing here parses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.language import Words
from cohesion_qda.analysis.sides import Chosen, Held, places_of, side
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span, canonical, without_stage_notes, word_pattern

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints
    from cohesion_qda.analysis.selecting import Places

SIDES = ("after", "before")
ORDERS = ("transcript", "after", "before")
_BESIDE = 80  # characters by which lines are ordered
DEPTH = 6  # words that a branch of the tree reaches from the word
_EVEN = str.maketrans("’‘ʼ`", "''''")
_SENTENCE_END = re.compile(r"[.!?…؟۔।。！？]+(?=[\s\"'”’»)\]]|$)|\n")
_HESITATIONS = frozenset(["um", "umm", "uh", "uhh", "uhm", "er", "err", "erm", "ermm", "mm", "mmm", "mhm", "hm", "hmm", "ehm", "ah", "ahh", "eh"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A place where it is said: `before` and `after` are the rest of its turn (of its paragraph, where nobody speaks), in code
    points of the source; `voice` numbers who says it, as `Words.voice` does.
    """

    source: SourceId
    span: Span
    before: Span
    after: Span
    voice: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Every line of a `word`, in the order of the study. `is_term`: it is one of the terms that are counted, in all the forms
    that were brought together under it; else it was sought as it was typed. `count` says how often and how widely it was said
    in what is looked at, `base` how many turns there are in it, how many participants speak in it, in how many groups.
    """

    word: str
    is_term: bool
    lines: tuple[Line, ...]
    count: Count
    base: Count


@dataclass(frozen=True, slots=True)
class Node:
    """A branch of the tree: the words `said` on from the branch before it (of what goes before: read towards the word), how
    often and how widely, and at which `places` among the lines. Its `children` are the most widely said first; lines that are
    in none of them end here.
    """

    said: str
    count: Count
    places: tuple[int, ...]
    children: tuple[Node, ...] = ()


# -- lines -------------------------------------------------------------------------------------------------------------


def lines(words: Words, word: str, chosen: Places | Chosen | None = None) -> Lines:
    """Every line of `word`, in the passages `chosen` (None: in all talk).

    A term, as it is shown, by the words it was brought together under or in one of its forms, is found in all its forms, and
    so is what the researcher left out; anything else as it is typed, whole words without regard to case, the last of which may end in * for
    any ending.
    """
    import numpy as np

    terms = numbers(words, word)
    if terms:
        at = np.flatnonzero(np.isin(words.term, terms))
        owner, start, end = words.utterance[at], words.start[at], words.end[at]
    else:
        owner, start, end = words.left_out.get(_plain(word)) or _typed(words, word)
    if chosen is not None:
        kept = Held(chosen).holds(places_of(words)[0][owner], start, end)
        owner, start, end = owner[kept], start[kept], end[kept]
    shown = words.terms[terms[0]] if terms else " ".join(canonical(word).split())
    return Lines(
        shown, bool(terms), tuple(_line(words, *one) for one in zip(owner.tolist(), start.tolist(), end.tolist(), strict=True)),
        _count(words, owner, len(owner)), side(words, chosen).base,
    )  # fmt: skip


def numbers(words: Words, word: str) -> list[int]:
    """Which terms are called so: as shown, or by the words they were brought together under; the most often said first. Of a form
    (“buses”) the term that it is counted as most often, unless the researcher left it out.
    """
    wanted = _plain(word)
    found = [t for t, shown in enumerate(words.terms) if _plain(shown) == wanted]
    found = found or [t for t, parts in enumerate(words.parts) if " ".join(parts) == wanted]
    if not found and wanted not in words.left_out:
        found = _counted_as(words, wanted)
    if len(found) < 2:
        return found
    times = Counter(words.term.tolist())
    return sorted(found, key=lambda t: (-times[t], t))


def _counted_as(words: Words, wanted: str) -> list[int]:
    """The term that places so written are counted as most often."""
    times: Counter[int] = Counter()
    for n in ((words.end - words.start) == len(wanted)).nonzero()[0].tolist():
        utterance = words.utterances[int(words.utterance[n])]
        at = int(words.start[n]) - utterance.span.start
        if _plain(utterance.text[at : at + len(wanted)]) == wanted:
            times[int(words.term[n])] += 1
    return [min(times, key=lambda t: (-times[t], t))] if times else []


def ordered(found: Lines, texts: Sequence[tuple[str, str]], by: str) -> list[int]:
    """The places of the lines in one of ORDERS: as in the transcripts, or by the words after or before them (nearest first).
    `texts` are what stands before and after each line.
    """
    places = list(range(len(found.lines)))
    if by == "transcript":
        return places
    at = SIDES.index(by)
    keys = [_towards(texts[n][1 - at], at) for n in places]
    return sorted(places, key=lambda n: (keys[n], n))


def _towards(text: str, at: int) -> list[str]:
    text = text[-_BESIDE:] if at else text[:_BESIDE]
    tokens = [match.group().casefold() for match in word_pattern().finditer(text)]
    return tokens[::-1] if at else tokens


def _typed(words: Words, word: str) -> tuple[Ints, Ints, Ints]:
    """Where what was typed stands: the utterance, start and end of each."""
    import numpy as np

    pattern = _pattern(word)
    found: list[tuple[int, int, int]] = []
    if pattern is not None:
        for n, utterance in enumerate(words.utterances):
            text = without_stage_notes(utterance.text).translate(_EVEN)
            at = utterance.span.start
            found.extend((n, at + match.start(), at + match.end()) for match in pattern.finditer(text))
    owner, start, end = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return owner, start, end


def _pattern(word: str) -> re.Pattern[str] | None:
    plain = _plain(word)
    parts = [re.escape(part) for part in plain.rstrip("*").split()]
    if not parts:
        return None
    ending = r"[\w'\-]*" if plain.endswith("*") else ""
    between = r"[^\w.!?…]+"
    return re.compile(rf"(?<!\w)(?<!\w['\-]){between.join(parts)}{ending}(?!\w)(?!['\-]\w)", re.IGNORECASE)


def _plain(word: str) -> str:
    return " ".join(canonical(word).translate(_EVEN).casefold().split())


def _line(words: Words, owner: int, start: int, end: int) -> Line:
    utterance = words.utterances[owner]
    whole = utterance.span
    return Line(
        utterance.source, Span(start, end), Span(whole.start, start), Span(end, whole.end), int(words.voice[owner])
    )


def _count(words: Words, owner: Ints, mentions: int) -> Count:
    found = words.count(owner)
    return Count(mentions, found.participants, found.groups)


# -- the tree ----------------------------------------------------------------------------------------------------------


def tree(words: Words, found: Lines, toward: str = "after", depth: int = DEPTH) -> Node:
    """What is said `after` the word, or `before` it, up to `depth` words within its sentence, as branches that part where
    people go on differently (Martin Wattenberg and Fernanda Viégas, "The Word Tree", IEEE TVCG 14, 2008). Case and hesitations
    (um, er) do not part branches. The root says the word.
    """
    at = utterance_of(words)
    tokens = [_context(words.utterances[at(line)].text, line, toward)[:depth] for line in found.lines]
    grow = _Tree(words, [at(line) for line in found.lines], tokens, toward)
    everything = tuple(range(len(found.lines)))
    return Node(found.word, found.count, everything, grow.children(everything, 0))


class _Tree:
    """Grows branches. `tokens` are the words beside each line, the nearest first, as they were said."""

    def __init__(self, words: Words, owners: Sequence[int], tokens: Sequence[Sequence[str]], toward: str) -> None:
        self._words, self._owners, self._tokens, self._toward = words, owners, tokens, toward
        self._keys = [[token.translate(_EVEN).casefold() for token in each] for each in tokens]

    def children(self, places: Sequence[int], at: int) -> tuple[Node, ...]:
        """The branches of lines that have been alike as far as their `at`th word."""
        parted: dict[str, list[int]] = {}
        for n in places:
            if at < len(self._keys[n]):
                parted.setdefault(self._keys[n][at], []).append(n)
        grown = [(key, self._branch(group, at)) for key, group in parted.items()]
        grown.sort(key=lambda one: (-one[1].count.participants, -one[1].count.mentions, one[0]))
        return tuple(node for _key, node in grown)

    def _branch(self, places: list[int], at: int) -> Node:
        """One branch: as many words as all of its lines share."""
        end = at + 1
        while all(end < len(self._keys[n]) and self._keys[n][end] == self._keys[places[0]][end] for n in places):
            end += 1
        said = [_commonest(self._tokens[n][step] for n in places) for step in range(at, end)]
        import numpy as np

        count = _count(self._words, np.array([self._owners[n] for n in places], dtype=np.int64), len(places))
        words = " ".join(said[::-1] if self._toward == "before" else said)
        return Node(words, count, tuple(places), self.children(places, end))


def _commonest(said: Iterable[str]) -> str:
    """The writing that was used most often; among equals the first in the alphabet."""
    return min(Counter(said).items(), key=lambda one: (-one[1], one[0]))[0]


def _context(text: str, line: Line, toward: str) -> list[str]:
    """The words of the line's sentence on one side, the nearest first; stage notes and hesitations left out."""
    start = line.before.start
    clear = without_stage_notes(text)
    if toward == "before":
        left = clear[: line.span.start - start]
        ends = [match.end() for match in _SENTENCE_END.finditer(left)]
        part = left[ends[-1] if ends else 0 :]
    else:
        part = clear[line.span.end - start :]
        stop = _SENTENCE_END.search(part)
        part = part[: stop.start()] if stop else part
    said = [match.group() for match in word_pattern().finditer(part) if match.group().casefold() not in _HESITATIONS]
    return said[::-1] if toward == "before" else said


def utterance_of(words: Words) -> Callable[[Line], int]:
    """Finds the utterance of a line."""
    number = {(u.source, u.span.start): n for n, u in enumerate(words.utterances)}
    return lambda line: number[line.source, line.before.start]
