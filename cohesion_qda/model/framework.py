"""The framework matrix: cases by codes, each cell the researcher's own summary, linked to its passages.

The method is Ritchie and Spencer's (1994), as told step by step by Gale et al. (2013, BMC Medical Research Methodology 13:117):
the words of each case on each code are charted in a few words, so that they can be read along a case and down a code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cohesion_qda.model.case import Case
from cohesion_qda.model.coding import Passage
from cohesion_qda.model.ids import CaseId, CodeId, SegmentId
from cohesion_qda.model.place import Place

CASES = ("participants", "groups")
Spot = tuple[CaseId, CodeId]
"""A cell of the matrix."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the researcher wrote of a case on a code, and the passages it rests on, in the order they were linked."""

    case: CaseId
    code: CodeId
    body: str = ""
    passages: tuple[SegmentId, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written or linked."""
        return not self.body.strip() and not self.passages


@dataclass(frozen=True, slots=True)
class Summaries:
    """Every summary of a study, by its cell."""

    of: Mapping[Spot, Summary] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matrix:
    """What is laid out: `cases` (participants or groups) by `codes`. `coded` is how many codings of a case each code holds,
    with those under it where the question has them; cells without any are left out. `about` is what is known of each case, in words.
    """

    cases: tuple[Case, ...]
    codes: tuple[CodeId, ...]
    summaries: Summaries
    coded: Mapping[Spot, int]
    about: Mapping[CaseId, str] = field(default_factory=dict)

    def summary(self, case: CaseId, code: CodeId) -> Summary:
        """What stands in a cell; an empty one where nothing does."""
        return self.summaries.of.get((case, code)) or Summary(case, code)


@dataclass(frozen=True, slots=True)
class CellPassages:
    """What lies behind a cell: the passages that are `linked` to the summary, and those `coded` of the case with the code that
    are not.
    """

    linked: tuple[Place, ...] = ()
    coded: tuple[Passage, ...] = ()
