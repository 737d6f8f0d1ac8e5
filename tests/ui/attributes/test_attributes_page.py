"""People and attributes: a sheet that is typed in, pasted into, and taken back in one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QMenu, QMessageBox

from cohesion_qda.model.source import SourceDraft
from cohesion_qda.project import Project
from cohesion_qda.ui import choose
from cohesion_qda.ui.attributes import menus
from cohesion_qda.ui.attributes.new_attribute import NewAttribute
from cohesion_qda.ui.attributes.page import AttributesPage
from tests.ui.attributes.conftest import CONTROL, SHIFT, Key, Sheet


def titles(sheet: Sheet) -> list[str]:
    return [field.title for field in sheet.model.fields]


def names(sheet: Sheet) -> list[str]:
    return [row.name for row in sheet.model.rows]


def choose_in(menu, *path: str) -> None:
    """Trigger an entry of a menu, by words it begins with."""
    for at, words in enumerate(path):
        action = next(a for a in menu.actions() if a.text().startswith(words))
        if at == len(path) - 1:
            assert action.isEnabled()
            action.trigger()
        else:
            menu = action.menu()


# -- reading -----------------------------------------------------------------------------------------------------------


def test_people_with_their_group_role_and_what_is_known(sheet: Sheet) -> None:
    assert titles(sheet) == ["Participant", "Group", "Role", "Turns", "Words", "age"]
    assert names(sheet) == ["Moderator", "Amina", "Carol", "Joan", "Int", "Amina", "Dev"]
    assert sheet.page.header.meta.text() == "5 participants, 2 moderators  ·  1 attribute"
    assert [sheet.shows("Carol", title) for title in titles(sheet)] == [
        "Carol",
        "Women",
        "Participant",
        "1",
        "14",
        "over 60",
    ]
    assert sheet.page.tabs.tabText(0) == "People  7"
    assert [sheet.model.is_dimmed(row) for row in range(3)] == [True, False, False]


def test_sources_with_their_kind(sheet: Sheet) -> None:
    sheet.page.show_about("source")
    assert titles(sheet) == ["Source", "Kind", "Words", "place"]
    assert [sheet.shows("Women", title) for title in titles(sheet)] == ["Women", "Focus group", "53", "Dewsbury"]


def test_find_as_you_type_looks_at_names_and_groups(sheet: Sheet) -> None:
    QTest.keyClick(sheet.grid, Key.Key_F, CONTROL)
    QTest.keyClicks(sheet.page.search, "amina")
    assert names(sheet) == ["Amina", "Amina"]
    QTest.keyClicks(sheet.page.search, " young")
    assert [row.where for row in sheet.model.rows] == ["Young people"]
    assert sheet.page.header.meta.text() == "1 of 7 shown"
    QTest.keyClick(sheet.page.search, Key.Key_Return)
    assert sheet.here()[0] == "Amina"
    QTest.keyClicks(sheet.page.search, "x")
    assert sheet.page.note.text() == "No name or group like “amina youngx”. Esc shows all of them again."
    QTest.keyClick(sheet.page.search, Key.Key_Escape)
    assert len(names(sheet)) == 7
    assert not sheet.page.note.isVisible()


def test_rows_are_sorted_by_a_column_and_stay_so_while_values_change(sheet: Sheet) -> None:
    choose_in(menus.of_column(sheet.page, titles(sheet).index("Words")), "Largest first")
    assert names(sheet)[0] == "Amina"
    choose_in(menus.of_column(sheet.page, titles(sheet).index("age")), "A to Z")
    assert names(sheet)[:2] == ["Carol", "Joan"]
    assert names(sheet)[-2:] == ["Moderator", "Int"]
    sheet.at("Carol", "age").type("under 20").press(Key.Key_Return)
    assert names(sheet)[:2] == ["Carol", "Joan"]
    choose_in(menus.of_column(sheet.page, 0), "The study")
    assert names(sheet)[0] == "Moderator"


# -- typing ------------------------------------------------------------------------------------------------------------


def test_typing_replaces_enter_goes_down_and_tab_right(sheet: Sheet) -> None:
    sheet.at("Carol", "age").type("70s").press(Key.Key_Return)
    assert sheet.known()["Carol, Women"] == {"age": "70s"}
    assert sheet.here() == ("Joan", "age")
    sheet.type("70s").press(Key.Key_Tab)
    assert sheet.known()["Joan, Women"] == {"age": "70s"}
    assert sheet.here() == ("Int", "Participant")
    assert sheet.field() is None
    sheet.press(Key.Key_Return, SHIFT)
    assert sheet.here() == ("Joan", "Participant")
    sheet.press(Key.Key_Backtab)
    assert sheet.here() == ("Carol", "age")


def test_f2_adds_to_what_is_there_and_escape_leaves_it(sheet: Sheet) -> None:
    sheet.at("Carol", "age").press(Key.Key_F2).type(" or so").press(Key.Key_Return)
    assert sheet.known()["Carol, Women"] == {"age": "over 60 or so"}
    sheet.at("Joan", "age").type("x").press(Key.Key_Escape)
    assert sheet.field() is None
    assert sheet.known()["Joan, Women"] == {"age": "over 60"}


def test_delete_clears_the_selection_and_keeps_names_and_roles(sheet: Sheet) -> None:
    sheet.at("Carol", "Participant", "Joan", "age").press(Key.Key_Delete)
    assert "Carol, Women" not in sheet.known()
    assert names(sheet)[2:4] == ["Carol", "Joan"]
    sheet.ask(lambda p: p.history.undo())
    assert sheet.known()["Joan, Women"] == {"age": "over 60"}


def test_values_the_column_has_are_offered(sheet: Sheet) -> None:
    sheet.at("Int", "age").type("60")
    completer = sheet.field().completer()
    assert [completer.completionModel().index(n, 0).data() for n in range(completer.completionCount())] == [
        "under 60", "over 60",
    ]  # fmt: skip
    QTest.keyClick(completer.popup(), Key.Key_Down)
    QTest.keyClick(completer.popup(), Key.Key_Return)
    assert sheet.known()["Int, Young people"] == {"age": "under 60"}


def test_what_was_typed_is_taken_as_typed_when_nothing_is_chosen_from_the_list(sheet: Sheet) -> None:
    sheet.at("Int", "age").type("60")
    QTest.keyClick(sheet.field().completer().popup(), Key.Key_Return)
    assert sheet.known()["Int, Young people"] == {"age": "60"}
    assert sheet.field() is None


def test_a_participant_is_renamed_and_a_role_is_chosen(sheet: Sheet) -> None:
    sheet.at("Dev", "Participant").type("P9").press(Key.Key_Return)
    assert names(sheet)[-1] == "P9"
    sheet.at("P9", "Role").press(Key.Key_F2)
    box = sheet.field()
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert sheet.shows("P9", "Role") == "Observer"
    assert sheet.model.is_dimmed(6)
    assert sheet.page.header.meta.text().startswith("4 participants, 2 moderators, 1 observer")


def test_a_source_is_renamed_and_its_kind_filled_down(sheet: Sheet) -> None:
    sheet.page.show_about("source")
    sheet.at("Women", "Source").press(Key.Key_F2).type(" now").press(Key.Key_Return)
    assert names(sheet) == ["Women now", "Young people"]
    sheet.at("Women", "Kind").paste("Interview")
    sheet.at("Women", "Kind", "Young people", "Kind").press(Key.Key_D, CONTROL)
    assert [row.kind for row in sheet.ask(lambda p: p.attributes.table("source")).rows] == ["interview", "interview"]


def test_what_the_program_counts_cannot_be_typed_over(sheet: Sheet) -> None:
    sheet.at("Carol", "Words").type("9").press(Key.Key_F2)
    assert sheet.field() is None


def test_a_name_that_another_source_has_is_refused_and_said(sheet: Sheet, open_page) -> None:
    sheet.page.show_about("source")
    sheet.at("Women", "Source").type("young people").press(Key.Key_Return)
    assert names(sheet) == ["Women", "Young people"]
    assert open_page.said == [("1 value could not be taken: Women: young people.", False)]


def test_a_date_that_cannot_be_read_is_kept_and_marked(sheet: Sheet) -> None:
    sheet.ask(lambda p: p.attributes.add_column("participant", "Born", "date"))
    sheet.page.entered()
    sheet.at("Carol", "Born").type("3/4/1956").press(Key.Key_Return).type("about 1950").press(Key.Key_Return)
    assert sheet.shows("Carol", "Born") == "1956-04-03"
    place = sheet.place("Joan", "Born")
    assert sheet.model.is_doubtful(*place)
    assert "not a date" in sheet.model.index(*place).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert not sheet.model.is_doubtful(*sheet.place("Carol", "Born"))


# -- copying and pasting -----------------------------------------------------------------------------------------------


def test_a_block_from_a_spreadsheet_is_one_act(sheet: Sheet, open_page) -> None:
    sheet.ask(lambda p: p.attributes.add_column("participant", "note", "text"))
    sheet.page.entered()
    sheet.at("Carol", "age").paste('60s\t"came late,\nleft early"\r\n70s\t"said ""no"""\r\n')
    assert sheet.known()["Carol, Women"] == {"age": "60s", "note": "came late,\nleft early"}
    assert sheet.known()["Joan, Women"] == {"age": "70s", "note": 'said "no"'}
    assert open_page.said == [("Set 4 attribute values.", True)]
    sheet.ask(lambda p: p.history.undo())
    assert sheet.known()["Carol, Women"] == {"age": "over 60"}


