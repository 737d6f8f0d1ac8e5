"""Gaps, and the appendices: codebook, how to read the numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.report import words
from cohesion_qda.report.blocks import Block, Bullets, Paragraph
from cohesion_qda.report.extras import Further
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.tables import reading


def gaps(pen: Pen) -> Iterator[Block]:
    """What is not coded, and codes nobody used."""
    data = pen.data
    yield pen.heading(1, _("Gaps"))
    if not data.unused and not data.uncoded:
        yield Paragraph(_("Every code was used, and every source has codings."))
    if data.uncoded:
        yield Paragraph(
            ngettext(
                "No coding yet in {n} of {total} source; what was said there is in none of the counts:",
                "No coding yet in {n} of {total} sources; what was said there is in none of the counts:",
                data.sources,
            ).format(n=words.number(len(data.uncoded)), total=words.number(data.sources))
        )
        yield Bullets(words.each_once(data.uncoded))
    if data.unused:
        yield Paragraph(
            ngettext(
                "Never used: {n} of {total} code.", "Never used: {n} of {total} codes.", len(data.codebook)
            ).format(n=words.number(len(data.unused)), total=words.number(len(data.codebook)))
        )
        yield Bullets(data.unused)


def further(pen: Pen) -> Iterator[Block]:
    """Analyses that are still to be done, each with what it finds so far; nothing where no study frame brought any."""
    found = pen.data.extras.further
    if not found:
        return
    yield pen.heading(1, _("Further analysis"))
    yield Paragraph(
        _(
            "These are ready in the project as saved queries. Each is counted as it stands today; reading its passages is the analysis itself."
        )
    )
    columns = list(_further_columns(pen))
    rows = [
        (each.name, each.about or "–", "\n".join(each.looks), *(tell(each) for _name, tell in columns))
        for each in found
    ]
    head = (_("Analysis"), _("What it is about"), _("Codes"), *(name for name, _tell in columns))
    yield pen.grid(_("Further analyses and what they find"), head, rows, numbers=3)
    if pen.data.threshold and pen.data.base.participants:
        yield Paragraph(
            _("How many people said it is not told here: beside the other tables it could give away numbers that are hidden there."), "note"
        )  # fmt: skip
    asked = dict.fromkeys((each.document, each.where) for each in found if each.document)
    if asked:
        named = [_("{document}, {where}").format(document=d, where=w) if w else d for d, w in asked]
        yield Paragraph(_("They are asked for in: {documents}.").format(documents="; ".join(named)), "note")


def _further_columns(pen: Pen) -> Iterator[tuple[str, Callable[[Further], str]]]:
    """The numbers of further analyses: where small ones are hidden, only what is told of the whole study whoever said it."""
    base = pen.data.base
    if base.groups:
        yield words.unit_name("groups"), lambda each: words.slashed("groups", each.said, base)
    if not pen.data.threshold:
        if base.participants:
            yield words.unit_name("participants"), lambda each: words.slashed("participants", each.said, base)
        yield _("Passages"), lambda each: words.number(each.passages)
    elif not base.groups:
        yield _("Found"), lambda each: _("yes") if each.passages else _("nothing yet")


def codebook(pen: Pen) -> Iterator[Block]:
    """The codebook as a table."""
    yield pen.heading(1, _("Appendix: codebook"))
    if not pen.data.codebook:
        yield Paragraph(_("The codebook is empty."))
        return
    said_of_it = [
        (_("Definition"), [entry.definition for entry in pen.data.codebook]),
        (_("Use when"), [entry.use_when for entry in pen.data.codebook]),
        (_("Not when"), [entry.not_when for entry in pen.data.codebook]),
    ]
    said_of_it = [(name, texts) for name, texts in said_of_it if any(texts)]
    names = [_("{code} (question)").format(code=e.name) if e.is_question else e.name for e in pen.data.codebook]
    columns = [names, *([text or "–" for text in texts] for _name, texts in said_of_it)]
    columns.append([words.number(entry.said.mentions) for entry in pen.data.codebook])
    head = (_("Code"), *(name for name, _texts in said_of_it), _("Mentions"))
    indents = tuple(e.depth for e in pen.data.codebook)
    rows = tuple(zip(*columns, strict=True))
    yield pen.grid(_("The codebook"), head, rows, numbers=len(head) - 1, indents=indents, is_filed=False)


def how_to_read(pen: Pen) -> Iterator[Block]:
    """What the numbers mean."""
    yield pen.heading(1, _("Appendix: how to read the numbers"))
    yield Bullets(tuple(reading()))
    yield Paragraph(
        _("The same numbers are in the folder “tables”, as .xlsx, .ods and .csv; the figures are in “figures”.")
    )
