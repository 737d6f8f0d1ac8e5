"""Suggest: what the machine proposes, and what a person makes of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.ui.page import Page
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest.tab import Tab
from cohesion_qda.ui.suggest.terms import TermsTab
from cohesion_qda.ui.suggest.themes import ThemesTab
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import PageHeader, QuietButton

_TABS = """
QTabBar {{ background: {paper}; border: none; }}
QTabBar::tab {{ background: {paper}; color: {text2}; padding: 8px 4px 6px 4px; margin: 0 12px 0 0;
  border: 2px solid transparent; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {accenttext}; border-bottom: 2px solid {accent}; font-weight: 600; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:focus:selected {{ border: 2px solid {focus}; border-radius: 4px; }}
"""


class SuggestPage(Page):
    """The page: two tabs, themes and key terms."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.header = PageHeader(
            _("Suggest"), _("Proposed on this computer from the words alone. Nothing is coded until you say so.")
        )
        self.again = QuietButton(_("Suggest again"), "suggest", self._again)
        self.header.add_action(self.again)
        self.themes = ThemesTab(runner)
        self.terms = TermsTab(runner)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("What is suggested"))
        self.tabs.addTab(_("Themes"))
        self.tabs.addTab(_("Key terms"))
        self.pile = QStackedWidget()
        for tab in (self.themes, self.terms):
            self.pile.addWidget(tab)
            tab.read.connect(self.open_passage)
            tab.say.connect(self.say)
            tab.changed_count.connect(self._count)
        self.tabs.currentChanged.connect(self._turn)
        strip = QWidget()
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        strip.setProperty("surface", "paper")
        strip.setProperty("edge", "bottom")
        line = QVBoxLayout(strip)
        line.setContentsMargins(20, 0, 24, 1)
        line.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(strip)
        column.addWidget(self.pile, 1)
        self._dress()
        current_theme().changed.connect(self._dress)
        self._count()

    @property
    def tab(self) -> Tab:
        """The tab in view."""
        return self.terms if self.tabs.currentIndex() else self.themes

    def entered(self) -> None:
        self.tab.refresh()
        if not self.isAncestorOf(self.focusWidget()) or self.focusWidget() is None:
            self.tab.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_change(self, change: Change) -> None:
        self.tab.on_change(change)

    def areas(self) -> list[QWidget]:
        return [self.tabs, self.tab.list, self.tab.detail.list, self.tab.detail.foot]

    def hints(self) -> list[tuple[str, str]]:
        return [(_("A"), _("accept")), (_("R"), _("dismiss")), (_("L"), _("later")), (_("Enter"), _("passages"))]

    def _turn(self, at: int) -> None:
        self.pile.setCurrentIndex(at)
        self.tab.refresh()
        self._count()

    def _again(self) -> None:
        if self.tab.is_working:
            self.tab.cancel()
        else:
            self.tab.start()

    def _count(self) -> None:
        self.count_changed.emit(self.themes.waiting())
        self.again.setVisible(bool(self.tab.suggestions))

    def _dress(self) -> None:
        theme = current_theme()
        names = ("paper", "text", "text2", "accenttext", "accent", "focus")
        self.tabs.setStyleSheet(_TABS.format(**{name: theme.hex(name) for name in names}))
        self.tabs.setFont(theme.font("interface_medium"))
