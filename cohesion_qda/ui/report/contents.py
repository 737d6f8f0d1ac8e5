"""Contents: the parts of the report at the left, at the right the title page or the part that is chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.ui.memos.holding import Scrolled
from cohesion_qda.ui.report.front import FrontPane
from cohesion_qda.ui.report.looking import Contents, look
from cohesion_qda.ui.report.part import PartPane
from cohesion_qda.ui.report.parts_list import FRONT, PartList
from cohesion_qda.ui.report.tab import ReportTab
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import EmptyState

WIDE, LEAST = 340, 240  # pixels of the list


class ContentsTab(ReportTab):
    """The list of parts, and what is decided about the current one."""

    folder_chosen = Signal(object)  # Path

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.contents: Contents | None = None
        self._is_laid = False
        self.list = PartList()
        self.front = FrontPane(runner)
        self.part = PartPane(runner)
        self._right = QStackedWidget()
        self._right.addWidget(Scrolled(self.front))
        self._right.addWidget(self.part)
        self._sides = QSplitter(Qt.Orientation.Horizontal)
        self._sides.setChildrenCollapsible(False)
        self._sides.addWidget(self.list)
        self._sides.addWidget(self._right)
        self._sides.setStretchFactor(1, 1)
        self.empty = EmptyState(
            _("No passages coded yet. Select some words and press C; the report is made from them."),
            _("Go to Read & code"),
            lambda: self.go_to.emit("read"),
        )
        self._pile = QStackedWidget()
        self._pile.addWidget(self._sides)
        self._pile.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pile, 1)
        self._follow()
        self._dress()
        current_theme().changed.connect(self._dress)

    def _follow(self) -> None:
        self.list.chosen.connect(lambda _key: self._show_right())
        self.list.entered_on.connect(self._enter)
        self.list.switched.connect(self.switch)
        self.list.moved.connect(self.move)
        self.part.switched.connect(self.switch)
        self.part.left.connect(self.list.setFocus)
        self.part.read.connect(self.read)
        self.part.turn_to.connect(lambda name: self.turn_to.emit(name, None))
        for pane in (self.front, self.part):
            pane.say.connect(self.say)
        self.front.go_to.connect(self.go_to)
        self.front.folder_chosen.connect(self.folder_chosen)

    # -- what the page calls -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._reload()

    def on_change(self, change: Change) -> None:
        self.part.changed(change)
        self._reload()

    def leave(self) -> None:
        self.front.keep_words()
        self.part.keep_words()

    def take(self, what: object) -> None:
        if isinstance(what, Path):
            self.front.show_folder(what)
        elif isinstance(what, str):
            self.list.choose(what)

    def forget(self, _info: object = None) -> None:
        self.contents = None
        self.front.forget()
        self.part.forget()

    def forget_codings(self) -> None:
        self.leave()
        self.part.forget()
        self.list.parts.show(())
        self.front.forget_gaps()
        self.contents = None

    def areas(self) -> list[QWidget]:
        if self._pile.currentIndex():
            return [self.empty.button]
        right = self.front.fields["title"] if self._right.currentIndex() == 0 else self.part.words
        return [self.list, right]

    def hints(self) -> list[tuple[str, str]]:
        return [(_("Space"), _("in the report or not")), ("Ctrl+↑ ↓", _("move")), (_("Enter"), _("write"))]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = current_theme().px(WIDE)
        if not self._is_laid and self.width() > 2 * wide:  # before, nobody knows how much room there is
            self._is_laid = True
            self._sides.setSizes([wide, self.width() - wide])

    # -- inside --------------------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        self.runner.ask(look, self._show, key=(self, "contents"))

    def _show(self, contents: Contents) -> None:
        self.contents = contents
        self._pile.setCurrentIndex(0 if contents.can_tell else 1)
        self.list.show_parts(contents)
        self.front.show_contents(contents, self.runner.info.path if self.runner.info is not None else None)
        self._show_right()

    def _show_right(self) -> None:
        key = self.list.current()
        if self.contents is None:
            return
        self._right.setCurrentIndex(0 if key in (FRONT, "") else 1)
        if key not in (FRONT, ""):
            self.part.show_part(self.contents, key)

    def _enter(self) -> None:
        """Into the fields of what is chosen."""
        self.areas()[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def switch(self, key: str, on: bool) -> None:
        """Let a part be in the report, or not."""
        self.runner.do(lambda project: project.reports.show(key, on), self._told)

    def move(self, key: str, place: int) -> None:
        """Put a part at a place among the others, from 0."""
        if self.contents is None:
            return
        order = [part.key for part in self.contents.parts if part.key != key]
        order.insert(place, key)
        self.runner.do(lambda project: project.reports.arrange(order), self._told)

    def _told(self, change: Change) -> None:
        self.say.emit(change.said, bool(change.said))

    def _dress(self) -> None:
        self.list.setMinimumWidth(current_theme().px(LEAST))
