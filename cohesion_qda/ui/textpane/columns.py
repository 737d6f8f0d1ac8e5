"""How the width of the transcript is shared out: numbers, names of speakers, text, brackets, names of codes."""

from __future__ import annotations

from dataclasses import dataclass

PAD, SPEAKERS, GAP = 16, 88, 16
NUMBERS = 36  # beside the speakers, when turns are numbered
LANES_WIDTH, BEFORE_NAMES, AFTER_NAMES = 30, 14, 12
TEXT_LEAST, TEXT_MOST = 480, 640
NAMES_LEAST, NAMES_USUAL, NAMES_MOST = 136, 180, 360


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges and widths, in pixels. `speakers` begins with the `numbers` column, which may be 0 wide."""

    speakers: int
    speakers_width: int
    numbers_width: int
    text: int
    text_width: int
    lanes: int
    names: int
    names_width: int


def columns(width: int, scale: float = 1.0, text_most: int = TEXT_MOST, numbers: bool = False) -> Columns:
    """The columns for a page of `width` at a text size. What is left over stands half on either side; on a narrow page
    the names of codes give way first, then the text.
    """
    small = min(scale, 1.5)
    number = round(NUMBERS * small) if numbers else 0
    speakers = round(SPEAKERS * small) + number
    beside = LANES_WIDTH + BEFORE_NAMES + AFTER_NAMES
    free = width - PAD - speakers - GAP - GAP - beside
    usual = round(NAMES_USUAL * small)
    most = round(text_most * scale)
    least = min(round(min(TEXT_LEAST, text_most) * scale), TEXT_LEAST + 160)
    text = min(most, max(min(least, free - NAMES_LEAST), free - usual))
    text = max(200, text)
    names = max(0, min(round(NAMES_MOST * small), free - text))
    left = max(0, (free - text - names) // 2) + PAD
    text_at = left + speakers + GAP
    lanes = text_at + text + GAP
    return Columns(left, speakers, number, text_at, text, lanes, lanes + LANES_WIDTH + BEFORE_NAMES, names)
