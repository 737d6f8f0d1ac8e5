"""The study that this process holds ready, so that it is not sent and listened to again with every question."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from cohesion_qda.analysis import heard as listening
from cohesion_qda.analysis import pipelines
from cohesion_qda.analysis.deriving import derived, joined
from cohesion_qda.analysis.heard import Heard, Kept
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.study import Talk

T = TypeVar("T")


class NotHeard(Exception):
    """The study that is asked about is not held here, or without the vectors that are needed (`vectors`): hear it first."""

    def __init__(self, vectors: bool = False) -> None:
        super().__init__(vectors)
        self.vectors = vectors


class _Resident:
    """One study, by its stamp, whether its vectors were asked for, and what was made of it."""

    def __init__(self) -> None:
        self.let_go()

    def let_go(self) -> None:
        self.stamp = ""
        self.heard: Heard | None = None
        self.vectors = False
        self.made: dict[Hashable, Any] = {}


_held = _Resident()


def hear(
    stamp: str, talk: Talk, kept: Kept, wish: str = "", vectors: bool = False, job: Job | None = None
) -> Iterator[Kept]:
    """Hold a study ready under `stamp`, in place of the one before. Gives what had to be worked out of its texts, as it comes,
    to be kept. Raises UserError and Cancelled; then the study before is still held.
    """
    job = job or Job()
    talk = listening.with_texts(talk)
    info = pipelines.choose(talk.wording.language, wish)
    for fresh in derived(talk.texts, kept, info, job, vectors=vectors):
        kept = joined(kept, fresh)
        yield fresh
    if vectors and _held.heard is not None and _held.stamp == stamp:
        pieces, mended = listening.with_vectors(talk, kept, info, job)
        heard = replace(_held.heard, pieces=pieces)
    else:
        heard, mended = listening.hear(talk, kept, wish, job, vectors=vectors)
    if mended.parse or mended.vectors:  # what was kept of some texts was damaged
        yield mended
    hold(stamp, heard, vectors=vectors)


def hold(stamp: str, heard: Heard, *, vectors: bool) -> None:
    """Hold a study that was heard (with its vectors, where there are any); what was made of another one goes."""
    if _held.stamp != stamp:
        _held.let_go()
    _held.stamp, _held.heard, _held.vectors = stamp, heard, vectors


def study(stamp: str, *, vectors: bool = False) -> Heard:
    """The study held under `stamp`; with `vectors` its pieces are there, unless this is the second tier. Raises NotHeard."""
    if _held.heard is None or _held.stamp != stamp or (vectors and not _held.vectors):
        raise NotHeard(vectors)
    return _held.heard


def made(stamp: str, key: Hashable, make: Callable[[Heard], T], *, vectors: bool = False) -> T:
    """What `make` gives for the study held, made once for each `key` as long as it is held. Raises NotHeard."""
    heard = study(stamp, vectors=vectors)
    if key not in _held.made:
        _held.made[key] = make(heard)
    found: T = _held.made[key]
    return found


def let_go() -> None:
    """Hold nothing."""
    _held.let_go()
