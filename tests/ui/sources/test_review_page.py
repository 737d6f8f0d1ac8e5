"""The review page: what a person sees of every file, and what each press does."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QMessageBox, QPushButton

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.model.source import HowToRead
from cohesion_qda.project.asked import ToSeek
from cohesion_qda.project.sources import ImportResult
from cohesion_qda.ui.runner import everything
from cohesion_qda.ui.sources import review_table
from cohesion_qda.ui.sources.like_dialog import LikeDialog
from cohesion_qda.ui.sources.review import ReviewPage
from cohesion_qda.ui.sources.review_item import SPEECH
from cohesion_qda.ui.sources.speakers_pane import NAME, ROLE, SHARE
from tests.ui.sources.made import draft, review


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
    page = looks_over(folder / "Torn.docx", folder / "Men.txt")
    page.table.go_to(page.review.errors[0])
    assert page.header.meta.text() == "2 files; none needs a look; 1 could not be read"
    page.review.items[0].is_ticked = False
    page.foot.refresh()
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
    talks = (draft(("Int", "Why?"), ("Amina", f"It is {n}.")) for n in range(len(names)))
    found = (replace(one, path=Path(name), file_name=name) for one, name in zip(talks, names, strict=True))
    page = ReviewPage(runner, review(*found, CannotReadSource(Path("b"), "No.", "Try.")))
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
    assert "Left out: here already, as Men" in review_table.told(page.review.items[0])
    assert "Left out" not in review_table.told(page.review.items[1])
    assert page.add.text() == "Import 1 source"
    page = looks_over(folder / "Men.txt")
    assert page.add.toolTip() == "All that is ticked is in the project already."
    assert not page.add.isEnabled()


def test_copies_in_one_drop_are_marked_and_not_counted(looks_over: Any, folder: Path, study: Any) -> None:
    (folder / "Women (copy).txt").write_bytes((folder / "Women.txt").read_bytes())
    page = looks_over(folder)
    assert [review_table.here_words(item) for item in page.review.items] == [
        "",
        "",
        "Left out: the same as Women (copy).txt",
    ]
    assert page.add.text() == "Import 2 sources"
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert review_table.here_words(page.review.items[2]) == ""
    page.add.click()
    assert [name for name, *_rest in sources(study)] == ["Men", "Women"]


def test_a_conversation_that_comes_in_two_formats_is_asked_about(looks_over: Any, tmp_path: Path) -> None:
    said = [("Dev" if n % 2 else "Carol", f"I would say that it is number {n}, honestly.") for n in range(12)]
    (tmp_path / "a.txt").write_text("".join(f"{who}: {words}\n" for who, words in said), encoding="utf-8")
    bold = "".join(f"**{who}:** {words}\n\n" for who, words in said[1:])
    (tmp_path / "b.md").write_text(bold, encoding="utf-8")
    page = looks_over(tmp_path / "a.txt", tmp_path / "b.md")
    page.table.go_to(page.review.items[1])
    assert page.panel.asks.asks[0].words == "Most of what is said here is in a.txt, too."
    page.panel.asks.press("Leave this one out")
    assert page.add.text() == "Import 1 source"
    assert page.panel.asks.asks == []


def test_a_folder_imported_again_leaves_values_that_were_changed_since(
    looks_over: Any, folder: Path, study: Any
) -> None:
    (folder / "attributes.csv").write_text("source,participant,place,age\nWomen,,Batley,\nWomen,Amina,,34\n", "utf-8")
    (folder / "Men.txt").rename(folder.parent / "Men.txt")
    looks_over(folder).add.click()
    study.do(lambda p: p.sources.set_attribute(p.sources.get("Women").id, "place", "Birstall"))
    page = looks_over(folder)
    words = page.foot.sheet_words.text()
    assert words == "attributes.csv: values for nothing new; what is here already keeps its own"
    assert not page.add.isEnabled()
    (folder.parent / "Men.txt").rename(folder / "Men.txt")
    page = looks_over(folder)
    page.add.click()

    def places() -> dict[str, str]:
        found: list[Any] = []
        study.ask(
            lambda p: {p.sources.get(s).name: v["place"] for s, v in p.attributes.values("source").items() if v},
            found.append,
        )
        return found[0]

    assert places() == {"Women": "Birstall"}
    page = looks_over(folder)
    page.foot.match_sheet()
    page.findChildren(QDialog)[-1].accept()
    assert page.foot.sheet_words.text() == "attributes.csv: values for 1 source, 1 person"
    assert page.add.text() == "Set the values"
    page.add.click()
    assert places() == {"Women": "Batley"}, "somebody has looked at the sheet, and wants it so"


def survey(path: Path, *answers: str) -> Path:
    rows = ["What brings people together round here?,What gets in the way of that?"]
    long = "It is the road out of town, which nobody looks after,"
    rows += [
        f'"{long} {n}: {answer}","The same again, as far as I can see: {answer}"' for n, answer in enumerate(answers)
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_of_a_survey_it_is_said_how_many_of_its_answers_are_here(looks_over: Any, tmp_path: Path, study: Any) -> None:
    path = survey(tmp_path / "wave.csv", "the park", "the mill", "the bus")
    looks_over(path).add.click()
    assert len(sources(study)) == 3
    study.do(lambda project: project.sources.remove(project.sources.list()[1].id))
    (item,) = looks_over(path).review.items
    assert "Left out: 2 of 3 sources, here already" in review_table.told(item)
    assert len(item.here_already) == 2


def test_a_file_that_is_read_in_another_way_is_asked_about_again(looks_over: Any, tmp_path: Path, study: Any) -> None:
    path = survey(tmp_path / "wave.csv", "the park", "the mill", "the bus")
    looks_over(path).add.click()
    page = looks_over(path)
    assert len(page.review.items[0].here_already) == 3
    page.panel.how.form.choose("questions")
    assert page.review.items[0].here_already == []
    assert "here already" not in review_table.told(page.review.items[0])


def test_a_name_that_makes_it_another_conversation_is_asked_about_again(
    looks_over: Any, folder: Path, tmp_path: Path, study: Any, qtbot: Any
) -> None:
    """The same words in another file are here already, unless other people said them."""
    looks_over(folder / "Men.txt").add.click()
    copy = tmp_path / "Copy.txt"
    copy.write_text((folder / "Men.txt").read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    page = looks_over(copy)
    item = page.review.items[0]
    assert "Left out: here already, as Men" in review_table.told(item)
    page.panel.people.speakers.renamed.emit("Dev", "Devinder")
    qtbot.waitUntil(lambda: "Left out" not in review_table.told(item))
    page.add.click()
    assert [name for name, *_rest in sources(study)] == ["Copy", "Men"]


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
    page.panel.how.form.choose("none")
    QTest.mouseClick(page.head.like, Qt.MouseButton.LeftButton)
    dialog = page.findChildren(LikeDialog)[-1]
    assert [dialog.what.item(n).text() for n in range(dialog.what.count())] == [
        "Kind of source: Interview", "Speakers: No speakers",
    ]  # fmt: skip
    assert [dialog.files.item(n).text() for n in range(dialog.files.count())] == ["Women.txt"]
    assert dialog.take.text() == "Use for 1 file"
    dialog.accept()
    assert [(item.kind, item.turns) for item in page.review.items] == [("interview", 0), ("interview", 0)]
    (said,) = page.given.asks
    assert said.words == "Kind of source: Interview; Speakers: No speakers. Used for 1 file: Women.txt."
    page.given.press("Take this back")
    assert [(item.kind, item.turns) for item in page.review.items] == [("interview", 0), ("focus group", 7)]
    assert not page.given.isVisible()


def test_a_role_is_used_for_others_only_where_it_is_ticked(looks_over: Any, folder: Path) -> None:
    page = looks_over(folder)
    page.review.items[0].set_role("Carol", "observer")
    page.panel.how.kind.choose("interview")
    page.head.like.click()
    dialog = page.findChildren(LikeDialog)[-1]
    ticks = [dialog.what.item(n).checkState() == Qt.CheckState.Checked for n in range(2)]
    assert ticks == [True, False], "a role is somebody's in this group"
    dialog.accept()
    assert {speaker.role for speaker in page.review.items[1].speakers()} == {"moderator", "participant"}
    assert page.review.items[1].kind == "interview"


def test_a_pattern_goes_only_to_the_files_it_fits(looks_over: Any, tmp_path: Path, qtbot: Any) -> None:
    for name, said in (
        ("a", "{who} speaks {n} said."),
        ("b", "{who} speaks {n} was said."),
        ("c", "{who} is number {n}."),
    ):
        lines = (said.format(who="Ann" if n % 2 else "Bob", n=n) for n in range(8))
        (tmp_path / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    page = looks_over(*(tmp_path / f"{name}.txt" for name in "abc"))
    page.panel.how.form.choose("pattern")
    QTest.keyClicks(page.panel.how.pattern, "NAME speaks")
    QTest.keyClick(page.panel.how.pattern, Qt.Key.Key_Return)
    page.head.like.click()
    page.findChildren(LikeDialog)[-1].accept()
    assert [item.turns for item in page.review.items] == [8, 8, 0]
    assert page.given.asks[0].words.endswith(
        "Used for 1 file: b.txt. It does not fit these, which stay as they were: c.txt."
    )
    assert page.review.items[2].trouble is None


def test_a_pattern_that_nothing_begins_like_is_said_and_one_that_leaves_marks(
    looks_over: Any, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "Odd.txt"
    path.write_text("".join(f"{'Ann' if n % 2 else 'Bob'} >> I say {n}.\n" for n in range(8)), encoding="utf-8")
    page = looks_over(path)
    how = page.panel.how
    how.form.choose("pattern")
    QTest.keyClicks(how.pattern, "TIME NAME =")
    QTest.keyClick(how.pattern, Qt.Key.Key_Return)
    assert how.trouble.isVisible()
    assert how.trouble.text().startswith("Nothing in the file begins like “TIME NAME =”.")
    how.pattern.clear()
    QTest.keyClicks(how.pattern, "NAME >")
    QTest.keyClick(how.pattern, Qt.Key.Key_Return)
    assert not how.trouble.isVisible()
    assert how.example.text().startswith("Each turn begins with “>” now.")
    QTest.keyClicks(how.pattern, ">")
    QTest.keyClick(how.pattern, Qt.Key.Key_Return)
    assert how.example.text().startswith("Write how a turn begins")


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


def test_enter_presses_the_button_that_has_the_focus(looks_over: Any, folder: Path, study: Any) -> None:
    page = looks_over(folder / "Women.txt")
    join = page.panel.asks.buttons()[0]
    join.setFocus()
    QTest.keyClick(join, Qt.Key.Key_Return)
    assert ("Carol", "Participant", "3") in people(page)
    assert page.focusWidget() is page.table, "the last question is answered: back to the files"
    page.add.setFocus()
    QTest.keyClick(page.add, Qt.Key.Key_Enter)
    assert sources(study) == [("Women", "focus group", 7)]


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
    study.ask(lambda p: {s.name: p.attributes.values("source").get(s.id, {}) for s in p.sources.list()}, found.append)
    assert found == [{"Men": {"place": "Batley"}, "Women": {}}]


def test_of_a_survey_the_values_of_the_one_that_is_shown_are_shown(looks_over: Any, tmp_path: Path) -> None:
    rows = "".join(f"R0{n},{area},It is the road out of town for {n} of us; nobody sees to it.\n"
                   for n, area in enumerate(("Heck", "Batley", "Mirfield"), 1))  # fmt: skip
    path = tmp_path / "wave.csv"
    path.write_text(f"Respondent,Area,What gets in the way of that for you?\n{rows}", encoding="utf-8")
    page = looks_over(path)
    values = page.panel.values

    def area() -> str:
        row = next(row for row in range(values.rowCount()) if values.item(row, 0).text() == "Area")
        return values.item(row, 1).text()

    assert area() == "Heck"
    assert page.preview.before.text() == "Previous source"
    page.preview.after.click()
    page.preview.after.click()
    third = page.review.items[0].read.drafts[2].name
    assert area() == "Mirfield"
    assert page.panel._values_title.text() == f"What is known about {third}"
    row = next(row for row in range(values.rowCount()) if values.item(row, 0).text() == "Area")
    values.item(row, 1).setText("Huddersfield")
    QApplication.processEvents()
    assert [draft.attributes["Area"] for draft in page.drafts] == ["Heck", "Batley", "Huddersfield"]
    assert page.panel.valued.asks[0].words == f"Area “Huddersfield” is for {third} only."
    page.panel.valued.press("Use it for all 3 sources")
    assert {draft.attributes["Area"] for draft in page.drafts} == {"Huddersfield"}
    page.panel.valued.press("Take this back")
    assert [draft.attributes["Area"] for draft in page.drafts] == ["Heck", "Batley", "Mirfield"]


@pytest.mark.parametrize("name", ["attributes.csv", "who took part.csv"])
def test_a_sheet_beside_the_files_is_taken_whatever_it_is_called(looks_over: Any, folder: Path, name: str) -> None:
    (folder / name).write_text(
        "source,participant,place,kind,age\nWomen,,Dewsbury,focus group,\nWomen,Amina,,,34\nMen,Devv,,,50\n",
        encoding="utf-8",
    )
    page = looks_over(folder)
    assert page.sheet is not None
    assert page.foot.sheet_words.text() == f"{name}: values for 1 source, 1 person; 1 name matches nothing"
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
    assert dialog.find.isHidden(), "they are looked for in any case"
    dialog.text.setPlainText("1. What brings people together?\n\n  What gets in the way?  \nWhat gets in the way?")
    dialog.accept()
    assert "twice" in dialog.banner.message.text(), "before the import, not after it"
    dialog.text.setPlainText("1. What brings people together?\n\n  2) What gets in the way?  ")
    dialog.accept()
    assert dialog.given == ["What brings people together?", "What gets in the way?"]
    assert page.foot.guide_button.text() == "2 questions"
    page.add.click()
    found: list[str] = []
    study.ask(lambda p: [question.text for question in p.guide.questions()], found.extend)
    assert found == ["What brings people together?", "What gets in the way?"]


def test_questions_are_found_off_the_project_s_thread_before_it_is_written(
    looks_over: Any, folder: Path, study: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks_over(folder / "Men.txt").add.click()
    study.do(lambda p: p.guide.set(["What brings people together?", "What gets in the way?"]))
    searched: list[list[str]] = []
    seek = ToSeek.seek

    def told(wanted: ToSeek, job: Any = None, known: Any = None) -> Any:
        if known is None:
            searched.append([draft.name for draft in wanted.drafts.values()])
        else:
            assert known.begins.keys() == wanted.drafts.keys(), "nothing is left to be found when it is written"
        return seek(wanted, job, known)

    monkeypatch.setattr(ToSeek, "seek", told)
    page = looks_over(folder)
    told = page.told
    page.add.click()
    assert searched == [["Women"]], "what the project has is not searched"
    assert ("Imported Women. 2 of 2 questions of the guide were found, in 1 of 1 sources.", True) in told
    found: list[int] = []
    study.ask(lambda p: len(p.sections.of(p.sources.get("Women").id)), found.append)
    assert found == [2]


def test_finding_the_questions_can_be_stopped_and_nothing_that_was_said_is_lost(
    looks_over: Any, folder: Path, study: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = looks_over(folder / "Men.txt")
    page.panel.how.kind.choose("interview")
    page.review.guide = ["What gets in the way?"]

    def stop(_wanted: ToSeek, job: Any) -> Any:
        job.cancel()
        job.step(1, 2)

    with monkeypatch.context() as patched:
        patched.setattr(ToSeek, "seek", stop)
        page.add.click()
    assert sources(study) == []
    again = looks_over.flow.dialog
    assert again is not page
    assert again.isVisible()
    assert again.foot.guide_button.text() == "1 question"
    again.add.click()
    assert [kind for _name, kind, *_rest in sources(study)] == ["interview"]


def test_an_import_does_not_go_into_a_project_that_was_opened_meanwhile(
    looks_over: Any, folder: Path, study: Any, made_study: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = looks_over(folder / "Men.txt")
    page.review.guide = ["What gets in the way?"]
    other = Path(shutil.copy(made_study, tmp_path / "other.cqda"))
    seek = ToSeek.seek

    def opened_meanwhile(wanted: ToSeek, job: Any) -> Any:
        study.open(other)
        return seek(wanted, job)

    with monkeypatch.context() as patched:
        patched.setattr(ToSeek, "seek", opened_meanwhile)
        page.add.click()
    assert page.told[-1][0].startswith("Nothing was imported, because another project")
    assert sources(study) == []
    looks_over(folder / "Men.txt").add.click()
    assert len(sources(study)) == 1


def test_a_guide_is_kept_although_every_file_is_there_already(looks_over: Any, folder: Path, study: Any) -> None:
    looks_over(folder / "Men.txt").add.click()
    page = looks_over(folder / "Men.txt")
    page.review.guide = ["What gets in the way?"]
    page.foot.changed.emit()
    page.add.click()
    assert page.told[-1] == ("Set a guide of 1 question", True)


def test_a_guide_comes_from_a_file(looks_over: Any, folder: Path, tmp_path: Path) -> None:
    page = looks_over(folder / "Men.txt")
    page.foot.open_guide()
    dialog = page.findChildren(QDialog)[-1]
    guide = tmp_path / "guide.txt"
    guide.write_text("1. What brings people together?\n2. What gets in the way?\n", encoding="utf-8")
    dialog.use_file(guide)
    assert len(dialog.questions) == 2
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
    study.ask(lambda p: p.attributes.values("source"), found.append)
    assert list(found[0].values()) == [{"place": "Dewsbury"}]


def test_nothing_to_import_is_said(looks_over: Any, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "us.jpg").write_bytes(b"\xff\xd8\xff")
    assert looks_over(tmp_path / "photos") is None
    ((said, why),) = looks_over.told
    assert said in ("Nothing could be imported.", "Nothing was found to import.")
    assert "photos" in why


def test_what_is_dropped_meanwhile_is_read_when_the_first_import_is_done(
    looks_over: Any, folder: Path, study: Any, qtbot: Any
) -> None:
    flow = looks_over.flow
    first = looks_over(folder / "Men.txt")
    flow.start([folder / "Women.txt"])
    flow.start([folder / "Women.txt"])
    flow.start([folder / "Men.txt"])
    assert flow.dialog is first, "no second page lies over it"
    assert [words for words, _undo in looks_over.told] == [
        "It is read as soon as the import before it is finished", *["That is being imported already"] * 2,
    ]  # fmt: skip
    first.add.click()
    assert sources(study) == [("Men", "focus group", 7)]
    qtbot.waitUntil(lambda: flow.dialog is not first)
    assert [item.file_name for item in flow.dialog.review.items] == ["Women.txt"]
    flow.dialog.leave()
    assert sources(study) == [("Men", "focus group", 7)]


def test_each_page_imports_its_own_files(looks_over: Any, folder: Path, study: Any) -> None:
    page = looks_over(folder / "Men.txt")
    looks_over.flow.dialog = None
    page.add.click()
    assert sources(study) == [("Men", "focus group", 7)]


def test_closing_the_window_asks_before_anything_is_hidden(looks_over: Any, folder: Path, study: Any) -> None:
    window = looks_over.flow.parent()
    page = looks_over(folder)
    page.panel.how.kind.choose("interview")
    window.close()
    assert window.isVisible()
    assert page.isVisible()
    box = page.findChildren(QMessageBox)[-1]
    leave = next(button for button in box.findChildren(QPushButton) if button.text() == "Leave")
    QTest.mouseClick(leave, Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    window.show()
    page = looks_over(folder)
    window.close()
    assert not window.isVisible(), "nothing was said: nothing is asked"


def test_another_project_takes_the_page_away_and_says_so(looks_over: Any, folder: Path, study: Any) -> None:
    page = looks_over(folder)
    study.close()
    assert not page.isVisible()
    assert looks_over.told[-1][0] == "Nothing was imported, because the project was closed meanwhile."


def test_many_that_were_left_out_do_not_fill_the_window(looks_over: Any) -> None:
    already = tuple((f"{n}.txt", f"Group {n}") for n in range(49))
    looks_over.flow._added(ImportResult(everything("import"), (), already))
    assert looks_over.told[-1][1].endswith("7.txt is here already as Group 7 and 41 more.")


def test_a_menu_shows_its_last_line(looks_over: Any, folder: Path, qtbot: Any) -> None:
    page = looks_over(folder)
    view = page.panel.people
    view.setFocus()
    view.setCurrentIndex(view.speakers.index(1, ROLE))
    view.edit(view.currentIndex())
    roles = next(box for box in view.findChildren(QComboBox))
    qtbot.waitUntil(roles.view().isVisible)
    for box in (roles, page.panel.how.kind):
        box.setFocus()
        box.showPopup()
        lines = sum(box.view().sizeHintForRow(row) for row in range(box.count()))
        assert box.view().viewport().height() >= lines
        box.hidePopup()


def test_a_long_choice_ends_with_dots(looks_over: Any, folder: Path) -> None:
    """What is painted with little room is what is painted for the shortened words."""
    page = looks_over(folder)
    box = page.panel.how.form
    box.setFixedWidth(120)
    words = box.currentText()
    cut = box.grab().toImage()
    box.setItemText(box.currentIndex(), words + " and so on")
    assert box.grab().toImage() == cut, "the end of it is not seen"
    box.setItemText(box.currentIndex(), box.shown())
    assert box.shown().endswith("…")
    assert box.grab().toImage() == cut


def test_names_that_are_long_have_room_before_bars_and_numbers(looks_over: Any, tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "Long.txt"
    path.write_text("".join(f"{'Paul McCartney-Okoye' if n % 2 else 'Jo'}: I say {n}.\n" for n in range(8)), "utf-8")
    page = looks_over(path)
    view = page.panel.people
    view.setFixedWidth(290)
    qtbot.waitUntil(lambda: view.isColumnHidden(SHARE))
    wanted = view.fontMetrics().horizontalAdvance("Paul McCartney-Okoye") + 16
    assert view.columnWidth(NAME) >= wanted
    assert "4 turns, 12 words, 50%" in view.speakers.index(1, NAME).data(Qt.ItemDataRole.ToolTipRole)
    view.setFixedWidth(480)
    qtbot.waitUntil(lambda: not view.isColumnHidden(SHARE))


def test_what_is_written_from_right_to_left_is_shown_so(looks_over: Any, tmp_path: Path) -> None:
    path = tmp_path / "محادثة.txt"
    path.write_text("أمينة: مرحبا بكم في باتلي\nكارول: شكرا لك\nأمينة: الحديقة جميلة\nكارول: نعم\n", encoding="utf-8")
    page = looks_over(path)
    text = page.preview.text
    name, speech = text.document().find("كارول"), text.document().find("شكرا")
    assert text.cursorRect(name).center().x() > text.cursorRect(speech).center().x()
    assert text.horizontalScrollBar().maximum() == 0
    assert page.head.name.text().startswith("\u200e"), "its ending stands behind it, as in the list"


def test_no_scroll_bar_lies_under_the_first_showing(looks_over: Any, folder: Path, qtbot: Any) -> None:
    page = looks_over(folder)
    assert page.preview.text.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    QApplication.processEvents()
    assert page.preview.text.document().size().width() <= page.preview.text.viewport().width()
