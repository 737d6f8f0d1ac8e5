"""The codings of one source, kept so that what is on the screen is found without looking at the rest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodingId
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.lanes import roles

_MANY = 64  # from so many on, everything is sorted again
_FURTHEST_BACK = 200  # codings looked at for what overlaps something on the screen from before it


def in_order(coding: Coding) -> tuple[int, int, int]:
    """By start, longest first, oldest first."""
    return coding.span.start, -coding.span.end, coding.id


class Layers:
    """Codings in text order, with the questions a page that scrolls has to ask of them."""

    def __init__(self, codings: Iterable[Coding] = ()) -> None:
        self._all = sorted(codings, key=in_order)
        self._index()

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Coding]:
        return iter(self._all)

    def _index(self) -> None:
        self._starts = [coding.span.start for coding in self._all]
        self._ends = [coding.span.end for coding in self._all]
        self._reach = list(accumulate(self._ends, max))
        self._by_id = {coding.id: coding for coding in self._all}

    def get(self, wanted: CodingId) -> Coding | None:
        """The coding with that id, while it is there."""
        return self._by_id.get(wanted)

    def replace(self, gone: Iterable[CodingId], there: Iterable[Coding]) -> list[Span]:
        """Take out the codings `gone`, put in those that are `there` (again). Gives the spans that were touched."""
        arriving = list(there)
        leaving = [self._by_id[c] for c in {*gone, *(coding.id for coding in arriving)} if c in self._by_id]
        if len(leaving) + len(arriving) > _MANY:
            left = {coding.id for coding in leaving}
            self._all = sorted([c for c in self._all if c.id not in left] + arriving, key=in_order)
            self._index()
        elif leaving or arriving:
            self._move(leaving, arriving)
        return [coding.span for coding in (*leaving, *arriving)]

    def _move(self, leaving: Iterable[Coding], arriving: Iterable[Coding]) -> None:
        first = len(self._all)
        for coding in leaving:
            at = bisect_left(self._all, in_order(coding), key=in_order)
            del self._all[at], self._starts[at], self._ends[at], self._by_id[coding.id]
            first = min(first, at)
        for coding in arriving:
            at = bisect_left(self._all, in_order(coding), key=in_order)
            self._all.insert(at, coding)
            self._starts.insert(at, coding.span.start)
            self._ends.insert(at, coding.span.end)
            self._by_id[coding.id] = coding
            first = min(first, at)
        before = self._reach[first - 1] if first else 0
        self._reach[first:] = list(accumulate(self._ends[first:], max, initial=before))[1:]

    def over(self, span: Span) -> list[Coding]:
        """The codings that share a code point with `span`, in order."""
        first = bisect_right(self._reach, span.start)
        last = bisect_left(self._starts, span.end)
        return [coding for coding in self._all[first:last] if coding.span.end > span.start]

    def at(self, point: int) -> list[Coding]:
        """The codings that cover the code point `point`, the shortest first."""
        return sorted(self.over(Span(point, point + 1)), key=lambda coding: (len(coding.span), coding.id))

    def shown(self, span: Span, wanted: Callable[[Coding], bool]) -> list[tuple[Coding, int]]:
        """The wanted codings over `span`, each with its role in the text (see `lanes.roles`)."""
        first = bisect_right(self._reach, span.start)
        last = bisect_left(self._starts, span.end)
        back = first
        while back > 0 and first - back < _FURTHEST_BACK and back < last and self._reach[back - 1] > self._starts[back]:
            back -= 1
        chosen = [coding for coding in self._all[back:last] if wanted(coding)]
        found = roles(chosen)
        return [(coding, found[coding.id]) for coding in chosen if coding.span.end > span.start]

    def spans(self, wanted: Callable[[Coding], bool]) -> list[Span]:
        """The distinct passages, in order."""
        return sorted({coding.span for coding in self._all if wanted(coding)}, key=lambda s: (s.start, -s.end))
