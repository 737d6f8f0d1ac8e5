"""Two windows on one project in one program: one runner, one connection, and both tell the truth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.settings import Settings
from cohesion_qda.model.text import Span
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.window import Window


@pytest.fixture
def pair(study: Window) -> Iterator[tuple[Window, Window]]:
    """The study's window, and a second one opened from its menu."""
    study.commands.actions["new_window"].trigger()
    other = study.family[-1]
    assert other is not study
    study.told, other.told = [], []
    study.problems.recorder, other.problems.recorder = study.told.append, other.told.append
    yield study, other
    if isValid(other):
        other.close()
        other.deleteLater()  # the last of its family does not do so itself: the program ends with it


def shown(window: Window) -> set[tuple[str, str]]:
    view = window.workspace.page_named("read").view
    return {(view.tree[coding.code].name, coding.span.of(view.reading.text)) for coding in view.layers}


def ask(window: Window, question) -> object:
    answers: list[object] = []
    window.runner.ask(question, answers.append)
    return answers[0]


def read_women(window: Window) -> int:
    source = ask(window, lambda p: p.sources.get("women").id)
    window.workspace.show_source(source)
    return source


def test_the_second_window_shows_the_same_place(study: Window) -> None:
    source = read_women(study)
    other = study.open_another()
    assert other.windowTitle() == study.windowTitle()
    assert other.workspace.page_named("read").source == source
    study.workspace.enter("history")
    third = study.open_another()
    assert third.workspace.current == "history"
    third.close()
    other.close()


def test_what_is_coded_in_one_is_seen_in_the_other_and_undone_from_there(pair: tuple[Window, Window]) -> None:
    one, other = pair
    source = read_women(one)
    read_women(other)
    code = ask(one, lambda p: next(iter(p.codebook.tree())))
    one.runner.do(lambda p: p.codings.apply(source, Span(0, 4), [code.id]))
    assert len(shown(one)) == 1 and shown(one) == shown(other)
    assert (
        "Coded" in one.commands.actions["undo"].text()
        and one.commands.actions["undo"].text() == other.commands.actions["undo"].text()
    )
    other.commands.actions["undo"].trigger()
    assert shown(one) == shown(other) == set()
    assert one.toast.message.text() == other.toast.message.text()
    assert one.commands.actions["redo"].isEnabled()
    one.commands.actions["redo"].trigger()
    assert len(shown(other)) == 1


def test_merging_in_one_while_the_other_has_the_picker_open(pair: tuple[Window, Window]) -> None:
    one, other = pair
    source = read_women(one)
    read_women(other)
    codes = [code for code in ask(one, lambda p: list(p.codebook.tree())) if code.parent is not None]
    gone, into = codes[0], codes[1]
    room = other.workspace.page_named("read")
    room.view.setFocus()
    room.view.select(Span(0, 4))
    QTest.keyClicks(room.view, "c")
    QTest.keyClicks(room.picker.field, gone.name)
    one.runner.do(lambda p: p.codebook.merge(gone.id, into=into.id))
    QTest.keyClick(room.picker.field, Qt.Key.Key_Return)
    assert ask(one, lambda p: p.codings.of_source(source)) == [], (
        "a code that is gone is never used, nor another in its place"
    )
    assert shown(one) == shown(other) == set()
    assert ask(one, lambda p: p.check()) == []
    assert one.told == other.told == []


def test_a_problem_is_told_once_in_the_window_used_last(pair: tuple[Window, Window]) -> None:
    one, other = pair

    def fails(_project: object) -> None:
        raise BadInput("No.", "Yes.")

    one.runner.do(fails)
    assert (len(one.told), len(other.told)) == (0, 1), "the new window was used last"
    one.family.remove(one)
    one.family.append(one)
    one.runner.do(fails)
    assert (len(one.told), len(other.told)) == (1, 1)


def test_closing_one_leaves_the_other(pair: tuple[Window, Window], tmp_path: Path) -> None:
    one, other = pair
    other.close()
    assert one.has_project and one.family == [one]
    one.runner.do(lambda p: p.codebook.add("After one left"))
    QCoreApplication.sendPostedEvents(other, QEvent.Type.DeferredDelete)
    one.runner.do(lambda p: p.codebook.add("After it was gone"))
    one.workspace.enter("history")
    assert one.told == []


def test_the_first_window_may_be_closed_first(pair: tuple[Window, Window]) -> None:
    one, other = pair
    one.close()
    assert other.has_project and other.runner.info is not None
    source = read_women(other)
    code = ask(other, lambda p: next(iter(p.codebook.tree())))
    other.runner.do(lambda p: p.codings.apply(source, Span(0, 4), [code.id]))
    assert len(shown(other)) == 1 and other.told == []
    other.close()
    assert other.runner.info is None, "the last window closes the project"


def test_closing_the_project_leaves_one_start_page(pair: tuple[Window, Window]) -> None:
    one, other = pair
    other.commands.actions["close_project"].trigger()
    assert other.stack.currentWidget() is other.start and other.isVisible()
    assert not one.isVisible() and other.family == [other]
    other.runner.open(Path(other.settings["recent"][0]))
    assert other.has_project and other.told == []


def test_another_project_comes_into_both(pair: tuple[Window, Window], tmp_path: Path) -> None:
    one, other = pair
    one.workspace.enter("history")
    one.runner.create(tmp_path / "second.cqda", codebook="empty", title="Second")
    assert one.windowTitle() == other.windowTitle() and "Second" in one.windowTitle()
    assert one.told == other.told == []


def test_settings_hold_in_both(pair: tuple[Window, Window]) -> None:
    one, other = pair
    assert other.commands.actions["code_keys"].isChecked()
    one.commands.actions["code_keys"].trigger()
    assert not other.commands.actions["code_keys"].isChecked()
    assert not Settings()["code_keys"]


def test_quit_closes_both(pair: tuple[Window, Window]) -> None:
    one, other = pair
    one.commands.actions["quit"].trigger()
    assert not one.isVisible() and not other.isVisible()
    assert one.runner.info is None


def test_nothing_outlives_its_window() -> None:
    """A lambda that hears a signal of the runner or the theme is called after its page is gone: only methods of objects of Qt are."""
    ui = Path(__file__).resolve().parents[3] / "cohesion_qda" / "ui"
    wrong = re.compile(
        r"(?:runner\.(?:changed|opened|closed|failed|working|idle|leaving)|current_theme\(\)\.changed)\.connect\(\s*lambda"
    )
    assert [path.name for path in sorted(ui.rglob("*.py")) if wrong.search(path.read_text("utf-8"))] == []


def test_two_windows_with_real_threads(qtbot, theme, transcripts: Path, tmp_path: Path) -> None:
    one = Window(Settings(), Runner())
    qtbot.addWidget(one)
    one.show()
    one.make_menus()
    one.runner.create(tmp_path / "threads.cqda", codebook="cohesion")
    qtbot.waitUntil(lambda: one.has_project and not one.runner.is_busy)
    other = one.open_another()
    for n in range(8):
        one.runner.do(lambda p, n=n: p.codebook.add(f"code {n}"))
        other.commands.refresh()
    qtbot.waitUntil(lambda: not one.runner.is_busy)
    assert one.commands.actions["undo"].text() == other.commands.actions["undo"].text()
    assert "code 7" in other.commands.actions["undo"].text()
    other.runner.ask(lambda p: p.codebook.tree(), lambda _tree: None)
    other.close()
    qtbot.waitUntil(lambda: not one.runner.is_busy)
    one.close()
