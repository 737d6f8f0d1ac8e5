"""Headings inside a transcript: where the file calls a line one, or where lines of one form recur in order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from cohesion_qda.formats.talk.conventions import Convention
from cohesion_qda.formats.talk.heads import Line

_NUMBERED = re.compile(
    r"(?P<word>question|q|section|topic|theme|part|chapter|item|activity|exercise|block|frage|thema|teil)"
    r"\s?(?:no\.?\s?|nr\.?\s?)?(?P<number>\d{1,2}|[IVX]{1,5})(?P<letter>[a-z])?(?=\s*(?:[:.)–—]|-\s|\s-|\Z|\())",
    re.IGNORECASE,
)
_TITLED = re.compile(r"(?P<word>question|section|topic|theme|thema|frage)\s?:\s*\S", re.IGNORECASE)
_LONGEST = 200
_ROMAN = {"i": 1, "v": 5, "x": 10}


def headings(lines: list[Line], convention: Convention) -> dict[int, str]:
    """The title of each line that is a heading, by line number: after the first label, and the last one before it
    when it is of the same kind as those. Where nobody speaks, all of the document's own.
    """
    heads = convention.heads
    free = [n for n, line in enumerate(lines) if n not in heads and not line.label and not line.is_cue]
    styled: dict[str, list[int]] = defaultdict(list)
    written: dict[str, list[int]] = defaultdict(list)
    for number in free:
        line = lines[number]
        if line.heading:
            styled[str(line.heading)].append(number)
        elif len(line.text) <= _LONGEST and (form := _form(line.text)):
            written[form].append(number)
    if 2 * sum(map(len, styled.values())) > len(lines):
        styled.clear()
    first = min(heads, default=-1)
    kept = [number for some in styled.values() for number in _from(first, some)]
    for form, some in written.items():
        after = _from(first, some)
        if len(after) > 1 and (form.endswith(":") or _in_order(lines[number].text for number in after)):
            kept += after
    return {number: lines[number].text for number in sorted(kept)}


def _from(first: int, numbers: list[int]) -> list[int]:
    """Those after line `first`, and the last before it when there are any after."""
    before = [number for number in numbers if number < first]
    after = [number for number in numbers if number > first]
    return before[-1:] + after if after else []


def _form(text: str) -> str:
    """The word that a heading of a recurring form begins with; with a colon where no number follows."""
    found = _NUMBERED.match(text)
    if found:
        return found["word"].casefold()
    titled = _TITLED.match(text)
    return f"{titled['word'].casefold()}:" if titled else ""


def _in_order(texts: Iterable[str]) -> bool:
    numbers = [_number(found["number"]) for text in texts if (found := _NUMBERED.match(text))]
    return all(before <= after for before, after in pairwise(numbers))


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    values = [_ROMAN[letter] for letter in written.casefold()]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
