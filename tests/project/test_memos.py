"""Memos: on anything, found by words, person and time, with links to passages; gone and back with what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.change import Change
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.store import memos as store
from tests.makers import code, small_study
from tests.project.test_verbs import cid, first_case, rows


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "p.cqda") as made:
        code(made, "Women", "The buses.", "Cuts", "Class")
        code(made, "Young people", "The youth club closed", "Cuts")
        yield made
        assert made.check() == []


def at(project: Project, source: str, quote: str) -> tuple[Any, Span]:
    found = project.sources.get(source).id
    return found, project.codings.find_quote(found, quote)


def coding(project: Project, quote: str, name: str) -> Any:
    return next(p.coding for p in project.codings.retrieve(cid(project, name)) if p.quote == quote)


def write_on_everything(project: Project) -> None:
    women = project.sources.get("Women").id
    project.memos.add("project", 0, "Ask about winter", "Second round")
    project.memos.add("source", women, "A noisy room")
    project.memos.add("study_case", first_case(project, "Carol").id, "Speaks for her mother too")
    project.memos.add("code", cid(project, "Cuts"), "Too wide?")
    project.memos.add("coding", coding(project, "The buses.", "Cuts").id, "Said with a sigh")
    project.memos.add_at(*at(project, "Women", "(laughs) That is exactly it."), "Why the laugh?")


def test_a_memo_says_what_it_is_about(project: Project) -> None:
    write_on_everything(project)
    assert [entry.subject.words for entry in reversed(project.memos.entries())] == [
        "the project",
        "source “Women”",
        "participant “Carol”",
        "code “Cuts”",
        "passage of “Women” coded as “Cuts”: “The buses.”",
        "passage of “Women”: “(laughs) That is exactly it.”",
    ]
    assert [m.headline for m in project.memos.list()][:2] == ["Second round", "A noisy room"]


def test_a_memo_on_a_passage_knows_who_speaks_where(project: Project) -> None:
    write_on_everything(project)
    place = project.memos.entries("segment")[0].subject.place
    assert place is not None
    assert (place.speakers, place.turn, place.source_name, place.is_lost) == (("Joan",), 6, "Women", False)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, 6),
        ({"about": "code"}, 1),
        ({"about": "project"}, 1),
        ({"words": "WIDE too"}, 1),
        ({"words": "winter"}, 1),
        ({"words": "second winter"}, 1),
        ({"words": "winter wide"}, 0),
        ({"coder": "asha"}, 6),
        ({"coder": "Nobody"}, 0),
        ({"since": "2020-01-01T00:00:00+00:00"}, 6),
        ({"until": "2020-01-01T00:00:00+00:00"}, 0),
    ],
)
def test_memos_are_found(project: Project, filters: dict[str, Any], expected: int) -> None:
    write_on_everything(project)
    assert len(project.memos.list(**filters)) == expected
    assert len(project.memos.entries(**filters)) == expected


def test_the_last_written_stands_first(project: Project) -> None:
    write_on_everything(project)
    assert project.memos.entries()[0].subject.about == "segment"
    first = project.memos.list()[0]
    project.memos.edit(first.id, "Ask about winter and the buses")
    times = [entry.memo.updated_at for entry in project.memos.entries()]
    assert times == sorted(times, reverse=True)


def test_a_memo_points_to_passages_coded_or_not(project: Project) -> None:
    project.memos.add("project", 0, "Laughing about it")
    memo = project.memos.list()[0].id
    one, other = (
        at(project, "Women", "(laughs) That is exactly it."),
        at(project, "Young people", "The youth club closed"),
    )
    change = project.memos.link(memo, [other, one, one])
    assert change.said == "Linked the memo “Laughing about it” to 2 passages"
    links = project.memos.links(memo)
    assert [(p.quote, p.speakers, p.turn) for p in links] == [
        ("(laughs) That is exactly it.", ("Joan",), 6), ("The youth club closed", ("Amina",), 2),
    ]  # fmt: skip
    assert project.memos.entries()[0].links == 2
    assert project.memos.link(memo, [one]).is_empty, "a second link to the same place is none"
    project.memos.unlink(memo, [links[0].segment])
    assert [p.quote for p in project.memos.links(memo)] == ["The youth club closed"]
    project.memos.delete(memo)
    assert project.history.undo().said.startswith("Undid: Deleted the memo")
    assert [p.quote for p in project.memos.links(memo)] == ["The youth club closed"]


def test_a_passage_that_lost_its_words_keeps_its_quote(project: Project) -> None:
    project.memos.add_at(*at(project, "Women", "The buses."), "Remember")
    project.memos.add("project", 0, "Links")
    links = project.memos.list("project")[0].id
    project.memos.link(links, [at(project, "Women", "The buses.")])
    segment = project.memos.links(links)[0].segment
    with project._session.act("edit-memo", about="segment") as _action:  # as a correction leaves it
        project._session.db.execute(
            'UPDATE segment SET "start" = 212, "end" = 212, quote = ? WHERE id = ?', ["The buses.", segment]
        )
    lost = project.memos.links(links)[0]
    assert (lost.quote, lost.is_lost, lost.turn) == ("The buses.", True, 5)
    assert "The buses." in project.memos.entries("segment")[0].subject.words
    assert project.memos.in_source(project.sources.get("Women").id) == []
    project.history.undo()


def test_where_in_a_source_there_are_memos(project: Project) -> None:
    write_on_everything(project)
    women = project.sources.get("Women").id
    buses = coding(project, "The buses.", "Cuts")
    places = project.memos.in_source(women)
    assert [(p.span, p.coding) for p in places] == [
        (buses.span, buses.id), (at(project, "Women", "(laughs) That is exactly it.")[1], None),
    ]  # fmt: skip
    assert project.memos.in_source(project.sources.get("Young people").id) == []


def test_who_may_not_see_others_codings_sees_no_memos_on_them_either(project: Project) -> None:
    write_on_everything(project)
    project.use_coder("Ben")
    project.memos.add_at(*at(project, "Women", "The buses."), "Mine")
    project.memos.add("coding", coding(project, "The buses.", "Cuts").id, "Mine, on hers")
    women = project.sources.get("Women").id
    project.look_as("ben")
    assert [m.about for m in project.memos.list()] == ["project", "source", "study_case", "code", "segment"]
    assert [p.coding for p in project.memos.in_source(women)] == [None]
    project.look_as(None)
    assert len(project.memos.in_source(women)) == 4


GOING: dict[str, tuple[Callable[[Project], Change], Callable[[Project], int], int]] = {
    "code": (
        lambda p: p.codebook.delete(cid(p, "What divides")),
        lambda p: store.going_with(p._session.db, codes=p.codebook.tree().branch(cid(p, "What divides"))),
        2,
    ),
    "coding": (
        lambda p: p.codings.remove([coding(p, "The buses.", "Cuts").id]),
        lambda p: store.going_with(p._session.db, codings=[coding(p, "The buses.", "Cuts").id]),
        1,
    ),
    "source": (
        lambda p: p.sources.remove(p.sources.get("Women").id),
        lambda p: store.going_with(p._session.db, source=p.sources.get("Women").id),
        4,
    ),
}


@pytest.mark.parametrize("what", GOING)
def test_a_memo_goes_with_what_it_is_about_and_comes_back(project: Project, what: str) -> None:
    write_on_everything(project)
    remove, going, expected = GOING[what]
    before = rows(project)
    assert going(project) == expected
    remove(project)
    assert len(project.memos.list()) == 6 - expected
    project.history.undo()
    assert rows(project) == before


VERBS: dict[str, tuple[Callable[[Project, Any], Change], str]] = {
    "add": (lambda p, _m: p.memos.add("code", cid(p, "Class"), "Hm"), "Wrote a memo about the code “Class”"),
    "add on the project": (lambda p, _m: p.memos.add("project", 0, "", "Only a title"), "Wrote a memo about the project"),
    "add on a case": (
        lambda p, _m: p.memos.add("study_case", first_case(p, "Joan").id, "Hm"),
        "Wrote a memo about the participant “Joan”",
    ),
    "add at": (
        lambda p, _m: p.memos.add_at(*at(p, "Women", "I think"), "Doubt", "Title"),
        "Wrote a memo about a passage of “Women”",
    ),
    "edit": (lambda p, m: p.memos.edit(m, "Other"), "Edited the memo about the source “Women”"),
    "retitle": (lambda p, m: p.memos.edit(m, title=" A  room "), "Edited the memo about the source “Women”"),
    "delete": (lambda p, m: p.memos.delete(m), "Deleted the memo about the source “Women”"),
    "link": (
        lambda p, m: p.memos.link(m, [at(p, "Women", "after six")]), "Linked the memo “Noisy” to 1 passage",
    ),
    "unlink": (
        lambda p, m: p.memos.unlink(m, [p.memos.links(m)[0].segment]), "Took the link to 1 passage from the memo “Noisy”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_one_act_with_a_sentence_that_can_be_taken_back(project: Project, verb: str) -> None:
    project.memos.add("source", project.sources.get("Women").id, "Noisy")
    memo = project.memos.list()[0].id
    project.memos.link(memo, [at(project, "Women", "I think")])
    act, said = VERBS[verb]
    before, acts = rows(project), len(project.history.trail())
    assert act(project, memo).said == said
    after = rows(project)
    assert after != before
    assert len(project.history.trail()) == acts + 1
    assert project.check() == []
    project.history.undo()
    assert rows(project) == before
    project.history.redo()
    assert rows(project) == after


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda p: p.memos.add("project", 0, " ", " "), "needs some words"),
        (lambda p: p.memos.add_at(*at(p, "Women", "I think"), " "), "needs some words"),
        (lambda p: p.memos.add_at(p.sources.get("Women").id, Span(47, 48), "x"), "no words in that place"),
        (lambda p: p.memos.add_at(p.sources.get("Women").id, Span(0, 9999), "x"), "ends at"),
        (lambda p: p.memos.edit(1, "", ""), "needs some words"),
        (lambda p: p.memos.link(1, [(p.sources.get("Women").id, Span(46, 46))]), "no words in that place"),
    ],
)
def test_what_cannot_be_is_told(project: Project, act: Callable[[Project], Change], words: str) -> None:
    project.memos.add("project", 0, "There")
    text = project.sources.text(project.sources.get("Women").id)
    assert text[47:48].isspace()
    with pytest.raises(BadInput, match=words):
        act(project)


def test_a_memo_that_is_gone_is_told(project: Project) -> None:
    for act in (lambda: project.memos.get(9), lambda: project.memos.delete(9), lambda: project.memos.unlink(9, [])):  # type: ignore[arg-type]
        with pytest.raises(NotFound, match="no memo “9”"):
            act()


def test_merging_codes_keeps_the_memos_on_both(project: Project) -> None:
    project.memos.add("code", cid(project, "Cuts"), "On the one that goes")
    project.memos.add("coding", coding(project, "The buses.", "Cuts").id, "On a coding both have")
    cuts, into = cid(project, "Cuts"), cid(project, "Class")
    project.codebook.merge(cuts, into=into)
    assert [m.subject for m in project.memos.list("code")] == [into]
    assert [e.subject.name for e in project.memos.entries("coding")] == ["Class"]
    project.history.undo()
    assert [m.subject for m in project.memos.list("code")] == [cuts]


def test_removing_a_source_says_how_many_memos_go(project: Project) -> None:
    women = project.sources.get("Women").id
    project.memos.add("source", women, "A noisy room")
    assert project.sources.remove(women).said == "Removed the source “Women” and 1 memo"
    project.history.undo()
    project.memos.delete(project.memos.list()[0].id)
    assert project.sources.remove(women).said == "Removed the source “Women”"
