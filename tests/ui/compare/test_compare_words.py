"""What the table says in words."""

from __future__ import annotations

import pytest

from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.table import Column, Count, Row, Table
from cohesion_qda.ui.compare import words
from cohesion_qda.ui.compare.words import Choice

BASE = Count(40, 20, 4)


def row(code: int, name: str, mentions: int, people: int, groups: int) -> Row:
    total = Count(mentions, people, groups)
    return Row(code, name, name, 1, (total, Count()), total)


def table(*rows: Row, base: Count = BASE, branch: bool = False) -> Table:
    columns = (Column("D", "Dewsbury", base, 2), Column("B", "Batley", Count(0, 3, 1), 1))
    return Table("place", columns, rows, base, 5, branch)


TREE = CodeTree(
    [
        Code(1, None, "What unites", "navy", is_question=True),
        Code(2, 1, "Parks", "leaf"),
        Code(3, 1, "Food", "ochre", position=1),
        Code(4, None, "What divides", "plum", is_question=True, position=1),
        Code(5, 4, "Buses", "orange"),
    ]
)
ROWS = [row(1, "What unites", 0, 0, 0), row(2, "Parks", 9, 5, 3), row(3, "Food", 2, 2, 1), row(4, "What divides", 1, 1, 1),
        row(5, "Buses", 12, 6, 4)]  # fmt: skip


def test_the_widest_spread_code_comes_first_and_questions_are_not_codes():
    shown = words.rows_of(table(*ROWS), TREE, Choice())
    assert [r.name for r in shown] == ["Buses", "Parks", "Food", "What divides"]


def test_with_branches_questions_are_left_out():
    shown = words.rows_of(table(*ROWS, branch=True), TREE, Choice(order="codebook", branch=True))
    assert [r.name for r in shown] == ["Parks", "Food", "Buses"]


def test_one_question():
    assert [r.name for r in words.rows_of(table(*ROWS), TREE, Choice(question=1))] == ["Parks", "Food"]


@pytest.mark.parametrize(
    ("unit", "cell"), [("groups", ("3/4", "5/20")), ("participants", ("5/20", "")), ("mentions", ("9/40", ""))]
)
def test_every_count_has_its_denominator(unit, cell):
    assert words.cell_words(Count(9, 5, 3), BASE, unit) == cell


def test_nobody_there_is_a_dash_and_nobody_said_it_is_a_nought():
    assert words.cell_words(Count(), Count(), "groups") == ("–", "")
    assert words.cell_words(Count(), Count(0, 12, 2), "groups") == ("0/2", "0/12")


def test_interviews_alone_are_counted_in_people():
    assert words.cell_words(Count(4, 2, 0), Count(9, 3, 0), "groups") == ("2/3", "")
    assert words.shown_unit(table(base=Count(9, 3, 0)), "groups") == "participants"
    assert words.shown_unit(table(base=Count(9, 0, 0)), "groups") == "mentions"


def test_the_headline_is_made_from_the_numbers():
    assert words.headline(ROWS, BASE, "groups") == "Buses came up in 4 of 4 groups, more than any other code"
    both = [row(2, "Parks", 9, 5, 3), row(5, "Buses", 9, 5, 3)]
    assert words.headline(both, BASE, "groups") == (
        "Parks and Buses each came up in 3 of 4 groups, more than any other code"
    )
    assert words.headline(ROWS, BASE, "participants", "What divides") == (
        "Buses came up with 6 of 20 people, more than any other code under “What divides”"
    )
    assert words.headline([], BASE, "groups") == "No code has been used here yet"


def test_the_chart_counts_people_when_many_codes_reached_as_many_groups():
    level = [row(n, str(n), 9, n, 4) for n in range(5)]
    assert words.chart_unit(level, "groups", BASE, "groups") == "participants"
    assert words.chart_unit(ROWS, "groups", BASE, "groups") == "groups"
    assert words.chart_unit(ROWS, "groups", BASE, "participants") == "participants"
    assert words.chart_unit(ROWS, "mentions", BASE, "groups") == "mentions"


def test_what_is_copied_has_the_denominators_and_is_safe():
    grid = words.as_grid(table(row(2, "Parks\t& <b>", 9, 5, 3)), [row(2, "Parks\t& <b>", 9, 5, 3)], "groups")
    assert grid[0][:3] == ["Code", "All, groups", "All, people"]
    assert grid[1][:3] == ["Out of", "4", "20"]
    assert words.as_tsv(grid).splitlines()[2].startswith("Parks & <b>\t3\t5\t")
    assert "<th>Parks\t&amp; &lt;b&gt;</th><td>3</td>" in words.as_html(grid)


def test_where_groups_tie_the_headline_says_that_people_rank():
    level = sorted((row(n, f"Code {n}", 9, n, 4) for n in range(1, 6)), key=lambda r: -r.total.participants)
    wider = [*level, row(9, "Talked of by many in few groups", 30, 19, 2)]
    assert words.is_level(wider, "groups", "groups")
    assert not words.is_level(wider, "groups", "codebook") and not words.is_level(wider, "mentions", "groups")
    assert words.level_headline(wider, BASE) == (
        "5 codes tie at 4 of 4 groups, so people rank them: Code 5 first, with 5 of 20 people"
    )
    assert "in the order of the table" in words.caveat(BASE, "participants", is_level=True)


def test_ties_of_groups_are_sorted_by_people():
    tied = [row(2, "Parks", 20, 5, 3), row(3, "Food", 2, 7, 3), row(5, "Buses", 9, 6, 3)]
    assert [r.name for r in words.rows_of(table(*tied), TREE, Choice())] == ["Food", "Buses", "Parks"]


def test_one_group_of_one_is_in_the_singular():
    base = Count(3, 1, 1)
    assert words.headline([row(2, "Parks", 3, 1, 1)], base, "groups").startswith("Parks came up in 1 of 1 group,")
    assert words.headline([row(2, "Parks", 3, 1, 1)], base, "participants").startswith(
        "Parks came up with 1 of 1 person,"
    )
    assert words.total_words(Count(3, 1, 1), base, "groups") == ("1/1 group", "1/1 person")


def test_two_coders_are_told_where_mentions_are_counted():
    said = "Two people coded some sources; their codings of the same words count once each as mentions."
    assert words.notes(table(), "mentions", 2) == (said,)
    assert words.notes(table(), "mentions", 3)[0].startswith("3 people coded some sources;")
    assert words.notes(table(), "groups", 2) == words.notes(table(), "mentions", 1) == ()
