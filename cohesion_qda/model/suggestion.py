"""What the machine proposes, always with the passages it stands on."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that shows a suggestion; `score` orders the passages of one suggestion (higher is more typical)."""

    source: SourceId
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class TermSuggestion:
    """A word or phrase that sets the chosen talk apart. `score` is the log-odds z-score against the rest
    (or, with nothing to compare with, the number of participants); `count` says how often and how widely it was said;
    `rest` the same in what it was compared with. `key` identifies it when it is dismissed.
    """

    key: str
    term: str
    score: float
    count: Count
    rest: Count
    passages: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ThemeSuggestion:
    """A proposed theme: a label that people said, its terms, and its most typical passages (different speakers first)."""

    key: str
    label: str
    terms: tuple[str, ...]
    count: Count
    passages: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ThemeModel:
    """Proposed themes, most widely spoken first. `method` is one paragraph that can be cited; `units` how many windows of talk were
    grouped; `silhouettes` the score of each number of themes that was tried.
    """

    themes: tuple[ThemeSuggestion, ...]
    method: str
    units: int
    silhouettes: tuple[tuple[int, float], ...] = ()
