"""Researchers' stories, told through the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.project import Project
from tests.conftest import ROOT
from tests.journeys.researcher import Researcher

TALK = """Moderator: What brings people together round here?
Amina: The park 😀, honestly. Everybody is in the park on a Saturday.
Carol: I would say the school gate. You stand there ten minutes and you talk.
Moderator: And what gets in the way?
Amina: The buses. Nobody comes down after six.
Carol: It is the buses, yes.
"""
OTHERS = """Int: What gets in the way?
Dev: They judge you by your trainers.
Zed: And there is no bus after six.
Int: And what else?
Dev: The youth club shut.
Zed: It did, yeah.
"""


@pytest.fixture
def researcher(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield made
    made.leaves()


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "Women.txt").write_text(TALK, encoding="utf-8")
    (folder / "Young people.txt").write_text(OTHERS, encoding="utf-8")
    (folder / "attributes.csv").write_text(
        "source,participant,place,kind\nWomen,,Dewsbury,focus group\nYoung people,,Batley,focus group\n",
        encoding="utf-8",
    )
    return folder


def test_the_whole_job(researcher: Researcher, talks: Path, tmp_path: Path) -> None:
    """Import a folder, code in three ways, undo, close, open again, undo further, compare, accept a suggestion, write the report."""
    study = tmp_path / "study.cqda"
    researcher.makes_a_project(study)

    review = researcher.drops(talks)
    assert review.files.rowCount() == 2
    assert review.sheet is not None
    QTest.mouseClick(review.add, Qt.MouseButton.LeftButton)
    researcher.rests()
    assert researcher.ask(lambda p: [(s.name, s.kind, s.turns) for s in p.sources.list()]) == [
        ("Women", "focus group", 6), ("Young people", "focus group", 6),
    ]  # fmt: skip

    researcher.reads("Women").selects("Everybody is in the park on a Saturday").applies("public")
    assert researcher.quotes_for("What unites/Public spaces") == ["Everybody is in the park on a Saturday"]
    researcher.selects("The buses.").presses("7")
    assert researcher.quotes_for("Austerity and cuts") == ["The buses."]
    researcher.selects("You stand there ten minutes and you talk").presses("1")
    assert researcher.shown() == {
        ("Public spaces", "Everybody is in the park on a Saturday"),
        ("Austerity and cuts", "The buses."),
        ("Getting to know people", "You stand there ten minutes and you talk"),
    }
    researcher.undoes()
    assert researcher.quotes_for("Getting to know people") == []
    assert len(researcher.shown()) == 2

    researcher.closes_the_project()
    researcher.opens(study)
    researcher.reads("Women")
    assert len(researcher.shown()) == 2
    researcher.undoes()
    assert researcher.quotes_for("Austerity and cuts") == [], "undone tomorrow, by another start of the program"
    researcher.redoes()
    assert researcher.quotes_for("Austerity and cuts") == ["The buses."]

    compare = researcher.goes_to("compare")
    assert compare.header.meta.text() == "2 groups (1 not read yet)  ·  4 people  ·  2 of 30 codes used"
    compare.table.setFocus()
    compare.table.setCurrentIndex(compare.table.answer.index(0, compare.table.answer.columnCount() - 1))
    QTest.keyClick(compare.table, Qt.Key.Key_Return)
    researcher.rests(lambda: compare.result.drawer.isVisible())
    assert "1 of 4 participants" in compare.result.drawer.meta.text()

    report = researcher.goes_to("report")
    report.write_to(tmp_path / "findings")
    QTest.mouseClick(report.write_button, Qt.MouseButton.LeftButton)
    researcher.rests(lambda: (tmp_path / "findings" / "report.html").exists())
    html = (tmp_path / "findings" / "report.html").read_text(encoding="utf-8")
    assert "Everybody is in the park on a Saturday" in html
    assert (tmp_path / "findings" / "report.docx").exists()

    history = researcher.goes_to("history")
    assert history.header.meta.text().endswith("1 person")
    researcher.closes_the_project()
    with Project.open(study) as project:
        assert project.check() == []
        assert project.history.trail()[0].kind == "export-report"


def test_merging_codes_can_be_taken_back(researcher: Researcher, talks: Path, tmp_path: Path) -> None:
    researcher.makes_a_project(tmp_path / "s.cqda").imports(talks / "Women.txt").reads("Women")
    researcher.selects("The buses.").applies("left behind")
    tree = researcher.ask(lambda p: p.codebook.tree())
    fear, stress = tree.get("Feeling left behind").id, tree.get("Austerity and cuts").id
    researcher.window.runner.do(lambda p: p.codebook.merge(fear, into=stress))
    researcher.rests()
    assert researcher.shown() == {("Austerity and cuts", "The buses.")}
    researcher.undoes()
    assert researcher.shown() == {("Feeling left behind", "The buses.")}


def test_a_new_code_is_made_of_what_was_typed(researcher: Researcher, talks: Path, tmp_path: Path) -> None:
    researcher.makes_a_project(tmp_path / "s.cqda", codebook="empty").imports(talks / "Women.txt").reads("Women")
    researcher.selects("The park 😀, honestly").applies("Green places")
    assert researcher.shown() == {("Green places", "The park 😀, honestly")}
    researcher.undoes()
    assert researcher.ask(lambda p: len(p.codebook.tree())) == 0, "the code and its coding were one act"


def test_a_broken_file_is_named_and_the_others_are_imported(
    researcher: Researcher, talks: Path, tmp_path: Path
) -> None:
    (talks / "broken.docx").write_bytes(b"not Word")
    researcher.makes_a_project(tmp_path / "s.cqda")
    review = researcher.drops(talks)
    assert [item.file_name for item in review.review.errors] == ["broken.docx"]
    QTest.mouseClick(review.add, Qt.MouseButton.LeftButton)
    researcher.rests()
    assert researcher.ask(lambda p: len(p.sources.list())) == 2
    researcher.undoes()
    assert researcher.ask(lambda p: p.sources.list()) == [], "the whole import is one act"
    assert researcher.ask(lambda p: p.check()) == []


def test_what_another_program_does_is_seen(researcher: Researcher, talks: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.cqda"
    researcher.makes_a_project(path).imports(talks).reads("Women")
    with Project.open(path) as other:
        source = other.sources.get("Women").id
        code = other.codebook.tree().get("Events").id
        other.codings.apply(source, other.codings.find_quote(source, "The buses."), [code])
    researcher.window.runner.look_again()
    researcher.rests(lambda: bool(researcher.shown()))
    assert researcher.shown() == {("Events", "The buses.")}


def test_a_file_that_is_no_project_is_told_calmly(researcher: Researcher, talks: Path) -> None:
    researcher.window.open_path(talks / "Women.txt")
    researcher.rests(lambda: researcher.window.start.banner.isVisible())
    assert not researcher.window.has_project
    assert "is not a Cohesion QDA project" in researcher.window.start.banner.message.text()


def test_the_three_real_focus_groups_from_the_start_page_to_a_report(
    researcher: Researcher, focus_groups: Path, tmp_path: Path
) -> None:
    researcher.makes_a_project(tmp_path / "diabetes.cqda", codebook="empty").imports(focus_groups)
    assert researcher.ask(lambda p: [s.turns for s in p.sources.list()]) == [116, 182, 198]
    researcher.reads("focus_group_3").selects("I actually thought it was great when it happened so quickly")
    researcher.applies("Convenience")
    researcher.reads("focus_group_1").selects("the consequences are devastating").applies("Risk")
    page = researcher.goes_to("report")
    page.write_to(tmp_path / "findings")
    QTest.mouseClick(page.write_button, Qt.MouseButton.LeftButton)
    researcher.rests(lambda: (tmp_path / "findings" / "report.docx").exists())
    assert "the consequences are devastating" in (tmp_path / "findings" / "report.html").read_text(encoding="utf-8")


def test_opening_the_sample_study_starts_no_language_tools(sample_study: Path) -> None:
    """The window and an open study import none of the heavy libraries."""
    import subprocess
    import sys

    script = (
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from cohesion_qda.ui import app as program\n"
        "app, settle = QApplication([]), program.settle\n"
        "def settled(window, wanted, first_time):\n"
        "    window.runner.idle.connect(lambda: window.has_project and QTimer.singleShot(0, app.quit))\n"
        "    settle(window, wanted, first_time)\n"
        "program.settle = settled\n"
        "program.main([sys.argv[1]])\n"
        "heavy = {'spacy', 'sklearn', 'matplotlib', 'wordcloud', 'pandas', 'docx'} & set(sys.modules)\n"
        "assert 'sqlcipher3' in sys.modules, 'the study was opened'\n"
        "assert not heavy, heavy\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(sample_study)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_the_first_time_the_program_opens_the_sample_study_and_later_the_start_page(
    researcher: Researcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cohesion_qda.ui import app
    from cohesion_qda.ui.start import new_project

    monkeypatch.setattr(new_project, "documents_folder", lambda: tmp_path)
    app.settle(researcher.window, [], True)
    researcher.rests(lambda: researcher.window.has_project)
    assert researcher.window.runner.info.title == "Sample study (fictional)"
    assert researcher.ask(lambda p: len(p.sources.list())) == 15
    researcher.closes_the_project()
    app.settle(researcher.window, [], True)
    researcher.rests()
    assert not researcher.window.has_project
    assert [row.recent.path.parent for row in researcher.window.start.rows()] == [tmp_path]
