"""Questions that nobody has labelled between answers that are labelled, and answers between labelled questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.formats.talk.asked import ASKED
from cohesion_qda.formats.talk.assembly import is_stage_note
from cohesion_qda.formats.talk.conventions import TABLE, Convention
from cohesion_qda.formats.talk.heads import BRACKET, COLON, Head, Line, heads
from cohesion_qda.formats.talk.labels import MODERATOR_WORDS, ROLE, key_of, only_stamp, words_of

_ASKING = frozenset(("i", "q", "ir", "int", "interviewer"))


def with_questions(
    lines: list[Line], convention: Convention, headings: Mapping[int, str], speech: Collection[str] = ()
) -> tuple[Convention, list[str]]:
    """The convention with a label for the questions that have none, and the warning that says so.

    They are paragraphs that end with a question mark right before a label. Nothing is changed where a label already
    asks, where other paragraphs without a label are more, or where a person has said that the label is `speech`.
    """
    taken, label = convention.heads, _("Moderator")
    if not taken or label in speech or convention.form in (TABLE, ASKED) or _asked_by_label(taken, lines):
        return convention, []
    paragraphs = list(_unlabelled(lines, convention, headings))
    asking = _asking(paragraphs, lines, taken)
    bold = [(start, end) for start, end in paragraphs if all(_is_bold(line) for line in lines[start:end])]
    if len(asking) < 2:
        return convention, []
    if set(asking) <= set(bold):
        asking = bold
    elif 2 * len(asking) < len(paragraphs):
        return convention, []
    starts = [start for start, _end in _runs(asking)]
    warning = ngettext(
        "{n} question stands without a name between the answers; it was given to “{label}”.",
        "{n} questions stand without a name between the answers; they were given to “{label}”.",
        len(starts),
    ).format(n=len(starts), label=label)
    return _labelled(lines, convention, starts, label), [warning]


def with_answers(
    lines: list[Line], convention: Convention, headings: Mapping[int, str], speech: Collection[str] = ()
) -> tuple[Convention, list[str]]:
    """The convention with a label for answers that have none, where the only label is of one who asks; and the
    warning that says so.
    """
    taken, label = convention.heads, _("Participant")
    if (
        len(taken) < 2
        or len({head.key for head in taken.values()}) > 1
        or convention.form in (TABLE, ASKED)
        or label in speech
    ):
        return convention, []
    if not _asked_by_label(taken, lines):
        return convention, []
    unlabelled = dict(_unlabelled(lines, convention, headings))
    starts = [number for number, line in enumerate(lines) if line.opens]
    after = dict(pairwise(starts))
    answers = [
        after[n]
        for n, head in taken.items()
        if head.speech and _is_question(head.speech) and after.get(n) in unlabelled
    ]
    if len(answers) < max(2, 0.6 * len(taken)):
        return convention, []
    warning = ngettext(
        "{n} answer stands without a name after a question; it was given to “{label}”.",
        "{n} answers stand without a name after questions; they were given to “{label}”.",
        len(answers),
    ).format(n=len(answers), label=label)
    return _labelled(lines, convention, answers, label), [warning]


def _labelled(lines: list[Line], convention: Convention, starts: list[int], label: str) -> Convention:
    """The convention with a head of `label` at each line of `starts`, all of which is speech."""
    found = {
        start: Head(start, convention.form, label, key_of(label), ROLE, lines[start].text, lines[start].at)
        for start in starts
    }
    return replace(convention, heads=convention.heads | found)


def _asked_by_label(taken: Mapping[int, Head], lines: list[Line]) -> bool:
    """Whether somebody who has a label asks: by its words, or because most of what it says are questions."""
    labels = {head.label for head in taken.values()}
    if any(set(words_of(label)) & MODERATOR_WORDS or key_of(label) in _ASKING for label in labels):
        return True
    turns = Counter(head.key for head in taken.values())
    asked = Counter(head.key for head in taken.values() if _is_question(_said(head, lines)))
    return any(n >= 2 and n * 2 >= turns[key] for key, n in asked.items())


def _said(head: Head, lines: list[Line]) -> str:
    below = head.line + 1
    return head.speech or (lines[below].text if below < len(lines) else "")


def _unlabelled(lines: list[Line], convention: Convention, headings: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """The paragraphs without a label as `[start, end)`: those after the first label, and the one right before it."""
    starts = [number for number, line in enumerate(lines) if line.opens or number in convention.heads]
    first = min(convention.heads)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        if start in convention.heads or start in headings or start in convention.passed or end < first:
            continue
        if any(heads([lines[start]])[form] for form in (COLON, BRACKET)):
            continue
        above = convention.heads.get(start - 1)
        if above is not None and not above.speech:
            continue
        if not is_stage_note(lines[start].text) and only_stamp(lines[start].text) is None:
            yield start, end


def _asking(paragraphs: list[tuple[int, int]], lines: list[Line], taken: Mapping[int, Head]) -> list[tuple[int, int]]:
    """The paragraphs that end with a question mark and stand before a label, or before another such one."""
    found: list[tuple[int, int]] = []
    for start, end in reversed(paragraphs):
        goes_on = bool(found) and found[-1][0] == end
        if _is_question(lines[end - 1].text) and (goes_on or _leads(end, lines, taken)):
            found.append((start, end))
    return found[::-1]


def _runs(paragraphs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first of each run of paragraphs that stand directly one after the other."""
    ends = {end for _start, end in paragraphs}
    return [(start, end) for start, end in paragraphs if start not in ends]


def _is_question(text: str) -> bool:
    return text.rstrip(' *_"”’)]').endswith("?")


def _is_bold(line: Line) -> bool:
    return line.bold >= len(line.text)


def _leads(end: int, lines: list[Line], taken: Mapping[int, Head]) -> bool:
    """Whether the next line that is more than a note or a time is a label's."""
    while end < len(lines) and end not in taken and (is_stage_note(lines[end].text) or only_stamp(lines[end].text)):
        end += 1
    return end in taken
