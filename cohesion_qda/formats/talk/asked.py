"""Interviews in which nobody has a name: the questions stand in bold, or end with a question mark, above the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cohesion_qda.base.i18n import _
from cohesion_qda.formats.talk.heads import Head, Line
from cohesion_qda.formats.talk.labels import ROLE, key_of

ASKED = "asked"
_YOU = re.compile(r"\byou", re.IGNORECASE)
_I = re.compile(r"\bI\b|\b[Mm]y\b")
_FEWEST = 4  # questions
_ASKING, _TO_YOU, _OF_ME = 0.5, 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """The heads of what is asked and what is answered. `by_bold` says that the questions stand in bold, `is_sure` that
    it is an interview: those who ask say “you”, and those who answer “I”.
    """

    heads: tuple[Head, ...] = ()
    by_bold: bool = False
    is_sure: bool = False


@dataclass(slots=True)
class _Block:
    """Paragraphs from line `start` on that are all asked, or all answered."""

    start: int
    is_bold: bool
    is_question: bool
    text: str
    is_asked: bool = False


def asked(lines: Sequence[Line]) -> Asked:
    """What is asked and answered in a document without labels; nothing where less than four are asked."""
    blocks = list(_paragraphs(lines))
    bold = [block for block in blocks if block.is_bold]
    by_bold = sum(block.is_question for block in bold) >= max(2, _ASKING * len(bold))
    turns: list[_Block] = []
    for block in blocks:
        block.is_asked = block.is_bold if by_bold else block.is_question
        if turns and turns[-1].is_asked == block.is_asked:
            turns[-1].text += f" {block.text}"
        elif turns or block.is_asked:
            turns.append(block)
    if sum(turn.is_asked for turn in turns) < _FEWEST:
        return Asked()
    return Asked(tuple(_head(turn, lines[turn.start]) for turn in turns), by_bold, _is_interview(turns))


def _paragraphs(lines: Sequence[Line]) -> Iterator[_Block]:
    starts = [number for number, line in enumerate(lines) if line.opens]
    for start, end in pairwise([*starts, len(lines)]):
        if not (lines[start].heading or lines[start].label):
            text = " ".join(line.text for line in lines[start:end])
            is_bold = all(line.bold >= len(line.text) for line in lines[start:end])
            yield _Block(start, is_bold, text.rstrip(" \"”’').*_").endswith("?"), text)


def _head(turn: _Block, line: Line) -> Head:
    label = _("Moderator") if turn.is_asked else _("Participant")
    return Head(turn.start, ASKED, label, key_of(label), ROLE, line.text, line.at)


def _is_interview(turns: Sequence[_Block]) -> bool:
    questions = [turn.text for turn in turns if turn.is_asked]
    answers = [turn.text for turn in turns if not turn.is_asked]
    to_you = sum(1 for text in questions if _YOU.search(text))
    of_me = sum(1 for text in answers if _I.search(text))
    is_longer = sum(map(len, answers)) > sum(map(len, questions))
    return is_longer and to_you >= _TO_YOU * len(questions) and of_me >= _OF_ME * len(answers)
