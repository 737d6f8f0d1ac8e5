"""The portrait of a transcript, a person, a group: its codes in their order."""

from __future__ import annotations

import pytest
from hypothesis import given

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.query import Having
from cohesion_qda.model.table import QUESTION
from cohesion_qda.report.answers import portrait
from tests.analysis.made_studies import code, facts, group, person, studies, study, touches
from tests.report.answers.made_material import check, material, table


@pytest.fixture
def made():
    """Group 101 in two sources; person 1 speaks in both; 9 moderates. Source 3 is a document."""
    return material(
        study(
            [facts(1, group=101, length=100), facts(2, group=101, length=300), facts(3, "document", length=50)],
            [group(101), group(102), person(1, group=101), person(2, group=101), person(9, "moderator"), person(4)],
            [code(1), code(2), code(3, 2)],
            turns=[(1, 0, 10, 9), (1, 10, 50, 1), (1, 50, 50, 2), (1, 50, 100, 2), (2, 0, 100, 1), (2, 100, 300, 9)],
            codings=[
                (1, 1, 5, 20, 1, 1), (2, 1, 15, 30, 1, 2), (3, 1, 30, 60, 1, 1), (4, 1, 12, 14, 3, 1), (5, 1, 0, 10, 2, 1),
                (6, 2, 50, 150, 2, 1), (7, 3, 0, 25, 1, 1),
            ],
            sections=[(1, 0, 50, "Why?"), (1, 50, 100, "What else?")],
        )
    )  # fmt: skip


def ask(made, codes=(), branch=False, where=(), **options):
    asked = Asked("portrait", codes=codes, branch=branch, where=where, options=options)
    answer = portrait.answer(made, asked)
    check(portrait, made, asked, answer)
    return answer.part("order")


def test_the_codes_of_a_transcript_in_order(made):
    part = ask(made, source=1)
    assert [head.label for head in part.heads] == ["Code", "Speaker", "Turn", "From", "To", "Words"]
    assert [[cell.value for cell in line.cells] for line in part.lines] == [
        ["code 1", "person 1", 1, 0.05, 0.3, 20],  # overlapping ones of two coders are one; the moderator's words are not counted
        ["code 3", "person 1", 2, 0.12, 0.14, 2],
        ["code 1", "person 1, person 2", 2, 0.3, 0.6, 30],  # touching is not overlapping
    ]  # fmt: skip
    assert [line.code for line in part.lines] == [1, 3, 1]
    assert [line.path for line in part.lines] == ["code 1", "code 2/code 3", "code 1"]
    assert part.headline == "3 stretches are coded; most is said under “code 1”."
    asked = Asked("portrait", options={"source": 1})
    assert portrait.behind(made, asked, "order", part.lines[0].cells[0].key) == [1, 2]


def test_of_a_person_only_where_they_speak_and_only_their_words(made):
    part = ask(made, case=1)
    assert [head.label for head in part.heads][-1] == "Source"
    assert [[cell.value for cell in line.cells][3:] for line in part.lines] == [
        [0.0125, 0.075, 20, "source 1"], [0.03, 0.035, 2, "source 1"], [0.075, 0.15, 20, "source 1"],
        [0.375, 0.625, 50, "source 2"],
    ]  # fmt: skip
    assert {line.cells[1].value for line in part.lines} == {"person 1"}
    assert [line.cells[5].value for line in ask(made, case=2).lines] == [10]
    assert part.notes[-1] == "Only stretches in which person 1 speaks; words are theirs."


def test_of_a_group_all_its_transcripts_end_to_end(made):
    part = ask(made, case=101)
    assert [line.cells[6].value for line in part.lines] == ["source 1"] * 3 + ["source 2"]
    assert part.lines[-1].cells[1].value == "person 1"
    assert "laid end to end" in part.notes[0]


def test_a_document_has_all_its_words(made):
    assert [[cell.value for cell in line.cells] for line in ask(made, source=3).lines] == [
        ["code 1", "", None, 0.0, 0.5, 25]
    ]


def test_chosen_codes_and_their_branch(made):
    assert [line.code for line in ask(made, (2,), source=1).lines] == []
    assert [line.code for line in ask(made, (2,), branch=True, source=1).lines] == [2]
    assert [line.code for line in ask(made, branch=True, source=1).lines] == [1, 3, 1]  # all: each for itself
    assert ask(made, (2,), source=1).headline == "Nothing is coded here."


def test_under_a_question_turns_keep_their_number_and_places_their_share(made):
    part = ask(made, where=(Having("section", QUESTION, ("What else?",)),), source=1)
    assert [[cell.value for cell in line.cells] for line in part.lines] == [["code 1", "person 2", 4, 0.5, 0.6, 10]]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "A portrait is of a transcript, a person or a group. Choose one."),
        ({"source": 99}, "There is no source “99”."),
        ({"case": 99}, "There is no case “99”."),
        ({"case": 102}, "There is nothing of “group 102”: it has no transcript."),
        ({"case": 4}, "There is nothing of “person 4”: they speak in no source."),
        ({"case": 9}, "“person 9” is no participant: what they say is not counted."),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_said(made, options, said):
    with pytest.raises((BadInput, NotFound)) as error:
        ask(made, **options)
    assert str(error.value).startswith(said)


def test_filters_may_leave_it_out(made):
    with pytest.raises(BadInput) as error:
        ask(made, where=(Having("section", QUESTION, ("Why?",)),), source=2)
    assert str(error.value) == "“source 2” is left out by the filters. Take a filter away, or choose another."


@given(studies())
def test_stretches_are_the_codings_that_count(data):
    for fact in data.sources:
        part = ask(material(data), source=fact.id)
        speaks = [t for t in data.turns if t[0] == fact.id and t[1] < t[2]]
        heard = [t for t in speaks if data.cases[t[3]].role == "participant"]
        places = {code.id: set() for code in data.codes}
        for row in data.codings:
            if row[1] == fact.id and (not speaks or any(touches(row[2], row[3], t[1], t[2]) for t in heard)):
                places[row[4]] |= set(range(row[2], row[3]))
        found = {code.id: set() for code in data.codes}
        starts = []
        for line in part.lines:
            _what, number, _source, start, end = line.cells[0].key
            assert line.cells[3].value == start / fact.length
            assert line.cells[4].value == end / fact.length
            assert not found[number] & set(range(start, end))
            found[number] |= set(range(start, end))
            starts.append(start)
            said = (
                set().union(*(range(max(start, t[1]), min(end, t[2])) for t in heard)) if speaks else range(start, end)
            )
            assert line.cells[5].value >= len(said)  # turns inside others are counted each
        assert found == places
        assert starts == sorted(starts)
        assert table(part) is not None
