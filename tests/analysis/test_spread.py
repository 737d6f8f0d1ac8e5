"""Work spread over other processes: the same to the last bit, bounded, stopped, and never beyond this computer."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from cohesion_qda.analysis import deriving, pipelines, spread
from cohesion_qda.analysis.heard import Kept
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.jobs import Cancelled, Job

TEXTS = {
    f"hash {n}": "\n".join(
        (f"The bus to the market was late {n} times.", "Our library is the heart of the place.", "Yes.")
    )
    for n in range(7)
}
ENGLISH = pipelines.choose("en")


def gathered(parts):
    kept = Kept()
    for fresh in parts:
        kept = deriving.joined(kept, fresh)
    return kept


@pytest.fixture(scope="module")
def here():
    return gathered(deriving.derived(TEXTS, Kept(), ENGLISH))


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(spread, "BATCH", 150)


class Counted:
    """Workers of this process, of whom it is known how much they were given at once."""

    def __init__(self, pool):
        self.pool, self.given, self.most, self.taken = pool, 0, 0, 0

    def submit(self, function, *args):
        self.given += 1
        self.most = max(self.most, self.given - self.taken)
        return self.pool.submit(function, *args)


def test_it_is_the_same_wherever_it_is_done_and_never_more_than_a_few_batches_are_under_way(here, small):
    with ThreadPoolExecutor(1) as pool:
        counted = Counted(pool)
        kept = Kept()
        for fresh in spread.Workers(counted.submit, 1).derived(TEXTS, Kept(), ENGLISH):
            counted.taken += 1
            kept = deriving.joined(kept, fresh)
    assert kept == here
    assert counted.given == 7 and counted.most == spread.AHEAD


def test_what_is_kept_is_not_given_away(here, small):
    kept = Kept({**here.parse}, {**here.vectors}, here.parse_maker, here.vectors_maker)
    del kept.parse["hash 3"], kept.vectors["hash 5"]
    with ThreadPoolExecutor(1) as pool:
        fresh = gathered(spread.Workers(pool.submit, 2).derived(TEXTS, kept, ENGLISH))
        assert (list(fresh.parse), list(fresh.vectors)) == (["hash 3"], ["hash 5"])
        assert list(spread.Workers(pool.submit, 2).derived(TEXTS, here, ENGLISH)) == []


def test_it_can_be_stopped(small):
    job = Job()
    with ThreadPoolExecutor(1) as pool:
        work = spread.Workers(pool.submit, 1).derived(TEXTS, Kept(), ENGLISH, job)
        next(work)
        job.cancel()
        with pytest.raises(Cancelled):
            list(work)


def test_a_worker_with_other_language_data_is_refused():
    with pytest.raises(BadInput, match="would give other results"):
        spread.work("en", ENGLISH.key, ("another 2.0", ""), TEXTS, {})


def test_without_dask_it_says_which_extra_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadInput) as told, spread.workers("local"):
        pytest.fail("there is none")
    assert "cohesion-qda[cluster]" in told.value.hint


ON_A_CLUSTER = """
import sys

def _loopback_only(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in ("127.0.0.1", "::1"):
        raise AssertionError(arguments)
    if event == "socket.bind" and isinstance(arguments[1], tuple) and arguments[1][0] not in ("127.0.0.1", "::1"):
        raise AssertionError(arguments)

sys.addaudithook(_loopback_only)

if __name__ == "__main__":
    from cohesion_qda.analysis import deriving, far, heard, pipelines, spread
    from cohesion_qda.analysis.heard import Kept
    from cohesion_qda.base.errors import BadInput
    from cohesion_qda.model.study import Talk
    from tests.benchmarks import scale

    spread.BATCH = 150
    texts = {f"hash {n}": f"The bus was late {n} times.\\nOur library is the heart of the place." for n in range(4)}
    english = pipelines.choose("en")
    found = []
    with spread.workers("local", 1) as some:
        for work in (some.derived(texts, Kept(), english), deriving.derived(texts, Kept(), english)):
            kept = Kept()
            for fresh in work:
                kept = deriving.joined(kept, fresh)
            found.append(kept)
        print(found[0] == found[1], len(found[0].parse), len(found[0].vectors))
        made = scale.made_far(260)
        near = Talk(tuple(made.utterances), made.sources, made.cases, made.contents, dict(made.texts))
        away = far.hear(made, Kept(), "", some, found.append, vectors=False)
        print(scale._terms(away) == scale._terms(heard.hear(near, vectors=False)[0]), len(found) > 2)
    spread.WAIT = 1
    try:
        with spread.workers("tcp://127.0.0.1:9"):
            print("somebody is there")
    except BadInput as error:
        print(error.message)
"""


def test_a_cluster_on_this_computer_gives_the_same_and_hears_only_it(tmp_path):
    """In a process of its own: the tests allow no connection at all, this one only those to itself."""
    script = tmp_path / "on_a_cluster.py"
    script.write_text(ON_A_CLUSTER, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == ["True 4 4", "True True", "No Dask scheduler answers at tcp://127.0.0.1:9."], (
        done.stderr
    )
