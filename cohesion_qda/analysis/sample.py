"""Who took part beside who lives there: the values of an attribute among the people of a study and of its area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cohesion_qda.model.text import comparable


@dataclass(frozen=True, slots=True)
class Beside:
    """One value: `n` of `of` participants have it, and `number` of `total` people of the area. None stands for what is not known or not told; `number` is
    None for a value that the area has no figure of, or only their share of all people, in percent: `stated`.
    """

    value: str
    n: int | None
    of: int | None
    number: int | None
    total: int
    stated: float | None = None

    @property
    def share(self) -> float | None:
        """Of the participants, 0 to 100."""
        return None if self.n is None or not self.of else 100 * self.n / self.of

    @property
    def share_of_area(self) -> float | None:
        """Of the people of the area, 0 to 100."""
        if self.stated is not None:
            return self.stated
        return None if self.number is None or not self.total else 100 * self.number / self.total

    @property
    def points(self) -> float | None:
        """How many percentage points more of the participants have it; less than 0 is fewer."""
        share, of_area = self.share, self.share_of_area
        return None if share is None or of_area is None else share - of_area


def beside(
    sample: Sequence[tuple[str, int | None]],
    of: int | None,
    area: Mapping[str, int],
    shares: Mapping[str, float] | None = None,
) -> tuple[Beside, ...]:
    """Each value of the sample in its order, then those of the area that nobody in the sample has: these have 0. Values are the same where they
    are written alike (`comparable`). `of` is how many participants have a value at all. `shares`, in percent, stand where the area's are known and not
    how many people they are; `area` is then left aside: what is all of its people would not be known.
    """
    shares = shares or {}
    total = 0 if shares else sum(area.values())

    def one(value: str, n: int | None, told: Mapping[str, int | float]) -> Beside:
        figure = told.get(comparable(value))
        if shares:
            return Beside(value, n, of, None, total, figure)
        return Beside(value, n, of, None if figure is None else int(figure), total)

    told = {comparable(value): figure for value, figure in (shares or area).items()}
    there = {comparable(value) for value, _n in sample}
    found = [one(value, n, told) for value, n in sample]
    return (*found, *(one(value, 0, told) for value in (shares or area) if comparable(value) not in there))
