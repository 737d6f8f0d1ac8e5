"""The table of any answer: sorted, folded, scrolled, and quick however many cells it has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from cohesion_qda.model.answer import Cell, Head, Line, Part
from cohesion_qda.ui.compare.grid import AnswerTable
from cohesion_qda.ui.compare.model import LABEL, AnswerModel
from cohesion_qda.ui.compare.notes import Notes
from tests.ui.compare.made import TREE, places


@pytest.fixture
def table(theme, qtbot) -> AnswerTable:
    made = AnswerTable()
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show_part(places(), TREE, None, with_unused=False)
    made.show()
    return made


def labels(model: AnswerModel) -> list[str]:
    return [model.index(row, LABEL).data() for row in range(model.rowCount())]


def test_codes_nobody_used_are_folded_away_and_the_foot_stays(table: AnswerTable) -> None:
    assert labels(table.answer) == ["Trust", "Food", "Buses", "Any code"]
    assert table.answer.unused == 1
    table.show_part(places(), TREE, None, with_unused=True)
    assert labels(table.answer) == ["Trust", "Food", "Buses", "Class", "Any code"]


def test_where_no_code_was_used_all_are_shown(table: AnswerTable) -> None:
    part = places()
    table.show_part(replace(part, lines=part.lines[3:], foot=None), TREE, None, with_unused=False)
    assert labels(table.answer) == ["Class"]
    assert table.answer.unused == 0


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ((0, True), ["Buses", "Trust", "Food"]),  # what is hidden comes last, wherever it would stand
        ((0, False), ["Trust", "Buses", "Food"]),
        ((1, True), ["Food", "Trust", "Buses"]),
        ((-1, False), ["Buses", "Food", "Trust"]),
        ((7, True), ["Trust", "Food", "Buses"]),  # a column that is not there any more
    ],
)
def test_sorted_by_a_column(table: AnswerTable, order: tuple[int, bool], wanted: list[str]) -> None:
    table.show_part(places(), TREE, order, with_unused=False)
    assert labels(table.answer) == [*wanted, "Any code"]


def test_numbers_and_words_in_one_column_are_sorted_without_harm(table: AnswerTable) -> None:
    lines = tuple(Line(str(n), (Cell(value),)) for n, value in enumerate([3, "group 10", None, "group 9", 1]))
    table.show_part(Part("x", "X", "", (Head("H", "text"),), lines), TREE, (0, False), with_unused=False)
    assert labels(table.answer) == ["4", "0", "3", "1", "2"]


def test_what_a_screen_reader_hears(table: AnswerTable) -> None:
    said = Qt.ItemDataRole.AccessibleTextRole
    model = table.answer
    assert model.index(0, 1).data(said) == "Trust, Luton: 7 of 12 participants"
    assert model.index(1, 1).data(said) == "Food, Luton: hidden, because the number is small"
    assert model.index(0, 0).data(said) == "What unites, Trust"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Luton, 12 participants"
    table.show_part(places("Place"), TREE, (0, True), with_unused=False)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Place, Luton, 12 participants, sorted, the most first"
    assert table.accessibleName() == "Codes by place"


def test_the_keys(table: AnswerTable, qtbot) -> None:
    table.setFocus()
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, 1)
    opened, sorting = [], []
    table.opened.connect(lambda index: opened.append(table.answer.key(index)))
    table.sorting.connect(sorting.append)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_Home)
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [(3, "Luton"), (3,), ("any3",)]
    QTest.keyClick(table, Qt.Key.Key_S)
    QTest.keyClick(table, Qt.Key.Key_Home)
    QTest.keyClick(table, Qt.Key.Key_S)
    assert sorting == [2, -1]
    for key, signal in ((Qt.Key.Key_Escape, table.left), (Qt.Key.Key_C, table.copying)):
        control = Qt.KeyboardModifier.ControlModifier if key == Qt.Key.Key_C else Qt.KeyboardModifier.NoModifier
        with qtbot.waitSignal(signal, timeout=500):
            QTest.keyClick(table, key, control)


def test_a_click_on_a_head_sorts_and_on_a_cell_opens(table: AnswerTable) -> None:
    opened, sorting = [], []
    table.opened.connect(lambda index: opened.append(table.answer.key(index)))
    table.sorting.connect(sorting.append)
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(2) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.answer.index(2, 2)).center()
    )
    assert (sorting, opened) == ([1], [(5, "Dewsbury")])


def test_the_current_cell_stays_when_the_answer_is_counted_anew(table: AnswerTable) -> None:
    table.setCurrentIndex(table.answer.index(2, 2))
    table.show_part(places(), TREE, (1, True), with_unused=True)
    assert table.current_key() == (5, "Dewsbury")
    part = places()
    twice = replace(part, lines=(part.lines[0], replace(part.lines[0], label="Mirror")))
    table.show_part(twice, TREE, None, with_unused=False)
    table.setCurrentIndex(table.answer.index(1, 2))
    table.show_part(twice, TREE, None, with_unused=False)
    assert table.currentIndex().row() == 1, "a matrix has a cell twice; the one the person was on stays"


def test_labels_stay_while_values_scroll(table: AnswerTable) -> None:
    table.resize(320, 300)
    assert table._frozen.isVisible()
    assert not table._frozen.isColumnHidden(LABEL) and table._frozen.isColumnHidden(1)
    table.setCurrentIndex(table.answer.index(0, 3))
    table.setCurrentIndex(table.answer.index(0, 1))
    assert table.visualRect(table.answer.index(0, 1)).left() >= table.columnWidth(LABEL) - 1


def test_only_what_is_seen_is_asked_for(table: AnswerTable) -> None:
    """A matrix of ninety thousand cells: a picture of it asks for those in view."""
    heads = tuple(Head(f"Code {n}") for n in range(300))
    lines = tuple(Line(f"Code {n}", tuple(Cell(n, key=(n, m)) for m in range(300)), code=None) for n in range(300))
    asked: set[tuple[int, int]] = set()
    cell = AnswerModel.cell

    def watched(self: AnswerModel, index) -> Cell:
        asked.add((index.row(), index.column()))
        return cell(self, index)

    table.show_part(
        Part("m", "Codes by codes", "Code", heads, lines, figures=("heat map",)), TREE, None, with_unused=False
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AnswerModel, "cell", watched)
        table.grab()
    assert 0 < len(asked) < 600


def test_long_names_are_shortened_and_told_whole(table: AnswerTable) -> None:
    long = "Somewhere warm to sit that does not cost anything and where nobody moves you on " * 3
    part = places()
    lines = (replace(part.lines[0], label=long, path=f"What unites/{long}"),)
    heads = tuple(replace(head, label=long) for head in part.heads)
    table.show_part(replace(part, lines=lines, heads=heads), TREE, None, with_unused=False)
    assert table.columnWidth(LABEL) <= table.viewport().width() // 2 + 1
    assert max(map(len, table.head_lines)) == 3
    assert table.answer.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == f"What unites › {long}"
    assert not table.grab().isNull()


def test_a_part_without_lines_is_shown_as_such(table: AnswerTable) -> None:
    table.show_part(Part("x", "X", "Code", (Head("All"),), ()), TREE, None, with_unused=False)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert table.answer.rowCount() == 0
    assert QGuiApplication.focusWindow() is not None or not table.currentIndex().isValid()


def test_a_share_has_no_bar_under_what_it_is_of(table: AnswerTable) -> None:
    heads = (Head("Share", "share", unit="words"), Head("Words", unit="words"))
    part = Part(
        "shares",
        "Who says how much",
        "Participant",
        heads,
        (Line("Ann", (Cell(0.25, 80), Cell(20, 80))),),
        figures=("bars",),
    )
    table.show_part(part, TREE, None, with_unused=True)
    model = table.answer
    assert (model.reach(model.index(0, 1)), model.reach(model.index(0, 2))) == (None, 0.25)


def test_sources_that_are_left_out_are_named_with_why(theme, qtbot) -> None:
    notes = Notes()
    qtbot.addWidget(notes)
    why = "Nobody speaks in it."
    notes.show_notes(["One.", "Two.", "Three.", "Four."], [("Diary", why), ("Map", why), ("Hall", "It is empty.")])
    assert notes.label.text().splitlines() == [
        "One.", "Two.", "3 sources are left out.", "Diary; Map: Nobody speaks in it.", "Hall: It is empty.",
    ]  # fmt: skip
    assert notes.button.text() == "Show 2 more notes"
    notes.button.click()
    assert "Four." in notes.label.text() and notes.button.text() == "Show fewer notes"
