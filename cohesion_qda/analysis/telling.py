"""What was coded travels to the process that holds the study once, and then only what differs: with each selection and each act
a study of 60,000 codings would be a megabyte that both sides read and write anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count

from cohesion_qda.model.proposal import Coded

HELD = 2  # how many are remembered: the one before is what the next differs from
_keys = count(1)


class NotTold(Exception):
    """What this differs from is not known here: tell all of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A `Coded` by its `key`: `rest` without its codings, which are those of `base` with `codings` in place of those from `start`
    to `end`; all of them where there is no base (0).
    """

    key: int
    base: int
    rest: Coded | None
    start: int = 0
    end: int = 0
    codings: tuple[tuple[int, int, int, int, int, int], ...] = ()


class Teller:
    """Tells one process, and remembers what it was told last."""

    def __init__(self) -> None:
        self._key, self._last = 0, None  # type: int, Coded | None

    def forget(self) -> None:
        """The process knows nothing."""
        self._key, self._last = 0, None

    def tell(self, coded: Coded) -> Told:
        """What is to be sent so that the process knows `coded`."""
        if coded is self._last:
            return Told(self._key, self._key, None)
        base, before = self._key, self._last.codings if self._last is not None else ()
        start = _same(before, coded.codings)
        end = len(before) - _same(before[start:][::-1], coded.codings[start:][::-1])
        self._key, self._last = next(_keys), coded
        codings = coded.codings[start : len(coded.codings) - (len(before) - end)]
        return Told(self._key, base, replace(coded, codings=()), start, end, codings)


def known(coded: Coded | Told) -> Coded:
    """What was coded, of what was told here last or what it says itself. Raises NotTold."""
    if isinstance(coded, Coded):
        return coded
    if coded.key not in _known:
        if coded.rest is None or (coded.base and coded.base not in _known):
            raise NotTold
        before = _known[coded.base].codings if coded.base else ()
        codings = (*before[: coded.start], *coded.codings, *before[coded.end :])
        _known[coded.key] = replace(coded.rest, codings=codings)
        while len(_known) > HELD:
            del _known[next(iter(_known))]
    return _known[coded.key]


_known: dict[int, Coded] = {}


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> int:
    """How many of the first items are the same in both; halves are compared as a whole, which is fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
