"""Verbs on agreement: what coders coded differently, and settling it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.case import Coder
from cohesion_qda.model.change import Change
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.disagreement import Disagreement, Settlement
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.text import Span, comparable, count_words
from cohesion_qda.project.places import worded
from cohesion_qda.project.session import Session, now
from cohesion_qda.store import codings, settlements, sources

if TYPE_CHECKING:
    from cohesion_qda.project.answers import Answers


class Agreement:
    """`project.agreement`."""

    def __init__(self, session: Session, answers: Answers) -> None:
        self._s = session
        self._answers = answers

    def disagreements(self, asked: Asked) -> list[Disagreement]:
        """Every place where the coders asked for used one of the codes asked for differently, by source and place,
        with how it was settled.

        What counts as different is `option("over")`: the words, or which turns, sentences or sources the code was
        used in. Raises BadInput while others' codings are hidden and for fewer than two coders, NotFound for a coder,
        code or value that is not there.
        """
        from cohesion_qda.report.answers import agreement

        return agreement.disagreements(self._answers.material(), self._answers.still(asked)[0])[0]

    def compared(self, asked: Asked) -> tuple[Coder, ...]:
        """Who is compared: the coders asked for, or else everybody who coded something that settled nothing. Raises as
        `disagreements`.
        """
        from cohesion_qda.report.answers import agreement

        return agreement.coders_of(self._answers.material(), self._answers.still(asked)[0])

    def settlements(self) -> list[Settlement]:
        """Everything that was settled, the newest first. Raises BadInput while others' codings are hidden."""
        return read_settlements(self._s)

    def settle(
        self,
        place: tuple[SourceId, Span],
        code: CodeId,
        is_applied: bool,
        why: str = "",
        span: Span | Sequence[Span] | None = None,
        *,
        between: Sequence[str] = (),
    ) -> Change:
        """Settle, as who codes now, that a code applies in a place where others used it differently, or that it does
        not.

        Where it applies, `span` (one or several; or else all of the place) is coded as whoever settles it; others'
        codings stay as they are. What they settled about the code in the place before, and their own codings of it
        there, give way. `between` names those who are compared (without names: whoever used the code there). All of
        it is one act.

        Raises BadInput where who codes now is one of them, while others' codings are hidden, where nobody used the
        code there, and for a `span` outside the place or without words; NotFound for a code or source that is not
        there.
        """
        check_seen(self._s)
        source, name = self._s.source(place[0]), self._s.code_name(code)
        here = worded(self._s, source.id, place[1])
        self._check_third(self._used(source.id, here, code), name, between)
        chosen = self._chosen(source.id, here, span) if is_applied else [here]
        why = " ".join(why.split())
        text = sources.text(self._s.db, source.id)
        words = sum(count_words(one.of(text)) for one in chosen)
        kind = "settle-applied" if is_applied else "settle-not"
        with self._s.act(kind, focus=(source.id, chosen[0]), code=name, source=source.name, n=words, why=why) as action:
            self._settle_inside(source.id, here, code, chosen, is_applied, why)
        return action.change

    def _chosen(self, source: SourceId, here: Span, span: Span | Sequence[Span] | None) -> list[Span]:
        """What is to be coded: in order, without white space at its ends. Raises BadInput."""
        asked = [here] if span is None else [span] if isinstance(span, Span) else list(span)
        found = sorted({worded(self._s, source, one) for one in asked})
        if not found or not all(one.overlaps(here) for one in found):
            raise BadInput(
                _("What is settled must lie where the code was used."), _("Choose some of the words of this passage.")
            )
        return found

    def _settle_inside(
        self, source: SourceId, here: Span, code: CodeId, chosen: Sequence[Span], is_applied: bool, why: str
    ) -> None:
        db, coder = self._s.db, self._s.coder_inside()
        settlements.delete(db, source, here, code, coder)
        kept = set()
        for span in chosen:
            segment = codings.find_or_add_segment(db, source, span)
            settlements.add(db, segment, code, coder, is_applied, why)
            if is_applied:
                codings.add(db, segment, code, coder, now())
                kept.add(segment)
        mine = [c for c in codings.of_source(db, source, coder) if c.code == code and c.span.overlaps(here)]
        codings.delete(db, [coding.id for coding in mine if coding.segment not in kept])

    def _used(self, source: SourceId, here: Span, code: CodeId) -> list[Coding]:
        """The codings of `code` in a place, but for those by which it was settled."""
        settled = settlements.codings(self._s.db)
        there = codings.of_source(self._s.db, source)
        return [c for c in there if c.code == code and c.span.overlaps(here) and c.id not in settled]

    def _check_third(self, used: Sequence[Coding], code: str, between: Sequence[str]) -> None:
        """Raises BadInput where nobody used the code, or who codes now is one of those who are compared."""
        if not used:
            raise BadInput(
                _("Nobody used “{code}” there any more; there is nothing to settle.").format(code=code),
                _("Go on to the next disagreement."),
            )
        me = self._s.coder
        names = {comparable(name) for name in between}
        if comparable(me.name) in names if names else me.id in {coding.coder for coding in used}:
            raise BadInput(
                _("{coder} is one of those compared; a third person settles what they coded differently.").format(
                    coder=me.name
                ),
                _("Say that another person is coding, or settle it together under another name, such as “Agreed”."),
            )


def check_seen(session: Session) -> None:
    """Raises BadInput while others' codings may not be seen."""
    if session.only is not None:
        raise BadInput(
            _("How far coders agree cannot be told while others’ codings are hidden."),
            _("Show others’ codings first."),
        )


def read_settlements(session: Session) -> list[Settlement]:
    """Everything that was settled, the newest first. Raises BadInput while others' codings are hidden."""
    check_seen(session)
    return settlements.all_(session.db)
