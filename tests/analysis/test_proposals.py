"""Passages proposed for codes, and codes for passages: what is never proposed, what teaches, what is told."""

from __future__ import annotations

import pickle
import random
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_studies import talk
from made_words import words_of

from cohesion_qda.analysis import sentences
from cohesion_qda.analysis.heard import hear
from cohesion_qda.analysis.learnt import examples_of
from cohesion_qda.analysis.proposals import Ranker, first
from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.proposal import Coded, Described
from cohesion_qda.model.study import Talk
from cohesion_qda.model.text import Span
from cohesion_qda.model.wording import Merge, Wording

SUBJECTS = {
    "buses": "bus buses timetable driver fare ticket route passenger shelter depot",
    "food": "samosa curry kitchen recipe rice oven spice chapati dumpling market",
    "faith": "mosque chapel prayer temple vicar imam hymn gurdwara service church",
}
BUSES, FOOD, FAITH = CodeId(1), CodeId(2), CodeId(3)
SUBJECT = {BUSES: "buses", FOOD: "food", FAITH: "faith"}


def study(groups: int = 3, turns: int = 8, seed: int = 3) -> Talk:
    """Groups that speak of three subjects; each turn takes words of one, and a moderator asks with the words of all."""
    rng = random.Random(seed)
    sources: list[Any] = []
    for _g in range(groups):
        lines = []
        for words in SUBJECTS.values():
            lines.append(("MOD", f"What about the {' and the '.join(words.split())}?"))
            for n in range(turns):
                turn = rng.sample(words.split(), 4)
                lines.append((f"P{n % 4}", f"The {turn[0]} and the {turn[1]}, or the {turn[2]} near our {turn[3]}."))
        sources.append(lines)
    return talk(*sources)


def heard(said: Talk, vectors: bool = False) -> Any:
    pieces = None
    if vectors:
        texts = [u.text for u in said.utterances]
        found = sentences.encode(texts)
        place = {(u.source, u.span.start): n for n, u in enumerate(said.utterances)}
        pieces = SimpleNamespace(
            of_stretches=lambda source, start, end: found[[place[s, a] for s, a in zip(source, start, strict=True)]]
        )
    return SimpleNamespace(talk=said, words=words_of(said), pieces=pieces)


SAID = study()
TURNS = [u for u in SAID.utterances if u.role == "participant"]
RANKER = Ranker(heard(SAID))
CODES = tuple(Described(code, name, name, frozenset({code})) for code, name in SUBJECT.items())


def subject(u: Any) -> str:
    return next(name for name, words in SUBJECTS.items() if u.text.split()[1].rstrip(",.") in words.split())


def coded(places: Any, passed: Any = (), codes: Any = CODES) -> Coded:
    """Codings of whole turns, as (turn, code), and turns passed over, likewise."""
    rows = sorted((int(TURNS[n].source), TURNS[n].span.start, TURNS[n].span.end, int(code)) for n, code in set(places))
    gone = sorted((int(TURNS[n].source), TURNS[n].span.start, TURNS[n].span.end, int(code)) for n, code in set(passed))
    return Coded(codes, tuple((i, s, a, b, c, 1) for i, (s, a, b, c) in enumerate(rows, 1)), tuple(gone))


def of_subject(code: CodeId, number: int = 99) -> list[int]:
    return [n for n, u in enumerate(TURNS) if subject(u) == SUBJECT[code]][:number]


def examples(number: int = 4) -> set[tuple[int, CodeId]]:
    return {(n, code) for code in SUBJECT for n in of_subject(code, number)}


def at(proposal: Any) -> tuple[int, int]:
    return int(proposal.source), proposal.span.start


def turn_of(proposal: Any) -> int:
    return next(n for n, u in enumerate(TURNS) if (int(u.source), u.span.start) == at(proposal))


# -- ranking -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", SUBJECT)
def test_what_is_like_the_examples_comes_first(code: CodeId) -> None:
    found = RANKER.ranked(coded(examples()), code, 10)
    assert [subject(TURNS[turn_of(p)]) for p in found.proposals] == [SUBJECT[code]] * 10
    assert (found.examples, found.candidates, found.tier) == (4, len(TURNS) - 4, "words")
    scores = [p.score for p in found.proposals]
    assert scores == sorted(scores, reverse=True)


