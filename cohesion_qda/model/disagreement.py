"""What coders coded differently, and how it was settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cohesion_qda.model.ids import CodeId, CoderId, CodingId, SegmentId, SettlementId, SourceId
from cohesion_qda.model.text import Span

SETTLING = ("settle-applied", "settle-not")  # the kinds of acts by which a disagreement is settled


@dataclass(frozen=True, slots=True)
class Settlement:
    """That a code applies to `span`, or to nothing of it, as `coder` settled it, and why (may be empty)."""

    id: SettlementId
    segment: SegmentId
    source: SourceId
    span: Span
    code: CodeId
    coder: CoderId
    is_applied: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place in which coders used a code differently. `span` goes from the first to the last of their codings there,
    `turn` is the number of the first turn it touches (0 where nobody speaks). `extents` has for each coder
    compared, in the order asked for, where they used the code there: nowhere, for who did not. `settled` is how it
    was settled, the last word first of several.
    """

    source: SourceId
    span: Span
    turn: int
    code: CodeId
    extents: tuple[tuple[CoderId, tuple[Span, ...]], ...]
    codings: tuple[CodingId, ...]
    settled: Settlement | None = None

    @property
    def applied(self) -> tuple[CoderId, ...]:
        """Those who used the code there."""
        return tuple(coder for coder, spans in self.extents if spans)

    @property
    def not_applied(self) -> tuple[CoderId, ...]:
        """Those who did not."""
        return tuple(coder for coder, spans in self.extents if not spans)


def settled(found: Sequence[Disagreement], settlements: Sequence[Settlement]) -> list[Disagreement]:
    """The disagreements, each with the first of the settlements (the newest first) of its code in its place; one of which
    that is known already is the same object.
    """
    of: dict[tuple[SourceId, CodeId], list[Settlement]] = {}
    for one in settlements:
        of.setdefault((one.source, one.code), []).append(one)
    last = [next((s for s in of.get((d.source, d.code), ()) if s.span.overlaps(d.span)), None) for d in found]
    return [d if d.settled == one else replace(d, settled=one) for d, one in zip(found, last, strict=True)]
