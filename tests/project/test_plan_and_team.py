"""The plan of a study, its team, and what both are in the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.ids import PlanId
from cohesion_qda.model.plan import DATE, STEP, PlanEntry, in_time
from cohesion_qda.model.team import Team, attribute_of, people_in
from cohesion_qda.project import Project
from cohesion_qda.report.blocks import Block, Grid, Heading, Paragraph
from cohesion_qda.report.contents import part_of
from cohesion_qda.report.values import ReportData
from tests.makers import code, small_study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "study.cqda") as made:
        yield made


def named(project: Project) -> list[str]:
    return [entry.name for entry in project.plan.list()]


# -- the plan ------------------------------------------------------------------------------------------------------------


def test_dates_and_steps_are_kept_in_order_changed_and_taken_out(project: Project) -> None:
    cabinet = project.plan.added(project.plan.add(DATE, "  Cabinet ", at="2020-05-19", due="2020-05-07"))
    event = project.plan.added(project.plan.add(STEP, "Hold the event", due="2020-01-30", who="Asha"))
    share = project.plan.added(project.plan.add(STEP, "Share the findings"))
    assert project.plan.get(cabinet) == PlanEntry(cabinet, DATE, "Cabinet", "2020-05-19", "2020-05-07")
    assert project.plan.move(share, 0).said == "Moved “Share the findings” in the plan"
    assert named(project) == ["Share the findings", "Hold the event", "Cabinet"]
    assert project.plan.change(event, note="In the town hall").said == "Changed “Hold the event” in the plan"
    assert project.plan.change(event, note="In the town hall").is_empty
    project.plan.remove(cabinet)
    assert named(project) == ["Share the findings", "Hold the event"]
    project.history.undo()
    assert named(project)[2] == "Cabinet" and project.check() == []


def test_a_step_is_done_and_not_done_again(project: Project) -> None:
    step = project.plan.added(project.plan.add(STEP, "Share the findings"))
    project.plan.done(step, "2020-02-01")
    assert project.plan.get(step).is_done
    project.plan.done(step, "")
    assert not project.plan.get(step).is_done
    date = project.plan.added(project.plan.add(DATE, "Cabinet", at="2020-05-19"))
    with pytest.raises(BadInput, match="“Cabinet” is a date, not a step"):
        project.plan.done(date, "2020-05-19")


def test_what_cannot_stand_in_a_plan_is_told(project: Project) -> None:
    with pytest.raises(BadInput, match="A plan has no “wish”"):
        project.plan.add("wish", "Rain")
    with pytest.raises(BadInput, match="needs a name"):
        project.plan.add(STEP, "  ")
    with pytest.raises(NotFound, match="entry of the plan"):
        project.plan.get(PlanId(7))
    assert project.plan.list() == []


def test_dates_stand_by_their_day_where_every_one_is_a_day() -> None:
    late, early = PlanEntry(PlanId(1), DATE, "b", "2020-05-19"), PlanEntry(PlanId(2), DATE, "a", "2020-01-30")
    assert in_time((late, early)) == (early, late)
    soon = PlanEntry(PlanId(3), DATE, "c", "in summer")
    assert in_time((late, soon, early)) == (late, soon, early), "words have no day, so nothing is moved"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> ReportData:
    """A report with a plan and a team of two, as the project fills them in."""
    with small_study(tmp_path_factory.mktemp("report") / "study.cqda") as made:
        coded(made).plan.add(STEP, "Share the findings")
        return made.reports.snapshot()


def blocks(data: ReportData, project: Project, key: str) -> tuple[Block, ...]:
    extras = replace(data.extras, plan=tuple(project.plan.list()), team=project.team.get())
    return part_of(replace(data, extras=extras), key)


def test_the_project_hands_its_plan_and_team_to_the_report(data: ReportData) -> None:
    assert [entry.name for entry in data.extras.plan] == ["Share the findings"]
    assert [member.name for member in data.extras.team.members] == ["Asha", "Ben"]
    assert {part.key for part in data.extras.outline} >= {"plan", "team"}


def test_the_plan_is_a_page_of_the_report(data: ReportData, project: Project) -> None:
    assert blocks(data, project, "plan") == (), "no empty chapter"
    project.plan.add(DATE, "Cabinet", at="2020-05-19", due="2020-05-07")
    project.plan.add(DATE, "Partnership event", at="2020-01-30")
    project.plan.add(STEP, "Share the findings", due="by summer", who="Asha")
    heading, dates, steps = blocks(data, project, "plan")
    assert isinstance(heading, Heading) and isinstance(dates, Grid) and isinstance(steps, Grid)
    assert dates.head == ("What", "When", "Papers due")
    assert dates.rows == (("Partnership event", "30 January 2020", "–"), ("Cabinet", "19 May 2020", "7 May 2020"))
    assert (steps.head, steps.rows) == (
        ("What is to be done", "By when", "Who"),
        (("Share the findings", "by summer", "Asha"),),
    )


# -- the team ------------------------------------------------------------------------------------------------------------


def coded(project: Project) -> Project:
    """Asha trains; Ben codes what she coded, in part as she did; both code something else alone."""
    code(project, "Young people", "the park is locked at four", "Cuts")
    code(project, "Young people", "The youth club closed", "Cuts")
    code(project, "Women", "The buses.", "Cuts")
    project.use_coder("Ben")
    code(project, "Young people", "the park is locked", "Cuts")
    code(project, "Young people", "People judge you by your trainers", "Class")
    return project


def test_without_an_attribute_whoever_imported_a_source_collected_it(project: Project) -> None:
    team = coded(project).team.get()
    assert (team.by, [m.name for m in team.members]) == ("", ["Asha", "Ben"])
    asha, ben = team.members
    assert team.called(asha.collected) == ("Women", "Young people") and ben.collected == ()
    assert (asha.codings, asha.codes, len(asha.coded)) == (3, 1, 2)
    assert (ben.codings, ben.codes, team.called(ben.coded)) == (2, 2, ("Young people",))


def test_who_collected_is_told_by_an_attribute_also_who_never_coded(project: Project) -> None:
    coded(project)
    assert (
        project.team.set_collected("Women", "asha; Zoë and Ben").said
        == "Set collected by of “Women” to “asha; Zoë and Ben”"
    )
    team = project.team.get()
    assert team.by == "collected by"
    assert {m.name: team.called(m.collected) for m in team.members} == {
        "Asha": ("Women",), "Ben": ("Women",), "Zoë": ("Women",),
    }  # fmt: skip
    project.team.set_collected("Women", "")
    assert "Zoë" not in [m.name for m in project.team.get().members]
    with pytest.raises(NotFound, match="source"):
        project.team.set_collected("Men", "Asha")


def test_the_attribute_is_found_however_it_is_called() -> None:
    assert attribute_of(["place", "Interviewer"]) == "Interviewer"
    assert attribute_of(["place"]) == ""
    assert people_in("Asha and Ben / Zoë; Asha") == ("Asha", "Ben", "Zoë")
    assert people_in(" ") == ()


def test_agreement_with_the_trainer_on_the_training_set(project: Project) -> None:
    young = coded(project).sources.get("Young people").id
    assert all(member.trained is None for member in project.team.get().members)
    assert project.team.set_trainer("asha").said == "Named Asha as the trainer of the team"
    assert project.team.set_training([young]).said == "Made “Young people” the training set"
    team = project.team.get()
    asha, ben = team.members
    assert (team.trainer, asha.is_trainer, asha.trained) == ("Asha", True, None)
    assert ben.trained is not None and ben.training == (young,)
    # two turns of participants; Cuts: both in one, Asha alone in the other; Class: Ben alone in one
    assert (ben.trained.turns, ben.trained.codes, ben.trained.both, ben.trained.either) == (2, 2, 1, 3)
    assert ben.trained.kappa == pytest.approx(0.0) and ben.trained.sources == (young,)
    project.team.set_training([project.sources.get("Women").id])
    assert project.team.get().members[1].trained is None, "Ben has not coded it"
    project.team.set_training([])
    project.team.set_trainer("")
    assert (project.team.trainer(), project.team.training()) == ("", ())
    with pytest.raises(NotFound, match="There is no coder “Zoe”"):
        project.team.set_trainer("Zoe")


def test_a_training_source_that_goes_is_no_longer_in_the_set(project: Project) -> None:
    young = coded(project).sources.get("Young people").id
    project.team.set_training([young])
    project.sources.remove(young)
    assert project.team.training() == ()
    project.history.undo()
    assert project.team.training() == (young,)


def test_while_others_codings_are_hidden_no_agreement_is_told(project: Project) -> None:
    coded(project).team.set_trainer("Asha")
    project.team.set_training([project.sources.get("Young people").id])
    project.look_as("Ben")
    team = project.team.get()
    assert team.is_hidden and all(member.trained is None for member in team.members)
    assert {member.name: member.codings for member in team.members} == {"Asha": 0, "Ben": 2}


def test_the_team_is_told_in_the_report_where_there_is_more_than_one(data: ReportData, project: Project) -> None:
    assert blocks(data, project, "team") == (), "one person is told of in the method"
    coded(project)
    first = blocks(data, project, "team")
    assert [type(block) for block in first] == [Heading, Paragraph, Grid]
    project.team.set_trainer("Asha")
    project.team.set_training([project.sources.get("Women").id])
    assert "Nobody but the trainer has coded" in blocks(data, project, "team")[-1].text
    project.team.set_training([project.sources.get("Young people").id])
    told = [
        block for block in blocks(replace(data, threshold=0, agreement=()), project, "team") if isinstance(block, Grid)
    ]
    assert told[0].rows == (("Asha (trainer)", "2", "2", "3", "1"), ("Ben", "0", "1", "2", "2"))
    assert told[1].rows == (("Ben", "1 of 1", "1 of 3", "0.00", "0.00"),)
    hidden = blocks(data, project, "team")
    assert [block.rows for block in hidden if isinstance(block, Grid)][1] == (("Ben", "1 of 1", "[c]", "[c]", "[c]"),)


def test_no_team_yet(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.cqda", "empty", coder="Asha") as made:
        assert made.team.get() == Team()
