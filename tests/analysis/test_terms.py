from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_studies import talk
from made_words import made, spoken_by, words_of

from cohesion_qda.analysis import terms, weighing
from cohesion_qda.analysis.clouds import cloud
from cohesion_qda.analysis.language import Words, listen
from cohesion_qda.analysis.lines import lines
from cohesion_qda.analysis.sides import Side, side
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.cloud import CloudWish
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.study import Talk, Utterance
from cohesion_qda.model.suggestion import TermSuggestion
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span
from cohesion_qda.model.wording import Merge, Wording

FILL = ["bread", "school", "weather", "park", "street", "garden", "window", "river", "music", "market"]


def study() -> Talk:
    """Six people talk of allotments in two groups; one person alone keeps saying turnip; in two other groups nobody does."""
    here = [
        (f"P{n}", f"Our allotment brings {FILL[n]} and {FILL[n + 1]}, the allotment committee says.") for n in range(6)
    ]
    here[0] = ("P0", here[0][1] + " Turnip, turnip, turnip, turnip, turnip, turnip, turnip.")
    there = [
        (f"P{n}", f"The {FILL[n]} and the {FILL[n + 1]} near the {FILL[n + 2]} beside the {FILL[n + 3]}.")
        for n in range(6)
    ]
    return talk([("MOD", "Tell me about bandits."), *here], here[:3], there, there[1:])


def key_terms(given: Talk, chosen: Any = None, job: Job | None = None, number: int = 60) -> list[TermSuggestion]:
    return list(terms.set_apart(words_of(given), chosen, job=job, number=number).terms)


def whole(*sources: int) -> list[tuple[SourceId, Span]]:
    return [(SourceId(s), Span(0, 10_000)) for s in sources]


@pytest.mark.parametrize(
    ("cells", "value"),
    [((110, 2442, 111, 29114), 270.72), ((29, 13, 123, 31612), 263.90), ((10, 0, 3, 31764), 167.23)],
)
def test_g_squared_gives_dunnings_worked_values(cells: tuple[int, int, int, int], value: float) -> None:
    a, b, c, d = (np.array([float(cell)]) for cell in cells)
    n = a + b + c + d
    expected = ((a + b) * (a + c) / n, (a + b) * (b + d) / n, (c + d) * (a + c) / n, (c + d) * (b + d) / n)
    assert weighing.g_squared((a, b, c, d), expected)[0] == pytest.approx(value, abs=0.01)


def test_log_odds_as_by_hand() -> None:
    chosen, rest = np.array([8, 2, 0]), np.array([2, 8, 20])
    single = np.array([True, True, True])
    prior, n_prior = chosen + rest, 40
    one = np.log((8 + 10) / (10 + n_prior - 18)) - np.log((2 + 10) / (30 + n_prior - 12))
    assert weighing.log_odds(chosen, rest, single)[0] == pytest.approx(
        one / np.sqrt(1 / (8 + prior[0]) + 1 / (2 + prior[0]))
    )


def test_what_many_say_sets_apart_and_one_voices_pet_word_does_not() -> None:
    found = key_terms(study(), whole(1, 2))
    names = [term.term for term in found]
    assert "allotment" in names[0]
    assert "turnip" not in [name.lower() for name in names]
    first = found[0]
    assert first.count.participants == 9
    assert first.count.groups == 2
    assert first.rest == Count()
    assert first.score > 0
    assert first.key.startswith("term allotment")


def test_passages_are_turns_of_different_speakers_inside_what_was_chosen() -> None:
    given = study()
    first = key_terms(given, whole(1, 2))[0]
    cases = {(u.source, u.span): u.case for u in given.utterances}
    assert {p.source for p in first.passages} == {1, 2}
    assert len({cases[p.source, p.span] for p in first.passages[:9]}) == 9
    assert [p.score for p in first.passages] == sorted((p.score for p in first.passages), reverse=True)


def test_only_what_lies_in_the_passages_counts() -> None:
    given = talk([("Ann", "Trains and buses"), ("Bob", "Buses and trains")])
    words = words_of(given)
    here = terms.inside(words, [(SourceId(1), Span(0, 8)), (SourceId(1), Span(3, 10)), (SourceId(9), Span(0, 99))])
    assert [words.terms[t] for t in words.term[here]] == ["trains"]
    assert terms.inside(words, None).all()
    assert not terms.inside(words, []).any()


