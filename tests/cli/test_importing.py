"""Importing without a window: what would come of it, before anything is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.__main__ import main
from cohesion_qda.project import Project

TALK = """Moderator: What unites people round here?
Amina: The park, everybody is there on a Saturday.
Carol: I would say the school gate.
Moderator: And what divides people?
Amina: Buses. The last one goes at six.
Carol: Yes, the buses.
Amina (nods): And the rent.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as it comes by mail: two groups, a broken file, a picture, a sheet."""
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "Women.txt").write_text(TALK, encoding="utf-8")
    (folder / "Men.txt").write_bytes(TALK.replace("park", "café").replace("Amina (nods)", "Carrol").encode("cp1252"))
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not a word file")
    (folder / "photo.jpg").write_bytes(b"x")
    (folder / "attributes.csv").write_text("source,participant,place\nWomen,,Batley\nGirls,,X\n", encoding="utf-8")
    return folder


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "study.cqda"
    Project.create(path, coder="Asha").close()
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> tuple[str, str]:
    assert main([str(word) for word in ("import", *words)]) == status
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return out, err


def found(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> Any:
    return json.loads(run(capsys, *words, "--dry-run", "--json", status=status)[0])


def labels(file: Any) -> dict[str, tuple[str, int]]:
    return {speaker["label"]: (speaker["role"], speaker["turns"]) for speaker in file["speakers"]}


def test_a_dry_run_tells_what_was_found_and_writes_nothing(capsys, folder, study):
    before = study.read_bytes()
    document = found(capsys, study, folder, "--set", "year=2026", status=1)
    men, women = document["files"]
    assert (women["file"], women["format"], women["encoding"]) == ("Women.txt", "Plain text", "UTF-8")
    assert (women["kind"], women["turns"], women["form"], women["already"]) == ("focus group", 7, "colon", None)
    assert labels(women) == {"Moderator": ("moderator", 2), "Amina": ("participant", 3), "Carol": ("participant", 2)}
    assert women["words"] == sum(speaker["words"] for speaker in women["speakers"])
    assert sum(speaker["share"] for speaker in women["speakers"]) == pytest.approx(1, abs=0.001)
    assert [(pair["label"], pair["into"]) for pair in women["joined"]] == [("Amina (nods)", "Amina")]
    assert women["attributes"] == {"year": "2026"}
    assert (men["encoding"], men["encoding_is_sure"]) == ("cp1252", False)
    assert men["encodings"][0] == {"name": "cp1252", "reads": ["Amina: The café, everybody is there on a Saturday."]}
    assert [(pair["label"], pair["into"]) for pair in men["proposed"]] == [("Carrol", "Carol")]
    assert [error["path"] for error in document["errors"]] == [str(folder / "broken.docx")]
    assert "damaged or incomplete" in document["errors"][0]["message"]
    assert document["errors"][0]["hint"]
    assert [Path(told["path"]).name for told in document["left_out"]] == ["attributes.csv", "talks"]
    assert study.read_bytes() == before
    assert sorted(path.name for path in study.parent.iterdir()) == ["study.cqda", "talks"]


def test_a_dry_run_reads_well(capsys, folder, study):
    out, err = run(capsys, study, folder, "--dry-run", status=1)
    assert out.split("\n\n")[1].splitlines() == [
        "Women.txt",
        "    Plain text, UTF-8, each turn begins with the name and a colon",
        "    focus group, 36 words, 7 turns, 3 speakers",
        "      Moderator  moderator      2 turns   25%",
        "      Amina      participant    3 turns   50%",
        "      Carol      participant    2 turns   25%",
        "    ! “Amina (nods)” was read as Amina. What stands in brackets was taken for a stage note. "
        "If not: --apart “Amina (nods)”",
    ]
    assert "? “Carrol” may be Carol. " in out
    assert "If so: --join “Carrol=Carol”" in out
    assert "! It was read as cp1252, which is a guess. If letters look wrong, name another with --encoding: mac" in out
    assert out.endswith("2 sources would be imported, 1 cannot be read. Nothing was written.\n")
    assert "broken.docx is damaged or incomplete." in err
    assert "1 file in talks was left out, because it is no transcript: photo.jpg." in err
    assert "attributes.csv was not read as a transcript" in err


def test_the_project_need_not_exist_to_look_at_files(capsys, folder, tmp_path):
    out, err = run(capsys, tmp_path / "none.cqda", folder / "Women.txt", "--dry-run")
    assert out.endswith("1 source would be imported. Nothing was written.\n")
    assert f"There is no project {tmp_path / 'none.cqda'} yet; the files are looked at by themselves." in err
    assert not (tmp_path / "none.cqda").exists()


def test_what_is_there_already_is_said(capsys, folder, study):
    run(capsys, study, folder / "Women.txt")
    assert found(capsys, study, folder / "Women.txt")["files"][0]["already"] == "Women"
    out, _err = run(capsys, study, folder / "Women.txt", folder / "Men.txt", "--dry-run")
    assert "    already in the project, as “Women”\n" in out
    assert out.endswith("1 source would be imported, 1 is there already. Nothing was written.\n")


def test_the_same_words_import_as_they_were_tried(capsys, folder, study):
    words = (study, folder, "--join", "Men.txt:Carrol=Carol", "--apart", "Amina (nods)", "--encoding", "cp1252")
    tried = {file["name"]: labels(file) for file in found(capsys, *words, status=1)["files"]}
    assert tried["Men"] == {"Moderator": ("moderator", 2), "Amina": ("participant", 2), "Carol": ("participant", 3)}
    assert tried["Women"]["Amina (nods)"][1] == 1
    _out, err = run(capsys, *words, status=1)
    assert "which is a guess" not in err, "a person has said it"
    with Project.open(study) as project:
        added = {
            source.name: {s.label: (s.role, s.turns) for s in project.sources.reading(source.id).speakers.values()}
            for source in project.sources.list()
        }
        assert added == tried
        assert "The café" in project.sources.text(project.sources.get("Men").id)


def test_an_encoding_that_was_guessed_is_said_when_importing_too(capsys, folder, study):
    _out, err = run(capsys, study, folder / "Men.txt")
    assert "Men.txt: It was read as cp1252, which is a guess." in err


def test_how_speakers_are_written_can_be_said(capsys, tmp_path, study):
    path = tmp_path / "odd.txt"
    path.write_text("00:01 Asha said > Why?\n00:09 Ben said > So.\n00:20 Asha said > And?\n00:31 Ben said > Yes.\n")
    (file,) = found(capsys, study, path, "--pattern", "TIME NAME said >")["files"]
    assert (file["form"], set(labels(file))) == ("pattern", {"Asha", "Ben"})
    path.write_text(TALK)
    assert found(capsys, study, path, "--convention", "none")["files"][0]["speakers"] == []
    (file,) = found(capsys, study, path, "--not-speaker", "Carol")["files"]
    assert "Carol" not in labels(file)


def test_where_the_questions_of_the_guide_are_asked_is_found(capsys, folder, study, tmp_path):
    guide = tmp_path / "guide.txt"
    guide.write_text("1. What unites people round here?\n2. What divides people?\n")
    (file,) = found(capsys, study, folder / "Women.txt", "--guide", guide)["files"]
    assert [section["title"] for section in file["sections"]] == [
        "What unites people round here?", "What divides people?",
    ]  # fmt: skip
    out, _err = run(capsys, study, folder / "Women.txt", "--guide", guide, "--dry-run")
    assert "7 turns, 3 speakers, 2 sections" in out
    run(capsys, study, folder / "Women.txt", "--guide", guide)
    with Project.open(study) as project:
        (source,) = project.sources.list()
        assert [section.title for section in project.sections.of(source.id)] == [
            "What unites people round here?", "What divides people?",
        ]  # fmt: skip


def test_importing_can_answer_with_json_too(capsys, folder, study):
    document = json.loads(run(capsys, study, folder, "--json", status=1)[0])
    assert document["imported"] == ["Men", "Women"]
    assert [Path(error["path"]).name for error in document["errors"]] == ["broken.docx"]
    document = json.loads(run(capsys, study, folder / "Women.txt", "--json")[0])
    assert (document["imported"], document["files"][0]["already"]) == ([], "Women")


def test_a_sheet_is_looked_at_with_the_files(capsys, folder, study):
    document = found(capsys, study, folder, "--attributes", folder / "attributes.csv", status=1)
    assert document["sheet"]["unmatched"] == ["Girls"]
    assert [Path(told["path"]).name for told in document["left_out"]] == ["talks"]
    out, _err = run(capsys, study, folder, "--attributes", folder / "attributes.csv", "--dry-run", status=1)
    assert "The sheet names “Girls”, which no source or speaker answers to." in out


def test_a_dry_run_matches_a_sheet_as_the_import_does(capsys, folder, study, tmp_path):
    """The sheet speaks of a source that is there, of one that comes, and of two that were made of one file."""
    run(capsys, study, folder / "Women.txt")
    (folder / "Women.txt").rename(folder / "Ladies.txt")  # there already, as Women
    (folder / "wave.csv").write_text(
        "id,What is good round here?\nR1,The park on a Saturday and the people who are there\n"
        "R2,The school gate where everybody stands and talks of nothing\n",
        encoding="utf-8",
    )
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "source,participant,age\nWomen,,1\nMen,,2\nLadies,,3\nwave.csv,,4\nR1,,5\nmen.txt,Carol,6\nMen,carol,7\n,Zed,8\n",
        encoding="utf-8",
    )
    (folder / "attributes.csv").unlink()
    (folder / "broken.docx").unlink()
    words = (study, folder, "--attributes", sheet)
    foretold = found(capsys, *words)["sheet"]["unmatched"]
    out, _err = run(capsys, *words, "--dry-run")
    document = json.loads(run(capsys, *words, "--json")[0])
    with Project.open(study) as project:
        there = project.sources.add_sheet(project.sources.read_sheet(sheet)).unmatched
    assert foretold == ["Ladies", "wave.csv", "Men: carol: age 7", "Men: Zed"]
    assert document["sheet"]["unmatched"] == foretold == list(there)
    assert "The sheet gives “Men: carol” two values for age: “6” and “7”. The first is taken." in out


def test_a_sheet_alone_is_matched_with_the_project(capsys, folder, study):
    run(capsys, study, folder / "Women.txt")
    words = (study, "--attributes", folder / "attributes.csv")
    assert found(capsys, *words)["sheet"]["unmatched"] == ["Girls"]
    assert "The sheet names “Girls”, which no source or speaker answers to." in run(capsys, *words)[1]


def test_options_may_stand_anywhere_between_the_files(capsys, folder, study):
    women, men = folder / "Women.txt", folder / "Men.txt"
    for words in (
        (study, "--dry-run", women, "--json", men),
        (study, women, "--dry-run", men, "--json"),
        ("--dry-run", study, "--json", women, men),
        (study, "--json", "--dry-run", "--", women, men),
    ):
        document = json.loads(run(capsys, *words)[0])
        assert [file["name"] for file in document["files"]] == ["Women", "Men"]
    _out, err = run(capsys, study, "--dry-runn", women, status=2)
    assert "these words cannot be taken: --dry-runn\n" in err


def test_the_same_talk_twice_is_imported_once_and_foretold_so(capsys, folder, study):
    (folder / "Women again.txt").write_text(TALK, encoding="utf-8")
    (folder / "Women, saved.txt").write_text(TALK + "\n\n", encoding="utf-8")
    (folder / "broken.docx").unlink()
    copies = "Women again.txt", "Women, saved.txt"
    document = found(capsys, study, folder)
    assert {file["file"]: file["same_as"] for file in document["files"]} == {
        "Men.txt": None, "Women again.txt": None, "Women, saved.txt": copies[0], "Women.txt": copies[0],
    }  # fmt: skip
    out, _err = run(capsys, study, folder, "--dry-run")
    assert "    the same words as in Women again.txt, so it would be left out\n" in out
    assert out.endswith("2 sources would be imported, 2 have the same words as another. Nothing was written.\n")
    out, _err = run(capsys, study, folder)
    assert [line for line in out.splitlines() if "left out" in line] == [
        f"{file}: left out, for it has the same words as “Women again”" for file in (copies[1], "Women.txt")
    ]
    assert "already in the project" not in out
    out, _err = run(capsys, study, folder, "--dry-run")
    assert out.endswith("0 sources would be imported, 4 are there already. Nothing was written.\n")


def test_a_sheet_finds_no_source_in_a_copy_that_would_be_left_out(capsys, folder, study):
    (folder / "Women again.txt").write_text(TALK, encoding="utf-8")
    words = (study, folder / "Women.txt", folder / "Women again.txt", "--attributes", folder / "sheet.csv")
    (folder / "sheet.csv").write_text("source,place\nWomen,Batley\nWomen again,X\n", encoding="utf-8")
    foretold = found(capsys, *words)["sheet"]["unmatched"]
    assert len(foretold) == 1
    assert foretold[0] in run(capsys, *words)[1]


def test_a_survey_of_many_is_told_in_few_lines(capsys, study, tmp_path):
    path = tmp_path / "wave.csv"
    rows = [f'"It is the {word} for me, and for us all."' for word in ("park", "mill", "bus", "rent", "cold", "noise")]
    path.write_text("\n".join(["What brings people together here?", *rows]), encoding="utf-8")
    out, _err = run(capsys, study, path, "--convention", "respondents", "--dry-run")
    assert out.splitlines() == [
        "wave.csv",
        "    Sheet, UTF-8, answers to a survey, a source for each respondent",
        "    6 sources, survey answer, 60 words, 6 turns",
        "    “wave, Respondent 1”, “wave, Respondent 2”, “wave, Respondent 3” and 3 more (--json lists them all)",
        "",
        "6 sources would be imported. Nothing was written.",
    ]
    assert run(capsys, study, path, "--convention", "respondents")[0] == "wave.csv: 6 sources, 60 words, 6 turns\n"
    again = run(capsys, study, path, "--convention", "respondents")[0]
    assert again == "wave.csv: 6 sources already in the project\n"
    out, _err = run(capsys, study, path, "--convention", "respondents", "--dry-run")
    assert "    6 of them are there already\n" in out


def test_an_encoding_that_is_a_guess_is_said_once(capsys, tmp_path, study):
    path = tmp_path / "cafe.txt"
    path.write_bytes(TALK.replace("park", "café").replace("Amina", "Amína").replace("Mod", "Möd").encode("cp1252"))
    out, _err = run(capsys, study, path, "--dry-run")
    _stage_note, guess = [line for line in out.splitlines() if line.startswith("    !")]
    assert "It was read as cp1252, which is a guess." in guess


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--join", "Carol"], "“Carol” does not join two labels. Write it as LABEL=INTO."),
        (["--join", "Karol=Amina"], "There is no speaker “Karol”. Did you mean: Carol?"),
        (["--join", "Carol=Amena"], "There is no speaker “Amena”. Did you mean: Amina?"),
        (["--encoding", "klingon"], "There is no encoding called “klingon”. Use UTF-8, UTF-16 or one of cp1252"),
        (["--convention", "smoke"], "There is no convention “smoke”. There are: colon, bold"),
        (["--kind", "chat"], "There is no kind of source “chat”."),
        (["--set", "place"], "“place” is not an attribute. Write it as NAME=VALUE."),
    ],
)
def test_what_is_wrong_is_one_sentence(capsys, folder, words, sentence):
    out, err = run(capsys, folder / "none.cqda", folder / "Women.txt", *words, "--dry-run", status=1)
    assert sentence in err.strip().splitlines()[-1]
    assert out == ""
