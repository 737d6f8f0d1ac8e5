"""Sections: the stretches of a source that answer the questions of the moderator's guide."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
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
    guide's question, or else its own `heading`, which it has again when the question goes; empty where no question is asked.
    `is_placed` where a person, and not the text, put the heading or the end there.
    """

    id: SectionId
    source: SourceId
    span: Span
    question: QuestionId | None
    title: str
    heading: str = ""
    is_placed: bool = False


def place_of(places: Sequence[Span], start: int) -> int | None:
    """With which of the `places` (turns or lines, in order) a section begins that begins at the code point `start`: the
    first at or after it, because a heading stands over its turn. None where none follows.
    """
    place = bisect_left(places, start, key=lambda span: span.start)
    return place if place < len(places) else None
