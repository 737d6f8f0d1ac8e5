"""The report as a Word document with real styles, captions, cross-references and table heads."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.report import blocks, docx_fields, words
from cohesion_qda.report.docx_styles import LEAD, SOURCE, TEXT_WIDTH, WIDE_WIDTH, language_of, set_up
from cohesion_qda.report.plain import clean, is_right_to_left
from cohesion_qda.report.values import Quotation

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

_TALLEST = 7.4  # inches of a figure
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def render(document: blocks.Document, job: Job | None = None) -> bytes:
    """The .docx file. The same document gives the same bytes. Raises Cancelled."""
    import docx

    word = docx.Document()
    set_up(word, document)
    writer = _Writer(word, document)
    writer.begin()
    for n, block in enumerate(document.blocks):
        if job is not None:
            job.step(n, len(document.blocks), _("Word document"))
        following = document.blocks[n + 1] if n + 1 < len(document.blocks) else None
        writer.write(block, following)
    out = io.BytesIO()
    word.save(out)
    return _dateless(out.getvalue())


def _dateless(data: bytes) -> bytes:
    """The same package with the time of writing taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(entry))
    return out.getvalue()


class _Writer:
    """Writes block after block."""

    def __init__(self, word: Word, document: blocks.Document) -> None:
        self._word = word
        self._document = document
        self._anchors = docx_fields.Anchors(document.blocks)
        self._pictures = 0
        self._is_turned = False
        self._styles: dict[str, Any] = {}

    def begin(self) -> None:
        """The title, the contents where there are chapters, and the number at the foot of every page."""
        _page_number(self._word.sections[0].footer.paragraphs[0])
        self._paragraph(self._document.title, "Title")
        for line in self._document.about:
            self._paragraph(line, "Subtitle")
        headings = [heading for heading in self._document.headings() if heading.level <= 2]
        if sum(heading.level == 1 for heading in headings) > 1:
            listed = docx_fields.contents(headings, self._anchors, _("Contents"))
            self._word.element.body.sectPr.addprevious(listed)

    def _added(self, style_name: str) -> Paragraph:
        """A new paragraph at the end: as the library's own, which looks at every paragraph there is and at every style."""
        from docx.oxml import OxmlElement
        from docx.text.paragraph import Paragraph

        if style_name not in self._styles:
            self._styles[style_name] = self._word.styles[style_name].style_id
        element: Any = OxmlElement("w:p")
        self._word.element.body.sectPr.addprevious(element)
        element.get_or_add_pPr().style = self._styles[style_name]
        return Paragraph(element, self._word._body)

    def write(self, block: blocks.Block, following: blocks.Block | None = None) -> None:
        """Write one block. A paragraph stays on the page of the table, figure or list that it leads to."""
        match block:
            case blocks.Heading():
                self._heading(block)
            case blocks.Paragraph():
                leads = isinstance(following, blocks.Bullets | blocks.Figures) or _is_upright(following)
                paragraph = self._paragraph(block.text, LEAD if block.kind == "lead" else "Normal", block.lang)
                self._sees(paragraph, block.sees)
                paragraph.paragraph_format.keep_with_next = True if leads else None
            case blocks.Bullets():
                self._bullets(block)
            case blocks.Figures():
                self._figures(block)
            case blocks.Grid():
                self._grid(block, following)
            case blocks.ThemePart():
                self._theme(block)
            case blocks.Cited():
                self._quotation(block.quotation, block.notes)

    def _bullets(self, block: blocks.Bullets) -> None:
        for n, item in enumerate(block.items):
            paragraph = self._paragraph(item, "List Bullet")
            is_edge = n == 0 or n == len(block.items) - 2
            paragraph.paragraph_format.keep_with_next = True if is_edge and n + 1 < len(block.items) else None

    def _heading(self, heading: blocks.Heading) -> None:
        paragraph = self._paragraph(heading.text, f"Heading {min(heading.level, 5)}", heading.lang)
        paragraph.paragraph_format.page_break_before = True if heading.starts_page else None
        self._anchors.mark(paragraph, heading.anchor)

    def _paragraph(self, text: str, style_name: str = "Normal", lang: str = "") -> Paragraph:
        paragraph = self._added(style_name)
        paragraph.add_run(clean(text))
        _directed(paragraph, text)
        if lang:
            _spoken(paragraph, language_of(lang))
        return paragraph

    def _sees(self, paragraph: Paragraph, refs: tuple[blocks.Ref, ...]) -> None:
        """What a paragraph is about, in brackets behind it."""
        there = [ref for ref in refs if ref.anchor in self._anchors]
        for n, ref in enumerate(there):
            paragraph.add_run(", " if n else " (")
            paragraph._p.append(docx_fields.reference(self._anchors.name(ref.anchor), ref.text))
        if there:
            paragraph.add_run(")")

    def _theme(self, theme: blocks.ThemePart) -> None:
        self._heading(theme.heading)
        told = [(theme.definition, "Normal"), (theme.said, LEAD), (theme.origin, "Normal"), (theme.where, "Normal")]
        told += [(text, "Normal") for text in theme.words]
        shown = [self._paragraph(text, style_name) for text, style_name in told if text]
        for n, paragraph in enumerate(shown, 1):
            paragraph.paragraph_format.keep_with_next = n < len(shown) or bool(theme.quotations)
        for quotation in theme.quotations:
            self._quotation(quotation)

    def _quotation(self, quotation: Quotation, notes: tuple[str, ...] = ()) -> None:
        said_by = ", ".join(filter(None, (quotation.attribution, words.turn(quotation.turn))))
        below = [f"— {said_by}", *notes] if said_by else list(notes)
        for n, part in enumerate(quotation.parts, 1):
            paragraph = self._added("Quote")
            paragraph.paragraph_format.keep_with_next = n < len(quotation.parts) or bool(below)
            if part.speaker and len(quotation.parts) > 1:
                paragraph.add_run(clean(f"{part.speaker}: ")).bold = True
            paragraph.add_run(clean(part.words))
            _directed(paragraph, part.words)
        for n, line in enumerate(below, 1):
            source = self._paragraph(line, SOURCE)
            source.paragraph_format.space_after = _points(8 if n == len(below) else 0)
            source.paragraph_format.keep_with_next = n < len(below)

    def _figures(self, block: blocks.Figures) -> None:
        paragraph = self._added("Normal")
        paragraph.paragraph_format.keep_with_next = True
        _set(paragraph, "w:textAlignment", {"w:val": "top"})  # two pictures on a line hang from the same height
        for n, figure in enumerate(block.figures):
            if n:
                paragraph.add_run("\u2003")
            self._picture(paragraph, figure, (TEXT_WIDTH - 0.3 * (len(block.figures) - 1)) / len(block.figures))
        for figure in block.figures:
            self._caption(_("Figure"), figure, keep=figure is not block.figures[-1])

    def _picture(self, paragraph: Paragraph, figure: blocks.Figure, widest: float) -> None:
        from docx.shared import Inches

        picture = figure.picture
        factor = min(1.0, widest / picture.width, _TALLEST / picture.height)
        shape: Any = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=Inches(picture.width * factor))
        self._pictures += 1
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")
        properties = shape._inline.docPr
        properties.set("id", str(self._pictures))
        properties.set("name", f"Figure {figure.number}")
        properties.set("title", clean(picture.title))
        properties.set("descr", clean(picture.alt))

    def _caption(self, what: str, of: blocks.Figure | blocks.Grid, keep: bool) -> None:
        """A caption whose number Word counts; its name and number are what cross-references show."""
        caption = self._added("Caption")
        caption.add_run(f"{what} ")
        caption._p.append(docx_fields.field(f"SEQ {what} \\* ARABIC", str(of.number)))
        self._anchors.mark(caption, of.anchor)
        caption.add_run(clean(f". {of.caption}"))
        caption.paragraph_format.keep_with_next = keep

    def _grid(self, grid: blocks.Grid, following: blocks.Block | None) -> None:
        """A table; wide ones that follow one another share their turned pages."""
        from cohesion_qda.report import docx_table

        if grid.is_wide and not self._is_turned:
            self._turn_page(landscape=True)
        self._caption(_("Table"), grid, keep=True)
        table = docx_table.table(grid, WIDE_WIDTH if grid.is_wide else TEXT_WIDTH)
        self._word.element.body.sectPr.addprevious(table)
        is_last_turned = grid.is_wide and not (isinstance(following, blocks.Grid) and following.is_wide)
        if not is_last_turned and not isinstance(following, blocks.Heading | blocks.ThemePart):
            self._gap()  # a heading has room above it; and alone on a page it would leave that empty
        if is_last_turned:
            self._turn_page(landscape=False)

    def _gap(self) -> None:
        """A line after a table, so low that it never fills a page of its own."""
        gap = self._added("Normal").paragraph_format
        gap.space_before = gap.space_after = _points(0)
        gap.line_spacing = _points(8)

    def _turn_page(self, landscape: bool) -> None:
        from docx.enum.section import WD_ORIENT, WD_SECTION

        section = self._word.add_section(WD_SECTION.NEW_PAGE)
        self._is_turned = landscape
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        short, long = sorted((section.page_width or 0, section.page_height or 0))
        section.page_width, section.page_height = (long, short) if landscape else (short, long)


