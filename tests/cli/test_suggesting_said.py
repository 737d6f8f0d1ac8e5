"""What `suggest`, `evaluate` and `words` say where nobody speaks, and of words they cannot take."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cohesion_qda.analysis import pipelines, sentences
from cohesion_qda.project import Project
from tests.cli.test_study import run
from tests.makers import draft

SAID = (
    "The bus to town is always late in winter.", "My neighbour helps with the shopping every week.",
    "The library closed and the children miss it.", "We share food over the wall at Eid.", "The park has new swings and a cafe.",
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pipelines, "choose", lambda language, *_more: pipelines.blank(language))
    monkeypatch.setattr(sentences, "missing", lambda language="en": "left out of this test")
    return tmp_path / "study.cqda"


@pytest.fixture
def silent(path: Path) -> Path:
    """Sixty paragraphs, nobody named."""
    with Project.create(path, "empty", coder="Asha") as project:
        letters = draft("Letters", [("", SAID[n % 5]) for n in range(60)], kind="document")
        project.sources.add([replace(letters, turns=(), roles={})])
        project.codebook.add("Transport")
    return path


@pytest.fixture
def only_moderator(path: Path) -> Path:
    with Project.create(path, "cohesion", coder="Asha") as project:
        project.sources.add([draft("Group", [("Moderator", said) for said in SAID])])
    return path


def test_where_nobody_speaks_paragraphs_are_counted_and_it_is_said(
    silent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for what in ("themes", "terms"):
        out, err = run(capsys, "suggest", silent, what)
        assert " of 60 paragraphs" in out
        assert "0 people" not in out + err and "0 of 0" not in out + err and "groups" not in out
        assert "No participant is named as speaking here, so paragraphs are counted, not people." in err


def test_where_nobody_speaks_files_count_paragraphs_too(
    silent: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for what in ("themes", "terms"):
        path = tmp_path / f"{what}.csv"
        run(capsys, "suggest", silent, what, "-o", path)
        head = path.read_text(encoding="utf-8-sig").splitlines()[0]
        assert "Paragraphs or turns (out of 60)" in head and "Participants" not in head and "Groups" not in head


def test_where_only_the_moderator_speaks_one_sentence_says_so(
    only_moderator: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "No participant says anything in this study. Import transcripts, or check who is a moderator.\n"
    assert run(capsys, "suggest", only_moderator, "codes")[0] == said
    assert run(capsys, "evaluate", only_moderator)[0] == said


def test_options_that_go_with_something_else_are_refused(silent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (
        (("codes", "-o", "x.csv"), "-o says nothing about codes. Leave it out, or ask for “suggest … themes|terms”."),
        (("themes", "--for", "Transport"), "--for says nothing about themes. Leave it out, or ask for “suggest … codes|terms”."),
        (("codes", "--where", "place=Hull"), "--where says nothing about codes."),
        (("terms", "--method", "nmf"), "--method says nothing about terms."),
        (("terms", "--suppress", "5"), "--suppress is for files."),
    ):  # fmt: skip
        out, err = run(capsys, "suggest", silent, *words, status=1)
        assert said in err and not out
    assert not Path("x.csv").exists()


def test_words_that_cannot_be_taken_are_told_in_one_sentence(silent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in ("0", "abc", "-3"):
        err = run(capsys, "suggest", silent, "themes", f"--number={wrong}", status=2)[1]
        assert err == "--number: give a whole number, 1 or more\n"
    err = run(capsys, "suggest", silent, "bogus", status=2)[1]
    assert err == "There is no kind of suggestion “bogus”. There are: themes; codes; terms.\n"


def test_too_little_talk_says_how_much_is_enough(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Project.create(path, "empty", coder="Asha") as project:
        project.sources.add([draft("Interview", [("Ann", said) for said in SAID])])
    err = run(capsys, "suggest", path, "themes", status=1)[1]
    assert "5 turns by participants" in err and "; 6 are needed." in err


def test_talk_with_nothing_in_common_is_told_as_such(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Enough of it, but each person's words are their own."""
    with Project.create(path, "empty", coder="Asha") as project:
        for n in range(12):
            own = " ".join(f"{chr(97 + n)}ud{chr(97 + k)}l{chr(98 + k)}n" for k in range(20))
            project.sources.add([draft(f"Group {n}", [("Ann", f"The {own}.")])])
    err = run(capsys, "suggest", path, "themes", status=1)[1]
    assert (
        "There is too little in common to find themes in: 12 turns by participants." in err and "are needed" not in err
    )


def test_a_language_is_one_that_there_is_and_what_it_lacks_is_told(
    silent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    err = run(capsys, "words", silent, "--language", "xx", status=1)[1]
    assert err.startswith("There is no language xx. There are af, ") and ", en, " in err and "xx," not in err
    out, err = run(capsys, "words", silent, "--language", "so")
    assert "to so" in out and "There is no list of words of grammar" in err
    assert "words of grammar" not in run(capsys, "words", silent, "--language", "de")[1]
    err = run(capsys, "words", silent, "--take-back", "notthere", status=1)[1]
    assert "“notthere” is not left out. The tab “Words” lists what is left out, and so does the command “words”." in err
