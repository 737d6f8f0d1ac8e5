"""The review page: what a person sees of every file, and what each press does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.model.source import HowToRead
from cohesion_qda.ui.sources import review_table
from cohesion_qda.ui.sources.review import ReviewPage
from cohesion_qda.ui.sources.review_item import SPEECH
from cohesion_qda.ui.sources.speakers_pane import NAME, ROLE
from tests.ui.sources.made import review, talk


def people(page: Any) -> list[tuple[str, str, str]]:
    model = page.panel.people.speakers
    return [tuple(model.index(row, column).data() for column in (0, 1, 2)) for row in range(model.rowCount())]


def sources(runner: Any) -> list[tuple[str, str, int]]:
    found: list[Any] = []
    runner.ask(lambda p: [(s.name, s.kind, s.turns) for s in p.sources.list()], found.extend)
    return found


# -- the list of files -----------------------------------------------------------------------------------------------------


def test_each_file_says_what_it_was_taken_for(looks_over: Any, folder: Path) -> None:
    (folder / "Torn.docx").write_bytes(b"PK\x03\x04 torn")
    page = looks_over(folder)
    shown = [page.files.index(row, review_table.FILE).data() for row in range(page.files.rowCount())]
    assert shown == ["Men.txt", "Women.txt", "Torn.docx"]
    assert page.header.meta.text() == "3 files; 1 needs a look; 1 could not be read"
    assert page.files.index(0, review_table.TURNS).data() == "7"
    told = page.files.index(1, review_table.FILE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "1 moderator, 3 participants" in told
    assert "Focus group · Name and colon" in told
    assert "1 thing to look at" in told
    assert "Torn.docx" in page.files.index(2, review_table.FILE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert page.add.text() == "Import 2 sources"


def test_a_file_that_could_not_be_read_says_why_beside_the_list(looks_over: Any, folder: Path) -> None:
    (folder / "Torn.docx").write_bytes(b"")
    page = looks_over(folder / "Torn.docx")
    assert page.header.meta.text() == "1 file; 1 could not be read"
    assert not page.add.isEnabled()
    assert page.add.toolTip() == "Nothing is ticked."
    assert "Torn.docx" in page.unread.sentence.text()
    assert page._stack.currentWidget() is page.unread


def test_space_ticks_and_only_what_is_ticked_is_imported(looks_over: Any, folder: Path, study: Any) -> None:
    page = looks_over(folder)
    page.table.setCurrentIndex(page.files.index(0, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert page.add.text() == "Import 1 source"
    QTest.mouseClick(page.add, Qt.MouseButton.LeftButton)
    assert sources(study) == [("Women", "focus group", 7)]
    assert ("Imported Women", True) in page.told


def test_a_press_on_the_box_ticks_and_one_on_the_name_does_not(looks_over: Any, folder: Path) -> None:
    page = looks_over(folder)
    box = page.table.visualRect(page.files.index(1, 0))
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert page.review.items[1].is_ticked
    assert page.table.current is page.review.items[1]
    spot = box.topLeft() + box.center() - box.topLeft()
    spot.setX(box.left() + 18)
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert not page.review.items[1].is_ticked


def test_only_those_that_need_a_look_until_none_does(looks_over: Any, folder: Path) -> None:
    page = looks_over(folder)
    QTest.mouseClick(page.only_looks, Qt.MouseButton.LeftButton)
    assert [item.file_name for item in page.files.items] == ["Women.txt"]
    QTest.mouseClick(page.head.right, Qt.MouseButton.LeftButton)
    assert page.files.rowCount() == 0
    assert page.unread.sentence.text() == "Nothing needs a look any more."
    assert page.header.meta.text() == "2 files; none needs a look"
    page.only_looks.cleared.emit()
    assert page.files.rowCount() == 2


def test_this_is_right_goes_to_the_next_that_needs_a_look(looks_over: Any, folder: Path) -> None:
    (folder / "Zed.txt").write_text((folder / "Women.txt").read_text(encoding="utf-8") + "Dev: Me.\n", encoding="utf-8")
    page = looks_over(folder)
    page.table.go_to(page.review.items[1])
    QTest.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert page.table.current.file_name == "Zed.txt"
    page.table.go_to(page.review.items[1])
    assert page.head.right.text() == "Look at it again"


def test_two_hundred_files_and_names_of_every_kind(qtbot: Any, theme: Any, runner: Any) -> None:
    """Long names, names with line ends, from right to left: every row is painted, on one line."""
    names = ["x" * 300 + ".docx", "مقابلة مع أمينة.docx", "a\nb.docx", *(f"Group {n}.docx" for n in range(200))]
    page = ReviewPage(runner, review(*(talk(Path(name)) for name in names), CannotReadSource(Path("b"), "No.", "Try.")))
    qtbot.addWidget(page)
    page.show()
    assert page.files.rowCount() == 204
    assert page.add.text() == "Import 203 sources"
    for row in (0, 1, 2, 203):
        page.table.setCurrentIndex(page.files.index(row, 0))
        assert not page.grab().isNull()
    QTest.keyClick(page.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert page.table.current is page.review.items[0]


# -- who speaks ----------------------------------------------------------------------------------------------------------------


def test_the_preview_shows_who_says_what_in_their_colours(looks_over: Any, folder: Path, theme: Any) -> None:
    page = looks_over(folder / "Women.txt")
    words = page.preview.words()
    assert words.index("Amina") < words.index("The park, honestly.") < words.index("Carol")
    document = page.preview.text.document()
    colours = {}
    block = document.begin()
    while block.isValid():
        for fragment in (part.fragment() for part in block):
            if fragment.text() in ("Moderator", "Amina", "Carol"):
                colours[fragment.text()] = fragment.charFormat().foreground().color().name()
            if fragment.text() == "(sighs)":
                colours["note"] = fragment.charFormat().foreground().color().name()
        block = block.next()
    assert colours["Amina"] != colours["Carol"]
    assert colours["Moderator"] == colours["note"] == theme.hex("text2").lower()


def test_a_role_is_chosen_and_the_row_says_so(looks_over: Any, folder: Path) -> None:
    page = looks_over(folder / "Men.txt")
    model = page.panel.people.speakers
    assert people(page)[1] == ("Dev", "Participant", "2")
    model.setData(model.index(1, ROLE), "observer")
    QApplication.processEvents()
    assert people(page)[1] == ("Dev", "Observer", "2")
    assert "1 moderator, 1 observer, 1 participant" in review_table.told(page.review.items[0])
    assert page.drafts[0].roles["Dev"] == "observer"


def test_a_name_is_typed_over_with_the_keyboard_alone(looks_over: Any, folder: Path, qtbot: Any) -> None:
    page = looks_over(folder / "Women.txt")
    view = page.panel.people
    view.setFocus()
    view.setCurrentIndex(view.speakers.index(3, NAME))
    QTest.keyClick(view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    editor.selectAll()
    QTest.keyClicks(editor, "Carol")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [name for name, _role, _turns in people(page)] == ["Moderator", "Amina", "Carol"])
    assert page.isVisible(), "Enter ends the typing, and imports nothing"
    assert page.panel.asks.asks == []
    page.panel.settled.press("Keep apart", "Carrol")
    assert len(people(page)) == 4


def test_labels_that_look_alike_are_joined_or_told_apart(looks_over: Any, folder: Path) -> None:
    page = looks_over(folder / "Women.txt")
    (ask,) = page.panel.asks.asks
    assert "Carrol" in ask.words
    page.panel.asks.press("Join", "Carrol")
    assert ("Carol", "Participant", "3") in people(page)
    assert page.header.meta.text() == "1 file; none needs a look"
    page = looks_over(folder / "Women.txt")
    page.panel.asks.press("Not the same", "Carrol")
    assert len(people(page)) == 4
    assert page.panel.asks.asks == []


def test_a_label_that_is_no_speaker_goes_to_the_speech_and_comes_back(looks_over: Any, folder: Path) -> None:
    page = looks_over(folder / "Men.txt")
    model = page.panel.people.speakers
    model.setData(model.index(1, ROLE), SPEECH)
    QApplication.processEvents()
    assert [name for name, _role, _turns in people(page)] == ["Moderator", "Carol"]
    assert page.table.current.how == HowToRead(speech=frozenset({"Dev"}))
    page.panel.settled.press("Take this back", "Dev")
    assert [name for name, _role, _turns in people(page)] == ["Moderator", "Dev", "Carol"]


def test_the_same_name_in_two_files_is_said_quietly(looks_over: Any, folder: Path) -> None:
    page = looks_over(folder)
    assert "in each file they are other people" in page.panel.shared.text()


def test_what_looks_like_a_name_in_the_speech_is_shown_and_asked_about(looks_over: Any, folder: Path) -> None:
    path = folder / "Long.txt"
    said = "".join(f"Moderator: Number {n}?\nAmina: It is fine, {n}.\nCarol: So it is.\n" for n in range(20))
    path.write_text(said + "Dev - I am here.\nDev - Again I say.\n", encoding="utf-8")
    page = looks_over(path)
    assert page.preview.where.text() == "Turns 1 to 40 of 60"
    QTest.mouseClick(page.preview.on, Qt.MouseButton.LeftButton)
    assert page.preview.where.text() == "Turns 41 to 60 of 60"
    QTest.mouseClick(page.preview.back, Qt.MouseButton.LeftButton)
    assert "Dev" not in page.preview.words()
    QTest.mouseClick(page.preview.doubt, Qt.MouseButton.LeftButton)
    assert page.preview.words().lstrip().startswith("Carol\nSo it is.\nDev - I am here.")
    (ask,) = page.panel.asks.asks
    assert ask.words == "Looks like a name, left in the speech: “Dev” (2 times)"
    page.panel.asks.press("This is speech", "Dev")
    assert page.panel.asks.asks == []
    page.panel.settled.press("Take this back", "Dev")
    page.panel.asks.press("This is a speaker", "Dev")
    assert ("Dev", "Participant", "2") in people(page)


def test_what_the_reader_joined_is_agreed_to_or_kept_apart(looks_over: Any, folder: Path) -> None:
    path = folder / "Notes.txt"
    path.write_text(
        (folder / "Men.txt").read_text(encoding="utf-8") + "Dev (nods): Yes.\nCAROL: Me.\n", encoding="utf-8"
    )
    page = looks_over(path)
    assert [ask.words.partition(".")[0] for ask in page.panel.asks.asks] == [
        "“Dev (nods)” was read as “Dev”", "“CAROL” was read as “Carol”",
    ]  # fmt: skip
    page.panel.asks.press("Right", "Dev (nods)")
    page.panel.asks.press("Keep apart", "CAROL")
    assert page.panel.asks.asks == []
    assert [name for name, _role, _turns in people(page)] == ["Moderator", "Dev", "Carol", "CAROL"]
    page.panel.settled.press("Take this back", "CAROL")
    assert [name for name, _role, _turns in people(page)] == ["Moderator", "Dev", "Carol"]
    assert len(page.panel.asks.asks) == 1, "it is asked about again"


# -- how it is read -----------------------------------------------------------------------------------------------------------


def test_another_convention_is_chosen_and_taken_back(looks_over: Any, folder: Path) -> None:
    page = looks_over(folder / "Men.txt")
    page.panel.how.form.choose("none")
    assert people(page) == []
    assert page.panel.nobody.text() == "Nobody was recognised as a speaker: all of it is text."
    page.panel.how.form.choose("colon")
    assert len(people(page)) == 3
    assert page.table.current.how == HowToRead()


def test_a_pattern_is_tried_while_it_is_typed(looks_over: Any, tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "Odd.txt"
    path.write_text(
        "".join(f"{n}) {'Ann' if n % 2 else 'Bob'} >> I say number {n} here.\n" for n in range(1, 9)), encoding="utf-8"
    )
    page = looks_over(path)
    how = page.panel.how
    how.form.choose("pattern")
    assert how.pattern.isVisible()
    assert "NAME" in how.example.text()
    QTest.keyClicks(how.pattern, "TIME")
    qtbot.waitUntil(lambda: how.trouble.isVisible())
    assert "NAME" in how.trouble.text()
    how.pattern.clear()
    QTest.keyClicks(how.pattern, "NAME >>")
    qtbot.waitUntil(lambda: page.table.current.how.pattern == "NAME >>")
    QApplication.processEvents()
    assert not how.trouble.isVisible()
    assert how.pattern.text() == "NAME >>", "what is being typed stays"


def test_enter_in_the_pattern_does_not_import(looks_over: Any, folder: Path, study: Any) -> None:
    page = looks_over(folder / "Men.txt")
    page.panel.how.form.choose("pattern")
    QTest.keyClicks(page.panel.how.pattern, "NAME:")
    QTest.keyClick(page.panel.how.pattern, Qt.Key.Key_Return)
    assert page.isVisible()
    assert sources(study) == []
    assert page.table.current.how.pattern == "NAME:"


def test_import_waits_for_a_pattern_that_was_typed_a_moment_ago(looks_over: Any, folder: Path, study: Any) -> None:
    """Typing and pressing Import at once imports what the pattern finds, not what was found before."""
    path = folder / "Odd.txt"
    path.write_text("".join(f"{'Ann' if n % 2 else 'Bob'} >> I say {n}.\n" for n in range(8)), encoding="utf-8")
    page = looks_over(path)
    page.panel.how.form.choose("pattern")
    QTest.keyClicks(page.panel.how.pattern, "NAME >>")
    QTest.mouseClick(page.add, Qt.MouseButton.LeftButton)
    assert sources(study) == [("Odd", "interview", 8)]


def test_a_pattern_that_fails_is_not_imported_over(looks_over: Any, folder: Path, study: Any) -> None:
    page = looks_over(folder / "Men.txt")
    page.panel.how.form.choose("pattern")
    QTest.keyClicks(page.panel.how.pattern, "TIME")
    QTest.mouseClick(page.add, Qt.MouseButton.LeftButton)
    assert page.isVisible()
    assert page.panel.how.trouble.isVisible()
    assert page.banner.isVisible()
    assert sources(study) == []
    page.panel.how.form.choose("colon")
    QTest.mouseClick(page.add, Qt.MouseButton.LeftButton)
    assert sources(study) == [("Men", "focus group", 7)]


def test_one_person_in_several_files_is_joined_in_the_same_act(looks_over: Any, folder: Path, study: Any) -> None:
    page = looks_over(folder)
    QTest.mouseClick(page.panel.same, Qt.MouseButton.LeftButton)
    dialog = page.findChildren(QDialog)[-1]
    rows = [dialog.list.item(n) for n in range(dialog.list.count())]
    assert [row.text().partition(":")[0] for row in rows] == ["Carol", "Moderator"]
    assert "Men.txt, Women.txt" in rows[1].text()
    rows[1].setCheckState(Qt.CheckState.Checked)
    dialog.accept()
    assert "One person in all files: Moderator." in page.panel.shared.text()
    page.add.click()
    found: list[Any] = []
    study.ask(lambda p: [(case.name, case.role) for case in p.cases.list("participant")], found.extend)
    assert sorted(found) == [
        ("Amina", "participant"), ("Carol", "participant"), ("Carol", "participant"), ("Carrol", "participant"),
        ("Dev", "participant"), ("Moderator", "moderator"),
    ]  # fmt: skip
    study.undo()
    assert sources(study) == []


def test_what_the_project_has_already_is_said_before_it_is_imported(looks_over: Any, folder: Path, study: Any) -> None:
    looks_over(folder / "Men.txt").add.click()
    page = looks_over(folder)
    assert "Here already, as Men: it will be left out" in review_table.told(page.review.items[0])
    assert "Here already" not in review_table.told(page.review.items[1])


def test_an_encoding_that_is_not_sure_is_asked_about(looks_over: Any, tmp_path: Path) -> None:
    path = tmp_path / "Old.txt"
    path.write_bytes("Int: What is it?\nJosé: The café, señor.\nInt: Why?\nJosé: It is near.\n".encode("cp1252"))
    page = looks_over(path)
    ask = page.panel.asks.asks[0]
    assert "cp1252" in ask.words
    assert "café" in ask.sample
    assert page.panel.how.encoding.isVisible()
    assert page.panel.how.encoding.itemData(0) == "cp1252"
    other = page.panel.how.encoding.itemData(1)
    page.panel.how.encoding.choose(other)
    assert page.table.current.how.encoding == other
    assert page.table.current.draft.encoding == other
    page = looks_over(path)
    page.panel.asks.press("It reads right")
    assert page.table.current.how.encoding == "cp1252"
    assert not page.table.current.is_encoding_doubtful


def test_one_press_gives_a_choice_to_all_files_like_it(looks_over: Any, folder: Path) -> None:
    page = looks_over(folder)
    assert not page.head.like.isVisible()
    page.panel.how.kind.choose("interview")
    assert page.head.like.text() == "Use this for the 1 other file like it"
    page.panel.how.form.choose("none")
    QTest.mouseClick(page.head.like, Qt.MouseButton.LeftButton)
    assert [(item.kind, item.turns) for item in page.review.items] == [("interview", 0), ("interview", 0)]


def test_enter_goes_on_to_the_file_and_f6_round_the_page(looks_over: Any, folder: Path, qtbot: Any) -> None:
    page = looks_over(folder / "Women.txt")
    qtbot.waitUntil(lambda: page.isVisible())
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.focusWidget() is page.panel.asks.buttons()[0]
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert page.focusWidget() is page.add
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert page.focusWidget() is page.table
    QTest.keyClick(page, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.focusWidget() is page.add


# -- what is known ------------------------------------------------------------------------------------------------------------


def test_attributes_are_typed_and_offered_for_the_other_files(looks_over: Any, folder: Path, study: Any) -> None:
    page = looks_over(folder)
    values = page.panel.values
    assert values.item(0, 0).text() == "Add one, such as place"
    values.item(0, 0).setText("place")
    values.item(0, 1).setText("Batley")
    QApplication.processEvents()
    page.table.go_to(page.review.items[1])
    assert [values.item(0, column).text() for column in (0, 1)] == ["place", ""]
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    found: list[Any] = []
    study.ask(lambda p: {s.name: p.sources.attributes().get(s.id, {}) for s in p.sources.list()}, found.append)
    assert found == [{"Men": {"place": "Batley"}, "Women": {}}]


@pytest.mark.parametrize("name", ["attributes.csv", "who took part.csv"])
def test_a_sheet_beside_the_files_is_taken_whatever_it_is_called(looks_over: Any, folder: Path, name: str) -> None:
    (folder / name).write_text(
        "source,participant,place,kind,age\nWomen,,Dewsbury,focus group,\nWomen,Amina,,,34\nMen,Devv,,,50\n",
        encoding="utf-8",
    )
    page = looks_over(folder)
    assert page.sheet is not None
    assert page.foot.sheet_words.text() == f"{name}: values for 1 source, 2 people; 1 name matches nothing"
    assert page.foot.match_button.isVisible()
    assert not page.left_out.isVisible()
    page.foot.match_sheet()
    dialog = page.findChildren(QDialog)[-1]
    dialog.take_nearest()
    dialog.accept()
    assert page.foot.sheet_words.text() == f"{name}: values for 1 source, 2 people"


def test_a_sheet_that_cannot_be_read_is_said_and_the_files_stay(looks_over: Any, folder: Path) -> None:
    (folder / "attributes.xlsx").write_bytes(b"no sheet")
    page = looks_over(folder)
    assert page.banner.isVisible()
    assert "attributes.xlsx" in page.banner.message.text()
    assert page.add.text() == "Import 2 sources"


def test_the_guide_is_pasted_and_counted(looks_over: Any, folder: Path, study: Any) -> None:
    page = looks_over(folder / "Men.txt")
    page.foot.open_guide()
    dialog = page.findChildren(QDialog)[-1]
    dialog.text.setPlainText("What brings people together?\n\n  What gets in the way?  \nWhat gets in the way?")
    assert dialog.asked == ["What brings people together?", "What gets in the way?"]
    dialog.accept()
    assert page.foot.guide_button.text() == "2 questions"
    page.add.click()
    found: list[str] = []
    study.ask(lambda p: [question.text for question in p.guide.questions()], found.extend)
    assert found == ["What brings people together?", "What gets in the way?"]


def test_a_guide_comes_from_a_file(looks_over: Any, folder: Path, tmp_path: Path) -> None:
    page = looks_over(folder / "Men.txt")
    page.foot.open_guide()
    dialog = page.findChildren(QDialog)[-1]
    guide = tmp_path / "guide.txt"
    guide.write_text("1. What brings people together?\n2. What gets in the way?\n", encoding="utf-8")
    dialog.use_file(guide)
    assert len(dialog.asked) == 2
    dialog.use_file(tmp_path / "none.txt")
    assert dialog.banner.isVisible()
    dialog.reject()


# -- leaving ---------------------------------------------------------------------------------------------------------------------


def test_leaving_writes_nothing_and_asks_only_where_something_would_be_lost(
    looks_over: Any, folder: Path, study: Any
) -> None:
    page = looks_over(folder)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
    page = looks_over(folder)
    page.panel.how.kind.choose("interview")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.isVisible()
    box = page.findChild(QMessageBox)
    assert box.text() == "Leave without importing?"
    leave = next(button for button in box.findChildren(QPushButton) if button.text() == "Leave")
    QTest.mouseClick(leave, Qt.MouseButton.LeftButton)
    assert not page.isVisible()
    assert sources(study) == []


def test_a_sheet_dropped_alone_is_for_the_sources_that_are_there(looks_over: Any, folder: Path, study: Any) -> None:
    looks_over(folder).add.click()
    sheet = folder / "attributes.csv"
    sheet.write_text("source,place\nWomen,Dewsbury\n", encoding="utf-8")
    flow = looks_over.flow
    flow.start([sheet])
    from cohesion_qda.ui.attributes.sheet_dialog import SheetDialog

    dialog = flow.parent().findChild(SheetDialog)
    assert dialog is not None
    dialog.accept()
    found: list[Any] = []
    study.ask(lambda p: p.sources.attributes(), found.append)
    assert list(found[0].values()) == [{"place": "Dewsbury"}]


def test_nothing_to_import_is_said(looks_over: Any, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    page = looks_over(tmp_path / "photos")
    assert page is None or page.header.meta.text() == "1 file; 1 could not be read"
