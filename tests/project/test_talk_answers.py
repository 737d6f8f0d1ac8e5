"""Group dynamics, portrait and timeline asked of a project, as a researcher would from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from cohesion_qda.model.asked import Asked
from cohesion_qda.model.query import Having
from tests.makers import code, small_study
from tests.report.answers.made_material import table


@pytest.fixture
def project(tmp_path: Path):
    with small_study(tmp_path / "study.cqda") as made:
        yield made


def _case(project, source: str, label: str) -> int:
    reading = project.sources.reading(project.sources.get(source).id)
    return next(s.case for s in reading.speakers.values() if s.label == label)


def test_a_share_of_talk_opens_to_what_was_said(project):
    asked = Asked("dynamics", options={"source": project.sources.get("Women").id})
    part = project.answers.ask(asked).part("shares")
    assert table(part)["Joan"][1:3] == [4, 1]  # what stands in brackets is not speech
    key = next(line for line in part.lines if line.label == "Amina").cells[1].key
    found = project.answers.behind(asked, "shares", key)
    assert [(one.speakers, one.turn) for one in found] == [(("Amina",), 2), (("Amina",), 5)]
    assert found[0].quote.endswith("😀 every Eid.")
    assert found[0].passage is None
    project.cases.rename(_case(project, "Women", "Amina"), "Mrs Begum")
    assert project.answers.behind(asked, "shares", key)[0].speakers == ("Mrs Begum",), "by their names in the study"


def test_two_labels_of_one_person_are_one_and_no_change_of_speaker(project):
    women, young = project.sources.get("Women").id, project.sources.get("Young people").id
    before = project.answers.ask(Asked("dynamics", options={"source": women})).part("follows")
    assert before.foot.cells[-1].value == 5
    amina, joan = _case(project, "Women", "Amina"), _case(project, "Women", "Joan")
    project.cases.join(amina, [joan, _case(project, "Young people", "Amina")])
    answer = project.answers.ask(Asked("dynamics", options={"source": women}))
    assert table(answer.part("shares"))["Amina"][2] == 3
    assert answer.part("follows").foot.cells[-1].value == 4  # Joan after Amina is now Amina going on
    assert table(project.answers.ask(Asked("dynamics", options={"source": young})).part("shares"))["Amina"][2] == 1
    everywhere = project.answers.ask(Asked("dynamics"))
    assert len(everywhere.part("shares").lines) == 4
    assert everywhere.part("totals").heads[-1].of == 3  # Amina, Carol, Dev
    project.history.undo()
    assert table(project.answers.ask(Asked("dynamics", options={"source": women})).part("shares"))["Joan"][2] == 1


def test_responses_to_a_question_open_to_their_codings(project):
    code(project, "Women", "The buses. Nobody comes down after six.", "Cuts")
    code(project, "Women", "(laughs) That is exactly it.", "Class")
    tree, women = project.codebook.tree(), project.sources.get("Women").id
    project.guide.set(["What gets in the way?"])
    (question,) = project.guide.questions()
    project.sections.place(women, project.sources.reading(women).turns[3].span.start, question=question.id)
    options = {
        "source": women, "question": "What gets in the way?",
        "example": (tree.get("Cuts").id,), "agrees": (tree.get("Class").id,),
    }  # fmt: skip
    asked = Asked("dynamics", options=options)
    project.answers.save("Who agrees", asked)
    part = project.answers.ask(project.answers.get("who agrees").asked).part("responses")
    assert table(part) == {"Amina": [0, 1, "SE"], "Carol": [None, None, "NR"], "Joan": [1, 0, "A"]}
    found = project.answers.behind(asked, "responses", part.lines[2].cells[0].key)
    assert [one.quote for one in found] == ["(laughs) That is exactly it."]
    assert found[0].passage.code_path == "What divides/Class"


def test_a_correction_and_an_undo_are_counted_at_once(project):
    asked = Asked("portrait", options={"source": project.sources.get("Women").id})
    assert project.answers.ask(asked).part("order").lines == ()
    code(project, "Women", "it is the park", "Public spaces")
    (line,) = project.answers.ask(asked).part("order").lines
    assert [cell.value for cell in line.cells][:3] == ["Public spaces", "Carol", 3]
    assert line.cells[5].value == 4
    assert [one.quote for one in project.answers.behind(asked, "order", line.cells[0].key)] == ["it is the park"]
    project.history.undo()
    assert project.answers.ask(asked).part("order").lines == ()


def test_the_timeline_of_an_import_and_of_dates_that_are_given_later(project):
    part = project.answers.ask(Asked("timeline")).part("events")
    assert len(part.lines) == 1
    assert part.lines[0].cells[0].value == 2
    assert any("on the page Attributes" in note for note in part.notes)
    for name, day in (("Women", "12/03/2025"), ("Young people", "1 April 2025")):
        project.sources.set_attribute(project.sources.get(name).id, "met", day)
    code(project, "Women", "it is the park", "Public spaces")
    answer = project.answers.ask(Asked("timeline", where=(Having("source", "place", ("Dewsbury", "Batley")),)))
    assert [line.label for line in answer.part("events").lines] == ["12 March 2025", "1 April 2025"]
    assert [line.cells[3].value for line in answer.part("events").lines] == [1, 0]
    assert [head.label for head in answer.part("coded").heads] == ["Asha", "All coders"]
