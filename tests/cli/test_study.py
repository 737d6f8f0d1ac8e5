"""The guide, the sections and the people of a study in a shell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.cli import main
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.project import Project
from tests.makers import code, small_study

GUIDE = "Topic guide\n1. What does getting on together mean to you?\n2. What gets in the way?\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "The buses.", "Cuts")
        return project.path


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    (tmp_path / "guide.txt").write_text(GUIDE, encoding="utf-8")
    return tmp_path / "guide.txt"


def run(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> tuple[str, str]:
    assert main([str(word) for word in words]) == status
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_from_a_guide_to_a_table_by_question(study: Path, guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "No guide yet" in run(capsys, "guide", study)[0]
    assert run(capsys, "guide", study, guide)[0] == "Set a guide of 2 questions.\n"
    assert run(capsys, "guide", study, guide)[0] == "The guide is as it was.\n"
    assert run(capsys, "guide", study)[0].splitlines()[1] == "2. What gets in the way?"
    assert json.loads(run(capsys, "guide", study, "--json")[0])["guide"][1] == "What gets in the way?"
    assert "no question found" in run(capsys, "sections", study)[0]
    out, err = run(capsys, "sections", study, "--find")
    told = "2 of 2 questions of the guide were found, in 2 of 2 sources.\n"
    assert err == f"Found 3 places where a question is asked.\n{told}"
    assert run(capsys, "sections", study, "--find")[1] == f"Nothing was found that was not there already.\n{told}"
    assert out.splitlines() == [
        "Women:", "    turn 1: What does getting on together mean to you?", "    turn 4: What gets in the way?",
        "Young people:", "    turn 1: What gets in the way?",
    ]  # fmt: skip
    document: dict[str, Any] = json.loads(run(capsys, "sections", study, "--again", "--json")[0])
    first = document["sources"][0]["sections"][0]
    assert first == {
        "title": "What does getting on together mean to you?", "is_of_guide": True, "start": 0,
        "end": document["sources"][0]["sections"][1]["start"], "turn": 1,
    }  # fmt: skip
    table = json.loads(run(capsys, "table", study, "--by", "question", "--json")[0])
    assert table["by"] == "question asked"
    assert [column["label"] for column in table["columns"]] == [q[3:] for q in GUIDE.splitlines()[1:]]
    cuts = next(row for row in table["rows"] if row["name"] == "Cuts")
    assert [cell["count"] for cell in cuts["cells"]] == [0, 1]


def test_a_heading_in_a_document_is_told_by_its_place(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Project.open(study) as project:
        source = project.sources.get("Women").id
        project.sections.place(source, 0, title="Warming up")
        project.sections.place(source, len(project.sources.text(source)) - 1)
    out = run(capsys, "sections", study)[0]
    assert "    turn 1: Warming up\n    turn 6: (no question)\n" in out


def test_in_a_document_a_section_is_told_by_its_line(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = SourceDraft("Plan", "document", "Our plan.\n\nMore buses.", file_name="plan.txt")
    with Project.open(study) as project:
        project.sources.add([plan])
        project.sections.place(project.sources.get("Plan").id, 11, title="Buses")
    assert "Plan:\n    line 3: Buses\n" in run(capsys, "sections", study)[0]


def test_after_an_import_it_is_told_what_was_found(
    study: Path, guide: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "men.txt").write_text(
        "Moderator: So what gets in the way?\nAlf: Money.\nBob: Time.\n", encoding="utf-8"
    )
    (tmp_path / "hens.txt").write_text("Moderator: Who feeds the hens?\nCy: Me.\nDi: Me too.\n", encoding="utf-8")
    men = run(capsys, "import", study, tmp_path / "men.txt", "--guide", guide)
    assert "1 of 2 questions of the guide was found, in 1 of 1 sources.\n" in men[1]
    hens = run(capsys, "import", study, tmp_path / "hens.txt")
    assert "None of the guide’s questions was found.\n" in hens[1]


def test_a_heading_over_a_turn_is_told_by_that_turn(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    survey = tmp_path / "survey.csv"
    answers = "\n".join(f'"It is the {word} for me, and for us all.","Nothing {word} at all."' for word in ("park", "mill", "bus"))  # fmt: skip
    survey.write_text(f"What brings people together here?,What gets in the way of that?\n{answers}\n", encoding="utf-8")
    run(capsys, "import", study, survey)
    out = run(capsys, "sections", study)[0]
    assert "    turn 1: What brings people together here?\n    turn 2: What gets in the way of that?\n" in out


def test_two_labels_are_said_to_be_one_person(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Project.open(study) as project:
        for case, value in zip([c for c in project.cases.list() if c.name == "Amina"], ("18–24", "65+"), strict=True):
            project.cases.set_attribute(case.id, "age band", value)
    two = ("Women: Amina", "young people:  AMINA")
    assert "“18–24”" in run(capsys, "join", study, *two, status=1)[1]
    said, _err = run(capsys, "join", study, *two, "--prefer-first")
    assert said == "Joined “Amina (Young people)” with “Amina (Women)”: one person.\n"
    assert (
        "Did you mean: Young people: Dev"
        in run(capsys, "join", study, "Young people: Dave", "Women: Joan", status=1)[1]
    )
    assert "Only two different" in run(capsys, "join", study, "Women: Joan", status=1)[1]
    assert "Only two different" in run(capsys, "join", study, *two, status=1)[1], "they are one already"


def test_what_is_no_guide_changes_nothing(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("Bring biscuits.\n", encoding="utf-8")
    assert "No question was found in notes.txt" in run(capsys, "guide", study, tmp_path / "notes.txt", status=1)[1]
    assert "no moderator's guide" in run(capsys, "sections", study, "--find", status=1)[1]
    assert "No guide yet" in run(capsys, "guide", study)[0]


def test_a_person_may_be_named_by_the_file_as_in_a_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = tmp_path / "new.cqda"
    Project.create(study, coder="Asha").close()
    for name, last in (("Batley", "The park."), ("Heckmondwike", "The mill.")):
        talk = f"Ruth: What brings people together?\nAmina: The school.\nRuth: What else?\nAmina: {last}\n"
        (tmp_path / f"{name}.txt").write_text(talk, encoding="utf-8")
        run(capsys, "import", study, tmp_path / f"{name}.txt")
    out, _err = run(capsys, "join", study, "Batley.txt: Amina", "Heckmondwike.txt: Amina")
    assert out == "Joined “Amina (Heckmondwike)” with “Amina (Batley)”: one person.\n"


def test_the_file_of_a_guide_may_stand_after_the_options(
    study: Path, guide: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "guide", study, "--coder", "Asha", guide)[0] == "Set a guide of 2 questions.\n"
    assert "cannot be taken" in run(capsys, "guide", study, "--coder", "Asha", guide, guide, status=2)[1]
