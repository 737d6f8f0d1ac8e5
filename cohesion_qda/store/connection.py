"""Opening and creating project files: one clear error for each thing that can be wrong, and nothing touched."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite
from sqlite_utils import Database as Database

from cohesion_qda.base.errors import (
    BadInput,
    NotAProject,
    ProjectDamaged,
    ProjectError,
    ProjectLocked,
    ProjectMissing,
    ProjectNewer,
    ProjectReadOnly,
)
from cohesion_qda.base.i18n import _
from cohesion_qda.store import derived, schema

APPLICATION_ID = 0x43514441  # "CQDA"
SCHEMA_VERSION = schema.VERSION
BUSY_SECONDS = 5.0
_MAGIC = b"SQLite format 3\x00"

Action = Callable[[], "int | None"]


def create(path: Path, current_action: Action) -> Database:
    """A new, empty project in the file that `making` gave."""
    with telling(path):
        db = _connect(path, "rwc", BUSY_SECONDS, current_action)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        schema.migrations.apply(db)
        schema.install_triggers(db)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return db


def open_(path: Path, current_action: Action, *, read_only: bool = False, timeout: float = BUSY_SECONDS) -> Database:
    """The project at `path`. Waits `timeout` seconds for another program's lock.

    Raises ProjectMissing, NotAProject, ProjectDamaged, ProjectLocked, ProjectReadOnly or ProjectNewer.
    """
    version = _look(path)
    if not read_only:
        _check_writable(path)
    with telling(path):
        db = _connect(path, "ro" if read_only else "rw", timeout, current_action)
        try:
            if [row[0] for row in db.execute("PRAGMA quick_check(1)")] != ["ok"]:
                raise ProjectDamaged(path, *_damaged(path))
            if not read_only:
                db.execute("BEGIN IMMEDIATE")
                db.execute("ROLLBACK")
            _migrate(db, path, version, read_only)
        except BaseException:
            db.close()
            raise
        db.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    return db


@contextmanager
def making(path: Path) -> Iterator[Path]:
    """Where to build the file that is to be `path`: it takes its name only when the block ends well, else it is gone.

    Raises ProjectError when there is a file already or the folder is not there or not writable.
    """
    if path.exists():
        raise ProjectError(
            path,
            _("There is already a file {name}.").format(name=path.name),
            _("Choose another name; nothing was overwritten."),
        )
    _check_folder(path)
    _check_writable(path)
    with telling(path):
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.stem}-", suffix=".unfinished", delete=False
        ) as file:
            unfinished = Path(file.name)
        try:
            yield unfinished
            unfinished.chmod(0o666 & ~_umask())
            unfinished.rename(path)
        finally:
            unfinished.unlink(missing_ok=True)


def _umask() -> int:
    now = os.umask(0o077)
    os.umask(now)
    return now


def _check_folder(path: Path) -> None:
    if not path.parent.is_dir():
        raise ProjectError(
            path,
            _("There is no folder {folder}.").format(folder=path.parent),
            _("Make the folder first, or choose another place."),
        )


def set_undo_floor(db: Database, action: int) -> None:
    """What made the project (its first coder and codebook) is in the trail, but cannot be undone."""
    db.execute("UPDATE undo_floor SET action_id = ?", [action])


def copy_to(db: Database, target: Path) -> None:
    """A complete copy of the open project as one file at `target`, which is replaced only when the copy is whole."""
    _check_folder(target)
    with telling(target):
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.stem}-", delete=False) as file:
            draft = Path(file.name)
        try:
            db.execute("VACUUM INTO ?", [str(draft)])
            _without_leftovers(draft)
            draft.chmod(0o666 & ~_umask())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


def close(db: Database, *, read_only: bool) -> None:
    """Let go of the file; what was worked out of texts of sources that are gone is thrown away."""
    if not read_only:
        with suppress(sqlite.Error):  # another program is writing, or the disk is full: it goes the next time
            derived.let_go(db)
    db.close()


def _without_leftovers(draft: Path) -> None:
    copy = Database(sqlite.connect(str(draft)))
    try:
        derived.let_go(copy)
    finally:
        copy.close()


@contextmanager
def snapshot(db: Database) -> Iterator[None]:
    """What is read inside is of one moment, whatever other programs write meanwhile."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        if db.conn.in_transaction:
            db.execute("COMMIT")


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn SQLite's errors and the system's into sentences about `path`."""
    try:
        yield
    except sqlite.DatabaseError as error:
        raise _sentence(path, error) from error
    except OSError as error:
        raise ProjectError(
            path,
            _("{name} could not be used: {reason}.").format(name=path.name, reason=error.strerror or error),
            _("Check the disk and the folder, then try again."),
        ) from error


def _sentence(path: Path, error: Exception) -> Exception:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ProjectLocked(
            path,
            _("Another running program is writing to {name}.").format(name=path.name),
            _("Close it there, or wait a moment, then try again. Nothing was lost."),
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return ProjectDamaged(path, *_damaged(path))
    if "FOREIGN KEY" in str(error):
        return BadInput(
            _("What this is about is no longer in the project."), _("Somebody removed it; look again, then repeat.")
        )
    if name.startswith("SQLITE_READONLY_ROLLBACK"):
        return ProjectReadOnly(
            path,
            _("{name} was left in the middle of a change, which has to be taken back first.").format(name=path.name),
            _("Open it once where it may be written; nothing that was saved is lost."),
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return ProjectReadOnly(path, *_read_only(path))
    if name.startswith("SQLITE_FULL"):
        return ProjectError(
            path,
            _("The disk that {name} lies on is full.").format(name=path.name),
            _("Make room, then try again. What was saved before is safe."),
        )
    if name.startswith("SQLITE_IOERR"):
        return ProjectError(
            path,
            _("The disk that {name} lies on did not answer.").format(name=path.name),
            _("Check that the stick or network folder is still connected, then open the project again."),
        )
    return error


def _damaged(path: Path) -> tuple[str, str]:
    return (
        _("{name} is damaged: parts of it cannot be read.").format(name=path.name),
        _("Nothing was changed in it. Open a backup copy, and keep this file for somebody who can repair it."),
    )


def _read_only(path: Path) -> tuple[str, str]:
    return (
        _("{name} can only be read: it, or its folder, is write-protected.").format(name=path.name),
        _("Copy it to a folder of your own and open the copy."),
    )


def _look(path: Path) -> int:
    """The schema version in the file's header, read without SQLite so that nothing can be touched."""
    if not path.exists():
        raise ProjectMissing(
            path,
            _("There is no file {path}.").format(path=path),
            _("Check the name, or make a new project there."),
        )
    if not path.is_file():
        raise NotAProject(
            path,
            _("{name} is a folder, not a project file.").format(name=path.name),
            _("Choose a file that ends in .cqda."),
        )
    with telling(path), path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or head[:16] != _MAGIC:
        raise NotAProject(
            path,
            _("{name} is not a Cohesion QDA project.").format(name=path.name),
            _("Nothing was changed in it. Choose a file that ends in .cqda; to read a transcript, import it."),
        )
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotAProject(
            path,
            _("{name} is a database of another program.").format(name=path.name),
            _("Nothing was changed in it. Choose a file that ends in .cqda."),
        )
    version = int.from_bytes(head[60:64], "big")
    if version > SCHEMA_VERSION:
        raise ProjectNewer(
            path,
            _("{name} was written by a newer version of Cohesion QDA.").format(name=path.name),
            _("Nothing was changed in it. Install the newer version to open it."),
        )
    return version


