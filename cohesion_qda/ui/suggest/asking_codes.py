"""What the Codes tab asks of the processes that hold the study: the order of the passages, and how good it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest.assistant import Asked, Question, assistant_of


class _Call(NamedTuple):
    title: str
    function: Callable[..., Any]
    question: Question
    then: Callable[[Any], None]


class Lane:
    """Asks one thing at a time; of what waits under one key only the last is asked."""

    def __init__(self, runner: Runner, changed: Callable[[], object], *, quick: bool) -> None:
        self._runner, self._changed, self._quick = runner, changed, quick
        self._waiting: dict[Hashable, _Call] = {}
        self._asked: Asked | None = None
        self._is_busy = self._is_going = False
        self._round = 0  # answers to what was asked before a stop are dropped

    @property
    def is_working(self) -> bool:
        """Whether anything is under way or waits."""
        return self._is_busy or bool(self._waiting)

    def put(self, key: Hashable, call: _Call, *, first: bool = False) -> None:
        """Ask this after all that waits, or before it."""
        self._waiting.pop(key, None)
        self._waiting = {key: call, **self._waiting} if first else {**self._waiting, key: call}
        self.go_on()

    def stop(self) -> None:
        """Ask nothing more, and hear no answer to what was asked."""
        asked, self._asked = self._asked, None
        self._ended()
        self._waiting = {}
        if asked is not None:
            asked.cancel()

    def go_on(self) -> None:
        """Ask the next, when nothing is under way. Where answers come at once it goes round here, not ever deeper."""
        if self._is_going:
            return
        self._is_going = True
        try:
            while not self._is_busy and self._waiting:
                key = next(iter(self._waiting))
                self._ask(self._waiting.pop(key))
        finally:
            self._is_going = False

    def _ask(self, call: _Call) -> None:
        self._is_busy, asked = True, self._round

        def arrived(answer: Any) -> None:
            if asked == self._round:
                self._ended()
                call.then(answer)
                self.go_on()

        def failed() -> None:
            if asked == self._round:
                self._ended()
                self._waiting = {}

        handle = assistant_of(self._runner).ask(
            call.title, call.function, call.question, arrived, stopped=failed, quick=self._quick
        )
        if asked == self._round:
            self._asked = handle
        self._changed()

    def _ended(self) -> None:
        self._round += 1
        self._is_busy, self._asked = False, None
        self._changed()


class AskingCodes(QObject):
    """Ranks the passages of the code that is looked at, again after each act, in the process that follows the hand; measures one
    code after the other in the one for long searches. However quickly acts follow each other, one order is asked for at a
    time, and the last is always asked for.
    """

    ranked = Signal(object)  # Ranked
    measured = Signal(object)  # Honesty
    changed = Signal()  # `is_working`

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders = Lane(runner, self.changed.emit, quick=True)
        self._measures = Lane(runner, lambda: None, quick=False)

    @property
    def is_working(self) -> bool:
        """Whether an order is on its way."""
        return self._orders.is_working

    @property
    def is_measuring(self) -> bool:
        """Whether it is being measured how good the proposals are."""
        return self._measures.is_working

    def rank(self, code: CodeId, number: int) -> None:
        """Ask for the `number` likeliest passages of a code; `ranked` tells."""
        from cohesion_qda.analysis import worker

        self._orders.put(
            "order",
            _Call(
                _("Looking for passages"),
                worker.ranked,
                lambda p: (p.proposed_codes.coded(), code, number),
                self.ranked.emit,
            ),
        )

    def measure(self, codes: Iterable[CodeId], *, first: bool = False) -> None:
        """Measure how far the proposals of these codes can be trusted, after all that is asked already, or before it."""
        for code in codes:
            self._measure(code, first=first)

    def _measure(self, code: CodeId, *, first: bool) -> None:
        from cohesion_qda.analysis import worker

        def then(found: Iterable[Any]) -> None:
            for honesty in found:
                self.measured.emit(honesty)

        self._measures.put(
            code,
            _Call(_("Measuring the proposals"), worker.honesty, lambda p: (p.proposed_codes.coded(), (code,)), then),
            first=first,
        )

    def stop(self) -> None:
        """Ask nothing more, and hear no answer to what was asked."""
        self._orders.stop()
        self._measures.stop()
