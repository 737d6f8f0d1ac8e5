"""Verbs on suggestions: the machine proposes, a person accepts or dismisses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.text import Span
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.hearing import Hearing
from cohesion_qda.project.places import Placing
from cohesion_qda.project.session import Session
from cohesion_qda.store import memos

if TYPE_CHECKING:
    from cohesion_qda.analysis.heard import Heard
    from cohesion_qda.project.tables import Tables


class Suggestions:
    """`project.suggestions`."""

    def __init__(self, session: Session, tables: Tables) -> None:
        self._s = session
        self.hearing = Hearing(session, tables)

    def heard(self, job: Job | None = None, *, vectors: bool = True) -> Heard:
        """The study as what suggests gets it, heard in this process and kept until it changes: `vectors` where sentence vectors
        are wanted, too (they take longer). What is worked out of texts is kept in the project. Raises UserError and Cancelled.
        """
        return self.hearing.heard(job, vectors=vectors)

    def like(self, source: SourceId, span: Span, number: int = 20, job: Job | None = None) -> list[Evidence]:
        """Up to `number` passages of participants that say something like the one given, the likest first."""
        from cohesion_qda.analysis.alike import Likeness

        self._s.source(source)
        return Likeness(self.heard(job)).like(source, span, number)

    def placed(self, passages: Sequence[Evidence]) -> list[Evidence]:
        """Passages found earlier where their words stand now, without those whose words were corrected or whose source is gone."""
        return Placing(self._s).all(passages)

    def accept_passages(self, key: str, code: CodeId, passages: Sequence[Evidence]) -> Change:
        """Code suggested passages with a code that is there, in one act that remembers the suggestion. They stand where the words
        that were found stand now. Raises BadInput for no passages, and where those words were corrected.
        """
        if not passages:
            raise BadInput(_("No passage was chosen."), _("Tick the passages that fit."))
        passages = Placing(self._s).each(passages)
        verbs = Codings(self._s)
        with self._s.act(
            "accept-suggestion", code=self._s.code_name(code), suggestion=key,
            focus=(passages[0].source, passages[0].span),
        ) as action:  # fmt: skip
            action.details["n"] = sum(verbs.apply_inside(p.source, p.span, [code], key) for p in passages)
        return action.change

    def dismiss(self, key: str, label: str) -> Change:
        """Turn a suggestion down; it is not proposed again unless this is undone."""
        with self._s.act("dismiss-suggestion", label=label) as action:
            memos.dismiss(self._s.db, key, label, self._s.coder_inside())
        return action.change

    def dismissed(self) -> set[str]:
        """The keys of what was turned down; where others' coding is hidden, of what one has turned down oneself."""
        return memos.dismissed(self._s.db, self._s.whose())
