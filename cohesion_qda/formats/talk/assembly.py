"""The text of a source and its turns, put together from lines of which it is known who begins to speak where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cohesion_qda.formats.talk.conventions import Convention, labels_of
from cohesion_qda.formats.talk.cues import are_turns, fits_on
from cohesion_qda.formats.talk.heads import Head, Line
from cohesion_qda.formats.talk.labels import only_stamp
from cohesion_qda.model.source import SectionDraft, TurnDraft
from cohesion_qda.model.text import Span, canonical, without_stage_notes

_CLOSING = re.compile(
    r"[\[(*\s—–-]*(?:(?:the )?end(?: of (?:the |this )?(?:transcript|transcription|recording|interview|session|tape|"
    r"audio|discussion|focus group|meeting)\b.{0,40})?|recording ends|interview ends|session ends)[\])*.\s—–-]*\Z",
    re.IGNORECASE,
)
_WORDLESS = re.compile(r"[\W_]*\Z")


@dataclass(slots=True)
class Assembled:
    """The text so far by its `lines`, the turns and the sections. `wordless` counts labels without words,
    `nobodys` the paragraphs that stand between a heading and the next label.

    The open turn is `[start, end)`; `start` is None until it has words.
    """

    lines: list[str] = field(default_factory=list)
    turns: list[TurnDraft] = field(default_factory=list)
    sections: list[SectionDraft] = field(default_factory=list)
    wordless: int = 0
    nobodys: int = 0
    at: int = 0
    label: str = ""
    stamp: float | None = None
    held: str = ""
    start: int | None = None
    end: int = 0

    def add(self, text: str, *, spoken: bool) -> None:
        """A line of the text; when `spoken`, the open turn reaches to its end."""
        if spoken and self.label:
            if self.start is None:
                self.start = self.at
            self.end = self.at + len(text)
        self.lines.append(text)
        self.at += len(text) + 1

    def go_on(self, text: str) -> None:
        """More of the open turn, on the line that it is on; nothing is nothing."""
        if not text:
            return
        if self.start is None or self.end != self.at - 1 or not fits_on(self.lines[-1], is_talk=True):
            self.add(text, spoken=True)
            return
        self.lines[-1] += f" {text}"
        self.at += len(text) + 1
        self.end = self.at - 1

    def open(self, label: str, stamp: float | None, held: str) -> None:
        """Begin a turn; `held` is a time in brackets, all that its line says."""
        self.close()
        self.label, self.stamp, self.held = label, stamp, held

    def close(self) -> None:
        """End the open turn. One that says nothing but a time keeps that; one without anything is left out."""
        if self.label and self.start is None and self.held:
            self.add(self.held, spoken=True)
        if self.label and self.start is not None:
            self.turns.append(TurnDraft(Span(self.start, self.end), self.label, self.stamp))
        elif self.label:
            self.wordless += 1
        self.label, self.stamp, self.held, self.start = "", None, "", None

    def place(self, stamp: float) -> float | None:
        """Give a time on a line of its own to the label just before it; else it is for the label that follows."""
        if self.label and self.start is None and self.stamp is None:
            self.stamp = stamp
            return None
        return stamp


def assemble(lines: list[Line], convention: Convention, headings: Mapping[int, str]) -> Assembled:
    """Labels and times are left out of the text. Paragraphs without a label belong to the turn before; what stands
    before the first label, headings and what follows them without a label, and stage notes on lines of their own
    after a turn, stay outside the turns.
    """
    labels = labels_of(convention.heads.values())
    done = Assembled()
    pending: float | None = None
    first = min(convention.heads, default=len(lines))
    joins = not are_turns(lines, convention.heads)
    for number, line in enumerate(lines):
        head = convention.heads.get(number)
        if head is not None:
            label = labels[head.key]
            if joins and line.is_cue and done.label == label:
                done.go_on(_speech(head))
            else:
                done.open(label, pending if head.at is None else head.at, head.stamp)
                if speech := _speech(head):
                    done.add(speech, spoken=True)
            pending = None
        elif number in headings:
            done.close()
            done.sections.append(SectionDraft(done.at, headings[number]))
            done.add(line.text, spoken=False)
        elif (stamp := _stamp(number, line, first, convention)) is not None:
            pending = done.place(stamp)
        elif _CLOSING.match(line.text):
            done.close()
            done.add(line.text, spoken=False)
        else:
            _go_on(done, line, after_first=number > first)
    done.close()
    return done


def _go_on(done: Assembled, line: Line, *, after_first: bool) -> None:
    is_note = is_stage_note(line.text)
    if line.is_cue and done.label:
        done.go_on(line.text)
        return
    if after_first and not done.label and not is_note:
        done.nobodys += 1
    done.add(line.text, spoken=done.start is None or not is_note)


def _stamp(number: int, line: Line, first: int, convention: Convention) -> float | None:
    return only_stamp(line.text) if number >= first or number + 1 in convention.heads else None


def _speech(head: Head) -> str:
    return " ".join(piece for piece in (head.note, canonical(head.speech).strip()) if piece)


def is_stage_note(text: str) -> bool:
    """Whether a line says nothing but what stands in brackets."""
    return _WORDLESS.match(without_stage_notes(text)) is not None
