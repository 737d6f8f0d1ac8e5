"""Moving the focus between the areas of a window (F6), and doing something with whatever has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from cohesion_qda.ui.window import Window


def move_area(window: Window, step: int) -> None:
    """Put the focus on the next area of what is shown, or with -1 on the one before."""
    from cohesion_qda.ui.workspace import focus_into

    areas = window.workspace.areas() if window.has_project else [*window.start.buttons(), *window.start.rows()]
    if not areas:
        return
    focus = QApplication.focusWidget()
    holding = [i for i, area in enumerate(areas) if focus is not None and area.isAncestorOf(focus)]
    at = areas.index(focus) if focus in areas else next(iter(holding), None)
    focus_into(areas[(at + step) % len(areas) if at is not None else 0])


def call_on_focus(name: str, keys: QKeySequence.StandardKey) -> None:
    """Have whatever has the focus copy or select: by its method of that name, else by the keys."""
    widget = QApplication.focusWidget()
    method = getattr(widget, name, None)
    if callable(method):
        method()
    elif widget is not None:
        pressed = QKeySequence(keys)[0]
        event = QKeyEvent(QEvent.Type.KeyPress, pressed.key(), pressed.keyboardModifiers())
        QApplication.sendEvent(widget, event)
