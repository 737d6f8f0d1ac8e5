"""Key terms: Dunning's worked values, how many terms pass with speakers shuffled, and CPU seconds at 10,000 and 60,000 turns."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from cohesion_qda.analysis import terms, weighing
from cohesion_qda.analysis.language import Words
from cohesion_qda.analysis.sides import Side, side
from cohesion_qda.formats.watch import read_all
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.project import Project, sample
from tests.conftest import ROOT

SHARED = Path(os.environ.get("COHESION_SHARED", ROOT.parent / "shared")) / "data" / "transcripts"
REAL = ("focus_groups", "meetings", "other/practical-ai-144.md", "other/js-party-94.md")
WORKED = (((110, 2442, 111, 29114), 270.72), ((29, 13, 123, 31612), 263.90), ((10, 0, 3, 31764), 167.23))
ROUNDS = 100


def main() -> None:
    """Print every figure."""
    dunning()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        for name, words in studies(Path(folder)):
            shuffled(name, words)
            heard = words
    for turns in (10_000, 60_000):
        timed(grown(heard, turns))


def dunning() -> None:
    """His worked values, over all four cells."""
    for cells, value in WORKED:
        a, b, c, d = (np.array([float(cell)]) for cell in cells)
        n = a + b + c + d
        expected = ((a + b) * (a + c) / n, (a + b) * (b + d) / n, (c + d) * (a + c) / n, (c + d) * (b + d) / n)
        found = weighing.g_squared((a, b, c, d), expected)[0]
        print(f"G² of {cells}: {found:.2f} (Dunning 1993: {value:.2f})")


def studies(folder: Path) -> Iterator[tuple[str, Words]]:
    """The real transcripts, where they are there, and the sample study."""
    drafts = [d for d in read_all(_files()) if isinstance(d, SourceDraft)] if SHARED.is_dir() else []
    if drafts:
        with Project.create(folder / "real.cqda", coder="B") as project:
            project.sources.add(drafts)
            yield "real transcripts", project.suggestions.heard(vectors=False).words
    with sample.build(folder / "sample.cqda") as project:
        yield "sample study", project.suggestions.heard(vectors=False).words


def _files() -> list[Path]:
    paths = [SHARED / name for name in REAL]
    return [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]


def shuffled(name: str, words: Words) -> None:
    """How many terms set a random part of the speakers apart, or the others; of those that two people said at all."""
    chance = np.random.default_rng(1)
    often = int((side(words, None).voices >= 2).sum())
    for share in (0.5, 0.3, 0.15):
        passed = by_words = 0
        for _round in range(ROUNDS):
            own = (chance.permutation(words.voices) < share * words.voices)[words.voice]
            here = own[words.utterance]
            one, other = Side(words, here, own), Side(words, ~here, ~own)
            z, gate = terms.scored(one, other)
            passed += len(terms.passing(one, other, z, gate)) + len(terms.passing(other, one, -z, -gate))
            by_words += int((_by_words(one, other) >= 10.83).sum())
        print(
            f"{name}: {words.voices} speakers shuffled, {share:.0%} on one side: {passed / ROUNDS / often:.3%} of {often:,} terms "
            f"pass (bar 0.2%); by G² over words, with no gate, {by_words / ROUNDS / often:.1%} would"
        )


def _by_words(one: Side, other: Side) -> Any:
    """G² over numbers of words, as is commonly done."""
    a, b = one.mentions, other.mentions
    n_a, n_b = int(a.sum()), int(b.sum())
    expected = (a + b) * n_a / (n_a + n_b)
    return weighing.g_squared((a, b), (expected, a + b - expected))


def grown(words: Words, turns: int) -> Words:
    """The same talk again and again, by other people in other groups, with rare words of their own."""
    times, count = -(-turns // len(words.utterances)), np.bincount(words.term, minlength=len(words.terms))
    rare, n = count <= 3, len(words.terms)
    sources = max(u.source for u in words.utterances)
    cases = max((u.case or 0) for u in words.utterances)
    columns: dict[str, list[Any]] = {field.name: [] for field in fields(Words) if field.default_factory is MISSING}
    for k in range(times):
        columns["utterances"] += [
            replace(
                u, source=SourceId(u.source + k * sources), case=None if u.case is None else CaseId(u.case + k * cases)
            )
            for u in words.utterances
        ]
        columns["voice"].append(words.voice + k * words.voices)
        columns["group"].append(np.where(words.group < 0, -1, words.group + k * (int(words.group.max()) + 1)))
        columns["utterance"].append(words.utterance + k * len(words.utterances))
        columns["term"].append(np.where(rare[words.term], words.term + k * n, words.term))
        for name in ("person", "length", "sentences", "start", "end"):
            columns[name].append(getattr(words, name))
        columns["terms"] += [f"{term} {k}" if k else term for term in words.terms]
        columns["parts"] += words.parts
        columns["nominal"].append(words.nominal)
    tuples = ("utterances", "terms", "parts")
    return Words(**{name: tuple(made) if name in tuples else np.concatenate(made) for name, made in columns.items()})


def timed(words: Words) -> None:
    """CPU seconds of a comparison, and of what unites ten parts."""
    by_source: dict[int, list[tuple[int, int]]] = {}
    for u in words.utterances:
        by_source.setdefault(u.source, []).append((u.span.start, u.span.end))

    def places(rest: int) -> Any:
        rows = [(source, *one) for source, its in by_source.items() if source % 10 == rest for one in its]
        return tuple(np.array(rows, dtype=np.int64).T)

    tenth, parts = places(0), [(str(n), places(n)) for n in range(10)]
    start = time.process_time()
    found = terms.set_apart(words, tenth)
    middle = time.process_time()
    both = terms.united(words, parts)
    end = time.process_time()
    print(
        f"{len(words.utterances):,} turns, {words.voices:,} speakers, {len(words.terms):,} terms said {len(words.term):,} times: "
        f"{middle - start:.2f} CPU s to set a tenth apart ({len(found.terms)} and {len(found.against)} terms), "
        f"{end - middle:.2f} CPU s to unite ten parts ({len(both.terms)} terms); bar 1 at 10,000"
    )


if __name__ == "__main__":
    main()
