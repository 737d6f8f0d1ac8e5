"""Numbers as they are read: halves up, a true minus, as many decimals all down a column, the same everywhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.cli.answer_text import cell_words
from cohesion_qda.model.answer import Answer, Cell, Head, Line, Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.report import numbers
from cohesion_qda.report.drawn import reading
from cohesion_qda.report.markup import markdown
from cohesion_qda.ui.compare import cells


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (1 / 8, "13%"),
        (29 / 200, "15%"),
        (0.285, "29%"),
        (0.0, "0%"),
        (1.0, "100%"),
        (1 / 300, "under 1%"),
        (0.005, "1%"),
    ],
)
def test_halves_go_up_and_next_to_nothing_is_not_nothing(share: float, told: str) -> None:
    assert numbers.percent(share) == told


@pytest.mark.parametrize(
    ("value", "places", "told"),
    [
        (1.0, 3, "1.000"), (0.69, 3, "0.690"), (-0.0055, 3, "−0.006"), (-0.0001, 3, "0.000"), (0.0625, 3, "0.063"),
        (0.0004, 3, "<0.001"), (0.0, 3, "0.000"), (3, 3, "3"), (-1234, 2, "−1,234"), (1234.5, 1, "1,234.5"), (float("inf"), 2, "∞"),
    ],
)  # fmt: skip
def test_as_many_decimals_as_the_column_has(value: float, places: int, told: str) -> None:
    assert numbers.decimal(value, places) == told


@given(st.integers(1, 500), st.data())
def test_a_share_of_people_is_rounded_as_it_is_by_hand(of: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, of))
    by_hand = (200 * n + of) // (2 * of)
    assert numbers.percent(n / of) == ("under 1%" if n and 200 * n < of else f"{by_hand}%")


@given(st.floats(-1, 1), st.integers(0, 4))
def test_rounding_is_never_off_by_more_than_half(value: float, places: int) -> None:
    assert abs(numbers.rounded(value, places) - Decimal(value)) <= Decimal(1).scaleb(-places) / 2 + Decimal("1e-9")


def test_the_window_figures_the_command_line_and_printed_tables_say_the_same() -> None:
    p, share = Head("p", "number", places=3), Head("Share", "share", of=8, unit="participants")
    cell, part = Cell(0.69, low=-0.5, high=1.0), Cell(1 / 8, 8)
    assert cells.value_words(cell, p) == reading.short(cell, p) == "0.690"
    assert cells.small_words(cell, p) == "−0.500 to 1.000"
    assert reading.said(cell, p) == cell_words(cell, p) == "0.690 (−0.500 to 1.000)"
    assert cells.value_words(part, share) == reading.short(part, share) == cell_words(part, share) == "13%"
    table = Part("t", "T", "Code", (p, share), (Line("Food", (cell, part)),))
    printed = markdown(Answer(Asked("crosstab"), "T", (table,)))
    assert "| 0.690 |" in printed and "−0.500" in printed and "12.5 %" in printed
