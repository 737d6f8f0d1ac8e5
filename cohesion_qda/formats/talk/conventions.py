"""Which of the possible labels are speakers: decided over the whole file, by recurrence and by shape."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from cohesion_qda.base.i18n import _
from cohesion_qda.formats.talk.heads import (
    ALONE,
    BOLD,
    BRACKET,
    COLON,
    STAMPED,
    TAB,
    Head,
    Line,
    heads,
    with_brackets_settled,
)
from cohesion_qda.formats.talk.labels import (
    COLLECTIVE_WORDS,
    INITIALS,
    LOWER,
    NAME,
    NONE,
    ROLE,
    SURE,
    WEAK,
    apart,
    is_description,
    is_particular,
    key_of,
    shape_of,
    words_of,
)

TABLE = "table"
_ORDER = (COLON, BOLD, BRACKET, STAMPED, ALONE, TAB)
_SENTENCE_END = re.compile(r"[.?!…][\"”’)\]]*\s*\Z")
_HEADING_LINE = re.compile(r"[^\W\d_][\w ./&'’-]{0,40}:(?:\s|\Z)")
_MOST_SINGLES = 50
_MOST_KNOWN = 500
_LONGEST_TURN = 150  # words, in the middle of the file's turns; page headings stand further apart


@dataclass(frozen=True, slots=True)
class Convention:
    """What was recognised: the speakers' heads by line number, the way of writing most of them, and every line that
    was looked at and left alone on purpose.
    """

    heads: dict[int, Head]
    form: str = ""
    passed: frozenset[int] = frozenset()

    def in_words(self) -> str:
        """The convention in a few words, for a person."""
        if not self.heads:
            return _("no speakers")
        timed = sum(1 for head in self.heads.values() if head.at is not None) * 2 > len(self.heads)
        plain, with_times = {
            COLON: (
                _("each turn begins with the name and a colon"),
                _("each turn begins with the name, a colon and the time"),
            ),
            BRACKET: (
                _("each turn begins with the name in square brackets"),
                _("each turn begins with the name in square brackets and the time"),
            ),
            BOLD: (
                _("each turn begins with the name in bold"),
                _("each turn begins with the name in bold and the time"),
            ),
            STAMPED: (
                _("the name stands on its own line above each turn"),
                _("the name and the time stand on their own line above each turn"),
            ),
            ALONE: (
                _("the name stands on its own line above each turn"),
                _("the name stands on its own line above each turn, with times"),
            ),
            TAB: (
                _("each turn begins with the name and a tab"),
                _("each turn begins with the name, a tab and the time"),
            ),
            TABLE: (
                _("a table says who speaks, row by row"),
                _("a table says when and who speaks, row by row"),
            ),
        }[self.form]
        return with_times if timed else plain


def recognise(lines: list[Line]) -> Convention:
    """The speakers of a document. Rows of a speaker table have been settled already and count as they are."""
    given = with_brackets_settled([_given(number, line) for number, line in enumerate(lines) if line.label])
    if given:
        return Convention({head.line: head for head in given}, TABLE)
    found = heads(lines)
    accepted = {form: _accepted(form, found[form], lines) for form in _ORDER}
    form = max(_ORDER, key=lambda f: (len(accepted[f]), -_ORDER.index(f)))
    if not accepted[form]:
        return Convention({})
    chosen = {head.line: head for head in accepted[form]}
    _add_other_forms(chosen, form, found, accepted)
    dropped = _leave_out_preamble(chosen, lines)
    _add_known(chosen, lines, dropped)
    return Convention(chosen, form, frozenset(dropped))


def _given(number: int, line: Line) -> Head:
    """The head of a row of a speaker table."""
    label, note = apart(line.label)
    return Head(
        number, TABLE, label, key_of(label), shape_of(label), line.text, line.at, note, described=is_description(note)
    )


def _accepted(form: str, some: list[Head], lines: list[Line]) -> list[Head]:
    """The heads of one form that are speakers; none when the form is not this file's."""
    if form == ALONE:
        some = _followed_by_speech(some)
    counts = Counter(head.key for head in some)
    shapes = _shapes(some)
    core = {key for key, n in counts.items() if n >= (3 if shapes[key] in (WEAK, LOWER) else 2)}
    if not _is_transcript(form, some, core, shapes, lines):
        return []
    first = next((h.line for h in some if h.key in core), 0)
    sparse = _labelled_share(some, lines) < 0.6 or len(counts) - len(core) > _MOST_SINGLES
    mentions = "\n".join(line.text for line in lines) if sparse and len(counts) - len(core) <= _MOST_SINGLES else ""
    return [
        head for head in some
        if head.key in core or _single(head, shapes[head.key], mentions, before=head.line < first, sparse=sparse)
    ]  # fmt: skip


def _is_transcript(form: str, some: list[Head], core: set[str], shapes: dict[str, int], lines: list[Line]) -> bool:
    marks = [head for head in some if head.key in core]
    described = {head.key for head in some if head.described}
    sure = {key for key, shape in shapes.items() if shape in SURE}
    has_role = any(shapes[key] == ROLE for key in sure)
    share = _labelled_share(some, lines)
    if not core:
        if has_role and share >= 0.9 and form in (COLON, BRACKET, BOLD):  # a very short one, every line labelled
            return len(shapes) >= 2 and any(_reads_as_speech(head.speech) for head in some)
        if described and has_role:
            return len(sure | described) >= 2 and share >= 0.3
        return has_role and len(sure) >= 2 and form != ALONE and share > 0.5
    if form == STAMPED:
        return len(some) >= 3
    if core & sure:
        return (len(marks) >= 3 or len(sure | described) >= 2) and _labelled_share(marks, lines) >= 0.03
    if len(core) < 2 or len(marks) < 4 or _labelled_share(marks, lines) < 0.15 or _is_cycle(marks):
        return False
    return form not in (ALONE, BOLD, TAB) or _middle_turn(marks, lines) <= _LONGEST_TURN


