"""Themes: what the researcher builds from codes and passages."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.page import Page
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import PageHeader


class ThemesPage(Page):
    """The page."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.header = PageHeader(_("Themes"), "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.header)
        column.addStretch(1)
