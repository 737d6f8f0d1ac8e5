"""What was asked and kept, when what it is about goes, becomes one with another, or is hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.answer import Answer
from cohesion_qda.model.asked import Asked, from_json
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import Having
from cohesion_qda.project import Project
from cohesion_qda.store import answers
from tests.makers import code, small_study
from tests.project.test_verbs import cid, first_case, rows

LEFT_OUT = "“{name}” is no longer there, and was left out."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "p.cqda") as made:
        code(made, "Women", "The buses. Nobody comes down", "Cuts")
        code(made, "Women", "the park. Everybody is in the park", "Public spaces")
        code(made, "Young people", "The youth club closed", "Cuts", "Class")
        made.use_coder("Ben")
        code(made, "Women", "Knowing your neighbours", "Food")
        made.use_coder("Asha")
        yield made
        assert made.check() == []


def asks(project: Project, name: str) -> Answer:
    return project.answers.ask(project.answers.get(name).asked)


def left(project: Project, name: str = "Kept") -> Asked:
    return project.answers.still(project.answers.get(name).asked)[0]


def rows_of(answer: Answer) -> list[str]:
    return [line.label for line in answer.parts[0].lines]


def keep(project: Project, kind: str, *paths: str, **more: Any) -> None:
    """Keep a question about some codes, with codes as options where an option is said with paths."""
    options = {
        name: tuple(cid(project, path) for path in value) if isinstance(value, tuple) else value
        for name, value in more.pop("options", {}).items()
    }
    project.answers.save("Kept", Asked(kind, codes=tuple(cid(project, p) for p in paths), options=options, **more))


# -- codes that become one -----------------------------------------------------------------------------------------------


def test_when_codes_become_one_what_was_kept_asks_for_the_other_in_the_same_act(project: Project) -> None:
    cuts, class_ = cid(project, "Cuts"), cid(project, "Class")
    keep(project, "crosstab", "Food", "Cuts", "Class", by=("place",))
    before = rows(project)
    change = project.codebook.merge(cuts, into=class_)
    assert "saved_answer" in change.rows
    assert project.answers.get("Kept").asked.codes == (cid(project, "Food"), class_)
    answer = asks(project, "Kept")
    assert rows_of(answer) == ["Food", "Class"]
    assert not any("no longer" in note for note in answer.notes)
    project.history.undo()
    assert rows(project) == before


def test_codes_in_options_and_the_research_question_become_one_too(project: Project) -> None:
    divides, cuts, class_ = (cid(project, path) for path in ("What divides", "Cuts", "Class"))
    lists = {"agrees": (cuts, class_), "dissents": (cuts,), "example": (cid(project, "Food"),)}
    project.answers.save("Said", Asked("dynamics", options={**lists, "question": "Why here?"}))
    project.answers.save("Themes", Asked("frequencies", options={"question": divides}))
    project.codebook.merge(cuts, into=class_)
    kept = project.answers.get("Said").asked.options
    assert (kept["agrees"], kept["dissents"], kept["question"]) == ((class_,), (class_,), "Why here?")
    unites = cid(project, "What unites")
    project.codebook.merge(divides, into=unites)
    assert project.answers.get("Themes").asked.question == unites


def test_what_another_version_kept_is_left_as_it_is(project: Project) -> None:
    keep(project, "frequencies", "Cuts")
    with project._session.act("save-answer", name="Newer"):
        answers.add(project._session.db, "Newer", '{"version": 99, "codes": [4]}')
    project.codebook.merge(cid(project, "Cuts"), into=cid(project, "Class"))
    texts = {name: text for _id, name, text in answers.all_(project._session.db)}
    assert texts["Newer"] == '{"version": 99, "codes": [4]}'
    assert [kept.name for kept in project.answers.list()] == ["Kept"]


def test_the_portrait_of_somebody_who_becomes_one_with_another_is_of_both(project: Project) -> None:
    carol, joan = first_case(project, "Carol").id, first_case(project, "Joan").id
    project.answers.save("Kept", Asked("portrait", options={"case": carol}))
    project.cases.join(joan, [carol])
    assert asks(project, "Kept").title == project.answers.ask(Asked("portrait", options={"case": joan})).title


# -- what is gone --------------------------------------------------------------------------------------------------------


def test_a_code_that_is_gone_is_left_out_and_said_where_another_is_left(project: Project) -> None:
    keep(project, "crosstab", "Food", "Cuts", by=("place",))
    project.codebook.delete(cid(project, "Cuts"))
    answer = asks(project, "Kept")
    assert rows_of(answer) == ["Food"]
    assert LEFT_OUT.format(name="What divides/Cuts") in answer.notes
    assert project.answers.ask(answer.asked).notes == answer.notes, "and again in what is written from it"
    project.history.undo()
    assert rows_of(asks(project, "Kept")) == ["Food", "Cuts"], "it was kept as it was"


@pytest.mark.parametrize(
    ("kept", "gone"),
    [
        (lambda p: keep(p, "crosstab", "Cuts", by=("place",)), "What divides/Cuts"),
        (lambda p: keep(p, "dynamics", options={"agrees": ("Cuts",), "dissents": ("Cuts",)}), "What divides/Cuts"),
        (lambda p: keep(p, "frequencies", options={"question": cid(p, "Cuts")}), "What divides/Cuts"),
        (lambda p: keep(p, "framework", "Cuts"), "What divides/Cuts"),
        (lambda p: keep(p, "portrait", options={"source": p.sources.get("Young people").id}), "Young people"),
        (lambda p: keep(p, "portrait", options={"case": first_case(p, "Dev").id}), "Dev"),
        (lambda p: keep(p, "dynamics", options={"source": p.sources.get("Young people").id}), "Young people"),
    ],
    ids=["codes", "answers of people", "research question", "framework", "source", "case", "group"],
)
def test_nothing_left_of_what_it_is_about_is_no_answer_to_anything_else(
    project: Project, kept: Callable[[Project], None], gone: str, tmp_path: Path
) -> None:
    kept(project)
    project.codebook.delete(cid(project, "Cuts"))
    project.sources.remove(project.sources.get("Young people").id)
    asked = project.answers.get("Kept").asked
    acts: list[Callable[[], object]] = [
        lambda: project.answers.ask(asked),
        lambda: project.answers.behind(asked, "codes", (1,)),
        lambda: project.answers.write(asked, tmp_path / "kept.csv"),
    ]
    for act in acts:
        with pytest.raises(BadInput) as told:
            act()
        assert str(told.value).startswith(f"“{gone}”, which this answer was about, is no longer there.")
        assert told.value.hint
    assert not (tmp_path / "kept.csv").exists()


def test_of_the_codes_that_stand_for_responses_those_that_are_left_are_asked_for(project: Project) -> None:
    keep(project, "dynamics", options={"agrees": ("Cuts", "Class"), "dissents": ("Cuts",)})
    project.codebook.delete(cid(project, "Cuts"))
    answer = asks(project, "Kept")
    assert left(project).options == {"agrees": (cid(project, "Class"),), "dissents": ()}
    assert answer.notes.count(LEFT_OUT.format(name="What divides/Cuts")) == 1


def test_attributes_and_values_that_are_gone_are_left_out_where_others_are_left(project: Project) -> None:
    project.sources.set_attribute(project.sources.get("Women").id, "area", "North")
    keep(project, "crosstab", "Cuts", by=("place", "area"), where=(Having("source", "place", ("Dewsbury", "Batley")),))
    project.sources.remove(project.sources.get("Young people").id)
    project.attributes.remove_column("source", "area")
    answer = asks(project, "Kept")
    assert (left(project).by, left(project).where) == (("place",), (Having("source", "place", ("Dewsbury",)),))
    assert {LEFT_OUT.format(name="area"), LEFT_OUT.format(name="Batley")} <= set(answer.notes)
    project.sources.set_attribute(project.sources.get("Women").id, "place", "Leeds")
    with pytest.raises(NotFound, match=r"no value “Dewsbury”.*Leeds"):
        asks(project, "Kept")


def test_what_was_never_kept_or_shown_is_a_mistake(project: Project) -> None:
    food = cid(project, "Food")
    for asked, words in (
        (Asked("frequencies", codes=(food, CodeId(99))), "no code “99”"),
        (Asked("frequencies", coders=("Asha", "Bne")), r"no coder “Bne”.*Ben"),
        (Asked("crosstab", by=("place", "aera")), "no attribute “aera”"),
    ):
        with pytest.raises(NotFound, match=words):
            project.answers.ask(asked)


def test_a_question_says_itself_with_the_names_it_was_kept_with(project: Project) -> None:
    keep(project, "portrait", "Cuts", options={"source": project.sources.get("Women").id})
    (_id, _name, text), *_none = answers.all_(project._session.db)
    asked = from_json(text)
    assert asked.called == {f"code {cid(project, 'Cuts')}": "What divides/Cuts", "source 1": "Women"}
    project.codebook.rename(cid(project, "Cuts"), "Savings")
    again = project.answers.named(asked)
    assert again == asked, "names are no part of what is asked"
    assert again.called is not None
    assert "What divides/Savings" in again.called.values()


# -- what is hidden ------------------------------------------------------------------------------------------------------


def test_what_somebody_else_coded_is_not_told_as_nothing_while_it_is_hidden(project: Project) -> None:
    alone, both = Asked("frequencies", coders=("ben",)), Asked("frequencies", coders=("Asha", "Ben"))
    project.answers.save("Ben's", alone)
    project.answers.save("Both", both)
    project.look_as("Asha")
    for asked in (alone, both, project.answers.get("Ben's").asked):
        with pytest.raises(BadInput, match="What Ben has coded is hidden") as told:
            project.answers.ask(asked)
        assert told.value.hint == "Show others’ codings first."
    answer = asks(project, "Both")
    assert left(project, "Both").coders == ("Asha",)
    assert answer.notes[0].startswith("Only what Asha has coded is counted here"), "that says it"
    assert not any("no longer" in note for note in answer.notes)
    project.look_as(None)
    assert left(project, "Both").coders == ("Asha", "Ben")
