"""Themes: a name, a statement, codes and key passages, a status; counted by the union of their codes, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.change import Change
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from tests.makers import code, small_study
from tests.project.test_verbs import cid, rows


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "p.cqda") as made:
        code(made, "Women", "The buses. Nobody comes down", "Cuts")
        code(made, "Women", "The buses.", "Class")
        code(made, "Young people", "The youth club closed", "Cuts")
        code(made, "Women", "the park. Everybody is in the park", "Public spaces")
        yield made
        assert made.check() == []


def at(project: Project, source: str, quote: str) -> tuple[Any, Span]:
    found = project.sources.get(source).id
    return found, project.codings.find_quote(found, quote)


def made(project: Project, name: str = "Left behind", *codes: str) -> Any:
    return project.themes.added(
        project.themes.add(name, cid(project, "What divides"), [cid(project, c) for c in codes or ("Cuts", "Class")])
    )


def test_a_theme_is_built_step_by_step(project: Project) -> None:
    theme = made(project)
    project.themes.state(theme, "Things close, and nobody says why.")
    project.themes.add_passages(theme, [at(project, "Women", "The buses."), at(project, "Women", "after six")])
    project.themes.set_status(theme, "defined")
    found = project.themes.get("left behind")
    assert (found.statement, found.status, found.passages) == ("Things close, and nobody says why.", "defined", 2)
    assert found.codes == (cid(project, "Cuts"), cid(project, "Class"))
    assert found.question == cid(project, "What divides")
    assert [(p.quote, p.speakers, p.turn) for p in project.themes.passages(theme)] == [
        ("The buses.", ("Amina",), 5), ("after six", ("Amina",), 5),
    ]  # fmt: skip


def test_overlapping_passages_of_its_codes_count_once(project: Project) -> None:
    counts = project.themes.counts()
    assert counts.of == {}
    theme = made(project)
    counts = project.themes.counts()
    assert counts.of[theme] == Count(mentions=2, participants=2, groups=2)
    assert counts.base.groups == 2
    assert counts.base == project.codebook.base()


def test_a_code_brings_those_under_it_and_the_other_theme_its_own(project: Project) -> None:
    whole = made(project, "All that divides", "What divides", "Cuts")
    park = made(project, "The park", "Public spaces")
    nothing = project.themes.added(project.themes.add("Nothing yet"))
    counts = project.themes.counts()
    assert counts.of[whole] == project.codebook.counts()[cid(project, "What divides")].branch
    assert counts.of[park] == Count(1, 1, 1)
    assert counts.of[nothing] == Count()
    assert project.themes.evidence(nothing) == []
    assert [p.quote for p in project.themes.evidence(whole)] == [
        "The buses. Nobody comes down", "The buses.", "The youth club closed",
    ]  # fmt: skip


def test_one_coder_alone_is_counted_when_the_others_are_hidden(project: Project) -> None:
    theme = made(project)
    project.use_coder("Ben")
    assert project.themes.counts("Ben").of[theme] == Count(), "he has not coded yet"
    assert project.themes.evidence(theme, "Ben") == []
    code(project, "Women", "The buses.", "Cuts")
    assert project.themes.counts("Ben").of[theme] == Count(1, 1, 1)
    assert project.themes.counts("Asha").of[theme] == Count(2, 2, 2)
    assert len(project.themes.evidence(theme, "Ben")) == 1
    with pytest.raises(NotFound, match="no coder “Zoe”"):
        project.themes.counts("Zoe")


def test_when_two_of_its_codes_become_one_it_holds_that_one_once_and_its_counts_stay(project: Project) -> None:
    theme = made(project)
    only_class = made(project, "Class alone", "Class")
    counts, into = project.themes.counts().of[theme], cid(project, "Class")
    project.codebook.merge(cid(project, "Cuts"), into=into)
    assert project.themes.get(theme).codes == project.themes.get(only_class).codes == (into,)
    assert project.themes.counts().of[theme] == counts
    project.history.undo()
    assert project.themes.get(theme).codes == (cid(project, "Cuts"), into)


def test_when_questions_become_one_the_theme_answers_that_one(project: Project) -> None:
    theme = made(project)
    project.codebook.merge(cid(project, "What divides"), into=cid(project, "What unites"))
    assert project.themes.get(theme).question == cid(project, "What unites")
    project.codebook.set_question(cid(project, "What unites"), False)
    other = project.codebook.added(project.codebook.add("Plain"))
    project.codebook.merge(cid(project, "What unites"), into=other)
    assert project.themes.get(theme).question is None


def test_a_deleted_code_leaves_the_theme_and_comes_back(project: Project) -> None:
    theme = made(project)
    before = rows(project)
    project.codebook.delete(cid(project, "What divides"))
    assert (project.themes.get(theme).codes, project.themes.get(theme).question) == ((), None)
    project.history.undo()
    assert rows(project) == before


def test_a_key_passage_outlives_its_coding(project: Project) -> None:
    theme = made(project)
    project.themes.add_passages(theme, [at(project, "Young people", "The youth club closed")])
    project.codings.remove([p.coding.id for p in project.codings.retrieve(cid(project, "Cuts"))])
    assert [p.quote for p in project.themes.passages(theme)] == ["The youth club closed"]
    project.themes.delete(theme)
    assert project.check() == []


def test_themes_are_moved(project: Project) -> None:
    one, two, three = (made(project, name) for name in ("One", "Two", "Three"))
    project.themes.move(three, 0)
    assert [t.id for t in project.themes.list()] == [three, one, two]
    project.themes.move(three, 99)
    assert [t.id for t in project.themes.list()] == [one, two, three]
    assert project.themes.move(one, 0).is_empty


def test_a_theme_from_a_code_is_called_so_and_holds_it(project: Project) -> None:
    first = project.themes.added(project.themes.add_from_code(cid(project, "Cuts")))
    again = project.themes.added(project.themes.add_from_code(cid(project, "Cuts")))
    found = project.themes.get(first)
    assert (found.name, found.codes, found.question) == ("Cuts", (cid(project, "Cuts"),), cid(project, "What divides"))
    assert project.themes.get(again).name == "Cuts (2)"


def test_typing_a_statement_is_one_undo(project: Project) -> None:
    theme = made(project)
    for statement in ("T", "Th", "Things close."):
        project.themes.state(theme, statement)
    project.history.undo()
    assert project.themes.get(theme).statement == ""


VERBS: dict[str, tuple[Callable[[Project, Any], Change], str]] = {
    "add": (lambda p, _t: p.themes.add(" A  new one "), "Added the theme “A new one”"),
    "add with a passage": (
        lambda p, _t: p.themes.add("New", at=[at(p, "Women", "after six")]), "Added the theme “New”",
    ),
    "rename": (lambda p, t: p.themes.rename(t, "Left out"), "Renamed the theme “Left behind” to “Left out”"),
    "state": (lambda p, t: p.themes.state(t, "It closes."), "Wrote the statement of the theme “Left behind”"),
    "status": (lambda p, t: p.themes.set_status(t, "reviewed"), "Marked the theme “Left behind” as reviewed"),
    "question": (
        lambda p, t: p.themes.set_question(t, cid(p, "What unites")),
        "Put the theme “Left behind” under the question “What unites”",
    ),
    "no question": (lambda p, t: p.themes.set_question(t, None), "Put the theme “Left behind” under no question"),
    "move": (lambda p, t: p.themes.move(t, 1), "Moved the theme “Left behind”"),
    "codes": (
        lambda p, t: p.themes.add_codes(t, [cid(p, "Food"), cid(p, "Public spaces")]),
        "Gave the theme “Left behind” the code “Food”, “Public spaces”",
    ),
    "no code": (
        lambda p, t: p.themes.remove_codes(t, [cid(p, "Cuts")]), "Took the code “Cuts” from the theme “Left behind”",
    ),
    "passages": (
        lambda p, t: p.themes.add_passages(t, [at(p, "Women", "after six")]), "Gave the theme “Left behind” 1 key passage",
    ),
    "no passages": (
        lambda p, t: p.themes.remove_passages(t, [x.segment for x in p.themes.passages(t)]),
        "Took 1 key passage from the theme “Left behind”",
    ),
    "choose passages": (
        lambda p, t: p.themes.choose_passages(
            t, [p.codings.retrieve(cid(p, "Class"))[0].coding.segment], [x.segment for x in p.themes.passages(t)]
        ),
        "Chose the key passages of the theme “Left behind”: 1 now",
    ),
    "delete": (
        lambda p, t: p.themes.delete(t), "Deleted the theme “Left behind” (codes it held: 2, key passages: 1)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_one_act_with_a_sentence_that_can_be_taken_back(project: Project, verb: str) -> None:
    theme = made(project)
    made(project, "Another")
    project.themes.add_passages(theme, [at(project, "Women", "I think")])
    act, said = VERBS[verb]
    before, acts = rows(project), len(project.history.trail())
    assert act(project, theme).said == said
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
        (lambda p: p.themes.add("  "), "needs a name"),
        (lambda p: p.themes.add("LEFT behind"), "already a theme “Left behind”"),
        (lambda p: p.themes.rename(2, "Left Behind"), "already a theme"),
        (lambda p: p.themes.set_status(1, "finished"), "cannot be “finished”"),
        (lambda p: p.themes.set_question(1, cid(p, "Cuts")), "not marked as a research question"),
        (lambda p: p.themes.add("New", cid(p, "Cuts")), "not marked as a research question"),
        (lambda p: p.themes.add_passages(1, [(p.sources.get("Women").id, Span(3, 3))]), "no words"),
    ],
)
def test_what_cannot_be_is_told(project: Project, act: Callable[[Project], Change], words: str) -> None:
    made(project)
    made(project, "Another")
    with pytest.raises(BadInput, match=words):
        act(project)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda p: p.themes.get("Left behid"), "Did you mean: Left behind"),
        (lambda p: p.themes.delete(99), "no theme “99”"),
        (lambda p: p.themes.add_codes(1, [99]), "no code “99”"),
        (lambda p: p.themes.add("New", None, [99]), "no code “99”"),
        (lambda p: p.themes.set_question(1, 99), "no code “99”"),
    ],
)
def test_what_is_not_there_is_told(project: Project, act: Callable[[Project], Change], words: str) -> None:
    made(project)
    with pytest.raises(NotFound, match=words):
        act(project)


PLACES = st.tuples(st.integers(0, 60), st.integers(1, 40), st.sampled_from(["Cuts", "Class", "Food"]), st.sampled_from(["Asha", "Ben"]))  # fmt: skip


@given(st.lists(PLACES, max_size=8), st.sets(st.sampled_from(["Cuts", "Class", "Food", "What divides"])))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_are_what_a_plain_count_says(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[int, int, str, str]], held: set[str]
) -> None:
    with small_study(tmp_path_factory.mktemp("t") / "p.cqda") as project:
        women = project.sources.get("Women").id
        for start, long, name, coder in places:
            project.use_coder(coder)
            project.codings.apply(women, Span(start, start + long), [cid(project, name)])
        theme = project.themes.added(project.themes.add("T", None, [cid(project, name) for name in sorted(held)]))
        tree = project.codebook.tree()
        codes = {below for name in held for below in tree.branch(cid(project, name))}
        reading = project.sources.reading(women)
        people = [(t.span, reading.speakers[t.speaker]) for t in reading.turns]
        spans = sorted(
            (c.coder, c.span.start, c.span.end)
            for c in project.codings.of_source(women)
            if c.code in codes and any(s.overlaps(c.span) and who.role == "participant" for s, who in people)
        )
        mentions, reach = 0, (0, -1)
        for coder_id, start, end in spans:
            if (coder_id, start) >= reach:
                mentions += 1
                reach = (coder_id, end)
            else:
                reach = max(reach, (coder_id, end))
        said = {
            who.case for s, who in people if who.role == "participant"
            for _c, a, b in spans if s.overlaps(Span(a, b))
        }  # fmt: skip
        assert project.themes.counts().of[theme] == Count(mentions, len(said), 1 if spans else 0)
