"""Answers as files: each read back with another library, and searched for what must not be in it."""

from __future__ import annotations

import csv
import datetime
import io
import os
import shutil
import struct
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document

from cohesion_qda.base.errors import BadInput, CannotWrite
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.answer import Answer, Cell, Head, Line, Part
from cohesion_qda.model.ids import CodeId
from cohesion_qda.report import files, grids, labelled, tabled
from cohesion_qda.report.files import clipboard, write_answer
from cohesion_qda.report.hiding import hide
from tests.report.made_up import crosstab, plain

HEAD = ["Code", "Place A: participants (out of 30)", "Place A: share of participants (out of 30)"]


@pytest.fixture
def answer() -> Answer:
    return crosstab([[3, 20, 9], [12, 20, 10]], [30, 40, 50])


@pytest.fixture
def odd() -> Answer:
    """With all that can be in a cell, and notes on heads and lines."""
    heads = (
        Head("Participants", of=30, unit="participants", note="Who spoke."), Head("κ", "number"), Head("Words", "text"),
        Head("Turns", unit="turns"),
    )  # fmt: skip
    rows: list[list[object]] = [
        ["=cmd|' /C calc'!A1", Cell(20, 30), Cell(0.5, low=0.25, high=0.75), "+ “ja” 😀\nsecond | line", Cell(40, 60)],
        ["Übersicht_100%", Cell(21, 30), Cell(None), "", Cell(None, 70)],
    ]
    made = plain(heads, rows)
    part = replace(made.parts[0], lines=(made.parts[0].lines[0], replace(made.parts[0].lines[1], note="Who spoke.")))
    return replace(made, parts=(part,), notes=("All of it.",))


