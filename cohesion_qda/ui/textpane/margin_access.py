"""The margin for those who cannot see it: a list, in which each name of a code is an item with a name and a state.

Qt keeps what we give it by its address, so each interface is held here for as long as its margin lives.
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
    from cohesion_qda.ui.textpane.margin import Margin, Shown

_lists: dict[int, AccessibleMargin] = {}
_is_listening = False
_is_over = False


def listen() -> None:
    """From now on, whoever asks Qt about a margin hears what stands in it."""
    global _is_listening
    if not _is_listening:
        _is_listening = True
        QAccessible.installFactory(_interface_of)
        atexit.register(_stop)  # Qt would look for what Python has taken down already


def _stop() -> None:
    global _is_over
    _is_over = True
    for key in list(_lists):
        whole = _lists[key]
        _let_go(key)
        if isValid(whole):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(whole))


def _interface_of(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    from cohesion_qda.ui.textpane.margin import Margin

    if _is_over or not isinstance(thing, Margin):
        return None
    key = id(thing)
    made = _lists[key] = AccessibleMargin(thing)
    thing.destroyed.connect(partial(_let_go, key))
    return made


def _let_go(key: int, _gone: object = None) -> None:
    gone = _lists.pop(key, None)
    for item in gone.items.values() if gone else ():
        if isValid(item):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))


def tell_focus(margin: Margin) -> None:
    """Tell a screen reader which name the keys are on."""
    if not QAccessible.isActive():
        return
    at = next((i for i, shown in enumerate(margin.names()) if margin.current in shown.codings), None)
    event = QAccessibleEvent(margin, QAccessible.Event.Focus)
    if at is not None:
        event.setChild(at)
    QAccessible.updateAccessibility(event)


class AccessibleMargin(QAccessibleWidget):
    """The list. An item stands for the n-th name, whichever that is now."""

    def __init__(self, margin: Margin) -> None:
        super().__init__(margin, QAccessible.Role.List, margin.accessibleName())
        self.margin = margin
        self.items: dict[int, AccessibleName] = {}

    def childCount(self) -> int:
        return len(self.margin.names()) if isValid(self.margin) else 0

    def child(self, index: int) -> QAccessibleInterface | None:
        if not 0 <= index < self.childCount():
            return None
        if index not in self.items:
            self.items[index] = AccessibleName(self, index)
        return self.items[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((index for index, item in self.items.items() if item is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        found = (index for index in range(self.childCount()) if self.child(index).rect().contains(x, y))
        return self.child(next(found, -1))

    def focusChild(self) -> QAccessibleInterface | None:
        names = self.margin.names()
        at = next((i for i, shown in enumerate(names) if self.margin.current in shown.codings), -1)
        return self.child(at) if self.margin.hasFocus() else None


class AccessibleName(QAccessibleInterface):
    """One name in the margin."""

    def __init__(self, whole: AccessibleMargin, index: int) -> None:
        super().__init__()
        self._whole, self._index = whole, index

    def _shown(self) -> Shown | None:
        margin = self._whole.margin
        names = margin.names() if isValid(margin) else []
        return names[self._index] if self._index < len(names) else None

    def isValid(self) -> bool:
        return self._shown() is not None

    def object(self) -> QObject | None:
        return None

    def window(self) -> QWindow | None:
        return self._whole.margin.window().windowHandle() if self.isValid() else None

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
        shown, margin = self._shown(), self._whole.margin
        if shown is None:
            return QRect()
        rect = shown.rect.toRect()
        return QRect(margin.mapToGlobal(rect.topLeft()), rect.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state, shown, margin = QAccessible.State(), self._shown(), self._whole.margin
        if shown is None:
            state.invalid = True
            return state
        state.focusable = state.selectable = True
        state.selected = any(map(margin.view.is_active, shown.codings))
        state.focused = margin.hasFocus() and margin.current in shown.codings
        return state

    def text(self, what: QAccessible.Text) -> str:
        shown, margin = self._shown(), self._whole.margin
        if shown is None:
            return ""
        if what == QAccessible.Text.Name:
            return margin.describe(shown)
        if what == QAccessible.Text.Description:
            return _("Enter selects the passage")
        return ""

    def setText(self, _what: QAccessible.Text, _words: str) -> None:
        """Names are changed in the codebook."""

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()
