"""What counting and suggesting need, read from the store in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cohesion_qda.model.case import Case, Coder
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.section import GuideQuestion
from cohesion_qda.model.text import Span


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source without its text. `length` is in code points; `words` counts speech."""

    id: SourceId
    name: str
    kind: str
    group: CaseId | None
    length: int
    words: int
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class StudyData:
    """`turns` are (source, start, end, case) sorted by source and start; `codings` are
    (coding, source, start, end, code, coder) sorted by source, start and end; `sections` are (source, start, end, title)
    of every stretch that answers something, sorted by source and start, and `questions` the guide. Positions are code points.
    `types` gives for every (about, attribute), with values or not, the type that somebody has said, or nothing.

    Of a study that was narrowed to some people or questions `whole` is what it was before; where `is_cut`, turns and
    codings are pieces of those there, as far as they lie in the sections.
    """

    sources: tuple[SourceFacts, ...]
    cases: Mapping[CaseId, Case]
    codes: CodeTree
    coders: tuple[Coder, ...]
    turns: tuple[tuple[int, int, int, int], ...]
    codings: tuple[tuple[int, int, int, int, int, int], ...]
    sections: tuple[tuple[int, int, int, str], ...] = ()
    questions: tuple[GuideQuestion, ...] = ()
    types: Mapping[tuple[str, str], str] = field(default_factory=dict)
    whole: StudyData | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Utterance:
    """The words of one turn (or, where nobody speaks, one paragraph), for the language tools."""

    source: SourceId
    span: Span
    case: CaseId | None
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Talk:
    """All the speech of the study in order, with the sources and cases it belongs to."""

    utterances: tuple[Utterance, ...]
    sources: tuple[SourceFacts, ...]
    cases: Mapping[CaseId, Case]