def _is_upright(block: blocks.Block | None) -> bool:
    """Whether it is a table that stays on the page: a wide one begins a page of its own."""
    return isinstance(block, blocks.Grid) and not block.is_wide


def _page_number(paragraph: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph._p.append(docx_fields.field("PAGE", "1"))


def _points(n: float) -> Any:
    from docx.shared import Pt

    return Pt(n)


def _directed(paragraph: Paragraph, text: str) -> None:
    """Set a paragraph from right to left where its words run so."""
    if is_right_to_left(text):
        _set(paragraph, "w:bidi", {})
        for run in paragraph.runs:
            run.font.rtl = True


def _spoken(paragraph: Paragraph, language: str) -> None:
    """Say in which language the words of a paragraph are."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for run in paragraph.runs:
        told: Any = OxmlElement("w:lang")
        told.set(qn("w:val"), language)
        run._r.get_or_add_rPr().append(told)  # nothing that we set stands behind it


_BEHIND = {
    "w:bidi": (
        "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap",
        "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:rPr", "w:sectPr",
    ),
    "w:textAlignment": ("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:rPr", "w:sectPr"),
}  # fmt: skip
"""What may only stand behind a property of a paragraph: Word reads them in one order."""


def _set(paragraph: Paragraph, name: str, values: dict[str, str]) -> None:
    """Set a property of a paragraph that the library does not know."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    told: Any = OxmlElement(name)
    for key, value in values.items():
        told.set(qn(key), value)
    properties: Any = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(told, *_BEHIND[name])
