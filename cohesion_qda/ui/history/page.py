"""History: everything that was done, in sentences, and undoing back to a place in it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change, TrailEntry
from cohesion_qda.model.trail import Wanted
from cohesion_qda.ui.history import words
from cohesion_qda.ui.history.filters import Filters
from cohesion_qda.ui.history.listing import TrailList
from cohesion_qda.ui.page import Page
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import EmptyState, Label, PageHeader, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project

AT_ONCE = 500  # acts that are read in one go


@dataclass(frozen=True, slots=True)
class Found:
    """The newest of the acts that are wanted, how many these and all are, and what Undo and Redo would do in words (None:
    nothing).
    """

    entries: tuple[TrailEntry, ...] = ()
    wanted: int = 0
    acts: int = 0
    people: int = 0
    undo: str | None = None
    redo: str | None = None
    is_read_only: bool = False


def look(project: Project, wanted: Wanted, most: int) -> Found:
    """Read the trail. Runs on the project thread."""
    history = project.history
    acts = history.count()
    return Found(
        tuple(history.trail(most, wanted=wanted)),
        acts if words.is_all(wanted) else history.count(wanted),
        acts, len(history.coders()), history.can_undo(), history.can_redo(), project.is_read_only,
    )  # fmt: skip


class HistoryPage(Page):
    """The page: filters, the trail, and the foot that says what an undo would take back."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._found = Found()
        self._is_reading_more = False
        self.header = PageHeader(_("History"), "")
        self.undo_button = QuietButton(_("Undo"), "undo", runner.undo)
        self.redo_button = QuietButton(_("Redo"), "redo", runner.redo)
        self.header.add_action(self.undo_button)
        self.header.add_action(self.redo_button)
        self.filters = Filters(runner)
        self.filters.changed.connect(self._filtered)
        self.list = TrailList()
        self.list.chosen.connect(self._chosen)
        self.list.entered_on.connect(self.undo_to_here)
        self.list.more_wanted.connect(self._read_more)
        self.empty = EmptyState("", _("Show everything"), self.filters.clear)
        self._pile = QStackedWidget()
        self._pile.addWidget(self.list)
        self._pile.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.filters)
        column.addWidget(self._pile, 1)
        column.addWidget(self._make_foot())
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)
        self._chosen(None)

    def _make_foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("surface", "bg")
        foot.setProperty("edge", "top")
        foot.setProperty("foot", True)
        self.warning = Label("", "interface", "text2")
        self.warning.setWordWrap(True)
        self.here_button = PrimaryButton(_("Undo to here"), "undo", self.undo_to_here)
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(24)
        row.addWidget(self.warning, 1)
        row.addWidget(self.here_button)
        return foot

    # -- what the window calls ---------------------------------------------------------------------------------------

    def entered(self) -> None:
        self._reload()
        if not self.isAncestorOf(QApplication.focusWidget()):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_change(self, change: Change) -> None:
        self._reload()

    def areas(self) -> list[QWidget]:
        return [self.filters, self.list, self.here_button]

    def hints(self) -> list[tuple[str, str]]:
        return [(_("↑↓"), _("choose")), (_("Enter"), _("undo to here"))]

    # -- showing -----------------------------------------------------------------------------------------------------

    def forget_codings(self) -> None:
        self._found = Found()
        self.list.show_rows([])
        self.header.set_meta("")
        for button in (self.undo_button, self.redo_button):
            button.setToolTip("")

    def _forget(self, _info: object = None) -> None:
        self._found = Found()
        self.filters.clear(tell=False)
        self.list.show_rows([])

    def _filtered(self) -> None:
        self._found = replace(self._found, entries=())
        self._reload()
        self.list.scrollToTop()

    def _reload(self) -> None:
        """Read as many acts anew as are shown."""
        wanted, most = self.filters.wanted, max(AT_ONCE, len(self._found.entries))
        self._is_reading_more = False
        self.runner.ask(lambda project: look(project, wanted, most), self._arrived, key=(self, "trail"))

    def _read_more(self) -> None:
        entries = self._found.entries
        if self._is_reading_more or not entries or len(entries) >= self._found.wanted:
            return
        self._is_reading_more = True
        wanted, last = self.filters.wanted, entries[-1].id
        self.runner.ask(
            lambda project: project.history.trail(AT_ONCE, wanted=wanted, before=last),
            self._more_arrived, key=(self, "trail"),
        )  # fmt: skip

    def _more_arrived(self, more: list[TrailEntry]) -> None:
        self._is_reading_more = False
        self._arrived(replace(self._found, entries=(*self._found.entries, *more)))

    def _arrived(self, found: Found) -> None:
        self._found = found
        self.list.show_rows(words.laid_out(found.entries, datetime.date.today()))
        self._pile.setCurrentIndex(0 if found.entries else 1)
        self.empty.set_sentence(_("Nothing of this kind has been done yet."))
        self.header.set_meta(self._meta(found))
        self.filters.set_people(found.people)
        locked = _("The project was opened for reading only.") if found.is_read_only else ""
        self.undo_button.disable(locked or ("" if found.undo else _("There is nothing to undo.")))
        self.redo_button.disable(locked or ("" if found.redo else _("There is nothing to do again.")))
        if found.undo and not locked:
            self.undo_button.setToolTip(_("Undo: {what}").format(what=found.undo))
        if found.redo and not locked:
            self.redo_button.setToolTip(_("Redo: {what}").format(what=found.redo))

    def _meta(self, found: Found) -> str:
        people = ngettext("{n} person", "{n} people", found.people).format(n=found.people)
        if found.wanted < found.acts:
            acts = ngettext("{n} of {all} act", "{n} of {all} acts", found.acts).format(n=found.wanted, all=found.acts)
        else:
            acts = ngettext("{n} act", "{n} acts", found.acts).format(n=found.acts)
        return _("{acts}  ·  {people}").format(acts=acts, people=people)

    def _chosen(self, entry: TrailEntry | None) -> None:
        if entry is None:
            self.warning.setText(_("Choose an act to see what an undo back to it would take back."))
            self.here_button.disable(_("Choose an act first"))
            return
        reason = "" if entry.can_undo else words.why_not(entry, is_blind=self.runner.only_coder is not None)
        self.here_button.disable(_("The project was opened for reading only.") if self._found.is_read_only else reason)
        if not entry.can_undo:
            self.warning.setText(reason)
            return
        self.runner.ask(
            lambda project: project.history.would_undo(entry.id), partial(self._warn, entry), key=(self, "warning")
        )

    def _warn(self, entry: TrailEntry, n: int) -> None:
        self.warning.setText(words.warning(n, entry))

    # -- what the person does ----------------------------------------------------------------------------------------

    def undo_to_here(self) -> None:
        """Take back the chosen act and everything done since, as one act."""
        entry = self.list.current()
        if entry is not None and entry.can_undo and self.here_button.isEnabled():
            self.runner.do(lambda project: project.history.undo_to(entry.id))
