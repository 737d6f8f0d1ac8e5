"""The researcher's say about words: what is left out never comes up, and what is one counts once."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import talk

from cohesion_qda.analysis import pipelines
from cohesion_qda.analysis.heard import Heard, Kept, hear
from cohesion_qda.analysis.language import Words
from cohesion_qda.analysis.lines import lines
from cohesion_qda.analysis.noise import noise_of
from cohesion_qda.analysis.terms import set_apart, widest
from cohesion_qda.analysis.wordlist import among, word_list
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span
from cohesion_qda.model.wording import Merge, Wording, wording_from

BLANK = pipelines.blank("en")
STUDY = talk(
    [
        ("MOD", "Tell me about your community."),
        ("Ann", "Our community is kind. The communities here, and the food bank. Young people use the food bank."),
        ("Bob", "It's the community, you know. A neighbourhood food bank. I don’t know young people."),
    ],
    [("Cat", "Time, people, the library. Our community library. A foodbank in our  community!")],
)
_KEPT: dict[str, Kept] = {}


@pytest.fixture(autouse=True)
def blank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipelines, "choose", lambda language, *_more: pipelines.blank(language))


def heard(wording: Wording = Wording(), study=STUDY) -> Heard:  # noqa: B008
    """Heard with a wording; what was parsed is kept from test to test."""
    found, fresh = hear(replace(study, wording=wording), _KEPT.get(study.stamp), vectors=False)
    _KEPT.setdefault(study.stamp, fresh)
    return found


def said(words: Words) -> dict[str, int]:
    return dict(zip(words.terms, words.counts()[0].tolist(), strict=True))


def test_community_and_communities_and_our_community_are_one() -> None:
    words = heard(Wording(merges=(Merge("our community", ("community", "Communities")),))).words
    assert said(words)["our community"] == 5
    assert "community" not in words.terms
    at = words.terms.index("our community")
    places = [n for n, term in enumerate(words.term.tolist()) if term == at]
    cut = [
        next(u for u in words.utterances if u is words.utterances[words.utterance[n]]).text[
            words.start[n] - words.utterances[words.utterance[n]].span.start :
            words.end[n] - words.utterances[words.utterance[n]].span.start
        ]
        for n in places
    ]  # fmt: skip
    assert cut == ["Our community", "communities", "community", "Our community", "our  community"]
    assert words.counts()[1][at] == 3


def test_a_phrase_and_a_word_are_one_and_the_parts_of_the_phrase_still_count() -> None:
    words = said(heard(Wording(merges=(Merge("food bank", ("foodbank",)),))).words)
    assert words["food bank"] == 4
    assert words["food"] == 3
    assert "foodbank" not in words


def test_left_out_words_take_their_forms_and_phrases_with_them() -> None:
    before, words = said(heard().words), said(heard(Wording(left_out=("PEOPLE", "community"))).words)
    assert {"people", "young people", "community"} <= before.keys()
    assert not any("people" in term or "communit" in term for term in words)
    assert words["library"] == before["library"]


def test_of_a_phrase_that_is_left_out_the_words_still_count() -> None:
    before, words = said(heard().words), said(heard(Wording(left_out=("young people",))).words)
    assert before.keys() - words.keys() == {"young people"}
    assert words["people"] == before["people"]


def test_a_merge_that_is_left_out_is_left_out_in_all_its_forms() -> None:
    merges = (Merge("area", ("community", "our community", "neighbourhood")),)
    for text in ("area", "neighbourhood", "our community"):
        assert (
            not {"area", "community", "neighbourhood"}
            & said(heard(Wording(left_out=(text,), merges=merges)).words).keys()
        )


def test_what_the_program_leaves_out_can_be_counted_all_the_same() -> None:
    assert "time" not in said(heard().words)
    assert said(heard(Wording(counted=("time",))).words)["time"] == 1


def test_a_merge_can_set_talk_apart_however_it_is_shown() -> None:
    """It is one word, though it is shown as several: who says nothing else speaks all the same."""
    here = [(f"P{n}", "Our community. Yes, our community, you know.") for n in range(5)]
    there = [(f"Q{n}", "The buses are late, and the library.") for n in range(5)]
    study = talk(here, here, there, there)
    chosen = [(SourceId(n), Span(0, 10_000)) for n in (1, 2)]
    for wording in (Wording(), Wording(merges=(Merge("our community", ("community", "communities")),))):
        with np.errstate(all="raise", under="ignore"):
            found = set_apart(heard(wording, study).words, chosen)
        assert [t.term for t in found.terms] == [(wording.merges or [Merge("community", ())])[0].shown]
        assert found.terms[0].count.participants == 10 and not found.why


def test_terms_have_keys_of_their_own() -> None:
    said_so = "Quality of life. The quality life, a quality life. The river's bank. River bank. A river bank, the river's bank."
    study = talk([("Ann", said_so), ("Bob", said_so)])
    words = heard(Wording(merges=(Merge("good life", ("bank",)),)), study).words
    keys = [term.key for term in widest(words, None, number=99).terms]
    assert len(set(words.parts)) == len(words.terms) and len(set(keys)) == len(keys)


def test_what_is_left_out_can_still_be_looked_up_in_all_its_forms() -> None:
    before, words = heard().words, heard(Wording(left_out=("community", "young people"))).words
    assert said(before)["community"] == 5
    for word in ("community", "Communities", "young people"):
        was, found = lines(before, word.lower() if word[0] != "C" else "community"), lines(words, word)
        assert [(one.source, one.span) for one in found.lines] == [(one.source, one.span) for one in was.lines]
        assert found.count == was.count
    assert len(lines(words, "community", [(SourceId(2), Span(0, 10_000))]).lines) == 2


def test_apostrophes_may_be_written_either_way() -> None:
    assert said(heard(Wording(merges=(Merge("not know", ("don't know",)),))).words)["not know"] == 1
    assert said(heard(Wording(merges=(Merge("not know", ("don’t know",)),))).words)["not know"] == 1


WORDS = [
    "community",
    "communities",
    "our community",
    "food bank",
    "bank",
    "foodbank",
    "young people",
    "people",
    "library",
    "kind",
]
WORDINGS = st.builds(
    lambda left_out, merges: Wording(left_out=tuple(left_out), merges=tuple(Merge(f[0], tuple(f[1:])) for f in merges)),
    st.lists(st.sampled_from(WORDS), max_size=3, unique=True),
    st.permutations(WORDS).map(lambda p: [p[:3], p[3:5]]) | st.just([]),
)


@given(WORDINGS)
def test_no_place_counts_twice_and_nothing_left_out_comes_up(wording: Wording) -> None:
    words = heard(wording).words
    places = list(
        zip(words.term.tolist(), words.utterance.tolist(), words.start.tolist(), words.end.tolist(), strict=True)
    )
    assert len(places) == len(set(places))
    for merge in wording.merges:
        if merge.shown in words.terms:
            at = words.terms.index(merge.shown)
            own = sorted((u, a, b) for t, u, a, b in places if t == at)
            assert all(x[0] != y[0] or x[2] <= y[1] for x, y in pairwise(own)), "apart from each other"
            shown = [merge.shown.casefold(), *(form.casefold() for form in merge.forms)]
            assert not {term.casefold() for term in words.terms if term != merge.shown} & set(shown)
    left_out = {text.casefold() for text in wording.left_out}
    assert not left_out & {term.casefold() for term in words.terms}


def test_the_list_shows_all_that_is_done_with_words() -> None:
    wording = Wording(
        left_out=("people", "young people", "unicorn"),
        merges=(Merge("area", ("community", "our community")),),
        counted=("time",),
    )
    found = word_list(heard(wording))
    assert [(one.text, one.count) for one in found.left_out] == [
        ("people", Count(3, 3, 2)), ("young people", Count(2, 2, 1)), ("unicorn", Count()),
    ]  # fmt: skip
    (area,) = found.merges
    assert area.count == Count(5, 3, 2)
    assert [(form.text, form.count.mentions) for form in area.forms] == [
        ("area", 0),
        ("community", 4),
        ("our community", 3),
    ]
    assert found.counted[0].count == Count(1, 1, 1)
    by_itself = [one.text.lower() for one in found.by_itself]
    assert {"the", "our", "you", "know"} <= set(by_itself) and not {"library", "people", "time"} & set(by_itself)
    assert found.terms[0].text == "area"
    assert [one.text for one in among(found.terms, " LIB ")] == ["library"]


def test_of_no_talk_there_is_a_list_without_words() -> None:
    found = word_list(heard(Wording(left_out=("bus",), merges=(Merge("a", ("b",)),)), talk([("MOD", "Hello.")])))
    assert found.terms == () and found.by_itself == ()
    assert found.left_out[0].count == found.merges[0].count == Count()


def test_other_languages_have_their_own_stop_words() -> None:
    assert noise_of("fr").leaves_out("dans") and not noise_of("fr").leaves_out("maison")
    assert not noise_of("so").leaves_out("guri"), "there is no list"
    words = heard(Wording(language="so"), talk([("Ann", "Guri wanaagsan, guri weyn."), ("Bob", "guri weyn")])).words
    assert said(words) == {"guri": 3, "guri weyn": 2, "wanaagsan": 1, "weyn": 2}


@given(WORDINGS)
def test_a_wording_is_kept_as_it_was(wording: Wording) -> None:
    assert wording_from(wording.to_json()) == wording


@pytest.mark.parametrize(
    "kept", ["", "[]", "{", '{"left_out": 3, "merges": [1, {"shown": 2}], "language": 7, "counted": [1]}']
)
def test_what_cannot_be_read_counts_as_not_said(kept: str) -> None:
    assert wording_from(kept) == Wording()
