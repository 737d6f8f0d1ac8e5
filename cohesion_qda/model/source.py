"""Sources: what was brought in to be read, and who speaks in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cohesion_qda.model.ids import CaseId, SourceId, SpeakerId, TurnId
from cohesion_qda.model.text import Span

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
    """All that is needed to show one source: its text, turns (in order) and speakers."""

    source: Source
    text: str
    turns: tuple[Turn, ...]
    speakers: Mapping[SpeakerId, Speaker]
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TurnDraft:
    """A turn as a reader found it: the speech's span in the draft's text, the label, seconds or None."""

    span: Span
    label: str
    at: float | None = None


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A file that was read and not yet added. `text` is canonical: speech without labels and time stamps,
    one turn or paragraph a line. `turns` are in order and do not overlap. `roles` gives a role for each label.
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


@dataclass(frozen=True, slots=True)
class AttributeSheet:
    """Values read from a sheet. Keys are names as written there: a source's, or a source's and a participant's."""

    of_sources: Mapping[str, Mapping[str, str]]
    of_participants: Mapping[tuple[str, str], Mapping[str, str]]
