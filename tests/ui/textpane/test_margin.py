"""The margin by keys and for a screen reader: each name is a thing of its own, with a name, a role and a state."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cohesion_qda.model.ids import MemoId
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.margin_access import told
from cohesion_qda.ui.textpane.view import TranscriptView
from tests.ui.textpane.rooms import coding, long_talk, reading, show

Key = Qt.Key


@pytest.fixture
def view(qtbot, theme) -> Iterator[TranscriptView]:
    made = TranscriptView()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    what = reading(long_talk(60))
    there = [what.turns[n].span for n in (0, 1, 2, 40)]
    show(made, what, [coding(i, Span(span.start, span.start + 30), 1 + i) for i, span in enumerate(there, 1)])
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.margin.grab()
    yield made


def current(view: TranscriptView) -> int | None:
    view.margin.grab()
    return view.margin.current


def test_the_arrows_go_from_name_to_name_and_on_beyond_the_page(view: TranscriptView) -> None:
    margin = view.margin
    margin.setFocus()
    walked = [current(view)]
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Home):
        QTest.keyClick(margin, key)
        walked.append(current(view))
    assert walked == [1, 2, 3, 4, 4, 3, 1], "the page follows, and the last one stays"
    QTest.keyClick(margin, Key.Key_End)
    assert current(view) == max(shown.codings[0] for shown in margin.names())
    assert view.is_lit(margin.current), "its passage lights up"
    QTest.keyClick(margin, Key.Key_Escape)
    assert view.hasFocus() and not view.is_lit(margin.current)


def test_enter_does_what_a_click_does_and_the_menu_key_asks_for_the_menu(view: TranscriptView, qtbot) -> None:
    view.margin.setFocus()
    QTest.keyClick(view.margin, Key.Key_Down)
    with qtbot.waitSignal(view.margin.menu_wanted) as asked:
        QTest.keyClick(view.margin, Key.Key_Menu)
    assert asked.args[0] == 2
    with qtbot.waitSignal(view.margin.menu_wanted) as asked:
        QTest.keyClick(view.margin, Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert asked.args[0] == 2
    with qtbot.waitSignal(view.margin.chosen) as chosen:
        QTest.keyClick(view.margin, Key.Key_Return)
    assert chosen.args == [2] and view.active == {2}


def test_folded_names_open_their_menu_with_enter(view: TranscriptView, qtbot) -> None:
    view.replace_codings([], [coding(50 + n, Span(0, 30), 2 + n) for n in range(6)])
    view.margin.setFocus()
    view.margin.grab()
    more = next(shown for shown in view.margin.names() if len(shown.codings) > 1)
    view.margin.go(more.codings[0])
    with qtbot.waitSignal(view.margin.folded_chosen) as asked:
        QTest.keyClick(view.margin, Key.Key_Return)
    assert asked.args[0] == more.codings


def test_a_note_stands_beside_its_place_and_a_click_asks_for_it(view: TranscriptView, qtbot) -> None:
    assert not [shown for shown in view.margin.shown if shown.memo]
    view.set_notes([(MemoId(7), view.reading.turns[1].span), (MemoId(8), view.reading.turns[40].span)])
    view.margin.grab()
    notes = [shown for shown in view.margin.shown if shown.memo]
    assert [note.memo for note in notes] == [7]
    block = next(b for b in view.screen() if b.info.turn == 1)
    assert block.top <= notes[0].rect.center().y() <= block.top + block.height
    with qtbot.waitSignal(view.margin.note_chosen) as asked:
        QTest.mouseClick(view.margin, Qt.MouseButton.LeftButton, pos=notes[0].rect.center().toPoint())
    assert asked.args[0] == 7


def test_the_notes_of_a_page_are_all_that_reach_into_it(view: TranscriptView) -> None:
    turns = view.reading.turns
    longest = Span(0, turns[-1].span.end)
    view.set_notes([*((MemoId(n), turn.span) for n, turn in enumerate(turns, 1)), (MemoId(999), longest)][::-1])
    for place in (0, len(turns) // 2, len(turns) - 1):
        view.scroll_to(turns[place].span.start)
        page = view.on_page()
        assert {memo for memo, _span in view.notes_on_screen()} == {
            999, *(n for n, turn in enumerate(turns, 1) if turn.span.overlaps(page))
        }  # fmt: skip


def test_what_the_pointer_is_on_lights_its_passage_and_the_reverse(view: TranscriptView) -> None:
    name = next(shown for shown in view.margin.shown if shown.codings == (2,))
    QTest.mouseMove(view.margin, name.rect.center().toPoint())
    assert [mark.lit for mark in view.marks()].count(True) == 1 and view.is_lit(2)
    word = view.rect_of(Span(view.reading.turns[0].span.start + 5, view.reading.turns[0].span.start + 6))
    QTest.mouseMove(view.viewport(), QPoint(word.center()))
    assert view.is_lit(1)


# ---- for a screen reader


def test_each_name_is_an_item_of_a_list(view: TranscriptView) -> None:
    whole = QAccessible.queryAccessibleInterface(view.margin)
    assert whole.role() == QAccessible.Role.List
    assert whole.text(QAccessible.Text.Name) == "Codes in the margin"
    assert whole.childCount() == len(view.margin.names()) == 3
    items = [whole.child(n) for n in range(3)]
    assert {item.role() for item in items} == {QAccessible.Role.ListItem}
    said = [item.text(QAccessible.Text.Name) for item in items]
    words = Span(0, 30).of(view.reading.text).strip()
    assert said[0] == f"A question › Code 2 (coded by Asha): “{words}”"
    assert items[1].parent() is whole and whole.indexOfChild(items[1]) == 1 and items[1].childCount() == 0
    assert not items[1].state().selected
    view.activate({2})
    assert items[1].state().selected and items[1].state().focusable and not items[0].state().selected
    middle = items[1].rect().center()
    assert whole.childAt(middle.x(), middle.y()) is items[1]
    assert whole.child(3) is None and whole.childAt(-5, -5) is None


def test_the_item_the_keys_are_on_has_the_focus(view: TranscriptView) -> None:
    view.margin.setFocus()
    QTest.keyClick(view.margin, Key.Key_Down)
    whole = QAccessible.queryAccessibleInterface(view.margin)
    assert whole.focusChild() is whole.child(1) and whole.child(1).state().focused
    view.setFocus()
    assert whole.focusChild() is None


def test_an_item_that_has_gone_says_so(view: TranscriptView) -> None:
    item = QAccessible.queryAccessibleInterface(view.margin).child(2)
    assert item.isValid()
    view.set_codings(type(view.layers)())
    view.margin.grab()
    assert not item.isValid() and item.state().invalid and item.text(QAccessible.Text.Name) == ""
    assert item.rect().isEmpty()


def test_nothing_is_held_for_a_margin_that_is_gone(qtbot, theme) -> None:
    before = len(told._wholes)
    for _time in range(3):
        view = TranscriptView()
        view.resize(900, 700)
        view.show()
        show(view, reading(long_talk(3)), [coding(1, Span(0, 30))])
        view.margin.grab()
        QAccessible.queryAccessibleInterface(view.margin).child(0).text(QAccessible.Text.Name)
        view.close()
        view.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    assert len(told._wholes) <= before


ENDS = """
import gc
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from PySide6.QtTest import QTest
from PySide6.QtCore import Qt
app = QApplication([])
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.view import TranscriptView
from tests.ui.textpane.rooms import coding, long_talk, reading, show
QAccessible.setActive(True)
QAccessible.queryAccessibleInterface(TranscriptView().margin)
view = TranscriptView()
show(view, reading(long_talk(60)), [coding(i, Span(i * 200, i * 200 + 80)) for i in range(1, 40)])
view.show()
view.margin.setFocus()
for n in range(60):
    app.processEvents()
    whole = QAccessible.queryAccessibleInterface(view.margin)
    [QAccessible.uniqueId(whole.child(i)) for i in range(whole.childCount())]
    QTest.keyClick(view.margin, Qt.Key.Key_Down)
    gc.collect() if n % 20 == 0 else None
