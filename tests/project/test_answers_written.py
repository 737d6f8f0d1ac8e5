"""Writing answers: what is in the file, what is in the trail, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pyreadstat
import pytest

from cohesion_qda.base.errors import BadInput, CannotWrite, NotFound
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from tests.makers import code
from tests.report.test_singling import study

CROSSTAB = Asked("crosstab", by=("place",))


@pytest.fixture
def project(sample_study: Path):  # type: ignore[no-untyped-def]
    with Project.open(sample_study) as opened:
        yield opened


def cells(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [cell for row in csv.reader(file) for cell in row[1:]]


def test_small_numbers_are_hidden_unless_that_is_put_off(project: Project, tmp_path: Path) -> None:
    change = project.answers.write(CROSSTAB, tmp_path / "a.csv")
    assert change.said == f"Wrote “Codes by place” to {tmp_path / 'a.csv'} with numbers below 5 hidden"
    assert "[c]" in cells(tmp_path / "a.csv") and not {"1", "2", "3", "4"} & set(cells(tmp_path / "a.csv"))
    change = project.answers.write(CROSSTAB, tmp_path / "b.csv", suppress=0)
    assert change.said == f"Wrote “Codes by place” to {tmp_path / 'b.csv'} with every number"
    assert "[c]" not in cells(tmp_path / "b.csv") and {"1", "2", "3", "4"} <= set(cells(tmp_path / "b.csv"))
    few = cells(tmp_path / "a.csv").count("[c]")
    project.answers.write(CROSSTAB, tmp_path / "c.csv", suppress=10)
    assert cells(tmp_path / "c.csv").count("[c]") > few
    entry = project.history.trail(1)[0]
    assert entry.kind == "export-answer-hidden" and "numbers below 10 hidden" in entry.told


def test_mentions_are_hidden_where_few_people_made_them(project: Project, tmp_path: Path) -> None:
    asked = Asked("crosstab", by=("place",), unit="mentions")
    answer, after = project.answers.ask(asked), project.answers.hidden(asked, 5)
    people = project.answers.ask(Asked("crosstab", by=("place",)))
    hidden = [p for p in after.parts[0].places() if after.parts[0].cell(p).is_hidden]
    many = [p for p in hidden if answer.parts[0].cell(p).value >= 5 and people.parts[0].cell(p).value < 5]  # type: ignore[operator]
    assert many, "many mentions of few people are about these few"


def test_the_long_form_is_a_sheet_of_its_own_or_the_file(project: Project, tmp_path: Path) -> None:
    project.answers.write(CROSSTAB, tmp_path / "a.xlsx", suppress=0, tidy=True, quotes=True)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
    assert book.sheetnames[-2:] == ["Long form", "Participants"]
    assert any("could be recognised" in str(row[1].value) for row in book["Notes"].iter_rows())
    project.answers.write(CROSSTAB, tmp_path / "a.sav", suppress=0, tidy=True)
    frame, meta = pyreadstat.read_sav(tmp_path / "a.sav")
    assert {"Source", "Participant", "Code", "Coder", "place"} <= set(meta.column_labels), meta.column_labels
    assert len(frame) >= 742 and set(meta.variable_value_labels["place"].values()) == {
        "Batley & Spen", "Dewsbury", "Huddersfield", "Rural",
    }  # fmt: skip


def test_who_writes_is_told_of_people_who_could_be_recognised(project: Project) -> None:
    assert project.answers.warnings(CROSSTAB) == []
    assert "People are named here" in project.answers.warnings(CROSSTAB, tidy=True)[0]
    assert "Only 1 participant" in project.answers.warnings(CROSSTAB, tidy=True, quotes=True)[1]
    assert "People are named here" in project.answers.warnings(Asked("framework"))[0]


def test_the_trail_says_what_was_hidden_and_not_what_was_wished(project: Project, tmp_path: Path) -> None:
    change = project.answers.write(Asked("framework", options={"cases": "groups"}), tmp_path / "f.xlsx", suppress=5)
    assert change.said.endswith("f.xlsx with every number"), "nothing can be hidden in what names people"


def test_whom_the_quotations_of_an_answer_single_out(tmp_path: Path) -> None:
    with study(tmp_path / "p.cqda") as project:
        assert project.answers.singled(CROSSTAB) == ()
        project.use_coder("Ben")
        code(project, "Imam", "open the hall", "What unites/Public spaces")
        agreement = Asked("agreement", options={"repeats": 0, "over": "characters"})
        (told,) = project.answers.warnings(agreement)
        assert told.startswith("Only 1 participant of the study speaks in “Imam”")
        (yusuf,) = [case for case in project.cases.list("participant") if case.name == "Yusuf"]
        spaces = project.codebook.tree().get("What unites/Public spaces").id
        people = Asked("framework", options={"cases": "participants"})
        assert len(project.answers.warnings(people)) == 1, "nobody is quoted yet"
        (imam,) = [source for source in project.sources.list() if source.name == "Imam"]
        project.framework.link(yusuf.id, spaces, [(imam.id, Span(6, 30))])
        assert "“Imam”" in project.answers.warnings(people)[1]


def test_who_stops_the_writing_gets_no_file_and_no_line_in_the_trail(project: Project, tmp_path: Path) -> None:
    trail, job = len(project.history.trail(1000)), Job()
    job.cancel()
    with pytest.raises(Cancelled):
        project.answers.write(CROSSTAB, tmp_path / "a.xlsx", job=job)
    assert not (tmp_path / "a.xlsx").exists() and len(project.history.trail(1000)) == trail


def test_tables_that_name_people_are_left_out_where_numbers_are_hidden(project: Project, tmp_path: Path) -> None:
    asked = Asked("dynamics")
    project.answers.write(asked, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
    told = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(
        "Left out, because people are named in them: Who says how much; How each responds." in text for text in told
    )
    names = {case.name for case in project.cases.list("participant")}
    assert not names & set(told)
    for wanted in ({"part": "shares"}, {"part": "responses"}, {"part": "shares", "figure": "bars"}):
        with pytest.raises(BadInput, match=r"names people, so it is left out where small numbers are hidden"):
            project.answers.write(asked, tmp_path / "b.csv", **wanted)
    assert "People are named here" in project.answers.warnings(asked)[0]
    assert not any("People are named" in sentence for sentence in project.answers.warnings(asked, suppress=5))
    assert not (tmp_path / "b.csv").exists()


def test_what_cannot_be_written_is_said_and_leaves_nothing(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    trail = len(project.history.trail(1000))
    with pytest.raises(BadInput, match=r"Small numbers cannot be hidden below 3. Say 5 or 10, or off to hide none."):
        project.answers.write(CROSSTAB, folder / "a.csv", suppress=3)
    with pytest.raises(
        BadInput, match=r"The long form lists every coding: the numbers that are hidden could be counted in it."
    ):
        project.answers.write(CROSSTAB, folder / "a.xlsx", tidy=True)
    with pytest.raises(BadInput, match=r"cannot be written as “.pptx”. Give a name that ends in .csv, .xlsx, .ods"):
        project.answers.write(CROSSTAB, folder / "a.pptx")
    with pytest.raises(BadInput, match=r"has no part “pairs”"):
        project.answers.write(CROSSTAB, folder / "a.csv", part="pairs")
    with pytest.raises(CannotWrite, match=r"There is no folder"):
        project.answers.write(CROSSTAB, folder / "b" / "a.csv")
    with pytest.raises(NotFound, match="There is no"):
        project.answers.write(Asked("crosstab", by=("plaice",)), folder / "a.csv")
    assert not list(folder.iterdir()) and len(project.history.trail(1000)) == trail


def test_a_project_for_reading_only_may_be_written_from(sample_study: Path, tmp_path: Path) -> None:
    with Project.open(sample_study, read_only=True) as project:
        assert project.answers.write(CROSSTAB, tmp_path / "a.ods").is_empty
    assert (tmp_path / "a.ods").exists()
