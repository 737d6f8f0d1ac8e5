"""`worksheet`: list, start, answer, link, show, print, take away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import Shell
from tests.makers import small_study


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    small_study(tmp_path / "study.cqda").close()
    return Shell(capsys, tmp_path)


def test_a_worksheet_from_start_to_print(shell: Shell, tmp_path: Path) -> None:
    study = shell.study
    out, err = shell.run("worksheet", study)
    assert out == "No worksheet yet. Start one with --start; these can be started:\n"
    assert "--start wales/review: Mainstreaming review (Mainstreaming cohesion (Wales))" in err
    out, _err = shell.run(
        "worksheet", study, "--start", "east_midlands/inclusion", "--against", "women", "--answer", "1.i", "found", "partly",
        "--answer", "1.i", "note", "One line.", "--link", "1.i", "Women", "Everybody is in the park",
    )  # fmt: skip
    assert out.splitlines()[0] == "Started the worksheet “Inclusion checklist: Women”." and len(out.splitlines()) == 4
    assert shell.run("worksheet", study)[0] == "Inclusion checklist: Women: 1 of 27 questions answered\n"
    name = "inclusion checklist: women"
    assert shell.run("worksheet", study, name, "--answer", "1.i", "found", "partly")[0] == "That is so already.\n"
    shown = shell.run("worksheet", study, name)[0]
    assert "      Evidence: Partly\n      Note: One line.\n      “Everybody is in the park” (Women)\n" in shown
    found = shell.json("worksheet", study, name)
    assert (found["answered"], found["questions"], found["source"]) == (1, 27, "Women")
    assert {"questions": 5, "not_answered": 4, "partly": 1, "found": 0}.items() <= found["result"][0].items()
    item = found["sections"][0]["items"][0]
    assert item["answers"] == {"found": "partly", "note": "One line."} and item["passages"][0]["source"] == "Women"
    assert item["choices"] == {"found": ["found", "partly", "not found", "not applicable"]}
    listed = shell.json("worksheet", study)
    assert listed["worksheets"][0]["name"] == "Inclusion checklist: Women"
    assert {"start": "delivery/mapping", "of": "study"}.items() <= listed["sheets"][-1].items()
    target = tmp_path / "checklist.html"
    assert shell.run("worksheet", study, name, "-o", target)[0] == f"{target}\n" and target.exists()
    out, _err = shell.run("worksheet", study, name, "--remove")
    assert out == "Removed the worksheet “Inclusion checklist: Women” with 2 answers.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "x.docx"), "Which worksheet is to be printed?"),
        (("--remove",), "Which worksheet is meant?"),
        (("Nothing",), "There is no worksheet “Nothing”."),
        (("--start", "wales/nothing"), "There is no worksheet “nothing”."),
        (("--start", "somewhere/review"), "There is no study frame “somewhere”."),
    ],
)
def test_what_is_missing_is_said(shell: Shell, words: tuple[str, ...], said: str) -> None:
    assert said in shell.refused("worksheet", shell.study, *words)
