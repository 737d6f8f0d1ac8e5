"""Asking for a new attribute: its name and what its values are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import ATTRIBUTE_TYPES
from cohesion_qda.model.text import comparable
from cohesion_qda.ui.attributes.model import type_words
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton


class NewAttribute(QDialog):
    """`name` and `kind` are what was chosen when it was accepted."""

    def __init__(self, about: str, taken: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Add attribute"))
        self._taken = {comparable(name) for name in taken}
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Name of the attribute"))
        is_person = about == "participant"
        self.field.setPlaceholderText(_("such as Age band") if is_person else _("such as Place"))
        self.types = QComboBox()
        self.types.setAccessibleName(_("Type"))
        for kind in ATTRIBUTE_TYPES:
            self.types.addItem(f"{type_words(kind).capitalize()}  –  {_example(kind)}", kind)
        self.trouble = Label("", "meta", "err")
        self.add = PrimaryButton(_("Add"), on_click=self.accept)
        self.add.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        title = _("Something known about each participant") if is_person else _("Something known about each source")
        heading = Label(title, "page_title")
        heading.setWordWrap(True)
        column.addWidget(heading)
        form = QGridLayout()
        form.setSpacing(8)
        form.setColumnStretch(1, 1)
        for row, (words, part) in enumerate(((_("Name"), self.field), (_("Type"), self.types))):
            label = Label(words)
            label.setBuddy(part)
            form.addWidget(label, row, 0)
            form.addWidget(part, row, 1)
        column.addLayout(form)
        column.addWidget(self.trouble)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        foot.addWidget(self.add)
        column.addLayout(foot)
        self.field.textChanged.connect(self._check)
        self._check()
        self.setMinimumWidth(current_theme().px(420))

    @property
    def name(self) -> str:
        return " ".join(self.field.text().split())

    @property
    def kind(self) -> str:
        """One of ATTRIBUTE_TYPES."""
        return self.types.currentData()

    def _check(self) -> None:
        is_taken = comparable(self.name) in self._taken
        self.trouble.setText(_("There is an attribute of that name already.") if is_taken else "")
        self.add.disable("" if self.name and not is_taken else _("Type a name that no other attribute has."))


def _example(kind: str) -> str:
    return {
        "category": _("a few values that repeat, such as places"),
        "number": _("such as years of age"),
        "date": _("such as 31/03/2026"),
        "text": _("words of any length"),
    }[kind]
