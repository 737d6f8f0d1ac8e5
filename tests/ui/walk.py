"""Opens the window on a small coded study and walks it: every page, and every dialog that can be opened without a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cohesion_qda.base.settings import Settings
from cohesion_qda.model.text import Span
from cohesion_qda.ui import actions
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.window import Window
from tests.makers import code, small_study

PAGES = list(actions.PAGE_KEYS)


_study = b""


def make_study(path: Path) -> None:
    """Two groups, coded by two people, with a memo and a guide; built once, copied after that."""
    global _study
    if not _study:
        _build(path)
        _study = path.read_bytes()
    path.write_bytes(_study)


def _build(path: Path) -> None:
    with small_study(path) as project:
        code(project, "Women", "the park. Everybody is in the park", "Public spaces")
        code(project, "Women", "The buses", "Cuts")
        code(project, "Young people", "the park is locked at four", "Public spaces", "Cuts")
        project.memos.add("project", 0, "Parks come up in both groups.")
        project.guide.set(["What gets in the way?"])
        project.use_coder("Ben")
        code(project, "Young people", "The youth club closed", "Cuts")


def open_window(path: Path) -> Window:
    """The window on a study of `make_study`; what goes wrong is gathered in `told`."""
    made = Window(Settings(), Runner(executor="now"))
    made.told = []
    made.problems.recorder = made.told.append
    made.resize(1440, 900)
    made.show()
    made.make_menus()
    made.open_path(path)
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    return made


def dress() -> None:
    """The theme in its first state."""
    QApplication.setStyle("Fusion")
    theme = current_theme()
    theme.load_fonts()
    theme.set_mode("light")
    theme.set_scale(1.0)
    theme.dress()


@contextmanager
def opened(folder: Path) -> Iterator[Window]:
    """The window, open on a study in `folder`; nothing may go wrong in it."""
    dress()
    path = folder / "study.cqda"
    make_study(path)
    made = open_window(path)
    try:
        yield made
        assert made.told == []
    finally:
        made.close()
        made.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def walked(qapp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """One window for all tests of a module, which look at it and change nothing."""
    with opened(tmp_path_factory.mktemp("walked")) as window:
        yield window


@pytest.fixture
def fresh(theme, tmp_path: Path) -> Iterator[Window]:
    """A window of a test's own."""
    with opened(tmp_path) as window:
        yield window


def go_to(window: Window, page: str) -> QWidget:
    """Bring a page into view, with something chosen where that shows more of it."""
    if QApplication.activeWindow() is not window:
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
    window.workspace.enter(page)
    if page == "read":
        window.workspace.show_source(window.workspace.navigator.state.sources[0].id)
    if page == "retrieve":
        tree: list[Any] = []
        window.runner.ask(lambda p: p.codebook.tree(), tree.append)
        window.workspace.show_code(tree[0].get("Public spaces").id)
    QTest.qWait(0)
    return window.workspace.page


def _period(window: Window) -> None:
    go_to(window, "history").filters._ask_for_days()


def _memo(window: Window) -> None:
    from cohesion_qda.ui.memos.dialog import write_memo

    write_memo(window.runner, "project", 0, "the project", window)


def _picker(window: Window) -> QWidget:
    room = go_to(window, "read")
    room.view.setFocus()
    room.view.select(Span(0, 4))
    QTest.keyClicks(room.view, "c")
    return room.picker


def _export(window: Window) -> QWidget:
    page = go_to(window, "compare")
    page.export()
    return page.taking.dialog


DIALOGS: dict[str, Callable[[Window], QWidget | None]] = {
    "settings": lambda window: window.commands.settings(),
    "guide": lambda window: window.commands.guide(),
    "all actions": lambda window: window.commands.all_actions(),
    "go to": lambda window: window.commands.go_to(),
    "about": lambda window: window.commands.about(),
    "new project": lambda window: window.commands.files.new_project(),
    "moderator's guide": lambda window: window.commands.questions(),
    "from one day to another": _period,
    "memo": _memo,
    "code picker": _picker,
    "export of an answer": _export,
}


@contextmanager
def dialog(window: Window, name: str) -> Iterator[QWidget]:
    """A dialog or popup, open; closed afterwards."""
    before = {id(widget) for widget in shown_windows()}
    popup = DIALOGS[name](window)
    QTest.qWait(0)
    opened = [popup] if popup is not None else [widget for widget in shown_windows() if id(widget) not in before]
    assert opened and opened[-1].isVisible(), f"{name} did not open"
    made = opened[-1]
    made.activateWindow()
    QTest.qWait(0)
    try:
        yield made
    finally:
        made.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shown_windows() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def focusable(root: QWidget) -> list[QWidget]:
    """What Tab can reach inside `root`."""
    return [
        widget
        for widget in [root, *root.findChildren(QWidget)]
        if widget.isVisibleTo(root)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.window() is root.window()
        and widget.focusProxy() is None
        and not widget.visibleRegion().isEmpty()
    ]


def called(widget: QWidget) -> str:
    """A widget in words for the reader of a failed test."""
    path, at = [], widget
    while at is not None and len(path) < 4:
        path.append(type(at).__name__)
        at = at.parentWidget()
    return " < ".join(path)
