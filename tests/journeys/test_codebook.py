"""A researcher at work on the codebook, in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from cohesion_qda.ui import choose
from cohesion_qda.ui.codebook.import_dialog import ImportDialog
from cohesion_qda.ui.start.new_project import NewProjectDialog
from tests.journeys.researcher import Researcher
from tests.makers import code, small_study

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def researcher(qtbot, tmp_path: Path):
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "Everybody is in the park on a Saturday.", "Public spaces")
        code(project, "Women", "We share food", "Food")
        code(project, "Young people", "the park is locked at four", "Public spaces")
    person = Researcher(qtbot)
    person.opens(tmp_path / "study.cqda").reads("Women")
    yield person
    person.leaves()


def at_the_code(person: Researcher, name: str):
    """The codebook has the focus, on that code, reached by keys."""
    view = person.room.panel.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    while person.room.panel.model.data(view.currentIndex()) != name:
        before = view.currentIndex()
        QTest.keyClick(view, Qt.Key.Key_Down)
        assert view.currentIndex() != before, name
    return view


def presses_menu(person: Researcher, words: str) -> None:
    """An entry of the Code menu, under “The selected code”."""
    person.room.panel.actions_for_menu()
    next(action for action in person.room.panel.standing_menu.actions() if action.text() == words).trigger()
    person.rests()


def paths(person: Researcher) -> list[str]:
    return person.ask(lambda p: [p.codebook.tree().path(c.id) for c in p.codebook.tree()])


def test_a_code_is_split_by_the_keyboard_alone_and_undone_by_one_key(researcher: Researcher) -> None:
    at_the_code(researcher, "Public spaces")
    presses_menu(researcher, "Split…")
    dialog = researcher.room.panel.acts.dialog
    QTest.keyClicks(dialog.field, "Parks")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    QTest.keyClick(dialog.passage.words, Qt.Key.Key_1)
    researcher.rests()
    QTest.keyClick(dialog.passage.words, Qt.Key.Key_Space)
    researcher.rests()
    QTest.keyClick(dialog.done_button, Qt.Key.Key_Return)
    researcher.rests()
    assert researcher.quotes_for("Parks") == ["Everybody is in the park on a Saturday."]
    assert researcher.quotes_for("Public spaces") == ["the park is locked at four"]
    assert ("Parks", "Everybody is in the park on a Saturday.") in researcher.shown()
    researcher.undoes()
    assert len(researcher.quotes_for("Public spaces")) == 2
    assert "What unites/Parks" not in paths(researcher)


def drags(person: Researcher, name: str, onto: str, *, above: bool = False) -> None:
    """A code dragged with the mouse onto another, or to just above it."""
    panel = person.room.panel
    view, model = panel.view, panel.model
    data = model.mimeData([model.index_of(model.tree.get(name).id)])
    rect = view.visualRect(model.index_of(model.tree.get(onto).id))
    place = QPoint(rect.center().x(), rect.top() + 1 if above else rect.center().y())
    rest = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.viewport(), QDragEnterEvent(place, *rest))
    QApplication.sendEvent(view.viewport(), QDragMoveEvent(place, *rest))
    QApplication.sendEvent(view.viewport(), QDropEvent(QPointF(place), *rest))
    person.rests()


def test_a_code_is_moved_by_dragging_it_between_others(researcher: Researcher) -> None:
    drags(researcher, "Food", "Class", above=True)
    assert paths(researcher)[-3:] == ["What divides/Cuts", "What divides/Food", "What divides/Class"]
    drags(researcher, "Food", "What unites", above=True)
    assert paths(researcher)[0] == "Food"
    researcher.undoes().undoes()
    assert paths(researcher)[2] == "What unites/Food"


def test_a_code_is_renamed_in_its_row(researcher: Researcher) -> None:
    view = at_the_code(researcher, "Food")
    QTest.keyClick(view, Qt.Key.Key_F2)
    editor = view.findChild(QLineEdit)
    QTest.keyClicks(editor, "Meals")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    researcher.rests()
    assert "What unites/Meals" in paths(researcher)
    assert ("Meals", "We share food") in researcher.shown()


def test_codes_are_merged_by_dragging_one_onto_the_other(researcher: Researcher) -> None:
    panel = researcher.room.panel
    drags(researcher, "Food", "Public spaces")
    merge = next(action for action in panel.drop_menu.actions() if action.text().startswith("Merge"))
    assert merge.text() == "Merge into Public spaces (1 passage)"
    merge.trigger()
    panel.drop_menu.close()
    researcher.rests()
    assert len(researcher.quotes_for("Public spaces")) == 3
    assert ("Public spaces", "We share food") in researcher.shown()
    researcher.undoes()
    assert researcher.quotes_for("Food") == ["We share food"]


def test_codes_are_merged_and_moved_by_typing(researcher: Researcher) -> None:
    at_the_code(researcher, "Food")
    presses_menu(researcher, "Merge into…")
    QTest.keyClicks(researcher.room.picker.field, "publ")
    QTest.keyClick(researcher.room.picker.field, Qt.Key.Key_Return)
    researcher.rests()
    assert "What unites/Food" not in paths(researcher)
    at_the_code(researcher, "Public spaces")
    presses_menu(researcher, "Move under…")
    QTest.keyClicks(researcher.room.picker.field, "divid")
    QTest.keyClick(researcher.room.picker.field, Qt.Key.Key_Return)
    researcher.rests()
    assert "What divides/Public spaces" in paths(researcher)
    view = at_the_code(researcher, "Public spaces")
    QTest.keyClick(view, Qt.Key.Key_Left, CTRL_SHIFT)
    researcher.rests()
    assert "Public spaces" in paths(researcher)


def test_what_is_set_aside_is_not_offered_and_keeps_its_passages(researcher: Researcher) -> None:
    at_the_code(researcher, "Food")
    presses_menu(researcher, "Set aside, or bring back")
    researcher.room.view.setFocus()
    researcher.selects("The buses.")
    QTest.keyClicks(researcher.room.view, "c")
    offered = [row.words for row in researcher.room.picker.rows.rows]
    assert "Public spaces" in offered
    assert "Food" not in offered
    QTest.keyClick(researcher.room.picker.field, Qt.Key.Key_Escape)
    assert researcher.quotes_for("Food") == ["We share food"]
    assert ("Food", "We share food") in researcher.shown()
    researcher.undoes()
    assert not researcher.room.panel.model.tree.get("Food").is_aside


def test_any_code_can_have_a_key_and_its_key_codes(researcher: Researcher) -> None:
    at_the_code(researcher, "Cuts")
    presses_menu(researcher, "Key…")
    dialog = researcher.room.panel.acts.dialog
    QTest.keyClick(dialog.choice.field, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    dialog.accept()
    researcher.rests()
    researcher.room.view.setFocus()
    researcher.selects("The buses.")
    QTest.keyClick(researcher.room.view, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    researcher.rests()
    assert researcher.quotes_for("Cuts") == ["The buses."]
    cuts = researcher.room.panel.model.tree.get("Cuts").id
    assert researcher.room.panel.model.counted(cuts) == "1 mention, 1 of 5 people, 1 of 2 groups"


def test_several_codes_at_once_from_the_codebook(researcher: Researcher) -> None:
    researcher.selects("The buses.")
    view = at_the_code(researcher, "Cuts")
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Return)
    researcher.rests()
    assert researcher.quotes_for("Cuts") == researcher.quotes_for("Class") == ["The buses."]
    researcher.undoes()
    assert researcher.quotes_for("Cuts") == researcher.quotes_for("Class") == []


def test_deleting_says_what_went_and_one_key_brings_it_back(researcher: Researcher) -> None:
    said: list[str] = []
    researcher.room.panel.say.connect(lambda words, _undo: said.append(words))
    view = at_the_code(researcher, "Public spaces")
    place = view.visualRect(view.currentIndex()).center()
    assert view.indexAt(QPoint(place)).isValid()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    researcher.rests()
    assert said == ["Deleted Public spaces with 2 passages"]
    assert "What unites/Public spaces" not in paths(researcher)
    researcher.undoes()
    assert len(researcher.quotes_for("Public spaces")) == 2


def test_a_codebook_goes_out_as_qdc_and_into_another_project(
    researcher: Researcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "book.qdc"
    before = paths(researcher)
    monkeypatch.setattr(choose, "save_file", lambda *_args: book)
    researcher.window.commands.actions["export_codebook"].trigger()
    researcher.rests(book.exists)
    researcher.makes_a_project(tmp_path / "other.cqda", codebook="empty")
    monkeypatch.setattr(choose, "open_file", lambda *_args: book)
    researcher.window.commands.actions["import_codebook"].trigger()
    researcher.rests(lambda: bool(researcher.window.findChildren(ImportDialog)))
    (dialog,) = researcher.window.findChildren(ImportDialog)
    assert dialog.add.text() == "Add 6 codes"
    QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    researcher.rests()
    assert paths(researcher) == before
    assert researcher.ask(lambda p: [c.name for c in p.codebook.tree() if c.is_question]) == [
        "What unites",
        "What divides",
    ]
    researcher.undoes()
    assert paths(researcher) == []


def test_a_new_project_starts_from_a_codebook_that_is_looked_over(
    researcher: Researcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "book.qdc"
    researcher.ask(lambda p: p.codebook.export(book))
    monkeypatch.setattr(choose, "open_file", lambda *_args: book)
    researcher.window.commands.files.new_project()
    (asked,) = researcher.window.findChildren(NewProjectDialog)
    asked._folder = tmp_path
    asked.title_field.setText("Another study")
    QTest.mouseClick(asked.from_file, Qt.MouseButton.LeftButton)
    asked.make.click()
    researcher.rests(lambda: bool(researcher.window.findChildren(ImportDialog)))
    (dialog,) = researcher.window.findChildren(ImportDialog)
    assert paths(researcher) == []
    dialog.add.click()
    researcher.rests()
    assert "What unites/Food" in paths(researcher)
