"""Taking up a study frame, and which codes bear out its issues."""

from __future__ import annotations

from pathlib import Path

import pytest

from cohesion_qda.base.errors import NotFound
from cohesion_qda.project import Project
from tests.makers import code, small_study


@pytest.fixture
def project(tmp_path: Path):
    with small_study(tmp_path / "study.cqda") as made:
        code(made, "Women", "The buses.", "Cuts")
        code(made, "Young people", "the park is locked at four", "Public spaces", "Cuts")
        yield made


def paths(project: Project) -> set[str]:
    tree = project.codebook.tree()
    return {tree.path(each.id) for each in tree}


def test_a_frame_brings_its_codes_retrievals_plan_attributes_and_template_in_one_act(project: Project) -> None:
    before = project.codebook.tree().get("What divides")
    change = project.frames.take("kirklees")
    assert change.said == "Took up the study frame “Kirklees cohesion review” with 43 new codes"
    assert [frame.key for frame in project.frames.taken()] == ["kirklees"]
    assert project.frames.get("kirklees") in project.frames.available()
    tree = project.codebook.tree()
    assert tree.get("What divides").id == before.id and tree[before.id].definition == before.definition
    assert tree.direction(tree.get("What divides/Cuts").id) == "against", (
        "what is there takes over a direction it had not"
    )
    assert tree.get("Across the questions/Poverty").definition.endswith(
        "(Cohesion Review Findings Report, Further analysis)"
    )
    saved = project.retrieval.saved()
    assert len(saved) == 6 and not [said for each in saved for said in project.retrieval.missing(each.query)]
    assert {"place", "thematic group"} <= set(project.attributes.names("source"))
    assert len([e for e in project.plan.list() if e.kind == "date"]) == 7
    assert project.reports.settings()["template"] == "cohesion-review"
    assert project.check() == []
    project.history.undo()
    assert paths(project) == {"What unites", "What unites/Public spaces", "What unites/Food", "What divides",
                              "What divides/Cuts", "What divides/Class"}  # fmt: skip
    assert not project.frames.taken() and not project.plan.list() and not project.retrieval.saved()
    assert project.reports.settings()["template"] == ""


def test_taken_again_a_frame_brings_what_is_missing_and_nothing_twice(project: Project) -> None:
    project.frames.take("kirklees")
    assert project.frames.take("kirklees").is_empty
    project.codebook.delete(project.codebook.tree().get("Across the questions/Poverty").id)
    project.plan.remove(project.plan.list()[0].id)
    assert project.frames.take("kirklees").said.endswith("with 1 new code")
    assert len(project.plan.list()) == 14 and len(project.retrieval.saved()) == 6


def test_what_the_author_arranged_stays(project: Project) -> None:
    project.reports.use_template("short")
    shown = [part.key for part in project.reports.outline() if part.is_shown]
    project.frames.take("delivery")
    assert project.reports.settings()["template"] == "short"
    assert set(shown) <= {part.key for part in project.reports.outline() if part.is_shown}


def test_a_study_is_started_from_a_frame(tmp_path: Path) -> None:
    with Project.create(tmp_path / "new.cqda", coder="Asha", frame="riep") as project:
        assert project.codebook.tree().children()[0].name == "Definition"
        assert project.reports.settings()["template"] == "two-areas"
        assert [entry.kind for entry in project.history.trail()] == ["new-project"]
    with pytest.raises(NotFound, match="There is no study frame “kirk”"):
        Project.create(tmp_path / "other.cqda", frame="kirk")
    assert not (tmp_path / "other.cqda").exists()


def test_issues_are_those_that_used_codes_bear_out_most_widely_said_first(project: Project) -> None:
    project.frames.take("delivery")
    assert project.frames.issues() == ()
    tree = project.codebook.tree()
    project.frames.bear_out("delivery", "facilities", tree.get("Public spaces").id)
    change = project.frames.bear_out("delivery", "isolation", tree.get("Cuts").id)
    assert change.said == "“Cuts” bears out the issue “Isolation in the country, or by barriers such as large roads”"
    found = project.frames.issues()
    assert [(each.issue.key, each.said.groups, each.said.participants) for each in found] == [
        ("isolation", 2, 2), ("facilities", 1, 1),
    ]  # fmt: skip
    assert (found[0].base.groups, found[0].base.participants) == (2, 5)
    project.frames.let_go("delivery", "isolation", tree.get("Cuts").id)
    assert [each.issue.key for each in project.frames.issues()] == ["facilities"]


def test_the_codes_of_an_issue_are_set_in_one_act(project: Project) -> None:
    project.frames.take("delivery")
    tree = project.codebook.tree()
    cuts, food = tree.get("Cuts").id, tree.get("Food").id
    assert project.frames.set_codes("delivery", "fear", [cuts, food]).said.startswith("2 codes bear out the issue")
    fear = {each.issue.key: each.codes for each in project.frames.borne()}["fear"]
    assert set(fear) == {cuts, food}
    project.history.undo()
    assert cuts not in {each.issue.key: each.codes for each in project.frames.borne()}["fear"]
    with pytest.raises(NotFound, match="issue"):
        project.frames.set_codes("delivery", "weather", [])


def test_a_code_that_is_merged_hands_its_issues_on(project: Project) -> None:
    project.frames.take("delivery")
    tree = project.codebook.tree()
    cuts, food, class_ = (tree.get(name).id for name in ("Cuts", "Food", "Class"))
    project.frames.set_codes("delivery", "fear", [cuts, food])
    project.frames.set_codes("delivery", "crime", [cuts])
    project.codebook.merge(cuts, into=food)
    mapped = {each.issue.key: each.codes for each in project.frames.borne()}
    assert mapped["fear"] == (food,) and mapped["crime"] == (food,)
    project.codebook.delete(food)
    assert not {each.issue.key: each.codes for each in project.frames.borne()}["fear"]
    assert class_ in project.codebook.tree() and project.check() == []


def test_a_code_points_one_way_or_the_other(project: Project) -> None:
    tree = project.codebook.tree()
    cuts, divides = tree.get("Cuts").id, tree.get("What divides").id
    assert (
        project.codebook.edit(divides, direction="against").said
        == "What is said with “What divides” counts as against cohesion"
    )
    assert project.codebook.tree().direction(cuts) == "against"
    assert project.codebook.edit(cuts, direction="for").said == "What is said with “Cuts” counts as for cohesion"
    assert project.codebook.tree().direction(cuts) == "for"
    project.codebook.edit(cuts, direction="")
    assert project.codebook.tree().direction(cuts) == "against"
    with pytest.raises(Exception, match="A code cannot point to “up”"):
        project.codebook.edit(cuts, direction="up")
