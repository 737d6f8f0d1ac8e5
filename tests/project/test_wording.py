"""Words: each verb is one act with a sentence, and what is derived of texts never enters the journal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.analysis import pipelines
from cohesion_qda.base.errors import BadInput, NotFound, ProjectReadOnly
from cohesion_qda.model.wording import Merge, Wording
from cohesion_qda.project import Project
from cohesion_qda.store import derived
from tests.makers import code, small_study
from tests.project.test_corrections import edit


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setattr(pipelines, "choose", lambda language, *_more: pipelines.blank(language))
    with small_study(tmp_path / "p.cqda") as made:
        yield made
        assert made.check() == []


def terms(project: Project) -> set[str]:
    return set(project.suggestions.heard(vectors=False).words.terms)


def test_each_verb_is_one_act_that_is_told_and_taken_back(project: Project) -> None:
    verbs = project.wording
    said = [
        verbs.leave_out(["people", "food", " young   people "]).said,
        verbs.take_back("food").said,
        verbs.merge("community", ["communities", "our community"]).said,
        verbs.take_back("time").said,
        verbs.set_language("CY").said,
        verbs.unmerge("communities").said,
    ]
    assert said == [
        "Left “people”, “food”, “young people” out of what is counted",
        "Counted “food” again",
        "Counted “communities”, “our community” as one with “community”",
        "Counted “time” again",
        "Set the language of the talk to cy",
        "Counted “communities”, “our community” apart from “community” again",
    ]
    assert verbs.get() == Wording("cy", ("people", "young people"), (), ("time",))
    assert [entry.said for entry in project.history.trail(6)] == said[::-1]
    assert (
        project.history.trail(1)[0].told == "Asha counted “communities”, “our community” apart from “community” again"
    )
    for _act in said:
        project.history.undo()
    assert verbs.get() == Wording()


def test_what_is_so_already_is_no_act(project: Project) -> None:
    project.wording.leave_out("people")
    before = len(project.history.trail())
    assert project.wording.leave_out("PEOPLE").action == 0
    assert project.wording.set_language("en-GB").action == 0
    assert len(project.history.trail()) == before


def test_words_that_are_one_with_others_bring_these_along(project: Project) -> None:
    verbs = project.wording
    verbs.merge("community", "communities")
    verbs.merge("estate", ["housing estate", "Estate"])
    verbs.merge("area", ["community", "estate", "Area"])
    assert verbs.get().merges == (Merge("area", ("community", "communities", "estate", "housing estate")),)


def test_leaving_out_and_counting_all_the_same_take_each_other_back(project: Project) -> None:
    verbs = project.wording
    verbs.take_back("time")
    assert verbs.get().counted == ("time",)
    verbs.leave_out("Time")
    assert verbs.get() == Wording(left_out=("Time",))
    verbs.take_back("time")
    assert verbs.get().left_out == ()
    assert verbs.get().counted == ()


@pytest.mark.parametrize(
    ("verb", "args", "what"),
    [
        ("leave_out", ("  ",), "holds no word"), ("leave_out", ("!?",), "holds no word"), ("leave_out", ([],), "No word was given"),
        ("leave_out", ("x" * 81,), "too long"), ("take_back", ("library",), "“library” is not left out"),
        ("merge", ("bus", ["Bus"]), "as one with itself"), ("set_language", ("klingon",), "no language the program knows"),
        ("set_language", ("",), "no language the program knows"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(project: Project, verb: str, args: tuple[object, ...], what: str) -> None:
    with pytest.raises(BadInput, match=what) as error:
        getattr(project.wording, verb)(*args)
    assert error.value.hint
    assert project.wording.get() == Wording()


def test_a_merge_that_is_not_there_is_told_with_those_that_are(project: Project) -> None:
    project.wording.merge("community", "communities")
    with pytest.raises(NotFound, match="no group of words that count as one “bus”") as error:
        project.wording.unmerge("bus")
    assert "community" in error.value.hint


def test_it_holds_in_everything_that_is_counted_and_comes_back(project: Project) -> None:
    before = terms(project)
    assert {"park", "food"} <= before
    project.wording.leave_out("park")
    assert "park" not in " ".join(terms(project))
    assert all("park" not in term.term for term in project.key_terms.terms().terms)
    project.wording.merge("meals", ["food"])
    assert "meals" in terms(project) and "food" not in terms(project)
    project.history.undo()
    project.history.undo()
    assert terms(project) == before


def test_the_talk_is_the_same_until_something_of_it_changes(project: Project) -> None:
    talk = project.tables.talk()
    code(project, "Women", "The buses.", "Cuts")
    assert project.tables.talk() is talk, "coding changes nothing that was said"
    stamps = {talk.stamp}
    women = project.sources.get("Women")
    carol = next(c for c in project.cases.list("participant") if c.name == "Carol")
    for verb in (
        lambda: project.wording.leave_out("bus"),
        lambda: project.cases.set_role(carol.id, "observer"),
        lambda: project.cases.rename(carol.id, "Caroline"),
        lambda: project.sources.remove(women.id),
    ):
        verb()
        stamps.add(project.tables.talk().stamp)
    assert len(stamps) == 5
    for _act in range(4):
        project.history.undo()
    assert project.tables.talk().stamp == talk.stamp
    with Project.open(project.path, "Ben") as other:
        assert other.tables.talk().stamp == talk.stamp


def test_what_is_derived_is_kept_outside_the_journal_and_not_worked_out_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cohesion_qda.analysis import parsing

    trail = len(project.history.trail())
    project.suggestions.heard(vectors=False)
    assert len(project.history.trail()) == trail
    maker, kept = derived.all_of(project._session.db, "parse")
    assert maker == parsing.maker(pipelines.blank("en"))
    assert len(kept) == len(project.sources.list())
    assert derived.missing(project._session.db, "parse", maker) == []
    assert len(derived.missing(project._session.db, "parse", "other")) == len(kept)
    monkeypatch.setattr(parsing, "_read", lambda *_args: pytest.fail("it was read before"))
    with Project.open(project.path, "Ben") as other:
        other.suggestions.heard(vectors=False)


def test_a_correction_reads_its_changed_lines_again_and_nothing_else(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cohesion_qda.analysis import parsing

    assert "buses" in terms(project)
    read: list[str] = []
    real = parsing._pieces
    monkeypatch.setattr(parsing, "_pieces", lambda line: read.append(line) or real(line))
    women = project.sources.get("Women").id
    project.corrections.correct(women, [edit(project, "The buses", "The trams")])
    assert "trams" in terms(project)
    assert read == ["The trams. Nobody comes down after six."]
    db = project._session.db
    assert len(derived.all_of(db, "parse")[1]) == 2, "what the text was before is not kept any longer"
    project.history.undo()
    assert "buses" in terms(project)
    assert read[1:] == ["The buses. Nobody comes down after six."]


def test_a_project_that_is_only_read_is_heard_and_left_as_it_is(project: Project, tmp_path: Path) -> None:
    project.wording.leave_out("park")
    project.close()
    copy = Path(shutil.copy(project.path, tmp_path / "copy.cqda"))
    before = copy.read_bytes()
    with Project.open(copy, read_only=True) as found:
        assert "food" in terms(found) and "park" not in terms(found)
        with pytest.raises(ProjectReadOnly):
            found.wording.leave_out("food")
        with pytest.raises(ProjectReadOnly):
            found.wording.leave_out("park")
    assert copy.read_bytes() == before
    project._session.db = Project.open(copy)._session.db  # what the fixture checks at the end


def test_only_what_is_said_of_words_makes_the_talk_be_read_anew(project: Project) -> None:
    talk = project.tables.talk()
    project.reports.set("title", "What we heard")
    project.codebook.add("Elsewhere")
    assert project.tables.talk() is talk
    project.wording.leave_out("park")
    assert project.tables.talk() is not talk and project.tables.talk().wording != talk.wording
    project.history.undo()
    assert project.tables.talk().stamp == talk.stamp
