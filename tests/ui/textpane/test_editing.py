"""Correcting in the room: what is typed is recorded exactly, turns stay apart, and one act keeps it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QTextCursor
from PySide6.QtTest import QTest

from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit, applied, normalised
from cohesion_qda.ui.textpane import editing_text
from cohesion_qda.ui.textpane.editing_draft import left
from cohesion_qda.ui.textpane.editing_surface import EditSurface
from cohesion_qda.ui.textpane.room import ReadPage
from tests import makers


@pytest.fixture
def page(runner, theme, qtbot, tmp_path: Path) -> Iterator[ReadPage]:
    project = makers.small_study(tmp_path / "study.cqda")
    makers.code(project, "Women", "We share food over the wall 😀", "What unites/Food")
    makers.code(project, "Women", "Everybody is in the park", "What unites/Public spaces")
    source = project.sources.get("Women").id
    project.close()
    shown = ReadPage(runner)
    qtbot.addWidget(shown)
    shown.resize(1440, 900)
    runner.changed.connect(shown.on_change)
    runner.open(tmp_path / "study.cqda")
    shown.show()
    shown.show_source(source)
    qtbot.waitUntil(lambda: shown.view.reading is not None)
    yield shown
    assert runner.problems == [] or getattr(shown, "expects_problems", False)


def ask(page: ReadPage, question):
    answers: list = []
    page.runner.ask(question, answers.append)
    return answers[0]


def editing(page: ReadPage) -> EditSurface:
    page.mending.correcting.begin()
    surface = page.mending.correcting.surface
    assert surface is not None
    assert page.mending.correcting.is_on
    return surface


def put(surface: EditSurface, words: str, *, after: bool = False, select: bool = False) -> None:
    assert surface.typed is not None
    start = surface.typed.text.index(words)
    cursor = surface.textCursor()
    cursor.setPosition(surface.typed.position(start + (len(words) if after else 0)))
    if select:
        cursor.setPosition(surface.typed.position(start + len(words)), QTextCursor.MoveMode.KeepAnchor)
    surface.setTextCursor(cursor)


def quotes(page: ReadPage) -> list[str]:
    return ask(page, lambda p: [passage.quote for passage in p.codings.retrieve()])


def text(page: ReadPage) -> str:
    return ask(page, lambda p: p.sources.text(p.sources.get("Women").id))


def holds(surface: EditSurface) -> bool:
    """The mirror is what the document holds, and what was recorded makes it of the old text."""
    typed = surface.typed
    assert typed is not None
    assert typed.shown == surface.toPlainText()
    assert applied(typed.reading.text, typed.edits()) == typed.text
    return len(typed.owners) == len(typed.lines)


def test_a_typing_error_before_an_emoji(page: ReadPage) -> None:
    surface = editing(page)
    put(surface, "neighbours", after=True)
    QTest.keyClicks(surface, " and friends 1")
    put(surface, "😀 every", after=True)
    QTest.keyClicks(surface, "body")
    assert holds(surface)
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    assert not page.mending.correcting.is_on
    assert "neighbours and friends 1, I think. We share food over the wall 😀 everybody Eid." in text(page)
    assert quotes(page) == ["We share food over the wall 😀", "Everybody is in the park"]
    assert page.view.reading is not None
    assert page.view.reading.text == text(page)
    page.runner.undo()
    assert "neighbours, I think" in text(page)


def test_nothing_typed_is_no_act(page: ReadPage) -> None:
    before = ask(page, lambda p: len(p.history.trail()))
    surface = editing(page)
    QTest.keyClicks(surface, "x")
    QTest.keyClick(surface, Qt.Key.Key_Backspace)
    QTest.keyClick(surface, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not page.mending.correcting.is_on
    assert ask(page, lambda p: len(p.history.trail())) == before


def test_the_editors_own_undo_takes_typing_back(page: ReadPage) -> None:
    surface = editing(page)
    put(surface, "food", select=True)
    QTest.keyClicks(surface, "bread")
    surface.undo()
    surface.undo()
    assert holds(surface)
    assert surface.typed is not None
    assert surface.typed.edits() == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_two_turns_do_not_become_one_by_accident(page: ReadPage, key: Qt.Key) -> None:
    surface = editing(page)
    said: list[str] = []
    surface.said.connect(said.append)
    put(surface, "We share", after=False)
    put(surface, "Knowing" if key == Qt.Key.Key_Backspace else "to you?", after=key == Qt.Key.Key_Delete)
    QTest.keyClick(surface, key)
    assert said == ["Another turn begins here. To make the two one, choose “Join with the turn before” in the menu."]
    assert surface.typed is not None
    assert surface.typed.edits() == []


def test_a_key_of_the_system_that_would_join_turns_is_taken_back(page: ReadPage) -> None:
    surface = editing(page)
    said: list[str] = []
    surface.said.connect(said.append)
    put(surface, "to you?", after=True)
    QTest.keyClick(
        surface, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier
    )  # to the end of the line, on some systems
    surface.typed.is_run_together = False
    put(surface, "to you?", after=True)
    surface.textCursor().deleteChar()  # as such a key would
    assert surface.typed.is_run_together
    QTest.keyClick(surface, Qt.Key.Key_Left)
    assert surface.typed.edits() == []
    assert said[-1].startswith("Another turn begins here.")


@pytest.mark.parametrize("how", ["delete", "type", "paste", "cut"])
def test_words_of_several_turns_are_taken_out_and_the_turns_stay(page: ReadPage, how: str) -> None:
    surface = editing(page)
    assert surface.typed is not None
    whole = surface.typed.text
    start, end = whole.index("every Eid"), whole.index("what gets")
    cursor = surface.textCursor()
    cursor.setPosition(surface.typed.position(start))
    cursor.setPosition(surface.typed.position(end), QTextCursor.MoveMode.KeepAnchor)
    surface.setTextCursor(cursor)
    if how == "delete":
        QTest.keyClick(surface, Qt.Key.Key_Delete)
    elif how == "type":
        QTest.keyClicks(surface, "Z")
    elif how == "cut":
        surface.cut()
    else:
        data = QMimeData()
        data.setText("Z")
        surface.insertFromMimeData(data)
    assert holds(surface)
    new = "Z" if how in ("type", "paste") else ""
    assert f"over the wall 😀 {new}\n\nwhat gets in the way?" in surface.typed.text
    assert surface.typed.owners[:4] == [0, 1, 2, 3]
    surface.undo()
    if new:
        surface.undo()
    assert holds(surface)
    assert surface.typed.owners == [0, 1, 2, 3, 4, 5]


def test_cancel_is_no_act_and_what_was_typed_can_be_brought_back(page: ReadPage) -> None:
    said: list[str] = []
    page.say.connect(lambda words, _undo: said.append(words))
    page.runner.undo()  # a coding, to be done again
    before, acts, again = text(page), ask(page, lambda p: p.history.trail()), ask(page, lambda p: p.history.can_redo())
    strip = page.mending.correcting.strip
    surface = editing(page)
    assert not strip.again.isVisible()
    put(surface, "food", select=True)
    QTest.keyClicks(surface, "bread")
    page.mending.correcting._pause.timeout.emit()
    QTest.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    assert not page.mending.correcting.is_on
    assert said[-1] == "The text is as it was. Correcting it again offers what you typed."
    assert text(page) == before and [*page.runner.info.path.parent.glob("*-typing-*")] == []
    assert ask(page, lambda p: p.history.trail()) == acts
    assert again is not None and ask(page, lambda p: p.history.can_redo()) == again
    editing(page)
    assert strip.again.isVisible()
    QTest.mouseClick(strip.again, Qt.MouseButton.LeftButton)
    assert not strip.again.isVisible()
    assert "We share bread over" in surface.toPlainText()
    page.mending.correcting.done()
    assert "We share bread over" in text(page)
    editing(page)
    assert not strip.again.isVisible()


def test_the_offer_goes_with_the_first_key(page: ReadPage) -> None:
    surface, strip = editing(page), page.mending.correcting.strip
    QTest.keyClicks(surface, "Well. ")
    page.mending.correcting.cancel()
    editing(page)
    QTest.keyClicks(surface, "O")
    assert not strip.again.isVisible()
    QTest.keyClick(surface, Qt.Key.Key_Backspace)
    page.mending.correcting.cancel()
    editing(page)
    assert strip.again.isVisible()


def test_cancel_takes_no_other_act_back(page: ReadPage) -> None:
    """A line end typed over by another kind of line end is nothing, once it is canonical."""
    surface = editing(page)
    put(surface, "We share")
    QTest.keyClick(surface, Qt.Key.Key_Return)
    page.mending.correcting.done()
    kept = ask(page, lambda p: p.history.can_undo())
    assert kept == "Corrected 1 place of “Women”"
    editing(page)
    put(surface, "\nWe share")
    surface.moveCursor(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
    QTest.keyClick(surface, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert surface.typed.edits()
    page.mending.correcting.cancel()
    assert not page.mending.correcting.is_on
    assert ask(page, lambda p: p.history.can_undo()) == kept


def test_a_place_of_the_text_is_shown_where_it_is_by_now(page: ReadPage) -> None:
    surface = editing(page)
    start = page.view.reading.text.index("over the wall")
    QTest.keyClicks(surface, "Well 1. ")
    page.show_source(page.source, Span(start, start + 4))
    assert page.mending.correcting.is_on and surface.textCursor().selectedText() == "over"
    page.show_source(page.source)
    assert page.mending.correcting.is_on


def test_a_text_corrected_elsewhere_is_noticed_and_nothing_is_lost(page: ReadPage) -> None:
    page.expects_problems = True
    surface = editing(page)
    QTest.keyClicks(surface, "Well. ")
    source = page.view.reading.source.id
    ask(page, lambda p: p.corrections.correct(source, [Edit(0, 4, "How")]))
    page.mending.correcting.on_change(ask(page, lambda p: p.history.undo() and p.history.redo()))
    strip = page.mending.correcting.strip
    assert "changed meanwhile" in strip.words.text()
    assert not strip.done.isEnabled()
    page.mending.correcting.done()
    assert "was changed meanwhile" in str(page.runner.problems[-1])
    assert page.mending.correcting.is_on
    assert surface.toPlainText().startswith("Well. What")
    assert not surface.isReadOnly()
    page.mending.correcting.cancel()
    assert not page.mending.correcting.is_on
    assert text(page).startswith("How does")


def test_what_was_typed_survives_the_end_of_the_program(page: ReadPage) -> None:
    surface = editing(page)
    put(surface, "food", select=True)
    QTest.keyClicks(surface, "bread")
    put(surface, "😀 every", after=True)
    QTest.keyClicks(surface, "body ")
    correcting = page.mending.correcting
    correcting._pause.timeout.emit()  # a pause in typing
    folder = page.runner.info.path.parent
    assert len([*folder.glob("*-typing-*")]) == 1
    correcting._forget()  # the program ends without a word
    again = editing(page)
    assert again.toPlainText().count("We share bread over the wall 😀 everybody  Eid.") == 1
    assert correcting.strip.words.text() == "What you typed last time is here again. Done keeps it, Cancel discards it."
    correcting.done()
    assert "We share bread over the wall 😀 everybody  Eid." in text(page)
    assert quotes(page)[0] == "We share bread over the wall 😀"
    assert [*folder.glob("*-typing-*")] == []


def test_another_source_keeps_what_was_typed(page: ReadPage) -> None:
    surface = editing(page)
    QTest.keyClicks(surface, "Well. ")
    other = ask(page, lambda p: p.sources.get("Young people").id)
    page.show_source(other)
    assert not page.mending.correcting.is_on
    assert text(page).startswith("Well. What does")
    assert page.view.reading is not None
    assert page.view.reading.source.id == other


def test_where_it_cannot_be_kept_the_other_source_waits(page: ReadPage) -> None:
    page.expects_problems = True
    women, other = page.source, ask(page, lambda p: p.sources.get("Young people").id)
    places: list = []
    page.open_passage.connect(lambda source, span: places.append((source, span)))
    surface = editing(page)
    QTest.keyClicks(surface, "Well. ")
    page.runner.do(lambda p: p.corrections.correct(women, [Edit(0, 0, "Z")]))
    page.show_source(other)
    assert page.source == women and page.mending.correcting.is_on
    assert page._stack.currentWidget() is surface and surface.toPlainText().startswith("Well. What")
    assert places == [(women, None)]  # the navigator says where one is
    page.mending.correcting.cancel()
    page.show_source(other)
    assert page.source == other


def test_lost_passages_are_reviewed(page: ReadPage, qtbot) -> None:
    surface = editing(page)
    put(surface, "Everybody is in the park", select=True)
    QTest.keyClicks(surface, "All go")
    page.mending.correcting.done()
    lost = page.mending.lost
    assert lost.strip.isVisible()
    assert lost.strip.words.text() == "1 passage lost its text to a correction."
    lost.open()
    assert lost.panel.isVisible()
    assert not lost.strip.isVisible()
    assert (
        lost.panel.list.item(0).text().startswith("“Everybody is in the park”   Public spaces · Asha\nWomen, turn 3: …")
    )
    assert lost.panel.let_go_button.text() == "Let it go, with 1 coding"
    said: list[str] = []
    page.say.connect(lambda words, _undo: said.append(words))
    page.view.clear()
    lost.panel.place_button.click()
    assert said[-1] == "Select the words in the transcript first, then place the passage on them."
    start = page.view.reading.text.index("All go")
    page.view.select(Span(start, start + 6))
    lost.panel.place_button.click()
    assert quotes(page)[1] == "All go"
    assert not lost.panel.isVisible()
    assert not lost.strip.isVisible()
    page.runner.undo()
    assert lost.strip.isVisible()
    lost.open()
    lost.panel.let_go_button.click()
    assert ask(page, lambda p: p.corrections.lost()) == []
    lost.open()
    assert said[-1] == "No passage has lost its text."


def test_who_said_it(page: ReadPage) -> None:
    reading = page.view.reading
    assert reading is not None
    speaking = page.mending.speaking
    point = reading.text.index("Knowing")
    from PySide6.QtWidgets import QMenu

    menu = QMenu(page)
    speaking.add_to(menu, reading, point, None)
    words = [action.text() for action in menu.actions()]
    assert words == ["Said by", "Split the turn here", "Join with the turn before"]
    who = menu.actions()[0].menu()
    assert [(a.text(), a.isChecked()) for a in who.actions() if a.text()] == [
        ("Moderator", False), ("Amina", True), ("Carol", False), ("Joan", False), ("Somebody else …", False)
    ]  # fmt: skip
    who.actions()[2].trigger()
    assert page.view.reading.speakers[page.view.reading.turns[1].speaker].label == "Carol"
    span = Span(reading.text.index("We share"), reading.text.index(" over the wall"))
    menu = QMenu(page)
    speaking.add_to(menu, page.view.reading, span.start, span)
    assert menu.actions()[0].text() == "These words were said by"
    next(a for a in menu.actions()[0].menu().actions() if a.text() == "Joan").trigger()
    assert [page.view.reading.speakers[t.speaker].label for t in page.view.reading.turns[1:4]] == [
        "Carol",
        "Joan",
        "Carol",
    ]


def test_split_and_join_by_key_while_correcting(page: ReadPage, qtbot) -> None:
    surface = editing(page)
    put(surface, "neighbours", select=True)
    QTest.keyClicks(surface, "people")
    put(surface, "We share")
    action = {a.shortcut().toString(): a for a in page.actions_for_menu()["edit"]}
    action["Ctrl+Shift+Return"].trigger()
    qtbot.waitUntil(lambda: page.mending.correcting.is_on)
    turns = ask(page, lambda p: p.sources.reading(p.sources.get("Women").id))
    assert [t.span.of(turns.text) for t in turns.turns[1:3]] == [
        "Knowing your people, I think.", "We share food over the wall 😀 every Eid."
    ]  # fmt: skip
    page.mending.correcting.done()
    page.view.put_caret(turns.turns[2].span.start)
    action["Ctrl+Shift+Backspace"].trigger()
    assert len(ask(page, lambda p: p.sources.reading(p.sources.get("Women").id)).turns) == 6


@pytest.mark.parametrize("long", [20_000, 40])
def test_random_typing_is_recorded(page: ReadPage, long: int, monkeypatch) -> None:
    """Also where the paragraphs are shown in parts."""
    monkeypatch.setattr(editing_text, "LONG", long)
    monkeypatch.setattr(editing_text, "PART", long // 2)
    random_ = random.Random(4)
    surface = editing(page)
    parts = [n for n, one in enumerate(surface.typed.stretches) if one.goes_on]
    assert bool(parts) == (long == 40)
    for _step in range(150):
        cursor = surface.textCursor()
        assert surface.typed is not None
        cursor.setPosition(surface.typed.position(random_.randrange(len(surface.typed.text) + 1)))  # between characters
        surface.setTextCursor(cursor)
        what = random_.randrange(7)
        if what == 0:
            surface.insertPlainText(random_.choice(["😀", "سلامٌ", "क्षि", "e\u0301", "a\nb", "\n"]))
        elif what == 1:
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, random_.randrange(30))
            surface.setTextCursor(cursor)
            QTest.keyClicks(surface, "q")
        elif what == 2:
            surface.undo()
        elif what == 3:
            surface.redo()
        elif what == 4:
            QTest.keyClick(surface, Qt.Key.Key_Return)
        else:
            QTest.keyClick(surface, random_.choice([Qt.Key.Key_Backspace, Qt.Key.Key_Delete]))
        assert holds(surface)
        assert [surface.typed.owners[n] for n in range(len(surface.typed.lines)) if surface.typed.goes_on(n)] == parts
    assert surface.typed is not None
    assert surface.typed.owners == sorted(surface.typed.owners)
    assert normalised(surface.typed.reading.text, surface.typed.edits()) == surface.typed.edits()


def test_a_very_long_paragraph_is_shown_in_parts_and_stays_one(page: ReadPage, monkeypatch) -> None:
    monkeypatch.setattr(editing_text, "LONG", 60)
    monkeypatch.setattr(editing_text, "PART", 50)
    said: list[str] = []
    surface = editing(page)
    surface.said.connect(said.append)
    before = surface.typed.text
    assert before == text(page)
    line = next(n for n in range(len(surface.typed.lines)) if surface.typed.goes_on(n))
    assert surface.stretch_at(line)[1] is False and surface.typed.lines[line - 1].endswith(".")
    cursor = surface.textCursor()
    cursor.setPosition(surface.document().findBlockByNumber(line).position())
    surface.setTextCursor(cursor)
    QTest.keyClick(surface, Qt.Key.Key_Backspace)
    assert surface.typed.edits() == [] and "shown in parts" in said[-1]
    surface.textCursor().deletePreviousChar()  # as a key would that is not known here
    QTest.keyClick(surface, Qt.Key.Key_Left)
    assert surface.typed.edits() == [] and surface.typed.text == before and len(said) == 2
    cursor.setPosition(surface.document().findBlockByNumber(line).position())
    surface.setTextCursor(cursor)
    QTest.keyClicks(surface, "So ")
    surface.selectAll()
    assert surface.selection().of(surface.typed.text) == surface.createMimeDataFromSelection().text()
    wanted = surface.typed.text
    assert "\n".join(surface.typed.lines) != wanted and wanted.replace("So ", "", 1) == before
    correcting = page.mending.correcting
    correcting.put_down()
    correcting._forget()  # the program ends without a word
    assert editing(page).typed.text == wanted
    correcting.done()
    assert text(page) == wanted


def test_words_are_found_where_they_are_by_now(page: ReadPage) -> None:
    surface = editing(page)
    QTest.keyClicks(surface, "Well 1. ")
    page.open_find()
    page.find.field.setText("neighbours")
    assert surface.textCursor().selectedText() == "neighbours"


def test_others_codings_are_marked_as_they_come(page: ReadPage, qtbot) -> None:
    surface = editing(page)
    put(surface, "Knowing")
    QTest.keyClicks(surface, "Oh 1, ")
    source = page.view.reading.source.id

    def code(project):
        quote = project.codings.find_quote(source, "The buses.")
        return project.codings.apply(source, quote, [project.codebook.tree().get("What divides/Cuts").id])

    page.runner.do(code)
    line = next(n for n, words in enumerate(surface.typed.lines) if words.startswith("The buses."))
    marks = surface.document().findBlockByNumber(line).layout().formats()
    assert [(mark.start, mark.length) for mark in marks] == [(0, 10)]


def test_what_was_changed_on_another_page_is_seen_on_coming_back(page: ReadPage) -> None:
    page.expects_problems = True
    women = page.source
    page.runner.do(lambda p: p.corrections.correct(women, [Edit(0, 4, "How")]))
    surface, correcting = editing(page), page.mending.correcting
    QTest.keyClicks(surface, "Well. ")
    page.runner.changed.disconnect(page.on_change)  # another page is in view
    page.hide()
    assert [draft.text[:9] for draft in left(page.runner.info.path)] == ["Well. How"]
    page.runner.undo()
    page.show()
    page.entered()
    assert correcting.strip.copy.isVisible() and not correcting.strip.done.isEnabled()
    assert "changed meanwhile" in correcting.strip.words.text() and "elsewhere" not in correcting.strip.words.text()
    QTest.mouseClick(correcting.strip.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("Well. How does")
    correcting.cancel()
    assert text(page).startswith("What does")
    editing(page)
    QGuiApplication.clipboard().clear()
    assert correcting.strip.again.text() == "Copy what you typed before"
    QTest.mouseClick(correcting.strip.again, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("Well. How does")
    correcting.cancel()
    page.runner.redo()
    page.entered()
    editing(page)
    QTest.mouseClick(correcting.strip.again, Qt.MouseButton.LeftButton)
    correcting.done()
    assert text(page).startswith("Well. How does")


def test_the_text_comes_back_with_redo_and_can_be_kept_again(page: ReadPage) -> None:
    women = page.source
    page.runner.do(lambda p: p.corrections.correct(women, [Edit(0, 4, "How")]))
    surface, strip = editing(page), page.mending.correcting.strip
    QTest.keyClicks(surface, "Well. ")
    page.runner.undo()
    assert strip.is_warning
    page.runner.redo()
    assert not strip.is_warning and not strip.copy.isVisible() and strip.done.isEnabled()
    page.mending.correcting.done()
    assert text(page).startswith("Well. How does")


def test_the_keys_that_are_told_are_those_of_correcting(page: ReadPage) -> None:
    reading, told = page.hints(), []
    page.hints_changed.connect(lambda: told.append(page.hints()))
    editing(page)
    assert dict(told[-1])["Esc"] == "keep what was typed" and not {"C", "L", "U"} & set(dict(told[-1]))
    page.mending.correcting.done()
    assert told[-1] == reading


def test_a_source_that_was_removed_meanwhile(page: ReadPage) -> None:
    surface = editing(page)
    QTest.keyClicks(surface, "Well. ")
    source = page.view.reading.source.id
    page.runner.do(lambda p: p.sources.remove(source))
    assert "was removed meanwhile" in page.mending.correcting.strip.words.text()
    page.mending.correcting.strip.copy.click()
    assert QGuiApplication.clipboard().text().startswith("Well. What does")
    page.runner.undo()
    page.mending.correcting.done()
    assert text(page).startswith("Well. What does")


def test_nothing_is_coded_meanwhile(page: ReadPage) -> None:
    editing(page)
    assert not page.panel.isEnabled()
    assert not any(action.isEnabled() for action in page.actions_for_menu()["code"])
    page.mending.correcting.done()
    assert page.panel.isEnabled()
    assert all(action.isEnabled() for action in page.actions_for_menu()["code"])


def test_reading_only_says_so(page: ReadPage) -> None:
    said: list[str] = []
    page.say.connect(lambda words, _undo: said.append(words))
    page.runner.info = page.runner.info._replace(is_read_only=True)
    page.mending.correcting.toggle()
    assert said == ["This project was opened for reading only."]
    assert not page.mending.correcting.is_on


def test_the_key_is_in_the_menu(page: ReadPage) -> None:
    keys = [action.shortcut() for action in page.actions_for_menu()["edit"]]
    assert QKeySequence("F4") in keys
