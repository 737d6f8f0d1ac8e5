"""Codings: a segment of a source, coded with a code, by a coder."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.model.ids import CodeId, CoderId, CodingId, SegmentId, SourceId
from cohesion_qda.model.text import Span


@dataclass(frozen=True, slots=True)
class Coding:
    """`suggestion` names the suggestion it was accepted from, or is empty. `weight` is how strongly the code fits, 0 to
    100, where the coder has said so.
    """

    id: CodingId
    segment: SegmentId
    source: SourceId
    span: Span
    code: CodeId
    coder: CoderId
    created_at: str
    suggestion: str = ""
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A coding as it is shown in lists: with its words and who said them.

    `speakers` are the names of the participants who speak in it (moderators included, in order of speaking);
    `turn` is the number of the first turn it touches, 0 where nobody speaks.
    """

    coding: Coding
    source_name: str
    quote: str
    speakers: tuple[str, ...]
    turn: int
    coder_name: str
    code_path: str


@dataclass(frozen=True, slots=True)
class InContext:
    """A passage with the words before and after it, which may be cut off."""

    passage: Passage
    before: str
    after: str
