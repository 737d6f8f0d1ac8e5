"""What the renderers make of a document: read back with other libraries."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from typing import Any

import docx
import html5lib
import pytest

from cohesion_qda.base import i18n
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.report import blocks
from cohesion_qda.report.contents import pointed
from cohesion_qda.report.rendering import ENDINGS, rendered
from tests.report.printed import ODD, document, quotation

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "bidi", "spacing", "ind", "jc", "textAlignment", "sectPr"),
    "rPr": ("rFonts", "b", "i", "color", "sz", "rtl", "lang"),
    "tblPr": ("tblW", "tblBorders", "tblLayout", "tblLook", "tblCaption"),
    "trPr": ("cantSplit", "tblHeader"),
}  # fmt: skip


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {ending: rendered(document(), ending) for ending in ENDINGS}


@pytest.fixture(scope="module")
def page(files: dict[str, bytes]) -> Any:
    return html5lib.parse(files[".html"].decode("utf-8"), namespaceHTMLElements=False)


@pytest.fixture(scope="module")
def word(files: dict[str, bytes]) -> Any:
    return docx.Document(io.BytesIO(files[".docx"]))


def text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def run_text(element: Any) -> str:
    """The words of a piece of a Word document."""
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def by_id(page: Any, name: str) -> Any:
    (found,) = [each for each in page.iter() if each.get("id") == name]
    return found


# --- every kind


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_document_gives_the_same_bytes(files: dict[str, bytes], ending: str) -> None:
    assert rendered(document(), ending) == files[ending]


@pytest.mark.parametrize("ending", ENDINGS)
def test_stopping_is_heard(ending: str) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        rendered(document(), ending, job)


@pytest.mark.parametrize(("spoken", "tag", "in_word"), [("en", "en-GB", "en-GB"), ("cy", "cy", "cy-GB")])
def test_a_document_knows_its_language(spoken: str, tag: str, in_word: str) -> None:
    i18n.use(None, spoken)
    try:
        short = blocks.Document("T", "2025-11-21", (), (blocks.Heading(1, "One", "sec-one"),))
    finally:
        i18n.use(None)
    assert f'<html lang="{tag}">'.encode() in rendered(short, ".html")
    with zipfile.ZipFile(io.BytesIO(rendered(short, ".docx"))) as package:
        assert f'w:lang w:val="{in_word}"'.encode() in package.read("word/styles.xml")
        assert f"<dc:language>{in_word}</dc:language>".encode() in package.read("docProps/core.xml")
    assert f"/Lang({tag})".encode() in rendered(short, ".pdf").replace(b"/Lang (", b"/Lang(")


# --- the web page


def test_the_page_is_valid_html(files: dict[str, bytes]) -> None:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(files[".html"].decode("utf-8"))
    assert parser.errors == []


def test_no_word_of_the_study_becomes_markup(page: Any) -> None:
    (script,) = page.iter("script")
    assert "alert(" not in text(script)
    shown = text(page)
    for word in ODD:
        assert " ".join(word.replace("\x0b", "").split()) in shown


def test_every_link_of_the_page_arrives_and_no_place_is_there_twice(page: Any) -> None:
    ids = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    links = [each.get("href") for each in page.iter("a")]
    assert len(links) > 10 and all(link.startswith("#") and link[1:] in ids for link in links)


def test_each_quotation_leads_to_the_talk_around_it_and_back(page: Any) -> None:
    there = by_id(page, "passage-7")
    (link,) = there.iter("a")
    assert link.get("aria-label") == "Quotation 1 in context"
    around = by_id(page, link.get("href")[1:])
    assert text(around).startswith("Tom: Where do you meet? Person 1: It's the park. Tom: Me too.")
    (back,) = around.iter("a")
    assert back.get("href") == "#passage-7"
    assert [text(each) for each in page.iter("li") if (each.get("id") or "").startswith("context-")] == [text(around)]


def test_a_passage_that_is_quoted_twice_stands_in_two_places(page: Any) -> None:
    quoted = [each.get("id") for each in page.iter("figure") if each.get("class") == "quote"]
    assert quoted == ["passage-7", "passage-7-q2", "passage-q3", "passage-9", "passage-99"]


def test_without_the_appendix_a_quotation_leads_to_itself() -> None:
    alone = blocks.Document("T", "2025-11-21", (), (blocks.Cited(1, quotation(5, "Yes.", before="So?"), ()),))
    told = rendered(alone, ".html").decode()
    assert 'href="#passage-1"' in told and "context-" not in told and "So?" not in told


def test_words_in_another_language_say_so(page: Any) -> None:
    assert by_id(page, "sec-cy").get("lang") == "cy"
    assert [text(each) for each in page.iter("p") if each.get("lang") == "cy"] == ["Dyma’r geiriau."]


def test_words_point_to_what_they_are_about(page: Any) -> None:
    (lead,) = [each for each in page.iter("p") if each.get("class") == "lead"]
    assert text(lead) == "It was said often. (Figure 1, Table 1, What was said)"
    assert [each.get("href") for each in lead.iter("a")] == ["#figure-1", "#table-1", "#sec-said"]


def test_a_lead_points_to_what_stands_under_it() -> None:
    told = document().blocks
    lead = replace(told[1], sees=())  # type: ignore[type-var]
    found = next(block for block in pointed([told[0], lead, *told[2:]]) if isinstance(block, blocks.Paragraph))
    assert [ref.anchor for ref in found.sees] == ["figure-1", "table-1"]


# --- the Word document


def test_references_show_what_stands_at_their_bookmark(word: Any) -> None:
    body = word.element.body
    marked = {}
    for start in body.iter(f"{W}bookmarkStart"):
        paragraph, said, inside = start.getparent(), "", False
        for child in paragraph:
            inside = inside or child is start
            if child.tag == f"{W}bookmarkEnd" and child.get(f"{W}id") == start.get(f"{W}id"):
                break
            said += run_text(child) if inside else ""
        marked[start.get(f"{W}name")] = said
    fields = [each for each in body.iter(f"{W}fldSimple") if each.get(f"{W}instr").split()[0] == "REF"]
    shown = {each.get(f"{W}instr").split()[1]: run_text(each) for each in fields}
    assert list(shown.values()) == ["Figure 1", "Table 1", "What was said"]
    assert shown.items() <= marked.items()
    ids = [each.get(f"{W}id") for each in body.iter(f"{W}bookmarkStart")]
    assert len(ids) == len(set(ids)) == len(list(body.iter(f"{W}bookmarkEnd")))
    assert "Figure 77" not in run_text(body)


def test_the_contents_list_the_chapters_and_lead_to_them(word: Any) -> None:
    (contents,) = word.element.body.iter(f"{W}sdt")
    links = list(contents.iter(f"{W}hyperlink"))
    assert [run_text(link) for link in links] == [
        "What was said", "Parks <b>", "Dissent", "Rydyn ni’n siarad", "Odd things",
    ]  # fmt: skip
    names = {each.get(f"{W}name") for each in word.element.body.iter(f"{W}bookmarkStart")}
    assert {link.get(f"{W}anchor") for link in links} <= names
    kinds = [each.get(f"{W}fldCharType") for each in contents.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    known = {style.style_id for style in word.styles}
    assert {each.get(f"{W}val") for each in contents.iter(f"{W}pStyle")} <= known


def test_captions_count_themselves(word: Any) -> None:
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]
    counted = [p._p.find(f"{W}fldSimple").get(f"{W}instr").split()[:2] for p in captions]
    assert counted == [["SEQ", "Figure"], ["SEQ", "Table"], ["SEQ", "Figure"], ["SEQ", "Figure"], ["SEQ", "Table"], ["SEQ", "Table"]]  # fmt: skip


def test_properties_stand_in_the_order_that_word_reads(word: Any) -> None:
    checked = 0
    for name, order in ORDER.items():
        for properties in word.element.body.iter(f"{W}{name}"):
            places = [order.index(child.tag.removeprefix(W)) for child in properties]
            assert places == sorted(places), [child.tag for child in properties]
            checked += len(places)
    assert checked > 300


def test_words_from_right_to_left_are_set_so(word: Any) -> None:
    turned = {p.text for p in word.paragraphs if p._p.find(f"{W}pPr/{W}bidi") is not None}
    assert turned == {ODD[2], ODD[3]}
    cells = {c.text for c in word.tables[1]._cells if c.paragraphs[0]._p.find(f"{W}pPr/{W}bidi") is not None}
    assert cells == {ODD[2], ODD[3]}


def test_no_empty_line_goes_before_a_heading(word: Any) -> None:
    """Alone on a page, it would leave that empty."""
    children = [child for child in word.element.body if child.tag in (f"{W}p", f"{W}tbl")]
    for child, after in pairwise(children):
        style = after.find(f"{W}pPr/{W}pStyle")
        if child.tag == f"{W}p" and style is not None and style.get(f"{W}val").startswith("Heading"):
            assert run_text(child).strip() or child.find(f".//{W}drawing") is not None or child.find(f"{W}pPr/{W}sectPr") is not None  # fmt: skip


def test_wide_tables_share_turned_pages(word: Any) -> None:
    from docx.enum.section import WD_ORIENT

    assert [section.orientation for section in word.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]  # fmt: skip


# --- the PDF


def structure(data: bytes) -> list[tuple[str, str]]:
    """The elements of a PDF's structure: their kind and alternative text, page after page."""
    import ctypes

    import pypdfium2
    from pypdfium2 import raw

    def told(reading: Any, element: Any) -> str:
        size = reading(element, None, 0)
        room = ctypes.create_string_buffer(size)
        reading(element, room, size)
        return room.raw[: max(0, size - 2)].decode("utf-16-le")

    def walk(element: Any) -> None:
        found.append((told(raw.FPDF_StructElement_GetType, element), told(raw.FPDF_StructElement_GetAltText, element)))
        for n in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, n)
            if child:
                walk(child)

    found: list[tuple[str, str]] = []
    with pypdfium2.PdfDocument(data) as opened:
        assert raw.FPDFCatalog_IsTagged(opened)
        for sheet in opened:
            tree = raw.FPDF_StructTree_GetForPage(sheet)
            for n in range(raw.FPDF_StructTree_CountChildren(tree)):
                walk(raw.FPDF_StructTree_GetChildAtIndex(tree, n))
            raw.FPDF_StructTree_Close(tree)
    return found


