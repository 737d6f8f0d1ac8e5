"""How far proposals can be trusted: good ones come out as good, weak ones as weak, too few as too few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import talk
from test_proposals import (
    BUSES,
    CODES,
    FAITH,
    FOOD,
    RANKER,
    TURNS,
    coded,
    examples,
    heard,
    of_subject,
    study,
    subject,
)

from cohesion_qda.analysis import honesty
from cohesion_qda.analysis.honesty import interval, sigmoid
from cohesion_qda.analysis.learnt import examples_of
from cohesion_qda.analysis.proposals import Ranker
from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.proposal import Coded, Honesty, likely, with_chances

EVERY = {(n, code) for code in (BUSES, FOOD, FAITH) for n in of_subject(code)}
OF_TWO_GROUPS = {(n, code) for n, code in EVERY if TURNS[n].source < 3}


def test_a_code_that_words_tell_is_trusted() -> None:
    (found,) = RANKER.honesty(coded(OF_TWO_GROUPS), [FOOD])
    assert (found.examples, found.tested, found.split, found.parts) == (16, 16, "source", 2)
    assert found.precision == found.recall == found.average_precision == 1
    assert found.floor == pytest.approx(1 / 3)
    assert found.expected is not None and found.low is not None and found.high is not None
    assert found.low <= 8 <= found.high and not found.is_weak, "eight of the next ten are of food, as it is"
    came = [subject(TURNS[n]) for n in _turns(RANKER.ranked(coded(OF_TWO_GROUPS), FOOD, 10))]
    assert abs(came.count("food") - found.expected) <= 2


def _turns(ranked: object) -> list[int]:
    place = {(int(u.source), u.span.start): n for n, u in enumerate(TURNS)}
    return [place[int(p.source), p.span.start] for p in ranked.proposals]  # type: ignore[attr-defined]


def test_a_code_that_words_do_not_tell_comes_out_as_weak() -> None:
    every_fifth = {(n, BUSES) for n in range(0, len(TURNS), 5)}
    others = {(n, FOOD) for n in range(len(TURNS)) if n % 5}
    (found,) = RANKER.honesty(coded(every_fifth | others), [BUSES])
    assert found.is_enough and found.is_weak
    assert found.average_precision is not None and found.average_precision < 0.5


def test_few_examples_are_not_enough_and_how_many_are_lacking_is_said() -> None:
    few = {(n, BUSES) for n in of_subject(BUSES, 3)}
    (found,) = RANKER.honesty(coded(few), [BUSES])
    assert (found.is_enough, found.lacking, found.precision) == (False, 2, None)
    assert found.sentence == "Not enough examples: code at least 2 more passages by at least two participants."
    assert likely(found) == "" and found.chance(3.0) is None


def test_of_one_person_nothing_can_be_held_back() -> None:
    said = talk([("A", f"The bus {n} was late again and again.") for n in range(9)])
    ranker = Ranker(heard(said))
    rows = tuple((n, 1, u.span.start, u.span.end, 1, 1) for n, u in enumerate(said.utterances, 1))
    (found,) = ranker.honesty(Coded(CODES, rows), [BUSES])
    assert found.sentence == "Not enough examples: code passages by at least two participants."


def test_of_one_source_participants_are_held_back_and_of_a_document_passages() -> None:
    one = study(groups=1)
    turns = [u for u in one.utterances if u.role == "participant"]
    rows = [
        (n, 1, u.span.start, u.span.end, {"buses": 1, "food": 2, "faith": 3}[subject(u)], 1)
        for n, u in enumerate(turns, 1)
    ]
    (found,) = Ranker(heard(one)).honesty(Coded(CODES, tuple(rows)), [BUSES])
    assert (found.split, found.parts, found.participants) == ("participant", 4, 4)
    paper = talk("\n".join(u.text for u in turns))
    rows = [
        (n, 1, u.span.start, u.span.end, {"buses": 1, "food": 2, "faith": 3}[subject(u)], 1)
        for n, u in enumerate(paper.utterances, 1)
    ]
    (found,) = Ranker(heard(paper)).honesty(Coded(CODES, tuple(rows)), [BUSES])
    assert (found.split, found.parts) == ("passage", 5)


def test_an_exchange_that_is_coded_as_one_is_held_back_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    one = study(groups=1)
    turns = [u for u in one.utterances if u.role == "participant"]
    rows = []
    for n in range(0, len(turns), 4):  # four people's turns in one coding
        code_ = {"buses": 1, "food": 2, "faith": 3}[subject(turns[n])]
        rows.append((n + 1, 1, turns[n].span.start, turns[n + 3].span.end, code_, 1))
    told, ranker, seen = Coded(CODES, tuple(rows)), Ranker(heard(one)), []
    parts = honesty._parts
    monkeypatch.setattr(honesty, "_parts", lambda *given: seen.append(parts(*given)) or seen[-1])
    (found,) = ranker.honesty(told, [BUSES])
    assert (found.split, found.parts, found.participants) == ("passage", 2, 4)
    its = examples_of(ranker.passages, told)
    for coding in {row[0] for row in rows if row[4] == BUSES}:
        assert len(set(seen[0][its.passage[its.coding == coding]])) == 1


def test_the_example_of_a_code_does_not_make_it_look_better() -> None:
    told = coded(OF_TWO_GROUPS)
    quoted = " ".join(TURNS[n].text for n in of_subject(FOOD))
    helped = replace(told, codes=tuple(replace(d, example=quoted if d.code == FOOD else "") for d in told.codes))
    plain, bragging = RANKER.honesty(told, [FOOD])[0], RANKER.honesty(helped, [FOOD])[0]
    same = ("tested", "precision", "recall", "average_precision", "curve")
    assert [getattr(plain, name) for name in same] == [getattr(bragging, name) for name in same]
    assert RANKER.ranked(told, FOOD, 3) != RANKER.ranked(helped, FOOD, 3), "but it helps to find passages"


def test_sources_that_are_hardly_coded_are_no_sign_of_anything() -> None:
    (fewer,) = RANKER.honesty(coded(OF_TWO_GROUPS), [FOOD])
    third = next(n for n in of_subject(BUSES) if TURNS[n].source == 3)
    (begun,) = RANKER.honesty(coded(OF_TWO_GROUPS | {(third, BUSES)}), [FOOD])
    assert fewer.floor is not None and begun.floor is not None
    assert begun.floor == pytest.approx(16 / 49), (
        "the one passage that is coded counts, the others of its source do not"
    )


def test_proposals_get_the_chance_of_their_score() -> None:
    told = coded(OF_TWO_GROUPS)
    (trust,) = RANKER.honesty(told, [FOOD])
    found = with_chances(RANKER.ranked(told, FOOD, 30), trust).proposals
    chances = [p.chance for p in found]
    assert all(chance is not None and 0 <= chance <= 1 for chance in chances)
    assert chances == sorted(chances, reverse=True, key=lambda chance: chance or 0)
    assert chances[0] is not None and chances[-1] is not None and chances[0] > 0.7 > 0.4 > chances[-1]


def test_all_codes_that_are_offered_are_measured_and_the_same_every_time() -> None:
    aside = tuple(replace(d, is_offered=d.code != FAITH) for d in CODES)
    told = coded(examples(8), codes=aside)
    found = RANKER.honesty(told)
    assert [one.code for one in found] == [BUSES, FOOD]
    assert Ranker(heard(study())).honesty(told) == found
    with pytest.raises(NotFound):
        RANKER.honesty(told, [CodeId(77)])


def test_measuring_can_be_stopped() -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        RANKER.honesty(coded(examples(8)), job=job)


@given(st.floats(0, 10), st.integers(1, 10), st.floats(2, 60))
def test_the_interval_is_that_of_the_beta_binomial(expected: float, of: int, known: float) -> None:
    from scipy.stats import betabinom

    expected = min(expected, of)
    share = min(0.98, max(0.02, expected / of))
    low, high = interval(expected, of, known)
    law = betabinom(of, share * known, (1 - share) * known)
    assert law.cdf(low - 1) < 0.1 + 1e-9 and law.cdf(low) >= 0.1 - 1e-9
    assert law.cdf(high - 1) < 0.9 + 1e-9 and law.cdf(high) >= 0.9 - 1e-9
    assert interval(0, 0, 5) == (0, 0)


def test_the_curve_is_that_of_logistic_regression() -> None:
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(0)
    score = rng.standard_normal(300)
    belongs = rng.random(300) < 1 / (1 + np.exp(1 - 2 * score))
    theirs = LogisticRegression(C=1).fit(score[:, None], belongs)
    ours = sigmoid(score, belongs)
    assert ours == pytest.approx((theirs.intercept_[0], theirs.coef_[0, 0]), abs=1e-3)
    assert sigmoid(score, score < 0)[1] == 0, "a score that misleads says nothing"


@pytest.mark.parametrize(
    ("expected", "of", "sentence"),
    [
        (6.2, 10, "Of the ten it would suggest next, expect six to be right."),
        (0.3, 10, "Of the ten it would suggest next, expect none to be right. Code more passages first."),
        (0.9, 10, "Of the ten it would suggest next, expect one to be right."),
        (9.8, 10, "Of the ten it would suggest next, expect all to be right."),
        (2.0, 3, "Of the three it would suggest next, expect two to be right."),
    ],
)
def test_the_plain_sentence(expected: float, of: int, sentence: str) -> None:
    found = Honesty(BUSES, 9, 4, 9, "source", 3, 0.5, 0.5, 0.5, 0.1, expected, 1.0, 3.0, of)
    assert found.sentence == sentence
    assert likely(found) == "Between 1 and 3 is likely; 9 coded passages were held back to measure it."


def test_one_passage_lacking_and_nothing_left_to_suggest() -> None:
    one = Honesty(BUSES, 4, 2, lacking=1)
    assert one.sentence == "Not enough examples: code at least 1 more passage by at least two participants."
    done = Honesty(BUSES, 9, 4, 9, "source", 3, 0.5, 0.5, 0.5, 0.1, 0.0, 0.0, 0.0, 0)
    assert done.sentence == "There is nothing left to suggest for this code."
    assert likely(done) == "" and not done.is_weak
