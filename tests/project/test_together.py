"""The same person in several sources of one import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.model.source import SourceDraft, TurnDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study.cqda") as made:
        yield made


def people(project: Project, name: str) -> list[int]:
    """How many sources each person of that name speaks in."""
    found = [speaker for some in project.sources.speakers().values() for speaker in some if speaker.case_name == name]
    return sorted(sum(1 for s in found if s.case == case) for case in {s.case for s in found})


def talk(place: str) -> SourceDraft:
    said = (("Int", f"What is it like in {place}?"), ("Carol", "It is the buses."), ("David", "Yes."))
    text = "\n".join(words for _label, words in said)
    spans = [Span(text.index(words), text.index(words) + len(words)) for _label, words in said]
    turns = tuple(TurnDraft(span, label) for span, (label, _words) in zip(spans, said, strict=True))
    return SourceDraft(place, "focus group", text, turns, {"Int": "moderator"})


def test_a_label_is_one_person_where_somebody_has_said_so_and_else_is_not(project: Project) -> None:
    places = ("Batley", "Dewsbury", "Mirfield")
    result = project.sources.add(
        map(talk, places),
        together=[[(0, "Int"), (1, "Int"), (2, "Int")], [(0, "Carol"), (2, "Carol")]],
    )
    assert len(result.added) == 3
    assert people(project, "Int") == [3]
    assert people(project, "Carol") == [1, 2]
    assert people(project, "David") == [1, 1, 1]
    assert project.check() == []
    project.history.undo()
    assert project.cases.list() == []
    assert project.check() == []


def test_what_the_project_has_already_is_passed_over(project: Project) -> None:
    """The second import brings one new group; the moderator of both is one person only among what is new."""
    project.sources.add([talk("Batley")])
    again = project.sources.add([talk("Batley"), talk("Dewsbury")], together=[[(0, "Int"), (1, "Int")]])
    assert [source.name for source in again.added] == ["Dewsbury"]
    assert people(project, "Int") == [1, 1]


def test_the_sheet_is_about_the_one_person(project: Project) -> None:
    sheet = AttributeSheet({}, {("Batley", "Carol"): {"age": "40"}})
    project.sources.add([talk("Batley"), talk("Mirfield")], sheet=sheet, together=[[(0, "Carol"), (1, "Carol")]])
    assert [dict(case.attributes) for case in project.cases.list() if case.name == "Carol"] == [{"age": "40"}]


@pytest.mark.parametrize(
    ("same", "sentence"),
    [
        (
            [(0, "Carol"), (1, "Int")],
            "“Int” has the role of moderator, and “Carol” that of participant. Give both the same role first;",
        ),
        ([(0, "Carol"), (1, "Carrol")], "“Carrol” does not speak in source 2. Give a label as it was read, with the"),
        ([(0, "Carol"), (2, "Carol")], "“Carol” does not speak in source 3."),
        ([(-1, "Carol"), (0, "Carol")], "“Carol” does not speak in source 0."),
    ],
)
def test_what_cannot_be_one_person_is_refused_before_anything_is_added(
    project: Project, same: list[tuple[int, str]], sentence: str
) -> None:
    with pytest.raises(BadInput) as refused:
        project.sources.add(map(talk, ("Batley", "Dewsbury")), together=[same])
    assert str(refused.value).startswith(sentence)
    assert project.sources.list() == []
