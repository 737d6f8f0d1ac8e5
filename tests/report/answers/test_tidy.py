"""The long form: a line for every coding and every participant who speaks in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from cohesion_qda.base.errors import NotFound
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.query import Having
from cohesion_qda.model.table import QUESTION
from cohesion_qda.report import tabled
from cohesion_qda.report.answers.tidy import participants, tidy
from tests.analysis.made_studies import code, facts, group, person, studies, study, touches
from tests.report.answers.made_material import material


def lines(made, asked=None, quotes=False):
    part = tidy(made, asked or Asked(), quotes)
    labels = [head.label for head in part.heads]
    assert len(set(labels)) == len(labels)
    return [dict(zip(labels, (cell.value for cell in line.cells), strict=True)) for line in part.lines]


@pytest.fixture
def made():
    data = study(
        [facts(1, group=101, length=60, place="Batley", size="8"), facts(2, "document", length=30, size="10")],
        [group(101), person(1, group=101, age="20", place="Leeds"), person(2, group=101, age="about 30"), person(9, "moderator")],
        [code(1), code(2, 1)],
        turns=[(1, 0, 10, 9), (1, 10, 20, 1), (1, 20, 40, 2), (1, 40, 50, 1)],
        codings=[(1, 1, 5, 45, 2, 1), (2, 1, 0, 8, 1, 2), (3, 2, 0, 9, 1, 1), (4, 1, 12, 18, 1, 2)],
        sections=[(1, 15, 30, "Why?"), (1, 30, 60, "What | else?")],
    )  # fmt: skip
    types = {("source", "size"): "number", ("participant", "age"): "number"}
    return material(replace(data, types=types), weights={4: 70})


def test_a_line_for_every_coding_and_participant_and_one_where_nobody_speaks(made):
    found = lines(made)
    assert [(line["Coding"], line["Participant"], line["Words"], line["Turns"]) for line in found] == [
        (2, "", None, None), (1, "person 1", 15, 2), (1, "person 2", 20, 1), (4, "person 1", 6, 1), (3, "", None, None),
    ]  # fmt: skip
    assert [(line["Counted"], line["Why not counted"]) for line in found] == [
        (0, "No participant speaks in it."), (1, ""), (1, ""), (1, ""), (1, ""),
    ]  # fmt: skip
    assert [line["First turn"] for line in found] == [1, 2, 3, 2, None]
    assert [line["Group"] for line in found] == ["group 101"] * 4 + [""]
    assert [line["Kind of source"] for line in found] == ["focus group"] * 4 + ["document"]
    assert [(line["Code"], line["Name of code"]) for line in found][1] == ("code 1/code 2", "code 2")
    assert [line["Coder"] for line in found] == ["B", "A", "A", "B", "A"]
    assert [line["Weight"] for line in found] == [None, None, None, 70, None]
    assert [(line["Start"], line["End"]) for line in found][:2] == [(0, 8), (5, 45)]


def test_attributes_have_a_column_each_and_say_of_whom_they_are_where_that_is_not_clear(made):
    line = lines(made)[1]
    assert line["place of sources"] == "Batley"
    assert line["place of people"] == "Leeds"
    assert line["age"] == "20"  # one of them is no number: they stay as they were written
    assert line["size"] == 8.0


def test_an_attribute_called_like_a_column_says_of_whom_it_is():
    data = study([facts(1, Source="x")], [person(1)], [code(1)], [(1, 0, 9, 1)], [(1, 1, 0, 5, 1, 1)])
    assert lines(material(data))[0]["Source of sources"] == "x"


def test_the_question_is_that_under_which_the_participant_says_it(made):
    assert [line["Question asked"] for line in lines(made)] == [
        "", "(no question) | Why? | What | else?", "Why? | What | else?", "(no question) | Why?", "",
    ]  # fmt: skip


def test_quotations_are_there_where_they_are_asked_for(made):
    assert [line["Quotation"] for line in lines(made, quotes=True)] == ["x" * n for n in (8, 40, 40, 6, 9)]
    assert "Quotation" not in lines(made)[0]


def test_codes_with_their_branch_coders_and_filters(made):
    assert {line["Coding"] for line in lines(made, Asked(codes=(1,)))} == {2, 4, 3}
    assert {line["Coding"] for line in lines(made, Asked(codes=(1,), branch=True))} == {1, 2, 3, 4}
    assert {line["Coding"] for line in lines(made, Asked(coders=("B",)))} == {2, 4}
    young = lines(made, Asked(where=(Having("participant", "age", ("20",)),)))
    assert [(line["Participant"], line["Why not counted"]) for line in young] == [
        ("", "Nobody who is asked for speaks in it."), ("person 1", ""), ("person 1", ""),
    ]  # fmt: skip
    under = lines(made, Asked(where=(Having("section", QUESTION, ("Why?",)),)))
    assert [(line["Coding"], line["Start"], line["End"], line["Words"]) for line in under] == [
        (4, 15, 18, 3), (1, 15, 30, 5), (1, 15, 30, 10),
    ]  # fmt: skip


def test_a_code_that_is_not_there(made):
    with pytest.raises(NotFound) as error:
        lines(made, Asked(codes=(8,)))
    assert str(error.value).startswith("There is no code “8”.")


@given(studies())
def test_every_coding_has_a_line_for_each_participant_who_speaks_in_it(data):
    expected = []
    for coding, source, start, end, _code, _coder in data.codings:
        touched = {t[3] for t in data.turns if t[0] == source and t[1] < t[2] and touches(start, end, t[1], t[2])}
        heard = {case for case in touched if data.cases[case].role == "participant"}
        spoken = any(t[0] == source and t[1] < t[2] for t in data.turns)
        expected += [(coding, case, 1) for case in heard] or [(coding, None, 0 if spoken else 1)]
    found = [(line["Coding"], line["Participant ID"], line["Counted"]) for line in lines(material(data))]
    assert sorted(found, key=str) == sorted(expected, key=str)


def people(made, asked=None):
    part = participants(made, asked or Asked())
    labels = [head.label for head in part.heads]
    return [dict(zip(labels, (cell.value for cell in line.cells), strict=True)) for line in part.lines]


@pytest.fixture
def bevs():
    """Two called Bev, in two groups, one of whom says nothing that is coded, and one who sat there and never spoke."""
    bev = [replace(person(n, group=group, age=age), name="Bev") for n, group, age in ((1, 101, "20"), (2, 102, "70"))]
    data = study(
        [facts(1, group=101, length=60, place="Batley"), facts(2, group=102, length=40, place="Mirfield")],
        [group(101), group(102), *bev, person(3, group=102, age="30"), person(9, "moderator", group=101)],
        [code(1)], turns=[(1, 0, 10, 9), (1, 10, 30, 1), (1, 30, 60, 1), (2, 0, 40, 2)], codings=[(1, 1, 12, 40, 1, 1)],
    )  # fmt: skip
    return material(data)


def test_people_of_one_name_are_two_in_the_long_form(bevs):
    assert [(line["Participant ID"], line["Participant"]) for line in lines(bevs)] == [(1, "Bev (group 101)")]
    columns = tabled.variables(participants(bevs, Asked()))
    (who,) = [column for column in columns if column.label == "Participant"]
    assert len(set(who.cells)) == 3


def test_who_says_nothing_that_is_coded_is_in_the_table_of_participants(bevs):
    shown = (
        "Participant ID",
        "Participant",
        "Source",
        "Group",
        "age",
        "place",
        "Words",
        "Turns",
        "Lines in the long form",
    )
    assert [tuple(line[name] for name in shown) for line in people(bevs)] == [
        (1, "Bev (group 101)", "source 1", "group 101", "20", "Batley", 50, 2, 1),
        (2, "Bev (group 102)", "source 2", "group 102", "70", "Mirfield", 40, 1, 0),
        (3, "person 3", "", "group 102", "30", "", 0, 0, 0),
    ]


def test_the_table_of_participants_is_of_what_is_looked_at(bevs):
    old = Asked(where=(Having("participant", "age", ("70",)),))
    assert [line["Participant ID"] for line in people(bevs, old)] == [2]
    mirfield = Asked(where=(Having("source", "place", ("Mirfield",)),))
    assert [line["Participant ID"] for line in people(bevs, mirfield)] == [2, 3]