def read_csv(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """Every sheet's cells, of either kind of workbook."""
    if path.suffix == ".ods":
        return {table.name: table.get_values() for table in Document(path).body.tables}
    return {s.title: [[c.value for c in row] for row in s.iter_rows()] for s in openpyxl.load_workbook(path).worksheets}


def contents(path: Path) -> bytes:
    """All bytes of a file, those in a zip unpacked."""
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            data += b"".join(packed.read(name) for name in packed.namelist())
    return data


def test_who_the_long_form_is_out_of_comes_with_it(answer: Answer, tmp_path: Path) -> None:
    tidy = Part("tidy", "Long form", "Line", (Head("Participant", "text"),), (Line("1", (Cell("Amina"),)),))
    people = replace(tidy, key="participants", title="Participants", lines=(*tidy.lines, Line("2", (Cell("Bev"),))))
    for ending in (".csv", ".sav", ".dta", ".xlsx"):
        write_answer(answer, tmp_path / f"long{ending}", tidy=tidy, people=people)
    assert read_csv(tmp_path / "long.participants.csv") == [["Line", "Participant"], ["1", "Amina"], ["2", "Bev"]]
    assert pyreadstat.read_sav(tmp_path / "long.participants.sav")[1].variable_value_labels["participant"] == {
        1: "Amina",
        2: "Bev",
    }
    assert len(pyreadstat.read_dta(tmp_path / "long.participants.dta")[0]) == 2
    assert [len(rows) for name, rows in sheets(tmp_path / "long.xlsx").items()][-2:] == [2, 3]
    assert not (tmp_path / "long.participants.xlsx").exists()


# -- spreadsheets --------------------------------------------------------------------------------------------------------


def test_a_csv_has_the_table_alone_and_its_story_lies_beside_it(answer: Answer, tmp_path: Path) -> None:
    write_answer(hide(answer, 5), tmp_path / "places.csv")
    head, *rows = read_csv(tmp_path / "places.csv")
    assert head[:3] == HEAD
    assert rows[0][:5] == ["Question/Code 0", "[c]", "[c]", "20", "0.5"]
    assert rows[1][:3] == ["Question/Code 1", "12", "0.4"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["places.about.txt", "places.csv"]
    about = (tmp_path / "places.about.txt").read_text(encoding="utf-8")
    for told in (
        "Study: Kirklees", "Counted: Participants are counted.", "Only: place of sources: Dewsbury",
        "When: 21 November 2026, 20:28", "Made with: Cohesion QDA 0.1.0", "Left out: Diary: nobody speaks in it",
        "Small numbers: Numbers below 5 are hidden", "The moderator is never counted.", "[c] hidden",
    ):  # fmt: skip
        assert told in about


def test_the_long_form_has_empty_cells_and_its_heads_as_they_are(answer: Answer, tmp_path: Path) -> None:
    heads = (Head("Participant", "text"), Head("Words", unit="words"), Head("age", "number"))
    lines = (Line("1", (Cell("Amina"), Cell(3), Cell(31))), Line("2", (Cell(""), Cell(None), Cell(None))))
    tidy = Part("tidy", "Long form", "Line", heads, lines)
    write_answer(answer, tmp_path / "long.csv", tidy=tidy)
    assert read_csv(tmp_path / "long.csv") == [
        ["Line", "Participant", "Words", "age"],
        ["1", "Amina", "3", "31"],
        ["2", "", "", ""],
    ]
    write_answer(answer, tmp_path / "long.dta", tidy=tidy)
    frame, _meta = pyreadstat.read_dta(tmp_path / "long.dta")
    assert frame["age"].isna().tolist() == [False, True]


def test_nothing_runs_as_a_formula(odd: Answer, tmp_path: Path) -> None:
    for ending in (".csv", ".xlsx", ".ods"):
        write_answer(odd, tmp_path / f"odd{ending}")
    head, *rows = read_csv(tmp_path / "odd.csv")
    assert rows[0][0] == "'=cmd|' /C calc'!A1"
    assert rows[0][head.index("Words")].startswith("'+ ")
    assert b"<f>" not in contents(tmp_path / "odd.xlsx")
    assert b"table:formula" not in contents(tmp_path / "odd.ods")
    assert clipboard(odd.parts[0])[0].splitlines()[1].startswith("'=cmd")


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1))
def test_no_text_of_any_kind_begins_a_formula_or_breaks_a_csv(text: str) -> None:
    sheet = grids.Sheet("s", "s", ("A", text), ((text, 1),))
    _head, row = csv.reader(io.StringIO(grids.csv_bytes(sheet).decode("utf-8-sig"), newline=""))
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row[0].removeprefix("'") == text.removeprefix("'").encode("utf-8", "replace").decode() and row[1] == "1"


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_a_workbook_is_a_cover_notes_and_one_whole_table_a_sheet(odd: Answer, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"odd{ending}"
    write_answer(
        odd, path, tidy=Part("tidy", "Long form", "Line", (Head("Quote", "text"),), (Line("1", (Cell("x"),)),))
    )
    found = sheets(path)
    assert list(found) == ["Cover", "Notes", "How widely", "Long form"]
    cover = [tuple(row) for row in found["Cover"]]
    assert cover[0] == ("About this workbook", "What it says")
    assert {("Title", "How widely"), ("Study", "Kirklees"), ("Only", "place of sources: Dewsbury")} <= set(cover)
    assert {what for what, _told in cover} >= {
        "[c]",
        "[z]",
        "[x]",
        "Small numbers",
        "When",
        "Made with",
        "Left out",
        "Counted",
    }
    assert ("How widely", "How widely [note 1]") in cover, (
        "what is to be known of all of a table is marked at its title"
    )
    assert found["Notes"] == [["Note", "What it says"], ["note 1", "All of it."], ["note 2", "Who spoke."]]
    head, first, second = found["How widely"]
    assert head == [
        "Code", "Participants (out of 30) [note 2]", "κ", "κ: from", "κ: to", "Words", "Turns", "Turns: out of",
    ]  # fmt: skip
    assert [str(cell) for cell in first[1:5]] == ["20", "0.5", "0.25", "0.75"]
    assert first[0] == "=cmd|' /C calc'!A1" and first[5] == "+ “ja” 😀\nsecond | line"
    assert [str(cell) for cell in second] == ["Übersicht_100% [note 2]", "21", "[z]", "[z]", "[z]", "[x]", "[z]", "70"]
    assert all(cell not in (None, "") for rows in found.values() for row in rows for cell in row), "no cell is blank"


def test_an_xlsx_has_marked_up_tables_a_title_and_a_language(odd: Answer, tmp_path: Path) -> None:
    write_answer(odd, tmp_path / "odd.xlsx")
    book = openpyxl.load_workbook(tmp_path / "odd.xlsx")
    assert (book.properties.title, book.properties.language) == ("How widely", "en-GB")
    for sheet in book.worksheets:
        (marked,) = sheet.tables.values()
        assert marked.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes in ("A2", "B2")


def test_an_ods_has_marked_up_ranges_a_title_and_a_language(odd: Answer, tmp_path: Path) -> None:
    write_answer(odd, tmp_path / "odd.ods")
    document = Document(tmp_path / "odd.ods")
    assert (document.meta.title, document.meta.language, document.get_language()) == ("How widely", "en-GB", "en-GB")
    ranges = document.body.get_elements("//table:database-range")
    assert [r.get_attribute("table:target-range-address") for r in ranges] == [
        f"$'{t.name}'.$A$1:$'{t.name}'.${chr(64 + t.width)}${t.height}" for t in document.body.tables
    ]
    assert all(r.get_attribute("table:contains-header") for r in ranges)
    assert not document.body.get_elements("//table:covered-table-cell")
    assert b"VerticalSplitPosition" in contents(tmp_path / "odd.ods"), "the head stays in sight"
    assert b"fr-FR" not in contents(tmp_path / "odd.ods")


def test_shares_are_shown_in_per_cent(answer: Answer, tmp_path: Path) -> None:
    write_answer(answer, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Codes by place"]
    assert (sheet["C3"].value, sheet["C3"].number_format, sheet["B3"].number_format) == (0.4, "0.0%", "General")
    write_answer(answer, tmp_path / "a.ods")
    cell = Document(tmp_path / "a.ods").body.get_table(name="Codes by place").get_cell("C3")
    assert (cell.type, float(cell.value)) == ("percentage", 0.4)


def test_nested_heads_become_one_row(tmp_path: Path) -> None:
    heads = tuple(
        Head(label, over=over, of=9, unit="groups") for over in ("Dewsbury", "Batley") for label in ("women", "men", "")
    )
    write_answer(plain(heads, [["Food", *range(6)]]), tmp_path / "nested.csv")
    assert read_csv(tmp_path / "nested.csv")[0][1:3] == [
        "Dewsbury: women: groups (out of 9)", "Dewsbury: men: groups (out of 9)",
    ]  # fmt: skip


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it(odd: Answer, ending: str, tmp_path: Path) -> None:
    write_answer(odd, tmp_path / f"odd{ending}")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    done = subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1',
         "--outdir", str(tmp_path), str(tmp_path / f"odd{ending}")],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    written = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("odd-*.csv")}
    assert set(written) == {"odd-Cover.csv", "odd-Notes.csv", "odd-How widely.csv"}, done
    assert "=cmd|' /C calc'!A1" in written["odd-How widely.csv"] and "0.5" in written["odd-How widely.csv"]


