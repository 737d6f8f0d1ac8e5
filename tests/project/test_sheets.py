"""Sheets of attributes and surveys, from the file to the project."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.project import Project
from cohesion_qda.project.matching import Names, with_drafts
from cohesion_qda.store import attributes
from tests.makers import small_study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "study.cqda") as study:
        yield study


def written(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def types(project: Project, about: str) -> dict[str, str]:
    with project.sources._s.reading():
        return {name: kind for _id, name, kind in attributes.columns(project.sources._s.db, about)}


def values(project: Project, name: str) -> dict[str, str]:
    found = next(case for case in project.cases.list("participant") if case.name == name)
    return dict(found.attributes)


def test_a_sheet_with_slips_is_put_right_by_accepting_what_is_proposed(project: Project, tmp_path: Path) -> None:
    sheet = project.sources.read_sheet(
        written(
            tmp_path / "people.csv",
            ("source", "participant", "age", "interviewed"),
            ("Womn", "Amina", "34", "1/6/2023"),
            ("", "Jone", "1,051", "2/6/2023"),
            ("Young people", "Dev", "19", "3/6/2023"),
        )
    )
    result = project.sources.add_sheet(sheet)
    assert result.unmatched == ("Womn",)
    assert [item.near for item in result.proposals] == [("Women",)]
    better = sheet.renamed(result.proposals[0].taken_for("Women"))
    (jone,) = project.sources.add_sheet(better).proposals
    assert (str(jone), jone.near) == ("Women: Jone", ("Joan",))
    assert project.sources.add_sheet(better.renamed(jone.taken_for("Joan"))).unmatched == ()
    assert values(project, "Joan") == {"age": "1051", "interviewed": "2023-06-02"}
    assert types(project, "participant") == {"age": "number", "interviewed": "date"}
    project.history.undo()
    assert values(project, "Joan") == {}


def test_people_are_found_by_name_alone_where_only_one_has_it(project: Project, tmp_path: Path) -> None:
    sheet = project.sources.read_sheet(
        written(tmp_path / "p.csv", ("name", "age"), ("Carol", "61"), ("Amina", "34"), ("Nobody", "1"))
    )
    result = project.sources.add_sheet(sheet)
    assert values(project, "Carol") == {"age": "61"}
    assert result.unmatched == ("Amina", "Nobody")
    amina = result.proposals[0]
    assert (amina.near, amina.is_of_several) == (("Women", "Young people"), True)
    project.sources.add_sheet(sheet.renamed(amina.taken_for("Young people")))
    assert [c.attributes for c in project.cases.list("participant") if c.name == "Amina"] == [{}, {"age": "34"}]


def test_people_who_were_joined_are_one_for_a_sheet(project: Project) -> None:
    women, young = [case.id for case in project.cases.list("participant") if case.name == "Amina"]
    project.cases.join(women, [young])
    alone = AttributeSheet({}, {("", "Amina"): {"age": "34"}}, {"age": "number"})
    assert project.sources.add_sheet(alone).unmatched == ()
    assert values(project, "Amina") == {"age": "34"}
    disagreeing = {("Women", "Amina"): {"born": "1990"}, ("Young people", "Amina"): {"born": "1991", "sex": "f"}}
    result = project.sources.add_sheet(AttributeSheet({}, disagreeing))
    assert values(project, "Amina") == {"age": "34", "born": "1990", "sex": "f"}
    assert [miss.said for miss in result.proposals] == [
        "The sheet gives “Young people: Amina” two values for born: “1990” and “1991”. The first is taken."
    ]


def test_what_is_known_of_drafts_is_what_is_known_once_they_are_added(project: Project, tmp_path: Path) -> None:
    talk = "Moderator: What is new?\nAmina: The park is.\nModerator: And what else?\nAmina: The buses are.\n"
    paths = [tmp_path / "Women.txt", tmp_path / "Men.txt", survey(tmp_path / "survey.csv", 3)]
    for path in paths[:2]:
        path.write_text(talk + path.name, encoding="utf-8")
    drafts = project.sources.read_files(paths)
    together = [[(0, "Amina"), (1, "Amina")]]
    foretold = Names(with_drafts(project.sources.known(), drafts, together=together))
    project.sources.add(drafts, together=together)
    there = Names(project.sources.known())
    for name in [source.name for source in project.sources.list()] + [path.name for path in paths]:
        found = there.source(name)
        assert (foretold.source(name) is None) == (found is None), name
        assert found is None or (foretold.source(name) or 0) < 0 or foretold.source(name) == found
    assert [len(names.people("", "Amina")) for names in (foretold, there)] == [3, 3]


def test_a_guess_does_not_change_a_type_that_somebody_said(project: Project) -> None:
    said = AttributeSheet({"Women": {"wave": "1"}}, {}, {"wave": "category"}, is_reviewed=True)
    project.sources.add_sheet(said)
    project.sources.add_sheet(AttributeSheet({"Women": {"wave": "2"}}, {}, {"wave": "number"}))
    assert types(project, "source")["wave"] == "category"
    project.sources.add_sheet(AttributeSheet({"Women": {"wave": "2"}}, {}, {"wave": "number"}, is_reviewed=True))
    assert types(project, "source")["wave"] == "number"


def test_the_trail_counts_values_and_nothing_else(project: Project) -> None:
    sheet = AttributeSheet(
        {"Women": {"place": "Dewsbury", "month": "May", "kind": "interview"}},
        {("Women", "Carol"): {"role": "observer", "name": "Caroline", "age": "61"}},
        {"month": "text", "age": "number"},
    )
    assert project.sources.add_sheet(sheet).change.said == "Set 5 attribute values"
    assert project.sources.add_sheet(sheet).change.said == ""


def test_the_names_a_sheet_may_use(project: Project) -> None:
    known = project.sources.known()
    women = project.sources.get("Women").id
    carol = next(case for case in project.cases.list("participant") if case.name == "Carol")
    assert (known.names["Women"], known.files["Women.txt"]) == (women, [women])
    assert known.people[women, "Carol"] == carol.id


QUESTIONS = ("What brings people together where you live?", "What gets in the way?")


def survey(path: Path, n: int) -> Path:
    rows = (
        (f"R{i}", str(20 + i % 60), f"The market on Saturdays, number {i}, and the park", f"Buses after {i} o'clock")
        for i in range(n)
    )
    return written(path, ("Respondent", "Age", *QUESTIONS), *rows)


def test_a_survey_becomes_a_source_for_each_respondent_and_is_counted_by_question(
    project: Project, tmp_path: Path
) -> None:
    before = len(project.sources.list())
    path = survey(tmp_path / "survey.csv", 30)
    drafts = project.sources.read_files([path])
    result = project.sources.add(drafts)
    assert (len(result.added), result.already) == (30, ())
    r7 = project.sources.get("R7")
    reading = project.sources.reading(r7.id)
    assert (r7.kind, r7.turns, reading.attributes) == ("survey answer", 2, {"Age": "27"})
    assert [section.title for section in reading.sections] == list(QUESTIONS)
    assert r7.words == 9 + 4
    again = project.sources.add(project.sources.read_files([path]))
    assert (again.added, len(again.already)) == ((), 30)
    project.history.undo()
    assert len(project.sources.list()) == before


def test_a_file_name_that_stands_for_many_sources_stands_for_none(project: Project, tmp_path: Path) -> None:
    project.sources.add(project.sources.read_files([survey(tmp_path / "survey.csv", 3)]))
    assert Names(project.sources.known()).source("survey.csv") is None
