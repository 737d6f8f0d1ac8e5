"""Captions: many short stretches, of which a turn or a paragraph is made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from cohesion_qda.formats.talk.heads import Head, Line

_SENTENCE_END = re.compile(r"[.?!…][\"”’)\]]*\Z")
_PAUSE = 2.0  # seconds beyond the time that the words take
_SECONDS_A_WORD = 0.5
_PARAGRAPH, _LONG_PARAGRAPH, _LONGEST = 300, 900, 2000  # characters
_TURN_BY_TURN = 0.05


def are_turns(lines: Sequence[Line], heads: Mapping[int, Head]) -> bool:
    """Whether each caption is a whole turn, as where a transcript was put into captions: of many, hardly any go on
    with the speaker of the one before.
    """
    keys = [head.key for number, head in sorted(heads.items()) if lines[number].is_cue]
    cues = sum(1 for line in lines if line.is_cue)
    repeats = sum(1 for before, after in pairwise(keys) if before == after)
    return len(keys) >= 20 and len(keys) > 0.9 * cues and repeats <= _TURN_BY_TURN * len(keys)


def fits_on(paragraph: str, *, is_talk: bool) -> bool:
    """Whether more may be added to a paragraph; in talk, paragraphs are long."""
    least = _LONG_PARAGRAPH if is_talk else _PARAGRAPH
    return len(paragraph) < least or (len(paragraph) < _LONGEST and not _SENTENCE_END.search(paragraph[-20:]))


def paragraphs(lines: Sequence[Line]) -> list[Line]:
    """The lines with captions of which nobody is known to speak joined until a pause, or a sentence's end after
    some. A label that the file gives stands before what is said under it.
    """
    joined: list[Line] = []
    last: Line | None = None
    for line in lines:
        if not line.is_cue:
            joined.append(line)
            last = None
            continue
        goes_on = last is not None and line.label == last.label and not _pause_between(last, line)
        if goes_on and fits_on(joined[-1].text, is_talk=False):
            joined[-1].text += f" {line.text}"
        else:
            joined.append(Line(f"{line.label}: {line.text}" if line.label else line.text))
        last = line
    return joined


def _pause_between(one: Line, other: Line) -> bool:
    if one.at is None or other.at is None:
        return False
    return other.at - one.at > _PAUSE + _SECONDS_A_WORD * (one.text.count(" ") + 1)
