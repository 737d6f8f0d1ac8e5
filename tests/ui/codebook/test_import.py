"""Looking over a codebook before it is added."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.ui.codebook.import_dialog import ImportDialog, import_codebook
from tests.ui.codebook.conftest import Person

BOOK = """path,definition,colour
What unites/Food,Eating together,rose
What unites/Public spaces,,
What unites/Cricket,Bat and ball,sky
What unites/Cricket/Tea,,
Hopes,,
Hopes/For the children,,
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    return tmp_path / "book.csv"


def opened(person: Person, path: Path) -> ImportDialog:
    import_codebook(person.runner, path, person.panel, lambda words, undo: person.said.append((words, undo)))
    return next(dialog for dialog in person.panel.findChildren(ImportDialog) if dialog.isVisible())


def state(dialog: ImportDialog) -> dict[str, str]:
    return {item.text(0): item.text(1) for item in dialog._items}


def test_what_is_new_is_ticked_and_what_differs_stays_mine(person: Person, book: Path) -> None:
    dialog = opened(person, book)
    assert dialog.summary.text() == "4 new codes  ·  1 is there in other words  ·  2 are there already"
    assert state(dialog) == {
        "What unites": "Is there already", "Food": "Mine stays: colour, definition",
        "Public spaces": "Is there already", "Cricket": "Is added", "Tea": "Is added", "Hopes": "Is added",
        "For the children": "Is added",
    }  # fmt: skip
    assert dialog.add.text() == "Add 4 codes"
    dialog.add.click()
    assert person.said == [("Added a codebook of 4 codes", True)]
    assert "What unites/Cricket/Tea" in person.paths()
    assert person.panel.model.tree[person.id("Food")].definition == ""
    person.runner.undo()
    assert "Hopes" not in person.paths()


def test_theirs_for_one_or_for_all(person: Person, book: Path) -> None:
    dialog = opened(person, book)
    food = dialog._items[1]
    dialog.rows.setCurrentItem(food)
    assert "Definition\nMine: nothing\nTheirs: Eating together" in dialog.detail.text()
    QTest.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert (food.text(1), dialog.add.text()) == ("Theirs is taken: colour, definition", "Add 4 and change 1 code")
    dialog.mine.click()
    assert food.text(1) == "Mine stays: colour, definition"
    dialog.theirs.click()
    dialog.add.click()
    assert person.said == [("Added a codebook of 4 codes (changed, of those that were there: 1)", True)]
    kept = person.panel.model.tree[person.id("Food")]
    assert (kept.definition, kept.colour) == ("Eating together", "rose")


def test_what_is_left_out_takes_what_is_under_it_along(person: Person, book: Path) -> None:
    dialog = opened(person, book)
    items = {item.text(0): item for item in dialog._items}
    items["Cricket"].setCheckState(0, Qt.CheckState.Unchecked)
    assert (state(dialog)["Tea"], dialog.add.text()) == ("Is left out", "Add 2 codes")
    items["Tea"].setCheckState(0, Qt.CheckState.Checked)
    assert state(dialog)["Cricket"] == "Is added"
    for name in ("Cricket", "Hopes"):
        items[name].setCheckState(0, Qt.CheckState.Unchecked)
    assert not dialog.add.isEnabled()
    assert dialog.add.toolTip() == "Tick a code first."
    items["For the children"].setCheckState(0, Qt.CheckState.Checked)
    dialog.add.click()
    assert [p for p in person.paths() if "Hopes" in p] == ["Hopes", "Hopes/For the children"]
    assert "What unites/Cricket" not in person.paths()


def test_what_was_left_out_of_the_file_is_said(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "b.qdc"
    path.write_text(
        '<CodeBook><Codes><Code name="A"/></Codes><Sets><Set name="s"/></Sets></CodeBook>', encoding="utf-8"
    )
    dialog = opened(person, path)
    assert dialog.notes.text().startswith("It groups codes in 1 set, which is left out")
    assert not dialog.mine.isVisible()
    assert dialog.detail.text() == "The file says nothing about it but its name."


def test_a_file_that_is_no_codebook_is_told_as_a_problem(person: Person, tmp_path: Path) -> None:
    (tmp_path / "b.qdc").write_text("<html/>")
    import_codebook(person.runner, tmp_path / "b.qdc", person.panel, lambda *_said: None)
    (problem,) = person.runner.problems
    assert "does not hold a REFI-QDA codebook" in str(problem)
    person.runner.problems.clear()


def test_everything_there_already_adds_nothing(person: Person, tmp_path: Path) -> None:
    person.runner.do(lambda p: p.codebook.export(tmp_path / "own.qdc"))
    dialog = opened(person, tmp_path / "own.qdc")
    assert dialog.summary.text() == "0 new codes  ·  0 are there in other words  ·  6 are there already"
    assert not dialog.add.isEnabled()
