"""What settling disagreements does to a study: coders as they coded for themselves, or all of them as it was settled.

A settlement is about a *place*: the turns that its words lie in, and those of every coding of the code that hangs
together with them, as in `agreement`. The last word holds where several settled the same words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import TypeVar

from cohesion_qda.analysis.once import once
from cohesion_qda.base.i18n import _
from cohesion_qda.model.case import Coder
from cohesion_qda.model.disagreement import Settlement
from cohesion_qda.model.ids import CoderId, CodingId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import Span

Coding = tuple[int, int, int, int, int, int]
R = TypeVar("R", bound=tuple[int, ...])


def without(data: StudyData, settled: frozenset[CodingId]) -> StudyData:
    """The study without the codings by which somebody settled what others coded differently: they were made with these
    in view, and say nothing of how far people agree.
    """
    if settled.isdisjoint(row[0] for row in data.codings):
        return data

    def make() -> StudyData:
        return replace(data, codings=tuple(row for row in data.codings if row[0] not in settled))

    return once(data, ("without", settled), make)


def as_settled(data: StudyData, settlements: Sequence[Settlement], settled: frozenset[CodingId]) -> StudyData:
    """The study as if one person had coded it: in the places of `settlements` (the newest first) only what was settled
    (the codings `settled`, or nothing), elsewhere what anybody coded, the same words with the same code once.
    """

    def make() -> StudyData:
        everybody = Coder(CoderId(1 + max((coder.id for coder in data.coders), default=0)), _("as settled"))
        gone = set(_given_way(data, settlements, settled))
        there: dict[tuple[int, ...], Coding] = {}
        for row in data.codings:
            if row[0] not in gone:
                there.setdefault(row[1:5], (*row[:5], everybody.id))
        return replace(data, codings=tuple(there.values()), coders=(*data.coders, everybody))

    return once(data, ("as settled", tuple(settlements), settled), make)


def _given_way(data: StudyData, settlements: Sequence[Settlement], settled: frozenset[CodingId]) -> Iterator[int]:
    """The codings that are replaced by what was settled."""
    of: dict[tuple[int, int], list[Settlement]] = {}
    for one in settlements:
        of.setdefault((one.source, one.code), []).append(one)
    for source in {source for source, _code in of}:
        turns = [Span(row[1], row[2]) for row in _of_source(data.turns, source, 0) if row[1] < row[2]]
        codings = _of_source(data.codings, source, 1)
        for (_source, code), its in ((key, its) for key, its in of.items() if key[0] == source):
            rows = [(row, Span(row[2], row[3])) for row in codings if row[4] == code]
            reaches = [_place(_turns(one.span, turns), [span for _row, span in rows], turns) for one in its]
            for row, span in rows:
                words = (one for one in its if _turns(one.span, turns).overlaps(span))
                is_last = row[0] in settled and next((one.coder for one in words), None) == row[5]
                if not is_last and any(reach.overlaps(span) for reach in reaches):
                    yield row[0]


def _of_source(rows: Sequence[R], source: int, at: int) -> Sequence[R]:
    """The rows of a source, which stands `at` that place, and by which they are sorted."""
    return rows[bisect_left(rows, source, key=itemgetter(at)) : bisect_right(rows, source, key=itemgetter(at))]


def _turns(span: Span, turns: Sequence[Span]) -> Span:
    """From the first to the last of the turns that a span touches; itself where there are none."""
    touched = [turn for turn in turns if turn.overlaps(span)]
    return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end)) if touched else span


def _place(reach: Span, spans: Sequence[Span], turns: Sequence[Span]) -> Span:
    """`reach` with all that hangs together with it."""
    while True:
        inside = [_turns(span, turns) for span in spans if span.overlaps(reach)]
        wider = Span(min([reach.start, *(s.start for s in inside)]), max([reach.end, *(s.end for s in inside)]))
        if wider == reach:
            return reach
        reach = wider
