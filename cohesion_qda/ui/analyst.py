"""A spawned process for heavy analysis, kept warm, and replaced when it has to be stopped. Knows no Qt."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from cohesion_qda.base.jobs import Cancelled, Job

GRACE = 1.0  # seconds in which a call that is cancelled may stop by itself, so that the process keeps what it holds


class Lost(RuntimeError):
    """The other process ended by itself; with it went what it held."""


class Analyst:
    """Calls functions in another process, one at a time. Its methods may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._leaving = False
        self._rests = False
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def call(
        self, function: Callable[..., Any], args: tuple[Any, ...], job: Job, part: Callable[[Any], None] | None = None
    ) -> Any:
        """`function(*args)`, worked out in the other process; `function` must be importable.

        A function with a parameter `job` gets one whose progress is passed on to `job`. What a generator yields goes to `part`
        as it comes, and the call gives what it returns. Raises what the function raised; Cancelled when `job` was cancelled (a call
        that does not stop at its next step loses its process); Lost when the process ended by itself.
        """
        while not self._lock.acquire(timeout=0.05):
            _stop_if_cancelled(job)
        try:
            pipe = self._ready()
            pipe.send((function, args))
            return self._answer(pipe, job, part)
        except (EOFError, OSError) as lost:
            self._kill()
            if self._leaving:
                raise Cancelled from lost
            raise Lost("the analysis process ended by itself") from lost
        finally:
            self._end_if_resting()
            self._lock.release()

    def _answer(self, pipe: Connection, job: Job, part: Callable[[Any], None] | None) -> Any:
        given_up = 0.0  # when it is to have stopped by itself
        while True:
            if job.is_cancelled and not given_up:
                given_up = time.monotonic() + GRACE
                pipe.send(None)
            if self._leaving or (given_up and time.monotonic() > given_up):
                self._kill()
                raise Cancelled
            if not pipe.poll(0.05):
                continue
            word, value = pipe.recv()
            if word == "part":
                self._hand_on(value, part, job)
            elif word == "step":
                if not given_up:
                    with contextlib.suppress(Cancelled):
                        job.step(*value)
            elif job.is_cancelled:
                raise Cancelled
            elif word == "error":
                raise value
            else:
                return value

    def _hand_on(self, value: Any, part: Callable[[Any], None] | None, job: Job) -> None:
        try:
            if part is not None:
                part(value)
        except Cancelled:  # nobody wants the rest any more
            job.cancel()
        except BaseException:
            self._kill()  # whatever else it says would be taken for the answer to the next call
            raise

    def rest(self) -> None:
        """End the process, now or after the call under way, and with it what it holds; the next call begins another."""
        self._rests = True
        if self._lock.acquire(blocking=False):
            self._end_if_resting()
            self._lock.release()

    def _end_if_resting(self) -> None:
        if self._rests:
            self._kill()
            self._rests = False

    def leave(self) -> None:
        """Whatever is worked on is not waited for any more."""
        self._leaving = True

    def close(self) -> None:
        """End the process; whoever is waiting for an answer must have been cancelled first."""
        self._leaving = True
        with self._lock:
            self._kill()

    def _ready(self) -> Connection:
        if self._leaving:
            raise Cancelled
        if self._process is None or self._pipe is None or not self._process.is_alive():
            self._kill()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None


def _stop_if_cancelled(job: Job) -> None:
    if job.is_cancelled:
        raise Cancelled


class _Reporting(Job):
    """Passes progress on, and stops when the other side says so."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__(lambda done, total, what: pipe.send(("step", (done, total, what))))
        self._pipe = pipe

    def step(self, done: int, total: int, what: str = "") -> None:
        if self._pipe.poll():
            self._pipe.recv()  # there is one word only that can come meanwhile
            self.cancel()
        super().step(done, total, what)


def _serve(pipe: Connection) -> None:
    """The other process: answers one call after the other until the pipe is closed."""
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            call = pipe.recv()
            if call is None:  # it came after the answer had gone
                continue
            try:
                answer = ("answer", _called(pipe, *call))
            except (EOFError, OSError):
                raise
            except Exception as error:  # noqa: BLE001 (whatever went wrong there is raised here)
                answer = ("error", error)
            try:
                pipe.send(answer)
            except (TypeError, AttributeError, ValueError) as error:  # cannot be pickled
                pipe.send(("error", RuntimeError(f"{call[0].__name__}: {error}")))


def _called(pipe: Connection, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    import inspect

    more = {"job": _Reporting(pipe)} if "job" in inspect.signature(function).parameters else {}
    found = function(*args, **more)
    if not inspect.isgenerator(found):
        return found
    while True:
        try:
            pipe.send(("part", next(found)))
        except StopIteration as end:
            return end.value
