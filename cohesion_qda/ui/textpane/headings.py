"""The question that is answered, as a quiet heading over the turn with which its section begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from cohesion_qda.base.i18n import _
from cohesion_qda.model.section import Section
from cohesion_qda.ui.textpane.layout import SIDE

if TYPE_CHECKING:
    from cohesion_qda.ui.textpane.paint import ScreenBlock
    from cohesion_qda.ui.textpane.surface import Surface

_ABOVE, _BELOW = 16, 8  # pixels over the line and under the words
_WRAP = int(Qt.TextFlag.TextWordWrap)
_ALIGN = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def words_of(section: Section) -> str:
    """What stands over a section."""
    return section.title or _("No question from here on")


class Headings:
    """Where headings stand, the room they take, and how they are painted; the text itself knows nothing of them."""

    def __init__(self, view: Surface) -> None:
        self._view = view
        self._over: dict[int, Section] = {}

    def place(self) -> None:
        """Find the block that each section begins with: the first of its blocks that is shown."""
        view = self._view
        self._over = {}
        if view.reading is None:
            return
        document, n = view.document(), len(view.blocks)
        for section in view.reading.sections:
            first = number = view.positions.block_at(section.span.start)
            while view.is_narrowed and number < n and not document.findBlockByNumber(number).isVisible():
                number += 1
            if number == first or (number < n and view.positions.block_span(number).start < section.span.end):
                self._over[number] = section

    def at(self, number: int) -> Section | None:
        """The section whose heading stands over a block."""
        return self._over.get(number)

    def room(self, number: int) -> float:
        """How much higher a block must be for its heading, in pixels."""
        section = self._over.get(number)
        if section is None:
            return 0.0
        return self._view.theme.px(_ABOVE) + self._height(section) + self._view.theme.px(_BELOW)

    def paint(self, painter: QPainter, blocks: Iterable[ScreenBlock]) -> None:
        """Draw the headings of some blocks into the room above their first lines."""
        theme = self._view.theme
        for block in blocks:
            section = self._over.get(block.number)
            if section is None:
                continue
            line, height = block.layout.lineAt(0), self._height(section)
            words_top = block.top + line.y() + line.height() / 2 - max(self._view.look.line(theme), line.height()) / 2
            top = words_top - theme.px(_BELOW) - height
            width = self._view.text_width
            if block.number:
                painter.setPen(QPen(theme.colour("line"), 1))
                y = int(top - theme.px(_ABOVE) / 2) + 0.5
                painter.drawLine(int(SIDE), y, int(SIDE + width), y)
            painter.setFont(theme.font("meta_strong"))
            painter.setPen(theme.colour("text2"))
            painter.drawText(QRectF(SIDE, top, width, height), _WRAP | _ALIGN, words_of(section))

    def _height(self, section: Section) -> float:
        theme = self._view.theme
        metrics = QFontMetricsF(theme.font("meta_strong"))
        room = QRectF(0, 0, self._view.text_width, 10_000)
        return metrics.boundingRect(room, _WRAP | _ALIGN, words_of(section)).height()
