"""Other evidence in a shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_study import run
from tests.makers import small_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with small_study(tmp_path / "study.cqda") as project:
        return project.path


def test_figures_are_taken_from_a_sheet_set_beside_codes_and_told(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "evidence", study)[0].startswith("No other evidence yet.")
    sheet = tmp_path / "figures.csv"
    sheet.write_text(
        "indicator,place,period,value,theme\nGet on well,Dewsbury,2019,76%,Bread\nBelong,Dewsbury,2019,..,\n", "utf-8"
    )
    out, err = run(capsys, "evidence", study, "--import", sheet)
    assert out == "Took 1 figure from a sheet.\n"
    assert err.splitlines() == [
        "Row 3 gives no figure and was passed over.",
        "No code is called: Bread. Say by hand what these figures bear on.",
    ]
    assert (
        run(capsys, "evidence", study, "--import", sheet)[0] == "Every figure of the sheet is in the project already.\n"
    )
    said = run(
        capsys, "evidence", study, "--bears", "1", "Food", "--reading", "differs", "--note", "Not of the young."
    )[0]
    assert said == "Set the figure “Get on well” beside “Food”: differs.\n"
    run(
        capsys,
        "evidence",
        study,
        "--add",
        "Median age",
        "40",
        "--place",
        "England",
        "--source",
        "Census",
        "--unit",
        "years",
    )
    assert run(capsys, "evidence", study)[0].splitlines() == [
        "1. Get on well: 76%, Dewsbury, 2019", "    What unites/Food: differs", "2. Median age: 40 years, England, Census",
    ]  # fmt: skip
    found = json.loads(run(capsys, "evidence", study, "--json")[0])["indicators"]
    assert found[0]["bears_on"] == [{"code": "What unites/Food", "reading": "differs", "note": "Not of the young."}]
    assert found[1] == {"number": 2, "name": "Median age", "place": "England", "period": "", "value": "40", "unit": "years",
                        "source": "Census", "note": "", "bears_on": []}  # fmt: skip
    assert run(capsys, "evidence", study, "--let-go", "1", "Food")[0].endswith("no longer bears on “Food”.\n")
    assert run(capsys, "evidence", study, "--remove", "1")[0] == "Removed the figure “Get on well”.\n"
    assert "There is no figure 9." in run(capsys, "evidence", study, "--remove", "9", status=1)[1]


def test_people_of_the_area_are_taken_from_a_sheet(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "area.csv"
    sheet.write_text("Place,Residents\nDewsbury,62945\nBatley,24.1%\n", "utf-8")
    run(capsys, "evidence", study, "--references", sheet, "--attribute", "place")
    assert run(capsys, "evidence", study)[0].splitlines() == [
        "place: Dewsbury, 62,945 in the area",
        "place: Batley, 24.1% in the area",
    ]
    found = json.loads(run(capsys, "evidence", study, "--json")[0])["references"]
    assert found[0] == {
        "attribute": "place",
        "about": "source",
        "value": "Dewsbury",
        "number": "62945",
        "period": "",
        "source": "",
    }
    assert "does not say which attribute" in run(capsys, "evidence", study, "--references", sheet, status=1)[1]
