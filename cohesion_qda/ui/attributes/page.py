"""People and attributes: everything known about sources and participants, to read, type, paste and import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import AttributeTable, Subject
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CaseId
from cohesion_qda.ui import choose
from cohesion_qda.ui.attributes import menus, words
from cohesion_qda.ui.attributes.flow import SheetFlow
from cohesion_qda.ui.attributes.grid import AttributeGrid
from cohesion_qda.ui.attributes.model import NAME, GridModel
from cohesion_qda.ui.page import Page
from cohesion_qda.ui.parts import add_title
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.tabs import TabStrip
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import EmptyState, Label, PageHeader, PrimaryButton, QuietButton, SearchField

if TYPE_CHECKING:
    from cohesion_qda.project import Project

ABOUT = ("participant", "source")
ROOM_TO_PASTE, ROOM_TO_ADD = 720, 520  # widths, in pixels at normal text size, below which a button is left out
SHOWN = (
    "source",
    "turn",
    "speaker",
    "study_case",
    "attribute",
    "attribute_value",
)  # the tables that the grid is made of


class Found(NamedTuple):
    """What the project answered."""

    table: AttributeTable
    others: int  # sources when participants are shown, and the other way round
    is_read_only: bool


def look(project: Project, about: str) -> Found:
    """Read what is shown. Runs on the project thread."""
    table = project.attributes.table(about)
    others = len(project.sources.list() if about == "participant" else project.cases.list("participant"))
    return Found(table, others, project.is_read_only)


class AttributesPage(Page):
    """The page: a switch between participants and sources, and the grid."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.model = GridModel(self)
        self.grid = AttributeGrid(self.model)
        self._found: Found | None = None
        self._unfit = ""
        self._show_next: list[str] = []  # columns to go to once they are there
        self.flow = SheetFlow(runner, self)
        self.flow.said.connect(self.say)
        self.flow.setting.connect(self._go_to_new)
        self._make_header()
        self._make_strip()
        self._make_actions()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.strip)
        column.addWidget(self._make_body(), 1)
        self.model.wanted.connect(self._set)
        self.grid.table_pasted.connect(self._table_pasted)
        self.grid.did_not_fit.connect(self._did_not_fit)
        self.grid.head_menu_wanted.connect(lambda at, place: menus.open_at(menus.of_column(self, at), place))
        self.grid.menu_wanted.connect(lambda place: menus.open_at(menus.of_cells(self), place))
        self.grid.chosen.connect(self._offer)
        runner.failed.connect(self._failed)
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)

    def _failed(self, _error: object) -> None:
        self.model.forget_pending()

    def _make_header(self) -> None:
        self.header = PageHeader(_("People and attributes"), "")
        self.paste_button = QuietButton(_("Paste by name …"), "copy", self.paste_by_name)
        self.add_button = QuietButton(_("Add attribute …"), "plus", self.add_attribute)
        self.import_button = PrimaryButton(_("Import a sheet …"), "import", self.import_sheet)
        for button in (self.paste_button, self.add_button, self.import_button):
            self.header.add_action(button)

    def _make_strip(self) -> None:
        self.strip = TabStrip(_("What the grid is about"), (_("People"), _("Sources")))
        self.tabs = self.strip.tabs
        self.tabs.currentChanged.connect(self._turn)
        self.join_button = QuietButton(_("These are one person"), "merge", self.join)
        self.part_button = QuietButton(_("Take apart …"), "people", self.take_apart)
        for button in (self.join_button, self.part_button):
            button.hide()
            self.strip.add(button)
        self.search = SearchField(_("Find a name"))
        self.search.setMaximumWidth(current_theme().px(220))
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._into_grid)
        self.strip.add(self.search)

    def _make_body(self) -> QWidget:
        self.note = Label("", "interface", "text2")
        self.note.setWordWrap(True)
        self.note.setContentsMargins(24, 8, 24, 8)
        self.note.hide()
        full = QWidget()
        full.setProperty("surface", "paper")
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 0, 0)
        row.addWidget(self.grid)
        column.addLayout(row, 1)
        self.empty = EmptyState(
            _("No sources yet. When transcripts are imported, the people who speak in them are listed here."),
            _("Go to Read & code"),
            lambda: self.go_to.emit("read"),
        )
        self.pile = QStackedWidget()
        self.pile.addWidget(full)
        self.pile.addWidget(self.empty)
        return self.pile

    def _make_actions(self) -> None:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._actions: dict[str, QAction] = {}
        for name, text, keys, slot in (
            ("find", _("Find a name"), "Ctrl+F", self._find),
            ("fill", _("Fill down"), "Ctrl+D", self.grid.fill_down),
            ("copy_heads", _("Copy with names and headings"), "Ctrl+Shift+C", self.grid.copy_with_heads),
            ("paste_by_name", _("Paste by name …"), "Ctrl+Shift+V", self.paste_by_name),
            ("add", _("Add attribute …"), "", self.add_attribute),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(context)
            action.triggered.connect(lambda _on=False, do=slot: do())
            self._actions[name] = action
        self.addActions(list(self._actions.values()))

    # -- what the window calls ---------------------------------------------------------------------------------------

    @property
    def about(self) -> str:
        """`participant` or `source`, whichever is shown."""
        return ABOUT[self.tabs.currentIndex()]

    def entered(self) -> None:
        self._reload()
        if not self.isAncestorOf(QApplication.focusWidget()):
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_change(self, change: Change) -> None:
        if change.touches(*SHOWN):
            self._reload()

    def areas(self) -> list[QWidget]:
        return [self.tabs, self.search, self.grid]

    def hints(self) -> list[tuple[str, str]]:
        return [
            (_("Enter, Tab"), _("down, right")),
            ("F2", _("edit")),
            ("Ctrl+D", _("fill down")),
            ("Ctrl+V", _("paste from a spreadsheet")),
        ]

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        return {"edit": list(self._actions.values())}

    def show_about(self, about: str) -> None:
        """Turn to the participants or the sources."""
        self.tabs.setCurrentIndex(ABOUT.index(about))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, what the menus offer as well gives way to the title."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        wide = self.width() / current_theme().scale
        has_sources = self.pile.currentWidget() is not self.empty
        self.paste_button.setVisible(has_sources and wide > ROOM_TO_PASTE)
        self.add_button.setVisible(has_sources and wide > ROOM_TO_ADD)

    # -- showing -------------------------------------------------------------------------------------------------------

    def _forget(self, _info: object = None) -> None:
        self._found = None
        self.search.clear()
        self.model.sorted_by = None
        self.model.show(AttributeTable(self.about))

    def _turn(self, _at: int) -> None:
        self.search.clear()
        self.model.sorted_by = None
        self._reload()

    def _reload(self) -> None:
        about = self.about
        self.runner.ask(lambda project: look(project, about), self._show, key=(self, "table"))

    def _show(self, found: Found) -> None:
        self._found = found
        table = found.table
        self.model.show(table, found.is_read_only)
        self.grid.setAccessibleName(words.name_of_grid(table.about))
        sources = len(table.rows) if table.about == "source" else found.others
        self.pile.setCurrentIndex(0 if sources else 1)
        for part in (self.strip, self.import_button):
            part.setVisible(bool(sources))
        self._make_room()
        n = len(table.rows)
        people, files = (n, found.others) if table.about == "participant" else (found.others, n)
        self.tabs.setTabText(0, _("People  {n}").format(n=people))
        self.tabs.setTabText(1, _("Sources  {n}").format(n=files))
        self.header.set_meta(words.about_table(table) if sources else "")
        self._tell()
        reason = _("This project was opened for reading only.") if found.is_read_only else ""
        for button in (self.paste_button, self.add_button, self.import_button):
            button.disable(reason)
        for name in ("fill", "paste_by_name", "add"):
            self._actions[name].setEnabled(not found.is_read_only and bool(sources))
        self._offer()
        coming = [at for name in self._show_next if (at := self.model.column_of(name)) is not None]
        if coming:
            self._show_next = []
            self.grid.go_to(max(0, self.grid.currentIndex().row()), min(coming))
        elif not self.grid.currentIndex().isValid():
            self.grid.go_to(0, NAME)

    def _filter(self, typed: str) -> None:
        self.model.set_filter(typed)
        self.header.set_meta(words.about_table(self.model.table, len(self.model.rows) if typed else None))
        self._tell()

    def _tell(self) -> None:
        """Where there is nothing to see, say why."""
        said = words.nothing_to_see(self.model.table, len(self.model.rows), self.search.text())
        self.note.setText(said)
        self.note.setVisible(bool(said))

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _into_grid(self) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.go_to(0, max(0, self.grid.currentIndex().column()))

    def _offer(self) -> None:
        """Offer what can be done with the people whose rows are selected."""
        people = self.people()
        can_change = not self.model.is_read_only
        self.join_button.setVisible(can_change and len(people) > 1)
        self.part_button.setVisible(can_change and len(people) == 1 and people[0].labels > 1)

    def people(self) -> list[Subject]:
        """The people in whose rows a cell is selected."""
        if self.about != "participant":
            return []
        return [self.model.rows[row] for row in self.grid.chosen_rows() if row < len(self.model.rows)]

    # -- values --------------------------------------------------------------------------------------------------------

    def _set(self, cells: list[tuple[int, str, str]]) -> None:
        about = self.about
        self.runner.do(lambda p: p.attributes.set_many(about, cells), self._set_done)

    def _set_done(self, result) -> None:
        said = words.after_setting(result, self._unfit)
        self._unfit = ""
        if said:
            self.say.emit(said, not result.change.is_empty)
        if result.refused or result.change.is_empty:
            self.model.forget_pending()

    def _did_not_fit(self, rows: int, columns: int, kept: int, changes: bool) -> None:
        """Say it together with what was set, or by itself when nothing will be."""
        said = words.unfit(rows, columns, kept)
        if changes:
            self._unfit = said
        else:
            self.say.emit(said, False)

    # -- sheets --------------------------------------------------------------------------------------------------------

    def import_sheet(self) -> None:
        """Read a file and show what it would do."""
        info = self.runner.info
        folder = info.path.parent if info is not None else Path.home()
        kinds = _("Sheets (*.csv *.xlsx *.ods)")
        found = choose.open_file(self, _("A sheet of attributes"), kinds, folder)
        if found is not None:
            self.flow.read_file(found)

    def paste_by_name(self) -> None:
        """Match what is on the clipboard by its names, and show what it would do."""
        self.flow.read_clipboard(self.about, self.model)

    def _table_pasted(self, block: list[list[str]]) -> None:
        self.flow.read_block(block, self.about, self.model)

    def _go_to_new(self, titles: list[str]) -> None:
        """Once they are there, go to the columns that a sheet brings."""
        self._show_next = [name for name in titles if self.model.column_of(name) is None]

    # -- columns -------------------------------------------------------------------------------------------------------

    def add_attribute(self) -> None:
        """Ask for the name and the type of a new attribute."""
        from cohesion_qda.ui.attributes.new_attribute import NewAttribute

        about = self.about
        dialog = NewAttribute(about, [column.name for column in self.model.table.columns], self)

        def add() -> None:
            name, kind = dialog.name, dialog.kind
            self._show_next = [name]
            self.runner.do(lambda p: p.attributes.add_column(about, name, kind), self._done)

        dialog.accepted.connect(add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _code: self.grid.setFocus(Qt.FocusReason.OtherFocusReason))
        dialog.open()

    def rename_attribute(self, name: str) -> None:
        about = self.about
        new = choose.line(self, _("Rename the attribute"), _("Name"), name)
        if new is not None and new != name:
            self.runner.do(lambda p: p.attributes.rename_column(about, name, new), self._done)

    def set_type(self, name: str, kind: str) -> None:
        about = self.about
        self.runner.do(lambda p: p.attributes.set_type(about, name, kind), self._done)

    def remove_attribute(self, name: str) -> None:
        about = self.about
        self.runner.do(lambda p: p.attributes.remove_column(about, name), self._done)

    def _done(self, change: Change) -> None:
        if change.said and not change.is_empty:
            self.say.emit(change.said, True)

    # -- people --------------------------------------------------------------------------------------------------------

    def join(self) -> None:
        """Say that the people in the selected rows are one; the first row's name stays."""
        people = self.people()
        if len(people) < 2:
            return
        differing = words.differing(people)
        if not differing:
            self._join(people)
            return
        box = QMessageBox(QMessageBox.Icon.NoIcon, _("These are one person"), differing, parent=self)
        box.setInformativeText(words.what_stays(people[0]))
        join = box.addButton(_("Join"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda button: self._join(people) if button is join else None)
        box.open()

    def _join(self, people: list[Subject]) -> None:
        keep, others = CaseId(people[0].id), [CaseId(person.id) for person in people[1:]]
        self.runner.do(lambda p: p.cases.join(keep, others, prefer_kept=True), self._done)

    def take_apart(self) -> None:
        """Choose which of the labels that one person speaks under is somebody else."""
        people = self.people()
        if len(people) == 1:
            case = people[0].id
            self.runner.ask(lambda p: words.labels_of(p, case), self._ask_apart)

    def _ask_apart(self, labels: list[tuple[int, str]]) -> None:
        menu = QMenu(self)
        add_title(menu, _("Who is somebody else?"))
        for speaker, label in labels:
            action = menu.addAction(label.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, who=speaker, said=label: self._part(who, said))
        menus.open_at(menu, self.part_button.mapToGlobal(self.part_button.rect().bottomLeft()))

    def _part(self, speaker: int, label: str) -> None:
        person = self.people()[0]
        self.runner.do(
            lambda p: p.cases.part(speaker),
            lambda change: self.say.emit(words.after_parting(change, person, label), True),
        )
