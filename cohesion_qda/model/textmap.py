"""How places move when a text is corrected. Every position is a number of code points."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from cohesion_qda.model.text import Span

_ENDLESS = 1 << 60
_TOKENS = re.compile(r"\w+|\s+|.", re.DOTALL)
_ALIKE = 0.6  # of 1; less, and it is another text
_FEW = 3000  # tokens of one replacement that are compared; beyond, it is taken as it is


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text` in place of the code points `[start, end)` of the old text."""

    start: int
    end: int
    text: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not an edit: {self.start}:{self.end}")


def applied(text: str, edits: Sequence[Edit]) -> str:
    """`text` after `edits`, which are in order, do not overlap, and all speak of the old text."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*pieces, text[at:]))


def normalised(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """The same correction of `text` said as shortly as it can be: in order, edits that touch made one, and without what
    is replaced by itself. Raises ValueError for edits that overlap or lie outside the text.
    """
    joined: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if edit.end > len(text) or (joined and edit.start < joined[-1].end):
            raise ValueError(f"not an edit of this text: {edit.start}:{edit.end}")
        if joined and edit.start == joined[-1].end:
            last = joined.pop()
            edit = Edit(last.start, edit.end, last.text + edit.text)
        joined.append(edit)
    return [short for edit in joined if (short := _shortened(text, edit)) is not None]


def _shortened(text: str, edit: Edit) -> Edit | None:
    old, new = text[edit.start : edit.end], edit.text
    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    tail = next((i for i in range(most - head) if old[-1 - i] != new[-1 - i]), most - head)
    found = Edit(edit.start + head, edit.end - tail, new[head : len(new) - tail])
    return found if found.text or found.start < found.end else None


def refined(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """`normalised`, and where a stretch was replaced by one that is much like it, only the words that differ: so a passage
    that was corrected elsewhere and pasted back keeps its codings.
    """
    found = [
        part for edit in normalised(text, edits) for part in _differences(text[edit.start : edit.end], edit) or [edit]
    ]
    return normalised(text, found)


def between(old: str, new: str) -> list[Edit]:
    """A correction that makes `new` of `old`. Lines that stand once in both are taken for the same, as long as they come in one
    order, so that what was corrected far apart is not taken for one stretch; what lies between them is `refined`.
    """
    places: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)]
    for line, at, there in _anchors(_lines(old), _lines(new)):
        places.append((at, at + len(line), there, there + len(line)))
    places.append((len(old), len(old), len(new), len(new)))
    return refined(
        old, [Edit(last, first, new[done:start]) for (_a, last, _b, done), (first, _c, start, _d) in pairwise(places)]
    )


def _lines(text: str) -> dict[str, int]:
    """The lines with words that stand in a text once, in order, and where each begins."""
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    found: dict[str, int] = {}
    for line, start in zip(lines, starts, strict=False):
        found[line] = -1 if line in found or not line.strip() else start
    return {line: start for line, start in found.items() if start >= 0}


def _anchors(old: dict[str, int], new: dict[str, int]) -> list[tuple[str, int, int]]:
    """The most lines that are in both texts and come in one order, with where each begins in either."""
    ends: list[int] = []  # of the runs found so far, by length, where the last line of each begins in the new text
    lasts: list[str] = []  # and that line
    before: dict[str, str] = {}  # the line before each in its run
    for line in (line for line in old if line in new):
        at = bisect_left(ends, new[line])
        if at:
            before[line] = lasts[at - 1]
        ends[at : at + 1], lasts[at : at + 1] = [new[line]], [line]
    run: list[tuple[str, int, int]] = []
    last = lasts[-1] if lasts else None
    while last is not None:
        run.append((last, old[last], new[last]))
        last = before.get(last)
    return run[::-1]


def _differences(replaced: str, edit: Edit) -> list[Edit]:
    """What differs between the words that an edit takes out and those it puts in; nothing where they are not alike."""
    import difflib  # at start-up nobody needs it

    old, new = _TOKENS.findall(replaced), _TOKENS.findall(edit.text)
    if min(len(old), len(new)) < 4 or len(old) + len(new) > _FEW:
        return []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return []
    old_at, new_at = (list(accumulate(map(len, tokens), initial=0)) for tokens in (old, new))
    found, at, done = [], 0, 0
    for i, j, n in matcher.get_matching_blocks():
        is_end = i == len(old) and j == len(new)
        if is_end or any(token[0].isalnum() for token in old[i : i + n]):
            start, end = edit.start + old_at[at], edit.start + old_at[i]
            found.append(Edit(start, end, edit.text[new_at[done] : new_at[j]]))
            at, done = i + n, j + n
    return found


def composed(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """The one correction that is `first`, and then `second` of the text that `first` gives."""
    pieces = Pieces()
    for edit in reversed(first):
        pieces.replace(edit.start, edit.end, edit.text)
    for edit in reversed(second):
        pieces.replace(edit.start, edit.end, edit.text)
    return pieces.edits()


class Pieces:
    """A text as it is being corrected, without its words: what is left of the old one, and what was typed in between.

    `replace` speaks of the text as it is by then; `edits` of the old text.
    """

    def __init__(self) -> None:
        self._pieces: list[tuple[int, int, str]] = [(0, _ENDLESS, "")]  # a stretch of the old text, or what was typed

    def replace(self, start: int, end: int, text: str) -> None:
        """`text` in place of the code points `[start, end)` of the text as it is now."""
        first = self._cut(start)
        last = self._cut(end)
        self._pieces[first:last] = [(0, 0, text)] if text else []

    def edits(self) -> list[Edit]:
        """What was done, in order; edits that touch are one."""
        found: list[Edit] = []
        at, typed = 0, ""
        for start, end, text in self._pieces:
            if text:
                typed += text
            else:
                if typed or start > at:
                    found.append(Edit(at, start, typed))
                at, typed = end, ""
        return found

    def copy(self) -> Pieces:
        """The same, to be gone back to."""
        found = Pieces()
        found._pieces = list(self._pieces)
        return found

    def _cut(self, point: int) -> int:
        """The number of the piece that begins at `point`, after cutting the one that holds it."""
        at = 0
        for number, (start, end, text) in enumerate(self._pieces):
            if at == point:
                return number
            size = len(text) or end - start
            if point < at + size:
                by = point - at
                halves = [(0, 0, text[:by]), (0, 0, text[by:])] if text else [
                    (start, start + by, ""), (start + by, end, "")
                ]  # fmt: skip
                self._pieces[number : number + 1] = halves
                return number + 1
            at += size
        return len(self._pieces)


class TextMap:
    """Where each place of the old text lies after `edits`, which are normalised; a place costs a search among them."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts = [edit.start for edit in edits]
        self._ends = [edit.end for edit in edits]
        self._by = [0]
        for edit in edits:
            self._by.append(self._by[-1] + len(edit.text) - (edit.end - edit.start))

    def moved(self, span: Span) -> Span | None:
        """Where `span` lies: none of its words are lost and none are added but those that replace some of it. Its start leans
        right and its end leans left, so that typing at an edge never stretches it. None when all of its text is gone; an
        empty span stays one.
        """
        if span.start == span.end:
            point = self.point(span.start, right=False)
            return Span(point, point)
        if self._is_gone(span):
            return None
        return Span(self._inner(span.start, is_start=True), self._inner(span.end, is_start=False))

    def point(self, point: int, *, right: bool) -> int:
        """Where a place lies: before what was typed there or in place of the words around it, or behind that (`right`)."""
        number = bisect_left(self._ends, point)  # the first edit that ends there or later
        if number == len(self._edits) or self._starts[number] > point:
            return point + self._by[number]
        if not right:
            return self._starts[number] + self._by[number]
        return self._ends[number] + self._by[number + 1]

    def stretched(self, span: Span) -> Span:
        """Where `span` lies when what is typed at its edges belongs to it; empty where nothing is left of it."""
        start = self.point(span.start, right=False)
        return Span(start, max(start, self.point(span.end, right=True)))

    def touches(self, span: Span) -> bool:
        """Whether an edit lies in `span` or at one of its edges."""
        return bisect_left(self._ends, span.start) < bisect_right(self._starts, span.end)

    def _is_gone(self, span: Span) -> bool:
        number = bisect_right(self._starts, span.start) - 1
        return number >= 0 and span.end <= self._ends[number]

    def _inner(self, point: int, *, is_start: bool) -> int:
        """A place whose words lie right of it (a start) or left of it (an end): what replaces such words lies there too."""
        number = bisect_left(self._ends, point)
        if number < len(self._edits):
            edit = self._edits[number]
            if edit.start < edit.end and point == (edit.start if is_start else edit.end):
                return self.point(point, right=not is_start)
        return self.point(point, right=is_start)


