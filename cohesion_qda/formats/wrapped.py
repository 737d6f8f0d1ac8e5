"""Texts whose lines were broken at a fixed width: their paragraphs put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_NARROWEST, _WIDEST = 40, 130
_FEWEST = 6  # full lines
_ENDS_SENTENCE = re.compile(r"[.?!…:;][\"'”’)\]*]*\Z")
_HYPHENATED = re.compile(r"\w[-‐]\Z")
_BEGINS_ANEW = re.compile(
    r"""[\[({<>*_#|•·▪◦–—-]             # a stage note, a list, a dash, Markdown
    | \d+(?:[.):\]]|\s{2}|\s*\Z)    # a time, a number in a list or in the margin
    | .{1,40}?:(?:\s|\Z)             # a label, or what may be one
    | .{1,40}?\t
    | [A-Z]{1,4}\d{1,3}\b            # P1, TN17
    | [A-Z]{1,3}\.\s                 # initials""",
    re.VERBOSE,
)


def rejoined(lines: Sequence[str]) -> list[str]:
    """`lines` trimmed; where they were plainly broken at a fixed width, what belongs together is one line again.

    Nothing is joined across an empty line, or to a line that may begin with a label, a time, a bracket or a list mark.
    """
    trimmed = [line.strip() for line in lines]
    width = _width(lines)
    if not width:
        return trimmed
    joined: list[list[str]] = []
    for number, line in enumerate(trimmed):
        before = trimmed[number - 1] if number else ""
        if before and _is_full(lines[number - 1], line, width) and not _begins_anew(before, line):
            joined[-1] += ["" if _HYPHENATED.search(before) else " ", line]
        else:
            joined.append([line])
    return ["".join(pieces) for pieces in joined]


def _width(lines: Sequence[str]) -> int:
    """How long lines could become before they were broken; 0 where they were not."""
    lengths = sorted(len(line.expandtabs().rstrip()) for line in lines if line.strip())
    width = lengths[len(lengths) * 19 // 20] if lengths else 0
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    pairs = [(one, other.strip()) for one, other in pairwise(lines) if one.strip() and other.strip()]
    full = [(one.strip(), other) for one, other in pairs if _is_full(one, other, width)]
    in_mid_sentence = sum(1 for one, _other in full if not _ENDS_SENTENCE.search(one))
    going_on = sum(1 for _one, other in full if not other[0].isupper() and not _BEGINS_ANEW.match(other))
    enough = len(full) >= max(_FEWEST, len(pairs) // 5)
    return width if enough and min(in_mid_sentence, going_on) * 3 >= len(full) * 2 else 0


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the line `after` had no room left on `line`."""
    length = len(line.expandtabs().rstrip())
    return length > 0 and bool(after) and length + 1 + len(after.split(maxsplit=1)[0]) > width


def _begins_anew(before: str, line: str) -> bool:
    """Whether `line` may be more than the next words of the line `before` it."""
    if _BEGINS_ANEW.match(line):
        return True
    is_like_a_name = len(line) <= 40 and line[0].isupper() and not _ENDS_SENTENCE.search(line)
    return is_like_a_name and (_ENDS_SENTENCE.search(before) is not None or line.istitle())
