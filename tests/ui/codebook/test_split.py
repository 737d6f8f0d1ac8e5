"""Walking through the passages of a code, and sending each one way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.ui.codebook.split import SplitDialog
from tests.makers import code
from tests.ui.codebook.conftest import Person


@pytest.fixture
def walk(person: Person) -> SplitDialog:
    """The dialog on “Public spaces”, with three passages, the last of another coder."""

    def more(project):
        project.use_coder("Ben")
        code(project, "Women", "Nobody comes down after six.", "Public spaces")
        return project.use_coder("Asha")

    person.runner.do(more)
    person.panel.acts.ask_split(person.id("Public spaces"))
    return person.panel.acts.dialog


def names(dialog: SplitDialog, *parts: str) -> None:
    for part in parts:
        QTest.keyClicks(dialog.field, part)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)


def press(dialog: SplitDialog, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(dialog.passage.words, key)


def test_a_code_is_split_by_keys_alone(person: Person, walk: SplitDialog) -> None:
    assert walk.progress.text() == "1 of 3"
    assert walk.field.hasFocus()
    assert walk.passage.where.text() == "Women  ·  Carol  ·  turn 3  ·  coded by Asha"
    assert "Everybody is in the park on a Saturday." in walk.passage.words.toPlainText()
    names(walk, "Parks", "Food")
    assert walk.passage.hasFocus()
    assert walk.parts() == ["Parks", person.id("Food")]
    press(walk, Qt.Key.Key_1, Qt.Key.Key_0)
    assert (walk.progress.text(), walk.done_button.text()) == ("3 of 3", "Split: 1 passage goes")
    press(walk, Qt.Key.Key_Backspace, Qt.Key.Key_2, Qt.Key.Key_Space)
    assert walk.progress.text() == "All 3 seen"
    assert walk.passage.words.toPlainText() == "2 passages go to other codes. 1 stays in Public spaces."
    assert walk.done_button.hasFocus()
    QTest.keyClick(walk.done_button, Qt.Key.Key_Return)
    assert person.said == [("Split “Public spaces”: 2 passages went to “Parks”, “Food”", True)]
    assert person.quotes("Parks") == ["Everybody is in the park on a Saturday."]
    assert person.quotes("Food") == ["We share food", "Nobody comes down after six."]
    assert person.quotes("Public spaces") == ["the park is locked at four"]
    person.runner.undo()
    assert len(person.quotes("Public spaces")) == 3
    assert "What unites/Parks" not in person.paths()


def test_stopping_on_the_way_sends_what_was_sent_so_far(person: Person, walk: SplitDialog) -> None:
    names(walk, "Parks")
    press(walk, Qt.Key.Key_1)
    walk.done_button.click()
    assert person.quotes("Parks") == ["Everybody is in the park on a Saturday."]
    assert len(person.quotes("Public spaces")) == 2


def test_cancelling_changes_nothing(person: Person, walk: SplitDialog) -> None:
    names(walk, "Parks")
    press(walk, Qt.Key.Key_1)
    QTest.keyClick(walk.passage.words, Qt.Key.Key_Escape)
    assert not walk.isVisible()
    assert person.said == []
    assert len(person.quotes("Public spaces")) == 3


def test_going_back_shows_where_a_passage_went(walk: SplitDialog) -> None:
    names(walk, "Parks", "Squares")
    press(walk, Qt.Key.Key_2, Qt.Key.Key_Left)
    assert walk.rows[1].accessibleName() == "Squares (new), key 2, 1 so far, this passage goes there"
    press(walk, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert walk.keep_row.accessibleName() == "Keep in Public spaces, key 0, 0 so far"
    assert walk.progress.text() == "3 of 3"


def test_with_the_mouse(person: Person, walk: SplitDialog) -> None:
    names(walk, "Parks")
    QTest.mouseClick(walk.rows[0], Qt.MouseButton.LeftButton)
    QTest.mouseClick(walk.keep_row, Qt.MouseButton.LeftButton)
    assert (walk.progress.text(), list(walk.sent().values())) == ("3 of 3", [0])


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("public spaces", "What is not sent stays in Public spaces anyway."),
        ("parks", "It is there already."),
        ("Food", "It is there already."),
        ("a/b", "The name of a code cannot hold a slash."),
    ],
)
def test_a_part_that_cannot_be_says_why(walk: SplitDialog, typed: str, why: str) -> None:
    names(walk, "Parks", "Food")
    walk.field.setFocus()
    names(walk, typed)
    assert walk.trouble.text() == why
    assert walk.trouble.isVisible()
    assert len(walk.parts()) == 2


def test_there_are_nine_keys_for_nine_parts(walk: SplitDialog) -> None:
    names(walk, *(f"part {n}" for n in range(9)))
    assert not walk.field.isVisible()
    assert len(walk.rows) == 9
    press(walk, Qt.Key.Key_9)
    assert list(walk.sent().values()) == [8]


def test_nothing_can_be_split_before_something_was_sent(walk: SplitDialog) -> None:
    assert not walk.done_button.isEnabled()
    assert walk.done_button.toolTip() == "Send a passage to a code first."


def test_a_code_without_passages_says_so(person: Person) -> None:
    person.panel.acts.ask_split(person.id("Cuts"))
    assert person.said == [("Cuts has no passages to split.", False)]


def test_while_others_are_hidden_one_walks_through_one_s_own(person: Person, walk: SplitDialog) -> None:
    walk.reject()
    person.runner.use_coder("Ben")
    person.runner.is_blind = True
    person.panel.acts.ask_split(person.id("Public spaces"))
    mine = person.panel.acts.dialog
    assert mine.progress.text() == "1 of 1"
    assert "Nobody comes down after six." in mine.passage.words.toPlainText()


def test_a_passage_that_went_meanwhile_says_so(person: Person, walk: SplitDialog) -> None:
    gone = person.asks(lambda p: p.codebook.walk(person.id("Public spaces"), "Asha"))[1:]
    person.runner.do(lambda p: p.codings.remove(gone))
    names(walk, "Parks")
    press(walk, Qt.Key.Key_1)
    assert walk.passage.where.text() == "Women  ·  Amina  ·  turn 5  ·  coded by Ben"
    press(walk, Qt.Key.Key_1)
    assert walk.passage.where.text() == "This passage is gone."
    press(walk, Qt.Key.Key_1)
    walk.done_button.click()
    assert person.quotes("Parks") == ["Everybody is in the park on a Saturday.", "Nobody comes down after six."]
