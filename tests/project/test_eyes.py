"""Blind double-coding: what may be seen, counted, changed and undone while others' codings are hidden."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.finding import Scope
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.query import Query
from cohesion_qda.model.textmap import Edit
from cohesion_qda.model.trail import Wanted
from cohesion_qda.project import Project
from tests.makers import code, small_study

FOOD, PARK, CLASS = "What unites/Food", "What unites/Public spaces", "What divides/Class"
SHARED, BEAS = "We share food over the wall 😀", "Nobody comes down after six."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Asha and Bea coded; Asha did the last act, and others' codings are hidden from her."""
    project = small_study(tmp_path / "study.cqda")
    code(project, "Women", SHARED, FOOD)
    project.use_coder("Bea")
    code(project, "Women", SHARED, FOOD)
    code(project, "Women", BEAS, CLASS)
    project.use_coder("Asha")
    code(project, "Women", "The buses.", PARK)
    project.look_as("Asha")
    return project


def id_of(project: Project, path: str) -> CodeId:
    return project.codebook.tree().get(path).id


def women(project: Project) -> SourceId:
    return project.sources.get("Women").id


def lose(project: Project, words: str) -> None:
    start = project.sources.text(women(project)).index(words)
    project.corrections.correct(women(project), [Edit(start, start + len(words), "")])


def test_nothing_of_another_s_is_read_or_counted(project: Project) -> None:
    assert {c.coder for c in project.codings.of_source(women(project))} == {project.coder.id}
    assert len(project.codings.retrieve()) == 2
    assert project.codings.retrieve(coder="Bea") == []
    assert project.codebook.tally()[1].mentions == 2
    assert project.codebook.counts()[id_of(project, CLASS)].branch.mentions == 0
    assert project.codebook.coded()[id_of(project, FOOD)] == 1
    assert project.codebook.base().mentions == 2
    assert project.codebook.tally("Bea")[1].mentions == 0
    assert project.answers.behind(FREQUENCIES, "codes", (id_of(project, CLASS), "mentions")) == []
    assert project.retrieval.find(Query()).total == 2
    assert project.search.find("nobody", Scope(code=id_of(project, CLASS))).hits == ()
    assert [name for name, _n in project.reports.snapshot().coders] == ["Asha"]
    assert [coder.name for coder in project.seen_coders()] == ["Asha"]
    with pytest.raises(BadInput, match="cannot be told while others’ codings are hidden"):
        project.agreement.compared(Asked("agreement"))


def test_what_is_written_says_that_others_are_left_out(project: Project) -> None:
    told = "Only what Asha has coded is counted here; others’ codings are hidden."
    assert project.answers.ask(FREQUENCIES).notes[0] == told
    assert project.reports.snapshot().notes[0] == told
    project.look_as(None)
    assert told not in (*project.answers.ask(FREQUENCIES).notes, *project.reports.snapshot().notes)


FREQUENCIES = Asked("frequencies")
ASKED: list[Callable[[Project, CodeId], object]] = [
    lambda p, food: p.codings.of_source(women(p)),
    lambda p, food: p.codings.retrieve(food),
    lambda p, food: p.codebook.tally("Newcomer"),
    lambda p, food: p.codebook.walk(food, "Newcomer"),
    lambda p, food: p.answers.ask(FREQUENCIES),
    lambda p, food: p.search.find("food", Scope(code=food, coder="Newcomer")),
    lambda p, food: p.themes.counts("Newcomer"),
    lambda p, food: p.retrieval.find(Query()),
    lambda p, food: p.corrections.lost(),
    lambda p, food: p.memos.entries(),
    lambda p, food: p.history.trail(),
    lambda p, food: p.reports.snapshot(),
]


@pytest.mark.parametrize("asked", ASKED)
def test_who_has_not_coded_yet_sees_nothing_and_no_error(
    project: Project, asked: Callable[[Project, CodeId], object]
) -> None:
    project.use_coder("Newcomer")
    project.look_as("Newcomer")
    asked(project, id_of(project, FOOD))
    assert project.codings.of_source(women(project)) == []


def test_a_coder_who_is_not_there_is_still_told(project: Project) -> None:
    project.look_as(None)
    with pytest.raises(NotFound, match="Nobody"):
        project.codebook.tally("Nobody")


def test_only_one_s_own_last_act_is_undone(project: Project) -> None:
    assert project.history.can_undo() == "Coded 2 words of “Women” as “Public spaces”"
    project.history.undo()
    assert project.history.can_undo() == "another person’s act"
    with pytest.raises(BadInput, match="what another person did, and others’ codings are hidden"):
        project.history.undo()
    project.history.redo()
    project.look_as(None)
    project.history.undo()
    project.history.undo()
    project.look_as("Asha")
    assert project.history.can_redo() == "another person’s act"
    with pytest.raises(BadInput, match=r"Show others’ codings first|what another person did"):
        project.history.redo()


def test_undoing_to_a_place_before_another_s_act_is_refused_whole(project: Project) -> None:
    trail = project.history.trail()
    assert {entry.coder for entry in trail} == {"Asha"}
    assert [entry.can_undo for entry in trail[:2]] == [True, False], "what Bea did came between"
    with pytest.raises(BadInput, match="what another person did"):
        project.history.undo_to(trail[1].id)
    project.look_as(None)
    assert len(project.codings.retrieve()) == 4
    assert project.history.trail()[1].can_undo


