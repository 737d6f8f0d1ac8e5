"""What was worked out of texts is kept by maker, outside the journal, and goes with the texts it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.model.textmap import Edit
from cohesion_qda.project import Project
from cohesion_qda.store import derived
from cohesion_qda.store.connection import Database
from tests.makers import small_study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "p.cqda") as made:
        yield made
    with Project.open(made.path) as again:
        assert again.check() == []


@pytest.fixture
def db(project: Project) -> Database:
    return project._session.db


def hashes(project: Project) -> list[str]:
    return sorted(project.tables.talk().texts)


def test_it_is_kept_by_its_text_and_given_back(project: Project, db: Database) -> None:
    one, two = hashes(project)
    assert derived.all_of(db, "parse") == ("", {})
    derived.keep(db, "parse", "ours 1", {one: b"\0first", "no such text": b"x"})
    assert derived.all_of(db, "parse") == ("ours 1", {one: b"\0first"})
    assert derived.missing(db, "parse", "ours 1") == [two]
    derived.keep(db, "parse", "ours 1", {one: b"again", two: b""})
    assert derived.all_of(db, "parse") == ("ours 1", {one: b"again", two: b""})
    assert derived.missing(db, "parse", "ours 1") == []


def test_kinds_stay_apart_and_another_maker_takes_the_place(project: Project, db: Database) -> None:
    one, two = hashes(project)
    derived.keep(db, "parse", "ours 1", {one: b"p", two: b"p"})
    derived.keep(db, "vectors", "v 1", {one: b"v"})
    derived.keep(db, "parse", "ours 2", {two: b"q"})
    assert derived.all_of(db, "parse") == ("ours 2", {two: b"q"})
    assert derived.all_of(db, "vectors") == ("v 1", {one: b"v"})
    derived.keep(db, "parse", "ours 3", {one: b"r"})
    assert derived.missing(db, "parse", "ours 1") == [one, two]


def test_two_people_with_different_makers_take_turns_and_nothing_is_made_again(project: Project, db: Database) -> None:
    one, two = hashes(project)
    derived.keep(db, "parse", "hers", {one: b"h", two: b"h"})
    derived.keep(db, "parse", "his", {one: b"i"})
    assert derived.missing(db, "parse", "hers") == []
    assert derived.all_of(db, "parse", "hers") == ("hers", {one: b"h", two: b"h"})
    assert derived.all_of(db, "parse", "his") == ("his", {one: b"i"})
    assert derived.all_of(db, "parse", "another") == ("another", {})


def test_it_is_no_act_and_goes_when_no_source_has_the_text(project: Project, db: Database) -> None:
    one, two = hashes(project)
    trail = len(project.history.trail())
    derived.keep(db, "parse", "ours 1", {one: b"1", two: b"2"})
    assert len(project.history.trail()) == trail
    project.sources.remove(project.sources.get("Women").id)
    (left,) = hashes(project)
    assert len(derived.all_of(db, "parse")[1]) == 2, "until something is kept anew"
    derived.keep(db, "parse", "ours 1", {left: b"new"})
    assert derived.all_of(db, "parse") == ("ours 1", {left: b"new"})


def test_of_a_source_that_was_removed_nothing_is_left_in_a_copy_or_after_closing(
    project: Project, db: Database, tmp_path: Path
) -> None:
    one, two = hashes(project)
    derived.keep(db, "parse", "ours 1", {one: b"lemmas of one", two: b"lemmas of two"})
    project.sources.remove(project.sources.get("Women").id)
    (left,) = hashes(project)
    project.save_copy(tmp_path / "copy.cqda")
    project.close()
    for file in (tmp_path / "copy.cqda", tmp_path / "p.cqda"):
        with Project.open(file) as again:
            assert list(derived.all_of(again._session.db, "parse")[1]) == [left]
            assert again.check() == []
    gone = b"lemmas of one" if left == two else b"lemmas of two"
    assert gone not in (tmp_path / "copy.cqda").read_bytes()
    with Project.open(tmp_path / "p.cqda") as again:
        again.history.undo()
        assert derived.missing(again._session.db, "parse", "ours 1") == [{one, two}.difference({left}).pop()]


def test_what_a_text_was_before_it_was_corrected_is_still_of_use_after_closing(project: Project, db: Database) -> None:
    one, two = hashes(project)
    derived.keep(db, "parse", "ours 1", {one: b"1", two: b"2"})
    project.corrections.correct(project.sources.get("Women").id, [Edit(0, 1, "X")])
    project.close()
    with Project.open(project.path) as again:
        assert len(derived.all_of(again._session.db, "parse")[1]) == 2
