"""Group dynamics as it is read: who says how much, who follows whom, how each responds to a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.query import Having
from cohesion_qda.model.table import QUESTION, SOURCE
from cohesion_qda.model.text import Span
from cohesion_qda.report.answers import dynamics
from tests.analysis.made_studies import code, facts, group, person, studies, study
from tests.report.answers.made_material import check, material, table

UNITES, DIVIDES, CHANGE = "What unites?", "What divides?", "What would you change?"
AGREES, EXAMPLE, DISSENTS, DISSENTING = 1, 2, 3, 4
CODES = {"agrees": (AGREES,), "example": (EXAMPLE,), "dissents": (DISSENTS,), "dissenting": (DISSENTING,)}


@pytest.fixture
def made():
    """Two groups: 11 (people 1, 2, 3, moderator 9, observer 8), 12 (person 1 again, and 4); an interview; a document. One
    of group 11 never speaks (5). Under "What would you change?" only the moderator speaks.
    """
    people = [
        person(1, group=101, age="young"), person(2, group=101, age="old"), person(3, group=101, age="young"),
        person(5, group=101, age="old"), person(4, group=102, age="old"), person(6), person(8, "observer"), person(9, "moderator"),
    ]  # fmt: skip
    turns = [
        (11, 0, 10, 9), (11, 10, 40, 1), (11, 40, 50, 2), (11, 50, 55, 1), (11, 55, 60, 1),
        (11, 60, 70, 9), (11, 70, 80, 2), (11, 80, 84, 8), (11, 84, 90, 3), (11, 90, 100, 9),
        (12, 0, 10, 9), (12, 10, 20, 4), (12, 20, 30, 1), (12, 30, 40, 4),
        (13, 0, 10, 9), (13, 10, 50, 6),
    ]  # fmt: skip
    codings = [
        (1, 11, 10, 20, AGREES, 1), (2, 11, 15, 30, AGREES, 1), (3, 11, 45, 52, EXAMPLE, 1), (4, 11, 70, 80, DISSENTS, 1),
        (5, 11, 0, 10, AGREES, 1), (6, 12, 20, 30, DISSENTING, 2), (7, 12, 10, 20, AGREES, 1),
    ]  # fmt: skip
    sections = [
        (11, 0, 60, UNITES), (11, 60, 90, DIVIDES), (11, 90, 100, CHANGE), (12, 0, 40, UNITES), (13, 0, 50, UNITES),
    ]  # fmt: skip
    return material(
        study(
            [facts(11, group=101), facts(12, group=102), facts(13, "interview"), facts(14, "document")],
            [group(101), group(102), *people], [code(n) for n in (1, 2, 3, 4)], turns, codings, sections,
        )
    )  # fmt: skip


def test_one_share_is_not_said_as_from_it_to_it(made):
    answer = ask(made, where=(Having("source", SOURCE, ("source 12",)),))
    assert answer.part("shares").headline == "In each group the one who says most has 67% of its words."


def ask(made, where=(), **options):
    asked = Asked("dynamics", where=where, options=options)
    answer = dynamics.answer(made, asked)
    check(dynamics, made, asked, answer)
    return answer


def behind(made, part, key, **options):
    return dynamics.behind(made, Asked("dynamics", options=options), part, key)


def test_talk_is_shared_among_participants_and_the_moderators_share_is_said_beside(made):
    part = ask(made, source=11).part("shares")
    assert table(part) == {
        "person 1": [40 / 66, 40, 3, 30, 13.3], "person 2": [20 / 66, 20, 2, 10, 10.0],
        "person 3": [6 / 66, 6, 1, 6, 6.0], "person 5": [0.0, 0, 0, None, None],
    }  # fmt: skip
    assert [cell.value for cell in part.foot.cells] == [1.0, 66, 6, 30, 11.0]
    assert part.headline == "person 1 says most: 61% of the participants’ words."
    assert part.notes == (
        "4 participants are counted; an even share would be 25%.",
        "1 participant says nothing here: they are shown as silent.",
        "Besides, who moderates or observes says 34 words, 34% of all that is said here; they are in no share.",
    )
    assert part.lines[3].note == "says nothing here"
    assert behind(made, "shares", ("words", 11, 2), source=11) == [(11, Span(40, 50)), (11, Span(70, 80))]
    assert behind(made, "shares", ("longest", 11, 0), source=11) == [(11, Span(10, 40))]


def test_who_follows_whom_has_the_moderator_in_a_row_and_a_column_of_its_own(made):
    part = ask(made, source=11).part("follows")
    assert [head.label for head in part.heads] == [
        "person 1", "person 2", "person 3", "person 5", "person 9", "person 8", "Any other speaker next",
    ]  # fmt: skip
    assert [head.note for head in part.heads] == ["", "", "", "", "moderator", "observer", "total"]
    assert table(part)["person 1"] == [None, 1, 0, 0, 1, 0, 2]  # their two turns in a row are no change of speaker
    assert table(part)["person 9"] == [1, 1, 0, 0, None, 0, 2]
    assert [cell.value for cell in part.foot.cells] == [2, 2, 1, 0, 2, 1, 8]
    assert part.headline == (
        "2 of 8 changes of speaker go from one participant to another, 2 from the moderator to a participant."
    )
    assert behind(made, "follows", ("next", 11, 9, 2), source=11) == [(11, Span(70, 80))]
    assert len(behind(made, "follows", ("next", 11, 0, 0), source=11)) == 8


def test_who_responds_how_to_a_question_and_who_is_silent(made):
    answer = ask(made, source=11, question="what unites? ", **CODES)
    assert table(answer.part("responses")) == {
        "person 1": [1, 1, 0, 0, "A, SE"], "person 2": [0, 1, 0, 0, "SE"],
        "person 3": [None] * 4 + ["NR"], "person 5": [None] * 4 + ["NR"],
    }  # fmt: skip
    assert table(answer.part("totals")) == {
        "Agrees": [1], "Gives an example": [2], "Dissents": [0], "Gives a dissenting example": [0], "Any of these": [2],
        "Spoke, none of these": [0], "Does not respond": [2],
    }  # fmt: skip
    assert answer.part("totals").heads[0].of == 4
    assert "under “What unites?”" in answer.part("responses").subtitle
    under = dict(source=11, question=UNITES, **CODES)
    assert behind(made, "responses", ("said", 11, 1, "agrees"), **under) == [1, 2]
    assert behind(made, "totals", ("all", "silent", 0), **under) == []


def test_to_say_something_else_is_not_to_be_silent(made):
    answer = ask(made, source=11, question=DIVIDES, **CODES)
    assert table(answer.part("responses"))["person 3"] == [0, 0, 0, 0, "spoke, none of these"]
    assert table(answer.part("responses"))["person 1"] == [None] * 4 + ["NR"]
    assert table(answer.part("responses"))["person 2"] == [0, 0, 1, 0, "D"]
    under = dict(source=11, question=DIVIDES, **CODES)
    assert behind(made, "responses", ("said", 11, 3, "none"), **under) == [(11, Span(84, 90))]
    assert table(answer.part("shares"))["person 1"] == [0.0, 0, 0, None, None]
    assert table(answer.part("follows"))["person 2"][-2:] == [1, 1]  # the observer comes after
    assert any("which is not to disagree" in note for note in answer.part("responses").notes)


def test_a_question_to_which_nobody_says_anything(made):
    answer = ask(made, source=11, question=CHANGE, **CODES)
    assert {row[-1] for row in table(answer.part("responses")).values()} == {"NR"}
    assert {row[0] for row in table(answer.part("shares")).values()} == {None}
    assert answer.part("shares").headline == "No participant says anything here."
    assert answer.part("follows").headline == "Nobody follows anybody here."
    assert answer.part("follows").foot.cells[-1].value == 0


def test_every_group_stands_by_itself_and_a_person_of_two_is_counted_once_over_all(made):
    answer = ask(made, **CODES)
    shares = table(answer.part("shares"))
    assert shares["source 11/person 1"] == ["source 11", 40 / 66, 40, 3, 30, 13.3]
    assert shares["source 12/person 1"] == ["source 12", 10 / 30, 10, 1, 10, 10.0]
    assert answer.part("shares").headline == "In each group the one who says most has 61% to 67% of its words."
    assert table(answer.part("follows")) == {"source 11": [2, 2, 2, 2, 8], "source 12": [2, 1, 0, 0, 3]}
    assert [cell.value for cell in answer.part("follows").foot.cells] == [4, 3, 2, 2, 11]
    totals = answer.part("totals")
    assert [head.of for head in totals.heads] == [4, 2, 5]
    assert table(totals)["Agrees"] == [1, 1, 2]
    assert table(totals)["Gives a dissenting example"] == [0, 1, 1]
    assert table(totals)["Does not respond"] == [1, 0, 1]
    assert dict(answer.made.left_out) == {"source 13": "It is not a focus group.", "source 14": "Nobody speaks there."}


def test_groups_that_were_not_asked_are_left_out(made):
    answer = ask(made, question=DIVIDES)
    assert {line.path.split("/")[0] for line in answer.part("shares").lines} == {"source 11"}
    assert dict(answer.made.left_out)["source 12"] == "It was not asked there."


def test_transcripts_that_a_filter_leaves_out_are_named_with_why(made):
    answer = ask(made, where=(Having("source", SOURCE, ("source 11",)),))
    assert dict(answer.made.left_out) == dict.fromkeys(
        ("source 12", "source 13", "source 14"), "It is not among the transcripts asked for."
    )
    assert [line.label for line in answer.part("follows").lines] == ["source 11"]


def test_a_group_of_one_and_an_interview(made):
    answer = ask(made, source=13)
    assert table(answer.part("shares")) == {"person 6": [1.0, 40, 1, 40, 40.0]}
    assert answer.part("shares").notes[0] == "1 participant is counted; an even share would be 100%."
    assert table(answer.part("follows")) == {"person 6": [None, 0, 0], "person 9": [1, None, 1]}


def test_who_does_not_fit_the_filters_is_not_counted_but_is_still_followed(made):
    answer = ask(made, where=(Having("participant", "age", ("young",)),), source=11)
    assert table(answer.part("shares")) == {
        "person 1": [40 / 46, 40, 3, 30, 13.3], "person 3": [6 / 46, 6, 1, 6, 6.0],
    }  # fmt: skip
    notes = {head.label: head.note for head in answer.part("follows").heads}
    assert notes["person 2"] == "left out by the filters"
    assert table(answer.part("follows"))["person 1"][:-1] == [None, 0, 1, 0, 1]


def test_a_filter_by_question_is_the_same_as_choosing_it(made):
    filtered = ask(made, where=(Having("section", QUESTION, (DIVIDES,)),), source=11, **CODES)
    chosen = ask(made, source=11, question=DIVIDES, **CODES)
    for one, other in zip(filtered.parts, chosen.parts, strict=True):
        assert table(one) == table(other)
    groups = ask(made, where=(Having("section", QUESTION, (DIVIDES,)),))
    assert {line.path.split("/")[0] for line in groups.part("shares").lines} == {"source 11"}
    assert dict(groups.made.left_out)["source 12"] == "It was not asked there."


def test_without_codes_only_speaking_and_silence_are_told(made):
    answer = ask(made, source=11, question=DIVIDES)
    assert [head.label for head in answer.part("responses").heads] == ["In short"]
    assert table(answer.part("responses"))["person 2"] == ["spoke"]
    assert table(answer.part("totals")) == {"Spoke": [2], "Does not respond": [2]}
    assert "No code is chosen for: Agrees; Gives an example; Dissents; Gives a dissenting example. Whether anybody does so is not told." in answer.part("responses").notes  # fmt: skip
    assert any("Choose a question" in note for note in ask(made, source=11).part("responses").notes)


def test_a_branch_takes_the_codes_under_it():
    data = study(
        [facts(1, group=101)], [group(101), person(1, group=101)], [code(1), code(2, 1)],
        turns=[(1, 0, 10, 1)], codings=[(1, 1, 0, 5, 2, 1)],
    )  # fmt: skip
    for branch, short in ((False, "spoke, none of these"), (True, "A")):
        asked = Asked("dynamics", branch=branch, options={"source": 1, "agrees": (1,)})
        answer = dynamics.answer(material(data), asked)
        assert table(answer.part("responses"))["person 1"][-1] == short


@pytest.mark.parametrize(
    ("options", "where", "said"),
    [
        ({"source": 99}, (), "There is no source “99”."),
        ({"source": 14}, (), "Nobody speaks in “source 14”."),
        ({"source": 11, "question": "Nobody asked"}, (), "There is no question “Nobody asked”."),
        ({"source": 12, "question": DIVIDES}, (), "There is no question “What divides?”. Did you mean: What unites??"),
        ({"source": 12}, (Having("section", QUESTION, (DIVIDES,)),), "“What divides?” was not asked in what is looked at. Take the filter away, or choose another group."),
        ({"agrees": (77,)}, (), "There is no code “77”."),
        ({"source": 13}, (Having("participant", "age", ("old",)),), "“source 13” is left out by the filters. Nobody who speaks there is among those asked for."),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said(made, options, where, said):
    with pytest.raises((BadInput, NotFound)) as error:
        ask(made, where, **options)
    assert str(error.value).startswith(said)


def test_a_study_without_groups_says_so():
    with pytest.raises(BadInput) as error:
        ask(material(study([facts(1, "document")])))
    assert str(error.value) == (
        "There is no focus group in which somebody speaks. Choose a transcript, or say on the page Sources who speaks."
    )


@given(studies(), st.booleans())
def test_whatever_the_study(data, chooses):
    codes = tuple(code.id for code in data.codes)
    options = {"agrees": codes[:1], "dissents": codes[1:]} if chooses else {}
    turned = [fact.id for fact in data.sources if any(t[0] == fact.id and t[1] < t[2] for t in data.turns)]
    for source in turned:
        ask(material(data), source=source, **options)
        for title in {row[3] for row in data.sections if row[0] == source}:
            ask(material(data), source=source, question=title, **options)
    if any(fact.kind == "focus group" and fact.id in turned for fact in data.sources):
        ask(material(data), **options)
