from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from cohesion_qda.base.errors import BadInput, NotAProject, ProjectError, ProjectMissing, UserError
from cohesion_qda.base.jobs import Job
from cohesion_qda.ui import runner as runner_module
from cohesion_qda.ui.analyst import Analyst
from cohesion_qda.ui.runner import Runner


@pytest.fixture
def opened(threaded_runner: Runner, qtbot, tmp_path: Path) -> Runner:
    with qtbot.waitSignal(threaded_runner.opened):
        threaded_runner.create(tmp_path / "study.cqda", codebook="empty", title="Study")
    return threaded_runner


def _is_usable(runner: Runner, qtbot, title: str) -> bool:
    """Whether the project that `info` shows can be written and read."""
    told, codes = [], []
    runner.changed.connect(told.append)
    runner.do(lambda p: p.codebook.add("Still here"))
    runner.ask(lambda p: (p.title, [code.name for code in p.codebook.tree()]), codes.append)
    qtbot.waitUntil(lambda: not runner.is_busy)
    runner.changed.disconnect(told.append)
    return len(told) == 1 and codes == [(title, ["Still here"])] and runner.info.title == title


def _codes(path: Path) -> list[str]:
    from cohesion_qda import Project

    with Project.open(path) as project:
        return [code.name for code in project.codebook.tree()]


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


def test_a_verb_asked_for_while_another_project_opens_is_not_done_to_that_one(
    opened: Runner, qtbot, tmp_path: Path
) -> None:
    first, second, told = opened.info.path, tmp_path / "second.cqda", []
    opened.failed.connect(told.append)
    opened.do(lambda p: p.codebook.add("Before"))
    opened.create(second, codebook="empty", title="Second")
    assert opened.info.path == first  # what is asked now is asked for the first
    opened.do(lambda p: p.codebook.add("Stray"), lambda _change: pytest.fail("not done"))
    opened.ask(lambda p: p.title, lambda _title: pytest.fail("not asked"))
    opened.undo()
    with qtbot.waitSignal(opened.opened):
        pass
    opened.do(lambda p: p.codebook.add("After"))
    qtbot.waitUntil(lambda: not opened.is_busy)
    assert [type(error) for error in told] == [UserError] * 2
    assert "another project" in told[0].message and "Study" in told[0].hint
    opened.shutdown()
    assert (_codes(first), _codes(second)) == (["Before"], ["After"])


def test_a_verb_asked_for_while_another_fails_to_open_is_done(opened: Runner, qtbot, tmp_path: Path) -> None:
    opened.open(tmp_path / "nowhere.cqda")
    assert _is_usable(opened, qtbot, "Study")


def test_answers_of_long_work_reach_only_the_project_they_were_asked_for(opened: Runner, qtbot, tmp_path: Path) -> None:
    gate, answers = threading.Event(), []
    analyst = opened._analysts["analysis"] = Analyst()
    analyst._lock.acquire()  # it is busy until the other project is open
    opened.work("Reading", lambda _job: gate.wait(5), lambda _answer: pytest.fail("for the first project"))
    compute(opened, "Squaring", _slow_square, (4,), lambda _answer: pytest.fail("for the first project"))
    opened.work("Looking", lambda _job: gate.wait(5), answers.append, for_any_project=True)
    with qtbot.waitSignal(opened.opened):
        opened.create(tmp_path / "second.cqda", codebook="empty")
    analyst._lock.release()
    opened.work("Reading", lambda _job: "mine", answers.append)
    gate.set()
    qtbot.waitUntil(lambda: not opened.is_busy, timeout=20_000)
    assert sorted(map(str, answers)) == ["True", "mine"]


def test_answers_of_long_work_do_not_outlive_the_project(opened: Runner, qtbot) -> None:
    gate = threading.Event()
    opened.work("Reading", lambda _job: gate.wait(5), lambda _answer: pytest.fail("nothing is open"))
    with qtbot.waitSignal(opened.closed):
        opened.close()
    gate.set()
    qtbot.waitUntil(lambda: not opened.is_busy)


