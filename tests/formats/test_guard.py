"""What the guard lets through, asked of it directly; that a hostile reader meets it is in test_watch."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

import cohesion_qda
from cohesion_qda.formats.guard import Guard, Refused, workroom


@pytest.fixture
def room(tmp_path: Path) -> Path:
    room = tmp_path / "room"
    room.mkdir()
    return room


def is_let_through(room: Path, event: str, *arguments: Any, file: str = "talk.doc", may_convert: bool = False) -> bool:
    guard = Guard(room)
    with guard.closed(room.parent / file, may_convert=may_convert):
        try:
            guard._look(event, arguments)
        except Refused:
            return False
    guard._look("socket.connect", ())  # afterwards everything is
    return True


READ, WRITE = os.O_RDONLY, os.O_WRONLY | os.O_CREAT


def test_the_file_itself_and_the_program_may_be_read(room):
    assert is_let_through(room, "open", str(room.parent / "talk.doc"), "rb", READ)
    assert is_let_through(room, "open", os.fsencode(room.parent / "x" / ".." / "talk.doc"), "rb", READ)
    assert not is_let_through(room, "open", str(room.parent / "talk.doc.txt"), "rb", READ)
    assert not is_let_through(room, "open", str(room.parent / "talk.doc"), "wb", WRITE)
    assert is_let_through(room, "open", cohesion_qda.__file__, "r", READ)
    assert not is_let_through(room, "open", cohesion_qda.__file__, "w", WRITE)
    assert is_let_through(room, "open", os.__file__, "r", READ)
    assert is_let_through(room, "os.listdir", str(Path(os.__file__).parent))
    assert not is_let_through(room, "os.listdir", str(room.parent))
    assert not is_let_through(room, "os.listdir", None)
    assert is_let_through(room, "open", os.devnull, None, os.O_RDWR)
    assert is_let_through(room, "open", 3, "rb", READ)
    assert not is_let_through(room, "open", str(Path.home() / ".ssh" / "id_rsa"), "rb", READ)


@pytest.mark.parametrize(
    "event", ["socket.__new__", "socket.getaddrinfo", "urllib.Request", "os.system", "os.exec", "os.remove", "os.rename",
              "shutil.rmtree", "tempfile.mkstemp", "subprocess.Popen", "_winapi.CreateProcess", "os.startfile/2"]
)  # fmt: skip
def test_nothing_else_may_be_reached(room, event):
    assert not is_let_through(room, event, str(room), str(room))
    assert is_let_through(room, "compile", None, "x")
    assert is_let_through(room, "object.__getattr__", None, "f_code")


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("open", ("{room}/a", "wb", WRITE)),
        ("os.mkdir", ("{room}/a", 0o777, -1)),
        ("os.rename", ("{room}/a", "{room}/b", -1, -1)),
        ("tempfile.mkdtemp", ("{room}/x",)),
        ("os.scandir", ("{room}",)),
        ("open", ("/proc/1/stat", "rb", READ)),
        ("subprocess.Popen", ("/usr/bin/soffice", ["/usr/bin/soffice", "--headless"], None, None)),
        ("subprocess.Popen", (None, '"C:\\Program Files\\LibreOffice\\program\\soffice.exe" --headless', None, None)),
        ("subprocess.Popen", (None, ["libreoffice"], None, None)),
    ],
)
def test_what_may_be_done_to_convert_a_file(room, event, arguments):
    if sys.platform != "win32" and "C:" in str(arguments):
        arguments = (None, arguments[1].replace("\\", "/"), None, None)
    filled = tuple(a.replace("{room}", str(room)) if isinstance(a, str) else a for a in arguments)
    assert is_let_through(room, event, *filled, may_convert=True)
    assert not is_let_through(room, event, *filled)


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("open", ("{room}/../other", "wb", WRITE)),
        ("open", ("{room}er", "rb", READ)),
        ("os.rename", ("{room}/a", "/elsewhere", -1, -1)),
        ("subprocess.Popen", ("/bin/sh", ["soffice"], None, None)),
        ("subprocess.Popen", (None, "sh soffice", None, None)),
        ("subprocess.Popen", (None, [], None, None)),
        ("_winapi.CreateProcess", (None, "soffice", None)),
        ("socket.connect", (None, ("127.0.0.1", 80))),
        ("os.system", ("soffice",)),
    ],
)
def test_what_may_not_be_done_even_then(room, event, arguments):
    filled = tuple(a.replace("{room}", str(room)) if isinstance(a, str) else a for a in arguments)
    assert not is_let_through(room, event, *filled, may_convert=True)


def test_windows_starts_the_program_that_was_let_through_and_no_other(room):
    guard = Guard(room)
    with guard.closed(room.parent / "talk.doc", may_convert=True):
        guard._look("subprocess.Popen", ("soffice.exe", ["soffice.exe"], None, None))
        guard._look("_winapi.CreateProcess", (None, "soffice.exe", None))
        with pytest.raises(Refused):
            guard._look("_winapi.CreateProcess", (None, "soffice.exe", None))


def test_a_work_room_is_gone_afterwards():
    with workroom() as folder:
        (folder / "a").write_text("x")
        assert folder.is_dir()
    assert not folder.exists()
