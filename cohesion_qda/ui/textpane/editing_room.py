"""What the room has for correcting: the mode, who said it, and the passages that lost their text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.source import Reading
from cohesion_qda.model.text import Span
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane.editing import Correcting
from cohesion_qda.ui.textpane.editing_left import LeftTyping
from cohesion_qda.ui.textpane.lost import LostReview

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change
    from cohesion_qda.ui.textpane.view import TranscriptView


class Mending(QObject):
    """`correcting`, what was `left` behind, `lost` and `speaking`, placed around the room's stack and given their keys."""

    said = Signal(str, bool)  # toast, whether it can be undone
    wanted = Signal(int, object)  # source id, Span: show a place in another source

    def __init__(
        self, runner: Runner, page: QWidget, view: TranscriptView, stack: QStackedWidget, column: QVBoxLayout
    ) -> None:
        super().__init__(page)
        self._page, self._view = page, view
        self.correcting = Correcting(runner, page, view, stack)
        self.speaking = self.correcting.speaking
        self.left = LeftTyping(runner, page, self.correcting)
        self.lost = LostReview(runner, page, view)
        place = column.indexOf(stack)
        column.insertWidget(place, self.correcting.strip)
        column.insertWidget(place, self.lost.strip)
        column.insertWidget(place, self.left.strip)
        column.addWidget(self.lost.panel)
        for part in (self.correcting, self.lost):
            part.said.connect(self.said)
        self.lost.wanted.connect(self.wanted)

    def actions(self, make: Callable[[str, QKeySequence, Callable[[], object]], QAction]) -> list[QAction]:
        """The entries of the Edit menu."""
        return [
            make(_("Correct the transcript"), QKeySequence("F4"), self.correcting.toggle),
            make(_("Said by …"), QKeySequence("Shift+F4"), self._say_who),
            make(_("Split the turn here"), QKeySequence("Ctrl+Shift+Return"), self._with_turn(self.speaking.split)),
            make(
                _("Join with the turn before"),
                QKeySequence("Ctrl+Shift+Backspace"),
                self._with_turn(self.speaking.join),
            ),
            make(_("Passages that lost their text …"), QKeySequence("Ctrl+F4"), self.lost.open),
        ]

    def hints(self) -> list[tuple[str, str]]:
        """Keys worth knowing while the text is corrected; none while it is read."""
        if not self.correcting.is_on:
            return []
        return [
            ("Esc", _("keep what was typed")), ("Shift+F4", _("Said by …")),
            ("Ctrl+Shift+Return", _("Split the turn here")), ("Ctrl+Shift+Backspace", _("Join with the turn before")),
        ]  # fmt: skip

    def areas(self) -> list[QWidget]:
        """What F6 moves to beside the text, while it is shown."""
        return [part for part in (self.left.strip, self.lost.panel.list) if part.isVisible()]

    def goes_first(self, shown: SourceId | None, wanted: SourceId, span: Span | None, to: Callable[[], None]) -> bool:
        """Whether correcting has to do with showing a place: then it sees to it. In the text that is corrected the place is
        found where it is by now; before another one is shown, by `to`, what was typed is kept.
        """
        if not self.correcting.is_on:
            return False
        if shown != wanted:
            self.correcting.done(to=to)
        elif span is not None:
            self.correcting.show(span)
            self.correcting.area.setFocus()
        return True

    def entered(self) -> None:
        """The room is in view."""
        self.correcting.entered()
        self.left.read()
        self.lost.read()

    def on_change(self, change: Change) -> None:
        """The project changed."""
        self.correcting.on_change(change)
        self.lost.on_change(change)

    def _with_turn(self, does: Callable[[Reading, int], None]) -> Callable[[], None]:
        """`does` with the turn under the caret; while the text is corrected, what was typed is kept first, and afterwards
        correcting goes on.
        """

        def act(point: int | None = None) -> None:
            reading = self._view.reading
            if reading is None:
                self.said.emit(_("Open a transcript first."), False)
            else:
                does(reading, self._view.caret() if point is None else point)

        def start() -> None:
            if self.correcting.is_on:
                self.correcting.done(then=lambda point: (act(point), self.correcting.resume(point)))
            else:
                act()

        return start

    def _say_who(self) -> None:
        if self.correcting.is_on:
            self.correcting.done(then=lambda point: self._open_who(point, None))
        else:
            self._open_who(self._view.caret(), self._view.selected())

    def _open_who(self, point: int, selected: Span | None) -> None:
        reading = self._view.reading
        if reading is None:
            self.said.emit(_("Open a transcript first."), False)
            return
        corner = self._view.cursorRect().bottomLeft()
        self.speaking.open(reading, point, selected, self._view.viewport().mapToGlobal(QPoint(corner)))