def _check_writable(path: Path) -> None:
    """A file that somebody has marked as read-only is not written to, even where the system would let us."""
    marked = path.exists() and not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    folder_marked = not path.parent.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    denied = path.exists() and not os.access(path, os.W_OK)
    if marked or folder_marked or denied or not os.access(path.parent, os.W_OK):
        raise ProjectReadOnly(path, *_read_only(path))


def _connect(path: Path, mode: str, timeout: float, current_action: Action) -> Database:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    conn: Any = sqlite.connect(uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
    conn.create_function("current_action", 0, current_action)
    db = Database(conn, execute_plugins=False)
    db.execute("PRAGMA foreign_keys = ON")
    if mode != "ro":
        db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA synchronous = EXTRA")
    return db


def _migrate(db: Database, path: Path, version: int, read_only: bool) -> None:
    """Bring an older file up to date, after copying it beside itself; earlier actions stay readable in the trail."""
    if version == SCHEMA_VERSION:
        return
    if read_only:
        raise ProjectReadOnly(
            path,
            _("{name} was written by an older version and has to be brought up to date.").format(name=path.name),
            _("Copy it to a folder where it may be written, and open it there."),
        )
    shutil.copy2(path, _unused(path.with_name(f"{path.stem}.before-version-{SCHEMA_VERSION}{path.suffix}")))
    db.execute("PRAGMA foreign_keys = OFF")  # a table that others point to is rebuilt
    db.execute("BEGIN IMMEDIATE")
    try:
        schema.drop_triggers(db)
        schema.migrations.apply(db)
        schema.install_triggers(db)
        schema.set_undo_floor(db)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("PRAGMA foreign_keys = ON")


def _unused(path: Path) -> Path:
    """`path`, or with a number where there is such a file already."""
    number, found = 2, path
    while found.exists():
        number, found = number + 1, path.with_name(f"{path.stem} {number}{path.suffix}")
    return found
