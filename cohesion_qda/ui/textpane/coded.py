"""Which turns have a code, kept so that one coding more costs the turns it touches."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from cohesion_qda.model.source import Reading
from cohesion_qda.model.text import Span

Place = tuple[int, Span]  # a turn's place in the reading, and its words


class CodedTurns:
    """Those turns of participants that a passage of `passages` touches, which are all of them in order of their start; worked
    out, in one walk along both, when they are first asked for. `is_coded` says it of one turn.
    """

    def __init__(
        self, reading: Reading | None, passages: Callable[[], Iterable[Span]], is_coded: Callable[[Span], bool]
    ) -> None:
        self._reading = reading
        self._passages = passages
        self._is_coded = is_coded
        self._coded: set[int] | None = None  # indices into `_places`

    @cached_property
    def _places(self) -> Sequence[Place]:
        return participants(self._reading)

    @cached_property
    def _index(self) -> Mapping[int, int]:
        return {turn: at for at, (turn, _span) in enumerate(self._places)}

    def forget(self) -> None:
        """Other codings are there, or others are shown."""
        self._coded = None

    def __len__(self) -> int:
        """How many turns there are."""
        return len(self._places)

    @property
    def coded(self) -> int:
        """How many of them have a code."""
        return len(self._known())

    def state(self, place: int | None) -> bool | None:
        """Whether the turn at a place of the reading has a code; None for what is no such turn."""
        at = self._index.get(place) if place is not None else None
        return None if at is None else at in self._known()

    def look_again(self, spans: Iterable[Span]) -> None:
        """Codings over these spans have come or gone."""
        if self._coded is None:
            return
        for span in spans:
            at = bisect_left(self._places, span.start, key=lambda place: place[1].end)
            while at < len(self._places) and self._places[at][1].start < span.end:
                (self._coded.add if self._is_coded(self._places[at][1]) else self._coded.discard)(at)
                at += 1

    def _known(self) -> set[int]:
        if self._coded is None:
            self._coded = touched([span for _turn, span in self._places], self._passages())
        return self._coded


def touched(stretches: Sequence[Span], passages: Iterable[Span]) -> set[int]:
    """The places of those `stretches`, which follow each other, that share a code point with one of `passages`, which are
    in order of their start.
    """
    found, reach, coming = set(), 0, iter(passages)
    ahead = next(coming, None)
    for at, stretch in enumerate(stretches):
        while ahead is not None and ahead.start < stretch.end:
            reach, ahead = max(reach, ahead.end), next(coming, None)
        if reach > stretch.start:
            found.add(at)
    return found


def participants(reading: Reading | None) -> list[Place]:
    """The turns of participants that hold words."""
    if reading is None:
        return []
    roles = {speaker.id: speaker.role for speaker in reading.speakers.values()}
    return [
        (place, turn.span)
        for place, turn in enumerate(reading.turns)
        if len(turn.span) and roles.get(turn.speaker) == "participant"
    ]
