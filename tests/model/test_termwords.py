from __future__ import annotations

import pickle
from dataclasses import replace

from cohesion_qda.model import termwords
from cohesion_qda.model.suggestion import REASONS, FoundTerms, Share, TermSuggestion
from cohesion_qda.model.table import Count

MANY, FEW = Count(90, 20, 4), Count(9, 3)
PARTS = (Share("Hull", 0, 10), Share("Leeds", 0, 4))


def test_every_reason_has_its_sentence() -> None:
    said = {why: termwords.nothing(FoundTerms(why=why)) for why in REASONS}
    assert said.pop("") == "" and len(set(said.values())) == len(said) and all(said.values())
    none = "nothing stands out"
    assert "more than one person" in said[none]
    assert "more than chance" in termwords.nothing(FoundTerms(why=none, rest_base=MANY))
    assert "in every part" in termwords.nothing(FoundTerms(why=none, parts=PARTS))


def test_what_lies_in_both_and_who_was_left_out_is_said() -> None:
    both = FoundTerms(base=MANY, rest_base=MANY, shared=1)
    assert termwords.notes(both) == ["1 turn lies in both. What is said there counts for neither."]
    assert "wholly in the other" in termwords.notes(replace(both, is_nested=True))[0]
    assert termwords.notes(FoundTerms(base=MANY, rest_base=MANY)) == []
    left = FoundTerms(base=MANY, parts=PARTS, left_out=(Share("York", 0, 1),))
    assert termwords.notes(left) == [
        "Left out, because fewer than two participants speak there: York.",
        "Fewer than five participants speak in: Leeds. Their shares say little.",
    ]
    assert termwords.notes(FoundTerms(base=MANY, parts=PARTS[:1])) == []


def test_small_selections_say_so() -> None:
    assert termwords.notes(FoundTerms(base=FEW, rest_base=MANY)) == [
        "Only 3 participants speak on one side. Take what is found there for a hint."
    ]
    assert termwords.notes(FoundTerms(base=FEW, rest_base=MANY, why="too few")) == []


def test_shares_know_their_denominators() -> None:
    term = TermSuggestion("k", "bus", 1.0, Count(5, 5, 2), Count(1, 1, 1), (), Count(9, 10, 2), Count(9, 4, 1), 1)
    assert (term.share, term.rest_share) == (0.5, 0.25)
    assert (replace(term, base=Count()).share, replace(term, rest_base=Count()).rest_share) == (0.0, 0.0)
    assert Share("York", 0, 0).value == 0.0
    assert termwords.widely(term.count, term.base) == "5 of 10 people, 2 of 2 groups"
    assert termwords.widely(FEW, FEW) == "3 of 3 people"
    told = replace(term, parts=(Share("Leeds", 3, 4), Share("Hull", 2, 10)))
    assert termwords.shares(told) == ["Hull: 2 of 10", "Leeds: 3 of 4"]


def test_how_they_were_found_and_dismissed_ones_left_out() -> None:
    term = TermSuggestion("k", "bus", 1.0, MANY, FEW, ())
    found = FoundTerms((term,), (replace(term, key="other"),), MANY, FEW)
    assert found.without({"k"}) == replace(found, terms=())
    assert pickle.loads(pickle.dumps(found)) == found
    said = [termwords.how_found(one) for one in (found, replace(found, rest_base=Count()), replace(found, parts=PARTS))]
    assert "Monroe" in said[0] and "by how many said them" in said[1] and "Gries" in said[2]


def test_where_nobody_speaks_paragraphs_are_counted() -> None:
    silent = Count(60)
    assert termwords.widely(Count(24, turns=20), silent) == "in 20 of 60 paragraphs"
    term = TermSuggestion("k", "park", 1.0, Count(24, turns=20), Count(), (), silent)
    assert (term.share, replace(term, base=Count()).share) == (20 / 60, 0.0)
    found = FoundTerms(terms=(term,), base=silent)
    assert termwords.notes(found) == [
        "No participant is named as speaking here, so paragraphs are counted, not people."
    ]
    assert "transcripts and documents" in termwords.how_found(found)
    assert "participants" not in termwords.how_found(found)
    assert "On one side no participant" in termwords.notes(FoundTerms(base=silent, rest_base=MANY))[0]
    assert "document" in termwords.nothing(FoundTerms(why="nothing stands out", base=silent))


def test_one_interview_has_no_sides_and_no_second_participant() -> None:
    found = FoundTerms(base=Count(15, 1))
    assert termwords.notes(found) == ["Only 1 participant speaks here. Take what is found for a hint."]
    assert "two participants" not in termwords.how_found(found)


def test_what_unites_tells_its_extremes_and_who_is_not_in_it() -> None:
    shares = (Share("Hull", 7, 10), Share("Leeds", 1, 4), Share("York", 5, 9))
    term = TermSuggestion("k", "bus", 0.25, Count(13, 13, 3), Count(), (), Count(90, 23, 3), parts=shares)
    assert termwords.extremes(term) == "least in Leeds: 1 of 4; most in Hull: 7 of 10"
    found = FoundTerms((term,), base=Count(90, 23, 3), parts=PARTS[:1], outside=3)
    assert termwords.notes(found) == ["3 participants speak in none of these and are not counted here."]
