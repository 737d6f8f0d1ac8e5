"""Whatever is wrong with a file is said in its own sentence, and nothing is touched."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cohesion_qda.base import errors
from cohesion_qda.project import Project
from cohesion_qda.store import connection, schema
from tests.makers import code, small_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "Knowing your neighbours", "Food")
        return project.path


def refuses(path: Path, kind: type[errors.UserError], words: str) -> errors.UserError:
    before = path.read_bytes() if path.is_file() else None
    there = sorted(path.parent.iterdir())
    with pytest.raises(kind, match=words) as caught:
        Project.open(path)
    assert caught.value.hint, "it must say what to do"
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(path.parent.iterdir()) == there
    return caught.value


def test_opening_a_project_loads_none_of_the_libraries_that_count_and_draw(study: Path) -> None:
    script = (
        "import sys\n"
        "from cohesion_qda.project import Project\n"
        "with Project.open(sys.argv[1]) as project:\n"
        "    assert project.sources.list() and len(project.codebook.tree())\n"
        "print(*({'pandas', 'numpy', 'scipy', 'statsmodels', 'matplotlib'} & set(sys.modules)))\n"
        "import numpy, pandas\n"  # whoever wants them finds them all the same
    )
    run = subprocess.run([sys.executable, "-c", script, str(study)], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.strip()) == (0, ""), run.stderr


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    refuses(tmp_path / "none.cqda", errors.ProjectMissing, "There is no file")


def test_a_folder(tmp_path: Path) -> None:
    refuses(tmp_path, errors.NotAProject, "is a folder")


@pytest.mark.parametrize(
    "content", [b"", b"Moderator: hello\n", b"SQLite format 3\x00", b"\x00" * 4096, b"PK\x03\x04" * 99]
)
def test_a_file_of_another_kind(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "talk.cqda"
    path.write_bytes(content)
    refuses(path, errors.NotAProject, "is not a Cohesion QDA project")


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.cqda"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t (a)")
        db.commit()
    refuses(path, errors.NotAProject, "database of another program")


def test_a_newer_version(study: Path) -> None:
    with contextlib.closing(sqlite3.connect(study)) as db:
        db.execute(f"PRAGMA user_version = {connection.SCHEMA_VERSION + 1}")
    refuses(study, errors.ProjectNewer, "newer version")


def test_a_truncated_file(study: Path) -> None:
    data = study.read_bytes()
    study.write_bytes(data[: len(data) // 2])
    refuses(study, errors.ProjectDamaged, "is damaged")


def test_a_file_with_a_torn_page(study: Path) -> None:
    data = bytearray(study.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 40] = b"\xff" * 40
    study.write_bytes(bytes(data))
    refuses(study, errors.ProjectDamaged, "is damaged")


def test_a_write_protected_file(study: Path) -> None:
    study.chmod(0o444)
    refuses(study, errors.ProjectReadOnly, "can only be read")
    with Project.open(study, read_only=True) as project:
        assert project.sources.list()
        with pytest.raises(errors.ProjectReadOnly, match="opened for reading only"):
            project.codebook.add("New")


def test_a_write_protected_folder(study: Path) -> None:
    study.parent.chmod(0o555)
    try:
        refuses(study, errors.ProjectReadOnly, "can only be read")
    finally:
        study.parent.chmod(0o755)


@contextlib.contextmanager
def another_program_holding(path: Path) -> Iterator[None]:
    script = (
        "import sys; from sqlcipher3 import dbapi2 as s; c = s.connect(sys.argv[1], isolation_level=None); "
        "c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "held\n"
    try:
        yield
    finally:
        program.communicate()


def test_a_file_that_another_program_holds(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(connection.open_, "__kwdefaults__", {"read_only": False, "timeout": 0.2})
    before = study.read_bytes()
    with another_program_holding(study):
        with pytest.raises(errors.ProjectLocked, match="Another running program is writing") as caught:
            Project.open(study)
        assert "Nothing was lost" in caught.value.hint
    assert study.read_bytes() == before
    Project.open(study).close()


def test_a_lock_while_working_loses_nothing(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)
    with Project.open(study) as project:
        with another_program_holding(study), pytest.raises(errors.ProjectLocked):
            project.codebook.add("Later")
        project.codebook.add("Later")
        assert project.check() == []


def test_a_full_disk_says_so_and_loses_nothing(study: Path) -> None:
    with Project.open(study) as project:
        db = project._session.db
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(errors.ProjectError, match="is full"):
            project.memos.add("project", 0, "long " * 20000)
        db.execute("PRAGMA max_page_count = 1000000")
        assert project.memos.list() == []
        project.memos.add("project", 0, "short")
        assert project.check() == []


def test_a_project_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(errors.BadInput, match="needs a name"):
        Project.create(tmp_path / "p.cqda", coder=" ")
    book = tmp_path / "book.json"
    book.write_text('{"codes": [{"name": "a/b", "children": [{"name": "x"}]}]}', encoding="utf-8")
    Project.create(tmp_path / "Kirklees v2.0", codebook=book).close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["Kirklees v2.0.cqda", "book.json"]


def test_after_a_crash_the_half_made_change_is_taken_back(study: Path) -> None:
    """A journal left behind by a crash: reading commands roll it back rather than refuse the file."""
    script = (
        "import os, sys; from sqlcipher3 import dbapi2 as s; c = s.connect(sys.argv[1], isolation_level=None); "
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN IMMEDIATE'); "
        "c.execute('DROP TRIGGER journal_code_update'); "
        "[c.execute('UPDATE code SET definition = ?', ['x' * 20000 + str(n)]) for n in range(50)]; os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(study)], check=False).returncode == 9
    assert Path(f"{study}-journal").exists()
    from cohesion_qda.cli import main

    assert main(["check", str(study)]) == 0
    with Project.open(study) as project:
        assert len(project.codings.retrieve()) == 1


def test_no_file_is_overwritten_by_a_new_project(study: Path) -> None:
    before = study.read_bytes()
    with pytest.raises(errors.ProjectError, match="There is already a file"):
        Project.create(study)
    assert study.read_bytes() == before


def test_a_new_project_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(errors.ProjectError, match="There is no folder"):
        Project.create(tmp_path / "nowhere" / "p.cqda")


def test_a_codebook_that_cannot_be_read_leaves_no_project(tmp_path: Path) -> None:
    with pytest.raises(errors.UserError):
        Project.create(tmp_path / "p.cqda", codebook=tmp_path / "none.json")
    assert list(tmp_path.iterdir()) == []


def test_the_file_says_what_it_is(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_connect", connection._connect.__wrapped__)  # as it is outside the tests
    head = study.read_bytes()[:100]
    assert head[68:72] == b"CQDA"
    assert int.from_bytes(head[60:64], "big") == connection.SCHEMA_VERSION
    assert head[18:20] == b"\x01\x01", "a rollback journal, so that one file is the whole project"
    with Project.open(study) as project:
        db = project._session.db
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 3
        assert sorted(p.name for p in study.parent.iterdir()) == ["study.cqda"]


def test_a_copy_made_while_the_project_is_open_is_whole(study: Path, tmp_path: Path) -> None:
    with Project.open(study) as project:
        code(project, "Women", "The buses", "Cuts")
        shutil.copy(study, tmp_path / "plain copy.cqda")
        project.save_copy(tmp_path / "saved copy.cqda")
        with pytest.raises(errors.CannotWrite, match="is the project itself"):
            project.save_copy(study)
    for name in ("plain copy.cqda", "saved copy.cqda"):
        with Project.open(tmp_path / name) as copy:
            assert len(copy.codings.retrieve()) == 2
            assert copy.check() == []


def test_a_migration_first_copies_the_file(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = study.read_bytes()
    steps = schema.migrations
    monkeypatch.setattr(steps, "_migrations", list(steps._migrations))

    @steps()
    def add_a_column(db: object) -> None:
        db.execute("ALTER TABLE code ADD COLUMN note TEXT NOT NULL DEFAULT ''")  # type: ignore[attr-defined]

    monkeypatch.setattr(connection, "SCHEMA_VERSION", 99)
    with pytest.raises(errors.ProjectReadOnly, match="older version"):
        Project.open(study, read_only=True)
    with Project.open(study) as project:
        assert project.history.can_undo() is None, "earlier acts are readable, not undoable"
        assert len(project.history.trail()) > 3
        project.codebook.add("After")
        assert '"note"' in project._session.db.execute("SELECT after FROM change ORDER BY id DESC").fetchone()[0]
        assert project.history.can_undo()
        assert project.check() == []
    assert (study.parent / "study.before-version-99.cqda").read_bytes() == before


def test_a_migration_that_fails_changes_nothing(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = schema.migrations
    monkeypatch.setattr(steps, "_migrations", list(steps._migrations))

    @steps()
    def breaks(db: object) -> None:
        db.execute("ALTER TABLE code ADD COLUMN note TEXT")  # type: ignore[attr-defined]
        raise RuntimeError("no")

    monkeypatch.setattr(connection, "SCHEMA_VERSION", 99)
    before = study.read_bytes()
    for _twice in range(2):
        with pytest.raises(RuntimeError):
            Project.open(study)
    copies = sorted(study.parent.glob("study.before-version-99*.cqda"))
    assert [copy.read_bytes() for copy in copies] == [before, before], "no copy is written over"
    monkeypatch.undo()
    with Project.open(study) as project:
        assert project.check() == []


Damage = Callable[[object], None]


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ('UPDATE segment SET "end" = 99999', "outside"),
        ('INSERT INTO section (source_id, "start") VALUES (1, 99999)', "question section begins outside"),
        ('INSERT INTO section (source_id, "start") VALUES (99, 0)', "A row of section points to a source"),
        ("UPDATE content SET text = text || 'x'", "not what was imported"),
        ("UPDATE code SET parent_id = id", "cannot be reached"),
        ("DROP TRIGGER journal_coding_insert", "journal_coding_insert is missing"),
        ('INSERT INTO segment (source_id, "start", "end") VALUES (1, 0, 3)', "neither coded"),
        ("UPDATE code SET name = 'changed behind the journal' WHERE id = 1", "not as the journal says"),
        ("DELETE FROM line_search_data WHERE id > 10", "damaged"),
        ("DELETE FROM speaker WHERE id = 1", "points to a"),
    ],
)
def test_check_finds_what_is_wrong(study: Path, damage: str, finding: str) -> None:
    with Project.open(study) as project:
        assert project.check() == []
        db = project._session.db
        db.execute("PRAGMA foreign_keys = OFF")
        for trigger in [t for t in db.triggers if t.name.startswith("journal_") and "TRIGGER" not in damage]:
            db.execute(f"DROP TRIGGER {trigger.name}")
        db.execute(damage)
        assert finding in " ".join(project.check())


def test_permission_bits_are_looked_at_even_for_root(study: Path) -> None:
    assert os.access(study, os.W_OK)
    study.chmod(0o400)
    refuses(study, errors.ProjectReadOnly, "write-protected")
