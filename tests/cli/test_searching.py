"""Searching and auto-coding in a shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cohesion_qda.cli import main
from cohesion_qda.project import Project
from tests.makers import small_study


@pytest.fixture
def study(tmp_path: Path) -> str:
    path = tmp_path / "study.cqda"
    small_study(path).close()
    return str(path)


def test_places_are_listed_in_their_line_and_counted(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", study, "~bus OR park", "--limit", "2"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "For me it is the [park]. Everybody is in the park on a Saturday.",
        "    Carol, Women, turn 3 [140:144]",
        "For me it is the park. Everybody is in the [park] on a Saturday.",
        "    Carol, Women, turn 3 [166:170]",
        "4 places; 3 of 5 people, 2 of 2 groups",
    ]
    assert "The first 2 are listed" in told.err


def test_the_document_holds_counts_and_places(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", study, "neighbour", "--forms", "--speaker", "amina", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["count"] == {
        "hits": 1, "lines": 1, "participants": 1, "groups": 1, "sources": 1,
        "of": {"participants": 2, "groups": 2, "sources": 2},
    }  # fmt: skip
    assert found["hits"][0] | {"before": ""} == {
        "source": "Women", "start": 61, "end": 71, "before": "", "hit": "neighbours",
        "after": ", I think. We share food over the wall 😀 every Eid.", "speaker": "Amina", "role": "participant", "turn": 2,
    }  # fmt: skip


def test_auto_coding_is_looked_at_first_then_done_once(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = [
        "autocode",
        study,
        "park",
        "--code",
        "Public spaces",
        "--extent",
        "sentence",
        "--attribute",
        "place=batley",
    ]
    assert main([*command, "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "“And the park is locked at four.”", "    Dev, Young people, turn 3 [124:128]", "Would code 1 passage; 0 are coded so already.",
    ]  # fmt: skip
    assert main(command) == 0
    assert capsys.readouterr().out == "Coded 1 passage that holds “park” as “Public spaces”.\n"
    assert main(command) == 0
    assert capsys.readouterr().out == "Everything that holds it is coded so already.\n"
    assert main(["search", study, "locked", "--code", "What unites"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 place; 1 of 5 people, 1 of 2 groups"
    assert main(["autocode", study, "tram", "--code", "Cuts", "--participants", "--kind", "lemma"]) == 0
    assert capsys.readouterr().out == "It was not said.\n"
    with Project.open(study) as project:
        assert [p.quote for p in project.codings.retrieve()] == ["And the park is locked at four."]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["search", "STUDY", "park AND"], "AND at character 6 has nothing to join."),
        (["search", "STUDY", "park", "--speaker", "Karol"], "There is no speaker “Karol”. Did you mean: Carol?"),
        (["search", "STUDY", "park", "--attribute", "place=Leeds"], "There is no attribute with that value “place=Leeds”."),
        (["autocode", "STUDY", "(", "--kind", "regex", "--code", "Cuts"], "The regular expression is not right at character 1"),
        (["autocode", "STUDY", "park", "--code", "Trains"], "There is no code “Trains”."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(study: str, words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([study if word == "STUDY" else word for word in words]) == 1
    assert told in capsys.readouterr().err
