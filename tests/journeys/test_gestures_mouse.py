"""Coding with the mouse alone: select, click, drag either way, right-click; brackets, handles and the card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cohesion_qda.ui.codebook.model import CODE_MIME
from tests.journeys.researcher import Researcher
from tests.journeys.room_story import (
    LEFT,
    NO,
    begin,
    chooses,
    clicks_at,
    coded,
    drags_over,
    mine,
    moves,
    name_in_margin,
    place_of,
    span_of,
)

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def asha(qtbot: Any, tmp_path: Path) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield begin(made, tmp_path / "study.cqda")
    made.leaves()


def code_of(who: Researcher, name: str) -> int:
    return who.ask(lambda p: p.codebook.tree().get(name).id)


def row_of(who: Researcher, name: str) -> tuple[Any, QPoint]:
    """The codebook's viewport and where a code stands in it."""
    panel = who.room.panel
    rect = panel.view.visualRect(panel.model.index_of(code_of(who, name)))
    return panel.view.viewport(), rect.center()


def card_row(who: Researcher, command: str) -> Any:
    card = who.room.gestures.passages.card
    assert card.isVisible()
    return next(row for row in card.rows if row.act.command == command)


def clicks_name(who: Researcher, name: str) -> Any:
    """A click on a code's name in the margin; gives the card."""
    QTest.mouseClick(who.room.view.margin, LEFT, NO, name_in_margin(who, name))
    who.rests()
    return who.room.gestures.passages.card


def test_words_are_selected_by_dragging_and_coded_by_a_double_click_in_the_codebook(asha: Researcher) -> None:
    drags_over(asha, "the school gate")
    viewport, place = row_of(asha, "Public spaces")
    QTest.mouseClick(viewport, LEFT, NO, place)
    QTest.mouseDClick(viewport, LEFT, NO, place)
    asha.rests()
    assert mine(asha) == [("Public spaces", "the school gate")]
    assert asha.room.panel.model.count(code_of(asha, "Public spaces")).mentions == 1


def test_a_code_is_dragged_onto_words(asha: Researcher) -> None:
    """QDrag.exec waits for the system's drag; what it would deliver is handed to the view as the system does."""
    drags_over(asha, "the school gate")
    index = asha.room.panel.model.index_of(code_of(asha, "Food"))
    data = asha.room.panel.model.mimeData([index])
    where = QPointF(place_of(asha, span_of(asha, "school").start))
    asha.room.view.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, data, LEFT, NO))
    asha.rests()
    assert mine(asha) == [("Food", "the school gate")]


def test_a_code_dragged_onto_a_turn_codes_the_turn(asha: Researcher) -> None:
    data = QMimeData()
    data.setData(CODE_MIME, str(code_of(asha, "Buses")).encode())
    where = QPointF(place_of(asha, span_of(asha, "Nobody comes").start))
    asha.room.view.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, data, LEFT, NO))
    asha.rests()
    assert mine(asha) == [("Buses", "The buses. Nobody comes down after six.")]


def test_several_codes_dragged_onto_words(asha: Researcher) -> None:
    drags_over(asha, "the school gate")
    data = QMimeData()
    data.setData(CODE_MIME, f"{code_of(asha, 'Buses')} {code_of(asha, 'Food')}".encode())
    where = QPointF(place_of(asha, span_of(asha, "school").start))
    asha.room.view.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, data, LEFT, NO))
    asha.rests()
    assert {code for code, _words in mine(asha)} == {"Buses", "Food"}
    asha.undoes()
    assert mine(asha) == []


def test_words_are_dragged_onto_a_code(asha: Researcher) -> None:
    """The press in the selection and the pull are real; the system's drag is answered with the code's row."""
    drags_over(asha, "the school gate")
    view, model = asha.room.view, asha.room.panel.model
    index = model.index_of(code_of(asha, "Food"))

    def dropped() -> None:
        model.dropMimeData(view.createMimeDataFromSelection(), Qt.DropAction.CopyAction, -1, -1, index)

    view._drag = dropped
    start = place_of(asha, span_of(asha, "school").start + 2)
    QTest.mousePress(view.viewport(), LEFT, NO, start)
    moves(view.viewport(), start + QPoint(40, 30))
    QTest.mouseRelease(view.viewport(), LEFT, NO, start + QPoint(40, 30))
    asha.rests()
    assert mine(asha) == [("Food", "the school gate")]


