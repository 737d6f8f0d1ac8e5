"""Sheets of figures from elsewhere and of the people of an area, as councils, statistics offices and researchers write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats import figures
from cohesion_qda.formats.evidence import MOST, read_indicators
from cohesion_qda.formats.references import read_references
from cohesion_qda.model.evidence import AGREES, DIFFERS, IN_PART, reading_of


def sheet(folder: Path, text: str, name: str = "figures.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def read(folder: Path, text: str, *fields: str, name: str = "figures.csv") -> list[tuple[str, ...]]:
    fields = fields or ("name", "place", "period", "value", "unit")
    return [tuple(getattr(d, field) for field in fields) for d in read_indicators(sheet(folder, text, name)).drafts]


WELL = "People get on well"
HABITS = {
    "the columns of the guide": "indicator,place,period,value,source\nPeople get on well,Dewsbury,2019,76%,Survey\n",
    "other titles in another order": "Area name,Year,Measure,Percentage\nDewsbury,2019,People get on well,76\n",
    "capitals, underscores and units in brackets": "INDICATOR_NAME,LOCAL_AUTHORITY,TIME_PERIOD,VALUE (%)\nPeople get on well,Dewsbury,2019,76.0\n",
    "a title above, blank rows, and remarks below": "Survey of residents;;;\n;;;\nIndicator;Ward;Year;%\n;;;\nPeople get on well;Dewsbury;2019;76\n;;;\nNumbers are weighted.;;;\n",
    "places across": "Question,Dewsbury\nPeople get on well,76%\n",
    "years across": "Question,Area,2019\nPeople get on well,Dewsbury,76%\n",
    "indicators across": "Place,Year,People get on well\nDewsbury,2019,76%\n",
    "in Welsh": "Dangosydd,Lle,Blwyddyn,Canran\nPeople get on well,Dewsbury,2019,76\n",
    "a column of units": "Indicator,Place,Period,Value,Unit\nPeople get on well,Dewsbury,2019,76,per cent\n",
    "shares of one": "Indicator,Place,Period,Percent\nPeople get on well,Dewsbury,2019,0.76\n",
}  # fmt: skip


@pytest.mark.parametrize("habit", HABITS)
def test_a_figure_is_found_however_its_sheet_is_laid(habit: str, tmp_path: Path) -> None:
    ((name, place, period, value, unit),) = read(tmp_path, HABITS[habit])
    assert (name, place, float(value), unit) == (WELL, "Dewsbury", 76, "%")
    assert period == ("" if habit == "places across" else "2019")


def test_decimal_commas_thousands_and_words(tmp_path: Path) -> None:
    text = "indicator;value\nA;76,4%\nB;61\nC;1.234,5\nD;under 5\nE;0,764\n"
    assert read(tmp_path, text, "value", "unit") == [
        ("76.4", "%"),
        ("61", ""),
        ("1234.5", ""),
        ("under 5", ""),
        ("0.764", ""),
    ]
    assert read(tmp_path, 'indicator,value\nA,"12,345"\nB,"1,234.5"\n', "value") == [("12345",), ("1234.5",)]


def test_what_is_not_told_is_passed_over_and_its_row_is_named(tmp_path: Path) -> None:
    found = read_indicators(
        sheet(tmp_path, "indicator,place,value\nA,Batley,..\nA,Dewsbury,76\n,Mirfield,[c]\n,Ossett,3\n")
    )
    assert [(d.name, d.place, d.value) for d in found.drafts] == [("A", "Dewsbury", "76"), ("A", "Ossett", "3")]
    assert found.passed_over == (2, 4)


def test_breakdowns_of_one_figure_are_told_apart_by_the_other_columns(tmp_path: Path) -> None:
    text = "indicator,place,age,area code,value\nA,Batley,16-24,E1,3\nA,Batley,25-44,E1,4\n"
    assert read(tmp_path, text, "name", "value") == [("A (16-24)", "3"), ("A (25-44)", "4")]
    assert read(tmp_path, text.replace("A,Batley,25", "B,Batley,25"), "name") == [("A",), ("B",)]


def test_a_row_may_only_name_what_those_below_it_tell(tmp_path: Path) -> None:
    text = "indicator,place,value\nA,,\n,Batley,3\n,Ossett,4\nB,,\n,Batley,5\n"
    assert read(tmp_path, text, "name", "place") == [("A", "Batley"), ("A", "Ossett"), ("B", "Batley")]


def test_where_figures_are_from_may_stand_beside_the_table(tmp_path: Path) -> None:
    above = "Source: Community Life Survey,,\nindicator,place,value\nA,Batley,3\n"
    below = "indicator,place,value,source\nA,Batley,3,\nB,Batley,4,Census\nData source - Community Life Survey,,,\n"
    assert read(tmp_path, above, "source") == [("Community Life Survey",)]
    assert read(tmp_path, below, "source") == [("Community Life Survey",), ("Census",)]


def test_what_is_measured_may_be_the_name_of_the_sheet(tmp_path: Path) -> None:
    assert read(tmp_path, "Place,Value\nBatley,3\n", "name", name="Sense_of_belonging.csv") == [("Sense of belonging",)]
    assert read(tmp_path, "Sense of belonging,\nPlace,Value\nBatley,3\n", "name") == [("Sense of belonging",)]


def test_codes_and_readings_stand_beside_a_figure(tmp_path: Path) -> None:
    text = "indicator,value,theme,reading\nA,3,Public spaces; What unites/Food,partly\nB,4,,who knows\n"
    assert read(tmp_path, text, "codes", "reading") == [(("Public spaces", "What unites/Food"), IN_PART), ((), "")]
    assert [reading_of(words) for words in ("Agrees in part", "AGREE", "differ", "", "maybe")] == [
        IN_PART,
        AGREES,
        DIFFERS,
        "",
        None,
    ]


def test_cells_that_a_spreadsheet_shows_as_percentages(tmp_path: Path) -> None:
    book = Workbook()
    rows = (("Indicator", "Place", 2018, 2019), (WELL, "Dewsbury", 0.764, 1), ("Average age", "Dewsbury", 40.5, 41))
    for row in rows:
        book.active.append(row)
    for cell in book.active[2][2:]:
        cell.number_format = "0.0%"
    book.save(tmp_path / "figures.xlsx")
    found = read_indicators(tmp_path / "figures.xlsx").drafts
    assert [(d.name, d.period, d.value, d.unit) for d in found] == [
        (WELL, "2018", "76.4", "%"), (WELL, "2019", "100", "%"), ("Average age", "2018", "40.5", ""), ("Average age", "2019", "41", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["Name,Colour\nPark,green\n", "indicator,place,value\nA,Batley,..\n", "only words\n"])
def test_a_sheet_without_figures_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(CannotReadSource, match="There are no figures in figures") as error:
        read_indicators(sheet(tmp_path, text))
    assert "indicator, place, period, value and source" in error.value.hint


def test_a_sheet_of_a_whole_country_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"A,Place {n},{n}\n" for n in range(MOST + 1))
    with pytest.raises(CannotReadSource, match="has 1,001 figures") as error:
        read_indicators(sheet(tmp_path, f"indicator,place,value\n{rows}"))
    assert "Keep the rows" in error.value.hint


@given(st.floats(-1e6, 1e6, allow_nan=False).map(lambda n: round(n, 2)), st.sampled_from(["", "%", " %", " per cent"]))
def test_a_number_is_kept_as_it_is_in_every_spelling(number: float, sign: str) -> None:
    unit = "%" if sign else ""
    for written in (f"{number:.2f}", f"{number:,.2f}"):
        assert figures.figure(written + sign) == (f"{number:.2f}", unit)
    comma = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    assert figures.figure(comma + sign, decimal_comma=True) == (f"{number:.2f}", unit)
    kept, _unit = figures.figure(f"{number:.2f}")
    assert figures.figure(kept) == (kept, "")


# -- people of the area --------------------------------------------------------------------------------------------------


def people(folder: Path, text: str, attribute: str = "age band") -> list[tuple[str, str, str]]:
    return [(d.attribute, d.value, d.number) for d in read_references(sheet(folder, text), attribute)]


AREA = {
    "value and number": "value,number\n18-24,\"45,300\"\n25-44,110000\n",
    "the attribute is the title": "Age band,Residents\n18-24,45300\n25-44,110000\nAll residents,155300\n",
    "numbers before shares": "Category,Percent,Number\n18-24,29.2,45300\n25-44,70.8,110000\n",
    "no title of ours": "Ages,2011\n18-24,45300\n25-44,110000\nTotal,155300\n",
    "a table of the census": "Table KS102;\nSource: Census;\nAge band;Usual residents\n18-24;45300\n25-44;110000\n",
}  # fmt: skip


@pytest.mark.parametrize("habit", AREA)
def test_people_of_the_area_are_found_however_their_sheet_is_laid(habit: str, tmp_path: Path) -> None:
    assert people(tmp_path, AREA[habit]) == [("age band", "18-24", "45300"), ("age band", "25-44", "110000")]


def test_shares_are_taken_where_there_are_no_numbers(tmp_path: Path) -> None:
    assert people(tmp_path, "Age band;Share\n18-24;29,2\n25-44;70,8\n") == [
        ("age band", "18-24", "29.2%"),
        ("age band", "25-44", "70.8%"),
    ]
    assert people(tmp_path, "Age band,Share\n18-24,0.25\n25-44,0.75\n")[0][2] == "25%"
    assert people(tmp_path, "Age band,Residents\n18-24,25%\n25-44,75%\n")[0][2] == "25%"


def test_a_sheet_may_be_about_several_attributes(tmp_path: Path) -> None:
    text = "Attribute,Value,Number,Period,Source\nage,18-24,10,2011,Census\n,25-44,20,2011,Census\ngender,women,15,2011,Census\n"
    found = read_references(sheet(tmp_path, text))
    assert [(d.attribute, d.value) for d in found] == [("age", "18-24"), ("age", "25-44"), ("gender", "women")]
    assert {(d.period, d.source) for d in found} == {("2011", "Census")}


@pytest.mark.parametrize("text", ["Name,Colour\nPark,green\n", "value,number\n18-24,-5\n", "number\n5\n"])
def test_a_sheet_that_tells_no_people_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(CannotReadSource, match="does not say how many people there are of each kind") as error:
        people(tmp_path, text)
    assert "value and number" in error.value.hint
