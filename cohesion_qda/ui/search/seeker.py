"""Asks the project for what is searched for: the first places at once, the others page by page, the count in slices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from cohesion_qda.base.i18n import _
from cohesion_qda.model.finding import EVERYWHERE, Hit, HitPage, Rest, Scope, Tally
from cohesion_qda.ui.runner import Runner

if TYPE_CHECKING:
    from cohesion_qda.base.jobs import Job

SLICE = 0.04  # seconds that counting takes the project for at a time
WAIT = 0.15  # seconds before a page that is slow to fill is shown as it is
PAGE = 100
MOST = 5000  # places that can be ticked at once
ENOUGH = 50_000  # lines; beyond, counting stops


class Seeker(QObject):
    """One search at a time; answers to an earlier one are dropped."""

    found = Signal(object, bool)  # HitPage: the first places; whether what was shown is to be kept
    more = Signal(object)  # HitPage: the next ones
    counted = Signal(object, bool)  # Tally; whether counting was stopped before its end
    lost = Signal()  # what was searched for will not be found: the runner has told why

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._number = 0
        self._forms = False
        self.typed = ""
        self.scope = EVERYWHERE
        self.rest: Rest | None = None  # from where other places follow
        self._job: Job | None = None  # that looks for a regular expression
        self._is_waiting = False  # for the first places
        runner.failed.connect(self._failed)

    def stop(self) -> None:
        """Nothing is searched for any more."""
        self._let_go()
        self.typed, self.rest = "", None

    def _let_go(self) -> None:
        """Answers to what was asked before are dropped, and a process that still looks is ended."""
        self._number += 1
        self._is_waiting = False
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _failed(self, _error: object) -> None:
        if self._is_waiting:
            self.stop()
            self.lost.emit()

    def start(self, typed: str, mode: str, scope: Scope, *, keep: int = 0) -> None:
        """Search for something that can be understood, in one of the modes; `keep` of its places at least are shown."""
        self._let_go()
        self.typed, self.scope, self._forms, self.rest = typed, scope, mode == "forms", None
        self._is_waiting = True
        if mode == "regex":
            self._start_pattern(keep > 0)
            return
        forms, count = self._forms, max(PAGE, keep)
        self._runner.ask(
            lambda p: p.search.find(typed, scope, all_forms=forms, count=count, seconds=WAIT),
            partial(self._arrived, self._number, keep > 0),
            key=(self, "hits"),
        )

    def fetch(self, count: int = PAGE) -> None:
        """The next `count` places, or as many of them as are found in a short while."""
        typed, scope, forms, rest = self.typed, self.scope, self._forms, self.rest
        if rest is None:
            return
        self._runner.ask(
            lambda p: p.search.find(typed, scope, all_forms=forms, after=rest, count=count, seconds=WAIT),
            partial(self._more_arrived, self._number),
            key=(self, "more"),
        )

    def _arrived(self, number: int, keep: bool, page: HitPage) -> None:
        if number == self._number:
            self._is_waiting, self.rest = False, page.rest
            self.found.emit(page, keep)
            self._count(number, None)

    def _more_arrived(self, number: int, page: HitPage) -> None:
        if number == self._number:
            self.rest = page.rest
            self.more.emit(page)

    def _count(self, number: int, so_far: Tally | None) -> None:
        """Tell what is counted, and go on while the same is searched for."""
        if number != self._number:
            return
        if so_far is not None:
            is_stopped = not so_far.is_whole and so_far.lines >= ENOUGH
            self.counted.emit(so_far, is_stopped)
            if so_far.is_whole or is_stopped:
                return
        typed, scope, forms = self.typed, self.scope, self._forms
        self._runner.ask(
            lambda p: p.search.tally(typed, scope, all_forms=forms, so_far=so_far, seconds=SLICE),
            partial(self._count, number),
            key=(self, "count"),
        )

    # -- regular expressions: in a process of their own ----------------------------------------------------------------

    def _start_pattern(self, keep: bool) -> None:
        scope, number = self.scope, self._number
        self._runner.ask(lambda p: p.autocode.texts(scope), partial(self._look, number, keep), key=(self, "texts"))

    def _look(self, number: int, keep: bool, texts: dict[int, str]) -> None:
        from cohesion_qda.analysis.patterns import find

        pattern = self.typed
        if number == self._number:
            self._job = self._runner.work(
                _("Searching with a regular expression"),
                lambda job: find(pattern, texts, job),
                partial(self._fits, number, keep),
            )

    def _fits(self, number: int, keep: bool, found: dict[int, list[tuple[int, int]]]) -> None:
        from cohesion_qda.analysis.patterns import in_parts

        if number == self._number:
            self._job = None
            self._fit_on(number, keep, in_parts(found), ([], Tally(rest=None)))

    def _fit_on(self, number: int, keep: bool, parts: list[Any], so_far: tuple[list[Hit], Tally]) -> None:
        """Ask for the places, some sources at a time, and show them when all are there."""
        from cohesion_qda.analysis.patterns import spans

        scope = self.scope
        if number != self._number:
            return
        if not parts:
            hits, tally = so_far
            self._is_waiting = False
            self.found.emit(HitPage(tuple(hits[:MOST])), keep)
            self.counted.emit(tally, len(hits) > MOST)
            return

        def go_on(answer: tuple[list[Hit], Tally]) -> None:
            hits, tally = answer
            self._fit_on(number, keep, parts[1:], (so_far[0] + hits, tally.plus(so_far[1])))

        part = parts[0]
        self._runner.ask(
            lambda p: p.search.at({source: spans(part, source) for source in part}, scope), go_on, key=(self, "hits")
        )