def test_the_menu_of_the_words(asha: Researcher) -> None:
    drags_over(asha, "the school gate")
    menu = asha.room.gestures.menu(asha.room)
    chooses(menu, "Code the selection…")
    picker = asha.room.picker
    assert picker.isVisible()
    row = next(i for i, row in enumerate(picker.rows.rows) if row.words == "Food")
    QTest.mouseClick(picker.list.viewport(), LEFT, NO, picker.list.visualRect(picker.rows.index(row)).center())
    asha.rests()
    assert mine(asha) == [("Food", "the school gate")]
    drags_over(asha, "ten minutes")
    chooses(asha.room.gestures.menu(asha.room), "Code as Food")
    asha.rests()
    assert ("Food", "ten minutes") in mine(asha)


def test_several_codes_are_ticked_with_the_mouse(asha: Researcher) -> None:
    drags_over(asha, "the school gate")
    asha.room.gestures.command("pick")
    picker = asha.room.picker
    for name, held in (("Food", CTRL), ("Class", CTRL), ("Buses", NO)):
        row = next(i for i, row in enumerate(picker.rows.rows) if row.words == name)
        QTest.mouseClick(picker.list.viewport(), LEFT, held, picker.list.visualRect(picker.rows.index(row)).center())
    asha.rests()
    assert {code for code, _words in mine(asha)} == {"Food", "Class", "Buses"}
    asha.undoes()
    assert mine(asha) == []


def test_the_turn_under_the_pointer_is_coded_without_selecting(asha: Researcher) -> None:
    clicks_at(asha, "Nobody comes")
    chooses(asha.room.gestures.menu(asha.room), "Code the turn…")
    QTest.keyClicks(asha.room.picker.field, "bus")
    picker = asha.room.picker
    QTest.mouseClick(picker.list.viewport(), LEFT, NO, picker.list.visualRect(picker.rows.index(0)).center())
    asha.rests()
    assert mine(asha) == [("Buses", "The buses. Nobody comes down after six.")]


def test_in_their_words_from_the_menu(asha: Researcher) -> None:
    drags_over(asha, "the school gate")
    chooses(asha.room.gestures.menu(asha.room), "Code in their words…")
    picker = asha.room.picker
    for _row in range(2):  # the new code, and where it is to stand
        QTest.mouseClick(picker.list.viewport(), LEFT, NO, picker.list.visualRect(picker.rows.index(0)).center())
        asha.rests()
    assert mine(asha) == [("the school gate", "the school gate")]


def with_a_passage(who: Researcher) -> Researcher:
    drags_over(who, "the school gate")
    viewport, place = row_of(who, "Food")
    QTest.mouseClick(viewport, LEFT, NO, place)
    QTest.mouseDClick(viewport, LEFT, NO, place)
    who.rests()
    clicks_at(who, "The park")
    return who


def test_a_click_on_a_name_selects_its_passage_and_offers_what_can_be_done(asha: Researcher) -> None:
    card = clicks_name(with_a_passage(asha), "Food")
    assert [c.span.of(asha.room.view.reading.text) for c in asha.room.gestures.passages.active()] == ["the school gate"]
    assert [row.act.command for row in card.rows] == [
        "ends", "recode", "memo", "quotation", "example", "theme", "remove",
    ]  # fmt: skip
    assert card.geometry().intersected(asha.room.rect()) == card.geometry()
    QTest.mouseClick(card_row(asha, "remove"), LEFT)
    asha.rests()
    assert mine(asha) == []
    assert not card.isVisible()


