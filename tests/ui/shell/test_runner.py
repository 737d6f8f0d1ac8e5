from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from cohesion_qda.base.errors import BadInput, NotAProject, ProjectMissing
from cohesion_qda.base.jobs import Job
from cohesion_qda.ui import runner as runner_module
from cohesion_qda.ui.runner import Runner


@pytest.fixture
def opened(threaded_runner: Runner, qtbot, tmp_path: Path) -> Runner:
    with qtbot.waitSignal(threaded_runner.opened):
        threaded_runner.create(tmp_path / "study.cqda", codebook="empty", title="Study")
    return threaded_runner


def _slow_square(number: int, job: Job) -> int:
    job.step(1, 2, "halfway")
    return number * number


def _fails() -> None:
    raise BadInput("no", "try again")


def _never_ends() -> None:
    threading.Event().wait()


def test_verbs_run_in_order_on_one_other_thread_and_answers_come_back_here(opened: Runner, qtbot) -> None:
    seen, threads, told = [], set(), []
    opened.changed.connect(lambda change: told.append((change.kind, threading.current_thread())))

    def verb(number: int):
        def add(project):
            threads.add(threading.current_thread().name)
            return project.codebook.add(f"Code {number}")

        return add

    for number in range(50):
        opened.do(verb(number), lambda _change, n=number: seen.append(n))
    qtbot.waitUntil(lambda: len(seen) == 50)
    assert seen == list(range(50))
    assert len(threads) == 1 and threading.current_thread().name not in threads
    assert told == [("add-code", threading.main_thread())] * 50


def test_what_the_verb_says_is_raised_is_told(opened: Runner, qtbot) -> None:
    opened.do(lambda p: p.codebook.add("Fear"))
    with qtbot.waitSignal(opened.failed) as told:
        opened.do(lambda p: p.codebook.add("Fear"), lambda _change: pytest.fail("not done"))
    assert isinstance(told.args[0], BadInput)


def test_only_the_last_answer_of_a_key_arrives(opened: Runner, qtbot) -> None:
    answers = []
    for number in range(20):
        opened.ask(lambda _project, n=number: n, answers.append, key="rows")
    qtbot.waitUntil(lambda: not opened.is_busy)
    assert answers == [19]


def test_answers_for_a_closed_project_or_a_lost_widget_are_dropped(opened: Runner, qtbot, tmp_path: Path) -> None:
    class Pane(QObject):
        def show(self, _answer: object) -> None:
            pytest.fail("this pane is gone")

    pane = Pane()
    gate = threading.Event()
    opened.ask(lambda _p: gate.wait(5), lambda _answer: None)
    opened.ask(lambda p: p.title, pane.show)
    opened.ask(lambda p: p.title, lambda _title: pytest.fail("this project is closed"))
    import shiboken6

    shiboken6.delete(pane)
    opened.close()
    gate.set()
    qtbot.waitUntil(lambda: not opened.is_busy)
    assert opened.info is None
    opened.ask(lambda p: p.title, lambda _title: pytest.fail("nothing is open"))


def test_a_file_that_cannot_be_opened_leaves_the_old_project(opened: Runner, qtbot, tmp_path: Path) -> None:
    (tmp_path / "letter.cqda").write_text("Dear all")
    for path, kind in (("letter.cqda", NotAProject), ("nowhere.cqda", ProjectMissing)):
        with qtbot.waitSignal(opened.failed) as told:
            opened.open(tmp_path / path)
        assert isinstance(told.args[0], kind)
    titles = []
    opened.ask(lambda p: p.title, titles.append)
    qtbot.waitUntil(lambda: titles == ["Study"])


def test_another_project_takes_the_place_and_the_same_can_be_opened_again(
    opened: Runner, qtbot, tmp_path: Path
) -> None:
    first = opened.info.path
    with qtbot.waitSignal(opened.opened):
        opened.create(tmp_path / "second.cqda", title="Second")
    for path, title in ((first, "Study"), (first, "Study")):
        with qtbot.waitSignal(opened.opened) as told:
            opened.open(path)
        assert told.args[0].title == title


