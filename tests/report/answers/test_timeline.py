"""The timeline of a study: sources, talk and codes by date, and when it was coded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.query import Having
from cohesion_qda.model.table import UNITS
from cohesion_qda.report.answers import timeline
from tests.analysis.made_studies import code, facts, group, person, studies, study
from tests.report.answers.made_material import check, material, table

MARCH, APRIL = "2025-03-04", "2025-04-10"


def dated(*dates, types=("date",)):
    """A group for each date, person 1 in all of them, another person in each; code 1 in every one, code 2 in the first."""
    n = len(dates)
    data = study(
        [facts(k, group=100 + k, **({"met": d} if d else {}), place="Batley") for k, d in enumerate(dates, 1)],
        [*(group(100 + k) for k in range(1, n + 1)), *(person(k) for k in range(1, n + 2)), person(99, "moderator")],
        [code(1), code(2), code(3, 2)],
        turns=[t for k in range(1, n + 1) for t in ((k, 0, 10, 99), (k, 10, 30, 1), (k, 30, 40, k + 1))],
        codings=[(k, k, 10, 35, 1, 1) for k in range(1, n + 1)] + [(50, 1, 30, 40, 2, 2), (51, 1, 31, 40, 3, 2)],
    )
    return replace(data, types={("source", "met"): types[0]}) if types else data


def ask(made, codes=(), unit="participants", branch=False, where=(), **options):
    asked = Asked("timeline", codes=codes, unit=unit, branch=branch, where=where, options=options)
    answer = timeline.answer(made, asked)
    check(timeline, made, asked, answer, only=unit == "mentions")  # documents are codings of nobody
    return answer


def test_what_there_is_of_each_day_by_the_date_of_the_sources():
    made = material(dated("10/04/2025", MARCH, MARCH))
    answer = ask(made, (1, 2))
    part = answer.part("events")
    assert [head.label for head in part.heads] == [
        "Sources",
        "Participants",
        "Words",
        "Mentions",
        "code 1",
        "code 2 (the code itself)",
    ]
    assert {head.over for head in part.heads[4:]} == {"Participants who speak of"}
    assert table(part) == {MARCH: [2, 3, 60, 2, 3, 0], APRIL: [1, 2, 30, 3, 2, 1]}
    assert [line.label for line in part.lines] == ["4 March 2025", "10 April 2025"]
    assert [cell.of for cell in part.lines[1].cells] == [3, 4, 90, 5, 2, 2]
    assert [cell.value for cell in part.foot.cells] == [3, 4, 90, 5, 4, 1]
    assert part.headline == "3 sources from 4 March 2025 to 10 April 2025"
    assert part.figures == ("timeline",)
    assert "Dates are those of the attribute “met”." in answer.made.counted
    asked = Asked("timeline", codes=(1,), options={})
    assert timeline.behind(made, asked, "events", ("code", 1, MARCH)) == [2, 3]
    assert len(timeline.behind(made, asked, "events", ("words", APRIL))) == 2


@pytest.mark.parametrize(
    ("unit", "counts"), [("mentions", [1, 1]), ("turns", [2, 1]), ("words", [25, 10]), ("groups", [1, 1])]
)
def test_the_codes_are_counted_in_the_unit_that_is_asked_for(unit, counts):
    part = ask(material(dated(MARCH)), (1, 2), unit).part("events")
    assert table(part)[MARCH][4:] == counts


def test_a_branch_counts_with_the_codes_under_it():
    assert table(ask(material(dated(MARCH)), (2,), "mentions", branch=True).part("events"))[MARCH][4:] == [1]
    assert table(ask(material(dated(MARCH)), (2,), "words", branch=True).part("events"))[MARCH][4:] == [10]


def test_a_type_that_nobody_has_said_is_guessed():
    part = ask(material(dated("4 March 2025", "10.4.2025", types=()))).part("events")
    assert [line.path for line in part.lines] == [MARCH, APRIL]


def test_years_and_months_alone_stand_as_they_are():
    part = ask(material(dated("2025-03", "2024-02-01", "2025"))).part("events")
    assert [line.label for line in part.lines] == ["1 February 2024", "2025", "2025-03"]


def test_without_a_date_it_goes_by_the_day_of_import_and_says_what_to_do():
    answer = ask(material(dated("", "")), (1,))
    assert table(answer.part("events")) == {MARCH: [2, 3, 60, 4, 3]}
    assert answer.part("events").headline == "2 sources, all of 4 March 2025"
    assert answer.part("events").notes[0] == (
        "No attribute of the sources is a date: this is by the day they were imported. "
        "Give the sources an attribute of the type date on the page Attributes."
    )
    assert "Dates are those on which the sources were imported." in answer.made.counted


def test_the_day_of_import_can_be_chosen_though_there_is_a_date():
    answer = ask(material(dated(MARCH, APRIL)), date="")
    assert [line.path for line in answer.part("events").lines] == [MARCH]
    assert not any("page Attributes" in note for note in answer.part("events").notes)


def test_sources_without_a_date_and_with_one_that_cannot_be_read_stand_last():
    part = ask(material(dated(MARCH, "", "in spring")), (1,), date="MET").part("events")
    assert table(part) == {MARCH: [1, 2, 30, 3, 2], "(no date)": [2, 3, 60, 2, 3]}
    assert part.notes[0] == "What is given as the date of source 3 cannot be read: they stand under no date."


def test_nothing_is_dated_at_all():
    part = ask(material(dated("in spring")), (1,), date="met").part("events")
    assert table(part) == {"(no date)": [1, 2, 30, 3, 2]}
    assert part.headline == "No source has a date."


def test_where_no_code_is_chosen_those_said_most_are_shown():
    part = ask(material(dated(MARCH, APRIL))).part("events")
    assert [head.label for head in part.heads[4:]] == ["code 1", "code 2 (the code itself)", "code 3"]
    assert table(part) == {MARCH: [1, 2, 30, 3, 2, 1, 1], APRIL: [1, 2, 30, 1, 2, 0, 0]}
    assert "No code was chosen: the codes shown are those said most." in part.notes
    assert not any("said most" in note for note in ask(material(dated(MARCH)), (1,)).part("events").notes)
    only = timeline.FIRST
    many = dated(MARCH)
    codes = [code(n) for n in range(1, 10)]
    many = replace(many, codes=CodeTree(codes), codings=tuple((n, 1, 10, 35, 1 + n % 9, 1) for n in range(1, 20)))
    assert len(ask(material(many)).part("events").heads) == 4 + only


def test_when_it_was_coded_and_by_whom():
    made = material(dated(MARCH, APRIL), coded_at={1: "2025-05-01T12:00:00+00:00", 2: "2025-05-02T12:00:00+00:00", 50: "2025-05-02T12:00:00+00:00"})  # fmt: skip
    part = ask(made).part("coded")
    assert [head.label for head in part.heads] == ["A", "B", "All coders"]
    assert table(part) == {"2025-05-01": [1, 0, 1], "2025-05-02": [1, 1, 2]}
    assert [cell.value for cell in part.foot.cells] == [2, 1, 3]
    assert timeline.behind(made, Asked("timeline"), "coded", ("coded", 2, "2025-05-02")) == [50]
    assert [p.key for p in ask(material(dated(MARCH), coded_at={})).parts] == ["events"]


def test_filters_leave_sources_out():
    answer = ask(material(dated(MARCH, APRIL)), where=(Having("source", "met", (APRIL,)),))
    assert [line.path for line in answer.part("events").lines] == [APRIL]
    assert answer.made.left_out[0] == ("source 1", "Its “met” is 2025-03-04.")


@pytest.mark.parametrize(
    ("kwargs", "types", "said"),
    [
        ({"date": "meet"}, ("date",), "There is no attribute “meet”. Did you mean: met?"),
        ({"date": "place"}, ("date",), "The attribute “place” holds no dates. Dates are: met."),
        ({"date": "met"}, ("text",), "The attribute “met” holds no dates. Give the sources an attribute of the type date on the page Attributes."),
        ({"codes": (9,)}, ("date",), "There is no code “9”."),
        ({"unit": "lines"}, ("date",), "There is no unit “lines”."),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said(kwargs, types, said):
    with pytest.raises((BadInput, NotFound)) as error:
        ask(material(dated(MARCH, types=types)), **kwargs)
    assert str(error.value).startswith(said)


@given(
    studies(),
    st.sampled_from(UNITS),
    st.lists(st.sampled_from(["2025-01-02", "2024", "", "3 May 2025"]), min_size=4, max_size=4),
)
def test_whatever_the_study(data, unit, dates):
    sources = tuple(
        replace(fact, attributes={**fact.attributes, **({"met": value} if value else {})})
        for fact, value in zip(data.sources, dates, strict=False)
    )
    data = replace(data, sources=sources)
    part = ask(material(data), tuple(code.id for code in data.codes), unit).part("events")
    assert sum(line.cells[0].value for line in part.lines) == len(data.sources)
