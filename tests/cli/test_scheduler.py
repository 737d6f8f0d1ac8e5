"""`suggest … --scheduler`: texts are read by others, and where they cannot be, a sentence says so."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from cohesion_qda.__main__ import main
from cohesion_qda.analysis import spread
from tests.makers import small_study


def test_without_dask_a_sentence_says_what_to_install(tmp_path, capsys, monkeypatch):
    small_study(tmp_path / "study.cqda").close()
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["suggest", str(tmp_path / "study.cqda"), "terms", "--scheduler", "local"]) != 0
    assert "pip install cohesion-qda[cluster]" in capsys.readouterr().err


def test_what_others_read_gives_the_same(tmp_path, capsys, monkeypatch):
    given = []

    @contextmanager
    def workers(address):
        with ThreadPoolExecutor(1) as pool:
            yield spread.Spread(lambda function, *args: given.append(address) or pool.submit(function, *args), 1)

    monkeypatch.setattr(spread, "workers", workers)
    printed = []
    for n, more in enumerate(([], ["--scheduler", "tcp://there:8786"])):
        small_study(tmp_path / f"{n}.cqda").close()
        assert main(["suggest", str(tmp_path / f"{n}.cqda"), "terms", "--json", *more]) == 0
        printed.append(capsys.readouterr().out.replace(f"{n}.cqda", ""))
    assert printed[0] == printed[1] and given == ["tcp://there:8786"]