def test_what_does_not_fit_into_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    long = plain((Head("Words", "text"),), [["Food", "x" * 40_000]])
    for ending in (".xlsx", ".ods"):
        write_answer(long, tmp_path / f"long{ending}")
        text = sheets(tmp_path / f"long{ending}")["How widely"][1][1]
        assert len(text) == 32_767 and text.endswith("(cut: a spreadsheet cell holds no more)")


# -- statistics programs -------------------------------------------------------------------------------------------------


def test_a_sav_keeps_labels_missing_values_and_where_it_comes_from(answer: Answer, tmp_path: Path) -> None:
    write_answer(hide(answer, 5), tmp_path / "a.sav")
    frame, meta = pyreadstat.read_sav(tmp_path / "a.sav", user_missing=True)
    assert meta.column_names[:3] == ["code", "place_a_participants", "place_a_of"]
    assert [meta.column_labels[n] for n in (0, 1, 3)] == HEAD and frame["place_a_of"].tolist() == [30, 30]
    assert meta.variable_value_labels["code"] == {1: "Question/Code 0", 2: "Question/Code 1"}
    assert frame["place_a_participants"].tolist() == [-98, 12]
    assert meta.variable_value_labels["place_a_participants"] == {-98: "[c] hidden, so that nobody can be recognised"}
    assert meta.missing_ranges["place_a_participants"] == [{"lo": -98, "hi": -98}]
    assert pyreadstat.read_sav(tmp_path / "a.sav")[0]["place_a_participants"].isna().tolist() == [True, False]
    assert meta.file_label == "Kirklees: Codes by place"
    assert meta.original_variable_types["place_a_participants"] == "F10.0"
    assert meta.original_variable_types["place_a_share_of_participants"] == "F10.4"
    assert {"Study: Kirklees", "Only: place of sources: Dewsbury", "Made with: Cohesion QDA 0.1.0"} <= set(meta.notes)
    assert meta.variable_measure["code"] == "nominal" and meta.variable_measure["place_a_participants"] == "scale"