def test_the_open_project_is_not_closed_to_open_it_again(opened: Runner, qtbot, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(runner_module, "open_", lambda *_args: pytest.fail("it is open"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.cqda").symlink_to(opened.info.path)
    for path in (opened.info.path, Path("study.cqda"), tmp_path / "link.cqda"):
        seen = []
        with qtbot.waitSignal(opened.opened) as told:
            opened.open(path)
            opened.ask(lambda p: p.title, seen.append)
        assert told.args[0].title == "Study"
        qtbot.waitUntil(lambda seen=seen: seen == ["Study"])
    assert _is_usable(opened, qtbot, "Study")


@pytest.mark.parametrize("act", ["same path, gone", "missing", "over the open one", "over another", "cannot be read"])
def test_the_old_project_stays_fully_usable_when_opening_fails(
    opened: Runner, qtbot, tmp_path: Path, monkeypatch, act: str
) -> None:
    def fails(_project: object) -> None:
        raise ProjectError(path, "the disk is gone")

    path = opened.info.path
    (tmp_path / "letter.cqda").write_text("Dear all")
    with qtbot.waitSignal(opened.failed) as told, monkeypatch.context() as patch, qtbot.assertNotEmitted(opened.opened):
        if act == "same path, gone":
            path.rename(tmp_path / "moved.cqda")
            opened.open(path)
        elif act == "missing":
            opened.open(tmp_path / "nowhere.cqda")
        elif act == "cannot be read":
            patch.setattr(runner_module, "info_of", fails)
            opened.open(path)
        else:
            opened.create(path if act == "over the open one" else tmp_path / "letter.cqda", title="New")
        qtbot.waitUntil(lambda: not opened.is_busy)
    assert isinstance(told.args[0], ProjectError)
    (tmp_path / "moved.cqda").rename(path) if act == "same path, gone" else None
    assert _is_usable(opened, qtbot, "Study")


def test_closing_while_another_opens_leaves_that_one(opened: Runner, qtbot, tmp_path: Path) -> None:
    with qtbot.assertNotEmitted(opened.closed), qtbot.waitSignal(opened.idle):
        opened.create(tmp_path / "second.cqda", codebook="empty", title="Second")
        opened.close()
    assert _is_usable(opened, qtbot, "Second")


def test_closing_while_the_same_opens_again_closes_it(opened: Runner, qtbot) -> None:
    with qtbot.waitSignal(opened.closed):
        opened.open(opened.info.path)
        opened.close()
    assert opened.info is None
    opened.do(lambda p: p.codebook.add("Stray"), lambda _change: pytest.fail("nothing is open"))
    assert not opened.is_busy


def test_another_coder_holds_for_the_project_that_is_opening(opened: Runner, qtbot, tmp_path: Path) -> None:
    opened.create(tmp_path / "second.cqda", codebook="empty", title="Second")
    opened.use_coder("Ben")
    qtbot.waitUntil(lambda: not opened.is_busy)
    assert (opened.info.title, opened.info.coder) == ("Second", "Ben")


def test_work_reports_and_can_be_cancelled(threaded_runner: Runner, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(runner_module, "SHOWN_AFTER", 1)
    shown, gate = [], threading.Event()
    threaded_runner.working.connect(shown.append)
    stopped = []

    def task(job: Job) -> str:
        for number in range(3):
            job.step(number, 3, f"file {number}")
        gate.wait(5)
        job.step(3, 3, "")
        return "all"

    job = threaded_runner.work(
        "Reading", task, lambda _answer: pytest.fail("it was cancelled"), stopped=lambda: stopped.append(True)
    )
    qtbot.waitUntil(lambda: any(p is not None and p.total == 3 for p in shown))
    progress = next(p for p in shown if p is not None and p.total == 3)
    assert (progress.title, progress.job) == ("Reading", job)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not threaded_runner.is_busy)
    assert shown[-1] is None
    assert stopped == [True]


def test_work_that_is_stopped_at_its_very_end_is_stopped(runner: Runner) -> None:
    stopped = []
    runner.work(
        "Reading", lambda job: job.cancel(), lambda _answer: pytest.fail("it was stopped"),
        stopped=lambda: stopped.append(True),
    )  # fmt: skip
    assert stopped == [True]


def test_work_that_was_answered_is_shown_no_more(threaded_runner: Runner, qtbot) -> None:
    with qtbot.assertNotEmitted(threaded_runner.working), qtbot.waitSignal(threaded_runner.idle):
        threaded_runner.work("Quick", lambda _job: 1, lambda _answer: None)


def test_heavy_work_runs_in_another_process(threaded_runner: Runner, qtbot) -> None:
    answers = []
    compute(threaded_runner, "Squaring", _slow_square, (7,), answers.append)
    qtbot.waitUntil(lambda: answers == [49], timeout=20_000)
    with qtbot.waitSignal(threaded_runner.failed, timeout=20_000) as told:
        compute(threaded_runner, "Failing", _fails, (), lambda _answer: pytest.fail("it failed"))
    assert isinstance(told.args[0], BadInput) and told.args[0].hint == "try again"


def test_heavy_work_is_killed_when_cancelled_and_the_next_gets_a_new_process(threaded_runner: Runner, qtbot) -> None:
    job = compute(threaded_runner, "For ever", _never_ends, (), lambda _answer: pytest.fail("it never ends"))
    qtbot.waitUntil(lambda: threaded_runner._analysts["analysis"]._process is not None, timeout=20_000)
    job.cancel()
    qtbot.waitUntil(lambda: not threaded_runner.is_busy, timeout=20_000)
    answers = []
    compute(threaded_runner, "Squaring", _slow_square, (3,), answers.append)
    qtbot.waitUntil(lambda: answers == [9], timeout=20_000)


def test_shutdown_finishes_what_was_asked_and_leaves_no_thread(qtbot, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    runner = Runner()
    with qtbot.waitSignal(runner.opened):
        runner.create(tmp_path / "a.cqda", codebook="empty")
    for number in range(10):
        runner.do(lambda p, n=number: p.codebook.add(f"Code {n}"))
    compute(runner, "For ever", _never_ends, (), lambda _answer: None)
    qtbot.waitUntil(lambda: runner._analysts["analysis"]._process is not None, timeout=20_000)
    process = runner._analysts["analysis"]._process
    runner.shutdown()
    runner.shutdown()
    assert set(threading.enumerate()) <= before
    assert runner._analysts["analysis"]._process is None
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


def test_what_another_program_only_worked_out_is_no_change(opened: Runner, qtbot) -> None:
    from cohesion_qda import Project
    from cohesion_qda.analysis.heard import Kept
    from tests.makers import draft

    with qtbot.waitSignal(opened.idle):
        opened.do(lambda project: project.sources.add([draft("Women", [("Ann", "The park.")])]))
    with qtbot.waitSignal(opened.idle):
        opened.do(lambda project: project.codebook.add("Our own act"))
    with Project.open(opened.info.path) as other:
        assert other.tables.talk().texts
        fresh = Kept(dict.fromkeys(other.tables.talk().texts, b"worked out"), {}, "theirs 1", "")
        assert other.suggestions.hearing.keep(fresh)
    with qtbot.assertNotEmitted(opened.changed), qtbot.waitSignal(opened.idle):
        opened.look_again()
    with Project.open(opened.info.path) as other:
        other.codebook.add("From elsewhere")
    with qtbot.waitSignal(opened.changed):
        opened.do(lambda project: project.codebook.add("Another act of our own"))
    with qtbot.waitSignal(opened.changed) as told:
        opened.look_again()
    assert told.args[0].kind == "elsewhere"


def test_now_runs_at_once(runner: Runner, tmp_path: Path) -> None:
    runner.create(tmp_path / "a.cqda", codebook="empty")
    titles = []
    runner.ask(lambda p: p.title, titles.append)
    assert titles == ["a"]
    runner.work("Now", lambda _job: 3, titles.append)
    compute(runner, "Now", _slow_square, (3, Job()), titles.append)
    assert titles == ["a", 3, 9]
    runner.use_coder("Ben")
    assert runner.info.coder == "Ben"


def test_what_is_being_typed_is_kept_when_the_project_is_left(qtbot, tmp_path: Path) -> None:
    """Whoever is told that the project is about to be let go can still have something done in it."""
    from cohesion_qda.project import Project

    runner = Runner()
    left = []

    def keep() -> None:
        left.append(runner.info.title)
        name = f"typed {len(left)}"
        runner.do(lambda project: project.codebook.add(name))

    runner.leaving.connect(keep)
    for name in ("one", "two"):
        runner.create(tmp_path / f"{name}.cqda", codebook="empty", title=name)
        qtbot.waitUntil(lambda: not runner.is_busy)
    runner.close()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert left == ["one", "two"], "a project that is opened first leaves nothing"
    runner.open(tmp_path / "one.cqda")
    qtbot.waitUntil(lambda: not runner.is_busy)
    runner.shutdown()
    with Project.open(tmp_path / "one.cqda") as project:
        assert [code.name for code in project.codebook.tree()] == ["typed 1", "typed 3"]
    with Project.open(tmp_path / "two.cqda") as project:
        assert [code.name for code in project.codebook.tree()] == ["typed 2"]


def compute(runner: Runner, title: str, function, args: tuple, then):
    """Work in the other process, as the assistant asks for it."""
    analyst = runner.analyst()
    task = (lambda _job: function(*args)) if analyst is None else (lambda job: analyst.call(function, args, job))
    return runner.work(title, task, then, pool="analysis")
