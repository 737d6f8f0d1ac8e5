"""Once most labels of a file are found: those written in another way, and what looks like one among the particulars."""

from __future__ import annotations

import re
from dataclasses import replace

from cohesion_qda.formats.talk.acceptance import reads_as_speech
from cohesion_qda.formats.talk.heads import BOLD, BRACKET, COLON, DASH, STAMPED, Head, Line
from cohesion_qda.formats.talk.labels import CODE, INITIALS, ROLE, SURE, apart, is_particular, key_of, stamp_at

_HEADING_LINE = re.compile(r"[^\W\d_][\w ./&'’-]{0,40}:(?:\s|\Z)")
_MOST_KNOWN = 500


def add_other_forms(
    chosen: dict[int, Head], form: str, found: dict[str, list[Head]], second: dict[str, list[Head]]
) -> None:
    """Add to `chosen` labels written in another way than `form`: known ones, and those of a `second` accepted way."""
    known = {head.key for head in chosen.values()}
    for other in (COLON, BRACKET, BOLD, STAMPED, DASH):
        if other == form:
            continue
        some = second.get(other, [])
        also = {head.line for head in some} if len(some) * 7 >= len(chosen) else set()
        for head in found[other]:
            is_known = head.key in known and (other != DASH or head.shape in SURE)
            if head.line not in chosen and (is_known or head.line in also):
                chosen[head.line] = head


def leave_out_preamble(chosen: dict[int, Head], lines: list[Line]) -> set[int]:
    """Drop from `chosen` labels among the particulars at the beginning, such as `Moderator: GA` beside `Date: 15.09.2023`,
    and tell which lines those are.
    """
    dropped: set[int] = set()
    particulars = [n for n, line in enumerate(lines[:20]) if n not in chosen and _is_particular(line.text)]
    if not particulars:
        return dropped
    reach = particulars[-1] + 1
    above = [number for number in sorted(chosen) if number <= reach]
    for number in above:
        head = chosen[number]
        is_answer = len(head.speech) > 0 and not reads_as_speech(head.speech)
        later = any(other.key == head.key for at, other in chosen.items() if at > number and at not in dropped)
        beside = number < reach or (head.shape == ROLE and not later)
        if not is_answer or not beside or len(dropped) == 4:
            break
        dropped.add(number)
    for number in dropped:
        del chosen[number]
    return dropped


def _is_particular(text: str) -> bool:
    return _HEADING_LINE.match(text) is not None and is_particular(text[: text.index(":")].strip())


def add_known(chosen: dict[int, Head], lines: list[Line], dropped: set[int]) -> None:
    """Known labels at the start of a paragraph, written with another stop, `GA.`, or with none, or none of the usual
    space.
    """
    known = {head.key: head for head in chosen.values()} | {key_of(head.label): head for head in chosen.values()}
    pattern = _pattern(known)
    if pattern is None:
        return
    share = len(chosen) / max(1, sum(1 for line in lines[min(chosen) :] if line.opens))
    for number, line in enumerate(lines):
        if number in chosen or number in dropped or not line.opens:
            continue
        stamp = stamp_at(line.text) if line.text[:1] in "[(<#0123456789" else None
        found = pattern.match(line.text, _after(line.text, stamp[1]) if stamp else 0)
        head = known.get(key_of(found[1])) if found else None
        if found and head and _is_slip(found, head, share):
            chosen[number] = replace(
                head, line=number, label=found[1], written=f"{found[1]}." if found[2] == "." else "", note="", stamp="",
                speech=line.text[found.end() :].strip(), at=stamp[0] if stamp else line.at,
            )  # fmt: skip


def _pattern(known: dict[str, Head]) -> re.Pattern[str] | None:
    bare = {apart(head.label)[0] for head in known.values()}
    writings = sorted(map(re.escape, {head.label for head in known.values()} | bare), key=len, reverse=True)
    if not 0 < len(writings) <= _MOST_KNOWN:
        return None
    return re.compile(rf"({'|'.join(writings)})(?:\s*([.:;])(?!//)(\s*)(?=\S)|\s(?=[A-Z][a-z]))", re.IGNORECASE)


def _after(text: str, start: int) -> int:
    while start < len(text) and (text[start].isspace() or text[start] in "-–—:"):
        start += 1
    return start


def _is_slip(found: re.Match[str], head: Head, share: float) -> bool:
    if found[2] == ":":
        return True
    if not found[2]:
        return head.shape == CODE and share >= 0.8 and found[1] == head.label and found.string[found.end()].isupper()
    if not found[3]:
        return False
    return head.shape in SURE or (head.shape == INITIALS and len(head.label) > 1) or share >= 0.8
