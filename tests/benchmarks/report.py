"""The findings report of a large study: 30 focus groups, 400 participants, 20,000 codings.

    python3 run.py bench report

Prints the CPU seconds of reading and of writing it (the bar is 30 for both), what each kind of file took, and how soon a request to stop is
heard; exits with 1 beyond the bar, or where stopping left anything behind.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.source import SourceDraft, TurnDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from tests.benchmarks._corpus import SUBJECTS, groups

BAR = 30  # CPU seconds
GROUPS, PEOPLE, CODINGS = 30, 400, 20_000
PLACES = ("Huddersfield", "Dewsbury", "Batley and Spen", "Rural", "Colne Valley", "Denby Dale")
KINDS = ("Women", "Young people", "Faith communities", "Teachers", "Newcomers")
QUESTIONS = ("What cohesion is", "What unites", "What divides")


def main() -> int:
    """Print every figure; 1 beyond the bar, or where something was left behind."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        folder = Path(name)
        with large_study(folder / "large.cqda", random.Random(5)) as project:
            spent = written(project, folder / "report", "the first time")
            written(project, folder / "again", "with the words of the talk known")
            left = stopped(project, folder / "stopped")
    return int(spent > BAR or left > 0)


def large_study(path: Path, dice: random.Random) -> Project:
    """The study: three questions with 24 codes, each with two under it; every participant with an age band; three coders."""
    project = Project.create(path, coder="Asha")
    sources = [source.id for source in project.sources.add(_drafts(dice)).added]
    bands = ("16-24", "25-44", "45-64", "65+")
    for case in project.cases.list():
        if case.kind == "participant" and case.role == "participant":
            project.cases.set_attribute(case.id, "age band", dice.choice(bands))
    codes = _codes(project)
    _code(project, dice, sources, codes)
    return project


def _drafts(dice: random.Random) -> list[SourceDraft]:
    drafts = []
    for n, talk in enumerate(groups(GROUPS * 200), 1):
        size = PEOPLE // GROUPS + (n <= PEOPLE % GROUPS)
        text, turns = "", []
        for k, (who, said) in enumerate(talk):
            person = who if who == "MOD" else f"P{(k if k < 2 * size else dice.randrange(size)) % size + 1}"
            turns.append(TurnDraft(Span(len(text), len(text) + len(said)), person))
            text += said + "\n"
        place, kind = PLACES[n % len(PLACES)], KINDS[n % len(KINDS)]
        about = {"place": place, "thematic group": kind}
        drafts.append(
            SourceDraft(f"{n:02d} {place} {kind}", "focus group", text, tuple(turns), {"MOD": "moderator"}, about)
        )
    return drafts


def _codes(project: Project) -> list[int]:
    book, found = project.codebook, []
    questions = [book.added(book.add(name, is_question=True)) for name in QUESTIONS]
    for n, subject in enumerate(SUBJECTS):
        top = book.added(book.add(subject.capitalize(), parent=questions[n % len(questions)]))
        under = [book.added(book.add(f"{subject.capitalize()}: {side}", parent=top)) for side in ("for", "against")]
        found += [top, *under]
    return found


def _code(project: Project, dice: random.Random, sources: list[int], codes: list[int]) -> None:
    from cohesion_qda.project.session import now
    from cohesion_qda.store import cases, codings

    study = project.tables.study()
    turns = [turn for turn in study.turns if study.cases[turn[3]].role == "participant"]
    with project._session.act("import-codings", n=CODINGS):
        coders = [project.coder.id, *(cases.add_coder(project._session.db, name).id for name in ("Ben", "Carys"))]
        done = 0
        while done < CODINGS:
            source, start, end, _case = dice.choice(turns)
            segment = codings.find_or_add_segment(project._session.db, source, Span(start, end))
            if codings.add(project._session.db, segment, dice.choice(codes), dice.choice(coders), now()):
                done += 1


def written(project: Project, folder: Path, when: str) -> float:
    """Write the report; gives the CPU seconds it took."""
    stages: dict[str, float] = {}
    last = [("", time.process_time())]

    def told(_done: int, _total: int, what: str) -> None:
        name, since = last[0]
        stages[name] = stages.get(name, 0.0) + time.process_time() - since
        last[0] = (what, time.process_time())

    begin, clock = time.process_time(), time.perf_counter()
    project.reports.write(folder, Job(told))
    spent = time.process_time() - begin
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(
        f"report of {CODINGS:,} codings, {PEOPLE} participants, {GROUPS} groups, {when}: {spent:.1f} CPU s (bar {BAR}), "
        f"{time.perf_counter() - clock:.1f} s on the clock, {size:.1f} MB"
    )
    for what, seconds in sorted(stages.items(), key=lambda pair: -pair[1])[:8]:
        print(f"  {seconds:5.1f} CPU s until after “{what or 'the beginning'}”")
    return spent


def stopped(project: Project, folder: Path) -> int:
    """Ask to stop two seconds after the beginning; gives how many files were left behind."""
    job = Job()
    asked = [0.0]

    def stop() -> None:
        asked[0] = time.perf_counter()
        job.cancel()

    threading.Timer(2, stop).start()
    try:
        project.reports.write(folder, job)
    except Cancelled:
        print(f"  stopped {time.perf_counter() - asked[0]:.1f} s after it was asked to")
    left = [path for path in folder.parent.iterdir() if "stopped" in path.name]
    print(f"  left behind: {len(left)}")
    return len(left)


if __name__ == "__main__":
    sys.exit(main())
