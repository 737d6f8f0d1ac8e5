"""Reading as one likes it, and finding it so again tomorrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.ui.memos.dialog import MemoDialog
from tests.journeys.researcher import Researcher
from tests.journeys.room_story import begin, span_of
from tests.makers import draft

LONG = [(("Moderator", "Amina", "Carol")[n % 3], f"This is what was said as number {n}. " * 6) for n in range(80)]


@pytest.fixture
def asha(qtbot: Any, tmp_path: Path) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield begin(made, tmp_path / "study.cqda")
    made.leaves()


def action(who: Researcher, words: str) -> Any:
    """What the View menu offers while the transcript is read."""
    return next(one for one in who.room.actions_for_menu()["view"] if one.text().startswith(words))


def does(who: Researcher, words: str) -> Researcher:
    action(who, words).trigger()
    return who.rests()


def test_how_the_transcript_looks_is_remembered(asha: Researcher, qtbot: Any) -> None:
    does(asha, "How the transcript looks")
    fields = asha.room.desk.panel.fields
    for box, value in ((fields.size, 20), (fields.spacing, 2.0), (fields.width_, "wide"), (fields.numbers, "turns")):
        box.setCurrentIndex(box.findData(value))
    asha.room.desk.panel.hide()
    does(asha, "Underlines only")
    assert action(asha, "Underlines only").isChecked() and action(asha, "Turn numbers").isChecked()
    look, path = asha.room.view.look, asha.window.runner.info.path
    assert (look.size, look.spacing, look.width, look.numbers, look.underlines_only) == (20, 2.0, "wide", "turns", True)
    asha.closes_the_project()
    again = Researcher(qtbot)
    again.opens(path).reads("Women")
    assert again.room.view.look == look
    assert again.room.view.document().defaultFont().pixelSize() == 20
    does(again, "Turn numbers")
    assert again.window.settings["reading_numbers"] == "none"
    again.leaves()


def test_the_settings_say_the_same_as_the_panel(asha: Researcher) -> None:
    asha.window.commands.actions["settings"].trigger()
    dialog = next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == "Preferences" and w.isVisible())
    dialog.reading.size.setCurrentIndex(dialog.reading.size.findData(22))
    dialog.accept()
    asha.rests()
    assert asha.room.view.look.size == 22


def test_where_one_was_reading_is_found_again_even_where_the_file_has_moved(qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "study.cqda"
    with Project.create(path, "empty", coder="Asha") as project:
        project.sources.add([draft("Long", LONG), draft("Other", LONG[1:])])
    first = Researcher(qtbot).opens(path).reads("Long")
    view = first.room.view
    turn = view.reading.turns[37].span
    view.scroll_to(turn.start)
    top = view.top_point()
    first.reads("Other")
    assert first.room.view.top_point() == 0, "each source has its own place"
    first.reads("Long")
    assert first.room.view.top_point() == top == turn.start
    first.closes_the_project().leaves()
    moved = tmp_path / "elsewhere" / "renamed.cqda"
    moved.parent.mkdir()
    path.rename(moved)
    second = Researcher(qtbot).opens(moved).reads("Long")
    assert second.room.view.top_point() == top
    second.reads("Other")
    assert second.room.view.top_point() == 0
    assert b"places" not in moved.read_bytes()
    second.leaves()


def test_a_passage_that_is_asked_for_is_shown_wherever_one_was(qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "study.cqda"
    with Project.create(path, "empty", coder="Asha") as project:
        project.sources.add([draft("Long", LONG)])
    who = Researcher(qtbot).opens(path).reads("Long")
    who.room.view.scroll_to(who.room.view.reading.turns[37].span.start)
    who.closes_the_project()
    who.opens(path)
    source = who.ask(lambda p: p.sources.get("Long").id)
    who.window.workspace.show_source(source, Span(0, 10))
    who.rests(lambda: who.room.view.reading is not None)
    assert who.room.view.top_point() == 0
    who.leaves()


def test_what_is_uncoded_is_brought_out_and_coding_lets_it_step_back(asha: Researcher) -> None:
    view = asha.room.view
    states = lambda: [view.coded_turns.state(n) for n in range(len(view.reading.turns))]  # noqa: E731
    does(asha, "Bring out what is uncoded")
    assert view.dims_coded and asha.room.filters.only.is_on
    before = states()
    assert before[0] is None and before[3] is True and before[4] is False
    asha.selects("The buses").presses("7")
    assert states()[4] is True
    asha.undoes()
    assert states() == before
    asha.room.filters.only.cleared.emit()
    assert not view.dims_coded and not action(asha, "Bring out").isChecked()


def test_underlines_only(asha: Researcher) -> None:
    plain = asha.room.view.viewport().grab().toImage()
    does(asha, "Underlines only")
    assert asha.room.view.look.underlines_only and asha.room.view.viewport().grab().toImage() != plain
    assert asha.window.settings["underlines_only"]
    does(asha, "Underlines only")
    assert asha.room.view.viewport().grab().toImage() == plain


def test_only_turns_with_memos_and_a_note_that_opens_its_memo(asha: Researcher) -> None:
    view = asha.room.view
    source, place = asha.room.source, span_of(asha, "school gate")
    asha.window.runner.do(lambda p: p.memos.add_at(source, place, "Ask about this again", "School"))
    asha.rests(lambda: bool(view.notes))
    does(asha, "Only turns with memos")
    assert {block.info.turn for block in view.screen()} == {3}
    assert "1 of 6 turns shown" in asha.room.header.meta.text()
    view.margin.grab()
    note = next(shown for shown in view.margin.shown if shown.memo)
    QTest.mouseClick(view.margin, Qt.MouseButton.LeftButton, pos=note.rect.center().toPoint())
    asha.rests()
    dialog = asha.room.findChild(MemoDialog)
    assert dialog is not None and "Ask about this again" in dialog.editor.body.toPlainText()
    dialog.reject()
    does(asha, "Only turns with memos")
    assert len(view.screen()) == 6


def test_f6_reaches_the_margin_and_enter_selects_the_passage(asha: Researcher, qtbot: Any) -> None:
    asha.window.activateWindow()
    qtbot.waitUntil(asha.window.isActiveWindow)
    asha.room.view.setFocus()
    asha.room.view.margin.grab()
    asha.window.commands.next_area()
    assert asha.room.view.margin.hasFocus()
    QTest.keyClick(asha.room.view.margin, Qt.Key.Key_Return)
    asha.rests()
    assert [asha.room.view.tree[asha.room.view.coding(c).code].name for c in asha.room.view.active] == ["Class"]
