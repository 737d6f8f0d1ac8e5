"""Counting and comparing: every kind of answer over 20,000 codings, and the heavy ones over 1,000,000.

`python3 run.py bench counting [few|many] [--profile KIND]`. The study is made in memory: 50 codes in 100 focus groups
of 100 sources, 8 people and a moderator in each, two coders. Milliseconds warm (the study is read, the first answer was
given), the median of several, on the clock and (what is held against the bar) of the processor; beside them the same as
a multiple of a floor: one bare pass of numpy over the codings, sorted by code and place, in the same run. Memory is the
most the process ever held.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from cohesion_qda.model.answer import Answer
from cohesion_qda.model.asked import KINDS, Asked
from cohesion_qda.model.case import Case, Coder
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.framework import Summaries
from cohesion_qda.model.ids import CaseId, CodeId, CoderId, QuestionId, SourceId
from cohesion_qda.model.query import Having
from cohesion_qda.model.section import GuideQuestion
from cohesion_qda.model.study import SourceFacts, StudyData
from cohesion_qda.model.table import QUESTION
from cohesion_qda.report.answers.material import Material
from tests.benchmarks.speech import WORDS

N_CODES, N_SOURCES, N_PEOPLE, N_TURNS = 50, 100, 8, 200
SIZES = {"few": 20_000, "many": 1_000_000}
BARS = {
    "few": dict.fromkeys((*KINDS, "overlap"), 150),
    "many": {"frequencies": 2_000, "crosstab": 2_000, "overlap": 5_000},
}
MEMORY = 1_000  # megabytes
ASKED: dict[str, Asked] = {
    "frequencies": Asked("frequencies"),
    "frequencies, words": Asked("frequencies", unit="words", branch=True),
    "crosstab": Asked("crosstab", by=("group",), share="column"),
    "crosstab, nested": Asked("crosstab", by=("place", "age"), unit="turns"),
    "crosstab, question": Asked("crosstab", by=(QUESTION,)),
    "crosstab, filtered": Asked("crosstab", by=("age",), where=(Having("source", "place", ("place 2", "place 3")),)),
    "crosstab, tested": Asked("crosstab", by=("place",), options={"test": "fisher"}),
    "cooccurrence, overlap": Asked("cooccurrence", options={"how": "overlap"}),
    "cooccurrence, turn": Asked("cooccurrence", options={"how": "turn"}),
    "cooccurrence, near": Asked("cooccurrence", options={"how": "near", "turns": 1}),
    "dynamics": Asked("dynamics", options={"agrees": (1,), "dissents": (2,)}),
    "portrait": Asked("portrait", options={"source": 1}),
    "timeline": Asked("timeline", options={"date": "held"}),
    "saturation": Asked("saturation"),
    "agreement": Asked("agreement", coders=("A", "B"), options={"over": "turns"}),
    "framework": Asked("framework", options={"cases": "groups"}),
}  # fmt: skip
MANY = (
    "frequencies", "frequencies, words", "crosstab", "crosstab, nested", "crosstab, filtered", "cooccurrence, overlap",
)  # fmt: skip
FILTERS: tuple[dict[str, Any], ...] = (
    *({"where": (Having("source", "place", (f"place {n}",)),)} for n in range(6)),
    *({"where": (Having("section", QUESTION, (f"Question {n}?",)),)} for n in (1, 2, 3)),
    {"where": (Having("section", QUESTION, ("Question 1?", "Question 3?")), Having("participant", "age", ("10s", "40s")))},
    {"where": (Having("participant", "age", ("10s", "20s", "30s")),)}, {"coders": ("A",)},
)  # fmt: skip


def main() -> None:
    """Print both, each in a process of its own; or the one that is named."""
    named = [word for word in sys.argv[1:] if word in SIZES]
    if not named:
        for size in SIZES:
            subprocess.check_call([sys.executable, "-m", "tests.benchmarks.counting", size, *sys.argv[1:]])
        return
    size = named[0]
    began = time.perf_counter()
    material = made(SIZES[size])
    print(
        f"{SIZES[size]:,} codings of {N_CODES} codes in {N_SOURCES} sources (made in {time.perf_counter() - began:.1f} s)"
    )
    if "--profile" in sys.argv:
        profile(material, sys.argv[sys.argv.index("--profile") + 1])
    else:
        measure(material, size)


def measure(material: Material, size: str) -> None:
    """Print a line for each answer, and the memory."""
    again = 7 if size == "few" else 3
    least = floor(material.data, again)
    print(
        f"{'':24} {'first':>7} {'clock':>7} {'warm':>7} {'bar':>6} {'x floor':>8}   (ms; the floor takes {least:.1f})"
    )
    for name in ASKED if size == "few" else MANY:
        kind, _comma, how = name.partition(", ")
        ask = asking(material, ASKED[name])
        first, *spans = [clocked(ask) for _again in range(again + 1)]
        bars = BARS[size]
        bar = bars.get(how, bars.get(kind, 0))
        clock, warm = (statistics.median(span[n] for span in spans) for n in (0, 1))
        print(
            f"{name:24} {first[0]:7.0f} {clock:7.0f} {warm:7.0f} {bar:6} {warm / least:8.1f}{'' if warm <= bar else '   OVER'}"
        )
    if size == "few":
        hiding(material)
        stored()
    else:
        filtered(material)
    print(f"{'memory':24} {'':7} {'':7} {peak():7.0f} {MEMORY if size == 'many' else '':6}   MB at most")


def filtered(material: Material) -> None:
    """One filter after the other, each another: what is kept of them must not grow."""
    spans = [clocked(asking(material, Asked("frequencies", **one)))[1] for one in FILTERS]
    print(
        f"{'filters, each another':24} {max(spans):7.0f} {'':7} {statistics.median(spans):7.0f}   (the slowest; the median)"
    )


def hiding(material: Material) -> None:
    """Small numbers hidden in the table of 50 codes by 100 groups, with shares."""
    from cohesion_qda.report.hiding import hide

    answer = asking(material, ASKED["crosstab"])()
    say("hide, 50 x 100", lambda: hide(answer, 5), 1_000)


def stored() -> None:
    """Through `project.answers.ask`, the database included: warm, and first after something was coded."""
    from cohesion_qda.model.text import Span
    from tests.benchmarks.study import counted_study

    with (
        tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder,
        counted_study(Path(folder) / "count.cqda", random.Random(5)) as project,
    ):
        source, code = project.tables.study().sources[0].id, next(iter(project.codebook.tree())).id
        for name, asked in (("frequencies", Asked("frequencies")), ("crosstab", Asked("crosstab", by=("place",)))):
            say(f"stored, {name}", lambda asked=asked: project.answers.ask(asked))  # type: ignore[misc]
            spans = []
            for n in range(5):
                project.codings.apply(source, Span(n, n + 9), [code])
                spans.append(clocked(lambda asked=asked: project.answers.ask(asked)))  # type: ignore[misc]
                project.history.undo()
            clock, own = (statistics.median(span[n] for span in spans) for n in (0, 1))
            print(f"{'   after a coding':24} {'':7} {clock:7.0f} {own:7.0f}")


def say(name: str, do: Callable[[], object], bar: int = 150) -> None:
    """Print a line: the first, and the median of several after it."""
    first, *spans = [clocked(do) for _again in range(8)]
    clock, own = (statistics.median(span[n] for span in spans) for n in (0, 1))
    print(f"{name:24} {first[0]:7.0f} {clock:7.0f} {own:7.0f} {bar:6}{'' if own <= bar else '            OVER'}")


def asking(material: Material, asked: Asked) -> Callable[[], Answer]:
    """How to ask it."""
    module = import_module(f"cohesion_qda.report.answers.{asked.kind}")
    return lambda: module.answer(material, asked)


def clocked(do: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock and of the processor."""
    start, own = time.perf_counter(), time.process_time()
    do()
    return (time.perf_counter() - start) * 1000, (time.process_time() - own) * 1000


