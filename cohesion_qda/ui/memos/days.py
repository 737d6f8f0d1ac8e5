"""Asking for two days."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.memos.words import Between
from cohesion_qda.ui.widgets import PrimaryButton, QuietButton


class DaysDialog(QDialog):
    """From which day to which, both included; in whichever order they are given."""

    def __init__(self, days: Between, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Between two days"))
        self.first, self.last = QDateEdit(), QDateEdit()
        form = QFormLayout()
        form.setVerticalSpacing(12)
        for words, field, day in ((_("From"), self.first, days.first), (_("To"), self.last, days.last)):
            field.setCalendarPopup(True)
            field.setDisplayFormat("dd.MM.yyyy")
            field.setDate(QDate(day.year, day.month, day.day))
            field.setAccessibleName(words)
            form.addRow(words, field)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        show = PrimaryButton(_("Show"), on_click=self.accept)
        show.setDefault(True)
        foot.addWidget(show)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(24)
        column.addLayout(form)
        column.addLayout(foot)

    def days(self) -> Between:
        """What was chosen."""
        chosen = sorted(datetime.date(d.year(), d.month(), d.day()) for d in (self.first.date(), self.last.date()))
        return Between(chosen[0], chosen[1])
