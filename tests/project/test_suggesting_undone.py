"""Whatever is accepted of what was suggested and taken back leaves nothing but the trail; and no moderator is ever suggested."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.analysis import sentences
from cohesion_qda.model.change import Change
from cohesion_qda.model.cloud import BY, CloudWish
from cohesion_qda.model.selection import ALL, Selection
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.store import schema
from tests.makers import draft
from tests.project.test_suggesting_same import ASKED, GROUPS, PARKS, group


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four groups; exchanges are coded: what the moderator asks together with the answers."""
    path = tmp_path_factory.mktemp("undone") / "study.cqda"
    with Project.create(path, "empty", coder="Asha") as project:
        project.sources.add([draft(name, group(*GROUPS[name]), place=name.split()[0]) for name in GROUPS])
        exchange, _other = (project.codebook.added(project.codebook.add(name)) for name in ("Exchange", "Other"))
        for source in project.sources.list():
            project.codings.apply(source.id, Span(0, len(ASKED) + 60), [exchange])
        project.suggestions.heard(vectors=False)
    return path


@pytest.fixture
def project(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setattr(sentences, "FOLDER", "vectors/nowhere")  # words alone: whose words they are is the same
    with Project.open(shutil.copy(made, tmp_path / "study.cqda"), "Asha") as opened:
        yield opened
        assert opened.check() == []


def rows(project: Project) -> dict[str, list[Any]]:
    """All that a researcher makes; what is in the trail is not among it."""
    db = project._session.db
    return {
        name: [tuple(row) for row in db.execute(f"SELECT * FROM {name} ORDER BY 1, 2")] for name in schema.JOURNALLED
    }


def of_a_term(project: Project) -> Change:
    found = project.key_terms.terms(project.key_terms.selection(where=[("place", ["Hull"])])).terms[0]
    other = project.codebook.tree().get("Other").id
    return project.suggestions.accept_passages(found.key, other, found.passages[:3])


def of_a_word_in_a_cloud(project: Project) -> Change:
    word = project.clouds.cloud(CloudWish(number=1)).words[0].word
    lines = project.clouds.concordance(word).lines.lines
    other = project.codebook.tree().get("Other").id
    return project.autocode.apply([(line.source, line.span) for line in lines], other, extent="turn", query=word)


def of_what_is_alike(project: Project) -> Change:
    source = project.sources.get("Hull 1").id
    found = project.suggestions.like(source, project.codings.find_quote(source, PARKS[0]), 4)
    return project.suggestions.accept_passages("like", project.codebook.tree().get("Other").id, found)


def of_a_dismissal(project: Project) -> Change:
    found = project.key_terms.widest().terms[0]
    return project.suggestions.dismiss(found.key, found.term)


@pytest.mark.parametrize("act", [of_a_term, of_a_word_in_a_cloud, of_what_is_alike, of_a_dismissal])
def test_what_is_accepted_and_taken_back_leaves_only_the_trail(
    project: Project, act: Callable[[Project], Change]
) -> None:
    before, acts = rows(project), project.history.count()
    change = act(project)
    assert not change.is_empty and project.history.count() == acts + 1, "it is one act"
    after = rows(project)
    assert after != before
    project.history.undo()
    assert rows(project) == before
    assert project.history.count() == acts + 2 and project.history.trail(2)[-1].state == "undone"
    project.history.redo()
    assert rows(project) == after


def of_moderators(project: Project) -> set[tuple[int, int, int]]:
    """Their turns."""
    turns = [(source.id, turn) for source in project.sources.list() for turn in project._session.read(source.id).turns]
    return {
        (int(source), turn.span.start, turn.span.end)
        for source, turn in turns
        if "zeppelin" in turn.span.of(project.sources.text(source))
    }


def is_asked(moderators: set[tuple[int, int, int]], source: int, span: Span) -> bool:
    return any(one == source and span.start < end and start < span.end for one, start, end in moderators)


def test_nothing_that_a_moderator_says_is_like_a_passage(project: Project) -> None:
    moderators = of_moderators(project)
    assert len(moderators) == 4
    source = project.sources.get("Hull 1").id
    at = project.codings.find_quote(source, PARKS[0])
    for span in (at, Span(0, at.end), Span(0, len(ASKED))):
        found = project.suggestions.like(source, span, 200)
        assert found or span.end == len(ASKED)
        assert not [one for one in found if is_asked(moderators, int(one.source), one.span)]


@pytest.mark.parametrize("by", BY)
def test_no_moderators_word_is_in_a_cloud_or_its_lines_even_where_exchanges_are_coded(
    project: Project, by: str
) -> None:
    moderators = of_moderators(project)
    exchange = Selection((project.codebook.tree().get("Exchange").id,))
    hull = project.key_terms.selection(where=[("place", ["Hull"])])
    for chosen in (ALL, exchange, hull):
        assert not [1 for s, span in project.key_terms.spans(chosen) if is_asked(moderators, int(s), span)]
        cloud = project.clouds.cloud(CloudWish(chosen, by, colours="code"))
        assert cloud.words or cloud.why
        assert "zeppelin" not in " ".join(word.word for word in cloud.words)
        assert project.clouds.concordance("zeppelin", chosen).lines.lines == ()
        lines = project.clouds.concordance("bus", chosen).lines.lines
        assert not [line for line in lines if is_asked(moderators, int(line.source), line.span)]
        assert "zeppelin" not in repr(project.clouds.pairs(chosen))
    assert project.clouds.concordance("bus").lines.lines
