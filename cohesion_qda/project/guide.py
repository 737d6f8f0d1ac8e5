"""Verbs on the moderator's guide: the questions that were to be asked."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path

from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import QuestionId
from cohesion_qda.model.section import GuideQuestion
from cohesion_qda.model.text import comparable
from cohesion_qda.project.asked import checked, planned
from cohesion_qda.project.session import Session
from cohesion_qda.store import sections

ALIKE = 0.6  # the share of their words that two writings have in common, in order, that are one question worded anew


class Guide:
    """`project.guide`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    def questions(self) -> list[GuideQuestion]:
        """The guide, in its order; empty when none was given."""
        with self._s.reading():
            return sections.questions(self._s.db)

    @staticmethod
    def read(path: Path | str) -> list[str]:
        """The questions in a file (.txt, .md, .docx and all else that transcripts are read from). Touches no database.

        Raises CannotReadSource, also when the file holds no question.
        """
        from cohesion_qda.formats.guide import read_guide

        return read_guide(Path(path))

    @staticmethod
    def checked(texts: Iterable[str]) -> list[str]:
        """The questions as `set` keeps them: without their numbers, empty ones gone. Touches no database. Raises BadInput for
        one asked twice.
        """
        return checked(texts)

    def set(self, texts: Iterable[str], *, find: bool = False) -> Change:
        """Let the guide be these questions, in this order and without their numbers; with `find`, they are sought in all sources in the same act,
        where they have no section yet.

        Those that were there before keep their sections, worded anew or not; the sections of those that go are then under
        no question. Raises BadInput for one asked twice.
        """
        known = sections.questions(self._s.db)
        wanted = matched(known, checked(texts))
        sought = planned(self._s, wanted) if find else None
        n, found = len(wanted), sought.n if sought is not None else 0
        is_same = wanted == [(question.id, question.text) for question in known]
        kind, n = ("find-sections", found) if sought is not None and is_same else ("set-guide", n)
        with self._s.act(kind, n=n, found=found) as action:
            sections.set_questions(self._s.db, wanted)
            if sought is not None:
                sought.write([question.id for question in sections.questions(self._s.db)])
        return action.change


def matched(known: Sequence[GuideQuestion], wanted: Sequence[str]) -> list[tuple[QuestionId | None, str]]:
    """Which of the `known` questions each of `wanted` is: the same words, or, among what is left, words much alike."""
    left = {comparable(question.text): question for question in known}
    found: dict[str, QuestionId] = {}
    for text in wanted:
        if comparable(text) in left:
            found[text] = left.pop(comparable(text)).id
    new = [text for text in wanted if text not in found]
    likeness = [
        (difflib.SequenceMatcher(None, comparable(text).split(), key.split(), False).ratio(), text, key)
        for text in new
        for key in left
    ]
    for ratio, text, key in sorted(likeness, key=lambda one: -one[0]):
        if ratio >= ALIKE and text not in found and key in left:
            found[text] = left.pop(key).id
    return [(found.get(text), text) for text in wanted]
