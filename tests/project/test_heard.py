"""A project's talk as what suggests gets it: kept with the project, and worked out again only where it changed."""

from __future__ import annotations

import pytest

from cohesion_qda.analysis import parsing, sentences
from cohesion_qda.base.errors import NotFound
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.project import Project
from tests.makers import small_study


@pytest.fixture
def project(tmp_path):
    with small_study(tmp_path / "study.cqda") as found:
        yield found


@pytest.fixture
def worked_out(monkeypatch):
    """What was parsed and encoded since."""
    done: list[str] = []
    read, encode = parsing._read, sentences.encode

    def reading(lines, *more):
        done.extend(line if isinstance(line, str) else line[0] for line in lines.values())
        return read(lines, *more)

    def encoding(texts, job=None):
        done.extend(texts)
        return encode(texts, job)

    monkeypatch.setattr(parsing, "_read", reading)
    monkeypatch.setattr(sentences, "encode", encoding)
    return done


def test_words_do_not_wait_for_vectors_and_both_are_kept(project, worked_out):
    words = project.suggestions.heard(vectors=False)
    assert words.pieces is None and len(words.words.utterances) == 6
    assert project.suggestions.hearing.is_ready(vectors=False)
    assert not project.suggestions.hearing.is_ready(vectors=True)
    heard = project.suggestions.heard()
    assert len(heard.pieces) == 9 and project.suggestions.heard() is heard
    assert project.suggestions.heard(vectors=False) is heard
    path = project.path
    project.close()
    worked_out.clear()
    with Project.open(path) as again:
        assert again.suggestions.hearing.is_ready(vectors=True)
        assert (again.suggestions.heard().pieces.rows == heard.pieces.rows).all()
    assert worked_out == []


def test_a_correction_costs_the_lines_it_changed(project, worked_out):
    project.suggestions.heard()
    worked_out.clear()
    women = project.sources.get("Women").id
    text = project.sources.text(women)
    at = text.index("The buses.")
    project.corrections.correct(women, [Edit(at, at + 10, "The trams.")])
    stamp = project.suggestions.hearing.stamp()
    assert len(project.suggestions.heard().pieces) == 9
    assert worked_out == ["The trams. Nobody comes down after six."] * 2
    assert project.suggestions.hearing.stamp() == stamp


def test_coding_changes_nothing_that_was_heard(project):
    heard, stamp = project.suggestions.heard(vectors=False), project.suggestions.hearing.stamp()
    source = project.sources.get("Women").id
    project.codings.apply(source, Span(0, 9), [project.codebook.tree().get("Food").id])
    assert project.suggestions.hearing.stamp() == stamp and project.suggestions.heard(vectors=False) is heard
    project.sources.remove(source)
    assert project.suggestions.hearing.stamp() != stamp
    assert len(project.suggestions.heard(vectors=False).words.utterances) == 2
    project.history.undo()
    assert project.suggestions.hearing.stamp() == stamp


def test_nothing_of_it_is_in_the_trail(project):
    before = project.history.count()
    project.suggestions.heard()
    assert project.history.count() == before


def test_a_project_that_is_only_read_is_heard_all_the_same(project):
    path = project.path
    project.close()
    with Project.open(path, read_only=True) as read:
        assert len(read.suggestions.heard(vectors=False).words.utterances) == 6
        assert not read.suggestions.hearing.is_ready(vectors=False)


def test_without_vectors_all_goes_on_in_the_second_tier(project, monkeypatch):
    monkeypatch.setattr(sentences, "FOLDER", "vectors/nowhere")
    heard = project.suggestions.heard()
    assert heard.pieces is None and project.suggestions.hearing.is_ready(vectors=True)
    women = project.sources.get("Women").id
    text = project.sources.text(women)
    at = text.index("For me it is the park")
    found = project.suggestions.like(women, Span(at, at + 21))
    assert project.sources.get("Young people").id in [passage.source for passage in found]
    monkeypatch.undo()
    assert len(project.suggestions.heard().pieces) == 9


def test_passages_like_one(project):
    young = project.sources.get("Young people").id
    text = project.sources.text(young)
    at = text.index("the park is locked")
    found = project.suggestions.like(young, Span(at, at + 26), 3)
    women = project.sources.get("Women").id
    assert found[0].source == women and "park" in found[0].span.of(project.sources.text(women))
    with pytest.raises(NotFound):
        project.suggestions.like(99, Span(0, 3))
