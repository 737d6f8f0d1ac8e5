"""A heading of one's own: its words, and where it begins."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.sources.guide_dialog import fit
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton


class HeadingDialog(QDialog):
    """Asks for both; neither is taken for granted. `title` and `entry`, the number of a place, hold them when accepted."""

    def __init__(self, places: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("A heading of my own"))
        self.words = QLineEdit()
        self.words.setAccessibleName(_("What is talked about from there on"))
        self.place = QComboBox()
        self.place.addItems(list(places))
        self.place.setCurrentIndex(-1)
        self.place.setPlaceholderText(_("Choose a turn"))
        self.place.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.place.setMinimumContentsLength(40)
        self.place.setAccessibleName(_("Where it begins"))
        self.keep = PrimaryButton(_("Add the heading"), on_click=self.accept)
        self.words.textChanged.connect(self._check)
        self.place.currentIndexChanged.connect(self._check)
        self._build()
        self._check()

    @property
    def title(self) -> str:
        return self.words.text().strip()

    @property
    def entry(self) -> int:
        return self.place.currentIndex()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        for title, field in ((self.words.accessibleName(), self.words), (self.place.accessibleName(), self.place)):
            label = Label(title, "interface")
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        self.keep.setDefault(True)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        fit(self, 520, 240)

    def _check(self) -> None:
        lacking = _("Write what is talked about.") if not self.title else ""
        self.keep.disable(lacking or (_("Choose where it begins.") if self.entry < 0 else ""))

    def accept(self) -> None:
        if self.title and self.entry >= 0:
            super().accept()
