"""The appendix that says which items of COREQ the report answers, and which its author still has to."""

from __future__ import annotations

from collections.abc import Iterator

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.report import coreq, words
from cohesion_qda.report.blocks import Block, Bullets, Paragraph
from cohesion_qda.report.pen import Pen


def checklist(pen: Pen) -> Iterator[Block]:
    """What the report tells of the 32 items, and what it cannot."""
    if not pen.data.has_codings:
        return
    told, written = coreq.answers(pen.data), coreq.in_the_author_s_words(pen.data)
    yield pen.heading(1, _("Appendix: what the study tells of itself (COREQ)"))
    yield Paragraph(
        _("COREQ lists 32 items that a report of interviews and focus groups should tell (A. Tong, P. Sainsbury and J. Craig, International Journal "
          "for Quality in Health Care 19, 2007); they are named here in other words.")
    )  # fmt: skip
    rows = [
        (_("{n}. {item}").format(n=item.number, item=item.asks), item.domain, "\n".join(said))
        for item in coreq.items()
        if (said := [each for each in (told.get(item.number), written.get(item.number)) if each])
    ]
    head = (_("Item"), _("Domain"), _("What the report tells"))
    yield pen.grid(_("The items of COREQ that this report answers"), head, rows, numbers=len(head))
    left = list(coreq.open_items(pen.data))
    if left:
        yield pen.heading(2, _("What only the researchers can tell"))
        yield Paragraph(
            ngettext(
                "{n} item cannot be answered from the project:", "{n} items cannot be answered from the project:", len(left)
            ).format(n=words.number(len(left)))
        )  # fmt: skip
        yield Bullets(tuple(_("{n}. {item}").format(n=item.number, item=item.asks) for item in left))
