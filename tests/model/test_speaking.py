"""How widely there is talk like a theme's, where people speak and where they do not."""

from __future__ import annotations

from cohesion_qda.model.speaking import how_widely, nobody_speaks
from cohesion_qda.model.table import Count


def test_every_number_knows_what_it_is_out_of() -> None:
    assert (
        how_widely(Count(111, 61, 10), Count(900, 85, 12)) == "Talk like this in 10 of 12 groups, among 61 of 85 people"
    )
    assert how_widely(Count(3, 1, 1), Count(9, 1, 1)) == "Talk like this in 1 of 1 group, among 1 of 1 person"
    assert how_widely(Count(3, 1), Count(9, 4)) == "Talk like this among 1 of 4 people"


def test_where_nobody_speaks_people_are_not_counted() -> None:
    assert how_widely(Count(20), Count(60)) == "Talk like this in 20 of 60 paragraphs"
    assert how_widely(Count(20), Count(900, 85, 12)) == (
        "Talk like this in 20 of 900 turns and paragraphs, where no participant speaks"
    )
    assert nobody_speaks(Count(60)) and not nobody_speaks(Count(60, 3)) and not nobody_speaks(Count())
