"""What the check says when something stands where it cannot, and the order in which places move."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.project import Project
from cohesion_qda.store.corrections import ordered
from tests import makers


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = makers.small_study(tmp_path / "study.cqda")
    makers.code(made, "Women", "in the park", "What unites/Public spaces")
    yield made
    made.close()


def wrong(project: Project, statement: str) -> list[str]:
    with project._session.act("wrong"):
        project._session.db.execute(statement)
    return list(project.check())


def test_turns_that_overlap(project: Project) -> None:
    said = wrong(project, 'UPDATE turn SET "start" = "start" - 2 WHERE id = 2')
    assert said == ["1 turn is not in its place after the one before."]


def test_turns_that_are_numbered_wrongly(project: Project) -> None:
    said = wrong(project, "UPDATE turn SET number = number + 1 WHERE source_id = 1")
    assert said == ["6 turns are not in their place after the one before."]


def test_a_passage_outside_its_text(project: Project) -> None:
    for start, end in ((-1, 5), (0, 9999)):
        assert wrong(project, f'UPDATE segment SET "start" = {start}, "end" = {end}') == [
            "1 coded passage lies outside its text."
        ]


def test_a_lost_passage_without_its_words_is_refused_by_the_table(project: Project) -> None:
    with pytest.raises(Exception, match="CHECK constraint failed"):
        wrong(project, 'UPDATE segment SET "end" = "start"')


@given(st.lists(st.integers(0, 30), min_size=1, max_size=20, unique=True), st.data())
def test_no_place_is_ever_held_twice(places: list[int], data: st.DataObject) -> None:
    old = sorted(places)
    new = sorted(data.draw(st.lists(st.integers(0, 30), min_size=len(old), max_size=len(old), unique=True)))
    moves = {row: pair for row, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]}
    held = dict(enumerate(old))
    for row, (before, after) in ordered(moves):
        assert held[row] == before
        assert after not in held.values()
        held[row] = after
    assert list(held.values()) == new
