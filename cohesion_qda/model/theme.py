"""Themes: patterns that the researcher builds from codes and key passages."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.model.ids import CodeId, ThemeId
from cohesion_qda.model.table import Count

STATUSES = ("candidate", "reviewed", "defined")


@dataclass(frozen=True, slots=True)
class Theme:
    """`statement` says what the pattern is; `status` is one of STATUSES; `question` is the research question it answers, if
    any; `codes` support it, each with the codes under it, in the order they were added; `passages` is how many key passages it has.
    """

    id: ThemeId
    name: str
    statement: str
    question: CodeId | None
    status: str
    position: int
    codes: tuple[CodeId, ...] = ()
    passages: int = 0


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """How often and how widely the codes of each theme were used, those of one theme taken as one code, and the
    denominators of the study.
    """

    of: dict[ThemeId, Count]
    base: Count
