"""The full-text index against a second, plain implementation, and whatever a person may type against SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.finding import EVERYWHERE, Rest, Scope
from cohesion_qda.model.search import Query, as_match, parse
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.project import Project
from cohesion_qda.store.connection import Database
from cohesion_qda.store.search import Finder, Line, Stretches, vocabulary
from tests.analysis import made_lines
from tests.makers import draft, small_study


def alone(word: str) -> list[str]:
    return [word]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A study of which no text is known yet."""
    with Project.create(tmp_path_factory.mktemp("index") / "s.cqda", coder="Asha") as project:
        project.sources.add([draft("Women", [("Amina", "the bus")])])
        yield project._session.db


def found(db: Database, query: Query, text: str) -> list[Line]:
    """The lines of one text, kept under a name of its own, that hold something."""
    from cohesion_qda.store import sources

    content = sources.keep_content(db, text)
    finder = Finder(db, Scope())
    first, last = db.execute("SELECT min(id), max(id) FROM line WHERE content_id = ?", [content]).fetchone()
    if first is None:
        return []
    shelf = finder.shelves[0]
    finder.shelves = [type(shelf)(shelf.source, shelf.name, None, first, last)]
    return [line for line in finder.lines(as_match(query, alone)) if isinstance(line, Line)]


texts = st.lists(made_lines.lines, min_size=1, max_size=5).map("\n".join)


@given(texts, made_lines.queries)
def test_lines_and_places_are_those_that_plain_reading_finds(db: Database, text: str, query: Query) -> None:
    at = 0
    expected = []
    for line in text.split("\n"):
        if made_lines.holds(line, query):
            expected.append((at, [(at + start, at + end) for start, end in made_lines.hits(line, query)]))
        at += len(line) + 1
    assert [
        (line.span.start, [(hit.start, hit.end) for hit, _said in line.hits]) for line in found(db, query, text)
    ] == expected


@given(texts, made_lines.nears)
def test_near_is_a_matter_of_the_words_between(db: Database, text: str, query: Query) -> None:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    expected = [s for s, line in zip(starts, text.split("\n"), strict=False) if made_lines.holds(line, query)]
    assert [line.span.start for line in found(db, query, text)] == expected


typed = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            ["AND", "OR", "NOT", "NEAR(", "(", ")", '"', "“", "*", "~", ",", ", 5", " ", " ", "park", "b", "^", ":", "-", "+", "{",
             "}", "'", "\x00", "😀", "\u0301", "हिन्दी", "ਪੰ", "\\", "%", "_", ";", "--", "NULL", "line_search", "\ud800"]
        ),
        max_size=12,
    ).map("".join),
)  # fmt: skip


@given(typed, st.booleans())
def test_whatever_is_typed_is_searched_for_or_refused_with_a_sentence(db: Database, typed: str, forms: bool) -> None:
    try:
        query = parse(typed, all_forms=forms)
    except BadInput as error:
        assert error.message
        assert error.hint
        return
    for _line in Finder(db, EVERYWHERE).lines(as_match(query, lambda word: [word, word + "s"])):
        pass


def test_a_search_goes_on_from_where_it_stopped(tmp_path: Path) -> None:
    """Sources whose lines follow each other are read in one go; others, and a name that comes earlier, are not mixed up."""
    with Project.create(tmp_path / "s.cqda", coder="Asha") as project:
        project.sources.add([draft(name, [("A", f"park {n} park"), ("B", "park")]) for n, name in enumerate("ca")])
        project.sources.add([draft("b", [("A", "park b"), ("B", "nothing")]), draft("d", [("A", "")])])
        project.sources.add(
            [SourceDraft("e", "document", "park 1 park\npark", file_name="e.txt")]
        )  # the same text as a
        finder = Finder(project._session.db, EVERYWHERE)
        every = [line for line in finder.lines('"park"') if isinstance(line, Line)]
        assert [(finder.shelves[line.place].name, len(line.hits)) for line in every] == [
            ("a", 2), ("a", 1), ("b", 1), ("c", 2), ("c", 1), ("e", 2), ("e", 1),
        ]  # fmt: skip
        assert finder.count('"park"') == 7
        for n, line in enumerate(every):
            after = Rest(line.place, line.id)
            assert [x for x in finder.lines('"park"', after) if isinstance(x, Line)] == every[n + 1 :]


def test_a_scope_of_people_is_looked_at_line_by_line(tmp_path: Path) -> None:
    with small_study(tmp_path / "s.cqda") as project:
        carol = next(case.id for case in project.cases.list("participant") if case.name == "Carol")
        finder = Finder(project._session.db, Scope(cases=frozenset([carol])))
        (line,) = [line for line in finder.lines('"park"') if isinstance(line, Line)]
        assert [(said.name, said.number) for _hit, said in line.hits if said] == [("Carol", 3)] * 2
        assert finder.is_narrow
        assert vocabulary(project._session.db, "pa") == ["park"]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8))), st.integers(0, 40), st.integers(1, 5))
def test_stretches_tell_what_they_touch(spans: list[tuple[int, int]], start: int, length: int) -> None:
    stretches = Stretches((a, a + n) for a, n in spans)
    assert stretches.touch(start, start + length) == any(a < start + length and start < a + n for a, n in spans)
