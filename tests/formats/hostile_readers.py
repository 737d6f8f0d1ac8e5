"""Readers that do what no reader should. The children of `watch` import them by name."""

from __future__ import annotations

import ctypes
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cohesion_qda.base.errors import BadInput, CannotReadSource
from cohesion_qda.formats.guard import workroom
from cohesion_qda.formats.sources import read_here
from cohesion_qda.model.source import HowToRead, SourceDraft


def _done(path: Path, text: str = "") -> tuple[SourceDraft, ...]:
    return (SourceDraft(path.stem, "document", text or path.read_text("utf-8")),)


def obeying(path: Path, how: HowToRead) -> tuple[SourceDraft, ...]:
    """Does what the first word of the file says, and reads it then."""
    order = path.read_text("utf-8").split()[0] if path.suffix in (".txt", ".doc") else ""
    act = globals().get(f"_{order}")
    if act is None:
        return read_here(path, how)
    return act(path) or _done(path)


def _eat(_path: Path) -> None:
    eaten = []
    while True:
        eaten.append(bytearray(b"x") * 10_000_000)


def _large(_path: Path) -> None:
    """Much, but not too much for one file."""
    held = bytearray(b"x") * 110_000_000
    time.sleep(0.6)
    del held


def _hang(_path: Path) -> None:
    while True:
        time.sleep(1)


def _hold(_path: Path) -> None:
    """As good as for ever in native code, with the lock of the interpreter held: no other thread of it runs."""
    re.match(r"(a+)+b", "a" * 100)


def _crash(_path: Path) -> None:
    ctypes.string_at(0)


def _leave(_path: Path) -> None:
    os._exit(0)


def _print(_path: Path) -> None:
    print("x" * 100_000)
    os.write(1, b"more\n" * 10_000)
    sys.__stdout__.flush()


def _ask(path: Path) -> tuple[SourceDraft, ...]:
    return _done(path, f"heard {os.read(0, 10)!r}")


def _connect(_path: Path) -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def _resolve(_path: Path) -> None:
    socket.getaddrinfo("example.org", 80)


def _peek(path: Path) -> None:
    (path.parent / "secret").read_text()


def _list(path: Path) -> None:
    list(path.parent.iterdir())


def _write(path: Path) -> None:
    path.with_name("written").write_text("x")


def _overwrite(path: Path) -> None:
    path.write_text("x")


def _remove(path: Path) -> None:
    path.unlink()


def _rename(path: Path) -> None:
    path.rename(path.with_name("renamed"))


def _temporary(_path: Path) -> None:
    tempfile.mkdtemp()


def _start(_path: Path) -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def _shell(path: Path) -> None:
    os.system(f"touch {path.with_name('touched')}")


def _error(_path: Path) -> None:
    raise KeyError("a mistake")


def _memory(_path: Path) -> None:
    raise MemoryError


def _deep(path: Path) -> None:
    _deep(path)


def _input(path: Path) -> None:
    raise BadInput("This is not right.", "Do it otherwise.")


def _cannot(path: Path) -> None:
    raise CannotReadSource(path, "It cannot be.", "Leave it.")


def _trick(path: Path) -> tuple[SourceDraft, ...]:
    return (SourceDraft(path.stem, "document", _Bomb(path.with_name("exploded"))),)  # type: ignore[arg-type]


class _Bomb:
    """Makes a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


def _convert(path: Path) -> tuple[SourceDraft, ...]:
    with workroom() as folder:
        (folder / "in.txt").write_text("spoken")
        script = "import sys, pathlib; p = pathlib.Path(sys.argv[1]); (p / 'out.txt').write_text((p / 'in.txt').read_text().upper())"
        office = Path(os.environ["SOFFICE"])
        subprocess.run([str(office), "-c", script, str(folder)], check=True, stdin=subprocess.DEVNULL)
        return _done(path, (folder / "out.txt").read_text())


def _linger(path: Path) -> None:
    """Starts a program that eats memory, and waits for it."""
    script = "x = b'x' * 300_000_000; import time; time.sleep(100)"
    with workroom():
        subprocess.run([os.environ["SOFFICE"], "-c", script], check=True, stdin=subprocess.DEVNULL)


def _lazy(path: Path) -> tuple[SourceDraft, ...]:
    """Imports libraries that nothing has imported yet, and uses them."""
    import base64
    import io

    import openpyxl
    import pypdfium2

    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(path.read_text("utf-8").split()[1])), read_only=True)
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(10, 10)
    return _done(path, f"{book.active['A1'].value} {len(pdf)}")
