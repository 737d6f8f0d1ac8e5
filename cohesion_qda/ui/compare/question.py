"""What the page asks the project, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import Table
from cohesion_qda.ui.compare.words import Choice
from cohesion_qda.ui.retrieve.filters import Choices, choices_of

if TYPE_CHECKING:
    from cohesion_qda.project import Project


@dataclass(frozen=True, slots=True)
class Found:
    """What the project answered. `unread` groups have no coding by anybody yet."""

    choice: Choice
    table: Table
    tree: CodeTree
    choices: Choices
    unread: int
    coders: int = 1  # those whose codings are in the table, where some source was coded by more than one of them


def look(project: Project, choice: Choice, *, is_first: bool) -> Found:
    """Read the table that `choice` asks for; the first time, by the first attribute of sources that tells them apart."""
    choices, study = choices_of(project), project.tables.study()
    if is_first:
        choice = replace(choice, by=_first_attribute(choices))
    if choice.by not in choices.names():
        choice = replace(choice, by="")
    if choice.coder not in choices.coders:
        choice = replace(choice, coder="")
    if choice.question not in study.codes:
        choice = replace(choice, question=None)
    table = project.tables.crosstab(choice.by, branch=choice.branch, coder=choice.coder or None)
    coders = _coders_by_source(study)
    unread = sum(1 for source in study.sources if source.group is not None and source.id not in coders)
    return Found(choice, table, study.codes, choices, unread, 1 if choice.coder else _coders_together(coders))


def _coders_by_source(study: StudyData) -> dict[int, set[int]]:
    coders: dict[int, set[int]] = {}
    for _coding, source, _start, _end, _code, coder in study.codings:
        coders.setdefault(source, set()).add(coder)
    return coders


def _coders_together(coders: dict[int, set[int]]) -> int:
    """How many coders coded a source that another has coded too; 1 where each source has one coder."""
    return len(set().union(*(some for some in coders.values() if len(some) > 1))) or 1


def _first_attribute(choices: Choices) -> str:
    fitting = [name for name, about, values in choices.attributes if about == "source" and 2 <= len(values) <= 8]
    return fitting[0] if fitting else ""
