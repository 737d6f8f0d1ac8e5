"""Verbs on suggestions: the machine proposes, a person accepts or dismisses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.suggestion import Evidence, TermSuggestion, ThemeModel, ThemeSuggestion
from cohesion_qda.model.text import Span
from cohesion_qda.project.codebook import Codebook
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.session import Session
from cohesion_qda.store import codes, codings, memos

if TYPE_CHECKING:
    from cohesion_qda.project.tables import Tables


class Suggestions:
    """`project.suggestions`."""

    def __init__(self, session: Session, tables: Tables) -> None:
        self._s = session
        self._tables = tables

    def themes(self, number: int | None = None, job: Job | None = None) -> ThemeModel:
        """Themes that the talk suggests, without those that were dismissed. Raises BadInput when there is too little."""
        from cohesion_qda.analysis import worker

        return worker.suggest_themes(self._tables.talk(), number, self.dismissed(), job or Job())

    def terms(self, code: CodeId | None = None, job: Job | None = None) -> list[TermSuggestion]:
        """Key terms of the study, or those that set the passages of `code` and its branch apart from the rest."""
        from cohesion_qda.analysis import worker

        return worker.suggest_terms(self._tables.talk(), self.chosen(code), self.dismissed(), job or Job())

    def chosen(self, code: CodeId | None) -> list[tuple[SourceId, Span]] | None:
        """Where a code and its branch were used; None for no code."""
        if code is None:
            return None
        self._s.code_name(code)
        branch = codes.tree(self._s.db).branch(code)
        return [(coding.source, coding.span) for coding in codings.of_codes(self._s.db, branch, self._s.whose())]

    def accept_theme(
        self,
        theme: ThemeSuggestion,
        name: str,
        parent: CodeId | None = None,
        passages: Sequence[Evidence] | None = None,
    ) -> Change:
        """Make a code of a suggested theme and code its passages (all, or those given), in one act."""
        chosen = theme.passages if passages is None else passages
        verbs = Codings(self._s)
        with self._s.act("accept-suggestion", code=" ".join(name.split()), suggestion=theme.key) as action:
            code = Codebook(self._s).add_inside(name, parent)
            action.details["n"] = sum(verbs.apply_inside(p.source, p.span, [code], theme.key) for p in chosen)
        return action.change

    def accept_passages(self, key: str, code: CodeId, passages: Sequence[Evidence]) -> Change:
        """Code suggested passages with a code that is there, in one act that remembers the suggestion."""
        if not passages:
            raise BadInput(_("No passage was chosen."), _("Tick the passages that fit."))
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
        """The keys of what was turned down."""
        return memos.dismissed(self._s.db)
