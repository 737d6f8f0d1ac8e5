"""Asking the processes that hold the study: what is asked is answered by a function of `analysis.worker`.

Two processes hold it. Long searches go to one, and what must follow a person's hand (`quick`) to the other, so that it is never
stuck behind a search. The other one starts when it is first needed; what was worked out of texts is kept in the project, so
that it hears the study in a second or two.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.ui.runner import Reading, Runner

if TYPE_CHECKING:
    from pathlib import Path

    from cohesion_qda.analysis.heard import Kept
    from cohesion_qda.analysis.telling import Teller
    from cohesion_qda.project import Project
    from cohesion_qda.project.hearing import ToHear

LONG, QUICK = "analysis", "quick"
_UNHEARD = object()
Question = Callable[["Project"], tuple[Any, ...]]


class Asked:
    """One question under way."""

    def __init__(self, job: Job | None = None) -> None:
        self.job = job
        self.is_answered = False

    def cancel(self) -> None:
        """The answer is not wanted any more."""
        self.is_answered = True
        if self.job is not None:
            self.job.cancel()


class Assistant(QObject):
    """Asks for the window: `assistant_of(runner)`.

    Every answer is for the project that was open, and for the eyes that looked, when it was asked: those that come later are
    dropped or asked again.
    """

    heard = Signal()  # `has_heard` has become true

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._runner = runner
        self._path: Path | None = runner.info.path if runner.info else None
        self._has_heard = False
        self._answered: set[str] = set()  # the names of functions that have answered about this study
        self._tellers: dict[str, Teller] = {}
        self._unkept = _Unkept()
        self._latest: dict[Hashable, Asked] = {}
        runner.opened.connect(self._opened)
        runner.closed.connect(self._opened)

    @property
    def has_heard(self) -> bool:
        """Whether asking will be answered soon: the study was heard, or all that hearing it needs is kept."""
        return self._has_heard

    def ask(
        self, title: str, function: Callable[..., Any], question: Question, then: Callable[[Any], None], *,
        stopped: Callable[[], None] | None = None, quick: bool = False, key: Hashable = None, gently: bool = False,
    ) -> Asked:  # fmt: skip
        """Call `function(stamp, *arguments)` in a process that holds the study; `question` asks the project for the
        further arguments, plain values, just before. `then` gets the answer, on the window's thread, `stopped` is called where the
        person stopped it. What fails is told by `runner.failed`, and then `stopped` is called.

        `quick` is for what must follow the hand. Of questions with one `key` only the last one is answered. What is asked
        `gently`, because of something a person did for another reason, starts no hearing: where one would be needed, `stopped` is
        called, and `has_answered` is false from then on.
        """
        asked = Asked()
        if key is not None:
            if key in self._latest:
                self._latest[key].cancel()
            self._latest[key] = asked
        self._start(asked, title, function, question, then, stopped, QUICK if quick else LONG, gently)
        return asked

    def has_answered(self, *functions: str) -> bool:
        """Whether one of these functions of `analysis.worker` has answered about this study: the process that answers it holds what
        it needs (words alone, or vectors, too).
        """
        return not self._answered.isdisjoint(functions)

    def look(self) -> None:
        """Look whether all that hearing needs is kept; `heard` tells if so."""
        read = self._runner.reading()
        self._runner.work(_("Looking what was read before"), lambda job: _is_ready(read, job), self._looked, pool=QUICK)

    # -- inside ------------------------------------------------------------------------------------------------------------

    def _start(
        self, asked: Asked, title: str, function: Callable[..., Any], question: Question, then: Callable[[Any], None],
        stopped: Callable[[], None] | None, desk: str, gently: bool,
    ) -> None:  # fmt: skip
        only, read = self._runner.only_coder, self._runner.reading()

        def arrived(answer: Any) -> None:
            if asked.is_answered:
                return
            if only != self._runner.only_coder:  # read with eyes that see too much by now, or too little
                self._start(asked, title, function, question, then, stopped, desk, gently)
                return
            if answer is _UNHEARD:
                self._answered.clear()
                ended()
                asked.is_answered = True
                return
            asked.is_answered = True
            self._answered.add(function.__name__)
            self._looked(True)
            owner = getattr(then, "__self__", None)
            if not isinstance(owner, QObject) or isValid(owner):
                then(answer)

        def ended() -> None:
            if not asked.is_answered and stopped is not None:
                stopped()

        desk_of = _Desk(self._runner, desk, read, self._unkept, self._tellers)
        asked.job = self._runner.work(
            title, lambda job: desk_of.answer(function, question, job, gently), arrived,
            stopped=ended, failed=ended, pool=desk,
        )  # fmt: skip

    def _looked(self, has_heard: bool) -> None:
        is_new = has_heard and not self._has_heard
        self._has_heard = has_heard
        if is_new:
            self.heard.emit()

    def _opened(self, info: object = None) -> None:
        self._has_heard = False
        self._answered.clear()
        self._unkept.clear()
        path = getattr(info, "path", None)
        if self._path not in (None, path):
            for desk in (LONG, QUICK):  # what they hold is of a project that is open no more
                if (analyst := self._runner.analyst(desk)) is not None:
                    analyst.rest()
        self._path = path
        if info is not None:
            self.look()


class _Unkept:
    """What was worked out and could not be kept in the project: one parse and one set of vectors of each text."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.clear()

    def clear(self) -> None:
        self._made: dict[str, tuple[str, dict[str, bytes]]] = {}  # by kind, the maker and what it made of texts

    def __len__(self) -> int:
        return sum(len(made) for _maker, made in self._made.values())

    def add(self, fresh: Kept) -> None:
        """Keep this, too; what another maker made of its kind goes."""
        with self._lock:
            for kind, maker, made in (
                ("parse", fresh.parse_maker, fresh.parse), ("vectors", fresh.vectors_maker, fresh.vectors),
            ):  # fmt: skip
                if made:
                    if self._made.get(kind, ("",))[0] != maker:
                        self._made[kind] = maker, {}
                    self._made[kind][1].update(made)

    def joined(self, kept: Kept) -> Kept:
        """What the project keeps, with this."""
        from cohesion_qda.analysis import deriving
        from cohesion_qda.analysis.heard import Kept

        with self._lock:
            (parse_maker, parse), (vectors_maker, vectors) = (
                self._made.get(kind, ("", {})) for kind in ("parse", "vectors")
            )
            return deriving.joined(kept, Kept(parse, vectors, parse_maker, vectors_maker)) if self._made else kept


