"""The main job in a shell, as a researcher without a window would do it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.__main__ import main
from cohesion_qda.cli.parser import COMMANDS
from cohesion_qda.project import Project
from cohesion_qda.report import document
from cohesion_qda.report.data import ReportData
from tests.conftest import ROOT
from tests.makers import code, small_study

TALK = """Moderator: What unites people round here?
Amina: The park 😀, everybody is there on a Saturday.
Carol: I would say the school gate.
Moderator: And what divides people?
Amina: Buses. The last one goes at six.
Carol: Yes, the buses.
"""


class Shell:
    """Runs commands in this process and keeps what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.capsys = capsys
        self.folder = folder
        self.study = str(folder / "study.cqda")

    def run(self, *words: str, status: int = 0) -> tuple[str, str]:
        got = main([str(word) for word in words])
        out, err = self.capsys.readouterr()
        assert got == status, f"{words}: {got}\n{out}\n{err}"
        assert "Traceback" not in err
        return out, err

    def json(self, *words: str) -> Any:
        out, _err = self.run(*words, "--json")
        return json.loads(out)

    def refused(self, *words: str) -> str:
        out, err = self.run(*words, status=1)
        assert out == ""
        assert len(err.strip().splitlines()) == 1, err
        return err


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    return Shell(capsys, tmp_path)


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "Women.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def test_a_small_study_from_new_to_undo(shell: Shell, talk: Path) -> None:
    s = shell.study
    out, _err = shell.run("new", s, "--codebook", "cohesion", "--coder", "Asha")
    assert "36 codes" in out
    out, _err = shell.run("import", s, talk, "--kind", "focus group", "--set", "place=Dewsbury", "--set", "month=May")
    assert "Women: focus group" in out
    assert "6 turns, 3 speakers" in out

    sources = shell.json("sources", s)["sources"]
    assert sources[0]["attributes"] == {"place": "Dewsbury", "month": "May"}
    assert [(x["label"], x["role"], x["turns"]) for x in sources[0]["speakers"]] == [
        ("Moderator", "moderator", 2), ("Amina", "participant", 2), ("Carol", "participant", 2),
    ]  # fmt: skip

    path = "What unites/Public spaces"
    out, _err = shell.run("apply", s, "--source", "Women", "--quote", "The park 😀, everybody", "--code", path)
    assert "Coded 3 words of “Women” as “Public spaces”" in out
    assert (
        "Already coded"
        in shell.run("apply", s, "--source", "women", "--quote", "The park 😀, everybody", "--code", path)[0]
    )
    found = shell.json("retrieve", s, "--code", "public spaces")["segments"]
    assert [(f["quote"], f["speaker"], f["coder"], f["source"]) for f in found] == [
        ("The park 😀, everybody", "Amina", "Asha", "Women")
    ]
    start, end = found[0]["span"]
    shell.run("apply", s, "--source", "Women", "--span", f"{start}:{end}", "--code", "Events", "--coder", "Ben")
    assert shell.json("retrieve", s, "--code", "What unites", "--coder", "Ben")["segments"][0]["code"].endswith(
        "Events"
    )
    assert (
        shell.json(
            "retrieve",
            s,
            "--code",
            "What unites",
        )["segments"][1]["quote"]
        == found[0]["quote"]
    )
    assert shell.json("retrieve", s, "--code", "What unites", "--own")["segments"] == []

    codes = {row["path"]: row for row in shell.json("codes", s)["codes"]}
    assert (codes[path]["mentions"], codes[path]["participants"], codes[path]["groups"]) == (1, 1, 1)
    assert codes["What unites"]["branch"] == {"mentions": 2, "participants": 1, "groups": 1}
    assert codes["What unites"]["is_question"]

    table = shell.json("table", s, "--rows", "codes", "--by", "place", "--unit", "participants")
    row = next(r for r in table["rows"] if r["code"] == path)
    assert (row["cells"][0]["count"], row["cells"][0]["of"]) == (1, 2)
    assert table["columns"][0]["value"] == "Dewsbury"

    history = shell.json("history", s)["history"]
    assert history[0]["what"] == "Coded 3 words of “Women” as “Events”"
    assert history[0]["coder"] == "Ben"
    assert "Undid: Coded 3 words" in shell.run("undo", s)[0]
    assert "Did again: Coded 3 words" in shell.run("redo", s)[0]
    assert shell.json("check", s) == {"project": "study", "clean": True, "findings": []}