def test_it_is_recoded_copied_and_made_the_example(asha: Researcher) -> None:
    clicks_name(with_a_passage(asha), "Food")
    QTest.mouseClick(card_row(asha, "quotation"), LEFT)
    assert QGuiApplication.clipboard().text() == "“the school gate” (Carol, Women, turn 4)"
    clicks_name(asha, "Food")
    QTest.mouseClick(card_row(asha, "example"), LEFT)
    asha.rests()
    assert "the school gate" in asha.ask(lambda p: p.codebook.tree().get("Food").example)
    clicks_name(asha, "Food")
    QTest.mouseClick(card_row(asha, "recode"), LEFT)
    QTest.keyClicks(asha.room.picker.field, "class")
    QTest.keyClick(asha.room.picker.field, Qt.Key.Key_Return)
    asha.rests()
    assert mine(asha) == [("Class", "the school gate")]


def test_the_card_goes_when_one_goes_on(asha: Researcher) -> None:
    card = clicks_name(with_a_passage(asha), "Food")
    clicks_at(asha, "The buses.")
    assert not card.isVisible()
    clicks_name(asha, "Food")
    asha.room.view.verticalScrollBar().setValue(1)
    asha.room.view.scrolled.emit()
    assert not card.isVisible()


def test_weights_are_set_on_the_card(asha: Researcher) -> None:
    asha.window.commands.actions["weights"].trigger()
    card = clicks_name(with_a_passage(asha), "Food")
    assert card.weight.isVisible()
    assert card.weight.text() == "none"
    card.weight.setFocus()
    card.weight.selectAll()
    QTest.keyClicks(card.weight, "75")
    QTest.keyClick(card.weight, Qt.Key.Key_Return)
    asha.rests()
    source = asha.room.source
    assert [c.weight for c in asha.ask(lambda p: p.codings.of_source(source)) if c.weight is not None] == [75]
    assert card.isVisible()
    clicks_at(asha, "The buses.")
    assert clicks_name(asha, "Food").weight.value() == 75


def handles(who: Researcher) -> tuple[Any, Any]:
    QApplication.processEvents()
    return who.room.gestures.passages.ends.handles


def pulls(who: Researcher, handle: Any, point: int) -> None:
    """Take hold of a handle and move it to before a code point, without letting go."""
    QTest.mousePress(handle, LEFT, NO, handle.grip())
    middle = handle.height() // 2
    place = place_of(who, point) + QPoint(0, handle.grip().y() - middle)
    moves(handle, handle.mapFrom(who.room.view.viewport(), place))


def test_the_ends_are_dragged(asha: Researcher) -> None:
    clicks_name(with_a_passage(asha), "Food")
    start, end = handles(asha)
    assert start.isVisible() and end.isVisible()
    pulls(asha, end, span_of(asha, "You stand").end)
    view = asha.room.view
    assert view.selected().of(view.reading.text) == "the school gate. You stand", "it is seen while it is dragged"
    assert mine(asha) == [("Food", "the school gate")]
    QTest.mouseRelease(end, LEFT, NO, end.grip())
    asha.rests()
    assert mine(asha) == [("Food", "the school gate. You stand")]
    start, end = handles(asha)
    pulls(asha, start, span_of(asha, "gate.").start)
    QTest.mouseRelease(start, LEFT, NO, start.grip())
    asha.rests()
    assert mine(asha) == [("Food", "gate. You stand")]
    asha.undoes().undoes()
    assert mine(asha) == [("Food", "the school gate")]


def test_escape_while_dragging_leaves_it(asha: Researcher) -> None:
    clicks_name(with_a_passage(asha), "Food")
    _start, end = handles(asha)
    pulls(asha, end, span_of(asha, "You stand").end)
    QTest.keyClick(asha.room.view, Qt.Key.Key_Escape)
    QTest.mouseRelease(end, LEFT, NO, end.grip())
    asha.rests()
    assert mine(asha) == [("Food", "the school gate")]
    assert not asha.room.gestures.passages.ends.is_on


def test_the_end_never_passes_the_start(asha: Researcher) -> None:
    clicks_name(with_a_passage(asha), "Food")
    _start, end = handles(asha)
    pulls(asha, end, span_of(asha, "The park").start)
    QTest.mouseRelease(end, LEFT, NO, end.grip())
    asha.rests()
    assert mine(asha) == [("Food", "the school gate")]


