"""Key terms in a shell."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cohesion_qda.cli import main
from cohesion_qda.project import Project
from tests.makers import draft

SAID = ("The buses are late.", "The park is lovely.", "The market closed.", "My neighbour helps.", "The rent went up.")


def talk(more: str) -> list[tuple[str, str]]:
    asked = ("Moderator", "Tell me about the tram and the harbour.")
    return [asked, *((f"P{n}", f"{said} Everybody loves the library. {more}") for n, said in enumerate(SAID))]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In Hull all speak of the harbour, in Leeds of the tram, and everywhere of the library; the tram is coded."""
    path = tmp_path_factory.mktemp("terms") / "study.cqda"
    with Project.create(path, "empty", coder="Asha") as project:
        for n, does in ((1, "smells"), (2, "helps")):
            project.sources.add([draft(f"Hull {n}", talk(f"The harbour {does}."), place="Hull")])
            project.sources.add([draft(f"Leeds {n}", talk(f"The tram {does}."), place="Leeds")])
        transport = project.codebook.added(project.codebook.add("Transport"))
        tram = project.codebook.added(project.codebook.add("Trams", transport))
        for source in project.sources.list():
            text = project.sources.text(source.id)
            for turn in project._session.read(source.id).turns:
                if turn.number > 1 and "The tram" in turn.span.of(text):
                    project.codings.apply(source.id, turn.span, [tram])
        project.suggestions.heard(vectors=False)
    return path


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "study.cqda"))


def run(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> tuple[str, str]:
    assert main([str(word) for word in words]) == status
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_what_sets_apart_both_ways_with_quotes_and_how_it_was_found(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = run(capsys, "suggest", study, "terms", "--where", "place=Hull")
    lines = out.splitlines()
    assert lines[0] == "What sets Place: Hull apart from the rest"
    assert lines[1] == "harbour: 10 of 10 people, 2 of 2 groups; on the other side 0 of 10 people, 0 of 2 groups"
    assert lines[2] == "    “The buses are late. Everybody loves the library. The harbour smells.” – Hull 1"
    assert "What sets the rest apart from Place: Hull" in lines and "tram: 10 of 10 people" in out
    assert "at most one term in five hundred" in err


def test_json_gives_both_sides_with_their_denominators(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in (
        ("--for", "Transport"),
        ("--code", "Transport"),
        ("--for", "Transport", "--against-where", "place=Hull"),
    ):
        found = json.loads(run(capsys, "suggest", study, "terms", *more, "--json")[0])
        assert found["for"] == "“Transport” with the codes under it"
        (tram,) = found["terms"]
        assert (tram["term"], tram["participants"], tram["share"], tram["rest_share"]) == ("tram", 10, 1.0, 0.0)
        assert tram["rest_of"]["participants"] == 10 and tram["passages"][0]["quote"].endswith("The tram smells.")
        assert [term["term"] for term in found["opposite"]] == ["harbour"]
        assert found["nothing"] == "" and "Monroe" in found["method"]


def test_what_unites_groups_and_places(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _err = run(capsys, "suggest", study, "terms", "--united", "place")
    assert out.splitlines()[0] == "What unites Hull; Leeds"
    assert "library: 20 of 20 people, 4 of 4 groups (Hull: 10 of 10; Leeds: 10 of 10)" in out
    found = json.loads(run(capsys, "suggest", study, "terms", "--united", "--json", "--number", "1")[0])
    assert found["united"] == "" and len(found["terms"]) == 1
    assert [part["of"] for part in found["terms"][0]["parts"]] == [5, 5, 5, 5]
    assert (
        "What unites is not compared"
        in run(capsys, "suggest", study, "terms", "--united", "--against", "Transport", status=1)[1]
    )


def test_groups_are_named_and_most_said_comes_without_a_choice(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _err = run(capsys, "suggest", study, "terms", "--where", "group=Hull 1", "--against-where", "group=Leeds 1")
    assert out.splitlines()[0] == "What sets Hull 1 apart from Leeds 1" and "harbour" in out.splitlines()[1]
    assert ": 5 of 5 people, 1 of 1 group; on the other side 0 of 5 people, 0 of 1 group" in out
    first = run(capsys, "suggest", study, "terms", "--number", "1")[0].splitlines()
    assert first[0] == "What was said most widely" and first[1] == "library: 20 of 20 people, 4 of 4 groups"


def test_a_table_is_written_with_small_numbers_hidden(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "terms.csv"
    assert "Wrote" in run(capsys, "suggest", study, "terms", "--where", "place=Hull", "-o", file)[1]
    rows = file.read_text("utf-8-sig")
    assert "harbour" in rows and "(out of 10)" in rows and "tram" not in rows  # one table: the first
    assert "Monroe" in (tmp_path / "terms.about.txt").read_text("utf-8")
    few = ("--where", "source=Hull 1", "--where", "place=Hull", "--united", "source", "-o", tmp_path / "few.csv")
    assert "Nothing was found" in run(capsys, "suggest", study, "terms", *few, status=1)[1]
    parts = tmp_path / "united.md"
    run(capsys, "suggest", study, "terms", "--united", "-o", parts, "--suppress", "10")
    assert "[c]" in parts.read_text("utf-8") and "5/5" not in parts.read_text("utf-8")


def test_it_is_told_when_there_are_more(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "suggest", study, "terms", "--number", "1", "-o", tmp_path / "one.csv")
    assert "There are more: only the first is listed." in (tmp_path / "one.about.txt").read_text("utf-8")
    assert "There are more" not in run(capsys, "suggest", study, "terms", "--number", "500")[1]
    assert "There are more: only the first" in run(capsys, "suggest", study, "terms", "--united", "--number", "1")[1]


def test_why_nothing_is_found_and_what_is_not_there(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    same = run(capsys, "suggest", study, "terms", "--where", "place=Hull", "--against-where", "place=Hull")
    assert same[0].startswith("The same talk was chosen twice.")
    assert "Hul" in run(capsys, "suggest", study, "terms", "--where", "place=Hul", status=1)[1]
    assert "group" in run(capsys, "suggest", study, "terms", "--where", "group=Hall", status=1)[1]


def test_what_the_reading_of_words_lacks_is_said(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lacking = "Phrases are found by leaving out stop words, not by grammar."
    assert lacking not in run(capsys, "suggest", study, "terms")[1]
    with Project.open(study, "Asha") as project:
        project.wording.set_language("cy")
    assert lacking in run(capsys, "suggest", study, "terms")[1]
    assert lacking in run(capsys, "suggest", study, "terms", "--json")[1]