def test_a_dta_keeps_labels_and_stata_s_missing_values(answer: Answer, odd: Answer, tmp_path: Path) -> None:
    write_answer(hide(answer, 5), tmp_path / "a.dta")
    frame, meta = pyreadstat.read_dta(tmp_path / "a.dta", user_missing=True)
    assert meta.column_labels[:2] == HEAD[:2] and all(len(label.encode()) <= 80 for label in meta.column_labels)
    assert frame["place_a_participants"].tolist() == ["c", 12]
    assert meta.variable_value_labels["place_a_participants"]["c"].startswith("[c] hidden")
    assert meta.variable_value_labels["code"] == {1: "Question/Code 0", 2: "Question/Code 1"}
    assert "Study: Kirklees" in (tmp_path / "a.about.txt").read_text(encoding="utf-8")
    write_answer(odd, tmp_path / "odd.dta")
    frame, meta = pyreadstat.read_dta(tmp_path / "odd.dta", user_missing=True)
    assert [0.5, "z"] in [frame[name].tolist() for name in meta.column_names]


@pytest.mark.parametrize(("ending", "read"), [(".sav", pyreadstat.read_sav), (".dta", pyreadstat.read_dta)])
def test_long_and_foreign_text_comes_through(ending: str, read: Any, tmp_path: Path) -> None:
    quotes = ["Ślązak 😀" * 40, "é" * 40_000, ""]
    heads = (Head("Zitat", "text"), Head("Wo", "text"), Head("Zitat", "text"))
    made = plain(heads, [[str(n), quote, "Łódź", "kurz"] for n, quote in enumerate(quotes)])
    write_answer(made, tmp_path / f"a{ending}")
    frame, meta = read(tmp_path / f"a{ending}")
    assert meta.column_names == ["code", "zitat", "wo", "zitat_4"]
    assert frame["zitat"][0] == quotes[0] and frame["zitat"][2] == ""
    assert frame["zitat"][1].endswith("éé…") and len(frame["zitat"][1].encode()) <= 32_000
    assert meta.variable_value_labels["wo"] == {1: "Łódź"}


@settings(max_examples=100, deadline=None)
@given(labels=st.lists(st.text(), max_size=8))
def test_names_of_variables_are_what_both_programs_accept(labels: list[str]) -> None:
    names = labelled.variable_names([*labels, "if", "12 %", "ALL", "é", "x" * 90, "x" * 90, "", "str5", "_n"])
    assert len(set(names)) == len(names)
    assert all(
        name.isascii() and name.replace("_", "").isalnum() and name[0].isalpha() and len(name) <= 32 for name in names
    )
    assert not {"if", "all", "str5"} & set(names)


