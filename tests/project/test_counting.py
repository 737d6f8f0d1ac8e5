"""Asking a project for frequencies and crosstabs: a researcher's story, kept up with what is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.errors import NotFound
from cohesion_qda.model.answer import Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.query import Having
from cohesion_qda.model.table import QUESTION
from cohesion_qda.model.text import count_words
from cohesion_qda.model.textmap import Edit
from cohesion_qda.project import Project
from tests.makers import WOMEN, YOUNG, code, small_study

MEAN, WAY = "What does getting on well together mean to you?", "What gets in the way round here?"
SPOKEN = sum(count_words(said) for who, said in (*WOMEN, *YOUNG) if who not in ("Moderator", "Int"))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = small_study(tmp_path / "study.cqda")
    code(made, "Women", "We share food over the wall", "What unites/Food")
    code(made, "Women", "The buses.", "What divides/Cuts")
    code(made, "Women", "And what gets in the way?", "What divides/Cuts")
    code(made, "Young people", "the park is locked", "What unites/Public spaces", "What divides/Cuts")
    yield made
    made.close()


def numbers(part: Part) -> dict[str, list[object]]:
    return {line.label: [cell.value for cell in line.cells] for line in part.lines}


def test_words_are_read_once_and_anew_when_a_text_is_corrected(project: Project) -> None:
    asked = Asked(unit="words")
    part = project.answers.ask(asked).part("codes")
    assert part.heads[0].of == SPOKEN
    assert numbers(part)["Food"] == [6, 1, 1, 1] and numbers(part)["Cuts"] == [6, 2, 2, 2]
    kept = project._session.study.words()
    assert all(kept[source] is starts for source, starts in project._session.study.words().items())
    women = project.sources.get("Women").id
    at = project.sources.text(women).index("food over")
    project.corrections.correct(women, [Edit(at, at + 4, "good hot food")])
    part = project.answers.ask(asked).part("codes")
    assert part.heads[0].of == SPOKEN + 2 and numbers(part)["Food"] == [8, 1, 1, 1]
    project.history.undo()
    assert project.answers.ask(asked).part("codes").heads[0].of == SPOKEN


def test_an_answer_keeps_up_with_what_is_coded(project: Project) -> None:
    asked = Asked("crosstab", by=("place",))
    before = numbers(project.answers.ask(asked).part("counts"))
    assert before["Food"] == [0, 1, 1] and before == numbers(project.answers.ask(asked).part("counts"))
    code(project, "Young people", "People judge you", "What unites/Food")
    assert numbers(project.answers.ask(asked).part("counts"))["Food"] == [1, 1, 2]
    project.history.undo()
    assert numbers(project.answers.ask(asked).part("counts")) == before


def test_every_number_opens_to_its_passages(project: Project) -> None:
    asked = Asked("crosstab", by=("place",), share="column")
    part = project.answers.ask(asked).part("counts")
    (cuts,) = (line for line in part.lines if line.label == "Cuts")
    assert [e.quote for e in project.answers.behind(asked, "counts", cuts.cells[0].key)] == ["the park is locked"]
    assert [e.quote for e in project.answers.behind(asked, "counts", cuts.cells[-1].key)] == [
        "The buses.", "the park is locked",
    ]  # fmt: skip
    assert part.foot is not None
    assert len(project.answers.behind(asked, "counts", part.foot.cells[-1].key)) == 4, "the moderator's is none"


def test_of_coders_and_filters_only_what_fits_is_counted(project: Project) -> None:
    project.use_coder("Bea")
    code(project, "Women", "Everybody is in the park", "What unites/Public spaces")
    mine = project.answers.ask(Asked(coders=("Asha",)))
    assert numbers(mine.part("codes"))["Public spaces"] == [1, 1, 1]
    assert mine.made.filters == ("Coder: Asha",)
    both = project.answers.ask(Asked())
    assert numbers(both.part("codes"))["Public spaces"] == [2, 2, 2]
    assert any(note.startswith("The codings of 2 coders are counted together") for note in both.notes)
    theirs = project.answers.ask(Asked(coders=("Bea",)))
    assert theirs.made.left_out == (), "who speaks there is in the denominators all the same"
    (idle,) = [note for note in (*theirs.notes, *theirs.made.counted) if "Young people" in note]
    assert idle.startswith("Nothing that is looked at is coded in 1 source (Young people)")
    place = project.answers.ask(Asked(where=(Having("source", "place", ("Batley",)),)))
    assert place.made.left_out == (("Women", "Its “place” is Dewsbury."),)
    with pytest.raises(NotFound, match=r"There is no coder “Bee”\. Did you mean: Bea"):
        project.answers.ask(Asked(coders=("Bee",)))
    project.look_as("Bea")
    hidden = project.answers.ask(Asked())
    assert hidden.notes[0] == "Only what Bea has coded is counted here; others’ codings are hidden."
    assert numbers(hidden.part("codes"))["Public spaces"] == [1, 1, 1]


def test_who_was_silent_at_a_question_is_said(project: Project) -> None:
    project.guide.set([MEAN, WAY], find=True)
    answer = project.answers.ask(Asked("crosstab", by=(QUESTION,)))
    assert numbers(answer.part("silence"))[MEAN] == [3, 2, 1], "Joan only speaks to what comes after it"
    assert numbers(answer.part("counts"))["Food"][0] == 1
