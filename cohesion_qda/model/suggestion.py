"""What the machine proposes, always with the passages it stands on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span

NONE = Count()
REASONS = ("", "nobody", "nobody else", "the same", "too few", "one part", "nothing stands out")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that shows a suggestion; `score` orders the passages of one suggestion (higher is more typical). `marks` is
    where in the source it shows it, where that is known. `of` is the hash of the text it was found in, so that it is found
    again where the text was corrected; empty where the place is sure.
    """

    source: SourceId
    span: Span
    score: float
    marks: tuple[Span, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """How widely something was said in one part of the talk: by `said` of the `speakers` participants who spoke there."""

    name: str
    said: int
    speakers: int

    @property
    def value(self) -> float:
        """From 0 to 1; 0 where nobody spoke."""
        return self.said / self.speakers if self.speakers else 0.0


@dataclass(frozen=True, slots=True)
class TermSuggestion:
    """A word or phrase. Its `direction` is 1 where it sets the talk chosen apart, -1 where it sets apart what that is
    compared with, and 0 where nothing is compared. `score` is the z-score of its log-odds, positive in both
    directions (of what unites: the smallest share; else the number of participants).

    `count` says how often and how widely it was said on its own side and `rest` on the other (and, where no participant speaks
    there, in how many `turns`); `base` and `rest_base` are the denominators: participants who spoke there and groups there,
    and, as `mentions`, turns. `parts` are the shares in each part
    of the talk, of what unites. `passages` lie on its own side. `key` identifies it when it is dismissed.
    """

    key: str
    term: str
    score: float
    count: Count
    rest: Count
    passages: tuple[Evidence, ...]
    base: Count = NONE
    rest_base: Count = NONE
    direction: int = 0
    parts: tuple[Share, ...] = ()

    @property
    def share(self) -> float:
        """The share of participants who said it on its own side; of paragraphs it stands in where nobody speaks."""
        return _share(self.count, self.base)

    @property
    def rest_share(self) -> float:
        """The share of participants who said it on the other side; of paragraphs it stands in where nobody speaks."""
        return _share(self.rest, self.rest_base)


def _share(count: Count, base: Count) -> float:
    if base.participants:
        return count.participants / base.participants
    return count.turns / base.mentions if base.mentions else 0.0


@dataclass(frozen=True, slots=True)
class FoundTerms:
    """What a comparison, or the search for what unites, found: `terms` of the talk chosen and `against` of what it was
    compared with, each the foremost first; `base` and `rest_base` are the denominators of the two sides. `shared` are turns with words that lie in both,
    and with `is_nested` one lies wholly in the other.
    `parts` are those among which something unites, with who spoke there, and `left_out` those with too few speakers.
    `most` is how many terms there may be on a side where there would have been more; else 0.
    `outside` are participants who speak in none of the parts. `why` says why nothing can be found, one of REASONS; `model.termwords` puts all this into words.
    """

    terms: tuple[TermSuggestion, ...] = ()
    against: tuple[TermSuggestion, ...] = ()
    base: Count = NONE
    rest_base: Count = NONE
    shared: int = 0
    is_nested: bool = False
    parts: tuple[Share, ...] = ()
    left_out: tuple[Share, ...] = ()
    outside: int = 0
    why: str = ""
    most: int = 0

    def without(self, dismissed: Collection[str]) -> FoundTerms:
        """Without the terms whose key is among those dismissed."""
        return replace(
            self,
            terms=tuple(term for term in self.terms if term.key not in dismissed),
            against=tuple(term for term in self.against if term.key not in dismissed),
        )