def test_words_for_people(shell: Shell, tmp_path: Path) -> None:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "The buses.", "Cuts")
    s = shell.study
    assert "Women: focus group, 53 words, 6 turns" in shell.run("sources", s)[0]
    assert "Amina (participant): 2 turns" in shell.run("sources", s)[0]
    assert "  Cuts: 1 mention, 1 of 5 people, 1 of 2 groups" in shell.run("codes", s)[0]
    out = shell.run("retrieve", s, "--code", "What divides")[0]
    assert "“The buses.”" in out
    assert "Amina, Women, turn 5" in out
    assert "1 passage" in out
    with Project.open(tmp_path / "study.cqda") as project:
        code(project, "Women", "buses. Nobody", "Cuts")
    assert "2 passages; 1 mention, overlapping" in shell.run("retrieve", s, "--code", "What divides")[0]
    found = shell.json("retrieve", s, "--code", "What divides")
    assert found["count"] == {"mentions": 1, "participants": 1, "groups": 1}
    out = shell.run("table", s, "--by", "place", "--unit", "groups")[0]
    assert "Dewsbury" in out
    assert "1/1" in out
    assert "Asha imported 2 sources" in shell.run("history", s)[0]
    assert len(shell.run("history", s, "--limit", "1")[0].splitlines()) == 1
    assert shell.run("check", s)[0] == "Everything is in order.\n"


def test_tables_and_pictures_in_files(shell: Shell, tmp_path: Path) -> None:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "The buses.", "Cuts")
    s = shell.study
    for name in ("t.csv", "t.xlsx"):
        out, err = shell.run("table", s, "--by", "place", "-o", tmp_path / name)
        assert out == ""
        assert "Wrote" in err
        assert (tmp_path / name).stat().st_size > 100
    shell.run("wordcloud", s, "--suppress", "off", "-o", tmp_path / "w.svg")
    assert "<svg" in (tmp_path / "w.svg").read_text(encoding="utf-8")
    shell.run("wordcloud", s, "--code", "What divides", "--suppress", "off", "-o", tmp_path / "w.png")
    assert (tmp_path / "w.png").read_bytes().startswith(b"\x89PNG")
    kinds = [row["kind"] for row in shell.json("history", s)["history"]]
    assert kinds[:4] == ["export-wordcloud", "export-wordcloud", "export-answer-hidden", "export-answer-hidden"]


def test_words_in_every_script_are_printed_whatever_the_terminal(tmp_path: Path) -> None:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "😀 every Eid", "Food")
    command = [sys.executable, "-m", "cohesion_qda", "retrieve", str(tmp_path / "study.cqda"), "--code", "Food"]
    run = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "cp1252"}
    )
    assert run.returncode == 0
    assert "😀 every Eid" in run.stdout.decode("utf-8")