def test_with_sentence_vectors_meaning_counts_too() -> None:
    if sentences.tier() == "words":
        pytest.skip(sentences.missing())
    ranker = Ranker(heard(SAID, vectors=True))
    found = ranker.ranked(coded(examples(2)), FAITH, 8)
    assert found.tier == "minilm"
    assert [subject(TURNS[turn_of(p)]) for p in found.proposals] == ["faith"] * 8
    assert found.proposals[0].key == "proposed-code:3:minilm"
    part = TURNS[of_subject(FAITH)[-1]]
    some = ranker.codes_for(coded(examples(2)), part.source, Span(part.span.start, part.span.start + 20))
    assert some[0].code == FAITH


places = st.sets(st.tuples(st.integers(0, len(TURNS) - 1), st.sampled_from(list(SUBJECT))), max_size=30)


@given(places, places, st.sampled_from(list(SUBJECT)), st.integers(1, 80))
def test_never_what_a_moderator_said_is_coded_so_or_was_passed_over(
    own: set[Any], passed: set[Any], code: CodeId, number: int
) -> None:
    told = coded(own, passed)
    found = RANKER.ranked(told, code, number)
    spoken = {(int(u.source), u.span.start) for u in TURNS}
    gone = {n for n, which in own | passed if which == code}
    got = [turn_of(p) for p in found.proposals if at(p) in spoken]
    assert len(got) == len(found.proposals) == min(number, len(TURNS) - len(gone))
    assert not gone & set(got) and len(set(got)) == len(got)
    again = Ranker(heard(SAID)).ranked(pickle.loads(pickle.dumps(told)), code, number)
    assert again == found, "the same study and codings give the same, in any process"


@given(places, places, st.integers(0, len(TURNS) - 1))
def test_codes_for_a_passage_leave_out_what_it_has(own: set[Any], passed: set[Any], n: int) -> None:
    found = RANKER.codes_for(coded(own, passed), TURNS[n].source, TURNS[n].span)
    assert not {p.code for p in found} & {code for turn, code in own | passed if turn == n}
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)


def test_a_coding_of_a_few_words_is_enough_for_its_passage_not_to_be_proposed() -> None:
    u = TURNS[of_subject(BUSES)[-1]]
    few = Coded(CODES, ((1, int(u.source), u.span.start + 4, u.span.start + 9, 1, 1),))
    assert at(SimpleNamespace(source=u.source, span=u.span)) not in [
        at(p) for p in RANKER.ranked(few, BUSES, 99).proposals
    ]


def test_with_its_branch_a_code_learns_from_those_under_it_and_proposes_nothing_they_have() -> None:
    above = Described(CodeId(9), "travel", "travel", frozenset({CodeId(9), BUSES}))
    told = coded(examples(), codes=(*CODES, above))
    found = RANKER.ranked(told, above.code, 10, branch=True)
    assert found.examples == 4
    assert {subject(TURNS[turn_of(p)]) for p in found.proposals} == {"buses"}
    assert not {turn_of(p) for p in found.proposals} & set(of_subject(BUSES, 4))
    alone = RANKER.ranked(told, above.code, 99)
    assert (alone.examples, alone.candidates) == (0, len(TURNS))


def test_without_examples_the_definition_ranks() -> None:
    told = Coded((Described(FOOD, "Meals", "Meals. Curry, rice and chapati from the kitchen", frozenset({FOOD})),), ())
    found = RANKER.ranked(told, FOOD, 8)
    assert {subject(TURNS[turn_of(p)]) for p in found.proposals} == {"food"}
    assert all(p.why.by_definition and not p.why.nearest and p.why.words for p in found.proposals)


def test_a_code_nobody_described_and_nothing_said_alike_is_ranked_all_the_same() -> None:
    told = Coded((Described(FOOD, "Qq", "Qq", frozenset({FOOD})),), ())
    found = RANKER.ranked(told, FOOD, 3)
    assert [p.score for p in found.proposals] == [0, 0, 0]
    assert [turn_of(p) for p in found.proposals] == [0, 1, 2]