def test_a_click_on_a_handle_is_a_click_on_the_words(asha: Researcher) -> None:
    clicks_name(with_a_passage(asha), "Food")
    start, _end = handles(asha)
    QTest.mouseClick(start, LEFT, NO, QPoint(12, start.height() // 2))
    assert not asha.room.gestures.passages.ends.is_on
    assert abs(asha.room.view.caret() - span_of(asha, "the school gate").start) <= 1


def test_handles_are_large_enough_to_hit_and_lie_at_the_ends(asha: Researcher) -> None:
    clicks_name(with_a_passage(asha), "Food")
    span = span_of(asha, "the school gate")
    for handle, point in zip(handles(asha), (span.start, span.end), strict=True):
        assert handle.mask().boundingRect().width() >= 24
        assert handle.mask().boundingRect().height() >= 24
        assert abs(handle.geometry().center().x() - place_of(asha, point).x()) <= 2


def test_what_another_coded_has_no_handles_and_says_whose_it_is(asha: Researcher) -> None:
    card = clicks_name(asha, "Class")
    assert [row.act.command for row in card.rows] == ["memo", "quotation", "example", "theme"]
    assert card._who.text() == "Coded by Bea; only they can change that"
    assert not any(handle.isVisible() for handle in handles(asha))
    assert coded(asha) == [("Bea", "Class", "ten minutes")]


def test_the_margins_menu_offers_the_same(asha: Researcher) -> None:
    from cohesion_qda.ui.textpane.menus import margin_menu

    with_a_passage(asha)
    coding = next(c for c in asha.room.view.layers if c.coder == asha.room.gestures.coder)
    asha.room.view.activate({coding.id})
    words = [action.text().split("\t")[0] for action in margin_menu(asha.room.gestures, coding, asha.room).actions()]
    for wanted in ("Change where the passage ends", "Recode the passage…", "Write a memo on the passage…",
                   "Copy as a quotation", "Make it the code’s example", "Add to a theme…",
                   "Remove the codes of the passage"):  # fmt: skip
        assert wanted in words
    chooses(margin_menu(asha.room.gestures, coding, asha.room), "Remove the codes of the passage")
    asha.rests()
    assert mine(asha) == []


def test_a_memo_is_written_on_a_passage_and_on_words(asha: Researcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor has its own tests; here it is enough that it is asked for the right thing."""
    from cohesion_qda.ui.memos import dialog

    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr(dialog, "write_memo", lambda _r, about, _s, what, *_more: asked.append((about, what)))
    monkeypatch.setattr(dialog, "write_memo_at", lambda _r, _s, span, what, *_more: asked.append((span, what)))
    clicks_name(with_a_passage(asha), "Food")
    QTest.mouseClick(card_row(asha, "memo"), LEFT)
    drags_over(asha, "The buses.")
    chooses(asha.room.gestures.menu(asha.room), "Write a memo on the passage…")
    assert asked == [("coding", "the passage coded as Food"), (span_of(asha, "The buses."), "these words")]


def test_words_are_added_to_a_theme(asha: Researcher, monkeypatch: pytest.MonkeyPatch) -> None:
    from cohesion_qda.ui.themes import picker

    asked: list[Any] = []
    monkeypatch.setattr(picker, "add_to_theme", lambda runner, source, span, parent: asked.append(span))
    clicks_name(with_a_passage(asha), "Food")
    QTest.mouseClick(card_row(asha, "theme"), LEFT)
    assert asked == [span_of(asha, "the school gate")]


def test_quick_actions_from_the_menu_bar(asha: Researcher) -> None:
    """What the keys L, J, K, U, N and P do stands in the Code menu."""
    with_a_passage(asha)
    offered = {action.text().split("\t")[0]: action for action in asha.room.actions_for_menu()["code"]}
    offered["Next uncoded turn"].trigger()
    offered["Code with the last code again"].trigger()
    asha.rests()
    assert len(mine(asha)) == 2
    asha.room.view.put_caret(0)
    asha.room.view.clear()
    offered["Next coded passage"].trigger()
    assert len(asha.room.view.active) == 1
    clicks_at(asha, "The buses.")
    offered["Previous turn of the same speaker"].trigger()
    assert asha.room.view.caret() == span_of(asha, "The park").start
    offered["Next turn of the same speaker"].trigger()
    assert asha.room.view.caret() == span_of(asha, "The buses.").start
