"""Whether the possible labels of one form are this file's speakers: by recurrence, by shape, by how they stand."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import median

from cohesion_qda.formats.talk.heads import (
    ALONE,
    BOLD,
    BRACKET,
    COLON,
    DASH,
    PAREN,
    PLAIN,
    STAMPED,
    STOP,
    TAB,
    Head,
    Line,
)
from cohesion_qda.formats.talk.labels import (
    CODE,
    COLLECTIVE_WORDS,
    INITIALS,
    LOWER,
    NAME,
    NONE,
    ROLE,
    SURE,
    WEAK,
    words_of,
)
from cohesion_qda.formats.talk.spelling import slips, within

_SENTENCE_END = re.compile(r"[.?!…][\"”’)\]]*\s*\Z")
_TALK = re.compile(
    r"\?|\b(?:I|[Yy]ou|[Ww]e|[Yy]es|[Yy]eah|[Yy]ep|[Oo]k|[Oo]kay|[Mm]e|[Mm]y)\b|\A(?:No|So|Well|And|But)\b"
)
_NUMBERS = re.compile(r"\d+")
_MOST_SINGLES = 50
_LONGEST_HEADING = 60
_LONGEST_TURN = 150  # words, in the middle of the file's turns; page headings stand further apart
_BARE = {PAREN: 0.5, STOP: 0.6, PLAIN: 0.7}  # of the paragraphs must be labelled
_LETTERS, _ROMANS = (
    ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"],
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"],
)


def accepted(form: str, some: list[Head], lines: list[Line]) -> list[Head]:
    """The heads of one form that are speakers; none when the form is not this file's."""
    if form in _BARE:
        return _accepted_bare(form, some, lines)
    if form == ALONE:
        some = _followed_by_speech(some)
    counts = Counter(head.key for head in some)
    shapes = _shapes(some)
    core = {key for key, n in counts.items() if n >= (3 if shapes[key] in (WEAK, LOWER) else 2)}
    if not _is_transcript(form, some, core, shapes, lines):
        return []
    first = next((h.line for h in some if h.key in core), 0)
    sparse = labelled_share(some, lines, cues=True) < 0.6 or len(counts) - len(core) > _MOST_SINGLES
    mentions = "\n".join(line.text for line in lines) if sparse and len(counts) - len(core) <= _MOST_SINGLES else ""
    return [
        head for head in some
        if head.key in core
        or _single(head, shapes[head.key], mentions, before=head.line < first, sparse=sparse)
        or ((form != ALONE or len(head.key) > 5) and head.line > first and len(counts) - len(core) <= _MOST_SINGLES and _is_misspelt(head, core))
    ]  # fmt: skip


def _is_transcript(form: str, some: list[Head], core: set[str], shapes: dict[str, int], lines: list[Line]) -> bool:
    marks = [head for head in some if head.key in core]
    described = {head.key for head in some if head.described}
    sure = {key for key, shape in shapes.items() if shape in SURE}
    has_role = any(shapes[key] == ROLE for key in sure)
    share = labelled_share(some, lines)
    if not core:
        if has_role and share >= 0.9 and form in (COLON, BRACKET, BOLD):  # a very short one, every line labelled
            return len(shapes) >= 2 and any(reads_as_speech(head.speech) for head in some)
        if described and has_role:
            return len(sure | described) >= 2 and share >= 0.3
        return has_role and len(sure) >= 2 and form != ALONE and share > 0.5
    if form == STAMPED:
        return len(some) >= 3
    if form == DASH and share < (0.2 if core & sure else 0.6):
        return False
    if has_role and share >= 0.9 and len(shapes) > 1 and form in (COLON, BRACKET, BOLD):
        return all(shape <= INITIALS for shape in shapes.values()) or len(marks) >= 3
    if core & sure:
        return (len(marks) >= 3 or len(sure | described) >= 2) and labelled_share(marks, lines) >= 0.03
    if len(core) == 1 and len(marks) >= 3 and _is_each_caption(marks, lines):
        return True
    if form == COLON and len(core) == 1 and _answers(marks, lines):
        return True
    if len(core) < 2 or len(marks) < 4 or labelled_share(marks, lines) < 0.15 or _is_cycle(marks):
        return False
    if _are_of_sections(marks, lines):
        return False
    return form not in (ALONE, BOLD, TAB, DASH) or _middle_turn(marks, lines) <= _LONGEST_TURN


