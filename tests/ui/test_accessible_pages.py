"""What a screen reader and a keyboard get, on every page and in every dialog: names, roles, a focus that is seen, and a way to it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cohesion_qda.ui.window import Window
from tests.ui.walk import DIALOGS, PAGES, called, dialog, focusable, fresh, go_to, walked  # noqa: F401

NO_ROLES = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window}


def nameless(root: QWidget) -> list[str]:
    wrong = []
    for widget in focusable(root):
        if widget is root:
            continue
        found = QAccessible.queryAccessibleInterface(widget)
        if found is None or not found.text(QAccessible.Text.Name).strip():
            wrong.append(f"no name: {called(widget)}")
        elif found.role() in NO_ROLES:
            wrong.append(f"no role: {called(widget)}, {found.text(QAccessible.Text.Name)!r}")
    return wrong


@pytest.mark.parametrize("page", PAGES)
def test_everything_on_a_page_has_a_name_and_a_role(walked: Window, page: str) -> None:  # noqa: F811
    go_to(walked, page)
    assert nameless(walked) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_everything_in_a_dialog_has_a_name_and_a_role(walked: Window, name: str) -> None:  # noqa: F811
    with dialog(walked, name) as opened:
        assert opened.windowTitle() or opened.accessibleName()
        assert nameless(opened) == []


def picture(widget: QWidget) -> QImage:
    """A widget with a few pixels around it, as it is seen in its window."""
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)
    return window.grab(place.intersected(window.rect())).toImage()


def unseen(root: QWidget) -> list[str]:
    """The widgets that look the same with and without the focus."""
    wrong = []
    found = [widget for widget in focusable(root) if widget is not root]
    for at, widget in enumerate(found):
        other = found[at - 1] if len(found) > 1 else None
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if QApplication.focusWidget() is not widget:
            wrong.append(f"does not take the focus: {called(widget)}")
            continue
        seen = picture(widget)
        if other is not None:
            other.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            widget.clearFocus()
        QApplication.processEvents()
        if picture(widget) == seen:
            wrong.append(f"looks the same with the focus: {called(widget)}, {widget.accessibleName()!r}")
    return wrong


@pytest.mark.parametrize("page", PAGES)
def test_the_focus_is_seen_on_a_page(walked: Window, page: str) -> None:  # noqa: F811
    go_to(walked, page)
    assert unseen(walked) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_the_focus_is_seen_in_a_dialog(walked: Window, name: str) -> None:  # noqa: F811
    with dialog(walked, name) as opened:
        assert unseen(opened) == []


def test_no_window_flashes_up_while_a_page_is_made(fresh: Window) -> None:  # noqa: F811
    """What is shown before it lies in the window is a window of its own for a moment, and takes the focus with it."""
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(called(watched))
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    try:
        for page in PAGES:
            go_to(fresh, page)
            assert (page, shown) == (page, [])
    finally:
        QApplication.instance().removeEventFilter(watch)
    assert QApplication.activeWindow() is fresh


@pytest.mark.parametrize("page", PAGES)
def test_tab_and_f6_reach_everything(walked: Window, page: str) -> None:  # noqa: F811
    """Tab goes on by itself; where a grid or a text keeps it, F6 leads out."""
    go_to(walked, page)
    wanted = focusable(walked)
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    reached: set[int] = set()
    for _round in range(3):
        for _step in range(len(wanted) + 2):
            here = QApplication.focusWidget()
            if here is None or id(here) in reached:
                break
            reached.add(id(here))
            QTest.keyClick(here, Qt.Key.Key_Tab)
        for _area in range(12):
            walked.commands.next_area()
            here = QApplication.focusWidget()
            if here is not None and id(here) not in reached:
                break
    assert [called(widget) for widget in wanted if id(widget) not in reached] == []