class _Desk:
    """Where one question is answered, on a thread of its own: it waits for the project thread and for the process."""

    def __init__(self, runner: Runner, name: str, read: Reading, unkept: _Unkept, tellers: dict[str, Teller]) -> None:
        from cohesion_qda.analysis.telling import Teller

        self._name = name
        self._read = read
        self._unkept = unkept
        self._teller = tellers.setdefault(name, Teller())
        self._analysts = {desk: runner.analyst(desk) for desk in {LONG, name}}

    def answer(self, function: Callable[..., Any], question: Question, job: Job, gently: bool) -> Any:
        """What `function` gives; _UNHEARD where it would have to be heard first, and was asked gently. Raises what `function`
        raises, and Cancelled.
        """
        from cohesion_qda.analysis.resident import NotHeard
        from cohesion_qda.analysis.telling import NotTold
        from cohesion_qda.ui.analyst import Lost

        tries = 2
        while True:
            stamp, more = self._read(lambda project: (project.suggestions.hearing.stamp(), question(project)), job)
            try:
                return self._call(self._name, function, (stamp, *map(self._told, more)), job)
            except NotTold:  # another process took the place of the one that was told
                self._teller.forget()
            except NotHeard as missing:
                if gently:
                    return _UNHEARD
                self._hear(missing.vectors, job)
            except Lost as lost:
                tries -= 1
                if not tries:
                    raise _stopped_by_itself() from lost

    def _told(self, argument: Any) -> Any:
        """What was coded is told by what differs from the last time; all else as it is."""
        from cohesion_qda.model.proposal import Coded

        is_sent = isinstance(argument, Coded) and self._analysts[self._name] is not None
        return self._teller.tell(argument) if is_sent else argument

    def _hear(self, vectors: bool, job: Job) -> None:
        """Make the study resident; what has to be worked out first is worked out where long searches are."""
        from cohesion_qda.analysis import resident

        wanted, is_ready = self._wanted(vectors, job)
        if not is_ready and self._name != LONG:
            self._call(LONG, resident.hear, (*wanted, vectors), job, lambda fresh: self._keep(fresh, job))
            wanted, is_ready = self._wanted(vectors, job)
        self._call(self._name, resident.hear, (*wanted, vectors), job, lambda fresh: self._keep(fresh, job))

    def _wanted(self, vectors: bool, job: Job) -> tuple[ToHear, bool]:
        """What hearing needs, and whether all that takes long is there."""
        from cohesion_qda.analysis import deriving, pipelines

        wanted: ToHear = self._read(lambda project: project.suggestions.hearing.to_hear(vectors=vectors), job)
        wanted = wanted._replace(kept=self._unkept.joined(wanted.kept))
        info = pipelines.choose(wanted.talk.wording.language, wanted.wish)
        kept = deriving.of_makers(wanted.kept, info)
        return wanted, not any(deriving.missing(wanted.talk.texts, kept, info, vectors=vectors))

    def _keep(self, fresh: Kept, job: Job) -> None:
        """Keep what was worked out in the project, or, where it cannot be written to, here."""

        def keep(project: Project) -> bool:
            try:
                return project.suggestions.hearing.keep(fresh)
            except UserError:  # a full disk, say: it is worked out again the next time
                return False

        if not self._read(keep, job):
            self._unkept.add(fresh)

    def _call(
        self, name: str, function: Callable[..., Any], args: tuple[Any, ...], job: Job,
        part: Callable[[Any], None] = lambda _part: None,
    ) -> Any:  # fmt: skip
        analyst = self._analysts[name]
        return analyst.call(function, args, job, part) if analyst is not None else _at_once(function, args, job, part)


def _is_ready(read: Reading, job: Job) -> bool:
    """Whether all that hearing needs is kept. What takes time here, files and libraries, is no business of the project thread."""
    from cohesion_qda.project.hearing import makers_of

    makers = makers_of(read(lambda project: project.wording.get().language, job))
    return read(lambda project: project.suggestions.hearing.has_all(makers, vectors=True), job)


def _at_once(function: Callable[..., Any], args: tuple[Any, ...], job: Job, part: Callable[[Any], None]) -> Any:
    """As an analyst does it, in this process."""
    import inspect

    more = {"job": job} if "job" in inspect.signature(function).parameters else {}
    found = function(*args, **more)
    if not inspect.isgenerator(found):
        return found
    for fresh in found:
        part(fresh)
    return None


def _stopped_by_itself() -> UserError:
    return UserError(
        _("The analysis stopped by itself twice, perhaps for want of memory. Nothing was changed."),
        _("Close other programs, then try again."),
    )


def assistant_of(runner: Runner) -> Assistant:
    """The one assistant of a runner, made when it is first asked for."""
    found = runner.findChild(Assistant)
    if found is None:
        found = Assistant(runner)
        if runner.info is not None:
            found.look()
    return found