def test_without_passages_the_widest_said_come_first() -> None:
    found = key_terms(study(), number=5)
    assert len(found) == 5 and terms.widest(words_of(study()), None, number=5).most == 5
    assert terms.widest(words_of(study()), None, number=500).most == 0
    breadth = [(term.count.participants, term.count.mentions) for term in found]
    assert breadth == sorted(breadth, reverse=True)
    assert all(term.count.participants >= 2 and term.rest == Count() for term in found)
    assert key_terms(study()) == key_terms(study())


def test_words_that_stand_only_in_a_phrase_do_not_echo_it() -> None:
    given = talk(
        [("Ann", "My blood sugar."), ("Bob", "Blood sugar again."), ("Cat", "Check blood sugar, and the bread.")]
    )
    assert [term.term for term in terms.widest(listen(given), None).terms] == ["blood sugar"]


def test_a_word_that_is_also_said_alone_is_no_echo() -> None:
    """Ten people say it, five of them alone: what lies inside several longer ones lies inside once."""
    inside = ["The local community centre is shut."] * 3 + ["Our community centre closed."] * 2
    given = talk([(f"P{n}", text) for n, text in enumerate([*inside, *["This community matters."] * 5])])
    words = listen(given)
    assert terms.widest(words, None).terms[0].term == "community"
    assert cloud(words, CloudWish()).words[0].word == "community"
    assert cloud(words, CloudWish()).words[0].count.participants == 10


def test_no_list_has_a_moderators_words_though_the_places_hold_them() -> None:
    """Of whole transcripts: what the moderator alone says is in no list of terms, no cloud and no line."""
    words = words_of(study())
    shown = {each.word for each in cloud(words, CloudWish(by="mentions"), whole(1, 2)).words}
    shown |= {term.term for found in (terms.widest(words, whole(1)), terms.set_apart(words, whole(1, 2)))
              for term in (*found.terms, *found.against)}  # fmt: skip
    assert "allotment" in shown and not shown & {"bandits", "tell"}
    assert not lines(words, "bandits", whole(1)).lines


@given(st.data())
def test_echoes_as_counted_plainly(data: st.DataObject) -> None:
    """An occurrence is inside where some longer term holds it and more; of ten at least seven of an echo are."""
    spans = data.draw(
        st.lists(st.tuples(st.integers(0, 2), st.integers(0, 6), st.integers(1, 3)), min_size=1, max_size=25)
    )
    rows = sorted({(u, at, size, f"{at % 3}.{size}") for u, at, size in spans})
    names = tuple(sorted({row[3] for row in rows}))
    words = made(
        utterances=tuple(Utterance(SourceId(1), Span(u * 100, u * 100 + 99), CaseId(u), "participant", "") for u in range(3)),
        voice=range(3), person=np.ones(3), group=np.zeros(3), terms=names,
        parts=tuple(tuple("abc"[: int(name[-1])]) for name in names),
        utterance=[row[0] for row in rows], term=[names.index(row[3]) for row in rows],
        start=[row[0] * 100 + row[1] for row in rows], end=[row[0] * 100 + row[1] + row[2] for row in rows],
    )  # fmt: skip
    kept = terms.without_echoes(side(words, None), range(len(names)), len(names))
    for t, name in enumerate(names):
        own = [row for row in rows if row[3] == name]
        within = sum(
            any(o[0] == u and o[2] > size and o[1] <= at and at + size <= o[1] + o[2] for o in rows)
            for u, at, size, _name in own
        )
        assert (t in kept) == (within < 0.7 * len(own)), name


def test_somebody_of_whom_only_a_phrase_is_counted_speaks_too() -> None:
    words = made(
        utterances=tuple(Utterance(SourceId(1), Span(n * 9, n * 9 + 9), CaseId(n), "participant", "") for n in range(4)),
        voice=range(4), person=np.ones(4), group=np.zeros(4), terms=("food bank", "bread"),
        parts=(("food", "bank"), ("bread",)), utterance=range(4), term=[0, 0, 0, 1],
        start=[0, 9, 18, 27], end=[9, 18, 27, 36],
    )  # fmt: skip
    assert side(words, None).exposure.tolist() == [1, 1, 1, 1]
    with pytest.raises(AssertionError):
        weighing.tail(np.array([3]), np.array([0]), np.array([5, 5]), np.array([5, 5, 5]))


