"""Who was taken for one person and is two: each has what was known of them, as far as that is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.model.ids import SpeakerId
from cohesion_qda.project import Project
from tests.makers import small_study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "p.cqda") as made:
        yield made
        assert made.check() == []


def label_in(project: Project, source: str, label: str) -> SpeakerId:
    found = project.sources.speakers()[project.sources.get(source).id]
    return next(speaker.id for speaker in found if speaker.label == label)


def test_taken_apart_each_has_what_was_known_before_they_were_joined(project: Project) -> None:
    one, two = [c.id for c in project.cases.list("participant") if c.name == "Amina"]
    for case, name, value in (
        (one, "age band", "25–44"), (two, "age band", "65+"), (two, "faith", "Muslim"), (two, "ward", "East"),
        (two, "gone", "x"),
    ):  # fmt: skip
        project.cases.set_attribute(case, name, value)
    project.cases.join(one, [two], prefer_kept=True)
    project.cases.set_attribute(one, "ward", "West")
    project.attributes.remove_column("participant", "gone")
    here = label_in(project, "Young people", "Amina")
    project.cases.part(here)
    new = next(case for case in project.cases.list("participant") if case.name == "Amina" and case.id != one)
    assert project.cases.get(one).attributes == {"age band": "25–44", "ward": "West"}
    assert new.attributes == {"age band": "65+", "faith": "Muslim"}
    project.history.undo()
    assert project.cases.get(one).attributes == {"age band": "25–44", "faith": "Muslim", "ward": "West"}


def test_taken_apart_values_stay_where_nobody_knows_whose_they_were(project: Project) -> None:
    one, two = [c.id for c in project.cases.list("participant") if c.name == "Amina"]
    carol = next(c.id for c in project.cases.list("participant") if c.name == "Carol")
    project.cases.set_attribute(one, "faith", "Muslim")
    project.cases.join(one, [two])
    project.cases.part(label_in(project, "Women", "Amina"))
    assert project.cases.get(one).attributes == {"faith": "Muslim"}, "the label that was kept was not joined"
    project.history.undo()
    project.cases.join(carol, [one])
    project.cases.part(label_in(project, "Young people", "Amina"))
    assert project.cases.get(carol).attributes == {"faith": "Muslim"}, "the joined person had two labels"
    project.history.undo()
    project.history.undo()
    project.history.undo()
    project.cases.join(two, [one])
    new = label_in(project, "Women", "Amina")
    project.cases.part(new)
    parted = next(c for c in project.cases.list("participant") if c.name == "Amina" and c.id != two)
    project.cases.set_attribute(parted.id, "faith", "Sikh")
    project.cases.join(parted.id, [two])
    project.cases.part(new)
    assert project.cases.get(parted.id).attributes == {"faith": "Sikh"}, "what an older joining knew is of no account"
    assert all(c.attributes == {} for c in project.cases.list("participant") if c.id != parted.id)
