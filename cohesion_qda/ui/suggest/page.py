"""Suggest: what the machine proposes, and what a person makes of it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.base.settings import Settings
from cohesion_qda.model.change import Change
from cohesion_qda.ui.page import Page, own_action
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest.facts import Facts, FactsDialog, facts
from cohesion_qda.ui.suggest.tab import Tab
from cohesion_qda.ui.tabs import TabStrip
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import LinkButton, PageHeader, QuietButton

TABS = {
    "themes": ("cohesion_qda.ui.suggest.themes", "ThemesTab"),
    "codes": ("cohesion_qda.ui.suggest.codes", "CodesTab"),
    "terms": ("cohesion_qda.ui.suggest.terms", "TermsTab"),
    "cloud": ("cohesion_qda.ui.suggest.cloud", "CloudTab"),
    "words": ("cohesion_qda.ui.suggest.wording", "WordsTab"),
}


def called(name: str) -> str:
    """The words on a tab."""
    return {
        "themes": _("Themes"), "codes": _("Codes"), "terms": _("Key terms"), "cloud": _("Word cloud"), "words": _("Words"),
    }[name]  # fmt: skip


def offered() -> list[str]:
    """The names of the tabs that are there, in their order."""
    return [name for name, (module, _cls) in TABS.items() if find_spec(module) is not None]


class SuggestPage(Page):
    """The page: a tab for each kind of proposal, made when it is first shown."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.header = PageHeader(
            _("Suggest"), _("Proposed on this computer from what was said. Nothing is coded until you say so.")
        )
        self.again = QuietButton("", "suggest", self._again)
        self._names = offered()
        self._made: dict[str, Tab] = {}
        self._settings: Settings | None = None
        strip = TabStrip(_("What is suggested"), tuple(called(name) for name in self._names))
        self.tabs = strip.tabs
        self.facts: Facts | None = None
        self.facts_link = LinkButton("", on_click=self._open_facts)
        self.facts_link.hide()
        strip.add(self.facts_link)
        self.pile = QStackedWidget()
        self.tabs.currentChanged.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(strip)
        column.addWidget(self.pile, 1)
        self.header.add_action(self.again)
        self._renew = own_action(self, _("Suggest again, or refresh the order"), "F5", lambda: self.tab.renew())
        self._bring(self.tab)
        current_theme().changed.connect(self._fit_facts)

    @property
    def tab(self) -> Tab:
        """The tab in view."""
        return self.tab_named(self._names[self.tabs.currentIndex()])

    def tab_named(self, name: str) -> Tab:
        """A tab, made if need be."""
        if name not in self._made:
            module, cls = TABS[name]
            tab: Tab = getattr(import_module(module), cls)(self.runner)
            tab.read.connect(self.open_passage)
            tab.say.connect(self.say)
            tab.show_code.connect(self.show_code)
            tab.changed_count.connect(self._count)
            tab.hints_changed.connect(self.hints_changed)
            tab.turn_to.connect(self.turn_to)
            for widget in tab.header_actions():
                self.header.add_action(widget)
                widget.hide()
            if self._settings is not None:
                tab.use_settings(self._settings)
            self._made[name] = tab
            self.pile.addWidget(tab)
        return self._made[name]

    def turn_to(self, name: str, what: object = None) -> None:
        """Bring a tab into view, and let it show `what`."""
        self.tabs.setCurrentIndex(self._names.index(name))
        if what is not None:
            self.tab.take(what)
        self.tab.areas()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what the window calls -----------------------------------------------------------------------------------------

    def entered(self) -> None:
        self.tab.refresh()
        self._look_at_facts()
        if not self.isAncestorOf(QApplication.focusWidget()):
            self.tab.areas()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_codings(self) -> None:
        for tab in self._made.values():
            tab.forget_codings()

    def on_change(self, change: Change) -> None:
        self.tab.on_change(change)
        if change.touches("project_setting"):
            self._look_at_facts()

    def areas(self) -> list[QWidget]:
        return [self.tabs, self.facts_link, *self.tab.areas()]

    def hints(self) -> list[tuple[str, str]]:
        return self.tab.hints()

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        return {"view": [self._renew]}

    def use_settings(self, settings: Settings) -> None:
        self._settings = settings
        for tab in self._made.values():
            tab.use_settings(settings)
        if self.facts is not None:
            self._look_at_facts()

    # -- inside ----------------------------------------------------------------------------------------------------------

    def _turn(self, _at: int) -> None:
        self._bring(self.tab)
        self.tab.refresh()
        self.hints_changed.emit()

    def _bring(self, tab: Tab) -> None:
        self.pile.setCurrentWidget(tab)
        self._count()

    def _again(self) -> None:
        if self.tab.is_working:
            self.tab.cancel()
        else:
            self.tab.start()

    def _count(self) -> None:
        current = self.pile.currentWidget()
        self.count_changed.emit(sum(tab.waiting() for tab in self._made.values()))
        for tab in self._made.values():
            for widget in tab.header_actions():
                widget.setVisible(tab is current)
        if isinstance(current, Tab):
            words = current.again()
            self.again.setText(_("Cancel") if words and current.is_working else words)
            self.again.setVisible(bool(words))

    # -- what it stands on -----------------------------------------------------------------------------------------------

    def _look_at_facts(self) -> None:
        wish = self._settings["language_pipeline"] if self._settings is not None else ""

        def look(language: str) -> None:
            self.runner.work(_("Looking at the language"), lambda _job: facts(language, wish), self._show_facts)

        self.runner.ask(lambda project: project.wording.get().language, look, key=(self, "language"))

    def _show_facts(self, found: Facts) -> None:
        self.facts = found
        self.facts_link.show()
        self._fit_facts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_facts()

    def _fit_facts(self) -> None:
        """The line is as long as the tabs leave room for."""
        if self.facts is None:
            return
        room = self.width() - self.tabs.sizeHint().width() - 68
        metrics = QFontMetricsF(current_theme().font("interface_medium"))
        words = next(
            (words for words in (self.facts.in_short, self.facts.in_brief) if metrics.horizontalAdvance(words) < room),
            "?",
        )
        self.facts_link.setText(words)
        self.facts_link.setAccessibleName(self.facts.in_short)
        self.facts_link.setToolTip(_("{facts}. Press to read more.").format(facts=self.facts.in_short))

    def _open_facts(self) -> None:
        if self.facts is not None:
            FactsDialog(self.facts, self).open()
