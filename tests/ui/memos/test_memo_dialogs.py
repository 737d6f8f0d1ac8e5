"""Writing memos and linking to them where one is working."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cohesion_qda.ui.memos.choosing import Choosing
from cohesion_qda.ui.memos.dialog import MemoDialog, Words, place_beside, write_memo, write_memo_at
from cohesion_qda.ui.memos.picker import link_to_memo


class Parent(QWidget):
    """Stands for the window: it says what was done."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say_change(self, change: Any) -> None:
        self.said.append(change.said)


@pytest.fixture
def parent(looks, runner, study) -> Iterator[Parent]:
    runner.open(study)
    made = Parent()
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents()
    assert runner.problems == []


def ask(runner: Any, question: Any) -> Any:
    answers: list[Any] = []
    runner.ask(question, answers.append)
    return answers[0]


def opened(parent: QWidget, kind: Any = MemoDialog) -> Any:
    return next(w for w in parent.findChildren(kind) if w.isVisible())


def buses(runner: Any) -> tuple[Any, Any]:
    return ask(runner, lambda p: (s := p.sources.get("Women").id, p.codings.find_quote(s, "The buses.")))


def test_a_first_memo_on_a_code_is_made_with_its_first_words(parent, runner):
    code = ask(runner, lambda p: p.codebook.tree().get("Cuts").id)
    write_memo(runner, "code", code, "Cuts", parent)
    dialog = opened(parent)
    assert dialog.about.text() == "Memo: Cuts"
    assert dialog.delete_button.toolTip() == "It has no words yet."
    QTest.keyClicks(dialog.editor.body, "Too wide?")
    QTest.keyClick(dialog.editor.body, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert ask(runner, lambda p: [(m.subject, m.body) for m in p.memos.list("code")]) == [(code, "Too wide?")]


def test_the_memos_that_are_there_are_gone_on_with(parent, runner):
    code = ask(runner, lambda p: p.codebook.tree().get("Cuts").id)
    for body in ("One", "Two"):
        runner.do(lambda p, body=body: p.memos.add("code", code, body))
    write_memo(runner, "code", code, "Cuts", parent)
    dialog = opened(parent)
    assert dialog.editor.body.toPlainText() == "Two"
    assert [dialog.which.itemText(n) for n in range(dialog.which.count())] == ["One", "Two"]
    dialog.which.setCurrentIndex(0)
    QTest.keyClicks(dialog.editor.body, "Not ")
    dialog.another.click()
    QTest.keyClicks(dialog.editor.body, "Three")
    dialog.done_button.click()
    assert ask(runner, lambda p: [m.body for m in p.memos.list("code")]) == ["Not One", "Two", "Three"]


def test_a_memo_is_deleted_where_it_is_read(parent, runner):
    runner.do(lambda p: p.memos.add("project", 0, "One"))
    write_memo(runner, "project", 0, "the project", parent)
    opened(parent).delete_button.click()
    assert parent.said == ["Deleted the memo about the project"]
    assert ask(runner, lambda p: p.memos.list()) == []


def test_a_place_that_is_not_coded_is_kept_with_the_first_words(parent, runner):
    source, span = buses(runner)
    write_memo_at(runner, source, span, "the selected words", parent)
    dialog = opened(parent)
    dialog.accept()
    assert ask(runner, lambda p: p.memos.list()) == []
    write_memo_at(runner, source, span, "the selected words", parent)
    QTest.keyClicks(opened(parent).editor.body, "A sigh")
    opened(parent).accept()
    assert ask(runner, lambda p: [m.span for m in p.memos.in_source(source)]) == [span]


def test_words_are_linked_to_a_memo_found_by_typing(parent, runner):
    source, span = buses(runner)
    for body in ("Second round", "Noisy room"):
        runner.do(lambda p, body=body: p.memos.add("project", 0, body))
    link_to_memo(runner, source, span, parent)
    dialog = opened(parent, Choosing)
    QTest.keyClicks(dialog.field, "noisy")
    assert [choice.words for choice in dialog.rows.rows] == ["Noisy room", "New memo on these words …"]
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert parent.said == ["Linked the memo “Noisy room” to 1 passage"]
    noisy = ask(runner, lambda p: p.memos.list()[1].id)
    assert ask(runner, lambda p: [place.quote for place in p.memos.links(noisy)]) == ["The buses."]


def test_a_memo_is_found_by_some_of_its_letters_the_best_first(parent, runner):
    for body in ("Sound in the Noisy café", "Nothing comes", "Next cards"):
        runner.do(lambda p, body=body: p.memos.add("project", 0, body))
    link_to_memo(runner, *buses(runner), parent)
    dialog = opened(parent, Choosing)
    QTest.keyClicks(dialog.field, "n cafe")
    assert [choice.words for choice in dialog.rows.rows] == ["Sound in the Noisy café", "New memo on these words …"]
    dialog.field.setText("nc")
    assert [choice.words for choice in dialog.rows.rows][:3] == [
        "Next cards",
        "Nothing comes",
        "Sound in the Noisy café",
    ]
    dialog.field.setText("the project noth")
    assert [choice.words for choice in dialog.rows.rows][:-1] == ["Nothing comes"], "or by what it is about"
    dialog.reject()


def test_or_a_memo_on_them_is_begun(parent, runner):
    source, span = buses(runner)
    link_to_memo(runner, source, span, parent)
    dialog = opened(parent, Choosing)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    QTest.keyClicks(opened(parent).editor.body, "A sigh")
    opened(parent).accept()
    assert ask(runner, lambda p: [m.about for m in p.memos.list()]) == ["segment"]


def test_the_arrows_move_and_the_mouse_takes(parent, runner):
    for body in ("One", "Two", "Three"):
        runner.do(lambda p, body=body: p.memos.add("project", 0, body))
    link_to_memo(runner, *buses(runner), parent)
    dialog = opened(parent, Choosing)
    for key, row in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_PageDown, 3), (Qt.Key.Key_Up, 2), (Qt.Key.Key_PageUp, 0)):
        QTest.keyClick(dialog.field, key)
        assert dialog.list.currentIndex().row() == row
    dialog.list.setCurrentIndex(dialog.rows.index(1))
    dialog.list.clicked.emit(dialog.rows.index(1))
    assert parent.said == ["Linked the memo “Two” to 1 passage"]


