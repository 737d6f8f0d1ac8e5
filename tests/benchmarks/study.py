"""Coding and counting: CPU time and, where the disk decides, wall time, beside a floor measured in the same run."""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from cohesion_qda.analysis import frequency
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        folder = Path(name)
        coding(folder)
        counting(folder)


def coding(folder: Path) -> None:
    """Applying one code through all layers below the window, beside the bare durable commit of this disk."""
    text = " ".join(f"word{n}" for n in range(8000))
    with Project.create(folder / "code.cqda", coder="B") as project:
        source = project.sources.add([SourceDraft("talk", "document", text)]).added[0].id
        code = project.codebook.added(project.codebook.add("Busy"))
        cpu, wall = [], []
        for n in range(200):
            at = n * 30
            start, cpu_start = time.perf_counter(), time.process_time()
            project.codings.apply(source, Span(at, at + 25), [code])
            cpu.append(time.process_time() - cpu_start)
            wall.append(time.perf_counter() - start)
        db = project._session.db
        db.execute("CREATE TABLE floor (a)")
        floor = []
        for n in range(100):
            start = time.perf_counter()
            db.execute("INSERT INTO floor VALUES (?)", [n])
            floor.append(time.perf_counter() - start)
    print(
        f"applying one code: {statistics.median(cpu) * 1000:.1f} CPU ms (bar 5), {statistics.median(wall) * 1000:.1f} ms "
        f"with its durable commit = {statistics.median(wall) / statistics.median(floor):.2f} x a bare commit here "
        f"({statistics.median(floor) * 1000:.1f} ms)"
    )


def counting(folder: Path) -> None:
    """A table of 50 codes by 10 values over 20,000 codings in 100 sources."""
    from cohesion_qda.store import codings

    chance = random.Random(5)
    project = counted_study(folder / "count.cqda", chance)
    with project:
        spans = []
        for _again in range(7):
            start = time.perf_counter()
            table = frequency.crosstab(project.tables.study(), "place")
            spans.append(time.perf_counter() - start)
        floor = []
        for _again in range(7):
            start = time.perf_counter()
            codings.rows(project._session.db)
            floor.append(time.perf_counter() - start)
    print(
        f"table of {len(table.rows)} codes x {len(table.columns)} values over {table.base.mentions:,} mentions: "
        f"{min(spans) * 1000:.0f} ms warm, {spans[0] * 1000:.0f} ms first (bar 100); reading the rows alone "
        f"{min(floor) * 1000:.0f} ms"
    )


def counted_study(path: Path, chance: random.Random) -> Project:
    """100 focus groups of 200 turns in 10 places, 50 codes, 20,000 codings."""
    from cohesion_qda.model.source import TurnDraft
    from cohesion_qda.project.session import now
    from cohesion_qda.store import codings

    project = Project.create(path, coder="B")
    drafts = []
    for n in range(100):
        text, turns = "", []
        for turn in range(200):
            start = len(text)
            text += f"this is what {n} {turn} they said about it all\n"
            turns.append(TurnDraft(Span(start, len(text) - 1), "Mod" if turn % 7 == 0 else f"P{turn % 6}"))
        drafts.append(
            SourceDraft(f"g{n}", "focus group", text, tuple(turns), {"Mod": "moderator"}, {"place": f"p{n % 10}"})
        )
    sources = [s.id for s in project.sources.add(drafts).added]
    codes = [project.codebook.added(project.codebook.add(f"code {n}")) for n in range(50)]
    with project._session.act("import-codings", n=20000):
        for _n in range(20000):
            start = chance.randrange(0, 8000)
            segment = codings.find_or_add_segment(
                project._session.db, chance.choice(sources), Span(start, start + chance.randint(10, 120))
            )
            codings.add(project._session.db, segment, chance.choice(codes), project.coder.id, now())
    return project


if __name__ == "__main__":
    main()
