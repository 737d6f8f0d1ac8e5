"""What is suggested hangs on what was said alone: not on how a process orders its sets, nor on the order in which sources came."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.analysis.wordlist import word_list
from cohesion_qda.model.cloud import BY, CloudWish
from cohesion_qda.model.selection import ALL
from cohesion_qda.project import Project
from tests.conftest import ROOT
from tests.makers import code, draft

PARKS = ("The old park is our best place.", "Children play in the park.", "The park benches are broken again.")
BUSES = ("The last bus goes at six.", "Our bus fare went up again.", "No bus on a Sunday for the old people.")
FOOD = ("We share a meal every Friday.", "My neighbour brings samosas and rice.", "The community kitchen feeds us all.")
ASKED = "What about the zeppelin and the bus?"


def group(turn: int, own: str) -> list[tuple[str, str]]:
    """Five people and a moderator: everything is said, each time by others, and all add the same of their place."""
    said = [*PARKS, *BUSES, *FOOD, "The community centre is where we meet."]
    added = [f"{words} {own}" if n < 5 else words for n, words in enumerate(said)]
    return [("Moderator", ASKED), *((f"P{turn}{(n + turn) % 5}", words) for n, words in enumerate(added))]


GROUPS = {
    "Hull 1": (1, "The harbour smells of fish."), "Hull 2": (2, "We walk along the harbour."),
    "Leeds 1": (3, "The tram never came to Leeds."), "Leeds 2": (4, "A tram line would help."),
}  # fmt: skip


def make(path: Path, names: Sequence[str]) -> Path:
    """The study, its sources taken in in this order; parks and buses are coded in two of them."""
    with Project.create(path, "empty", coder="Asha") as project:
        for name in names:
            project.sources.add([draft(name, group(*GROUPS[name]), place=name.split()[0])])
        for name in ("Parks", "Buses"):
            project.codebook.add(name)
        for source in ("Hull 1", "Leeds 2"):
            for said, name in ((PARKS, "Parks"), (BUSES, "Buses")):
                for words in said:
                    code(project, source, words, name)
        project.suggestions.heard()
    return path


def terms(project: Project) -> dict[str, Any]:
    """What sets apart, what unites, clouds, lines, the word list: with all their numbers."""
    verbs, parks = project.key_terms, project.codebook.tree().get("Parks").id
    hull = verbs.selection(where=[("place", ["Hull"])])

    def told(found: Sequence[Any]) -> list[Any]:
        return [[t.key, t.term, t.score, repr(t.count), repr(t.base), repr(t.rest), len(t.passages)] for t in found]

    clouds = [project.clouds.cloud(CloudWish(chosen, by)) for by in BY for chosen in (ALL, hull)]
    apart = [verbs.terms(hull), verbs.terms(verbs.selection([parks]))]
    return {
        "apart": [[told(found.terms), told(found.against)] for found in apart],
        "united": told(verbs.united("place").terms), "widest": told(verbs.widest().terms),
        "clouds": [[repr(word) for word in cloud.words] for cloud in clouds],
        "words": repr(word_list(project.suggestions.heard(vectors=False))),
        "pairs": repr(project.clouds.pairs()), "near": repr(project.clouds.concordance("park").near),
    }  # fmt: skip


def codes(project: Project) -> dict[str, Any]:
    """Every passage that could be proposed for each code, with its score, and how far that can be trusted."""
    found = {}
    for name in ("Parks", "Buses"):
        one = project.codebook.tree().get(name).id
        ranked = project.proposed_codes.ranked(one, 1000).proposals
        honesty = project.proposed_codes.honesty([one])[0]
        found[name] = [
            [[round(p.score, 4), project.sources.get(p.source).name, p.span.start, p.span.end] for p in ranked],
            [honesty.tested, honesty.split, honesty.parts, honesty.precision, honesty.recall, honesty.sentence],
        ]
    return found


def everything(path: Path | str) -> str:
    """All of it, in order, as text."""
    with Project.open(path, read_only=True) as project:
        at = project.sources.get("Hull 1").id
        like = project.suggestions.like(at, project.codings.find_quote(at, PARKS[0]), 50)
        ranked = {
            name: [repr(p) for p in project.proposed_codes.ranked(project.codebook.tree().get(name).id, 9).proposals]
            for name in ("Parks", "Buses")
        }
        lines = repr(project.clouds.concordance("bus"))
        return json.dumps([terms(project), codes(project), ranked, repr(like), lines], indent=1)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("same") / "study.cqda", list(GROUPS))


def test_a_process_that_orders_its_sets_otherwise_finds_the_same(study: Path) -> None:
    here = everything(study)
    assert "community centre" in here and "zeppelin" not in here
    apart = json.loads(here)[0]["apart"]
    assert [[term[1] for term in side] for side in apart[0]] == [["harbour"], ["tram"]]
    script = "import sys; from tests.project.test_suggesting_same import everything; print(everything(sys.argv[1]))"
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    there = subprocess.run(
        [sys.executable, "-c", script, str(study)], capture_output=True, encoding="utf-8", check=False, cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert there.returncode == 0, there.stderr
    assert there.stdout.strip() == here


def test_the_order_in_which_sources_came_changes_nothing(study: Path, tmp_path: Path) -> None:
    other = make(tmp_path / "turned.cqda", list(reversed(GROUPS)))
    with Project.open(study, read_only=True) as one, Project.open(other, read_only=True) as turned:
        assert terms(one) == terms(turned)
        told, again = codes(one), codes(turned)
        for name, (passages, honesty) in told.items():
            assert sorted(again[name][0]) == sorted(passages) and again[name][1] == honesty
