"""The beginning of what was read, piece by piece, as the preview shows it. No window."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from cohesion_qda.model.source import SourceDraft
from cohesion_qda.model.text import Span, stage_notes
from cohesion_qda.ui.palette import CODES
from cohesion_qda.ui.sources.review_item import Speaker

PAGE = 40  # pieces that are shown at once
LONGEST = 1500  # code points of a piece; the rest is not shown
TURN, HEADING, OUTSIDE = "turn", "heading", "outside"


@dataclass(frozen=True, slots=True)
class Piece:
    """A turn, a heading, or a line outside the turns. `notes` are stage notes and `doubtful` labels left in the speech,
    both in code points of `text`; `number` counts turns from 1 and is 0 for anything else.
    """

    kind: str
    text: str
    label: str = ""
    at: float | None = None
    number: int = 0
    notes: tuple[Span, ...] = ()
    doubtful: tuple[Span, ...] = ()
    is_cut: bool = False


def pieces(draft: SourceDraft, called: Callable[[str], str] = str) -> Iterator[Piece]:
    """All of a draft in order; speakers have the names that `called` gives for their labels."""
    headings = {section.start for section in draft.sections}
    at = 0
    for number, turn in enumerate(draft.turns, 1):
        yield from _outside(draft, at, turn.span.start, headings)
        yield _piece(draft, TURN, turn.span, called(turn.label), turn.at, number)
        at = turn.span.end
    yield from _outside(draft, at, len(draft.text), headings)


def page(draft: SourceDraft, first: int, called: Callable[[str], str] = str) -> tuple[list[Piece], bool]:
    """PAGE pieces from number `first` on, and whether more follow."""
    found = list(islice(pieces(draft, called), first, first + PAGE + 1))
    return found[:PAGE], len(found) > PAGE


def doubtful_places(draft: SourceDraft) -> list[int]:
    """The numbers of the pieces in which a line begins with a label that was left in the speech."""
    if not draft.doubtful:
        return []
    return [number for number, piece in enumerate(pieces(draft)) if piece.doubtful]


def is_from_right(shown: Iterable[Piece]) -> bool:
    """Whether most of what is shown is written from right to left."""
    firsts = [_first_direction(piece.text) for piece in shown]
    return firsts.count("R") > firsts.count("L")


def left_over(draft: SourceDraft) -> str:
    """A mark that nearly every turn begins with, and that may belong to how turns begin; empty for none."""
    firsts = Counter(turn.span.of(draft.text).lstrip()[:1] for turn in draft.turns)
    mark, n = firsts.most_common(1)[0] if firsts else ("", 0)
    is_mark = bool(mark) and unicodedata.category(mark)[0] in "PS" and mark not in "“”\"'‘’«»([…¿¡"
    return mark if is_mark and n >= 3 and n >= 0.8 * len(draft.turns) else ""


def times_left(draft: SourceDraft, label: str) -> int:
    """How many lines begin with a label that was left in the speech."""
    return sum(1 for line in draft.text.split("\n") if _begins(line, label))


def colours(speakers: Iterable[Speaker]) -> dict[str, str]:
    """A colour of the palette for each participant, in turn; none for anybody else."""
    names = [speaker.name for speaker in speakers if speaker.role == "participant"]
    return {name: tuple(CODES)[n % len(CODES)] for n, name in enumerate(names)}


def _first_direction(text: str) -> str:
    """`L` or `R`, by the first letter that has one; empty for none."""
    found = (unicodedata.bidirectional(letter) for letter in text)
    return next(("L" if way == "L" else "R" for way in found if way in ("L", "R", "AL")), "")


def _outside(draft: SourceDraft, start: int, end: int, headings: set[int]) -> Iterator[Piece]:
    at = start
    for line in draft.text[start:end].split("\n"):
        if line.strip():
            yield _piece(draft, HEADING if at in headings else OUTSIDE, Span(at, at + len(line)))
        at += len(line) + 1


def _piece(
    draft: SourceDraft, kind: str, span: Span, label: str = "", at: float | None = None, number: int = 0
) -> Piece:
    is_cut = len(span) > LONGEST
    text = draft.text[span.start : min(span.end, span.start + LONGEST)]
    return Piece(kind, text, label, at, number, tuple(stage_notes(text)), _labels_in(text, draft.doubtful), is_cut)


def _labels_in(text: str, labels: Sequence[str]) -> tuple[Span, ...]:
    found, at = [], 0
    for line in text.split("\n") if labels else ():
        label = next((label for label in labels if _begins(line, label)), None)
        if label is not None:
            inset = len(line) - len(line.lstrip(" *[("))
            found.append(Span(at + inset, at + inset + len(label)))
        at += len(line) + 1
    return tuple(found)


def _begins(line: str, label: str) -> bool:
    """Whether a line begins with a label, and not with a longer word."""
    bare = line.lstrip(" *[(")
    return bare.startswith(label) and not bare[len(label) : len(label) + 1].isalnum()
