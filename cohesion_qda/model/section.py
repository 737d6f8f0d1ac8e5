"""Sections: the stretches of a source that answer the questions of the moderator's guide."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.model.ids import QuestionId, SectionId, SourceId
from cohesion_qda.model.text import Span


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """A question of the guide; `position` counts from 0 in the guide's order."""

    id: QuestionId
    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """What is said from one asking to the next, or to the text's end. `title` is what stands over it: the words of the
    guide's question, or a heading of its own (then `question` is None); empty where no question is asked.
    """

    id: SectionId
    source: SourceId
    span: Span
    question: QuestionId | None
    title: str