def test_the_window_goes_with_its_project_and_keeps_what_was_typed(parent, runner):
    write_memo(runner, "project", 0, "the project", parent)
    dialog = opened(parent)
    QTest.keyClicks(dialog.editor.body, "Half a sent")
    path = runner.info.path
    runner.close()
    assert not dialog.isVisible()
    runner.open(path)
    assert ask(runner, lambda p: [m.body for m in p.memos.list()]) == ["Half a sent"]


def two_on_cuts(parent, runner) -> tuple[Any, Any]:
    code = ask(runner, lambda p: p.codebook.tree().get("Cuts").id)
    for body in ("One", "Two"):
        runner.do(lambda p, body=body: p.memos.add("code", code, body))
    write_memo(runner, "code", code, "Cuts", parent)
    return code, opened(parent)


def chooser(dialog: MemoDialog) -> list[str]:
    return [dialog.which.itemText(n) for n in range(dialog.which.count())]


def test_going_back_to_a_memo_shows_what_was_kept_of_it(parent, runner):
    code, dialog = two_on_cuts(parent, runner)
    dialog.which.setCurrentIndex(0)
    dialog.editor.body.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(dialog.editor.body, " and a long afternoon")
    dialog.which.setCurrentIndex(1)
    assert dialog.editor.body.toPlainText() == "Two"
    assert chooser(dialog) == ["One and a long afternoon", "Two"]
    dialog.which.setCurrentIndex(0)
    assert dialog.editor.body.toPlainText() == "One and a long afternoon"
    dialog.editor.body.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(dialog.editor.body, "!")
    dialog.accept()
    assert ask(runner, lambda p: [m.body for m in p.memos.list("code", code)]) == ["One and a long afternoon!", "Two"]


