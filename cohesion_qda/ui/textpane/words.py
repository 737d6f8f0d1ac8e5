"""Where words and characters begin and end, for moving by key; and a name made of somebody's words."""

from __future__ import annotations

import re
import unicodedata

from cohesion_qda.model.text import Span, word_pattern
from cohesion_qda.ui.textpane.positions import clings

_NEAR = 400  # code points looked at on one side: a text without spaces does not cost the whole of it
_NAME = 60  # code points of a code's name made from a passage
_EDGES = " \t\n.,;:!?…؟،۔।॥。！？\"'“”‘’«»()[]{}-–—"


def _words(text: str, first: int, last: int) -> list[Span]:
    first, last = max(0, first), min(len(text), last)
    return [Span(m.start() + first, m.end() + first) for m in word_pattern().finditer(text[first:last])]


def word_at(text: str, point: int) -> Span:
    """The word at a place; between two words, the one after it, or else before it. Empty where there is none near."""
    near = _words(text, point - _NEAR, point + _NEAR)
    after = next((word for word in near if word.end > point), None)
    return after or (near[-1] if near else Span(point, point))


def word_after(text: str, point: int) -> int:
    """Where the next word ends that ends after `point`; `point` where there is none."""
    return next((word.end for word in _words(text, point, point + _NEAR)), point)


def word_before(text: str, point: int) -> int:
    """Where the last word ends that ends before `point`; 0 where there is none."""
    return next((word.end for word in reversed(_words(text, point - _NEAR, point)) if word.end < point), 0)


def word_start_before(text: str, point: int) -> int:
    """Where the last word begins that begins before `point`; `point` where there is none."""
    return next((word.start for word in reversed(_words(text, point - _NEAR, point)) if word.start < point), point)


def word_start_after(text: str, point: int) -> int:
    """Where the next word begins that begins after `point`; `point` where there is none."""
    at = max(0, point - 1)
    return next((word.start for word in _words(text, at, point + _NEAR) if word.start > point), point)


def character_after(text: str, point: int) -> int:
    """Where the character that begins at `point` ends, with its marks and what is joined to it."""
    at = min(point + 1, len(text))
    while at < len(text) and clings(text, at):
        at += 1
    return at


def character_before(text: str, point: int) -> int:
    """Where the character that ends at `point` begins."""
    at = max(0, point - 1)
    while at > 0 and clings(text, at):
        at -= 1
    return at


def name_from(quote: str) -> str:
    """A code's name in the words of a passage: on one line, without quotation marks and stops at its ends, at most about
    sixty characters, cut between words; empty where no word is left.
    """
    name = re.sub(r"\s*/\s*", " ", " ".join(quote.split())).strip(_EDGES)
    if len(name) > _NAME:
        space = name.rfind(" ", 0, _NAME)
        end = space if space > 0 else _NAME
        while end > 0 and space <= 0 and unicodedata.category(name[end])[0] in "MC":
            end -= 1
        name = name[:end].rstrip(_EDGES) + "…"
    return name
