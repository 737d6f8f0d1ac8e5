"""Where chosen talk lies, against a plain count of every code point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import code, facts, group, person, studies, study

from cohesion_qda.analysis import selecting
from cohesion_qda.base.errors import NotFound
from cohesion_qda.model.ids import CaseId, CodeId
from cohesion_qda.model.query import Having
from cohesion_qda.model.selection import ALL, Selection
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import QUESTION
from cohesion_qda.model.text import Span, comparable

Points = set[tuple[int, int]]


def points(data: StudyData, selection: Selection) -> Points:
    return {(source, at) for source, span in selecting.spans(data, selection) for at in range(span.start, span.end)}


def plain(data: StudyData, asked: Selection) -> Points:
    """Every code point that fits, looked at one by one."""
    titles = {comparable(value) for value in asked.values_of("section", QUESTION)}
    places, ages = asked.values_of("source", "place"), asked.values_of("participant", "age")
    found: Points = set()
    for fact in data.sources:
        if places and fact.attributes.get("place", "") not in places:
            continue
        if asked.groups and (fact.kind != "focus group" or fact.group not in asked.groups):
            continue
        turns = [(start, end, case) for source, start, end, case in data.turns if source == fact.id and start < end]
        spoken = {
            at for start, end, case in turns for at in range(start, end)
            if data.cases[case].role == "participant" and (not ages or data.cases[case].attributes.get("age", "") in ages)
        }  # fmt: skip
        under = {at for source, start, end, title in data.sections for at in range(start, end)
                 if source == fact.id and comparable(title) in titles}  # fmt: skip
        codings = [row for row in data.codings if row[1] == fact.id]
        if not turns:
            is_coded = any(under & set(range(row[2], row[3])) for row in codings)
            spoken = set(range(fact.length)) if not ages and (is_coded or not titles) else set()
        if titles:
            spoken &= under
        if asked.codes:
            branch = {one for each in asked.codes for one in (data.codes.branch(each) if asked.branch else [each])}
            spoken &= {at for row in codings if row[4] in branch for at in range(row[2], row[3])}
        found |= {(fact.id, at) for at in spoken}
    return found


@st.composite
def asked(draw: st.DrawFn) -> tuple[StudyData, Selection]:
    data = draw(studies())
    wheres = []
    places = sorted({fact.attributes["place"] for fact in data.sources if fact.attributes.get("place")})
    ages = sorted({case.attributes["age"] for case in data.cases.values() if "age" in case.attributes})
    titles = sorted({row[3] for row in data.sections})
    for about, name, values in (
        ("source", "place", places),
        ("participant", "age", ages),
        ("section", QUESTION, titles),
    ):
        if values and draw(st.booleans()):
            wheres.append(Having(about, name, tuple(draw(st.sets(st.sampled_from(values), min_size=1, max_size=2)))))
    codes = draw(st.lists(st.sampled_from([each.id for each in data.codes]), max_size=2, unique=True))
    groups = draw(st.lists(st.sampled_from([CaseId(101), CaseId(102)]), max_size=1))
    return data, Selection(tuple(codes), draw(st.booleans()), tuple(wheres), tuple(groups))


@given(asked())
def test_places_are_exactly_what_fits(given_: tuple[StudyData, Selection]) -> None:
    data, selection = given_
    assert points(data, selection) == plain(data, selection)


@given(asked())
def test_no_moderator_is_ever_in_it(given_: tuple[StudyData, Selection]) -> None:
    data, selection = given_
    heard = {(source, at) for source, start, end, case in data.turns for at in range(start, end)
             if data.cases[case].role == "participant"}  # fmt: skip
    spoken = {source for source, start, end, _case in data.turns if start < end}
    assert {point for point in points(data, selection) if point[0] in spoken} <= heard


def made() -> StudyData:
    return study(
        [facts(1, group=101, place="Luton"), facts(2, group=102, place="Leeds"), facts(3, "interview", place="Leeds")],
        [group(101), group(102), person(1, age="65+"), person(2, age="18–24"), person(3, "moderator")],
        [code(1), code(2, 1)], [(1, 0, 10, 3), (1, 10, 40, 1), (2, 0, 30, 2), (3, 0, 50, 1)],
        [(1, 1, 5, 20, 2, 1), (2, 2, 10, 20, 1, 2)], [(1, 0, 25, "Why here?")],
    )  # fmt: skip


def test_by_code_group_question_and_coder() -> None:
    data = made()
    assert selecting.spans(data, Selection((CodeId(1),))) == [(1, Span(10, 20)), (2, Span(10, 20))]
    assert selecting.spans(data, Selection((CodeId(1),), branch=False)) == [(2, Span(10, 20))]
    assert selecting.spans(data, Selection((CodeId(1),), coders=("A",))) == [(1, Span(10, 20))]
    assert selecting.spans(data, Selection(groups=(CaseId(101),))) == [(1, Span(10, 40))]
    assert selecting.spans(data, Selection(where=(Having("section", QUESTION, ("why here?",)),))) == [(1, Span(10, 25))]
    assert len(selecting.spans(data, ALL)) == 3


def test_the_parts_are_the_groups_or_the_values_in_order() -> None:
    data = made()
    assert [name for name, _one in selecting.parts(data, None, ALL)] == ["group 101", "group 102"]
    assert [name for name, _one in selecting.parts(data, "place", ALL)] == ["Leeds", "Luton"]
    assert [name for name, _one in selecting.parts(data, "age", ALL)] == ["18–24", "65+"]
    assert [name for name, _one in selecting.parts(data, "question", ALL)] == ["Why here?"]
    assert [name for name, _one in selecting.parts(data, "source", ALL)] == ["source 1", "source 2", "source 3"]
    only = ALL.with_values("source", "place", ["Luton"])
    assert selecting.parts(data, "place", only) == [("Luton", only)]
    assert [name for name, _one in selecting.parts(data, None, Selection(groups=(CaseId(102),)))] == ["group 102"]


def test_what_is_not_there_is_named_with_what_is_near() -> None:
    data = made()
    for selection in (
        Selection((CodeId(9),)), Selection(groups=(CaseId(9),)), ALL.with_values("source", "place", ["Ludon"]),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            selecting.places(data, selection)
    with pytest.raises(NotFound):
        selecting.parts(data, "plaice", ALL)
