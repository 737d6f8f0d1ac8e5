"""Which of many names somebody may have meant who wrote one that is none of them."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, chain

from cohesion_qda.model.text import comparable

MOST = 4
LOOKED_AT = 32  # of the names that share letters with what was written, those that share most
_LIKE_ENOUGH = 0.5  # of the pairs of letters
_WORTH_A_LOOK = 0.25
_SAME_LETTERS = 0.75  # in the same order
_ENOUGH = 1_000  # places looked up for one name: those of the pairs that fewest names have
_NUMBERS = re.compile(r"\d+")
_NO_WORD = re.compile(r"[\W_]+")

Piece = tuple[str, int]  # a pair of neighbouring letters, and which of that pair it is in the name


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    words: frozenset[str]
    pieces: tuple[Piece, ...]
    of_pieces: frozenset[Piece]
    numbers: tuple[int, ...]


class Nearest:
    """An index of `names` by the pairs of letters in them. `fold` takes from a name what makes no difference."""

    def __init__(self, names: Iterable[str], fold: Callable[[str], str] = comparable) -> None:
        self._fold = fold
        self._names = list(dict.fromkeys(names))
        self._read = [_read(fold(name)) for name in self._names]
        self._having: dict[Piece, list[int]] = {}
        for at, name in enumerate(self._read):
            for piece in name.pieces:
                self._having.setdefault(piece, []).append(at)
        self._found: dict[tuple[str, int], tuple[str, ...]] = {}

    def to(self, written: str, most: int = MOST) -> tuple[str, ...]:
        """Up to `most` of the names, likeliest first. Numbers are no slips: `Grup 2` may be `Group 2`, and `Group 3`
        is not.
        """
        if (written, most) not in self._found:
            self._found[written, most] = self._look(_read(self._fold(written)), most)
        return self._found[written, most]

    def _look(self, wanted: _Name, most: int) -> tuple[str, ...]:
        near = [(likeness(wanted, self._read[at]), at) for at in self._candidates(wanted)]
        ranked = [(like, at) for like, at in near if like >= _LIKE_ENOUGH]
        if not ranked:
            ranked = [
                (_LIKE_ENOUGH, at)
                for like, at in near
                if like >= _WORTH_A_LOOK and _has_same_letters(wanted, self._read[at])
            ]
        scored = [(like - (self._read[at].numbers != wanted.numbers), at) for like, at in ranked]
        return tuple(self._names[at] for _like, at in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:most])

    def _candidates(self, wanted: _Name) -> list[int]:
        """The places of those that share most pairs of letters, and no other numbers."""
        having = sorted((self._having[piece] for piece in wanted.pieces if piece in self._having), key=len)
        reach = accumulate(map(len, having))
        telling = [places for places, n in zip(having, reach, strict=True) if n <= _ENOUGH] or having[:1]
        shared = Counter(chain.from_iterable(telling))
        if wanted.numbers:
            for at in [at for at in shared if self._read[at].numbers not in ((), wanted.numbers)]:
                del shared[at]
        return heapq.nlargest(LOOKED_AT, shared, key=shared.__getitem__)


def likeness(one: _Name, other: _Name) -> float:
    """From 0 to 1: the share of pairs of letters that both have; at least 0.6 when one has all words of the other."""
    share = 2 * len(one.of_pieces & other.of_pieces) / max(1, len(one.pieces) + len(other.pieces))
    is_part = one.words and other.words and (one.words <= other.words or other.words <= one.words)
    return max(share, 0.6) if is_part else share


def _has_same_letters(one: _Name, other: _Name) -> bool:
    return SequenceMatcher(None, one.text, other.text).ratio() >= _SAME_LETTERS


def _read(text: str) -> _Name:
    words = _NO_WORD.sub(" ", text).split()
    seen: Counter[str] = Counter()
    pieces = []
    for word in words:
        for pair in map("".join, zip(f" {word}", f"{word} ", strict=True)):
            seen[pair] += 1
            pieces.append((pair, seen[pair]))
    numbers = tuple(int(number) for number in _NUMBERS.findall(text) if len(number) < 20)
    return _Name(text, frozenset(words), tuple(pieces), frozenset(pieces), numbers)
