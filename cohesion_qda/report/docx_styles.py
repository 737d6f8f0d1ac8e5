"""The look of a Word document: its page, its styles, its language and its properties."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.i18n import _
from cohesion_qda.report import blocks, style
from cohesion_qda.report.plain import clean

if TYPE_CHECKING:
    from docx.document import Document as Word

LEAD, SOURCE, CELL, CELL_SMALL, HEAD, HEAD_SMALL = (
    "Lead", "Quote Source", "Table Text", "Table Text Small", "Table Head", "Table Head Small",
)  # fmt: skip
TEXT_WIDTH, WIDE_WIDTH = 6.5, 9.8  # inches between the margins of an upright A4 page, and of a turned one
_FONT = "Arial"
_OWN = (LEAD, SOURCE, CELL, CELL_SMALL, HEAD, HEAD_SMALL, "toc 1", "toc 2")


def set_up(word: Word, document: blocks.Document) -> None:
    """Give an empty document its properties, page and styles."""
    from docx.shared import Cm

    _properties(word, document)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.24)
    section.top_margin = section.bottom_margin = Cm(2.2)
    language = language_of(document.language)
    _settings(word, language)
    _defaults(word, language)
    _styles(word)


def language_of(tag: str) -> str:
    """A language as Word names it: with its region."""
    return tag if "-" in tag else {"cy": "cy-GB", "en": "en-GB"}.get(tag, tag)


def _properties(word: Word, document: blocks.Document) -> None:
    properties = word.core_properties
    properties.title = clean(document.title)[:255]
    properties.author = clean(document.author)[:255] or _("Cohesion QDA")
    properties.last_modified_by = _("Cohesion QDA")
    properties.comments = clean(" · ".join(document.about))[:255]
    properties.language = language_of(document.language)
    properties.keywords = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.datetime.fromisoformat(f"{document.date[:10]}T00:00:00")


def _settings(word: Word, language: str) -> None:
    """The library's template is of an old Word, and American."""
    from docx.oxml.ns import qn

    settings: Any = word.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")


def _defaults(word: Word, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    defaults: Any = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    told = defaults.find(qn("w:lang"))
    if told is None:
        told = OxmlElement("w:lang")
        defaults.append(told)
    told.set(qn("w:val"), language)


def _styles(word: Word) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    for name in _OWN:
        known_to_word = name.startswith("toc")
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, known_to_word).base_style = word.styles["Normal"]
    navy, grey, text = (RGBColor.from_string(colour[1:]) for colour in (style.STRONG, style.TEXT2, style.TEXT))
    looks: dict[str, tuple[float, float, float, Any]] = {  # points, space before, space after, colour
        "Normal": (10.5, 0, 6, None), "Title": (26, 0, 6, navy), "Subtitle": (11, 0, 2, grey),
        "Heading 1": (18, 24, 8, navy), "Heading 2": (14, 18, 4, navy), "Heading 3": (12, 14, 4, navy),
        "Heading 4": (11, 12, 3, navy), "Heading 5": (10.5, 10, 3, navy), "Caption": (9, 4, 10, grey),
        "Quote": (10.5, 4, 0, text), "List Bullet": (10.5, 0, 3, None), LEAD: (10.5, 0, 6, None), SOURCE: (9, 0, 0, grey),
        CELL: (9, 1.5, 1.5, None), CELL_SMALL: (8, 1.5, 1.5, None), HEAD: (9, 1.5, 1.5, None), HEAD_SMALL: (8, 1.5, 1.5, None),
        "TOC Heading": (18, 18, 8, navy), "toc 1": (10.5, 6, 2, None), "toc 2": (10.5, 0, 2, None),
    }  # fmt: skip
    for name, look in looks.items():
        _styled(word.styles[name], name, *look)
    word.styles["Normal"].paragraph_format.line_spacing = 1.15
    for name in (CELL, CELL_SMALL, HEAD, HEAD_SMALL):
        word.styles[name].paragraph_format.line_spacing = 1.0
    for name in ("Quote", SOURCE, "toc 2"):
        word.styles[name].paragraph_format.left_indent = Pt(14)
    for name in ("Title", "Subtitle"):
        _plain(word.styles[name])


def _styled(found: Any, name: str, size: float, before: float, after: float, colour: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    fonts = found.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)
    is_heading = name.startswith("Heading")
    found.font.size = Pt(size)
    found.font.italic = False
    found.font.bold = is_heading or name in ("Title", "TOC Heading", LEAD, HEAD, HEAD_SMALL, "toc 1")
    if colour is not None:
        found.font.color.rgb = colour
    found.paragraph_format.space_before = Pt(before)
    found.paragraph_format.space_after = Pt(after)
    found.paragraph_format.widow_control = True
    if is_heading:
        found.paragraph_format.keep_with_next = True
    if is_heading or name in ("Caption", "Quote"):
        found.paragraph_format.keep_together = True


def _plain(found: Any) -> None:
    """Take a line under a style's paragraphs and the space between its letters away."""
    from docx.oxml.ns import qn

    for parent, name in ((found.element.get_or_add_pPr(), "w:pBdr"), (found.element.get_or_add_rPr(), "w:spacing")):
        extra = parent.find(qn(name))
        if extra is not None:
            parent.remove(extra)
