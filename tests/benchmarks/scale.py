"""Suggesting on made talk of 10,000 turns and more, step by step, on one process and on a Dask LocalCluster of two:
`python3 run.py bench scale [N …] [--cluster-only | --one-only]`. Each size and way runs in a process of its own.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

USUAL = (10_000, 30_000)
FULL = (10_000, 30_000, 100_000, 300_000, 1_000_000)
WORKERS = 2


def main() -> int:
    """Print a line for each step: CPU seconds (of all processes), elapsed, and the largest memory so far of this process."""
    words = sys.argv[1:]
    if words[:1] == ["--step"]:
        measure(int(words[1]), cluster=words[2] == "cluster")
        return 0
    ways = ["cluster"] if "--cluster-only" in words else ["one"] if "--one-only" in words else ["one", "cluster"]
    sizes = [int(word) for word in words if word.isdigit()] or (FULL if "--full" in words else USUAL)
    print(
        f"scale: turns, way, step, CPU s, elapsed s, peak MB (of it, and of the largest worker); up to {max(sizes):,} turns"
    )
    return max(
        subprocess.call([sys.executable, "-m", "tests.benchmarks.scale", "--step", str(n), way])
        for n in sizes
        for way in ways
    )


def measure(turns: int, *, cluster: bool) -> None:
    """All steps on talk of that many turns."""
    from contextlib import nullcontext

    from cohesion_qda.analysis import deriving, heard, pipelines, resident, spread, worker
    from cohesion_qda.analysis.heard import Kept
    from cohesion_qda.model.theming import Recipe
    from tests.benchmarks._corpus import made_talk

    told = _Told(turns, "cluster" if cluster else "one")
    talk = told.step("made", lambda: made_talk(turns))
    info = pipelines.choose("en")
    with spread.workers(spread.LOCAL, WORKERS) if cluster else nullcontext() as some:
        work: Callable[..., Iterator[Kept]] = some.derived if some is not None else deriving.derived
        kept = told.step("parse", lambda: _gathered(work(talk.texts, Kept(), info, vectors=False)))
        kept = told.step("vectors", lambda: _gathered(work(talk.texts, kept, info), kept))
    study = told.step("words", lambda: heard.hear(talk, kept)[0])
    resident.hold("study", study, vectors=True)
    told.step("themes", lambda: worker.suggested_themes("study", Recipe()))
    told.step("terms", lambda: _terms(study))


def _gathered(parts: Iterator[Any], kept: Any = None) -> Any:
    """What is kept, part by part (added to in place: to join anew each time would cost the square)."""
    from cohesion_qda.analysis.heard import Kept

    parse, vectors = dict(kept.parse) if kept else {}, dict(kept.vectors) if kept else {}
    makers = (kept.parse_maker, kept.vectors_maker) if kept else ("", "")
    for fresh in parts:
        parse.update(fresh.parse)
        vectors.update(fresh.vectors)
        makers = fresh.parse_maker, fresh.vectors_maker
    return Kept(parse, vectors, *makers)


def _terms(study: Any) -> Any:
    """Key terms of every other source against the rest."""
    import numpy as np

    from cohesion_qda.analysis.terms import set_apart

    facts = study.talk.sources[::2]
    places = (
        np.array([fact.id for fact in facts]), np.zeros(len(facts), dtype=np.int64), np.array([fact.length for fact in facts])
    )  # fmt: skip
    return set_apart(study.words, places, None)


class _Told:
    """Runs steps, and tells what each took."""

    def __init__(self, turns: int, way: str) -> None:
        self._start = f"scale: {turns:>9,} {way:7}"

    def step(self, name: str, do: Callable[[], Any]) -> Any:
        cpu, begun = _cpu(), time.perf_counter()
        made = do()
        long = time.perf_counter() - begun
        own, largest = (
            resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        print(f"{self._start} {name:8} {_cpu() - cpu:8.1f} {long:8.1f} {own:7,} {largest:7,}", flush=True)
        return made


def _cpu() -> float:
    """CPU seconds of this process and of those it started, living and dead."""
    import psutil

    me = psutil.Process()
    times = os.times()
    living = 0.0
    for child in me.children(recursive=True):
        try:
            spent = child.cpu_times()
        except psutil.Error:
            continue
        living += spent.user + spent.system
    return times.user + times.system + times.children_user + times.children_system + living


if __name__ == "__main__":
    sys.exit(main())