def test_hardly_anything_passes_with_phrases_and_merges_either() -> None:
    """A small study as people talk, through the whole of it: phrases, words within phrases, a merge shown as two words."""
    rng = np.random.default_rng(3)
    stock = [*FILL, "food bank", "community centre", "local community centre", "community", "bank", "youth club"]
    said = [[(f"P{n}", " And the ".join(rng.choice(stock, 12)) + ".") for n in range(9)] for _group in range(3)]
    given = replace(talk(*said), wording=Wording(merges=(Merge("our community", ("community", "youth club")),)))
    words = listen(given)
    assert {"our community", "food bank", "bank"} <= set(words.terms)
    with np.errstate(all="raise", under="ignore"):
        passed, tried = shuffled(words, np.random.default_rng(5), 400)
    assert passed / tried <= 0.002


def test_hardly_anything_passes_when_speakers_are_drawn_at_random() -> None:
    """At most two terms in a thousand, of those that two people said at all; both directions together."""
    passed, tried = shuffled(spoken_by(60, np.random.default_rng(7)), np.random.default_rng(1), 40)
    assert passed / tried <= 0.002


@pytest.mark.campaign
@pytest.mark.parametrize("people", [12, 30, 60, 200])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_hardly_anything_passes_in_studies_of_any_size(people: int, share: float) -> None:
    passed = tried = 0
    for seed in range(4):
        more = shuffled(spoken_by(people, np.random.default_rng(seed)), np.random.default_rng(seed), 40, share)
        passed, tried = passed + more[0], tried + more[1]
    assert passed / tried <= 0.002


def shuffled(words: Words, rng: np.random.Generator, rounds: int, share: float = 0.4) -> tuple[int, int]:
    """How many terms set a random part of the speakers apart, or the others; and how many two of them had said."""
    everybody = side(words, None)
    passed = tried = 0
    for _round in range(rounds):
        own = (rng.permutation(words.voices) < share * words.voices)[words.voice]
        here = own[words.utterance]
        one, other = Side(words, here, own), Side(words, ~here, ~own)
        z, gate = terms.scored(one, other)
        passed += len(terms.passing(one, other, z, gate)) + len(terms.passing(other, one, -z, -gate))
        tried += int((everybody.voices >= 2).sum())
    return passed, tried


# -- counted a second time, plainly --------------------------------------------------------------------------------------


@st.composite
def small_talk(draw: st.DrawFn) -> Talk:
    """A few groups and documents in which a few people say a few words."""
    sentence = st.lists(st.sampled_from(FILL[:6]), min_size=1, max_size=6).map(lambda said: ", the ".join(said) + ".")
    line = st.tuples(st.sampled_from(["Ann", "Bob", "Cat", "MOD"]), sentence)
    sources = draw(st.lists(st.one_of(st.lists(line, min_size=1, max_size=5), sentence), min_size=1, max_size=4))
    return talk(*sources)


def chosen_of(draw: st.DrawFn, given: Talk) -> list[tuple[SourceId, Span]]:
    starts = st.integers(0, 60)
    some = draw(st.lists(st.tuples(st.sampled_from(given.sources), starts, st.integers(1, 80)), max_size=3))
    return [(fact.id, Span(start, start + long)) for fact, start, long in some]


def plain_side(words: Words, chosen: list[tuple[SourceId, Span]]) -> dict[str, Any]:
    """Of every term, its mentions, and who said it in which groups; looked at one occurrence at a time."""
    found: dict[str, list[tuple[int, object, int, int]]] = {}
    for u, t, start, end in zip(words.utterance, words.term, words.start, words.end, strict=True):
        one = words.utterances[u]
        covered = {at for source, span in chosen if source == one.source for at in range(span.start, span.end)}
        if set(range(start, end)) <= covered:
            found.setdefault(words.terms[t], []).append(
                (int(words.voice[u]), one.case, int(words.group[u]), one.source)
            )
    return {
        term: (
            len(rows),
            len({case for _v, case, _g, _s in rows if case is not None}),
            len({g for *_x, g, _s in rows if g >= 0}),
        )
        for term, rows in found.items()
    }


