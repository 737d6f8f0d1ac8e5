"""Who a quotation is by, what stands around it, and what the report says of how quotations were chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.model.case import Case
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CaseId, CodingId, SegmentId, SourceId
from cohesion_qda.model.place import Place
from cohesion_qda.model.reporting import ATTRIBUTIONS, DISSENT, GROUP, NAMED, NOBODY, PSEUDONYM, Quote
from cohesion_qda.model.study import SourceFacts, StudyData
from cohesion_qda.model.text import Span
from cohesion_qda.report.attributions import Attributions, unnamed
from cohesion_qda.report.quotes import AROUND, Chooser, who_chose
from cohesion_qda.report.values import Quotation, QuotePart

TALK = [
    (3, "What gets in the way?"),
    (1, "The buses. Nobody comes."),
    (2, "Exactly 😀 that."),
    (1, "And the park."),
    (2, "Yes."),
]
TEXT = "\n".join(words for _who, words in TALK)
DOCUMENT = "First.\n\nSecond one.\nThird.\nFourth."


def turns() -> Iterator[tuple[int, int, int, int]]:
    start = 0
    for who, words in TALK:
        yield 1, start, start + len(words), who
        start += len(words) + 1


def study(**pseudonyms: str) -> StudyData:
    people = [
        Case(CaseId(1), "Zainab", "participant", "participant", CaseId(9), {"Pseudonym": pseudonyms.get("Zainab", "")}),
        Case(CaseId(2), "Tom", "participant", "participant", CaseId(9), {}),
        Case(CaseId(3), "Dr Verity", "participant", "moderator", CaseId(9), {}),
    ]
    facts = [
        SourceFacts(SourceId(n), name, kind, group, len(TEXT), 20, {})
        for n, name, kind, group in (
            (1, "Women", "focus group", CaseId(9)), (2, "Zainab Malik", "interview", None), (3, "Plan 2030", "document", None),
        )
    ]  # fmt: skip
    return StudyData(tuple(facts), {case.id: case for case in people}, CodeTree([]), (), tuple(turns()), ())


def quote(start: int, end: int, role: str = "", source: int = 1) -> Quote:
    text = DOCUMENT if source == 3 else TEXT
    place = Place(
        SegmentId(1),
        SourceId(source),
        Span(start, end),
        text[start:end],
        "Plan 2030" if source == 3 else "Women",
        turn=2,
    )
    return Quote(place, role)


def text_of(source: SourceId) -> str:
    return DOCUMENT if source == 3 else TEXT


@pytest.mark.parametrize(
    ("rule", "people", "source", "said"),
    [
        (NAMED, (1, 2), 1, "Zainab and Tom, Women"),
        (NAMED, (1,), 2, "Zainab, Zainab Malik"),
        (PSEUDONYM, (1, 2), 1, "Participant 1 and Participant 2, Women"),
        (PSEUDONYM, (1,), 2, "Participant 1, Interview"),
        (GROUP, (1, 2), 1, "Women"),
        (GROUP, (1,), 2, "Interview"),
        (NOBODY, (1, 2), 1, ""),
        (NOBODY, (1,), 2, ""),
        *((rule, (), 3, "Plan 2030") for rule in ATTRIBUTIONS),
    ],
)
def test_who_it_is_by(rule: str, people: tuple[int, ...], source: int, said: str) -> None:
    made = study()
    name = made.sources[source - 1].name
    assert Attributions(made, rule).under([CaseId(one) for one in people], SourceId(source), name) == said


def test_a_pseudonym_that_was_given_is_used_and_the_numbers_of_the_others_stay() -> None:
    by = Attributions(study(Zainab=" Rose "), PSEUDONYM)
    assert [by.person(CaseId(n)) for n in (1, 2, 3)] == ["Rose", "Participant 2", "Moderator"]
    assert [Attributions(study(), GROUP).person(CaseId(n)) for n in (1, 2, 3)] == ["", "", "Moderator"]
    assert Attributions(study(), NAMED).person(CaseId(3)) == "Dr Verity"


@pytest.mark.parametrize("rule", [PSEUDONYM, GROUP, NOBODY])
def test_no_name_of_a_person_stands_in_or_around_a_quotation(rule: str) -> None:
    (found,) = Chooser(study(), rule, text_of).choose((), [quote(22, 60)])
    said = " ".join((found.attribution, *(part.speaker for part in (*found.before, *found.parts, *found.after))))
    assert not any(name in said for name in ("Zainab", "Tom", "Verity"))
    assert found.turn == (0 if rule == NOBODY else 2)
    assert found.people == (CaseId(1), CaseId(2)), "who it is stays known to the checks"


@given(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted).filter(lambda ends: ends[0] < ends[1])
)
def test_what_stands_around_a_quotation_are_the_words_next_to_it(ends: list[int]) -> None:
    start, end = ends
    (found,) = Chooser(study(), NAMED, text_of).choose((), [quote(start, end)])
    at = start
    for part in reversed(found.before):
        assert part.words
        at = TEXT.rindex(part.words, 0, at)
        assert not TEXT[at + len(part.words) : start].strip() or part is not found.before[-1], "nothing is left out"
    assert bool(found.before) == bool(TEXT[:start].strip())
    at = end
    for part in found.after:
        place = TEXT.index(part.words, at)
        assert not TEXT[at:place].strip(), "nothing is left out"
        at = place + len(part.words)
    assert bool(found.after) == bool(TEXT[end:].strip())
    assert max(len(found.before), len(found.after)) <= AROUND + 1


def test_around_a_passage_of_a_document_stand_its_paragraphs() -> None:
    start = DOCUMENT.index("one")
    (found,) = Chooser(study(), NAMED, text_of).choose((), [quote(start, start + 3, source=3)])
    assert [part.words for part in found.before] == ["First.", "Second"]
    assert [part.words for part in found.after] == [".", "Third."]
    assert not Chooser(study()).choose((), [quote(0, 9)])[0].after, "without texts nothing is known of it"


def test_views_against_are_kept_apart_and_lost_ones_are_not_quoted() -> None:
    lost = quote(5, 5)
    chooser = Chooser(study())
    quotes = [quote(0, 9), quote(22, 32, DISSENT), replace(lost, place=replace(lost.place, quote="gone"))]
    assert [q.span for q in chooser.choose((), quotes)] == [Span(0, 9)]
    assert [(q.span, q.role) for q in chooser.dissenting(quotes)] == [(Span(22, 32), DISSENT)]


def test_the_report_says_how_many_quotations_the_author_chose() -> None:
    mine = Quotation(CodingId(0), (QuotePart("", "a"),), "", 0, is_chosen=True)
    theirs = replace(mine, is_chosen=False)
    assert who_chose([]) == ()
    assert who_chose([mine, mine]) == ("All quotations were chosen by the author.",)
    assert who_chose([mine, theirs, theirs])[0] == "Quotations chosen by the author: 1 of 3."
    assert "proposed by the program" in who_chose([mine, theirs])[1]


@pytest.mark.parametrize(
    ("example", "said"),
    [
        ("“The buses.” (Amina, Women, turn 5)", "“The buses.”"),
        ("“It (the bus) stops.” (Amina (b), Women, turn 5) ", "“It (the bus) stops.” "),
        ("“One.” (Amina, turn 1)\n\nFrom “Cuts”: “Two.” (Tom, turn 2)", "“One.”\n\nFrom “Cuts”: “Two.”"),
        ("Any talk of buses (or trains)", "Any talk of buses (or trains)"),
    ],
)
def test_an_example_of_the_codebook_loses_who_said_it(example: str, said: str) -> None:
    assert unnamed(example) == said


@pytest.mark.parametrize(("rule", "told"), [(NAMED, "123"), (PSEUDONYM, "13"), (GROUP, "13"), (NOBODY, "3")])
def test_which_sources_stand_under_their_quotations(rule: str, told: str) -> None:
    by = Attributions(study(), rule)
    assert "".join(str(n) for n in (1, 2, 3) if by.tells_source(SourceId(n))) == told
