from __future__ import annotations

import csv
import datetime
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_sheets import cell, content, delimited, document, ods, package, row, sheet, workbook

from cohesion_qda.base.errors import CannotReadSource, CannotWrite
from cohesion_qda.formats import grid
from cohesion_qda.formats.delimited import _lenient, delimiter_of, rows
from cohesion_qda.formats.grid import Grid, grids_from, read_grids, write_grid

HEADER = ("source", "place", "size")
ENDINGS = pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ods"])


def read(path: Path) -> Grid:
    (found,) = read_grids(path)
    return found


def refused(path: Path) -> str:
    with pytest.raises(CannotReadSource) as raised:
        read_grids(path)
    assert raised.value.hint
    return str(raised.value)


@ENDINGS
def test_the_header_is_found_below_titles(tmp_path, ending):
    told = [["Dewsbury groups, 2023"], ["Made by:", "Nadia"], [], ["source", "place", "size", "date", "note"],
            ["g1", "Batley", "6", "May", "x"], ["g2", "", "7", "June", ""]]  # fmt: skip
    found = read(sheet(tmp_path / f"a{ending}", told))
    assert found.header == ("source", "place", "size", "date", "note")
    assert found.rows == ((5, ("g1", "Batley", "6", "May", "x")), (6, ("g2", "", "7", "June", "")))
    assert [cells[0] for _number, cells in found.above] == ["Dewsbury groups, 2023", "Made by:"]


@ENDINGS
def test_one_column_has_its_header_in_the_first_row(tmp_path, ending):
    found = read(sheet(tmp_path / f"a{ending}", [["name"], ["Welcome"], ["Belonging"]]))
    assert (found.header, len(found.rows)) == (("name",), 2)


def test_values_of_every_type_are_the_same_in_both_kinds_of_workbook(tmp_path):
    values = [
        ["text", "day", "moment", "time", "number", "share", "yes", "long"],
        ["café\ttwo  spaces\nnext line", datetime.date(2023, 9, 15), datetime.datetime(2023, 9, 15, 10, 5),
         datetime.time(0, 1, 2), 6.0, 1 / 3, True, 1e14],
    ]  # fmt: skip
    wanted = (
        "café\ttwo  spaces\nnext line", "2023-09-15", "2023-09-15 10:05", "00:01:02", "6", "0.333333333333333", "yes",
        "100000000000000",
    )  # fmt: skip
    for name in ("a.xlsx", "a.ods"):
        assert read(sheet(tmp_path / name, values)).rows == ((2, wanted),)


def test_what_libreoffice_writes(tmp_path):
    remark = "<office:annotation><text:p>not this</text:p></office:annotation>"
    body = content(
        "<table:table-header-rows>" + row(cell("source"), cell("text")) + "</table:table-header-rows>",
        row(cell("", 'table:number-columns-repeated="2"'), times=40),
        row(cell("g1"), f"<table:table-cell>{remark}<text:p>one</text:p><text:p>two</text:p></table:table-cell>"),
        "<table:table-row-group>" + row(cell("same", 'table:number-columns-repeated="2"'), times=2)
        + "</table:table-row-group>",
        row("<table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>", cell("seen")),
        row(cell("=1+1", 'table:formula="of:=1+1"'), cell("#N/A")),
        row(cell("x"), "<table:table-cell><table:table>" + row(cell("inner")) + "</table:table></table:table-cell>"),
        row('<table:table-cell office:value-type="string" office:string-value="kept"/>', cell("Err:502")),
        row('<table:table-cell office:value-type="time" office:time-value="PT26H"/>',
            '<table:table-cell office:value-type="float" office:value="INF"/>'
            '<table:table-cell office:value-type="float" office:value="?"><text:p>shown</text:p></table:table-cell>'),
        row('<table:table-cell office:value-type="date" office:date-value="soon"><text:p>soon</text:p></table:table-cell>',
            '<table:table-cell><draw:frame><text:p>picture</text:p></draw:frame><text:p>a<text:s/>b<text:line-break/>c</text:p></table:table-cell>'),
    )  # fmt: skip
    linked = content(row(cell("elsewhere")), name="'file:///home/x.ods'#Sheet1")
    (tmp_path / "a.ods").write_bytes(package(body))
    found = read(tmp_path / "a.ods")
    assert [(number, *cells) for number, cells in found.rows] == [
        (42, "g1", "one\ntwo", ""), (43, "same", "same", ""), (44, "same", "same", ""), (45, "", "seen", ""),
        (46, "=1+1", "", ""), (47, "x", "", ""), (48, "kept", "", ""), (49, "26:00:00", "", "shown"), (50, "soon", "a b\nc", ""),
    ]  # fmt: skip
    (tmp_path / "b.ods").write_bytes(package(linked))
    assert "There is nothing in b.ods" in refused(tmp_path / "b.ods")


