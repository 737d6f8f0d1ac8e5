"""What a reader may touch besides the bytes it is given: nothing that a file can name.

An audit hook of Python sees files opened, connections made and programs started before they are. It is there so
that no library follows what a hostile file says; it does not hold native code that means harm.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import local
from typing import Any

_REACHING_OUT = (
    "socket.", "ssl.", "http.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "telnetlib.", "urllib.", "webbrowser.",
)  # fmt: skip
_STARTING = (
    "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork", "os.startfile", "pty.",
    "_winapi.CreateProcess",
)  # fmt: skip
_CHANGING = (
    "os.chmod", "os.chown", "os.link", "os.mkdir", "os.mkfifo", "os.mknod", "os.remove", "os.removexattr", "os.rename",
    "os.rmdir", "os.setxattr", "os.symlink", "os.truncate", "os.unlink", "os.utime", "shutil.", "tempfile.",
    "sqlite3.connect",
)  # fmt: skip
_LISTING = ("os.listdir", "os.scandir", "os.walk", "os.fwalk", "glob.")
_FAMILIES = {name.partition(".")[0] for name in (*_REACHING_OUT, *_STARTING, *_CHANGING, *_LISTING)}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_CONVERTERS = {"soffice", "soffice.exe", "soffice.bin", "libreoffice"}
_DEVICES = {os.path.normcase(name) for name in (os.devnull, "/dev/null", "/dev/urandom", "/dev/random")}


class Refused(PermissionError):
    """A reader reached for something outside the file it was given."""


class Guard:
    """The rules of this process, from `install` on for ever; they hold inside `closed` blocks."""

    def __init__(self, room: Path) -> None:
        self._room = _place(room)
        self._roots = tuple({_place(root) + os.sep for root in _roots()})
        self._file = ""
        self._is_closed = False
        self._may_convert = False
        self._is_starting = False
        self._here = local()

    def trust_this_thread(self) -> None:
        """Let the thread that calls it do what it has to, even while another reads a file."""
        self._here.is_trusted = True

    def install(self) -> None:
        """From now on this process asks the guard."""
        sys.addaudithook(self._look)

    @contextmanager
    def closed(self, path: Path, *, may_convert: bool) -> Iterator[None]:
        """Nothing may be reached but the file `path`, and with `may_convert` the work room and LibreOffice."""
        self._file, self._may_convert, self._is_closed = _place(path), may_convert, True
        try:
            yield
        finally:
            self._is_closed = False

    def _look(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._is_closed or getattr(self._here, "is_trusted", False):
            return
        if event == "open":
            self._opening(*arguments)
        elif event.partition(".")[0] not in _FAMILIES:
            return
        elif event.startswith(_STARTING):
            self._starting(event, arguments)
        elif event.startswith(_REACHING_OUT):
            raise Refused(f"a connection ({event})")
        elif event.startswith(_CHANGING):
            if not all(map(self._is_in_room, _paths(arguments))):
                raise Refused(f"a change of files ({event})")
        elif event.startswith(_LISTING) and not self._may_list(arguments):
            raise Refused(f"a folder ({event})")

    def _opening(self, path: object, _mode: object, flags: object) -> None:
        if isinstance(path, int):
            return
        place = _place(path)
        if place in _DEVICES or self._is_in_room(path):
            return
        if isinstance(flags, int) and flags & _WRITING:
            raise Refused("a file to write to")
        if place != self._file and not self._is_known(place) and not _is_importing():
            raise Refused("another file")

    def _starting(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "_winapi.CreateProcess" and self._is_starting:  # what `subprocess` does next on Windows
            self._is_starting = False
        elif self._may_convert and event == "subprocess.Popen" and _program(*arguments[:2]) in _CONVERTERS:
            self._is_starting = True
        else:
            raise Refused("a program")

    def _may_list(self, arguments: tuple[Any, ...]) -> bool:
        path = next(_paths(arguments), "")
        return self._is_in_room(path) or self._is_known(_place(path) + os.sep) or _is_importing()

    def _is_known(self, place: str) -> bool:
        """Whether it lies with Python, its libraries or this program; or tells of processes, for one that starts some."""
        return place.startswith(self._roots) or (self._may_convert and place.startswith("/proc/"))

    def _is_in_room(self, path: object) -> bool:
        place = _place(path)
        return self._may_convert and (place == self._room or place.startswith(self._room + os.sep))


def _roots() -> Iterator[str]:
    """Where Python's libraries and this program lie. Modules elsewhere can be imported all the same."""
    libraries = (name for name in sys.path if Path(name).name in ("site-packages", "dist-packages"))
    for name in (str(Path(os.__file__).parent), str(Path(__file__).parents[1]), *libraries):
        yield name
        yield str(Path(name).resolve())


def _place(path: object) -> str:
    name = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
    return os.path.normcase(os.path.abspath(name))  # noqa: PTH100 (no event is raised, and no link followed)


def _paths(arguments: tuple[Any, ...]) -> Iterator[str]:
    return (os.fsdecode(value) for value in arguments if isinstance(value, str | bytes | os.PathLike))


def _program(executable: object, command: object) -> str:
    """The file name of the program that `subprocess` is to start."""
    first = executable or (command[0] if isinstance(command, list | tuple) and command else command)
    name = next(_paths((first,)), "")
    if not executable and isinstance(command, str):  # a command line, as Windows has them
        name = name[1:].partition('"')[0] if name.startswith('"') else name.partition(" ")[0]
    return Path(name).name.lower()


def _is_importing() -> bool:
    """Whether a module is being imported: what its own code opens then, no file has named."""
    frame = sys._getframe()
    while frame is not None:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False


@contextmanager
def workroom() -> Iterator[Path]:
    """A temporary folder in which a reader may have a file converted by another program; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="cohesion-qda-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # in a watched process, `child` does what may not be done here
