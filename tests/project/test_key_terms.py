"""What sets talk apart and what unites it, asked of a project."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.errors import NotFound
from cohesion_qda.model import termwords
from cohesion_qda.model.selection import ALL, Selection
from cohesion_qda.project import Project
from tests.makers import draft

SAID = ("The buses are late.", "The park is lovely.", "The market closed.", "My neighbour helps.", "The rent went up.")


def group_talk(more: str) -> list[tuple[str, str]]:
    """Five people and a moderator; what each says first is the same in every group, and each adds `more`."""
    asked = ("Moderator", "Tell me about the buses, the tram and the harbour.")
    return [asked, *((f"P{n}", f"{said} Everybody loves the library. {more}") for n, said in enumerate(SAID))]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four groups in two places; in Hull all speak of the harbour, in Leeds of the tram, and everywhere of the library."""
    path = tmp_path_factory.mktemp("terms") / "study.cqda"
    with Project.create(path, "empty", coder="Asha") as project:
        project.sources.add(
            [
                draft("Hull 1", group_talk("We walk to the harbour."), place="Hull"),
                draft("Hull 2", group_talk("The harbour smells."), place="Hull"),
                draft("Leeds 1", group_talk("The tram never came."), place="Leeds"),
                draft("Leeds 2", group_talk("A tram would help."), place="Leeds"),
            ]
        )
        project.codebook.add("Getting about")
        project.suggestions.heard(vectors=False)  # and so it is kept
    return path


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Iterator[Project]:
    """The study, for one test."""
    with Project.open(shutil.copy(made, tmp_path / "study.cqda"), "Asha") as opened:
        yield opened


def hull(project: Project) -> Selection:
    return project.key_terms.selection(where=[("place", ["Hull"])])


def test_what_sets_a_place_apart_and_what_sets_the_rest_apart(project: Project) -> None:
    found = project.key_terms.terms(hull(project))
    assert [term.term for term in found.terms] == ["harbour"]
    assert [term.term for term in found.against] == ["tram"]
    harbour = found.terms[0]
    assert (harbour.count.participants, harbour.base.participants) == (10, 10)
    assert (harbour.rest.participants, harbour.rest_base.participants) == (0, 10)
    assert (harbour.count.groups, harbour.base.groups) == (2, 2)
    assert project.key_terms.named(hull(project)) == "Place: Hull"
    leeds = project.key_terms.selection(where=[("place", ["Leeds"])])
    assert project.key_terms.terms(hull(project), leeds).terms == found.terms


def test_the_moderators_words_are_nowhere(project: Project) -> None:
    for source, span in project.key_terms.spans(ALL):
        assert "Tell me" not in span.of(project.sources.text(source))
    found = project.key_terms.widest()
    assert found.base.participants == 20
    buses = next(term for term in found.terms if "bus" in term.term)
    assert buses.count.mentions == 4


def test_a_code_against_the_rest_with_the_codings_that_may_be_seen(project: Project) -> None:
    code = project.codebook.tree().get("Getting about").id
    for source in project.sources.list()[:2]:
        for turn in project._session.read(source.id).turns:
            if "harbour" in turn.span.of(project.sources.text(source.id)) and turn.number > 1:
                project.codings.apply(source.id, turn.span, [code])
    asked = project.key_terms.selection([code])
    assert [term.term for term in project.key_terms.terms(asked).terms] == ["harbour"]
    assert project.key_terms.named(asked) == "“Getting about”"
    project.look_as("Ben")
    assert project.key_terms.spans(asked) == []
    assert project.key_terms.terms(asked).why == "nobody"


def test_what_unites_the_groups_and_the_places(project: Project) -> None:
    for by in (None, "place"):
        found = project.key_terms.united(by)
        first = found.terms[0]
        assert first.term == "library" and {part.value for part in first.parts} == {1.0}
        assert not {"harbour", "tram"} & {term.term for term in found.terms}
    assert [part.name for part in found.parts] == ["Hull", "Leeds"]
    assert termwords.shares(first) == ["Hull: 10 of 10", "Leeds: 10 of 10"]


def test_dismissed_terms_stay_dismissed_until_undone(project: Project) -> None:
    term = project.key_terms.terms(hull(project)).terms[0]
    project.suggestions.dismiss(term.key, term.term)
    assert project.key_terms.terms(hull(project)).terms == ()
    project.history.undo()
    assert project.key_terms.terms(hull(project)).terms == (term,)


def test_words_left_out_and_merges_apply(project: Project) -> None:
    project.wording.leave_out("harbour")
    assert project.key_terms.terms(hull(project)).terms == ()
    project.history.undo()
    project.wording.merge("harbour", ["tram"])
    found = project.key_terms.terms(hull(project))
    assert found.terms == () and found.against == ()
    assert "harbour" in [term.term for term in project.key_terms.united("place").terms]


def test_coded_because_of_a_term(project: Project) -> None:
    term = project.key_terms.terms(hull(project)).terms[0]
    code = project.codebook.tree().get("Getting about").id
    project.suggestions.accept_passages(term.key, code, term.passages[:3])
    assert project.key_terms.coded() == {term.key: "Getting about"}
    assert project.suggestions.placed(term.passages) == list(term.passages)
    project.history.undo()
    assert project.key_terms.coded() == {}


def test_why_and_what_to_know_is_told_in_words(project: Project) -> None:
    verbs, places = project.key_terms, hull(project)
    same = verbs.terms(places, places)
    assert termwords.nothing(same).startswith("The same talk was chosen twice.")
    everywhere = verbs.selection(where=[("place", ["Hull", "Leeds"])])
    assert "all the talk there is" in termwords.nothing(verbs.terms(everywhere))
    one = verbs.selection(where=[("source", ["Hull 1"])])
    both = verbs.terms(places, verbs.selection(where=[("source", ["Hull 1", "Leeds 1"])]))
    assert termwords.notes(both)[0] == "5 turns lie in both. What is said there counts for neither."
    assert termwords.notes(verbs.terms(one, places))[0] == "One lies wholly in the other, which is counted without it."
    assert "at most one term in five hundred" in termwords.how_found(both)
    assert "unite" in termwords.nothing(verbs.united("place", one))
    assert termwords.widely(both.base, both.base) == "5 of 5 people, 1 of 1 group"
    with pytest.raises(NotFound, match="Hul"):
        verbs.selection(where=[("place", ["Hul"])])
    with pytest.raises(NotFound):
        verbs.united("plaice")
