"""What is painted, for those who cannot see it: a widget is told as a whole with items, each with a name, a place and a state.

Qt keeps what we give it by its address, so each interface is held here for as long as its widget lives.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid


class AccessibleWhole(QAccessibleWidget):
    """A widget with items. An item stands for the n-th thing that is shown, whichever that is now; a subclass says how many there
    are, on which the keys are (-1: none), and makes the items.
    """

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role, widget.accessibleName())
        self.widget = widget
        self.items: dict[int, AccessibleItem] = {}

    def count(self) -> int:
        """How many items there are now."""
        return 0

    def current(self) -> int:
        """On which the keys are."""
        return -1

    def item(self, index: int) -> AccessibleItem:
        """The item for the n-th thing."""
        return AccessibleItem(self, index)

    def childCount(self) -> int:
        return self.count() if isValid(self.widget) else 0

    def child(self, index: int) -> QAccessibleInterface | None:
        if not 0 <= index < self.childCount():
            return None
        if index not in self.items:
            self.items[index] = self.item(index)
        return self.items[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((index for index, item in self.items.items() if item is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        found = (index for index in range(self.childCount()) if self.child(index).rect().contains(x, y))
        return self.child(next(found, -1))

    def focusChild(self) -> QAccessibleInterface | None:
        return self.child(self.current()) if self.widget.hasFocus() else None


class AccessibleItem(QAccessibleInterface):
    """One of the things that a widget shows: a subclass says where it is in the widget, what it is called and what Enter does."""

    def __init__(self, whole: AccessibleWhole, index: int) -> None:
        super().__init__()
        self._whole, self._index = whole, index

    def place(self) -> QRect:
        """Where it is in the widget."""
        return QRect()

    def name(self) -> str:
        """What it is called."""
        return ""

    def description(self) -> str:
        """What a key does with it; empty where none does anything."""
        return ""

    def isValid(self) -> bool:
        return self._index < self._whole.childCount()

    def object(self) -> QObject | None:
        return None

    def window(self) -> QWindow | None:
        return self._whole.widget.window().windowHandle() if self.isValid() else None

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
        return self.place().translated(self._whole.widget.mapToGlobal(QPoint(0, 0))) if self.isValid() else QRect()

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        state.focusable = True
        state.focused = self._whole.widget.hasFocus() and self._whole.current() == self._index
        return state

    def text(self, what: QAccessible.Text) -> str:
        if not self.isValid():
            return ""
        if what == QAccessible.Text.Name:
            return self.name()
        return self.description() if what == QAccessible.Text.Description else ""

    def setText(self, _what: QAccessible.Text, _words: str) -> None:
        """What is painted is not typed into."""

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()


class Told:
    """Answers Qt when somebody asks about a widget of one class, by name, and holds what was answered."""

    def __init__(self, is_one: Callable[[QObject], bool], make: Callable[[QWidget], AccessibleWhole]) -> None:
        self._is_one, self._make = is_one, make
        self._wholes: dict[int, AccessibleWhole] = {}
        self._is_listening = self._is_over = False

    def listen(self) -> None:
        """From now on, whoever asks Qt about such a widget hears what stands in it."""
        if not self._is_listening:
            self._is_listening = True
            QAccessible.installFactory(lambda _class_name, thing: self._interface_of(thing))
            atexit.register(self._stop)  # Qt would look for what Python has taken down already

    def tell_focus(self, widget: QWidget, at: int) -> None:
        """Tell a screen reader which item of a widget the keys are on (-1: the widget itself)."""
        if not QAccessible.isActive():
            return
        event = QAccessibleEvent(widget, QAccessible.Event.Focus)
        if at >= 0:
            event.setChild(at)
        QAccessible.updateAccessibility(event)

    def _interface_of(self, thing: QObject) -> QAccessibleInterface | None:
        if self._is_over or not self._is_one(thing):
            return None
        key = id(thing)
        made = self._wholes[key] = self._make(thing)
        thing.destroyed.connect(partial(self._let_go, key))
        return made

    def _let_go(self, key: int, _gone: object = None) -> None:
        gone = self._wholes.pop(key, None)
        for item in gone.items.values() if gone else ():
            if isValid(item):
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))

    def _stop(self) -> None:
        self._is_over = True
        for key in list(self._wholes):
            whole = self._wholes[key]
            self._let_go(key)
            if isValid(whole):
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(whole))