def _shapes(some: list[Head]) -> dict[str, int]:
    """The best shape of each key. Where a role is among labels written in small letters throughout, single words
    in small letters are names too.
    """
    shapes: dict[str, int] = {}
    for head in some:
        shapes[head.key] = min(head.shape, shapes.get(head.key, NONE))
    small = [head for head in some if head.label.islower()]
    if len(small) >= 0.9 * len(some) and any(head.shape == ROLE for head in small):
        return {key: NAME if shape == LOWER else shape for key, shape in shapes.items()}
    return shapes


def _labelled_share(marks: list[Head], lines: list[Line]) -> float:
    """How many of the paragraphs from the first label on begin with one."""
    if not marks:
        return 0.0
    return len(marks) / max(1, sum(1 for line in lines[marks[0].line :] if line.opens))


def _is_cycle(marks: list[Head]) -> bool:
    """Whether three or more plain words come in the same order again and again, as headings do and people do not."""
    if any(head.shape == INITIALS or (head.shape == NAME and " " in head.label) for head in marks):
        return False
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for head, following in pairwise(marks):
        after[head.key][following.key] += 1
    if len(after) < 3 or len(marks) < 9:
        return False
    return sum(max(c.values()) for c in after.values()) >= 0.95 * (len(marks) - 1)


def _middle_turn(marks: list[Head], lines: list[Line]) -> float:
    ends = [head.line for head in marks[1:]] + [len(lines)]
    return median(
        sum(line.text.count(" ") + 1 for line in lines[head.line + 1 : end]) + head.speech.count(" ")
        for head, end in zip(marks, ends, strict=True)
    )


def _followed_by_speech(some: list[Head]) -> list[Head]:
    """Without the labels that mostly stand right before another one: those are short answers."""
    taken = {head.line for head in some}
    followed: Counter[str] = Counter()
    for head in some:
        followed[head.key] += -1 if head.line + 1 in taken else 1
    return [head for head in some if followed[head.key] >= 0]


def _single(head: Head, shape: int, mentions: str, *, before: bool, sparse: bool) -> bool:
    """Whether a label that stands only once (twice, for doubtful shapes) is a speaker all the same.

    Where labels are sparse, a name must also be mentioned elsewhere in `mentions`, the text of the file.
    """
    if shape in SURE:
        return not before or _reads_as_speech(head.speech) or not head.speech
    if head.described and not before:
        return True
    if before or shape > INITIALS or head.form in (ALONE, TAB) or head.stamp:
        return False
    if words_of(head.label)[:1] and words_of(head.label)[0] in COLLECTIVE_WORDS:
        return True
    return not sparse or (shape == NAME and mentions.count(head.label) > 1)


def _reads_as_speech(speech: str) -> bool:
    return speech.count(" ") >= 8 or bool(_SENTENCE_END.search(speech))


def _add_other_forms(
    chosen: dict[int, Head], form: str, found: dict[str, list[Head]], accepted: dict[str, list[Head]]
) -> None:
    """Labels written in another way than most: known ones, and those of a second accepted way."""
    known = {head.key for head in chosen.values()}
    for other in (COLON, BRACKET, BOLD, STAMPED):
        if other == form:
            continue
        second = {h.line for h in accepted[other]} if len(accepted[other]) * 7 >= len(chosen) else set()
        for head in found[other]:
            if head.line not in chosen and (head.key in known or head.line in second):
                chosen[head.line] = head


def _leave_out_preamble(chosen: dict[int, Head], lines: list[Line]) -> set[int]:
    """Drop labels among the particulars at the beginning, such as `Moderator: GA` beside `Date: 15.09.2023`,
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
        is_answer = len(head.speech) > 0 and not _reads_as_speech(head.speech)
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


def _add_known(chosen: dict[int, Head], lines: list[Line], dropped: set[int]) -> None:
    """Known labels at the start of a paragraph, written with another stop, `GA.`, or none of the usual space."""
    known = {head.key: head for head in chosen.values()} | {key_of(head.label): head for head in chosen.values()}
    bare = {apart(head.label)[0] for head in known.values()}
    writings = sorted(map(re.escape, {head.label for head in known.values()} | bare), key=len, reverse=True)
    if not 0 < len(writings) <= _MOST_KNOWN:
        return
    pattern = re.compile(rf"({'|'.join(writings)})\s*([.:;])(?!//)(\s*)(?=\S)", re.IGNORECASE)
    share = len(chosen) / max(1, sum(1 for line in lines[min(chosen) :] if line.opens))
    for number, line in enumerate(lines):
        if number in chosen or number in dropped or not line.opens:
            continue
        found = pattern.match(line.text)
        head = known.get(key_of(found[1])) if found else None
        if found and head and _is_slip(found, head, share):
            chosen[number] = replace(
                head, line=number, label=found[1], speech=line.text[found.end() :].strip(), at=None, note="", stamp=""
            )


def _is_slip(found: re.Match[str], head: Head, share: float) -> bool:
    if found[2] == ":":
        return True
    if not found[3]:
        return False
    return head.shape in SURE or (head.shape == INITIALS and len(head.label) > 1) or share >= 0.8


def labels_of(some: Iterable[Head]) -> dict[str, str]:
    """For each key the writing that is used most, the earliest of equals."""
    writings: dict[str, Counter[str]] = defaultdict(Counter)
    for head in some:
        writings[head.key][head.label] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in writings.items()}
