"""The written report, read back: its structure, its numbers, its files, and what happens when it cannot be written."""

from __future__ import annotations

import csv
import errno
import hashlib
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pytest

from cohesion_qda.analysis.coefficients import landis_koch
from cohesion_qda.base.errors import CannotWrite
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.codebook import Code
from cohesion_qda.model.ids import CodeId
from cohesion_qda.report import differences, words
from cohesion_qda.report import html as web_page
from cohesion_qda.report.blocks import Bullets, Heading, Paragraph
from cohesion_qda.report.contents import compose
from cohesion_qda.report.data import ReportData
from cohesion_qda.report.document import write_report
from tests.report.study import Made, suggested

VOID = {"meta", "br", "link", "img", "hr", "input"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Page(HTMLParser):
    """A page as a tree of what the tests ask about; raises when tags do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self.tables: list[dict[str, Any]] = []
        self.quotes: list[tuple[str, str]] = []
        self._text: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append({"caption": "", "rows": []})
        if tag == "tr":
            self.tables[-1]["rows"].append([])
        if tag == "br":
            self._text.append(" ")
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6", "caption", "th", "td", "blockquote", "figcaption"):
            self._text = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, (tag, self.getpos())
        said = " ".join("".join(self._text).split())
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), said))
        elif tag == "caption":
            self.tables[-1]["caption"] = said
        elif tag in ("th", "td"):
            self.tables[-1]["rows"][-1].append(said)
        elif tag == "blockquote":
            self.quotes.append((said, ""))

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def table(self, caption: str) -> list[list[str]]:
        (found,) = [t["rows"] for t in self.tables if caption in t["caption"]]
        return found  # type: ignore[no-any-return]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def folder(data: ReportData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "findings"
    assert write_report(data, path, Job()) == path / "report.html"
    return path


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    return Page((folder / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def word(folder: Path) -> Any:
    return docx.Document(str(folder / "report.docx"))


def every(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file()
    }


def n_figures(data: ReportData) -> int:
    """Two of who took part, one of saturation, two a chapter, one a comparison."""
    return 3 + 2 * len(data.chapters) + len(data.crosstabs)


# --- the web page


def test_page_is_well_formed_and_needs_nothing_beside_it(folder: Path, page: Page) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>") and "{{" not in text and "{%" not in text
    assert page.all("html")[0]["lang"] == "en-GB"
    assert page.all("script") == [{}], "what sorts the tables is in the page, and nothing else"
    assert not page.all("link") and not page.all("img") and not page.all("iframe")
    for _tag, attrs in page.tags:
        for name in ("href", "src", "xlink:href"):
            assert (attrs.get(name) or "#").startswith("#")
    assert "@import" not in text and not re.search(r"url\((?!#)", text)
    assert not re.search(r"https?://(?!www\.w3\.org/)", text)


def test_ids_are_unique_and_every_link_arrives(page: Page) -> None:
    ids = [attrs["id"] for _tag, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for attrs in page.all("a"):
        assert (attrs["href"] or "").removeprefix("#") in ids
    for _tag, attrs in page.tags:
        for name in (attrs.get("aria-labelledby") or "").split():
            assert name in ids


def test_headings_are_in_order_and_each_chapter_is_there(page: Page) -> None:
    levels = [level for level, _text in page.headings]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    chapters = [text for level, text in page.headings if level == 2]
    assert chapters == [
        "Contents", "Summary", "Engagement and sample", "Method", "Defining cohesion", "What unites", "What divides",
        "Comparison", "Comparison of areas", "Gaps", "Appendix: codebook", "Appendix: who took part",
        "Appendix: comparison by attributes of participants", "Appendix: agreement on each code",
        "Appendix: what the study tells of itself (COREQ)", "Appendix: quotations in their context",
        "Appendix: how to read the numbers",
    ]  # fmt: skip
    assert page.all("a")[0]["class"] == "skip"


def test_tables_have_captions_and_scopes(page: Page) -> None:
    assert 10 < len(page.tables) < 20
    assert all(t["caption"].startswith("Table ") for t in page.tables)
    assert {attrs.get("scope") for attrs in page.all("th")} == {"col", "row"}
    for t in page.tables:
        assert len({len(row) for row in t["rows"]}) == 1


def test_figures_say_what_they_show(page: Page, data: ReportData) -> None:
    figures = page.all("svg")
    assert len(figures) == n_figures(data)
    assert all(attrs["role"] == "img" and attrs["aria-labelledby"] for attrs in figures)
    assert len(page.all("desc")) == len(figures)


def test_numbers_on_the_page_are_those_of_the_data(page: Page, data: ReportData) -> None:
    for chapter in data.chapters:
        rows = page.table(f"{chapter.title}: themes in order")[1:]
        assert [row[0] for row in rows] == [theme.name for theme in chapter.themes]
        for row, theme in zip(rows, chapter.themes, strict=True):
            assert row[1] == f"{theme.said.groups} of {data.base.groups}"
            assert row[2] == f"{theme.said.participants} of {data.base.participants}"
            assert row[3] == str(theme.said.mentions)
    crosstab = data.crosstabs[0]
    by_name = {row.name: row for row in crosstab.rows}
    for line in page.table("Themes by place")[1:]:
        row = by_name[line[0]]
        for cell, column, said in zip(line[1:], crosstab.columns, row.cells, strict=False):
            assert cell == (f"{said.groups} of {column.base.groups} {said.participants} of {column.base.participants}")


def test_every_quotation_is_on_the_page(folder: Path, page: Page, data: ReportData) -> None:
    chosen = [q for c in data.chapters for t in c.themes for q in t.quotations]
    assert len(page.quotes) == 2 * len(chosen), "each stands once more in its context"
    for (said, _who), quotation in zip(page.quotes, [*chosen, *chosen], strict=True):
        for part in quotation.parts:
            assert part.words in said
    ids = {attrs.get("id") for attrs in page.all("figure")}
    assert {f"passage-{q.coding}" for q in chosen} <= ids


def under(page: str, heading: str) -> str:
    """The text of a chapter of the page."""
    chapters = re.split(r"<section class=\"chapter\"", page)
    (found,) = [c for c in chapters if re.search(rf"<h2[^>]*>{heading}</h2>", c)]
    return " ".join(re.sub("<[^>]+>", " ", found).split())


def test_the_summary_says_the_most_and_where_it_differs(folder: Path, data: ReportData) -> None:
    text = under((folder / "report.html").read_text(encoding="utf-8"), "Summary")
    for chapter in data.chapters:
        for theme in [t for t in chapter.themes if not t.depth][:3]:
            said = theme.said
            assert (
                f"{theme.name} {said.groups} of {data.base.groups} {said.participants} of {data.base.participants}"
                in text
            )
    assert differences.widest(data) and "They are no percentages of a population" in text
    for difference in differences.widest(data):
        assert difference.counts() in text.replace("&amp;", "&")
    assert "Dissent" not in text


def test_dissent_is_told_where_a_theme_holds_it(data: ReportData) -> None:
    chapter = data.chapters[0]
    themes = (replace(chapter.themes[0], name="Disagreement with the rest"), *chapter.themes[1:])
    blocks = compose(replace(data, chapters=(replace(chapter, themes=themes), *data.chapters[1:]))).blocks
    (at,) = [n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.text == "Dissent"]
    told = blocks[at + 1]
    assert isinstance(told, Bullets) and told.items[0].startswith("Disagreement with the rest (")


def test_themes_have_no_tables_and_no_noise(folder: Path, page: Page, data: ReportData) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert not any("said in all" in under(text, chapter.title) for chapter in data.chapters)
    for theme in [t for c in data.chapters for t in c.themes]:
        assert not any(f"“{theme.name}” by" in t["caption"] for t in page.tables)
        for difference in differences.of_theme(theme):
            assert difference.sentence() in html.unescape(text)


def test_attributes_of_people_are_compared_in_an_appendix(folder: Path) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    body, appendix = under(text, "Comparison"), under(text, "Appendix: comparison by attributes of participants")
    assert "Themes by place" in body and "Themes by thematic group" in body and "Themes by age band" not in body
    assert "Themes by age band" in appendix and "Themes by place" not in appendix


def test_agreement_says_its_unit_and_no_share_that_neither_makes(folder: Path, page: Page, data: ReportData) -> None:
    (pair,) = data.agreement
    whole = pair.rows[0]
    head, row = page.table("Agreement on all codes together")
    assert head == ["Coders", "Decisions", "Both", "Only the first", "Only the second", "Kappa"]
    assert row[1] == f"{pair.turns} turns × {pair.codes} codes"
    assert row[2:5] == [str(n) for n in (whole.both, whole.only_a, whole.only_b)]
    assert whole.kappa is not None and row[5] == f"{whole.kappa:.2f} ({landis_koch(whole.kappa)})"
    text = under((folder / "report.html").read_text(encoding="utf-8"), "Method")
    assert f"both coded {len(pair.sources)} sources: " in text and all(html.escape(n) in text for n in pair.sources)
    assert "Cohen&#39;s kappa says" in text and "Landis and Koch" in text
    assert f"of {pair.turns} turns" in next(t["caption"] for t in page.tables if "on each code" in t["caption"])
    raw = (folder / "tables" / "agreement.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(raw)))
    assert {r["Turns"] for r in rows} == {str(pair.turns)}
    for r in rows:
        assert int(r["Turns"]) * int(r["Codes"]) == int(r["Decisions (turns × codes)"])


def test_what_was_proposed_by_the_program_says_so(made: Made, tmp_path: Path) -> None:
    data = suggested(made, lambda n: True)
    text = write_report(data, tmp_path / "r").read_text(encoding="utf-8")
    theme = next(t for c in data.chapters for t in c.themes if t.own > 1)
    said = "Proposed by the program from the talk and accepted by a person"
    assert f"{said} ({theme.own} of {theme.own} passages)." in text
    n = len(made.study.codings)
    assert f"of {n} codings, {n} came from accepted suggestions" in text
    method = json.loads((tmp_path / "r" / "method.json").read_text(encoding="utf-8"))
    assert (method["accepted_suggestions"], method["codings"]) == (n, n)
    assert method["codes_with_accepted_suggestions"][theme.path] == {"accepted": theme.own, "codings": theme.own}
    assert said in "\n".join(p.text for p in docx.Document(str(tmp_path / "r" / "report.docx")).paragraphs)


def test_nothing_is_said_of_suggestions_where_there_were_none(folder: Path) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert "no coding came from a suggestion" in text and "Proposed by the program" not in text
    assert json.loads((folder / "method.json").read_text(encoding="utf-8"))["accepted_suggestions"] == 0


def test_counts_with_denominators_have_the_plural_of_the_denominator(data: ReportData) -> None:
    document = compose(replace(data, uncoded=("01 Here",), sources=2, unused=("A/B",)))
    said = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    assert "No coding yet in 1 of 2 sources; what was said there is in none of the counts:" in said
    assert f"Never used: 1 of {len(data.codebook)} codes." in said


# --- the Word document


def test_word_keeps_together_what_belongs_together(word: Any) -> None:
    for level in range(1, 6):
        assert word.styles[f"Heading {level}"].paragraph_format.keep_with_next is True
    children = list(word.element.body)
    for child, after in pairwise(children):
        kept = child.find(f"{W}pPr/{W}keepNext") is not None
        if after.tag == f"{W}tbl":
            assert kept, "a caption stays with its table"
        elif child.tag == f"{W}p" and child.find(f".//{W}drawing") is not None:
            assert kept, "a figure stays with its caption"
    before_tables = [a for a, b, c in zip(children, children[1:], children[2:], strict=False) if c.tag == f"{W}tbl"]
    for block in before_tables:
        is_break = block.find(f"{W}pPr/{W}sectPr") is not None
        is_heading = (block.find(f"{W}pPr/{W}pStyle") is not None) and "Heading" in str(
            block.find(f"{W}pPr/{W}pStyle").attrib
        )
        if block.tag == f"{W}p" and not is_break and not is_heading and "".join(block.itertext()).endswith("."):
            style = block.find(f"{W}pPr/{W}pStyle")
            if style is None:
                assert block.find(f"{W}pPr/{W}keepNext") is not None, "".join(block.itertext())
    for table in word.tables:
        rows = table._tbl.tr_lst
        assert all(row.trPr.find(f"{W}cantSplit") is not None for row in rows)
        firsts = [row.find(f".//{W}pPr/{W}keepNext") is not None for row in rows]
        assert firsts[0] and not firsts[-1]
        assert all(firsts[:-1]) if len(rows) <= 20 else firsts[1] and firsts[-2]


def test_word_has_real_headings_in_order(word: Any, page: Page) -> None:
    levels, texts = [], []
    for paragraph in word.paragraphs:
        if paragraph.style.name.startswith("Heading"):
            levels.append(int(paragraph.style.name.split()[1]))
            texts.append(paragraph.text)
    assert levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))
    only_on_the_page = ("Contents", "Appendix: quotations in their context")
    assert texts == [text for level, text in page.headings if level > 1 and text not in only_on_the_page]
    assert word.paragraphs[0].style.name == "Title" and word.paragraphs[0].text == "What Kirklees said"


def test_word_pictures_have_alt_text_and_captions(word: Any, page: Page) -> None:
    pictures = [shape._inline.docPr for shape in word.inline_shapes]
    assert len(pictures) == len(page.all("svg"))
    assert all(len(p.get("descr")) > 40 and p.get("title") for p in pictures)
    assert len({p.get("id") for p in pictures}) == len(pictures)
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]
    assert len(captions) == len(pictures) + len(word.tables)
    assert all(p._p.find(f"{W}fldSimple") is not None for p in captions)


def test_word_tables_have_marked_heads_and_the_same_numbers(word: Any, page: Page) -> None:
    assert len(word.tables) == len(page.tables)
    for table, other in zip(word.tables, page.tables, strict=True):
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(f"{W}tblHeader") is not None
        cells = [" ".join(c.text.split()) for c in table._cells]
        assert cells == [cell for row in other["rows"] for cell in row]


def test_word_knows_its_title_language_and_date(folder: Path, word: Any) -> None:
    assert word.core_properties.title == "What Kirklees said"
    assert word.core_properties.language == "en-GB"
    assert word.core_properties.created.date().isoformat() == "2025-11-21"
    with zipfile.ZipFile(folder / "report.docx") as package:
        assert b'w:lang w:val="en-GB"' in package.read("word/styles.xml")
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(name))


# --- the folders


def test_figures_and_tables_lie_beside_it(folder: Path, data: ReportData) -> None:
    figures = sorted(p.name for p in (folder / "figures").iterdir())
    assert len(figures) == 3 * n_figures(data)
    for path in (folder / "figures").glob("*.svg"):
        ElementTree.fromstring(path.read_text(encoding="utf-8"))
        assert path.with_suffix(".png").exists() and path.with_suffix(".about.txt").exists()
    written = sorted(p.name for p in (folder / "tables").iterdir())
    assert [name for name in written if name.endswith(".about.txt")] == [
        name.replace(".csv", ".about.txt") for name in written if name.endswith(".csv")
    ]
    counted = [f"codes{of}{end}" for of in ("", "-by-age-band", "-by-place", "-by-thematic-group") for end in (".csv", ".ods", ".xlsx")]  # fmt: skip
    others = [name for name in written if not name.startswith("table-") and not name.endswith(".about.txt")]
    assert others == sorted([*counted, "agreement.csv", "codebook.csv", "all-tables.ods", "all-tables.xlsx"])
    book = openpyxl.load_workbook(folder / "tables" / "all-tables.xlsx")
    assert book.sheetnames[:3] == ["Cover", "Notes", "Codes Mentions"]
    assert book.properties.title == data.title


def test_the_tables_hold_the_numbers_of_the_report(folder: Path, data: ReportData) -> None:
    raw = (folder / "tables" / "codes.csv").read_text(encoding="utf-8-sig")
    found = {(r[0], r[3]): (int(r[4]), int(r[5])) for r in list(csv.reader(io.StringIO(raw)))[1:]}
    for chapter in data.chapters:
        for theme in chapter.themes:
            for unit in ("groups", "participants", "mentions"):
                assert found[theme.path, unit] == (theme.said.of(unit), data.base.of(unit))


def test_every_table_of_the_page_is_a_file_with_the_same_numbers(folder: Path, page: Page) -> None:
    """But for those that are counted in files of their own."""
    numbers, book = 0, openpyxl.load_workbook(folder / "tables" / "all-tables.xlsx")
    for path in (folder / "tables").glob("table-*.csv"):
        n = int(path.name[6:8])
        printed = page.table(f"Table {n}.")
        filed = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        assert [row[0].rpartition("/")[2] for row in filed[1:]] == [row[0].rpartition("/")[2] for row in printed[1:]]
        for told, row in zip(filed[1:], printed[1:], strict=True):
            assert re.findall(r"\d+", " ".join(told[1:])) == re.findall(r"\d+", " ".join(row[1:]).replace(",", ""))
            numbers += len(told) - 1
        assert [str(cell.value) for cell in book[f"Table {n}"][2]] == [cell or "–" for cell in filed[1]]
    assert numbers > 50


def test_method_knows_every_file(folder: Path) -> None:
    method = json.loads((folder / "method.json").read_text(encoding="utf-8"))
    files = every(folder)
    del files["method.json"]
    assert method["files"] == files and method["made_by"] == "cohesion-qda"


SCRIPT = """
import sys
from pathlib import Path
from cohesion_qda.report.document import write_report
from tests.report.study import make
write_report(make(groups=3, people=9, codings=40).report(), Path(sys.argv[1]))
assert "matplotlib.pyplot" not in sys.modules
"""


def test_the_same_data_gives_the_same_bytes_in_every_process(making: Callable[..., Made], tmp_path: Path) -> None:
    """This process, and another one that orders its sets otherwise."""
    root = Path(__file__).resolve().parents[2]
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", SCRIPT, str(tmp_path / "there")],
        check=True, cwd=root, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
    )  # fmt: skip
    write_report(making(groups=3, people=9, codings=40).report(), tmp_path / "here")
    assert every(tmp_path / "here") == every(tmp_path / "there")


# --- odd studies


@pytest.mark.parametrize("kind", ["no sources", "no codes", "nothing coded"])
def test_a_study_that_lacks_something_says_what(kind: str, making: Callable[..., Made], tmp_path: Path) -> None:
    made = {
        "no sources": lambda: making(groups=0, people=0, codings=0),
        "no codes": lambda: making(groups=2, people=6, codings=0, codes=[]),
        "nothing coded": lambda: making(groups=2, people=6, codings=0),
    }[kind]()
    text = write_report(made.report(), tmp_path / "r").read_text(encoding="utf-8")
    Page(text)
    assert {
        "no sources": "No sources have been imported yet.",
        "no codes": "The codebook is empty.",
        "nothing coded": "Nothing has been coded to this question yet.",
    }[kind] in text
    assert "Nothing has been coded yet" in text


def test_codes_without_a_question_have_no_empty_chapter(making: Callable[..., Made]) -> None:
    plain = [
        Code(CodeId(n), None, name, "navy", "")
        for n, name in enumerate(("Belonging", "Poverty", "Buses", "Schools"), 1)
    ]
    for codings, there in ((0, False), (20, True)):
        blocks = compose(making(groups=2, people=6, codings=codings, codes=plain).report()).blocks
        assert ("What was said" in [b.text for b in blocks if isinstance(b, Heading)]) is there
        assert not any(isinstance(b, Paragraph) and "to this question yet" in b.text for b in blocks)


ODD = [
    "=1+1", "<script>alert('x')</script>", "مرحبا بكم جميعا", "😀 emoji 👨‍👩‍👧", "A & B <b>", "$x^2$ {{ 7*7 }} {% raw %}",
    "Con", "../../etc/passwd", "a very long name " * 12, "Ünïcödé", "", "tab\tand\nline", "\x0bvertical",
]  # fmt: skip


def test_odd_characters_go_through_everything(making: Callable[..., Made], tmp_path: Path) -> None:
    codes = [Code(CodeId(1), None, "=Question <b>?", "navy", "<i>", is_question=True)]
    codes += [Code(CodeId(n), CodeId(1), name, "navy", name) for n, name in enumerate(ODD, 2)]
    said = [f"We said {word} and then something more was said about it, a good while ago." for word in ODD]
    made = making(groups=4, people=20, codings=200, codes=codes, sentences=said, places=["=1+1", "<script>", "مكان"])
    folder = tmp_path / "r"
    text = write_report(made.report(title="<script>Tom & Zoë</script>"), folder).read_text(encoding="utf-8")
    page = Page(text)
    assert len(page.all("script")) <= 1 and "&lt;script&gt;alert" in text and "{{ 7*7 }}" in text
    assert page.headings[0] == (1, "<script>Tom & Zoë</script>")
    word = docx.Document(str(folder / "report.docx"))
    quoted = "\n".join(p.text for p in word.paragraphs)
    assert "We said مرحبا بكم جميعا and then" in quoted and "😀 emoji 👨‍👩‍👧" in quoted
    for path in folder.rglob("*"):
        assert re.fullmatch(r"[a-z0-9.-]+", path.name)


def test_no_groups_only_interviews(making: Callable[..., Made]) -> None:
    made = making(groups=2, people=8, codings=60)
    facts = tuple(replace(fact, kind="interview", group=None) for fact in made.study.sources)
    alone = Made(replace(made.study, sources=facts), made.talk, made.texts, made.turns)
    text = web_page.render(compose(alone.report())).decode("utf-8")
    Page(text)
    assert "Said by " in text and "of 0 groups" not in text


# --- when it cannot be written


def left(path: Path) -> list[str]:
    return sorted(p.name for p in path.iterdir())


def small(making: Callable[..., Made]) -> ReportData:
    return making(groups=2, people=6, codings=20).report()


@pytest.mark.parametrize("after", [0, 5, 12])
def test_cancelling_leaves_nothing(making: Callable[..., Made], tmp_path: Path, after: int) -> None:
    class Stopping(Job):
        steps = 0

        def step(self, done: int, total: int, what: str = "") -> None:
            Stopping.steps += 1
            if Stopping.steps > after:
                self.cancel()
            super().step(done, total, what)

    data = small(making)
    with pytest.raises(Cancelled):
        write_report(data, tmp_path / "r", Stopping())
    assert left(tmp_path) == []
    write_report(data, tmp_path / "r")
    before = every(tmp_path / "r")
    Stopping.steps = 0
    with pytest.raises(Cancelled):
        write_report(data, tmp_path / "r", Stopping())
    assert every(tmp_path / "r") == before and left(tmp_path) == ["r"]


def test_progress_is_told(making: Callable[..., Made], tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    write_report(small(making), tmp_path / "r", Job(lambda *step: told.append(step)))
    assert told[-1][0] == told[-1][1] == 100
    assert all(one[0] <= other[0] for one, other in pairwise(told)), "it never goes back"


def test_our_own_report_is_replaced_and_nothing_else(making: Callable[..., Made], tmp_path: Path) -> None:
    data, folder = small(making), tmp_path / "r"
    folder.mkdir()
    write_report(data, folder)
    (folder / "Thumbs.db").write_bytes(b"")
    write_report(data, folder)
    assert left(tmp_path) == ["r"] and not (folder / "Thumbs.db").exists()
    (folder / "my notes.txt").write_text("mine")
    with pytest.raises(CannotWrite, match=r"“my notes.txt”.*was added or changed.*Move or rename it"):
        write_report(data, folder)
    (folder / "my notes.txt").unlink()
    (folder / "report.docx").write_bytes(b"edited")
    with pytest.raises(CannotWrite, match=r"“report.docx”.*was added or changed"):
        write_report(data, folder)
    assert (folder / "report.docx").read_bytes() == b"edited"
    (folder / "~$report.docx").write_bytes(b"")
    with pytest.raises(CannotWrite, match=r"open in another program. Close it"):
        write_report(data, folder)
    assert left(tmp_path) == ["r"]


@pytest.mark.parametrize("method", [None, "not json", "[]", '{"made_by": "someone"}', '{"made_by": "cohesion-qda"}'])
def test_a_folder_of_something_else_is_left_alone(
    making: Callable[..., Made], tmp_path: Path, method: str | None
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "cat.jpg").write_bytes(b"cat")
    if method is not None:
        (folder / "method.json").write_text(method)
    before = every(folder)
    with pytest.raises(CannotWrite, match=r"holds something other than a report. Choose an empty folder"):
        write_report(small(making), folder)
    assert every(folder) == before and left(tmp_path) == ["photos"]


def test_the_target_is_a_file_or_has_no_place(making: Callable[..., Made], tmp_path: Path) -> None:
    data = small(making)
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite, match=r"is a file, not a folder"):
        write_report(data, tmp_path / "file")
    with pytest.raises(CannotWrite, match=r"There is no folder “.*nowhere”.*Make it first"):
        write_report(data, tmp_path / "nowhere" / "r")
    with pytest.raises(CannotWrite, match=r"There is no folder|could not be written"):
        write_report(data, tmp_path / "file" / "r")


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EROFS, "may only be read"),
        (errno.EACCES, "Close files of the report that are open, or choose a folder you may write to"),
        (errno.EIO, "The system says: .*Choose another folder"),
    ],
)
def test_trouble_with_the_disk_is_said_and_leaves_nothing(
    making: Callable[..., Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, hint: str
) -> None:
    data = small(making)
    whole = Path.write_bytes

    def failing(self: Path, content: bytes) -> int:
        if self.suffix == ".docx":
            raise OSError(number, os.strerror(number))
        return whole(self, content)

    monkeypatch.setattr(Path, "write_bytes", failing)
    with pytest.raises(CannotWrite, match=f"could not be written.*{hint}"):
        write_report(data, tmp_path / "r")
    assert left(tmp_path) == []


def test_a_failed_exchange_puts_the_old_report_back(
    making: Callable[..., Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, folder = small(making), tmp_path / "r"
    write_report(data, folder)
    before = every(folder)
    whole = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if ".writing-" in self.name:
            raise PermissionError(errno.EACCES, "in use")
        return whole(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(CannotWrite, match=r"Close files of the report"):
        write_report(data, folder)
    assert every(folder) == before and left(tmp_path) == ["r"]


@pytest.mark.skipif(shutil.which("true") is None or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_to(making: Callable[..., Made], tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(CannotWrite, match=r"choose a folder you may write to"):
        write_report(small(making), closed / "r")


def test_no_percentages_and_no_number_without_its_denominator(folder: Path, data: ReportData) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    body = re.sub(r"<(style|svg|script).*?</\1>", "", text, flags=re.DOTALL)
    assert set(re.findall(r"\S+ \d+\s?%[^.]*\.", body)) <= {"most 5% new)."}, "the rule of saturation"
    theme = data.chapters[0].themes[0]
    assert words.how_widely(theme.said, data.base) in text
