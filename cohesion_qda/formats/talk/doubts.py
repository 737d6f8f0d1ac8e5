"""Lines that look like speakers' labels and were not taken as such: a person should hear of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass
from itertools import pairwise

from cohesion_qda.base.i18n import _
from cohesion_qda.formats.talk.asked import asked
from cohesion_qda.formats.talk.conventions import Convention
from cohesion_qda.formats.talk.heads import ALONE, BOLD, COLON, PAREN, PLAIN, STAMPED, STOP, Line, heads
from cohesion_qda.formats.talk.labels import (
    INITIALS,
    LOWER,
    NAME,
    NONE,
    ROLE,
    SURE,
    apart,
    is_note_word,
    key_of,
    shape_of,
    stamp_at,
    tidy,
)

_OFTEN = 6  # lines
_MOST_NAMED = 24
_WORDS_A_LABEL = 150  # on average; page headings stand further apart
_START = re.compile(
    r"(?P<label>[^\W_][^:：\t\n]{0,60}?)\s*(?:(?P<colon>[:：])(?=\s|\Z|[^\x00-\x7f])|(?P<other>\t|\s[-–—]|\s*(?:[-=]?>{1,3}|[»›→|~=])(?=\s))(?=\s*\S))"
)
_IN_BRACKETS = re.compile(r"(?P<open>[\[(<{])(?P<label>[^\W_][^\[\](){}<>\n]{0,60})[\])>}]\s*[:：]?\s*\S")
_ONLY_TIMES = re.compile(r"[\[(]?\d{1,2}(?::\d{1,2}){1,2}(?:[.,]\d{1,3})?(?:\s*(?:-->|-|–)\s*[\d:.,]+)?[\])]?\Z")
_AFTER_STAMP = re.compile(r"[\s\-–—:]*")
_BETWEEN = re.compile(r"[,;/()\[\]]+")
_ENDS_OTHERWISE = re.compile(r"[.!?,;:…\"”]\Z")
_NAME_FIRST = re.compile(r"([^\W\d_]{2,20}) (?=[\"'“‘(\[]?[A-Z…])")
_MAY_BE_BARE = re.compile(r"[\[(<{*_\d]|\w[\w.\- ]{0,20}\.\s|[^\W\d_a-z][\w'-]*[^\W_a-z]\s|\w{1,15} \d")
_OTHER = "other"
_FEWEST, _LABELLED, _NAMED = 4, 0.4, 0.8  # labels, and their share of the paragraphs


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int
    form: str
    label: str
    key: str
    shape: int


def left_in_speech(
    lines: list[Line], convention: Convention, headings: Container[int], speech: Collection[str] = ()
) -> tuple[str, ...]:
    """The label-like beginnings of lines that were left in the speech, the most frequent first. Those of headings are not meant, and not those
    in `speech`, of which a person has said that they are none.
    """
    first = min(convention.heads)
    settled = {key_of(label) for label in speech}
    known = {head.key for head in convention.heads.values()}
    known |= {key_of(apart(head.label)[0]) for head in convention.heads.values()}
    counts: Counter[str] = Counter()
    certain: set[str] = set()
    labels: dict[str, str] = {}
    for number in range(first + 1, len(lines)):
        if number in convention.heads or number in convention.passed or number in headings:
            continue
        for mark in _marks(number, lines[number]):
            if mark.key in settled or key_of(mark.label) in settled:
                continue
            if mark.form == ALONE and not _stands_before_speech(mark, lines, convention, known):
                continue
            counts[mark.key] += 1
            labels.setdefault(mark.key, mark.label)
            if lines[number].unsure or mark.key in known or _is_like_the_accepted(mark, convention):
                certain.add(mark.key)
    often = _often([line.text for n, line in enumerate(lines) if n > first and n not in convention.heads], settled)
    found = [labels[key] for key, n in counts.most_common() if n > 1 or key in certain]
    return tuple(dict.fromkeys([*often, *found]))[:_MOST_NAMED]


def _often(texts: list[str], settled: Container[str]) -> list[str]:
    """What opens so many of the lines with a colon that it may be a person, although the word is one of headings."""
    starts = [start["label"] for text in texts if (start := _START.match(text[:80])) and start["colon"]]
    labels = {key_of(label): tidy(label) for label in starts if any(map(str.isalpha, label))}
    counts = Counter(key for key in map(key_of, starts) if key in labels and key not in settled)
    return [labels[key] for key, n in counts.most_common() if n >= _OFTEN and n * 6 >= len(texts)]


def unrecognised(lines: list[Line]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """When a file in which nobody was found to speak is written like a transcript all the same: the labels that recur
    in it, and the warning. Nothing of an ordinary document.
    """
    marks = [mark for number, line in enumerate(lines) for mark in _marks(number, line)]
    times = sum(1 for line in lines if _ONLY_TIMES.match(line.text))
    looks_so = (times >= 2 and times * 5 >= len(lines)) or _in_colons(marks, lines) or _on_own_lines(marks, lines)
    bare = _bare(lines) if not looks_so else []
    if not (looks_so or bare or asked(lines).is_sure):
        return (), ()
    marks += bare
    labels = {mark.key: mark.label for mark in reversed(marks)}
    recurring = [key for key, n in Counter(mark.key for mark in marks).most_common(_MOST_NAMED) if n > 1]
    warning = _("It looks like a transcript, but its speakers were not recognised.")
    return tuple(labels[key] for key in recurring), (warning,)


def _in_colons(marks: list[_Mark], lines: list[Line]) -> bool:
    some = [mark for mark in marks if mark.form != ALONE]
    opening = sum(1 for line in lines if line.opens)
    counts = Counter(mark.key for mark in some)
    if len(counts) < 2 or len(some) < 3 or len(some) * 10 < opening * 3 or _in_rounds(some):
        return False
    has_role = any(mark.shape == ROLE for mark in some)
    recurring = sum(n for n in counts.values() if n > 1)
    return recurring * 2 >= len(some) or (has_role and len(some) * 2 >= opening)


def _on_own_lines(marks: list[_Mark], lines: list[Line]) -> bool:
    taken = {mark.line for mark in marks}
    some = [m for m in marks if m.form == ALONE and m.line + 1 < len(lines) and m.line + 1 not in taken]
    recurring = [n for n in Counter(mark.key for mark in some).values() if n > 1]
    has_role = any(mark.shape == ROLE for mark in some)
    words = sum(line.text.count(" ") + 1 for line in lines)
    enough = len(recurring) >= 2 or (has_role and recurring)
    return bool(enough) and len(some) * 5 >= len(lines) and words <= _WORDS_A_LABEL * len(some)


def _bare(lines: list[Line]) -> list[_Mark]:
    """The labels that little or nothing sets apart from the speech, where many paragraphs begin with one of a few."""
    found = heads([line for line in lines if line.opens and _MAY_BE_BARE.match(line.text)])
    opening = sum(1 for line in lines if line.opens)
    names = [
        _Mark(n, _OTHER, m[1], key_of(m[1]), NAME)
        for n, line in enumerate(lines)
        if (m := _NAME_FIRST.match(line.text))
    ]
    named = [mark for mark in names if shape_of(mark.label) == NAME]
    ways = [[_Mark(h.line, _OTHER, h.label, h.key, h.shape) for h in found[form]] for form in (PAREN, STOP, PLAIN)]
    for some, least in (*((way, _LABELLED) for way in ways), (named, _NAMED)):
        counts = Counter(mark.key for mark in some)
        again = [mark for mark in some if counts[mark.key] > 1]
        if (
            len({mark.key for mark in again}) >= 2
            and len(again) >= max(_FEWEST, least * opening)
            and not _in_rounds(again)
        ):
            return again
    return []


def _in_rounds(some: list[_Mark]) -> bool:
    """Whether three or more labels come in one order again and again, as headings do."""
    keys = [mark.key for mark in some]
    follows = set(pairwise(keys))
    return len(set(keys)) >= 3 and len(keys) >= 6 and len(follows) == len(set(keys))


def _marks(number: int, line: Line) -> Iterator[_Mark]:
    """What at the start of a line could be a label, more generously than where speakers are recognised."""
    if line.unsure:
        yield _Mark(number, _OTHER, line.unsure, key_of(line.unsure), ROLE)
        return
    text = line.text.strip("*_ ")
    stamp = stamp_at(text)
    if stamp:
        after = _AFTER_STAMP.match(text, stamp[1])
        text = text[after.end() if after else stamp[1] :]
    start = _START.match(text[:80])
    bracket = _IN_BRACKETS.match(text[:80])
    if start:
        yield from _mark(number, COLON if start["colon"] else _OTHER, start["label"])
    elif bracket and not is_note_word(bracket["label"]):
        if bracket["open"] != "(" or shape_of(tidy(bracket["label"])) <= INITIALS:
            yield from _mark(number, _OTHER, bracket["label"])
    elif 0 < len(text) <= 50 and not _ENDS_OTHERWISE.search(text):
        yield from _mark(number, ALONE, text)


def _mark(number: int, form: str, written: str) -> Iterator[_Mark]:
    label = tidy(written)
    if is_note_word(apart(label)[0]):
        return
    shape = shape_of(" ".join(_BETWEEN.sub(" ", label).split()))
    if shape == NONE or (shape == LOWER and form != COLON):
        return
    yield _Mark(number, form, label, key_of(apart(label)[0]), shape)


def _stands_before_speech(mark: _Mark, lines: list[Line], convention: Convention, known: set[str]) -> bool:
    """Whether a line that is nothing but a name has speech after it and is no answer to the label just above."""
    if mark.line + 1 >= len(lines) or mark.line + 1 in convention.heads:
        return False
    above = convention.heads.get(mark.line - 1)
    return mark.shape in SURE or mark.key in known or above is None or bool(above.speech)


def _is_like_the_accepted(mark: _Mark, convention: Convention) -> bool:
    if mark.shape in SURE:
        return True
    alone = convention.form in (ALONE, STAMPED, BOLD)
    return mark.shape <= INITIALS and (alone if mark.form == ALONE else mark.form == convention.form)
