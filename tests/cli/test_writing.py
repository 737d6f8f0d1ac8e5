"""Memos and themes in a shell."""

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


@pytest.fixture
def written(study: Path) -> Path:
    with Project.open(study, "Asha") as project:
        women, tree = project.sources.get("Women").id, project.codebook.tree()
        buses = (women, project.codings.find_quote(women, "The buses."))
        project.memos.add("code", tree.get("Cuts").id, "Too wide?\nSplit it.", "On cuts")
        project.memos.link(1, [buses])  # type: ignore[arg-type]
        project.use_coder("Ben")
        project.memos.add_at(*buses, "A sigh")
        theme = project.themes.added(
            project.themes.add("It closes", tree.get("What divides").id, [tree.get("Cuts").id])
        )
        project.themes.state(theme, "Things close.")
        project.themes.add_passages(theme, [buses])
        project.themes.add("Age")
    return study


def test_nothing_written_is_said(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "memos", study)[0] == "No memos yet.\n"
    assert run(capsys, "memos", study, "--find", "x")[0] == "No memos like that.\n"
    assert run(capsys, "themes", study)[0] == "No themes yet.\n"


def test_memos_are_listed(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "memos", written, "--coder", "asha")[0].splitlines()
    assert out[0].startswith("On cuts (Asha, ")
    assert out[1:] == [
        "    about: code “Cuts”", "    Too wide?", "    Split it.", "    → “The buses.” (Amina, Women, turn 5)",
    ]  # fmt: skip
    assert "A sigh" in run(capsys, "memos", written, "--about", "segment")[0]
    assert "A sigh" not in run(capsys, "memos", written, "--find", "wide SPLIT")[0]
    assert "no coder “Zoe”" in run(capsys, "memos", written, "--coder", "Zoe", status=1)[1]
    found = json.loads(run(capsys, "memos", written, "--json")[0])["memos"]
    assert {memo["title"]: len(memo["links"]) for memo in found} == {"On cuts": 1, "": 0}
    assert next(memo for memo in found if not memo["title"])["passage"]["quote"] == "The buses."


def test_themes_are_listed_with_their_denominators(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "themes", written)[0].splitlines() == [
        "It closes (candidate): 1 mention, 1 of 5 people, 1 of 2 groups",
        "    question: What divides",
        "    Things close.",
        "    code: What divides/Cuts",
        "    → “The buses.” (Amina, Women, turn 5)",
        "Age (candidate): 0 mentions, 0 of 5 people, 0 of 2 groups",
    ]
    found = json.loads(run(capsys, "themes", written, "--json")[0])
    assert found["of"]["participants"] == 5
    assert [(theme["name"], theme["mentions"], len(theme["passages"])) for theme in found["themes"]] == [
        ("It closes", 1, 1), ("Age", 0, 0),
    ]  # fmt: skip
