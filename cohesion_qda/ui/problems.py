"""Telling a person what went wrong: calmly, with what is safe and what to do."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.jobs import Cancelled

if TYPE_CHECKING:
    from cohesion_qda.ui.report_dialog import ReportDialog
    from cohesion_qda.ui.widgets import Banner


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
            import logging

            logging.getLogger(__name__).error("a fault of the program", exc_info=error)
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
        from cohesion_qda.ui.report_dialog import ReportDialog, details

        parent = self.parent()
        self._report = ReportDialog(details(error), parent if isinstance(parent, QWidget) else None)
        self._report.open()
