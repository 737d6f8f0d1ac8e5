"""Who a study is made by: what each has collected and coded, and how far they agree with who trained them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.text import comparable

COLLECTED_BY = (
    "collected by",
    "interviewer",
    "interviewed by",
    "facilitator",
    "facilitated by",
    "community researcher",
    "researcher",
)
"""Attributes of sources that say who collected them; the first that is there is taken."""
_AND = re.compile(r"\s*[;&/\n]\s*|\s+(?:and|a|ac)\s+")


@dataclass(frozen=True, slots=True)
class Trained:
    """How far somebody and the trainer agree on the sources of the training set that both coded. Over the turns of participants (in a
    source in which nobody speaks: its lines) and the codes that either used: in `both` of them both used the code, in `either` at least one.
    `kappa` is Cohen's over all turns and codes, `mean` the mean over the codes for which it can be calculated; None where it cannot.
    """

    sources: tuple[SourceId, ...]
    turns: int
    codes: int
    both: int
    either: int
    kappa: float | None
    mean: float | None


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the team. `collected` are the sources they collected, `coded` those with a coding of theirs, `codings` how many these
    are, `codes` how many codes they used. `training` are those of the training set that they coded. `trained` is None for the trainer, and where
    there is nothing to compare.
    """

    name: str
    collected: tuple[SourceId, ...] = ()
    coded: tuple[SourceId, ...] = ()
    codings: int = 0
    codes: int = 0
    is_trainer: bool = False
    training: tuple[SourceId, ...] = ()
    trained: Trained | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody, those who coded first, in the order they came. `trainer` is empty where nobody was named, `training` are the sources of the
    training set. `by` is the attribute that says who collected a source; empty: told is who imported it. `names` are those of the sources.
    `is_hidden`: others' codings may not be seen, so that nothing is said of them.
    """

    members: tuple[Member, ...] = ()
    trainer: str = ""
    training: tuple[SourceId, ...] = ()
    by: str = ""
    names: tuple[tuple[SourceId, str], ...] = ()
    is_hidden: bool = False

    @property
    def is_several(self) -> bool:
        """Whether there is more than one person, so that there is a team to tell of."""
        return len(self.members) > 1

    def called(self, sources: Collection[SourceId]) -> tuple[str, ...]:
        """The names of some sources, in the order of the study."""
        return tuple(name for source, name in self.names if source in sources)


def attribute_of(names: Collection[str]) -> str:
    """Of the attributes of sources, the one that says who collected them; empty where there is none."""
    known = {comparable(name): name for name in names}
    return next(
        (known[comparable(name)] for name in (*COLLECTED_BY, _("collected by")) if comparable(name) in known), ""
    )


def people_in(value: str) -> tuple[str, ...]:
    """The people that a value of such an attribute names: “Asha and Ben”, “Asha; Ben”, “Asha / Ben”."""
    return tuple(dict.fromkeys(" ".join(name.split()) for name in _AND.split(value) if name.strip()))