def test_an_attributes_sheet_and_a_folder(shell: Shell, talk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    talk.rename(folder / "Women.txt")
    (folder / "broken.docx").write_bytes(b"not a word file")
    (tmp_path / "who.csv").write_text(
        "source,participant,place,age band\nWomen,,Batley,\nWomen,Amina,,25-44\nMen,,X,\n", encoding="utf-8"
    )
    shell.run("new", shell.study)
    out, err = shell.run("import", shell.study, folder, "--attributes", tmp_path / "who.csv", status=1)
    assert "Women: focus group" in out
    assert "broken.docx" in err
    assert "“Men”" in err
    assert shell.json("sources", shell.study)["sources"][0]["attributes"] == {"place": "Batley"}
    out, _err = shell.run("import", shell.study, folder / "Women.txt")
    assert "already in the project, as “Women”" in out
    assert {c["label"] for c in shell.json("table", shell.study, "--by", "age band")["columns"]} == {
        "25-44",
        "(no value)",
    }


def test_a_table_by_an_attribute_of_sources_and_people_says_whose_it_is(
    shell: Shell, talk: Path, tmp_path: Path
) -> None:
    (tmp_path / "who.csv").write_text("source,participant,band\nWomen,,mixed\nWomen,Amina,25-44\n", encoding="utf-8")
    talk.rename(tmp_path / "Women.txt")
    shell.run("new", shell.study)
    shell.run("import", shell.study, tmp_path / "Women.txt", "--attributes", tmp_path / "who.csv")
    out, err = shell.run("table", shell.study, "--by", "band")
    assert "mixed" in out and "The other is “band of people”" in err
    out, err = shell.run("table", shell.study, "--by", "band of people")
    assert "25-44" in out and "The other" not in err


def test_codings_from_a_sheet(shell: Shell, talk: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "codings.csv"
    shell.run("new", shell.study, "--codebook", "cohesion")
    shell.run("import", shell.study, talk)
    sheet.write_text(
        "source,coder,code,quote\nWomen,Ben,Events,the school gate\nWomen,Ben,Events,never said\n", encoding="utf-8"
    )
    assert "“never said” does not stand in “Women”" in shell.refused("import", shell.study, "--codings", sheet)
    assert shell.json("retrieve", shell.study, "--code", "Events")["segments"] == [], "all or nothing"
    sheet.write_text("source,coder,code,quote\nWomen,Ben,Events,the school gate\n", encoding="utf-8")
    assert "Imported 1 coding of Ben" in shell.run("import", shell.study, "--codings", sheet)[0]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["sources", "{none}"], "There is no file"),
        (["new", "{study}"], "There is already a file"),
        (["new", "{none}", "--codebook", "{none}.json"], "none.cqda.json"),
        (["import", "{study}"], "Nothing to import was named"),
        (["import", "{study}", "{none}", "--set", "place"], "is not an attribute"),
        (["import", "{study}", "{talk}", "--kind", "chat"], "no kind of source “chat”"),
        (["import", "{study}", "{talk}", "--attributes", "{none}"], "none.cqda"),
        (["apply", "{study}", "--source", "Wimmin", "--quote", "x", "--code", "Cuts"], "no source “Wimmin”. Did you mean: Women"),
        (["apply", "{study}", "--source", "Women", "--quote", "zzz", "--code", "Cuts"], "does not stand in"),
        (["apply", "{study}", "--source", "Women", "--span", "9:2", "--code", "Cuts"], "not a place in a text"),
        (["apply", "{study}", "--source", "Women", "--span", "0:99999", "--code", "Cuts"], "ends at"),
        (["apply", "{study}", "--source", "Women", "--quote", "The buses", "--code", "Cutz"], "Did you mean: What divides/Cuts"),
        (["retrieve", "{study}", "--code", "Nothing"], "no code “Nothing”"),
        (["retrieve", "{study}", "--code", "Cuts", "--coder", "Zed"], "no coder “Zed”"),
        (["table", "{study}", "--by", "plaice"], "Did you mean: place"),
        (["table", "{study}", "--by", "place", "-o", "{none}.gif"], ".csv"),
        (["wordcloud", "{study}", "-o", "{none}.gif"], "ends in .svg, .png or .pdf"),
        (["wordcloud", "{study}", "--code", "Cuts", "-o", "{none}.svg"], "no words to draw"),
        (["redo", "{study}"], "nothing to do again"),
        (["report", "{study}", "-o", "{talk}"], "Women.txt"),
        (["demo", "{talk}"], "cannot be made"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence(
    shell: Shell, talk: Path, tmp_path: Path, words: list[str], sentence: str
) -> None:
    small_study(tmp_path / "study.cqda").close()
    holes = {"none": str(tmp_path / "none.cqda"), "study": shell.study, "talk": str(talk)}
    assert sentence in shell.refused(*[word.format(**holes) for word in words])


def test_the_report_hides_small_numbers_unless_it_is_told_not_to(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thresholds = []

    def write(data: ReportData, folder: Path, _job: object) -> Path:
        thresholds.append(data.threshold)
        return folder / "report.html"

    monkeypatch.setattr(document, "write_report", write)
    with small_study(tmp_path / "study.cqda") as project:
        project.reports.set("title", "Ours")
    told = [
        shell.run("report", shell.study, "-o", "r", *more)[1]
        for more in ((), ("--suppress", "10"), ("--suppress", "off"))
    ]
    assert thresholds == [5, 10, 0]
    assert "Numbers from 1 to 4 are hidden" in told[0] and "Numbers from 1 to 9 are hidden" in told[1]
    assert "hidden" not in told[2]
    with Project.open(tmp_path / "study.cqda") as project:
        project.reports.set("small numbers", "off")
    shell.run("report", shell.study, "-o", "r")
    assert thresholds[-1] == 0


def test_an_unreadable_transcript_is_named_and_nothing_is_imported(shell: Shell, tmp_path: Path) -> None:
    small_study(tmp_path / "study.cqda").close()
    acts = len(shell.json("history", shell.study)["history"])
    assert "nothing.txt" in shell.refused("import", shell.study, str(tmp_path / "nothing.txt"))
    assert len(shell.json("history", shell.study)["history"]) == acts


def test_a_write_protected_project_can_be_read_and_says_so(shell: Shell, tmp_path: Path) -> None:
    small_study(tmp_path / "study.cqda").close()
    (tmp_path / "study.cqda").chmod(0o444)
    out, err = shell.run("sources", shell.study, "--json")
    assert len(json.loads(out)["sources"]) == 2
    assert "can only be read" in err
    assert "can only be read" in shell.refused("undo", shell.study)


@pytest.mark.parametrize("words", [["--frobnicate"], ["frobnicate"], ["table"], ["a.cqda", "b.cqda"],
                                   ["apply", "x.cqda", "--source", "a", "--code", "b"]])  # fmt: skip
def test_usage_is_status_two(shell: Shell, words: list[str]) -> None:
    _out, err = shell.run(*words, status=2)
    assert "usage" in err


def test_help_names_every_command(shell: Shell) -> None:
    out, _err = shell.run("--help")
    for command in COMMANDS:
        assert command in out
        assert shell.run(command, "--help")[0].startswith("usage: cohesion-qda " + command)
    assert "Cohesion QDA" in shell.run("--version")[0]


def test_without_a_display_the_window_is_refused_in_a_sentence(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    if sys.platform.startswith("linux"):
        assert "no display" in shell.refused("study.cqda")


def test_the_main_job_runs_without_a_window_and_without_developers_packages(tmp_path: Path) -> None:
    """The demo in a fresh process in which nothing that only developers install can be imported."""
    script = (
        "import sys\n"
        "class Absent:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in {'pytest', '_pytest', 'pytestqt', 'hypothesis', 'mypy', 'coverage',\n"
        "                                  'grimp', 'importlinter', 'pandas', 'PySide6'}:\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Absent())\n"
        "def offline(event, arguments):\n"
        "    if event in ('socket.getaddrinfo', 'socket.connect', 'socket.bind'):\n"
        "        raise AssertionError(event)\n"
        "sys.addaudithook(offline)\n"
        "from cohesion_qda.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, "demo", str(tmp_path / "out")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert str(tmp_path / "out" / "report" / "report.html") in run.stdout
    for name in ("report.html", "report.docx", "figures", "tables"):
        assert (tmp_path / "out" / "report" / name).exists()
    with Project.open(tmp_path / "out" / "study.cqda") as project:
        assert len(project.sources.list()) == 15
        assert len(project.codings.retrieve()) >= 400
        assert project.check() == []
        assert project.history.trail()[0].kind == "export-report"
