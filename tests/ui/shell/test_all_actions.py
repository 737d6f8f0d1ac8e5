"""All actions and keys: one list that holds everything, can be searched, and does what is chosen; and no two keys are in each other's way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from cohesion_qda.ui import actions
from cohesion_qda.ui.all_actions import AllActions, listed, of_menu, plain
from cohesion_qda.ui.guide import room_keys
from cohesion_qda.ui.window import Window
from tests.ui.walk import PAGES, fresh, go_to  # noqa: F401


def opened(window: Window) -> AllActions:
    window.commands.actions["all_actions"].trigger()
    return window.findChildren(AllActions)[-1]


def lines(dialog: AllActions) -> list[str]:
    return [line.name for line in dialog._shown]


def in_menus(window: Window) -> Iterator[QAction]:
    for top in window.menuBar().actions():
        menu = top.menu()
        if isinstance(menu, QMenu):
            yield from (action for action, _name in of_menu(menu))


def test_every_action_of_every_menu_of_every_page_is_listed(fresh: Window) -> None:  # noqa: F811
    there = {id(line.action) for line in listed(fresh)}
    for page in PAGES:
        go_to(fresh, page)
        lost = [action.text() for action in in_menus(fresh) if id(action) not in there]
        assert lost == [], page
    names = {line.name for line in listed(fresh)}
    assert {words for _keys, words in room_keys()} <= names
    for entry in actions.entries():
        if entry.name not in (actions.LINE, "recent", "undo", "redo"):
            assert plain(entry.words) in names, entry.name


def test_every_line_says_where_it_is(fresh: Window) -> None:  # noqa: F811
    assert all(line.name and line.where for line in listed(fresh))
    assert all(line.run is not None or line.keys for line in listed(fresh))


def test_entries_of_a_menu_inside_say_of_what_and_by_which_key(fresh: Window) -> None:  # noqa: F811
    go_to(fresh, "history")  # the codebook's menu is not in the menu bar here
    found = {line.name: line for line in listed(fresh)}
    assert "The selected code › Split…" in found and "Split…" not in found
    assert found["The selected code › Rename"].keys == "F2" and found["The selected code › Delete"].keys == "Del"
    assert found["The selected code › Up"].keys == "Ctrl+Shift+↑"
    assert found["The selected code › Rename"].where == "Code, on Read & code"


def test_typing_finds_by_name_key_and_place(fresh: Window) -> None:  # noqa: F811
    dialog = opened(fresh)
    assert dialog.field.hasFocus() or dialog.focusWidget() is dialog.field
    everything = len(lines(dialog))
    QTest.keyClicks(dialog.field, "full scr")
    assert lines(dialog) == ["Full screen"]
    dialog.field.setText("f11")
    assert "Full screen" in lines(dialog)
    dialog.field.setText("help guide")
    assert lines(dialog)[0] == "Guide and all keys"
    dialog.field.setText("no such thing")
    assert lines(dialog) == [] and dialog.foot.text() == "Nothing of that name"
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert len(lines(dialog)) == everything
    QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_enter_does_what_is_chosen(fresh: Window) -> None:  # noqa: F811
    go_to(fresh, "read")
    dialog = opened(fresh)
    dialog.field.setText("view history")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    QTest.qWait(0)
    assert not isValid(dialog) and fresh.workspace.current == "history"


def test_what_is_not_possible_is_said(fresh: Window) -> None:  # noqa: F811
    dialog = opened(fresh)
    dialog.field.setText("redo")
    chosen = dialog.chosen()
    assert chosen is not None and not chosen.is_possible
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible() and dialog.foot.text() == "“Redo” is not possible now."
    words = room_keys()[0][1]
    dialog.field.setText(words)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible() and dialog.foot.text().startswith("This key works in its place")
    dialog.close()


def test_without_a_project_it_lists_the_menus(window: Window) -> None:
    dialog = opened(window)
    assert "New project …" in lines(dialog) and "Close project" in lines(dialog)
    dialog.close()


def bound(root: QWidget) -> list[tuple[str, Qt.ShortcutContext, QWidget, str]]:
    """(key, how far it reaches, where it is, what it is) of each key that works now in `root`."""
    found = []
    for action in root.findChildren(QAction):
        if not action.isEnabled():
            continue
        owners = [
            owner for owner in action.associatedObjects() if isinstance(owner, QWidget) and not isinstance(owner, QMenu)
        ]
        for key in action.shortcuts():
            found += [(key.toString(), action.shortcutContext(), owner, action.text()) for owner in owners]
    for shortcut in root.findChildren(QShortcut):
        owner = shortcut.parent()
        if shortcut.isEnabled() and isinstance(owner, QWidget):
            found += [(key.toString(), shortcut.context(), owner, "shortcut") for key in list(shortcut.keys())]
    return [bind for bind in found if bind[0] and (bind[2] is root or bind[2].isVisibleTo(root))]


@pytest.mark.parametrize("page", PAGES)
def test_no_two_keys_are_in_each_others_way(fresh: Window, page: str) -> None:  # noqa: F811
    go_to(fresh, page)
    wide = (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)
    clashes = []
    for one, other in combinations(bound(fresh), 2):
        if one[0] != other[0] or one[3] == other[3]:
            continue
        is_near = one[2] is other[2] or one[2].isAncestorOf(other[2]) or other[2].isAncestorOf(one[2])
        if one[1] in wide or other[1] in wide or is_near:
            clashes.append((one[0], one[3], other[3]))
    assert clashes == []
