"""Sources: what was brought in to be read, and who speaks in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cohesion_qda.model.ids import CaseId, SourceId, SpeakerId, TurnId
from cohesion_qda.model.section import Section, place_of
from cohesion_qda.model.text import Span, count_words, lines

SOURCE_KINDS = ("focus group", "interview", "document", "survey answer", "field note")
ROLES = ("participant", "moderator", "observer")


@dataclass(frozen=True, slots=True)
class Source:
    """A transcript, document, survey answer or note. `words` counts speech (or, where nobody speaks, the text)."""

    id: SourceId
    name: str
    kind: str
    content: str  # the sha256 of its canonical text
    file_name: str
    file_sha256: str
    imported_at: str  # ISO 8601, UTC
    imported_by: str
    words: int
    turns: int
    group: CaseId | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of talk: `number` counts from 1 in its source; `at` is seconds into the recording."""

    id: TurnId
    number: int
    span: Span
    speaker: SpeakerId
    at: float | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """A label used in one source, and the participant it stands for. `turns` and `words` are theirs in this source."""

    id: SpeakerId
    source: SourceId
    label: str
    case: CaseId
    case_name: str
    role: str
    turns: int
    words: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is needed to show one source: its text, turns and sections (both in order) and speakers."""

    source: Source
    text: str
    turns: tuple[Turn, ...]
    speakers: Mapping[SpeakerId, Speaker]
    attributes: Mapping[str, str]
    sections: tuple[Section, ...] = ()

    @property
    def places(self) -> list[Span]:
        """With what a section may begin: the turns, or, where nobody speaks, the lines."""
        return [turn.span for turn in self.turns] or lines(self.text)

    def section_at(self, start: int) -> Section | None:
        """The section that begins with the place at the code point `start`, or with a heading right over it."""
        places = self.places
        place = place_of(places, start)
        return next((one for one in reversed(self.sections) if place_of(places, one.span.start) == place), None)


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What a person has said about how one file is to be read; empty things are found out.

    `pattern` (with `convention` "pattern") is how a turn begins, with NAME and TIME for what changes: `TIME NAME –`.
    `speakers` are labels that are speakers although they were left in the speech, `speech` labels that are none,
    `apart` writings that are not to be taken for another label.
    """

    encoding: str = ""
    convention: str = ""
    pattern: str = ""
    speakers: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()


AS_FOUND = HowToRead()


@dataclass(frozen=True, slots=True)
class TurnDraft:
    """A turn as a reader found it: the speech's span in the draft's text, the label, seconds or None."""

    span: Span
    label: str
    at: float | None = None


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """A heading inside a transcript: `start` is where what it stands over begins, the heading itself included."""

    start: int
    title: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Two labels of one draft that look like one person's. When `is_joined`, the reader has read `label` as `into`
    (keep them apart with `HowToRead.apart`); otherwise it is a proposal (accept it with `joined`).
    """

    label: str
    into: str
    why: str
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A source that was read from a file and not yet added. `text` is canonical: speech without labels and time
    stamps, one turn or paragraph a line. `turns` are in order and do not overlap. `roles` gives a role for each label.

    `path` is the file it came from; it `shares_file` where that may hold others beside it, as a survey does. `format`,
    `convention` and `warnings` are in words for a person; `form` names the convention, `forms` those that may be chosen
    for this file. `encodings` are (name, how doubtful lines read in it) where another may be chosen; `doubtful` are
    labels left in the speech.
    """

    name: str
    kind: str
    text: str
    turns: tuple[TurnDraft, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    file_name: str = ""
    file_sha256: str = ""
    encoding: str = ""
    convention: str = ""
    warnings: tuple[str, ...] = ()
    path: Path | None = None
    format: str = ""
    form: str = ""
    forms: tuple[str, ...] = ()
    encoding_is_sure: bool = True
    encodings: tuple[tuple[str, str], ...] = ()
    alike: tuple[Alike, ...] = ()
    doubtful: tuple[str, ...] = ()
    sections: tuple[SectionDraft, ...] = ()
    how: HowToRead = AS_FOUND
    shares_file: bool = False

    def words_of_turns(self) -> list[int]:
        """How many words each turn has, in order; where nobody speaks, the words of the text as one number."""
        if not self.turns:
            return [count_words(self.text)]
        return [count_words(turn.span.of(self.text)) for turn in self.turns]

    def joined(self, into: Mapping[str, str]) -> SourceDraft:
        """The draft with each label that is a key of `into` taken for the label it gives, and no longer proposed.

        Chains are followed; the role is that of the label that stays.
        """

        def final(label: str) -> str:
            seen = {label}
            while into.get(label, label) not in seen:
                label = into[label]
                seen.add(label)
            return label

        turns = tuple(replace(turn, label=final(turn.label)) for turn in self.turns)
        labels = dict.fromkeys(turn.label for turn in turns)
        roles = {label: self.roles.get(label, "participant") for label in labels}
        alike = tuple(pair for pair in self.alike if pair.is_joined or {pair.label, pair.into} <= labels.keys())
        return replace(self, turns=turns, roles=roles, alike=alike)
