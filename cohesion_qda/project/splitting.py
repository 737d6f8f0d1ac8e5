"""Splitting a code: where its passages are sent, in one act; and a passage as the example of a code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import Code
from cohesion_qda.model.coding import InContext
from cohesion_qda.model.ids import CodeId, CodingId
from cohesion_qda.model.quotation import quotation
from cohesion_qda.project.session import Session
from cohesion_qda.store import codings, sources

AROUND = 320  # characters of the text on each side of a passage that is read in its context


def targets(
    was: Code,
    into: Sequence[CodeId | str],
    wanted: Sequence[int],
    get: Callable[[CodeId], CodeId],
    make: Callable[[str], CodeId],
) -> dict[int, CodeId]:
    """The codes that stand at the places `wanted` of `into`; new ones are made, inside an action under way."""
    found: dict[int, CodeId] = {}
    for place in wanted:
        if not 0 <= place < len(into):
            raise BadInput(
                _("There is no part {n} to send a passage to.").format(n=place + 1), _("Name the parts first.")
            )
        part = into[place]
        found[place] = make(part) if isinstance(part, str) else get(part)
        if found[place] == was.id:
            raise BadInput(
                _("“{name}” cannot be split into itself.").format(name=was.name), _("What is not sent stays there.")
            )
    return found


def send(session: Session, code: CodeId, places: Mapping[int, CodeId], sent: Mapping[CodingId, int]) -> int:
    """Send codings of `code`, inside an action under way; those that are gone or of another code by now stay as they are.
    Gives how many were sent.
    """
    who = session.whose()
    found = codings.by_ids(session.db, list(sent))
    there = [coding.id for coding in found if coding.code == code and who in (None, coding.coder)]
    for place, target in places.items():
        codings.recode_these(session.db, [coding for coding in there if sent[coding] == place], target)
    return len(there)


def in_context(session: Session, coding: CodingId) -> InContext | None:
    """A coding with up to `AROUND` characters before and after it, cut where a line or a word ends; None when it is gone."""
    from cohesion_qda.project.codings import Codings

    found = Codings(session).passages([coding])
    if not found:
        return None
    span, text = found[0].coding.span, sources.text(session.db, found[0].coding.source)
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    if span.start > AROUND:
        before = before.partition(" ")[2]
    if span.end + AROUND < len(text):
        after = after.rpartition(" ")[0]
    return InContext(found[0], before, after)


def as_example(session: Session, coding: CodingId) -> str:
    """The words of a coding with who says them and where: `“Nobody comes down after six.” (Amina, Women, turn 5)`.
    Raises BadInput when it is gone or has lost its text.
    """
    from cohesion_qda.project.codings import Codings

    found = Codings(session).passages([coding])
    if not found or not found[0].quote.strip():
        raise BadInput(_("That passage is no longer there."), _("Choose another one."))
    passage = found[0]
    return quotation(passage.quote, passage.source_name, passage.speakers, passage.turn)
