"""The report as a Word document with real styles, captions and table heads."""

from __future__ import annotations

import datetime
import io
import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.report import blocks, style, words
from cohesion_qda.report.values import Quotation

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_FONT = "Arial"
_TEXT_WIDTH = 6.5  # inches, on A4 with the margins set below
_TALLEST = 7.4
_KEPT_WHOLE = 20  # a table with no more rows is not broken across pages
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(document: blocks.Document, job: Job | None = None) -> bytes:
    """The .docx file. The same document gives the same bytes. Raises Cancelled."""
    import docx

    word = docx.Document()
    _set_up(word, document)
    writer = _Writer(word)
    word.add_paragraph(_clean(document.title), style="Title")
    for line in document.about:
        word.add_paragraph(_clean(line), style="Subtitle")
    for n, block in enumerate(document.blocks):
        if job is not None:
            job.step(n, len(document.blocks), _("Word document"))
        following = document.blocks[n + 1] if n + 1 < len(document.blocks) else None
        writer.write(block, following)
    out = io.BytesIO()
    word.save(out)
    return _dateless(out.getvalue())


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _dateless(data: bytes) -> bytes:
    """The same package with the time of writing taken out, and without the template's picture of itself."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(entry))
    return out.getvalue()


def _set_up(word: Word, document: blocks.Document) -> None:
    from docx.shared import Cm

    properties = word.core_properties
    when = datetime.datetime.fromisoformat(f"{document.date[:10]}T00:00:00")
    properties.title = _clean(document.title)[:255]
    properties.author = _("Cohesion QDA")
    properties.last_modified_by = properties.author
    properties.comments = _clean(" · ".join(document.about))[:255]
    properties.language = "en-GB"
    properties.keywords = ""
    properties.revision = 1
    properties.created = properties.modified = when
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.24)
    section.top_margin = section.bottom_margin = Cm(2.2)
    _page_number(section.footer.paragraphs[0])
    _styles(word)


def _styles(word: Word) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    navy, grey = RGBColor.from_string(style.STRONG[1:]), RGBColor.from_string(style.TEXT2[1:])
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), "en-GB")
    sizes: dict[str, tuple[float, float, float, Any]] = {  # points, space before, space after, colour
        "Normal": (10.5, 0, 6, None), "Title": (26, 0, 6, navy), "Subtitle": (11, 0, 2, grey),
        "Heading 1": (18, 24, 8, navy), "Heading 2": (14, 18, 4, navy), "Heading 3": (12, 14, 4, navy),
        "Heading 4": (11, 12, 3, navy), "Heading 5": (10.5, 10, 3, navy), "Caption": (9, 4, 10, grey),
        "Quote": (10.5, 4, 0, None), "List Bullet": (10.5, 0, 3, None),
    }  # fmt: skip
    for name, (size, before, after, colour) in sizes.items():
        found = word.styles[name]
        fonts = found.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), _FONT)
        found.font.size = Pt(size)
        found.font.italic = False
        found.font.bold = name.startswith("Heading") or name == "Title"
        if colour is not None:
            found.font.color.rgb = colour
        found.paragraph_format.space_before = Pt(before)
        found.paragraph_format.space_after = Pt(after)
        found.paragraph_format.widow_control = True
        if name.startswith("Heading"):
            found.paragraph_format.keep_with_next = True
        if name in ("Caption", "Quote") or name.startswith("Heading"):
            found.paragraph_format.keep_together = True
    word.styles["Quote"].font.color.rgb = RGBColor.from_string(style.TEXT[1:])
    word.styles["Quote"].paragraph_format.left_indent = Pt(14)
    word.styles["Normal"].paragraph_format.line_spacing = 1.15
    for name in ("Title", "Subtitle"):
        _plain(word.styles[name])


def _plain(found: Any) -> None:
    """Take a line under a style's paragraphs and the space between its letters away."""
    from docx.oxml.ns import qn

    for parent, name in ((found.element.get_or_add_pPr(), "w:pBdr"), (found.element.get_or_add_rPr(), "w:spacing")):
        extra = parent.find(qn(name))
        if extra is not None:
            parent.remove(extra)


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word can count anew, with the value it has now."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _page_number(paragraph: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(paragraph, "PAGE", "1")


def _is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


