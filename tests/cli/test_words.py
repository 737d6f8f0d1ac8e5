"""Words in a shell: what is left out and what is one, told and changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cohesion_qda.analysis import pipelines
from cohesion_qda.project import Project
from tests.cli.test_study import run
from tests.makers import small_study


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pipelines, "choose", lambda language, *_more: pipelines.blank(language))
    with small_study(tmp_path / "study.cqda") as project:
        return project.path


def test_words_are_listed_with_what_reads_them(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "words", study)[0]
    assert out.startswith("Language of the talk: en, read with blank-en\n")
    assert "    Phrases are found by leaving out stop words, not by grammar.\n" in out
    assert "You left nothing out.\n" in out
    assert "The program leaves out by itself" in out


def test_each_change_is_an_act(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(
        capsys, "words", study, "--leave-out", "park", "--leave-out", "the wall", "--take-back", "every", "--merge",
        "meals=food,the food", "--language", "en",
    )[0]  # fmt: skip
    assert done.splitlines() == [
        "Left “park”, “the wall” out of what is counted", "Counted “every” again", "Counted “food”, “the food” as one with “meals”",
    ]  # fmt: skip
    out = run(capsys, "words", study)[0]
    for line in (
        "You left out:\n    park: 2 of 5 people, 3 times\n", "You count as one:\n    meals: 1 of 5 people, 1 time\n",
        "        food: 1 of 5 people, 1 time\n", "You count all the same:\n    every: 1 of 5 people, 1 time\n",
    ):  # fmt: skip
        assert line in out
    assert (
        run(capsys, "words", study, "--unmerge", "meals")[0] == "Counted “food”, “the food” apart from “meals” again\n"
    )
    assert run(capsys, "words", study, "--leave-out", "Park")[0] == "That is so already.\n"
    with Project.open(study) as project:
        assert project.history.undo().said.startswith("Undid: Counted “food”")


def test_all_of_it_as_json(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "words", study, "--leave-out", "park", "--merge", "meals=food", "--json")[0])
    assert found["done"] == ["Left “park” out of what is counted", "Counted “food” as one with “meals”"]
    assert (found["language"], found["pipeline"]) == ("en", "blank-en")
    assert found["left_out"][0]["word"] == "park" and found["left_out"][0]["mentions"] == 3
    assert found["merges"][0]["forms"][1] == {**found["merges"][0]["forms"][1], "word": "food", "mentions": 1}
    assert "meals" in [term["word"] for term in found["terms"]]
    assert "the" in [word["word"] for word in found["left_out_by_the_program"]]
    assert len(found["missing"]) >= 3


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--merge", "meals"], "does not say what counts as one"), (["--merge", "=food"], "does not say what counts as one"),
        (["--unmerge", "meals"], "no group of words that count as one “meals”"), (["--take-back", "park"], "“park” is not left out"),
        (["--language", "klingon"], "no language the program knows"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(
    study: Path, capsys: pytest.CaptureFixture[str], options: list[str], what: str
) -> None:
    assert what in run(capsys, "words", study, *options, status=1)[1]
