"""The window's inside while a project is open: navigator, pages, progress, messages, foot."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.base.settings import Settings
from cohesion_qda.model.change import Change
from cohesion_qda.ui import actions
from cohesion_qda.ui.navigator import Navigator, NavState
from cohesion_qda.ui.page import Page
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.status import ProgressStrip, StatusBar
from cohesion_qda.ui.widgets import Banner, EmptyState

NARROW_BELOW = 1000
PAGES = {
    "read": ("cohesion_qda.ui.textpane.room", "ReadPage"),
    "search": ("cohesion_qda.ui.search.page", "SearchPage"),
    "retrieve": ("cohesion_qda.ui.retrieve.page", "RetrievePage"),
    "memos": ("cohesion_qda.ui.memos.page", "MemosPage"),
    "themes": ("cohesion_qda.ui.themes.page", "ThemesPage"),
    "compare": ("cohesion_qda.ui.compare.page", "ComparePage"),
    "suggest": ("cohesion_qda.ui.suggest.page", "SuggestPage"),
    "report": ("cohesion_qda.ui.report.page", "ReportPage"),
    "history": ("cohesion_qda.ui.history.page", "HistoryPage"),
    "attributes": ("cohesion_qda.ui.attributes.page", "AttributesPage"),
}


class Workspace(QWidget):
    """Pages are made when they are first entered."""

    page_entered = Signal(str)
    said = Signal(str, bool)
    import_wanted = Signal()

    def __init__(self, runner: Runner, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._settings = settings
        self._pages: dict[str, Page] = {}
        self._offered: dict[str, dict[str, list[QAction]]] = {}
        self._current = ""
        self.navigator = Navigator(actions.pages(), self)
        self.banner = Banner()
        self.banner.hide()
        self.progress = ProgressStrip()
        self.stack = QStackedWidget()
        self.empty = EmptyState(
            _("No transcripts yet. Drop some files or a folder on this window, or choose them."),
            _("Import transcripts …"),
            self.import_wanted.emit,
        )
        self.empty.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.empty.setProperty("surface", "paper")
        self.stack.addWidget(self.empty)
        self.status = StatusBar()
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.banner)
        middle.addWidget(self.progress)
        middle.addWidget(self.stack, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigator)
        row.addLayout(middle, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self.navigator.page_wanted.connect(self.enter)

    @property
    def current(self) -> str:
        """The name of the page in view, empty before the first."""
        return self._current

    @property
    def page(self) -> Page | None:
        """The page in view; None while there is nothing to read."""
        page = self._pages.get(self._current)
        return page if page is not None and self.stack.currentWidget() is page else None

    def page_named(self, name: str) -> Page:
        """A page, made if need be."""
        if name not in self._pages:
            module, cls = PAGES[name]
            page = getattr(import_module(module), cls)(self._runner)
            page.open_passage.connect(self.open_passage)
            page.show_code.connect(self.show_code)
            page.say.connect(self.said)
            page.go_to.connect(self.enter)
            page.hints_changed.connect(self._tell_hints)
            page.count_changed.connect(lambda count, page_name=name: self.navigator.set_page_count(page_name, count))
            page.use_settings(self._settings)
            self._pages[name] = page
            self._offered[name] = page.actions_for_menu()
            self.stack.addWidget(page)
        return self._pages[name]

    def enter(self, name: str) -> None:
        """Bring a page into view; what was told on another one goes with it."""
        if name != self._current:
            self.banner.hide()
        self._current = name
        self.navigator.select_page(name)
        if name != "read":
            self.navigator.select_source(None)
        if name == "read" and not self.navigator.state.sources:
            self.stack.setCurrentWidget(self.empty)
            self.status.show_hints([("Ctrl+Shift+I", _("import")), ("F1", _("help"))])
        else:
            page = self.page_named(name)
            is_moving = self._let_go_of_focus(page)
            page.look_again()
            self.stack.setCurrentWidget(page)
            page.entered()
            if is_moving and self.window().focusWidget() is None:
                focus_into(page.areas()[0])
            if name == "read":
                self.navigator.select_source(page.source)
            self._tell_hints()
        self.page_entered.emit(name)

    def _tell_hints(self) -> None:
        if self.page is not None:
            self.status.show_hints([*self.page.hints(), ("F1", _("help"))])

    def _let_go_of_focus(self, page: Page) -> bool:
        """Whether the focus was on another page: it then goes where `page` wants it, not on its first button."""
        focus = self.window().focusWidget()
        if focus is None or not self.stack.isAncestorOf(focus) or page.isAncestorOf(focus):
            return False
        focus.clearFocus()
        return True

    def show_source(self, source: int, span: object = None) -> None:
        """Read a source."""
        page = self.page_named("read")
        if self.stack.currentWidget() is not page:
            self.enter("read")
        page.show_source(source, span)
        self.navigator.select_source(source)

    def open_passage(self, source: int, span: object) -> None:
        """Read a passage in its place."""
        self.show_source(source, span)

    def search_for(self, words: str) -> None:
        """Where words were said."""
        self.enter("search")
        self.page_named("search").find_words(words)

    def show_code(self, code: int) -> None:
        """The passages of a code."""
        page = self.page_named("retrieve")
        self.enter("retrieve")
        page.choose_code(code)

    def on_change(self, change: Change) -> None:
        """Tell the page in view; the others read anew when they are entered."""
        if self.page is not None:
            self.page.look_again()
            self.page.on_change(change)

    def show_state(self, state: NavState) -> None:
        """Other sources, or the same ones in another state."""
        had_sources = bool(self.navigator.state.sources)
        self.navigator.show_state(state)
        if self._current == "read" and had_sources != bool(state.sources):
            if state.sources:
                self.show_source(state.sources[0].id)
            else:
                self.enter("read")

    def page_actions(self) -> dict[str, list[QAction]]:
        """What the page in view adds to the menus."""
        return self._offered.get(self._current, {}) if self.page is not None else {}

    def offered_by(self, name: str) -> dict[str, list[QAction]]:
        """What a page adds to the menus; the page is made if need be."""
        self.page_named(name)
        return self._offered[name]

    def use_settings(self) -> None:
        """The person's settings were changed."""
        for page in self._pages.values():
            page.use_settings(self._settings)

    def forget_pages(self) -> None:
        """Another project: every page starts afresh."""
        pages, self._pages, self._offered, self._current = self._pages, {}, {}, ""
        self.page_entered.emit("")  # the menus let go of what the pages offered while it is still there
        for page in pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        for name in PAGES:
            self.navigator.set_page_count(name, 0)

    def areas(self) -> list[QWidget]:
        """What F6 moves between."""
        parts: list[QWidget] = [self.navigator.pages, self.navigator.sources]
        if self.page is not None:
            parts.extend(self.page.areas())
        parts.append(self.status.coder)
        return [part for part in parts if part.isVisible()]

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW_BELOW
        if narrow != self.navigator.pages.is_narrow:
            self.navigator.set_narrow(narrow)


def focus_into(area: QWidget) -> None:
    """Put the focus on an area, or on the first thing inside it that takes it."""
    if area.focusPolicy() & Qt.FocusPolicy.TabFocus:
        area.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return
    for child in area.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(area) and child.isEnabled():
            child.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
