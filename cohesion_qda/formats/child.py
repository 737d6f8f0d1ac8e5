"""A process that reads one file after another for `watch`, and is ended by it."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
import shutil
import signal
import struct
import tempfile
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from cohesion_qda.base.errors import CannotReadSource, UserError
from cohesion_qda.formats import trouble
from cohesion_qda.formats.guard import Guard, Refused
from cohesion_qda.formats.kinds import kind_of
from cohesion_qda.model.source import HowToRead, SourceDraft

Read = Callable[[Path, HowToRead], tuple[SourceDraft, ...]]
LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Request:
    """One file to read with `read`; after `seconds` the process ends itself, should nobody else end it."""

    read: Read
    path: Path
    how: HowToRead
    seconds: float


def main(source: BinaryIO, room: str) -> None:
    """Answer the requests that come from `source` until it ends: first with this process's number, which says that it
    is ready, then with what each file holds or the CannotReadSource. `room` is a temporary folder of its own.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl+C means
    guard = Guard(Path(room))
    requests, answers = _listening(source, room, guard), _answering()
    for name in ("TMPDIR", "TEMP", "TMP"):
        os.environ[name] = room
    tempfile.tempdir = room
    guard.install()
    import_module("cohesion_qda.formats.sources")  # which every file needs
    _send(answers, os.getpid())
    with Path(os.devnull).open("wb") as nowhere:
        while True:
            request = requests.get()
            faulthandler.dump_traceback_later(request.seconds, exit=True, file=nowhere)
            answer = _answer(request, guard)
            faulthandler.cancel_dump_traceback_later()
            _send(answers, answer)
            for left in Path(room).iterdir():
                shutil.rmtree(left, ignore_errors=True)


def _listening(source: BinaryIO, room: str, guard: Guard) -> SimpleQueue[Request]:
    """The requests, from a thread of their own, which ends this process when there are no more to come, even in the
    middle of a file.
    """
    requests: SimpleQueue[Request] = SimpleQueue()

    def listen() -> None:
        guard.trust_this_thread()
        try:
            while True:
                requests.put(pickle.load(source))
        finally:
            try:
                shutil.rmtree(room, ignore_errors=True)
            finally:
                os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    return requests


def _answering() -> BinaryIO:
    """Where answers are written. What libraries print or ask for goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return answers


def _send(answers: BinaryIO, message: Any) -> None:
    data = pickle.dumps(message, protocol=5)
    answers.write(LENGTH.pack(len(data)) + data)
    answers.flush()


def _answer(request: Request, guard: Guard) -> tuple[SourceDraft, ...] | CannotReadSource:
    path, kind = request.path, kind_of(request.path)
    try:
        if kind is not None:
            with contextlib.suppress(ImportError):
                kind.reader()  # while its compiled module may still be written
        with guard.closed(path, may_convert=kind is not None and kind.may_convert):
            return request.read(path, request.how)
    except CannotReadSource as error:
        return error
    except UserError as error:
        return CannotReadSource(path, error.message, error.hint)
    except Refused as error:
        return _noted(trouble.reached_out(path), str(error))
    except MemoryError:
        return trouble.too_much_memory(path)
    except Exception:  # noqa: BLE001 (one file's fault must not stop the others)
        return _noted(trouble.fault(path), traceback.format_exc())


def _noted(error: CannotReadSource, note: str) -> CannotReadSource:
    """The error with what a programmer wants to know."""
    error.add_note(note)
    return error
