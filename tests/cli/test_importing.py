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
