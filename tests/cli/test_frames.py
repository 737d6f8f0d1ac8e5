"""Study frames in a shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cohesion_qda.project import Project
from tests.cli.test_study import run
from tests.makers import code, small_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "The buses.", "Cuts")
        return project.path


def test_frames_are_listed_taken_up_and_their_issues_told(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "frames", study)[0].splitlines()
    assert out[0] == "kirklees: Kirklees cohesion review" and len(out) == 15
    assert run(capsys, "frames", study, "--take", "delivery")[0].endswith("with 93 new codes\n")
    assert run(capsys, "frames", study, "--take", "delivery")[0] == "All that the frame brings is there already.\n"
    assert "delivery: Cohesion Delivery Framework (taken up)" in run(capsys, "frames", study)[0]
    assert run(capsys, "frames", study, "--issues")[0] == "No code that is used bears out an issue yet.\n"
    out = run(capsys, "frames", study, "--bear-out", "crime=Cuts", "--issues", "--coder", "Ben")[0].splitlines()
    assert out[0] == "“Cuts” bears out the issue “Much crime and anti-social behaviour”"
    assert out[1] == "Much crime and anti-social behaviour [crime]"
    assert "    Said in 1 of 2 groups, by 1 of 5 participants, 1 mention." in out
    assert "    → Work with neighbourhood policing teams" in out
    assert any(words.startswith("    known: ") for words in out) and any(
        words.startswith("    beware: ") for words in out
    )
    found = json.loads(run(capsys, "frames", study, "--json")[0])
    assert [frame["key"] for frame in found["frames"] if frame["is_taken"]] == ["delivery"]
    assert found["issues"][0]["codes"][-1] == "What divides/Cuts" and found["issues"][0]["participants"] == 1
    assert run(capsys, "frames", study, "--let-go", "crime=Cuts")[0].startswith("“Cuts” no longer bears out")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("crime", "“crime” names no issue and code."),
        ("weather=Cuts", "There is no issue “weather”."),
        ("crime=Weather", "There is no code “Weather”."),
    ],
)
def test_what_cannot_be_is_told(study: Path, capsys: pytest.CaptureFixture[str], given: str, said: str) -> None:
    assert said in run(capsys, "frames", study, "--bear-out", given, status=1)[1]


def test_a_project_is_started_from_a_frame(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new.cqda"
    assert run(capsys, "new", path, "--frame", "wales")[0].endswith("with 21 codes.\n")
    with Project.open(path) as project:
        assert [frame.key for frame in project.frames.taken()] == ["wales"]
    assert "There is no study frame “wale”." in run(capsys, "new", tmp_path / "b.cqda", "--frame", "wale", status=1)[1]


def test_the_kind_of_area_is_said_for_all_or_for_one_place(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "frames", study, "--take", "delivery")
    out = run(capsys, "frames", study, "--area-type", "4", "--place", "dewsbury")[0].splitlines()
    assert out == [
        "Gave 1 source the kind of area “Changing less affluent urban areas”", "Women: Changing less affluent urban areas"
    ]  # fmt: skip
    assert len(run(capsys, "frames", study, "--area-type", "9")[0].splitlines()) == 3
    with Project.open(study) as project:
        values = project.attributes.values("source").values()
        assert {held["area type"] for held in values} == {"Changing but affluent rural areas"}
    assert (
        "There is no value “Leeds”."
        in run(capsys, "frames", study, "--area-type", "9", "--place", "Leeds", status=1)[1]
    )
    assert "There is no area type “10”." in run(capsys, "frames", study, "--area-type", "10", status=1)[1]
    assert run(capsys, "frames", study, "--area-type", "")[0] == "Took the kind of area of 2 sources away\n"
