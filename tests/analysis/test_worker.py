"""The study that a process holds: heard by its stamp, with vectors only where they are asked for, and mended where damaged."""

from __future__ import annotations

import pickle
from dataclasses import replace
from itertools import pairwise

import pytest
from made_studies import talk

from cohesion_qda.analysis import deriving, resident, sentences, worker
from cohesion_qda.analysis.heard import Kept, with_texts
from cohesion_qda.analysis.resident import NotHeard
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.text import Span

GIVEN = talk(
    [
        ("MOD", "What is it like to live round here, in this part of the town?"),
        ("Ann", "The buses are always late, and there is none after six."),
        ("Bob", "Our library is the heart of the place."),
        ("Cat", "Yes."),
        ("Bob", "If you have no car you wait for the bus for an hour in the rain."),
    ],
    "The committee met on Monday.\nIt spoke about the reading room and its books.",
)


@pytest.fixture(autouse=True)
def nothing_is_held():
    resident.let_go()
    yield
    resident.let_go()


def hear(stamp="one", given=GIVEN, kept=Kept(), vectors=False, job=None):  # noqa: B008 (it does not change)
    for fresh in resident.hear(stamp, given, kept, "", vectors, job):
        kept = deriving.joined(kept, fresh)
    return kept


def test_a_study_is_asked_about_only_once_it_is_heard():
    with pytest.raises(NotHeard) as told:
        worker.study("one")
    assert not told.value.vectors
    kept = hear()
    assert len(worker.study("one").words.utterances) == 6
    assert len(kept.parse) == 2 and not kept.vectors
    with pytest.raises(NotHeard):
        worker.study("two")
    hear("two")
    with pytest.raises(NotHeard):
        worker.study("one")


def test_vectors_are_worked_out_only_where_they_are_wanted():
    kept = hear()
    heard = worker.study("one")
    with pytest.raises(NotHeard) as told:
        worker.like("one", SourceId(1), Span(0, 5))
    assert told.value.vectors and pickle.loads(pickle.dumps(told.value)).vectors
    kept = hear(kept=kept, vectors=True)
    assert worker.study("one").words is heard.words  # nothing was counted anew
    assert len(worker.study("one", vectors=True).pieces) == 7 and len(kept.vectors) == 2


def test_what_was_made_of_a_study_goes_with_it():
    hear()
    made = worker.made("one", "list", lambda heard: [heard])
    assert worker.made("one", "list", lambda heard: []) is made
    hear("two")
    assert worker.made("two", "list", lambda heard: []) == []


def test_what_is_kept_is_not_worked_out_again(monkeypatch):
    kept = hear(vectors=True)
    resident.let_go()
    monkeypatch.setattr(deriving, "derive", lambda *_args: pytest.fail("it was kept"))
    assert hear(kept=kept, vectors=True) == kept


def test_what_another_maker_kept_or_what_is_damaged_is_made_anew():
    kept = hear(vectors=True)
    resident.let_go()
    content = next(iter(kept.parse))
    damaged = replace(
        kept, parse={**kept.parse, content: b"?"}, vectors={key: data[:-3] for key, data in kept.vectors.items()}
    )
    assert hear(kept=damaged, vectors=True) == kept
    resident.let_go()
    assert hear(kept=replace(kept, parse_maker="another", vectors_maker="another"), vectors=True) == kept


def test_it_goes_batch_by_batch_and_what_was_done_is_given_before_it_stops(monkeypatch):
    monkeypatch.setattr(deriving, "BATCH", 10)
    job, told, given = Job(), [], []
    job._report = lambda done, total, _what: told.append((done, total))
    work = resident.hear("one", GIVEN, Kept(), "", True, job)
    given.append(next(work))
    job.cancel()
    with pytest.raises(Cancelled):
        given.extend(work)
    assert [len(fresh.parse) for fresh in given] == [1] and told[-1][0] <= 1000
    with pytest.raises(NotHeard):
        worker.study("one")


def test_passages_like_this_one():
    hear(vectors=True)
    late = GIVEN.utterances[1]
    found = worker.like("one", late.source, late.span)
    assert found[0].span == GIVEN.utterances[4].span and found[0].source == 1
    assert late.span not in [one.span for one in found if one.source == late.source]
    assert all(a.score >= b.score for a, b in pairwise(found))
    mod, short = GIVEN.utterances[0].span, GIVEN.utterances[3].span
    assert not {mod, short} & {one.span for one in found if one.source == 1}
    assert len(worker.like("one", late.source, late.span, 1)) == 1
    library = GIVEN.utterances[2]
    assert SourceId(2) in [one.source for one in worker.like("one", library.source, library.span, 2)]


def test_passages_like_this_one_in_the_second_tier(monkeypatch):
    monkeypatch.setattr(sentences, "FOLDER", "vectors/nowhere")
    hear(vectors=True)
    late = GIVEN.utterances[1]
    assert [one.span for one in worker.like("one", late.source, late.span)] == [GIVEN.utterances[4].span]


def test_a_talk_travels_whole():
    whole = with_texts(GIVEN)
    for one in (GIVEN, whole):
        assert pickle.loads(pickle.dumps(one)) == one
        assert pickle.loads(pickle.dumps(one)).stamp == one.stamp
    assert len(pickle.dumps(whole)) < len(pickle.dumps(GIVEN)) + 600


def test_batches_are_of_about_one_size():
    texts = {"a": "x" * 4, "b": "x" * 5, "c": "x" * 30, "d": "x"}
    assert [list(batch) for batch in deriving.batches(texts, texts, 10)] == [["a", "b"], ["c"], ["d"]]
    assert [list(batch) for batch in deriving.batches(texts, {"d", "a"}, 10)] == [["a", "d"]]
    assert list(deriving.batches({}, {}, 10)) == []
