"""Blocks as spreadsheets put them on the clipboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.project.sources import Sources
from cohesion_qda.ui.attributes import blocks
from cohesion_qda.ui.attributes.pasted import sheet_of

CELL = st.text(alphabet=st.sampled_from('ab"\t\n '), max_size=6)
TITLES = ("Participant", "Group", "Role", "Turns", "Words", "Age band")


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=5))
def test_what_is_copied_is_what_is_pasted(rows: list[list[str]]) -> None:
    wide = max(map(len, rows))
    square = [[*row, *[""] * (wide - len(row))] for row in rows]
    wanted = square if any(any(row) for row in square) else []
    read = blocks.read(blocks.write(square))
    if read and square[-1] == [""]:  # a last line end closes the row before it
        wanted = wanted[:-1]
    assert read == wanted


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\rc\td", [["a", "b"], ["c", "d"]]),
        ('"two\nlines"\t"say ""no"""\n', [["two\nlines", 'say "no"']]),
        ('"two\r\nlines"\tx', [["two\nlines", "x"]]),
        ('"open\tb', [['"open', "b"]]),
        ('6" pipe\t"x"y', [['6" pipe', '"x"y']]),
        ("a\n\nb\n\n", [["a"], [""], ["b"], [""]]),
        ("", []), ("\t\n", []), ("one", [["one"]]),
    ],
)  # fmt: skip
def test_text_of_spreadsheets_is_read(text: str, rows: list[list[str]]) -> None:
    assert blocks.read(text) == rows


@pytest.mark.parametrize(
    ("block", "selected", "cells", "over"),
    [
        ([["x"]], [(0, 0), (2, 1)], [(0, 0, "x"), (2, 1, "x")], (0, 0)),
        ([["a", "b"]], [(1, 0)], [(1, 0, "a"), (1, 1, "b")], (0, 0)),
        ([["a", "b"]], [(0, 0), (1, 0), (2, 0)], [(r, c, "ab"[c]) for r in range(3) for c in range(2)], (0, 0)),
        ([["a"], ["b"]], [(r, 0) for r in range(4)], [(0, 0, "a"), (1, 0, "b"), (2, 0, "a"), (3, 0, "b")], (0, 0)),
        ([["a"], ["b"]], [(0, 0), (1, 0), (2, 0)], [(0, 0, "a"), (1, 0, "b")], (0, 0)),
        ([["a", "b", "c"], ["d"]], [(3, 1)], [(3, 1, "a"), (3, 2, "b")], (1, 1)),
        ([["a", "b"], ["d"]], [(0, 0)], [(0, 0, "a"), (0, 1, "b"), (1, 0, "d"), (1, 1, "")], (0, 0)),
        ([], [(0, 0)], [], (0, 0)),
    ],
)  # fmt: skip
def test_where_a_pasted_block_goes(block, selected, cells, over) -> None:
    found = blocks.paste(block, selected, 4, 3)
    assert list(found.cells) == cells
    assert (found.rows_over, found.columns_over) == over


# -- by name -----------------------------------------------------------------------------------------------------------


def read(text: str, about: str = "participant", names: tuple[str, ...] = ("Carol", "Joan")) -> AttributeSheet:
    return sheet_of(blocks.read(text), about, names, TITLES)


def test_a_table_with_headings_gives_values_by_name() -> None:
    sheet = read("Who\tAge band\tBorn\nCarol\t60s\t1/2/1960\nJoan\t\t\nDev\t20s\t2001-05-05")
    assert sheet.of_participants == {
        ("", "Carol"): {"Age band": "60s", "Born": "1960-02-01"}, ("", "Joan"): {},
        ("", "Dev"): {"Age band": "20s", "Born": "2001-05-05"},
    }  # fmt: skip
    assert sheet.types == {"Age band": "category", "Born": "date"}


def test_a_copy_of_the_grid_comes_back_whoever_has_the_same_name_in_another_group() -> None:
    sheet = read(
        "Participant\tGroup\tRole\tTurns\tWords\tAge band\nP1\tWomen\tparticipant\t3\t9\t60s\nP1\tMen\tmoderator\t1\t2\t"
    )
    assert sheet.of_participants == {
        ("Women", "P1"): {"role": "participant", "Age band": "60s"}, ("Men", "P1"): {"role": "moderator"},
    }  # fmt: skip


def test_without_headings_the_columns_are_those_of_the_grid() -> None:
    assert read("carol\tWomen\tobserver").of_participants == {("Women", "carol"): {"role": "observer"}}


def test_a_table_of_sources_is_about_sources_whatever_is_shown() -> None:
    for about in ("source", "participant"):
        sheet = read("Transcript\tPlace\nWomen.docx\tDewsbury", about)
        assert sheet.of_sources == {"Women.docx": {"Place": "Dewsbury"}}
        assert sheet.of_participants == {}
    assert read("Title\tPlace\nWomen\tDewsbury", "source").of_sources == {"Women": {"Place": "Dewsbury"}}


def test_what_cannot_be_matched_by_name_is_told() -> None:
    with pytest.raises(BadInput, match="no names with values"):
        read("")
    with pytest.raises(BadInput, match="no names with values"):
        read("Carol\nJoan")
    with pytest.raises(BadInput, match="The clipboard gives “Carol” two values for Age: “60” and “61”"):
        read("Who\tAge\nCarol\t60\nCarol\t61")
    assert read("Who\tAge\nCarol\t60\nCarol\t60\n\tnobody").of_participants == {("", "Carol"): {"Age": "60"}}


def test_a_table_is_read_alike_from_a_file_and_from_the_clipboard(tmp_path) -> None:
    rows = [
        ["Who", "Residents", "Begin"],
        ["Carol", "5", "17:30:00"],
        ["Joan", "unknown", "18:00:00"],
        ["Dev", "1,000", ""],
    ]
    path = tmp_path / "people.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    pasted = read(blocks.write(rows))
    assert pasted == Sources.read_sheet(path)
    assert pasted.types == {"Residents": "number", "Begin": "category"}
    assert pasted.of_participants["", "Dev"] == {"Residents": "1000"}


def test_two_columns_of_one_title_are_told() -> None:
    with pytest.raises(BadInput, match="The clipboard has two columns called “Age”"):
        read("Who\tAge\tage\nCarol\t60\t61")
