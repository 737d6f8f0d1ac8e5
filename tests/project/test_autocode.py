"""Auto-coding: what would be coded, and coding it in one act."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cohesion_qda.analysis import patterns
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.finding import Preview, Scope
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from tests.makers import code, draft, small_study


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "study.cqda"
    small_study(path).close()
    return path


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copy(built, tmp_path / "study.cqda"), coder="Asha") as made:
        yield made


def words(preview: Preview) -> list[str]:
    return [one.words for one in preview.proposed]


@pytest.mark.parametrize(
    ("what", "kind", "extent", "expected"),
    [
        ("park", "word", "hit", ["park", "park", "park"]),
        ("park", "word", "sentence", ["For me it is the park.", "Everybody is in the park on a Saturday.", "And the park is locked at four."]),
        ("park", "word", "turn", ["For me it is the park. Everybody is in the park on a Saturday.", "People judge you by your trainers. And the park is locked at four."]),
        ("in the park", "phrase", "hit", ["in the park"]),
        ("wall AND", "phrase", "hit", []),
        ("bus", "lemma", "hit", ["buses"]),
        ("bus", "word", "hit", []),
        (r"\bpark\b|bus(es)?", "regex", "hit", ["park", "park", "buses", "park"]),
        (r"\bP\w+ ", "regex", "hit", ["park", "People", "park"]),
        ("^| +", "regex", "hit", []),
    ],
)  # fmt: skip
def test_the_kinds_and_extents(project: Project, what: str, kind: str, extent: str, expected: list[str]) -> None:
    assert words(project.autocode.preview(what, kind, extent)) == expected


def test_a_passage_stands_once_however_often_it_was_found(project: Project) -> None:
    turns = project.autocode.preview("park", extent="turn")
    assert [one.hits for one in turns.proposed] == [2, 1]
    assert turns.all_people == 5
    assert not turns.cut


def test_what_the_coder_has_coded_so_is_marked_and_others_codings_are_not_told(project: Project) -> None:
    places = project.codebook.tree().get("Public spaces").id
    code(project, "Women", "Everybody is in the park on a Saturday", "Public spaces")
    project.use_coder("Ben")
    code(project, "Young people", "And the park is locked at four.", "Public spaces")
    code(project, "Women", "For me it is the park", "Cuts")
    for kind, what in (("word", "park"), ("regex", "park")):
        assert [one.already for one in project.autocode.preview(what, kind, code=places).proposed] == [
            False,
            False,
            True,
        ]
    project.use_coder("Asha")
    assert [one.already for one in project.autocode.preview("park", code=places).proposed] == [False, True, False]
    sentences = project.autocode.preview("park", extent="sentence", code=places)
    assert [one.already for one in sentences.proposed] == [False, False, False], "the stop at the end was not coded"


def test_all_that_is_ticked_is_coded_in_one_act(project: Project) -> None:
    places = project.codebook.tree().get("Public spaces").id
    code(project, "Women", "Everybody is in the park on a Saturday.", "Public spaces")
    ticked = [(one.hit.source, one.span) for one in project.autocode.preview("park", extent="sentence").proposed]
    change = project.autocode.apply(ticked, places, query="park")
    assert change.said == "Coded 2 passages that hold “park” as “Public spaces”"
    assert [p.quote for p in project.codings.retrieve(places)] == [
        "For me it is the park.", "Everybody is in the park on a Saturday.", "And the park is locked at four.",
    ]  # fmt: skip
    assert project.history.trail(1)[0].kind == "auto-code"
    project.history.undo()
    assert len(project.codings.retrieve(places)) == 1
    assert project.check() == []
    project.history.redo()
    assert len(project.codings.retrieve(places)) == 3
    assert project.autocode.apply(ticked, places, query="park").is_empty


def test_a_new_code_is_made_in_the_same_act_and_the_extent_is_taken_then(project: Project) -> None:
    hits = [(hit.source, hit.span) for hit in project.search.places("park")]
    parent = project.codebook.tree().get("What unites").id
    change = project.autocode.apply(hits, name="Green  places", parent=parent, extent="turn")
    assert change.said == "Coded 2 passages as “Green places”"
    made = project.codebook.tree().get("What unites/Green places")
    assert len(project.codings.retrieve(made.id)) == 2
    project.history.undo()
    assert project.codebook.tree().find("Green places") is None


def test_nothing_reaches_beyond_a_turn(project: Project) -> None:
    talk = [("A", "The bus was late"), ("B", "and the bus was full. Yes.")]
    source = project.sources.add([draft("Bus", talk)]).added[0].id
    scope = Scope(sources=frozenset([source]))
    assert words(project.autocode.preview("bus", extent="sentence", scope=scope)) == ["The bus was late", "and the bus was full."]  # fmt: skip
    across = project.autocode.preview(r"late\s+and", "regex", scope=scope)
    assert words(across) == [], "a regular expression is looked for inside lines"
    text = project.sources.text(source)
    whole = Span(0, len(text))
    change = project.autocode.apply([(source, whole)], name="Late")
    assert [p.quote for p in project.codings.retrieve(project.codebook.added(change))] == ["The bus was late"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda p: p.autocode.preview("park", "guess"), "no kind of search “guess”"),
        (lambda p: p.autocode.preview("park", extent="page"), "“page” is no extent"),
        (lambda p: p.autocode.preview("(park", "regex"), "not right at character 1: missing \\)"),
        (lambda p: p.autocode.preview("  ", "regex"), "Nothing is searched for yet"),
        (lambda p: p.autocode.preview("a" * 501, "regex"), "longer than 500 characters"),
        (lambda p: p.autocode.preview("!", "phrase"), "no letter or digit"),
        (lambda p: p.autocode.apply([], p.codebook.tree().get("Food").id), "No passage is ticked"),
        (lambda p: p.autocode.apply([(p.sources.get("Women").id, Span(0, 4))]), "No code was chosen"),
    ],
)
def test_what_cannot_be_done_says_why(project: Project, wrong, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        wrong(project)
    with pytest.raises(NotFound):
        project.autocode.apply([(project.sources.get("Women").id, Span(0, 4))], 999)  # type: ignore[arg-type]
    assert project.codings.retrieve() == []


def test_no_more_is_shown_than_can_be_looked_through(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cohesion_qda.project.autocode.MOST", 2)
    found = project.autocode.preview("park")
    assert (len(found.proposed), found.cut) == (2, True)


def test_looking_in_slices_comes_to_the_same(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.sources.add([draft(f"More {n}", [("A", "the the. The end."), ("B", "not the park")]) for n in range(3)])
    places = project.codebook.tree().get("Public spaces").id
    code(project, "Women", "Everybody is in the park on a Saturday.", "Public spaces")
    for extent in ("hit", "sentence", "turn"):
        for most in (5000, 7):
            monkeypatch.setattr("cohesion_qda.project.autocode.MOST", most)
            whole = project.autocode.preview("the", "lemma", extent, code=places)
            assert whole.rest is None
            assert whole.hits == min(most, project.search.tally("the").hits)
            with monkeypatch.context() as slow:
                slow.setattr("cohesion_qda.project.autocode.A_PAGE", 1)
                found = project.autocode.preview("the", "lemma", extent, code=places, seconds=-1)
                assert found.rest is not None
                while found.rest is not None:
                    found = project.autocode.preview("the", "lemma", extent, code=places, so_far=found, seconds=-1)
            assert found == whole


def test_the_places_of_a_pattern_are_put_in_a_few_sources_at_a_time(project: Project) -> None:
    found = patterns.find("the|a", project.autocode.texts())
    for most in (1, 500):
        parts = patterns.in_parts(found, most)
        assert len(parts) == (2 if most == 1 else 1)
        preview = None
        for part in parts:
            preview = project.autocode.preview_at(part, "turn", so_far=preview)
        assert preview == project.autocode.preview("the|a", "regex", "turn")
    assert patterns.in_parts({}) == [{}]


def test_what_no_participant_says_is_marked_but_not_in_a_source_without_speakers(project: Project) -> None:
    talk = [("", "The park, a title"), ("Moderator", "What of the park?"), ("Amina", "The park is ours.")]
    project.sources.add([unspoken(draft("Titled", talk)), unspoken(draft("Notes", [("", "The park was full.")]))])
    found = project.autocode.preview("park", extent="turn").proposed
    assert [(one.hit.source_name, one.hit.speaker, one.by_others) for one in found if one.hit.source_name in ("Titled", "Notes")] == [
        ("Notes", "", False), ("Titled", "", True), ("Titled", "Moderator", True), ("Titled", "Amina", False),
    ]  # fmt: skip


def unspoken(made: SourceDraft) -> SourceDraft:
    """A source whose lines without a label belong to nobody."""
    roles = {label: role for label, role in made.roles.items() if label}
    return replace(made, turns=tuple(turn for turn in made.turns if turn.label), roles=roles)