@given(st.data())
def test_counts_of_a_side_as_counted_plainly(data: st.DataObject) -> None:
    given_ = data.draw(small_talk())
    words, chosen = words_of(given_), chosen_of(data.draw, given_)
    here, counted = side(words, chosen), plain_side(words, chosen)
    for t, term in enumerate(words.terms):
        count = here.count(t)
        assert (count.mentions, count.participants, count.groups) == counted.get(term, (0, 0, 0))
    touched = [
        u for u in words.utterances
        if any(source == u.source and span.start < u.span.end and u.span.start < span.end for source, span in chosen)
    ]  # fmt: skip
    assert here.base.mentions == len(touched)
    assert here.base.participants == len({u.case for u in touched if u.case is not None})


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 9)), min_size=2, max_size=8))
def test_log_odds_as_reckoned_plainly(rows: list[tuple[int, int, int]]) -> None:
    chosen, rest = (np.array(column) for column in list(zip(*rows, strict=True))[:2])
    prior = chosen + rest + np.array([more for *_x, more in rows])
    assume(prior.sum() > 0)
    found = weighing.log_odds(chosen, rest, np.ones(len(rows), dtype=bool), prior)
    for n, (y, other, _more) in enumerate(rows):
        alpha, total = float(prior[n]), float(prior.sum())
        if not y + other:
            assert found[n] == 0
            continue

        def logit(said: int, of: int, alpha: float = alpha, total: float = total) -> float:
            return math.log((said + alpha) / max(of + total - said - alpha, 0.5))

        delta = logit(y, int(chosen.sum())) - logit(other, int(rest.sum()))
        assert found[n] == pytest.approx(delta / math.sqrt(1 / (y + alpha) + 1 / (other + alpha)), abs=1e-9)


exposures = st.lists(st.integers(1, 3000), min_size=1, max_size=12)


@given(exposures, exposures, st.data())
def test_what_chance_would_have_as_found_by_halving(here: list[int], there: list[int], data: st.DataObject) -> None:
    together = data.draw(st.integers(1, len(here) + len(there) - 1))
    low, high = -30.0, 10.0
    for _round in range(80):
        middle = (low + high) / 2
        total = sum(1 - math.exp(-math.exp(middle) * said) for said in (*here, *there))
        low, high = (middle, high) if total < together else (low, middle)
    plain = min(sum(1 - math.exp(-math.exp(high) * said) for said in here), together)
    found = weighing.awaited(np.array([together]), np.array(here), np.array(there))[0]
    assert found == pytest.approx(plain, rel=1e-3, abs=1e-3)


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_the_tail_as_counted_over_every_shuffle(here: int, there: int, data: st.DataObject) -> None:
    """Of all ways to choose who says it among those on both sides, those with at least so many here."""
    together = data.draw(st.integers(0, here + there))
    a = data.draw(st.integers(max(0, together - there), min(here, together)))
    ways = [math.comb(here, n) * math.comb(there, together - n) for n in range(together + 1)]
    found = weighing.tail(np.array([a]), np.array([together - a]), np.full(here, 50), np.full(there, 50))[0]
    assert found == pytest.approx(sum(ways[a:]) / sum(ways))


@given(st.data())
def test_both_sides_are_one_comparison_seen_from_either_end(data: st.DataObject) -> None:
    given_ = data.draw(small_talk())
    words = words_of(given_)
    a, b = chosen_of(data.draw, given_), chosen_of(data.draw, given_)
    one, other = terms.set_apart(words, a, b), terms.set_apart(words, b, a)
    flipped = [replace(term, direction=-term.direction) for term in other.against]
    assert list(one.terms) == flipped
    assert (one.base, one.rest_base, one.shared) == (other.rest_base, other.base, other.shared)


def test_what_lies_in_both_counts_for_neither() -> None:
    words = words_of(study())
    found = terms.set_apart(words, whole(1, 2), whole(2, 3))
    assert found.shared == 3
    assert (found.base.mentions, found.rest_base.mentions) == (6, 6)
    inner = terms.set_apart(words, whole(1), whole(1, 3))  # wholly in the other: against the rest of it
    assert (inner.shared, inner.base.mentions, inner.rest_base.mentions) == (6, 6, 6)
    assert terms.set_apart(words, whole(1, 2), whole(2, 1)).why == "the same"


def test_why_nothing_can_be_found() -> None:
    words = words_of(study())
    assert terms.set_apart(words, []).why == "nobody"
    assert terms.set_apart(words, whole(1, 2, 3, 4)).why == "nobody else"
    assert terms.set_apart(words, [(SourceId(1), words.utterances[0].span)]).why == "too few"
    assert terms.set_apart(words, whole(3)).why == "nothing stands out"
    two = words_of(talk([("Ann", "Bread and park."), ("Bob", "Bread again.")], [("Cat", "Rivers.")]))
    assert terms.set_apart(two, whole(1)).why == "too few"


