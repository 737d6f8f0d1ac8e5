"""What the documents say is true of the program."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.settings import REGISTER
from cohesion_qda.cli import main
from cohesion_qda.cli.parser import COMMANDS, build_parser
from cohesion_qda.project import Project
from cohesion_qda.report import painted
from tests.conftest import ROOT, plain_png

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")


def block(kind: str, text: str = README) -> str:
    """The first fenced block of a kind."""
    found = re.search(rf"```{kind}\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    shutil.copytree(ROOT / "sample_transcripts", tmp_path / "sample_transcripts")
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def test_the_commands_and_the_code_of_the_readme_run(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not painted: the demo in a process of its own paints all figures of this study (`tests/cli/test_commands`)."""
    monkeypatch.setattr(painted, "png", plain_png)
    for line in block("sh").strip().splitlines():
        words = shlex.split(line)
        assert words[0] == "cohesion-qda"
        assert main(words[1:]) == 0, f"{line}\n{capsys.readouterr().err}"
    assert (here / "findings" / "report.docx").exists()
    capsys.readouterr()
    exec(compile(block("python"), "README.md", "exec"), {})
    assert "01 Women, Huddersfield" in capsys.readouterr().out


def test_the_guide_s_real_focus_groups_go_from_import_to_report(
    here: Path, focus_groups: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in block("\n?", GUIDE).strip().splitlines():
        words = [word.replace("FOLDER", str(focus_groups)) for word in shlex.split(line)]
        assert main(words[1:]) == 0, f"{line}\n{capsys.readouterr().err}"
    with Project.open("diabetes.cqda") as project:
        assert [(s.turns, len(project.sources.reading(s.id).speakers)) for s in project.sources.list()] == [
            (116, 6), (182, 6), (198, 7),
        ]  # fmt: skip
        assert project.check() == []
    assert (here / "findings" / "report.html").exists()


def test_every_command_and_option_is_in_the_readme() -> None:
    for command in COMMANDS:
        assert f"cohesion-qda {command} " in README
    sub = next(a for a in build_parser()._actions if hasattr(a, "choices") and a.choices)
    for name, parser in sub.choices.items():  # type: ignore[union-attr]
        said = README[README.index(f"cohesion-qda {name} ") :]
        said = said[: said.index("\ncohesion-qda", 5)] if "\ncohesion-qda" in said[5:] else said
        for action in parser._actions:
            for option in action.option_strings:
                if option not in ("-h", "--help"):
                    assert option in said, f"{name} {option}"


def test_every_setting_is_in_the_readme() -> None:
    for name in REGISTER:
        assert f"`{name}`" in README


def test_the_first_screen_has_the_two_commands() -> None:
    first = "\n".join(README.splitlines()[:25])
    assert "python3 run.py " in first
    assert "python3 run.py test" in first
    assert re.search(r"\d+ s", first), "the time they take"
    assert "MB" in first or "GB" in first, "the disk they take"


def test_every_picture_and_link_is_there() -> None:
    for text, folder in ((README, ROOT), (GUIDE, ROOT / "docs")):
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert (folder / target).exists(), target


def test_no_document_or_lock_names_an_address_of_a_registry() -> None:
    for path in [*ROOT.glob("*.lock"), *ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "pyproject.toml"]:
        assert not re.search(r"https?://", path.read_text(encoding="utf-8")), path


def test_every_error_of_a_project_file_is_in_the_guide() -> None:
    for words in (
        "no such file",
        "not a project",
        "another program",
        "damaged",
        "writing to it",
        "write-protected",
        "newer version",
    ):
        assert words in GUIDE