def test_formulas_are_the_values_that_were_saved_and_never_worked_out(tmp_path):
    found = read(workbook(tmp_path / "a.xlsx", A=[["a", "b"], ["=1+1", "x"]]))
    assert found.rows == ((2, ("", "x")),)


def test_several_worksheets(tmp_path):
    sheets = {"Groups": [["source"], ["g1"]], "Empty": [], "People": [["name"], ["P1"]]}
    for made in (workbook(tmp_path / "a.xlsx", **sheets), ods(tmp_path / "a.ods", **sheets)):
        assert [found.name for found in read_grids(made)] == ["Groups", "People"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_delimiter_and_encoding(tmp_path, delimiter, codec):
    told = [["source", "what was said"], ["g1", "Well, yes; no|or, café\nand more"], ["", "“So” — she said"]]
    found = read(delimited(tmp_path / "a.csv", told, delimiter, codec))
    assert found.header == ("source", "what was said")
    assert [cells for _n, cells in found.rows] == [tuple(cells) for cells in told[1:]]


def test_a_person_may_say_the_encoding(tmp_path):
    path = delimited(tmp_path / "a.csv", [["имя", "текст"], ["Анна", "да"]], encoding="cp1251")
    _guessed, doubtful = grids_from(path, path.read_bytes())
    assert not doubtful.is_sure
    (found,), decoded = grids_from(path, path.read_bytes(), "cp1251")
    assert (found.header, decoded.encoding) == (("имя", "текст"), "cp1251")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("sep=;\na,b;c\n1;2", [["a,b", "c"], ["1", "2"]]),
        ('"sep=|"\r\na|b\r\n', [["a", "b"]]),
        ("a;b\n1,5;2,5\n1,6;2,6\n", [["a", "b"], ["1,5", "2,5"], ["1,6", "2,6"]]),
        ('a,b\n"x ""y"" z","1\n2"\n', [["a", "b"], ['x "y" z', "1\n2"]]),
        (
            'a,b\nP1,"never closed\nP2,"well"\nP3,x\n',
            [["a", "b"], ["P1", '"never closed'], ["P2", "well"], ["P3", "x"]],
        ),
        ('a,b\n"He said "no" to me",x\n', [["a", "b"], ['He said "no" to me', "x"]]),
        ('a,b\n5" pipe,"x"\n', [["a", "b"], ['5" pipe', "x"]]),
        ('a,b\n"x" ,"y"\n', [["a", "b"], ["x", "y"]]),
        ('a,b\n"x,y\n', [["a", "b"], ['"x', "y"]]),
        ('a,"b"c,\n', [["a", '"b"c', ""]]),
        ('a,b\n"x"y,', [["a", "b"], ['"x"y', ""]]),
        ("no delimiter\nat all", [["no delimiter"], ["at all"]]),
        ("a\rb,c\rd,e", [["a"], ["b", "c"], ["d", "e"]]),
    ],
)
def test_badly_written_files_are_read_as_a_person_would(text, wanted):
    assert list(rows(text)) == wanted


@given(
    st.lists(st.lists(st.text('a ",;\n|\t', max_size=5), min_size=1, max_size=4), max_size=5), st.sampled_from(",;\t|")
)
def test_well_written_files_are_read_as_they_were_written(told, delimiter):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(told)
    assert list(_lenient(buffer.getvalue(), delimiter)) == told