def test_what_is_passed_over_teaches() -> None:
    told = coded(examples(2))
    before = RANKER.ranked(told, BUSES, 99).proposals
    passed = turn_of(before[0])
    word = next(iter(set(TURNS[passed].text.lower().split()) & set(SUBJECTS["buses"].split())))
    with_it = [turn_of(p) for p in before[1:] if word in TURNS[turn_of(p)].text.split()]
    after = {
        turn_of(p): n for n, p in enumerate(RANKER.ranked(coded(examples(2), {(passed, BUSES)}), BUSES, 99).proposals)
    }
    was = {turn_of(p): n for n, p in enumerate(before[1:])}
    assert passed not in after
    assert sum(after[n] for n in with_it) > sum(was[n] for n in with_it)


def test_every_proposal_says_why() -> None:
    told = coded(examples())
    for proposal in RANKER.ranked(told, FAITH, 10).proposals:
        text = TURNS[turn_of(proposal)].text.lower()
        assert proposal.why.words and all(word in text and weight > 0 for word, weight in proposal.why.words)
        near = proposal.why.nearest
        assert [n.cosine for n in near] == sorted((n.cosine for n in near), reverse=True) and len(near) == 3
        so = {row[0]: row for row in told.codings if row[4] == FAITH}
        assert all((n.source, n.span.start, n.span.end) == so[n.coding][1:4] for n in near)


def test_words_left_out_are_no_reason_and_merged_ones_are_one() -> None:
    wording = Wording("en", ("samosa", "near our dumpling"), (Merge("curry", ("rice", "the oven")),))
    ranker = Ranker(heard(replace(SAID, wording=wording)))
    words = {w for p in ranker.ranked(coded(examples()), FOOD, 30).proposals for w, _weight in p.why.words}
    assert "curry" in words and not words & {"samosa", "rice"}
    said = next(u for u in TURNS if "near our dumpling" in u.text)
    row = ranker.passages.words[TURNS.index(said)]
    assert {ranker.passages.lexicon.words[n] for n in row.indices} >= {"near", "our", "dumpling"}, (
        "the words still count"
    )


def test_reasons_are_words_that_people_recognise_and_noise_counts_for_nothing() -> None:
    lines = [("MOD", "So?")]
    lines += [
        (f"P{n % 3}", f"Um, it's the Iftar meal {n}, you know, and I'll bring a dish, wouldn't you?") for n in range(6)
    ]
    lines += [(f"P{n % 3}", f"Well, he doesn't paint the mill {n}, don't we.") for n in range(6)]
    said = talk(lines, lines)
    ranker = Ranker(hear(said, None, "", None, vectors=False)[0])
    turns = [u for u in said.utterances if u.role == "participant"]
    rows = tuple((n, 1, turns[n].span.start, turns[n].span.end, FOOD, 1) for n in range(3))
    why = ranker.ranked(Coded(CODES, rows), FOOD, 3).proposals[0].why
    named = {word for word, _weight in why.words}
    assert named and named <= {"Iftar", "meal", "bring", "dish"}
    assert not {"um", "know", "you know", "well"} & set(ranker.passages.lexicon.words)


def test_all_forms_of_a_word_are_left_out_or_merged() -> None:
    lines = [("MOD", "So?"), *((f"P{n % 3}", f"The communities are friendly in street {n}.") for n in range(6))]
    lines += [(f"P{n % 3}", f"Our community has a park, number {n}.") for n in range(6)]
    said = talk(lines, lines)
    for wording, gone, one in (
        (Wording("en", ("community",)), {"community", "communities"}, "friendly"),
        (Wording("en", (), (Merge("folk", ("community",)),)), {"community", "communities"}, "folk"),
    ):
        ranker = Ranker(hear(replace(said, wording=wording), None, "", None, vectors=False)[0])
        words = set(ranker.passages.lexicon.words)
        assert one in words and not gone & words


def test_a_code_that_is_gone_is_told() -> None:
    with pytest.raises(NotFound):
        RANKER.ranked(coded(()), CodeId(77))


def test_the_first_of_equal_scores_are_the_earlier_ones() -> None:
    scores = np.array([1, 3, 3, 2, 3, 1], dtype=np.float32)
    assert first(scores, np.arange(6), 2).tolist() == [1, 2]
    assert first(scores, np.array([0, 3, 5]), 9).tolist() == [3, 0, 5]
    assert first(scores, np.array([], dtype=np.int64), 3).tolist() == []