def test_what_is_written_elsewhere_meanwhile_is_written_on(parent, runner):
    code, dialog = two_on_cuts(parent, runner)
    memo = dialog.editor.memo
    runner.do(lambda p: p.memos.edit(memo, "Two, and a page of work on the Memos page"))
    dialog.editor.body.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(dialog.editor.body, ".")
    dialog.editor.saving.flush()
    assert ask(runner, lambda p: p.memos.get(memo).body) == "Two, and a page of work on the Memos page."
    runner.undo()
    assert dialog.editor.body.toPlainText() == ask(runner, lambda p: p.memos.get(memo).body)
    runner.do(lambda p: p.memos.delete(memo))
    assert dialog.editor.body.toPlainText() == "One"
    runner.do(lambda p: p.memos.delete(dialog.editor.memo))
    assert dialog.editor.is_new and dialog.written.text() == "A new memo"
    dialog.accept()
    runner.do(lambda p: p.memos.add("code", code, "After it was closed"))
    assert dialog.editor.is_new


def test_a_memo_that_is_begun_comes_into_the_chooser(parent, runner):
    _code, dialog = two_on_cuts(parent, runner)
    dialog.another.click()
    assert dialog.which.currentIndex() == -1 and dialog.which.placeholderText() == "A new memo"
    QTest.keyClicks(dialog.editor.body, "Three")
    dialog.editor.saving.flush()
    assert chooser(dialog) == ["One", "Two", "Three"] and dialog.which.currentText() == "Three"
    dialog.which.setCurrentIndex(0)
    assert dialog.editor.body.toPlainText() == "One"


def test_so_does_one_on_a_place_that_was_not_coded(parent, runner):
    source, span = buses(runner)
    write_memo_at(runner, source, span, "the selected words", parent)
    dialog = opened(parent)
    QTest.keyClicks(dialog.editor.body, "A sigh")
    dialog.another.click()
    assert dialog.which.isVisible()
    QTest.keyClicks(dialog.editor.body, "Laughter")
    dialog.editor.saving.flush()
    assert chooser(dialog) == ["A sigh", "Laughter"]
    dialog.accept()
    assert ask(runner, lambda p: [(m.body, m.about) for m in p.memos.list()]) == [
        ("A sigh", "segment"), ("Laughter", "segment")
    ]  # fmt: skip


def test_what_could_not_be_kept_is_kept_with_the_next_key_whatever_else_fails(parent, runner):
    code, dialog = two_on_cuts(parent, runner)
    editor = dialog.editor
    runner.do(lambda p: p.codebook.tree().get("Not there"))  # somebody else's act fails: it is not this editor's
    QTest.keyClicks(editor.body, "x")
    keep, editor._target.keep = editor._target.keep, lambda *_words: 1 / 0
    editor.saving.flush()
    assert not editor.is_busy
    editor._target.keep = keep
    QTest.keyClicks(editor.body, "y")
    dialog.accept()
    assert ask(runner, lambda p: [m.body for m in p.memos.list("code", code)]) == ["One", "xyTwo"]
    assert len(runner.problems) == 2
    runner.problems.clear()


def test_a_memo_on_words_quotes_them(parent, runner):
    source, span = buses(runner)
    write_memo_at(runner, source, span, "these words", parent, Words("The\nbuses. " * 40, QRect(20, 20, 90, 20)))
    dialog = opened(parent)
    assert dialog.words.text().startswith("“The buses. The") and dialog.words.text().endswith(" …”")
    assert len(dialog.words.text()) < 190 and dialog.words.toolTip()
    dialog.reject()


def test_a_memo_stands_clear_of_the_words_it_is_about() -> None:
    window, size = QRect(0, 0, 1366, 768), QSize(520, 436)
    for words in (
        QRect(350, 100, 480, 90),
        QRect(350, 640, 480, 80),
        QRect(350, 330, 120, 28),
        QRect(350, 90, 480, 640),
    ):
        place = QRect(place_beside(size, words, window), size)
        assert window.contains(place) and not place.intersects(words), words
    everything = QRect(0, 0, 1366, 768)
    assert window.contains(QRect(place_beside(size, everything, window), size))
