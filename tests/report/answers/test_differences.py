"""Tests of differences as they are told: with their caution, their expected counts, and refused where they would mislead."""

from __future__ import annotations

import math

import pytest

from cohesion_qda.base.errors import BadInput, NotFound, UserError
from cohesion_qda.model.answer import Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CodeId
from cohesion_qda.report.answers import differences
from cohesion_qda.report.answers.differences import Row

PLACES = [("Batley", 12), ("Dewsbury", 14)]
ROWS = [
    Row(CodeId(1), "Buses", "Divides/Buses", 1, (9, 2)),
    Row(CodeId(2), "Parks", "Unites/Parks", 1, (1, 2)),
    Row(CodeId(3), "Never said", "Unites/Never said", 1, (0, 0)),
]  # fmt: skip


def asked(unit: str = "participants", **options: str) -> Asked:
    return Asked("crosstab", by=("place",), unit=unit, options={"test": "fisher", **options})


def heads(part: Part) -> list[str]:
    return [head.label for head in part.heads]


def test_two_values_have_an_odds_ratio_with_its_interval_and_a_corrected_p() -> None:
    part = differences.tests_part(asked(), PLACES, ROWS, 26)
    assert heads(part) == ["p", "p, corrected", "phi", "Odds ratio", "Smallest expected count"]
    assert [line.code for line in part.lines] == [1, 2, 3]
    buses = part.lines[0].cells
    chances = [math.comb(12, n) * math.comb(14, 11 - n) / math.comb(26, 11) for n in range(12)]
    assert buses[0].value == pytest.approx(sum(chance for chance in chances if chance <= chances[9] * 1.000001))
    assert buses[1].value == pytest.approx(2 * float(buses[0].value or 0)), (
        "of two that were tested, the smallest doubled"
    )
    assert buses[3].low is not None and buses[3].high is not None
    assert float(buses[3].low) < float(buses[3].value or 0) < float(buses[3].high)
    assert [cell.value for cell in part.lines[2].cells] == [None] * 5
    assert part.lines[2].note == "Not calculable: nobody said it, or everybody did."
    assert "*" not in "".join(note for note in part.notes), "never stars"


def test_chi_squared_shows_every_expected_count_and_doubts_small_ones() -> None:
    part = differences.tests_part(asked(test="chi-squared", correction="benjamini-hochberg"), PLACES, ROWS, 26)
    assert heads(part)[4:] == [
        "Smallest expected count", "Chi-squared", "Degrees of freedom", "Batley", "Dewsbury", "Batley", "Dewsbury",
    ]  # fmt: skip
    assert [head.over for head in part.heads[-4:]] == ["Expected to have said it"] * 2 + [
        "Expected not to have said it"
    ] * 2
    expected = [float(cell.value or 0) for cell in part.lines[0].cells[-4:]]
    assert expected == pytest.approx([12 * 11 / 26, 14 * 11 / 26, 12 * 15 / 26, 14 * 15 / 26])
    assert part.lines[1].note == "An expected count is below 5: chi-squared is doubtful here."
    assert any(note.startswith("In 1 of these tests an expected count is below 5") for note in part.notes)
    assert any("Benjamini and Hochberg (1995)" in note for note in part.notes)
    assert len(part.lines[2].cells) == len(part.heads)


def test_more_than_two_values_say_how_p_was_estimated_and_have_no_odds_ratio() -> None:
    part = differences.tests_part(
        asked(), [*PLACES, ("Mirfield", 9), ("Nowhere", 0)], [Row(CodeId(1), "Buses", "Buses", 0, (9, 2, 4, 0))], 35
    )
    assert heads(part) == ["p", "p, corrected", "Cramér’s V", "Smallest expected count"]
    assert any("9,999 random tables" in note and "Freeman and Halton" in note for note in part.notes)
    assert "Nobody is counted there, so it is not compared: Nowhere." in part.notes


def test_people_in_one_group_are_not_independent_and_it_says_so() -> None:
    people, groups = (
        differences.tests_part(asked(), PLACES, ROWS, 26).notes[0],
        differences.tests_part(asked("groups"), PLACES, ROWS, 26).notes[0],
    )
    assert "People in one focus group hear each other, so they are not" in people
    assert groups.startswith("Each test takes groups as independent")


@pytest.mark.parametrize(
    ("what", "columns", "total", "kind", "words"),
    [
        (asked("mentions"), PLACES, 26, BadInput, "Mentions, turns and words are not independent"),
        (asked("words"), PLACES, 26, BadInput, "Count in participants or groups"),
        (asked(test="t-test"), PLACES, 26, NotFound, "no test “t-test”"),
        (asked(correction="none"), PLACES, 26, NotFound, "no correction “none”"),
        (asked(), PLACES[:1], 12, BadInput, "only one value here"),
        (asked(), [*PLACES[:1], ("Nowhere", 0)], 12, BadInput, "only one value here"),
        (asked(), PLACES, 24, BadInput, "Some participants stand under more than one value"),
        (asked("groups"), PLACES, 25, BadInput, "Some groups stand under more than one value"),
    ],
)
def test_what_would_mislead_is_refused_with_a_reason(
    what: Asked, columns: list[tuple[str, int]], total: int, kind: type[UserError], words: str
) -> None:
    rows = [Row(row.code, row.label, row.path, row.depth, row.counts[: len(columns)]) for row in ROWS]
    with pytest.raises(kind) as refused:
        differences.tests_part(what, columns, rows, total)
    assert words in f"{refused.value} {refused.value.hint}"
