"""The codebook beside the transcript: counts, search, and everything that can be done to a code."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.codebook.dialog import CodeDialog
from cohesion_qda.ui.codebook.panel import CodebookPanel
from cohesion_qda.ui.runner import Runner
from tests.makers import code, small_study


class Person:
    def __init__(self, panel: CodebookPanel, runner: Runner) -> None:
        self.panel, self.runner = panel, runner
        self.said: list[tuple[str, bool]] = []
        panel.say.connect(lambda words, undo: self.said.append((words, undo)))

    def id(self, path: str) -> CodeId:
        return self.panel.model.tree.get(path).id

    def chooses(self, path: str) -> CodeId:
        self.panel.select(self.id(path))
        return self.id(path)

    def paths(self) -> list[str]:
        answers: list[CodeTree] = []
        self.runner.ask(lambda p: p.codebook.tree(), answers.append)
        return [answers[0].path(c.id) for c in answers[0]]


@pytest.fixture
def person(qtbot, theme, runner: Runner, tmp_path: Path) -> Person:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "Everybody is in the park on a Saturday.", "Public spaces")
        code(project, "Women", "We share food", "Food")
        code(project, "Young people", "the park is locked at four", "Public spaces")
    runner.open(tmp_path / "study.cqda")
    panel = CodebookPanel(runner)
    qtbot.addWidget(panel)
    runner.changed.connect(panel.on_change)
    panel.resize(288, 700)
    panel.show()
    panel.reload()
    assert runner.problems == []
    return Person(panel, runner)


def test_a_question_counts_its_branch_and_a_code_its_own(person: Person) -> None:
    model = person.panel.model
    assert [model.count(person.id(p)).mentions for p in ("What unites", "Public spaces", "Food", "Cuts")] == [
        3,
        2,
        1,
        0,
    ]
    assert "2 mentions, 2 of 5 people, 2 of 2 groups" in model.tip(person.id("Public spaces"))


def test_the_model_keeps_qt_s_rules(person: Person, qtmodeltester) -> None:
    tester = QAbstractItemModelTester(person.panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    person.panel.model.search("foo")
    person.panel.model.search("")
    person.runner.do(lambda p: p.codebook.rename(person.id("Food"), "Meals"))
    assert tester is not None
    assert person.panel.model.rowCount(QModelIndex()) == 2


def test_searching_shows_what_fits_and_what_it_stands_under(person: Person) -> None:
    person.panel.field.setText("publ")
    model = person.panel.model
    assert model.rowCount() == 1
    assert [model.data(model.index(0, 0, model.index(0, 0)))] == ["Public spaces"]
    assert person.panel.current() == person.id("Public spaces")
    person.panel.field.setText("nothing such")
    assert person.panel._nothing.text() == "No code like “nothing such”."


def test_the_selected_code_is_described_with_a_way_to_its_passages(person: Person) -> None:
    person.runner.do(lambda p: p.codebook.describe(person.id("Food"), definition="Eating together."))
    shown: list[int] = []
    person.panel.show_code.connect(shown.append)
    food = person.chooses("Food")
    assert person.panel._definition.text() == "Eating together."
    assert person.panel._see.text() == "See the 1 mention"
    person.panel._see.click()
    assert shown == [food]


def test_f2_renames(person: Person) -> None:
    person.chooses("Food")
    person.panel.view.setFocus()
    QTest.keyClick(person.panel.view, Qt.Key.Key_F2)
    editor = person.panel.view.indexWidget(person.panel.view.currentIndex()) or person.panel.view.focusWidget()
    person.panel.model.setData(person.panel.view.currentIndex(), "Meals")
    assert editor is not None
    assert "What unites/Meals" in person.paths()
    assert person.panel.current() == person.id("Meals")


def test_delete_says_how_many_passages_lost_it_and_can_be_undone(person: Person) -> None:
    person.chooses("Public spaces")
    QTest.keyClick(person.panel.view, Qt.Key.Key_Delete)
    assert person.said == [("Deleted Public spaces with 2 passages", True)]
    person.runner.undo()
    assert person.panel.model.count(person.id("Public spaces")).mentions == 2


def test_merge_moves_the_passages(person: Person) -> None:
    person.panel.acts.merge(person.id("Food"), person.id("Public spaces"))
    assert person.panel.model.count(person.id("Public spaces")).mentions == 3
    assert "What unites/Food" not in person.paths()


def test_moving_by_drag_and_by_menu(person: Person) -> None:
    model = person.panel.model
    data = model.mimeData([model.index_of(person.id("Food"))])
    assert not model.canDropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index_of(person.id("Food")))
    model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, model.index_of(person.id("What divides")))
    assert person.paths() == [
        "What unites", "What unites/Public spaces", "What divides", "What divides/Food", "What divides/Cuts", "What divides/Class",
    ]  # fmt: skip
    person.panel.acts.step(person.id("Food"), "down")
    assert person.paths()[3:5] == ["What divides/Cuts", "What divides/Food"]


def test_a_key_and_a_colour_from_the_menu(person: Person) -> None:
    menu = person.panel.menu_for([person.id("Cuts")], person.panel)
    titles = [action.text() for action in menu.actions() if action.text()]
    assert {"Edit…", "Colour", "Key", "Move", "Merge into…", "Split…", "Set aside", "Delete\tDel"} <= set(titles)
    person.panel.acts.set_key(person.id("Cuts"), "3")
    person.panel.acts.recolour(person.id("Cuts"), "plum")
    cuts = person.panel.model.tree[person.id("Cuts")]
    assert (cuts.key, cuts.colour) == ("3", "plum")
    assert person.said[-1] == ("Cuts is now plum", True)


def test_the_dialog_writes_down_what_changed_and_nothing_else(person: Person, qtbot) -> None:
    food = person.id("Food")
    dialog = CodeDialog(person.panel.model.tree, person.panel.model.tree[food], person.panel)
    qtbot.addWidget(dialog)
    dialog.name.setText("Sharing food")
    dialog.texts["use_when"].setPlainText("Meals, iftars, a flask of tea.")
    QTest.keyClick(dialog.key.field, Qt.Key.Key_4)
    person.panel.acts.keep(food, dialog.values())
    now = person.panel.model.tree[food]
    assert (now.name, now.use_when, now.key, now.definition) == (
        "Sharing food",
        "Meals, iftars, a flask of tea.",
        "4",
        "",
    )


def test_a_new_code_from_the_dialog_is_selected(person: Person, qtbot) -> None:
    dialog = CodeDialog(person.panel.model.tree, None, person.panel, under="What unites")
    qtbot.addWidget(dialog)
    dialog.name.setText("Cricket")
    person.panel.acts.keep_new(person.id("What unites"), dialog.values())
    assert person.panel.current() == person.id("What unites/Cricket")


def test_words_dropped_on_a_row_are_passed_on(person: Person) -> None:
    from PySide6.QtCore import QMimeData

    heard: list[tuple] = []
    person.panel.span_dropped.connect(lambda *values: heard.append(values))
    data = QMimeData()
    data.setData("application/x-cohesion-span", b"1 5 9")
    model = person.panel.model
    model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, model.index_of(person.id("Food")))
    assert [(c, s, (span.start, span.end)) for c, s, span in heard] == [(person.id("Food"), 1, (5, 9))]


def test_closed_branches_stay_closed(person: Person) -> None:
    index = person.panel.model.index_of(person.id("What unites"))
    person.panel.view.setExpanded(index, False)
    person.panel.reload()
    assert not person.panel.view.isExpanded(person.panel.model.index_of(person.id("What unites")))


def test_an_empty_codebook_says_what_to_do(person: Person) -> None:
    person.panel.show_tree(CodeTree())
    assert "press C" in person.panel._nothing.text()