def words_of(data: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as opened:
        return " ".join(" ".join(sheet.get_textpage().get_text_bounded() for sheet in opened).split())


def test_the_pdf_is_tagged_and_says_what_its_figures_show(files: dict[str, bytes]) -> None:
    found = structure(files[".pdf"])
    kinds = {kind for kind, _alt in found}
    assert {"H1", "H2", "P", "Table", "TR", "TH", "TD", "L", "LI", "Figure", "Caption", "BlockQuote", "Link", "TOC"} <= kinds  # fmt: skip
    alts = {alt for kind, alt in found if kind == "Figure"}
    assert alts >= {figure.picture.alt for figure in document().figures}
    assert files[".pdf"].count(b"(What <Kirklees> said & why)") or b"What &lt;Kirklees&gt; said" in files[".pdf"]


def test_a_pdf_of_words_that_our_fonts_have_keeps_to_the_standard() -> None:
    plain = replace(document(), blocks=tuple(document().blocks[:6]))
    assert b"pdfuaid:part>1<" in rendered(plain, ".pdf")


def test_the_pdf_has_the_words_as_they_are(files: dict[str, bytes]) -> None:
    shown = words_of(files[".pdf"])
    for word in (
        ODD[0],
        ODD[1],
        ODD[5],
        ODD[6],
        ODD[7],
        ODD[8],
        "vertical",
        "ŵ ŷ Ŵ",
        "3 of 12",
        "The author's own words.",
    ):
        assert word in shown, word
    assert "It was said often. (Figure 1, Table 1, What was said)" in shown


def test_a_pdf_is_made_where_the_standard_cannot_be_kept() -> None:
    """It allows no heading to be skipped."""
    headings = (blocks.Heading(1, "One", "sec-one"), blocks.Heading(3, "Three", "sec-three"))
    made = rendered(blocks.Document("T", "2025-11-21", (), headings), ".pdf")
    assert b"pdfuaid" not in made and "H3" in {kind for kind, _alt in structure(made)}


def test_letters_that_no_font_of_ours_has_are_no_trouble() -> None:
    told = blocks.Document("T", "2025-11-21", (), (blocks.Paragraph("Some \U00013000 words"),))
    assert re.search(r"Some .*words", words_of(rendered(told, ".pdf")))
