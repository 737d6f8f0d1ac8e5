"""Several turns in one paragraph, separated only by their labels."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from cohesion_qda.formats.talk.asked import ASKED
from cohesion_qda.formats.talk.conventions import TABLE, Convention
from cohesion_qda.formats.talk.heads import LABEL, Head, Line
from cohesion_qda.formats.talk.labels import (
    CLOCK,
    CODE,
    INITIALS,
    NONE,
    ROLE,
    SURE,
    WEAK,
    is_note_word,
    is_title,
    key_of,
    shape_of,
    tidy,
    words,
)

_STOP = re.compile(r"[:：](?=\s)|\](?=\s)")
_SENTENCE_END = re.compile(r"(?:[.?!…][\"”’)\]]*|[)\]\"”]|[-–—/])\s+")
_NUMBERS = re.compile(r"[\d\W_]+[a-z]?\Z")
_ENDS = re.compile(r"[.?!…\"”’)]\s+\Z")
_STAMP_BEFORE = re.compile(rf"[\[(<#]?{CLOCK}[\])>#]?\s{{0,3}}[-–—]?\s{{0,3}}\Z")
_BEGINS = re.compile(
    rf"[*_]{{0,3}}(?P<label>{LABEL})\s*(?:[(\[][^()\[\]\n]{{1,60}}[)\]]\s*)*"
    r"[*_]{0,3}\Z"
)
_TELLING = words("""said says told asked asks say tell ask to with from by and or like as of for about that the a an
    called call mean means meant when if what is was thanks thank""")
_WINDOW, _LONGEST_STAMP = 120, 24
_DENSE = 0.5  # labels inside a paragraph, on average


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where in line number `line` a label may begin; `is_after_end` says that a sentence ends before it,
    `is_by_name` that it is taken for a label even if none does.
    """

    line: int
    at: int
    key: str
    shape: int
    is_after_end: bool
    is_by_name: bool = False


def split(lines: list[Line], convention: Convention, speech: Collection[str] = ()) -> list[Line]:
    """The lines, cut where a label stands inside them: one that is known, or that looks like a speaker's and stands
    after a sentence; but not one of `speech`. The same list when nothing is cut.
    """
    if convention.form in (TABLE, ASKED):
        return lines
    known = {head.key for head in convention.heads.values()}
    spots = [spot for number, line in enumerate(lines) for spot in _spots(number, line, convention, known)]
    if not spots:
        return lines
    after_ends = sum(1 for spot in spots if spot.is_after_end)
    is_dense = after_ends >= _DENSE * sum(1 for line in lines if line.opens or line.is_cue)
    families = {_NUMBERS.sub("", key) for key in known}
    refused = {key_of(label) for label in speech}
    taken = [
        spot
        for spot in spots
        if spot.key not in refused
        and (spot.is_by_name if not spot.is_after_end else spot.key in known or _is_new(spot, families, is_dense))
    ]
    return list(_cut(lines, taken)) if taken else lines


def _is_new(spot: _Spot, families: set[str], is_dense: bool) -> bool:
    """Whether a label that begins no line is one all the same: a role, a number of the known ones' kind, or a name
    where labels stand in paragraphs throughout.
    """
    if spot.shape == ROLE or is_dense:
        return spot.shape <= INITIALS
    return spot.shape == CODE and _NUMBERS.sub("", spot.key) in families


def _spots(number: int, line: Line, convention: Convention, known: set[str]) -> Iterator[_Spot]:
    head = convention.heads.get(number)
    start = len(line.text) - len(head.speech) if head and head.speech else 0
    if line.label or (head and not head.speech) or (": " not in line.text[start:] and "] " not in line.text[start:]):
        return
    for stop in _STOP.finditer(line.text, max(start, 1)):
        base = max(start, stop.start() - _WINDOW)
        window = line.text[base : stop.start()]
        spot = (
            _in_brackets(number, base, window, known)
            if stop[0] == "]"
            else _after_end(number, base, window, known) or _known_label(number, base, window, known)
        )
        if spot:
            stamp = _STAMP_BEFORE.search(line.text, max(start, spot.at - _LONGEST_STAMP), spot.at)
            at = stamp.start() if stamp else spot.at
            if at > 0:
                yield replace(spot, at=at)


