"""What every tab of the page Report is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.ui.runner import Runner


def tab_names() -> dict[str, str]:
    """The words on each tab."""
    return {
        "contents": _("Contents"), "check": _("Check"), "evidence": _("Other evidence"), "worksheets": _("Worksheets"), "issues": _("Issues"),
        "plan": _("Plan"), "team": _("Team"),
    }  # fmt: skip


class ReportTab(QWidget):
    """One thing a report is made of. It is made when it is first shown; `refresh` is called whenever it comes into view, so what
    happens meanwhile need not be heard.
    """

    read = Signal(int, object)  # source id, Span: read it in context
    say = Signal(str, bool)  # toast, whether it can be undone
    go_to = Signal(str)  # the name of another page
    turn_to = Signal(str, object)  # the name of another tab, and what its `take` is given (None: nothing)
    hints_changed = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        runner.opened.connect(self.forget)
        runner.closed.connect(self.forget)

    def refresh(self) -> None:
        """The tab has come into view: read again what it shows."""

    def on_change(self, change: Change) -> None:
        """The project changed while the tab is in view."""

    def take(self, what: object) -> None:
        """Show this: another tab turned to this one with it."""

    def leave(self) -> None:
        """The tab, or the page, goes out of view: hand what is typed to the project."""

    def forget(self, _info: object = None) -> None:
        """Another project is open, or none: show nothing of the one before."""

    def forget_codings(self) -> None:
        """Show no codings and nothing counted of them, until it is read again with other eyes."""

    # -- what the page asks ------------------------------------------------------------------------------------------

    def areas(self) -> list[QWidget]:
        """The parts that F6 moves between, from left to right; the first one takes the focus when the tab is entered."""
        return [self]

    def hints(self) -> list[tuple[str, str]]:
        """Keys worth knowing here, with what they do."""
        return []

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        """The tab's own actions for the window's menus while it is in view (`ui.page.own_action` makes one)."""
        return {}
