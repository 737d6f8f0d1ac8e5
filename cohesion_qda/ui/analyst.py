"""One spawned process for heavy analysis, kept warm, and replaced when it has to be stopped. Knows no Qt."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from cohesion_qda.base.jobs import Cancelled, Job


class Analyst:
    """Calls functions in another process, one at a time. Its methods may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def call(self, function: Callable[..., Any], args: tuple[Any, ...], job: Job) -> Any:
        """`function(*args)`, worked out in the other process; `function` must be importable.

        A function with a parameter `job` gets one whose progress is passed on to `job`.
        Raises what the function raised, and Cancelled when `job` was cancelled (the process is then killed).
        """
        with self._lock:
            pipe = self._ready()
            pipe.send((function, args))
            try:
                while True:
                    while not pipe.poll(0.05):
                        job.step(0, 0) if job.is_cancelled else None
                    word, value = pipe.recv()
                    if word == "step":
                        job.step(*value)
                    elif word == "error":
                        raise value
                    else:
                        return value
            except Cancelled:
                self._kill()
                raise
            except (EOFError, OSError) as lost:
                self._kill()
                raise RuntimeError("the analysis process ended by itself") from lost

    def close(self) -> None:
        """End the process; whoever is waiting for an answer must have been cancelled first."""
        with self._lock:
            self._kill()

    def _ready(self) -> Connection:
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


def _serve(pipe: Connection) -> None:
    """The other process: answers one call after the other until the pipe is closed."""
    import inspect

    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            function, args = pipe.recv()
            more = {}
            if "job" in inspect.signature(function).parameters:
                more["job"] = Job(lambda done, total, what: pipe.send(("step", (done, total, what))))
            try:
                answer = ("answer", function(*args, **more))
            except Exception as error:  # noqa: BLE001 (whatever went wrong there is raised here)
                answer = ("error", error)
            try:
                pipe.send(answer)
            except (TypeError, AttributeError, ValueError) as error:  # cannot be pickled
                pipe.send(("error", RuntimeError(f"{function.__name__}: {error}")))
