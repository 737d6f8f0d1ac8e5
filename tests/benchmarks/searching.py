"""Searching a study of 8 million words: the first page and the count, beside the bare index in the same run.

`python3 run.py bench searching [WORDS]`. The study is generated once and kept in the system's temporary folder.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cohesion_qda.model.finding import EVERYWHERE, Scope, Tally
from cohesion_qda.model.search import as_match, parse
from cohesion_qda.model.source import SourceDraft, TurnDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from tests.conftest import ROOT

BAR = 50  # milliseconds
SLICE = 0.04  # seconds, as in ui/search/seeker.py
FEW = 100
EACH = 20_000  # words in a source
AGAIN = 9


def main() -> None:
    """Print the figures."""
    words = int(sys.argv[1]) if len(sys.argv) > 1 else 8_000_000
    path = Path(os.environ.get("TMPDIR", tempfile.gettempdir())) / f"cohesion-qda-search-{words}.cqda"
    if not path.exists():
        started = time.perf_counter()
        unfinished = path.with_name(f"unfinished-{path.name}")
        unfinished.unlink(missing_ok=True)
        build(unfinished, words)
        unfinished.rename(path)
        print(f"made a study of {words:,} words in {time.perf_counter() - started:.0f} s: {path}")
    with Project.open(path, coder="B") as project:
        if not len(project.codebook.tree()):
            code_a_little(project)
        measure(project)


def measure(project: Project) -> None:
    """Milliseconds of the processor (and on the clock) to the first 100 places and the number of lines."""
    people = project.search.choices().people
    place = Scope(attribute=("source", "place", "p3"))
    speaker = Scope(
        cases=frozenset([next(case for case, name, where in people if name == "P3" and where == "group 200")])
    )
    role = Scope(only_participants=True)
    coded = Scope(code=project.codebook.tree().get("Seldom used").id)
    print(
        f"{'':34} {'first':>7} {'CPU':>7} {'clock':>7} {'index':>7}   (ms, medians; bar {BAR} CPU; a bare MATCH, LIMIT {FEW})"
    )
    for told, typed, scope in (
        ("a common word", "the", EVERYWHERE), ("an ordinary word", "community", EVERYWHERE),
        ("a rare word", "xylophone", EVERYWHERE), ("a phrase", '"the park"', EVERYWHERE),
        ("a common phrase", '"and the"', EVERYWHERE), ("a beginning", "comm*", EVERYWHERE),
        ("a beginning of two letters", "th*", EVERYWHERE), ("all forms", "~community", EVERYWHERE),
        ("all forms, other first letters", "~go", EVERYWHERE), ("NEAR", "NEAR(park children, 5)", EVERYWHERE),
        ("OR, NOT", "(park OR bus) NOT the", EVERYWHERE), ("a common word of one speaker", "the", speaker),
        ("a common word, one place", "the", place), ("a common word, participants", "the", role),
        ("a rare word, participants", "xylophone", role), ("a rare word, one place", "xylophone", place),
        ("a common word, where coded", "the", coded), ("an ordinary word, where coded", "community", coded),
        ("a rare word, where coded", "xylophone", coded),
    ):  # fmt: skip
        tell(project, told, typed, scope)
    for typed, scope in (
        ("community", EVERYWHERE),
        ("the", EVERYWHERE),
        ("the", speaker),
        ("the", coded),
        ("community", coded),
    ):
        count_in_slices(project, typed, scope)


def count_in_slices(project: Project, typed: str, scope: Scope) -> None:
    """One line: what counting to the end costs, as the page does it, and how long the project is taken for at most."""
    tally: Tally | None = None
    slices: list[float] = []
    started = time.process_time()
    while tally is None or not tally.is_whole:
        so_far = tally
        begun = time.perf_counter()
        tally = project.search.tally(typed, scope, so_far=so_far, seconds=SLICE)
        slices.append((time.perf_counter() - begun) * 1000)
    spent = time.process_time() - started
    where = "" if scope.is_everywhere else " in a narrow scope"
    print(f"counting all of “{typed}”{where}: {tally.hits:,} places in {tally.lines:,} lines, {len(tally.people):,} of "
          f"{tally.all_people:,} people: {spent:.1f} CPU s in {len(slices)} slices, the longest {max(slices):.0f} ms")  # fmt: skip


def tell(project: Project, told: str, typed: str, scope: Scope) -> None:
    """One line of the table."""
    spent = [timed(lambda: project.search.find(typed, scope)) for _again in range(AGAIN)]
    match = as_match(parse(typed), project.search.forms)
    db = project._session.db
    bare = f"SELECT rowid FROM line_search WHERE line_search MATCH ? LIMIT {FEW}"
    floor = min(timed(lambda: db.execute(bare, [match]).fetchall())[0] for _again in range(AGAIN))
    page = project.search.find(typed, scope)
    lines = f"{page.lines:,} lines" if page.lines is not None else "counted afterwards"
    cpu, clock = (statistics.median(times) for times in zip(*spent, strict=True))
    print(f"{told:34} {spent[0][0]:7.1f} {cpu:7.1f} {clock:7.1f} {floor:7.1f}   {'' if cpu <= BAR else 'OVER '}{lines}")


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of one call: of the processor, and on the clock."""
    started, worked = time.perf_counter(), time.process_time()
    call()
    return (time.process_time() - worked) * 1000, (time.perf_counter() - started) * 1000


def code_a_little(project: Project) -> None:
    """One turn of every source with a code, so that nearly all of every source is outside its scope."""
    code = project.codebook.added(project.codebook.add("Seldom used"))
    places = [(source.id, project.sources.reading(source.id).turns[-1].span) for source in project.sources.list()]
    project.codings.apply_many(places, [code])


def build(path: Path, words: int) -> None:
    """Focus groups of 20,000 words each, of sentences of the sample study in another order, with rare words among them."""
    chance = random.Random(1)
    sentences: list[str] = []
    for file in sorted((ROOT / "sample_transcripts").glob("*.txt")):
        spoken = re.sub(r"(?m)^[^:\n]{1,30}:", "", file.read_text(encoding="utf-8"))
        sentences += [s for s in re.split(r"(?<=[.?!])\s+", spoken) if len(s.split()) > 1]
    with Project.create(path, coder="B") as project:
        for first in range(0, words // EACH, 20):
            numbers = range(first, min(first + 20, words // EACH))
            project.sources.add([group(n, sentences, chance) for n in numbers])


def group(number: int, sentences: list[str], chance: random.Random) -> SourceDraft:
    """One focus group of six people and a moderator."""
    text, turns, words = "", list[TurnDraft](), 0
    while words < EACH:
        turn = " ".join(chance.choices(sentences, k=chance.randint(1, 5)))
        if chance.random() < 0.3:
            turn += f" word{int(chance.paretovariate(0.7)) % 60_000}x"
        if chance.random() < 0.0002:
            turn += " xylophone music"
        turn = " ".join(turn.split())
        start, n = len(text), len(turns)
        text += turn + "\n"
        words += turn.count(" ") + 1
        turns.append(TurnDraft(Span(start, len(text) - 1), "Mod" if n % 7 == 0 else f"P{n % 6}"))
    return SourceDraft(
        f"group {number:03}", "focus group", text, tuple(turns), {"Mod": "moderator"}, {"place": f"p{number % 10}"},
        f"g{number}.txt", f"sha-{number}",
    )  # fmt: skip


if __name__ == "__main__":
    main()