def test_work_reports_and_can_be_cancelled(threaded_runner: Runner, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(runner_module, "SHOWN_AFTER", 1)
    shown, gate = [], threading.Event()
    threaded_runner.working.connect(shown.append)

    def task(job: Job) -> str:
        for number in range(3):
            job.step(number, 3, f"file {number}")
        gate.wait(5)
        job.step(3, 3, "")
        return "all"

    job = threaded_runner.work("Reading", task, lambda _answer: pytest.fail("it was cancelled"))
    qtbot.waitUntil(lambda: any(p is not None and p.total == 3 for p in shown))
    progress = next(p for p in shown if p is not None and p.total == 3)
    assert (progress.title, progress.job) == ("Reading", job)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not threaded_runner.is_busy)
    assert shown[-1] is None


def test_work_that_was_answered_is_shown_no_more(threaded_runner: Runner, qtbot) -> None:
    with qtbot.assertNotEmitted(threaded_runner.working), qtbot.waitSignal(threaded_runner.idle):
        threaded_runner.work("Quick", lambda _job: 1, lambda _answer: None)


def test_heavy_work_runs_in_another_process(threaded_runner: Runner, qtbot) -> None:
    answers = []
    threaded_runner.compute("Squaring", _slow_square, (7,), answers.append)
    qtbot.waitUntil(lambda: answers == [49], timeout=20_000)
    with qtbot.waitSignal(threaded_runner.failed, timeout=20_000) as told:
        threaded_runner.compute("Failing", _fails, (), lambda _answer: pytest.fail("it failed"))
    assert isinstance(told.args[0], BadInput) and told.args[0].hint == "try again"


def test_heavy_work_is_killed_when_cancelled_and_the_next_gets_a_new_process(threaded_runner: Runner, qtbot) -> None:
    job = threaded_runner.compute("For ever", _never_ends, (), lambda _answer: pytest.fail("it never ends"))
    qtbot.waitUntil(lambda: threaded_runner._analyst._process is not None, timeout=20_000)
    job.cancel()
    qtbot.waitUntil(lambda: not threaded_runner.is_busy, timeout=20_000)
    answers = []
    threaded_runner.compute("Squaring", _slow_square, (3,), answers.append)
    qtbot.waitUntil(lambda: answers == [9], timeout=20_000)


def test_shutdown_finishes_what_was_asked_and_leaves_no_thread(qtbot, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    runner = Runner()
    with qtbot.waitSignal(runner.opened):
        runner.create(tmp_path / "a.cqda", codebook="empty")
    for number in range(10):
        runner.do(lambda p, n=number: p.codebook.add(f"Code {n}"))
    runner.compute("For ever", _never_ends, (), lambda _answer: None)
    qtbot.waitUntil(lambda: runner._analyst._process is not None, timeout=20_000)
    process = runner._analyst._process
    runner.shutdown()
    runner.shutdown()
    assert set(threading.enumerate()) <= before
    assert runner._analyst._process is None
    with pytest.raises(ValueError, match="closed"):
        process.is_alive()
    from cohesion_qda import Project

    with Project.open(tmp_path / "a.cqda") as project:
        assert len(project.codebook.tree()) == 10


def test_another_programs_change_is_noticed(opened: Runner, qtbot) -> None:
    from cohesion_qda import Project

    with qtbot.assertNotEmitted(opened.changed), qtbot.waitSignal(opened.idle):
        opened.look_again()
    with Project.open(opened.info.path) as other:
        other.codebook.add("From elsewhere")
    with qtbot.waitSignal(opened.changed) as told:
        opened.look_again()
    assert told.args[0].kind == "elsewhere" and told.args[0].touches("code")


def test_now_runs_at_once(runner: Runner, tmp_path: Path) -> None:
    runner.create(tmp_path / "a.cqda", codebook="empty")
    titles = []
    runner.ask(lambda p: p.title, titles.append)
    assert titles == ["a"]
    runner.work("Now", lambda _job: 3, titles.append)
    runner.compute("Now", _slow_square, (3, Job()), titles.append)
    assert titles == ["a", 3, 9]
    runner.use_coder("Ben")
    assert runner.info.coder == "Ben"
