"""Places in sources that verbs are given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SegmentId, SourceId
from cohesion_qda.model.proposal import Proposal
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.text import Span, trimmed
from cohesion_qda.model.textmap import TextMap, between
from cohesion_qda.project.session import Session
from cohesion_qda.store import codings, sources, study

T = TypeVar("T", Evidence, Proposal)


def worded(session: Session, source: SourceId, span: Span) -> Span:
    """`span` without white space at its ends. Raises BadInput where it holds no words or the text ends before it, and
    NotFound for a source that is not there.
    """
    found = session.source(source)
    text = sources.text(session.db, source)
    if span.end > len(text):
        raise BadInput(
            _("The text of “{source}” ends at {length}.").format(source=found.name, length=len(text)),
            _("Give positions inside it, as START:END."),
        )
    place = trimmed(text, span)
    if not len(place):
        raise BadInput(_("There are no words in that place."), _("Select some words first."))
    return place


def segment_inside(session: Session, source: SourceId, span: Span) -> SegmentId:
    """The segment at `span`, which has words, made if need be, as part of an action under way."""
    return codings.find_or_add_segment(session.db, source, span)


class Placing:
    """Finds what was found earlier in the texts as they are now: it stands where its very words stand, and is gone with them."""

    def __init__(self, session: Session) -> None:
        self._s = session
        self._contents = study.contents(session.db)
        self._maps: dict[tuple[SourceId, str], tuple[str, str, TextMap] | None] = {}

    def placed(self, found: T) -> T | None:
        """The same where it stands now; None where its words were corrected, or its source is gone."""
        now = self._contents.get(found.source)
        if now is None:
            return None
        if not found.of or found.of == now:
            return found
        span = self._moved(found.source, found.span, found.of)
        if span is None:
            return None
        if isinstance(found, Proposal):
            return replace(found, span=span, of=now)
        by = span.start - found.span.start
        return replace(found, span=span, of=now, marks=tuple(Span(m.start + by, m.end + by) for m in found.marks))

    def all(self, found: Iterable[T]) -> list[T]:
        """Those of some that still stand anywhere, where they stand now."""
        return [one for item in found if (one := self.placed(item)) is not None]

    def each(self, found: Iterable[T]) -> list[T]:
        """All of some where they stand now. Raises BadInput where the words of one were corrected, and NotFound for a source that
        is gone.
        """
        placed = []
        for item in found:
            if not item.of:
                placed.append(item)
                continue
            name = self._s.source(item.source).name
            one = self.placed(item)
            if one is None:
                raise BadInput(
                    _("Words of “{source}” were corrected since this was found: they are not what was read.").format(
                        source=name
                    ),
                    _("Look again, and read the passage as it is now."),
                )
            placed.append(one)
        return placed

    def _moved(self, source: SourceId, span: Span, of: str) -> Span | None:
        """Where the words of a place in an earlier text stand, all of them and nothing else."""
        key = source, of
        if key not in self._maps:
            old, new = sources.text_of(self._s.db, of), sources.text(self._s.db, source)
            self._maps[key] = None if old is None else (old, new, TextMap(between(old, new)))
        known = self._maps[key]
        moved = None if known is None else known[2].moved(span)
        return moved if known is not None and moved is not None and moved.of(known[1]) == span.of(known[0]) else None
