from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_sheets import delimited, ods, workbook

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats import grid
from cohesion_qda.formats.sheet import read_sheet
from cohesion_qda.model.attribute import AttributeSheet


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimited_sheets(tmp_path, codec, delimiter):
    rows = [
        ["Source", "Participant", "Place", "Age "],
        ["Group 1.docx", "", "Dewsbury café", ""],
        ["Group 1.docx", "Anna", "", "34"],
        ["", "Bilal", "", "41"],
        [],
        ["Group 2", "", '"Batley, north"', ""],
    ]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(codec))
    sheet = read_sheet(path)
    assert sheet.of_sources == {"Group 1.docx": {"Place": "Dewsbury café"}, "Group 2": {"Place": "Batley, north"}}
    assert sheet.of_participants == {
        ("Group 1.docx", "Anna"): {"Age": "34"},
        ("Group 1.docx", "Bilal"): {"Age": "41"},
    }


def test_workbooks(tmp_path):
    day = datetime.datetime(2023, 9, 15)
    path = workbook(
        tmp_path / "a.xlsx",
        Groups=[
            ["FILE", "place", "date", "size", "begin", "share", "paid"],
            ["g1", "Batley", day, 6.0, datetime.time(17, 30), 0.25, True],
            ["g2", None, datetime.datetime(2023, 9, 16, 10, 5), "#N/A", None, None, False],
        ],
        People=[["transcript", "speaker", "age"], ["g1", "P1", 34], ["g1", "P2", None]],
        Remarks=[["nothing to see"]],
        Empty=[],
    )
    sheet = read_sheet(path)
    assert sheet.of_sources == {
        "g1": {"place": "Batley", "date": "2023-09-15", "size": "6", "begin": "17:30", "share": "0.25", "paid": "yes"},
        "g2": {"date": "2023-09-16 10:05", "paid": "no"},
    }
    assert sheet.of_participants == {("g1", "P1"): {"age": "34"}, ("g1", "P2"): {}}


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("group,place\nx,y\n", "a.csv has no column called source or participant. Give the column with the names"),
        ("name\nx\n", "a.csv has no column called source or participant. Give the column with the names"),
        ("source,place,Place\nx,y,z\n", "a.csv has two columns called “place”. Give each column its own title."),
        ("source,place,age\nx,y,3\n,z,4\n", "Row 3 of a.csv does not say which source it is about. Fill in its cell"),
        (
            "source,place\nx,y\nx,z\n",
            "a.csv gives “x” two values for place: “y” and “z”. Keep one of the two rows.",
        ),
        (
            "source,label,age\nx,P1,3\nx,P1,4\n",
            "a.csv gives “x, P1” two values for age: “3” and “4”.",
        ),
        ("", "a.csv is empty: it has 0 bytes."),
        (" \n\n", "There is nothing in a.csv: every cell is empty. Open it in a spreadsheet program"),
        ("name,age\nx,1\nx,2\n", "a.csv gives “x” two values for age: “1” and “2”. Keep one of the two rows."),
        ("name,age,Age\nx,1,2\n", "a.csv has two columns called “age”."),
        ("source" + "," * 600 + "x", "a.csv has more than 100000 rows, 500 columns or 1000000 cells. Keep only"),
    ],
)
def test_sheets_that_cannot_be_used(tmp_path, written, sentence):
    path = tmp_path / "a.csv"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(CannotReadSource) as raised:
        read_sheet(path)
    assert sentence in str(raised.value)
    assert raised.value.hint