def test_one_value_fills_all_selected_cells(sheet: Sheet) -> None:
    sheet.at("Amina", "age", "Joan", "age").paste("adult")
    assert [sheet.shows(name, "age") for name in ("Amina, Women", "Carol", "Joan", "Dev")] == ["adult"] * 3 + [
        "under 60"
    ]


def test_what_does_not_fit_is_said(sheet: Sheet, open_page) -> None:
    sheet.at("Amina, Young", "age").paste("a\tb\tc\nd\te\tf\ng\th\ti")
    assert [sheet.shows(name, "age") for name in ("Amina, Young", "Dev")] == ["a", "d"]
    assert open_page.said == [("Set 2 values of age. 2 columns did not fit. 1 row did not fit.", True)]


def test_a_paste_that_fits_nowhere_is_said(sheet: Sheet, open_page) -> None:
    sheet.at("Carol", "Words").paste("12")
    assert sheet.shows("Carol", "Words") == "14"
    assert open_page.said == [("1 cell cannot be changed here.", False)]


def test_cells_the_program_fills_are_left_alone_by_a_paste(sheet: Sheet, open_page) -> None:
    sheet.at("Dev", "Role").paste("observer\t9\t9\tyoung")
    assert (sheet.shows("Dev", "Role"), sheet.shows("Dev", "Turns"), sheet.shows("Dev", "age")) == (
        "Observer",
        "1",
        "young",
    )
    assert open_page.said == [("Set 2 attribute values. 2 cells cannot be changed here.", True)]


