"""Which passages are most like the others of their theme."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.text import Span
from cohesion_qda.report.typical import LEVELS, Typical, levels

TURNS = ["bus late bus", "bus stop", "bus fare", "cricket tea"]  # of four people, in one source each
TERMS = ["bus", "late", "stop", "fare", "cricket", "tea"]


def words() -> Any:
    """The terms of TURNS, every word ten characters wide."""
    rows = [(turn, n * 10, TERMS.index(word)) for turn, said in enumerate(TURNS) for n, word in enumerate(said.split())]
    turn, start, term = (np.array(column) for column in zip(*rows, strict=True))
    voices = np.array([len({t for t, _s, k in rows if k == number}) for number in range(len(TERMS))])
    return SimpleNamespace(
        utterances=[SimpleNamespace(source=SourceId(n)) for n in range(len(TURNS))], voices=40,
        utterance=turn, start=start, end=start + 9, term=term, counts=lambda: (None, None, None, voices),
    )  # fmt: skip


def whole(source: int) -> tuple[SourceId, Span]:
    return SourceId(source), Span(0, 10 * len(TURNS[source].split()))


def test_those_that_say_what_the_others_say_come_first() -> None:
    found = Typical(words).levels([whole(3), whole(0), whole(1), whole(2)])
    assert found[0] == max(found) > max(found[1:])
    assert min(found) == 0


def test_a_passage_that_two_coded_is_not_like_itself() -> None:
    once = Typical(words).levels([whole(3), whole(1), whole(2)])
    twice = Typical(words).levels([whole(3), (SourceId(3), Span(0, 19)), whole(3), whole(1), whole(2)])
    assert once[0] > max(once[1:])
    assert min(twice[:3]) > max(twice[3:])


def test_only_what_is_inside_a_passage_counts() -> None:
    late = SourceId(0), Span(10, 19)
    assert Typical(words).levels([late, whole(1), whole(2)])[0] > 0
    assert Typical(words).levels([whole(0), whole(1), (SourceId(3), Span(0, 5))])[2] > 0


def test_where_there_is_nothing_to_compare_nothing_is_asked() -> None:
    def never() -> Any:
        pytest.fail("the words were asked for")

    assert Typical(never).levels([]) == []
    assert Typical(never).levels([whole(0)]) == [0]


@given(st.lists(st.integers(0, 5).map(float), min_size=1))
def test_levels_go_by_score_alone(scores: list[float]) -> None:
    found = levels(scores)
    assert min(found) == found[scores.index(max(scores))] == 0
    assert max(found) < LEVELS
    assert all(found[a] <= found[b] for a in range(len(scores)) for b in range(len(scores)) if scores[a] >= scores[b])
    assert levels(scores[::-1]) == found[::-1]
