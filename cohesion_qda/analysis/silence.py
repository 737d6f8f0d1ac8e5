"""Who was there when a question was asked, and never spoke to it: silent, which is not disagreeing.

Of a question are *asked* the participants who speak anywhere in the sources in which it was asked, and those who are
known to have sat in one of their groups. *Silent* are those of them of whom no turn lies under the question. Nested
with an attribute of people, people stand with their own value; with one of sources, with that of the source they were
asked in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cohesion_qda.analysis.columns import Columns
from cohesion_qda.analysis.frequency import Counted
from cohesion_qda.analysis.grid import grid
from cohesion_qda.model.case import Case
from cohesion_qda.model.study import SourceFacts, StudyData
from cohesion_qda.model.table import NO_VALUE, QUESTION
from cohesion_qda.model.text import comparable


@dataclass(frozen=True, slots=True)
class Silence:
    """Under one column: the values it stands for, how many participants were asked, and how many never spoke to it."""

    values: tuple[str, ...]
    asked: int
    silent: int


def silence(data: StudyData, whole: StudyData, counted: Counted) -> list[Silence]:
    """For each column shown by QUESTION, but for what lies under no question. `data` is what was counted; `whole` the
    same before it was cut to questions, so that those who only speak elsewhere are known. Empty by anything else.
    """
    columns = counted.columns
    if QUESTION not in columns.by or columns.parts is None:
        return []
    at = columns.by.index(QUESTION)
    there = _there(data, whole, columns, at)
    spoke = _spoke(data, columns)
    return [
        Silence(key, len(people), len(people - spoke.get(c, set())))
        for c in counted.shown
        if (key := columns.keys[c])[at] != NO_VALUE
        for people in [there.get(_folded(key, at), set()) | spoke.get(c, set())]
    ]


def _folded(key: tuple[str, ...], at: int) -> tuple[str, ...]:
    return tuple(comparable(value) if n == at else value for n, value in enumerate(key))


def _spoke(data: StudyData, columns: Columns) -> dict[int, set[int]]:
    """By column, the numbers of the cases that speak there."""
    g = grid(data)
    found: dict[int, set[int]] = {}
    for column, case in set(zip(columns.of_line.tolist(), columns.talk.case.tolist(), strict=True)):
        found.setdefault(column, set()).add(int(g.case_ids[case]))
    return found


def _there(data: StudyData, whole: StudyData, columns: Columns, at: int) -> Mapping[tuple[str, ...], set[int]]:
    """By question and the other value, the cases that were there when it was asked."""
    people: dict[int, Case] = {
        case.id: case for case in whole.cases.values() if case.kind == "participant" and case.role == "participant"
    }
    facts: dict[int, SourceFacts] = {fact.id: fact for fact in whole.sources}
    present: dict[int, set[int]] = {}
    for source, start, end, case in whole.turns:
        if case in people and start < end:
            present.setdefault(source, set()).add(case)
    sat: dict[int | None, set[int]] = {}
    for person in people.values():
        sat.setdefault(person.group, set()).add(person.id)
    asked = {(row[0], comparable(row[3])) for row in data.sections}
    found: dict[tuple[str, ...], set[int]] = {}
    for source, question in asked:
        group = facts[source].group
        for case in present.get(source, set()) | (sat.get(group, set()) if group is not None else set()):
            own = _other(columns, at, facts[source].attributes, people[case].attributes)
            key = (question, *own) if at == 0 else (*own, question)
            found.setdefault(key, set()).add(case)
    return found


def _other(columns: Columns, at: int, of_source: Mapping[str, str], of_person: Mapping[str, str]) -> tuple[str, ...]:
    """The value of the other attribute, if there is one."""
    if len(columns.by) == 1:
        return ()
    name, about = columns.asked[1 - at]
    return ((of_source if about == "source" else of_person).get(name, NO_VALUE),)
