"""Frequencies and crosstabs as answers: totals, denominators and shares hold, and what a reader can work out is all said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cohesion_qda.analysis import significance
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.answer import Answer, Cell, Part
from cohesion_qda.model.asked import SHARES, Asked
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import Having
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import QUESTION, UNITS
from cohesion_qda.report.answers import crosstab, frequencies
from cohesion_qda.report.answers.material import Material
from tests.analysis.made_studies import code, facts, group, person, studies, study
from tests.report.answers.made_material import check_sums

BY = st.lists(st.sampled_from(["place", "age", QUESTION]), max_size=2, unique=True)


def material(data: StudyData) -> Material:
    starts = np.arange(0, 60, 3)
    return Material(data, "Study", "2026-11-21T12:00:00+00:00", lambda _source: "", {
        "settled": lambda: frozenset(),
        "words": lambda: {fact.id: starts for fact in data.sources},
    })  # fmt: skip


def check_cells(part: Part) -> None:
    """No count is more than what it is out of, and every share is that of its count."""
    for place in part.places():
        cell, head = part.cell(place), part.heads[place[1]]
        if place[0] >= 0 and part.lines[place[0]].is_heading:
            assert cell == Cell() and not part.lines[place[0]].key
        elif head.form == "count":
            assert isinstance(cell.value, int) and (cell.of is None or cell.value <= cell.of)
        else:
            beside = part.cell((place[0], place[1] - 1))
            assert cell.key == beside.key and head.unit == part.heads[place[1] - 1].unit
            assert cell.value is None if not cell.of else cell.value == beside.value / cell.of


def check_behind(of: Material, asked: Asked, part: Part) -> None:
    """Every number opens: to codings where it is not 0, and to at least as many as there are mentions."""
    answers = frequencies if asked.kind == "frequencies" else crosstab
    for place in part.places():
        cell, unit = part.cell(place), part.heads[place[1]].unit
        found = answers.behind(of, asked, part.key, cell.key)
        if place[0] >= 0 and part.lines[place[0]].is_heading:
            assert found == []
            continue
        assert len(set(found)) == len(found)
        if unit == "mentions" and part.heads[place[1]].form == "count":
            assert bool(found) == bool(cell.value)
            assert len(found) >= cell.value or place[0] == -1, "overlapping ones are one mention"
        elif cell.value:
            assert found


@given(studies(), BY, st.sampled_from(UNITS), st.sampled_from(SHARES), st.booleans())
def test_a_crosstab_holds_together(data: StudyData, by: list[str], unit: str, share: str, branch: bool) -> None:
    asked = Asked("crosstab", by=tuple(by), unit=unit, share=share, branch=branch)
    try:
        answer = crosstab.answer(material(data), asked)
    except NotFound:
        assume(False)
        return
    for part in answer.parts:
        check_sums(part)
        check_cells(part)
    counts = answer.part("counts")
    check_behind(material(data), asked, counts)
    if share == "total" and unit == "mentions" and not branch and by == ["place"]:
        of_all = [
            counts.cell((n, m)).value
            for n in range(len(counts.lines))
            for m, h in enumerate(counts.heads[:-2])
            if h.form == "share"
        ]
        assert None in of_all or not of_all or sum(of_all) == pytest.approx(1)  # fmt: skip


@given(studies(), st.sampled_from(UNITS), st.sampled_from(["", "column", "total"]), st.booleans())
def test_frequencies_hold_together(data: StudyData, unit: str, share: str, branch: bool) -> None:
    asked = Asked("frequencies", unit=unit, share=share, branch=branch)
    (part,) = frequencies.answer(material(data), asked).parts
    check_sums(part)
    check_cells(part)
    check_behind(material(data), asked, part)
    values = [line.cells[0].value for line in part.lines]
    assert values == sorted(values, reverse=True), "the most said first"
    units = [head.unit for head in part.heads if head.form == "count"]
    assert units[0] == unit and set(units) >= {"mentions", "participants", "groups"}, "Morgan's three beside it"
    same = crosstab.answer(material(data), Asked("crosstab", unit=unit, branch=branch)).part("counts")
    assert {line.code: line.cells[0].value for line in same.lines if not line.is_heading} == {
        line.code: line.cells[0].value for line in part.lines
    }


# -- stories -------------------------------------------------------------------------------------------------------------


def two_places(sections: bool = True) -> StudyData:
    """Four people in two groups; two questions as headings of the codebook, and two in the guide."""
    who = [
        person(1, age="9"),
        person(2, age="10"),
        person(3, age="10"),
        person(4, age="9"),
        person(5, "moderator"),
        group(11),
        group(12),
    ]
    titles = [(1, 0, 50, "What unites?"), (1, 50, 100, "What divides?"), (2, 0, 100, "What unites?")]
    unites, divides = (
        type(code(n))(CodeId(n), None, name, "navy", is_question=True, position=n)
        for n, name in ((1, "Unites"), (2, "Divides"))
    )
    return study(
        [facts(1, group=11, place="Batley", held="2026-03-04"), facts(2, group=12, place="Dewsbury", held="2026-05-09")], who,
        [unites, divides, code(3, 1, "Food"), code(4, 1, "Parks"), code(5, 4, "Benches"), code(6, 2, "Cuts")],
        [(1, 0, 30, 1), (1, 30, 49, 2), (1, 50, 60, 5), (1, 60, 90, 1), (2, 0, 40, 3), (2, 40, 80, 4)],
        [(1, 1, 0, 9, 3, 1), (2, 1, 31, 40, 3, 1), (3, 1, 35, 45, 4, 1), (4, 2, 0, 9, 4, 1), (5, 2, 50, 60, 5, 1), (6, 1, 61, 70, 6, 1),
         (7, 1, 52, 58, 6, 1)],
        titles if sections else (), ["What unites?", "What divides?"],
    )  # fmt: skip


def ask(**asked: object) -> Answer:
    kind = str(asked.pop("kind", "crosstab"))
    return (frequencies if kind == "frequencies" else crosstab).answer(material(two_places()), Asked(kind, **asked))  # type: ignore[arg-type]


def shown(part: Part, form: str = "count") -> dict[str, list[object]]:
    kept = [n for n, head in enumerate(part.heads) if head.form == form]
    return {line.label: [line.cells[n].value for n in kept] for line in part.lines}


def labels(part: Part) -> list[tuple[str, str, int | None]]:
    return [(head.over, head.label, head.of) for head in part.heads]


def test_a_list_of_what_was_said_with_morgans_three_counts() -> None:
    answer = ask(kind="frequencies")
    (part,) = answer.parts
    assert labels(part) == [("", "Participants", 4), ("", "Mentions", 6), ("", "Groups", 2)]
    assert shown(part) == {
        "Parks (the code itself)": [2, 2, 2],
        "Food": [2, 2, 1],
        "Cuts": [1, 1, 1],
        "Benches": [1, 1, 1],
    }
    assert (part.headline, part.figures) == (
        "Said by the most people (2 of 4 participants): “Parks (the code itself)” and “Food”.",
        ("bars",),
    )
    assert part.subtitle == (
        "Participants who said it · 4 participants in 2 groups · Batley and Dewsbury · 4 March 2026 to 9 May 2026"
    )
    assert part.foot is not None and [cell.value for cell in part.foot.cells] == [4, 6, 2]
    assert [line.path for line in part.lines][:2] == ["Unites/Parks (the code itself)", "Unites/Food"], (
        "headings nobody used are no rows"
    )
    assert "1 coding in which no participant speaks is not counted." in answer.notes, "the moderator"
    assert (
        answer.made.study == "Study"
        and "4 participants speak there; moderators are not counted." in answer.made.counted
    )


def test_the_themes_of_one_research_question() -> None:
    answer = ask(kind="frequencies", options={"question": 1}, branch=True, unit="words", share="column")
    (part,) = answer.parts
    assert (answer.title, list(shown(part))) == ("Themes of “Unites”", ["Parks", "Food", "Benches"])
    assert labels(part)[:2] == [("", "Words", 37), ("", "Share (%)", 37)]
    assert part.headline == "With the most words (9 of 37 words): “Parks”."
    with pytest.raises(NotFound, match="There is no code “99”"):
        ask(kind="frequencies", options={"question": 99})
    in_order = ask(kind="frequencies", options={"order": "codebook"}).part("codes")
    assert [(line.label, line.depth) for line in in_order.lines] == [
        ("Food", 0),
        ("Parks (the code itself)", 0),
        ("Benches", 1),
        ("Cuts", 0),
    ]


def test_codes_by_place_with_shares_of_the_column() -> None:
    answer = ask(by=("place",), share="column")
    part = answer.part("counts")
    assert [(h.label, h.form, h.of) for h in part.heads] == [
        ("Batley", "count", 2), ("Batley (%)", "share", None), ("Dewsbury", "count", 2), ("Dewsbury (%)", "share", None),
        ("All", "count", 4), ("All (%)", "share", None),
    ]  # fmt: skip
    assert shown(part)["Food"] == [2, 0, 2] and shown(part, "share")["Food"] == [1.0, 0.0, 0.5]
    assert part.headline == "", "two people in each column are too few to say which code differs most"
    assert part.figures[0] == "dumbbell" and part.title == "Codes by place"
    assert any(note.startswith("Some columns are of few") for note in answer.notes)
    assert any("not drawn by lot" in note for note in answer.notes)
    rows = ask(by=("place",), share="row").part("counts")
    assert shown(rows, "share")["Parks (the code itself)"] == [0.5, 0.5, 1.0]


def test_two_attributes_one_within_the_other() -> None:
    part = ask(by=("place", "age"), unit="turns").part("counts")
    assert labels(part) == [
        ("Batley", "9", 2), ("Batley", "10", 1), ("Dewsbury", "9", 1), ("Dewsbury", "10", 1), ("", "All", 5),
    ]  # fmt: skip
    assert shown(part)["Food"] == [1, 1, 0, 0, 2] and part.figures == ("heat map", "bars")
    assert part.title == "Codes by place, and within it by age"
    assert crosstab.behind(
        material(two_places()), Asked("crosstab", by=("place", "age")), "counts", (3, "Batley", "10")
    ) == [2]
    assert crosstab.behind(material(two_places()), Asked("crosstab", by=("place",)), "counts", (3,)) == [1, 2]
    assert (
        len(crosstab.behind(material(two_places()), Asked("crosstab", by=("place",)), "counts", (0, "Dewsbury"))) == 2
    )
    with pytest.raises(BadInput, match="at most 2 attributes, one within the other"):
        ask(by=("place", "age", QUESTION))


def test_who_never_spoke_to_a_question_is_silent() -> None:
    answer = ask(by=(QUESTION,))
    assert labels(answer.part("counts")) == [("", "What unites?", 4), ("", "What divides?", 1), ("", "All", 4)]
    part = answer.part("silence")
    assert shown(part) == {"What unites?": [4, 4, 0], "What divides?": [2, 1, 1]}
    assert part.heads[2].note == "Never spoke to this question: that is not disagreeing."
    spoke = answer.part("counts").lines[0].cells[1]
    assert (spoke.of, spoke.base) == (1, part.lines[1].cells[1].key), "who spoke is what the counts are out of"
    turns = ask(by=(QUESTION,), unit="turns").part("counts").lines[0].cells[1]
    assert turns.base != spoke.base
    cut = ask(by=(QUESTION,), where=(Having("section", QUESTION, ("What divides?",)),))
    assert shown(cut.part("silence")) == {"What divides?": [2, 1, 1]}, "though Bob only speaks elsewhere"
    assert cut.made.filters == ("Question asked: What divides?",)
    assert cut.made.left_out == (("source 2", "It was not asked there."),)


def test_what_is_counted_though_nothing_of_it_is_coded_is_a_note_and_not_left_out() -> None:
    answer = ask(kind="frequencies", where=(Having("section", QUESTION, ("What divides?",)),), coders=("B",))
    assert [name for name, _why in answer.made.left_out] == ["source 2"]
    assert answer.notes[0] == (
        "Nothing that is looked at is coded in 1 source (source 1): who speaks there is in the denominators all the same."
    )
    one = two_places()
    more = replace(
        one,
        sources=tuple(facts(n, group=11) for n in range(1, 9)),
        turns=(*one.turns, *((n, 0, 9, 5) for n in range(3, 9))),
    )
    notes = frequencies.answer(material(more), Asked()).notes
    assert "No participant speaks in 6 sources (source 3, source 4, source 5, source 6, …)." in notes


@pytest.mark.parametrize("unit", UNITS)
def test_asked_about_one_question_it_is_that_questions_column(unit: str) -> None:
    """As the drawer and the crosstab have it, though the question was asked twice and one coding reaches over both."""
    data = study(
        [facts(1, group=101, length=60), facts(2, "document", length=60)], [group(101), person(1), person(2)], [code(1), code(2)],
        [(1, 0, 50, 1), (1, 50, 60, 2)], [(100, 1, 3, 55, 1, 1), (101, 1, 20, 25, 2, 1), (102, 2, 5, 58, 1, 1)],
        [(1, 0, 20, "Q1"), (1, 20, 40, "Q2"), (1, 40, 60, "Q1"), (2, 0, 20, "Q1"), (2, 20, 40, "Q2"), (2, 40, 60, "Q1")], ["Q1", "Q2"],
    )  # fmt: skip
    columns = crosstab.answer(material(data), Asked("crosstab", by=(QUESTION,), unit=unit)).part("counts")
    where = (Having("section", QUESTION, ("Q1",)),)
    only = frequencies.answer(material(data), Asked(unit=unit, where=where, options={"order": "codebook"}))
    assert [(line.cells[0].value, line.cells[0].of) for line in only.part("codes").lines] == [
        (line.cells[0].value, line.cells[0].of) for line in columns.lines
    ]
    assert "2 codings lie there." in only.made.counted
    again = crosstab.answer(material(data), Asked("crosstab", by=(QUESTION,), unit=unit, where=where)).part("counts")
    assert [head.label for head in again.heads] == ["Q1", "All"], "what lies under no question is not looked at"


def test_filters_narrow_and_are_told() -> None:
    answer = ask(where=(Having("source", "place", ("Batley",)), Having("participant", "age", ("9",))), by=("age",))
    part = answer.part("counts")
    assert labels(part) == [("", "9", 1), ("", "All", 1)] and shown(part)["Food"] == [1, 1]
    assert answer.made.filters == ("place of sources: Batley", "age of people: 9")
    assert part.subtitle.endswith("4 March 2026 · place of sources: Batley · age of people: 9")
    assert part.headline == "" and part.figures == ("bars",)


@pytest.mark.parametrize(
    ("asked", "error", "told"),
    [
        ({"unit": "people"}, NotFound, "There is no unit “people”."),
        ({"share": "rows"}, NotFound, "There is no share “rows”. Did you mean: row"),
        ({"by": ("plaec",)}, NotFound, "There is no attribute “plaec”. Did you mean: place"),
        ({"codes": (CodeId(99),)}, NotFound, "There is no code “99”."),
        ({"coders": ("C",)}, NotFound, "There is no coder “C”."),
        ({"kind": "frequencies", "by": ("place",)}, BadInput, "Frequencies are of the whole study. Ask for a crosstab"),
        ({"kind": "frequencies", "share": "row"}, BadInput, "its share of the row would always be everything"),
        ({"kind": "frequencies", "options": {"order": "name"}}, BadInput, "There is no such order: name. count, codebook"),
        ({"by": ("place",), "options": {"test": "fisher"}, "unit": "words"}, BadInput, "A test of differences needs people or groups"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(asked: dict[str, object], error: type[Exception], told: str) -> None:
    with pytest.raises(error) as caught:
        ask(**asked)
    assert told in str(caught.value)


def test_what_is_not_behind_anything() -> None:
    asked = Asked("crosstab", by=("place",))
    assert crosstab.behind(material(two_places()), asked, "silence", ("silent", "x")) == []
    assert frequencies.behind(material(two_places()), Asked(), "codes", ()) == []
    with pytest.raises(NotFound, match=r"There is no value “Batly”\. Did you mean: Batley"):
        crosstab.behind(material(two_places()), asked, "counts", (3, "Batly"))
    with pytest.raises(NotFound, match="There is no code “99”"):
        crosstab.behind(material(two_places()), asked, "counts", (99, "Batley"))


@pytest.mark.parametrize("unit", UNITS)
def test_a_headline_for_every_unit(unit: str) -> None:
    said = ask(kind="frequencies", unit=unit).part("codes").headline
    assert any(char.isdigit() for char in said), "hiding small numbers takes it away, where any is hidden"
    only = ask(kind="frequencies", unit=unit, codes=(CodeId(3),)).part("codes").headline
    assert only.endswith("): “Food”.")
    nothing = ask(kind="frequencies", unit=unit, codes=(CodeId(1),)).part("codes").headline
    assert nothing == "Nothing has been said of these codes yet."


def test_differences_are_tested_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [part.key for part in ask(by=("place",)).parts] == ["counts"]
    seen: list[Sequence[int]] = []
    tested = significance.tested
    monkeypatch.setattr(significance, "tested", lambda counts, *rest: (seen.append(counts), tested(counts, *rest))[1])
    answer = ask(by=("place",), options={"test": "fisher"})
    assert [part.key for part in answer.parts] == ["counts", "tests"] and list(seen[0]) == [2, 0]


def test_a_study_in_which_nobody_speaks_says_so() -> None:
    data = study([facts(1, "document")], codes=[code(1)], codings=[(1, 1, 0, 9, 1, 1), (2, 1, 20, 29, 1, 2)])
    answer = frequencies.answer(material(data), Asked(unit="mentions"))
    assert "No participant speaks in what is looked at: only mentions can be counted." in answer.notes
    assert any(note.startswith("The codings of 2 coders are counted together") for note in answer.notes)
