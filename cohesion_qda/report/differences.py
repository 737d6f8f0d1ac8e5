"""Where a theme was said by more or fewer people than elsewhere, in plain counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cohesion_qda.base.i18n import _
from cohesion_qda.report import words
from cohesion_qda.report.values import ReportData, Spread, Theme

LEAST = 3
"""People more, or fewer, than an even spread would give, from which a place or group is named."""
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """How unevenly a theme was said by one attribute. `gap` is how many people `high` has more, and `low` fewer, than an
    even spread would give, added up. `in_all`: it was said with every value.
    """

    theme: Theme
    attribute: str
    high: Spread
    low: Spread
    in_all: bool
    gap: float

    def counts(self) -> str:
        """`Huddersfield 9 of 28 people, Rural 1 of 15`."""
        return _("{high_name} {high}, {low_name} {low}").format(
            high_name=self.high.label,
            high=words.people(self.high.said, self.high.base),
            low_name=self.low.label,
            low=words.slashed("participants", self.low.said, self.low.base),
        )

    def sentence(self) -> str:
        """What a theme says of itself."""
        if self.in_all:
            whole = _("Said in every {attribute}, but unevenly: {counts}.")
        else:
            whole = _("Uneven by {attribute}: {counts}.")
        return whole.format(attribute=self.attribute, counts=self.counts())


def of_theme(theme: Theme) -> list[Difference]:
    """One for each attribute by which the theme was said unevenly; nothing where all are alike.

    Even would be the same share of people everywhere that numbers are told of. An attribute counts when at least LEAST people more, or fewer, than
    that said it somewhere.
    """
    found = []
    for attribute in dict.fromkeys(s.attribute for s in theme.spread):
        spread = [s for s in theme.spread if s.attribute == attribute and s.base.participants]
        asked = [s for s in spread if words.GONE not in (s.said.participants, s.base.participants)]
        if len(asked) < 2:
            continue
        share = sum(s.said.participants for s in asked) / sum(s.base.participants for s in asked)
        more = {s.label: s.said.participants - share * s.base.participants for s in asked}
        high, low = max(asked, key=lambda s: more[s.label]), min(asked, key=lambda s: more[s.label])
        if max(more[high.label], -more[low.label]) >= LEAST:
            in_all = all(s.said.mentions for s in spread)
            found.append(Difference(theme, attribute, high, low, in_all, more[high.label] - more[low.label]))
    return found


def widest(data: ReportData) -> list[Difference]:
    """The few that a summary tells: the widest gaps, a theme and its parts not twice."""
    every = [d for chapter in data.chapters for theme in chapter.themes for d in of_theme(theme)]
    told: list[Difference] = []
    for difference in sorted(every, key=lambda d: -d.gap):
        if len(told) < _MOST_TOLD and not _is_told(difference, told):
            told.append(difference)
    return told


def _is_told(difference: Difference, told: Iterable[Difference]) -> bool:
    path = f"{difference.theme.path}/"
    return any(path.startswith(f"{d.theme.path}/") or f"{d.theme.path}/".startswith(path) for d in told)
