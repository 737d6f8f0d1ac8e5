"""Suggesting on made talk of 10,000 turns and more, step by step: `python3 run.py bench scale [N …] [--full] [--tier words]
[--cluster-only | --one-only]`. Each size and way runs in a process of its own and prints each line as it comes.

*one* is what the command does by itself: all in one process. *cluster* is `suggest … --scheduler local`: texts go to two workers
of a Dask LocalCluster in batches, and what comes back lies on disk. Both must find the same terms and themes (`found`).
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

USUAL = (10_000, 30_000)
FULL = (10_000, 30_000, 100_000, 300_000, 1_000_000)
WORKERS = 2
LARGE = 100_000  # above it turns are as short as here below, and *one* is not run
SHORT_ENOUGH = 5  # of ten turns that the corpus makes, so many are cut to their first sentence


def main() -> int:
    """Print a line for each step: CPU seconds (of all processes), elapsed, peak memory of this process and of the largest worker."""
    words = sys.argv[1:]
    if words[:1] == ["--step"]:
        measure(int(words[1]), cluster=words[2] == "cluster", vectors=words[3] == "minilm")
        return 0
    tier = "words" if "words" in words else "minilm"
    sizes = [int(word) for word in words if word.isdigit()] or (FULL if "--full" in words else USUAL)
    print(
        f"scale: tier {tier}; turns, way, step, CPU s, elapsed s, peak MB of it and of the largest worker", flush=True
    )
    failed = 0
    for n in sizes:
        ways = ["cluster"] if "--cluster-only" in words else ["one"] if "--one-only" in words else ["one", "cluster"]
        for way in ways:
            if not (way == "one" and n > LARGE):
                command = [sys.executable, "-m", "tests.benchmarks.scale", "--step", str(n), way, tier]
                failed = max(failed, subprocess.call(command))
    return failed


def measure(turns: int, *, cluster: bool, vectors: bool) -> None:
    """All steps on talk of that many turns."""
    from cohesion_qda.analysis import far, heard, spread, themes
    from cohesion_qda.analysis.heard import Kept
    from cohesion_qda.model.theming import Recipe

    told = _Told(turns, "cluster" if cluster else "one")
    far_talk = told.step("made", lambda: made_far(turns))
    if cluster:
        with spread.workers(spread.LOCAL, WORKERS) as some:
            study = told.step("hear", lambda: far.hear(far_talk, Kept(), "", some, Kept, vectors=vectors))
    else:
        talk = type(far_talk)(
            tuple(far_talk.utterances), far_talk.sources, far_talk.cases, far_talk.contents, dict(far_talk.texts)
        )
        study = told.step("hear", lambda: heard.hear(talk, Kept(), vectors=vectors)[0])
    terms = told.step("terms", lambda: _terms(study))
    told.say("found", f"{len(terms.terms)} terms {_digest(terms)}")
    model = told.step("themes", lambda: themes.themes(study, Recipe()))
    told.say("found", f"{len(model.themes)} themes of {len(model.units):,} units {_digest(model.themes)}")


def _digest(found: Any) -> str:
    return sha256(repr(found).encode()).hexdigest()[:12]


def _terms(study: Any) -> Any:
    """Key terms of every other source against the rest."""
    import numpy as np

    from cohesion_qda.analysis.terms import set_apart

    facts = study.talk.sources[::2]
    places = (
        np.array([fact.id for fact in facts]), np.zeros(len(facts), dtype=np.int64), np.array([fact.length for fact in facts])
    )  # fmt: skip
    return set_apart(study.words, places, None)


# -- made talk that memory does not hold ------------------------------------------------------------------------------------


def made_far(turns: int) -> Any:
    """Focus groups of 200 short turns (about ten words), each with people of its own; their texts lie in a file."""
    from cohesion_qda.analysis.shelf import Shelf
    from cohesion_qda.model.case import Case
    from cohesion_qda.model.ids import CaseId, SourceId
    from cohesion_qda.model.study import SourceFacts, Talk
    from cohesion_qda.model.text import Span
    from cohesion_qda.model.turns import Texts, Turns
    from tests.benchmarks._corpus import groups

    shelf, contents, sources, cases = Shelf(), {}, [], {}
    texts = Texts((), lambda content: shelf[content].decode())
    utterances = Turns(contents, texts)
    dice = random.Random(turns)
    for n, talk in enumerate(groups(turns), 1):
        source, group, at = SourceId(n), CaseId(n * 100), 0
        cases[group] = Case(group, f"Group {n}", "group", "", None)
        said = [(who, _short(words, dice)) for who, words in talk]
        people = {who: CaseId(n * 100 + k) for k, who in enumerate(sorted({who for who, _words in said}), 1)}
        for who, case in people.items():
            role = "moderator" if who == "MOD" else "participant"
            cases[case] = Case(case, f"{who} of {n}", "participant", role, group)
        for who, words in said:
            utterances.add(source, Span(at, at + len(words)), people[who], cases[people[who]].role)
            at += len(words) + 1
        text = "\n".join(words for _who, words in said)
        content = sha256(text.encode()).hexdigest()
        shelf.put(content, text.encode())
        contents[source] = content
        sources.append(SourceFacts(source, f"Group {n}", "focus group", group, len(text), len(text.split()), {}))
    held = Texts(contents.values(), lambda content: shelf[content].decode())
    utterances._texts = held
    return Talk(utterances, tuple(sources), cases, contents, held)


def _short(words: str, dice: random.Random) -> str:
    return words.split(". ")[0].rstrip(".") + "." if dice.randrange(10) < SHORT_ENOUGH else words


# -- measuring --------------------------------------------------------------------------------------------------------------


class _Told:
    """Runs steps, and tells what each took."""

    def __init__(self, turns: int, way: str) -> None:
        self._start = f"scale: {turns:>9,} {way:7}"

    def step(self, name: str, do: Callable[[], Any]) -> Any:
        cpu, begun = _cpu(), time.perf_counter()
        with _Peaks() as peaks:
            made = do()
        long = time.perf_counter() - begun
        spent = max(_cpu() - cpu, peaks.cpu - cpu)
        print(f"{self._start} {name:8} {spent:8.1f} {long:8.1f} {peaks.own:7,} {peaks.worker:7,}", flush=True)
        return made

    def say(self, name: str, what: str) -> None:
        print(f"{self._start} {name:8} {what}", flush=True)


class _Peaks:
    """The largest memory (MB) of this process and of any one it started, looked at again and again while they live."""

    def __init__(self) -> None:
        self.own = self.worker = 0
        self.cpu = 0.0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _Peaks:
        self._thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        import psutil

        me = psutil.Process()
        while True:
            self.own = max(self.own, me.memory_info().rss >> 20)
            for child in _children(me):
                try:
                    self.worker = max(self.worker, child.memory_info().rss >> 20)
                except psutil.Error:
                    continue
            self.cpu = max(self.cpu, _cpu())
            if self._end.wait(0.3):
                return


def _children(me: Any) -> Iterator[Any]:
    import psutil

    try:
        yield from me.children(recursive=True)
    except psutil.Error:
        return


def _cpu() -> float:
    """CPU seconds of this process and of those it started, living and dead."""
    import psutil

    times = os.times()
    living = 0.0
    for child in _children(psutil.Process()):
        try:
            spent = child.cpu_times()
        except psutil.Error:
            continue
        living += spent.user + spent.system
    return times.user + times.system + times.children_user + times.children_system + living


if __name__ == "__main__":
    tempfile.tempdir = os.environ.get("COHESION_BENCH_TMP") or None
    sys.exit(main())