def _accepted_bare(form: str, some: list[Head], lines: list[Line]) -> list[Head]:
    """The heads that little or nothing sets apart from the speech: nearly every paragraph must have one, two or more
    must come again, and they must not be the letters or numbers of a list.
    """
    counts = Counter(head.key for head in some)
    shapes = _shapes(some)
    core = {key for key, n in counts.items() if n >= 2}
    marks = [head for head in some if head.key in core]
    if len(core) < 2 or len(marks) < 4 or labelled_share(marks, lines) < _BARE[form] or _is_list(marks):
        return []
    is_sure = any(shapes[key] in SURE for key in core)
    spoken = sum(1 for head in marks if not head.speech or reads_as_speech(head.speech))
    if not is_sure and (len(marks) < 6 or 2 * spoken < len(marks) or _is_cycle(marks)):
        return []
    return [head for head in some if head.key in core or shapes[head.key] in SURE]


def _is_list(marks: list[Head]) -> bool:
    """Whether the labels are A, B, C or I, II, III."""
    keys = sorted({head.key for head in marks})
    return any(keys == sorted(some[: len(keys)]) for some in (_LETTERS, _ROMANS))


def _answers(marks: list[Head], lines: list[Line]) -> bool:
    """Whether one label stands after questions that have none, as in an interview whose interviewer has no name."""
    asked = sum(1 for head in marks if head.line and lines[head.line - 1].text.rstrip(" *_").endswith("?"))
    return len(marks) >= 3 and asked >= 0.8 * len(marks) and labelled_share(marks, lines) >= 0.3


def _is_each_caption(marks: list[Head], lines: list[Line]) -> bool:
    """Whether the captions of a file begin with labels one and all, as Zoom writes them."""
    return len(marks) >= 0.9 * sum(1 for line in lines if line.is_cue) > 0


def plausible(form: str, some: list[Head]) -> list[Head]:
    """The heads of one form that are speakers if a person says that this is how turns begin."""
    if form == ALONE:
        some = _followed_by_speech(some)
    counts = Counter(head.key for head in some)
    shapes = _shapes(some)
    at_once = CODE if form == ALONE else INITIALS
    return [head for head in some if shapes[head.key] <= at_once or counts[head.key] > 1]


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


def labelled_share(marks: Sequence[Head], lines: list[Line], *, cues: bool = False) -> float:
    """How many of the paragraphs (and, if asked for, `cues`) from the first label on begin with one."""
    if not marks:
        return 0.0
    return len(marks) / max(1, sum(1 for line in lines[marks[0].line :] if line.opens or (cues and line.is_cue)))


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


def _are_of_sections(marks: list[Head], lines: list[Line]) -> bool:
    """Whether plain words come once under each heading and in one order, as `Vision:` and `Partners:` do in a plan, and
    nothing that is said there asks or answers anybody.
    """
    if any(head.shape == INITIALS or " " in head.label or _TALK.search(_said(head, lines)) for head in marks):
        return False
    taken = {head.line for head in marks}
    titles = [n for n, line in enumerate(lines) if n not in taken and _is_title(line)]
    under: dict[int, list[str]] = defaultdict(list)
    for head in marks:
        under[bisect(titles, head.line)].append(head.key)
    if len(under) < 2 or 2 * sum(1 for keys in under.values() if len(keys) > 1) <= len(under):
        return False
    order = {pair for keys in under.values() for pair in combinations(keys, 2)}
    return not any((after, before) in order for before, after in order)


def _said(head: Head, lines: list[Line]) -> str:
    """What stands after a label, or below it."""
    return head.speech or (lines[head.line + 1].text if head.line + 1 < len(lines) else "")


def _is_title(line: Line) -> bool:
    is_short = line.opens and not line.is_cue and len(line.text) <= _LONGEST_HEADING
    return line.heading > 0 or (is_short and ": " not in line.text and line.text[-1:].isalnum())


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
        return not before or reads_as_speech(head.speech) or not head.speech
    if head.described and not before:
        return True
    if before or shape > INITIALS or head.form in (ALONE, TAB) or head.stamp:
        return False
    if words_of(head.label)[:1] and words_of(head.label)[0] in COLLECTIVE_WORDS:
        return True
    return not sparse or head.form == STAMPED or (shape == NAME and mentions.count(head.label) > 1)


def _is_misspelt(head: Head, core: set[str]) -> bool:
    """Whether a label is but a slip away from a recurring one with the same numbers."""
    return any(
        _NUMBERS.findall(head.key) == _NUMBERS.findall(key) and within(head.key, key, slips(head.key, key))
        for key in core
    )


def reads_as_speech(speech: str) -> bool:
    """Whether `speech` is a sentence or many words, not the answer to a particular such as `Moderator: GA`."""
    return speech.count(" ") >= 8 or bool(_SENTENCE_END.search(speech))
