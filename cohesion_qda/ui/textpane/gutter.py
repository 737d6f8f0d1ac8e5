"""Who speaks: names, numbers and times at the left of the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SpeakerId
from cohesion_qda.model.source import Reading, Speaker
from cohesion_qda.ui.textpane.extents import MODERATOR, PLAIN
from cohesion_qda.ui.textpane.paint import ScreenBlock

if TYPE_CHECKING:
    from cohesion_qda.ui.textpane.surface import Surface

_NUMBERED = re.compile(r"[A-Za-z]{1,3}\s?\d+")


def person_numbers(reading: Reading) -> Mapping[SpeakerId, str]:
    """`P1`, `P2` … for the participants, in the order in which they first speak."""
    numbers: dict[SpeakerId, str] = {}
    for turn in reading.turns:
        speaker = reading.speakers.get(turn.speaker)
        if speaker and speaker.role == "participant" and speaker.id not in numbers:
            numbers[speaker.id] = f"P{len(numbers) + 1}"
    return {s: "" if _NUMBERED.fullmatch(reading.speakers[s].label) else number for s, number in numbers.items()}


def clock(seconds: float) -> str:
    """`4:05`, `1:02:30`."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, seconds_left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds_left:02}" if hours else f"{minutes}:{seconds_left:02}"


class Gutter(QWidget):
    """Beside the text; painted from what the view shows. A click asks to read one speaker only."""

    speaker_chosen = Signal(int)

    def __init__(self, view: Surface) -> None:
        super().__init__(view)
        self._view = view
        self.setMouseTracking(True)
        self.setAccessibleName(_("Speakers"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), self._view.theme.colour("paper"))
            for block in self._view.screen():
                if block.info.opens:
                    self._paint_block(painter, block)
        finally:
            painter.end()

    def _paint_block(self, painter: QPainter, block: ScreenBlock) -> None:
        theme = self._view.theme
        speaker = self._view.blocks.speaker(block.info.turn)
        line = block.layout.lineAt(0)
        base = block.top + line.y() + line.ascent()
        if speaker is None:
            if block.info.kind == PLAIN and len(block.info.span):
                self._write(painter, str(self._view.blocks.paragraph(block.number)), base, "meta", "text2")
            return
        quiet = block.info.kind == MODERATOR
        self._write(
            painter, speaker.label, base, "interface" if quiet else "interface_strong", "text2" if quiet else "text"
        )
        meta = self.meta(block.info.turn or 0)
        if meta:
            self._write(painter, meta, base + theme.px(17), "meta", "text2")

    def meta(self, place: int) -> str:
        """What stands under the name of a turn (by its place in the reading): the person's number, the time."""
        turn = self._view.blocks.turn(place)
        parts = [self._view.numbers.get(turn.speaker, ""), "" if turn.at is None else clock(turn.at)]
        return " · ".join(part for part in parts if part)

    def _write(self, painter: QPainter, words: str, base: float, role: str, colour: str) -> None:
        font = self._view.theme.font(role)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._view.theme.colour(colour))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, self.width())
        rect = QRectF(0, base - metrics.ascent(), self.width(), metrics.height())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), shown)

    def _named(self, y: float) -> tuple[ScreenBlock, Speaker] | None:
        for block in self._view.screen():
            line = block.layout.lineAt(0)
            first = block.top + line.y()
            if block.info.opens and first - 4 <= y <= first + line.height() + self._view.theme.px(20):
                speaker = self._view.blocks.speaker(block.info.turn)
                return (block, speaker) if speaker else None
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._named(event.position().y())
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._named(event.position().y())
        if found and event.button() == Qt.MouseButton.LeftButton:
            self.speaker_chosen.emit(found[1].id)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._named(event.pos().y())
            if found:
                QToolTip.showText(event.globalPos(), self.tip(*found), self)
            return True
        return super().event(event)

    def tip(self, block: ScreenBlock, speaker: Speaker) -> str:
        """The whole name and which turn this is."""
        number = self._view.blocks.turn(block.info.turn or 0).number
        name = speaker.case_name or speaker.label
        return _("{name}, turn {number}. Click to read {name} only.").format(name=name, number=number)
