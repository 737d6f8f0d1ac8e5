"""Other evidence: figures set beside what people say, and what becomes of them when the study changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.evidence import AGREES, DIFFERS, IN_PART, Bearing, Indicator
from cohesion_qda.model.ids import CodeId, IndicatorId
from cohesion_qda.project import Project
from cohesion_qda.report.blocks import Heading, Paragraph
from cohesion_qda.report.contents import part_of
from tests.makers import code, small_study

SHEET = "indicator,place,period,value,source,code\nGet on well,Dewsbury,2019,76%,Survey,Public spaces\nGet on well,Batley,2019,61%,Survey,Bread\n"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("evidence") / "p.cqda"
    with small_study(path) as project:
        for case in project.cases.list("participant"):
            if case.role == "participant":
                project.cases.set_attribute(case.id, "age", "over 60" if case.name == "Joan" else "under 60")
    return path


@pytest.fixture
def project(study: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copy(study, tmp_path), coder="Asha") as made:
        yield made
        assert made.check() == []


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "figures.csv"
    path.write_text(SHEET, "utf-8")
    return path


def cid(project: Project, path: str) -> CodeId:
    return project.codebook.tree().get(path).id


def figures(project: Project) -> list[tuple[str, str, str]]:
    return [(each.name, each.place, each.said) for each in project.evidence.indicators()]


def test_figures_are_added_changed_moved_and_removed_and_each_can_be_undone(project: Project) -> None:
    change = project.evidence.add("  Get on   well ", place="Dewsbury", value="76,4 %", source="Survey")
    assert change.said == "Added the figure “Get on well”"
    first = project.evidence.added(change)
    assert project.evidence.get(first) == Indicator(first, "Get on well", "Dewsbury", "", "76.4", "%", "Survey")
    second = project.evidence.added(project.evidence.add("Murals", value="three in four people"))
    assert project.evidence.move(second, 0).said == "Moved the figure “Murals”"
    assert project.evidence.change(first, value="80", unit="of 100").said == "Changed the figure “Get on well”"
    assert figures(project) == [("Murals", "", "three in four people"), ("Get on well", "Dewsbury", "80 of 100")]
    assert project.evidence.change(first, value="80").is_empty
    assert project.evidence.remove([first]).said == "Removed the figure “Get on well”"
    assert project.evidence.remove([second]).said == "Removed the figure “Murals”"
    for _act in range(2):
        project.history.undo()
    assert len(figures(project)) == 2
    assert project.evidence.remove([first, second]).said == "Removed 2 figures"
    with pytest.raises(BadInput, match=r"A figure needs a name\."):
        project.evidence.add(" ", value="3")
    with pytest.raises(NotFound, match="figure"):
        project.evidence.change(IndicatorId(99), name="x")


def test_a_figure_bears_on_codes_with_a_reading_and_a_note(project: Project) -> None:
    figure = project.evidence.added(project.evidence.add("Get on well", value="76%"))
    parks, food = cid(project, "Public spaces"), cid(project, "Food")
    assert project.evidence.bear(figure, parks).said == "The figure “Get on well” bears on “Public spaces”"
    said = project.evidence.bear(figure, parks, "partly").said
    assert said == "Set the figure “Get on well” beside “Public spaces”: agrees in part"
    assert project.evidence.bear(figure, parks, note=" In Batley only. ").said.startswith("Noted how the figure")
    assert project.evidence.bear(figure, parks, IN_PART, "In Batley only.").is_empty
    assert project.evidence.bear_on(figure, [parks, food]).said == "The figure “Get on well” now bears on 2 codes"
    assert project.evidence.get(figure).bears == (Bearing(parks, IN_PART, "In Batley only."), Bearing(food))
    assert project.evidence.let_go(figure, food).said == "The figure “Get on well” no longer bears on “Food”"
    with pytest.raises(BadInput, match="cannot stand to what people say as “perhaps”") as error:
        project.evidence.bear(figure, parks, "perhaps")
    assert error.value.hint == "It is one of: agrees, in part (agrees in part), differs."
    with pytest.raises(NotFound, match="code"):
        project.evidence.bear_on(figure, [CodeId(999)])


def test_when_codes_become_one_what_bears_on_either_bears_on_it(project: Project) -> None:
    parks, food, cuts = (cid(project, name) for name in ("Public spaces", "Food", "Cuts"))
    both, one = (project.evidence.added(project.evidence.add(name)) for name in ("Both", "One"))
    project.evidence.bear(both, parks, DIFFERS, "Batley")
    project.evidence.bear(both, food)
    project.evidence.bear(one, parks, AGREES)
    project.codebook.merge(parks, into=food)
    assert project.evidence.get(both).bears == (Bearing(food, DIFFERS, "Batley"),)
    assert project.evidence.get(one).bears == (Bearing(food, AGREES),)
    project.evidence.bear(one, cuts)
    assert project.codebook.delete(food).said.endswith("(also gone: 2 figures set beside it)")
    assert project.evidence.get(both).bears == () and len(project.evidence.get(one).bears) == 1
    project.history.undo()
    assert project.evidence.get(both).bears == (Bearing(food, DIFFERS, "Batley"),)


def test_a_sheet_is_taken_in_one_act_and_again_when_it_was_brought_up_to_date(project: Project, sheet: Path) -> None:
    found = project.evidence.import_sheet(sheet)
    assert (found.new, found.changed, found.same, found.unknown) == (2, 0, 0, ("Bread",))
    assert found.change.said == "Took 2 figures from a sheet"
    assert found.warnings == ("No code is called: Bread. Say by hand what these figures bear on.",)
    first, _second = project.evidence.indicators()
    assert first.bears == (Bearing(cid(project, "Public spaces")),) and first.said == "76%"
    project.evidence.bear(first.id, first.bears[0].code, AGREES, "As people say.")
    assert project.evidence.import_sheet(sheet).change.is_empty
    sheet.write_text(SHEET.replace("61%", "64%") + "Belong,Batley,2019,..,,\nBelong,Ossett,2019,70,,\n", "utf-8")
    found = project.evidence.import_sheet(sheet)
    assert (found.new, found.changed, found.same, found.passed_over) == (1, 1, 1, (4,))
    assert found.change.said == "Took 2 figures from a sheet (changed, of those that were there: 1)"
    assert "Row 4 gives no figure and was passed over." in found.warnings
    assert project.evidence.indicators()[0].bears[0].note == "As people say."
    project.history.undo()
    assert [each.said for each in project.evidence.indicators()] == ["76%", "61%"]


def test_two_figures_of_a_sheet_that_are_called_the_same_stay_two(project: Project, sheet: Path) -> None:
    sheet.write_text("indicator,value\nA,1\nA,2\n", "utf-8")
    for _again in range(2):
        project.evidence.import_sheet(sheet)
        assert [each.value for each in project.evidence.indicators()] == ["1", "2"]


def test_people_of_the_area_are_typed_or_come_from_a_sheet(project: Project, tmp_path: Path) -> None:
    assert project.evidence.set_reference("AGE", "over 60", "12,345", period="2011").said == (
        "Set how many people of the area have “over 60” for age"
    )
    project.evidence.set_reference("age", "Over  60", "12400", period="2011", source="Census")
    path = tmp_path / "area.csv"
    path.write_text("Age,Residents\nover 60,12400\nunder 60,50000\nTotal,62400\n", "utf-8")
    assert (
        project.evidence.import_references(path, "age").said == "Set how many people of the area have 2 values of age"
    )
    kept = {figure.value: (figure.number, figure.about) for figure in project.evidence.references()}
    assert kept == {"over 60": ("12400", "participant"), "under 60": ("50000", "participant")}
    assert project.evidence.set_reference("age", "over 60", " ").said == "Took 1 reference figure for age away"
    assert project.evidence.set_reference("place", "Dewsbury", "23,4 %").said.endswith("“Dewsbury” for place")
    assert next((f.name, f.about, f.number) for f in project.evidence.references()) == ("place", "source", "23.4%")
    change = project.attributes.remove_column("participant", "age")
    assert change.said.endswith("(also gone: 1 reference figure)")
    project.history.undo()
    assert len(project.evidence.references()) == 2
    found = [figure.id for figure in project.evidence.references()]
    assert project.evidence.remove_references(found).said == "Took 2 reference figures for place, age away"


def test_of_a_sheet_about_several_attributes_what_is_wanted_is_taken(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "area.csv"
    path.write_text("Attribute,Value,Number\nage,over 60,10\nincome,low,20\n", "utf-8")
    project.evidence.import_references(path, "age")
    assert [(f.name, f.value) for f in project.evidence.references()] == [("age", "over 60")]
    with pytest.raises(NotFound, match="income"):
        project.evidence.import_references(path)
    project.evidence.set_reference("age", "60 and over", "10", instead="over 60")
    assert [(f.name, f.value) for f in project.evidence.references()] == [("age", "60 and over")]


def test_the_report_sets_them_beside_the_themes_and_nothing_identifying_leaves_with_a_note(project: Project) -> None:
    code(project, "Women", "For me it is the park.", "Public spaces")
    figure = project.evidence.added(
        project.evidence.add("Get on well", place="England", value="82%", source="Survey by Jane Bloggs")
    )
    project.evidence.bear(figure, cid(project, "Public spaces"), AGREES, "Ring 07700 900123.")
    project.evidence.set_reference("place", "Dewsbury", "62945", source="Census")
    project.evidence.set_reference("place", "Batley", "23.4%")
    data = project.reports.snapshot()
    (kept,) = data.extras.indicators
    assert (kept.place, kept.source, kept.bears[0].note) == ("England", "Survey by [name]", "")
    assert set(data.extras.triangulation.values()) == {"Ring [telephone number]."}
    assert [(each.value, each.number, each.share) for each in data.extras.references] == [
        ("Dewsbury", 62945, None), ("Batley", 0, 23.4),
    ]  # fmt: skip
    said = "".join(block.text for block in part_of(data, "triangulation") if isinstance(block, Paragraph | Heading))
    assert "Other evidence" in said and "No part of the study is of England" in said


@pytest.mark.parametrize("number", ["many", "-3", "120%"])
def test_what_is_no_number_of_people_is_refused(number: str, project: Project) -> None:
    with pytest.raises(BadInput, match="is no number of people") as error:
        project.evidence.set_reference("age", "over 60", number)
    assert "12,345" in error.value.hint and project.evidence.references() == ()


def test_a_reference_figure_needs_a_value_and_an_attribute(project: Project, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="needs a value"):
        project.evidence.set_reference("age", " ", "3")
    with pytest.raises(NotFound, match="attribute"):
        project.evidence.set_reference("income", "low", "3")
    path = tmp_path / "area.csv"
    path.write_text("Value,Number\nover 60,12400\n", "utf-8")
    with pytest.raises(BadInput, match=r"area\.csv does not say which attribute") as error:
        project.evidence.import_references(path)
    assert "attribute" in error.value.hint and project.evidence.references() == ()
