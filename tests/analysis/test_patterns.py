"""Regular expressions in a process of their own, stopped when they take for ever."""

from __future__ import annotations

import threading
import time

import pytest

from cohesion_qda.analysis import patterns
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.jobs import Cancelled, Job

FOR_EVER = r"(\w+\s?)+!"
LONG = {1: "word " * 40}


def test_places_are_code_points_inside_lines() -> None:
    texts = {1: "😀 Bus and buses\nbus\nno", 2: "nothing", 3: "a bus"}
    found = patterns.find(r"bus(es)?$|^\S+ bus", texts)
    assert {n: [s.of(texts[n]) for s in patterns.spans(found, n)] for n in texts} == {
        1: ["😀 Bus", "buses", "bus"], 2: [], 3: ["a bus"],
    }  # fmt: skip
    assert patterns.find_here("x*", {1: "aaxx"}) == {1: [(2, 4)]}, "places without length are none"
    assert sum(map(len, patterns.find_here(".", {1: "a" * 9000}).values())) == patterns.MOST + 1


def test_a_pattern_that_takes_for_ever_is_stopped_with_a_sentence() -> None:
    with pytest.raises(BadInput, match="took longer than 0 seconds and was stopped"):
        patterns.find(FOR_EVER, LONG, seconds=0.4)


def test_it_can_be_cancelled() -> None:
    job = Job()
    stop = threading.Timer(0.2, job.cancel)
    stop.start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        patterns.find(FOR_EVER, LONG, job, seconds=60)
    stop.join()
    assert time.monotonic() - started < 30


def test_a_process_that_ends_by_itself_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_CHILD", "raise SystemExit(3)")
    with pytest.raises(BadInput, match="crash"):
        patterns.find("bus", {1: "bus"})
