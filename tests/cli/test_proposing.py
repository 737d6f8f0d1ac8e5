"""Codes proposed in a shell: passages for a code or for all, why, and how far they can be trusted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cohesion_qda.analysis import sentences
from cohesion_qda.project import Project
from tests.cli.test_commands import Shell, shell  # noqa: F401
from tests.makers import code, draft
from tests.project.test_proposed_codes import ASKED, BUSES, FOOD, talk


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("proposing") / "study.cqda"
    with Project.create(path, "empty", coder="Asha") as made:
        made.sources.add([draft("North", talk(0)), draft("South", talk(4)), draft("West", talk(8))])
        top = made.codebook.added(made.codebook.add("What divides"))
        for name in ("Buses", "Roofs"):
            made.codebook.add(name, top)
        for source in ("North", "South"):
            for words in (*BUSES[:4], FOOD[0]):
                code(made, source, words, "What divides/Buses" if words in BUSES else "What divides/Roofs")
        made.suggestions.heard()
    return path


@pytest.fixture
def study(shell: Shell, built: Path) -> Shell:  # noqa: F811
    shutil.copy(built, shell.study)
    return shell


def test_passages_for_a_code(study: Shell) -> None:
    (found,) = study.json("suggest", study.study, "codes", "--for", "What divides/Buses", "--number", "4")["codes"]
    assert (found["code"], found["examples"], found["candidates"]) == ("What divides/Buses", 8, 37)
    quotes = [one["quote"] for one in found["proposals"]]
    assert len(quotes) == 4 and set(quotes) <= set(BUSES)
    first = found["proposals"][0]
    assert first.keys() == {"source", "start", "end", "quote", "score", "chance", "why"}
    assert 0 <= first["chance"] <= 1 and first["why"]["words"] and first["why"]["nearest"][0]["quote"] in BUSES
    assert found["honesty"]["is_enough"] and found["honesty"]["sentence"].startswith("Of the ten")


def test_every_code_and_never_the_moderator(study: Shell) -> None:
    found = study.json("suggest", study.study, "codes", "--number", "200")
    assert found["tier"] in ("minilm", "words")
    assert [one["code"] for one in found["codes"]] == ["What divides", "What divides/Buses", "What divides/Roofs"]
    for one in found["codes"]:
        assert len(one["proposals"]) == one["candidates"] and ASKED not in [p["quote"] for p in one["proposals"]]
    assert found["codes"][0]["examples"] == 0
    with_branch = study.json("suggest", study.study, "codes", "--for", "What divides", "--branch")["codes"][0]
    assert with_branch["examples"] == 10


def test_in_print_each_passage_says_why(study: Shell) -> None:
    out = study.run("suggest", study.study, "codes", "--for", "What divides/Buses", "--number", "1")[0]
    lines = out.splitlines()
    assert lines[0].startswith("What divides/Buses: Of the ten it would suggest next, expect")
    assert "Speaking for it: " in out and "which is coded so." in out
    assert lines[-1] == "Suggested, not yet checked by a person."


def test_evaluating_says_how_it_was_measured(study: Shell) -> None:
    found = study.json("evaluate", study.study)
    of = {one["code"]: one for one in found["codes"]}
    buses = of["What divides/Buses"]
    assert (buses["examples"], buses["held_back"], buses["held_back_by"], buses["is_enough"]) == (8, 8, "source", True)
    assert 0 <= buses["expected_low"] <= buses["expected"] <= 10 and buses["precision_at_10"] > buses["by_chance"]
    assert of["What divides/Roofs"]["lacking"] == 3 and of["What divides/Roofs"]["precision_at_10"] is None
    assert "held back" in found["how"]
    out = study.run("evaluate", study.study)[0]
    assert "Not enough examples: code at least 3 more passages by at least two participants." in out
    assert "Learnt from 8 passages; held back: precision at 10 " in out


def test_a_code_that_is_not_there_and_an_empty_codebook(study: Shell, tmp_path: Path) -> None:
    assert "Bussses" in study.refused("suggest", study.study, "codes", "--for", "Bussses")
    with Project.create(tmp_path / "empty.cqda", "empty", coder="Asha"):
        pass
    assert "There is no code to propose passages for." in study.refused("suggest", tmp_path / "empty.cqda", "codes")
    assert "There is no code to measure." in study.run("evaluate", tmp_path / "empty.cqda")[0]


def test_without_sentence_vectors_words_alone_propose_and_that_is_said(
    study: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentences, "_folder", lambda: None)
    out, err = study.run("suggest", study.study, "codes", "--for", "What divides/Buses", "--number", "3", "--json")
    found = json.loads(out)
    assert found["tier"] == "words" and "The file of sentence vectors is not there." in err
    assert {one["quote"] for one in found["codes"][0]["proposals"]} & set(BUSES)


def test_of_a_code_with_others_under_it_it_is_said_that_they_do_not_count(study):
    said = "Only what is coded with “What divides” itself counts here; --branch takes the codes under it, too."
    assert said in study.run("suggest", study.study, "codes", "--for", "What divides")[1]
    assert said not in study.run("suggest", study.study, "codes", "--for", "What divides", "--branch")[1]
