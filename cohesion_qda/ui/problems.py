"""Telling a person what went wrong: calmly, with what is safe and what to do."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cohesion_qda import __version__
from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Cancelled
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.ui.widgets import Banner

log = logging.getLogger(__name__)


class Problems(QObject):
    """Where every problem ends: the person's to put right in a banner, ours in a report.

    Tests set `recorder`; then it is called with each error and nothing is shown.
    """

    _from_thread = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.recorder: Callable[[BaseException], None] | None = None
        self.banner: Callable[[], Banner] | None = None
        self._report: ReportDialog | None = None
        self._from_thread.connect(self.tell, Qt.ConnectionType.QueuedConnection)

    def tell(self, error: BaseException) -> None:
        """Tell the person about `error`; Cancelled is not told."""
        if isinstance(error, Cancelled | KeyboardInterrupt):
            return
        if self.recorder is not None:
            self.recorder(error)
        elif isinstance(error, UserError) and self.banner is not None:
            banner = self.banner()
            banner.show_message("error", error.message, error.hint)
            banner.show()
        else:
            log.error("a fault of the program", exc_info=error)
            self._show_report(error)

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """For `sys.excepthook`."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        elif threading.current_thread() is threading.main_thread():
            self.tell(error)
        else:
            self._from_thread.emit(error)

    def _show_report(self, error: BaseException) -> None:
        if self._report is not None and self._report.isVisible():
            return
        parent = self.parent()
        self._report = ReportDialog(details(error), parent if isinstance(parent, QWidget) else None)
        self._report.open()


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
