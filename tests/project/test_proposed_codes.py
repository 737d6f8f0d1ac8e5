"""Codes proposed in a project: accepting and passing over are acts that teach, move with corrections and merges, and can be undone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.proposal import Proposal, Why
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.project import Project
from cohesion_qda.store import passed_over
from tests.makers import code, draft

BUSES = [
    "The bus never comes after six.", "Our bus fare went up again.", "That driver left the stop early.",
    "You wait for the bus in the rain.", "The timetable at the bus stop is wrong.", "No bus on a Sunday at all.",
]  # fmt: skip
FOOD = [
    "We cook rice together on Fridays.", "My neighbour brings samosas at Eid.", "The kitchen smells of spice and curry.",
    "A shared meal brings people in.", "She taught me to cook her curry.", "The food stall feeds the whole street.",
]  # fmt: skip
REST = ["The library closed.", "He paints the old mill.", "Rain came through the roof."]
ASKED = "Tell me about the bus and the food, please."


def talk(turn: int) -> list[tuple[str, str]]:
    """A group of three people and a moderator; every group says all, in another order."""
    said = [*BUSES, *FOOD, *REST]
    said = said[turn:] + said[:turn]
    return [("Moderator", ASKED), *((f"P{turn}{n % 3}", words) for n, words in enumerate(said))]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("proposed") / "study.cqda"
    with Project.create(path, "empty", coder="Asha") as made:
        made.sources.add([draft("North", talk(0)), draft("South", talk(4))])
        for name in ("Buses", "Food", "Roofs"):
            made.codebook.add(name)
        for words in BUSES[:3]:
            code(made, "North", words, "Buses")
        for words in FOOD[:3]:
            code(made, "North", words, "Food")
        made.suggestions.heard()
    return path


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copy(built, tmp_path / "p.cqda"), "Asha") as made:
        yield made
        assert made.check() == []


def cid(project: Project, name: str) -> CodeId:
    return project.codebook.tree().get(name).id


def words(project: Project, proposals: Any) -> list[str]:
    return [p.span.of(project.sources.text(p.source)) for p in proposals]


def ranked(project: Project, name: str, number: int = 99) -> tuple[Proposal, ...]:
    return project.proposed_codes.ranked(cid(project, name), number).proposals


def passed(project: Project) -> Any:
    return passed_over.rows(project._session.db)


def codings(project: Project) -> Any:
    return project.tables.study().codings


def test_the_likeliest_passages_come_with_reasons(project: Project) -> None:
    found = ranked(project, "Buses", 6)
    assert set(words(project, found[:5])) <= {*BUSES}
    assert all(p.why.words and p.why.nearest and p.chance is None for p in found)
    assert ASKED not in words(project, ranked(project, "Buses"))
    with pytest.raises(NotFound):
        project.proposed_codes.ranked(CodeId(99))


def test_accepting_is_one_act_that_the_codings_remember_and_undo_takes_it_back(project: Project) -> None:
    before, found = codings(project), ranked(project, "Buses", 3)
    change = project.proposed_codes.accept(found)
    assert change.said == "Accepted 3 suggested passages as “Buses”"
    kept = [c for p in found for c in project.codings.of_source(p.source) if c.span == p.span]
    assert [(c.code, c.suggestion) for c in kept] == [(cid(project, "Buses"), found[0].key)] * 3
    assert not {p.span for p in found} & {p.span for p in ranked(project, "Buses") if p.source == found[0].source}
    project.history.undo()
    assert codings(project) == before and ranked(project, "Buses", 3) == found


def test_accepting_with_another_code_and_of_several_codes(project: Project) -> None:
    found = ranked(project, "Buses", 1)
    project.proposed_codes.accept(found, cid(project, "Roofs"))
    assert project.codings.of_source(found[0].source)[-1].code != cid(project, "Buses")
    assert found[0].span in [p.span for p in ranked(project, "Buses") if p.source == found[0].source]
    change = project.proposed_codes.accept([*ranked(project, "Buses", 1), *ranked(project, "Food", 1)])
    assert change.said == "Accepted 2 suggested passages as “Buses”, “Food”"


def test_what_is_passed_over_is_not_proposed_again_until_it_is_undone(project: Project) -> None:
    found = ranked(project, "Food", 2)
    change = project.proposed_codes.dismiss(found)
    assert change.said == "Dismissed 2 passages suggested for “Food”"
    assert (
        not set(words(project, found)) & set(words(project, ranked(project, "Food")[:0])) and len(passed(project)) == 2
    )
    left = {(p.source, p.span) for p in ranked(project, "Food")}
    assert not {(p.source, p.span) for p in found} & left
    place = project.proposed_codes.for_place(found[0].source, found[0].span)
    assert cid(project, "Food") not in {p.code for p in place}
    assert (found[0].source, found[0].span) in {(p.source, p.span) for p in ranked(project, "Buses")}
    project.history.undo()
    assert passed(project) == () and ranked(project, "Food", 2) == found
    project.history.redo()
    assert len(passed(project)) == 2


def test_passing_over_again_says_so_once(project: Project) -> None:
    found = ranked(project, "Food", 1)
    project.proposed_codes.dismiss(found)
    project.proposed_codes.dismiss(found)
    assert len(passed(project)) == 1


def test_the_trail_tells_who_did_what_and_finds_it_by_source_and_code(project: Project) -> None:
    found = ranked(project, "Food", 1)
    project.proposed_codes.dismiss(found)
    last = project.history.trail()[0]
    assert last.kind == "pass-over" and last.told.endswith("dismissed 1 passage suggested for “Food”")


def test_codes_for_a_place(project: Project) -> None:
    source = project.sources.get("South").id
    at = project.codings.find_quote(source, BUSES[5])
    found = project.proposed_codes.for_place(source, at)
    assert found[0].code == cid(project, "Buses") and found[0].span == at
    project.proposed_codes.accept(found[:1])
    assert cid(project, "Buses") not in {p.code for p in project.proposed_codes.for_place(source, at)}
    asked = project.codings.find_quote(source, ASKED)
    assert project.proposed_codes.for_place(source, asked) == ()
    with pytest.raises(BadInput):
        project.proposed_codes.for_place(source, Span(0, 0))


def test_honesty_follows_what_is_coded(project: Project) -> None:
    verbs = project.proposed_codes
    (few,) = verbs.honesty([cid(project, "Buses")])
    assert few.sentence == "Not enough examples: code at least 2 more passages by at least two participants."
    verbs.accept([p for p in ranked(project, "Buses", 5) if p.span.of(project.sources.text(p.source)) in BUSES])
    (enough,) = verbs.honesty([cid(project, "Buses")])
    assert enough.is_enough and enough.sentence.startswith("Of the ten it would suggest next, expect")
    assert [one.code for one in verbs.evaluate()] == [cid(project, name) for name in ("Buses", "Food", "Roofs")]
    found = verbs.ranked(cid(project, "Buses"), 5, chances=True).proposals
    assert all(p.chance is not None for p in found)
    with pytest.raises(NotFound):
        verbs.honesty([CodeId(99)])


def test_what_was_found_before_a_correction_codes_the_words_that_were_read_or_says_no(project: Project) -> None:
    first, second = [p for p in ranked(project, "Buses") if p.source == project.sources.get("North").id][:2]
    read = words(project, [first, second])
    project.corrections.correct(first.source, [Edit(0, 4, "So, to begin with, tell")])
    assert project.proposed_codes.accept([first]).rows and project.proposed_codes.dismiss([second]).rows
    text = project.sources.text(first.source)
    coded = [c.span.of(text) for c in project.codings.of_source(first.source) if c.suggestion == first.key]
    assert [coded, [Span(a, b).of(text) for _s, a, b, _c in passed(project)]] == [read[:1], read[1:]]
    project.history.undo()
    at = text.index(read[1])
    project.corrections.correct(first.source, [Edit(at, at + 2, "None")])
    before = codings(project)
    for act in (project.proposed_codes.accept, project.proposed_codes.dismiss):
        with pytest.raises(BadInput, match="Words of “North” were corrected since this was found"):
            act([second])
    assert codings(project) == before and passed(project) == ()


def test_corrections_far_apart_leave_what_lies_between_them(project: Project) -> None:
    said = [("Dev", f"This is turn {n} about the buses, of which nobody said anything else.") for n in range(400)]
    project.sources.add([draft("Long", said)])
    source, of = project.sources.get("Long").id, project.sources.get("Long").content
    text = project.sources.text(source)
    places = [Span(at, at + len(words)) for _who, words in said for at in [text.index(words)]]
    project.corrections.correct(source, [Edit(0, 4, "Once"), Edit(len(text) - 5, len(text), "more.")])
    stands = project.suggestions.placed([Evidence(source, place, 1.0, of=of) for place in places])
    now = project.sources.text(source)
    assert [one.span.of(now) for one in stands] == [words for _who, words in said[1:-1]]


def test_passages_like_one_and_lines_are_coded_where_their_words_stand_now(project: Project) -> None:
    north = project.sources.get("North").id
    place = ranked(project, "Food", 1)[0]
    found = [one for one in project.suggestions.like(place.source, place.span) if one.source == north][:1]
    said = found[0].span.of(project.sources.text(north))
    project.corrections.correct(north, [Edit(0, 4, "So, to begin with, tell")])
    (moved,) = project.suggestions.placed(found)
    assert moved.span.of(project.sources.text(north)) == said and moved.span != found[0].span
    project.suggestions.accept_passages("like", cid(project, "Roofs"), found)
    project.autocode.apply([(north, found[0].span)], cid(project, "Roofs"), of={north: found[0].of})
    roofs = [
        c.span.of(project.sources.text(north))
        for c in project.codings.of_source(north)
        if c.code == cid(project, "Roofs")
    ]
    assert roofs == [said]
    project.corrections.correct(north, [Edit(moved.span.start, moved.span.end, "Quite other words.")])
    assert project.suggestions.placed(found) == []
    with pytest.raises(BadInput, match="corrected since this was found"):
        project.suggestions.accept_passages("like", cid(project, "Roofs"), found)
    with pytest.raises(BadInput, match="corrected since this was found"):
        project.autocode.apply([(north, found[0].span)], cid(project, "Roofs"), of={north: found[0].of})
    project.sources.remove(north)
    assert project.suggestions.placed(found) == []


def test_nothing_chosen_and_places_that_are_gone_are_refused(project: Project) -> None:
    for verb in (project.proposed_codes.accept, project.proposed_codes.dismiss):
        with pytest.raises(BadInput, match="No passage was chosen"):
            verb([])
        with pytest.raises(NotFound):
            verb([Proposal(CodeId(99), project.sources.get("North").id, Span(0, 5), 0.0, Why())])
        with pytest.raises(BadInput):
            verb([Proposal(cid(project, "Food"), project.sources.get("North").id, Span(0, 99999), 0.0, Why())])


def test_the_same_answer_until_something_counts(project: Project) -> None:
    first = project.proposed_codes.coded()
    assert project.proposed_codes.coded() is first
    project.memos.add("project", 0, "A thought.")
    assert project.proposed_codes.coded() is first
    project.proposed_codes.dismiss(ranked(project, "Food", 1))
    assert project.proposed_codes.coded() is not first


def test_others_are_neither_learnt_from_nor_given_away_where_they_are_hidden(project: Project) -> None:
    project.proposed_codes.dismiss(ranked(project, "Food", 1))
    gone = passed(project)
    project.use_coder("Ben")
    project.look_as("Ben")
    assert (project.proposed_codes.coded().codings, project.proposed_codes.coded().passed_over) == ((), ())
    found = ranked(project, "Buses")
    assert len(found) == 30 and all(p.why.by_definition and not p.why.nearest for p in found)
    project.proposed_codes.dismiss(ranked(project, "Food", 1))
    assert len(project.proposed_codes.coded().passed_over) == 1
    project.look_as(None)
    assert len(project.proposed_codes.coded().codings) == 6 and set(gone) <= set(passed(project))


# -- what else happens to codes and texts ------------------------------------------------------------------------------------


def test_merged_codes_take_over_what_was_passed_over_but_not_what_is_coded(project: Project) -> None:
    found = ranked(project, "Food", 2)
    project.proposed_codes.dismiss(found)
    project.proposed_codes.dismiss([Proposal(cid(project, "Roofs"), found[0].source, found[0].span, 0.0, Why())])
    project.proposed_codes.accept([found[1]], cid(project, "Roofs"))
    project.codebook.merge(cid(project, "Food"), into=cid(project, "Roofs"))
    assert [row[3] for row in passed(project)] == [cid(project, "Roofs")]
    project.history.undo()
    assert len(passed(project)) == 3


def test_a_deleted_code_takes_its_passages_with_it(project: Project) -> None:
    project.proposed_codes.dismiss(ranked(project, "Food", 2))
    project.codebook.delete(cid(project, "Food"))
    assert passed(project) == () and project.check() == []
    project.history.undo()
    assert len(passed(project)) == 2


def test_it_moves_with_corrections_and_is_dropped_silently_when_its_words_are_gone(project: Project) -> None:
    found = ranked(project, "Food", 1)[0]
    project.proposed_codes.dismiss([found])
    text = project.sources.text(found.source)
    project.corrections.correct(found.source, [Edit(0, 4, "Please tell")])
    (moved,) = passed(project)
    assert project.sources.text(found.source)[moved[1] : moved[2]] == found.span.of(text)
    assert (found.source, Span(moved[1], moved[2])) not in {(p.source, p.span) for p in ranked(project, "Food")}
    project.corrections.correct(found.source, [Edit(moved[1], moved[2], "")])
    assert passed(project) == () and project.corrections.lost() == [] and project.check() == []
    project.history.undo()
    assert len(passed(project)) == 1


def test_a_lost_passage_that_is_coded_too_is_still_asked_about(project: Project) -> None:
    found = ranked(project, "Food", 1)[0]
    project.proposed_codes.dismiss([found])
    project.proposed_codes.accept([found], cid(project, "Roofs"))
    project.corrections.correct(found.source, [Edit(found.span.start, found.span.end, "")])
    assert passed(project) == () and len(project.corrections.lost()) == 1


def test_a_removed_source_takes_it_along(project: Project) -> None:
    found = [p for p in ranked(project, "Food") if p.source == project.sources.get("South").id][:2]
    project.proposed_codes.dismiss(found)
    project.sources.remove(found[0].source)
    assert passed(project) == ()


deeds = st.lists(
    st.tuples(
        st.sampled_from(["accept", "dismiss", "code", "undo", "redo", "correct", "merge", "delete"]),
        st.integers(0, 40), st.integers(0, 2),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(deeds)
def test_whatever_is_done_nothing_is_proposed_that_should_not_be(built: Path, tmp_path: Path, done: list[Any]) -> None:
    path = tmp_path / "h.cqda"
    path.unlink(missing_ok=True)
    with Project.open(shutil.copy(built, path), "Asha") as project:
        start = codings(project), passed(project)
        acts = _live(project)
        for deed, n, which in done:
            if deed != "undo" or _live(project) > acts:
                _do(project, deed, n, which)
        assert project.check() == []
        for one in project.codebook.tree():
            _is_fair(project, one.id)
        while _live(project) > acts:
            project.history.undo()
        assert (codings(project), passed(project)) == start and project.check() == []


def _live(project: Project) -> int:
    """How many acts stand that undo can take back."""
    return sum(entry.can_undo for entry in project.history.trail())


def _do(project: Project, deed: str, n: int, which: int) -> None:
    offered = list(project.codebook.tree())
    one = offered[which % len(offered)].id if offered else None
    if deed == "undo":
        project.history.undo()
    elif deed == "redo" and project.history.can_redo():
        project.history.redo()
    elif deed == "correct":
        source = project.sources.get("South" if n % 2 else "North")
        at = min(n * 9, len(project.sources.text(source.id)) - 8)
        project.corrections.correct(source.id, [Edit(at, at + 7, "" if n % 3 else "other words")])
    elif one is None:
        return
    elif deed == "code":
        source = project.sources.get("South").id
        project.codings.apply(source, Span(n * 10, n * 10 + 15), [one])
    elif deed == "merge" and len(offered) > 1:
        project.codebook.merge(one, into=offered[(which + 1) % len(offered)].id)
    elif deed == "delete" and len(offered) > 2:
        project.codebook.delete(one)
    elif deed in ("accept", "dismiss"):
        found = project.proposed_codes.ranked(one, 60).proposals
        if some := found[n : n + 2]:
            (project.proposed_codes.accept if deed == "accept" else project.proposed_codes.dismiss)(some)


def _is_fair(project: Project, one: CodeId) -> None:
    """Only what participants said, nothing that has the code on any of its words, nothing passed over for it."""
    found = project.proposed_codes.ranked(one, 99).proposals
    taken = [row[1:4] for row in codings(project) if row[4] == one] + [r[:3] for r in passed(project) if r[3] == one]
    spoken = [(u.source, u.span) for u in project.tables.talk().utterances if u.role == "participant"]
    for p in found:
        assert not [row for row in taken if row[0] == p.source and row[1] < p.span.end and p.span.start < row[2]]
        assert [1 for source, span in spoken if source == p.source and span.holds(p.span)]
    assert project.proposed_codes.ranked(one, 99).proposals == found
