"""Finding what was said: scopes, counts, forms, and going on page by page; against plain reading on random studies."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.finding import EVERYWHERE, Hit, Rest, Scope, Tally
from cohesion_qda.model.search import beginning, parse
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.project import Project
from tests.analysis import made_lines
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


def case(project: Project, name: str, source: str = ""):
    people = project.sources.speakers()
    return next(
        s.case for found in people.values() for s in found
        if s.label == name and (not source or s.source == project.sources.get(source).id)
    )  # fmt: skip


def said(hits: list[Hit] | tuple[Hit, ...]) -> list[tuple[str, str, int, str]]:
    return [(h.source_name, h.speaker, h.turn, h.hit) for h in hits]


def test_hits_stand_in_their_line_with_who_says_them(project: Project) -> None:
    page = project.search.find('"the PARK"')
    assert said(page.hits) == [
        ("Women", "Carol", 3, "the park"), ("Women", "Carol", 3, "the park"), ("Young people", "Dev", 3, "the park"),
    ]  # fmt: skip
    first = page.hits[0]
    assert (first.before, first.after) == ("For me it is ", ". Everybody is in the park on a Saturday.")
    assert first.role == "participant"
    assert first.span.of(project.sources.text(first.source)) == "the park"
    assert (page.rest, page.lines, page.forms) == (None, 2, ())
    assert said(project.search.find("train*").hits) == [("Young people", "Dev", 3, "trainers")]
    assert said(project.search.find(beginning("by your train")).hits) == [
        ("Young people", "Dev", 3, "by your trainers")
    ]
    assert project.search.find("neighbours park").hits == ()
    emoji = project.search.find("every").hits[0]
    assert emoji.before.endswith("over the wall 😀 ")
    assert emoji.span.of(project.sources.text(emoji.source)) == "every"


def test_all_forms_are_those_that_were_said(project: Project) -> None:
    page = project.search.find("~bus OR ~neighbour")
    assert sorted(h.hit for h in page.hits) == ["buses", "neighbours"]
    assert page.forms == (("bus", ("bus", "buses")), ("neighbour", ("neighbour", "neighbours")))
    assert [h.hit for h in project.search.places("close", all_forms=True)] == ["closed"]
    project.sources.add([draft("More", [("A", "one bus, my neighbour’s")])])
    assert project.search.forms("buses") == ("buses", "bus"), "what came in since is known"
    assert project.search.forms("never said") == ("never said",)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({"only_participants": True}, [("Women", "Amina"), ("Young people", "Amina"), ("Young people", "Dev")]),
        ({"who": [("Moderator", "Women")]}, [("Women", "Moderator")]),
        ({"who": [("Amina", "Women"), ("Dev", "")]}, [("Women", "Amina"), ("Young people", "Dev")]),
        ({"attribute": ("source", "place", "Batley")}, [("Young people", "Int"), ("Young people", "Amina"), ("Young people", "Dev")]),
        ({"attribute": ("participant", "age", "old")}, [("Women", "Amina")]),
        ({"source": "Women"}, [("Women", "Moderator"), ("Women", "Amina")]),
        ({"question": "What gets in the way?"}, [("Young people", "Int"), ("Young people", "Amina"), ("Young people", "Dev")]),
        ({"code": "What divides", "branch": True}, [("Women", "Amina")]),
        ({"code": "What divides", "branch": False}, []),
        ({"code": "What divides/Cuts", "coder": "Ben"}, []),
        ({"code": "What divides/Cuts", "source": "Young people"}, []),
    ],
)  # fmt: skip
def test_a_scope_narrows_where_is_looked(project: Project, scope: dict, expected: list[tuple[str, str]]) -> None:
    code(project, "Women", "The buses. Nobody comes down", "Cuts")
    project.cases.set_attribute(case(project, "Amina", "Women"), "age", "old")
    young = project.sources.get("Young people").id
    project.guide.set(["What gets in the way?"])
    project.sections.find([young])
    project.use_coder("Ben")
    code(project, "Women", "food over the wall", "Food")
    tree = project.codebook.tree()
    wanted = Scope(
        cases=frozenset(case(project, *who) for who in scope.get("who", ())),
        only_participants=scope.get("only_participants", False),
        attribute=scope.get("attribute"),
        code=tree.get(scope["code"]).id if "code" in scope else None,
        branch=scope.get("branch", True),
        coder=scope.get("coder"),
        question=scope.get("question", ""),
        sources=frozenset([project.sources.get(scope["source"]).id] if "source" in scope else []),
    )
    query = "gets OR buses OR nothing OR judge"
    hits = list(project.search.places(query, wanted))
    assert [(h.source_name, h.speaker) for h in hits] == expected
    tally = project.search.tally(query, wanted)
    assert (tally.hits, tally.is_whole) == (len(hits), True)
    assert tally.people == {h.case for h in hits if h.role == "participant"}
    found, again = project.search.at(
        {source.id: [h.span for h in project.search.places(query) if h.source == source.id] for source in project.sources.list()}, wanted
    )  # fmt: skip
    assert (found, again) == (hits, tally), "places that were found otherwise are narrowed alike"


def test_a_count_stands_beside_its_denominators(project: Project) -> None:
    tally = project.search.tally("park")
    assert (tally.hits, tally.lines, len(tally.people), tally.all_people) == (3, 2, 2, 5)
    assert (len(tally.grouped), tally.all_groups, len(tally.sources), tally.all_sources) == (2, 2, 2, 2)
    of_moderators = project.search.tally("gets")
    assert (of_moderators.hits, len(of_moderators.people), len(of_moderators.grouped)) == (2, 0, 0)
    place = Scope(attribute=("source", "place", "Batley"))
    assert (project.search.tally("park", place).all_people, project.search.people(place)) == (2, 2)


def test_counting_and_paging_in_slices_come_to_the_same(project: Project) -> None:
    project.sources.add([draft(f"More {n}", [("A", "the park"), ("B", "the the")]) for n in range(5)])
    for scope in (EVERYWHERE, Scope(only_participants=True)):
        whole = project.search.tally("the", scope)
        tally: Tally | None = None
        steps = 0
        while tally is None or not tally.is_whole:
            tally, steps = project.search.tally("the", scope, so_far=tally, seconds=0), steps + 1
        assert tally == whole
        assert steps > 5
        assert project.search.tally("the", scope, so_far=tally) == tally
        after: Rest | None = Rest()
        hits: list[Hit] = []
        while after is not None:
            page = project.search.find("the", scope, after=after, count=2, seconds=0)
            hits.extend(page.hits)
            after = page.rest
        assert hits == list(project.search.places("the", scope))
        assert len(hits) == whole.hits


def test_in_slices_it_always_gets_further_however_much_lies_outside_the_scope(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a clock that is always over, on random studies, in every kind of scope."""
    monkeypatch.setattr("cohesion_qda.store.search._AT_A_TIME", 3)
    chance = random.Random(11)
    with Project.create(tmp_path / "s.cqda", coder="Asha") as project:
        talks = [
            [(chance.choice("AAAAAAB"), _line(chance)) for _turn in range(chance.randint(8, 40))]
            for _source in range(6)
        ]
        project.sources.add([draft(f"S{n}", talk) for n, talk in enumerate(talks)])
        rare = project.codebook.added(project.codebook.add("Rare"))
        for source in project.sources.list()[::2]:
            turn = project.sources.reading(source.id).turns[-1]
            project.codings.apply(source.id, turn.span, [rare])
        everyone = [s.case for found in project.sources.speakers().values() for s in found if s.label == "B"]
        for scope in (Scope(code=rare), Scope(cases=frozenset(everyone)), Scope(cases=frozenset(everyone), code=rare)):
            for typed in ("the", "bu*", "park OR bus"):
                assert _in_slices(project, typed, scope) == (
                    project.search.tally(typed, scope), list(project.search.places(typed, scope)),
                )  # fmt: skip


