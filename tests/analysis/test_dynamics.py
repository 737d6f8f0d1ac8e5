"""Talk shares, who follows whom, responses: what always holds, and what a plain look at the turns says."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.analysis.dynamics import (
    NONE,
    RESPONSES,
    SILENT,
    follows,
    responses,
    talk_of,
    turns_of,
)  # fmt: skip
from cohesion_qda.analysis.narrowed import narrowed
from cohesion_qda.analysis.silence import present
from cohesion_qda.model.query import Having
from cohesion_qda.model.table import QUESTION
from tests.analysis.made_studies import code, facts, group, person, studies, study, touches


def _length(_source, spans) -> list[int]:
    return [len(span) for span in spans]


def _participants(data):
    return {case.id for case in data.cases.values() if case.role == "participant"}


@given(studies())
def test_shares_of_talk_add_up_to_one_and_silence_has_none(data):
    people = present(data, data)
    for source, turns in turns_of(data).items():
        talk = talk_of(data, source, turns, people[source], _length)
        shares = [talk.share(person) for person in talk.people]
        assert shares == sorted(shares, key=lambda share: -(share or 0))
        if talk.words:
            assert abs(sum(shares) - 1) < 1e-9
        else:
            assert set(shares) <= {None}
        said = Counter()
        for case, span in turns:
            if case in _participants(data):
                said[case] += len(span)
        assert {p.case: p.words for p in talk.people if p.turns} == said
        for p in talk.people:
            assert (p.longest is None) == (not p.turns)
            assert p.longest is None or p.words_of[p.longest] == max(p.words_of)


@given(studies())
def test_rows_add_up_to_the_turns_that_are_followed_by_somebody_else(data):
    people = present(data, data)
    for source, turns in turns_of(data).items():
        found = follows(data, source, turns, turns, people[source])
        changes = [(a[0], b[0]) for a, b in pairwise(turns) if a[0] != b[0]]
        for one in found.order:
            assert sum(found.count(one, other) for other in found.order) == sum(1 for a, _b in changes if a == one)
            assert sum(found.count(other, one) for other in found.order) == sum(1 for _a, b in changes if b == one)
            assert found.count(one, one) == 0
        assert sum(map(len, found.places.values())) == len(changes)
        assert set(people[source]) <= set(found.order)


@given(studies(), st.sampled_from(["Why here?", "What else?"]))
def test_under_a_question_only_turns_that_follow_each_other_there_are_a_pair(data, title):
    titles = {row[3].casefold() for row in data.sections}
    if title.casefold() not in titles:
        return
    cut = narrowed(data, (Having("section", QUESTION, (title,)),)).data
    every, under, people = turns_of(data), turns_of(cut), present(data, data)
    for source, turns in under.items():
        found = follows(data, source, every[source], turns, people[source])
        whole = follows(data, source, every[source], every[source], people[source])
        sections = [r for r in data.sections if r[0] == source and r[3].casefold() == title.casefold()]
        for pair, spans in found.places.items():
            assert len(spans) <= len(whole.places[pair])
            assert all(
                any(r[1] <= span.start and span.end <= r[2] for r in sections) or len(sections) > 1 for span in spans
            )


@given(studies(), st.data())
def test_responses_are_those_in_whose_mentions_a_person_speaks(data, draw):
    codes = [code.id for code in data.codes]
    chosen = {name: draw.draw(st.lists(st.sampled_from(codes), max_size=2, unique=True)) for name in RESPONSES}
    seats = [(source, case) for source, cases in present(data, data).items() for case in cases]
    found = responses(data, seats, chosen)
    assert [(one.source, one.case) for one in found] == seats
    for one in found:
        said = [t for t in data.turns if t[0] == one.source and t[3] == one.case and t[1] < t[2]]
        assert [(span.start, span.end) for span in one.turns] == [(t[1], t[2]) for t in said]
        for name in RESPONSES:
            own = {
                row[0] for row in data.codings
                if row[1] == one.source and row[4] in chosen[name] and any(touches(row[2], row[3], t[1], t[2]) for t in said)
            }  # fmt: skip
            assert set(one.codings[name]) == own
            assert (one.mentions[name] > 0) == bool(own)
            assert one.mentions[name] <= len(own)
        if not said:
            assert one.holds == (SILENT,)
        else:
            assert SILENT not in one.holds
            assert (NONE in one.holds) == (not any(one.codings.values()))


def test_a_person_of_two_groups_and_one_who_never_speaks():
    data = study(
        [facts(1, group=101), facts(2, group=102), facts(3, "interview")],
        [group(101), group(102), person(1, group=101), person(2, group=101), person(3, group=102), person(9, "moderator")],
        [code(1)],
        turns=[(1, 0, 10, 1), (1, 10, 20, 9), (2, 0, 5, 1), (2, 5, 9, 3)],
        codings=[(1, 1, 0, 5, 1, 1), (2, 1, 3, 8, 1, 1), (3, 1, 2, 7, 1, 2), (4, 2, 0, 3, 1, 1)],
    )  # fmt: skip
    assert present(data, data) == {1: [1, 2], 2: [1, 3], 3: []}
    found = responses(data, [(1, 1), (1, 2), (2, 1), (2, 3)], {"agrees": [1]})
    assert [one.mentions["agrees"] for one in found] == [2, 0, 1, 0]  # overlapping ones of one coder are one mention
    assert [one.holds for one in found] == [("agrees",), (SILENT,), ("agrees",), (NONE,)]
    assert found[0].codings["agrees"] == (1, 3, 2)
