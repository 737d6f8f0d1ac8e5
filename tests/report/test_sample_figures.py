"""The figures of the sample study, of every kind that has some: sound as they are, and with small numbers hidden."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.model.answer import FIGURES, Answer
from cohesion_qda.model.asked import KINDS, Asked
from cohesion_qda.project import Project
from cohesion_qda.report.figuring import NothingToDraw, figure
from cohesion_qda.report.hiding import hide
from tests.report.drawings import check, words


def questions(project: Project) -> Iterator[Asked]:
    codes = [code.id for code in project.codebook.tree()]
    source = project.sources.list()[0].id
    yield Asked("frequencies", branch=True, share="column")
    yield Asked("crosstab", by=("place",), share="row")
    yield Asked("crosstab", by=("place", "thematic group"), unit="groups")
    yield Asked("crosstab", codes=tuple(codes[1:9]), by=("place",), unit="words")
    yield Asked("cooccurrence", unit="mentions")
    yield Asked("cooccurrence", unit="groups", options={"how": "group"})
    yield Asked("saturation")
    yield Asked("dynamics")
    yield Asked(
        "dynamics", options={"source": source, "agrees": (codes[1],), "example": (codes[2],), "dissents": (codes[3],)}
    )
    yield Asked("portrait", options={"source": source})
    yield Asked("timeline", codes=tuple(codes[1:4]))
    yield Asked("agreement", options={"repeats": 100})
    yield Asked("framework", options={"cases": "groups"})


@pytest.fixture(scope="module")
def answers(built_sample: Path) -> list[Answer]:
    with Project.open(built_sample, read_only=True) as project:
        return [project.answers.ask(asked) for asked in questions(project)]


def drawn(answers: list[Answer], width: float, threshold: int) -> set[str]:
    names = set()
    for answer in answers:
        shown = hide(answer, threshold) if threshold else answer
        for part in shown.parts:
            for name in part.figures:
                try:
                    drawing = figure(part, name, shown, width=width)
                except NothingToDraw:
                    assert (
                        not any(c.value for li in part.lines for c in li.cells if not isinstance(c.value, str))
                        or threshold
                    )
                    continue
                check(drawing, part)
                assert "CohesionQDA" in words(drawing)
                names.add(name)
    return names


def test_every_figure_of_the_sample_study_is_sound(answers: list[Answer]) -> None:
    assert {answer.asked.kind for answer in answers} == set(KINDS)
    assert drawn(answers, 3.0, 0) >= set(FIGURES) - {"dumbbell"}


def test_and_with_small_numbers_hidden(answers: list[Answer]) -> None:
    assert "heat map" in drawn(answers, 6.5, 5)
