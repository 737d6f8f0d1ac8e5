"""The figure beside the table: which one, as wide as there is room, laid out away from the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Part
from cohesion_qda.ui.compare.figure import FigureView, inches_for, pixels_of_a_point
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label

if TYPE_CHECKING:
    from cohesion_qda.report.drawing import Drawing

LEAST = 368  # pixels that a figure takes beside a table, at normal text size
MOST = 880  # pixels: wider, a figure is harder to read
STEP = 16  # pixels by which the room has to change before the figure is laid out anew


class Picture(QScrollArea):
    """The figure of a part, or a sentence where there is nothing to draw."""

    drawn = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.figure = FigureView()
        self.nothing = Label("", "interface", "text2")
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        inside = QWidget()
        inside.setProperty("surface", "paper")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.figure)
        column.addWidget(self.nothing)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCornerWidget(QWidget())
        self._answer: Answer | None = None
        self._part: Part | None = None
        self.name = ""
        self._number = 0
        self._wide = self._room = 0
        self._later = QTimer(self, singleShot=True, interval=runner.rest)
        self._later.timeout.connect(self._draw)
        current_theme().changed.connect(self._again)

    @property
    def need(self) -> int:
        """Pixels that the figure takes, where it is wider than the room it was laid out for; else 0."""
        drawing, theme = self.figure.drawing, current_theme()
        wide = round(drawing.width * pixels_of_a_point()) if drawing is not None else 0
        beside = self.verticalScrollBar().sizeHint().width() + 2 + STEP
        return min(wide + beside, theme.px(MOST)) if wide > self._wide + 2 else 0

    @property
    def is_waiting(self) -> bool:
        """Whether it is about to be drawn at another width."""
        return self._later.isActive()

    def show_figure(self, answer: Answer, part: Part, name: str, room: int) -> None:
        """Draw `part` as the figure called `name`, in `room` pixels."""
        is_other = (answer, part, name) != (self._answer, self._part, self.name)
        self._answer, self._part, self.name = answer, part, name
        self._room = max(
            120, min(room - self.verticalScrollBar().sizeHint().width() - 2, current_theme().px(MOST)) // STEP * STEP
        )
        if is_other:
            self._draw(force=True)
        elif self._room != self._wide:
            self._later.start()  # while a window is drawn larger, it is not laid out at every step

    def clear(self) -> None:
        """Show no figure."""
        self._answer = self._part = None
        self._number += 1
        self.figure.show_drawing(None)

    def _again(self) -> None:
        self._wide = 0
        self._later.start()

    def _draw(self, *, force: bool = False) -> None:
        answer, part, name, wide = self._answer, self._part, self.name, self._room
        if answer is None or part is None or (wide == self._wide and not force):
            return
        self._wide = wide
        self._number += 1
        number, inches = self._number, inches_for(wide)

        def task(_job: object) -> Drawing | str:
            from cohesion_qda.report.figuring import figure

            try:
                return figure(part, name, answer, width=inches)
            except UserError as trouble:
                return str(trouble)

        def arrived(drawing: Drawing | str) -> None:
            if number == self._number:
                self._show(drawing)

        self._runner.work(_("Drawing the figure"), task, arrived)

    def _show(self, drawing: Drawing | str) -> None:
        is_drawn = not isinstance(drawing, str)
        self.nothing.setText("" if is_drawn else drawing)
        self.nothing.setVisible(not is_drawn)
        self.figure.setVisible(is_drawn)
        self.figure.show_drawing(drawing if is_drawn else None)
        self.drawn.emit()