def test_a_remark_below_the_table_is_passed_over(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("source,place\nx,y\n,* estimated\n", encoding="utf-8")
    assert read_sheet(path).of_sources == {"x": {"place": "y"}}


def test_too_many_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(grid, "ROW_LIMIT", 3)
    path = tmp_path / "a.csv"
    path.write_text("source\n" + "x\n" * 5, encoding="utf-8")
    with pytest.raises(CannotReadSource, match="has more than 3 rows, "):
        read_sheet(path)


@given(st.binary(max_size=200), st.sampled_from([".csv", ".xlsx", ".ods"]), st.booleans())
def test_any_bytes_give_a_sheet_or_a_sentence(tmp_path_factory, data, suffix, titled):
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes((b"source,place\n" if titled else b"") + data)
    try:
        read_sheet(path)
    except CannotReadSource as error:
        assert error.message


def test_people_whatever_their_source(tmp_path):
    path = delimited(tmp_path / "a.csv", [["Name", "age"], ["Anna", "34"], ["", "9"], ["Bilal", ""]])
    assert read_sheet(path).of_participants == {("", "Anna"): {"age": "34"}, ("", "Bilal"): {}}


def test_groups_and_people_on_worksheets_of_one_file(tmp_path):
    sheets = {
        "Groups": [["source", "place"], ["g1", "Batley"]],
        "People": [["participant", "age"], ["Anna", 34]],
        "Contacts": [["name", "telephone"], ["Nadia", "01924"]],
    }
    for path in (workbook(tmp_path / "a.xlsx", **sheets), ods(tmp_path / "a.ods", **sheets)):
        sheet = read_sheet(path)
        assert sheet.of_sources == {"g1": {"place": "Batley"}}
        assert sheet.of_participants == {("", "Anna"): {"age": "34"}}


def test_a_column_called_name_is_of_people_where_a_source_has_several(tmp_path):
    several = [["file", "name", "age"], ["g1", "Anna", "3"], ["", "Bilal", "4"], ["g2", "Carol", "5"]]
    assert set(read_sheet(delimited(tmp_path / "a.csv", several)).of_participants) == {
        ("g1", "Anna"), ("g1", "Bilal"), ("g2", "Carol"),
    }  # fmt: skip
    alone = [["file", "name"], ["i1", "Anna"], ["i2", "Bilal"]]
    assert read_sheet(delimited(tmp_path / "a.csv", alone)).of_sources == {
        "i1": {"name": "Anna"},
        "i2": {"name": "Bilal"},
    }


def test_types_are_guessed_and_values_kept_as_their_type_has_them(tmp_path):
    told = [
        ["source", "date", "residents", "share", "begin", "telephone", "place", "remarks", "kind"],
        ["g1", "15/9/2023", "1,200", "3,5", datetime.time(17, 30), "0113", "Batley", "x" * 90, "interview"],
        ["g2", "2023-09-16", "unknown", "4", datetime.time(18, 0), "0114", "Batley", "y" * 90, "focus group"],
    ]
    sheet = read_sheet(workbook(tmp_path / "a.xlsx", A=told))
    assert sheet.types == {
        "date": "date", "residents": "number", "share": "number", "begin": "category", "telephone": "category",
        "place": "category", "remarks": "text",
    }  # fmt: skip
    assert sheet.of_sources["g1"] | {"remarks": ""} == {
        "date": "2023-09-15", "residents": "1200", "share": "3.5", "begin": "17:30", "telephone": "0113",
        "place": "Batley", "remarks": "", "kind": "interview",
    }  # fmt: skip
    assert sheet.of_sources["g2"]["residents"] == "unknown"


def test_an_odd_value_makes_a_column_a_category(tmp_path):
    path = delimited(tmp_path / "a.csv", [["source", "age"], ["a", "34"], ["b", "about 40"]])
    assert read_sheet(path).types == {"age": "category"}


def test_accepting_proposals_changes_names_and_nothing_else():
    sheet = AttributeSheet(
        {"Grup 1": {"place": "Batley"}, "Group 1": {"size": "6", "place": "kept"}, "Group 2": {}},
        {("Grup 1", "Ana"): {"age": "3"}, ("Grup 1", "Bil"): {"age": "4"}, ("", "Carol"): {"age": "5"}},
        {"age": "number"},
    )
    names = {
        ("Grup 1", ""): ("Group 1", ""),
        ("Grup 1", "Ana"): ("Group 1", "Anna"),
        ("", "Carol"): ("Group 2", "Carol"),
    }
    assert sheet.renamed(names) == AttributeSheet(
        {"Group 1": {"place": "Batley", "size": "6"}, "Group 2": {}},
        {("Group 1", "Anna"): {"age": "3"}, ("Group 1", "Bil"): {"age": "4"}, ("Group 2", "Carol"): {"age": "5"}},
        {"age": "number"},
    )
    assert sheet.renamed({}) == sheet