# -- text and pictures ---------------------------------------------------------------------------------------------------


def test_markdown_is_a_table_with_its_story(odd: Answer, tmp_path: Path) -> None:
    write_answer(odd, tmp_path / "odd.md")
    text = (tmp_path / "odd.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert len({len(line.replace(r"\|", "").split("|")) for line in lines}) == 1, "every line has the same cells"
    assert "second \\| line" in text and "Übersicht\\_100%" in text and "<br>" in text
    assert "- [1] Who spoke." in text and "- **Only:** place of sources: Dewsbury" in text
    write_answer(hide(crosstab([[3, 20, 9]], [30, 40, 50]), 5), tmp_path / "c.md")
    assert "| [c]" in (tmp_path / "c.md").read_text(encoding="utf-8").replace("  ", "")


def test_latex_is_escaped_and_ruled(odd: Answer, tmp_path: Path) -> None:
    write_answer(odd, tmp_path / "odd.tex")
    text = (tmp_path / "odd.tex").read_text(encoding="utf-8")
    assert text.count(r"\toprule") == text.count(r"\midrule") == text.count(r"\bottomrule") == 1
    assert r"Übersicht\_100\%" in text and r"\begin{tabular}{lrrrrlrr}" in text
    assert "% Only: place of sources: Dewsbury" in text and r"\caption{How widely}" in text
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")


def test_a_picture_has_its_story_beside_it(answer: Answer, tmp_path: Path) -> None:
    write_answer(hide(answer, 5), tmp_path / "map.svg", figure="heat map", width=5)
    assert (tmp_path / "map.svg").read_text(encoding="utf-8").count("<svg") == 1
    write_answer(answer, tmp_path / "map.png", dpi=72)
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    assert "Small numbers: Numbers below 5 are hidden" not in (tmp_path / "map.about.txt").read_text(encoding="utf-8")


def test_what_is_copied_is_a_table_with_caption_heads_and_denominators(answer: Answer) -> None:
    text, html = clipboard(answer.parts[0])
    assert text.splitlines()[0].split("\t")[:3] == HEAD
    assert text.splitlines()[2].split("\t")[:3] == ["Question/Code 1", "12", "0.4"]
    assert "<caption>Codes by place – Code 0 was said by most – Participants, Kirklees, 2026</caption>" in html
    assert '<th scope="col">Place A: participants (out of 30)</th>' in html
    assert '<th scope="row">Question/Code 1</th><td align="right">12</td><td align="right">40.0 %</td>' in html
    wild = plain((Head("<b>", "text"),), [["a\tb", "<script>\n"]])
    text, html = clipboard(wild.parts[0])
    assert text == "Code\t<b>\na b\t<script> \n" and "<script>" not in html


# -- nothing that is hidden is anywhere ----------------------------------------------------------------------------------


def test_no_hidden_number_is_in_any_byte_of_any_file(tmp_path: Path) -> None:
    answer = crosstab([[3, 4711, 50_000], [20, 6000, 50_500]], [8000, 9000, 60_000])
    after = hide(answer, 5)
    assert after.parts[0].lines[0].cells[2].is_hidden, "4711 goes, so that the total does not tell the 3"
    telling = [b"4711", b"4,711", b"0.5234", b"52.3", f"{3 / 8000:.4f}".encode()]
    telling += [struct.pack(kind, 4711) for kind in ("<d", "<i", "<f")]
    for ending in (*files.TABLES, *files.PICTURES):
        path = tmp_path / f"a{ending}"
        write_answer(answer, path)
        assert ending in (".png", ".pdf") or any(told in contents(path) for told in telling), "the search would find it"
        write_answer(after, path)
        assert not [told for told in telling if told in contents(path)], ending
    for told in clipboard(after.parts[0]):
        assert "4711" not in told and "4,711" not in told


# -- what goes wrong -----------------------------------------------------------------------------------------------------


def test_an_ending_part_or_figure_that_there_is_not(answer: Answer, tmp_path: Path) -> None:
    with pytest.raises(
        BadInput, match=r"This answer cannot be written as “.xls”. Give a name that ends in .csv, .xlsx"
    ):
        write_answer(answer, tmp_path / "a.xls")
    with pytest.raises(BadInput, match=r"cannot be written as “.docx”"):
        write_answer(answer, tmp_path / "a.docx")
    with pytest.raises(BadInput, match=r"This answer has no part “tests”. It has: counts."):
        write_answer(answer, tmp_path / "a.csv", part="tests")
    with pytest.raises(BadInput, match=r"This answer has no figure “network”. It has: heat map."):
        write_answer(answer, tmp_path / "a.svg", figure="network")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_or_a_file_that_cannot_be_written(
    answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CannotWrite, match=r"There is no folder “.*nowhere”. Make it first, or choose another."):
        write_answer(answer, tmp_path / "nowhere" / "a.csv")
    (tmp_path / "taken.csv").mkdir()
    with pytest.raises(CannotWrite, match=r"“.*taken.csv” could not be written. Close it where it is open"):
        write_answer(answer, tmp_path / "taken.csv")

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    (tmp_path / "a.csv").write_text("old")
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotWrite, match=r"The disk is full. Make room"):
        write_answer(answer, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == "old", "what was there stays"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "taken.csv"]


