"""Report: what it is made of, a tab each, and writing it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.ui.page import Page
from cohesion_qda.ui.report.head import Head, head
from cohesion_qda.ui.report.tab import ReportTab, tab_names
from cohesion_qda.ui.report.writing import Writer, Written
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.tabs import TabStrip
from cohesion_qda.ui.widgets import PageHeader, PrimaryButton

TABS = {
    "contents": ("cohesion_qda.ui.report.contents", "ContentsTab"),
    "check": ("cohesion_qda.ui.report.details", "CheckTab"),
    "evidence": ("cohesion_qda.ui.report.evidence", "EvidenceTab"),
    "worksheets": ("cohesion_qda.ui.report.worksheets", "WorksheetsTab"),
    "issues": ("cohesion_qda.ui.report.issues", "IssuesTab"),
    "plan": ("cohesion_qda.ui.report.plan", "PlanTab"),
    "team": ("cohesion_qda.ui.report.team", "TeamTab"),
}


def offered() -> list[str]:
    """The names of the tabs that are there, in their order."""
    return [name for name, (module, _cls) in TABS.items() if find_spec(module) is not None]


class ReportPage(Page):
    """The page: a tab for each thing the report is made of, made when it is first shown, and the button that writes it."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.is_read_only = False
        self.header = PageHeader(_("Report"), "")
        self.write_button = PrimaryButton(_("Write report"), "report", self.write)
        self.header.add_action(self.write_button)
        self.done = Written()
        self.writer = Writer(runner, self)
        self._names = offered()
        self._made: dict[str, ReportTab] = {}
        strip = TabStrip(_("What the report is made of"), tuple(tab_names()[name] for name in self._names))
        self.tabs = strip.tabs
        self.pile = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, strip, self.done):
            column.addWidget(part)
        column.addWidget(self.pile, 1)
        self.done.say.connect(self.say)
        self.done.checked.connect(lambda: self.turn_to("check"))
        self.writer.written.connect(self._finished)
        self.writer.ended.connect(lambda: self.write_button.disable(""))
        self.tabs.currentChanged.connect(self._turn)
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)
        self.pile.setCurrentWidget(self.tab)

    @property
    def tab(self) -> ReportTab:
        """The tab in view."""
        return self.tab_named(self._names[self.tabs.currentIndex()])

    def tab_named(self, name: str) -> ReportTab:
        """A tab, made if need be."""
        if name not in self._made:
            module, cls = TABS[name]
            tab: ReportTab = getattr(import_module(module), cls)(self.runner)
            tab.read.connect(self.open_passage)
            tab.say.connect(self.say)
            tab.go_to.connect(self.go_to)
            tab.turn_to.connect(self.turn_to)
            tab.hints_changed.connect(self.hints_changed)
            if name == "contents":
                tab.folder_chosen.connect(self._choose_folder)  # type: ignore[attr-defined]
            self._made[name] = tab
            self.pile.addWidget(tab)
        return self._made[name]

    def turn_to(self, name: str, what: object = None) -> None:
        """Bring a tab into view, and let it show `what`."""
        self.tabs.setCurrentIndex(self._names.index(name))
        if what is not None:
            self.tab.take(what)
        self.tab.areas()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what the window calls ---------------------------------------------------------------------------------------

    def entered(self) -> None:
        self._read_head()
        self.tab.refresh()
        if not self.isAncestorOf(QApplication.focusWidget()):
            self.tab.areas()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def on_change(self, change: Change) -> None:
        self._read_head()
        self.tab.on_change(change)

    def forget_codings(self) -> None:
        for tab in self._made.values():
            tab.forget_codings()

    def hideEvent(self, event: QHideEvent) -> None:
        self.tab.leave()
        super().hideEvent(event)

    def areas(self) -> list[QWidget]:
        return [self.write_button, self.tabs, *self.tab.areas()]

    def hints(self) -> list[tuple[str, str]]:
        return self.tab.hints()

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        return self.tab.actions_for_menu()

    # -- writing it ----------------------------------------------------------------------------------------------------

    def write_to(self, folder: Path) -> None:
        """Write to another folder from now on."""
        self._choose_folder(folder)
        self.tab_named("contents").take(folder)

    def write(self) -> None:
        """Write the report, off the window's thread."""
        self.tab.leave()
        if self.writer.is_writing or self.writer.folder is None:
            return
        self.done.hide()
        self.write_button.disable(_("The report is being written"))
        self.writer.write()

    def _finished(self, path: Path, warnings: tuple[str, ...]) -> None:
        self.done.tell(path, warnings)
        self.done.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.is_read_only:
            self.runner.do(lambda project: project.reports.note(path.parent))

    def _choose_folder(self, folder: Path) -> None:
        self.writer.folder = folder

    # -- inside --------------------------------------------------------------------------------------------------------

    def _turn(self, _at: int) -> None:
        before, now = self.pile.currentWidget(), self.tab
        if isinstance(before, ReportTab) and before is not now:
            before.leave()
        self.pile.setCurrentWidget(now)
        now.refresh()
        self.hints_changed.emit()

    def _forget(self, _info: object = None) -> None:
        self.writer.forget()
        self.done.forget()

    def _read_head(self) -> None:
        self.runner.ask(head, self._show_head, key=(self, "head"))

    def _show_head(self, found: Head) -> None:
        self.is_read_only = found.is_read_only
        self.writer.use_folder_of(found.path)
        self.header.set_title(found.title)
        self.header.set_meta(_("The findings report, made from the codings of this project"))
        self.write_button.setVisible(found.can_tell)
