"""Names that speak in several files: who of them is one person."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.sources.review_model import Review
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton


class SamePeopleDialog(QDialog):
    """`names` holds those that are one person wherever they stand, after it was accepted."""

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("The same person?"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Names in several files"))
        for name, items in sorted(review.shared().items(), key=lambda pair: (-len(pair[1]), pair[0])):
            files = ", ".join(item.file_name for item in items)
            row = QListWidgetItem(_("{name}: in {n} files ({files})").format(name=name, n=len(items), files=files))
            row.setData(Qt.ItemDataRole.UserRole, name)
            row.setToolTip(files)
            row.setSizeHint(QSize(0, current_theme().px(32)))
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Checked if name in review.same else Qt.CheckState.Unchecked)
            self.list.addItem(row)
        about = Label(
            _("The same name in two groups is two people, unless you tick it: moderators who led several groups, or "
              "somebody who was interviewed twice."),
            "interface", "text2",
        )  # fmt: skip
        about.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        take = PrimaryButton(_("Take these as one person each"), on_click=self.accept)
        take.setDefault(True)
        foot.addWidget(take)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(_("Who is the same person in several files?"), "page_title"))
        column.addWidget(about)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.resize(560, 440)
        if self.list.count():
            self.list.setCurrentRow(0)

    @property
    def names(self) -> set[str]:
        """The names that are ticked."""
        rows = (self.list.item(n) for n in range(self.list.count()))
        return {row.data(Qt.ItemDataRole.UserRole) for row in rows if row.checkState() == Qt.CheckState.Checked}
