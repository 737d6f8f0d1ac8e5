"""What is kept between questions, the study and what each act touched: whatever was done, by whomever, it says what a fresh
reading does.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.analysis import frequency
from cohesion_qda.base.errors import BadInput, UserError
from cohesion_qda.model.query import Query
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.model.trail import Wanted
from cohesion_qda.project import Project, kept
from tests.makers import code, draft, small_study

NUMBERS = st.integers(0, 10_000)


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Each time another copy of the small study, with a few codings."""
    folder = tmp_path_factory.mktemp("kept")
    with small_study(folder / "study.cqda") as project:
        code(project, "Women", "We share food", "Food")
        code(project, "Young people", "the park is locked at four", "Public spaces", "Cuts")
    numbers = iter(range(10_000))
    return lambda: Path(shutil.copy(folder / "study.cqda", folder / f"{next(numbers)}.cqda"))


def told(project: Project) -> tuple[Any, ...]:
    """All that rests on the kept study."""
    study = project.tables.study()
    found = project.retrieval.find(Query(), count=None)
    acts = {about: project.history.touched(about) for about in ("source", "code")}
    trails = [
        [entry.id for entry in project.history.trail(wanted=Wanted(**{about: id_}))]
        for about, listed in acts.items()
        for id_, _name, _n, _gone in listed
    ]
    return (
        study.sources, study.cases, list(study.codes), study.coders, study.turns, sorted(study.codings), study.sections,
        study.questions, study.types, project.codebook.tally(), project.themes.counts(), project.sources.progress(),
        frequency.crosstab(study, "place" if any(s.attributes for s in study.sources) else ""), acts, trails, sorted((p.coding, p.span.start, p.span.end, p.weight or -1) for p in found.passages),
    )  # fmt: skip


def act(project: Project, what: int, at: int, which: int) -> None:
    """One of the things that can be done, somewhere."""
    sources, tree = project.sources.list(), [c.id for c in project.codebook.tree() if c.parent is not None]
    if what == 13 or not sources:
        project.sources.add([draft(f"Another {at}", [("Bilal", "A group more."), ("Dev", "Yes.")], place="Batley")])
        return
    source, code_ = sources[which % len(sources)].id, tree[which % len(tree)] if tree else None
    text = project.sources.text(source)
    span = Span(at % (len(text) - 8), at % (len(text) - 8) + 1 + which % 7)
    mine = [c for c in project.codings.of_source(source) if c.coder == project.coder.id]
    one = mine[at % len(mine)].id if mine else None
    if what == 0 and one is not None:
        project.codings.remove([one])
    elif what == 1 and one is not None:
        project.codings.move_ends([one], span)
    elif what == 2 and one is not None and code_ is not None:
        project.codings.recode([one], code_)
    elif what == 3 and one is not None:
        project.codings.set_weight([one], which % 101)
    elif what == 4:
        project.corrections.correct(source, [Edit(span.start, span.end, ["", "other words 😀"][which % 2])])
    elif what == 5 and code_ is not None:
        project.codebook.delete(code_)
    elif what == 6 and code_ is not None and len(tree) > 1:
        project.codebook.merge(code_, into=tree[at % len(tree)])
    elif what == 7:
        project.sources.set_attribute(source, "place", f"Town {which % 3}")
    elif what == 8:
        project.sources.remove(source)
    elif what == 9:
        project.corrections.said_by(source, span, ["Zed", "Amina"][which % 2])
    elif what == 10:
        project.use_coder(["Asha", "Ben"][which % 2])
    elif what == 11:
        project.memos.add_at(source, span, "A thought")
    elif what == 12:
        project.sections.place(source, span.start, title=f"Part {which % 4}")
    elif code_ is not None:
        project.codings.apply(source, span, [code_])


ACTS = st.lists(st.tuples(st.sampled_from(["here", "elsewhere", "undo", "redo", "only"]), st.integers(0, 20), NUMBERS, NUMBERS),
                min_size=1, max_size=9)  # fmt: skip


@given(ACTS)
def test_what_is_kept_is_what_a_fresh_reading_finds(studies, acts: list[tuple[str, int, int, int]]) -> None:
    path = studies()
    with Project.open(path, coder="Asha") as project, Project.open(path, coder="Ben") as other:
        project.codebook.tally()
        for who, what, at, which in acts:
            try:
                if who == "undo":
                    project.history.undo()
                elif who == "redo":
                    project.history.redo()
                elif who == "only":
                    project.look_as([None, "Asha", "Ben", "Newcomer"][what % 4])
                else:
                    act(other if who == "elsewhere" else project, what, at, which)
            except UserError:
                continue
            project.codebook.tally()  # what is kept goes on from here
            if what % 2:
                project.sources.progress()
                project.history.touched("source")
        with Project.open(path, coder=project.coder.name) as fresh:
            fresh.look_as(project._session.only)
            assert told(project) == told(fresh)
    path.unlink()


@pytest.fixture
def project(studies) -> Iterator[Project]:
    with Project.open(studies(), coder="Asha") as opened:
        yield opened


def test_only_what_was_touched_is_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = project.tables.study()
    project.memos.add("source", before.sources[0].id, "A thought")
    assert project.tables.study() is before, "nothing that counts was touched"
    monkeypatch.setitem(kept._PARTS, "turns", (lambda _db: pytest.fail("turns were read"), frozenset({"turn"})))
    monkeypatch.setitem(
        kept._PARTS, "codings", (lambda _db: pytest.fail("all codings were read"), frozenset({"coding"}))
    )
    code(project, "Women", "The buses", "Cuts")
    after = project.tables.study()
    assert len(after.codings) == len(before.codings) + 1
    assert after.turns is before.turns and after.cases is before.cases and after.codes is before.codes


def test_what_is_taken_back_is_not_kept(project: Project) -> None:
    """An act that fails half-way leaves nothing behind in what is kept, though it was counted inside."""
    before = sorted(project.tables.study().codings)
    with pytest.raises(BadInput), project._session.act("apply-code") as _action:
        project._session.db.execute("UPDATE coding SET weight = 3")
        project._session.db.execute("DELETE FROM coding")
        assert project.tables.study().codings == ()
        raise BadInput("no")
    assert sorted(project.tables.study().codings) == before
    code(project, "Women", "The buses", "Cuts")
    assert len(project.tables.study().codings) == len(before) + 1


def test_progress_of_some_sources_is_that_of_all(project: Project) -> None:
    whole = project.sources.progress()
    assert len(set(whole.values())) > 1
    for source, share in whole.items():
        assert project.sources.progress([source]) == {source: share}
    assert project.sources.progress([]) == {}