def floor(data: StudyData, again: int) -> float:
    """Milliseconds of the least that any count does: the codings sorted by code and place, and told apart."""
    import numpy as np

    from cohesion_qda.analysis.grid import grid

    g = grid(data)

    def once() -> None:
        key = g.code * (int(g.end.max()) + 1) + g.start
        key.sort()
        np.count_nonzero(np.diff(key))

    return statistics.median(clocked(once)[1] for _again in range(again))


def profile(material: Material, name: str) -> None:
    """Where the time of a warm answer goes."""
    ask = asking(material, ASKED[name])
    ask()
    with cProfile.Profile() as profiler:
        ask()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(35)


def peak() -> float:
    """Megabytes that the process held at most."""
    import psutil

    info = psutil.Process().memory_info()
    if hasattr(info, "peak_wset"):
        return info.peak_wset / 1e6
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


# -- the study -----------------------------------------------------------------------------------------------------------


def made(n: int) -> Material:
    """A study of so many codings, and its texts."""
    chance = random.Random(5)
    text, turns = made_talk(chance)
    data = StudyData(
        sources=tuple(
            SourceFacts(
                SourceId(s), f"Group {s}", "focus group", CaseId(s), len(text), text.count(" ") + 1,
                {"place": f"place {s % 10}", "group": f"Group {s}", "held": f"2026-{s % 12 + 1:02}-{s % 28 + 1:02}"},
            )
            for s in range(1, N_SOURCES + 1)
        ),
        cases={case.id: case for case in made_cases()},
        codes=CodeTree([
            Code(CodeId(c), None if c % 5 == 1 else CodeId(c - (c - 1) % 5), f"code {c}", "navy", position=c)
            for c in range(1, N_CODES + 1)
        ]),
        coders=(Coder(CoderId(1), "A"), Coder(CoderId(2), "B")),
        turns=tuple(
            (s, start, end, 1000 + (s * 10) + who) for s in range(1, N_SOURCES + 1) for start, end, who in turns
        ),
        codings=tuple(made_codings(chance, n, len(text))),
        sections=tuple(
            (s, q * len(text) // 4, (q + 1) * len(text) // 4, f"Question {q + 1}?")
            for s in range(1, N_SOURCES + 1) for q in range(4)
        ),
        questions=tuple(GuideQuestion(QuestionId(q), q, f"Question {q + 1}?") for q in range(4)),
    )  # fmt: skip
    reads = {
        "words": once(lambda: {fact.id: starts for starts in [word_starts(text)] for fact in data.sources}),
        "imported": lambda: {fact.id: "2026-03-04T10:00:00+00:00" for fact in data.sources},
        "coded_at": once(lambda: {row[0]: "2026-05-06T10:00:00+00:00" for row in data.codings}),
        "weights": dict,
        "summaries": Summaries,
        "settlements": list,
        "settled": frozenset,
    }
    return Material(data, "Counting", "2026-11-21T12:00:00+00:00", lambda _source: text, reads)


def once(make: Callable[[], object]) -> Callable[[], object]:
    """As the project gives it: read the first time only."""
    kept: list[object] = []
    return lambda: kept[0] if kept else kept.append(make()) or kept[0]


def word_starts(text: str) -> object:
    """Where its words begin."""
    from cohesion_qda.analysis.words import word_starts

    return word_starts(text)


def made_talk(chance: random.Random) -> tuple[str, list[tuple[int, int, int]]]:
    """A text, and (start, end, who) of its turns; 0 moderates."""
    parts, turns, at = [], [], 0
    for n in range(N_TURNS):
        said = " ".join(chance.choices(WORDS, k=chance.randint(5, 90)))
        parts.append(said)
        turns.append((at, at + len(said), 0 if n % 7 == 0 else chance.randint(1, N_PEOPLE)))
        at += len(said) + 1
    return "\n".join(parts), turns


def made_cases() -> Iterator[Case]:
    """A hundred groups, and who sat in them."""
    for s in range(1, N_SOURCES + 1):
        yield Case(CaseId(s), f"Group {s}", "group", "", None)
        for who in range(N_PEOPLE + 1):
            role, age = ("participant", {"age": f"{10 * who}s"}) if who else ("moderator", {})
            yield Case(CaseId(1000 + s * 10 + who), f"P{who}", "participant", role, CaseId(s), age)


def made_codings(chance: random.Random, n: int, length: int) -> Iterator[tuple[int, int, int, int, int, int]]:
    """So many, sorted by source, start and end."""
    each = max(1, n // N_SOURCES)
    coding = 0
    for s in range(1, N_SOURCES + 1):
        starts = sorted(
            (start, start + chance.randint(10, 300)) for start in chance.choices(range(length - 300), k=each)
        )
        for start, end in starts:
            coding += 1
            yield coding, s, start, end, chance.randint(1, N_CODES), chance.randint(1, 2)


if __name__ == "__main__":
    main()
