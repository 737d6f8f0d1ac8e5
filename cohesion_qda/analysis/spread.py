"""The slow part of hearing spread over other processes or computers, by Dask (an optional library): parse and vectors of texts.

A batch of texts is worked out by the same function wherever it is done, and hangs on its texts alone, so the result is the
same to the last bit. Only so many batches are under way as keep every worker busy, so memory does not grow with the study.
Nothing is connected to unless an address was given; `local` starts workers on this computer, which hear only it.
"""

from __future__ import annotations

import importlib
import os
import socket
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

from cohesion_qda.analysis import deriving, parsing, pipelines, sentences
from cohesion_qda.analysis.heard import Kept
from cohesion_qda.analysis.pipelines import PipelineInfo
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Cancelled, Job

LOCAL = "local"
BATCH = 100_000  # code points that a worker gets together: what is said alike in them is read once
AHEAD = 2  # batches for each worker that are under way or waiting
WAIT = 10  # seconds in which a scheduler must answer


class Future(Protocol):
    """What a batch under way can be asked."""

    def done(self) -> bool:
        """Whether `result` has an answer at once."""

    def result(self) -> Any:
        """What it gave. Raises what it raised."""

    def cancel(self) -> Any:
        """It is not wanted any more."""


class Workers:
    """They are given batches: `submit` begins one, and gives its Future."""

    def __init__(self, submit: Callable[..., Future], workers: int) -> None:
        self._submit = submit
        self._ahead = AHEAD * max(1, workers)

    def derived(
        self, texts: Mapping[str, str], kept: Kept, info: PipelineInfo, job: Job | None = None, *, vectors: bool = True
    ) -> Iterator[Kept]:
        """As `deriving.derived`. Raises BadInput too where a worker has other language data than this computer."""
        job, kept = job or Job(), deriving.of_makers(kept, info)
        no_parse, no_vectors = deriving.missing(texts, kept, info, vectors=vectors)
        total, done = len(no_parse | no_vectors), 0
        makers = parsing.maker(info), sentences.maker(info.language)
        under_way: deque[tuple[int, Future]] = deque()
        waiting = deriving.batches(texts, no_parse | no_vectors, BATCH)
        try:
            while True:
                while len(under_way) < self._ahead and (batch := next(waiting, None)):
                    to_parse = {content: text for content, text in batch.items() if content in no_parse}
                    to_encode = {content: text for content, text in batch.items() if content in no_vectors}
                    future = self._submit(work, info.language, info.key, makers, to_parse, to_encode)
                    under_way.append((len(batch), future))
                if not under_way:
                    return
                job.step(done, total)
                number, first = under_way[0]
                fresh = _waited_for(first, job)
                under_way.popleft()
                done += number
                yield fresh
        finally:
            for _number, future in under_way:
                future.cancel()


def work(
    language: str, wish: str, makers: tuple[str, str], to_parse: Mapping[str, str], to_encode: Mapping[str, str]
) -> Kept:
    """What a worker does with a batch. Raises BadInput where it would come out differently than where it was asked for."""
    info = pipelines.choose(language, wish)
    if (parsing.maker(info), sentences.maker(info.language)) != makers:
        raise BadInput(
            _("A worker of the cluster has other language data than this computer, and would give other results."),
            _("Install the same version of the program on all of them."),
        )
    return deriving.derive(to_parse, to_encode, info)


def _waited_for(future: Future, job: Job) -> Kept:
    while (
        not future.done()
    ):  # asked again and again: `result(timeout)` of distributed fails where the answer comes as it gives up
        if job.is_cancelled:
            raise Cancelled
        time.sleep(0.02)
    found: Kept = future.result()
    return found


def goes_to(address: str) -> str:
    """The name of the other computer that texts are sent to by way of a scheduler; empty where they stay on this one."""
    try:
        host = (urlsplit(address if "://" in address else f"tcp://{address}").hostname or "").casefold()
    except ValueError:  # no address at all: nobody answers there
        return ""
    if (
        address == LOCAL
        or address.startswith("inproc://")
        or host in ("", "localhost", socket.gethostname().casefold())
    ):
        return ""
    try:
        return "" if ip_address(host).is_loopback else host
    except ValueError:  # a name
        return host


@contextmanager
def workers(address: str, number: int | None = None) -> Iterator[Workers]:
    """Workers of the Dask scheduler at `address`, or, for `local`, of one that is started here and ended afterwards, with
    `number` of them or as many as there are processors. Raises BadInput where Dask is not installed or nobody answers.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError as error:
        raise BadInput(
            _("Spreading the work needs Dask, which is not installed."),
            _("Install the extra “cluster”: pip install cohesion-qda[cluster]. Or leave --scheduler out."),
        ) from error
    if address != LOCAL:
        try:
            client = distributed.Client(address, timeout=WAIT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise BadInput(
                _("No Dask scheduler answers at {address}.").format(address=address),
                _("Start one with “dask scheduler”, or give “local” to use the processors of this computer."),
            ) from error
        with client:
            yield Workers(_pure(client), len(client.scheduler_info(n_workers=-1)["workers"]))
        return
    number = number or os.cpu_count() or 1
    with (
        _cluster(distributed, number) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        yield Workers(_pure(client), number)


def _cluster(distributed: Any, number: int) -> Any:
    with warnings.catch_warnings():
        # another one is at work: a free port is taken
        warnings.filterwarnings("ignore", message="Port", category=UserWarning)
        return distributed.LocalCluster(
            n_workers=number, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50,
            worker_dashboard_address=None,
        )  # fmt: skip


def _pure(client: Any) -> Callable[..., Future]:
    def submit(function: Callable[..., Any], *args: Any) -> Future:
        future: Future = client.submit(function, *args, pure=False)
        return future

    return submit
