"""Gaps, and the appendices: codebook, how to read the numbers."""

from __future__ import annotations

from collections.abc import Iterator

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.report import words
from cohesion_qda.report.blocks import Block, Bullets, Paragraph
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
        yield Bullets(data.uncoded)
    if data.unused:
        yield Paragraph(
            ngettext(
                "Never used: {n} of {total} code.", "Never used: {n} of {total} codes.", len(data.codebook)
            ).format(n=words.number(len(data.unused)), total=words.number(len(data.codebook)))
        )
        yield Bullets(data.unused)


def codebook(pen: Pen) -> Iterator[Block]:
    """The codebook as a table."""
    yield pen.heading(1, _("Appendix: codebook"))
    if not pen.data.codebook:
        yield Paragraph(_("The codebook is empty."))
        return
    rows = tuple(
        (
            _("{code} (question)").format(code=entry.name) if entry.is_question else entry.name,
            entry.definition or "–",
            entry.use_when or "–",
            entry.not_when or "–",
            words.number(entry.said.mentions),
        )
        for entry in pen.data.codebook
    )
    head = (_("Code"), _("Definition"), _("Use when"), _("Not when"), _("Mentions"))
    yield pen.grid(_("The codebook"), head, rows, numbers=4, indents=tuple(e.depth for e in pen.data.codebook))


def how_to_read(pen: Pen) -> Iterator[Block]:
    """What the numbers mean."""
    yield pen.heading(1, _("Appendix: how to read the numbers"))
    yield Bullets(tuple(reading()))
    yield Paragraph(_("The same numbers are in the folder “tables”, as .xlsx and .csv; the figures are in “figures”."))
