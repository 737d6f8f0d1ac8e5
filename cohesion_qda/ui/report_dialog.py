"""What is shown for a fault of the program."""

from __future__ import annotations

import platform
import traceback

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cohesion_qda import __version__
from cohesion_qda.base.i18n import _
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton


def details(error: BaseException) -> str:
    """What somebody who mends the program needs; nothing of the study's words is added to it."""
    from PySide6 import __version__ as qt_version

    head = (
        f"Cohesion QDA {__version__}, Python {platform.python_version()}, PySide6 {qt_version}, {platform.platform()}"
    )
    return head + "\n\n" + "".join(traceback.format_exception(error))


class ReportDialog(QDialog):
    """A fault of the program: what is safe, and the details to copy."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setWindowTitle(_("Something went wrong in the program"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(Label(_("Something went wrong in the program"), "page_title"))
        safe = Label(
            _(
                "Your work is safe: every change is saved in the project file at once. You can go on working. "
                "If it happens again, close the program and open it again, and send the details below to whoever "
                "looks after it. Read them first: they may hold names of files."
            ),
            "interface",
        )
        safe.setWordWrap(True)
        column.addWidget(safe)
        self.details = QPlainTextEdit(words)
        self.details.setReadOnly(True)
        self.details.setProperty("field", True)
        self.details.setAccessibleName(_("Details"))
        column.addWidget(self.details, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        self.copy = QuietButton(_("Copy the details"), "copy", self._copy)
        row.addWidget(self.copy)
        close = PrimaryButton(_("Go on working"), on_click=self.accept)
        close.setDefault(True)
        row.addWidget(close)
        column.addLayout(row)
        self.resize(640, 440)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
