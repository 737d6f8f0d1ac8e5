"""Other evidence in the report: figures beside the themes they bear on, and where people's words and the figures agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from cohesion_qda.model.evidence import AGREES, DIFFERS, IN_PART, Bearing, Indicator
from cohesion_qda.model.ids import CodeId, IndicatorId
from cohesion_qda.report.blocks import Block, Bullets, Grid, Heading, Paragraph
from cohesion_qda.report.data import ReportData
from cohesion_qda.report.extras import Extras, Reference
from cohesion_qda.report.triangulation import key
from cohesion_qda.report.words import GONE
from tests.report.pieces import part, under

HEAD = ("Figure", "Place", "Period", "Value", "Said there by", "Beside people’s words")


def figure(
    n: int, place: str, value: str, *bears: Bearing, name: str = "People get on", source: str = "Survey"
) -> Indicator:
    return Indicator(IndicatorId(n), name, place, "2019", value, "%", source, bears=bears)


def told(data: ReportData, figures: Sequence[Indicator], notes: dict[str, str] | None = None) -> list[Block]:
    return part(replace(data, extras=Extras(indicators=tuple(figures), triangulation=notes or {})), "triangulation")


def words(blocks: Sequence[Block]) -> str:
    return "\n".join(
        b.text if isinstance(b, Paragraph | Heading) else "\n".join(b.items) if isinstance(b, Bullets) else ""
        for b in blocks
    )


@pytest.fixture
def code(data: ReportData) -> CodeId:
    """A code that is said in several places."""
    return data.chapters[0].themes[0].code


def test_without_figures_there_is_no_such_part(data: ReportData) -> None:
    assert told(data, ()) == []


def test_each_figure_stands_beside_its_theme_with_what_people_say_there(data: ReportData, code: CodeId) -> None:
    figures = [figure(1, "DEWSBURY", "76.4", Bearing(code, AGREES)), figure(2, "Huddersfield", "61.0", Bearing(code, DIFFERS)),
               figure(3, "England", "82", Bearing(code, IN_PART))]  # fmt: skip
    blocks = told(data, figures, {key(IndicatorId(2), code): "Not of the young.", key(IndicatorId(3)): "Of adults."})
    theme = data.chapters[0].themes[0]
    overview, beside = (b for b in blocks if isinstance(b, Grid))
    assert overview.head[-3:] == ("Figures that agree", "Agree in part", "Differ")
    assert overview.rows == ((theme.name, *overview.rows[0][1:-3], "1", "1", "1"),)
    said = {s.label: s for s in theme.spread if s.attribute == "place"}
    rows = {row[1]: row for row in beside.rows}
    assert beside.head == HEAD
    for place, value, reading in (("DEWSBURY", "76.4%", "agrees"), ("Huddersfield", "61.0%", "differs")):
        here = said[place.capitalize()]
        people = f"{here.said.participants} of {here.base.participants} participants"
        assert rows[place] == ("People get on", place, "2019", value, people, reading)
    assert rows["England"][4] == "–"
    text = words(blocks)
    both = [replace(each, bears=(Bearing(code, DIFFERS),)) for each in figures[:2]]
    assert f"{theme.name}: People get on (DEWSBURY, 2019: 76.4%; Huddersfield, 2019: 61.0%)" in words(told(data, both))
    assert "Source: Survey." in text
    agree = f"People’s words and the figures agree on:\n{theme.name}: People get on, 76.4% (DEWSBURY, 2019)"
    assert agree in text and "They differ on:\n" in text and "They agree in part on:\n" in text
    assert f"On “{theme.name}” some figures agree with what people say and others differ" in text
    high, low = said["Dewsbury"], said["Huddersfield"]
    assert (
        "“People get on, 2019” is highest in Dewsbury (76.4%) and lowest in Huddersfield (61.0%). The theme was said by "
        f"{high.said.participants} of {high.base.participants} participants in Dewsbury and by "
        f"{low.said.participants} of {low.base.participants} participants in Huddersfield." in text
    )
    assert "People get on, 61.0% (Huddersfield, 2019): Not of the young." in text
    assert "People get on, 82% (England, 2019): Of adults." in text
    assert "No part of the study is of England: figures of there stand beside what is said in the whole study." in text


def test_where_the_number_of_people_is_hidden_no_figure_tells_it(data: ReportData, code: CodeId) -> None:
    def hidden(table):
        columns = tuple(
            replace(c, base=replace(c.base, participants=GONE)) if c.value == "Dewsbury" else c for c in table.columns
        )
        at = (
            [c.value for c in table.columns].index("Dewsbury")
            if "Dewsbury" in [c.value for c in table.columns]
            else None
        )
        if at is None:
            return table
        rows = tuple(
            replace(r, cells=tuple(replace(c, participants=GONE) if n == at else c for n, c in enumerate(r.cells)))
            for r in table.rows
        )
        return replace(table, columns=columns, rows=rows)

    few = replace(data, crosstabs=tuple(map(hidden, data.crosstabs)))
    blocks = told(few, [figure(1, "Dewsbury", "76", Bearing(code)), figure(2, "Huddersfield", "61", Bearing(code))])
    (beside,) = [b for b in blocks if isinstance(b, Grid) and b.head[0] == "Figure"]
    assert beside.rows[0][4].startswith("[c]") and "is highest in" not in words(blocks)
    assert {row[5] for row in beside.rows} == {"not judged yet"} and "Not judged yet:" in words(blocks)


def test_a_code_of_no_chapter_and_a_figure_of_no_theme_are_told_too(data: ReportData) -> None:
    shown = {code for chapter in data.chapters for theme in chapter.themes for code in theme.codes}
    other = next(entry for entry in data.codebook if entry.code not in shown)
    loose = figure(2, "", "", name="Murals", source="")
    blocks = told(
        data, [figure(1, "Dewsbury", "76", Bearing(other.code, AGREES)), loose], {key(loose.id): "See the walls."}
    )
    assert other.name in [b.text for b in blocks if isinstance(b, Heading)]
    rest = under(blocks, "Figures that bear on no theme")
    (grid,) = [b for b in rest if isinstance(b, Grid)]
    assert grid.head == ("Figure", "Period") and grid.rows == (("Murals", "2019"),)
    assert "Murals (2019): See the walls." in words(rest)
    assert "Where 1 figure is from is not noted in the project." in words(rest)


def test_where_figures_are_from_is_told_of_each_where_it_differs(data: ReportData, code: CodeId) -> None:
    blocks = told(
        data, [figure(1, "Dewsbury", "76", Bearing(code)), figure(2, "", "61", Bearing(code), source="Census")]
    )
    (beside,) = [b for b in blocks if isinstance(b, Grid) and b.head[0] == "Figure"]
    assert beside.head == (*HEAD, "Source") and [row[-1] for row in beside.rows] == ["Survey", "Census"]


def test_figures_are_not_judged_while_none_is_beside_a_theme(data: ReportData) -> None:
    assert "No figure has been set beside a theme yet." in words(told(data, [figure(1, "Dewsbury", "76")]))


def test_the_theme_of_the_researcher_has_the_figures_of_its_codes(data: ReportData, code: CodeId) -> None:
    from cohesion_qda.model.ids import ThemeId
    from cohesion_qda.report.values import theme_row

    chapter = data.chapters[0]
    built = replace(
        chapter.themes[0],
        theme=ThemeId(3),
        code=theme_row(ThemeId(3)),
        codes=(code,),
        name="Meeting",
        definition="People want to meet.",
    )
    themed = replace(data, chapters=(replace(chapter, themes=(built,)), *data.chapters[1:]))
    blocks = told(themed, [figure(1, "Dewsbury", "76", Bearing(code, AGREES))])
    said = under(blocks, "Meeting")
    assert isinstance(said[0], Paragraph) and said[0].text == "People want to meet."
    assert [b.text for b in blocks if isinstance(b, Heading)] == ["Other evidence", "Meeting"]


def test_a_sample_is_set_against_shares_where_no_numbers_are_known(data: ReportData) -> None:
    shares = {"Huddersfield": 60.0, "Dewsbury": 20.0, "Batley & Spen": 10.0, "Rural": 9.5}
    given = tuple(Reference("place", value, 0, "2011", "Census", "source", share) for value, share in shares.items())
    blocks = part(replace(data, extras=Extras(references=given)), "engagement")
    (grid,) = [b for b in blocks if isinstance(b, Grid) and b.caption.startswith("Who took part beside")]
    assert grid.head[1:] == (
        "Participants",
        "Percent of participants",
        "Percent of the area",
        "Difference in percentage points",
    )
    rows = {row[0]: row for row in grid.rows}
    n = next(c.base.participants for c in data.engagement[0].columns if c.label == "Rural")
    assert rows["Rural"][-2:] == ("9.5", f"{100 * n / data.base.participants - 9.5:+.1f}".replace("-", "−"))
    mixed = (*given, Reference("place", "Holme Valley", 5_000, "2011", "Census", "source"))
    blocks = part(replace(data, extras=Extras(references=mixed)), "engagement")
    assert "of others only their number: these are left aside." in words(blocks)
    of_people = tuple(replace(each, about="participant") for each in given)
    told_none = part(replace(data, extras=Extras(references=of_people)), "engagement")
    assert not any(isinstance(b, Grid) and b.caption.startswith("Who took part beside") for b in told_none)
