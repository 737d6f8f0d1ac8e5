"""A quotation with its source: what is pasted into a document, kept as a code's example, or printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SpeakerId
from cohesion_qda.model.source import Reading, Speaker, Turn
from cohesion_qda.model.text import Span


def quotation(quote: str, source: str, speakers: Sequence[str] = (), turn: int = 0) -> str:
    """`“Nobody comes down after six.” (Amina, Women, turn 5)`: the words as they are, everybody who speaks in them by their
    names in the study, the name of the source and the number of the first turn. Where nobody speaks, words and source.
    """
    if not speakers:
        return _("“{quote}” ({source})").format(quote=quote, source=source)
    return _("“{quote}” ({speakers}, {source}, turn {turn})").format(
        quote=quote, speakers=", ".join(speakers), source=source, turn=turn
    )


def quotation_of(reading: Reading, span: Span) -> str:
    """The words at `span` of a source that is being read, as a quotation."""
    speakers, turn = who_speaks(reading.turns, reading.speakers, span)
    return quotation(span.of(reading.text), reading.source.name, speakers, turn)


def who_speaks(turns: Sequence[Turn], speakers: Mapping[SpeakerId, Speaker], span: Span) -> tuple[tuple[str, ...], int]:
    """The names in the study of those who speak in `span`, in order, and the number of the first of the `turns` (of one
    source, in order) that it touches: nobody and 0 where it touches none.
    """
    first = max(0, bisect_right(turns, span.start, key=lambda turn: turn.span.start) - 1)
    touched = []
    for place in range(first, len(turns)):
        if turns[place].span.start >= span.end:
            break
        if turns[place].span.overlaps(span):
            touched.append(turns[place])
    names = dict.fromkeys(speakers[turn.speaker].case_name for turn in touched)
    return tuple(names), touched[0].number if touched else 0
