"""A document made by hand, with everything that a renderer can meet in it."""

from __future__ import annotations

from cohesion_qda.model.ids import CodingId
from cohesion_qda.report import blocks
from cohesion_qda.report.drawing import Box, Drawing, Text
from cohesion_qda.report.picture import pictured
from cohesion_qda.report.values import Quotation, QuotePart

ODD = (
    "=1+1", "<script>alert('x')</script>", "مرحبا بكم جميعا", "שלום לכולם", "😀 emoji 👨‍👩‍👧", "A & B <b>", "$x^2$ {{ 7*7 }} {% raw %}",
    '#panic("no") *bold* _it_ @see <label>', "\\ and \\u{41} and `raw`", "tab\tand\nline", "\x0bvertical", "ŵ ŷ Ŵ",
)  # fmt: skip


def quotation(
    coding: int, *said: str, before: str = "", after: str = "", who: str = "Farah, Dewsbury women"
) -> Quotation:
    """A quotation of one part or more, of a turn each."""
    around = [(QuotePart("Tom", text),) if text else () for text in (before, after)]
    parts = tuple(QuotePart(f"Person {n}", text) for n, text in enumerate(said, 1))
    return Quotation(CodingId(coding), parts, who, 4 if who else 0, before=around[0], after=around[1])


def drawing(title: str) -> blocks.Picture:
    """A small picture with a word in it."""
    marks = (Box(10, 20, 80, 12, fill="#12436D"), Text(10, 14, "Bars", 9, "#1C2128", length=20.0))
    return pictured(Drawing(120, 40, title, f"{title}: one bar, 12 of 80 participants said it.", marks))


def document() -> blocks.Document:
    """Two chapters: headings, words that point to a figure, a table and a chapter, lists, quotations, upright and turned tables, contexts."""
    figure = blocks.Figure(1, "bars", drawing("Bars & <odd>"), "What <was> said & by whom")
    beside = (blocks.Figure(2, "one", drawing("One"), "One"), blocks.Figure(3, "two", drawing("Two"), "Two"))
    table = blocks.Grid(
        1, "Themes & <places>", ("Theme", "Groups", "Mentions"),
        (("Parks", "3 of 12", "20"), ("Benches", "1 of 12", "3"), ("Ponds", "2 of 12", "9"), ("Buses", "10 of 12", "100"), ("Cuts", "[c]", "[c]")),
        indents=(0, 1, 1, 0, 0),
    )  # fmt: skip
    odd = blocks.Grid(2, "Odd", ("Word", *(f"Column {n}" for n in range(7))), tuple((word, *["1"] * 7) for word in ODD), is_wide=True)  # fmt: skip
    more = blocks.Grid(3, "Odd again", odd.head, odd.rows, numbers=8, is_wide=True)
    told = blocks.Heading(1, "What was said", "sec-said")
    sees = (figure.ref(), table.ref(), told.ref(), blocks.Ref("figure-77", "Figure 77"))
    theme = blocks.ThemePart(
        blocks.Heading(2, "Parks <b>", "sec-parks"), "Said in 3 of 12 groups.", "What is said of parks.", "", "",
        (quotation(7, "It's the park.", before="Where do you meet?", after="Me too."), quotation(7, "One", "and another"), quotation(0, ODD[2])),
        words=("The author's own words.",),
    )  # fmt: skip
    dissent = blocks.ThemePart(blocks.Heading(2, "Dissent", "sec-dissent"), "", "", "", "", (quotation(9, "No.", who=""),))  # fmt: skip
    return blocks.Document(
        "What <Kirklees> said & why", "2025-11-21", ("A. Researcher", "21 November 2025"),
        (
            told, blocks.Paragraph("It was said often.", "lead", sees), blocks.Figures((figure,)), table, theme, dissent,
            blocks.Heading(2, "Rydyn ni’n siarad", "sec-cy", lang="cy"), blocks.Paragraph("Dyma’r geiriau.", lang="cy"),
            blocks.Figures(beside), odd, more,
            blocks.Heading(1, "Odd things", "sec-odd", starts_page=True), *(blocks.Paragraph(word) for word in ODD), blocks.Bullets(ODD),
            blocks.Cited(99, quotation(0, "Found."), ("Coded Parks",)),
            blocks.Contexts(blocks.Heading(1, "In context", "sec-contexts")),
        ),
        (figure, *beside), author="A. Researcher",
    )  # fmt: skip
