"""Reading files in other processes that are watched: one that takes too long or too much memory is ended.

What a child answers is unpickled with a few plain types only, so that it cannot have this process run anything.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PosixPath, WindowsPath
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from typing import Any

from cohesion_qda.base import errors
from cohesion_qda.base.errors import CannotReadSource, LeftOut
from cohesion_qda.base.jobs import Job
from cohesion_qda.formats import trouble
from cohesion_qda.formats.child import LENGTH, Read, Request
from cohesion_qda.formats.files import MEGABYTE, shown
from cohesion_qda.formats.folders import expanded
from cohesion_qda.formats.kinds import kind_of
from cohesion_qda.formats.sources import read_here
from cohesion_qda.model.source import AS_FOUND, Alike, HowToRead, SectionDraft, SourceDraft, TurnDraft
from cohesion_qda.model.text import Span

Found = tuple[SourceDraft, ...] | CannotReadSource
How = HowToRead | Mapping[Path, HowToRead]  # for all files, or for some of them

_EVERY = 0.02  # seconds between two looks at memory and time
_ANSWER_LIMIT = 500 * MEGABYTE
_START_SECONDS = 60.0
_STARTS = 3  # in a row that may fail
_GONE = "gone"


@dataclass(frozen=True, slots=True)
class Limits:
    """What all children together may hold in memory, and how long one file may take.

    With the program itself it stays below 800 MB, although it is looked at only now and then.
    """

    bytes: int = 600 * MEGABYTE
    seconds: float = 19.5


LIMITS = Limits()


def command(room: str) -> list[str]:
    """How a child is started: with this Python, which learns from standard input where modules are."""
    start = "import os, pickle, sys; source = os.fdopen(os.dup(0), 'rb'); sys.path[:] = pickle.load(source); "
    serve = "from cohesion_qda.formats.child import main; main(source, sys.argv[1])"
    return [sys.executable, "-P", "-c", start + serve, room]


class Readers:
    """A few reader processes, started when they are needed and kept until `close`. Methods may be called from any
    thread; one reading goes on at a time.
    """

    def __init__(self, read: Read = read_here, limits: Limits = LIMITS, most: int = 0) -> None:
        """`read` must be importable by name; `most` children are kept, by default as many as there are processors,
        but at most four.
        """
        self._read = read
        self._limits = limits
        self._most = most or min(4, os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._events: SimpleQueue[tuple[_Child, Any]] = SimpleQueue()
        self._children: list[_Child] = []
        self._failed_starts = 0
        self._looked = 0.0

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_details: object) -> None:
        self.close()

    def close(self) -> None:
        """End every child."""
        with self._lock:
            self._end(self._children)

    def read(
        self, paths: Iterable[Path | str], job: Job | None = None, how: How = AS_FOUND
    ) -> list[SourceDraft | CannotReadSource]:
        """Read files and folders of files: drafts, or the reason, in the order of `paths`. Raises Cancelled."""
        with self._lock:
            self._failed_starts = 0
            try:
                found = self._all(expanded(Path(path) for path in paths), job or Job(), how)
            finally:
                self._end([one for one in self._children if one.task is not None])
        return [result for each in found for result in (each if isinstance(each, tuple) else (each,))]

    def _all(self, items: list[Path | CannotReadSource], job: Job, how: How) -> list[Found]:
        found: dict[int, Found] = {n: item for n, item in enumerate(items) if isinstance(item, CannotReadSource)}
        waiting = deque(_Task(n, self._request(path, how)) for n, path in enumerate(items) if isinstance(path, Path))
        told, files = len(found), len(waiting)  # what was passed over is no file that is read
        while len(found) < len(items):
            self._give_out(waiting)
            now = [one.task for one in self._children if one.task is not None]
            job.step(len(found) - told, files, shown(min(now).request.path.name) if now else "")
            found.update(self._heard(waiting))
            found.update(self._stopped(waiting))
        job.step(files, files)
        return [found[n] for n in range(len(items))]

    def _request(self, path: Path, how: How) -> Request:
        how_here = how if isinstance(how, HowToRead) else how.get(path, AS_FOUND)
        return Request(self._read, path, how_here, self._limits.seconds * 2)

    def _give_out(self, waiting: deque[_Task]) -> None:
        """Give every child that has nothing to do a file, and start children for the files that are left. A file
        that is to be read alone waits for the others, and nothing goes on beside it.
        """
        self._end([one for one in self._children if one.task is None and not one.is_alive])
        idle = [one for one in self._children if one.task is None]
        busy = [one.task for one in self._children if one.task is not None]
        if (waiting and waiting[0].is_alone) or any(task.is_alone for task in busy):
            if not busy:
                self._end(self._children)
                self._children = [_Child(self._events)]
                self._children[0].give(waiting.popleft())
            return
        while waiting and not waiting[0].is_alone and (idle or len(self._children) < self._most):
            if not idle:
                idle.append(_Child(self._events))
                self._children.append(idle[0])
            idle.pop().give(waiting.popleft())

    def _heard(self, waiting: deque[_Task]) -> dict[int, Found]:
        """What a child answers in the next moment, or the reason why it is gone."""
        try:
            one, said = self._events.get(timeout=_EVERY)
        except Empty:
            return {}
        if one not in self._children or one.task is None:
            self._end([one])  # it died while it had nothing to do, or was ended before
        elif said is _GONE:
            return self._lost(one, waiting)
        elif not one.is_ready:
            one.pid, one.since, self._failed_starts = said, time.monotonic(), 0
        else:
            task, one.task = one.task, None
            return {task.number: said}
        return {}

    def _lost(self, one: _Child, waiting: deque[_Task]) -> dict[int, Found]:
        """What comes of the file of a child that ended by itself: one that had not begun is read by another."""
        task = one.task
        assert task is not None
        self._end([one])
        if one.is_ready:
            return {task.number: trouble.died(task.request.path)}
        waiting.appendleft(task)
        self._failed_starts += 1
        if self._failed_starts < _STARTS:
            return {}
        given_up = list(waiting)
        waiting.clear()
        return {each.number: trouble.not_started(each.request.path) for each in given_up}

    def _stopped(self, waiting: deque[_Task]) -> dict[int, Found]:
        """The files whose reading took too much, with the reason; their children are ended. Where several files were
        read, the largest is read again later, alone, and only then judged.
        """
        found: dict[int, Found] = {}
        if time.monotonic() - self._looked < _EVERY:
            return found
        for one in self._children.copy():
            reason = one.breach(self._limits)
            if reason is not None and one.task is not None:
                found[one.task.number] = reason
                self._end([one])
        sizes = {one: one.memory() for one in self._children}
        busy = [one for one in self._children if one.task is not None]
        if busy and sum(sizes.values()) > self._limits.bytes:
            largest = max(busy, key=lambda one: sizes[one])
            task = largest.task
            assert task is not None
            self._end([largest])
            if task.is_alone or len(self._children) == 0:
                found[task.number] = trouble.too_much_memory(task.request.path)
            else:
                waiting.append(replace(task, is_alone=True))
        self._looked = time.monotonic()
        return found

    def _end(self, children: Iterable[_Child]) -> None:
        for one in list(children):
            one.end()
            if one in self._children:
                self._children.remove(one)


def read_all(
    paths: Iterable[Path | str], job: Job | None = None, how: How = AS_FOUND
) -> list[SourceDraft | CannotReadSource]:
    """Read every file, and the files of every folder (not of folders inside it), each as a draft or the reason.

    `how` says how all are to be read, or some of the paths. What of a folder was not to be read is told as `LeftOut`.
    Each file is read in another process, which is stopped when it takes too long or too much. Raises Cancelled.
    """
    with Readers() as readers:
        return readers.read(paths, job, how)


@dataclass(frozen=True, slots=True, order=True)
class _Task:
    number: int
    request: Request = field(compare=False)
    is_alone: bool = field(default=False, compare=False)


class _Child:
    """One process, and what it is doing: `since` says since when. `pid` is 0 until it is ready."""

    def __init__(self, events: SimpleQueue[tuple[_Child, Any]]) -> None:
        self.task: _Task | None = None
        self.since = 0.0
        self.pid = 0
        self._room = TemporaryDirectory(prefix="cohesion-qda-", ignore_cleanup_errors=True)
        self._process: subprocess.Popen[bytes] | None = None
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                command(self._room.name), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        self._listener = threading.Thread(target=self._listen, args=(events,), daemon=True)
        self._listener.start()
        self._say([str(Path.cwd()) if name == "" else name for name in sys.path])

    @property
    def is_ready(self) -> bool:
        return self.pid != 0

    @property
    def is_alive(self) -> bool:
        return self._listener.is_alive()

    def give(self, task: _Task) -> None:
        """Have it read a file."""
        self.task, self.since = task, time.monotonic()
        self._say(task.request)

    def _say(self, message: Any) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):  # it is gone: the listener will tell
                self._process.stdin.write(pickle.dumps(message))
                self._process.stdin.flush()

    def _listen(self, events: SimpleQueue[tuple[_Child, Any]]) -> None:
        try:
            pipe = self._process.stdout if self._process is not None else None
            while pipe is not None and (head := pipe.read(LENGTH.size)):
                (length,) = LENGTH.unpack(head)
                if length > _ANSWER_LIMIT:
                    break
                events.put((self, _Plain(io.BytesIO(pipe.read(length))).load()))
        except Exception:  # noqa: BLE001 (whatever it said last, it cannot be trusted any more)
            pass
        finally:
            events.put((self, _GONE))

    def breach(self, limits: Limits) -> CannotReadSource | None:
        """Why its file must not be read any longer, if its time is up."""
        if self.task is None:
            return None
        path, seconds = self.task.request.path, time.monotonic() - self.since
        if not self.is_ready:
            return trouble.not_started(path) if seconds > _START_SECONDS else None
        return trouble.too_long(path, limits.seconds) if seconds > limits.seconds else None

    def memory(self) -> int:
        """The bytes it holds, with the programs it started; 0 while it starts."""
        return sum(map(_memory, self._tree())) if self.is_ready else 0

    def _tree(self) -> list[Any]:
        """The process as psutil knows it, and those it may have started; nothing where the system does not tell."""
        import psutil

        try:
            process = psutil.Process(self.pid or self._process.pid) if self._process is not None else None
            if process is None:
                return []
            kind = kind_of(self.task.request.path) if self.task is not None else None
            return [process, *(process.children(recursive=True) if kind is not None and kind.may_convert else ())]
        except (psutil.Error, OSError):
            return []

    def end(self) -> None:
        """Kill it with all it has started, and leave nothing of it."""
        if self._process is not None:
            for process in reversed(self._tree()):
                with contextlib.suppress(Exception):
                    process.kill()
            self._process.kill()
            self._process.wait()
            self._listener.join()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            self._process = None
        self._room.cleanup()


def _memory(process: Any) -> int:
    """The bytes that a process has in memory; 0 where the system does not tell."""
    import psutil

    try:
        return int(process.memory_info().rss)
    except (psutil.Error, OSError):
        return 0


class _Plain(pickle.Unpickler):
    """Unpickles what readers find and nothing else, so that a child cannot have this process run anything."""

    def find_class(self, module: str, name: str) -> Any:
        known = _PLAIN.get((module, name))
        if known is None:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return known


def _path(*parts: str) -> Path:
    """Instead of the class, to which an answer could do something."""
    return Path(*parts)


_DRAFTS = (SourceDraft, TurnDraft, SectionDraft, Alike, HowToRead)
_PLAIN: dict[tuple[str, str], Any] = {
    **{(kind.__module__, kind.__qualname__): kind for kind in (*_DRAFTS, Span, frozenset, set)},
    **{(kind.__module__, kind.__qualname__): kind for kind in (CannotReadSource, LeftOut, errors._remade)},
    **{(kind.__module__, kind.__qualname__): _path for kind in (PosixPath, WindowsPath)},
}