def test_copy_and_copy_with_headings(sheet: Sheet) -> None:
    sheet.at("Carol", "Role", "Joan", "age").press(Key.Key_C, CONTROL)
    assert sheet.clipboard() == "participant\t1\t14\tover 60\nparticipant\t1\t4\tover 60"
    sheet.at("Carol", "age").press(Key.Key_C, CONTROL | SHIFT)
    assert sheet.clipboard() == "Participant\tage\nCarol\tover 60"
    sheet.press(Key.Key_X, CONTROL)
    assert sheet.clipboard() == "over 60"
    assert sheet.shows("Carol", "age") == ""


def test_fill_down_from_the_first_selected_or_from_above(sheet: Sheet) -> None:
    sheet.at("Joan", "age", "Dev", "age").press(Key.Key_D, CONTROL)
    assert {sheet.shows(name, "age") for name in ("Joan", "Int", "Dev")} == {"over 60"}
    sheet.at("Carol", "age").type("x").press(Key.Key_Return)
    sheet.at("Joan", "age").press(Key.Key_D, CONTROL)
    assert sheet.shows("Joan", "age") == "x"


# -- columns -----------------------------------------------------------------------------------------------------------


def test_an_attribute_is_added_and_the_grid_goes_to_it(sheet: Sheet) -> None:
    sheet.page.add_button.click()
    dialog = sheet.page.findChild(NewAttribute)
    QTest.keyClicks(dialog.field, "AGE")
    assert not dialog.add.isEnabled()
    assert dialog.trouble.text() == "There is an attribute of that name already."
    dialog.field.clear()
    QTest.keyClicks(dialog.field, "Household ")
    dialog.types.setCurrentIndex(1)
    dialog.add.click()
    assert titles(sheet)[-1] == "Household"
    assert sheet.model.fields[-1].type == "number"
    assert sheet.here()[1] == "Household"


