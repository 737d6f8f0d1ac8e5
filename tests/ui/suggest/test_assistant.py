"""Asking the processes that hold the study, with the real threads and processes."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import psutil
import pytest

from cohesion_qda.analysis import pipelines, resident, sentences, worker
from cohesion_qda.base.errors import UserError
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.ui.suggest.assistant import assistant_of
from tests.makers import small_study

from .asked import deaf, how_much, lost, lost_once, taken, taken_after_loss, until_stopped, who, with_vectors

WAIT = 60_000


class Asking:
    """Asks, and waits for the answer."""

    def __init__(self, qtbot, runner):
        self.qtbot, self.runner, self.assistant = qtbot, runner, assistant_of(runner)
        self.failures = []
        runner.failed.connect(self.failures.append)

    def begin(self, function, *args, **more):
        answers = []
        asked = self.assistant.ask("Asking", function, lambda _p: args, answers.append, **more)
        return asked, answers

    def now(self, function, *args, **more):
        _asked, answers = self.begin(function, *args, **more)
        self.qtbot.waitUntil(lambda: bool(answers or self.failures), timeout=WAIT)
        assert not self.failures, self.failures
        return answers[0]

    def rest(self):
        self.qtbot.waitUntil(lambda: not self.runner.is_busy, timeout=WAIT)

    def until(self, mark):
        self.qtbot.waitUntil(mark.exists, timeout=WAIT)


@pytest.fixture(scope="module")
def parsed(tmp_path_factory):
    """A small study that was heard once, so that no process has to load a pipeline for it."""
    with small_study(tmp_path_factory.mktemp("parsed") / "study.cqda") as project:
        project.codings.apply(project.sources.get("Women").id, Span(0, 9), [project.codebook.tree().get("Food").id])
        project.use_coder("Ben")
        project.codings.apply(project.sources.get("Women").id, Span(0, 9), [project.codebook.tree().get("Cuts").id])
        project.suggestions.heard(vectors=False)
        return project.path


@pytest.fixture
def study(parsed, tmp_path):
    return Path(shutil.copy(parsed, tmp_path / "study.cqda"))


@pytest.fixture
def asking(qtbot, threaded_runner, study):
    with qtbot.waitSignal(threaded_runner.opened, timeout=WAIT):
        threaded_runner.open(study)
    return Asking(qtbot, threaded_runner)


def test_the_study_is_heard_once_kept_and_heard_again_when_it_changes(asking, qtbot, study):
    runner = asking.runner
    assert assistant_of(runner) is asking.assistant
    asking.rest()
    assert not asking.assistant.has_heard
    with qtbot.waitSignal(asking.assistant.heard, timeout=WAIT):
        n, process = asking.now(how_much)
    assert n == 6 and process != os.getpid() and asking.assistant.has_heard
    assert asking.now(how_much) == (6, process)
    with qtbot.waitSignal(runner.changed):
        runner.do(lambda p: p.sources.remove(p.sources.get("Women").id))
    assert asking.now(how_much) == (2, process)
    assert asking.now(how_much, quick=True)[0] == 2
    with Project.open(study) as other:
        assert other.suggestions.hearing.is_ready(vectors=False)
        assert not other.suggestions.hearing.is_ready(vectors=True) or sentences.tier() == "words"


def test_libraries_and_files_are_not_looked_for_on_the_project_thread(asking, monkeypatch):
    asking.rest()
    project_thread, looked = [], []
    choose, maker = pipelines.choose, sentences.maker
    monkeypatch.setattr(pipelines, "choose", lambda *a: looked.append(threading.get_ident()) or choose(*a))
    monkeypatch.setattr(sentences, "maker", lambda *a: looked.append(threading.get_ident()) or maker(*a))
    asking.runner.ask(lambda _p: threading.get_ident(), project_thread.append)
    asking.assistant.look()
    asking.rest()
    assert looked and project_thread and project_thread[0] not in looked


def test_stopping_keeps_the_process_and_what_it_holds_until_the_project_is_closed(asking, qtbot, tmp_path):
    _n, process = asking.now(how_much)
    stopped = []
    asked, answers = asking.begin(until_stopped, tmp_path / "begun", stopped=lambda: stopped.append(True))
    asking.until(tmp_path / "begun")
    asked.job.cancel()  # as the status bar does it
    asking.rest()
    assert stopped == [True] and not answers and not asking.failures
    assert asking.now(how_much)[1] == process
    with qtbot.waitSignal(asking.runner.closed, timeout=WAIT):
        asking.runner.close()
    assert not psutil.pid_exists(process), "what was said in a project is nowhere held once it is closed"


def test_what_does_not_stop_loses_its_process_and_the_study_is_heard_again(asking, tmp_path):
    n, process = asking.now(how_much)
    asked, answers = asking.begin(deaf, tmp_path / "begun")
    asking.until(tmp_path / "begun")
    asked.cancel()
    asking.rest()
    again, other = asking.now(how_much)
    assert again == n and other != process and not answers
    assert not psutil.pid_exists(process) or psutil.Process(process).status() == psutil.STATUS_ZOMBIE


def test_a_process_that_is_lost_is_replaced_once_and_then_it_is_told(asking, qtbot, tmp_path):
    assert asking.now(lost_once, tmp_path / "lost")[0] == 6
    stopped = []
    asking.begin(lost, stopped=lambda: stopped.append(True))
    qtbot.waitUntil(lambda: bool(stopped), timeout=WAIT)
    [told] = asking.failures
    assert isinstance(told, UserError) and "stopped by itself twice" in told.message


def test_what_follows_the_hand_is_not_behind_a_search_and_of_one_key_the_last_is_answered(asking, qtbot, tmp_path):
    search, _never = asking.begin(until_stopped, tmp_path / "begun")
    asking.until(tmp_path / "begun")
    asking.now(how_much, quick=True)  # the other process is ready
    start = time.monotonic()
    answers = []
    for n in range(5):
        asking.assistant.ask("Ranking", who, lambda _p, n=n: (n,), answers.append, quick=True, key="codes")
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT)
    assert time.monotonic() - start < 5 and not search.is_answered
    search.cancel()
    asking.rest()
    assert answers == [4]


def test_what_is_asked_gently_starts_no_hearing(asking, qtbot):
    stopped = []

    def gently():
        answers = []
        asking.assistant.ask(
            "Asking", with_vectors, lambda _p: (), answers.append,
            stopped=lambda: stopped.append(1), quick=True, gently=True,
        )  # fmt: skip
        asking.rest()
        return answers

    assert gently() == [] and stopped == [1]
    asking.now(how_much, quick=True)
    assert asking.assistant.has_answered("how_much") and not asking.assistant.has_answered("with_vectors")
    assert gently() == [] and stopped == [1, 1], "words are held, vectors are not, and none are worked out"
    with Project.open(asking.runner.info.path) as other:
        assert not other.suggestions.hearing.is_ready(vectors=True) or sentences.tier() == "words"
    found = asking.now(with_vectors, quick=True)
    assert gently() == [found] and asking.assistant.has_answered("how_much", "with_vectors")
    with qtbot.waitSignal(asking.runner.changed):
        asking.runner.do(lambda p: p.sources.remove(p.sources.get("Women").id))
    assert gently() == [] and not asking.assistant.has_answered("with_vectors")
    assert not asking.failures


def test_what_was_coded_is_told_once_and_again_to_a_process_that_took_the_place(asking, tmp_path):
    def coded(function, *more, quick=True):
        answers = []
        asking.assistant.ask(
            "Ranking", function, lambda p: (p.proposed_codes.coded(), *more), answers.append, quick=quick
        )
        asking.qtbot.waitUntil(lambda: bool(answers or asking.failures), timeout=WAIT)
        assert not asking.failures, asking.failures
        return answers[0]

    whole, process = coded(taken)
    assert whole.codings and coded(taken) == (whole, process)
    asking.runner.do(
        lambda p: p.codings.apply(p.sources.get("Women").id, Span(12, 20), [p.codebook.tree().get("Food").id])
    )
    more, same = coded(taken)
    assert len(more.codings) == len(whole.codings) + 1 and same == process
    again, other = coded(taken_after_loss, tmp_path / "lost")
    assert again == more and other != process


def test_answers_for_another_project_are_dropped(asking, qtbot, tmp_path):
    _asked, answers = asking.begin(until_stopped, tmp_path / "begun")
    asking.until(tmp_path / "begun")
    asking.begin(how_much)  # waits behind it
    with qtbot.waitSignal(asking.runner.opened, timeout=WAIT):
        asking.runner.create(tmp_path / "other.cqda", codebook="empty")
    _asked.job.cancel()
    asking.rest()
    assert not answers and not asking.failures
    assert asking.now(how_much)[0] == 0


def test_what_was_asked_with_other_eyes_is_asked_again(asking, qtbot):
    runner, seen = asking.runner, []
    answers = []

    def question(project):
        seen.append(project.seen_coders())
        return (len(seen[-1]),)

    asking.assistant.ask("Asking", who, question, answers.append)
    runner.is_blind = True
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT)
    assert [len(some) for some in seen] == [2, 1] and answers == [1]


def test_a_project_that_is_only_read_is_heard_and_left_as_it_is(qtbot, threaded_runner, study):
    before = study.read_bytes()
    study.chmod(0o444)

    def open_(path, coder):
        return Project.open(path, read_only=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cohesion_qda.ui.runner.open_", open_)
        with qtbot.waitSignal(threaded_runner.opened, timeout=WAIT):
            threaded_runner.open(study)
    asking = Asking(qtbot, threaded_runner)
    assert asking.now(with_vectors)[0] == 6
    assert asking.now(with_vectors, quick=True)[0] == 6
    assert asking.assistant._unkept and study.read_bytes() == before


def test_at_once(runner, study):
    runner.open(study)
    answers = []
    assistant_of(runner).ask("Asking", how_much, lambda _p: (), answers.append)
    assistant_of(runner).ask(
        "Asking", worker.like, lambda p: (p.sources.get("Women").id, Span(0, 20)), answers.append, quick=True
    )
    assert answers[0] == (6, os.getpid()) and answers[1] and not runner.problems
    resident.let_go()