LONG = plain((Head("Words", "text"),), [[f"line {n}", "w"] for n in range(40)])


@pytest.mark.parametrize("ending", files.TABLES)
def test_who_stops_the_writing_gets_no_file(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"a{ending}").write_text("old")
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        write_answer(LONG, tmp_path / f"a{ending}", job=job)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [(f"a{ending}", "old")]


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".md", ".tex"])
def test_long_tables_say_at_which_line_they_are(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[int, int, str]] = []
    monkeypatch.setattr(Job, "step", lambda _self, done, total, what="": steps.append((done, total, what)))
    write_answer(LONG, tmp_path / f"a{ending}")
    lines = [done for done, total, what in steps if what == "How widely" and total >= 40]
    assert len(lines) == 40 and lines == sorted(set(lines))
    assert steps[-1] == (1, 1, f"a{ending}") and all(done < total for done, total, _what in steps[:-1])


def test_an_export_is_hidden_as_it_is_written(answer: Answer, tmp_path: Path) -> None:
    written = files.write(files.Export(answer, tmp_path / "a.csv", 5))
    assert written == hide(answer, 5) and "[c]" in read_csv(tmp_path / "a.csv")[1]
    assert files.write(files.Export(answer, tmp_path / "b.csv")) == answer
    about = (tmp_path / "a.about.txt").read_text(encoding="utf-8")
    assert "publish only one of them" in about, "what hiding does not promise is said, too"
    assert "publish only one" not in (tmp_path / "b.about.txt").read_text(encoding="utf-8")


def test_a_line_is_called_by_its_code_only_where_it_is_a_code_s(tmp_path: Path) -> None:
    lines = (
        Line("Trust", (Cell(1),), path="What unites/Trust", code=CodeId(2)),
        Line("Women, turn 2", (Cell(1),), path="What unites/Trust", code=CodeId(2)),
        Line("16 September 2025", (Cell(1),), path="2025-09-16"),
        Line("Ann", (Cell(1),), path="Women/Ann"),
    )
    part = Part("p", "P", "Place", (Head("Words", unit="words"),), lines)
    assert tabled.columns(part)[0].cells == ("What unites/Trust", "Women, turn 2", "2025-09-16", "Ann")


