"""Sources: what was brought in to be read, and who speaks in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cohesion_qda.model.ids import CaseId, SourceId, SpeakerId, TurnId
from cohesion_qda.model.section import Section
from cohesion_qda.model.text import Span

SOURCE_KINDS = ("focus group", "interview", "document", "survey answer", "field note")
ROLES = ("participant", "moderator", "observer")
ATTRIBUTE_TYPES = ("category", "number", "date", "text")


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

    `path` is the file it came from (a survey gives several drafts of one path). `format`, `convention` and `warnings` are
    in words for a person; `form` names the convention, `forms` those that may be chosen for this file. `encodings` are
    (name, how doubtful lines read in it) where another may be chosen; `doubtful` are labels left in the speech.
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


@dataclass(frozen=True, slots=True)
class AttributeSheet:
    """Values read from a sheet. Keys are names as written there: a source's, or a source's and a participant's; where
    the sheet gives people without a source, that is empty. `types` gives one of ATTRIBUTE_TYPES for each column, guessed
    unless it `is_reviewed`: a person has seen it.
    """

    of_sources: Mapping[str, Mapping[str, str]]
    of_participants: Mapping[tuple[str, str], Mapping[str, str]]
    types: Mapping[str, str] = field(default_factory=dict)
    is_reviewed: bool = False

    def renamed(self, names: Mapping[tuple[str, str], tuple[str, str]]) -> AttributeSheet:
        """The sheet with other names: (source, "") for a source, with all that is said of its people, and
        (source, label) for one person. Where two names become one, the values already there stay.
        """
        of_sources: dict[str, dict[str, str]] = {}
        for source, values in self.of_sources.items():
            known = of_sources.setdefault(names.get((source, ""), (source, ""))[0], {})
            known.update({name: value for name, value in values.items() if name not in known})
        of_participants: dict[tuple[str, str], dict[str, str]] = {}
        for (source, label), values in self.of_participants.items():
            moved = names.get((source, ""), (source, ""))[0]
            known = of_participants.setdefault(names.get((source, label), (moved, label)), {})
            known.update({name: value for name, value in values.items() if name not in known})
        return replace(self, of_sources=of_sources, of_participants=of_participants)
