"""Word clouds and lines in a shell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_commands import Shell
from tests.cli.test_commands import shell as shell
from tests.makers import code, small_study


@pytest.fixture
def study(shell: Shell, tmp_path: Path) -> str:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "Everybody is in the park on a Saturday.", "Public spaces")
        code(project, "Women", "The buses. Nobody comes down after six.", "Cuts")
        code(project, "Young people", "The youth club closed and now there is nothing.", "Cuts")
    return shell.study


def words_of(path: Path) -> set[str]:
    return set(re.findall(r'font-weight="600"[^>]*>([^<]*)<', path.read_text(encoding="utf-8")))


def test_a_cloud_of_a_code_a_place_and_by_every_number(shell: Shell, study: str, tmp_path: Path) -> None:
    for n, options in enumerate((
        [], ["--for", "What divides"], ["--code", "Cuts", "--code", "Public spaces"], ["--where", "place=Dewsbury"],
        ["--by", "mentions"], ["--by", "groups", "--single"], ["--colours", "code"], ["--colours", "valence", "--words", "9"],
        ["--bars"],
    )):  # fmt: skip
        path = tmp_path / f"{n}.svg"
        out, _err = shell.run("wordcloud", study, *options, "--suppress", "off", "-o", path)
        assert out == f"Wrote {path}.\n"
        assert "<svg" in path.read_text(encoding="utf-8")
    assert {"park"} <= words_of(tmp_path / "0.svg") and not {"getting", "club"} & words_of(tmp_path / "3.svg")
    assert "park" not in words_of(tmp_path / "1.svg") and "buses" in words_of(tmp_path / "1.svg")
    divides = (tmp_path / "7.svg").read_text(encoding="utf-8")
    assert "What divides" in divides and "What unites" in divides
    shell.run("wordcloud", study, "--suppress", "off", "--width", "3", "--dpi", "100", "-o", tmp_path / "w.png")
    shell.run("wordcloud", study, "--suppress", "off", "-o", tmp_path / "w.pdf")
    assert (tmp_path / "w.png").read_bytes().startswith(b"\x89PNG") and (tmp_path / "w.pdf").stat().st_size > 1000
    kinds = [row["kind"] for row in shell.json("history", study)["history"]]
    assert kinds[:11] == ["export-wordcloud"] * 11


def test_words_of_few_people_are_left_out_of_a_file_unless_somebody_says_otherwise(
    shell: Shell, study: str, tmp_path: Path
) -> None:
    assert "--suppress off draws them all" in shell.refused("wordcloud", study, "-o", tmp_path / "w.svg")
    assert not (tmp_path / "w.svg").exists()


def test_what_cannot_be_drawn_is_told(shell: Shell, study: str, tmp_path: Path) -> None:
    path = tmp_path / "w.svg"
    assert "choose a code, a question" in shell.refused("wordcloud", study, "--by", "keyness", "-o", path)
    assert "no code “Buses”" in shell.refused("wordcloud", study, "--for", "Buses", "-o", path)
    assert "could not be written" in shell.refused(
        "wordcloud", study, "--suppress", "off", "-o", tmp_path / "no" / "w.svg"
    )
    for wrong in (
        ["--by", "loudness"],
        ["--words", "0"],
        ["--words", "many"],
        ["--colours", "red"],
        ["--suppress", "7"],
    ):
        _out, err = shell.run("wordcloud", study, *wrong, "-o", path, status=2)
        assert err


def test_lines_of_a_word_with_what_is_said_near_it(shell: Shell, study: str) -> None:
    out, _err = shell.run("lines", study, "park")
    assert out.startswith("“park”. Said in 2 of 2 groups, by 2 of 5 participants, 3 mentions.")
    assert "Women" in out and "the park on a Saturday" in out and "Carol, 3" in out
    assert "moderator" not in out.casefold()
    found = shell.json("lines", study, "park")
    assert [line["hit"] for line in found["lines"]] == ["park", "park", "park"]
    assert found["is_term"] and found["participants"] == 2 and found["of"]["participants"] == 5
    assert found["after"]["lines"] == [0, 1, 2]
    tree, _err = shell.run("lines", study, "park", "--tree", "--near")
    assert "What follows:" in tree and "What goes before:" in tree and "the (2 of 5 people, " in tree
    assert "logDice" in tree
    _out, err = shell.run("lines", study, "parks")
    assert "“parks”. Said in 0 of 2 groups" in _out and not err, "nobody said that form"
    within = shell.json("lines", study, "nobody", "--for", "Cuts")
    assert len(within["lines"]) == 1 and not within["is_term"]
    assert shell.json("lines", study, "park", "--for", "Cuts")["lines"] == []
    assert "No word was given" in shell.refused("lines", study, "  ")


def test_what_goes_together_in_all_talk(shell: Shell, study: str) -> None:
    assert "ask with --near" in shell.refused("lines", study)
    assert "Too few people" in shell.run("lines", study, "--near")[0]
    assert shell.json("lines", study, "--near")["pairs"] == []