def test_one_groups_word_is_no_finding_where_there_are_several() -> None:
    here = [(f"P{n}", "The allotment, and the bread.") for n in range(8)]
    there = [(f"P{n}", "The street, and the bread.") for n in range(8)]
    words = words_of(talk(here, there, there, there))
    assert [term.term for term in terms.set_apart(words, whole(1)).terms] == ["allotment"]  # the selection is one group
    assert terms.set_apart(words, whole(1, 2)).terms == ()
    twice = words_of(talk(here, here, there, there))
    found = terms.set_apart(twice, whole(1, 2))
    assert [term.term for term in found.terms] == ["allotment"] and [t.term for t in found.against] == ["street"]
    assert found.terms[0].direction == 1 and found.against[0].direction == -1
    assert (found.terms[0].share, found.terms[0].rest_share) == (1.0, 0.0)


def test_terms_are_marked_where_they_stand() -> None:
    given_ = study()
    for passage in key_terms(given_, whole(1, 2))[0].passages:
        text = next(u.text for u in given_.utterances if (u.source, u.span) == (passage.source, passage.span))
        said = {text[m.start - passage.span.start : m.end - passage.span.start].lower() for m in passage.marks}
        assert said and all("allotment" in one for one in said)


# -- what unites ---------------------------------------------------------------------------------------------------------


def parts(*sources: int) -> list[tuple[str, list[tuple[SourceId, Span]]]]:
    return [(f"group {n}", whole(n)) for n in sources]


def test_what_many_say_in_every_part_unites() -> None:
    lines = [
        [(f"P{n}", f"Our allotment, and the {FILL[n]}." if n < 3 else f"The {FILL[n]}.") for n in range(5)]
        for _group in range(3)
    ]
    lines[2] = [(who, said + " The turnip.") for who, said in lines[2]]  # all say it, in one group alone
    found = terms.united(words_of(talk(*lines)), parts(1, 2, 3))
    assert found.terms[0].term == "allotment"
    assert [(part.name, part.said, part.speakers) for part in found.terms[0].parts] == [
        ("group 1", 3, 5), ("group 2", 3, 5), ("group 3", 3, 5),
    ]  # fmt: skip
    assert found.terms[0].score == pytest.approx(0.6)
    assert "turnip" not in [term.term for term in found.terms]
    assert found.base.participants == 15 and found.base.groups == 3


@given(st.data())
def test_what_unites_holds_in_every_part(data: st.DataObject) -> None:
    words = words_of(data.draw(small_talk()))
    found = terms.united(words, parts(*{u.source for u in words.utterances}))
    for term in found.terms:
        shares = [part.value for part in term.parts]
        assert min(shares) >= terms.SOME and term.score == pytest.approx(min(shares))
        people = sum(part.speakers for part in term.parts)
        assert sum(part.said for part in term.parts) >= max(2, terms.MANY * people)
        off = sum(abs(p.said / sum(q.said for q in term.parts) - p.speakers / people) for p in term.parts) / 2
        assert 1 - off >= terms.EVEN - 1e-9


def test_parts_with_one_speaker_are_left_out_and_one_part_unites_nothing() -> None:
    words = words_of(talk([("Ann", "Bread."), ("Bob", "Bread.")], [("Cat", "Bread.")]))
    found = terms.united(words, parts(1, 2))
    assert found.why == "one part" and [part.name for part in found.left_out] == ["group 2"]
    assert terms.united(words, parts()).why == "nobody"
    apart = words_of(talk([("Ann", "Bread."), ("Bob", "Bread.")], [("Cat", "Rivers."), ("Dan", "Rivers.")]))
    assert terms.united(apart, parts(1, 2)).why == "nothing stands out"


def test_most_said_in_some_places() -> None:
    words = words_of(study())
    found = terms.widest(words, whole(3, 4))
    assert found.terms and found.base.mentions == 11 and found.rest_base == Count()
    assert "allotment" not in " ".join(term.term for term in found.terms)
    assert all(term.count.participants >= 2 and term.direction == 0 for term in found.terms)


def test_nothing_to_say() -> None:
    assert key_terms(Talk((), (), {})) == []
    assert key_terms(Talk((), (), {}), whole(1)) == []
    assert key_terms(study(), []) == []
    stopped = Job()
    stopped.cancel()
    with pytest.raises(Cancelled):
        key_terms(study(), whole(1), stopped)
