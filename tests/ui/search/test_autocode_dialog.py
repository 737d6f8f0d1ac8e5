"""The dialog of auto-coding: every passage is seen before anything is coded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from cohesion_qda.base.errors import NotFound
from cohesion_qda.model.finding import Scope
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.search.autocode import AutocodeDialog
from cohesion_qda.ui.search.page import SearchPage
from tests.ui.retrieve.driver import Opened


@pytest.fixture
def page(open_page: Opened) -> SearchPage:
    return open_page(SearchPage)


@pytest.fixture
def dialog(page: SearchPage) -> Iterator[AutocodeDialog]:
    page.field.setText("park")
    page.open_autocode()
    made = page.findChild(AutocodeDialog)
    yield made
    made.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def passages(dialog: AutocodeDialog) -> list[tuple[str, bool]]:
    rows = dialog.list.rows
    ticked = rows.ticked_entries()
    return [(entry.hit.source_name, entry in ticked) for entry in rows.entries()]


def code_of(open_page: Opened, path: str):
    return open_page.ask(lambda p: p.codebook.tree().get(path).id)


def test_it_begins_with_what_is_searched_for_and_all_is_ticked(dialog: AutocodeDialog) -> None:
    assert dialog.field.text() == "park"
    assert passages(dialog) == [("Women", True), ("Women", True), ("Young people", True)]
    assert dialog.counts.text() == "3 of 3 passages ticked, in 2 of 5 participants"
    assert not dialog.code.isEnabled()
    assert dialog.code.toolTip() == "Choose a code first"


def test_what_is_coded_so_is_marked_and_not_ticked(dialog: AutocodeDialog, open_page: Opened) -> None:
    open_page.runner.do(lambda p: p.use_coder("Asha"))
    dialog.set_code(code_of(open_page, "Public spaces"))
    assert passages(dialog) == [("Women", True), ("Women", True), ("Young people", True)]
    dialog.extents.setCurrentIndex(dialog.extents.findData("hit"))
    assert [ticked for _source, ticked in passages(dialog)] == [False, False, False]
    assert dialog.counts.text().endswith("; 3 are coded so already")
    told = dialog.list.rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.endswith(", coded so already")
    assert not dialog.grab().isNull()


def test_the_keyboard_alone_codes_all_but_one(page: SearchPage, dialog: AutocodeDialog, open_page: Opened) -> None:
    dialog.code_button.setFocus()
    QTest.keyClick(dialog.code_button, Qt.Key.Key_Space)
    QTest.keyClicks(dialog.picker.field, "class")
    QTest.keyClick(dialog.picker.field, Qt.Key.Key_Return)
    assert dialog.code_button.text() == "Class"
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_J)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.counts.text() == "2 of 3 passages ticked, in 2 of 5 participants"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter alone codes nothing"
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    assert open_page.said[-1] == ("Coded 2 passages that hold “park” as “Class”", True)
    assert open_page.ask(lambda p: [q.quote for q in p.codings.retrieve(p.codebook.tree().get("Class").id)]) == [
        "For me it is the park.", "And the park is locked at four.",
    ]  # fmt: skip


def test_what_is_found_in_slices_is_shown_as_it_comes_and_coded_when_all_is_there(
    dialog: AutocodeDialog, open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cohesion_qda.project.autocode.A_PAGE", 1)
    monkeypatch.setattr("cohesion_qda.ui.search.autocode.SLICE", -1)
    dialog.set_code(code_of(open_page, "Class"))
    assert dialog.code.isEnabled()
    could: list[tuple[int, bool]] = []
    dialog.list.rows.rowsInserted.connect(lambda: could.append((dialog.list.rows.number, dialog.code.isEnabled())))
    dialog.look()
    assert could == [(3, False)]
    assert passages(dialog) == [("Women", True), ("Women", True), ("Young people", True)]
    assert dialog.code.isEnabled()
    monkeypatch.setattr("cohesion_qda.analysis.patterns.in_parts", lambda found: [{n: found[n]} for n in found])
    dialog.kinds.setCurrentIndex(dialog.kinds.findData("regex"))
    assert passages(dialog) == [("Women", True), ("Women", True), ("Young people", True)]
    assert could[1:] == [(3, False)]
    assert dialog.code.isEnabled()


def test_a_new_code_is_made_in_the_same_act(dialog: AutocodeDialog, open_page: Opened) -> None:
    dialog.set_new_code("Green places", None)
    QTest.mouseClick(dialog.none_link, Qt.MouseButton.LeftButton)
    assert not dialog.code.isEnabled()
    QTest.mouseClick(dialog.all_link, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.code, Qt.MouseButton.LeftButton)
    assert open_page.ask(lambda p: len(p.codings.retrieve(p.codebook.tree().get("Green places").id))) == 3
    open_page.do(lambda p: p.history.undo())
    assert open_page.ask(lambda p: p.codebook.tree().find("Green places")) is None


@pytest.mark.parametrize(
    ("kind", "what", "found"),
    [("lemma", "bus", 1), ("word", "bus", 0), ("phrase", "the park", 3), ("regex", "bus(es)?|four", 2)],
)
def test_the_kinds(dialog: AutocodeDialog, kind: str, what: str, found: int) -> None:
    dialog.field.setText(what)
    dialog.kinds.setCurrentIndex(dialog.kinds.findData(kind))
    dialog.look()
    assert dialog.list.rows.number == found
    if not found:
        assert dialog.empty.sentence.text() == "Nobody says that here."


@pytest.mark.parametrize(
    ("kind", "what", "told"),
    [("word", "park AND", "AND at character 6"), ("regex", "(", "not right at character 1"), ("phrase", "!", "no letter or digit")],
)  # fmt: skip
def test_what_cannot_be_understood_is_said(dialog: AutocodeDialog, kind: str, what: str, told: str) -> None:
    dialog.kinds.setCurrentIndex(dialog.kinds.findData(kind))
    dialog.field.setText(what)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert told in dialog.trouble.text()
    assert dialog.list.rows.number == 0
    assert not dialog.code.isEnabled()


def test_the_scope_of_the_search_comes_along_and_can_be_changed(page: SearchPage, open_page: Opened) -> None:
    page.scope.set(attribute=("source", "place", "Batley"))
    page.field.setText("the")
    page.open_autocode()
    dialog = page.findChild(AutocodeDialog)
    assert {source for source, _ticked in passages(dialog)} == {"Young people"}
    dialog.scope.set(attribute=None)
    assert len({source for source, _ticked in passages(dialog)}) == 2
    assert page.scope.scope == Scope(attribute=("source", "place", "Batley"))
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_what_is_typed_takes_the_place_of_the_words_searched_for(dialog: AutocodeDialog) -> None:
    assert dialog.field.hasFocus()
    QTest.keyClicks(dialog.field, "buses")
    assert dialog.field.text() == "buses"


def test_no_two_controls_have_the_same_words(dialog: AutocodeDialog) -> None:
    labels = {label.text() for label in dialog.findChildren(QLabel) if label.buddy() is not None}
    assert "The code to use" in labels
    assert not labels & {chip.text() for chip in dialog.scope.chips}


def test_what_no_participant_says_is_ticked_only_when_it_is_wanted(dialog: AutocodeDialog, open_page: Opened) -> None:
    dialog.field.setText("way")
    dialog.look()
    assert passages(dialog) == [("Women", False), ("Young people", False)], "the moderators’ questions"
    assert dialog.others.isVisibleTo(dialog)
    assert dialog.others.text() == "With 2 passages that no participant says"
    QTest.keyClick(dialog.others, Qt.Key.Key_Space)
    assert passages(dialog) == [("Women", True), ("Young people", True)]
    dialog.look()
    assert passages(dialog) == [("Women", True), ("Young people", True)], "and it stays so"
    QTest.keyClick(dialog.others, Qt.Key.Key_Space)
    assert passages(dialog) == [("Women", False), ("Young people", False)]
    QTest.mouseClick(dialog.all_link, Qt.MouseButton.LeftButton)
    assert dialog.others.isChecked() and all(ticked for _source, ticked in passages(dialog))
    moderator = open_page.ask(
        lambda p: next(case.id for case in p.cases.list("participant") if case.role == "moderator")
    )
    QTest.mouseClick(dialog.none_link, Qt.MouseButton.LeftButton)
    dialog.scope.set(cases=frozenset({moderator}))
    assert all(ticked for _source, ticked in passages(dialog)), "who is chosen is wanted"
    assert not dialog.others.isVisibleTo(dialog)


def test_nothing_is_left_to_be_coded_where_looking_fails(dialog: AutocodeDialog, open_page: Opened) -> None:
    dialog.set_code(code_of(open_page, "Class"))
    assert dialog.code.isEnabled()
    dialog.scope.set(code=CodeId(9999))
    assert [type(problem) for problem in open_page.runner.problems] == [NotFound]
    open_page.runner.problems.clear()
    assert passages(dialog) == []
    assert not dialog.code.isEnabled()
    dialog.scope.set(code=None)
    assert len(passages(dialog)) == 3


def test_over_another_page_the_search_keeps_its_ticks(page: SearchPage, open_page: Opened) -> None:
    page.field.setText("park")
    page.search()
    page.tick_all()
    page.hide()
    page.open_autocode()
    dialog = page.findChild(AutocodeDialog)
    dialog.set_code(code_of(open_page, "Class"))
    dialog.apply()
    assert open_page.said[-1] == ("Coded 3 passages that hold “park” as “Class”", True)
    assert page.list.rows.number_ticked == 3
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
