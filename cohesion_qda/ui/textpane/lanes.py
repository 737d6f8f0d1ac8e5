"""Where brackets and names go in the margin, and which coding tints and which underlines: pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cohesion_qda.model.coding import Coding
from cohesion_qda.model.text import Span

LANES = 3
NAME_GAP = 24.0  # pixels between the middles of two names
TINT, UNDERLINE_1, UNDERLINE_2, FOLDED = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Bracket:
    """What one coding spans in the margin: `top` to `bottom` in pixels, and `length`, by which it is ranked."""

    key: int
    top: float
    bottom: float
    length: int


@dataclass(frozen=True, slots=True)
class Label:
    """A name to be placed at `wish` (the middle of its bracket's first line)."""

    key: int
    wish: float


def pack(brackets: Iterable[Bracket], kept: Mapping[int, int] | None = None, lanes: int = LANES) -> dict[int, int]:
    """The lane of each bracket, 0 nearest the text; those that find no room are left out.

    Longest first; a lane is used again once it is free. A bracket that had a lane (`kept`) stays in it while scrolling,
    when it still can.
    """
    ranked = sorted(brackets, key=lambda b: (-b.length, b.top, b.key))
    taken: list[list[Bracket]] = [[] for _lane in range(lanes)]
    found: dict[int, int] = {}
    remembered = kept or {}
    for bracket in [b for b in ranked if b.key in remembered] + [b for b in ranked if b.key not in remembered]:
        first = remembered.get(bracket.key)
        order = range(lanes) if first is None else [first, *range(lanes)]
        for lane in order:
            if all(bracket.bottom <= other.top or other.bottom <= bracket.top for other in taken[lane]):
                taken[lane].append(bracket)
                found[bracket.key] = lane
                break
    return found


def place(
    labels: Sequence[Label], top: float, bottom: float, gap: float = NAME_GAP, furthest: float = 4 * NAME_GAP
) -> tuple[dict[int, float], dict[int, list[int]]]:
    """Where each name stands, and the names that found no place within `furthest` of their wish, by the name before.

    Names keep their order, stay `gap` apart and only ever move down; a name wished for above `top` stands at `top`.
    """
    placed: dict[int, float] = {}
    folded: dict[int, list[int]] = {}
    at, last = top - gap, None
    for label in labels:
        wish = max(label.wish, top)
        middle = max(wish, at + gap)
        if last is not None and (middle - wish > furthest or middle > bottom):
            folded.setdefault(last, []).append(label.key)
            continue
        placed[label.key] = middle
        at, last = middle, label.key
    return placed, folded


Open = tuple[int, int, int]  # where the last tint and the last underlines of either depth end
NOTHING_OPEN: Open = (0, 0, 0)


def next_role(span: Span, ends: Open) -> tuple[int, Open]:
    """How the coding of `span` is shown, and what is open after it; asked in order of start, longest first.

    The outermost tints, those inside it underline, two deep; then FOLDED. A coding keeps its role over its whole length.
    """
    start, end = span.start, span.end
    tint, first, second = ends
    if tint <= start:
        return TINT, (end, first, second)
    if first <= start:
        return UNDERLINE_1, (tint, end, second)
    if second <= start:
        return UNDERLINE_2, (tint, first, end)
    return FOLDED, ends


def roles(codings: Iterable[Coding]) -> dict[int, int]:
    """The role of each of `codings`, which are sorted by start, longest first (see `next_role`)."""
    ends = NOTHING_OPEN
    found: dict[int, int] = {}
    for coding in codings:
        found[coding.id], ends = next_role(coding.span, ends)
    return found
