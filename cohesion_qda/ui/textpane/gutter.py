"""Who speaks: names, numbers and times at the left of the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import COLOURS
from cohesion_qda.model.ids import SpeakerId
from cohesion_qda.model.source import Reading, Speaker
from cohesion_qda.ui.textpane.extents import MODERATOR, PLAIN
from cohesion_qda.ui.textpane.paint import ScreenBlock

if TYPE_CHECKING:
    from cohesion_qda.ui.textpane.surface import Surface

INSIDE = 5  # pixels at the right, for the bar of a participant's colour
_NUMBERED = re.compile(r"[A-Za-z]{1,3}\s?\d+")


def person_numbers(reading: Reading) -> Mapping[SpeakerId, str]:
    """`P1`, `P2` … for the participants, in the order in which they first speak."""
    numbers: dict[SpeakerId, str] = {}
    for turn in reading.turns:
        speaker = reading.speakers.get(turn.speaker)
        if speaker and speaker.role == "participant" and speaker.id not in numbers:
            numbers[speaker.id] = f"P{len(numbers) + 1}"
    return {s: "" if _NUMBERED.fullmatch(reading.speakers[s].label) else number for s, number in numbers.items()}


def role_words() -> dict[str, str]:
    """What the roles are called."""
    return {"participant": _("participant"), "moderator": _("moderator"), "observer": _("observer")}


def _says_role(label: str, *roles: str) -> bool:
    """Whether the name says already what the role is: `Moderator 2`, `MOD`, `Interviewer`, `Facilitator`."""
    plain = label.casefold().strip(" .:1234567890")
    known = ("mod", "int", "fac", "i", "q", "interviewer", "facilitator", "researcher", "m", "obs")
    return plain in known or any(role and plain.startswith(role.casefold()) for role in roles)


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
        self.numbers_width = 0
        self.setMouseTracking(True)
        self.setAccessibleName(_("Speakers"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), self._view.theme.colour("paper"))
            for block in self._view.screen():
                if self._view.look.people_coloured and not self._view.dims_coded and block.layout.lineCount():
                    self._paint_person(painter, block)
                if block.info.opens and block.layout.lineCount():
                    self._paint_block(painter, block)
        finally:
            painter.end()

    def _paint_person(self, painter: QPainter, block: ScreenBlock) -> None:
        """A bar along what a participant says."""
        colour = self._colour_of(self._view.blocks.speaker(block.info.turn))
        if colour:
            first, last = block.layout.lineAt(0), block.layout.lineAt(block.layout.lineCount() - 1)
            top, height = block.top + first.y(), last.y() + last.height() - first.y()
            painter.fillRect(QRectF(self.width() - 2, top, 2, height), self._view.theme.code_colour(colour).bracket)

    def _colour_of(self, speaker: Speaker | None) -> str:
        """The name of a participant's colour, in the order in which they first speak; empty for others."""
        if speaker is None or speaker.id not in self._view.numbers:
            return ""
        return COLOURS[list(self._view.numbers).index(speaker.id) % len(COLOURS)]

    def _paint_block(self, painter: QPainter, block: ScreenBlock) -> None:
        speaker = self._view.blocks.speaker(block.info.turn)
        line = block.layout.lineAt(0)
        base = block.top + line.y() + line.ascent()
        number = self.number(block)
        if number:
            self._write(painter, number, base, "meta", "text2", at_left=True)
        if speaker is None:
            return
        quiet = block.info.kind == MODERATOR
        role, colour = ("interface", "text2") if quiet else ("interface_strong", "text")
        person = self._colour_of(speaker) if self._view.look.people_coloured else ""
        ink = self._view.theme.code_colour(person).ink if person else self._view.theme.colour(colour)
        self._write(painter, speaker.label, base, role, ink)
        meta = self.meta(block.info.turn or 0)
        if meta:
            self._write(painter, meta, base + self._view.theme.px(17), "meta", "text2")

    def number(self, block: ScreenBlock) -> str:
        """What a turn or paragraph can be cited by, where that is wanted; documents always have their paragraphs."""
        view, info = self._view, block.info
        if not len(info.span):
            return ""
        if view.look.numbers == "turns" and info.turn is not None:
            return str(view.blocks.turn(info.turn).number)
        if view.look.numbers == "paragraphs" or (info.kind == PLAIN and info.turn is None):
            return str(view.blocks.paragraph(block.number))
        return ""

    def meta(self, place: int) -> str:
        """What stands under the name of a turn (by its place in the reading): the person's number or role, the time."""
        turn, speaker = self._view.blocks.turn(place), self._view.blocks.speaker(place)
        who = self._view.numbers.get(turn.speaker, "")
        if speaker is not None and speaker.role != "participant":
            role = role_words().get(speaker.role, "")
            who = "" if _says_role(speaker.label, speaker.role, role) else role
        parts = [who, "" if turn.at is None else clock(turn.at)]
        return " · ".join(part for part in parts if part)

    def _write(
        self, painter: QPainter, words: str, base: float, role: str, colour: str | QColor, *, at_left: bool = False
    ) -> None:
        """At the right, or in the column of numbers; a document has its numbers where others have names."""
        font = self._view.theme.font(role)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._view.theme.colour(colour) if isinstance(colour, str) else colour)
        alone = not self.numbers_width or (self._view.reading is not None and not self._view.reading.turns)
        left = 0 if alone else self.numbers_width
        width = self.width() - left - INSIDE
        if at_left and not alone:
            left, width = 0, self.numbers_width - INSIDE
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
        rect = QRectF(left, base - metrics.ascent(), width, metrics.height())
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
        words = _("{name}, {role}, turn {number}. Click to read {name} only.")
        return words.format(name=name, role=role_words().get(speaker.role, speaker.role), number=number)