def _in_brackets(number: int, base: int, window: str, known: set[str]) -> _Spot | None:
    opens = window.rfind("[")
    label = tidy(window[opens + 1 :]) if opens >= 0 else ""
    shape = shape_of(label) if label else NONE
    if is_note_word(label) or not (key_of(label) in known or shape <= INITIALS):
        return None
    return _Spot(number, base + opens, key_of(label), shape, _ENDS.search(window[:opens]) is not None)


def _after_end(number: int, base: int, window: str, known: set[str]) -> _Spot | None:
    """A label after the end of a sentence: a known one, else the shortest, with a title that stands before it."""
    found: list[_Spot] = []
    for end in _SENTENCE_END.finditer(window):
        begins = _BEGINS.match(window, end.end())
        if not begins:
            continue
        label = tidy(begins["label"])
        spot = _Spot(number, base + end.end(), key_of(label), shape_of(label), True)
        if spot.key in known:
            return spot
        if spot.shape <= WEAK:
            found.append(spot)
    if len(found) > 1 and is_title(window[found[-2].at - base :].split(".")[0]):
        return found[-2]
    return found[-1] if found else None


def _known_label(number: int, base: int, window: str, known: set[str]) -> _Spot | None:
    """A known label such as P1 or Moderator where no sentence ends before it, unless somebody speaks of it."""
    pieces = window.rstrip()
    for size in (1, 2, 3):
        some = pieces.rsplit(None, size)
        if len(some) <= size:
            return None
        label = " ".join(some[1:])
        before = some[0].rsplit(None, 1)[-1].strip("*_")
        shape = shape_of(label)
        if key_of(label) in known and shape in SURE and label[0].isupper() and before.casefold() not in _TELLING:
            at = window.index(some[1], len(some[0]))
            return _Spot(number, base + at, key_of(label), shape, False, True)
    return None


def _cut(lines: list[Line], spots: list[_Spot]) -> Iterator[Line]:
    by_line: dict[int, list[int]] = {}
    for spot in spots:
        by_line.setdefault(spot.line, []).append(spot.at)
    for number, line in enumerate(lines):
        cuts = sorted(set(by_line.get(number, ())))
        if not cuts:
            yield line
            continue
        yield replace(line, text=line.text[: cuts[0]].rstrip(), bold=min(line.bold, cuts[0]))
        for start, end in zip(cuts, [*cuts[1:], len(line.text)], strict=True):
            yield Line(line.text[start:end].strip(), is_piece=True, is_cue=line.is_cue)


def glued(lines: list[Line], convention: Convention) -> tuple[list[Line], Convention]:
    """The lines with those pieces that turned out to begin with no label back where they were cut off."""
    whole: list[Line] = []
    heads: dict[int, Head] = {}
    for number, line in enumerate(lines):
        head = convention.heads.get(number)
        if head is None and line.is_piece and whole:
            before = whole[-1]
            whole[-1] = replace(before, text=f"{before.text} {line.text}")
            if (last := heads.get(len(whole) - 1)) is not None:
                heads[last.line] = replace(last, speech=f"{last.speech} {line.text}".strip())
            continue
        if head is not None:
            heads[len(whole)] = replace(head, line=len(whole))
        whole.append(line)
    moved = {
        number: at
        for at, number in enumerate(n for n, line in enumerate(lines) if n in convention.heads or not line.is_piece)
    }
    passed = frozenset(moved[number] for number in convention.passed if number in moved)
    return whole, replace(convention, heads=heads, passed=passed)