class _Writer:
    """Writes block after block. Cells are reached by row, never one by one through the table, which is slow."""

    def __init__(self, word: Word) -> None:
        self._word = word
        self._pictures = 0
        self._is_turned = False
        self._styles: dict[str, Any] = {}

    def _added(self, style_name: str) -> Paragraph:
        """A new paragraph at the end: as the library's own, which looks at every paragraph there is and at every style."""
        from docx.oxml import OxmlElement
        from docx.text.paragraph import Paragraph

        if style_name not in self._styles:
            self._styles[style_name] = self._word.styles[style_name].style_id
        element = OxmlElement("w:p")
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
                paragraph = self._paragraph(block.text, is_strong=block.kind == "lead")
                paragraph.paragraph_format.keep_with_next = True if leads else None
            case blocks.Bullets():
                for n, item in enumerate(block.items):
                    paragraph = self._paragraph(item, "List Bullet")
                    is_edge = n == 0 or n == len(block.items) - 2
                    paragraph.paragraph_format.keep_with_next = True if is_edge and n + 1 < len(block.items) else None
            case blocks.Figures():
                self._figures(block)
            case blocks.Grid():
                self._grid(block, following)
            case blocks.ThemePart():
                self._theme(block)
            case blocks.Cited():
                self._quotation(block.quotation, block.notes)

    def _heading(self, heading: blocks.Heading) -> None:
        paragraph = self._added(f"Heading {min(heading.level, 5)}")
        paragraph.add_run(_clean(heading.text))
        paragraph.paragraph_format.page_break_before = True if heading.starts_page else None

    def _paragraph(self, text: str, style_name: str = "Normal", is_strong: bool = False) -> Paragraph:
        paragraph = self._added(style_name)
        run = paragraph.add_run(_clean(text))
        run.bold = True if is_strong else None
        if _is_right_to_left(text):
            _turn(paragraph)
        return paragraph

    def _theme(self, theme: blocks.ThemePart) -> None:
        self._heading(theme.heading)
        if theme.definition:
            self._paragraph(theme.definition).paragraph_format.keep_with_next = True
        said = [self._paragraph(theme.said, is_strong=True)]
        said += [self._paragraph(text) for text in (theme.origin, theme.where) if text]
        for n, paragraph in enumerate(said, 1):
            paragraph.paragraph_format.keep_with_next = n < len(said) or bool(theme.quotations)
        for quotation in theme.quotations:
            self._quotation(quotation)

    def _quotation(self, quotation: Quotation, notes: tuple[str, ...] = ()) -> None:
        from docx.shared import RGBColor

        paragraph = None
        for part in quotation.parts:
            paragraph = self._added("Quote")
            paragraph.paragraph_format.keep_with_next = True
            if part.speaker and len(quotation.parts) > 1:
                paragraph.add_run(_clean(f"{part.speaker}: ")).bold = True
            paragraph.add_run(_clean(part.words))
            if _is_right_to_left(part.words):
                _turn(paragraph)
        said_by = ", ".join(filter(None, (quotation.attribution, words.turn(quotation.turn))))
        below = (f"— {said_by}", *notes)
        for n, line in enumerate(below, 1):
            source = self._added("Quote")
            source.paragraph_format.space_before = _points(0)
            source.paragraph_format.space_after = _points(8 if n == len(below) else 0)
            source.paragraph_format.keep_with_next = n < len(below)
            run = source.add_run(_clean(line))
            run.font.size = _points(9)
            run.font.color.rgb = RGBColor.from_string(style.TEXT2[1:])

    def _figures(self, block: blocks.Figures) -> None:
        paragraph = self._word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        _top_aligned(paragraph)
        for n, figure in enumerate(block.figures):
            if n:
                paragraph.add_run("\u2003")
            self._picture(paragraph, figure, (_TEXT_WIDTH - 0.3 * (len(block.figures) - 1)) / len(block.figures))
        for figure in block.figures:
            self._caption(_("Figure"), figure.number, figure.caption, keep=figure is not block.figures[-1])

    def _picture(self, paragraph: Paragraph, figure: blocks.Figure, widest: float) -> None:
        from docx.shared import Inches

        picture = figure.picture
        factor = min(1.0, widest / picture.width, _TALLEST / picture.height)
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=Inches(picture.width * factor))
        self._pictures += 1
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")
        properties = shape._inline.docPr
        properties.set("id", str(self._pictures))
        properties.set("name", f"Figure {figure.number}")
        properties.set("title", _clean(picture.title))
        properties.set("descr", picture.alt)

    def _caption(self, what: str, number: int, text: str, keep: bool) -> None:
        caption = self._word.add_paragraph(style="Caption")
        caption.add_run(f"{what} ")
        _field(caption, f"SEQ {what} \\* ARABIC", str(number))
        caption.add_run(_clean(f". {text}"))
        caption.paragraph_format.keep_with_next = keep

    def _grid(self, grid: blocks.Grid, following: blocks.Block | None) -> None:
        """A table; wide ones that follow one another share their turned pages."""
        if grid.is_wide and not self._is_turned:
            self._turn_page(landscape=True)
        self._caption(_("Table"), grid.number, grid.caption, keep=True)
        table = self._word.add_table(rows=1 + len(grid.rows), cols=len(grid.head))
        _look(table)
        small = 8.0 if len(grid.head) > 5 else 9.0
        width = 9.8 if grid.is_wide else _TEXT_WIDTH
        widths = _widths(grid, width)
        indents = [0, *(grid.indent(n) for n in range(len(grid.rows)))]
        for column, inches in zip(table.columns, widths, strict=True):
            column.width = inches
        cells = table._cells
        for n, row in enumerate((grid.head, *grid.rows)):
            for k, text in enumerate(row):
                cell = cells[n * len(grid.head) + k]
                self._cell(cell, text, small, is_head=n == 0, is_number=k >= grid.numbers)
                cell.width = widths[k]
                if n < len(grid.rows) and (len(grid.rows) <= _KEPT_WHOLE or n < 2 or n == len(grid.rows) - 1):
                    cell.paragraphs[0].paragraph_format.keep_with_next = True
            if indents[n]:
                cells[n * len(grid.head)].paragraphs[0].paragraph_format.left_indent = _points(10 * indents[n])
        _mark_rows(table)
        self._gap()
        if grid.is_wide and not (isinstance(following, blocks.Grid) and following.is_wide):
            self._turn_page(landscape=False)

    def _gap(self) -> None:
        """A line after a table, so low that it never fills a page of its own."""
        gap = self._word.add_paragraph().paragraph_format
        gap.space_before = gap.space_after = _points(0)
        gap.line_spacing = _points(8)

    def _cell(self, cell: _Cell, text: str, size: float, is_head: bool, is_number: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(_clean(text))
        run.font.size = _points(size)
        run.bold = True if is_head else None
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = _points(1.5)
        paragraph.paragraph_format.line_spacing = 1.0
        if is_number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif _is_right_to_left(text):
            _turn(paragraph)

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


def _points(n: float) -> Any:
    from docx.shared import Pt

    return Pt(n)


def _turn(paragraph: Paragraph) -> None:
    """Set a paragraph from right to left."""
    from docx.oxml import OxmlElement

    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for run in paragraph.runs:
        run.font.rtl = True


def _top_aligned(paragraph: Paragraph) -> None:
    """Let two pictures on a line hang from the same height."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    aligned = OxmlElement("w:textAlignment")
    aligned.set(qn("w:val"), "top")
    paragraph._p.get_or_add_pPr().append(aligned)


def _widths(grid: blocks.Grid, total: float) -> list[Any]:
    """The columns' widths: as their longest lines ask for, within bounds, together `total` inches."""
    from docx.shared import Inches

    wanted = []
    for k in range(len(grid.head)):
        lines = [line for row in (grid.head, *grid.rows) for line in row[k].split("\n")]
        longest = max((len(line) for line in lines), default=1) + (max(grid.indents, default=0) * 2 if k == 0 else 0)
        word = max((len(word) for line in lines for word in line.split()), default=1)
        wanted.append((min(word, 24) + 2, min(longest, 18 if k >= grid.numbers else 42) + 2))
    needed, liked = sum(least for least, _most in wanted), sum(max(pair) for pair in wanted)
    letter = 0.075  # inches a letter takes, on the safe side
    if liked * letter <= total:
        return [Inches(max(pair) * letter) for pair in wanted]
    spare = max(0.0, total / letter - needed) / max(1, liked - needed)
    widths = [least + (max(least, most) - least) * spare for least, most in wanted]
    return [Inches(width * total / sum(widths)) for width in widths]


def _look(table: Any) -> None:
    """Thin lines between rows, nothing else; columns as wide as they are set."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table.autofit = False
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", style.LINE[1:])):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    look = properties.find(qn("w:tblLook"))
    (look.addprevious if look is not None else properties.append)(borders)


def _mark_rows(table: Any) -> None:
    """The first row is the head, repeated on every page; no row breaks across pages."""
    from docx.oxml import OxmlElement

    for n, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if n == 0:
            properties.append(OxmlElement("w:tblHeader"))