@given(st.text('a ",;\n=sep'), st.sampled_from(",;"))
def test_no_character_of_a_badly_written_file_is_lost(text, delimiter):
    letters = "".join(cell for row in _lenient(text, delimiter) for cell in row).replace("\n", "")
    assert [c for c in letters if c in "aesp"] == [c for c in text if c in "aesp"]


def test_a_title_with_commas_does_not_decide_the_delimiter():
    assert delimiter_of("Groups, in May, and June, 2023\nsource;place\ng1;Batley\ng2;Dewsbury\n") == ";"


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12).map(str.strip)
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6)


@ENDINGS
@given(TABLES)
def test_what_is_written_comes_back(tmp_path_factory, ending, told):
    path = tmp_path_factory.mktemp("grid") / f"a{ending}"
    table = [list(HEADER), *map(list, told)]
    if ending == ".ods":
        sheet(path, table)
        told = [tuple(c[1:] if grid._GUARDED.match(c) else c for c in cells) for cells in told]
    else:
        write_grid(path, "Sheet", table)
    wanted = [tuple("" if grid._FAILED.fullmatch(c) else c for c in cells) for cells in told]
    assert [cells for _n, cells in read(path).rows] == [cells for cells in wanted if any(cells)]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_no_cell_that_is_written_is_a_formula(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    dangerous = ["=1+1", "+1", "-1", "@x", "'=1", "''@"]
    write_grid(path, "Sheet", [["a"], *([text] for text in dangerous)])
    raw = path.read_bytes() if ending == ".csv" else zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert not any(line.lstrip('"').startswith(("=", "+", "-", "@")) for line in raw.decode().splitlines())
    assert b"<f>" not in raw
    assert [cells[0] for _n, cells in read(path).rows] == dangerous


def test_a_cell_too_long_for_a_workbook_is_not_cut(tmp_path):
    with pytest.raises(CannotWrite, match="holds at most 32767 characters"):
        write_grid(tmp_path / "a.xlsx", "Sheet", [["a"], ["x" * 32_768]])


def test_a_million_blank_rows_cost_nothing(tmp_path):
    blank = row(cell("", 'table:number-columns-repeated="16384"'), times=1_000_000)
    body = content(row(cell("source")), row(cell("g1")), blank, row(cell("a note at the very end")))
    (tmp_path / "a.ods").write_bytes(package(body))
    assert [cells[0] for _n, cells in read(tmp_path / "a.ods").rows] == ["g1", "a note at the very end"]


def test_blank_rows_of_an_excel_file_are_read_until_there_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(grid, "BLANK_LIMIT", 50)
    told = [["source"], ["x"], *([[" "]] * 20), ["late"], *([[" "]] * 60), ["too late"]]
    assert [cells[0] for _n, cells in read(workbook(tmp_path / "a.xlsx", A=told)).rows] == ["x", "late"]


def test_a_million_rows_in_between_are_not_walked_through(tmp_path):
    path = workbook(tmp_path / "a.xlsx", A=[["source"], ["x"]])
    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    path.write_bytes(_changed(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", far)))
    assert [cells[0] for _n, cells in read(path).rows] == ["x"]


TOO_MANY = "has more than 100000 rows, 500 columns or 1000000 cells. Keep only the rows and columns that are needed"


@pytest.mark.parametrize(
    "body",
    [
        content(row(cell("x", 'table:number-columns-repeated="16384"'))),
        content(row(cell("x"), times=999_999_999)),
        content(row(*[cell("x", 'table:number-columns-repeated="999999999999"')] * 50)),
        content(row(cell("", 'table:number-columns-repeated="1000"'), cell("far"))),
    ],
)
def test_cells_repeated_without_end_are_refused(tmp_path, body):
    (tmp_path / "a.ods").write_bytes(package(body))
    assert f"a.ods {TOO_MANY}" in refused(tmp_path / "a.ods")


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_too_many_columns(tmp_path, ending):
    assert f"a{ending} {TOO_MANY}" in refused(sheet(tmp_path / f"a{ending}", [["x"] * 501]))


def test_too_many_rows_and_cells(tmp_path, monkeypatch):
    path = delimited(tmp_path / "a.csv", [["a", "b"]] * 6)
    monkeypatch.setattr(grid, "ROW_LIMIT", 5)
    assert "has more than 5 rows" in refused(path)
    monkeypatch.setattr(grid, "ROW_LIMIT", 9)
    monkeypatch.setattr(grid, "CELLS_LIMIT", 11)
    assert "or 11 cells" in refused(path)
    (tmp_path / "a.ods").write_bytes(
        package(content(row(cell("x", 'table:number-columns-repeated="4"'), times=99_999)))
    )
    assert "or 11 cells" in refused(tmp_path / "a.ods")
    monkeypatch.setattr(grid, "LAST_ROW", 3)
    assert "or 11 cells" in refused(path)
    monkeypatch.setattr(grid, "CELLS_LIMIT", 1)
    assert "or 1 cells" in refused(workbook(tmp_path / "a.xlsx", A=[["a"], *([[" "] * 6] * 2)]))


def test_blank_cells_without_end_are_not_walked_through(tmp_path, monkeypatch):
    monkeypatch.setattr(grid, "CELLS_LIMIT", 2)
    path = workbook(tmp_path / "a.xlsx", A=[["a"], *([[" "] * 10] * 3)])
    assert "or 2 cells" in refused(path)


def test_one_stray_cell_far_to_the_right_does_not_widen_every_row(tmp_path, monkeypatch):
    monkeypatch.setattr(grid, "CELLS_LIMIT", 60)
    told = [["source", "place"], *([["g1", "Batley"]] * 8), ["g2", "Dewsbury", *[""] * 30, "stray"]]
    found = read(delimited(tmp_path / "a.csv", told))
    assert found.header == ("source", "place")
    assert found.rows[-1] == (10, ("g2", "Dewsbury"))


@ENDINGS
def test_a_cell_of_many_megabytes(tmp_path, ending, monkeypatch):
    monkeypatch.setattr(grid, "TEXT_LIMIT", 20_000)
    path = sheet(tmp_path / f"a{ending}", [["source"], ["x" * 20_001]])
    assert refused(path) == (
        f"Row 2 of a{ending} has a cell with more than 20000 characters. "
        "Keep one turn or one answer in a cell, and save it again."
    )


def test_stray_marks_take_no_longer_than_the_file_is_long():
    text = "a,b\n" + ',"x' * 300_000 + "\n" + '"x",""y",' * 100_000
    assert sum(map(len, rows(text))) == 2 + 300_001 + 200_001


@ENDINGS
def test_files_without_anything_in_them(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"")
    assert refused(path).startswith(f"a{ending} is empty: it has 0 bytes.")
    assert refused(sheet(path, [["", " "], []])).startswith(f"There is nothing in a{ending}: every cell is empty.")


def test_nul_bytes(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"source,place\nx\0,y\n" + b"z,in the middle of the town\n" * 9)
    assert read(tmp_path / "a.csv").rows[0] == (2, ("x", "y"))
    (tmp_path / "a.csv").write_bytes(bytes(500))
    assert refused(tmp_path / "a.csv")


def _changed(path: Path, name: str, change) -> bytes:
    with zipfile.ZipFile(path) as old:
        entries = {entry: old.read(entry) for entry in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry, data in entries.items():
            new.writestr(entry, change(data) if entry == name else data)
    return path.read_bytes()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DEEP = "<text:span>" * 300 + "</text:span>" * 300


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (package(content(row(cell("&b;")), head=LAUGHS)), "a.ods is built in a way that no Office program writes"),
        (package(content(row(cell("&a;")), head=OUTSIDE)), "a.ods is built in a way that no Office program writes"),
        (package(content(DEEP)), "a.ods is built in a way that no Office program writes"),
        (package(b" " * 30_000_000), "a.ods unpacks to far more than a document holds"),
        (package(content(row(cell("x"))), manifest="<m xmlns='m'><encryption-data/></m>"), "a.ods is protected with a password."),
        (package(content(row(cell("x"))), mimetype="application/vnd.oasis.opendocument.text"), "a.ods ends in .ods, but is not"),
        (package("<office/>"), "a.ods ends in .ods, but is not such a file."),
        (package(content(row(cell("x"))))[:300], "a.ods is damaged or incomplete."),
        (package("<x"), "a.ods is damaged or incomplete."),
        (package(document("<table:table/>" * 3)), "There is nothing in a.ods"),
        (b"text", "a.ods ends in .ods, but is not such a file."),
    ],
)  # fmt: skip
def test_hostile_and_damaged_ods(tmp_path, data, sentence):
    (tmp_path / "a.ods").write_bytes(data)
    assert sentence in refused(tmp_path / "a.ods")


def test_a_zip_that_is_no_workbook_is_damaged(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as file:
        file.writestr("other.xml", "<x/>")
    assert "a.xlsx is damaged or incomplete." in refused(tmp_path / "a.xlsx")


def test_an_ods_without_content_is_damaged(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as file:
        file.writestr("other.xml", "<x/>")
    assert "a.ods is damaged or incomplete." in refused(tmp_path / "a.ods")


def test_hostile_and_damaged_xlsx(tmp_path):
    def of(name: str, change) -> str:
        path = workbook(tmp_path / "a.xlsx", A=[["source"], ["x"]])
        path.write_bytes(_changed(path, name, change))
        return refused(path)

    part = "xl/worksheets/sheet1.xml"
    assert "a.xlsx is built in a way that no Office program" in of(part, lambda _x: (LAUGHS + "<x>&b;</x>").encode())
    assert "a.xlsx is built in a way that no Office program" in of(part, lambda _x: (OUTSIDE + "<x/>").encode())
    assert "a.xlsx unpacks to far more than a document holds" in of("xl/theme/theme1.xml", lambda _x: b" " * 20_000_000)
    assert "a.xlsx is damaged or incomplete." in of(part, lambda _x: b"<worksheet")
    assert "a.xlsx is damaged or incomplete." in of("xl/workbook.xml", lambda x: x[: len(x) // 2])
    assert "a.xlsx is damaged or incomplete." in of("xl/workbook.xml", lambda x: x.replace(b"rId1", b"rId99"))
    assert "There is nothing in a.xlsx" in of("xl/workbook.xml", lambda _x: b"<x/>")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    (tmp_path / "a.xlsx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "a.xlsx is protected with a password. Open it in the program" in refused(tmp_path / "a.xlsx")


@given(st.binary(max_size=300), st.sampled_from([".csv", ".xlsx", ".ods"]), st.booleans())
def test_any_bytes_give_a_grid_or_a_sentence(tmp_path_factory, data, ending, wrapped):
    path = tmp_path_factory.mktemp("any") / f"a{ending}"
    path.write_bytes(package(data) if wrapped and ending == ".ods" else data)
    try:
        assert read_grids(path)
    except CannotReadSource as error:
        assert error.message
        assert error.hint


XML = st.lists(
    st.sampled_from([
        "<table:table>", "</table:table>", "<table:table-row>", "</table:table-row>", "<table:table-cell>",
        "</table:table-cell>", "<text:p>", "</text:p>", "<office:annotation>", "</office:annotation>", "x", "<text:s/>",
        "<table:covered-table-cell/>", '<table:table-cell table:number-columns-repeated="-3">',
    ]),
    max_size=30,
)  # fmt: skip


@given(XML)
def test_any_elements_in_any_order_give_a_grid_or_a_sentence(tmp_path_factory, pieces):
    path = tmp_path_factory.mktemp("xml") / "a.ods"
    path.write_bytes(package(document("".join(_closed(pieces)))))
    try:
        assert read_grids(path)
    except CannotReadSource as error:
        assert error.hint


def _closed(pieces: list[str]) -> list[str]:
    """`pieces` as well-formed XML: ends without a beginning left out, what is open closed."""
    kept, open_ = [], []
    for piece in pieces:
        if piece.startswith("</"):
            if open_ and open_[-1] == piece[2:-1]:
                kept.append(piece)
                open_.pop()
            continue
        kept.append(piece)
        if piece.startswith("<") and not piece.endswith("/>"):
            open_.append(piece[1:-1].split()[0])
    return kept + [f"</{tag}>" for tag in reversed(open_)]


def test_files_of_another_kind(tmp_path):
    (tmp_path / "a.txt").write_text("source\n", encoding="utf-8")
    assert refused(tmp_path / "a.txt") == "a.txt is not a sheet that can be read. Save it as .csv, .xlsx or .ods."
