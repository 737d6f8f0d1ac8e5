"""Who was there when a question was asked, and never spoke to it: silent, which is not disagreeing.

*There*, in a source, are the participants who speak in it, and those who are said to have sat in its group and speak
nowhere in the study. Who speaks only in other sources of the group may have come another time: they are not held to
have been silent. Of a question are *asked* those who were there in a source in which it was asked; *silent* are those of
them of whom no turn lies under the question. Nested with an attribute of people, people stand with their own value; with
one of sources, with that of the source they were asked in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cohesion_qda.analysis.columns import Columns
from cohesion_qda.analysis.frequency import Counted
from cohesion_qda.analysis.grid import grid
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE, QUESTION
from cohesion_qda.model.text import comparable


@dataclass(frozen=True, slots=True)
class Silence:
    """Under one column: the values it stands for, how many participants were asked, and how many never spoke to it."""

    values: tuple[str, ...]
    asked: int
    silent: int


def present(data: StudyData, study: StudyData) -> dict[SourceId, list[CaseId]]:
    """The participants who were there in each source of `data`, whether they speak under the questions looked at or not;
    nobody who does not fit the filters. `study` is all that there is.
    """
    people = {case.id for case in data.cases.values() if case.kind == "participant" and case.role == "participant"}
    heard: dict[int, set[int]] = {}
    for source, start, end, case in study.turns:
        if start < end:
            heard.setdefault(source, set()).add(case)
    mute: dict[CaseId | None, set[int]] = {}
    for case in people.difference(*heard.values()):
        if data.cases[case].group is not None:
            mute.setdefault(data.cases[case].group, set()).add(case)
    return {
        fact.id: [CaseId(case) for case in sorted((heard.get(fact.id, set()) & people) | mute.get(fact.group, set()))]
        for fact in data.sources
    }


def silence(data: StudyData, study: StudyData, counted: Counted) -> list[Silence]:
    """For each column shown by QUESTION, but for what lies under no question. `data` is what was counted; `study` all
    that there is. Empty by anything else.
    """
    columns = counted.columns
    if QUESTION not in columns.by or columns.parts is None:
        return []
    at = columns.by.index(QUESTION)
    there = _there(data, study, columns, at)
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


def _there(data: StudyData, study: StudyData, columns: Columns, at: int) -> Mapping[tuple[str, ...], set[int]]:
    """By question and the other value, the cases that were there when it was asked."""
    people = present(data, study)
    facts = {fact.id: fact for fact in data.sources}
    found: dict[tuple[str, ...], set[int]] = {}
    for source, question in {(SourceId(row[0]), comparable(row[3])) for row in data.sections}:
        for case in people[source]:
            own = _other(columns, at, facts[source].attributes, data.cases[case].attributes)
            key = (question, *own) if at == 0 else (*own, question)
            found.setdefault(key, set()).add(case)
    return found


def _other(columns: Columns, at: int, of_source: Mapping[str, str], of_person: Mapping[str, str]) -> tuple[str, ...]:
    """The value of the other attribute, if there is one."""
    if len(columns.by) == 1:
        return ()
    name, about = columns.asked[1 - at]
    return ((of_source if about == "source" else of_person).get(name, NO_VALUE),)
