"""A study that is larger than memory is heard batch by batch: whatever the batches, it comes out as one that is held."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohesion_qda.analysis import far, heard, laying, spread, themes
from cohesion_qda.analysis.heard import Kept
from cohesion_qda.analysis.shelf import Shelf
from cohesion_qda.analysis.terms import set_apart
from cohesion_qda.model.theming import Recipe
from cohesion_qda.model.turns import Texts, Turns
from tests.benchmarks._corpus import made_talk

TALK = made_talk(600)


def far_talk(talk=TALK):
    """The same talk, its words read when they are wanted."""
    texts = Texts(talk.texts, talk.texts.__getitem__)
    turns = Turns(talk.contents, texts)
    for u in talk.utterances:
        turns.add(u.source, u.span, u.case, u.role)
    return type(talk)(turns, talk.sources, talk.cases, talk.contents, texts, talk.wording)


def heard_far(kept=None, *, vectors=False, new=None):
    with ThreadPoolExecutor(1) as pool:
        keep = (lambda fresh: new.append(fresh)) if new is not None else Kept
        return far.hear(far_talk(), kept or Kept(), "", spread.Workers(pool.submit, 2), keep, vectors=vectors)


@pytest.fixture(scope="module")
def near():
    return heard.hear(TALK, vectors=True)


@pytest.fixture(scope="module")
def kept(near):
    return near[1]


def assert_same_words(one, other):
    assert list(one.utterances) == list(other.utterances)
    for field in fields(one):
        if field.name != "utterances":
            a, b = getattr(one, field.name), getattr(other, field.name)
            assert np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b, field.name


def test_a_talk_that_is_read_when_wanted_is_the_same_talk():
    away = far_talk()
    assert list(away.utterances) == list(TALK.utterances) and away.utterances[3] == TALK.utterances[3]
    assert away.utterances[2:5] == list(TALK.utterances[2:5])
    assert away.stamp == TALK.stamp
    assert dict(away.texts) == TALK.texts and "another" not in away.texts


def test_all_that_workers_read_comes_out_as_here(near):
    new = []
    away = heard_far(vectors=True, new=new)
    assert_same_words(away.words, near[0].words)
    assert np.array_equal(away.pieces.rows, near[0].pieces.rows) and np.array_equal(
        away.pieces.scale, near[0].pieces.scale
    )
    assert {content for fresh in new for content in fresh.parse} == set(TALK.texts)


@settings(max_examples=5, deadline=None)
@given(st.integers(1, 60_000), st.sets(st.sampled_from(sorted(TALK.texts))))
def test_however_it_is_cut_and_whatever_was_kept_the_terms_are_the_same(near, kept, size, there):
    before = Kept({content: kept.parse[content] for content in there}, {}, kept.parse_maker, kept.vectors_maker)
    batch, spread.BATCH = spread.BATCH, size
    try:
        away = heard_far(before)
    finally:
        spread.BATCH = batch
    assert_same_words(away.words, near[0].words)
    places = tuple(np.array(column, dtype=np.int64) for column in ([1, 2], [0, 0], [10**6, 10**6]))
    assert set_apart(away.words, places) == set_apart(near[0].words, places)


def test_what_was_kept_and_is_damaged_is_made_anew(near, kept):
    damaged = sorted(TALK.texts)[0]
    broken = Kept({**kept.parse, damaged: b"?"}, {**kept.vectors, damaged: b"?"}, kept.parse_maker, kept.vectors_maker)
    away = heard_far(broken, vectors=True)
    assert_same_words(away.words, near[0].words)
    assert np.array_equal(away.pieces.rows, near[0].pieces.rows)


@pytest.mark.parametrize("method", ["vectors", "nmf"])
def test_themes_of_more_units_than_are_looked_at_together_are_the_same(near, kept, method, monkeypatch):
    away = heard_far(kept, vectors=True)
    monkeypatch.setattr(themes, "MOST_TOGETHER", 90)
    monkeypatch.setattr(themes, "DISCOVER", 80)
    monkeypatch.setattr(laying, "BATCH", 37)
    monkeypatch.setattr(themes, "BATCH", 37)
    here = themes.themes(near[0], Recipe(method=method, number=5))
    monkeypatch.setattr(laying, "MOST_TOGETHER", 90)  # now vectors, too, are worked out a batch at a time
    assert themes.themes(away, Recipe(method=method, number=5)) == here
    assert len(here.units) > 90 and all(here.theme_of[n] or True for n in range(len(here.units)))


def test_a_shelf_is_a_dictionary_that_grows():
    shelf = Shelf({"a": b"before", "b": b"there"})
    shelf.put("a", b"after")
    shelf.put("c", b"")
    assert dict(shelf) == {"a": b"after", "b": b"there", "c": b""} and len(shelf) == 3
    assert "d" not in shelf
    with pytest.raises(KeyError):
        shelf["d"]