print("whole")
view.close()
del view, whole
gc.collect()
"""


def test_with_a_screen_reader_at_work_the_program_goes_on_and_ends_well() -> None:
    """Qt holds the interfaces by address: in a process of its own, because a fault there ends the process."""
    done = subprocess.run([sys.executable, "-c", ENDS], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, "whole"), done.stderr


def test_a_caret_that_comes_into_a_passage_and_leaves_it_is_told(view: TranscriptView, monkeypatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(view, "announce", said.append)
    QAccessible.setActive(True)
    try:
        start = view.reading.turns[1].span.start
        for point in (start + 60, start + 5, start + 6, start + 61):
            view.put_caret(point)
    finally:
        QAccessible.setActive(False)
    assert said == ["Not coded", "Coded as Code 3", "Not coded"]


def test_what_has_no_room_is_called_more_and_not_a_count(view: TranscriptView) -> None:
    view.replace_codings([], [coding(50 + n, Span(0, 30), 2 + n) for n in range(6)])
    painted: list[str] = []
    view.margin._paint_more = lambda painter, rect, more, folded: painted.append(more)
    view.margin.grab()
    assert painted and all(words.endswith(" more") and "+" not in words for words in painted)


def test_who_coded_stands_with_every_name_however_long(view: TranscriptView) -> None:
    view.margin.grab()
    room = 90.0
    for name in ("Bus", "Being looked down on by people who have never been here"):
        shown, width = view.margin._fitting(f"{name} · AV", len(name), room)
        assert shown.endswith(" · AV") and width <= room
    assert view.margin._fitting("Bus", 3, room)[0] == "Bus"


def test_what_begins_in_the_last_line_is_not_counted_with_another_name(view: TranscriptView) -> None:
    last = [block for block in view.screen() if block.top < view.viewport().height() - 2][-1].info.span
    view.replace_codings([], [coding(50 + n, Span(last.start, last.end), 2 + n) for n in range(2)])
    view.resize(view.width(), round(view.rect_of(Span(last.start, last.start)).center().y()) + 2)
    view.margin.grab()
    assert {c.id for c, _role in view.on_screen()} >= {50, 51}
    assert not [shown for shown in view.margin.names() if {50, 51} & set(shown.codings)]
