"""A field over a list, to choose by typing: its keys are the same wherever something is chosen so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

PAGE = 8  # lines that Page up and Page down go


class ListKeys(QObject):
    """While `field` has the focus, the arrows go from line to line of `view`, and Enter calls `take`. Lines that cannot be
    chosen are passed over.
    """

    def __init__(self, field: QLineEdit, view: QAbstractItemView, take: Callable[[], object], page: int = PAGE) -> None:
        super().__init__(field)
        self._view, self._take = view, take
        self._steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in self._steps:
                self.step(self._steps[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    def step(self, by: int) -> None:
        """Go on by so many lines."""
        self.choose(self._view.currentIndex().row() + by, 1 if by > 0 else -1)

    def choose(self, row: int, towards: int = 1) -> None:
        """Choose a line, or the nearest that can be chosen, those `towards` the end (1) or the beginning (-1) first."""
        model = self._view.model()
        n = model.rowCount()
        row = max(0, min(row, n - 1))
        after, before = range(row, n), range(row, -1, -1)
        for at in (*after, *before) if towards > 0 else (*before, *after):
            if model.index(at, 0).flags() & Qt.ItemFlag.ItemIsEnabled:
                self._view.setCurrentIndex(model.index(at, 0))
                return