def test_the_menu_of_a_column_renames_types_and_removes(
    sheet: Sheet, open_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = titles(sheet).index("age")
    monkeypatch.setattr(choose, "line", lambda *_args: "Age band")
    choose_in(menus.of_column(sheet.page, at), "Rename")
    assert titles(sheet)[-1] == "Age band"
    choose_in(menus.of_column(sheet.page, at), "Type", "Number")
    assert sheet.model.fields[at].type == "number"
    assert sheet.model.is_doubtful(*sheet.place("Carol", "Age band"))
    choose_in(menus.of_column(sheet.page, at), "Remove with its 5 values")
    assert titles(sheet)[-1] == "Words"
    assert [said for said, _undo in open_page.said] == [
        "Renamed the attribute “age” to “Age band”", "Marked the attribute “Age band” as: number",
        "Removed the attribute “Age band” with its 5 values",
    ]  # fmt: skip
    sheet.ask(lambda p: p.history.undo())


def test_the_mark_in_a_head_opens_its_menu_and_the_rest_selects_the_column(sheet: Sheet) -> None:
    head = sheet.grid.horizontalHeader()
    wanted = []
    head.menu_wanted.connect(lambda at, _place: wanted.append(at))
    sheet.grid.head_menu_wanted.disconnect()
    at = titles(sheet).index("age")
    left, wide = head.sectionViewportPosition(at), head.sectionSize(at)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left + wide - 14, 14))
    assert wanted == [at]
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left + 10, 14))
    assert {column for _row, column in sheet.grid.places()} == {at}
    assert len(sheet.grid.places()) == 7


def test_the_menu_of_the_cells_offers_what_the_keys_do(sheet: Sheet) -> None:
    sheet.at("Carol", "age")
    menu = menus.of_cells(sheet.page)
    assert [action.text().split("\t")[0] for action in menu.actions() if action.text()] == [
        "Edit", "Copy", "Copy with names and headings", "Paste", "Paste by name …", "Fill down", "Clear",
        "These are one person", "Take apart …", "Memo …", "Column “age”",
    ]  # fmt: skip
    choose_in(menu, "Clear")
    assert sheet.shows("Carol", "age") == ""


# -- people ------------------------------------------------------------------------------------------------------------


