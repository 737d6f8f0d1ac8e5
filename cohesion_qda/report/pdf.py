"""The report as a tagged PDF, set by Typst: headings, lists, tables with heads, figures with their alternative text.

Typst sees our template alone; every word of the study reaches it as data.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.base.resources import resource
from cohesion_qda.report import blocks, columns, style, words
from cohesion_qda.report.plain import clean, is_right_to_left
from cohesion_qda.report.values import Quotation

_TEXT, _WIDE = 6.5, 9.9  # inches between the margins of an upright page, and of a turned one
_TALLEST = 7.4  # inches of a figure: its headings and its caption stand on the same page
_SHORT_ROWS = 20  # a table with no more, of short lines, is not broken across pages
_LONG = 1200  # characters of a quotation that may be broken across pages


def render(document: blocks.Document, job: Job | None = None) -> bytes:
    """The PDF: PDF/UA-1 wherever what is in the document allows, else tagged all the same. The same document gives the same bytes.
    Raises Cancelled.
    """
    import typst

    if job is not None:
        job.step(0, 1, _("PDF"))
    told = json.dumps(_told(document), ensure_ascii=False)
    fonts = typst.Fonts(
        include_system_fonts=bool(style.unwritable(told)),  # they differ from computer to computer
        include_embedded_fonts=False,
        font_paths=[str(style.font_file(400).parent), str(style.dejavu(400).parent)],
    )

    template, inputs, when = resource("templates/report.typ").read_bytes(), {"document": told}, _midnight(document.date)
    try:
        return typst.compile(
            template, format="pdf", font_paths=fonts, sys_inputs=inputs, timestamp=when, pdf_standards="ua-1"
        )
    except typst.TypstError:  # a heading that is skipped is against the standard
        return typst.compile(template, format="pdf", font_paths=fonts, sys_inputs=inputs, timestamp=when)


def _midnight(date: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{date[:10]}T00:00:00+00:00")


def _told(document: blocks.Document) -> dict[str, Any]:
    """The document as the template reads it."""
    day = _midnight(document.date)
    lang, _dash, region = document.language.partition("-")
    return {
        "title": clean(document.title), "author": clean(document.author) or _("Cohesion QDA"),
        "description": clean(" · ".join(document.about)), "about": [clean(line) for line in document.about],
        "date": [day.year, day.month, day.day], "lang": lang, "region": region or None,
        "fonts": ["Inter", "DejaVu Sans"], "contents": _("Contents") if _has_chapters(document) else "",
        "ink": {"text": style.TEXT, "text2": style.TEXT2, "line": style.LINE, "strong": style.STRONG, "link": "#1A5A8F"},
        "blocks": list(_turned(document.blocks)),
    }  # fmt: skip


def _has_chapters(document: blocks.Document) -> bool:
    return sum(isinstance(b, blocks.Heading) and b.level == 1 for b in document.blocks) > 1


def _turned(shown: Sequence[blocks.Block]) -> Iterator[dict[str, Any]]:
    """The blocks in order; wide tables that follow one another share their turned pages."""
    wide: list[dict[str, Any]] = []
    anchors = frozenset(blocks.anchors(shown))
    for n, block in enumerate(shown):
        if isinstance(block, blocks.Grid) and block.is_wide:
            wide.append(_grid(block))
            continue
        if wide:
            yield {"kind": "turned", "blocks": wide}
            wide = []
        yield from _made(block, shown[n + 1] if n + 1 < len(shown) else None, anchors)
    if wide:
        yield {"kind": "turned", "blocks": wide}


def _made(block: blocks.Block, following: blocks.Block | None, anchors: frozenset[str]) -> Iterator[dict[str, Any]]:
    match block:
        case blocks.Heading():
            yield _heading(block)
        case blocks.Paragraph():
            is_leading = isinstance(following, blocks.Bullets | blocks.Figures | blocks.Grid)
            sees = [ref for ref in block.sees if ref.anchor in anchors]
            yield _paragraph(block.text, block.kind, is_leading, sees, block.lang)
        case blocks.Bullets():
            yield {"kind": "bullets", "items": [_said(item) for item in block.items]}
        case blocks.Figures():
            yield {"kind": "figures", "figures": [_figure(figure) for figure in block.figures]}
        case blocks.Grid():
            yield _grid(block)
        case blocks.ThemePart():
            yield from _theme(block)
        case blocks.Cited():
            yield _quotation(block.quotation, block.notes)


def _said(text: str, lang: str = "") -> dict[str, Any]:
    return {"text": clean(text), "rtl": is_right_to_left(text), "lang": lang.partition("-")[0]}


def _heading(heading: blocks.Heading) -> dict[str, Any]:
    return {
        "kind": "heading", "level": min(heading.level, 5), "words": _said(heading.text, heading.lang), "anchor": heading.anchor,
        "starts_page": heading.starts_page,
    }  # fmt: skip


def _paragraph(
    text: str, look: str = "", leads: bool = False, sees: Iterable[blocks.Ref] = (), lang: str = ""
) -> dict[str, Any]:
    refs = [{"anchor": ref.anchor, "text": clean(ref.text)} for ref in sees]
    return {"kind": "paragraph", "words": _said(text, lang), "look": look, "leads": leads, "sees": refs}


def _theme(theme: blocks.ThemePart) -> Iterator[dict[str, Any]]:
    yield _heading(theme.heading)
    told = [(theme.definition, "definition"), (theme.said, "lead"), (theme.origin, ""), (theme.where, "")]
    told += [(text, "") for text in theme.words]
    shown = [(text, look) for text, look in told if text]
    for n, (text, look) in enumerate(shown, 1):
        yield _paragraph(text, look, leads=n < len(shown) or bool(theme.quotations))
    for quotation in theme.quotations:
        yield _quotation(quotation)


def _quotation(quotation: Quotation, notes: Sequence[str] = ()) -> dict[str, Any]:
    said_by = ", ".join(filter(None, (quotation.attribution, words.turn(quotation.turn))))
    parts = [
        {"speaker": clean(part.speaker) if len(quotation.parts) > 1 else "", "is_moderator": part.is_moderator, **_said(part.words)}
        for part in quotation.parts
    ]  # fmt: skip
    below = [f"— {said_by}", *notes] if said_by else list(notes)
    length = sum(len(part.words) for part in quotation.parts)
    return {"kind": "quotation", "parts": parts, "notes": [_said(note) for note in below], "is_long": length > _LONG}


def _figure(figure: blocks.Figure) -> dict[str, Any]:
    picture = figure.picture
    width = picture.width * min(1.0, _TALLEST / picture.height)
    return {
        "svg": picture.svg, "alt": clean(picture.alt), "width": width, "anchor": figure.anchor,
        "label": _("Figure {n}.").format(n=figure.number), "caption": clean(figure.caption),
    }  # fmt: skip


def _grid(grid: blocks.Grid) -> dict[str, Any]:
    rows = [[_cell(text, grid.indent(n) if k == 0 else 0) for k, text in enumerate(row)] for n, row in enumerate(grid.rows)]  # fmt: skip
    lines = sum(max((len(text) // 40 + text.count("\n") + 1 for text in row), default=1) for row in grid.rows)
    return {
        "kind": "grid", "label": _("Table {n}.").format(n=grid.number), "caption": clean(grid.caption), "anchor": grid.anchor,
        "head": [_cell(text, 0) for text in grid.head], "rows": rows, "numbers": grid.numbers,
        "widths": columns.widths(grid, _WIDE if grid.is_wide else _TEXT),
        "is_short": lines <= _SHORT_ROWS,
    }  # fmt: skip


def _cell(text: str, indent: int) -> dict[str, Any]:
    return {**_said(text), "indent": indent}
