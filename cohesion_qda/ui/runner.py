"""The only thread code: the window asks for work here, and hears the answers on its own thread.

One project thread owns the one connection, so that reading, writing, undo and imports keep an honest order.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.ui.opened import ProjectInfo, create, info_of, is_same_file, not_open_now, open_

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from cohesion_qda.model.change import Change
    from cohesion_qda.model.ids import SourceId
    from cohesion_qda.project import Project
    from cohesion_qda.ui.analyst import Analyst

T = TypeVar("T")
Question = Callable[["Project"], T]
Verb = Question[Any]
Then = Callable[[Any], None]
Call = Callable[[], None]
Reading = Callable[[Question[Any], Job], Any]
SHOWN_AFTER = 1000  # milliseconds before progress is shown
TABLES = ("source", "turn", "speaker", "study_case", "attribute", "attribute_value", "code", "coder",
          "segment", "coding", "memo", "dismissal", "project_setting", "guide_question", "section",
          "theme", "theme_code", "theme_passage", "memo_link", "saved_query",
          "saved_answer", "summary", "summary_passage", "settlement", "passed_over", "report_part", "report_words",
          "report_quote", "detail", "indicator", "indicator_code", "reference_figure", "plan_entry", "frame", "worksheet",
          "worksheet_answer", "worksheet_passage", "issue_code")  # fmt: skip


class Progress(NamedTuple):
    """Where long work is. `total` is 0 when it cannot be said; `job` is None for what cannot be stopped."""

    title: str
    done: int = 0
    total: int = 0
    what: str = ""
    job: Job | None = None


def everything(kind: str, sources: frozenset[SourceId] = frozenset()) -> Change:
    """A change that touches all tables: after another program wrote, or another coder took over."""
    from cohesion_qda.model.change import Change
    from cohesion_qda.model.ids import ActionId

    return Change(ActionId(0), kind, {table: frozenset() for table in TABLES}, sources=sources)


class _Now:
    """Runs what it is given at once, for tests."""

    def submit(self, task: Callable[[], None]) -> None:
        task()

    def shutdown(self, wait: bool = True) -> None:
        """Nothing is left to wait for."""


class Runner(QObject):
    """Runs verbs and questions on the project thread, and long work elsewhere. Every callback is on the window's thread.

    What is asked belongs to the project shown when it was asked: it is never done to another one, and answers that come
    when that project is no longer open, or for a widget that is gone, are dropped.
    """

    changed = Signal(object)  # Change
    failed = Signal(object)  # BaseException that is not Cancelled
    opened = Signal(object)  # ProjectInfo
    leaving = Signal()  # the project, or what is seen of it, will go: what is typed is handed to `do` now, and is done
    closed = Signal()
    working = Signal(object)  # Progress, or None when nothing is worked on
    idle = Signal()  # all that was asked has been answered
    _arrived = Signal(object)  # a callable, from another thread

    def __init__(self, parent: QObject | None = None, *, executor: str = "") -> None:
        super().__init__(parent)
        self._now = executor == "now"
        self.rest = 0 if self._now else 150  # milliseconds without a change before what can wait is asked for
        self._project: Project | None = None  # this and the next two are touched on the project thread only
        self._open_number = 0  # of that project; 0 when none is open
        self._last_number = 0  # given to a project
        self._pools: dict[str, Executor | _Now] = {}
        self._analysts: dict[str, Analyst] = {}
        self._shown_number = 0  # of the project in `info`; 0 when none is shown
        self._version = 0, 0  # of the file, as the project thread last saw it, and the last act in it
        self._latest: dict[Hashable, int] = {}
        self._counter = 0
        self._pending = 0
        self._running: dict[int, Progress] = {}
        self._shown: set[int] = set()
        self._down = False
        self.info: ProjectInfo | None = None
        self.coder = ""  # the name to open projects with
        self.is_blind = False  # whether only this coder's own codings are shown and counted
        self.in_hand: dict[Hashable, QObject] = {}  # what one window works on alone, as a text it corrects: by whom
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    # -- what a pane asks for ------------------------------------------------------------------------------------

    def do(self, verb: Verb, then: Then | None = None, *, title: str = "", failed: Call | None = None) -> None:
        """Change the project. `verb` gives a Change, or a result that has one as `.change`; `changed` is emitted,
        then `then` is called with what the verb gave. `title` says what is going on if it takes more than a second.
        When it fails the signal `failed` says why, then the callable `failed` is called: so too when another project is
        open before it could be done.
        """
        self._on_project(verb, then, title=title, is_change=True, failed=failed)

    def ask(self, question: Question[T], then: Callable[[T], None], *, key: Hashable = None, title: str = "") -> None:
        """Read from the project. With `key`, only the answer to the last question of that key arrives."""
        number = 0
        if key is not None:
            self._counter += 1
            number = self._latest[key] = self._counter
        self._on_project(question, then, title=title, key=key, number=number)

    def work(
        self,
        title: str,
        task: Callable[[Job], T],
        then: Callable[[T], None],
        *,
        for_any_project: bool = False,
        stopped: Call | None = None,
        failed: Call | None = None,
        pool: str = "reading",
    ) -> Job:
        """Long work off the project thread, such as reading files. It must not touch the project, but by `reading`.

        The answer is for the project shown now, unless `for_any_project`: then it arrives whatever is open by then.
        `stopped` is called in its place where the person stopped the work, `failed` where it failed. Work in one `pool` waits for what is before it there.
        """
        return self._long(title, task, then, pool=pool, for_any_project=for_any_project, stopped=stopped, failed=failed)

    def reading(self) -> Reading:
        """A way for long work to ask the project shown now, from the thread it runs on: it waits until the project thread has
        answered. It raises what the question raises, and Cancelled when the job is cancelled or the project no longer open.
        """
        number, only = self._shown_number, self.only_coder

        def read(question: Question[T], job: Job) -> T:
            def task() -> T:
                if self._project is None or self._open_number != number:
                    raise Cancelled
                self._project.look_as(only)
                return question(self._project)

            if self._now:
                return task()
            from concurrent.futures import wait

            waiting = self._pools["project"].submit(task)
            while wait([waiting], 0.05).not_done:
                if job.is_cancelled or self._down:
                    waiting.cancel()
                    raise Cancelled
            return waiting.result()

        return read

    def analyst(self, name: str = "analysis") -> Analyst | None:
        """The process of that name for heavy analysis; None where everything is done at once, here."""
        if self._now:
            return None
        if name not in self._analysts:
            from cohesion_qda.ui.analyst import Analyst

            self._analysts[name] = Analyst()
        return self._analysts[name]

    # -- the project -----------------------------------------------------------------------------------------------

    def open(self, path: Path, then: Callable[[ProjectInfo], None] | None = None) -> None:
        """Open a project in place of the one that is open; if that fails, the old one stays (`failed` says why).
        The one that is open already stays open, and is read anew.
        """
        path = Path(path)
        self._say_leaving()
        self._take(lambda: open_(path, self.coder or None), path, then, may_be_open=True)

    def create(
        self,
        path: Path,
        *,
        codebook: str | Path = "cohesion",
        title: str = "",
        frame: str = "",
        then: Callable[[ProjectInfo], None] | None = None,
    ) -> None:
        """Make a new project file, with a study frame where its key is given, and open it; if that fails, the old one stays (`failed` says why)."""
        path = Path(path)
        self._say_leaving()
        self._take(lambda: create(path, codebook, title, self.coder or None, frame), path, then)

    def close(self) -> None:
        """Close the project; all that was asked before is done first."""
        if self.info is None:
            return
        self._say_leaving()
        number = self._shown_number
        self.info, self._shown_number = None, 0

        def task() -> None:
            if self._open_number == number:  # else another one took its place already
                self._let_go()

        def arrived(_none: None) -> None:
            if self._shown_number == number:  # it was asked for once more before it was closed
                self.info, self._shown_number = None, 0
            if self.info is None:
                self.closed.emit()

        self._submit(task, arrived)

    def use_coder(self, name: str) -> None:
        """Code as `name` from now on, in this project and the next."""
        self.coder = name
        if self.info is None:
            return

        def task() -> tuple[int, str, Change]:  # in whichever project is open by then
            project = self._project
            if project is None:
                raise Cancelled
            project.use_coder(name)
            change = everything("use-coder", frozenset(s.id for s in project.sources.list()))
            return self._open_number, project.coder.name, change

        def arrived(answer: tuple[int, str, Change]) -> None:
            number, coder, change = answer
            if self.info is not None and self._shown_number == number:
                self.info = self.info._replace(coder=coder)
                self.changed.emit(change)

        self._submit(task, arrived)

    def undo(self) -> None:
        """Take back the last action."""
        self.do(lambda project: project.history.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        self.do(lambda project: project.history.redo())

    def look_again(self) -> None:
        """See whether another program has written to the file; if so, `changed` tells that everything may differ."""

        def question(project: Project) -> Change | None:
            version = project.version()
            known, self._version = self._version, version
            is_same = known[0] == version[0] or known[1] == version[1]  # or it kept only what it worked out
            return None if is_same else everything("elsewhere", frozenset(s.id for s in project.sources.list()))

        self.ask(question, lambda change: self.changed.emit(change) if change else None, key="look-again")

    def shutdown(self) -> None:
        """Stop long work, finish what was asked of the project, close it. No thread or process is left."""
        if self._down:
            return
        self._say_leaving()
        self.info, self._shown_number = None, 0
        if "project" in self._pools:
            self._submit(self._let_go, lambda _none: None)
        self._down = True
        for analyst in self._analysts.values():
            analyst.leave()
        for progress in list(self._running.values()):
            if progress.job is not None:
                progress.job.cancel()
        for pool in self._pools.values():
            pool.shutdown(wait=True)
        for analyst in self._analysts.values():
            analyst.close()

    @property
    def only_coder(self) -> str | None:
        """The one whose codings may be seen: who codes, while others' are hidden; None for everybody's."""
        return self.info.coder if self.is_blind and self.info is not None else None

    @property
    def is_busy(self) -> bool:
        """Whether anything that was asked has not been answered."""
        return self._pending > 0

    # -- inside ------------------------------------------------------------------------------------------------

    def _say_leaving(self) -> None:
        if self.info is not None:
            self.leaving.emit()

    def _let_go(self) -> None:
        """Close what is open. Runs on the project thread."""
        project, self._project, self._open_number = self._project, None, 0
        if project is not None:
            project.close()

    def _take(
        self,
        get: Callable[[], Project],
        path: Path,
        then: Callable[[ProjectInfo], None] | None,
        *,
        may_be_open: bool = False,
    ) -> None:
        def task() -> tuple[int, ProjectInfo]:
            if may_be_open and self._project is not None and is_same_file(self._project.path, path):
                self._version = self._project.version()
                return self._open_number, info_of(self._project)
            new = get()
            try:
                info, version = info_of(new), new.version()
            except BaseException:
                new.close()
                raise
            self._let_go()
            self._last_number += 1
            self._project, self._open_number, self._version = new, self._last_number, version
            return self._open_number, info

        def arrived(answer: tuple[int, ProjectInfo]) -> None:
            self._shown_number, self.info = answer
            self.opened.emit(answer[1])
            if then is not None and _is_alive(then):
                then(answer[1])

        self._submit(task, arrived, title=str(path.name))

    def _on_project(
        self,
        task: Verb,
        then: Then | None,
        *,
        title: str = "",
        key: Hashable = None,
        number: int = 0,
        is_change: bool = False,
        failed: Call | None = None,
    ) -> None:
        info, project_number, only = self.info, self._shown_number, self.only_coder
        if info is None:
            return

        def is_wanted() -> bool:
            return self._shown_number == project_number and (key is None or self._latest.get(key) == number)

        def on_thread() -> Any:
            if is_change and self._project is not None and self._open_number != project_number:
                raise not_open_now(info.title)
            if self._project is None or self._open_number != project_number or not (is_change or is_wanted()):
                raise Cancelled
            self._project.look_as(only)
            if not is_change:
                return task(self._project)
            before = self._project.version()
            answer = task(self._project)
            after = self._project.version()
            if before[0] == after[0] and before[1] == self._version[1]:
                self._version = self._version[0], after[1]  # what was done meanwhile is our own
            return answer

        def arrived(answer: Any) -> None:
            if not is_wanted():
                return
            if not is_change and only != self.only_coder:  # read with eyes that see too much by now, or too little
                self._on_project(task, then, title=title, key=key, number=number)
                return
            if is_change:
                self.changed.emit(getattr(answer, "change", answer))
            if then is not None and _is_alive(then):
                then(answer)

        self._submit(on_thread, arrived, title=title, failed=failed)

    def _long(
        self,
        title: str,
        task: Callable[[Job], T],
        then: Callable[[T], None],
        *,
        pool: str = "reading",
        for_any_project: bool = False,
        stopped: Call | None = None,
        failed: Call | None = None,
    ) -> Job:
        job_number, project_number = self._counter + 1, self._shown_number
        job = Job(lambda done, total, what: self._post(partial(self._step, job_number, done, total, what)))

        def arrived(answer: T) -> None:
            is_wanted = for_any_project or self._shown_number == project_number
            if job.is_cancelled:
                self._fail(Cancelled(), stopped)
            elif is_wanted and _is_alive(then):
                then(answer)

        self._submit(lambda: task(job), arrived, title=title, pool=pool, job=job, stopped=stopped, failed=failed)
        return job

    def _submit(
        self,
        task: Callable[[], Any],
        arrived: Callable[[Any], None],
        *,
        title: str = "",
        pool: str = "project",
        job: Job | None = None,
        stopped: Call | None = None,
        failed: Call | None = None,
    ) -> None:
        if self._down:
            return
        self._counter += 1
        number = self._counter
        self._pending += 1
        self._running[number] = Progress(title, job=job)
        if not self._now:
            QTimer.singleShot(SHOWN_AFTER, self, partial(self._show, number))

        def run() -> None:
            try:
                if job is not None and job.is_cancelled:
                    raise Cancelled
                answer = task()
            except BaseException as error:  # noqa: BLE001 (handed to the window, which tells the person)
                self._post(partial(self._finished, number, partial(self._fail, error, stopped, failed)))
            else:
                self._post(partial(self._finished, number, partial(arrived, answer)))

        self._pool(pool).submit(run)

    def _pool(self, name: str) -> Executor | _Now:
        if name not in self._pools:
            if self._now:
                self._pools[name] = _Now()
            else:
                from concurrent.futures import ThreadPoolExecutor

                self._pools[name] = ThreadPoolExecutor(1 if name != "reading" else 2, thread_name_prefix=name)
        return self._pools[name]

    def _post(self, call: Callable[[], None]) -> None:
        if self._now and threading.current_thread() is threading.main_thread():
            call()
        elif not self._down:
            self._arrived.emit(call)

    def _deliver(self, call: Callable[[], None]) -> None:
        if not self._down:
            call()

    def _finished(self, number: int, call: Callable[[], None]) -> None:
        self._pending -= 1
        self._running.pop(number, None)
        if number in self._shown:
            self._shown.discard(number)
            self._tell()
        try:
            call()
        finally:
            if self._pending == 0:
                self.idle.emit()

    def _fail(self, error: BaseException, stopped: Call | None = None, failed: Call | None = None) -> None:
        then = stopped if isinstance(error, Cancelled) else failed
        if not isinstance(error, Cancelled):
            self.failed.emit(error)
        if then is not None and _is_alive(then):
            then()

    def _step(self, number: int, done: int, total: int, what: str) -> None:
        if number in self._running:
            self._running[number] = self._running[number]._replace(done=done, total=total, what=what)
            if number in self._shown:
                self._tell()

    def _show(self, number: int) -> None:
        if number in self._running:
            self._shown.add(number)
            self._tell()

    def _tell(self) -> None:
        self.working.emit(self._running.get(max(self._shown, default=0)))


def _is_alive(then: Callable[..., None]) -> bool:
    """Whether the widget that a bound method belongs to still exists."""
    owner = getattr(getattr(then, "func", then), "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
