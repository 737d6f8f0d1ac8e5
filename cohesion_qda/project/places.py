"""Places in sources that verbs are given."""

from __future__ import annotations

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SegmentId, SourceId
from cohesion_qda.model.text import Span, trimmed
from cohesion_qda.project.session import Session
from cohesion_qda.store import codings, sources


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
