"""What every page of the window is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.settings import Settings
from cohesion_qda.model.change import Change
from cohesion_qda.ui.runner import Runner

# the tables that passages and counts are made of
COUNTED = (
    "coding",
    "segment",
    "code",
    "source",
    "turn",
    "speaker",
    "study_case",
    "attribute",
    "attribute_value",
    "coder",
    "section",
    "guide_question",
)


def own_action(owner: QWidget, words: str, keys: str | QKeySequence, slot: Callable[[], object]) -> QAction:
    """An action of a page or a part of one, with its shortcut (empty: none), which works only inside it."""
    action = QAction(words, owner)
    action.setShortcut(QKeySequence(keys))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _checked=False: slot())
    owner.addAction(action)
    return action


class Page(QWidget):
    """One page: it asks the project through the runner, and re-reads what it shows when a change touches it."""

    open_passage = Signal(int, object)  # source id, Span: read it in context
    show_code = Signal(int)  # code id: show its passages in Retrieve
    say = Signal(str, bool)  # toast, whether it can be undone
    count_changed = Signal(int)  # the number that stands beside the page's name in the navigator; 0 shows none
    go_to = Signal(str)  # the name of another page: read, retrieve, compare, suggest, report, history, attributes
    hints_changed = Signal()  # other keys are worth knowing by now

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self._seen_of = runner.only_coder
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "paper")

    def entered(self) -> None:
        """The page has come into view; show what is true now."""

    def on_change(self, change: Change) -> None:
        """The project changed while the page is in view."""

    def look_again(self) -> None:
        """Called before the page comes into view or hears of a change: what it shows of others' codings goes when these are
        hidden now.
        """
        if self._seen_of != self.runner.only_coder:
            self._seen_of = self.runner.only_coder
            self.forget_codings()

    def forget_codings(self) -> None:
        """Show no codings and nothing counted of them, until it is read again with other eyes."""

    def areas(self) -> list[QWidget]:
        """The parts that F6 moves between, from left to right."""
        return [self]

    def use_settings(self, settings: Settings) -> None:
        """The person's settings, when the page is made and whenever they were changed."""

    def hints(self) -> list[tuple[str, str]]:
        """Keys worth knowing here, with what they do, for the status bar."""
        return []

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        """The page's own actions for the window's menus (`edit`, `code`, `view`, `file`) while it is in view.

        Their shortcuts must be of the kind that works only inside the page (`Qt.WidgetWithChildrenShortcut`).
        """
        return {}
