"""What an import will leave out of the files that come together is known before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohesion_qda.model.source import SourceDraft, TurnDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.project.findings import same_before


@st.composite
def drafts(draw: st.DrawFn) -> SourceDraft:
    text = draw(st.sampled_from(["The park.\nThe bus.", "No idea."]))
    labels = draw(st.sampled_from([(), ("Amina",), ("Amina", "Carol")]))
    ends = (9, len(text)) if "\n" in text else (len(text),)
    starts = (0, 10)
    turns = tuple(TurnDraft(Span(a, b), label) for a, b, label in zip(starts, ends, labels, strict=False))
    sha256 = draw(st.sampled_from(["", "a" * 64, "b" * 64]))
    return SourceDraft("n", "document", text, turns, file_sha256=sha256, shares_file=draw(st.booleans()))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with Project.create(tmp_path_factory.mktemp("same") / "study.cqda", coder="Asha") as project:
        yield project


@settings(max_examples=40)
@given(there=st.lists(drafts(), max_size=2), found=st.lists(drafts(), max_size=5))
def test_those_that_are_the_same_as_one_before_are_those_that_are_left_out(
    project: Project, there: list[SourceDraft], found: list[SourceDraft]
) -> None:
    before = project.sources.add(there)
    twins = [project.sources.twin(draft) for draft in found]
    same = same_before(found, twins)
    result = project.sources.add(found)
    for done in (result, before):
        if not done.change.is_empty:
            project.history.undo()
    assert project.sources.list() == []
    assert len(result.already) == sum(map(bool, twins)) + sum(one is not None for one in same)
    assert len(result.added) == sum(not twin and one is None for twin, one in zip(twins, same, strict=True))
