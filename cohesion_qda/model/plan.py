"""What is still to be done with the findings: key dates, and next steps."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from cohesion_qda.model.ids import PlanId

DATE, STEP = "date", "step"
KINDS = (DATE, STEP)
"""A day on which something happens; something to be done."""


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A key date, or a next step. `at` is when it is, or when the step was done; `due` by when it is to be done, or its papers are to be
    in. Both are a day as ISO 8601 (2020-01-30) or free words (“summer 2020”). `who` does it. `position` is its place among all.
    """

    id: PlanId
    kind: str
    name: str
    at: str = ""
    due: str = ""
    who: str = ""
    note: str = ""
    position: int = 0

    @property
    def is_done(self) -> bool:
        """Whether it is a step that was done."""
        return self.kind == STEP and bool(self.at)


def day(words: str) -> datetime.date | None:
    """The day that `words` are, where they are one as ISO 8601."""
    try:
        return datetime.date.fromisoformat(words.strip())
    except ValueError:
        return None


def in_time(entries: tuple[PlanEntry, ...]) -> tuple[PlanEntry, ...]:
    """The key dates by their day where every one has one, else in the order they were put in."""
    days = [day(entry.at) for entry in entries]
    if None in days:
        return entries
    return tuple(entry for _day, entry in sorted(zip(days, entries, strict=True), key=lambda pair: str(pair[0])))
