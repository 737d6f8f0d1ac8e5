"""What was coded is told to another process by what differs, and comes out the same."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.analysis import telling
from cohesion_qda.analysis.telling import NotTold, Teller, known
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.proposal import Coded, Described

ROWS = st.lists(st.tuples(*[st.integers(0, 2)] * 6), max_size=12).map(tuple)
CODES = st.sampled_from([(), (Described(CodeId(1), "Food", "Food", frozenset({CodeId(1)})),)])
CODED = st.builds(Coded, CODES, ROWS, st.sampled_from([(), ((1, 2, 3, 4),)]))


def sent(told):
    return pickle.loads(pickle.dumps(told))


@given(st.lists(CODED, min_size=1, max_size=6))
def test_it_comes_out_as_it_went_in(said):
    teller = Teller()
    for coded in said:
        assert known(sent(teller.tell(coded))) == coded
        assert known(sent(teller.tell(coded))) == coded, "asked again"


def test_of_60_000_codings_one_more_or_one_less_is_told_in_a_few_bytes():
    rows = tuple((n, n % 50, n, n + 40, n % 12, 1) for n in range(60_000))
    teller = Teller()
    known(teller.tell(Coded((), rows)))
    for changed in ((*rows, (60_000, 1, 2, 3, 4, 1)), rows, rows[:700] + rows[701:], rows):
        coded = Coded((), changed)
        told = teller.tell(coded)
        assert len(pickle.dumps(told)) < 500 and known(told) == coded
        assert len(pickle.dumps(teller.tell(coded))) < 200


def test_a_process_that_was_told_nothing_says_so_and_is_told_all(monkeypatch):
    teller, coded = Teller(), Coded((), ((1, 1, 0, 5, 1, 1),))
    teller.tell(coded)
    monkeypatch.setattr(telling, "_known", {})
    for again in (coded, Coded((), (*coded.codings, (2, 1, 0, 5, 1, 1)))):
        with pytest.raises(NotTold):
            known(teller.tell(again))
    teller.forget()
    assert known(teller.tell(coded)) == coded
    assert known(coded) is coded, "what was not told is taken as it is"
