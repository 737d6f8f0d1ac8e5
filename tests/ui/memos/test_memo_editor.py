"""What is typed arrives whole, however the answers of the project come in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QTest

from cohesion_qda.project import Project
from cohesion_qda.ui.memos.editor import MemoEditor, NewMemo
from tests.makers import small_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with small_study(tmp_path / "p.cqda") as project:
        project.memos.add("project", 0, "A")
        project.memos.add("project", 0, "B")
    return tmp_path / "p.cqda"


@pytest.fixture
def editor(looks: Any, threaded_runner: Any, study: Path, qtbot: Any) -> Iterator[MemoEditor]:
    threaded_runner.open(study)
    qtbot.waitUntil(lambda: threaded_runner.info is not None)
    made = MemoEditor(threaded_runner)
    qtbot.addWidget(made)
    made.show()
    yield made


def kept(runner: Any, qtbot: Any) -> list[str]:
    answers: list[list[str]] = []
    runner.ask(lambda p: [m.body for m in p.memos.list()], answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def test_words_typed_while_a_new_memo_is_being_made_go_into_it(editor, threaded_runner, qtbot) -> None:
    editor.start(NewMemo("project"))
    for word in ("One ", "two ", "three"):
        QTest.keyClicks(editor.body, word)
        editor.saving.flush()  # no answer has come in between
    assert kept(threaded_runner, qtbot)[2:] == ["One two three"]
    qtbot.waitUntil(lambda: not editor.is_new and not editor.is_busy)


def test_the_last_words_before_the_project_is_closed_are_kept(editor, threaded_runner, study, qtbot) -> None:
    editor.start(NewMemo("project"))
    QTest.keyClicks(editor.title, "Half")
    threaded_runner.shutdown()
    with Project.open(study) as project:
        assert [m.title for m in project.memos.list()] == ["", "", "Half"]


def test_an_echo_of_earlier_words_does_not_replace_later_ones(editor, threaded_runner, qtbot) -> None:
    memos: list[Any] = []
    threaded_runner.ask(lambda p: p.memos.list(), memos.append)
    qtbot.waitUntil(lambda: bool(memos))
    first = memos[0][0]
    editor.show_memo(first)

    def shown(memo: Any) -> None:
        editor.show_memo(memo)

    threaded_runner.changed.connect(lambda _change: threaded_runner.ask(lambda p: p.memos.get(first.id), shown))
    editor.body.clear()
    for letter in "Things close":
        QTest.keyClicks(editor.body, letter)
        editor.saving.flush()
        qtbot.wait(0)
    qtbot.waitUntil(lambda: not threaded_runner.is_busy and not editor.is_busy)
    assert editor.body.toPlainText() == "Things close"
    assert kept(threaded_runner, qtbot)[0] == "Things close"


def listed(runner: Any) -> list[Any]:
    answers: list[list[Any]] = []
    runner.ask(lambda p: p.memos.list(), answers.append)
    return answers[0]


def memo_of(runner: Any, memo: Any) -> Any:
    return next(found for found in listed(runner) if found.id == memo)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.sampled_from(["x", "ye", " 😀", "\n", "سلام"])),
        st.tuples(st.sampled_from(["choose", "rest", "echo"]), st.integers(0, 1)),
    ),
    max_size=25,
)


@given(STEPS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_and_chosen_every_memo_has_its_own_words(
    looks: Any, runner: Any, study: Path, steps: list[tuple[str, Any]]
) -> None:
    runner.open(study)
    editor = MemoEditor(runner)
    ids = [memo.id for memo in listed(runner)]
    words = {memo.id: memo.body for memo in listed(runner)}
    at = ids[0]
    editor.show_memo(memo_of(runner, at))
    for step, what in steps:
        if step == "type":
            editor.body.insertPlainText(what)
            words[at] = editor.body.toPlainText()
        elif step == "choose":
            at = ids[what]
            editor.show_memo(memo_of(runner, at))
            assert editor.body.toPlainText() == words[at]
        elif step == "rest":
            editor.saving.flush()
        else:
            editor.show_memo(memo_of(runner, at))
            assert editor.body.toPlainText() == words[at]
    editor.saving.flush()
    assert {memo.id: memo.body for memo in listed(runner)} == words
    editor.deleteLater()
