"""What is being looked at stays where it is, whatever the new order; nothing is lost and nothing is doubled."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.ui.suggest.standing_still import is_outdated, sorted_anew, taken_in

ORDERS = st.lists(st.integers(0, 30), unique=True)


@given(shown=ORDERS, ranked=ORDERS, fixed=st.integers(0, 31))
def test_what_is_fixed_stays_and_every_ranked_one_is_there_once(shown, ranked, fixed):
    fixed = min(fixed, len(shown))
    rows = shown[:fixed] + taken_in(shown, ranked, fixed)
    assert rows[:fixed] == shown[:fixed]
    assert len(rows) == len(set(rows)) and set(ranked) <= set(rows)
    below = [key for key in ranked if key not in shown[:fixed]]
    assert rows[fixed:] == below, "below, it is the new order"


@given(ranked=ORDERS, later=st.sets(st.integers(0, 30)))
def test_sorting_anew_loses_nothing_and_puts_off_what_was_put_off(ranked, later):
    rows = sorted_anew(ranked, later)
    assert sorted(rows) == sorted(ranked)
    assert not is_outdated(rows, rows, ())
    put_off = [key in later for key in rows]
    assert put_off == sorted(put_off)


@given(shown=ORDERS, decided=st.sets(st.integers(0, 30)))
def test_a_list_with_decided_rows_can_be_sorted_anew(shown, decided):
    still_open = [key for key in shown if key not in decided]
    assert is_outdated(shown, still_open, decided) == (len(still_open) < len(shown))
