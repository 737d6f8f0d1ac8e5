"""Charting: which passages of a case hold which code, as a framework matrix lays them out.

A passage is a place in a source, however many have coded it. It belongs to every participant whose turns it touches, and to the
focus group of its source where a participant speaks in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import Grid, distinct, grid
from cohesion_qda.analysis.once import once
from cohesion_qda.model.case import Case
from cohesion_qda.model.framework import Spot
from cohesion_qda.model.ids import CaseId, CodeId, CodingId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import natural

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints


@dataclass(frozen=True, slots=True)
class _Shares:
    """Every (coding, case) that belong together, by place in the grid and number of the case; `passage` numbers the places of codings."""

    grid: Grid
    owner: Ints
    case: Ints
    passage: Ints


def cases(data: StudyData, kind: str) -> list[Case]:
    """The participants who speak, by group and name, or (`groups`) the focus groups, by name."""
    if kind == "groups":
        there = {fact.group for fact in data.sources if fact.kind == "focus group"}
        return sorted((data.cases[g] for g in there if g is not None), key=lambda case: (natural(case.name), case.id))
    speak = {case for _source, start, end, case in data.turns if end > start}
    found = [case for case in data.cases.values() if case.role == "participant" and case.id in speak]
    return sorted(found, key=lambda case: (natural(_group(data, case)), natural(case.name), case.id))


def coded(data: StudyData, kind: str, codes: Sequence[CodeId], branch: bool) -> dict[Spot, int]:
    """How many passages of each case hold each of `codes`, with `branch` those under it too; cells without any are left out."""
    import numpy as np

    shares = _shares(data, kind)
    found: dict[Spot, int] = {}
    case_ids, code_of = shares.grid.case_ids.tolist(), shares.grid.code[shares.owner]
    height = int(shares.passage[-1]) + 1 if len(shares.passage) else 1
    for code in codes:
        mine = np.isin(code_of, _members(data, shares.grid, code, branch))
        keys = distinct(shares.case[mine] * height + shares.passage[shares.owner[mine]])
        for case, n in enumerate(np.bincount(keys // height, minlength=0).tolist()):
            if n:
                found[CaseId(case_ids[case]), code] = n
    return found


def passages(data: StudyData, kind: str, case: CaseId, code: CodeId, branch: bool) -> list[CodingId]:
    """A coding of every passage that one cell counts, the first of each, by source and position."""
    import numpy as np

    shares = _shares(data, kind)
    at = int(np.searchsorted(shares.grid.case_ids, case))
    mine = (shares.case == at) & np.isin(shares.grid.code[shares.owner], _members(data, shares.grid, code, branch))
    owners = distinct(shares.owner[mine])
    _places, first = np.unique(shares.passage[owners], return_index=True)
    return [CodingId(coding) for coding in shares.grid.coding[owners[first]].tolist()]


def _group(data: StudyData, case: Case) -> str:
    return data.cases[case.group].name if case.group is not None and case.group in data.cases else ""


def _members(data: StudyData, g: Grid, code: CodeId, branch: bool) -> list[int]:
    wanted = set(data.codes.branch(code) if branch else [code])
    return [n for n, each in enumerate(g.code_ids) if each in wanted]


def _shares(data: StudyData, kind: str) -> _Shares:
    return once(data, ("charted", kind), lambda: _found(data, kind))


def _found(data: StudyData, kind: str) -> _Shares:
    import numpy as np

    g = grid(data)
    if kind == "groups":
        owner = np.flatnonzero(g.counted & (g.group[g.source] >= 0))
        case = g.group[g.source[owner]]
    else:
        owner, line = g.talk.overlaps(g.start, g.end)
        case = g.talk.case[line]
    new = np.ones(len(g.start), dtype=np.int64)
    new[1:] = (np.diff(g.start) != 0) | (np.diff(g.end) != 0)
    return _Shares(g, owner, case, np.cumsum(new) - 1)
