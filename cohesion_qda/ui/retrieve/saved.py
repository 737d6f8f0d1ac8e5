"""Queries under a name: the chip that opens them, and keeping, renaming and deleting the one that is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.query import Query, SavedQuery
from cohesion_qda.ui import choose
from cohesion_qda.ui.parts import add_title
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Chip

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change


class Saved(QObject):
    """The chip and its menu. `opened` gives the query that was chosen; `told` is called with each change that was made."""

    opened = Signal(object)  # Query

    def __init__(self, runner: Runner, told: Callable[[Change], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._told, self._parent = runner, told, parent
        self._queries: tuple[SavedQuery, ...] = ()
        self._query = Query()
        self.chip = Chip(_("Saved queries"), on_click=self.open_menu)
        self.current: SavedQuery | None = None

    def show_saved(self, queries: Sequence[SavedQuery]) -> None:
        """The queries that are kept."""
        self._queries = tuple(queries)
        if self.current is not None:
            self.current = next((kept for kept in queries if kept.id == self.current.id), None)
        self._say()

    def show_query(self, query: Query) -> None:
        """The query on the page: it may be one that is kept."""
        self._query = query
        same = [kept for kept in self._queries if kept.query == query]
        if same and self.current not in same:
            self.current = same[0]
        if query == Query():
            self.current = None
        self._say()

    def open(self, saved: SavedQuery) -> None:
        """Show what a saved query finds."""
        self.current = saved
        self.opened.emit(saved.query)

    def open_menu(self) -> None:
        """The saved queries, and what can be done with the one that is shown."""
        menu = QMenu(self.chip)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._queries:
            add_title(menu, _("Saved queries"))
        for saved in self._queries:
            action = menu.addAction(saved.name.replace("&", "&&"), lambda saved=saved: self.open(saved))
            action.setCheckable(True)
            action.setChecked(self.current is not None and saved.id == self.current.id)
        menu.addSeparator()
        if self.current is not None:
            if self.current.query != self._query:
                words = _("Save the changes to “{name}”").format(name=self.current.name)
                menu.addAction(words.replace("&", "&&"), self.save_again)
            menu.addAction(_("Rename “{name}” …").format(name=self.current.name).replace("&", "&&"), self.rename)
            menu.addAction(_("Delete “{name}”").format(name=self.current.name).replace("&", "&&"), self.delete)
        menu.addAction(_("Save this query as …"), self.save_as)
        menu.popup(self.chip.mapToGlobal(self.chip.rect().bottomLeft()))

    def save_as(self) -> None:
        """Keep the query on the page under a name."""
        name = choose.line(self._parent, _("Save the query"), _("Name of the query"))
        if name:
            self._save(name)

    def save_again(self) -> None:
        """Keep the query on the page in place of the one it came from."""
        if self.current is not None:
            self._save(self.current.name)

    def _save(self, name: str) -> None:
        query = self._query
        self.current = None
        self._runner.do(lambda project: project.retrieval.save(name, query), self._told)

    def rename(self) -> None:
        """Call the saved query that is shown otherwise."""
        if self.current is None:
            return
        saved = self.current
        name = choose.line(self._parent, _("Rename the query"), _("Name of the query"), saved.name)
        if name and name != saved.name:
            self._runner.do(lambda project: project.retrieval.rename(saved.id, name), self._told)

    def delete(self) -> None:
        """Take the saved query that is shown away; what it finds stays on the page."""
        if self.current is None:
            return
        saved, self.current = self.current, None
        self._runner.do(lambda project: project.retrieval.delete(saved.id), self._told)

    def _say(self) -> None:
        if self.current is None:
            words = _("Saved queries")
        elif self.current.query == self._query:
            words = self.current.name
        else:
            words = _("{name}, changed").format(name=self.current.name)
        metrics = self.chip.fontMetrics()
        self.chip.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, 200).replace("&", "&&"))
        self.chip.setAccessibleName(_("Saved queries: {name}").format(name=words) if self.current else words)
        self.chip.setToolTip(words if self.current is not None else "")
