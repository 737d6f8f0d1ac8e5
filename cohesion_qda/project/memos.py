"""Verbs on memos."""

from __future__ import annotations

import builtins

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import MemoId
from cohesion_qda.model.memo import MEMO_SUBJECTS, Memo
from cohesion_qda.project.session import Session, now
from cohesion_qda.store import codings, memos


class Memos:
    """`project.memos`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    def list(self, about: str = "", subject: int = 0) -> builtins.list[Memo]:
        """Every memo, or those about one thing, oldest first."""
        return memos.all_(self._s.db, about, subject)

    def add(self, about: str, subject: int, body: str) -> Change:
        """Write about the project (subject 0), a source, study_case, code, coding or segment."""
        if about not in MEMO_SUBJECTS or not body.strip():
            raise BadInput(
                _("A memo needs some words and something it is about."),
                _("It can be about: {subjects}.").format(subjects=", ".join(MEMO_SUBJECTS)),
            )
        with self._s.act("add-memo", about=about) as action:
            memos.add(self._s.db, about, subject, body, self._s.coder_inside(), now())
        return action.change

    def edit(self, memo: MemoId, body: str) -> Change:
        """Write another body; typing within a minute is one act."""
        found = self._get(memo)
        if not body.strip():
            raise BadInput(_("A memo needs some words."), _("Delete it, if it is not needed any more."))
        with self._s.act("edit-memo", merge_key=f"memo:{memo}", about=found.about) as action:
            memos.edit(self._s.db, memo, body, now())
        return action.change

    def delete(self, memo: MemoId) -> Change:
        """Take a memo away. Undoable."""
        found = self._get(memo)
        with self._s.act("delete-memo", about=found.about) as action:
            memos.delete(self._s.db, memo)
            codings.drop_empty_segments(self._s.db)
        return action.change

    def _get(self, memo: MemoId) -> Memo:
        for found in memos.all_(self._s.db):
            if found.id == memo:
                return found
        raise NotFound(_("memo"), str(memo), [])
