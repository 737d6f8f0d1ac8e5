"""A figure for those who cannot see it: a chart, told in words, in which each mark that can be opened is an item.

Qt keeps what we give it by its address, so each interface is held here for as long as its figure lives.
"""

from __future__ import annotations

import atexit
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from cohesion_qda.base.i18n import _

if TYPE_CHECKING:
    from cohesion_qda.report.drawing import Spot
    from cohesion_qda.ui.compare.figure import FigureView

_charts: dict[int, AccessibleFigure] = {}
_is_listening = False
_is_over = False


def listen() -> None:
    """From now on, whoever asks Qt about a figure hears what stands in it."""
    global _is_listening
    if not _is_listening:
        _is_listening = True
        QAccessible.installFactory(_interface_of)
        atexit.register(_stop)  # Qt would look for what Python has taken down already


def _stop() -> None:
    global _is_over
    _is_over = True
    for key in list(_charts):
        whole = _charts[key]
        _let_go(key)
        if isValid(whole):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(whole))


def _interface_of(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    from cohesion_qda.ui.compare.figure import FigureView

    if _is_over or not isinstance(thing, FigureView):
        return None
    key = id(thing)
    made = _charts[key] = AccessibleFigure(thing)
    thing.destroyed.connect(partial(_let_go, key))
    return made


def _let_go(key: int, _gone: object = None) -> None:
    gone = _charts.pop(key, None)
    for item in gone.items.values() if gone else ():
        if isValid(item):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))


def tell_focus(figure: FigureView) -> None:
    """Tell a screen reader which mark the keys are on."""
    if not QAccessible.isActive():
        return
    event = QAccessibleEvent(figure, QAccessible.Event.Focus)
    if figure.current >= 0:
        event.setChild(figure.current)
    QAccessible.updateAccessibility(event)


class AccessibleFigure(QAccessibleWidget):
    """The figure. An item stands for the n-th mark that can be opened, whichever that is now."""

    def __init__(self, figure: FigureView) -> None:
        super().__init__(figure, QAccessible.Role.Chart, figure.accessibleName())
        self.figure = figure
        self.items: dict[int, AccessibleSpot] = {}

    def childCount(self) -> int:
        return len(self.figure.spots) if isValid(self.figure) else 0

    def child(self, index: int) -> QAccessibleInterface | None:
        if not 0 <= index < self.childCount():
            return None
        if index not in self.items:
            self.items[index] = AccessibleSpot(self, index)
        return self.items[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((index for index, item in self.items.items() if item is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        found = (index for index in range(self.childCount()) if self.child(index).rect().contains(x, y))
        return self.child(next(found, -1))

    def focusChild(self) -> QAccessibleInterface | None:
        return self.child(self.figure.current) if self.figure.hasFocus() else None


class AccessibleSpot(QAccessibleInterface):
    """One mark of the figure."""

    def __init__(self, whole: AccessibleFigure, index: int) -> None:
        super().__init__()
        self._whole, self._index = whole, index

    def _spot(self) -> Spot | None:
        spots = self._whole.figure.spots if isValid(self._whole.figure) else ()
        return spots[self._index] if self._index < len(spots) else None

    def isValid(self) -> bool:
        return self._spot() is not None

    def object(self) -> QObject | None:
        return None

    def window(self) -> QWindow | None:
        return self._whole.figure.window().windowHandle() if self.isValid() else None

    def parent(self) -> QAccessibleInterface:
        return self._whole

    def child(self, _index: int) -> QAccessibleInterface | None:
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def rect(self) -> QRect:
        spot, figure = self._spot(), self._whole.figure
        if spot is None:
            return QRect()
        rect = figure.place_of(spot).toRect()
        return QRect(figure.mapToGlobal(rect.topLeft()), rect.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state, figure = QAccessible.State(), self._whole.figure
        if self._spot() is None:
            state.invalid = True
            return state
        state.focusable = True
        state.focused = figure.hasFocus() and figure.current == self._index
        return state

    def text(self, what: QAccessible.Text) -> str:
        spot = self._spot()
        if spot is None:
            return ""
        if what == QAccessible.Text.Name:
            return spot.said
        if what == QAccessible.Text.Description and spot.key:
            return _("Enter shows the passages")
        return ""

    def setText(self, _what: QAccessible.Text, _words: str) -> None:
        """Marks are what was counted."""

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()
