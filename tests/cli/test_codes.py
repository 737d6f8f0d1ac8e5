"""Codebooks in a shell: written, read, and what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cohesion_qda.project import Project
from tests.cli.test_commands import Shell
from tests.makers import small_study


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    small_study(tmp_path / "study.cqda").close()
    return Shell(capsys, tmp_path)


def paths(study: str | Path) -> list[str]:
    with Project.open(study) as project:
        return [project.codebook.tree().path(code.id) for code in project.codebook.tree()]


def test_a_codebook_goes_to_another_project_and_back(shell: Shell) -> None:
    book = shell.folder / "book.qdc"
    assert shell.run("codes", shell.study, "--export", book)[0].strip() == f"Wrote {book}"
    other = str(shell.folder / "other.cqda")
    assert "with 6 codes" in shell.run("new", other, "--codebook", book)[0]
    assert paths(other) == paths(shell.study)
    sheet = shell.folder / "more.csv"
    sheet.write_text("path,definition\nWhat unites/Food,Eating together\nWhat unites/Cricket,\n", encoding="utf-8")
    out, err = shell.run("codes", other, "--import", sheet, "--coder", "Ben")
    assert out.strip() == "Added a codebook of 1 code"
    assert "1 code is there in other words, which stay." in err
    out, err = shell.run("codes", other, "--import", sheet, "--theirs")
    assert out.strip() == "Took over what a codebook says of codes that were there (1)"
    assert err == ""
    assert shell.run("codes", other, "--import", sheet)[0].strip() == "Nothing was added"
    assert "What unites/Cricket" in paths(other)
    shell.run("undo", other)
    with Project.open(other) as project:
        assert project.codebook.tree().get("Food").definition == ""


def test_what_is_left_out_of_a_file_is_said(shell: Shell) -> None:
    book = shell.folder / "b.qdc"
    book.write_text('<CodeBook><Codes><Code name="A" color="#123456"/></Codes><Sets><Set name="s"/></Sets></CodeBook>')
    for words in (("new", str(shell.folder / "n.cqda"), "--codebook", book), ("codes", shell.study, "--import", book)):
        err = shell.run(*words)[1]
        assert "It groups codes in 1 set, which is left out" in err
        assert "1 code gets the nearest of the colours" in err


def test_a_file_that_is_no_codebook_is_refused_in_one_line(shell: Shell) -> None:
    book = shell.folder / "b.qdc"
    book.write_text("<html/>")
    assert "b.qdc does not hold a REFI-QDA codebook." in shell.refused("codes", shell.study, "--import", book)
    assert "A codebook cannot be written as b.pdf." in shell.refused(
        "codes", shell.study, "--export", shell.folder / "b.pdf"
    )
