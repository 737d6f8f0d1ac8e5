"""`report`: what it is made of, and writing it another way this once."""

from __future__ import annotations

from pathlib import Path

import pytest

from cohesion_qda.model.reporting import Part
from cohesion_qda.project import Project
from cohesion_qda.report import document
from cohesion_qda.report.values import ReportData
from tests.cli.test_commands import Shell
from tests.makers import small_study


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    small_study(tmp_path / "study.cqda").close()
    return Shell(capsys, tmp_path)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[ReportData]:
    """What would have been written, last."""
    found: list[ReportData] = []

    def write(data: ReportData, folder: Path, _job: object) -> Path:
        found.append(data)
        return folder / "report.html"

    monkeypatch.setattr(document, "write_report", write)
    return found


def test_the_parts_are_listed_with_the_templates_and_nothing_is_written(shell: Shell) -> None:
    with Project.open(shell.study) as project:
        project.reports.show("gaps", False)
        project.reports.write_words("method", "We asked in May.")
        gone = project.codebook.tree().get("Cuts").id
        project.reports.write_words(f"code {gone}", "Lost words")
        project.codebook.delete(gone)
        acts = len(project.history.trail())
    out, err = shell.run("report", shell.study, "--parts")
    lines = out.splitlines()
    assert lines[0].startswith("+ summary") and lines[0].endswith("Summary")
    assert any(line.startswith("- gaps") and line.endswith("Gaps") for line in lines)
    assert any(line.startswith("+ question") and line.endswith("What unites") for line in lines)
    assert any(line.startswith("--template short: Summary for the public. ") for line in lines)
    assert err.splitlines() == [
        "+ is written, - is left out.",
        "What you wrote for “Cuts” is in no part of the report: that is gone from the project. Your words are kept.",
    ]
    found = shell.json("report", shell.study, "--parts", "--template", "short")
    shown = {part["key"]: part["is_shown"] for part in found["parts"]}
    assert shown["summary"] and not shown["method"]
    assert next(part for part in found["parts"] if part["key"] == "method")["words"] == "We asked in May."
    assert {"key": "short", "name": "Summary for the public"}.items() <= found["templates"][1].items()
    assert found["words_without_place"] == [{"key": f"code {gone}", "name": "Cuts", "words": "Lost words"}]
    with Project.open(shell.study) as project:
        assert len(project.history.trail()) == acts


def test_a_template_and_an_attribution_are_for_this_once(shell: Shell, written: list[ReportData]) -> None:
    shell.run("report", shell.study, "-o", "r", "--template", "short", "--attribution", "group")
    extras = written[-1].extras
    assert [part.key for part in extras.outline if part.is_shown][:2] == ["summary", "engagement"]
    assert Part("method", False) in extras.outline
    assert extras.attribution == "group"
    assert extras.method["report"] == {"version": "", "template": "short", "attribution": "group"}
    with Project.open(shell.study) as project:
        assert project.reports.settings()["template"] == ""
        assert all(part.is_shown for part in project.reports.outline())
    found = shell.json("report", shell.study, "-o", "r", "--suppress", "off")
    assert found == {"report": str(Path("r", "report.html").resolve()), "small_numbers_hidden_below": 0}
    assert written[-1].extras.attribution == "named"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Where is the report to be written? Give a folder with -o; --parts lists what is in it."),
        (("-o", "r", "--template", "shortest"), "There is no report template “shortest”. Did you mean: short?"),
        (("--parts", "--template", "weather"), "There is no report template “weather”."),
    ],
)
def test_what_cannot_be_done_is_told(shell: Shell, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in shell.refused("report", shell.study, *words)


def test_an_attribution_that_is_none_is_a_word_that_cannot_be_taken(shell: Shell) -> None:
    _out, err = shell.run("report", shell.study, "-o", "r", "--attribution", "initials", status=2)
    assert err.startswith("--attribution: ") and "'initials'" in err


def test_what_the_author_decides_is_kept(shell: Shell) -> None:
    told = shell.run(
        "report", shell.study, "--set", "version=Draft 2", "--words", "Gaps=We know of two.", "--words", "What divides/Cuts=Said early.",
        "--leave-out", "comparison", "--order", "What divides, gaps", "--coder", "Bea",
    )[0].splitlines()  # fmt: skip
    assert told == [
        "Put the parts of the report in another order.",
        "Left “Comparison” out of the report.",
        "Changed the report's version.",
        "Changed the report's words under “Gaps”.",
        "Changed the report's words under “Cuts”.",
    ]
    found = shell.json("report", shell.study, "--parts")
    assert [part["name"] for part in found["parts"]][:2] == ["What divides", "Gaps"]
    assert found["parts"][1]["words"] == "We know of two."
    assert not next(part for part in found["parts"] if part["key"] == "comparison")["is_shown"]
    assert "That is so already." in shell.run("report", shell.study, "--leave-out", "comparison")[0]
    shell.run("report", shell.study, "--lay-out", "short", "--show", "comparison")
    with Project.open(shell.study) as project:
        assert project.reports.settings()["version"] == "Draft 2"
        assert project.reports.settings()["template"] == "short"
        assert [p.key for p in project.reports.outline() if p.is_shown][-1] == "comparison"
        assert project.reports.words()[f"code {project.codebook.tree().get('Cuts').id}"] == "Said early."
        assert [entry.coder for entry in project.history.trail() if entry.kind == "arrange-report"] == ["Bea"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--set", "version"), "“version” is not NAME=VALUE. Write it as version=Draft 2."),
        (("--set", "price=1"), "The report has no price."),
        (("--leave-out", "weather"), "There is no part of the report “weather”."),
        (("--words", "weather=Rain"), "There is no part of the report “weather”."),
    ],
)
def test_what_cannot_be_decided_is_told(shell: Shell, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in shell.refused("report", shell.study, *words)
