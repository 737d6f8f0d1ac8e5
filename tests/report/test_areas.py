"""What areas say beside each other, and in which kinds of evidence; and that nobody is told apart by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from cohesion_qda.model.codebook import Code
from cohesion_qda.model.study import StudyData
from cohesion_qda.report.areas import seen
from cohesion_qda.report.blocks import Block, Bullets, Grid, Heading, Paragraph
from cohesion_qda.report.counting import rows
from cohesion_qda.report.data import ReportData, build
from cohesion_qda.report.extras import Extras
from cohesion_qda.report.words import GONE
from tests.analysis.made_studies import code, facts, group, person, study
from tests.report.pieces import part
from tests.report.study import make

QUESTION, MEETING, SCHOOL, TRUST, PLAN, BUSES = range(1, 7)
CODES: list[Code] = [
    replace(code(QUESTION, name="What is cohesion?"), is_question=True),
    *(code(n, QUESTION, name) for n, name in [(MEETING, "Meeting"), (SCHOOL, "School gate"), (TRUST, "Trust"), (PLAN, "Co-ordination"), (BUSES, "Buses")]),
]  # fmt: skip
TURNS = 10  # of ten code points, in every source


def two_areas(officers: int = 6) -> StudyData:
    """A focus group of six in each of two areas, a strategy of each, and interviews with officers, all of them in Crosland."""
    sources = [
        facts(1, group=101, length=100, area="Almond"), facts(2, group=102, length=100, area="Crosland"),
        facts(3, "document", length=100, area="Almond"), facts(4, "document", length=100, area="Crosland"),
        *(facts(10 + n, "interview", length=100, area="Crosland") for n in range(officers)),
    ]  # fmt: skip
    people = [person(n, group=101) for n in range(1, 7)] + [person(n, group=102) for n in range(7, 13)]
    people += [person(50 + n) for n in range(officers)]
    turns = [(s, TURNS * n, TURNS * n + 9, 6 * (s - 1) + n + 1) for s in (1, 2) for n in range(6)]
    turns += [(10 + n, 0, 99, 50 + n) for n in range(officers)]
    said = [(1, n, MEETING) for n in range(6)] + [(2, n, MEETING) for n in range(6)]  # both, by everybody
    said += [(1, n, SCHOOL) for n in range(6)] + [(2, n, TRUST) for n in range(6)]  # only one each
    said += [
        (3, 0, PLAN),
        (4, 0, PLAN),
        (3, 1, BUSES),
        (2, 1, BUSES),
    ]  # documents of both; a document here, people there
    said += [(10 + n, 0, TRUST) for n in range(officers)] + [(10, 0, SCHOOL)]
    codings = [(n, s, TURNS * t, TURNS * t + 5, c, 1) for n, (s, t, c) in enumerate(sorted(said), 1)]
    return study(sources, [group(101), group(102), *people], CODES, turns, codings)


def report(data: StudyData, suppress: int = 0, **extras: str) -> ReportData:
    terms = make(groups=1, people=1, codings=0, interviews=0).words
    return build(
        data,
        terms,
        lambda _codings: [],
        title="Two areas",
        date="2026-01-01",
        suppress=suppress,
        extras=Extras(**extras),
    )  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def data() -> ReportData:
    return report(two_areas())


def after(blocks: Sequence[Block], heading: str) -> Block:
    return blocks[next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.text == heading) + 1]


def test_what_both_say_what_only_one_says_and_by_which_kind_of_evidence(data: ReportData) -> None:
    blocks = part(data, "areas")
    both = after(blocks, "What both areas say")
    assert isinstance(both, Grid) and [row[0] for row in both.rows] == [
        "Meeting",
        "School gate",
        "Buses",
        "Co-ordination",
    ]
    told = {row[0]: row[1:] for row in both.rows}
    assert both.head == ("Theme", "Almond\n1 group\n6 participants", "Crosland\n1 group\n12 participants")
    assert told["Meeting"][0] == "1 of 1\n6 of 6\nfocus groups"
    assert told["School gate"] == (
        "1 of 1\n6 of 6\nfocus groups", "0 of 1\n1 of 12\ninterviews",
    )  # fmt: skip
    assert told["Buses"][0].endswith("documents") and told["Buses"][1].endswith("focus groups")
    assert told["Co-ordination"][0] == "0 of 1\n0 of 6\ndocuments"
    only = after(blocks, "Only Crosland")
    assert isinstance(only, Bullets) and only.items == ("Trust: focus groups and interviews",)
    told_of_the_other = [b.text for b in blocks if isinstance(b, Paragraph) and "was also said elsewhere" in b.text]
    assert told_of_the_other == ["Everything that was said in Almond was also said elsewhere."]


def test_which_evidence_there_is_where_and_what_each_kind_holds(data: ReportData) -> None:
    grids = {b.caption: b for b in part(data, "areas") if isinstance(b, Grid)}
    held = grids["Which kinds of evidence there are in each area"]
    assert held.rows == (("Documents", "yes", "yes"), ("Focus groups", "yes", "yes"), ("Interviews", "no", "yes"))
    kinds = {row[0]: row[1:] for row in grids["What each kind of evidence holds"].rows}
    assert kinds == {"Documents": ("2", "Co-ordination"), "Focus groups": ("4", "Meeting"), "Interviews": ("2", "–")}
    said = [b.text for b in part(data, "areas") if isinstance(b, Paragraph)]
    assert "3 of 5 themes were found in more than one kind of evidence." in said


def test_the_kind_of_evidence_can_be_an_attribute_and_the_areas_another() -> None:
    study_ = two_areas()
    names = {1: "community researchers", 2: "community researchers", 3: "local strategies", 4: "local strategies"}
    sources = tuple(
        replace(f, attributes={"Evidence": names.get(f.id, "officers"), "patch": f.attributes["area"]})
        for f in study_.sources
    )
    named = replace(study_, sources=sources)
    assert report(named).areas is None, "nothing is called as areas are"
    found = report(named, areas_by="patch").areas
    assert found is not None and found.kinds == ("community researchers", "local strategies", "officers")
    assert (found.attribute, found.evidence) == ("patch", "Evidence")


def test_without_areas_there_is_no_chapter() -> None:
    one = replace(two_areas(), sources=tuple(replace(f, attributes={"area": "Almond"}) for f in two_areas().sources))
    assert report(one).areas is None
    assert part(report(one), "areas") == []


def test_evidence_from_few_people_is_taken_together_with_other_evidence() -> None:
    """Two officers were interviewed: that the school gate was spoken of in interviews would tell what one of two said."""
    few = report(two_areas(officers=2), suppress=5)
    assert few.areas is not None and few.areas.is_joined
    assert few.areas.kinds == ("documents", "focus groups or interviews")
    blocks = part(few, "areas")
    assert any(isinstance(b, Paragraph) and b.text.startswith("Kinds of evidence from few people") for b in blocks)
    both = after(blocks, "What both areas say")
    assert isinstance(both, Grid)
    assert {row[0]: row[2] for row in both.rows}["School gate"] == "[c]\nfocus groups or interviews"
    plain = report(two_areas(officers=2)).areas
    assert plain is not None and not plain.is_joined and "interviews" in plain.kinds


def test_no_kind_of_evidence_that_is_told_is_from_few_people() -> None:
    for officers in (1, 3, 4, 5, 8):
        data = two_areas(officers)
        found = seen(data, ["area"], rows(data), "", 5)
        assert found is not None
        assert all(n == 0 or n >= 5 for n in found.people.values())
        bounds = {(row, area): most for row, area, most in found.at_most()}
        told = {row.code: row for row in report(data).crosstabs[0].rows}
        for column, area in enumerate(("Almond", "Crosland")):
            for row, line in told.items():
                assert line.cells[column].participants <= bounds[row, area]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_hidden_number_can_be_large_also_for_who_knows_the_kinds_of_evidence(seed: int) -> None:
    """Of nobody who was interviewed alone can be told what they said: whatever is hidden of an area may be as many as the threshold."""
    made = make(groups=4, people=28, codings=90, interviews=3, places=["Almond", "Crosland"], seed=seed)
    told, true = (made.report(by=["place"], suppress=threshold) for threshold in (5, 0))
    assert told.areas is not None
    kinds = {row.line.code: row.kinds for row in told.areas.rows}
    people = {code_: row.cells for code_, row in ((row.code, row) for row in true.crosstabs[0].rows)}
    hidden = 0
    for row in told.areas.table.rows:
        for n, (cell, column) in enumerate(zip(row.cells, true.crosstabs[0].columns, strict=True)):
            if cell.participants != GONE or row.code not in kinds:
                continue
            held = [kind for kind in kinds[row.code][n] if kind in ("interviews", "focus groups")]
            assert not held, "interviews of three people are taken together with the focus groups"
            assert kinds[row.code][n] == ("focus groups or interviews",) and column.base.participants >= 5
            hidden += people[row.code][n].participants < 5
    assert hidden
