"""How much around a place is taken: the place itself, its sentence, its turn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cohesion_qda.model.text import Span, trimmed

EXTENTS = ("hit", "sentence", "turn")
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…؟۔।॥。！？]+[\"'”’»)\]]*(?=\s|$)|\n+")


def sentences(text: str, place: Span, within: Span) -> Span:
    """From the beginning of the sentence in which `place` begins to the end of the one in which it ends, inside `within`.
    Abbreviations may end a sentence.
    """
    start, end = within.start, within.end
    for found in _SENTENCE_END.finditer(text, within.start, within.end):
        if found.end() <= place.start:
            start = found.end()
        elif found.end() >= place.end:
            end = found.end()
            break
    return trimmed(text, Span(start, end))


def all_sentences(text: str, within: Span) -> Iterator[Span]:
    """Every sentence of `within`, in order, without the white space at its ends."""
    start = within.start
    for found in _SENTENCE_END.finditer(text, within.start, within.end):
        sentence = trimmed(text, Span(start, found.end()))
        if len(sentence):
            yield sentence
        start = found.end()
    last = trimmed(text, Span(start, within.end))
    if len(last):
        yield last


def sentence_at(text: str, point: int, within: Span) -> Span:
    """The sentence of `within` that holds `point`; at the end of `within`, the last."""
    at = max(within.start, min(point, within.end - 1))
    return sentences(text, Span(at, at + 1), within)


def line_around(text: str, place: Span) -> Span:
    """The line that holds `place`, without its end."""
    start = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", place.start)
    return Span(start, end if end >= 0 else len(text))


def whole_line(text: str, point: int) -> Span:
    """The line that holds `point`, without the white space at its ends."""
    return trimmed(text, line_around(text, Span(point, point)))


def extended(text: str, place: Span, extent: str, turn: Span | None) -> Span:
    """`place`, its sentence or its turn, one of EXTENTS; where nobody speaks (no `turn`) the line is the turn. It never
    reaches beyond either, and has no white space at its ends.
    """
    within = turn or line_around(text, place)
    place = Span(place.start, max(place.start, min(place.end, within.end)))
    if extent == "turn":
        return trimmed(text, within)
    return sentences(text, place, within) if extent == "sentence" else trimmed(text, place)
