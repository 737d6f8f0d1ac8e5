"""The codes of a text in their order: which stretches of it are coded with what.

*Stretch*: codings of one code (with its branch: of the codes under it too) in one source that overlap are one
stretch, whoever made them; touching is not overlapping. Where somebody speaks in the source, codings in which no
participant does are left out. Of a person, only the stretches in which they speak. *Words* are those of the
participants (of that person) within the stretch; where nobody speaks, those of the text. *From* and *to* are shares
of all the texts that are looked at, laid end to end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from cohesion_qda.analysis.dynamics import CountWords
from cohesion_qda.analysis.grid import Grid, grid, merge, ranges
from cohesion_qda.model.ids import CaseId, CodeId, CodingId, SourceId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a source with one code. `speakers` are the participants who speak in it, in order; `turn` counts
    from 1 among the turns of the source, 0 where nobody speaks; `first` and `last` are shares, 0 to 1, of all the
    texts.
    """

    code: CodeId
    source: SourceId
    span: Span
    speakers: tuple[CaseId, ...]
    turn: int
    first: float
    last: float
    words: int


def stretches(
    whole: StudyData,
    data: StudyData,
    sources: Sequence[SourceId],
    rows: Mapping[CodeId, Sequence[CodeId]],
    words: CountWords,
    person: CaseId | None = None,
) -> list[Stretch]:
    """The stretches of `rows` (a code, and the codes that count as it) in some sources, in the order of these, of
    their start and of the rows; with a `person`, those in which that person speaks. `data` is what of the `whole`
    study is looked at.
    """
    g = grid(data)
    row, start, end, at = _merged(g, sources, list(rows.values()))
    owner, line = g.talk.overlaps(start, end)
    said: dict[int, list[tuple[int, int, int]]] = {}
    for n, case, first, last in zip(
        owner.tolist(), g.talk.case[line].tolist(), g.talk.start[line].tolist(), g.talk.end[line].tolist(), strict=True
    ):
        said.setdefault(n, []).append((int(g.case_ids[case]), first, last))
    places = Places(whole, sources)
    codes, found = list(rows), list[tuple[int, int, Stretch]]()
    for n, (r, a, b, s) in enumerate(zip(*(f.tolist() for f in (row, start, end, at)), strict=True)):
        talk = [piece for piece in said.get(n, ()) if person in (None, piece[0])]
        if person is not None and not talk:
            continue
        source, offset = SourceId(int(g.source_ids[s])), int(g.offset[s])
        span = Span(a - offset, b - offset)
        own = [Span(max(a, x) - offset, min(b, y) - offset) for _case, x, y in talk] if said.get(n) else [span]
        first, last = places.shares(source, span)
        found.append(
            (sources.index(source), r,
             Stretch(codes[r], source, span, tuple(dict.fromkeys(CaseId(case) for case, _x, _y in talk)),
                     places.turn(source, span), first, last, sum(words(source, own))))
        )  # fmt: skip
    found.sort(key=lambda one: (one[0], one[2].span.start, one[2].span.end, one[1]))
    return [stretch for _place, _row, stretch in found]


def behind(data: StudyData, codes: Sequence[CodeId], source: SourceId, span: Span) -> list[CodingId]:
    """The codings that a stretch is made of, in order."""
    wanted = set(codes)
    return [
        CodingId(coding) for coding, where, start, end, code, _coder in data.codings
        if where == source and code in wanted and start < span.end and span.start < end
    ]  # fmt: skip


def _merged(g: Grid, sources: Sequence[SourceId], rows: Sequence[Sequence[CodeId]]) -> tuple[Ints, Ints, Ints, Ints]:
    """Row, start, end (on the grid's line) and source of every stretch."""
    import numpy as np

    number = {code: n for n, code in enumerate(g.code_ids)}
    pairs = sorted((number[code], row) for row, codes in enumerate(rows) for code in codes)
    of = np.array([code for code, _row in pairs], dtype=np.int64)
    its = np.array([row for _code, row in pairs], dtype=np.int64)
    wanted = np.isin(g.source_ids, np.array(sources, dtype=np.int64))
    used = np.flatnonzero(g.counted & wanted[g.source])
    bounds = np.searchsorted(of, np.arange(len(g.code_ids) + 1))
    owner, pair = ranges(bounds[g.code[used]], bounds[g.code[used] + 1])
    coding = used[owner]
    row, start, end = merge(its[pair], g.start[coding], g.end[coding], int(g.end.max(initial=0)))
    return row, start, end, np.searchsorted(g.offset, start, side="right") - 1


class Places:
    """Where a stretch lies: among the turns of its source, and in all the texts laid end to end."""

    def __init__(self, whole: StudyData, sources: Sequence[SourceId]) -> None:
        length = {fact.id: fact.length for fact in whole.sources}
        self._before, self._whole = dict[int, int](), 0
        for source in sources:
            self._before[source] = self._whole
            self._whole += length[source]
        self._turns: dict[int, list[tuple[int, int, int]]] = {source: [] for source in sources}  # number, start, reach
        numbers = Counter[int]()
        for at, start, end, _case in whole.turns:
            numbers[at] += 1
            if at in self._turns and start < end:
                turns = self._turns[at]
                turns.append((numbers[at], start, max(end, turns[-1][2] if turns else 0)))

    def turn(self, source: SourceId, span: Span) -> int:
        """The number of the first turn that a stretch touches, or 0."""
        turns = self._turns[source]
        n = bisect_right(turns, span.start, key=itemgetter(2))
        return turns[n][0] if n < len(turns) and turns[n][1] < span.end else 0

    def shares(self, source: SourceId, span: Span) -> tuple[float, float]:
        """From where to where."""
        before = self._before[source]
        return (before + span.start) / self._whole, (before + span.end) / self._whole
