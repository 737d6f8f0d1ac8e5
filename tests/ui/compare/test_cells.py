"""What a cell says: every count beside its denominator, whatever was asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from cohesion_qda.model.answer import Cell, Head, Line, Part
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.compare import cells
from cohesion_qda.ui.compare.model import AnswerModel
from tests.ui.compare.made import places

PEOPLE, SHARE = Head("Luton", unit="participants"), Head("Luton", "share", unit="participants")
NUMBER, TEXT = Head("κ", "number"), Head("Who", "text")
TRUST = Line("Trust", (), code=2)


@pytest.mark.parametrize(
    ("cell", "head", "words", "small"),
    [
        (Cell(7, 12), PEOPLE, "7 of 12", ""),
        (Cell(0, 12), PEOPLE, "0 of 12", ""),
        (Cell(0, 0), PEOPLE, "–", ""),
        (Cell(13140), PEOPLE, "13,140", ""),
        (Cell(None, 12, is_hidden=True), PEOPLE, "[c]", ""),
        (Cell(None), PEOPLE, "–", ""),
        (Cell(7 / 12, 12), SHARE, "58%", "of 12"),
        (Cell(0.001, 2000), SHARE, "under 1%", "of 2,000"),
        (Cell(None, 12, is_hidden=True), SHARE, "[c]", ""),
        (Cell(0.6213, low=0.41, high=0.784), NUMBER, "0.62", "0.41 to 0.78"),
        (Cell(None), NUMBER, "not calculable", ""),
        (Cell(0.004), Head("p", "number", places=3), "0.004", ""),
        (Cell(0.00004), Head("p", "number", places=3), "<0.001", ""),
        (Cell(1.0), NUMBER, "1.00", ""),
        (Cell("Amina"), TEXT, "Amina", ""),
        (Cell(None), TEXT, "", ""),
    ],
)
def test_a_cell_in_words(cell: Cell, head: Head, words: str, small: str) -> None:
    assert (cells.value_words(cell, head), cells.small_words(cell, head)) == (words, small)


@pytest.mark.parametrize(
    ("cell", "head", "said"),
    [
        (Cell(7, 12), PEOPLE, "Trust, Luton: 7 of 12 participants"),
        (Cell(1, 1), Head("Luton", unit="groups"), "Trust, Luton: 1 of 1 group"),
        (Cell(3), Head("Luton", unit="mentions"), "Trust, Luton: 3 mentions"),
        (Cell(0, 0), PEOPLE, "Trust, Luton: nobody here was asked"),
        (Cell(None, 12, is_hidden=True), PEOPLE, "Trust, Luton: hidden, because the number is small"),
        (Cell(7 / 12, 12), SHARE, "Trust, Luton: 58% of 12 participants"),
        (Cell(0.62, low=0.41, high=0.78), NUMBER, "Trust, κ: 0.62, between 0.41 to 0.78"),
        (Cell(None), NUMBER, "Trust, κ: not calculable"),
        (Cell(""), TEXT, "Trust, Who: empty"),
        (Cell(7, 12), Head("18–24", unit="participants", over="Luton"), "Trust, Luton, 18–24: 7 of 12 participants"),
    ],
)
def test_a_cell_for_those_who_cannot_see_it(cell: Cell, head: Head, said: str) -> None:
    assert cells.told(TRUST, head, cell) == said


@given(
    st.integers(0, 10**7),
    st.integers(1, 10**7),
    st.sampled_from(["mentions", "turns", "words", "participants", "groups", ""]),
)
def test_no_count_is_told_without_its_denominator(value: int, of: int, unit: str) -> None:
    cell, head = Cell(value, of), Head("Luton", unit=unit)
    assert cells.value_words(cell, head) == f"{value:,} of {of:,}"
    assert f"{value:,} of {of:,}" in cells.told(TRUST, head, cell)


def test_a_code_nobody_used_is_told_from_one_whose_numbers_are_hidden() -> None:
    trust, food, _buses, class_ = places().lines
    assert [cells.is_unused(line) for line in (trust, food, class_)] == [False, False, True]
    hidden = Line("Class", (Cell(None, 12, is_hidden=True), Cell(0, 7)), code=6)
    assert not cells.is_unused(hidden)
    assert not cells.is_unused(Line("Amina", (Cell(0, 7),))), "a person who says nothing is not an unused code"


def test_the_shade_is_the_share_of_the_denominator_and_totals_have_none() -> None:
    part = places()
    assert cells.shade(part.lines[0].cells[0], part.heads[0], 99) == pytest.approx(7 / 12)
    assert cells.shade(part.lines[0].cells[2], part.heads[2], 99) is None
    assert cells.shade(part.lines[1].cells[0], part.heads[0], 99) is None, "what is hidden has no shade either"
    assert cells.shade(Cell(5), Head("Food"), 20) == 0.25


def test_in_codes_by_codes_the_diagonal_says_nothing_of_what_comes_together() -> None:
    names = ("Trust", "Food", "Buses")
    values = ((40, 3, 0), (3, 30, 6), (0, 6, 20))
    lines = tuple(Line(name, tuple(map(Cell, row))) for name, row in zip(names, values, strict=True))
    square = Part("matrix", "", "Code", tuple(map(Head, names)), lines)
    assert cells.is_square(square) and cells.most(square) == 6
    assert not cells.is_square(places())


def test_a_heading_is_a_line_without_numbers_that_goes_where_the_lines_are_sorted(qapp: object) -> None:
    heading = Line("Politics", (Cell(),), 0, "Politics", CodeId(1), is_heading=True)
    lines = tuple(
        Line(name, (Cell(n, 12, (k,)),), 1, name, CodeId(k), (k,)) for k, name, n in ((2, "Cuts", 3), (3, "Votes", 0))
    )
    alone = Line("Places", (Cell(),), 0, "Places", CodeId(4), is_heading=True)
    part = Part(
        "counts",
        "T",
        "Code",
        (PEOPLE,),
        (heading, *lines, alone, Line("Parks", (Cell(0, 12, (5,)),), 1, code=CodeId(5))),
    )
    model = AnswerModel()
    model.show(part, CodeTree(), None, with_unused=False)
    assert [line.label for line in model.lines] == ["Politics", "Cuts"] and model.unused == 2, (
        "nothing used is under Places"
    )
    index = model.index(0, 1)
    assert model.data(index) == "" and model.key(index) == () and model.key(model.index(0, 0)) == ()
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Politics"
    model.show(part, CodeTree(), None, with_unused=True)
    assert [line.label for line in model.lines] == ["Politics", "Cuts", "Votes", "Places", "Parks"]
    model.show(part, CodeTree(), (0, True), with_unused=True)
    assert [line.label for line in model.lines] == ["Cuts", "Votes", "Parks"]