def test_long_texts_do_not_widen_a_markdown_table(tmp_path: Path) -> None:
    write_answer(plain((Head("Words", "text"),), [["a", "x" * 900], ["b", "y"]]), tmp_path / "a.md")
    lines = [line for line in (tmp_path / "a.md").read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert len(lines[2]) > 900 and max(map(len, (*lines[:2], lines[3]))) < 100


def test_tables_that_are_too_large_or_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = plain((Head("Participants", unit="participants"),), [])
    with pytest.raises(CannotWrite, match=r"There is nothing to write: the table has no line."):
        write_answer(empty, tmp_path / "a.sav")
    for ending in (".csv", ".xlsx", ".ods", ".md", ".tex"):
        write_answer(empty, tmp_path / f"a{ending}")
    with pytest.raises(CannotWrite, match=r"There is no number to draw in this figure."):
        write_answer(replace(empty, parts=(replace(empty.parts[0], figures=("bars",)),)), tmp_path / "a.svg")
    full = plain((Head("N", unit="groups"),), [["a", 1], ["b", 2]])
    monkeypatch.setattr(grids, "LINES", 2)
    for ending in (".xlsx", ".ods"):
        with pytest.raises(
            CannotWrite, match=r"The sheet “How widely” holds more than a spreadsheet can. Write the table as .csv"
        ):
            write_answer(full, tmp_path / f"big{ending}")
    monkeypatch.setattr(labelled, "MOST_COLUMNS", 1)
    with pytest.raises(CannotWrite, match="more columns than a statistics file can hold"):
        write_answer(full, tmp_path / "big.sav")


def test_what_the_statistics_library_refuses_is_said(
    answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labelled, "_FILE", 4_000)
    long = replace(answer, made=replace(answer.made, study="x" * 3_000))
    with pytest.raises(
        CannotWrite, match=r"The statistics file could not be written: .* Write the table as .csv instead."
    ):
        write_answer(long, tmp_path / "a.dta")


def test_every_part_of_the_story_has_its_line(answer: Answer) -> None:
    told = dict(tabled.provenance(answer.made))
    assert told["Small numbers"] == "No number is hidden."
    assert dict(tabled.provenance(replace(answer.made, filters=())))["Only"] == "Nothing was narrowed down."


@pytest.mark.parametrize(("ending", "read"), [(".sav", pyreadstat.read_sav), (".dta", pyreadstat.read_dta)])
def test_days_are_days_and_steps_are_in_their_order(ending: str, read: Any, tmp_path: Path) -> None:
    heads = (
        Head("date", "text", scale="date"), Head("age band", "text", scale="ordinal", order=("14–17", "18–24", "65+")),
        Head("Coding", "number", scale="nominal"), Head("Why not counted", "text"), Head("18–24", "count", of=9, unit="participants"),
        Head("Cohen’s κ", "number", places=3),
    )  # fmt: skip
    rows = [["1", "2025-09-16", "65+", 7, "", 3, 0.5], ["2", "", "14–17", 9, "", 4, 0.25]]
    made = plain(heads, rows)
    part = made.parts[0]
    lines = [replace(one, cells=(*one.cells[:5], replace(one.cells[5], low=0.1, high=0.9))) for one in part.lines]
    write_answer(replace(made, parts=(replace(part, lines=tuple(lines)),)), tmp_path / f"a{ending}")
    frame, meta = read(tmp_path / f"a{ending}", user_missing=True)
    assert meta.column_names == [
        "code", "date", "age_band", "coding", "why_not_counted", "v_18_24_participants", "cohen_kappa", "cohen_kappa_low",
        "cohen_kappa_high",
    ]  # fmt: skip
    assert frame["code"].tolist() == [1, 2], "numbered lines are numbers"
    assert frame["date"][0] == datetime.date(2025, 9, 16) and frame["date"].isna().tolist() == [False, True]
    assert meta.original_variable_types["date"] in ("DATE11", "%td")
    assert meta.variable_value_labels["age_band"] == {1: "14–17", 2: "65+"} and frame["age_band"].tolist() == [2, 1]
    if ending == ".sav":
        assert [meta.variable_measure[name] for name in ("age_band", "coding", "why_not_counted", "cohen_kappa", "date")] == [
            "ordinal", "nominal", "nominal", "scale", "scale",
        ]  # fmt: skip
        assert meta.original_variable_types["cohen_kappa"] == "F10.3"
