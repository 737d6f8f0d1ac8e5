"""What can be asked, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.base.i18n import _


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind of answer: what it is called, and what it tells, in a line."""

    kind: str
    name: str
    line: str


def kinds() -> tuple[KindWords, ...]:
    """Every kind, in the order in which they are offered."""
    return (
        KindWords("crosstab", _("Crosstab"), _("Which codes came up where, and with whom")),
        KindWords("frequencies", _("Frequencies"), _("How often and how widely each code came up")),
        KindWords("cooccurrence", _("Co-occurrence"), _("Which codes come up together")),
        KindWords("dynamics", _("Group dynamics"), _("Who talks, who follows whom, who agrees")),
        KindWords("portrait", _("Portrait"), _("The codes of one transcript or person, in order")),
        KindWords("timeline", _("Timeline"), _("Which codes came up when in the study")),
        KindWords("saturation", _("Saturation"), _("Whether new groups still bring new codes")),
        KindWords("agreement", _("Agreement"), _("How far coders code alike")),
        KindWords("framework", _("Framework matrix"), _("Cases by codes, each cell summed up in words")),
    )


def called(kind: str) -> str:
    """What a kind is called."""
    return next((words.name for words in kinds() if words.kind == kind), kind)
