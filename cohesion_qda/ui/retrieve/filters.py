"""What passages can be narrowed to: coders, and the values of attributes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import ABOUT
from cohesion_qda.model.table import OF, QUESTION
from cohesion_qda.model.text import comparable

if TYPE_CHECKING:
    from cohesion_qda.project import Project

Attributes = tuple[tuple[str, str, tuple[str, ...]], ...]  # (name, about, values)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: coders, and for each attribute its values. `about` is source, participant or section (the
    question asked). The name of an attribute of both sources and people says whose it is (`model.table.OF`).
    """

    coders: tuple[str, ...] = ()
    attributes: Attributes = ()

    def pairs(self) -> set[tuple[str, str]]:
        """Every (attribute, value), and the empty pair."""
        return {("", "")} | {(name, value) for name, _about, values in self.attributes for value in values}

    def names(self, about: str = "") -> list[str]:
        """The attributes of sources or of participants, or all."""
        return [name for name, whose, _values in self.attributes if about in ("", whose)]


def choices_of(project: Project) -> Choices:
    """Read what can be chosen. Runs on the project thread."""
    values: dict[tuple[str, str], set[str]] = {
        (name, about): set() for about in ABOUT for name in project.attributes.names(about)
    }
    for held in project.attributes.values("source").values():
        for name, value in held.items():
            values.setdefault((name, "source"), set()).add(value)
    for case in project.cases.list("participant"):
        if case.role == "participant":
            for name, value in case.attributes.items():
                values.setdefault((name, "participant"), set()).add(value)
    kept = tuple(
        (name, about, tuple(sorted((value for value in found if value), key=str.casefold)))
        for (name, about), found in values.items()
    )
    kept = _told_apart(tuple(row for row in kept if row[2]))
    asked = (QUESTION, "section", tuple(project.sections.titles()))
    return Choices(tuple(coder.name for coder in project.seen_coders()), tuple(row for row in (*kept, asked) if row[2]))


def _told_apart(attributes: Attributes) -> Attributes:
    often = Counter(comparable(name) for name, _about, _values in attributes)
    return tuple(
        (OF[about].format(name=name) if often[comparable(name)] > 1 else name, about, values)
        for name, about, values in attributes
    )


def name_in_words(attribute: str) -> str:
    """An attribute's name as it is shown."""
    if attribute == QUESTION:
        return _("question asked")
    for about, words in (("source", _("{attribute} of sources")), ("participant", _("{attribute} of people"))):
        plain = plain_name(attribute, about)
        if plain != attribute:
            return words.format(attribute=plain.replace("_", " "))
    return attribute.replace("_", " ")


def plain_name(attribute: str, about: str) -> str:
    """The name without the words that say whose it is."""
    return attribute.removesuffix(OF[about].format(name=""))
