"""Where each quotation stands in the talk."""

from __future__ import annotations

from collections.abc import Iterator

from cohesion_qda.base.i18n import _
from cohesion_qda.report.blocks import Block, Contexts
from cohesion_qda.report.pen import Pen


def contexts(pen: Pen) -> Iterator[Block]:
    """The turns around every quotation, for the web page."""
    yield Contexts(pen.heading(1, _("Appendix: quotations in their context")))