def test_the_trail_and_its_choices_are_one_s_own(project: Project) -> None:
    project.look_as(None)
    everything = project.history.count()
    project.history.undo()
    project.history.undo()  # Bea's
    project.history.redo()
    project.look_as("Asha")
    history = project.history
    assert history.coders().keys() == {"Asha"}
    assert history.count() == len(history.trail()) == len(history.times()) == sum(history.kinds().values())
    assert history.count() < everything
    assert history.count(Wanted(coder="Bea")) == 0
    assert all("Class" not in entry.told or entry.kind == "add-code" for entry in history.trail())
    touched = {name: n for _id, name, n, _gone in history.touched("code")}
    assert touched["Class"] == 1, "that it was added"


@pytest.mark.parametrize(
    "verb",
    [
        lambda p: p.codebook.delete(id_of(p, CLASS)),
        lambda p: p.codebook.delete(id_of(p, "What divides")),
        lambda p: p.codebook.would_delete(id_of(p, CLASS)),
        lambda p: p.codebook.merge(id_of(p, CLASS), into=id_of(p, FOOD)),
        lambda p: p.codebook.would_merge(id_of(p, CLASS)),
        lambda p: p.sources.remove(women(p)),
    ],
)
def test_what_would_take_hidden_codings_along_is_refused(project: Project, verb: Callable[[Project], object]) -> None:
    with pytest.raises(BadInput, match="and their codings are hidden"):
        verb(project)
    project.look_as(None)
    assert len(project.codings.retrieve()) == 4
    verb(project)


def test_a_code_that_only_oneself_used_can_be_deleted(project: Project) -> None:
    assert project.codebook.would_delete(id_of(project, PARK)).codings == 1
    project.codebook.delete(id_of(project, PARK))
    assert len(project.codings.retrieve()) == 1


def test_only_one_s_own_codings_of_a_lost_passage_are_let_go(project: Project) -> None:
    lose(project, SHARED)
    (lost,) = project.corrections.lost()
    assert (lost.codings, lost.coders) == (1, ("Asha",))
    assert project.corrections.let_go([lost.place.segment]).said.startswith("Let go of 1 coding")
    assert project.corrections.lost() == []
    project.look_as("Bea")
    (hers,) = project.corrections.lost()
    assert (hers.codings, hers.coders, hers.place.quote) == (1, ("Bea",), SHARED)
    with pytest.raises(BadInput, match="Bea coded this passage; only they can change that"):
        project.corrections.let_go([hers.place.segment])
    with pytest.raises(BadInput, match="Bea coded this passage; only they can change that"):
        project.corrections.place(hers.place.segment, project.codings.find_quote(women(project), "it is the park"))
    project.use_coder("Bea")
    project.corrections.let_go([hers.place.segment])
    assert project.corrections.lost() == []
    assert project.check() == []


def test_only_one_s_own_codings_of_a_lost_passage_are_placed(project: Project) -> None:
    lose(project, SHARED)
    (lost,) = project.corrections.lost()
    where = project.codings.find_quote(women(project), "For me it is the park.")
    project.corrections.place(lost.place.segment, where)
    assert [p.quote for p in project.codings.retrieve(id_of(project, FOOD))] == ["For me it is the park."]
    project.look_as("Bea")
    assert [p.coders for p in project.corrections.lost()] == [("Bea",)]
    project.use_coder("Bea")
    project.corrections.place(lost.place.segment, where)
    project.look_as(None)
    assert [p.coder_name for p in project.codings.retrieve(id_of(project, FOOD))] == ["Asha", "Bea"]
    assert (project.check(), project.corrections.lost()) == ([], [])


def test_a_correction_tells_only_of_what_may_be_seen(project: Project) -> None:
    start = project.sources.text(women(project)).index(BEAS)
    change = project.corrections.correct(women(project), [Edit(start, start + len(BEAS), "")])
    assert change.said == "Corrected 1 place of “Women”"
    project.look_as(None)
    assert len(project.corrections.lost()) == 1


@pytest.mark.parametrize("is_let_go", [False, True])
def test_what_another_wrote_about_a_coding_stays_when_it_goes(project: Project, is_let_go: bool) -> None:
    project.look_as(None)
    (mine,) = [p.coding for p in project.codings.retrieve(id_of(project, PARK))]
    project.memos.add("coding", mine.id, "My own words")
    project.use_coder("Bea")
    project.memos.add("coding", mine.id, "Bea's words")
    project.use_coder("Asha")
    if is_let_go:
        lose(project, "The buses.")
        project.corrections.let_go([project.corrections.lost()[0].place.segment])
    else:
        project.codings.remove([mine.id])
    (left,) = project.memos.list()
    assert (left.body, left.about, left.subject) == ("Bea's words", "segment", mine.segment)
    assert project.check() == []
    project.history.undo()
    assert {(m.body, m.about) for m in project.memos.list()} == {("My own words", "coding"), ("Bea's words", "coding")}