def test_two_rows_are_one_person_and_are_taken_apart_again(sheet: Sheet) -> None:
    assert not sheet.page.join_button.isVisible()
    sheet.at("Amina, Women", "Participant")
    assert not sheet.page.part_button.isVisible()
    chosen = sheet.grid.selectionModel()
    chosen.select(sheet.model.index(*sheet.place("Amina, Young", "age")), chosen.SelectionFlag.Select)
    assert sheet.page.join_button.isVisible()
    sheet.page.join_button.click()
    assert names(sheet) == ["Moderator", "Amina", "Carol", "Joan", "Int", "Dev"]
    sheet.at("Amina", "Participant")
    assert sheet.page.part_button.isVisible()
    labels = []
    sheet.page._ask_apart = labels.extend  # the menu is not opened in a test
    sheet.page.take_apart()
    assert [label for _id, label in labels] == ["Amina, in Women", "Amina, in Young people"]
    sheet.page._part(*labels[1])
    assert names(sheet).count("Amina") == 2


def test_taking_apart_asks_who_and_says_whose_the_values_are(sheet: Sheet, open_page) -> None:
    sheet.at("Amina, Women", "Participant")
    chosen = sheet.grid.selectionModel()
    chosen.select(sheet.model.index(*sheet.place("Amina, Young", "age")), chosen.SelectionFlag.Select)
    sheet.page.join_button.click()

    def choose_label(label: str) -> None:
        sheet.at("Amina", "Participant")
        sheet.page.part_button.click()
        menu = next(m for m in sheet.page.findChildren(QMenu) if m.isVisible())
        question = menu.actions()[0]
        assert question.text() == "Who is somebody else?" and not question.isSeparator() and not question.isEnabled()
        next(action for action in menu.actions() if action.text() == label).trigger()
        menu.close()

    choose_label("Amina, in Young people")
    said = "“Amina, in Young people” is somebody else again, with what was known of them"
    assert open_page.said[-1] == (said, True)
    assert sheet.known()["Amina, Young people"] == {"age": "under 60"}
    sheet.page.runner.undo()
    choose_label("Amina, in Women")
    assert open_page.said[-1][0] == "“Amina, in Women” is somebody else now, of whom nothing is known yet"


def test_what_differs_is_shown_before_two_people_become_one(sheet: Sheet) -> None:
    sheet.at("Carol", "age").type("70s").press(Key.Key_Return)
    sheet.at("Carol", "age", "Joan", "age")
    sheet.page.join()
    box = sheet.page.findChild(QMessageBox)
    assert box.text() == "Different things are known of them:\nage: 70s or over 60"
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert "Joan" in names(sheet)
    sheet.page.join()
    box = next(b for b in sheet.page.findChildren(QMessageBox) if b.isVisible())
    next(b for b in box.buttons() if b.text() == "Join").click()
    assert "Joan" not in names(sheet)
    assert sheet.shows("Carol", "age") == "70s"


# -- the rest ----------------------------------------------------------------------------------------------------------


def test_what_another_page_or_undo_did_is_shown_and_the_cell_stays(sheet: Sheet, open_page) -> None:
    sheet.at("Joan", "age")
    open_page.do(lambda p: p.attributes.add_column("participant", "Born", "date"))
    open_page.do(lambda p: p.cases.rename(sheet.model.rows[2].id, "Caroline"))
    assert names(sheet)[2] == "Caroline"
    assert sheet.here() == ("Joan", "age")


def test_a_value_that_was_refused_is_not_left_standing(sheet: Sheet, open_page, runner) -> None:
    def refuse(*_args: object) -> None:
        raise RuntimeError("no")

    open_page.ask(lambda p: setattr(p.attributes, "set_many", refuse))
    sheet.at("Joan", "age").type("x").press(Key.Key_Return)
    assert sheet.shows("Joan", "age") == "over 60"
    assert [str(problem) for problem in runner.problems] == ["no"]
    runner.problems.clear()


