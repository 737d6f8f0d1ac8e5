"""What can be done with a word that is listed: see every line with it, leave it out of everything counted, or count it as
one with another.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import LinkButton


class WordLinks(QFrame):
    """Three links, and a field that the last opens: the word it is to count as one with."""

    wants_lines = Signal()

    def __init__(self, runner: Runner, then: Callable[[Change], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._then = runner, then
        self._term = ""
        self.lines_link = LinkButton(_("Every line with it"), on_click=self.wants_lines.emit)
        self.lines_link.setToolTip(_("E"))
        self.out_link = LinkButton(_("Leave this word out"), on_click=self.leave_out)
        self.out_link.setToolTip(_("X: it is counted nowhere in this project any more"))
        self.merge_link = LinkButton(_("Count as one with …"), on_click=self.ask_merge)
        self.merge_link.setToolTip(_("M: wherever words are counted in this project"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Word or phrase, then Enter"))
        self.field.setAccessibleName(_("Word or phrase that it counts as one with"))
        self.field.returnPressed.connect(self._merge)
        self.field.hide()
        flow = FlowLayout(self)
        flow.setContentsMargins(18, 4, 24, 8)
        for part in (self.lines_link, self.out_link, self.merge_link, self.field):
            flow.addWidget(part)
        self._dress()
        current_theme().changed.connect(self._dress)
        self.hide()

    def _dress(self) -> None:
        self.field.setFont(current_theme().font("interface"))
        self.field.setMinimumWidth(current_theme().px(220))

    def show_term(self, term: str) -> None:
        """What the links are about; nothing when empty."""
        if term != self._term:
            self.field.clear()
            self.field.hide()
        self._term = term
        self.setVisible(bool(term))

    def leave_out(self) -> None:
        """Count the word nowhere."""
        term = self._term
        if term:
            self._runner.do(lambda project: project.wording.leave_out(term), self._then)

    def ask_merge(self) -> None:
        """Ask what it is to count as one with."""
        if self._term:
            self.field.show()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _merge(self) -> None:
        term, other = self._term, self.field.text().strip()
        if term and other:
            self.field.hide()
            self._runner.do(lambda project: project.wording.merge(other, [term]), self._then)
