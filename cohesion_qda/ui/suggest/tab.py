"""What every tab of the page Suggest is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.settings import Settings
from cohesion_qda.model.change import Change
from cohesion_qda.ui.runner import Runner


class Tab(QWidget):
    """One kind of proposal. It is made when it is first shown; `refresh` is called whenever it comes into view, so what
    happens meanwhile need not be heard.
    """

    read = Signal(int, object)  # source id, Span: read it in context
    say = Signal(str, bool)  # toast, whether it can be undone
    changed_count = Signal()  # what `waiting`, `again`, `actions` and `is_working` say is different now
    turn_to = Signal(str, object)  # the name of another tab, and what its `take` is given
    show_code = Signal(int)  # code id: show its passages in Retrieve
    hints_changed = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner

    def refresh(self) -> None:
        """The tab has come into view: read again what it shows, without computing anything that was not asked for."""

    def on_change(self, change: Change) -> None:
        """The project changed while the tab is in view."""

    def take(self, what: object) -> None:
        """Show this: another tab turned to this one with it."""

    def forget(self, _info: object = None) -> None:
        """Another project is open, or none. The tab connects it to the runner's `opened` and `closed` itself."""

    def forget_codings(self) -> None:
        """Show no codings and nothing counted of them, until it is read again with other eyes."""

    def use_settings(self, settings: Settings) -> None:
        """The person's settings, when the tab is made and whenever they were changed."""

    # -- what the page asks ------------------------------------------------------------------------------------------

    def areas(self) -> list[QWidget]:
        """The parts that F6 moves between, from left to right; the first one takes the focus when the tab is entered."""
        return [self]

    def hints(self) -> list[tuple[str, str]]:
        """Keys worth knowing here, with what they do."""
        return []

    def header_actions(self) -> list[QWidget]:
        """Buttons for the page's header while the tab is in view; made once."""
        return []

    def again(self) -> str:
        """The words of the header's button that computes anew (`start`); empty where there is nothing to compute anew."""
        return ""

    def waiting(self) -> int:
        """How many proposals nothing was made of yet; it stands beside the page's name in the navigator."""
        return 0

    # -- computing ---------------------------------------------------------------------------------------------------

    @property
    def is_working(self) -> bool:
        """Whether something is being computed, so that `cancel` would stop it."""
        return False

    def start(self) -> None:
        """Compute, or compute anew."""

    def renew(self) -> None:
        """F5: compute anew, or show the newest order of what was computed."""
        if self.again() and not self.is_working:
            self.start()

    def cancel(self) -> None:
        """Stop computing; what was there stays."""
