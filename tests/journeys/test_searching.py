"""Searching the whole study and coding what was found, with real threads and processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.ui.search.autocode import AutocodeDialog
from tests.journeys.researcher import Researcher


@pytest.fixture
def researcher(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield made
    made.leaves()


def searches(researcher: Researcher, typed: str) -> Any:
    """Ctrl+Shift+F, some words, Enter."""
    researcher.window.commands.actions["page_search"].trigger()
    page = researcher.window.workspace.page_named("search")
    researcher.rests(lambda: researcher.window.focusWidget() is page.field)
    page.field.clear()
    QTest.keyClicks(page.field, typed)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    researcher.rests(lambda: page.header.meta.text().startswith(("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")))
    return page


def test_search_tick_three_code_them_as_sentences_and_undo_once(researcher: Researcher, sample_study: Path) -> None:
    researcher.opens(sample_study)
    before = len(researcher.quotes_for("Austerity and cuts"))
    page = searches(researcher, "bus* NOT business*")
    for _place in range(3):
        QTest.keyClick(page.list, Qt.Key.Key_Space)
        QTest.keyClick(page.list, Qt.Key.Key_J)
    expected = [entry.hit.hit for entry in page.list.rows.ticked_entries()]
    assert len(expected) == 3
    QTest.keyClick(page.list, Qt.Key.Key_C)
    QTest.keyClicks(page.picker.field, "austerity")
    QTest.keyClick(page.picker.field, Qt.Key.Key_Return)
    researcher.rests(lambda: page.list.rows.number_ticked == 0)
    quotes = researcher.quotes_for("Austerity and cuts")
    assert before < len(quotes) <= before + 3
    for word in expected:
        assert any(word in quote and quote.rstrip()[-1] in ".!?" for quote in quotes)
    assert researcher.ask(lambda p: p.history.trail(1)[0].kind) == "auto-code"
    researcher.undoes()
    assert len(researcher.quotes_for("Austerity and cuts")) == before

    QTest.keyClick(page.list, Qt.Key.Key_Return)
    researcher.rests(lambda: researcher.window.workspace.current == "read" and researcher.room.view.reading is not None)


def test_auto_code_by_lemma_with_one_left_out(researcher: Researcher, sample_study: Path) -> None:
    researcher.opens(sample_study)
    page = searches(researcher, "community")
    researcher.window.commands.actions["autocode"].trigger()
    researcher.rests(lambda: page.findChild(AutocodeDialog) is not None)
    dialog = page.findChild(AutocodeDialog)
    dialog.kinds.setCurrentIndex(dialog.kinds.findData("lemma"))
    dialog.scope.set(only_participants=True)
    researcher.rests(lambda: any(entry.hit.hit == "communities" for entry in dialog.list.rows.entries()))
    dialog.set_new_code("What a community is", None)
    researcher.rests(lambda: dialog.code.isEnabled())
    every = dialog.list.rows.number
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    left_out = dialog.list.current_entry().key
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    researcher.rests(lambda: page.findChild(AutocodeDialog) is None)
    made = researcher.ask(lambda p: [(c.coding.source, c.coding.span) for c in p.codings.retrieve(p.codebook.tree().get("What a community is").id)])  # fmt: skip
    assert len(made) == every - 1
    assert left_out not in made
    researcher.undoes()
    assert researcher.ask(lambda p: p.codebook.tree().find("What a community is")) is None
    assert researcher.ask(lambda p: p.check()) == []


def test_auto_code_from_the_room_returns_there(researcher: Researcher, sample_study: Path) -> None:
    researcher.opens(sample_study)
    workspace = researcher.window.workspace

    def opens() -> AutocodeDialog:
        researcher.window.commands.actions["autocode"].trigger()
        researcher.rests(lambda: researcher.window.findChild(AutocodeDialog) is not None)
        return researcher.window.findChild(AutocodeDialog)

    def is_gone() -> bool:
        return researcher.window.findChild(AutocodeDialog) is None

    assert workspace.current == "read"
    opens().reject()
    researcher.rests(is_gone)
    assert workspace.current == "read"
    dialog = opens()
    QTest.keyClicks(dialog.field, "community")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    dialog.set_new_code("What a community is", None)
    researcher.rests(lambda: dialog.code.isEnabled())
    said = {entry.hit.role for entry in dialog.list.rows.ticked_entries()}
    every = {entry.hit.role for entry in dialog.list.rows.entries()}
    assert said == {"participant"} and "moderator" in every
    dialog.apply()
    researcher.rests(is_gone)
    assert workspace.current == "read" and workspace.page is researcher.room
    researcher.undoes()
    assert researcher.ask(lambda p: p.codebook.tree().find("What a community is")) is None


def test_a_pattern_that_takes_for_ever_does_not_hold_the_window_up(
    researcher: Researcher, sample_study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cohesion_qda.analysis import patterns

    monkeypatch.setattr(patterns.find, "__defaults__", (None, 1.0))
    researcher.opens(sample_study)
    page = researcher.goes_to("search")
    page.set_mode("regex")
    problems: list[BaseException] = []
    researcher.window.runner.failed.connect(problems.append)
    page.field.setText(r"(\w+\s?)+!!")
    page.search()
    assert researcher.ask(lambda p: p.title), "the project answers meanwhile"
    researcher.rests(lambda: bool(problems))
    assert "took longer than 1 seconds and was stopped" in str(problems[0])
    page.set_mode("exact")
    page.field.setText("bus")
    page.search()
    researcher.rests(lambda: page.list.rows.number > 0)