def moved(span: Span, edits: Sequence[Edit]) -> Span | None:
    """Where `span` lies after `edits`, which are normalised; None when all of its text is gone. See `TextMap.moved`."""
    return TextMap(edits).moved(span)


def turns_moved(text: str, turns: Sequence[Span], edits: Sequence[Edit]) -> tuple[list[Edit], list[Span]]:
    """The edits, and where the turns lie after them (both in order, the turns apart from each other).

    Unlike a coding a turn is stretched by what is typed at its edges: somebody said it. Where two turns touch, it was the
    first one's. A turn none of whose text is left is empty. Where the line end between two turns was taken out, one is put
    back, so that turns never run into each other.
    """
    places = TextMap(edits)
    found: list[Span] = []
    at = 0
    for turn in turns:
        new = places.stretched(turn)
        found.append(Span(max(at, new.start), max(at, new.start, new.end)))
        at = found[-1].end
    new_text = applied(text, edits)
    left = [i for i, turn in enumerate(found) if len(turn)]
    apart = [
        Edit(found[i].end, found[i].end, "\n")
        for i, j in pairwise(left)
        if "\n" not in new_text[found[i].end : found[j].start] and "\n" in text[turns[i].end : turns[j].start]
    ]
    if not apart:
        return list(edits), found
    again = TextMap(apart)
    return normalised(text, composed(edits, apart)), [again.moved(turn) or turn for turn in found]
