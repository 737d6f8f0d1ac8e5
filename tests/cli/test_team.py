"""The plan and the team in a shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_study import run
from tests.makers import code, small_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Young people", "the park is locked at four", "Cuts")
        project.use_coder("Ben")
        code(project, "Young people", "the park is locked", "Cuts")
        return project.path


def test_a_plan_is_made_and_told(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "plan", study)[0].startswith("No plan yet.")
    said = run(capsys, "plan", study, "--date", "Cabinet", "2020-05-19", "--by", "2020-05-07", "--coder", "Asha")[0]
    assert said == "Put “Cabinet” into the plan.\n"
    run(capsys, "plan", study, "--step", "Share the findings", "--who", "Asha", "--by", "summer")
    assert run(capsys, "plan", study)[0].splitlines() == [
        "1. Cabinet: 2020-05-19, papers due 2020-05-07", "2. Share the findings: by summer, Asha",
    ]  # fmt: skip
    assert run(capsys, "plan", study, "--done", "2", "--on", "2020-06-01")[0].endswith("as done.\n")
    assert "done 2020-06-01" in run(capsys, "plan", study)[0]
    assert run(capsys, "plan", study, "--remove", "1")[0] == "Took “Cabinet” out of the plan.\n"
    found = json.loads(run(capsys, "plan", study, "--json")[0])["plan"]
    assert found == [
        {"number": 1, "kind": "step", "name": "Share the findings", "at": "2020-06-01", "due": "summer", "who": "Asha", "note": ""}
    ]  # fmt: skip
    assert "The plan has no entry 4" in run(capsys, "plan", study, "--done", "4", status=1)[1]


def test_the_team_is_set_up_and_told(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _err = run(capsys, "team", study)
    assert out.splitlines()[:3] == ["Asha", "    collected 2 sources", "    coded 1 source: 1 coding"]
    assert "No training set yet" in out
    said = run(capsys, "team", study, "--trainer", "Asha", "--training", "Young people", "--collected", "Women", "Zoë")[
        0
    ]
    assert "Named Asha as the trainer of the team." in said and "the training set." in said
    out = run(capsys, "team", study)[0]
    assert "Asha (trainer)" in out and "agreement with Asha: in 1 of 1, kappa 1.00" in out and "Zoë" in out
    found = json.loads(run(capsys, "team", study, "--json")[0])
    assert (found["trainer"], found["training"], found["collected_by"]) == ("Asha", ["Young people"], "collected by")
    ben = next(member for member in found["members"] if member["name"] == "Ben")
    assert ben["agreement"]["both"] == 1 and ben["agreement"]["sources"] == ["Young people"]
    run(capsys, "team", study, "--training", "", "--trainer", "")
    assert "No training set yet" in run(capsys, "team", study)[0]


def test_nobody_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from cohesion_qda.project import Project

    Project.create(tmp_path / "empty.cqda", "empty").close()
    assert run(capsys, "team", tmp_path / "empty.cqda")[0] == "Nobody has collected or coded anything yet.\n"
