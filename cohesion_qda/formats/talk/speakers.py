"""From the paragraphs of a file to a source: the speech as canonical text, and who says which part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.formats.talk.conventions import Convention, labels_of, recognise
from cohesion_qda.formats.talk.doubts import left_in_speech, unrecognised
from cohesion_qda.formats.talk.heads import Head, Line
from cohesion_qda.formats.talk.labels import only_stamp
from cohesion_qda.formats.talk.roles import Talk, kind_of, propose
from cohesion_qda.formats.talk.speakertables import lines_of
from cohesion_qda.model.source import AS_FOUND, HowToRead, SourceDraft, TurnDraft
from cohesion_qda.model.text import Span, canonical, without_stage_notes

_CLOSING = re.compile(
    r"[\[(*\s—–-]*(?:(?:the )?end(?: of (?:the |this )?(?:transcript|transcription|recording|interview|session|tape|"
    r"audio|discussion|focus group|meeting)\b.{0,40})?|recording ends|interview ends|session ends)[\])*.\s—–-]*\Z",
    re.IGNORECASE,
)
_WORDLESS = re.compile(r"[\W_]*\Z")


def segment(document: RawDocument, name: str, how: HowToRead = AS_FOUND) -> SourceDraft:
    """The source draft of a document: labels and time stamps are taken out of the text and kept on the turns.

    Paragraphs without a label belong to the turn before; what stands before the first label, and stage notes
    on lines of their own after a turn, stay in the text outside the turns.
    """
    lines = lines_of(document)
    convention = recognise(lines)
    if not convention.heads:
        text = "\n".join(line.text for line in lines)
        return SourceDraft(
            name, "document", text, encoding=document.encoding, convention=convention.in_words(),
            warnings=(*document.warnings, *unrecognised(lines)),
        )  # fmt: skip
    building = _assemble(lines, convention)
    text = "\n".join(building.lines)
    first = min(convention.heads)
    talk = [Talk(turn.label, "?" in turn.span.of(text)) for turn in building.turns]
    roles = propose(talk, [line.text for line in lines[:first]])
    return SourceDraft(
        name, kind_of(roles), text, tuple(building.turns), roles, encoding=document.encoding,
        convention=convention.in_words(), warnings=(*document.warnings, *_warnings(convention, building), *left_in_speech(lines, convention)),
    )  # fmt: skip


@dataclass(slots=True)
class _Building:
    """The text and turns so far. The open turn is [`start`, `end`); `start` is None until it has words."""

    lines: list[str] = field(default_factory=list)
    turns: list[TurnDraft] = field(default_factory=list)
    at: int = 0
    label: str = ""
    stamp: float | None = None
    held: str = ""
    start: int | None = None
    end: int = 0
    wordless: int = 0

    def add(self, text: str, *, spoken: bool) -> None:
        """A line of the text; when `spoken`, the open turn reaches to its end."""
        if spoken and self.label:
            if self.start is None:
                self.start = self.at
            self.end = self.at + len(text)
        self.lines.append(text)
        self.at += len(text) + 1

    def open(self, label: str, stamp: float | None, held: str) -> None:
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


def _assemble(lines: list[Line], convention: Convention) -> _Building:
    labels = labels_of(convention.heads.values())
    building = _Building()
    pending: float | None = None
    first = min(convention.heads)
    for number, line in enumerate(lines):
        head = convention.heads.get(number)
        if head is not None:
            building.open(labels[head.key], pending if head.at is None else head.at, head.stamp)
            pending = None
            speech = _speech(head)
            if speech:
                building.add(speech, spoken=True)
            continue
        stamp = only_stamp(line.text) if number >= first or number + 1 in convention.heads else None
        if stamp is not None:
            pending = _place_stamp(building, stamp)
        elif _CLOSING.match(line.text):
            building.close()
            building.add(line.text, spoken=False)
        else:
            is_speech = building.start is None or not _is_stage_note(line.text)
            building.add(line.text, spoken=is_speech)
    building.close()
    return building


def _place_stamp(building: _Building, stamp: float) -> float | None:
    """Give a time on a line of its own to the label just before it; else it is for the label that follows."""
    if building.label and building.start is None and building.stamp is None:
        building.stamp = stamp
        return None
    return stamp


def _speech(head: Head) -> str:
    return " ".join(piece for piece in (head.note, canonical(head.speech).strip()) if piece)


def _is_stage_note(text: str) -> bool:
    return _WORDLESS.match(without_stage_notes(text)) is not None


def _warnings(convention: Convention, building: _Building) -> list[str]:
    found = []
    shown = labels_of(convention.heads.values())
    others = {head.label: shown[head.key] for head in convention.heads.values() if head.label != shown[head.key]}
    for label, joined in sorted(others.items())[:20]:
        found.append(_("“{label}” was taken to be {joined}.").format(label=label, joined=joined))
    if building.wordless:
        found.append(
            ngettext(
                "{n} label has no words after it and was left out.",
                "{n} labels have no words after them and were left out.",
                building.wordless,
            ).format(n=building.wordless)
        )
    return found