def _in_slices(project: Project, typed: str, scope: Scope) -> tuple[Tally, list[Hit]]:
    """Counted and found in the shortest slices; each must leave less to do than the one before."""
    tally = project.search.tally(typed, scope, seconds=-1)
    while tally.rest is not None:
        before, tally = tally.rest, project.search.tally(typed, scope, so_far=tally, seconds=-1)
        assert tally.rest is None or tally.rest > before
    hits: list[Hit] = []
    after: Rest | None = Rest()
    while after is not None:
        page = project.search.find(typed, scope, after=after, count=2, seconds=-1)
        hits.extend(page.hits)
        assert page.rest is None or page.rest > after
        after = page.rest
    return tally, hits


def test_while_others_codings_are_hidden_they_narrow_nothing(project: Project) -> None:
    food = project.codebook.tree().get("Food").id
    code(project, "Women", "For me it is the park", "Food")
    assert len(project.search.find("park", Scope(code=food)).hits) == 1
    for name in ("Ben", "Somebody who has not coded yet"):
        project.look_as(name)
        assert project.search.find("park", Scope(code=food)).hits == ()
    project.look_as("Asha")
    assert len(project.search.find("park", Scope(code=food)).hits) == 1


def test_short_beginnings_and_narrow_scopes_are_counted_afterwards(project: Project) -> None:
    assert project.search.find("pa*").lines is None
    assert project.search.find("park*").lines == 2
    assert project.search.find("park", Scope(only_participants=True)).lines is None


