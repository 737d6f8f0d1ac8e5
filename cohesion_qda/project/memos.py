"""Verbs on memos."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId, MemoId, SegmentId, SourceId
from cohesion_qda.model.memo import MEMO_SUBJECTS, Memo, MemoEntry, MemoPlace, Subject
from cohesion_qda.model.place import Place
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.project.places import segment_inside, worded
from cohesion_qda.project.session import Session, now
from cohesion_qda.store import codings, memos, places


class Memos:
    """`project.memos`. A memo goes with what it is about, and comes back with its undo."""

    def __init__(self, session: Session) -> None:
        self._s = session

    def list(self, about: str = "", subject: int = 0, *, words: str = "", **filters: Any) -> builtins.list[Memo]:
        """Every memo, or those about one kind of thing or one thing, oldest first.

        `words` must all stand in the title or body, whatever their case. Further filters: `coder`, a name; `since` and
        `until`, UTC in ISO 8601, for when a memo was written or last changed. Where others' codings may not be seen, others'
        memos on passages and codings are left out, here and below.
        """
        wanted = comparable(words).split()
        with self._s.reading():
            found = memos.all_(self._s.db, about, subject, only=self._s.only, **filters)
        if not wanted:
            return found
        return [m for m in found if all(word in comparable(f"{m.title} {m.body}") for word in wanted)]

    def entries(self, about: str = "", subject: int = 0, **filters: Any) -> builtins.list[MemoEntry]:
        """As `list`, each with what it is about and how many passages it points to; the last written first."""
        found = sorted(self.list(about, subject, **filters), key=lambda m: (m.updated_at, m.id), reverse=True)
        if not found:
            return []
        names, links = memos.names_of(self._s.db), memos.link_counts(self._s.db)
        at = memos.segments_of(self._s.db, [m.id for m in found if m.about in ("coding", "segment")])
        quoted = places.of_segments(self._s.db, at.values())
        return [
            MemoEntry(
                m,
                Subject(
                    m.about,
                    names.get((m.about, m.subject), ""),
                    quoted[at[m.id]] if m.id in at else None,
                    CodeId(m.subject) if m.about == "code" else None,
                ),
                links.get(m.id, 0),
            )
            for m in found
        ]

    def in_source(self, source: SourceId) -> builtins.list[MemoPlace]:
        """Where in a source there are memos on passages and codings, by position."""
        return memos.in_source(self._s.db, source, self._s.only)

    def get(self, memo: MemoId) -> Memo:
        """The memo with that id. Raises NotFound."""
        found = memos.by_id(self._s.db, memo)
        if found is None:
            raise NotFound(_("memo"), str(memo), [])
        return found

    def add(self, about: str, subject: int, body: str, title: str = "") -> Change:
        """Write about the project (subject 0), a source, study_case, code, coding or segment.

        Raises BadInput for a memo without words, or about something that is not there.
        """
        if about not in MEMO_SUBJECTS or not f"{title}{body}".strip():
            raise BadInput(
                _("A memo needs some words and something it is about."),
                _("It can be about: {subjects}.").format(subjects=", ".join(MEMO_SUBJECTS)),
            )
        with self._s.act("add-memo", about=about, **memos.details(self._s.db, about, subject)) as action:
            memos.add(self._s.db, about, subject, body, self._s.coder_inside(), now(), _even(title))
        return action.change

    def add_at(self, source: SourceId, span: Span, body: str, title: str = "") -> Change:
        """Write about a passage that need not be coded. Raises BadInput for a place or a memo without words."""
        place = worded(self._s, source, span)
        if not f"{title}{body}".strip():
            raise BadInput(_("A memo needs some words."), _("Type what you noticed."))
        name = self._s.source(source).name
        with self._s.act("add-memo", focus=(source, place), about="segment", source=name) as action:
            segment = segment_inside(self._s, source, place)
            memos.add(self._s.db, "segment", segment, body, self._s.coder_inside(), now(), _even(title))
        return action.change

    def added(self, change: Change) -> MemoId:
        """The memo that an `add` made."""
        return MemoId(max(change.rows["memo"]))

    def edit(self, memo: MemoId, body: str | None = None, title: str | None = None) -> Change:
        """Write another body or title, or both; typing within a minute is one act. Raises BadInput when no words would be left."""
        found = self.get(memo)
        body = found.body if body is None else body
        title = found.title if title is None else _even(title)
        if not f"{title}{body}".strip():
            raise BadInput(_("A memo needs some words."), _("Delete it, if it is not needed any more."))
        named = memos.details(self._s.db, found.about, found.subject)
        with self._s.act("edit-memo", merge_key=f"memo:{memo}", about=found.about, **named) as action:
            memos.edit(self._s.db, memo, body, now(), title)
        return action.change

    def delete(self, memo: MemoId) -> Change:
        """Take a memo away, with its links. Undoable."""
        found = self.get(memo)
        with self._s.act(
            "delete-memo", about=found.about, **memos.details(self._s.db, found.about, found.subject)
        ) as action:
            memos.delete(self._s.db, memo)
            codings.drop_empty_segments(self._s.db)
        return action.change

    # -- links to passages -----------------------------------------------------------------------------------------------

    def links(self, memo: MemoId) -> builtins.list[Place]:
        """The passages a memo points to, by source and position, also those that lost their text."""
        with self._s.reading():
            return [*places.of_segments(self._s.db, memos.links(self._s.db, memo)).values()]

    def link(self, memo: MemoId, passages: Sequence[tuple[SourceId, Span]]) -> Change:
        """Let a memo point to passages, coded or not; those it points to already are left. Raises BadInput for a place
        without words.
        """
        found = self.get(memo)
        at = [(source, worded(self._s, source, span)) for source, span in passages]
        names = {source: self._s.source(source).name for source, _span in at}
        details: dict[str, Any] = {"source": next(iter(names.values()))} if len(names) == 1 else {}
        with self._s.act("link-memo", focus=at[0] if at else None, memo=found.headline, **details) as action:
            segments = [segment_inside(self._s, source, span) for source, span in at]
            action.details["n"] = memos.link(self._s.db, memo, segments)
        return action.change

    def unlink(self, memo: MemoId, segments: Sequence[SegmentId]) -> Change:
        """Let a memo no longer point to these passages."""
        found = self.get(memo)
        with self._s.act("unlink-memo", memo=found.headline) as action:
            action.details["n"] = memos.unlink(self._s.db, memo, segments)
            codings.drop_empty_segments(self._s.db)
        return action.change


def _even(title: str) -> str:
    return " ".join(title.split())
