"""A sheet, from a file or the clipboard: nothing is set before it was looked over."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.project import Project
from cohesion_qda.project.matching import Known
from cohesion_qda.project.nearest import Nearest
from cohesion_qda.ui import choose
from cohesion_qda.ui.attributes.sheet_dialog import LEFT_OUT, MOST_NAMES, SheetDialog
from tests.makers import small_study
from tests.ui.attributes.conftest import CONTROL, SHIFT, Key, Sheet

SHEET = """Participant\tGroup\tAge band\tBorn
Carol\tWomen\t60s\t1/2/1960
Joann\tWomen\t70s\tlong ago
Amina\t\t30s\t3/4/1990
Zed\t\t20s\t
"""


def names(dialog: SheetDialog) -> list[tuple[str, str, list[str]]]:
    """Each name that matched nothing: as written, what is wrong, what may be chosen."""
    table = dialog.names
    found = []
    for row in range(table.rowCount()):
        box = table.cellWidget(row, dialog.MEANT)
        choices = [box.itemText(at) for at in range(box.count()) if box.itemText(at)] if box else []
        found.append((table.item(row, 0).text(), table.item(row, 1).text(), choices))
    return found


def box(dialog: SheetDialog, row: int) -> QComboBox:
    return dialog.names.cellWidget(row, dialog.MEANT)


def columns(dialog: SheetDialog) -> list[tuple[str, str, str, str]]:
    table = dialog.columns
    return [
        (
            table.item(r, 0).text(),
            table.item(r, 1).text(),
            table.cellWidget(r, 2).currentText(),
            table.item(r, 3).text(),
        )
        for r in range(table.rowCount())
    ]


def test_paste_by_name_shows_what_it_would_do_then_does_it_in_one(sheet: Sheet, open_page) -> None:
    sheet.clipboard(SHEET)
    sheet.at("Carol", "age").press(Key.Key_V, CONTROL | SHIFT)
    dialog = sheet.page.flow.dialog
    assert dialog.isVisible()
    assert "Carol, Women" in sheet.known()
    assert "Born" not in sheet.known()["Carol, Women"]
    assert columns(dialog) == [
        ("Age band", "people", "Category", "60s; 70s; 30s …"), ("Born", "people", "Category", "1/2/1960; long ago; 3/4/1990"),
    ]  # fmt: skip
    assert dialog.summary.text() == "It has values for 1 person. 3 names are left out."
    assert dialog.take.text() == "Set 2 values"
    assert [(name, wrong) for name, wrong, _c in names(dialog)] == [
        ("Joann, in Women", "Nobody of that name is in it"), ("Amina", "In several groups: which one?"),
        ("Zed", "Nobody of that name"),
    ]  # fmt: skip
    assert names(dialog)[0][2][:2] == ["Leave it out", "Joan"]
    assert names(dialog)[1][2] == ["Leave it out", "Women", "Young people"]
    dialog.take_nearest()
    assert box(dialog, 0).currentText() == "Joan"
    box(dialog, 1).setCurrentIndex(2)
    dialog.set_type("Born", "date")
    assert columns(dialog)[1][2:] == ("Date", "1 value is doubtful: long ago")
    assert dialog.take.text() == "Set 6 values"
    dialog.take.click()
    known = sheet.known()
    assert known["Carol, Women"] == {"age": "over 60", "Age band": "60s", "Born": "1960-02-01"}
    assert known["Joan, Women"] == {"age": "over 60", "Age band": "70s", "Born": "long ago"}
    assert known["Amina, Young people"] == {"age": "under 60", "Age band": "30s", "Born": "1990-04-03"}
    assert "Age band" not in known["Amina, Women"]
    assert [field.type for field in sheet.model.fields[-2:]] == ["category", "date"]
    assert sheet.here()[1] == "Age band"
    said, can_undo = open_page.said[-1]
    assert said.endswith("1 name was left out.")
    assert can_undo
    sheet.ask(lambda p: p.history.undo())
    assert set().union(*sheet.known().values()) == {"age"}


def test_a_table_pasted_onto_the_names_is_matched_by_name(sheet: Sheet) -> None:
    sheet.at("Carol", "Participant").paste("Joan\tWomen\tobserver\nCarol\tWomen\tparticipant")
    dialog = sheet.page.flow.dialog
    assert columns(dialog) == [("role", "people", "Take it", "observer; participant")]
    assert dialog.names_title.text() == "Every name was found."
    assert not dialog.needs_a_look
    dialog.take.click()
    assert sheet.shows("Joan", "Role") == "Observer"
    assert sheet.shows("Carol", "Participant") == "Carol"


def test_one_column_of_names_pasted_onto_the_names_renames(sheet: Sheet) -> None:
    sheet.at("Carol", "Participant").paste("C1\nJ1\n")
    assert [row.name for row in sheet.model.rows][2:4] == ["C1", "J1"]
    sheet.ask(lambda p: p.history.undo())
    assert [row.name for row in sheet.ask(lambda p: p.attributes.table("participant")).rows][2:4] == ["Carol", "Joan"]


def test_an_empty_clipboard_is_told(sheet: Sheet, runner) -> None:
    sheet.clipboard("")
    sheet.page.paste_by_name()
    assert sheet.page.flow.dialog is None
    assert str(runner.problems.pop()).startswith("There are no names with values on the clipboard.")


def test_a_file_is_read_and_looked_over(
    sheet: Sheet, open_page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        'source,participant,age band,visits\nWomen,Carol,60s,"1,200"\n,Joan,70s,9\nWomne,Dev,20s,3\n', encoding="utf-8"
    )
    monkeypatch.setattr(choose, "open_file", lambda *_args: file)
    sheet.page.import_button.click()
    dialog = sheet.page.flow.dialog
    assert columns(dialog)[1] == ("visits", "people", "Number", "1200; 9; 3")
    assert names(dialog)[0][:2] == ("Womne", "No source of that name")
    box(dialog, 0).setCurrentIndex(1)
    assert names(dialog)[1][:2] == ("Dev, in Women", "Nobody of that name is in it")
    dialog.set_type("age band", LEFT_OUT)
    assert dialog.sheet.of_participants == {("Women", "Carol"): {"visits": "1200"}, ("Women", "Joan"): {"visits": "9"}}
    dialog.take.click()
    assert sheet.known()["Carol, Women"] == {"age": "over 60", "visits": "1200"}
    assert sheet.known()["Joan, Women"] == {"age": "over 60", "visits": "9"}
    sheet.page.import_button.click()
    sheet.page.flow.dialog.set_type("age band", LEFT_OUT)
    sheet.page.flow.dialog.take.click()
    assert open_page.said[-1] == ("Everything in the sheet was known already.", False)


def test_a_file_that_cannot_be_read_is_told(sheet: Sheet, runner, tmp_path: Path) -> None:
    file = tmp_path / "broken.xlsx"
    file.write_bytes(b"PK\x03\x04nothing")
    sheet.page.flow.read_file(file)
    assert sheet.page.flow.dialog is None
    assert "broken.xlsx" in str(runner.problems.pop())


def test_cancelling_sets_nothing(sheet: Sheet) -> None:
    before = sheet.known()
    sheet.clipboard(SHEET)
    sheet.page.paste_by_name()
    sheet.page.flow.dialog.reject()
    assert sheet.known() == before
    assert sheet.ask(lambda p: p.history.can_undo()).startswith("Set")


def test_a_sheet_for_one_project_is_not_set_in_another(sheet: Sheet, runner, tmp_path: Path) -> None:
    small_study(tmp_path / "other.cqda").close()
    sheet.clipboard(SHEET)
    sheet.page.paste_by_name()
    dialog = sheet.page.flow.dialog
    runner.open(tmp_path / "other.cqda")
    assert not dialog.isVisible()
    assert sheet.known() == {}


@pytest.mark.parametrize("about", ["participant", "source"])
def test_what_is_copied_with_its_headings_comes_back(sheet: Sheet, about: str) -> None:
    sheet.page.show_about(about)
    before = sheet.known(about)
    sheet.grid.selectAll()
    sheet.press(Key.Key_C, CONTROL | SHIFT)
    title = sheet.model.fields[-1].title
    sheet.ask(lambda p: p.attributes.remove_column(about, title))
    sheet.page.entered()
    sheet.page.paste_by_name()
    assert not sheet.page.flow.dialog.needs_a_look
    sheet.page.flow.dialog.take.click()
    assert sheet.known(about) == before


# -- the dialog alone, as an import uses it ----------------------------------------------------------------------------

KNOWN = Known({"Women": 1, "Young people": 2}, {(1, "Amina"): 1, (1, "Carol"): 2, (2, "Dev"): 3}, {"women.docx": [1]})


def test_drafts_of_an_import_are_matched_as_well(looks) -> None:
    dialog = SheetDialog(
        AttributeSheet(
            {"WOMEN.docx": {"kind": "chat", "place": "Dewsbury"}, "Men": {"place": "Leeds"}},
            {("Women", "Carole"): {"role": "participant"}, ("Men", "Bob"): {"role": "chief"}},
            {"place": "category"},
        ),
        KNOWN,
        "What people.xlsx would set",
    )
    assert dialog.needs_a_look
    assert {(name, wrong) for name, wrong, _c in names(dialog)} == {
        ("WOMEN.docx", "There is no “kind chat”"), ("Men", "No source of that name"),
        ("Carole, in Women", "Nobody of that name is in it"),
    }  # fmt: skip
    assert set(dialog.left_out) == {"WOMEN.docx: kind chat", "Men", "Women: Carole"}
    assert dialog.sheet == AttributeSheet({"WOMEN.docx": {"place": "Dewsbury"}}, {}, {"place": "category"}, True)
    assert dialog.take.text() == "Set 1 value"
    dialog.set_type("place", LEFT_OUT)
    assert not dialog.take.isEnabled()
    row = next(at for at, found in enumerate(names(dialog)) if found[0].startswith("Carole"))
    box(dialog, row).setCurrentIndex(1)
    assert dialog.sheet.of_participants == {("Women", "Carol"): {"role": "participant"}}
    box(dialog, row).setCurrentIndex(0)
    assert dialog.sheet.of_participants == {}
    dialog.deleteLater()


def test_where_nothing_is_set_yet_the_button_does_not_say_so(looks) -> None:
    sheet = AttributeSheet({"Women": {"place": "Dewsbury", "area": "North"}}, {}, {})
    dialog = SheetDialog(sheet, KNOWN, "", is_kept=True)
    assert dialog.take.text() == "Use these 2 values"
    dialog.deleteLater()


def test_what_the_dialog_gives_back_is_taken_whole(looks, tmp_path: Path) -> None:
    with small_study(tmp_path / "study.cqda") as project:
        given = AttributeSheet(
            {"women": {"Held": "3/4/24"}},
            {("", "dev"): {"Age": "19"}, ("", "Nobody"): {"Age": "1"}},
            {"Held": "text", "Age": "number"},
        )
        dialog = SheetDialog(given, project.sources.known(), "")
        dialog.set_type("Held", "date")
        result = project.sources.add_sheet(dialog.sheet)
        assert result.unmatched == ()
        assert [(c.name, c.type) for c in project.attributes.table("source").columns][-1] == ("Held", "date")
        assert project.attributes.table("source").rows[0].values["Held"] == "2024-04-03"
        assert isinstance(project, Project)
        dialog.deleteLater()


def test_of_two_rows_about_one_person_the_first_is_taken_and_the_other_is_said(looks) -> None:
    known = Known({"G1": 1, "G2": 2}, {(1, "Sam"): 7, (2, "Sam"): 7})
    given = AttributeSheet({}, {("G1", "Sam"): {"age": "30"}, ("G2", "Sam"): {"age": "40"}}, {"age": "number"})
    dialog = SheetDialog(given, known, "")
    assert names(dialog) == [("G2: Sam: age 40", "For age, another row says “30”", [])]
    assert dialog.take.text() == "Set 1 value"
    assert dialog.sheet.of_participants == {("G1", "Sam"): {"age": "30"}}
    dialog.deleteLater()


def test_names_are_proposed_once_and_only_for_those_that_are_listed(looks, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    look = Nearest.to
    monkeypatch.setattr(Nearest, "to", lambda self, name, most: looked.append(name) or look(self, name, most))
    known = Known({f"Group {n}": n for n in range(400)})
    sheet = AttributeSheet({f"Grup {n}": {"place": "Batley"} for n in range(400)}, {}, {"place": "category"})
    dialog = SheetDialog(sheet, known, "")
    assert len(looked) == MOST_NAMES
    assert dialog.nearest.text() == f"Take the likeliest for {MOST_NAMES} names"
    dialog.set_type("place", "text")
    assert dialog.left_out[0] == "Grup 0"
    assert len(looked) == MOST_NAMES
    dialog.take_nearest()
    assert dialog.take.text() == f"Set {MOST_NAMES} values"
    assert len(dialog.sheet.of_sources) == MOST_NAMES
    dialog.deleteLater()
