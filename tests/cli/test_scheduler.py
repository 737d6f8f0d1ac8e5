"""`suggest … --scheduler`: texts are read by others, and where they cannot be, a sentence says so."""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from cohesion_qda.__main__ import main
from cohesion_qda.analysis import spread
from cohesion_qda.project import Project
from cohesion_qda.project.tables import Tables
from tests.benchmarks._corpus import groups
from tests.makers import code, draft, small_study


def test_without_dask_a_sentence_says_what_to_install(tmp_path, capsys, monkeypatch):
    small_study(tmp_path / "study.cqda").close()
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["suggest", str(tmp_path / "study.cqda"), "terms", "--scheduler", "local"]) != 0
    assert "pip install cohesion-qda[cluster]" in capsys.readouterr().err


@pytest.fixture
def given(monkeypatch):
    """Workers of this process; what they were given, by the address they were asked at."""
    given = []

    @contextmanager
    def workers(address):
        with ThreadPoolExecutor(1) as pool:
            yield spread.Workers(lambda function, *args: given.append(address) or pool.submit(function, *args), 1)

    monkeypatch.setattr(spread, "workers", workers)
    return given


@pytest.fixture(scope="module")
def groups_talk(tmp_path_factory):
    """A project of two groups that speak of many things, some of it coded."""
    path = tmp_path_factory.mktemp("talk") / "study.cqda"
    with Project.create(path, "empty", coder="Asha", title="Talk") as project:
        named = [[("Moderator" if who == "MOD" else who, words) for who, words in talk] for talk in groups(280)]
        project.sources.add([draft(f"Group {n}", talk) for n, talk in enumerate(named)])
        project.codebook.add("Buses")
        code(
            project,
            "Group 0",
            next(words for who, words in named[0] if who != "Moderator" and len(words) > 40),
            "Buses",
        )
    return path


@pytest.mark.parametrize(
    "what", [["terms"], ["terms", "--united"], ["themes", "--method", "nmf", "--number", "4"], ["codes"]]
)
def test_what_others_read_gives_the_same(groups_talk, given, tmp_path, capsys, what):
    printed = []
    for n, more in enumerate(([], ["--scheduler", "tcp://there:8786"])):
        path = shutil.copy(groups_talk, tmp_path / f"{n}.cqda")
        assert main(["suggest", str(path), *what, "--json", *more]) == 0
        printed.append(capsys.readouterr().out.replace(f"{n}.cqda", ""))
    assert printed[0] == printed[1] and set(given) == {"tcp://there:8786"}


@pytest.mark.parametrize("what", [["terms"], ["themes", "--method", "nmf", "--number", "4"]])
def test_the_words_of_all_are_never_held_at_once(groups_talk, given, tmp_path, monkeypatch, what):
    path = shutil.copy(groups_talk, tmp_path / "study.cqda")
    monkeypatch.setattr(Tables, "talk", lambda _self: pytest.fail("all of it is read"))
    assert main(["suggest", str(path), *what, "--scheduler", "local"]) == 0 and given


def test_what_workers_found_out_is_kept_unless_it_shall_not_be(groups_talk, given, tmp_path):
    path = shutil.copy(groups_talk, tmp_path / "study.cqda")
    for more, asked in ((["--not-kept"], 1), ([], 2), ([], 2)):
        assert main(["suggest", str(path), "terms", "--scheduler", "local", *more]) == 0
        assert len(given) == asked


@pytest.mark.parametrize(
    ("more", "address", "told"),
    [
        ([], "local", ""),
        (["tcp://127.0.0.1:8786"], "tcp://127.0.0.1:8786", ""),
        (["tls://there:8786"], "tls://there:8786", "What people said is sent to the workers of there.\n"),
        (
            ["there:8786"], "there:8786",
            "What people said is sent to the workers of there.\n"
            "It is sent unencrypted; tls:// in place of tcp:// would encrypt it.\n",
        ),
    ],
)  # fmt: skip
def test_it_says_when_words_leave_this_computer(tmp_path, capsys, monkeypatch, more, address, told):
    given = []

    @contextmanager
    def workers(to):
        given.append(to)
        with ThreadPoolExecutor(1) as pool:
            yield spread.Workers(pool.submit, 1)

    monkeypatch.setattr(spread, "workers", workers)
    Project.create(tmp_path / "empty.cqda").close()
    main(["suggest", str(tmp_path / "empty.cqda"), "terms", "--scheduler", *more])
    said = capsys.readouterr().err
    assert given == [address] and [line for line in told.splitlines() if line not in said] == []
    assert bool(told) == ("is sent" in said) and ("unencrypted" in told) == ("unencrypted" in said)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("local", ""), ("inproc://1", ""), ("tcp://localhost:1", ""), ("tcp://[::1]:8786", ""), ("127.0.0.2:8786", ""),
        ("tcp://192.168.0.4:8786", "192.168.0.4"), ("ucx://node7:1", "node7"), ("tls://[fe80::1]:2", "fe80::1"),
        ("tcp://[bad", ""),
    ],
)  # fmt: skip
def test_which_addresses_are_of_this_computer(address, host):
    assert spread.goes_to(address) == host


def test_what_was_added_since_workers_read_it_is_read(tmp_path):
    with Project.create(tmp_path / "study.cqda", "empty") as project, ThreadPoolExecutor(1) as pool:
        project.sources.add([draft("One", [("Ann", "The harbour smells of fish."), ("Bob", "The harbour is old.")])])
        project.suggestions.hearing.spread = spread.Workers(pool.submit, 1)
        first = project.suggestions.heard(vectors=False)
        project.codebook.add("Coast")
        assert project.suggestions.heard(vectors=False) is first, "the talk is the same"
        project.sources.add([draft("Two", [("Cid", "The tram is late."), ("Dee", "No tram at all.")])])
        words = project.suggestions.heard(vectors=False).words
        assert {"harbour", "tram"} <= set(words.terms) and len(project.suggestions.hearing.talk().sources) == 2
