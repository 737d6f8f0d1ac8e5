"""Where the codebook is: beside the transcript, over it in a narrow window, or away."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.codebook.panel import CodebookPanel
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import IconButton

OVERLAY_UNDER = 1200  # pixels of the window; narrower, the codebook lies over the transcript


class CodebookSide(QObject):
    """Places `panel` in `page`: in its `row`, or over it under `header`. `button` shows and hides it."""

    def __init__(self, page: QWidget, panel: CodebookPanel, row: QBoxLayout, header: QWidget, view: QWidget) -> None:
        super().__init__(page)
        self._page, self._panel, self._row, self._header, self._view = page, panel, row, header, view
        self._wanted: bool | None = None  # None: where there is room
        self.button = IconButton("codebook", _("Show or hide the codebook (Ctrl+Shift+B)"), self.toggle)
        panel.left.connect(self.leave)
        current_theme().changed.connect(self.place)

    def toggle(self) -> None:
        """Show the codebook, or hide it."""
        self._wanted = self._panel.isHidden()
        self.place()
        if self._wanted and self._is_narrow():
            self._panel.view.setFocus()

    def leave(self) -> None:
        """Back to the words; a codebook that lies over them goes."""
        if self._is_narrow():
            self._wanted = False
            self.place()
        self._view.setFocus()

    def _is_narrow(self) -> bool:
        return self._page.window().width() < OVERLAY_UNDER * max(1.0, current_theme().scale)

    def place(self) -> None:
        """Put it where it belongs now."""
        narrow, panel, page = self._is_narrow(), self._panel, self._page
        shown = self._wanted if self._wanted is not None else not narrow
        if narrow and self._row.indexOf(panel) >= 0:
            self._row.removeWidget(panel)
        elif not narrow and self._row.indexOf(panel) < 0:
            self._row.addWidget(panel)
        panel.setVisible(shown)
        panel.lie_over(narrow)
        self.button.setVisible(narrow or not shown)
        if narrow and shown:
            top, width = self._header.height(), panel.minimumWidth()
            panel.setGeometry(page.width() - width, top, width, page.height() - top)
            panel.raise_()
