"""A file of every version that was ever released opens, and keeps what is in it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput, ProjectReadOnly
from cohesion_qda.cli import main
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CoderId, CodingId, SegmentId
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.store import connection, schema, settlements
from tests.project.test_verbs import rows

OLD = Path(__file__).parent / "old"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(OLD / "version_1.cqda", tmp_path / "study.cqda"))


def test_a_study_of_version_2_keeps_its_passages_memos_and_sections_and_can_be_searched(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD / "version_2.cqda", tmp_path / "study.cqda"))
    with Project.open(path) as project:
        (source,) = project.sources.list()
        codings = project.codings.of_source(source.id)
        assert [(c.span, c.coder, c.weight) for c in codings] == [
            (Span(30, 65), 1, None), (Span(30, 65), 1, None), (Span(37, 60), 2, None), (Span(122, 166), 1, None),
        ]  # fmt: skip
        assert [(memo.about, memo.body) for memo in project.memos.list()] == [
            ("segment", "Said with pride."), ("coding", "Check this one."), ("project", "A small study."),
        ]  # fmt: skip
        assert [s.title for s in project.sections.of(source.id)] == [
            "What is it like to live here?", "What divides people?",
        ]  # fmt: skip
        assert [hit.hit for hit in project.search.places("cafe")] == ["café"]
        assert project.check() == []
        tree = project.codebook.tree()
        project.codings.apply(source.id, Span(0, 9), [next(c.id for c in tree if c.parent is not None)])
        new = next(c for c in project.codings.of_source(source.id) if c.span == Span(0, 9))
        assert new.segment > max(c.segment for c in codings), "ids are never given twice"
        project.history.undo()
        assert project.codings.of_source(source.id) == codings
        assert project.check() == []


def test_a_study_of_version_3_keeps_its_lost_passage_theme_query_and_coders_and_can_be_counted(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD / "version_3.cqda", tmp_path / "study.cqda"))
    with Project.open(path) as project:
        (source,) = project.sources.list()
        assert [coder.name for coder in project.coders()] == ["Ruth", "Sam"]
        assert project.sources.reading(source.id).attributes == {"Place": "Riverside"}
        (lost,) = project.corrections.lost()
        assert (lost.place.quote, lost.codes, lost.coders) == ("Money, mostly.", ("Creating a bond",), ("Sam",))
        assert [coding.weight for coding in project.codings.get([CodingId(n) for n in (1, 2, 3, 4)])] == [
            None,
            None,
            None,
            70,
        ]
        assert [theme.name for theme in project.themes.list()] == ["Looking out"]
        assert [saved.name for saved in project.retrieval.saved()] == ["Money"]
        assert [(memo.title, memo.body) for memo in project.memos.list()] == [("Café", "Where did they go?")]
        assert [hit.hit for hit in project.search.places("cafe")] == ["café"]
        assert project.history.can_undo() is None
        assert project.check() == []


def test_and_what_version_4_brought_can_be_used_on_it_and_taken_back(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD / "version_3.cqda", tmp_path / "study.cqda"))
    with Project.open(path) as project:
        source, before = project.sources.list()[0].id, rows(project)
        amina = next(case.id for case in project.cases.list() if case.name == "Amina")
        knowing = project.codebook.tree().get("Getting to know people").id
        project.answers.save("By place", Asked(by=("Place",)))
        project.framework.write(amina, knowing, "Looks after others.")
        project.framework.link(amina, knowing, [(source, Span(30, 54))])
        with project._session.act("settle") as _act:  # whoever the verb belongs to: the table takes it
            settlements.add(project._session.db, SegmentId(1), knowing, CoderId(2), True, "We agreed.")
        assert project.framework.get(amina, knowing).passages == (SegmentId(1),)
        assert [saved.asked.by for saved in project.answers.list()] == [("Place",)]
        after = rows(project)
        assert project.check() == []
        for _act in range(4):
            project.history.undo()
        assert rows(project) == before
        assert project.history.can_undo() is None
        for _act in range(4):
            project.history.redo()
        assert rows(project) == after
        assert project.check() == []


def test_a_study_of_version_1_is_brought_up_to_date_and_keeps_all(old: Path) -> None:
    before = old.read_bytes()
    with Project.open(old) as project:
        (source,) = project.sources.list()
        reading = project.sources.reading(source.id)
        assert (project.title, source.name, source.kind, len(reading.turns)) == (
            "An old study", "Harbour group", "focus group", 5,
        )  # fmt: skip
        assert reading.sections == ()
        (passage,) = project.codings.retrieve()
        assert passage.coding.span == Span(44, 65)
        assert [project.attributes.names(about) for about in ("source", "participant")] == [["Place"], ["Age"]]
        assert project.guide.questions() == []
        assert [entry.kind for entry in project.history.trail()] == [
            "undo", "add-memo", "apply-code", "import", "new-project",
        ]  # fmt: skip
        assert project.check() == []
    assert (old.parent / f"study.before-version-{schema.VERSION}.cqda").read_bytes() == before
    assert sorted(path.name for path in old.parent.iterdir()) == [
        f"study.before-version-{schema.VERSION}.cqda",
        "study.cqda",
    ]


def test_what_was_dismissed_before_stays_so_and_another_coder_may_say_so_too(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD / "version_3.cqda", tmp_path / "study.cqda"))
    with closing(sqlite3.connect(path)) as db, db:
        db.create_function("current_action", 0, lambda: 1)
        db.execute("INSERT INTO dismissal (id, key, label, coder_id) VALUES (7, 'term bus', 'bus', 1)")
    with Project.open(path, "Sam") as project:
        assert project.suggestions.dismissed() == {"term bus"}
        project.look_as("Sam")
        assert project.suggestions.dismissed() == set()
        project.suggestions.dismiss("term bus", "bus")
        assert project.suggestions.dismissed() == {"term bus"}
        kept = project._session.db.execute("SELECT id, key, coder_id, about FROM dismissal ORDER BY id").fetchall()
        assert [(row[1:]) for row in kept] == [("term bus", 1, ""), ("term bus", 2, "")]
        assert kept[0][0] == 7 and kept[1][0] > 7, "ids are never given twice"
        assert project.check() == []


def test_what_was_done_before_can_be_read_and_neither_undone_nor_done_again(old: Path) -> None:
    with Project.open(old) as project:
        assert project.history.can_undo() is None
        assert project.history.can_redo() is None
        for verb in (project.history.undo, project.history.redo):
            with pytest.raises(BadInput, match="nothing to"):
                verb()
        assert project.memos.list() == []


def test_and_it_goes_on_as_a_project_of_today(old: Path) -> None:
    with Project.open(old) as project:
        source = project.sources.list()[0].id
        project.guide.set(["What is it like to live here?"])
        question = project.guide.questions()[0].id
        project.sections.place(source, 0, question=question)
        project.attributes.set_type("participant", "Age", "number")
        assert [s.title for s in project.sections.of(source)] == ["What is it like to live here?"]
        for _act in range(3):
            project.history.undo()
        assert project.history.can_undo() is None
        assert project.check() == []
    with Project.open(old) as again:
        assert again.history.can_redo()
    assert len(list(old.parent.glob("*before-version*"))) == 1, "only what is brought up to date is copied"


def test_where_it_may_not_be_written_it_says_so_and_is_left_alone(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = old.read_bytes()
    with pytest.raises(ProjectReadOnly, match="written by an older version") as caught:
        Project.open(old, read_only=True)
    assert "Copy it to a folder where it may be written" in caught.value.hint
    old.chmod(0o444)
    assert main(["sources", str(old)]) == 1
    assert "written by an older version" in capsys.readouterr().err
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == ["study.cqda"]


def test_the_tables_are_those_of_a_new_project(old: Path, tmp_path: Path) -> None:
    Project.create(tmp_path / "new.cqda").close()
    Project.open(old).close()
    with Project.open(tmp_path / "new.cqda") as new, Project.open(old) as brought:
        tables = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY type, name"
        assert new._session.db.execute(tables).fetchall() == brought._session.db.execute(tables).fetchall()
        assert schema.VERSION == connection.SCHEMA_VERSION == 6


def test_a_study_of_version_5_keeps_its_theme_dismissals_and_wording_and_can_be_reported(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD / "version_5.cqda", tmp_path / "study.cqda"))
    with Project.open(path) as project:
        (theme,) = project.themes.list()
        assert (theme.name, theme.passages) == ("Looking out for each other", 1)
        assert set(project.suggestions.dismissed()) == {"term street", "theme bread"}
        assert project._session.db.execute("SELECT role FROM theme_passage").fetchall() == [("",)]
        assert {row[0] for row in project._session.db.execute("SELECT direction FROM code")} == {""}
        assert project.reports.write(tmp_path / "report").is_file()
        assert project.check() == []
