"""Suggest: what the machine proposes, and what a person makes of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.ui.page import Page
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest.tab import Tab
from cohesion_qda.ui.suggest.terms import TermsTab
from cohesion_qda.ui.suggest.themes import ThemesTab
from cohesion_qda.ui.tabs import TabStrip
from cohesion_qda.ui.widgets import PageHeader, QuietButton


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
        strip = TabStrip(_("What is suggested"), (_("Themes"), _("Key terms")))
        self.tabs = strip.tabs
        self.pile = QStackedWidget()
        for tab in (self.themes, self.terms):
            self.pile.addWidget(tab)
            tab.read.connect(self.open_passage)
            tab.say.connect(self.say)
            tab.changed_count.connect(self._count)
        self.tabs.currentChanged.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(strip)
        column.addWidget(self.pile, 1)
        self._count()

    @property
    def tab(self) -> Tab:
        """The tab in view."""
        return self.terms if self.tabs.currentIndex() else self.themes

    def entered(self) -> None:
        self.tab.refresh()
        if not self.isAncestorOf(self.focusWidget()) or self.focusWidget() is None:
            self.tab.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_codings(self) -> None:
        self.themes.forget_codings()
        self.terms.forget()

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
