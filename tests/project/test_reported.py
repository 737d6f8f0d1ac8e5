"""What a findings report takes from the project beside its counts: further analyses, the researcher's themes, areas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cohesion_qda.model.query import Query, Term
from cohesion_qda.project import Project
from cohesion_qda.report.blocks import Grid, Heading, Paragraph, ThemePart
from cohesion_qda.report.data import ReportData
from tests.makers import code, draft, small_study
from tests.report.pieces import of_chapter, part


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The small study with the frame of the Kirklees review, a strategy, a few codings, and a theme with a view against it."""
    with small_study(tmp_path_factory.mktemp("reported") / "study.cqda") as made:
        made.frames.take("kirklees")
        plan = "The council will keep its parks open and safe."
        strategy = replace(draft("Strategy", [("", plan)], kind="document", place="Batley"), turns=(), roles={})
        made.sources.add([strategy])
        code(made, "Young people", "The youth club closed and now there is nothing.", "What divides/Cuts")
        code(made, "Young people", "the park is locked at four", "What unites/Public spaces")
        code(made, "Strategy", plan, "What unites/Public spaces")
        where = made.sources.get("Young people").id
        tree = made.codebook.tree()
        theme = made.themes.added(
            made.themes.add("Closed doors", tree.get("What divides").id, [tree.get("What divides/Cuts").id])
        )
        against = made.codings.find_quote(where, "People judge you by your trainers.")
        made.themes.add_passages(theme, [(where, against)])
        made.reports.mark_dissent(theme, [made.themes.passages(theme)[0].segment], True)
        yield made


def told(project: Project, suppress: int = 0) -> ReportData:
    return project.reports.snapshot(suppress=suppress)


def test_the_frame_s_further_analyses_are_told_as_they_stand(project: Project) -> None:
    found = told(project).extras.further
    assert len(found) == 6 and all(each.about and each.document and each.where for each in found)
    first = found[0]
    page = project.retrieval.find(project.retrieval.get(first.name).query)
    assert (first.passages, first.said) == (page.total, page.count) and first.passages == 2
    (grid,) = [b for b in part(told(project), "further") if isinstance(b, Grid)]
    assert grid.head == ("Analysis", "What it is about", "Codes", "Groups", "Participants", "Passages")
    assert grid.rows[0][3:] == ("1 of 2", "1 of 5", "2") and "“Lack of interaction”" in grid.rows[0][2]


def test_where_small_numbers_are_hidden_only_groups_are_told(project: Project) -> None:
    blocks = part(told(project, suppress=5), "further")
    (grid,) = [b for b in blocks if isinstance(b, Grid)]
    assert grid.head == ("Analysis", "What it is about", "Codes", "Groups") and grid.rows[0][3] == "1 of 2"
    assert any(isinstance(b, Paragraph) and b.text.startswith("How many people said it is not told") for b in blocks)


def test_a_query_that_is_gone_or_the_researcher_s_own_is_not_listed(project: Project) -> None:
    names = [each.name for each in told(project).extras.further]
    gone = project.retrieval.get(names[2])
    project.retrieval.delete(gone.id)
    project.retrieval.save("Just for me", Query((Term(project.codebook.tree().get("What divides").id),)))
    assert [each.name for each in told(project).extras.further] == [*names[:2], *names[3:]]
    project.history.undo()
    project.history.undo()
    assert [each.name for each in told(project).extras.further] == names


def test_without_a_frame_there_is_no_further_analysis(tmp_path: Path) -> None:
    with small_study(tmp_path / "plain.cqda") as plain:
        code(plain, "Young people", "the park is locked at four", "What unites/Public spaces")
        assert told(plain).extras.further == () and part(told(plain), "further") == []


def test_the_researcher_s_theme_tells_its_question_and_who_sees_it_otherwise(project: Project) -> None:
    data = told(project)
    n = next(n for n, chapter in enumerate(data.chapters) if chapter.title == "What divides")
    assert data.chapters[n].is_themed and [theme.name for theme in data.chapters[n].themes] == ["Closed doors"]
    parts = {b.heading.text: b for b in of_chapter(data, n) if isinstance(b, ThemePart)}
    assert parts["Closed doors"].said == "Said in 1 of 2 groups, by 1 of 5 participants, 1 mention."
    (against,) = parts["Against “Closed doors”"].quotations
    assert against.parts[0].words == "People judge you by your trainers." and against.attribution.startswith("Dev, ")


def test_places_are_compared_by_what_was_said_and_what_was_written(project: Project) -> None:
    data = told(project)
    assert data.areas is not None and data.areas.attribute == "place"
    assert data.areas.kinds == ("documents", "focus groups")
    rows = {row.line.name: dict(zip(("Batley", "Dewsbury"), row.kinds, strict=True)) for row in data.areas.rows}
    assert rows["Public spaces"] == {"Batley": ("documents", "focus groups"), "Dewsbury": ()}
    assert any(isinstance(b, Heading) and b.text == "Only Batley" for b in part(data, "areas"))
    project.reports.set("areas", "thematic group")
    assert told(project).areas is None, "no source has that"
    project.history.undo()
    assert told(project).areas is not None
