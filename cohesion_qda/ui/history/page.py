"""History: everything that was done, in sentences, and undoing back to a place in it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change, TrailEntry
from cohesion_qda.ui.history import words
from cohesion_qda.ui.history.listing import TrailList
from cohesion_qda.ui.page import Page
from cohesion_qda.ui.retrieve.flow import FilterBar
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Chip, EmptyState, Label, PageHeader, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project


@dataclass(frozen=True, slots=True)
class Found:
    """The trail, and what Undo and Redo would do in words (None: nothing)."""

    entries: tuple[TrailEntry, ...] = ()
    undo: str | None = None
    redo: str | None = None
    is_read_only: bool = False


def look(project: Project) -> Found:
    """Read the trail. Runs on the project thread."""
    history = project.history
    return Found(tuple(history.trail()), history.can_undo(), history.can_redo(), project.is_read_only)


class HistoryPage(Page):
    """The page: filters, the trail, and the foot that says what an undo would take back."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._found = Found()
        self._person = ""
        self._group = ""
        self.header = PageHeader(_("History"), "")
        self.undo_button = QuietButton(_("Undo"), "undo", runner.undo)
        self.redo_button = QuietButton(_("Redo"), "redo", runner.redo)
        self.header.add_action(self.undo_button)
        self.header.add_action(self.redo_button)
        self.person_chip = Chip("", on_click=self._open_people)
        self.person_chip.cleared.connect(lambda: self.filter_by(person=""))
        self.group_chip = Chip("", on_click=self._open_groups)
        self.group_chip.cleared.connect(lambda: self.filter_by(group=""))
        self._bar = FilterBar([self.person_chip, self.group_chip])
        self.list = TrailList()
        self.list.chosen.connect(self._chosen)
        self.list.entered_on.connect(self.undo_to_here)
        self.empty = EmptyState("", _("Show everything"), lambda: self.filter_by(person="", group=""))
        self._pile = QStackedWidget()
        self._pile.addWidget(self.list)
        self._pile.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._bar)
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
        return [self._bar, self.list, self.here_button]

    def hints(self) -> list[tuple[str, str]]:
        return [(_("↑↓"), _("choose")), (_("Enter"), _("undo to here"))]

    # -- showing -----------------------------------------------------------------------------------------------------

    def _forget(self, _info: object = None) -> None:
        self._found, self._person, self._group = Found(), "", ""
        self.list.show_rows([])

    def _reload(self) -> None:
        self.runner.ask(look, self._arrived, key=(self, "trail"))

    def _arrived(self, found: Found) -> None:
        self._found = found
        if self._person not in self._people():
            self._person = ""
        self._show()

    def _show(self) -> None:
        found = self._found
        shown = words.chosen(found.entries, self._person, self._group)
        self.list.show_rows(words.laid_out(shown, datetime.date.today()))
        self._pile.setCurrentIndex(0 if shown else 1)
        self.empty.set_sentence(_("Nothing of this kind has been done yet."))
        acts = ngettext("{n} act", "{n} acts", len(found.entries)).format(n=len(found.entries))
        if len(shown) < len(found.entries):
            acts = _("{n} of {acts}").format(n=len(shown), acts=acts)
        people = len(self._people())
        said = ngettext("{acts}  ·  {n} person", "{acts}  ·  {n} people", people).format(acts=acts, n=people)
        self.header.set_meta(said)
        self.person_chip.set_on(bool(self._person), self._person or _("Everyone"))
        self.person_chip.setVisible(people > 1)
        self.group_chip.set_on(bool(self._group), words.group_names().get(self._group, _("Everything")))
        locked = _("The project was opened for reading only.") if found.is_read_only else ""
        self.undo_button.disable(locked or ("" if found.undo else _("There is nothing to undo.")))
        self.redo_button.disable(locked or ("" if found.redo else _("There is nothing to do again.")))
        if found.undo and not locked:
            self.undo_button.setToolTip(_("Undo: {what}").format(what=found.undo))
        if found.redo and not locked:
            self.redo_button.setToolTip(_("Redo: {what}").format(what=found.redo))

    def _chosen(self, entry: TrailEntry | None) -> None:
        if entry is None:
            self.warning.setText(_("Choose an act to see what an undo back to it would take back."))
            self.here_button.disable(_("Choose an act first"))
            return
        self.warning.setText(words.warning(self._found.entries, entry))
        reason = "" if entry.can_undo else words.why_not(entry)
        self.here_button.disable(_("The project was opened for reading only.") if self._found.is_read_only else reason)

    def _people(self) -> list[str]:
        return sorted({entry.coder for entry in self._found.entries if entry.coder}, key=str.casefold)

    # -- what the person does ----------------------------------------------------------------------------------------

    def filter_by(self, *, person: str | None = None, group: str | None = None) -> None:
        """Show only what one person did, or one kind of act; empty shows all."""
        self._person = self._person if person is None else person
        self._group = self._group if group is None else group
        self._show()

    def undo_to_here(self) -> None:
        """Take back the chosen act and everything done since."""
        entry = self.list.current()
        if entry is not None and entry.can_undo and self.here_button.isEnabled():
            n = words.taken_back(self._found.entries, entry.id)
            said = ngettext("Took back {n} act", "Took back {n} acts", n).format(n=n)
            self.runner.do(
                lambda project: project.history.undo_to(entry.id), lambda _change: self.say.emit(said, False)
            )

    def _open_people(self) -> None:
        entries = [(_("Everyone"), ""), *((name, name) for name in self._people())]
        self._menu(self.person_chip, entries, self._person, lambda value: self.filter_by(person=value))

    def _open_groups(self) -> None:
        used = {words.group_of(entry.kind) for entry in self._found.entries}
        names = [(name, group) for group, name in words.group_names().items() if group in used]
        entries = [(_("Everything"), ""), *names]
        self._menu(self.group_chip, entries, self._group, lambda value: self.filter_by(group=value))

    def _menu(self, chip: Chip, entries: list[tuple[str, str]], current: str, then: object) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for said, value in entries:
            action = menu.addAction(said, lambda value=value: then(value))
            action.setCheckable(True)
            action.setChecked(value == current)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))