def test_names_stay_in_place_while_the_rest_scrolls(sheet: Sheet) -> None:
    cells = [(row.id, f"Attribute {n}", "a value that is rather long") for row in sheet.model.rows for n in range(8)]
    sheet.ask(lambda p: p.attributes.set_many("participant", cells))
    sheet.page.entered()
    sheet.at("Carol", "Participant")
    assert not sheet.grid._names.isVisible()
    sheet.at("Carol", "Attribute 7")
    assert sheet.grid.horizontalScrollBar().value() > 0
    assert sheet.grid._names.isVisible()
    sheet.at("Carol", "Attribute 3")
    assert sheet.grid.visualRect(sheet.grid.currentIndex()).left() >= sheet.grid._names.width() - 1
    sheet.at("Carol", "Participant").type("Z").press(Key.Key_Return)
    assert names(sheet)[2] == "Z"
    wide = sheet.grid.columnWidth(6)
    sheet.grid.setColumnWidth(6, wide + 40)
    sheet.page.entered()
    sheet.grid.fit()
    assert sheet.grid.columnWidth(6) == wide + 40


def test_tab_leaves_the_grid_after_its_last_cell(sheet: Sheet) -> None:
    sheet.at("Dev", "age").press(Key.Key_Tab)
    assert not sheet.grid.hasFocus()


def test_a_project_that_is_only_read_is_not_edited(open_page, runner, tmp_path: Path, study: Path) -> None:
    copy = Path(shutil.copy(study, tmp_path / "read.cqda"))
    runner.open(copy)
    runner.ask(lambda p: setattr(p._session, "read_only", True), lambda _none: None)
    page = open_page(AttributesPage)
    read = Sheet(page, open_page.ask)
    read.at("Carol", "age").type("x").press(Key.Key_F2)
    assert read.field() is None
    read.paste("y").press(Key.Key_Delete)
    assert read.shows("Carol", "age") == "over 60"
    assert not page.import_button.isEnabled()
    assert page.import_button.toolTip() == "This project was opened for reading only."
    assert not page.join_button.isVisible()
    shut = {a.text().split("\t")[0] for a in menus.of_cells(page).actions() if a.text() and not a.isEnabled()}
    assert {"Edit", "Paste", "Fill down", "Clear"} <= shut


def test_before_there_is_anything(open_page, runner, tmp_path: Path) -> None:
    Project.create(tmp_path / "empty.cqda", coder="Asha").close()
    runner.open(tmp_path / "empty.cqda")
    page = open_page(AttributesPage)
    assert page.pile.currentWidget() is page.empty
    assert "No sources yet" in page.empty.sentence.text()
    page.empty.button.click()
    assert open_page.went == ["read"]


def test_documents_in_which_nobody_speaks(open_page, runner, tmp_path: Path) -> None:
    with Project.create(tmp_path / "papers.cqda", coder="Asha") as project:
        project.sources.add([SourceDraft("Strategy", "document", "Cohesion is a shared task.")])
    runner.open(tmp_path / "papers.cqda")
    page = open_page(AttributesPage)
    assert page.note.text().startswith("Nobody speaks in the sources yet")
    page.show_about("source")
    assert page.note.text().startswith("No attributes yet. An attribute is something known about each source")


def test_without_attributes_it_says_what_one_is(sheet: Sheet) -> None:
    assert not sheet.page.note.isVisible()
    sheet.ask(lambda p: p.attributes.remove_column("participant", "age"))
    sheet.page.entered()
    assert "such as Age band" in sheet.page.note.text()
    assert sheet.page.note.isVisible()


def test_screen_readers_hear_what_a_cell_is(sheet: Sheet) -> None:
    assert sheet.grid.accessibleName() == "What is known about participants"
    cell = sheet.model.index(*sheet.place("Carol", "age"))
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "age: over 60"
    assert QAccessible.queryAccessibleInterface(sheet.grid).role() == QAccessible.Role.Table
    assert sheet.page.hints()[0][1] == "down, right"


def test_it_holds_at_every_text_size_and_in_the_dark(sheet: Sheet, looks) -> None:
    for scale in (0.8, 2.0):
        looks.set_scale(scale)
        assert sheet.grid.verticalHeader().defaultSectionSize() == looks.px(32)
        assert not sheet.page.grab().isNull()
    looks.set_mode("dark")
    sheet.at("Carol", "Role")
    assert not sheet.page.grab().isNull()
