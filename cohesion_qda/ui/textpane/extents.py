"""Stretches of a transcript as it is displayed: turns, display blocks. Sentences are in `model.extent`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from cohesion_qda.model.source import Reading, Speaker, Turn
from cohesion_qda.model.text import Span, stage_notes
from cohesion_qda.ui.textpane.positions import Positions

SPEECH, MODERATOR, ASIDE, PLAIN = "speech", "moderator", "aside", "plain"


@dataclass(frozen=True, slots=True)
class BlockInfo:
    """One display block: `turn` is the place of its turn in the reading (None outside turns); `opens` is whether it
    begins its turn or paragraph; `kind` says how it is set; `notes` are the stage notes in it.
    """

    span: Span
    turn: int | None
    opens: bool
    kind: str
    notes: tuple[Span, ...]
    from_right: bool  # most of its words are written from right to left
    mixed: bool  # has such letters, so that letters side by side need not follow each other


_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


class Blocks:
    """The display blocks of a reading, each described when it is first asked for."""

    def __init__(self, reading: Reading, positions: Positions) -> None:
        self._reading = reading
        self._positions = positions
        self._turn_starts = [turn.span.start for turn in reading.turns]
        self._known: dict[int, BlockInfo] = {}
        self._paragraphs: list[int] = []

    def __len__(self) -> int:
        return len(self._positions.block_starts)

    def __getitem__(self, number: int) -> BlockInfo:
        if number not in self._known:
            self._known[number] = self._describe(number)
        return self._known[number]

    def paragraph(self, number: int) -> int:
        """Which paragraph with words in it a block is, or belongs to, counted from 1."""
        if not self._paragraphs:
            count = 0
            for span in map(self._positions.block_span, range(len(self))):
                count += bool(len(span) and self._opens(span, None))
                self._paragraphs.append(count)
        return self._paragraphs[number]

    def turn_at(self, point: int) -> int | None:
        """The place in the reading of the turn that holds the code point, or None between turns."""
        return turn_at(self._reading.turns, self._turn_starts, point)

    def speaker(self, turn: int | None) -> Speaker | None:
        return None if turn is None else self._reading.speakers.get(self._reading.turns[turn].speaker)

    def turn(self, place: int) -> Turn:
        return self._reading.turns[place]

    def _describe(self, number: int) -> BlockInfo:
        span = self._positions.block_span(number)
        text = span.of(self._reading.text)
        turn = self.turn_at(span.start)
        opens = self._opens(span, turn)
        notes = tuple(Span(n.start + span.start, n.end + span.start) for n in stage_notes(text))
        speaker = self.speaker(turn)
        if turn is None:
            kind = ASIDE if self._reading.turns else PLAIN
        else:
            kind = SPEECH if speaker is None or speaker.role == "participant" else MODERATOR
        mixed = not text.isascii() and bool(_RTL.search(text))
        return BlockInfo(span, turn, opens, kind, notes, mixed and _mostly_from_right(text), mixed)

    def _opens(self, span: Span, turn: int | None) -> bool:
        if turn is not None:
            return span.start <= self._reading.turns[turn].span.start
        return span.start == 0 or self._reading.text[span.start - 1] == "\n"


def _mostly_from_right(text: str) -> bool:
    """A greeting in Arabic does not turn an English turn around. Words are counted: in Arabic and Hebrew they are shorter.
    Where there are as many of either, the first says.
    """
    words = [bool(_RTL.search(word)) for word in text.split() if any(map(str.isalpha, word))]
    return 2 * sum(words) > len(words) - words[0] if words else False


def turn_at(turns: Sequence[Turn], starts: Sequence[int], point: int) -> int | None:
    """The place of the turn that holds `point` (its end included), or None."""
    place = bisect_right(starts, point) - 1
    return place if place >= 0 and point <= turns[place].span.end else None
