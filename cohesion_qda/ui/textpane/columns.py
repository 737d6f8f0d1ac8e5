"""How the width of the transcript is shared out: names of speakers, text, brackets, names of codes."""

from __future__ import annotations

from dataclasses import dataclass

PAD, SPEAKERS, GAP = 16, 88, 16
LANES_WIDTH, BEFORE_NAMES, AFTER_NAMES = 30, 14, 12
TEXT_LEAST, TEXT_USUAL, TEXT_MOST = 480, 536, 600
NAMES_LEAST, NAMES_USUAL, NAMES_MOST = 120, 180, 260


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges and widths, in pixels."""

    speakers: int
    speakers_width: int
    text: int
    text_width: int
    lanes: int
    names: int
    names_width: int


def columns(width: int, scale: float = 1.0) -> Columns:
    """The columns for a page of `width` at a text size. What is left over stands half on either side; on a narrow page
    the text gives way last.
    """
    speakers = round(SPEAKERS * min(scale, 1.5))
    beside = LANES_WIDTH + BEFORE_NAMES + AFTER_NAMES
    free = width - PAD - speakers - GAP - GAP - beside
    usual = round(NAMES_USUAL * min(scale, 1.5))
    least = min(round(TEXT_LEAST * scale), TEXT_LEAST + 160)
    text = min(round(TEXT_MOST * scale), max(min(least, free - NAMES_LEAST), free - usual))
    text = max(200, text)
    names = max(0, min(round(NAMES_MOST * min(scale, 1.5)), free - text))
    left = max(0, (free - text - names) // 2) + PAD
    text_at = left + speakers + GAP
    lanes = text_at + text + GAP
    return Columns(left, speakers, text_at, text, lanes, lanes + LANES_WIDTH + BEFORE_NAMES, names)
