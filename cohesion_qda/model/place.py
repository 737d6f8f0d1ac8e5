"""A segment as it is quoted: its words, who says them and where."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.model.ids import SegmentId, SourceId
from cohesion_qda.model.text import Span


@dataclass(frozen=True, slots=True)
class Place:
    """`quote` are the words of the segment, or, where it `is_lost`, those it had before a correction took them away.
    `speakers` are the names of those who speak in it, in order; `turn` is the number of the first turn it touches (0 where
    nobody speaks), `group` the name of the source's group, or empty.
    """

    segment: SegmentId
    source: SourceId
    span: Span
    quote: str
    source_name: str
    speakers: tuple[str, ...] = ()
    turn: int = 0
    group: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether its text was corrected away."""
        return not len(self.span)
