"""What settling disagreements does to a study: coders as they coded for themselves, or all of them as it was settled.

A settlement is about a *place*, as `agreement` has it: all codings of the code that hang together with its words by
the turns they reach into. The last word holds where several settled the same turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cohesion_qda.analysis.agreement_units import Text, units
from cohesion_qda.analysis.grid import grid
from cohesion_qda.analysis.once import once
from cohesion_qda.analysis.stretches import Stretches
from cohesion_qda.base.i18n import _
from cohesion_qda.model.case import Coder
from cohesion_qda.model.disagreement import Settlement
from cohesion_qda.model.ids import CoderId, CodingId
from cohesion_qda.model.study import StudyData

Coding = tuple[int, int, int, int, int, int]


def without(data: StudyData, settled: frozenset[CodingId]) -> StudyData:
    """The study without the codings by which somebody settled what others coded differently: they were made with these
    in view, and say nothing of how far people agree.
    """
    if settled.isdisjoint(row[0] for row in data.codings):
        return data

    def make() -> StudyData:
        return replace(data, codings=tuple(row for row in data.codings if row[0] not in settled))

    return once(data, ("without", settled), make)


def as_settled(
    data: StudyData, settlements: Sequence[Settlement], settled: frozenset[CodingId], text: Text | None = None
) -> StudyData:
    """The study as if one person had coded it: in the places of `settlements` (the newest first) only what was settled
    (the codings `settled`, or nothing), elsewhere what anybody coded, the same words with the same code once. `text`
    gives the text of a source: without it, where nobody speaks, all stays as it was coded.
    """

    def make() -> StudyData:
        everybody = Coder(CoderId(1 + max((coder.id for coder in data.coders), default=0)), _("as settled"))
        gone = _given_way(data, settlements, settled, text) if settlements else set()
        there: dict[tuple[int, ...], Coding] = {}
        for row in data.codings:
            if row[0] not in gone:
                there.setdefault(row[1:5], (*row[:5], everybody.id))
        return replace(data, codings=tuple(there.values()), coders=(*data.coders, everybody))

    return once(data, ("as settled", tuple(settlements), settled), make)


def _given_way(
    data: StudyData, settlements: Sequence[Settlement], settled: frozenset[CodingId], text: Text | None
) -> set[int]:
    """The codings that are replaced by what was settled."""
    import numpy as np

    g = grid(data)
    source = {number: n for n, number in enumerate(g.source_ids.tolist())}
    code = {number: n for n, number in enumerate(g.code_ids)}
    its = [one for one in settlements if one.source in source and one.code in code]
    there = np.zeros(len(source), dtype=bool)
    there[[source[one.source] for one in its]] = True
    line, which = units(g, "turns", there, text), np.flatnonzero(there[g.source])
    away = [int(g.offset[source[one.source]]) for one in its]
    start = np.append(g.start[which], [a + one.span.start for a, one in zip(away, its, strict=True)]).astype(np.int64)
    end = np.append(g.end[which], [a + one.span.end for a, one in zip(away, its, strict=True)]).astype(np.int64)
    first, last = line.turns(start, end)
    shift = np.append(g.code[which], [code[one.code] for one in its]).astype(np.int64) * (len(line.turn_start) + 1)
    first, last = first + shift, last + shift
    of = np.searchsorted(Stretches.of(first, last).start, first, side="right") - 1
    many = len(which)
    gone = np.isin(of[:many], of[many:]) & (last > first)[:many]
    for n in np.flatnonzero(gone & np.isin(g.coding[which], list(settled))).tolist():
        said = np.flatnonzero((first[many:] < last[n]) & (last[many:] > first[n]))  # the newest first
        gone[n] = not len(said) or its[int(said[0])].coder != g.coder[which[n]]
    return set(g.coding[which[gone]].tolist())
