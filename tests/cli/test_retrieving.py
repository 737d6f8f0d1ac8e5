"""Retrieval in a shell: joined codes, filters, saved queries, files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.cli import main
from cohesion_qda.project import Project
from tests.makers import code, small_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "the park. Everybody is in the park", "Public spaces")
        code(project, "Young people", "the park is locked at four", "Public spaces", "Cuts")
        project.use_coder("Ben")
        code(project, "Young people", "The youth club closed", "Cuts")
        return project.path


def run(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> tuple[str, str]:
    assert main([str(word) for word in words]) == status
    captured = capsys.readouterr()
    return captured.out, captured.err


def found(capsys: pytest.CaptureFixture[str], study: Path, *words: object) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(capsys, "retrieve", study, *words, "--json")[0])
    return document


def quotes(document: dict[str, Any]) -> list[str]:
    return [segment["quote"] for segment in document["segments"]]


def test_codes_are_joined_in_the_order_they_are_given(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = found(capsys, study, "--code", "Public spaces", "--overlapping", "Cuts")
    assert quotes(both) == ["the park is locked at four"]
    assert both["segments"][0]["also"] == ["What divides/Cuts"]
    assert both["query"] == ["“Public spaces”, overlapping “Cuts”"]
    assert both["count"] == {"mentions": 1, "participants": 1, "groups": 1} and both["of"]["participants"] == 5
    assert quotes(found(capsys, study, "--code", "Public spaces", "--not", "Cuts")) == [
        "the park. Everybody is in the park"
    ]
    assert len(quotes(found(capsys, study, "--code", "Public spaces", "--or", "Cuts", "--not", "Cuts"))) == 1
    assert len(quotes(found(capsys, study, "--code", "Public spaces", "--not", "Cuts", "--or", "Cuts"))) == 3
    near = ["--code", "Cuts", "--near", "Public spaces"]
    assert quotes(found(capsys, study, *near)) == ["The youth club closed", "the park is locked at four"]
    assert quotes(found(capsys, study, *near, "--near-turns", "0")) == ["the park is locked at four"]
    assert quotes(found(capsys, study, "--code", "Cuts", "--and", "Public spaces")) == ["the park is locked at four"]


def test_filters_order_and_groups(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    divides = ["--code", "What divides", "--or", "What unites"]
    assert quotes(found(capsys, study, *divides, "--where", "place=Dewsbury")) == ["the park. Everybody is in the park"]
    assert len(quotes(found(capsys, study, *divides, "--where", "place=Dewsbury", "--where", "Place=Batley"))) == 4
    assert quotes(found(capsys, study, *divides, "--coder", "ben")) == ["The youth club closed"]
    assert quotes(found(capsys, study, *divides, "--case", "Carol")) == ["the park. Everybody is in the park"]
    assert quotes(found(capsys, study, *divides, "--source", "women")) == ["the park. Everybody is in the park"]
    assert quotes(found(capsys, study, *divides, "--kind", "interview")) == []
    assert quotes(found(capsys, study, *divides, "--weight", "1")) == []
    grouped = found(capsys, study, *divides, "--group", "speaker", "--order", "length")
    assert [part["title"] for part in grouped["groups"]] == ["Amina, Young people", "Carol", "Dev"]
    out = run(capsys, "retrieve", study, *divides, "--group", "code")[0]
    assert out.startswith("What unites/Public spaces\n“the park")
    assert "4 passages; 3 mentions" in out and "said by 3 of 5 people, in 2 of 2 groups" in out


def test_a_query_is_saved_run_and_written_to_a_file(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = run(capsys, "retrieve", study, "--code", "Cuts", "--where", "place=Batley", "--save", "Cuts in Batley")
    assert err == "Saved the query “Cuts in Batley”.\n" and "2 passages" in out
    target = tmp_path / "cuts.html"
    out, err = run(capsys, "retrieve", study, "--saved", "cuts in batley", "-o", target)
    assert out == "" and "locked at four" in target.read_text(encoding="utf-8")
    wrote, singled = err.splitlines()
    assert wrote == f"Wrote {target}."
    assert singled.startswith("Only 2 participants of the study speak in “Young people”: quoted with that name")
    assert quotes(found(capsys, study, "--saved", "Cuts in Batley", "--coder", "Ben")) == ["The youth club closed"]
    with Project.open(study) as project:
        project.codebook.delete(project.codebook.tree().get("Cuts").id)
    out, err = run(capsys, "retrieve", study, "--saved", "Cuts in Batley")
    assert "“What divides/Cuts” is no longer in the codebook" in err and "0 passages" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "No code was named"),
        (["--saved", "Nothing"], "no saved query “Nothing”"),
        (["--code", "Cuts", "--not", "Nothing"], "no code “Nothing”"),
        (["--code", "Cuts", "--case", "Zed"], "no person or group “Zed”"),
        (["--code", "Cuts", "--source", "Zed"], "no source “Zed”"),
        (["--code", "Cuts", "--where", "place"], "not NAME=VALUE"),
        (["--code", "Cuts", "--where", "Zed=1"], "no attribute “Zed”"),
        (["--code", "Cuts", "--weight", "101"], "A weight is 0 to 100"),
        (["--code", "Cuts", "--near", "Cuts", "--near-turns", "-1"], "cannot reach -1 turns"),
        (["--code", "Cuts", "--group", "Zed"], "no attribute “Zed”"),
        (["--code", "Cuts", "-o", "out.pdf"], "cannot be written as “.pdf”"),
    ],
)
def test_what_cannot_be_asked_is_said(
    study: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert said in run(capsys, "retrieve", study, *words, status=1)[1]


def test_a_saved_query_takes_no_codes(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "retrieve", study, "--code", "Cuts", "--save", "Mine")
    assert (
        "A saved query has its codes"
        in run(capsys, "retrieve", study, "--saved", "Mine", "--code", "Cuts", status=1)[1]
    )
