"""The codebook beside the transcript: counts, search, and everything that can be done to a code."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu

from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.ui.codebook.dialog import CodeDialog
from cohesion_qda.ui.codebook.keyfield import KeyDialog, KeyField
from cohesion_qda.ui.codebook.model import ASIDE
from cohesion_qda.ui.runner import everything
from tests.ui.codebook.conftest import Person

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
MOVE = Qt.DropAction.MoveAction


def words_of(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def press(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(words)).trigger()


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
    assert person.panel.foot.meaning.text() == "Eating together."
    assert person.panel.foot.see.text() == "See the 1 mention"
    person.panel.foot.see.click()
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
    person.runner.changed.emit(everything("elsewhere"))
    assert not person.panel.view.isExpanded(person.panel.model.index_of(person.id("What unites")))


def test_an_empty_codebook_says_what_to_do(person: Person) -> None:
    person.panel.show_tree(CodeTree())
    assert "press C" in person.panel._nothing.text()


# ---- dragging
def test_dragging_between_rows_to_the_top_and_among_several(person: Person) -> None:
    model = person.panel.model
    data = model.mimeData([model.index_of(person.id("Food")), model.index_of(person.id("Cuts"))])
    model.dropMimeData(data, MOVE, 1, 0, QModelIndex())
    assert person.paths() == [
        "What unites", "What unites/Public spaces", "Food", "Cuts", "What divides", "What divides/Class",
    ]  # fmt: skip
    assert person.said == [("Moved 2 codes", True)]
    person.runner.undo()
    assert person.paths()[1:3] == ["What unites/Public spaces", "What unites/Food"]


def test_a_branch_and_what_is_under_it_move_once(person: Person) -> None:
    model = person.panel.model
    data = model.mimeData([model.index_of(person.id(path)) for path in ("What unites", "Food")])
    model.dropMimeData(data, MOVE, 0, 0, model.index_of(person.id("What divides")))
    assert person.paths()[:4] == [
        "What divides", "What divides/What unites", "What divides/What unites/Public spaces",
        "What divides/What unites/Food",
    ]  # fmt: skip


def test_a_code_dropped_onto_another_asks_move_or_merge(person: Person) -> None:
    model = person.panel.model
    data = model.mimeData([model.index_of(person.id("Food"))])
    model.dropMimeData(data, MOVE, -1, -1, model.index_of(person.id("Public spaces")))
    menu = person.panel.drop_menu
    assert words_of(menu) == [
        "Move under Public spaces",
        "Merge into Public spaces (1 passage)",
        "Leave it where it was",
    ]
    press(menu, "Merge")
    assert person.said == [("Merged Food into Public spaces with 1 passage", True)]
    assert len(person.quotes("Public spaces")) == 3
    person.runner.undo()
    model.dropMimeData(data, MOVE, -1, -1, model.index_of(person.id("Public spaces")))
    press(person.panel.drop_menu, "Move under")
    assert "What unites/Public spaces/Food" in person.paths()


def test_a_code_dropped_onto_a_question_stands_under_it(person: Person) -> None:
    model = person.panel.model
    model.dropMimeData(
        model.mimeData([model.index_of(person.id("Food"))]), MOVE, -1, -1, model.index_of(person.id("What divides"))
    )
    assert "What divides/Food" in person.paths()


def test_rows_that_are_not_shown_keep_their_place(person: Person) -> None:
    """While some codes are hidden by a search, a place among the rows shown is a place among all."""
    person.runner.do(lambda p: p.codebook.add("Parks", person.id("What unites")))
    person.panel.field.setText("p")
    model = person.panel.model
    unites = model.index_of(person.id("What unites"))
    assert [model.data(model.index(n, 0, unites)) for n in range(model.rowCount(unites))] == ["Public spaces", "Parks"]
    model.dropMimeData(model.mimeData([model.index_of(person.id("Parks"))]), MOVE, 0, 0, unites)
    assert person.paths()[1:4] == ["What unites/Parks", "What unites/Public spaces", "What unites/Food"]


# ---- moving by keys
def test_a_code_moves_by_keys_alone(person: Person) -> None:
    person.chooses("Food")
    view = person.panel.view
    view.setFocus()
    for key, expected in (
        (Qt.Key.Key_Up, "What unites/Food|What unites/Public spaces"),
        (Qt.Key.Key_Down, "What unites/Public spaces|What unites/Food"),
        (Qt.Key.Key_Right, "What unites/Public spaces|What unites/Public spaces/Food"),
        (Qt.Key.Key_Left, "What unites/Public spaces|What unites/Food"),
        (Qt.Key.Key_Left, "What unites/Public spaces|Food"),
    ):
        QTest.keyClick(view, key, CTRL_SHIFT)
        assert "|".join(path for path in person.paths() if path.endswith(("Food", "spaces"))) == expected
        assert person.panel.current() == person.id("Food")


def test_picking_where_to_move_offers_questions_and_not_the_code_itself(person: Person) -> None:
    asked: list[tuple] = []
    person.panel.pick_wanted.connect(lambda *values: asked.append(values))
    press(person.panel.menu_for([person.id("Food")], person.panel), "Merge into…")
    person.panel.acts.ask_move([person.id("Food")])
    (merge, _where, title, offered), (move, _rect, other, places) = asked
    assert (title, other) == ("Merge Food into…", "Move Food under…")
    assert person.id("Food") not in places
    assert [places[code.id].is_question for code in places] == [False] * 5
    assert places.shape(person.id("Cuts")) == "diamond"
    assert len(offered) == 5
    move(person.id("What divides"))
    merge(person.id("Public spaces"))
    assert person.paths() == [
        "What unites",
        "What unites/Public spaces",
        "What divides",
        "What divides/Cuts",
        "What divides/Class",
    ]


# ---- setting aside
def test_what_is_set_aside_stands_at_the_bottom_closed(person: Person) -> None:
    press(person.panel.menu_for([person.id("Food")], person.panel), "Set aside")
    assert person.said == [("Set Food aside; 1 passage stays coded", True)]
    assert person.shown() == ["What unites", "Public spaces", "What divides", "Cuts", "Class", "Set aside"]
    panel, model = person.panel, person.panel.model
    panel.view.setExpanded(model.index_of(ASIDE), True)
    assert person.shown()[-2:] == ["Set aside", "Food"]
    said = [model.data(index, Qt.ItemDataRole.AccessibleTextRole) for index in (model.index_of(ASIDE), model.index_of(person.id("Food")))]  # fmt: skip
    assert said == ["Set aside, 1 code", "Food, set aside, 1 mention, 1 of 5 people, 1 of 2 groups"]
    assert "is not offered for coding" in model.tip(person.id("Food"))
    assert model.count(person.id("What unites")).mentions == 3, "it is counted"
    used: list[int] = []
    panel.use.connect(used.append)
    person.chooses("Food")
    assert "Set aside: it keeps its passages" in panel.foot.meaning.text()
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert used == []
    assert person.said[-1] == ("Food is set aside. Bring it back to code with it.", False)
    press(panel.menu_for([person.id("Food")], panel), "Bring back")
    assert "Set aside" not in person.shown()
    person.runner.undo()
    assert "Set aside" in person.shown()


def test_dragging_to_and_from_the_row_of_what_is_set_aside(person: Person) -> None:
    model = person.panel.model
    press(person.panel.menu_for([person.id("Class")], person.panel), "Set aside")
    data = model.mimeData([model.index_of(person.id("Food"))])
    model.dropMimeData(data, MOVE, -1, -1, model.index_of(ASIDE))
    assert model.tree[person.id("Food")].is_aside
    model.dropMimeData(data, MOVE, 0, 0, model.index_of(person.id("What divides")))
    food = model.tree[person.id("Food")]
    assert (food.is_aside, model.tree.path(food.id)) == (False, "What divides/Food")


def test_the_model_keeps_qt_s_rules_with_codes_set_aside(person: Person) -> None:
    tester = QAbstractItemModelTester(person.panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    person.runner.do(lambda p: p.codebook.set_aside(person.id("What unites"), True))
    person.panel.field.setText("food")
    assert person.shown() == ["Set aside", "What unites", "Food"]
    person.panel.model.search("")
    person.runner.do(lambda p: p.codebook.set_aside(person.id("Food"), False))
    assert tester is not None


# ---- several rows
def test_several_rows_code_with_several_codes(person: Person) -> None:
    panel = person.panel
    used: list[list[int]] = []
    panel.use_many.connect(used.append)
    person.chooses("Public spaces")
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert panel.selected() == [person.id("Public spaces"), person.id("Food")]
    person.runner.do(lambda p: p.codebook.rename(person.id("Cuts"), "Austerity"))
    assert panel.selected() == [person.id("Public spaces"), person.id("Food")], "a change elsewhere keeps the selection"
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    menu = panel.menu_for(panel.selected(), panel)
    press(menu, "Code the selection with these 2 codes")
    assert used == [[person.id("Public spaces"), person.id("Food")]] * 2
    assert words_of(menu)[-1] == "Delete (3 passages)\tDel"
    QTest.keyClick(panel.view, Qt.Key.Key_Delete)
    assert person.said[-1] == ("Deleted Public spaces, Food with 3 passages", True)
    person.runner.undo()
    assert "What unites/Food" in person.paths()


# ---- what goes with a code
def test_the_menu_itself_says_how_many_passages_a_deletion_takes(person: Person) -> None:
    menus = person.panel.menus
    assert menus.delete_words([person.id("What unites")]) == "Delete (3 passages)"
    assert menus.delete_words([person.id("Cuts")]) == "Delete"
    person.runner.do(lambda p: p.memos.add("code", person.id("Food"), "x"))
    person.panel.acts.delete([person.id("What unites")])
    assert person.said == [("Deleted What unites with 3 passages · 2 codes under it went too · 1 memo went too", True)]
    person.panel.acts.delete([person.id("Cuts")])
    assert person.said[-1] == ("Deleted Cuts, which held no passages", True)


def test_merging_says_what_the_other_code_takes_in(person: Person) -> None:
    def more(project):
        project.memos.add("code", person.id("Food"), "x")
        project.themes.add_from_code(person.id("Food"))
        return project.codebook.add("Cakes", person.id("Food"))

    person.runner.do(more)
    person.panel.acts.merge(person.id("Food"), person.id("Public spaces"))
    assert person.said == [
        (
            "Merged Food into Public spaces with 1 passage · 1 code came along · 1 memo came along "
            "· 1 theme has Public spaces now",
            True,
        )
    ]


def test_counts_follow_as_one_codes_and_are_one_s_own_while_others_are_hidden(person: Person) -> None:
    model, cuts = person.panel.model, person.id("Cuts")
    assert model.counted(cuts) == "0 mentions, 0 of 5 people, 0 of 2 groups"
    women = person.asks(lambda p: p.sources.get("Women").id)
    person.runner.do(lambda p: p.codings.apply(women, p.codings.find_quote(women, "The buses."), [cuts]))
    assert model.counted(cuts) == "1 mention, 1 of 5 people, 1 of 2 groups"
    person.chooses("Cuts")
    assert person.panel.foot.counted.text() == "1 mention, 1 of 5 people, 1 of 2 groups"
    person.runner.use_coder("Ben")
    person.runner.is_blind = True
    person.panel.recount()
    assert model.counted(cuts) == "0 mentions, 0 of 5 people, 0 of 2 groups"
    assert person.panel.menus.delete_words([cuts]) == "Delete", "how often others used it is not told"


# ---- keys, colours
def test_a_key_is_taken_by_its_press_and_who_had_it_is_said(person: Person, qtbot) -> None:
    person.panel.acts.set_key(person.id("Food"), "Shift+P")
    dialog = KeyDialog(person.panel.model.tree, person.id("Cuts"), person.panel)
    qtbot.addWidget(dialog)
    field = dialog.choice.field
    QTest.keyClick(field, Qt.Key.Key_P)
    assert (field.key, dialog.choice.told.text()) == (
        "",
        "A letter needs Shift: letters alone have other uses in the transcript.",
    )
    QTest.keyClick(field, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert (field.key, dialog.choice.told.text()) == ("Shift+P", "“Food” has this key now, and will have none.")
    person.panel.acts.set_key(person.id("Cuts"), dialog.choice.key)
    assert person.said[-1] == ("Shift+P now codes with Cuts; Food has no key now", True)
    assert "key Shift+P" in person.panel.model._said(person.panel.model.tree[person.id("Cuts")])
    QTest.keyClick(field, Qt.Key.Key_7)
    assert field.key == "7"
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert field.key == "7"
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert (field.key, dialog.choice.told.text()) == ("", "")


@pytest.mark.parametrize("name", ["No key", "Another key…", "0"])
def test_the_key_menu_has_all_digits_and_a_way_to_any_other(person: Person, name: str) -> None:
    menu = person.panel.menu_for([person.id("Cuts")], person.panel)
    keys = next(action.menu() for action in menu.actions() if action.text() == "Key")
    assert name in words_of(keys)
    if name == "Another key…":
        press(keys, name)
        dialog = person.panel.acts.dialog
        QTest.keyClick(dialog.findChild(KeyField), Qt.Key.Key_Q, Qt.KeyboardModifier.ShiftModifier)
        dialog.accept()
        assert person.panel.model.tree[person.id("Cuts")].key == "Shift+Q"


def test_a_whole_branch_is_recoloured_from_the_menu(person: Person) -> None:
    menu = person.panel.menu_for([person.id("What unites")], person.panel)
    colours = next(action.menu() for action in menu.actions() if action.text() == "Colour")
    branch = next(action.menu() for action in colours.actions() if action.text() == "With all codes under it")
    press(branch, "Plum")
    assert {person.panel.model.tree[person.id(p)].colour for p in ("What unites", "Food", "Public spaces")} == {"plum"}
    assert person.said == [("What unites and the codes under it are now plum", True)]


# ---- the rest
def test_everything_of_the_panel_is_in_the_code_menu(person: Person) -> None:
    new, standing = person.panel.actions_for_menu()
    assert (new.text(), standing.text()) == ("New code…", "The selected code")
    actions = {action.text().partition("\t")[0]: action for action in standing.menu().actions()}
    person.panel.view.clearSelection()
    person.panel.view.setCurrentIndex(QModelIndex())
    actions["Delete"].trigger()
    assert person.said == [("Select a code in the codebook first.", False)]
    person.chooses("Cuts")
    actions["Set aside, or bring back"].trigger()
    assert person.panel.model.tree[person.id("Cuts")].is_aside
    actions["Set aside, or bring back"].trigger()
    assert not person.panel.model.tree[person.id("Cuts")].is_aside
    actions["Delete"].trigger()
    assert "What divides/Cuts" not in person.paths()


def test_a_quotation_becomes_the_example(person: Person) -> None:
    (coding,) = person.asks(lambda p: p.codebook.walk(p.codebook.tree().get("Food").id))
    person.panel.acts.set_example(person.id("Food"), coding)
    assert person.said == [("The quotation is now the example of Food", True)]
    person.chooses("Food")
    assert "Example: “We share food” (Amina, Women, turn 2)" in person.panel.foot.meaning.text()


def test_the_right_click_menu_is_of_the_row_under_the_pointer(person: Person) -> None:
    person.chooses("Cuts")
    view = person.panel.view
    place = view.visualRect(person.panel.model.index_of(person.id("Food"))).center()
    person.panel._open_menu(place)
    menu = next(menu for menu in person.panel.findChildren(QMenu) if menu.isVisible())
    assert "Delete (1 passage)\tDel" in words_of(menu)
    menu.close()
    person.panel._open_menu(QPoint(5, view.viewport().height() - 2))
    menu = next(menu for menu in person.panel.findChildren(QMenu) if menu.isVisible())
    assert words_of(menu) == ["New code…"]
    menu.close()


def test_the_rules_of_a_code_are_never_cut(person: Person) -> None:
    rules = {name: f"{name} " + "a rule that decides " * 20 for name in ("definition", "use_when", "not_when")}
    person.runner.do(lambda p: p.codebook.describe(person.id("Food"), **rules))
    person.chooses("Food")
    foot = person.panel.foot
    assert all(" ".join(words.split()) in foot.meaning.text() for words in rules.values())
    person.panel.resize(288, 560)
    person.panel.layout().activate()
    assert foot.height() < person.panel.height() * 0.55 and person.panel.view.height() >= 3 * 28
    bar = foot.verticalScrollBar()
    assert bar.maximum() > 0 and foot.focusPolicy() == Qt.FocusPolicy.StrongFocus, "read on with the arrow keys"
    foot.setFocus()
    QTest.keyClick(foot, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    person.runner.do(lambda p: p.codebook.describe(person.id("Food"), use_when="", not_when=""))
    person.panel.resize(288, 900)
    person.panel.layout().activate()
    assert bar.maximum() == 0 and foot.focusPolicy() == Qt.FocusPolicy.NoFocus