def test_random_studies_are_counted_as_plain_reading_counts_them(tmp_path: Path) -> None:
    chance = random.Random(7)
    with Project.create(tmp_path / "s.cqda", coder="Asha") as project:
        talks = [
            [(chance.choice(["Moderator", "A", "B", "C"]), _line(chance)) for _turn in range(chance.randint(1, 12))]
            for _source in range(12)
        ]
        project.sources.add([draft(f"{chance.random()}", talk) for talk in talks])
        texts = [(s.name, project.sources.reading(s.id)) for s in project.sources.list()]
        for typed in (
            "bus",
            "buses OR park",
            '"the bus"',
            "bus*",
            "park NOT the",
            "(bus OR cafe) the*",
            "हिन्दी",
            "don’t",
        ):
            query = parse(typed)
            expected = [
                (name, line.start + start)
                for name, reading in texts for line in reading.places
                for start, _end in made_lines.hits(line.of(reading.text), query)
            ]  # fmt: skip
            hits = list(project.search.places(typed))
            assert [(h.source_name, h.span.start) for h in hits] == expected, typed
            tally = project.search.tally(typed)
            people = {h.case for h in hits if h.role == "participant"}
            assert (tally.hits, tally.people) == (len(expected), people)
            assert tally.lines == len({(h.source, h.turn) for h in hits})
            assert project.search.find(typed).lines in (tally.lines, None)


def _line(chance: random.Random) -> str:
    return chance.choice(made_lines.GAPS).join(chance.choices(made_lines.WORDS, k=chance.randint(1, 9)))


def test_what_is_not_there_is_named(project: Project) -> None:
    with pytest.raises(NotFound, match="code"):
        project.search.find("park", Scope(code=99))  # type: ignore[arg-type]
    wanted = project.codebook.tree().get("Food").id
    with pytest.raises(NotFound, match="There is no coder “Zed”"):
        project.search.tally("park", Scope(code=wanted, coder="Zed"))
    with pytest.raises(BadInput, match="not closed"):
        project.search.find('"park')


def test_what_can_be_chosen_is_what_is_there(project: Project) -> None:
    project.guide.set(["What gets in the way?"])
    choices = project.search.choices()
    assert [(name, where) for _case, name, where in choices.people][:2] == [("Moderator", "Women"), ("Amina", "Women")]
    assert choices.attributes == (("source", "place", ("Batley", "Dewsbury")),)
    assert choices.questions == ("What gets in the way?",)
    assert [name for _source, name in choices.sources] == ["Women", "Young people"]
    assert len(choices.tree) == 6
    assert choices.uses == {}
    code(project, "Women", "For me it is the park", "Food")
    assert project.search.choices().uses == {choices.tree.get("Food").id: 1}


def test_texts_without_speakers_and_texts_nobody_has_any_more(project: Project) -> None:
    project.sources.add([SourceDraft("Note", "document", "A park.\n\nNo park 😀 here, a park.", file_name="n.txt")])
    hits = [h for h in project.search.places("park") if h.source_name == "Note"]
    assert [(h.speaker, h.turn, h.span.start) for h in hits] == [("", 0, 2), ("", 0, 12), ("", 0, 27)]
    assert project.search.find("park").lines == 4
    project.history.undo()
    assert project.search.find("park").lines == 2, "the text stays in the index, and is nobody's"
    assert project.search.tally("park").hits == 3