# -- codes for a passage -----------------------------------------------------------------------------------------------------


def test_the_code_of_what_is_alike_comes_first() -> None:
    told = coded(examples())
    for code in SUBJECT:
        u = TURNS[of_subject(code)[-1]]
        found = RANKER.codes_for(told, u.source, u.span)
        assert found[0].code == code and found[0].span == u.span and found[0].why.nearest
        part = RANKER.codes_for(told, u.source, Span(u.span.start, u.span.start + 12))
        assert part[0].code == code


def test_two_turns_together_have_the_codes_of_both() -> None:
    told = coded(examples())
    pairs = [(a, b) for a, b in pairwise(TURNS) if a.source == b.source and subject(a) != subject(b)]
    one, two = pairs[-1]
    found = RANKER.codes_for(told, one.source, Span(one.span.start, two.span.end))
    assert {p.code for p in found[:2]} == {
        code for code, name in SUBJECT.items() if name in (subject(one), subject(two))
    }


def test_no_codes_for_a_moderator_for_codes_set_aside_or_where_there_is_no_codebook() -> None:
    moderator = next(u for u in SAID.utterances if u.role == "moderator")
    assert RANKER.codes_for(coded(examples()), moderator.source, moderator.span) == ()
    u = TURNS[of_subject(FOOD)[-1]]
    aside = tuple(replace(d, is_offered=d.code != FOOD) for d in CODES)
    assert FOOD not in {p.code for p in RANKER.codes_for(coded(examples(), codes=aside), u.source, u.span)}
    assert RANKER.codes_for(Coded((), ()), u.source, u.span) == ()


# -- what can be proposed ----------------------------------------------------------------------------------------------------


def test_long_turns_are_cut_between_sentences_and_stage_notes_are_no_passage() -> None:
    long = " ".join(f"We waited for the bus number {n} in the rain again." for n in range(30))
    said = talk([("MOD", "And?"), ("A", long), ("B", "(laughs)"), ("C", "Yes.")], "One answer.\n\n(nothing)\nAnother.")
    found = Ranker(heard(said)).passages
    texts = {u.source: "" for u in said.utterances}
    for u in said.utterances:
        texts[u.source] = texts[u.source].ljust(u.span.start) + u.text
    quotes = [texts[SourceId(s)][a:b] for s, a, b in zip(found.source, found.start, found.end, strict=True)]
    assert quotes[-3:] == ["Yes.", "One answer.", "Another."]
    pieces = quotes[:-3]
    assert len(pieces) > 2 and " ".join(pieces) == long
    assert all(piece.endswith(".") and len(piece.split()) <= 80 for piece in pieces)


def test_a_coding_that_only_brushes_a_passage_does_not_teach() -> None:
    a, b = TURNS[0], TURNS[1]
    brushing = Coded(CODES, ((1, int(a.source), a.span.start, b.span.start + 2, 1, 1),))
    found = examples_of(RANKER.passages, brushing)
    assert found.of([1]).tolist() == [0]
    assert found.held([1]).tolist() == [0, 1]


def test_an_empty_study_has_nothing_to_propose() -> None:
    ranker = Ranker(heard(talk([("MOD", "Shall we begin?")])))
    assert ranker.ranked(Coded(CODES, ()), BUSES).proposals == ()
    assert ranker.codes_for(Coded(CODES, ()), SourceId(1), Span(0, 4)) == ()
    assert [one.is_enough for one in ranker.honesty(Coded(CODES, ()))] == [False] * 3


def test_getting_ready_can_be_stopped() -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        Ranker(heard(SAID), job)


@settings(max_examples=15)
@given(st.permutations(range(len(TURNS))))
def test_codings_in_another_order_teach_the_same(order: list[int]) -> None:
    told = coded(examples())
    some = list(told.codings)
    shuffled = replace(told, codings=tuple(some[n] for n in order if n < len(some)))
    one, two = RANKER.ranked(told, FOOD, 12), RANKER.ranked(shuffled, FOOD, 12)
    assert [(at(p), round(p.score, 4)) for p in one.proposals] == [(at(p), round(p.score, 4)) for p in two.proposals]
