"""Who took part beside the people of the area; how the talk was collected; whether codes stopped being new; limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.analysis.sample import beside
from cohesion_qda.model.table import Count
from cohesion_qda.report.blocks import Bullets, Figures, Grid, Paragraph
from cohesion_qda.report.data import ReportData
from cohesion_qda.report.extras import Extras, Reference
from cohesion_qda.report.parts.method import limits
from cohesion_qda.report.words import GONE
from tests.report.pieces import part, under
from tests.report.study import Made

AREA = {"Huddersfield": 60_000, "Dewsbury": 20_000, "Batley & Spen": 10_000, "Rural": 5_000, "Holme Valley": 5_000}
GIVEN = Extras(references=tuple(Reference("Place", value, n, "2021", "Census") for value, n in AREA.items()))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=6), st.lists(st.integers(1, 9000), min_size=1, max_size=6))
def test_shares_of_sample_and_area_differ_by_points_that_cancel_out(sample: list[int], area: list[int]) -> None:
    of = sum(sample)
    rows = beside([(f"v{n}", k) for n, k in enumerate(sample)], of, {f"v{n}": k for n, k in enumerate(area)})
    assert {row.value for row in rows} == {f"v{n}" for n in range(max(len(sample), len(area)))}
    if of and len(sample) <= len(area):
        assert sum(row.points or 0 for row in rows) == pytest.approx(0, abs=1e-9)
    for row in rows:
        assert row.number is None or row.total == sum(area)
        assert (row.points is None) == (row.share is None or row.share_of_area is None)


def test_the_sample_stands_beside_the_area_with_both_denominators_and_the_difference(data: ReportData) -> None:
    blocks = part(replace(data, extras=GIVEN), "engagement")
    (grid,) = [b for b in blocks if isinstance(b, Grid) and b.caption.startswith("Who took part beside")]
    rows = {row[0]: row[1:] for row in grid.rows}
    (of_place,) = [each for each in data.engagement if each.attribute == "place"]
    for column in of_place.columns:
        n, of = column.base.participants, data.base.participants
        share, area = 100 * n / of, 100 * AREA[column.label] / 100_000
        points = f"{share - area:+.1f}".replace("-", "−")
        assert rows[column.label] == (
            f"{n} of {of}",
            f"{share:.1f}",
            f"{AREA[column.label]:,} of 100,000",
            f"{area:.1f}",
            points,
        )
    assert rows["Holme Valley"] == ("0 of 82", "0.0", "5,000 of 100,000", "5.0", "−5.0")
    said = [b.text for b in under(blocks, "By place") if isinstance(b, Paragraph)]
    assert said[0].startswith("By place, more took part than live in the area from: Rural (+19.4 points)")
    assert said[1].startswith("Fewer took part from: Huddersfield (−")
    assert said[2:] == ["Nobody took part from: Holme Valley.", "Figures for the area: Census, 2021."]


def test_what_is_hidden_of_the_sample_has_no_share_either(data: ReportData) -> None:
    by = data.engagement[0]
    columns = tuple(
        replace(c, base=replace(c.base, participants=GONE)) if n == 3 else c for n, c in enumerate(by.columns)
    )
    hidden = replace(data, engagement=(replace(by, columns=columns),), extras=GIVEN)
    (grid,) = [
        b for b in part(hidden, "engagement") if isinstance(b, Grid) and b.caption.startswith("Who took part beside")
    ]
    (row,) = [row for row in grid.rows if row[0] == columns[3].label]
    assert row[1:3] == ("[c] of 82", "[c]") and row[-1] == "[c]"


def test_figures_for_what_is_known_of_people_stand_with_the_engagement_too(data: ReportData) -> None:
    (by,) = [each for each in data.engagement if each.attribute == "age band"]
    same = tuple(Reference("age band", c.label, 100 * c.base.participants, source="Survey") for c in by.columns)
    told = part(replace(data, extras=Extras(references=same)), "engagement")
    said = [b.text for b in under(told, "By age band") if isinstance(b, Paragraph)]
    assert said[0] == "By age band, no share differs from the area’s by 5 percentage points or more."
    assert not any(isinstance(b, Grid) and "beside" in b.caption for b in part(data, "engagement"))


def test_the_method_says_when_it_was_collected_and_whether_codes_stopped_being_new(data: ReportData) -> None:
    blocks = part(data, "method")
    first = blocks[1]
    assert isinstance(first, Paragraph)
    assert "It was collected from 11 September 2025 to 24 September 2025." in first.text
    told = under(blocks, "Saturation")
    assert isinstance(told[0], Paragraph) and told[0].text.startswith("Saturation is ")
    (drawn,) = [b for b in told if isinstance(b, Figures)]
    assert drawn.figures[0].name == "saturation" and "so far" in drawn.figures[0].caption
    assert data.saturation is not None and data.saturation.asked.option("order") == "date"


def test_a_curve_that_begins_at_the_top_is_told_as_a_table(making: Callable[..., Made]) -> None:
    """Two thirds of all codes in the first group."""
    made = making(groups=4, people=20, codings=60, interviews=0)
    codes = sorted({row[4] for row in made.study.codings})
    first = tuple((n, 1, 60, 61, code, 1) for n, code in enumerate(codes, 1000))
    data = Made(replace(made.study, codings=(*first, *made.study.codings)), made.talk, made.texts, made.turns).report()
    (grid,) = [b for b in under(part(data, "method"), "Saturation") if isinstance(b, Grid)]
    assert grid.head == ("Group", "New codes", "All codes so far")
    assert [row[1:] for row in grid.rows] == [(str(len(codes)), str(len(codes))), *[("0", str(len(codes)))] * 3]


def test_a_table_of_which_nearly_nothing_may_be_told_is_not_shown(data: ReportData) -> None:
    table = data.crosstabs[0]
    gone = Count(GONE, GONE, GONE)
    bare = replace(table, rows=tuple(replace(row, cells=tuple(gone for _cell in row.cells)) for row in table.rows))
    blocks = part(replace(data, crosstabs=(bare, *data.crosstabs[1:])), "comparison")
    told = under(blocks, "By place")
    assert [type(b) for b in told] == [Paragraph] and "nearly every number by place" in told[0].text  # type: ignore[union-attr]
    assert any(isinstance(b, Grid) for b in under(blocks, "By thematic group"))


def told_of(data: ReportData) -> str:
    return "\n".join(limits(data))


def test_limits_are_what_the_project_shows(data: ReportData, made: Made, making: Callable[..., Made]) -> None:
    assert "were not drawn at random" in told_of(data) and "One person coded" not in told_of(data)
    alone = tuple(row for row in made.study.codings if row[5] == 1 and row[1] > 2)
    less = Made(replace(made.study, codings=alone), made.talk, made.texts, made.turns).report()
    assert "One person coded. Another might have coded otherwise." in told_of(less)
    assert "2 of 14 sources are not coded yet." in told_of(less)
    assert "Numbers of few people are hidden" in told_of(replace(less, threshold=5))
    apart = tuple(row for row in made.study.codings if (row[5] == 1) == (row[1] > 2))
    two = Made(replace(made.study, codings=apart), made.talk, made.texts, made.turns).report()
    assert "No source was coded by two people for themselves" in told_of(two)
    few = making(groups=3, people=12, codings=30, interviews=0).report()
    assert few.saturation is not None and "New codes still came up towards the end" in told_of(few)


def test_a_study_of_one_group_says_nothing_of_saturation(making: Callable[..., Made]) -> None:
    assert making(groups=1, people=6, codings=30, interviews=0).report().saturation is None
    only = making(groups=0, people=0, codings=0)
    assert only.report().saturation is None and only.report().base == Count()


@pytest.mark.parametrize(("rule", "shown"), [("named", False), ("pseudonym", True), ("none", True)])
def test_names_of_interviews_are_told_only_where_people_are_named(made: Made, rule: str, shown: bool) -> None:
    """An interview is often called by the name of the person."""
    alone = tuple(row for row in made.study.codings if row[1] <= 12)
    study = Made(replace(made.study, codings=alone), made.talk, made.texts, made.turns)
    data = study.report(extras=Extras(attribution=rule))
    assert [name.startswith("1") for name in data.uncoded] == [not shown] * 2
    gaps = [b for b in part(data, "gaps") if isinstance(b, Bullets)]
    assert (gaps[0].items == ("Interview (2 of them)",)) is shown


def test_who_collected_a_source_is_no_characteristic_of_who_took_part(making: Callable[..., Made]) -> None:
    made = making(groups=4, people=24, codings=60)
    facts = tuple(
        replace(fact, attributes={**fact.attributes, "Collected by": ("Carys", "Asha")[n % 2]})
        for n, fact in enumerate(made.study.sources)
    )
    told = Made(replace(made.study, sources=facts), made.talk, made.texts, made.turns).report()
    assert "place" in [each.attribute for each in told.engagement]
    assert "Collected by" not in [each.attribute for each in told.engagement] + [table.by for table in told.crosstabs]
