"""Printed tables as tables that can be counted with."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.report import words
from cohesion_qda.report.blocks import Grid
from cohesion_qda.report.filed import sheet_of
from cohesion_qda.report.hiding import HIDDEN


def grid(
    *rows: tuple[str, ...],
    head: tuple[str, ...] = ("Theme", "Groups", "Points"),
    numbers: int = 1,
    indents: tuple[int, ...] = (),
) -> Grid:
    return Grid(4, "Themes", head, rows, numbers, indents)  # fmt: skip


def test_shares_stand_beside_their_denominators_and_numbers_are_numbers() -> None:
    sheet = sheet_of(grid(("Parks", "3 of 1,200", "\u22123.5"), ("Cuts", HIDDEN, "+2"), ("Ponds", "[c] of 12", "–")))
    assert (sheet.name, sheet.title) == ("Table 4", "Themes")
    assert sheet.head == ("Theme", "Groups", "Groups: out of", "Points")
    assert sheet.rows == (("Parks", 3, 1200, -3.5), ("Cuts", HIDDEN, HIDDEN, 2), ("Ponds", HIDDEN, 12, "–"))


def test_words_stay_words() -> None:
    """A year in a column of words, and a column in which something is neither."""
    sheet = sheet_of(grid(("2019", "2020", "3 of 12"), ("x", "y", "about 3 of 12"), numbers=2))
    assert sheet.head == ("Theme", "Groups", "Points")
    assert sheet.rows == (("2019", "2020", "3 of 12"), ("x", "y", "about 3 of 12"))


def test_rows_under_others_are_named_with_their_path() -> None:
    rows = [(name, "1", "2") for name in ("Q", "Parks", "Benches", "Ponds", "R", "Buses")]
    found = [row[0] for row in sheet_of(grid(*rows, indents=(0, 1, 2, 1, 0, 1))).rows]
    assert found == ["Q", "Q/Parks", "Q/Parks/Benches", "Q/Ponds", "R", "R/Buses"]


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1))
def test_every_printed_share_comes_back_as_its_two_numbers(pairs: list[tuple[int, int]]) -> None:
    rows = [("x", f"{words.number(n)} of {words.number(total)}", words.number(n)) for n, total in pairs]
    assert [row[1:] for row in sheet_of(grid(*rows)).rows] == [(n, total, n) for n, total in pairs]
