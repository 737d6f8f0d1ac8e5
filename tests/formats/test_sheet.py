from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats import grid
from cohesion_qda.formats.sheet import match_source, read_sheet


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


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
        ("name,place\nx,y\n", "a.csv has no column called source. Give the column with the names of the transcripts"),
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
        ("source\n" + "x" * 200_000, "a.csv is not a well-formed .csv file: field larger than field limit"),
        ("source" + "," * 600 + "x", "a.csv has more than 100000 rows, 500 columns or 2000000 cells. Keep only"),
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


def test_a_million_empty_rows_are_not_read(tmp_path):
    path = workbook(tmp_path / "a.xlsx", A=[["source", "place"], ["x", "y"], *([[" "]] * 2000), ["late", "z"]])
    assert read_sheet(path).of_sources == {"x": {"place": "y"}}


def changed(path: Path, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return buffer.getvalue()


def test_workbooks_that_cannot_be_read(tmp_path):
    good = workbook(tmp_path / "good.xlsx", A=[["source"], ["x"]])
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">]><worksheet/>'
    cases = {
        b"text": "a.xlsx ends in .xlsx, but is not such a file.",
        good.read_bytes()[:900]: "a.xlsx is damaged or incomplete.",
        changed(good, "xl/worksheets/sheet1.xml", laughs): "a.xlsx is built in a way that no Office program writes",
        changed(
            good, "xl/worksheets/sheet1.xml", b"<!--" + b"x" * 90_000 + b"-->" + laughs
        ): "a.xlsx is built in a way",
        changed(good, "xl/worksheets/sheet1.xml", b"<worksheet"): "a.xlsx is damaged or incomplete.",
        changed(good, "xl/workbook.xml", b"<x/>"): "There is nothing in a.xlsx: every cell is empty.",
        changed(good, "xl/theme/theme1.xml", b" " * 20_000_000): "a.xlsx unpacks to far more than a document holds",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600): "a.xlsx is in an old Microsoft Office format.",
    }
    for data, sentence in cases.items():
        (tmp_path / "a.xlsx").write_bytes(data)
        with pytest.raises(CannotReadSource) as raised:
            read_sheet(tmp_path / "a.xlsx")
        assert sentence in str(raised.value)


def test_other_kinds_are_refused(tmp_path):
    (tmp_path / "a.ods").write_bytes(b"PK")
    with pytest.raises(CannotReadSource, match=r"a.ods is not a sheet that can be read\. Save it as .csv or .xlsx\."):
        read_sheet(tmp_path / "a.ods")


@given(st.binary(max_size=200), st.sampled_from([".csv", ".xlsx"]), st.booleans())
def test_any_bytes_give_a_sheet_or_a_sentence(tmp_path_factory, data, suffix, titled):
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes((b"source,place\n" if titled else b"") + data)
    try:
        read_sheet(path)
    except CannotReadSource as error:
        assert error.message


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Group 1", 1),
        ("group_1.DOCX", 1),
        ("GROUP  1", 1),
        ("Group 10.txt", 10),
        ("café group", 3),
        ("Group", None),
        ("TWICE", None),
        ("Twice.txt", 4),
        ("v1.2", 6),
    ],
)
def test_matching_sources(name, found):
    known = {"Group 1": 1, "group 1.docx": 1, "Group 10": 10, "Café Group.txt": 3, "Twice.txt": 4, "twice.docx": 5}
    assert match_source(name, {**known, "v1.2": 6}) == found
