"""Which codes come together, as a researcher reads it: numbers, list, notes, and the passages behind each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.answer import Answer, Part
from cohesion_qda.model.asked import Asked, Option
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import Having
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.project import Project
from tests.makers import code, small_study
from tests.report.answers.made_material import check_sums

HOWS = ("overlap", "turn", "participant", "group", "near")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """Two groups: Amina shares food and knows her neighbours in one breath; the buses are cut in another turn."""
    with small_study(tmp_path / "study.cqda") as project:
        code(
            project,
            "Women",
            "Knowing your neighbours, I think. We share food over the wall 😀 every Eid.",
            "Public spaces",
        )
        code(project, "Women", "share food", "Food")
        code(project, "Women", "every Eid", "Food")
        code(project, "Women", "The buses. Nobody comes down after six.", "Cuts")
        code(project, "Women", "And what gets in the way?", "Class")  # the moderator's words
        code(project, "Young people", "The youth club closed", "Cuts")
        code(project, "Young people", "the park is locked", "Public spaces", "Cuts")
        yield project


def asked(
    project: Project, *paths: str, branch: bool = False, where: tuple[Having, ...] = (), **options: Option
) -> Asked:
    tree = project.codebook.tree()
    return Asked(
        "cooccurrence", tuple(tree.get(path).id for path in paths), branch=branch, where=where, options=options
    )


def numbers(part: Part) -> list[list[object]]:
    return [[cell.value for cell in line.cells] for line in part.lines]


def answer(project: Project, *paths: str, **more: Option) -> Answer:
    return project.answers.ask(asked(project, *paths, **more))  # type: ignore[arg-type]


def test_the_matrix_and_the_list_by_overlap(study: Project) -> None:
    made = answer(study)
    matrix = made.part("matrix")
    assert (
        [line.label for line in matrix.lines]
        == [head.label for head in matrix.heads]
        == ["Public spaces", "Food", "Cuts"]
    )
    assert numbers(matrix) == [[2, 2, 1], [2, 2, 0], [1, 0, 3]]
    assert matrix.figures == ("heat map", "network")
    assert "“Public spaces” and “Food” come together most." in matrix.headline
    assert "Pairs of mentions that share text" in matrix.subtitle
    pairs = made.part("pairs")
    assert [line.label for line in pairs.lines] == ["Public spaces + Food", "Public spaces + Cuts"]
    first = pairs.lines[0].cells
    assert [(cell.value, cell.of) for cell in first[:3]] == [(2, None), (1, 2), (2, 2)]
    assert first[3].value == pytest.approx(1.5 / 2.5)
    assert pairs.lines[0].path == "What unites/Public spaces + What unites/Food"
    assert any("nobody mentions" in note for note in made.notes)
    assert any("diagonal stand the mentions" in note for note in made.notes)
    assert made.made.study == "Small study"


@pytest.mark.parametrize(
    ("how", "expected", "out_of", "unit"),
    [
        ("turn", [[2, 1, 1], [1, 1, 0], [1, 0, 3]], 6, "turns"),
        ("participant", [[2, 1, 2], [1, 1, 1], [2, 1, 3]], 5, "participants"),
        ("group", [[2, 1, 2], [1, 1, 1], [2, 1, 2]], 2, "groups"),
    ],
)
def test_what_both_have_is_counted_out_of_all_there_are(
    study: Project, how: str, expected: list[list[int]], out_of: int, unit: str
) -> None:
    made = answer(study, how=how)
    matrix = made.part("matrix")
    assert numbers(matrix) == expected
    assert {cell.of for line in matrix.lines for cell in line.cells} == {out_of}
    assert {head.unit for head in matrix.heads} == {unit}
    assert any(unit in note for note in made.notes)
    assert [head.unit for head in made.part("pairs").heads] == [unit, ""]
    for line in made.part("pairs").lines:
        assert line.cells[0].of == out_of


def test_what_can_be_worked_out_is_said_and_true(study: Project) -> None:
    for how in HOWS:
        part = answer(study, how=how).part("matrix")
        assert part.sums
        assert {known.holds for known in part.sums} <= {"exactly", "each"}
        check_sums(part)


def test_every_number_opens_the_passages_that_meet(study: Project) -> None:
    for how in HOWS:
        question = asked(study, how=how)
        made = study.answers.ask(question)
        for part in made.parts:
            for place in part.places():
                cell = part.cell(place)
                if not cell.key:
                    continue
                found = study.answers.behind(question, part.key, cell.key)
                assert bool(found) == bool(cell.value)
                paths = {CodeId(int(number)) for number in cell.key}
                assert {one.passage.coding.code for one in found if one.passage} == (paths if found else set())
    question = asked(study)
    food, spaces = (study.codebook.tree().get(path).id for path in ("Food", "Public spaces"))
    found = study.answers.behind(question, "pairs", (int(food), int(spaces)))
    assert [one.quote for one in found] == [
        "Knowing your neighbours, I think. We share food over the wall 😀 every Eid.", "share food", "every Eid",
    ]  # fmt: skip
    assert len(study.answers.behind(question, "matrix", (int(food), int(food)))) == 2


def test_a_branch_does_not_come_together_with_what_is_under_it(study: Project) -> None:
    made = answer(study, "What unites", "Food", "What divides", branch=True)  # type: ignore[arg-type]
    assert numbers(made.part("matrix")) == [[2, None, 1], [None, 2, 0], [1, 0, 3]]
    assert made.part("matrix").cell((0, 1)).key == ()
    assert [line.label for line in made.part("pairs").lines] == ["What unites + What divides"]
    assert any("cannot come together" in note for note in made.notes)


def test_codes_that_were_asked_for_stay_though_nobody_mentions_them(study: Project) -> None:
    made = answer(study, "Class", "Food")
    assert numbers(made.part("matrix")) == [[0, 0], [0, 2]]
    assert made.part("pairs").lines == ()
    assert made.part("matrix").headline == "No two codes come together."
    assert not any("left out" in note for note in made.notes)


def test_rare_pairs_can_be_left_out_and_nearness_has_a_reach(study: Project) -> None:
    assert [line.label for line in answer(study, least=2).part("pairs").lines] == ["Public spaces + Food"]
    assert numbers(answer(study, "Food", "Cuts", how="near", turns=0).part("matrix")) == [[2, 0], [0, 3]]
    far = answer(study, "Food", "Cuts", how="near", turns=3)
    assert numbers(far.part("matrix")) == [[2, 2], [2, 3]]
    assert "within 3 turns" in far.part("matrix").subtitle


def test_filters_narrow_it(study: Project) -> None:
    made = answer(study, where=(Having("source", "place", ("Batley",)),))  # type: ignore[arg-type]
    assert [line.label for line in made.part("matrix").lines] == ["Public spaces", "Cuts"]
    assert numbers(made.part("matrix")) == [[1, 1], [1, 2]]
    assert any("Batley" in text for text in made.made.filters)
    assert dict(made.made.left_out)["Women"]


def test_of_several_coders_and_of_documents_something_is_said(study: Project) -> None:
    study.sources.add(
        [SourceDraft("Letter", "document", "The park is shut.\nNo food at the school.", (), {}, {}, "l.txt", "s")]
    )
    code(study, "Letter", "The park is shut.", "Public spaces")
    code(study, "Letter", "No food", "Food")
    assert any("nobody speaks" in note for note in answer(study, how="turn").notes)
    assert not any("different coders" in note for note in answer(study).notes)
    near = answer(study, "Public spaces", "Food", how="near", turns=1)
    assert numbers(near.part("matrix"))[0][1] == 3  # the next paragraph of the letter is near
    assert numbers(answer(study, "Public spaces", "Food", how="near", turns=0).part("matrix"))[0][1] == 2
    with Project.open(study.path, coder="Ben") as other:
        code(other, "Women", "share food", "Food")
    assert any("different coders" in note for note in answer(study).notes)


def test_what_cannot_be_asked_is_said(study: Project) -> None:
    with pytest.raises(NotFound, match="no way of coming together “overlaps”"):
        answer(study, how="overlaps")
    for turns in (-1, 1001):
        with pytest.raises(BadInput, match="“near” cannot reach"):
            answer(study, how="near", turns=turns)
    with pytest.raises(NotFound, match="There is no code “999”"):
        study.answers.ask(Asked("cooccurrence", (CodeId(999),)))
    with pytest.raises(NotFound, match="There is no code “999”"):
        study.answers.behind(Asked("cooccurrence"), "matrix", (999, 999))


def test_a_line_is_indented_only_under_a_line_of_a_code_over_it(study: Project) -> None:
    assert [line.depth for line in answer(study).part("matrix").lines] == [0, 0, 0], "the questions have no line"
    whole = study.answers.ask(asked(study, "What unites", "What unites/Public spaces", "Cuts", branch=True)).part(
        "matrix"
    )
    assert [line.depth for line in whole.lines] == [0, 1, 0]
