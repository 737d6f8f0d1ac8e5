"""The codings of one source, kept so that what is on the screen is found, and one more is added, without looking at the
rest.

They lie in order in short runs. Of each run is known where it begins, how far it reaches, and what is still open when it
begins; so a question looks into the few runs it concerns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Sequence

from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodingId
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.lanes import NOTHING_OPEN, Open, next_role

RUN = 64  # codings of a run when it is made; one of twice as many is cut in two
_MANY = 2000  # from so many on, everything is sorted again
_AHEAD = 4  # runs that are followed after a change
_UNKNOWN: Open = (-1, -1, -1)

Key = tuple[int, int, int]
Wanted = Callable[[Coding], bool]


def in_order(coding: Coding) -> Key:
    """By start, longest first, oldest first."""
    return coding.span.start, -coding.span.end, coding.id


def _everything(_coding: Coding) -> bool:
    return True


class Layers:
    """Codings in text order, with the questions a page that scrolls has to ask of them.

    `wanted` says which of them are shown; only those have a role in the text (see `lanes.next_role`).
    """

    def __init__(self, codings: Iterable[Coding] = (), wanted: Wanted = _everything) -> None:
        self._wanted = wanted
        self._by_id: dict[CodingId, Coding] = {}
        self._sort(codings)

    def _sort(self, codings: Iterable[Coding]) -> None:
        ordered = sorted(codings, key=in_order)
        self._by_id = {coding.id: coding for coding in ordered}
        self._runs = [ordered[at : at + RUN] for at in range(0, len(ordered), RUN)]
        self._firsts = [in_order(run[0]) for run in self._runs]
        self._reach = [_reach(run) for run in self._runs]
        self._open: list[Open] = []  # before each run, as far as it has been worked out
        self.looked_at = 0  # codings that had to be looked at so far: what a question costs

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Coding]:
        for run in self._runs:
            yield from run

    def get(self, wanted: CodingId) -> Coding | None:
        """The coding with that id, while it is there."""
        return self._by_id.get(wanted)

    def want(self, wanted: Wanted) -> None:
        """Show other codings; call it too when what `wanted` says of a coding has changed."""
        self._wanted = wanted
        self._open = []

    # ---- changing
    def replace(self, gone: Iterable[CodingId], there: Iterable[Coding]) -> list[Span]:
        """Take out the codings `gone`, put in those that are `there` (again). Gives the spans that were touched."""
        arriving = list({coding.id: coding for coding in there}.values())
        leaving = [self._by_id[c] for c in {*gone, *(coding.id for coding in arriving)} if c in self._by_id]
        if len(leaving) + len(arriving) > _MANY:
            left = {coding.id for coding in leaving}
            self._sort([c for c in self if c.id not in left] + arriving)
        else:
            for coding in leaving:
                self._take(coding)
            for coding in arriving:
                self._put(coding)
        return [coding.span for coding in (*leaving, *arriving)]

    def _run_of(self, key: Key) -> int:
        return max(0, bisect_right(self._firsts, key) - 1)

    def _take(self, coding: Coding) -> None:
        at = self._run_of(in_order(coding))
        run = self._runs[at]
        del run[bisect_left(run, in_order(coding), key=in_order)]
        del self._by_id[coding.id]
        if run:
            self._settle(at)
        else:
            del self._runs[at], self._firsts[at], self._reach[at], self._open[at : at + 1]
            if at == 0:
                self._open[:1] = [NOTHING_OPEN]
            self._follow(at - 1)

    def _put(self, coding: Coding) -> None:
        self._by_id[coding.id] = coding
        if not self._runs:
            self._runs, self._firsts, self._reach, self._open = [[coding]], [in_order(coding)], [coding.span.end], []
            return
        at = self._run_of(in_order(coding))
        run = self._runs[at]
        insort(run, coding, key=in_order)
        if len(run) > 2 * RUN:
            self._runs[at : at + 1] = [run[:RUN], run[RUN:]]
            self._firsts.insert(at + 1, in_order(run[RUN]))
            self._reach.insert(at + 1, 0)
            self._reach[at + 1] = _reach(self._runs[at + 1])
            if len(self._open) > at:
                self._open.insert(at + 1, _UNKNOWN)
        self._settle(at)

    def _settle(self, at: int) -> None:
        run = self._runs[at]
        self._firsts[at], self._reach[at] = in_order(run[0]), _reach(run)
        self._follow(at)

    def _follow(self, at: int) -> None:
        """Work out again what is open before the runs after `at`, until it is what it was; what lies far off waits until
        it is looked at.
        """
        at = max(0, at)
        for here in range(at, min(at + _AHEAD, len(self._open) - 1)):
            ends = self._after(here)
            if self._open[here + 1] == ends:
                return
            self._open[here + 1] = ends
        del self._open[at + _AHEAD + 1 :]

    # ---- asking
    def _between(self, span: Span) -> Iterator[int]:
        """The runs that may hold something over `span`."""
        last = bisect_left(self._firsts, (span.end,))
        reach, start = self._reach, span.start
        return (at for at in range(last) if reach[at] > start)

    def over(self, span: Span) -> list[Coding]:
        """The codings that share a code point with `span`, in order."""
        found: list[Coding] = []
        start, end = span.start, span.end
        for at in self._between(span):
            run = self._runs[at]
            self.looked_at += len(run)
            found += [c for c in run if c.span.start < end and c.span.end > start]
        return found

    def at(self, point: int) -> list[Coding]:
        """The codings that cover the code point `point`, the shortest first."""
        return sorted(self.over(Span(point, point + 1)), key=lambda coding: (len(coding.span), coding.id))

    def has(self, span: Span) -> bool:
        """Whether a shown coding shares a code point with `span`."""
        return any(self._wanted(coding) for coding in self.over(span))

    def shown(self, span: Span) -> list[tuple[Coding, int]]:
        """The shown codings over `span`, in order, each with its role in the text, which is the same wherever one
        looks from.
        """
        found: list[tuple[Coding, int]] = []
        for at in self._between(span):
            ends = self._open_before(at)
            self.looked_at += len(self._runs[at])
            for coding in self._runs[at]:
                if coding.span.start >= span.end:
                    break
                if self._wanted(coding):
                    role, ends = next_role(coding.span, ends)
                    if coding.span.end > span.start:
                        found.append((coding, role))
        return found

    def _open_before(self, at: int) -> Open:
        if not self._open:
            self._open = [NOTHING_OPEN]
        while len(self._open) <= at:
            self._open.append(self._after(len(self._open) - 1))
        return self._open[at]

    def _after(self, at: int) -> Open:
        ends = self._open[at]
        self.looked_at += len(self._runs[at])
        for coding in self._runs[at]:
            if self._wanted(coding):
                _role, ends = next_role(coding.span, ends)
        return ends

    def spans(self, wanted: Wanted) -> list[Span]:
        """The distinct passages, in order."""
        return sorted({coding.span for coding in self if wanted(coding)}, key=lambda s: (s.start, -s.end))

    def next_span(self, after: tuple[int, int]) -> Span | None:
        """The shown passage that comes next after the key (start, -end); None when there is none."""
        key = (*after, 1 << 62)
        for at in range(self._run_of(key), len(self._runs)):
            run = self._runs[at]
            for coding in run[bisect_right(run, key, key=in_order) :]:
                if self._wanted(coding):
                    return coding.span
        return None

    def previous_span(self, before: tuple[int, int]) -> Span | None:
        """The shown passage that comes last before the key (start, -end); None when there is none."""
        key = (*before, -1)
        for at in range(self._run_of(key) if self._runs else -1, -1, -1):
            run = self._runs[at]
            for coding in reversed(run[: bisect_left(run, key, key=in_order)]):
                if self._wanted(coding):
                    return coding.span
        return None


def _reach(run: Sequence[Coding]) -> int:
    return max(coding.span.end for coding in run)
